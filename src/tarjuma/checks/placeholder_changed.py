"""No placeholder of the translation differs from those of the source.

`%s` that became `%d`, `{name}` that became `{имя}`, or a placeholder that the source does not have: the program that
fills the sentence in stops with an error, or shows the placeholder to readers. Names in placeholders are never
translated. Placeholders without names keep their order; to change it, number them: `%2$s %1$d`.
"""

from __future__ import annotations

from collections.abc import Iterator

from tarjuma.checks import Context, Found
from tarjuma.model import Severity
from tarjuma.pair import Pair

SEVERITY = Severity.ERROR
FOLLOWS = ("mt-garbage", "injection")
GOOD = [
    ("ru", "%s of %d", "%2$d: %1$s"),
    ("ro", "Dear {name}!", "Stimate {name}!"),
]
BAD = [
    ("ru", "Dear {name}!", "Уважаемый {имя}!"),
    ("tg", "Found in %s", "Дар %d ёфт шуд"),
    ("ru", "%s of %d", "%d из %s"),
]


def check(pair: Pair, context: Context) -> Iterator[Found]:
    """Yield each placeholder of the target that the source does not have."""
    difference = pair.placeholders
    for index, mark in enumerate(difference.extra):
        if index < len(difference.missing):
            old = difference.missing[index].text
            message = "the placeholder {placeholder} became {changed}"
            yield Found(message, {"placeholder": old, "changed": mark.text}, (mark.start, mark.end), old)
        else:
            yield Found(
                "the source has no placeholder {placeholder}", {"placeholder": mark.text}, (mark.start, mark.end)
            )
    for place in difference.loose[:1]:
        yield Found("a single % stands where the program needs %%", {}, (place, place + 1), "%%")
    for mark in difference.disordered[:1]:
        message = "placeholders without names are in another order; number them, such as %1$s"
        yield Found(message, {}, (mark.start, mark.end))
