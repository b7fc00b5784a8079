"""What the tests of this folder are given."""

from fixtures import receipt, service, start, total  # noqa: F401
