"""The page `docs/checks.md`: what each check says of itself, with its examples as they are reported now."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import ModuleType

from tarjuma import checking, checks, glossary, langs, po
from tarjuma.checks import Context, syntax
from tarjuma.errors import PoError
from tarjuma.model import Catalog, Entry, Key, Message, Problem, Severity
from tarjuma.report.comment import code

HEAD = """\
# Checks

<!-- Made by `make docs` from the checks themselves. -->

`tarjuma check` reads translations beside their source texts and says what is wrong. This page lists everything that it
can say, why it matters, and what to do. Nothing here needs the network, and nothing is sent anywhere.

## What a finding looks like

```
{line}
```

is the file, the line of the translation in it, the weight, the name of the check, and what is wrong.

| weight | means |
|---|---|
| error | readers see something broken: a lost value, a dead link, foreign code. `tarjuma check` fails |
| warning | very likely wrong: read the translation again |
| info | worth a look; never fails unless you ask for it |

`tarjuma check --fix` corrects what needs no judgement (marked **fix** below): it edits those characters of those
translations and nothing else. `tarjuma check --fix --dry-run` shows the changes first.

## When a finding is wrong

Sometimes a translation is right although a check objects. Say so where it belongs, from the smallest place to the
largest:

**One translation.** Add a translator comment: in Poedit *Edit > Edit comment*, in Weblate and Lokalize the field for
notes, in the file a line that begins with `# `:

```po
# i18n-ignore: number-changed
msgid "Since 1998"
msgstr "С прошлого века"
```

Several names stand with commas between them, `all` stands for every check. The comment survives every update. When it
has no effect any more, `stale-ignore` says so. The marks of other tools count too: `noqa` of msgcheck, `skip-rule:` of
pology, the flags `ignore-...` of Weblate, `dennis-ignore:`.

**A folder, a language, a kind of text.** In `tarjuma.toml`:

```toml
languages = ["ru", "tg"]

[[checks.ignore]]
check = "end-punctuation"
language = "ru"
paths = ["content/en/news/**"]
```

**A check.** `off` silences it everywhere; `info`, `warning` and `error` change its weight:

```toml
languages = ["ru", "tg"]

[checks.glossary]
severity = "error"
```

**All that was there before.** On a site with many old findings, write them down once and hear of new ones only:

```sh
tarjuma check --baseline known-findings.txt --write-baseline
tarjuma check --baseline known-findings.txt
```

The list names findings by their texts, not by their lines, so that it stays true when files move and grow.

## All checks

In the examples `␣` is a space at an edge, `⍽` a no-break space, `⏎` a line end, and `‹U+200B›` a character that cannot
be seen.
"""

TAIL = """
## Other names

