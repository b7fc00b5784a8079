"""`lince read -f pdf`: the picture as it came, and text that is found where the eye sees it."""

import io
import json
import re
import subprocess

import pytest
from conftest import LINES, picture
from PIL import Image

DPI = 150
WORD = re.compile(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">([^<]*)</word>')


def run(*arguments, **options):
    return subprocess.run(arguments, capture_output=True, check=True, timeout=60, **options).stdout


def text_of(path):
    return [page.split() for page in run("pdftotext", path, "-").decode().split("\f")[:-1]]


def words_of(path):
    """Words with their boxes in pixels of the picture."""
    printed = run("pdftotext", "-bbox", path, "-").decode()
    return [(word[4], [float(side) * DPI / 72 for side in word[:4]]) for word in WORD.findall(printed)]


def rendered(path, folder, page=1):
    run("pdftoppm", "-r", str(DPI), "-f", str(page), "-l", str(page), "-png", path, folder / "rendered")
    (found,) = folder.glob("rendered*.png")
    return Image.open(io.BytesIO(found.read_bytes())).convert("RGB")


def differing(one, two):
    """The mean difference of two pictures of one size."""
    assert abs(one.width - two.width) <= 1 and abs(one.height - two.height) <= 1
    size = (min(one.width, two.width) // 8, min(one.height, two.height) // 8)
    pairs = zip(one.resize(size).tobytes(), two.resize(size).tobytes(), strict=True)
    return sum(abs(first - second) for first, second in pairs) / (size[0] * size[1] * 3)


@pytest.fixture
def to_pdf(lince, tmp_path):
    def make(*names):
        out = tmp_path / "out.pdf"
        done = lince("read", "-f", "pdf", "-o", out, *names)
        assert (done.code, done.err) == (0, b"")
        checked = subprocess.run(["qpdf", "--check", out], capture_output=True, text=True, check=False)
        assert checked.returncode == 0, checked.stdout + checked.stderr
        return out

    return make


def test_pages_have_the_text_of_their_pictures_in_the_order_given(to_pdf, files):
    assert text_of(to_pdf(*files)) == [" ".join(lines).split() for lines in LINES.values()]


def test_jpeg_and_png_are_the_very_bytes_that_came(to_pdf, corpus, tmp_path):
    out = to_pdf(corpus / "fecha.jpg", corpus / "total.png")
    assert (corpus / "fecha.jpg").read_bytes() in out.read_bytes()
    assert b"/Predictor 15" in out.read_bytes()
    assert differing(rendered(out, tmp_path, 2), Image.open(corpus / "total.png").convert("RGB")) < 4


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "LA"])
def test_every_kind_of_png_looks_as_it_did(to_pdf, tmp_path, mode):
    image = picture(["TOTAL 123,45", "CARACAS"])
    image.paste((200, 40, 40), (0, 100, 360, 110))
    shown = image.convert("P", palette=Image.Palette.ADAPTIVE) if mode == "P" else image.convert(mode)
    shown.save(tmp_path / "page.png")
    assert differing(rendered(to_pdf(tmp_path / "page.png"), tmp_path), shown.convert("RGB")) < 4


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_camera_s_orientation_is_kept(to_pdf, tmp_path, orientation):
    upright = picture(["TOTAL 123,45", "CARACAS"])
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
    stored = upright.transpose(Image.Transpose(undo[orientation])) if orientation > 1 else upright
    exif = Image.Exif()
    exif[0x0112] = orientation
    stored.save(tmp_path / "page.jpg", exif=exif, quality=95, dpi=(DPI, DPI))
    out = to_pdf(tmp_path / "page.jpg")
    assert differing(rendered(out, tmp_path), upright) < 4
    assert text_of(out) == [["TOTAL", "123,45", "CARACAS"]]


@pytest.mark.parametrize("angle", [0, 2, 90, 180])
def test_a_word_is_found_where_it_stands(to_pdf, lince, tmp_path, angle):
    image = Image.new("RGB", (700, 500), "white")
    image.paste(picture(["TOTAL 123,45", "CARACAS"]), (150, 180))
    image.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor="white").save(tmp_path / "page.png")
    read = json.loads(lince("read", "-f", "ndjson", tmp_path / "page.png").out)
    expected = {word["text"]: word["box"] for line in read["lines"] for word in line["words"]}
    found = dict(words_of(to_pdf(tmp_path / "page.png")))
    assert found.keys() == expected.keys()
    for text, box in expected.items():
        assert all(abs(one - two) < 14 for one, two in zip(box, found[text], strict=True)), (text, box, found[text])


def test_the_size_is_what_the_picture_says_of_itself(to_pdf, tmp_path):
    picture(["GRACIAS"]).save(tmp_path / "page.png", dpi=(300, 300))
    assert re.search(rb"/MediaBox \[0 0 86\.4 26\.4 \]", to_pdf(tmp_path / "page.png").read_bytes())
    picture(["GRACIAS"]).save(tmp_path / "page.jpg", dpi=(1, 1))
    assert re.search(rb"/MediaBox \[0 0 172\.8 52\.8 \]", to_pdf(tmp_path / "page.jpg").read_bytes())


def test_what_cannot_be_read_leaves_a_whole_file(lince, corpus, tmp_path):
    out = tmp_path / "out.pdf"
    done = lince("read", "-f", "pdf", "-o", out, corpus / "total.png", corpus / "missing.png", corpus / "gracias.bmp")
    assert done.code == 1 and b"missing.png" in done.err
    run("qpdf", "--check", out)
    assert len(text_of(out)) == 2


def test_the_same_pictures_give_the_same_bytes(to_pdf, lince, files):
    first = to_pdf(*files).read_bytes()
    assert lince("read", "-f", "pdf", "-j", "1", *files).out == first


def test_letters_beyond_ascii_are_copied_as_they_are(to_pdf, tmp_path):
    picture(["AÑO CAFÉ"]).save(tmp_path / "page.png")
    assert text_of(to_pdf(tmp_path / "page.png")) == [["AÑO", "CAFÉ"]]
