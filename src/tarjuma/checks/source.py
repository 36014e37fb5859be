"""Every post, template and table of words can be read, and its name leads to one catalog and one page.

Where a source cannot be read, its translations stay as they are and nothing new of it is published. The message says
what to change: the name of a file, a line of it, or the configuration.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tarjuma.model import Problem, Severity
from tarjuma.survey import Site

SEVERITY = Severity.ERROR


def check_site(site: Site) -> Iterator[Problem]:
    """Yield what keeps sources from being extracted or compiled."""
    for fault in site.faults:
        message = fault.message.rstrip(".")
        yield replace(fault, check="source", message=message, line=fault.line or 1)
