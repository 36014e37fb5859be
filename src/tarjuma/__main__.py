"""`python -m tarjuma` is `tarjuma`."""

from tarjuma.cli import main

main()
