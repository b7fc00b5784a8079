"""Help, manual and messages: one source, two languages."""

import re
import subprocess

import pytest

COMMANDS = ["read", "version", "help"]


def options_in(text):
    return set(re.findall(r"--[a-z][a-z-]+", text))


def test_version(lince):
    done = lince("version")
    assert re.fullmatch(rb"lince \d+\.\d+\.\d+\n", done.out)
    assert lince("--version").out == done.out


@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_the_same_by_both_ways(lince, command):
    done = lince(command, "--help")
    assert done.code == 0 and done.err == b""
    assert lince("help", command).out == done.out == lince(command, "-h").out


@pytest.mark.parametrize("family", ["memory", "layouts", "keys"])
def test_a_family_of_commands_lists_them(lince, family):
    done = lince("help", family)
    listed = [line for line in done.out.decode().splitlines() if line.startswith("  ")]
    assert len(listed) >= 3 and all(line.startswith(f"  {family} ") for line in listed if line[2] != " ")
    assert done.code == 0 and lince(family, "--help").out == done.out
    alone = lince(family)
    assert (alone.code, alone.out, alone.err) == (2, b"", done.out)
    assert lince("help", family[:-1]).code == lince("help", "").code == 2


def test_help_lists_every_command(lince):
    out = lince("--help").out.decode()
    assert [line.split()[0] for line in out.splitlines() if line.startswith("  ")][: len(COMMANDS)]
    for command in COMMANDS:
        assert f"\n  {command} " in out


def test_help_fits_eighty_columns(lince):
    for language in ("en", "es"):
        for arguments in (["--help"], *[[command, "--help"] for command in COMMANDS]):
            text = lince(*arguments, env={"LINCE_LANG": language}).out.decode()
            assert max(map(len, text.splitlines())) <= 80


def test_the_manual_has_every_option_of_every_command(lince):
    manual = lince("help", "--man").out.decode().replace("\\-", "-")
    for command in COMMANDS:
        text = lince(command, "--help").out.decode()
        assert options_in(text.split("Examples:")[0]) <= options_in(manual)
        assert f'.SS "lince {command} [OPTION]...' in manual


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_manual_is_sound(lince, language):
    manual = lince("help", "--man", env={"LINCE_LANG": language}).out
    done = subprocess.run(
        ["groff", "-man", "-ww", "-Kutf8", "-Tutf8", "-P-cbou"], input=manual, capture_output=True, check=False
    )
    assert done.returncode == 0
    assert done.stderr == b""
    assert ("Códigos de salida" if language == "es" else "Exit codes") in done.stdout.decode()


@pytest.mark.parametrize(
    ("variables", "spanish"),
    [
        ({"LC_ALL": "", "LANG": "es_VE.UTF-8"}, True),
        ({"LC_ALL": "", "LANG": "es"}, True),
        ({"LC_ALL": "", "LC_MESSAGES": "es_ES", "LANG": "en_US.UTF-8"}, True),
        ({"LC_ALL": "en_US.UTF-8", "LANG": "es_VE.UTF-8"}, False),
        ({"LC_ALL": "C", "LINCE_LANG": "es"}, True),
        ({"LC_ALL": "", "LANG": "est_EE"}, False),
        ({"LC_ALL": ""}, False),
    ],
)
def test_language(lince, tmp_path, variables, spanish):
    assert (b"Uso:" in lince("--help", env=variables).out) == spanish
    err = lince("read", env=variables).err
    assert err.startswith(b"lince: no se nombr" if spanish else b"lince: no file was named")
    done = lince("read", tmp_path / "no.png", env=variables)
    assert (b"no existe" in done.err) == spanish


def test_help_that_cannot_be_written_is_74(lince):
    from conftest import command, environment

    with open("/dev/full", "wb") as full:
        for arguments in (["--help"], ["read", "--help"], ["help", "--man"], ["version"]):
            done = subprocess.run(
                command(*arguments), stdout=full, stderr=subprocess.PIPE, env=environment(), check=False
            )
            assert done.returncode == 74
