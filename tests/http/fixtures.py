"""Services for the tests: one for each test, or one for a whole file."""

import pytest
from served import ROOT, Service, picture


@pytest.fixture
def start(tmp_path):
    """Starts services; what is left of them at the end of the test is stopped, and must stop well."""
    started = []

    def begin(*options, name="one", **more):
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        service = Service(folder, *options, **more)
        started.append(service)
        return service

    yield begin
    for service in started:
        if service.process.poll() is None:
            assert service.stop() == 0


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    """One service for the tests of a file that do not mind each other."""
    service = Service(tmp_path_factory.mktemp("service"), "--workers", "1").ready()
    yield service
    assert service.stop() == 0


@pytest.fixture(scope="session")
def total():
    return picture("TOTAL 123,45", "CARACAS")


@pytest.fixture(scope="session")
def receipt():
    return (ROOT / "examples/01-dark-phone.jpg").read_bytes()
