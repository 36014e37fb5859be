"""Spans and safe quoting of values, one module per syntax."""