- `stale-ignore` (info): a comment or a rule of the configuration silences nothing any more. Remove it.
- `internal-error` (error): a check failed on a text; the others went on. Please report this mistake of tarjuma.
"""

SHOWN = "number-changed"
"""The check whose finding is shown on top."""

WEIGHTS = tuple(Severity)


@dataclass(frozen=True, slots=True)
class Page:
    """A check and what it finds in its own examples."""

    name: str
    module: ModuleType
    bad: tuple[tuple[tuple[str, ...], tuple[Problem, ...]], ...]
    """Example -> findings."""

    @property
    def weight(self) -> Severity:
        """What a finding weighs that names no other weight."""
        severity: Severity = self.module.SEVERITY
        return severity

    @property
    def weights(self) -> tuple[Severity, ...]:
        """All weights that its examples show, its own first."""
        shown = {problem.severity for _, problems in self.bad for problem in problems} - {self.weight}
        return (self.weight, *sorted(shown, key=WEIGHTS.index))

    @property
    def is_fixable(self) -> bool:
        """Say whether `--fix` mends an example."""
        return any(problem.is_safe for _, problems in self.bad for problem in problems)


def page() -> str:
    """Return docs/checks.md."""
    pages = [_page(name) for name in checks.names()]
    sections = [line for each in pages for line in _section(each)]
    return "\n".join([HEAD.replace("{line}", _line(pages)), *_table(pages), *sections, TAIL])


def _line(pages: Iterable[Page]) -> str:
    """A finding as the command prints it."""
    (problem, *_) = next(problems for each in pages if each.name == SHOWN for _, problems in each.bad)
    return f"locales/ru/LC_MESSAGES/posts/news.po:12: {problem.severity.value} [{SHOWN}] {problem.message}"


def _page(name: str) -> Page:
    module = checks.module(name)
    return Page(
        name, module, tuple((row, tuple(found(name, row))) for row in checks.rows(name, "BAD") if _is_text(row))
    )


def _is_text(row: object) -> bool:
    """Say whether an example is a text or a catalog: a site does not fit on a page."""
    return isinstance(row, tuple) and all(isinstance(cell, str) for cell in row)


def found(name: str, row: tuple[str, ...]) -> Iterator[Problem]:
    """Yield what a check finds in one of its examples."""
    module, language = checks.module(name), langs.language(row[0])
    english = langs.language("en")
    if hasattr(module, "check"):
        terms = glossary.parse(row[3]) if len(row) > 3 else glossary.Glossary()
        catalog = Catalog("ru.po", language.code, {}, (Entry(Message(Key(None, row[1])), (row[2],)),))
        context = Context(language, english, glossary=terms)
    else:
        try:
            catalog = po.parse(row[1].encode(), f"{row[0]}.po")
        except PoError as error:
            yield syntax.problem_of(error)
            return
        context = Context(language, english, template=_template(row[2]) if row[2:] else None)
    yield from checking.findings(catalog, context, (name,))


def _template(text: str) -> dict[Key, Message]:
    return {entry.key: entry.message for entry in po.parse(text.encode(), "messages.pot").entries}


def _table(pages: Iterable[Page]) -> Iterator[str]:
    yield "| check | weight | holds when nothing is found | |"
    yield "|---|---|---|---|"
    for each in sorted(pages, key=lambda each: (WEIGHTS.index(each.weight), each.name)):
        weights = ", ".join(weight.value for weight in each.weights)
        fix = "**fix**" if each.is_fixable else ""
        yield f"| [{each.name}](#{each.name}) | {weights} | {_first(each.module)} | {fix} |"


def _first(module: ModuleType) -> str:
    """The first line of a docstring, as the cell of a table."""
    return (module.__doc__ or "").strip().partition("\n")[0].replace("|", "\\|")


def _section(each: Page) -> Iterator[str]:
    fix = " · **fix**: `tarjuma check --fix` corrects it" if each.is_fixable else ""
    yield f"\n### {each.name}\n"
    yield f"{', '.join(weight.value for weight in each.weights)}{fix}\n"
    yield inspect.cleandoc(each.module.__doc__ or "")
    for terms in dict.fromkeys(row[3] for which in ("BAD", "GOOD") for row in checks.rows(each.name, which) if row[3:]):
        yield f"\nA glossary of the examples:\n\n```csv\n{terms.strip()}\n```"
    if each.bad:
        yield "\nFound:\n"
        for row, problems in each.bad:
            yield from _example(row, problems)
    good = [row for row in checks.rows(each.name, "GOOD") if _is_text(row)]
    if good:
        yield "\nRight:\n"
        for row in good:
            yield from _example(row, ())
    yield f"\n{_ignored(each)} ([more](#when-a-finding-is-wrong))."


def _ignored(each: Page) -> str:
    """How to hear nothing of a check: at an entry, where it is about entries."""
    if hasattr(each.module, "check") or any(problem.key for _, problems in each.bad for problem in problems):
        return f"To keep a translation as it is: `# i18n-ignore: {each.name}`"
    return f"It is about files, not about single translations: `[checks.{each.name}]` in `tarjuma.toml` silences it"


def _example(row: tuple[str, ...], problems: tuple[Problem, ...]) -> Iterator[str]:
    messages = "; ".join(dict.fromkeys(_plain(problem.message) for problem in problems))
    if _is_catalog(row):
        yield f"- {row[0]}: {messages}" if messages else f"- {row[0]}:"
        yield from _block("po", row[1])
        if row[2:]:
            yield "  with the template"
            yield from _block("po", row[2])
        return
    yield f"- {row[0]}: {_shown(row[1])} → {_shown(row[2])}" + (f"  \n  {messages}" if messages else "")


def _is_catalog(row: tuple[str, ...]) -> bool:
    return bool(re.search("^msgid ", row[1], re.MULTILINE))


def _block(language: str, text: str) -> Iterator[str]:
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", text)), default=0))
    yield f"\n  {fence}{language}"
    yield from (f"  {_visible(line)}" if line else "" for line in text.rstrip("\n").split("\n"))
    yield f"  {fence}\n"


def _shown(text: str) -> str:
    """A text as a code span in which everything can be seen."""
    marked = re.sub(r"\A +| +\Z|(?<=\n) +| +(?=\n)", lambda match: "␣" * len(match[0]), text)
    return code(_visible(marked.replace("\n", "⏎"))) if text else "(empty)"


def _visible(text: str) -> str:
    text = text.replace("\u00a0", "⍽").replace("\t", "\\t")
    return re.sub(
        r"[\x00-\x1f\x7f-\x9f\u00ad\u0300-\u036f\u200b-\u200f\u2028-\u202f\u2060-\u2069\ufeff\ufff9-\ufffb]",
        lambda match: f"‹U+{ord(match[0]):04X}›",
        text,
    )


def _plain(text: str) -> str:
    """A message as Markdown that shows it as it is."""
    return re.sub(r"([\\`*_{}\[\]<>#|~&])", r"\\\1", _visible(text.replace("\n", "⏎")))
