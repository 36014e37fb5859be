"""From bytes to entries, with every byte between them kept."""

from __future__ import annotations

import codecs
import gc
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import NoReturn

from tarjuma import langs
from tarjuma.errors import PoError
from tarjuma.model import Catalog, Entry, Identity, Key, Message, Problem, Severity
from tarjuma.po import header
from tarjuma.po.comments import Remarks, remarks
from tarjuma.po.explain import explained
from tarjuma.po.grammar import FORM, grammar
from tarjuma.po.layout import Layout, LineEnd
from tarjuma.po.strings import SUSPECT_ESCAPE, UNKNOWN_ESCAPE, unquoted
from tarjuma.po.writer import USE_UTF8

_HEADER = Key(None, "")
_PLACEHOLDER = "nplurals=INTEGER; plural=EXPRESSION;"
_NUMBERS = ["", *map(str, range(1, 10))]
"""The numbers of plural forms, without leading zeros."""
_PERHAPS_NUL = re.compile(r"\\x?0|\x00")
_NUL = re.compile(r"\x00|(?<!\\)(?:\\\\)*+\\(?:000|0{1,2}(?![0-7])|x0+(?![0-9a-fA-F]))")
_MO_MAGIC = (b"\xde\x12\x04\x95", b"\x95\x04\x12\xde")
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def parse(source: bytes, path: str = "") -> Catalog:
    """Return the catalog that the bytes of a PO or POT file hold.

    Raises PoError, with the line, for bytes that are not PO or whose texts nobody can be sure of: cut off, with merge
    conflicts, in another charset than they say. What is odd but clear is read and stands in `problems`.
    """
    bom = codecs.BOM_UTF8 if source.startswith(codecs.BOM_UTF8) else b""
    body = source[len(bom) :]
    charset = _charset(body, path)
    text = _decoded(body, charset, path)
    line_end = _line_end(text)
    if line_end in (LineEnd.CRLF, LineEnd.CR):
        text = text.replace(line_end.value, "\n")
    with _no_garbage():
        return _Reader(text, path, charset, bom, line_end).catalog()


@contextmanager
def _no_garbage() -> Iterator[None]:
    """Look for no reference cycles meanwhile: nothing that is read has one, and looking costs a third of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _charset(body: bytes, path: str) -> str:
    """Return Python's name of the charset that the file is in."""
    if body.startswith(_MO_MAGIC):
        raise PoError("this is a compiled .mo file", path=path, line=1, hint="Read its .po file, or: msgunfmt FILE")
    if body.startswith(_UTF16):
        raise PoError("the file is in UTF-16", path=path, line=1, hint="Save it as UTF-8.")
    declared = header.declared_charset(body)
    try:
        return header.codec(declared)
    except LookupError:
        line = _lines(body[: body.find(b"charset=")].decode("latin-1")) + 1
        message = f"nobody knows the charset {declared!r}"
        raise PoError(message, path=path, line=line, hint="Write charset=UTF-8") from None


def _decoded(body: bytes, charset: str, path: str) -> str:
    try:
        text = body.decode(charset)
    except UnicodeError as error:
        start = error.start if isinstance(error, UnicodeDecodeError) else 0
        line = _lines(body[:start].decode("latin-1")) + 1
        if b"msgid" not in body:
            raise _not_po(path) from None
        raise PoError(
            f"byte {start} is not {charset.upper()}, the file's charset",
            path=path,
            line=line,
            hint="Save the file in that charset, or name the right one in Content-Type.",
        ) from None
    if charset != "utf-8" and not _is_written_back(text, charset, body):
        raise PoError(f"{charset} cannot be written back as it was", path=path, line=1, hint=USE_UTF8)
    return text


def _is_written_back(text: str, charset: str, body: bytes) -> bool:
    try:
        return text.encode(charset) == body
    except UnicodeError:
        return False


