"""A translation model in a folder: what the files say about it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tarjuma.engines._families import FAMILIES, Family

PIECES = ("source.spm", "sentencepiece.bpe.model", "spiece.model", "sentencepiece.model", "spm.model")
"""SentencePiece models by the names that they have beside models: OPUS-MT, NLLB and M2M-100, MADLAD-400."""
TARGET_PIECES = "target.spm"


class ModelError(Exception):
    """The folder holds no model that can be used; the message says what is missing."""


class Model(NamedTuple):
    """What the files of a folder say."""

    folder: Path
    family: Family
    codes: frozenset[str]
    """The codes of the languages it has tokens for; empty for a model of one pair."""
    source_pieces: Path
    target_pieces: Path
    ends_source: bool
    """True when CTranslate2 itself puts the end behind a source."""
    version: str
    """Changes when another model is put into the folder."""


def model(folder: Path, family: str) -> Model:
    """Return the model of a folder. `family`: its name, "" to recognise it. Raises ModelError."""
    if not (folder / "model.bin").is_file():
        raise ModelError("there is no model.bin: it has to be converted for CTranslate2")
    vocabulary = frozenset(_vocabulary(folder))
    pieces = _pieces(folder)
    config = _read_json(folder / "config.json")
    known = FAMILIES[family] if family else _recognised(folder, vocabulary)
    target = folder / TARGET_PIECES
    return Model(
        folder=folder,
        family=known,
        codes=known.codes(vocabulary),
        source_pieces=pieces,
        target_pieces=target if target.is_file() and pieces.name == PIECES[0] else pieces,
        ends_source=isinstance(config, dict) and config.get("add_source_eos") is True,
        version=_version(folder),
    )


def _recognised(folder: Path, vocabulary: frozenset[str]) -> Family:
    """Return the family with most language tokens; a folder with source.spm is OPUS-MT's."""
    if (folder / PIECES[0]).is_file():
        return FAMILIES["opus"]
    best = max(FAMILIES.values(), key=lambda family: len(family.codes(vocabulary)))
    if not best.codes(vocabulary):
        raise ModelError(f"it is none of {', '.join(each.label for each in FAMILIES.values())}: no token of a language")
    return best


def _pieces(folder: Path) -> Path:
    found = [folder / name for name in PIECES if (folder / name).is_file()]
    others = sorted({*folder.glob("*.spm"), *folder.glob("*.model")})
    if not found and len(others) != 1:
        raise ModelError("there is no SentencePiece model: copy it beside model.bin (--copy_files when converting)")
    return (found or others)[0]


def _vocabulary(folder: Path) -> Iterator[str]:
    """Yield the tokens of the source and of the target."""
    found = sorted(folder.glob("*vocabulary.json")) or sorted(folder.glob("*vocabulary.txt"))
    if not found:
        raise ModelError("there is no vocabulary")
    for path in found:
        if path.suffix == ".txt":
            yield from path.read_text("utf-8", "replace").split("\n")
            continue
        words = _read_json(path)
        if not isinstance(words, list):
            raise ModelError(f"{path.name} is no list of tokens")
        yield from (word for word in words if isinstance(word, str))


def _read_json(path: Path) -> object:
    try:
        found: object = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return found


def _version(folder: Path) -> str:
    """Return a few digits: the sizes of the files and the beginning of the weights (all of them may be gigabytes)."""
    digest = hashlib.sha256()
    for path in sorted(each for each in folder.iterdir() if each.is_file()):
        digest.update(f"{path.name}:{path.stat().st_size}\n".encode())
    with (folder / "model.bin").open("rb") as weights:
        digest.update(weights.read(1 << 20))
    return digest.hexdigest()[:8]
