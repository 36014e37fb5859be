"""The translation memory: looking a text up among all that is reviewed, letter by letter or nearly so.

Texts are stored once, whatever number of languages they are translated into, and a language's texts get their index of
words when somebody asks for something near in it for the first time.
"""

from __future__ import annotations

import heapq
import json
import sqlite3
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import NamedTuple

from tarjuma import similar
from tarjuma.memory.database import Database
from tarjuma.memory.units import Origin, Unit
from tarjuma.numbers import numbers
from tarjuma.syntax.inline import Kind, parse

SCHEMA = """
CREATE TABLE files (id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, digest TEXT NOT NULL);
CREATE TABLE texts (
    id INTEGER PRIMARY KEY, hash INTEGER NOT NULL UNIQUE, language TEXT NOT NULL, text TEXT NOT NULL,
    is_indexed INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX texts_unindexed ON texts (language) WHERE is_indexed = 0;
CREATE TABLE units (
    file INTEGER NOT NULL, source INTEGER NOT NULL, target INTEGER NOT NULL, origin INTEGER NOT NULL, context TEXT,
    place TEXT NOT NULL, plural TEXT, forms TEXT
);
CREATE INDEX units_file ON units (file);
CREATE INDEX units_source ON units (source);
CREATE INDEX units_target ON units (target);
CREATE TABLE words (word INTEGER NOT NULL, text INTEGER NOT NULL, PRIMARY KEY (word, text)) WITHOUT ROWID
"""

RARE = 8
"""Words of a text, the rarest ones, that are looked up."""
SCARCE = 150
COMMON = 6_000
"""A word in more texts than this says nothing, and one in more than the first figure only when there are no `ENOUGH`
others."""
ENOUGH = 3
CANDIDATES = 40
"""Texts that are compared letter by letter."""

OTHER_NUMBERS = 0.1
OTHER_MARKUP = 0.05
FOREIGN = 0.03
REVERSED = 0.02
"""What the likeness of a match is lowered by: other numbers or codes than in the text that is asked for, imported
text, and text that was translated the other way round."""

_BATCH = 10_000
_MOST_WORDS = 100


class Learned(NamedTuple):
    """What is learned from a file."""

    path: str
    digest: str
    """Names the state that the file is in."""
    units: Sequence[Unit]


class Match(NamedTuple):
    """A translation that the memory offers."""

    text: str
    """What it is a translation of: the text that was asked for, or one that is near it."""
    translation: str
    likeness: float
    """1 = that very text; less for another one."""
    origin: Origin
    context: str | None
    place: str
    is_reversed: bool
    """True when it was translated the other way round."""


def learn(database: Database, learned: Sequence[Learned]) -> None:
    """Take the units of files in place of those that they had."""

    def work(connection: sqlite3.Connection) -> None:
        for path, digest, units in learned:
            _forget(connection, path)
            file = connection.execute("INSERT INTO files (path, digest) VALUES (?, ?)", (path, digest)).lastrowid
            texts = {(unit.source, unit.text): None for unit in units}
            texts.update(((unit.target, unit.translation), None) for unit in units)
            connection.executemany(
                "INSERT OR IGNORE INTO texts (hash, language, text) VALUES (?, ?, ?)",
                ((_hash(language, text), language, text) for language, text in texts),
            )
            connection.executemany(
                """
                INSERT INTO units VALUES (
                    ?, (SELECT id FROM texts WHERE hash = ?), (SELECT id FROM texts WHERE hash = ?), ?, ?, ?, ?, ?
                )
                """,
                (_row(file, unit) for unit in units),
            )

    database.write(work)


def _row(file: int | None, unit: Unit) -> tuple[object, ...]:
    hashes = _hash(unit.source, unit.text), _hash(unit.target, unit.translation)
    forms = json.dumps(unit.forms) if unit.forms else None
    return file, *hashes, int(unit.origin), unit.context, unit.place, unit.plural, forms


def forget(database: Database, paths: Iterable[str]) -> None:
    """Drop the units of files."""

    def work(connection: sqlite3.Connection) -> None:
        for path in paths:
            _forget(connection, path)

    database.write(work)


def files(database: Database) -> dict[str, str]:
    """Return path -> digest of what was learned."""
    return dict(database.rows("SELECT path, digest FROM files"))


