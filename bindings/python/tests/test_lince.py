"""The binding against the real library: what comes in, what comes out, what goes wrong."""

import dataclasses
import gc
import json
import os
import pathlib
import re
import subprocess
import sys
import threading
import time

import lince
import pytest
from PIL import Image

ROOT = pathlib.Path(__file__).resolve().parents[3]
CARD = ROOT / "examples" / "03-dark-card.png"
THREE_CODES = ROOT / "tests" / "data" / "codes" / "three.png"
PHOTO = ROOT / "examples" / "13-shop-receipt-photo.jpg"


# A sanitizer's own memory counts as the process's: a build with one needs more room.
LIMIT = (4096 if os.environ.get("LINCE_SANITIZER") else 300) << 20


@pytest.fixture(scope="module")
def engine():
    with lince.Engine(readers=2, memory_limit_bytes=LIMIT) as opened:
        yield opened


@pytest.fixture
def reader(engine):
    with engine.reader() as opened:
        yield opened


def timeless(page):
    """The page without what differs from run to run."""
    return dataclasses.replace(page, timings=None, peak_bytes=0, codes_ms=0)


def test_a_file_gives_lines_words_and_boxes(reader):
    page = reader.read_file(CARD)
    truth = json.loads(CARD.with_suffix(".json").read_text(encoding="utf-8"))
    assert (page.width_px, page.height_px, page.rotation) == (truth["width"], truth["height"], 0)
    assert page.text == "\n".join(line.text for line in page.lines)
    assert page.lines
    for line in page.lines:
        assert line.text == " ".join(word.text for word in line.words)
        assert len(line.quad) == 4
        for box, confidence in [(line.box, line.confidence)] + [(word.box, word.confidence) for word in line.words]:
            assert 0 <= box.x0 < box.x1 <= page.width_px
            assert 0 <= box.y0 < box.y1 <= page.height_px
            assert 0 < confidence <= 1
    assert page.timings.total_ms >= page.timings.recognise_ms > 0
    assert page.peak_bytes > 1 << 20


def test_most_words_are_read_right(reader):
    wanted = {
        word for line in json.loads(CARD.with_suffix(".json").read_text())["lines"] for word in line["text"].split()
    }
    got = set(reader.read_file(CARD).text.split())
    assert len(wanted & got) >= 0.8 * len(wanted), wanted - got


def test_blocks_are_stretches_of_the_lines(reader):
    page = reader.read_file(CARD)
    lines = 0
    for index, block in enumerate(page.blocks):
        own = page.lines[lines : lines + block.line_count]
        assert block.first_line == lines and own
        assert {line.block for line in own} == {index}
        assert (block.kind == "table") == bool(block.cells)
        lines += block.line_count
    assert lines == len(page.lines)
    table = next(block for block in page.blocks if block.kind == "table")
    assert table.row_count == table.cells[-1].row + 1 and table.table_column_count >= 2
    assert [line.row for line in page.lines] == sorted(line.row for line in page.lines)


@pytest.mark.parametrize("kind", [bytes, bytearray, memoryview])
def test_bytes_give_the_same_page_as_the_file(reader, kind):
    assert timeless(reader.read(kind(CARD.read_bytes()))) == timeless(reader.read_file(str(CARD)))


def test_a_page_outlives_its_reader_and_engine():
    with lince.Engine(memory_limit_bytes=LIMIT) as own, own.reader() as reader:
        page = reader.read_file(CARD)
    gc.collect()
    assert page.lines[0].words[0].text


