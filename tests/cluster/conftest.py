"""What the tests of several nodes are given: the services of the tests over HTTP, a database server and a bucket."""

import itertools
import sys
from pathlib import Path

import bucket as buckets
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "http"))

import database
from served import Service


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


@pytest.fixture
def nodes(server, tmp_path):
    """Starts nodes on a database of their own, by a number each; those that still run at the end must stop well."""
    address, started, numbers = server.make(), [], itertools.count()

    def begin(count=2, *options, store=address):
        made = []
        for _ in range(count):
            folder = tmp_path / str(next(numbers))
            folder.mkdir()
            node = Service(folder, "--workers", "1", *options, env={"LINCE_STORE": store})
            started.append(node)
            made.append(node)
        for node in made:
            node.ready()
        return made

    begin.address = address
    yield begin
    for node in started:
        if node.process.poll() is None:
            assert node.stop() == 0
