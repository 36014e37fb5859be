"""tarjuma, the localization workflow for posts."""

__version__ = "0.1.0"
