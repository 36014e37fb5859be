"""The posts that every generator builds: those of the sample site, and five that link to each other.

`@{hello}` stands for a link to a post, `@{hello#results}` to a heading of it, `@{chart.png}` and `@{report.pdf}` for
files: each generator spells them in its own way.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

TOP = Path(__file__).parents[2]
SAMPLE = TOP / "content" / "en" / "posts"

HELLO = """\
---
title: Hello, teachers
date: 2024-05-06
tags: [education, testing]
categories: [News]
description: What we do, and where to read more about it.
---
Our new site is open. It tells what we do *for teachers*, see [the courses](@{courses}).

## Results of the first year

The results stand in [the second part](@{courses#what-was-taught}), and below [on this page](#where-to-read-more).

| Country | Teachers |
| --- | ---: |
| Tajikistan | 120 |
| Kyrgyzstan | 90 |

## Where to read more

- [How it began][began] and [what was found out](@{stale})
- A text that [nobody has finished](@{half} "Half of it") so far

[began]: @{machine} "How it began"
"""

COURSES = """\
---
title: Courses in four cities
date: 2024-04-15
tags: [education]
categories: [News]
description: Teachers of four cities learned how to measure progress.
---
Teachers of four cities came together, as [we wrote before](@{hello#results-of-the-first-year}).

![Teachers of each city](@{chart.png})

## What was taught

How progress is measured, and what follows from it. [The whole report](@{report.pdf}) has all numbers.

## What was taught

Two headings may have the same words: [the first](#what-was-taught), [the second](#what-was-taught%s).
"""

HALF = """\
---
title: A text that is half done
date: 2024-03-25
tags: [education]
---
The first paragraph is translated, and leads [to the courses](@{courses}).

The second paragraph is still waiting for its translator, who is on holiday until the end of the month.

## Nobody has translated this heading

Nor has anybody translated the last paragraph.
"""

STALE = """\
---
title: What the survey found out
date: 2024-02-26
tags: [testing]
---
More than 300 schools took part, and [the courses](@{courses}) came out of it.
"""

EDITED = STALE.replace("More than 300 schools", "More than 400 schools of five countries")

MACHINE = """\
---
title: How it all began
date: 2024-01-08
tags: [education]
---
Three people and one table: read [what came of it](@{hello}).
"""

OWN = {"hello": HELLO, "courses": COURSES, "half": HALF, "stale": STALE, "machine": MACHINE}
TAGS = {"hello": ["education", "testing"]}


def sample() -> dict[str, str]:
    """Return the posts of the sample site by name."""
    return {path.stem: path.read_text("utf-8") for path in sorted(SAMPLE.glob("*.md"))}


def linked(text: str, spell: Callable[[str], str]) -> str:
    """Return a post whose links are spelled as a generator wants them."""
    return re.sub(r"@\{([^}]*)\}", lambda token: spell(token[1]), text)


def picture(red: int, green: int, blue: int) -> bytes:
    """Return a PNG of one colour, 320 by 120 pixels."""
    rows = b"".join(b"\0" + bytes((red, green, blue)) * 320 for _ in range(120))
    head = struct.pack(">IIBBBBB", 320, 120, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in chunks
    )


FILES = {"chart.png": picture(70, 130, 180), "chart.tg.png": picture(60, 150, 90), "report.pdf": b"%PDF-1.4\n%%EOF\n"}
