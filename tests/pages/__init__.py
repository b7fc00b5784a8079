"""Random pages with their truth: `make pages` reads them and keeps the failures."""
