"""What may leave the machine, and what stays: front matter of many site generators, dates, paths, contacts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from tarjuma import consent, formats
from tarjuma.model import Options

NOW = datetime(2024, 5, 6, 12, 0, tzinfo=timezone(timedelta(hours=5)))

PUBLIC = [
    "# A post without front matter\n",
    "---\ntitle: Hello\n---\n",
    "---\ndraft: false\n---\n",
    "---\ndraft: no\npublished: yes\n---\n",
    "---\npublished: true\n---\n",
    "---\npublished: 2024-05-05\n---\n",
    "---\nprivate: 0\nunlisted: off\nhidden:\n---\n",
    "---\npassword:\npost_password: ''\n---\n",
    "---\nstatus: publish\nvisibility: public\n---\n",
    "---\ndate: 2024-05-06\n---\n",
    "---\ndate: 2024-05-06 11:59:00\n---\n",
    "---\ndate: 2024-05-06T11:00:00+05:00\n---\n",
    "---\ndate: 2024-05-06 10:00:00 +0500\n---\n",
    "---\ndate: 'Mon, 06 May 2024 06:00:00 +0000'\n---\n",
    "---\ndate: May 5, 2024\n---\n",
    "---\ndate: 05.05.2024\n---\n",
    "---\ndate: сентябрь 2019 года\n---\n",
    "---\ndate: 1714900000\n---\n",
    "---\ndate: 1714900000000\n---\n",
    "---\ndate: 20240505\n---\n",
    "---\ndate: 2023\n---\n",
    "---\nexpiryDate: 2030-01-01\nlastmod: 2030-01-01\n---\n",
    "---\nembargo: 2020-01-01\n---\n",
    "---\nbuild:\n  list: always\n  render: always\n---\n",
    "+++\ndraft = false\ndate = 2024-05-05T10:00:00Z\n+++\n",
    '{"draft": false, "title": "x"}\n\n# Body\n',
    "---\nnever closed, so a line\n\ndraft: true\n",
    "Text that speaks of draft: true and status: draft.\n",
]
HELD = [
    ("---\ndraft: true\n---\n", "`draft` in its front matter"),
    ("---\ndraft: yes\n---\n", "`draft` in its front matter"),
    ("---\nDraft: 'True'\n---\n", "`Draft` in its front matter"),
    ("---\ndraft: 1\n---\n", "`draft` in its front matter"),
    ("---\ndraft: !env IS_DRAFT\n---\n", "`draft` in its front matter"),
    ("---\nprivate: true\n---\n", "`private` in its front matter"),
    ("---\nunlisted: true\n---\n", "`unlisted` in its front matter"),
    ("---\nhidden: true\n---\n", "`hidden` in its front matter"),
    ("---\npassword: hunter2\n---\n", "`password` in its front matter"),
    ("---\npassword: 123\n---\n", "`password` in its front matter"),
    ("---\npassword: 'no'\n---\n", "`password` in its front matter"),
    ("---\npost_password: x\n---\n", "`post_password` in its front matter"),
    ("---\npublished: false\n---\n", "`published` in its front matter says false"),
    ("---\npublished: 2024-05-07\n---\n", "is in the future, or no date that can be read"),
    ("---\nstatus: draft\n---\n", "`status` in its front matter says draft"),
    ("---\npost_status: future\n---\n", "`post_status` in its front matter says future"),
    ("---\nvisibility: Private\n---\n", "`visibility` in its front matter says private"),
    ("---\nvisibility: paid\n---\n", "`visibility` in its front matter says paid"),
    ("---\nparams:\n  private: true\n---\n", "`private` in its front matter"),
    ("---\nbuild:\n  render: never\n---\n", "`render` in its front matter says never"),
    ("---\n_build:\n  list: false\n  render: false\n---\n", "`render` in its front matter says false"),
    ("---\ndate: 2024-05-07\n---\n", "is in the future"),
    ("---\ndate: 2024-05-06 12:01\n---\n", "is in the future"),
    ("---\ndate: 2024-05-06T12:30:00Z\n---\n", "is in the future"),
    ("---\ndate: 2024-05-06 10:00:00 -0500\n---\n", "is in the future"),
    ("---\ndate: 'Tue, 07 May 2024 06:00:00 +0000'\n---\n", "is in the future"),
    ("---\ndate: весна 2024\n---\n", "no date that can be read"),
    ("---\ndate: soon\n---\n", "no date that can be read"),
    ("---\ndate: 2025\n---\n", "is in the future"),
    ("---\ndate: 1914900000\n---\n", "is in the future"),
    ("---\npublishDate: 2030-01-01\ndate: 2020-01-01\n---\n", "`publishDate` in its front matter is in the future"),
    ("+++\ndraft = true\n+++\n", "`draft` in its front matter"),
    ("+++\n[extra]\nprivate = true\n+++\n", "`private` in its front matter"),
    ('{"draft": true}\n\n# Body\n', "`draft` in its front matter"),
    ("---\ntitle: [\n---\n", "its front matter cannot be read"),
    ("+++\ntitle = \n+++\n", "its front matter cannot be read"),
    ("---\n!ruby/hash {draft: true}\n---\n", "its front matter cannot be read"),
    ("Title: Hello\nStatus: hidden\n\nText\n", "`Status` in its front matter says hidden"),
    ("<!--\n.. title: x\n.. status: private\n-->\n\nText\n", "`status` in its front matter says private"),
]


def held(source: str, path: str = "content/en/a.md", *never_send: str) -> str:
    return consent.reason(source.encode(), path, Options(), NOW, never_send)


@pytest.mark.parametrize("source", PUBLIC)
def test_a_post_that_is_public_may_leave(source: str) -> None:
    assert held(source) == ""


@pytest.mark.parametrize(("source", "why"), HELD)
def test_a_post_that_is_not_public_stays_and_the_reason_names_the_field(source: str, why: str) -> None:
    assert why in held(source)


@pytest.mark.parametrize(("source", "why"), HELD)
def test_windows_line_ends_and_a_byte_order_mark_change_nothing(source: str, why: str) -> None:
    assert why in held("\ufeff" + source.replace("\n", "\r\n")) or source.startswith(("<!--", "Title"))


def test_no_reason_quotes_a_password() -> None:
    assert all("hunter2" not in held(source) for source, _ in HELD)


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("content/en/a.md", ""),
        ("content/en/board/minutes.md", "never_send = 'content/en/board/**'"),
        ("_drafts/a.md", "lies in _drafts/"),
        ("content/en/_private/a.md", "lies in _private/"),
        ("_posts/2024-05-07-tomorrow.md", "its name is dated 2024-05-07"),
        ("_posts/2024-05-06-today.md", ""),
        ("_posts/2024-99-99-odd.md", "its name is dated 2024-99-99"),
    ],
)
def test_a_path_may_keep_a_post_here(path: str, why: str) -> None:
    assert held("Text\n", path, "content/en/board/**") == why


def test_a_section_keeps_the_posts_below_it() -> None:
    def inherited(text: str) -> str:
        return consent.inherited_reason(text.encode(), Options(), NOW)

    assert inherited("---\ncascade:\n  draft: true\n---\n") == "`draft` in its front matter"
    assert inherited("---\ncascade:\n- params: {private: true}\n---\n") == "`private` in its front matter"
    assert inherited("---\ndraft: true\n---\n") == ""
    assert inherited("---\ncascade:\n  type: docs\n---\n") == ""


def test_text_below_no_mt_is_private_wherever_it_stands_in_the_post() -> None:
    once = "Same\n\n<!-- l10n: no-mt -->\n\nSame\n\nOther\n\n"
    block = "<!-- l10n: no-mt-start -->\n\n# A\n\nB\n\n<!-- l10n: no-mt-end -->\n\nC\n"
    document = formats.parse((once + block).encode(), "a.md", Options())
    assert {text for _, text in consent.private_texts(document)} == {"Same", "A", "B"}


def test_what_stands_beside_a_text_goes_without_addresses_and_numbers() -> None:
    text = "Write to ann@example.org or call +992 372 21 21 21 before 2024."
    assert consent.without_contacts(text) == "Write to … or call … before 2024."


def test_the_zone_of_now_holds_for_dates_without_one() -> None:
    source = b"---\ndate: 2024-05-06 10:00\n---\n"
    assert consent.reason(source, "a.md", Options(), NOW) == ""
    assert "future" in consent.reason(source, "a.md", Options(), NOW.astimezone(UTC))
