"""`tarjuma check`."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from tarjuma.cli.console import CLEAN, FINDINGS, Console, common, locked
from tarjuma.errors import UsageError

if TYPE_CHECKING:
    from tarjuma.project.checkup import Checkup, Terms
    from tarjuma.project.selection import Selection

FORMATS = ("text", "github", "gitlab", "sarif", "junit", "json")
UNREAD = 2


@click.command("check")
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
@click.option("-l", "--language", "codes", multiple=True, metavar="LANG", help="Only this language; may be repeated.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", help="How to tell; `text` by default.")
@click.option("--for-translators", is_flag=True, help="Tell each finding in the language of its translation.")
@click.option(
    "--fail-on",
    metavar="WHAT",
    help="error (by default), warning, info or never; untranslated,draft,stale,unsure.",
)
@click.option("--min", "minimums", multiple=True, metavar="LANG=PERCENT", help="Fail where fewer words are reviewed.")
@click.option("--diff-base", metavar="REF", help="Only entries that changed since this branch, tag or commit of Git.")
@click.option("--baseline", metavar="FILE", help="Tell no findings that are written there.")
@click.option("--write-baseline", is_flag=True, help="Write all findings there; those that are mended go.")
@click.option("--fix", is_flag=True, help="Mend what needs nobody's judgement: edge spaces, look-alike letters ...")
@click.option("--dry-run", is_flag=True, help="With --fix: show what would change and write nothing.")
@click.option("--pot", metavar="FILE", help="The template; otherwise messages.pot beside each catalog.")
@click.option("--glossary", metavar="FILE", help="The glossary; otherwise glossary.csv beside each catalog.")
@click.option("--no-cache", is_flag=True, help="Look again at catalogs that did not change.")
@click.option("--list", "is_list", is_flag=True, help="List the checks, with their weights.")
@common
def command(console: Console, paths: tuple[str, ...], is_list: bool, **options: Any) -> int:
    """Find what is wrong in translations.

    PATHS are catalogs (.po), folders of them, or posts; without any the whole project is checked, and that its
    templates, catalogs and pages are up to date. Catalogs need no project.

    A translator silences a check for one entry with the comment `# i18n-ignore: NAME`.
    """
    if is_list:
        return _list(console)
    if options["dry_run"] and not options["fix"]:
        raise UsageError("--dry-run shows what --fix would do", hint="Write --fix --dry-run")
    from tarjuma.project import checkup

    selection = _selection(console, paths, options)
    file = options["baseline"] or _baseline_of(selection)
    if options["write_baseline"] and not file:
        raise UsageError("--write-baseline needs a file", hint="Name it: --baseline FILE, or `baseline` in [checks]")
    terms = _terms(options, file)
    if options["fix"]:
        return _fix(console, selection, terms, options)
    if options["write_baseline"] and options["diff_base"]:
        raise UsageError("--write-baseline needs all findings", hint="Leave --diff-base away")
    found = checkup.check(selection, terms, console.bar)
    if options["write_baseline"]:
        return _write_baseline(console, found, file)
    return _tell(console, selection, found, options)


def _selection(console: Console, paths: tuple[str, ...], options: dict[str, Any]) -> Selection:
    from tarjuma.errors import ConfigError
    from tarjuma.project.selection import Selector, Wish, chosen

    for name in ("pot", "glossary"):
        if options[name] and not os.path.isfile(options[name]):
            raise UsageError("no such file", path=options[name])
    wish = Wish(
        paths, chosen(options["codes"]), options["pot"] or "", options["glossary"] or "", not options["no_cache"]
    )
    site = None
    try:
        site = console.project()
    except ConfigError:
        raise
    except UsageError:
        if console.config:
            raise
    return Selector(wish, os.getcwd(), site).selection()


def _terms(options: dict[str, Any], file: str) -> Terms:
    from tarjuma import baseline, store
    from tarjuma.project.checkup import Terms
    from tarjuma.project.selection import chosen

    content = store.read(file) if file else None
    if options["baseline"] and content is None and not options["write_baseline"]:
        raise UsageError("there is no such baseline", path=file, hint="--write-baseline makes it")
    return Terms(
        chosen(options["codes"]),
        options["diff_base"] or "",
        _demands(options["fail_on"]),
        dict(map(_minimum, options["minimums"])),
        baseline.parse(content, file) if content is not None else baseline.Baseline(),
    )


def _demands(text: str | None) -> tuple[str, ...] | None:
    from tarjuma.config.checks import LEVELS, STATES

    words = tuple(word.strip() for word in text.split(",")) if text is not None else None
    for word in words or ():
        if word not in LEVELS + STATES:
            raise UsageError(f"--fail-on {word!r} does not exist", hint=f"Choose from {', '.join(LEVELS + STATES)}")
    return words


def _minimum(text: str) -> tuple[str, int]:
    from tarjuma import langs

    code, _, percent = text.rpartition("=")
    if not percent.isascii() or not percent.isdecimal() or int(percent) > 100:
        raise UsageError(f"--min {text!r} is no percentage", hint="For example: --min ru=95, or --min 80 for all")
    return (langs.language(code).code if code else ""), int(percent)


def _baseline_of(selection: Selection) -> str:
    """The file that the configuration names."""
    named = (site.path(site.config.checks.baseline) for site in selection.projects if site.config.checks.baseline)
    return next(named, "")


def _tell(console: Console, selection: Selection, found: Checkup, options: dict[str, Any]) -> int:
    from tarjuma import speech

    def words(problem: Any) -> str:
        return speech.words(problem.language if options["for_translators"] else "en")(problem)

    for path, language in found.outcome.files.items() if console.is_verbose else ():
        click.echo(f"  checked {path}" + (f" [{language}]" if language else ""), err=True)
    if options["form"] == "text":
        from tarjuma.report import text

        colours = text.palette(sys.stdout.isatty(), os.environ)
        if found.outcome.problems or not console.is_quiet:
            console.show(text.findings(found.outcome, words, colours))
    else:
        console.show(import_module(f"tarjuma.report.{options['form']}").findings(found.outcome, words))
    sys.stdout.flush()
    for fault in selection.faults:
        hint = f"\n hint: {fault.hint}" if fault.hint else ""
        click.echo(f"error: {fault}{hint}", err=True)
    if found.healed and not console.is_quiet:
        gone = text_of_healed(len(found.healed))
        click.echo(gone, err=True)
    if selection.faults or found.unread:
        return UNREAD
    return FINDINGS if found.is_failed else CLEAN


def text_of_healed(count: int) -> str:
    """Return the line that says how much of a baseline is not found any more."""
    from tarjuma.report import text

    return f"{text.counted(count, 'finding')} of the baseline are gone: --write-baseline takes them out of it"


def _write_baseline(console: Console, found: Checkup, file: str) -> int:
    from tarjuma import baseline, store
    from tarjuma.report import text

    store.write(os.path.abspath(file), baseline.render(found.baseline), is_durable=True)
    console.say(f"{file}: {text.counted(len(found.baseline.known), 'finding')}, {len(found.healed)} gone")
    return UNREAD if found.unread else CLEAN


def _fix(console: Console, selection: Selection, terms: Terms, options: dict[str, Any]) -> int:
    from tarjuma import preview, store
    from tarjuma.project import checkup, repair
    from tarjuma.report import text

    is_dry = options["dry_run"]
    with ExitStack() as locks:
        for folder in () if is_dry else dict.fromkeys(job.site for job in selection.jobs if job.site):
            locks.enter_context(locked(folder))
        found = checkup.check(selection, terms, console.bar)
        fixes = list(repair.fixes(found.jobs, found.outcome.problems))
        for fix in () if is_dry else fixes:
            store.write(fix.file, fix.after, is_durable=True)
        if not is_dry and fixes:
            found = checkup.check(selection, terms, console.bar)
    for fix in fixes if is_dry else ():
        click.echo(preview.diff(fix.path, fix.before, fix.after), nl=False, err=options["form"] != "text")
    entries, files = sum(fix.count for fix in fixes), text.counted(len(fixes), "file")
    if is_dry:
        click.echo(f"{files} would change, {_entries(entries)}; nothing was written", err=True)
        return FINDINGS if fixes else CLEAN
    if fixes and not console.is_quiet:
        click.echo(f"mended {_entries(entries)} in {files}", err=True)
    return _tell(console, selection, found, options)


def _entries(count: int) -> str:
    return "1 entry" if count == 1 else f"{count:,} entries"


def _list(console: Console) -> int:
    from tarjuma import checks
    from tarjuma.report import text

    rows = []
    for name in checks.names():
        module = checks.module(name)
        summary = (module.__doc__ or "").strip().partition("\n")[0]
        rows.append([name, module.SEVERITY.value, summary])
    console.show(text.table(rows, left=3))
    return CLEAN
