"""Writes a comment on a pull request of GitHub, or brings the one that is there up to date.

usage: comment.py FILE. The first line of the file is the marker by which its comment is found again. What cannot be
written is a notice, never a failure: the token of a pull request from a fork may only read.
"""

import json
import os
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PAGE = 100
TRUSTED = ("OWNER", "MEMBER", "COLLABORATOR")


def main() -> None:
    """Write the comment in the file that is named."""
    text = Path(sys.argv[1]).read_text("utf-8")
    try:
        print(f"The comment was {write(text)}")
    except (OSError, ValueError) as error:
        notice(f"The comment was not written ({error}). Its text is in the summary of this job.")


def write(text: str) -> str:
    """Write the comment; return what was done."""
    comments = f"repos/{os.environ['GITHUB_REPOSITORY']}/issues/{int(os.environ['PULL_REQUEST'])}/comments"
    marker = text.partition("\n")[0]
    mine = next((each for each in listed(comments) if is_mine(each, marker)), None)
    if mine is None:
        if not says_something(text):
            return "not needed: the change concerns no page and no word"
        call("POST", comments, {"body": text})
        return "written"
    if mine["body"].replace("\r\n", "\n").strip() == text.strip():
        return "up to date"
    call("PATCH", f"repos/{os.environ['GITHUB_REPOSITORY']}/issues/comments/{int(mine['id'])}", {"body": text})
    return "brought up to date"


def is_mine(comment: dict[str, Any], marker: str) -> bool:
    """Say whether a comment is the one we keep, not a stranger's with our marker in it."""
    is_trusted = comment["user"]["type"] == "Bot" or comment.get("author_association") in TRUSTED
    return is_trusted and (comment["body"] or "").startswith(marker)


def says_something(text: str) -> bool:
    """Say whether the text names a page or counts a word."""
    return any(line.startswith(("| ", "- ")) for line in text.splitlines())


def listed(path: str) -> Iterator[dict[str, Any]]:
    """Yield all comments of a pull request, page by page."""
    number = 1
    while comments := call("GET", f"{path}?per_page={PAGE}&page={number}"):
        yield from comments
        if len(comments) < PAGE:
            return
        number += 1


def call(method: str, path: str, body: dict[str, str] | None = None) -> Any:
    """Return the answer of the API. Raises OSError."""
    request = urllib.request.Request(
        f"{os.environ['GITHUB_API_URL']}/{path}",
        data=json.dumps(body).encode() if body else None,
        method=method,
        headers={
            "Accept": "application/vnd.github+json",
            "Authorization": f"Bearer {os.environ['TOKEN']}",
            "Content-Type": "application/json",
            "X-GitHub-Api-Version": "2022-11-28",
        },
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def notice(text: str) -> None:
    """Show a notice on the page of the run."""
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    print(f"::notice title=tarjuma::{escaped}")


if __name__ == "__main__":
    main()
