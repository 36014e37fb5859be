"""How many examples a law is tried on: `make test` takes 2,000, `make test-deep` 100,000."""

import os
from pathlib import Path

import pytest

EXAMPLES = (
    int(os.environ["TARJUMA_EXAMPLES"])
    if "TARJUMA_EXAMPLES" in os.environ
    else 100_000
    if os.environ.get("TARJUMA_DEEP")
    else 2_000
)

SHARED = Path(__file__).parents[2] / "shared"
CORPORA = SHARED / "corpora"
BENCH = SHARED / "bench"

needs_corpora = pytest.mark.skipif(not CORPORA.is_dir(), reason="skipped: no corpora")
needs_bench = pytest.mark.skipif(not BENCH.is_dir(), reason="skipped: no benchmark data")
