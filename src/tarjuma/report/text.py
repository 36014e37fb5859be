"""Problems, results and counts as text for people, at most 80 columns wide where names allow it. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

from tarjuma.checking import Outcome
from tarjuma.model import Problem, Severity, State
from tarjuma.report._excerpt import columns, excerpt, suggestion, texts, visible
from tarjuma.status import STATES, Image, PageState, PostStatus, SiteStatus, Tally

WIDTH = 80

_MARKS = {PageState.OUT_OF_DATE: "*", PageState.EDITED: "#", PageState.FOREIGN: "!", PageState.READY: "+"}
_LEGEND = {
    "*": "the page is out of date: it keeps its last complete version",
    "+": "`tarjuma compile` is due",
    "#": "the page was edited by hand: `tarjuma take FILE` brings that into the catalogs",
    "!": "a file stands there that tarjuma did not write",
}


def padded(text: str, width: int) -> str:
    """Return a text with blanks behind it, `width` columns in all."""
    return text + " " * (width - columns(text))


def shortened(text: str, width: int) -> str:
    """Return a text of at most `width` columns; of a longer one the beginning gives way, paths end in what matters."""
    if columns(text) <= width:
        return text
    while columns(text) > width - 1:
        text = text[1:]
    return f"…{text}"


def table(rows: Iterable[Sequence[str]], left: int = 1) -> str:
    """Return rows as aligned columns: the first `left` ones flush left, numbers flush right. No trailing blanks."""
    cells = [list(row) for row in rows]
    widths = [max(map(columns, column)) for column in zip(*cells, strict=True)]
    lines = []
    for row in cells:
        parts = [
            padded(cell, width) if index < left else " " * (width - columns(cell)) + cell
            for index, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(parts).rstrip())
    return "".join(f"{line}\n" for line in lines)


def problem(found: Problem) -> str:
    """Return one problem as a line: place, severity, language, what is wrong."""
    place = f"{found.path}:{found.line}" if found.line else found.path
    language = f" [{found.language}]" if found.language else ""
    head = f"{found.severity.value}: {place}: " if place else f"{found.severity.value}: "
    return f"{head}{found.message}{language}"


def problems(found: Iterable[Problem]) -> str:
    """Return problems as lines, the worst first, by path and line."""
    order = list(Severity)
    chosen = sorted(set(found), key=lambda each: (order.index(each.severity), each.path, each.line, each.message))
    return "".join(f"{problem(each)}\n" for each in chosen)


def number(value: int) -> str:
    """Return a number with a thin grouping that every encoding has: 12,345."""
    return f"{value:,}"


def counted(value: int, noun: str) -> str:
    """Return a number with its noun: 1 file, 2 files."""
    return f"{number(value)} {noun}" if value == 1 else f"{number(value)} {noun}s"


def percent(tally: Tally) -> str:
    """Return the reviewed share in whole percent, rounded down: 100 means all of it."""
    return str(int(tally.share))


def site(status: SiteStatus) -> str:
    """Return the tables of `tarjuma status`: words, messages and pages per language, then a matrix of the posts."""
    if not status.posts:
        return "Nothing to translate yet: no file with text was found below the source folder.\n"
    left = f"\n{_left_behind(status)}\n" if status.orphans else ""
    return "\n".join((_languages(status), _messages(status), _matrix(status))) + left


def _left_behind(status: SiteStatus) -> str:
    return f"{counted(len(status.orphans), 'file')} of posts that are gone: `tarjuma clean --check` names them."


def details(posts: Iterable[PostStatus]) -> str:
    """Return one row a post and language: words and, in brackets, messages of every state."""
    rows = [["Words (messages)", "", "%", *(state.value for state in STATES), "page"]]
    for post in posts:
        cells = [f"{number(post.tally.words[state])} ({number(post.tally.messages[state])})" for state in STATES]
        name = shortened(post.path, 40)
        rows.append([name, post.language, percent(post.tally), *cells, _state(post)])
    return table(rows, left=2)


def images(found: Sequence[Image]) -> str:
    """Return `tarjuma status --images`: `+` where a language has its own version of an image, `-` where it has none."""
    if not found:
        return "No post shows an image that is a file of this project.\n"
    codes = list(dict.fromkeys(code for image in found for code in image.languages))
    rows = [["Images", *codes, "posts"]]
    for image in found:
        marks = ["+" if code in image.versions else "-" if code in image.languages else "." for code in codes]
        rows.append([shortened(image.path, 48), *marks, number(len(image.posts))])
    own = sum(len(image.versions) for image in found)
    wanted = sum(len(image.languages) for image in found)
    hint = "`chart.tg.png` beside `chart.png` is Tajik's own"
    return f"{table(rows)}\n{counted(own, 'version')} of {number(wanted)}. {hint}.\n"


def _state(post: PostStatus) -> str:
    return post.page.value if post.target else "-"


def _languages(status: SiteStatus) -> str:
    rows = [["Words", "", "%", *(state.value for state in STATES), "pages"]]
    for code, name in status.names.items():
        tally, pages = status.language(code), status.pages(code)
        total = sum(pages.values()) - pages[PageState.NONE]
        current = f"{pages[PageState.CURRENT]}/{total}"
        numbers = [number(tally.words.get(state, 0)) for state in STATES]
        rows.append([code, shortened(name, 12), percent(tally), *numbers, current])
    return table(rows, left=2)


def _messages(status: SiteStatus) -> str:
    rows = [["Messages", "", "", *(state.value for state in STATES), ""]]
    for code, name in status.names.items():
        tally = status.language(code)
        rows.append([code, shortened(name, 12), "", *(number(tally.messages.get(state, 0)) for state in STATES), ""])
    return table(rows, left=2)


def _matrix(status: SiteStatus) -> str:
    """Percent reviewed per post and language, in as many tables as the width of a terminal needs."""
    by_path: dict[str, dict[str, PostStatus]] = {}
    for post in status.posts:
        by_path.setdefault(post.path, {})[post.language] = post
    names = dict(zip(by_path, _distinct(list(by_path)), strict=True))
    name_width = min(max(map(columns, names.values())), 36)
    codes = list(status.names)
    at_once = (WIDTH - name_width) // (max(map(len, codes)) + 3 if max(map(len, codes)) > 3 else 6)
    parts = []
    for start in range(0, len(codes), at_once):
        chosen = codes[start : start + at_once]
        rows = [["Percent reviewed" if name_width >= 16 else "%", *(f"{code} " for code in chosen)]]
        rows += [
            [shortened(names[path], name_width), *(_cell(posts.get(code)) for code in chosen)]
            for path, posts in by_path.items()
        ]
        parts.append(table(rows))
    used = {mark for post in status.posts if (mark := _MARKS.get(post.page))}
    legend = "".join(f"{mark} {text}\n" for mark, text in _LEGEND.items() if mark in used)
    return "\n".join(parts) + ("\n" + legend if legend else "")


def _distinct(paths: Sequence[str]) -> list[str]:
    """Paths without the folders that all of them share."""
    shared = 0
    for steps in zip(*(path.split("/")[:-1] for path in paths), strict=False):
        if len(set(steps)) > 1:
            break
        shared += 1
    return ["/".join(path.split("/")[shared:]) for path in paths]


def _cell(post: PostStatus | None) -> str:
    """A share and its mark; a dot where the post is not translated into the language."""
    return f"{percent(post.tally)}{_MARKS.get(post.page, ' ')}" if post else ". "


def summary(stage: str, written: int, removed: int, unchanged: int) -> str:
    """Return what a stage did in one line."""
    done = [f"{number(written)} written" if written else "", f"{number(removed)} removed" if removed else ""]
    done.append(f"{number(unchanged)} unchanged")
    return f"{stage}: {', '.join(filter(None, done))}"


def next_step(status: SiteStatus, found: Iterable[Problem]) -> Iterator[str]:
    """Yield at most ten lines: the state of a project, and the one thing to do next."""
    errors = [problem for problem in found if problem.severity is Severity.ERROR]
    posts = len({post.path for post in status.posts})
    shares = [f"{code} {percent(status.language(code))} %" for code in status.names if posts]
    total = f"{counted(posts, 'source file')}, {counted(len(status.names), 'language')}."
    yield f"{total} Reviewed words:" if shares else total
    for start in range(0, min(len(shares), 24), 8):
        yield "  " + ", ".join(shares[start : start + 8])
    if len(shares) > 24:
        yield f"  and {len(shares) - 24} more languages: `tarjuma status`"
    pages = [post.page for post in status.posts]
    if late := pages.count(PageState.OUT_OF_DATE):
        yield f"{counted(late, 'page')} out of date, kept at the last complete version."
    if edited := [post.target for post in status.posts if post.page is PageState.EDITED]:
        yield f"{counted(len(edited), 'page')} edited by hand, left alone: `tarjuma take {' '.join(edited[:2])}`"
    if foreign := pages.count(PageState.FOREIGN):
        yield f"{counted(foreign, 'file')} that tarjuma did not write where pages would go."
    if status.orphans:
        yield _left_behind(status)
    yield f"Next: {_advice(status, errors)}"


def _advice(status: SiteStatus, errors: Sequence[Problem]) -> str:
    if errors:
        first = problem(replace(errors[0], language="")).removeprefix(f"{Severity.ERROR.value}: ")
        return f"mend {first}" + (f" ({len(errors)} such errors)" if len(errors) > 1 else "")
    if not status.posts:
        return "write a post, or correct the patterns in babel.cfg"
    if status.stale_templates:
        return "`tarjuma update`: the sources have text that the catalogs do not have"
    if PageState.READY in {post.page for post in status.posts}:
        return "`tarjuma compile`: finished translations are not in the pages yet"
    if not status.names:
        return "write the codes of your languages into the configuration: languages = [...]"
    left = [code for code in status.names if status.language(code).share < 100]
    if left:
        most = max(left, key=lambda code: status.language(code).share)
        work = "translate" if status.language(most).words.get(State.UNTRANSLATED) else "review"
        return f"{work}: the catalogs of {status.names[most]} ({most}) are the nearest to complete"
    foreign = [post.target for post in status.posts if post.page is PageState.FOREIGN]
    if foreign:
        return f"move {foreign[0]} away, or leave its post out of that language (`translate:` in its front matter)"
    if edited := [post.target for post in status.posts if post.page is PageState.EDITED]:
        return f"`tarjuma take {edited[0]}`: somebody edited that page, and it gets no more updates"
    return "nothing, everything is translated and published"


def examination(total: Mapping[str, Any]) -> str:
    """Return the report of `tarjuma doctor`."""
    files, segments, words = total["files"], total["segments"], total["words"]
    covered = 100 * total["words_covered"] / words if words else 100
    rows = [
        ("identical", "without translations, byte for byte", total["identical"], files, "files"),
        ("pseudo", "every text pseudo-translated", total["pseudo_ok"], files, "files"),
        ("hostile", "every text replaced by hostile ones", total["hostile_ok"], files, "files"),
        ("pseudo texts", "stand in the page", total["pseudo_written"], total["pseudo_segments"], "texts"),
        ("hostile texts", "stand in the page, the others gave way", *_hostile(total), "texts"),
    ]
    lines = [f"{number(files)} files, {number(total['bytes'])} bytes, {number(segments)} texts, {total['seconds']} s"]
    lines += [f"words covered: {covered:.2f} % of {number(words)}"]
    body = table(
        [[name, what, f"{number(done)}/{number(whole)}", unit] for name, what, done, whole, unit in rows], left=2
    )
    lines += body.splitlines()
    failures = total["failures"]
    lines += [f"FAILED {each['path']}: law {each['law']}: {each['detail']}" for each in failures[:20]]
    lines += [f"... and {len(failures) - 20} more failures: --json lists them"] if len(failures) > 20 else []
    if not failures:
        lines.append("This content is safe with tarjuma." if files else "No file of a known format was found.")
    return "".join(f"{line}\n" for line in lines)


def _hostile(total: Mapping[str, Any]) -> tuple[int, int]:
    return total["hostile_written"], total["hostile_segments"]


@dataclass(frozen=True, slots=True)
class Palette:
    """What is written before and after coloured text; nothing where there are no colours."""

    severities: Mapping[Severity, str] = field(default_factory=dict)
    place: str = ""
    faint: str = ""
    marked: str = ""
    end: str = ""

    def paint(self, colour: str, words: str) -> str:
        """Return words in one of the colours."""
        return f"{colour}{words}{self.end}" if colour and words else words


PLAIN = Palette()
COLOURED = Palette(
    {Severity.ERROR: "\x1b[1;31m", Severity.WARNING: "\x1b[1;33m", Severity.INFO: "\x1b[1;36m"},
    place="\x1b[1m", faint="\x1b[2m", marked="\x1b[1;7m", end="\x1b[0m",
)  # fmt: skip


def palette(is_terminal: bool, environment: Mapping[str, str]) -> Palette:
    """Return the colours for an output: none off a terminal and where NO_COLOR is set (no-color.org)."""
    is_wanted = is_terminal and not environment.get("NO_COLOR") and environment.get("TERM") != "dumb"
    return COLOURED if is_wanted else PLAIN


Words = Callable[[Problem], str]
"""Gives a problem's message in the language of its reader (`speech.words`)."""