@pytest.mark.concurrent
def test_two_threads_share_an_engine(engine):
    pages = {}

    def work(path):
        with engine.reader() as own:
            pages[path] = timeless(own.read_file(path))

    threads = [threading.Thread(target=work, args=(path,)) for path in (CARD, PHOTO)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with engine.reader() as alone:
        assert pages == {path: timeless(alone.read_file(path)) for path in (CARD, PHOTO)}


def test_other_threads_run_while_one_reads(reader):
    ticks = []
    done = threading.Event()

    def tick():
        while not done.wait(0.001):
            ticks.append(time.monotonic())

    ticker = threading.Thread(target=tick)
    ticker.start()
    started = time.monotonic()
    reader.read_file(PHOTO)
    ended = time.monotonic()
    done.set()
    ticker.join()
    assert sum(started < moment < ended for moment in ticks) >= 5


def test_progress_is_told_in_order(reader):
    seen = []
    reader.read_file(CARD, progress=lambda stage, share: seen.append((stage, share)))
    assert [stage for stage, _ in seen] == sorted(stage for stage, _ in seen)
    assert {stage for stage, _ in seen} >= {lince.Stage.DETECT, lince.Stage.RECOGNISE}
    assert all(0 <= share <= 1 for _, share in seen)


def test_progress_that_returns_true_cancels(reader):
    with pytest.raises(lince.LinceError) as caught:
        reader.read_file(CARD, progress=lambda stage, share: True)
    assert (caught.value.code, caught.value.name) == (lince.Status.CANCELLED, "cancelled")
    assert reader.read_file(CARD).lines  # and the reader goes on


def test_what_progress_raises_comes_out(reader):
    def explode(stage, share):
        raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        reader.read_file(CARD, progress=explode)


def test_codes_of_a_page(reader):
    page = reader.read_file(THREE_CODES, codes=True)
    kinds = [(code.kind, code.content, code.data) for code in page.codes]
    assert kinds == [
        (lince.CodeKind.QR, "https://example.org/v?id=7", b"https://example.org/v?id=7"),
        (lince.CodeKind.EAN_13, "5901234123457", b"5901234123457"),
        (lince.CodeKind.PDF_417, "PDF417", b"PDF417"),
    ]
    for code in page.codes:
        assert 0 <= code.box.x0 < code.box.x1 <= page.width_px
        assert 0 <= code.box.y0 < code.box.y1 <= page.height_px
        assert all(code.box.x0 <= corner.x <= code.box.x1 for corner in code.quad)
    assert page.codes_ms > 0
    without = reader.read_file(THREE_CODES)
    assert without.codes is None
    assert without.lines == page.lines


def test_the_search_of_codes_can_be_cancelled(reader):
    with pytest.raises(lince.LinceError) as caught:
        reader.read_file(THREE_CODES, codes=True, progress=lambda stage, share: stage == lince.Stage.CODES)
    assert caught.value.code == lince.Status.CANCELLED
    assert reader.read_file(THREE_CODES, codes=True).codes


@pytest.mark.parametrize(
    ("data", "status", "name"),
    [
        (b"", lince.Status.EMPTY, "empty"),
        (b"plain text is no image", lince.Status.UNKNOWN_FORMAT, "unknown_format"),
        (CARD.read_bytes()[:2000], lince.Status.DAMAGED, "damaged"),
    ],
)
def test_bad_bytes_are_named(reader, data, status, name):
    with pytest.raises(lince.LinceError) as caught:
        reader.read(data)
    assert (caught.value.code, caught.value.name) == (status, name)
    assert str(caught.value) == caught.value.message != ""


def test_a_missing_file_is_named(reader, tmp_path):
    with pytest.raises(lince.LinceError, match="nowhere.png") as caught:
        reader.read_file(tmp_path / "nowhere.png")
    assert caught.value.code == lince.Status.NOT_FOUND


def test_messages_in_spanish(tmp_path):
    with (
        lince.Engine(memory_limit_bytes=LIMIT, language="es") as own,
        own.reader() as reader,
        pytest.raises(lince.LinceError) as caught,
    ):
        reader.read_file(tmp_path / "nowhere.png")
    with (
        lince.Engine(memory_limit_bytes=LIMIT) as own,
        own.reader() as reader,
        pytest.raises(lince.LinceError) as english,
    ):
        reader.read_file(tmp_path / "nowhere.png")
    assert caught.value.code == english.value.code
    assert caught.value.message != english.value.message


def test_models_that_are_not_there(tmp_path):
    with pytest.raises(lince.LinceError) as caught:
        lince.Engine(tmp_path / "none")
    assert caught.value.code == lince.Status.MODEL


def test_a_limit_too_small_says_what_would_do(engine):
    limit = engine.price(CARD.read_bytes()).smallest_limit_bytes - (4 << 20)
    with (
        pytest.raises(lince.LinceError) as caught,
        lince.Engine(memory_limit_bytes=limit, readers=2) as own,
        own.reader() as reader,
    ):
        reader.read_file(CARD)
    assert caught.value.code == lince.Status.MEMORY_LIMIT
    assert caught.value.needed_bytes > limit


def test_price_from_the_header_alone(engine):
    truth = json.loads(CARD.with_suffix(".json").read_text(encoding="utf-8"))
    price = engine.price(CARD.read_bytes()[:4096])
    assert (price.format, price.width_px, price.height_px) == (lince.Format.PNG, truth["width"], truth["height"])
    assert price.working_width_px > 0
    assert 0 < price.read_bytes < price.smallest_limit_bytes
    assert price.read_codes_bytes >= price.read_bytes
    assert 0 < price.usual_bytes <= price.read_bytes
    assert (price.usual_width_px, price.usual_height_px) == (price.width_px, price.height_px)


def test_memory_is_known(engine, reader):
    reader.read_file(CARD)
    assert engine.memory_peak_bytes >= engine.memory_current_bytes > 0


def test_closed_handles_refuse():
    own = lince.Engine(memory_limit_bytes=LIMIT)
    reader = own.reader()
    reader.close()
    reader.close()
    with pytest.raises(ValueError, match="reader is closed"):
        reader.read_file(CARD)
    own.close()
    own.close()
    with pytest.raises(ValueError, match="engine is closed"):
        own.reader()


def test_version():
    assert lince.version() == "0.1.0"


def test_a_language_that_is_not_there():
    with pytest.raises(ValueError, match="'fr'"):
        lince.Engine(language="fr")


def test_fields_of_a_page(reader):
    with lince.Layouts() as layouts:
        names = [layout.name for layout in layouts]
        assert len(names) == len(layouts) > 3 and "bdv" in names
        record = layouts.extract(reader.read_file(ROOT / "examples" / "01-dark-phone.jpg"))
        assert record.layout == "bdv" and record["referencia"].value == "675885108" and record.country == "VE"
        assert record["monto"].type == "money" and record["monto"].box.x1 > record["monto"].box.x0
        assert "monto" in record and "nothing" not in record and record.get("nothing") is None
        with pytest.raises(KeyError):
            record["nothing"]
        implied = [field for field in record.fields if field.page_line is None]
        assert all(field.box is None and field.text == "" for field in implied)


def test_fields_of_lines_of_any_origin():
    line = lince.Line("Referencia: 000123456789", 1.0, (lince.Point(0, 0),) * 4, lince.Box(10, 10, 300, 40), ())
    with lince.Layouts(language="es") as layouts:
        record = layouts.extract_lines([line], 540, 960, ["pago"])
        assert record["referencia"].value == "000123456789" and record.reasons and record.rules == "pago"
        unknown = layouts.extract_lines([line], 540, 960)
        assert (unknown.kind, unknown.rules, unknown.fields, unknown.direction) == ("none", None, (), None)
        with pytest.raises(lince.LinceError, match="nada") as caught:
            layouts.extract_lines([line], 540, 960, ["nada"])
        assert caught.value.code == lince.Status.ARGUMENT
        assert layouts.extract_lines([], 540, 960).fields == ()
    with pytest.raises(ValueError, match="closed"):
        layouts.extract_lines([line], 540, 960)


def test_a_folder_of_layouts_that_is_wrong(tmp_path):
    (tmp_path / "mine.json").write_text("{")
    with pytest.raises(lince.LinceError, match="mine.json") as caught:
        lince.Layouts(tmp_path)
    assert caught.value.code == lince.Status.LAYOUT


def test_memory_meters_and_limits(engine, reader):
    reader.read_file(CARD)
    memory = engine.memory()
    assert memory.limit_bytes == LIMIT and memory.resident_bytes > 0 and memory.image_count > 0
    meters = engine.meters()
    assert meters[0].depth == 0 and {"models", "readers"} <= {meter.name for meter in meters}
    assert engine.clean_up() >= 0
    with pytest.raises(lince.LinceError) as caught:
        engine.set_memory_limit(1 << 20, "nothing")
    assert caught.value.code == lince.Status.ARGUMENT
    assert engine.price_file(CARD).working_width_px == engine.price(CARD.read_bytes()).working_width_px


def test_events_of_memory_are_told():
    events = []
    engine = lince.Engine(memory_limit_bytes=LIMIT, cleanup_share=0.01, on_memory_event=events.append)
    with engine as own, own.reader() as reader:
        reader.read_file(CARD)
    assert lince.MemoryEventKind.CLEANED in [event.kind for event in events]
    assert all(event.limit_bytes == LIMIT and event.resident_bytes > 0 for event in events)


def pdf_of(text):
    """A PDF file of one page with that text as letters."""
    content = f"BT /F 24 Tf 40 100 Td ({text}) Tj ET".encode()
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 420 200]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        table,
        len(out),
    )


