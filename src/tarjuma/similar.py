"""Which vanished text became which new one: a matching of edited texts by place and by words.

Only texts that vanished can be the source of an edit, so a brand-new text gets no guess. Candidates are looked for
near the old place in the same file first, then elsewhere by shared words; farther away they must be more alike.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from tarjuma.model import Key


class Spot(NamedTuple):
    """A text and the files it stands in; a sequence of spots is a site in reading order."""

    key: Key
    paths: tuple[str, ...]


class Range(NamedTuple):
    """What it takes to be an edit, by the distance from the old place.

    The figures were set on edits of 18,000 paragraphs of nine documentation sites: words replaced, added, dropped or
    turned round, typos, links, case, punctuation, splits and joins.
    """

    least: float
    """The least likeness, 0 to 1, that is accepted here."""
    least_short: float
    """The same for texts that have too few letters to be told apart by chance."""
    bonus: float
    """What the place counts when two texts are equally like a third."""


HERE = Range(0.46, 0.60, 0.20)
"""Between the same unchanged neighbours."""
NEAR = Range(0.56, 0.70, 0.08)
"""A few texts away in the same file."""
SAME_FILE = Range(0.64, 0.76, 0.04)
"""Anywhere else in the same file."""
ELSEWHERE = Range(0.70, 0.86, 0.0)

SHORT = 12
"""Weight of words (see `_weight`) below which a text counts as short: about three words."""
FEW = 4
"""Texts between two places that are near each other."""
NEAREST = 24
"""Candidates that are compared in one file."""
CANDIDATES = 6
"""Candidates that are compared from elsewhere."""
RARE = 8
"""Words of a text, the rarest ones, that are looked up in the index."""
COMMON = 400
"""A word in more texts than this says nothing."""

_WORD = re.compile(r"\w+")
_MARKUP = re.compile(r"\]\([^)]*\)|\]\[[^]]*\]|\{[{%#].*?[}%#]\}|<[^>]*>|https?://\S+", re.DOTALL)
_LINE = re.compile(r":\d+$")


def path_of(place: str) -> str:
    """Return the file of a reference, without the line number that other tools write."""
    return _LINE.sub("", place)


def pairs(old: Sequence[Spot], new: Sequence[Spot], vanished: Sequence[int], appeared: Sequence[int]) -> dict[int, int]:
    """Return index in `new` -> index in `old` for each text of `appeared` that is an edit of one of `vanished`.

    Each old text is used once: where a paragraph was split, its best part gets it; where two were joined, the joined
    one takes the better of both. The result depends on the arguments' order only, never on hashing.
    """
    if not vanished or not appeared:
        return {}
    sources = {index: _Bag(old[index].key.text) for index in vanished}
    nearby = _Neighbours(old, new, vanished)
    index = _Index(sources)
    found: list[tuple[float, int, int]] = []
    for target in appeared:
        bag = _Bag(new[target].key.text)
        for source, range_ in {**dict.fromkeys(index.candidates(bag), ELSEWHERE), **nearby.of(target)}.items():
            likeness = _likeness(sources[source], bag)
            if likeness >= (range_.least_short if min(sources[source].weight, bag.weight) < SHORT else range_.least):
                found.append((-likeness - range_.bonus, target, source))
    return _assigned(sorted(found))


def _assigned(found: Sequence[tuple[float, int, int]]) -> dict[int, int]:
    taken: set[int] = set()
    result: dict[int, int] = {}
    for _, target, source in found:
        if target not in result and source not in taken:
            result[target] = source
            taken.add(source)
    return result


def words(text: str) -> Counter[str]:
    """Return the folded words of a text and how often each stands there; of its markup only if it is nothing else."""
    folded = text.casefold()
    return Counter(_WORD.findall(_prose(folded))) or Counter(_WORD.findall(folded))


def weight(word: str) -> int:
    """Return what a word says, 1 to 8: long words more than articles and prepositions, in any language."""
    return _weight(word)


def closeness(one: str, other: str) -> float:
    """Return 0 to 1, 1 = the same text: how alike two texts are, letter by letter and in their order.

    Stricter than what makes an edit: the same words in another order, or more of them, say something else.
    """
    from rapidfuzz import fuzz

    prose: float = fuzz.ratio(_prose(one.casefold()), _prose(other.casefold()))
    return (0.95 * prose + 0.05 * float(fuzz.ratio(one, other))) / 100


def _prose(text: str) -> str:
    """A text without link targets, tags and template code: lines of a changelog share those, and differ in words."""
    return _MARKUP.sub(" ", text)


class _Bag:
    """A text, folded for comparison."""

    __slots__ = ("prose", "text", "weight", "words")

    def __init__(self, text: str) -> None:
        self.text = text.casefold()
        self.prose = _prose(self.text)
        self.words = Counter(_WORD.findall(self.prose))
        self.weight = _weigh(self.words)


def _bare(text: str) -> _Bag:
    """Return a bag in which markup counts as words: for texts that are nothing else."""
    bag = _Bag("")
    bag.text = bag.prose = text
    bag.words = Counter(_WORD.findall(text))
    bag.weight = _weigh(bag.words)
    return bag


def _weight(word: str) -> int:
    """What a word says: long words more than articles and prepositions, in any language."""
    return min(max(len(word) - 2, 1), 8)


def _weigh(words: Mapping[str, int]) -> int:
    return sum(_weight(word) * count for word, count in words.items())


def _likeness(old: _Bag, new: _Bag) -> float:
    """Return 0 to 1; 1 = the same words.

    Letters in order find typos, words in any order find moved clauses, and the share of the smaller text that stands
    in the greater one finds what was added, taken out, split or joined.
    """
    from rapidfuzz import fuzz

    if old.text == new.text:
        return 1.0
    if not (old.words and new.words):
        old, new = _bare(old.text), _bare(new.text)
    letters: float = fuzz.ratio(old.prose, new.prose) / 100
    shared = _weigh(old.words & new.words)
    if shared:
        both = 2 * shared / (old.weight + new.weight)
        contained = shared / min(old.weight, new.weight)
        letters = max(letters, both, 0.5 * contained + 0.5 * both)
    # Where the prose is the same, the link target decides.
    return 0.95 * letters + 0.05 * float(fuzz.ratio(old.text, new.text)) / 100


class _Index:
    """Word -> the vanished texts that have it."""

    def __init__(self, bags: Mapping[int, _Bag]) -> None:
        self.texts: dict[str, list[int]] = defaultdict(list)
        for index, bag in bags.items():
            for word in bag.words:
                self.texts[word].append(index)

    def candidates(self, bag: _Bag) -> list[int]:
        """Return the texts that share most with this one, counted by its rarest words."""
        known = sorted((len(texts), word) for word in bag.words if (texts := self.texts.get(word)))
        score: dict[int, float] = defaultdict(float)
        for count, word in known[:RARE]:
            if count > COMMON:
                break
            for index in self.texts[word]:
                score[index] += _weight(word) / count
        return sorted(score, key=lambda index: (-score[index], index))[:CANDIDATES]


class _Neighbours:
    """Where a new text would have stood in the old file, and which vanished texts stood there."""

    def __init__(self, old: Sequence[Spot], new: Sequence[Spot], vanished: Sequence[int]) -> None:
        self.new = new
        self.before = _by_path(old)
        self.after = _by_path(new)
        wanted = set(vanished)
        self.gone = {
            path: [place for place, index in enumerate(indices) if index in wanted]
            for path, indices in self.before.items()
        }
        self.place = {
            path: {old[index].key: place for place, index in enumerate(indices)}
            for path, indices in self.before.items()
        }
        self.former = _renamed(old, new, self.before, self.after)
        self.spans = {path: dict(self._spans(path)) for path in self.after if self._gone(path)}

    def of(self, target: int) -> dict[int, Range]:
        """Return the vanished texts of the same file, the nearest ones, with how near they are."""
        found: dict[int, Range] = {}
        for path in self.new[target].paths:
            if not (gone := self._gone(path)):
                continue
            low, high = self.spans[path][target]
            start = bisect_left(gone, low)
            nearest = sorted(
                gone[max(0, start - NEAREST) : start + NEAREST], key=lambda place: (_distance(place, low, high), place)
            )
            indices = self.before[self._former(path)]
            for place in nearest[:NEAREST]:
                range_ = _range(_distance(place, low, high))
                known = found.get(indices[place], range_)
                found[indices[place]] = min(range_, known)
        return found

    def _former(self, path: str) -> str:
        return self.former.get(path, path)

    def _gone(self, path: str) -> list[int]:
        return self.gone.get(self._former(path), [])

    def _spans(self, path: str) -> Iterator[tuple[int, tuple[int, int]]]:
        """Yield index -> old places of the nearest unchanged texts before and after it."""
        places = self.place[self._former(path)]
        indices = self.after[path]
        previous, following = [], []
        last = -1
        for index in indices:
            previous.append(last)
            last = places.get(self.new[index].key, last)
        last = len(places)
        for index in reversed(indices):
            following.append(last)
            last = places.get(self.new[index].key, last)
        for index, low, high in zip(indices, previous, reversed(following), strict=True):
            yield index, ((low, high) if low < high else (low, low + 1))


def _distance(place: int, low: int, high: int) -> int:
    return 0 if low < place < high else min(abs(place - low), abs(place - high))


def _range(distance: int) -> Range:
    if not distance:
        return HERE
    return NEAR if distance <= FEW else SAME_FILE


def _by_path(spots: Sequence[Spot]) -> dict[str, list[int]]:
    result: dict[str, list[int]] = defaultdict(list)
    for index, spot in enumerate(spots):
        for path in dict.fromkeys(spot.paths):
            result[path].append(index)
    return dict(result)


def _renamed(
    old: Sequence[Spot], new: Sequence[Spot], before: Mapping[str, Sequence[int]], after: Mapping[str, Sequence[int]]
) -> dict[str, str]:
    """Return new path -> old path of files that share a third of their texts, where the old path is gone."""
    lost = [path for path in before if path not in after]
    if not lost:
        return {}
    homes: dict[Key, list[str]] = defaultdict(list)
    for path in lost:
        for index in before[path]:
            homes[old[index].key].append(path)
    result: dict[str, str] = {}
    for path in after:
        if path in before:
            continue
        votes = Counter(home for index in after[path] for home in homes.get(new[index].key, ()))
        for home, count in votes.most_common(1):
            if 3 * count >= min(len(after[path]), len(before[home])):
                result[path] = home
    return result