def findings(outcome: Outcome, words: Words, colours: Palette = PLAIN, width: int = WIDTH) -> str:
    """Return findings for people: grouped by file, each with both texts, then a count per language and check."""
    groups = groupby(sorted(outcome.problems, key=order), key=lambda each: each.path)
    blocks = ["".join(finding(each, words, colours, width) for each in found) for _, found in groups]
    if outcome.problems:
        blocks.append(_counts(outcome.problems))
    return "\n".join([*blocks, f"{total(outcome)}\n"])


def order(problem: Problem) -> tuple[object, ...]:
    """Return what findings are sorted by: path, line, check."""
    return problem.path, problem.line, problem.check, problem.form, problem.span or (-1, -1), problem.message


def total(outcome: Outcome) -> str:
    """Return the last line: how many findings of which weight, in how much."""
    found = Counter(each.severity for each in outcome.problems)
    numbers = [counted(found[each], _NOUNS[each]) for each in Severity if found[each]]
    checked = counted(len(outcome.files), "file")
    if messages := sum(outcome.messages.values()):
        checked += f", {counted(messages, 'message')}"
    ignored = f"; {number(len(outcome.ignored))} ignored" if outcome.ignored else ""
    return f"{', '.join(numbers) or 'no findings'} in {checked}{ignored}"


