"""`make test` tries the same examples in every run; `make test-deep` looks for new ones."""

import os

from hypothesis import settings

settings.register_profile("steady", derandomize=True, database=None)
if not os.environ.get("TARJUMA_DEEP") and not os.environ.get("TARJUMA_EXAMPLES"):
    settings.load_profile("steady")
