"""The truth in its two shapes, and the score program on both."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from truth import LabelledSet, load_set, load_truth, sroie_lines

BENCH = Path(__file__).resolve().parent.parent


def make_sroie(folder):
    (folder / "img").mkdir()
    (folder / "box").mkdir()
    (folder / "img" / "001.jpg").write_bytes(b"")
    (folder / "img" / "002.jpg").write_bytes(b"")
    box = "1,2,3,4,5,6,7,8,NO. 4, JALAN SATU\n\n1,2,3,4,5,6,7,8,TOTAL\n"
    (folder / "box" / "001.csv").write_text(box, encoding="utf-8")


def test_the_text_of_a_sroie_line_may_hold_commas(tmp_path):
    make_sroie(tmp_path)
    assert sroie_lines(tmp_path / "box" / "001.csv") == ["NO. 4, JALAN SATU", "TOTAL"]


def test_images_without_truth_are_left_out(tmp_path):
    make_sroie(tmp_path)
    assert [path.name for path in load_set("s", tmp_path).images] == ["001.jpg"]


def test_truth_from_json_beside_the_images(tmp_path):
    (tmp_path / "a.png").write_bytes(b"")
    (tmp_path / "a.json").write_text(json.dumps({"lines": [{"text": "Año 2024"}]}))
    (tmp_path / "list.json").write_text("[1, 2]")
    assert load_set("examples", tmp_path).lines == {"a": ["Año 2024"]}


def test_a_folder_without_truth_is_an_error_that_names_it(tmp_path):
    with pytest.raises(ValueError, match=tmp_path.name):
        load_truth(tmp_path)


def test_a_smaller_set_is_spread_over_the_whole(tmp_path):
    paths = [tmp_path / f"{number}.png" for number in range(10)]
    whole = LabelledSet("s", paths, {path.stem: [path.stem] for path in paths})
    assert [path.stem for path in whole.first(3).images] == ["0", "3", "6"]
    assert whole.first(99) is whole


def test_score_program_prints_f1_misses_and_failures(tmp_path):
    make_sroie(tmp_path)
    results = tmp_path / "results.ndjson"
    rows = [
        {"file": "somewhere/001.jpg", "lines": [{"text": "no. 4, jalan sata"}, {"text": "TOTAL"}]},
        {"file": "broken.jpg", "error": {"code": "damaged", "message": "truncated"}},
    ]
    results.write_text("".join(json.dumps(row) + "\n" for row in rows))
    command = [sys.executable, BENCH / "score.py", "--truth", tmp_path, results]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "F1  80.00 %" in printed
    assert "SATU" in printed and "SATA" in printed
    assert "failed: broken" in printed