_NOUNS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def _counts(problems: Iterable[Problem]) -> str:
    """A table: findings per language and check."""
    found: dict[tuple[str, str], Counter[Severity]] = defaultdict(Counter)
    for each in problems:
        found[each.language, each.check][each.severity] += 1
    rows = [["", "", *(severity.value for severity in Severity)]]
    for (language, check), counts in sorted(found.items()):
        rows.append([language or "-", check, *(number(counts[severity]) for severity in Severity)])
    return table(rows, left=2)


def advice(found: Problem, phrase: Callable[[str], str] = str) -> str | None:
    """Return what a finding proposes, so that a person sees it; None when it proposes nothing."""
    proposed = suggestion(found)
    if proposed == "":
        return phrase("delete what is marked")
    return phrase("put a space here") if proposed and not proposed.strip(" \u00a0") else proposed


def finding(found: Problem, words: Words, colours: Palette = PLAIN, width: int = WIDTH) -> str:
    """Return one finding: a line that editors can follow, and the texts below it."""
    place = f"{visible(found.path)}:{found.line}" if found.line else visible(found.path)
    head = f"{colours.paint(colours.place, place)}: " if place else ""
    severity = colours.paint(colours.severities.get(found.severity, ""), found.severity.value)
    lines = [f"{head}{severity} [{found.check}] {visible(words(found))}"]
    return "".join(f"{line}\n" for line in [*lines, *_particulars(found, words, colours, width)])


