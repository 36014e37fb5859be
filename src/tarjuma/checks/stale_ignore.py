"""Every mark that silences a check has something to silence.

A comment `# i18n-ignore: NAME`, or a table `[[checks.ignore]]` of the configuration, that suppresses nothing any more
is left over from a translation that was mended, or misspells the name of a check. Take it away, so that it cannot hide
the next mistake. Marks that other tools understand as well (`noqa`, flags of Weblate) are never told.
"""

from __future__ import annotations

from tarjuma.model import Severity

SEVERITY = Severity.INFO
# Found by `policy`, when everything else is known.
