"""Every placeholder of the source stands in the translation too.

A program, a template or a site builder puts a name, a number or a page in place of `%s`, `%(name)s`, `{name}`,
`{{ page.title }}` or `%1`. Where the placeholder is gone, readers miss the very thing the sentence is about. Copy the
placeholder from the source; its place in the sentence is yours to choose. In a plural form that stands for one number
only ("one file") the number may be left out.
"""

from __future__ import annotations

from collections.abc import Iterator

from tarjuma.checks import Context, Found
from tarjuma.model import Severity
from tarjuma.pair import Pair

SEVERITY = Severity.ERROR
FOLLOWS = ("mt-garbage", "untranslated-copy")
GOOD = [
    ("tg", "Page %(number)d of %(total)d", "Саҳифаи %(number)d аз %(total)d"),
    ("ru", "Welcome to {{ city }}, {{ name }}!", "{{ name }}, добро пожаловать в город {{ city }}!"),
    ("uz", "Sent to %s", "%sga yuborildi"),
]
BAD = [
    ("ru", "You have %d new letters", "У вас есть новые письма"),
    ("tg", "Welcome, {{ name }}!", "Хуш омадед!"),
]


def check(pair: Pair, context: Context) -> Iterator[Found]:
    """Yield each placeholder of the source that nothing in the target stands for."""
    lost = pair.placeholders.missing
    for mark in lost[len(pair.placeholders.extra) :]:
        yield Found("the placeholder {placeholder} is missing", {"placeholder": mark.text})