def _particulars(found: Problem, words: Words, colours: Palette, width: int) -> Iterator[str]:
    """The indented lines below a finding: context, source, translation, suggestion, place in the source post."""
    rows = list(_labelled(found, words))
    indent = max((columns(label) for label, _, _ in rows), default=0) + 2
    for label, content, span in rows:
        shown = excerpt(content, span, max(20, width - 4 - indent))
        line = f"{shown.before}{colours.paint(colours.marked, shown.marked)}{shown.after}"
        yield f"    {colours.paint(colours.faint, padded(f'{label}:', indent))}{line}".rstrip(" ")
        if shown.is_marked:
            yield " " * (4 + indent) + colours.paint(colours.severities.get(found.severity, ""), shown.underline)


def _labelled(found: Problem, words: Words) -> Iterator[tuple[str, str, tuple[int, int] | None]]:
    def phrase(english: str) -> str:
        return words(replace(found, message=english, template=english, values=()))

    both = texts(found)
    if both and found.key and found.key.context:
        yield phrase("context"), found.key.context, None
    if both:
        yield phrase("source"), both.source, both.source_span
    if both and both.target:
        yield found.language or phrase("translation"), both.target, both.target_span
    if (proposed := advice(found, phrase)) is not None:
        yield phrase("suggestion"), proposed, None
    if found.place[0]:
        yield (
            phrase("source post"),
            ":".join([found.place[0], *([str(found.place[1])] if found.place[1] else [])]),
            None,
        )
