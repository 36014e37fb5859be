"""Images of posts, and which of them have a version in a language: `chart.tg.png` beside `chart.png`."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator

from tarjuma.config.values import Publishing
from tarjuma.model import Document
from tarjuma.publish import links, targets
from tarjuma.publish.targets import Form

SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif", ".bmp", ".tif", ".tiff", ".ico"})


def addresses(document: Document, publishing: Publishing) -> Iterator[tuple[str, Form]]:
    """Yield the addresses of images in a post, in its front matter too."""
    for target in targets.found(document):
        if _is_image(target.url):
            yield target.url, target.form
    for _, value in links.in_fields(document, publishing):
        if _is_image(value):
            yield value, Form.PARAMETER


def version(path: str, names: tuple[str, ...], there: str, exists: Callable[[str], bool]) -> str | None:
    """Return the version of an image in a language; None when there is none.

    `names` are the ways in which the language is spelled, `there` the path that the address of the image leads to from
    the folder of the localized page: in some layouts a version of the same name lies there.
    """
    stem, suffix = posixpath.splitext(path)
    beside = (f"{stem}.{name}{suffix}" for name in dict.fromkeys(names))
    return next((each for each in (*beside, there) if each and each != path and exists(each)), None)


def _is_image(address: str) -> bool:
    path = address.partition("#")[0].partition("?")[0]
    return posixpath.splitext(path)[1].lower() in SUFFIXES
