"""Fixtures of the tests in this folder."""

from fixtures import receipt, service, start, total  # noqa: F401
