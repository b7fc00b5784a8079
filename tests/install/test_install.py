"""What `make install` leaves can be built against with pkg-config and CMake, and still works when moved."""

import os
import pathlib
import shutil
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
CONSUMER = pathlib.Path(__file__).resolve().parent / "consumer"
PREFIX = "/opt/lince"


def run(*command, cwd=None, **environment):
    """Runs a command without LINCE_* of the test's own environment; returns what it printed."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("LINCE_")}
    answer = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=clean | environment, capture_output=True, text=True, timeout=300
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return answer.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The installed tree, staged under DESTDIR and then moved to a place that nothing was told of."""
    stage = tmp_path_factory.mktemp("stage")
    run("cmake", "--install", os.environ["LINCE_BUILD"], "--prefix", PREFIX, DESTDIR=str(stage))
    moved = tmp_path_factory.mktemp("moved") / "lince"
    shutil.move(stage / PREFIX.lstrip("/"), moved)
    return moved


def check_program(program, **environment):
    """The consumer opens an engine with the installed models and prints the version."""
    assert run(program, **environment).split() == ["version", "0.1.0", "engine", "ok"]


def test_everything_is_there(installed):
    for path in [
        "include/lince.h",
        "lib/liblince.a",
        "lib/liblince.so.0",
        "lib/lince/libonnxruntime.so.1",
        "lib/pkgconfig/lince.pc",
        "lib/systemd/system/lince.service",
        "lib/cmake/Lince/LinceConfig.cmake",
        "share/lince/models/characters.txt",
        "share/lince/models/recogniser.onnx",
        "share/doc/lince/NOTICE",
    ]:
        assert (installed / path).is_file(), path


def test_only_the_public_names_are_exported(installed):
    table = run("nm", "-D", "--defined-only", installed / "lib/liblince.so.0")
    names = [line.split()[-1].split("@")[0] for line in table.splitlines()]
    assert "lince_read" in names
    own_marks_of_the_linker = {"__bss_start", "_edata", "_end"}
    assert [name for name in names if not name.startswith("lince_") and name not in own_marks_of_the_linker] == []


def test_soname_holds_the_version_of_the_abi(installed):
    assert "[liblince.so.0]" in run("readelf", "-d", installed / "lib/liblince.so.0")


def test_shared_through_pkg_config(installed, tmp_path):
    where = {"PKG_CONFIG_PATH": str(installed / "lib/pkgconfig")}
    flags = run("pkg-config", "--cflags", "--libs", "lince", **where).split()
    run("cc", CONSUMER / "main.c", "-o", tmp_path / "consumer", *flags)
    check_program(tmp_path / "consumer", LD_LIBRARY_PATH=str(installed / "lib"))


def test_static_through_pkg_config(installed, tmp_path):
    where = {"PKG_CONFIG_PATH": str(installed / "lib/pkgconfig")}
    cflags = run("pkg-config", "--cflags", "lince", **where).split()
    needs = run("pkg-config", "--static", "--libs-only-l", "--libs-only-other", "lince", **where).split()
    needs = [flag for flag in needs if flag != "-llince"]
    archive = installed / "lib/liblince.a"
    run("cc", CONSUMER / "main.c", "-o", tmp_path / "consumer", *cflags, archive, *needs)
    models = {"LINCE_MODELS": str(installed / "share/lince/models")}
    check_program(tmp_path / "consumer", LD_LIBRARY_PATH=str(installed / "lib/lince"), **models)


@pytest.mark.parametrize("target", ["Lince::lince", "Lince::lince_static"])
def test_through_cmake(installed, tmp_path, target):
    choices = [f"-DCMAKE_PREFIX_PATH={installed}", f"-DWANTED={target}"]
    run("cmake", "-G", "Ninja", "-S", CONSUMER, "-B", tmp_path, *choices)
    run("cmake", "--build", tmp_path)
    check_program(tmp_path / "consumer", LINCE_MODELS=str(installed / "share/lince/models"))


def test_the_unit_names_the_program_where_it_was_installed(installed):
    unit = (installed / "lib/systemd/system/lince.service").read_text()
    assert f"\nExecStart={PREFIX}/bin/lince serve\n" in unit and "@" not in unit


def test_the_program_runs_where_it_is(installed):
    assert "0.1.0" in run(installed / "bin/lince", "--version")


def test_it_finds_its_models_however_it_is_called(installed, tmp_path):
    """By its bare name from PATH, by a link in another folder, as `tesseract`, and from any folder."""
    program = installed / "bin/lince"
    receipt = next((ROOT / "examples").glob("*.png"))
    links = tmp_path / "links"
    links.mkdir()
    (links / "tesseract").symlink_to(program)
    (links / "reader").symlink_to(program)
    text = run(program, "read", receipt)
    assert text.strip()
    assert run("lince", "read", receipt, cwd=tmp_path, PATH=f"{program.parent}:{os.environ['PATH']}") == text
    assert run("reader", "read", receipt, cwd=tmp_path, PATH=f"{links}:{os.environ['PATH']}") == text
    assert run("links/reader", "read", receipt, cwd=tmp_path) == text
    assert run("tesseract", receipt, "-", cwd=tmp_path, PATH=f"{links}:{os.environ['PATH']}").strip()


def test_the_program_needs_nothing_that_only_tests_need(tmp_path):
    pkg_config = tmp_path / "pkg-config"
    pkg_config.write_text('#!/bin/sh\ncase "$*" in *cmocka*) exit 1 ;; esac\nexec pkg-config "$@"\n')
    pkg_config.chmod(0o755)
    configure = ["cmake", "--preset", "release", "-B", tmp_path / "build" / "release", "-D", "LINCE_TESTS=OFF"]
    run(*configure, cwd=ROOT, PKG_CONFIG=str(pkg_config))
