"""Post formats, one module each: SUFFIXES, parse, quote."""
