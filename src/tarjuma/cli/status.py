"""`tarjuma status`."""

from __future__ import annotations

import click

from tarjuma import langs, project
from tarjuma.cli.console import Console, common
from tarjuma.report import comment, json, text


@click.command("status")
@click.option("-l", "--language", "codes", multiple=True, metavar="LANG", help="Only this language; may be repeated.")
@click.option("--posts", is_flag=True, help="Also every post and language: words and messages of each state.")
@click.option("--images", is_flag=True, help="The images of the posts instead, and which languages have their own.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option(
    "--against",
    "ref",
    metavar="REF",
    help="What the changes since a commit or branch mean: pages, words to translate, what became stale. "
    "Markdown, for a comment on a pull request.",
)
@common
def command(console: Console, codes: tuple[str, ...], posts: bool, images: bool, as_json: bool, ref: str | None) -> int:
    """Show how far every language and post is, in words and messages.

    \b
    reviewed      translated and approved
    draft         written by a machine, not approved yet
    stale         the source was edited since it was translated
    unsure        marked fuzzy by a person
    untranslated  empty
    """
    if ref is not None:
        return _changes(console, ref, codes, as_json)
    if images:
        return _images(console, codes, as_json)
    state, problems = project.status(console.project(), codes)
    if as_json:
        console.show(json.site(state, problems))
    else:
        console.show(text.site(state) + ("\n" + text.details(state.posts) if posts and state.posts else ""))
        console.complain(problems)
    return console.code(problems)


def _images(console: Console, codes: tuple[str, ...], as_json: bool) -> int:
    from tarjuma.project import images

    found = images.of_posts(console.project(), codes)
    console.show(json.images(found) if as_json else text.images(found))
    return console.code(())


def _changes(console: Console, ref: str, codes: tuple[str, ...], as_json: bool) -> int:
    comparison, problems = project.against(console.project(), ref, codes)
    if as_json:
        console.show(json.dumped({"version": json.VERSION, **comment.numbers(comparison)}))
    else:
        names = {code: langs.language(code).native_name for code in langs.LANGUAGES}
        console.show(comment.comment(comparison, names, comparison.folder))
    console.complain(problems)
    return console.code(problems)
