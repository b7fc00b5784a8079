"""Pages drawn at random with their truth: `make pages` reads them and keeps the ones that fail."""