def state(database: Database) -> str:
    """Return a word that changes whenever anything is learned or dropped."""
    content = "\n".join(f"{path} {digest}" for path, digest in sorted(files(database).items()))
    return blake2b(content.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def units(database: Database, origins: Iterable[Origin]) -> Iterator[Unit]:
    """Yield all units of some origins, in an order that does not depend on when they were learned."""
    wanted = ", ".join(str(int(origin)) for origin in origins)
    query = f"""
        SELECT s.language, s.text, t.language, t.text, u.context, u.place, u.origin, u.plural, u.forms
        FROM units u JOIN texts s ON s.id = u.source JOIN texts t ON t.id = u.target JOIN files f ON f.id = u.file
        WHERE u.origin IN ({wanted})
        ORDER BY s.language, u.place, s.text, u.context, t.language, u.origin, t.text, f.path
    """
    for source, text, target, translation, context, place, origin, plural, forms in database.rows(query):
        own = tuple(json.loads(forms)) if forms else ()
        yield Unit(source, text, target, translation, context, place, Origin(origin), plural, own)


def _forget(connection: sqlite3.Connection, path: str) -> None:
    found = connection.execute("SELECT id FROM files WHERE path = ?", (path,)).fetchone()
    if not found:
        return
    rows = connection.execute("SELECT source, target FROM units WHERE file = ?", found).fetchall()
    connection.execute("DELETE FROM units WHERE file = ?", found)
    connection.execute("DELETE FROM files WHERE id = ?", found)
    for text in {text for row in rows for text in row}:
        if connection.execute(
            "SELECT 1 FROM units WHERE source = ? UNION ALL SELECT 1 FROM units WHERE target = ? LIMIT 1", (text, text)
        ).fetchone():
            continue
        language, content, is_indexed = connection.execute(
            "SELECT language, text, is_indexed FROM texts WHERE id = ?", (text,)
        ).fetchone()
        connection.execute("DELETE FROM texts WHERE id = ?", (text,))
        if is_indexed:
            connection.executemany("DELETE FROM words WHERE word = ? AND text = ?", _words(text, language, content))


def _hash(language: str, text: str) -> int:
    """A number for a text in a language: 63 bits, so that among millions of texts no two ever share one."""
    content = f"{language}\0{text}".encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(content, digest_size=8).digest(), "big") >> 1


# --- the very text ---------------------------------------------------------------------------------------------------


def exact(database: Database, text: str, source: str, target: str, context: str | None = None) -> Match | None:
    """Return the best translation of a text from one language into another, None when nobody knows any.

    The project's own before an imported one, one that was translated this way round before the other way, one of the
    same context before all others; then the most frequent one, and at last the one whose catalog comes first.
    """
    found = list(_exact(database, text, source, target))
    if not found:
        return None
    count = Counter(match.translation for match, _ in found)

    def rank(each: tuple[Match, str]) -> tuple[object, ...]:
        match, path = each
        is_other = match.context != context
        return match.origin, match.is_reversed, is_other, -count[match.translation], path, match.translation

    return min(found, key=rank)[0]


def _exact(database: Database, text: str, source: str, target: str) -> Iterator[tuple[Match, str]]:
    number = _hash(source, text)
    for own, other, is_reversed in (("source", "target", False), ("target", "source", True)):
        query = f"""
            SELECT o.text, u.origin, u.context, u.place, f.path
            FROM texts t JOIN units u ON u.{own} = t.id JOIN texts o ON o.id = u.{other} JOIN files f ON f.id = u.file
            WHERE t.hash = ? AND o.language = ?
        """
        for translation, origin, context, place, path in database.rows(query, (number, target)):
            yield Match(text, translation, 1.0, Origin(origin), context, place, is_reversed), path


def forms(
    database: Database, text: str, plural: str, source: str, target: str, count: int, context: str | None = None
) -> tuple[str, ...] | None:
    """Return all `count` forms of a message with a plural as they were reviewed, None when nobody knows them."""
    query = """
        SELECT u.forms, u.origin, u.context, f.path
        FROM texts s JOIN units u ON u.source = s.id JOIN texts t ON t.id = u.target JOIN files f ON f.id = u.file
        WHERE s.hash = ? AND t.language = ? AND u.plural = ?
    """
    rows = database.rows(query, (_hash(source, text), target, plural))
    found = [(origin, own != context, path, tuple(json.loads(made))) for made, origin, own, path in rows]
    return min((each for each in found if len(each[-1]) == count), default=(None,))[-1]


# --- a text that is near ---------------------------------------------------------------------------------------------


