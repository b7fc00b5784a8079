"""The service's manual in both languages: its table of settings must match the program's own texts."""

import os
import re
import subprocess

import pytest
from served import PROGRAM, ROOT


def say(language, *arguments):
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("LINCE_", "LC_", "LANG"))}
    return subprocess.run(
        [PROGRAM, *arguments],
        env={**environment, "LC_ALL": language, "COLUMNS": "400"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def settings_table(language):
    """Rows of name, values, built in and meaning, made from `lince serve --help` and `lince config`."""
    units = dict(re.findall(r"^  --([a-z-]+) (\S+)", say(language, "serve", "--help"), re.MULTILINE))
    told = re.findall(r"^; (.*) \([^()]*\)\n([a-z-]+) = ?(.*)$", say(language, "config"), re.MULTILINE)
    rows = []
    for meaning, name, value in told:
        if name in units:
            built_in = f" `{value}` " if value else " "
            rows.append(f"| `--{name}` | {units[name].replace('|', ', ')} |{built_in}| {meaning} |")
    return rows


@pytest.mark.parametrize(("name", "language"), [("service.md", "en_US.UTF-8"), ("service.es.md", "es_ES.UTF-8")])
def test_every_setting_is_in_the_manual_as_the_program_has_it(name, language):
    written = [line for line in (ROOT / "docs" / name).read_text().splitlines() if line.startswith("| `--")]
    made = settings_table(language)
    assert len(made) > 30 and written == made