def _not_po(path: str) -> PoError:
    return PoError("this is not a PO file", path=path, line=1, hint="A PO file has lines that begin with msgid.")


def _line_end(text: str) -> LineEnd:
    returns = text.count("\r") if "\r" in text else 0
    if not returns:
        return LineEnd.LF
    newlines = text.count("\n")
    if not newlines:
        return LineEnd.CR
    return LineEnd.CRLF if text.count("\r\n") == returns == newlines else LineEnd.MIXED


def _lines(text: str, start: int = 0, end: int | None = None) -> int:
    """Return how many lines end between two offsets."""
    end = len(text) if end is None else end
    returns = text.count("\r", start, end)
    return text.count("\n", start, end) + (returns - text.count("\r\n", start, end) if returns else 0)


def _newlines(text: str, start: int, end: int) -> int:
    return text.count("\n", start, end)


class _Reader:
    """One pass over the text of a file."""

    def __init__(self, text: str, path: str, charset: str, bom: bytes, line_end: LineEnd) -> None:
        self.text = text
        self.path = path
        self.charset = charset
        self.bom = bom
        self.line_end = line_end
        self.lines = _lines if line_end is LineEnd.MIXED else _newlines
        self.entries: list[Entry] = []
        self.gaps: list[tuple[int, str]] = []
        self.indents: dict[int, str] = {}
        self.problems: list[Problem] = []
        self.header: str | None = None
        self.header_text = ""
        self.header_line = 0
        self.seen: dict[Identity, int] = {}
        self.has_nul = "\0" in text

    def catalog(self) -> Catalog:
        """Read the whole file."""
        end = self._read_entries()
        fields = header.fields(self.header_text)
        self._check_header(fields)
        lead = self.gaps[0][1] if self.gaps else self.text
        usual = Counter(gap for _, gap in self.gaps[1:]).most_common(1)
        gap = usual[0][0] if usual else "\n\n"
        entries = tuple(self.entries)
        layout = Layout(
            charset=self.charset,
            bom=self.bom,
            line_end=self.line_end,
            header=self.header,
            fields=fields,
            header_line=self.header_line,
            lead=lead,
            gap=gap,
            gaps={line: text for line, text in self.gaps[1:] if text != gap},
            indents=self.indents,
            tail=self.text[end:] if self.gaps else "\n",
            entries=entries,
        )
        problems = tuple(sorted(self.problems, key=lambda problem: problem.line))
        return Catalog(self.path, header.language(fields), fields, entries, problems, layout)

    def _read_entries(self) -> int:
        """Read entry after entry; return the offset behind the last one."""
        text, (live, obsolete, tail) = self.text, grammar(self.line_end)
        unquote, blocks = self._unquoted, dict[str, Remarks]()
        add, add_gap, first_line = self.entries.append, self.gaps.append, self.seen.setdefault
        offset, counted, line = 0, 0, 1
        while match := live.match(text, offset) or obsolete.match(text, offset):
            gap, block, context, msgid, plural, forms, target = match.groups()
            start = match.start(6 if target is None else 7)
            line += self.lines(text, counted, start)
            begin, offset, counted = match.end(1), match.end(), start
            add_gap((line, gap))
            raw = text[begin:offset]
            key = Key(context and unquote(context), unquote(msgid), plural and unquote(plural))
            targets = self._forms(forms, line) if target is None else (unquote(target),)
            if "\\" in raw or self.has_nul:
                self._check_strings(match.start(4) if context is None else match.start(3), offset)
            if "domain" in gap:
                message = "a domain line: gettext writes what follows to another file"
                self._find("domain", Severity.WARNING, line, message)
            is_obsolete = match.re is obsolete
            if key == _HEADER and self.header is None and not is_obsolete:
                self.header, self.header_text, self.header_line = raw, targets[0], line
                continue
            if not is_obsolete and (first := first_line(key.identity, line)) != line:
                self._find("duplicate-entry", Severity.ERROR, line, f"the same msgid stands on line {first} already")
            said = blocks.get(block)
            if said is None:
                said = blocks[block] = remarks(block, self._bytes)
            if said.strange:
                self._find("previous-text", Severity.WARNING, line, f"not understood: #|{said.strange}")
            if raw[0] in " \t":
                self.indents[line] = raw[: len(raw) - len(raw.lstrip(" \t"))]
            comments, notes, places, flags, is_fuzzy, others, previous, limit, _ = said
            source = Message(key, places, notes, flags, limit)
            add(Entry(source, targets, is_fuzzy, is_obsolete, previous, comments, others, line, raw))
        if not tail.match(text, offset):
            self._refuse(offset)
        return offset

    def _unquoted(self, literals: str) -> str:
        text = literals[1:-1]
        return unquoted(literals, self._bytes) if '"' in text or "\\" in text else text

    def _bytes(self, number: bytes) -> str:
        """Return what numeric escapes say in the charset of the file, as gettext reads them."""
        try:
            return number.decode(self.charset)
        except UnicodeError:
            return number.decode("latin-1")

    def _forms(self, forms: str, line: int) -> tuple[str, ...]:
        """Return the plural forms in order; where numbers are missing one empty form stands for them."""
        found = [(number.lstrip("0"), self._unquoted(literals)) for number, literals in FORM.findall(forms)]
        if [number for number, _ in found] == _NUMBERS[: len(found)]:
            return tuple(target for _, target in found)
        self._find("plural-gap", Severity.ERROR, line, "the plural forms are not numbered 0, 1, 2 ...")
        # No arithmetic with the numbers: a file may say msgstr[99999999].
        found.sort(key=lambda form: (len(form[0]), form[0]))
        targets = [target for _, target in found]
        gap = next((at for at, (number, _) in enumerate(found) if number != _NUMBERS[min(at, 9)]), 0)
        return (*targets[:gap], "", *targets[gap:])

    def _check_strings(self, start: int, end: int) -> None:
        # The rough expressions are quick and nearly always say that there is nothing to look at.
        if SUSPECT_ESCAPE.search(self.text, start, end):
            for escape in UNKNOWN_ESCAPE.finditer(self.text, start, end):
                message = f"gettext does not know {self.text[escape.end() - 1 : escape.end() + 1]}"
                self._find("unknown-escape", Severity.ERROR, self._line(escape.start()), message)
        if _PERHAPS_NUL.search(self.text, start, end) and (nul := _NUL.search(self.text, start, end)):
            message = "a NUL in a text: programs see only what stands before it"
            self._find("nul-character", Severity.ERROR, self._line(nul.start()), message)

    def _line(self, offset: int) -> int:
        return _lines(self.text, 0, offset) + 1

    def _check_header(self, fields: Mapping[str, str]) -> None:
        if self.header is None:
            if self.entries:
                self._find("missing-header", Severity.WARNING, 1, "the catalog has no header entry")
            return
        plural_forms = fields.get("Plural-Forms", _PLACEHOLDER)
        if plural_forms != _PLACEHOLDER and not _is_plural_rule(plural_forms):
            message = f"Plural-Forms is no rule that gettext reads: {plural_forms}"
            self._find("plural-forms", Severity.ERROR, self.header_line, message)

    def _find(self, check: str, severity: Severity, line: int, message: str) -> None:
        self.problems.append(Problem(check, severity, self.path, message, line))

    def _refuse(self, offset: int) -> NoReturn:
        if "msgid" not in self.text:
            raise _not_po(self.path)
        misfit = explained(self.text, offset)
        raise PoError(misfit.message, path=self.path, line=self._line(misfit.offset), hint=misfit.hint)


def _is_plural_rule(plural_forms: str) -> bool:
    try:
        _, expression = langs.parts(plural_forms)
        langs.plural_index(expression, 1)
    except ValueError:
        return False
    return True
