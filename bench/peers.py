"""One stage of a Python peer, in one process: peers.py TOOL STAGE SOURCE CATALOGS OUTPUT -> JSON on standard output.

Runs in an environment that holds bench/requirements.txt. Each tool goes through the classes that its own command calls,
so that nobody pays for a process per file.
"""

import contextlib
import io
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path


def posts(source: Path) -> list[Path]:
    return sorted(path for path in source.rglob("*") if path.suffix in {".md", ".markdown"})


def markdown_gettext() -> dict[str, Callable[[Path, Path, Path], None]]:
    import polib
    from markdown_gettext.domain_extraction import DomainExtraction
    from markdown_gettext.domain_generation import DomainGeneration
    from markdown_it import MarkdownIt
    from mdit_py_i18n.renderer_i18n import RendererMarkdownI18N
    from mdit_py_i18n.renderer_l10n import RendererMarkdownL10N
    from mdit_py_plugins.deflist import deflist_plugin
    from mdit_py_plugins.front_matter import front_matter_plugin

    def parser(renderer: type) -> MarkdownIt:
        markdown = MarkdownIt(renderer_cls=renderer)
        return markdown.use(front_matter_plugin).enable("table").use(deflist_plugin)

    def extract(source: Path, catalogs: Path, output: Path) -> None:
        markdown = parser(RendererMarkdownI18N)
        for path in posts(source):
            domain = DomainExtraction()
            markdown.render(path.read_text("utf-8"), {"path": str(path), "domain_extraction": domain})
            catalog = catalogs / path.relative_to(source).with_suffix(".pot")
            catalog.parent.mkdir(parents=True, exist_ok=True)
            domain.make_pot("bench", "", "", str(catalog))

    def compile(source: Path, catalogs: Path, output: Path) -> None:
        # Its command runs msgfmt twice for each file and reads the .mo; a dict from polib is what costs it least.
        markdown = parser(RendererMarkdownL10N)
        for path in posts(source):
            name = path.relative_to(source)
            entries = polib.pofile(str(catalogs / name.with_suffix(".po")))
            targets = {entry.msgid: entry.msgstr for entry in entries if entry.msgstr}
            domain = DomainGeneration(lambda text, targets=targets: targets.get(text, text))
            front, body = markdown.render(path.read_text("utf-8"), {"domain_generation": domain})
            (output / name).parent.mkdir(parents=True, exist_ok=True)
            (output / name).write_text(front.localized + body.localized, "utf-8")

    return {"extract": extract, "compile": compile}


def translate_toolkit() -> dict[str, Callable[[Path, Path, Path], None]]:
    from translate.convert import md2po, po2md
    from translate.filters import pofilter

    def extract(source: Path, catalogs: Path, output: Path) -> None:
        md2po.main(["-i", str(source), "-o", str(catalogs), "-P", "--progress=none"])

    def compile(source: Path, catalogs: Path, output: Path) -> None:
        po2md.main(["-i", str(catalogs), "-t", str(source), "-o", str(output), "--progress=none", "-m", "0"])

    def check(source: Path, catalogs: Path, output: Path) -> None:
        # Without a language its rules are those of English; the spell checker has no dictionaries here.
        options = ["--progress=none", "--excludefilter=spellcheck"]
        for path in sorted(catalogs.glob("*.po")):
            sys.argv = ["pofilter", *options, f"--language={path.stem}", str(path), str(output / path.name)]
            pofilter.main()

    return {"extract": extract, "compile": compile, "check": check}


TOOLS = {"markdown-gettext": markdown_gettext, "translate-toolkit": translate_toolkit}


def peak() -> float:
    """Greatest resident memory of this process so far, in MB."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def main(tool: str, stage: str, *folders: str) -> None:
    work = TOOLS[tool]()[stage]
    start = time.perf_counter()
    with contextlib.redirect_stderr(io.StringIO()):
        work(*map(Path, folders))
    print(json.dumps({"seconds": time.perf_counter() - start, "peak": peak()}))


if __name__ == "__main__":
    main(*sys.argv[1:])
