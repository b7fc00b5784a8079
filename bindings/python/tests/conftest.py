"""Builds the binding once for the tests, into the build folder, against this repository's header and library."""

import os
import pathlib
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[3]
SITE = pathlib.Path(os.environ["LINCE_BUILD"]) / "python"


def install(site, source):
    """What `pip install ./bindings/python` does, into a folder and without fetching anything."""
    shutil.copytree(
        ROOT / "bindings/python", source, ignore=shutil.ignore_patterns("build", "*.egg-info", "*.so", "*.o")
    )
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-deps", "--upgrade"]
    environment = {name: value for name, value in os.environ.items() if name != "LD_PRELOAD"} | {
        "LINCE_ROOT": str(ROOT)
    }
    done = subprocess.run(
        [*pip, "--no-build-isolation", "--target", site, source], env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


def pytest_configure():
    shutil.rmtree(SITE, ignore_errors=True)
    shutil.rmtree(SITE.with_name("python-source"), ignore_errors=True)
    install(SITE, SITE.with_name("python-source"))
    sys.path.insert(0, str(SITE))
