"""How good machine drafts are, by what people made of them: chrF, and what share they took as it was.

chrF is the F-score of character n-grams (Popović 2015, https://aclanthology.org/W15-3049), with the parameters and the
rounding of today's tools: n-grams of one to six characters without white space, recall counts twice, and orders
for which one of the texts is too short do not count.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum

ORDER = 6
"""The longest n-grams, in characters."""
BETA = 2.0
"""How many times as much recall counts as precision."""
LITTLE = 30.0
"""The chrF below which a person took nothing of a draft: half of all pairs of unrelated texts of a translated site have
less than 14, nine in ten less than 25."""

Counts = tuple[tuple[int, int, int], ...]
"""For each order: n-grams of the draft, of the reviewed text, of both."""


def chrf(pairs: Iterable[tuple[str, str]]) -> float:
    """Return the chrF of drafts beside what became of them, 0 to 100; counted over all pairs, so long ones weigh more.

    Each pair is (draft, reviewed text).
    """
    totals = [(0, 0, 0)] * ORDER
    for draft, reviewed in pairs:
        totals = [(a + x, b + y, c + z) for (a, b, c), (x, y, z) in zip(totals, _counts(draft, reviewed), strict=True)]
    return _score(tuple(totals))


def _counts(draft: str, reviewed: str) -> Counts:
    texts = "".join(draft.split()), "".join(reviewed.split())
    return tuple(_of_order(*texts, order) for order in range(1, ORDER + 1))


def _of_order(draft: str, reviewed: str, order: int) -> tuple[int, int, int]:
    first, second = _grams(draft, order), _grams(reviewed, order)
    return first.total() if second else 0, second.total(), (first & second).total()


def _grams(text: str, order: int) -> Counter[str]:
    return Counter(text[start : start + order] for start in range(len(text) - order + 1))


def _score(counts: Counts) -> float:
    both = [(match / draft, match / reviewed) for draft, reviewed, match in counts if draft and reviewed]
    if not both:
        return 0.0
    precision, recall = (sum(each[side] for each in both) / len(both) for side in (0, 1))
    if not precision + recall:
        return 0.0
    return 100.0 * (1 + BETA**2) * precision * recall / (BETA**2 * precision + recall)


class Verdict(Enum):
    """What a person made of a draft."""

    UNCHANGED = "unchanged"
    EDITED = "edited"
    REJECTED = "rejected"
    """Emptied, or written anew."""
    WAITING = "waiting"
    """Nobody has reviewed it yet."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A draft, and what a person made of it."""

    language: str
    engine: str
    route: str
    verdict: Verdict
    draft: str = ""
    """"" when only the verdict is known."""
    reviewed: str = ""


@dataclass(slots=True)
class Row:
    """The drafts of an engine in one language and on one route."""

    language: str
    engine: str
    route: str
    counts: Counter[Verdict] = field(default_factory=Counter)
    chrf: float | None = None
    """0 to 100; None when no draft can be compared."""

    @property
    def judged(self) -> int:
        """Drafts that a person decided about."""
        return self.counts.total() - self.counts[Verdict.WAITING]

    def share(self, verdict: Verdict) -> float | None:
        """Return the share of a verdict among the drafts that a person decided about, 0 to 1; None without any."""
        return self.counts[verdict] / self.judged if self.judged else None


def verdict(draft: str, reviewed: str) -> Verdict:
    """Return what became of a draft whose entry is reviewed."""
    if draft == reviewed:
        return Verdict.UNCHANGED
    return Verdict.REJECTED if chrf([(draft, reviewed)]) < LITTLE else Verdict.EDITED


def rows(judgements: Iterable[Judgement]) -> list[Row]:
    """Return one row for each language, engine and route, sorted."""
    found: dict[tuple[str, str, str], Row] = {}
    compared: dict[tuple[str, str, str], list[tuple[str, str]]] = defaultdict(list)
    for each in judgements:
        identity = (each.language, each.engine, each.route)
        found.setdefault(identity, Row(*identity)).counts[each.verdict] += 1
        if each.draft and each.reviewed:
            compared[identity].append((each.draft, each.reviewed))
    for identity, pairs in compared.items():
        found[identity].chrf = chrf(pairs)
    return [found[identity] for identity in sorted(found)]
