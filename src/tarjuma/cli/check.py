"""`tarjuma check`."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from tarjuma.cli.console import CLEAN, FINDINGS, Console, common, locked
from tarjuma.errors import ConfigError, UsageError

if TYPE_CHECKING:
    from tarjuma.model import Problem
    from tarjuma.project.checkup import Checkup, Terms
    from tarjuma.project.repair import Fix
    from tarjuma.project.selection import Selection

FORMATS = ("text", "github", "gitlab", "sarif", "junit", "json")
UNREAD = 2


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person asks for; None and "" where nothing was said."""

    paths: tuple[str, ...]
    codes: tuple[str, ...]
    form: str
    for_translators: bool
    fail_on: str | None
    minimums: tuple[str, ...]
    diff_base: str | None
    baseline: str | None
    write_baseline: bool
    fix: bool
    dry_run: bool
    pot: str | None
    glossary: str | None
    no_cache: bool
    is_list: bool


@click.command("check")
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
@click.option("-l", "--language", "codes", multiple=True, metavar="LANG", help="Only this language; may be repeated.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", help="How to tell; `text` by default.")
@click.option("--for-translators", is_flag=True, help="Tell each finding in the language of its translation.")
@click.option(
    "--fail-on", metavar="WHAT", help="error (by default), warning, info or never; untranslated,draft,stale,unsure."
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
def command(console: Console, **options: Any) -> int:
    """Find what is wrong in translations.

    PATHS are catalogs (.po), folders of them, or posts; without any the whole project is checked, and that its
    templates, catalogs and pages are up to date. Catalogs need no project.

    A translator silences a check for one entry with the comment `# i18n-ignore: NAME`.
    """
    asked = Asked(**options)
    if asked.is_list:
        return _list(console)
    if asked.dry_run and not asked.fix:
        raise UsageError("--dry-run shows what --fix would do", hint="Write --fix --dry-run")
    if asked.write_baseline and asked.diff_base:
        raise UsageError("--write-baseline needs all findings", hint="Leave --diff-base away")
    selection = _selection(console, asked)
    file = asked.baseline or _baseline_of(selection)
    if asked.write_baseline and not file:
        raise UsageError("--write-baseline needs a file", hint="Name it: --baseline FILE, or `baseline` in [checks]")
    terms = _terms(asked, file)
    if asked.fix:
        return _fix(console, selection, terms, asked)
    from tarjuma.project import checkup

    found = checkup.check(selection, terms, console.bar)
    return _write_baseline(console, found, file) if asked.write_baseline else _tell(console, selection, found, asked)


def _selection(console: Console, asked: Asked) -> Selection:
    from tarjuma.project.selection import Selector, Wish, chosen

    for file in filter(None, (asked.pot, asked.glossary)):
        if not os.path.isfile(file):
            raise UsageError("no such file", path=file)
    wish = Wish(asked.paths, chosen(asked.codes), asked.pot or "", asked.glossary or "", not asked.no_cache)
    site = None
    try:
        site = console.project()
    except ConfigError:
        raise
    except UsageError:  # catalogs need no project
        if console.config:
            raise
    return Selector(wish, os.getcwd(), site).selection()


def _terms(asked: Asked, file: str) -> Terms:
    from tarjuma import baseline, store
    from tarjuma.project.checkup import Terms
    from tarjuma.project.selection import chosen

    content = store.read(file) if file else None
    if asked.baseline and content is None and not asked.write_baseline:
        raise UsageError("there is no such baseline", path=file, hint="--write-baseline makes it")
    known = baseline.parse(content, file) if content is not None else baseline.Baseline()
    minimums = dict(map(_minimum, asked.minimums))
    return Terms(chosen(asked.codes), asked.diff_base or "", _demands(asked.fail_on), minimums, known)


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


def _tell(console: Console, selection: Selection, found: Checkup, asked: Asked) -> int:
    from tarjuma.report import text

    for path, language in found.outcome.files.items() if console.is_verbose else ():
        click.echo(f"  checked {path}" + (f" [{language}]" if language else ""), err=True)
    if asked.form != "text" or found.outcome.problems or not console.is_quiet:
        console.show(_report(found, asked))
    sys.stdout.flush()
    for fault in selection.faults:
        click.echo(f"error: {fault}" + (f"\n hint: {fault.hint}" if fault.hint else ""), err=True)
    if found.healed and not console.is_quiet:
        gone = text.counted(len(found.healed), "finding")
        click.echo(f"{gone} of the baseline cannot be found any more: --write-baseline takes them out", err=True)
    if selection.faults or found.unread:
        return UNREAD
    return FINDINGS if found.is_failed else CLEAN


def _report(found: Checkup, asked: Asked) -> str:
    from tarjuma import speech
    from tarjuma.report import text

    def words(problem: Problem) -> str:
        return speech.words(problem.language if asked.for_translators else "en")(problem)

    if asked.form == "text":
        return text.findings(found.outcome, words, text.palette(sys.stdout.isatty(), os.environ))
    return str(import_module(f"tarjuma.report.{asked.form}").findings(found.outcome, words))


def _write_baseline(console: Console, found: Checkup, file: str) -> int:
    from tarjuma import baseline, store
    from tarjuma.report import text

    store.write(os.path.abspath(file), baseline.render(found.baseline), is_durable=True)
    console.say(f"{file}: {text.counted(len(found.baseline.known), 'finding')}, {len(found.healed)} gone")
    return UNREAD if found.unread else CLEAN


def _fix(console: Console, selection: Selection, terms: Terms, asked: Asked) -> int:
    from tarjuma import store
    from tarjuma.project import checkup, repair

    with ExitStack() as locks:
        for folder in () if asked.dry_run else dict.fromkeys(job.site for job in selection.jobs if job.site):
            locks.enter_context(locked(folder))
        found = checkup.check(selection, terms, console.bar)
        fixes = list(repair.fixes(found.jobs, found.outcome.problems))
        if asked.dry_run:
            return _preview(fixes, asked)
        for fix in fixes:
            store.write(fix.file, fix.after, is_durable=True)
        if fixes:
            found = checkup.check(selection, terms, console.bar)
    if fixes and not console.is_quiet:
        click.echo(f"mended {_amount(fixes)}", err=True)
    return _tell(console, selection, found, asked)


def _preview(fixes: list[Fix], asked: Asked) -> int:
    from tarjuma import preview

    for fix in fixes:
        click.echo(preview.diff(fix.path, fix.before, fix.after), nl=False, err=asked.form != "text")
    click.echo(f"would mend {_amount(fixes)}; nothing was written" if fixes else "nothing to mend", err=True)
    return FINDINGS if fixes else CLEAN


def _amount(fixes: list[Fix]) -> str:
    from tarjuma.report import text

    count = sum(fix.count for fix in fixes)
    return f"{text.number(count)} {'entry' if count == 1 else 'entries'} in {text.counted(len(fixes), 'file')}"


def _list(console: Console) -> int:
    from tarjuma import checks
    from tarjuma.report import text

    rows = []
    for name in checks.names():
        module = checks.module(name)
        summary = (module.__doc__ or "").strip().partition("\n\n")[0]
        rows.append([name, module.SEVERITY.value, " ".join(summary.split())])
    console.show(text.table(rows, left=3))
    return CLEAN
