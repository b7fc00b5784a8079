"""What the tests of several nodes are given: the services of the tests over HTTP, a database server and a bucket."""

import sys
from pathlib import Path

import bucket as buckets
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "http"))

import database


@pytest.fixture(scope="module")
def server():
    server = database.Database()
    yield server
    server.close()


@pytest.fixture(scope="module")
def bucket():
    server = buckets.Bucket()
    yield server
    server.close()