def test_the_text_that_a_page_brings_is_told_from_what_is_read(engine, reader):
    for pdf_text, is_layer in ((lince.PdfText.AUTO, True), (lince.PdfText.NEVER, False)):
        with engine.document(pdf_of("Total de la factura"), pdf_text=pdf_text) as document:
            (line,) = reader.read_page(document, 0).lines
            assert line.text == "Total de la factura" and line.is_layer == is_layer


def test_pages_of_a_document(engine, reader, tmp_path):
    pictures = [Image.open(CARD).convert("RGB"), Image.open(PHOTO).convert("RGB")]
    path = tmp_path / "two.tiff"
    pictures[0].save(path, save_all=True, append_images=pictures[1:])
    with engine.document_file(path) as document:
        assert len(document) == 2 and document.has_pages and document.format == lince.Format.TIFF
        pages = [reader.read_page(document, index) for index in range(len(document))]
        assert [(page.number, page.count) for page in pages] == [(1, 2), (2, 2)]
        assert pages[0].text == reader.read_file(CARD).text
        assert document.price(1).width_px == pictures[1].width
        with pytest.raises(lince.LinceError):
            reader.read_page(document, 2)
    with pytest.raises(ValueError, match="document is closed"):
        len(document)
    with engine.document(CARD.read_bytes()) as alone:
        assert len(alone) == 1 and not alone.has_pages


