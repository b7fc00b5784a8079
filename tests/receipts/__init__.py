"""Invented payment receipts with their full truth: fields, lines, words and boxes."""