def near(database: Database, text: str, source: str, target: str, limit: int = 5, least: float = 0.7) -> list[Match]:
    """Return translations of the texts that are nearest to this one, the nearest first, of at least a likeness.

    Among them are those of the very text. Likeness is that of letters in their order (`similar.closeness`), lowered
    for what makes a translation less fit.
    """
    _index(database, source)
    ids = _candidates(database, text, source)
    codes, figures = _codes(text), _figures(text, source)
    found: dict[tuple[str, str], Match] = {}
    for match in _translations(database, ids, target):
        likeness = 1.0 if match.text == text else similar.closeness(text, match.text)
        if likeness < least:
            continue
        if match.text != text:
            likeness -= OTHER_NUMBERS * (_figures(match.text, source) != figures)
            likeness -= OTHER_MARKUP * (_codes(match.text) != codes)
        likeness -= FOREIGN * (match.origin is Origin.FOREIGN) + REVERSED * match.is_reversed
        identity = (match.text, match.translation)
        if likeness >= least and (identity not in found or found[identity].likeness < likeness):
            found[identity] = match._replace(likeness=likeness)
    return heapq.nsmallest(
        limit, found.values(), key=lambda each: (-each.likeness, each.origin, each.text, each.translation)
    )


def _translations(database: Database, ids: Sequence[int], target: str) -> Iterator[Match]:
    marks = ", ".join("?" * len(ids))
    for own, other, is_reversed in (("source", "target", False), ("target", "source", True)):
        query = f"""
            SELECT m.text, o.text, u.origin, u.context, u.place
            FROM units u JOIN texts m ON m.id = u.{own} JOIN texts o ON o.id = u.{other}
            WHERE u.{own} IN ({marks}) AND o.language = ?
        """
        for text, translation, origin, context, place in database.rows(query, (*ids, target)):
            yield Match(text, translation, 1.0, Origin(origin), context, place, is_reversed)


def _candidates(database: Database, text: str, language: str) -> list[int]:
    """The texts that share most with this one, counted by its rarest words, and those that are the very text."""
    words = {_word(language, word): similar.weight(word) for word in similar.words(text)}
    score: dict[int, float] = defaultdict(float)
    for others, word in _postings(database, sorted(words, key=lambda word: (-words[word], word))[:_MOST_WORDS]):
        for other in others:
            score[other] += words[word] / len(others)
    own = [number for (number,) in database.rows("SELECT id FROM texts WHERE hash = ?", (_hash(language, text),))]
    return own + _of_like_length(database, text, score)


def _of_like_length(database: Database, text: str, score: Mapping[int, float]) -> list[int]:
    """The texts with the best scores, those before others that are about as long: many texts share common words."""
    best = heapq.nsmallest(5 * CANDIDATES, score, key=lambda each: (-score[each], each))
    query = f"SELECT id, length(text) FROM texts WHERE id IN ({', '.join(map(str, best))})"
    own = len(text) + 1
    fit = {
        number: score[number] * min(own, length + 1) / max(own, length + 1) for number, length in database.rows(query)
    }
    return heapq.nsmallest(CANDIDATES, fit, key=lambda each: (-fit[each], each))


def _postings(database: Database, words: Sequence[int]) -> list[tuple[list[int], int]]:
    """The rarest of some words, with the texts that have them: those of few texts and, if these do not do, others."""
    found: list[tuple[list[int], int]] = []
    left = list(words)
    for most in (SCARCE, COMMON):
        query = f"SELECT text FROM words WHERE word = ? LIMIT {most + 1}"
        there = [([number for (number,) in database.rows(query, (word,))], word) for word in left]
        found += [each for each in there if 0 < len(each[0]) <= most]
        left = [word for numbers, word in there if len(numbers) > most]
        if len(found) >= ENOUGH:
            break
    return heapq.nsmallest(RARE, found, key=lambda each: (len(each[0]), each[1]))


def _index(database: Database, language: str) -> None:
    """Enter the texts of a language that are not in the index of words yet."""
    query = f"SELECT id, text FROM texts WHERE language = ? AND is_indexed = 0 LIMIT {_BATCH}"
    while rows := database.rows(query, (language,)):
        _enter(database, language, rows)


def _enter(database: Database, language: str, rows: Sequence[tuple[int, str]]) -> None:
    entries = sorted(entry for number, text in rows for entry in _words(number, language, text))

    def work(connection: sqlite3.Connection) -> None:
        connection.executemany("INSERT OR IGNORE INTO words VALUES (?, ?)", entries)
        connection.executemany("UPDATE texts SET is_indexed = 1 WHERE id = ?", ((number,) for number, _ in rows))

    database.write(work)


def _words(number: int, language: str, text: str) -> Iterator[tuple[int, int]]:
    return ((_word(language, word), number) for word in similar.words(text))


def _word(language: str, word: str) -> int:
    return zlib.crc32(f"{language} {word}".encode("utf-8", "surrogatepass"))


def _figures(text: str, language: str) -> Mapping[object, int]:
    return Counter(number.readings[0] for number in numbers(text, language))


def _codes(text: str) -> Mapping[str, int]:
    return Counter(token.text for token in parse(text) if token.kind is not Kind.TEXT)