def test_options_of_the_runtime(engine):
    with (
        lince.Engine(memory_limit_bytes=LIMIT, model="fast", runtime=lince.Runtime(memory_arena=True)) as own,
        own.reader() as reader,
    ):
        assert reader.read_file(CARD).lines
    with pytest.raises(lince.LinceError) as caught:
        lince.Engine(memory_limit_bytes=LIMIT, runtime=lince.Runtime(inter_op_threads=0))
    assert caught.value.code == lince.Status.ARGUMENT
    with pytest.raises(ValueError, match="'best'"):
        lince.Engine(model="best")


def test_letters_have_places_when_asked():
    with lince.Engine(memory_limit_bytes=LIMIT) as engine, engine.reader() as reader:
        plain, page = reader.read_file(CARD), reader.read_file(CARD, letters=True)
    assert page.text == plain.text and not any(word.letters for line in plain.lines for word in line.words)
    for word in (word for line in page.lines for word in line.words):
        assert "".join(letter.text for letter in word.letters) == word.text
        assert all(word.box.x0 <= each.box.x0 < each.box.x1 <= word.box.x1 for each in word.letters)


def test_all_of_the_header_that_a_caller_needs_is_used():
    """What of lince.h the binding has no use for is named here, with the reason."""
    left = {
        "lince_record_extract",  # a page is plain data here: its lines are passed
        "lince_page_write",  # likewise; Reader.write writes the forms of a document
        "lince_record_find",  # the fields are copied, and found in Python
        "lince_layouts_passed_count", "lince_layouts_passed",  # of a service's learned layouts, not opened here
        "lince_memory_scopes", "lince_memory_sites", "lince_memory_profile", "lince_memory_profile_is_on",
        "lince_memory_event_name", "lince_code_kind_name",  # of the enumeration
    }  # fmt: skip
    header = (ROOT / "include/lince.h").read_text()
    functions = set(re.findall(r"LINCE_API[^;]*?\b(lince_\w+)\(", header))
    used = set(re.findall(r"lib\.(lince_\w+)", (ROOT / "bindings/python/lince/__init__.py").read_text()))
    assert functions - used == left and len(functions) > 40


def test_types_are_strict():
    package = ROOT / "bindings/python"
    checked = subprocess.run(
        [
            sys.executable,
            "-m",
            "mypy",
            "--config-file",
            package / "pyproject.toml",
            "--cache-dir",
            os.devnull,
            "-p",
            "lince",
        ],
        cwd=package,
        capture_output=True,
        text=True,
    )
    assert checked.returncode == 0, checked.stdout


def test_the_installed_binding_reads_away_from_the_repository(tmp_path):
    program = (
        "import lince, sys\n"
        "with lince.Engine(memory_limit_bytes=int(sys.argv[2])) as engine, engine.reader() as reader:\n"
        "    print(lince.__file__, reader.read_file(sys.argv[1]).text, sep='\\n')"
    )
    site = pathlib.Path(os.environ["LINCE_BUILD"]) / "python"
    # Leaks are looked for in this process; LeakSanitizer's own tracer falls over at the end of so short a one.
    sanitizer = os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0"
    output = subprocess.run(
        [sys.executable, "-c", program, CARD, str(LIMIT)],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(site), "ASAN_OPTIONS": sanitizer},
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert output.splitlines()[0] == str(site / "lince" / "__init__.py")
    assert len(output.splitlines()) > 3
