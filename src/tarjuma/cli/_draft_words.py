"""What `tarjuma draft` prints: values in, text or JSON out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tarjuma.report import json, text

if TYPE_CHECKING:
    from tarjuma.dispatch import Progress
    from tarjuma.project.drafting import Account
    from tarjuma.project.gaps import Search
    from tarjuma.project.prospect import Line, Sample

SOME = 5
"""Lines of a kind that are shown without -v."""
NOTHING = "Nothing to draft: no text is empty.\n"


def account(made: Account, *, is_verbose: bool = False) -> str:
    """Return what a run drafted, what it sent, and what stays empty."""
    if not made.drafted and not made.left:
        return NOTHING
    lines = [_drafted(made.drafted)] if made.drafted else ["No text was drafted.\n"]
    lines += [f"  {line}\n" for line in _sent(made)]
    if made.drafted:
        lines.append("Drafts are for people to read: none gets onto a page before somebody has approved it.\n")
    lines.append(_unheeded(made.unheeded, is_verbose))
    return "".join(lines) + left(made.left, is_verbose=is_verbose)


def _drafted(drafted: Counter[tuple[str, str]]) -> str:
    rows = []
    for code in dict.fromkeys(code for code, _ in drafted):
        own = {engine: count for (each, engine), count in drafted.items() if each == code}
        by = ", ".join(f"{engine} {text.number(count)}" for engine, count in sorted(own.items()))
        rows.append(["drafted", code, text.number(sum(own.values())), by])
    return _table(rows)


def _unheeded(counts: Counter[tuple[str, str]], is_verbose: bool) -> str:
    """Which terms of the glossary drafts translate otherwise: what a reviewer should look at first."""
    if not counts:
        return ""
    rows = [["  terms", code, text.number(count), told] for (code, told), count in _most_first(counts)]
    shown = rows if is_verbose else rows[:SOME]
    more = f"  and {len(rows) - len(shown)} more terms: -v names them\n" if len(shown) < len(rows) else ""
    return _table(shown) + more


def _most_first(counts: Counter[tuple[str, str]]) -> list[tuple[tuple[str, str], int]]:
    return sorted(counts.items(), key=lambda row: (row[0][0], -row[1], row[0][1]))


def _sent(made: Account) -> Iterator[str]:
    if made.changes:
        yield f"{text.counted(len(made.changes), 'catalog')} written"
    if made.hosts:
        size = f"{text.counted(made.requests, 'request')} with {text.number(made.characters)} characters"
        yield f"{size} to {' and '.join(made.hosts)}: .tarjuma/sent.jsonl says of which posts"
    if made.cached:
        yield f"{text.counted(made.cached, 'text')} known from earlier"


def left(reasons: Counter[tuple[str, str]], *, is_verbose: bool = False) -> str:
    """Return how many texts of which language stay empty, and why."""
    if not reasons:
        return ""
    rows = [["empty  ", code, text.number(count), reason] for (code, reason), count in _most_first(reasons)]
    shown = rows if is_verbose else rows[: 2 * SOME]
    more = f"and {len(rows) - len(shown)} more reasons: -v names them\n" if len(shown) < len(rows) else ""
    return _table(shown) + more


def remarks(found: Search) -> Iterator[str]:
    """Yield what a person should know of the catalogs before anything is drafted."""
    if found.missing:
        yield f"{_named(found.missing)} not there yet: run `tarjuma update` first"
    if found.behind:
        yield f"{_named(found.behind)} older than the posts: run `tarjuma update` first, or new texts get no drafts"
    if begun := sum(found.begun.values()):
        yield f"{text.counted(begun, 'text')} with some plural forms filled by a person: left to people"


def _named(paths: Sequence[str]) -> str:
    unique = list(dict.fromkeys(paths))
    return f"{unique[0]} is" if len(unique) == 1 else f"{unique[0]} and {len(unique) - 1} more are"


def account_as_json(made: Account, found: Search) -> str:
    """Return the account as one JSON object."""
    languages: dict[str, Any] = {}
    for kind, counts in (("drafted", made.drafted), ("empty", made.left), ("terms", made.unheeded)):
        for (code, what), count in sorted(counts.items()):
            languages.setdefault(code, {"drafted": {}, "empty": {}, "terms": {}})[kind][what] = count
    return json.dumped(
        {
            "version": json.VERSION,
            "languages": languages,
            "sent": {"hosts": list(made.hosts), "requests": made.requests, "characters": made.characters},
            "known_from_earlier": made.cached,
            "switched_off": dict(made.switched_off),
            "catalogs": sorted(made.changes),
            "missing_catalogs": found.missing,
            "update_is_due": sorted(set(found.behind)),
            "is_stopped": made.is_stopped,
        }
    )


# --- before a run ----------------------------------------------------------------------------------------------------


def estimates(lines: Sequence[Line]) -> str:
    """Return what a run would take as a table, with a sum for each engine where there are several languages."""
    if not lines:
        return NOTHING
    head = ["", "", "texts", "different", "known", "characters", "requests", "minutes", "price"]
    rows = [head, *([each.code, *_cells(each.engine.traits.name, [each])] for each in lines)]
    by_engine: dict[str, list[Line]] = {}
    for each in lines:
        by_engine.setdefault(each.engine.traits.name, []).append(each)
    if len({each.code for each in lines}) > 1:
        rows += (["all", *_cells(name, own)] for name, own in by_engine.items())
    notes = {
        f"{name}: {own[0].engine.traits.price_note}\n"
        for name, own in by_engine.items()
        if own[0].engine.traits.price_note and not own[0].engine.traits.price
    }
    return text.table(rows, left=2) + "".join(sorted(notes))


def _cells(name: str, lines: Sequence[Line]) -> list[str]:
    each = [line.estimate for line in lines]
    numbers = (
        sum(estimate.segments for estimate in each), sum(estimate.unique for estimate in each),
        sum(estimate.cached for estimate in each), sum(estimate.characters for estimate in each),
        sum(estimate.requests for estimate in each),
    )  # fmt: skip
    minutes = sum(estimate.seconds for estimate in each) / 60
    return [name, *map(text.number, numbers), _minutes(minutes), _price(lines)]


def _minutes(minutes: float) -> str:
    return "-" if not minutes else "<1" if minutes < 1 else f"{minutes:,.0f}"


def _price(lines: Sequence[Line]) -> str:
    traits = lines[0].engine.traits
    if traits.price:
        return f"${sum(line.estimate.price for line in lines):,.2f}"
    return "see below" if traits.price_note else "free"


def estimates_as_json(lines: Sequence[Line]) -> str:
    """Return the estimates as one JSON object."""
    return json.dumped(
        {
            "version": json.VERSION,
            "estimates": [
                {
                    "language": line.code,
                    "engine": line.engine.traits.name,
                    "host": line.engine.traits.host,
                    "segments": line.estimate.segments,
                    "unique": line.estimate.unique,
                    "cached": line.estimate.cached,
                    "characters": line.estimate.characters,
                    "requests": line.estimate.requests,
                    "minutes": round(line.estimate.seconds / 60, 2),
                    "price_in_dollars": _dollars(line),
                }
                for line in lines
            ],
        }
    )


def _dollars(line: Line) -> float | None:
    """None: nobody can say."""
    traits = line.engine.traits
    return None if traits.price_note and not traits.price else round(line.estimate.price, 4)


def samples(shown: Sequence[Sample]) -> str:
    """Return texts with what each engine makes of them, side by side."""
    if not shown:
        return NOTHING
    width = max(len(name) for name in ("source", *(engine for each in shown for engine, _, _ in each.drafts)))
    parts = []
    totals = Counter(each.code for each in shown)
    numbers: Counter[str] = Counter()
    for each in shown:
        numbers[each.code] += 1
        parts.append(f"{each.code} {numbers[each.code]} of {totals[each.code]}\n")
        rows = [("source", each.text), *((engine, draft or f"(no draft: {why})") for engine, draft, why in each.drafts)]
        parts += [f"  {name.ljust(width)}  {' '.join(words.split())}\n" for name, words in rows]
    return "".join(parts)


def samples_as_json(shown: Iterable[Sample]) -> str:
    """Return the samples as one JSON object."""
    rows = [
        {
            "language": each.code,
            "source": each.text,
            "drafts": [{"engine": engine, "text": draft, "reason": why} for engine, draft, why in each.drafts],
        }
        for each in shown
    ]
    return json.dumped({"version": json.VERSION, "samples": rows})


def discarded(counts: Mapping[tuple[str, str], int], catalogs: int, there: Iterable[str], engine: str) -> str:
    """Return what `--discard` emptied. `there`: engines whose untouched drafts are left."""
    if counts:
        return _discarded(counts) + f"  {text.counted(catalogs, 'catalog')} written\n"
    others = ", ".join(sorted(there))
    hint = f" There are drafts of {others}." if engine and others else ""
    return f"No drafts{f' of {engine}' if engine else ''} that nobody has touched.{hint}\n"


def _discarded(counts: Mapping[tuple[str, str], int]) -> str:
    return _table([["discarded", code, text.number(count), engine] for (code, engine), count in sorted(counts.items())])


def _table(rows: Sequence[Sequence[str]]) -> str:
    """Rows whose last cells are words: flush left, unlike the numbers before them."""
    heads = text.table([row[:-1] for row in rows], left=2).splitlines()
    return "".join(f"{head}  {row[-1]}\n" for head, row in zip(heads, rows, strict=True))


def progress(made: Progress) -> str:
    """Return how far a run is as a sentence, for logs."""
    line = f"{made.engine}: {text.number(made.done)} of {text.counted(made.total, 'text')}"
    line += f", {text.counted(made.requests, 'request')} so far"
    if made.waiting >= 1:
        return f"{line}, asked to wait {made.waiting:.0f} s"
    return line if made.seconds_left is None else f"{line}, {_clock(made.seconds_left)} left"


def gauge(made: Progress) -> str:
    """Return the line that shows how far a run is: at most 79 columns."""
    share = 20 * made.done // max(1, made.total)
    line = f"{made.engine} [{'#' * share}{'.' * (20 - share)}] {made.done}/{made.total}"
    if made.waiting >= 1:
        return f"{line}  asked to wait {made.waiting:.0f} s"[:79]
    if made.rate:
        line += f"  {made.rate:.1f}/s"
    if made.seconds_left is not None:
        line += f"  {_clock(made.seconds_left)} left"
    return line[:79]


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}" if minutes >= 60 else f"{minutes}:{rest:02}"
