"""Lince: text with coordinates from images, inside a memory limit. The binding of liblince.

with lince.Engine() as engine, engine.reader() as reader, lince.Layouts() as layouts:
    page = reader.read_file("receipt.jpg")
    record = layouts.extract(page)
    print(page.text, record["monto"].value)
"""

from __future__ import annotations

import contextlib
import ctypes
import enum
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

if "LINCE_LIBRARY" in os.environ:  # taken instead of the one that the compiled part was linked with
    ctypes.CDLL(os.environ["LINCE_LIBRARY"], ctypes.RTLD_GLOBAL)

from lince._native import ffi, lib  # after the library of the variable

__all__ = [
    "Block",
    "Box",
    "Cell",
    "Code",
    "CodeKind",
    "Direction",
    "Document",
    "Engine",
    "Field",
    "Format",
    "Layout",
    "Layouts",
    "Letter",
    "Line",
    "LinceError",
    "Memory",
    "MemoryEvent",
    "MemoryEventKind",
    "Meter",
    "Model",
    "Page",
    "PdfText",
    "Point",
    "Price",
    "Reader",
    "Record",
    "Runtime",
    "Stage",
    "Status",
    "Timings",
    "Warning",
    "Word",
    "version",
]

Data = bytes | bytearray | memoryview
Path = str | os.PathLike[str]


class Status(enum.IntEnum):
    """Why a call failed; lince.h explains each."""

    OK = lib.LINCE_OK
    ARGUMENT = lib.LINCE_ERROR_ARGUMENT
    NOT_FOUND = lib.LINCE_ERROR_NOT_FOUND
    UNREADABLE = lib.LINCE_ERROR_UNREADABLE
    EMPTY = lib.LINCE_ERROR_EMPTY
    UNKNOWN_FORMAT = lib.LINCE_ERROR_UNKNOWN_FORMAT
    UNSUPPORTED = lib.LINCE_ERROR_UNSUPPORTED
    DAMAGED = lib.LINCE_ERROR_DAMAGED
    TOO_LARGE = lib.LINCE_ERROR_TOO_LARGE
    MEMORY_LIMIT = lib.LINCE_ERROR_MEMORY_LIMIT
    CANCELLED = lib.LINCE_ERROR_CANCELLED
    MODEL = lib.LINCE_ERROR_MODEL
    WRITE = lib.LINCE_ERROR_WRITE
    LAYOUT = lib.LINCE_ERROR_LAYOUT
    RUNTIME = lib.LINCE_ERROR_RUNTIME


class Stage(enum.IntEnum):
    """What a reader is doing when it reports progress."""

    DECODE = lib.LINCE_STAGE_DECODE
    DETECT = lib.LINCE_STAGE_DETECT
    RECOGNISE = lib.LINCE_STAGE_RECOGNISE
    CODES = lib.LINCE_STAGE_CODES


class Direction(enum.IntEnum):
    """When to check whether a line is upside down."""

    IN_DOUBT = lib.LINCE_DIRECTION_IN_DOUBT
    ALWAYS = lib.LINCE_DIRECTION_ALWAYS
    NEVER = lib.LINCE_DIRECTION_NEVER


class PdfText(enum.IntEnum):
    """Whether a PDF page's own text is used instead of reading the page's picture."""

    AUTO = lib.LINCE_PDF_TEXT_AUTO
    ALWAYS = lib.LINCE_PDF_TEXT_ALWAYS
    NEVER = lib.LINCE_PDF_TEXT_NEVER


class CodeKind(enum.IntEnum):
    """The kind of a bar code or matrix code."""

    QR = lib.LINCE_CODE_QR
    EAN_13 = lib.LINCE_CODE_EAN_13
    EAN_8 = lib.LINCE_CODE_EAN_8
    UPC_A = lib.LINCE_CODE_UPC_A
    UPC_E = lib.LINCE_CODE_UPC_E
    CODE_128 = lib.LINCE_CODE_CODE_128
    CODE_39 = lib.LINCE_CODE_CODE_39
    ITF = lib.LINCE_CODE_ITF
    PDF_417 = lib.LINCE_CODE_PDF_417
    DATA_MATRIX = lib.LINCE_CODE_DATA_MATRIX
    AZTEC = lib.LINCE_CODE_AZTEC


class Format(enum.IntEnum):
    """The format of an encoded image."""

    UNKNOWN = lib.LINCE_FORMAT_UNKNOWN
    JPEG = lib.LINCE_FORMAT_JPEG
    PNG = lib.LINCE_FORMAT_PNG
    WEBP = lib.LINCE_FORMAT_WEBP
    BMP = lib.LINCE_FORMAT_BMP
    GIF = lib.LINCE_FORMAT_GIF
    TIFF = lib.LINCE_FORMAT_TIFF
    PDF = lib.LINCE_FORMAT_PDF
    HEIF = lib.LINCE_FORMAT_HEIF
    AVIF = lib.LINCE_FORMAT_AVIF
    JXL = lib.LINCE_FORMAT_JXL
    JP2 = lib.LINCE_FORMAT_JP2
    PNM = lib.LINCE_FORMAT_PNM


class Model(enum.IntEnum):
    """Which models to use: integer, float, or the faster ones on this processor."""

    AUTO = lib.LINCE_MODEL_AUTO
    FAST = lib.LINCE_MODEL_FAST
    ACCURATE = lib.LINCE_MODEL_ACCURATE


class MemoryEventKind(enum.IntEnum):
    """What happened to the engine's memory; lince.h explains each."""

    CLEANED = lib.LINCE_MEMORY_CLEANED
    HIGH = lib.LINCE_MEMORY_HIGH
    REFUSED = lib.LINCE_MEMORY_REFUSED
    GROWING = lib.LINCE_MEMORY_GROWING


class LinceError(Exception):
    """A call failed: `code`, its `name` as in JSON output, and one sentence in `message`.

    `needed_bytes` is the smallest memory limit that would do, if memory was the reason and the limit is known.
    """

    def __init__(self, code: int, name: str, message: str, needed_bytes: int = 0) -> None:
        super().__init__(message)
        self.code: Status | int = Status(code) if code in Status._value2member_map_ else code
        self.name = name
        self.message = message
        self.needed_bytes = needed_bytes


@dataclass(frozen=True)
class Point:
    x: float
    y: float


@dataclass(frozen=True)
class Box:
    """An upright rectangle in pixels of the image as a viewer shows it."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True)
class Letter:
    """A character of a word, or a ligature of them."""

    text: str
    confidence: float
    box: Box


@dataclass(frozen=True)
class Word:
    """`letters` is empty unless the page was read with `letters`."""

    text: str
    confidence: float
    box: Box
    letters: tuple[Letter, ...] = ()


@dataclass(frozen=True)
class Line:
    """A line of text; `quad` has its corners clockwise from the text's upper left one.

    `block` is the index of its block, `row` its row on the page, and `cell` its position in that row; all are 0 if
    the line belongs to no page. `is_layer` is true if the text is the PDF page's own, and false if it was read.
    """

    text: str
    confidence: float
    quad: tuple[Point, Point, Point, Point]
    box: Box
    words: tuple[Word, ...]
    block: int = 0
    row: int = 0
    cell: int = 0
    is_layer: bool = False


@dataclass(frozen=True)
class Cell:
    """The content of a row and a column of a table, both from 0."""

    text: str
    confidence: float
    box: Box
    row: int
    column: int


@dataclass(frozen=True)
class Block:
    """Consecutive lines that form one thing; `kind` as in JSON: "paragraph", "heading", "table", ...

    `level` is 1 to 3 for a heading. `column` is its index among the `column_count` columns that are read one after
    another. A table has `row_count` rows of `table_column_count` columns; empty cells are left out.
    """

    kind: str
    level: int
    box: Box
    first_line: int
    line_count: int
    column: int
    column_count: int
    text: str
    row_count: int
    table_column_count: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Timings:
    decode_ms: float
    detect_ms: float
    recognise_ms: float
    total_ms: float


@dataclass(frozen=True)
class Warning:
    """Something that was not read, or may not have been: its stable code, and a sentence with the remedy."""

    code: str
    message: str


@dataclass(frozen=True)
class Code:
    """A bar code or matrix code; `quad` has its corners clockwise from the code's own upper left one.

    `content` is None if the `data` that the code holds is not text.
    """

    kind: CodeKind
    content: str | None
    data: bytes
    quad: tuple[Point, Point, Point, Point]
    box: Box


@dataclass(frozen=True)
class Page:
    """What was read.

    `number` of `count` is its place in its document, 1 of 1 for an image.
    `rotation` is how many degrees clockwise the stored pixels were turned to get the image that a viewer shows;
    `turn` is how many degrees clockwise most of the text is still turned away from upright.
    `codes` is None if they were not looked for.
    """

    width_px: int
    height_px: int
    rotation: int
    turn: int
    text: str
    lines: tuple[Line, ...]
    blocks: tuple[Block, ...]
    warnings: tuple[Warning, ...]
    timings: Timings
    peak_bytes: int
    number: int
    count: int
    codes: tuple[Code, ...] | None = None
    codes_ms: float = 0


@dataclass(frozen=True)
class Price:
    """What the header of an image says, and what reading it would cost: in total, and at most in each stage."""

    format: Format
    width_px: int
    height_px: int
    working_width_px: int
    working_height_px: int
    read_bytes: int
    smallest_limit_bytes: int
    decode_bytes: int
    detect_bytes: int
    recognise_bytes: int
    page_bytes: int
    read_codes_bytes: int = 0
    """Of a reading that also looks for codes; 0 if there is no room to look."""
    usual_width_px: int = 0
    usual_height_px: int = 0
    usual_bytes: int = 0
    """Of a page without small print, which alone raises these up to the working size and `read_bytes`."""


@dataclass(frozen=True)
class Field:
    """A value of a record. `box` and `page_line` are None if the layout implies the value and it is not printed.

    `meaning` is the usual name of a bank, or the kind of an id or account; None for others.
    """

    name: str
    type: str
    value: str
    text: str
    meaning: str | None
    confidence: float
    box: Box | None
    page_line: int | None
    rule: str
    repairs: int


@dataclass(frozen=True)
class Record:
    """The fields of one page. `layout` is None if a generic one was used, whose name is then in `rules`; both are
    None for a page of no known kind.

    `kind` is the kind of the page: "payment_made", "invoice", ... or "none", which has no fields. `direction` of a
    payment is "out" or "in".

    `reasons` are reasons to have a person check the record: "missing:referencia", "doubtful:monto"; often empty.
    """

    layout: str | None
    rules: str | None
    kind: str
    kind_confidence: float
    direction: str | None
    country: str | None
    country_confidence: float
    evidence: tuple[str, ...]
    fields: tuple[Field, ...]
    reasons: tuple[str, ...]

    def get(self, name: str) -> Field | None:
        """The field of that name; None when the record has none."""
        return next((field for field in self.fields if field.name == name), None)

    def __getitem__(self, name: str) -> Field:
        field = self.get(name)
        if field is None:
            raise KeyError(name)
        return field

    def __contains__(self, name: object) -> bool:
        return any(field.name == name for field in self.fields)


@dataclass(frozen=True)
class Layout:
    """One of the layouts of a set; `source` is "built-in" or the path of its file."""

    name: str
    title: str
    source: str


@dataclass(frozen=True)
class Runtime:
    """Options of the inference runtime; lince.h explains each. Prices were measured with these defaults."""

    memory_pattern: bool = False
    memory_arena: bool = False
    arena_doubles: bool = False
    parallel: bool = False
    inter_op_threads: int = 1
    spinning: bool = False


@dataclass(frozen=True)
class Memory:
    """The process's memory and how the limit is shared out: the members of struct lince_memory, in its order."""

    limit_bytes: int
    container_bytes: int
    start_bytes: int
    models_bytes: int
    reserve_bytes: int
    room_bytes: int
    taken_bytes: int
    tracked_bytes: int
    tracked_peak_bytes: int
    resident_bytes: int
    resident_peak_bytes: int
    proportional_bytes: int
    private_dirty_bytes: int
    shared_bytes: int
    swap_bytes: int
    container_used_bytes: int
    minor_fault_count: int
    major_fault_count: int
    user_seconds: float
    system_seconds: float
    tracked_resident_bytes: int
    untracked_bytes: int
    code_bytes: int
    weights_bytes: int
    files_bytes: int
    stacks_bytes: int
    slack_bytes: int
    other_bytes: int
    image_count: int
    refusal_count: int
    cleanup_count: int
    cleanup_freed_bytes: int
    growth_bytes_per_image: float


@dataclass(frozen=True)
class Meter:
    """Bytes now, the most at any time, and how often memory was requested; `depth` 0 is the root."""

    name: str
    depth: int
    current_bytes: int
    peak_bytes: int
    limit_bytes: int
    charge_count: int
    refusal_count: int


@dataclass(frozen=True)
class MemoryEvent:
    """An event of an engine's memory: the members of struct lince_memory_event."""

    kind: MemoryEventKind
    resident_bytes: int
    tracked_bytes: int
    limit_bytes: int
    freed_bytes: int
    needed_bytes: int
    growth_bytes_per_image: float
    image_count: int
    untold_count: int


def version() -> str:
    """The version of the library, "major.minor.patch"."""
    return _text(lib.lince_version())


# ---- from C to Python


def _text(pointer: Any) -> str:
    return cast(bytes, ffi.string(pointer)).decode()


def _text_or_none(pointer: Any) -> str | None:
    return None if pointer == ffi.NULL else _text(pointer)


def _sized(kind: str) -> Any:
    """A struct that a caller fills, zero except for its size."""
    made = ffi.new(f"struct {kind} *")
    made.size = ffi.sizeof(f"struct {kind}")
    return made


def _members(made: Any, kind: type) -> dict[str, Any]:
    return {name: getattr(made, name) for name in kind.__dataclass_fields__}  # type: ignore[attr-defined]


def _call(function: Callable[..., int], language: int, *arguments: object) -> None:
    """Calls a function that returns a status, and raises its failure."""
    error = _sized("lince_error")
    error.language = language
    status = function(*arguments, error)
    if status != Status.OK:
        message = cast(bytes, ffi.string(error.message)).decode(errors="replace")
        raise LinceError(status, _text(lib.lince_status_name(status)), message, error.needed_bytes)


def _language(name: str) -> int:
    if name not in ("en", "es"):
        raise ValueError(f"language is {name!r}, not 'en' or 'es'")
    return int(lib.LINCE_SPANISH if name == "es" else lib.LINCE_ENGLISH)


def _bytes(data: Data) -> tuple[object, int]:
    """A pointer to the bytes, which are not copied, and their count."""
    return ffi.from_buffer(data), memoryview(data).nbytes


def _price(function: Callable[..., int], language: int, *arguments: object) -> Price:
    price = _sized("lince_price")
    _call(function, language, *arguments, price)
    values = _members(price, Price)
    values["format"] = Format(price.format)
    return Price(**values)


def _box(box: Any) -> Box:
    return Box(box.x0, box.y0, box.x1, box.y1)


def _letters(page: Any, line: int, word: int) -> tuple[Letter, ...]:
    first = ffi.new("const struct lince_letter **")
    count = lib.lince_page_letters(page, line, word, first)
    letters = [first[0][index] for index in range(count)]
    return tuple(Letter(_text(letter.text), letter.confidence, _box(letter.box)) for letter in letters)


def _line(page: Any, number: int) -> Line:
    line = lib.lince_page_line(page, number)
    place = lib.lince_page_line_place(page, number)
    words = [line.words[index] for index in range(line.word_count)]
    first, second, third, fourth = (Point(point.x, point.y) for point in line.quad)
    return Line(
        text=_text(line.text),
        confidence=line.confidence,
        quad=(first, second, third, fourth),
        box=_box(line.box),
        words=tuple(
            Word(_text(word.text), word.confidence, _box(word.box), _letters(page, number, index))
            for index, word in enumerate(words)
        ),
        block=place.block,
        row=place.row,
        cell=place.cell,
        is_layer=bool(lib.lince_page_line_is_layer(page, number)),
    )


def _block(block: Any) -> Block:
    cells = [block.cells[index] for index in range(block.cell_count)]
    return Block(
        kind=_text(lib.lince_block_kind_name(block.kind)),
        level=block.level,
        box=_box(block.box),
        first_line=block.first_line,
        line_count=block.line_count,
        column=block.column,
        column_count=block.column_count,
        text=_text(block.text),
        row_count=block.table_row_count,
        table_column_count=block.table_column_count,
        cells=tuple(Cell(_text(cell.text), cell.confidence, _box(cell.box), cell.row, cell.column) for cell in cells),
    )


def _code(code: Any) -> Code:
    a, b, c, d = (Point(corner.x, corner.y) for corner in code.quad)
    return Code(
        kind=CodeKind(code.kind),
        content=_text_or_none(code.content),
        data=bytes(ffi.buffer(ffi.cast("const char *", code.bytes), code.bytes_count)),
        quad=(a, b, c, d),
        box=_box(code.box),
    )


def _codes(page: Any) -> tuple[Code, ...] | None:
    if not lib.lince_page_has_codes(page):
        return None
    return tuple(_code(lib.lince_page_code(page, index)) for index in range(lib.lince_page_code_count(page)))


def _page(page: Any) -> Page:
    """Copies what a page holds."""
    timings = lib.lince_page_timings(page)
    warnings = [lib.lince_page_warning(page, index) for index in range(lib.lince_page_warning_count(page))]
    return Page(
        width_px=lib.lince_page_width_px(page),
        height_px=lib.lince_page_height_px(page),
        rotation=lib.lince_page_rotation(page),
        turn=lib.lince_page_turn(page),
        text=_text(lib.lince_page_text(page)),
        lines=tuple(_line(page, index) for index in range(lib.lince_page_line_count(page))),
        blocks=tuple(_block(lib.lince_page_block(page, index)) for index in range(lib.lince_page_block_count(page))),
        warnings=tuple(Warning(_text(warning.code), _text(warning.message)) for warning in warnings),
        timings=Timings(timings.decode_ms, timings.detect_ms, timings.recognise_ms, timings.total_ms),
        peak_bytes=lib.lince_page_peak_bytes(page),
        number=lib.lince_page_number(page),
        count=lib.lince_page_count(page),
        codes=_codes(page),
        codes_ms=lib.lince_page_codes_ms(page),
    )


def _field(field: Any) -> Field:
    is_printed = field.page_line != lib.LINCE_NO_LINE
    return Field(
        name=_text(field.name),
        type=_text(field.type),
        value=_text(field.value),
        text=_text(field.text),
        meaning=_text_or_none(field.meaning),
        confidence=field.confidence,
        box=_box(field.box) if is_printed else None,
        page_line=field.page_line if is_printed else None,
        rule=_text(field.rule),
        repairs=field.repairs,
    )


def _record(record: Any) -> Record:
    """Copies what a record holds."""
    return Record(
        layout=_text_or_none(lib.lince_record_layout(record)),
        rules=_text_or_none(lib.lince_record_rules(record)),
        kind=_text(lib.lince_record_kind(record)),
        kind_confidence=lib.lince_record_kind_confidence(record),
        direction=_text_or_none(lib.lince_record_direction(record)),
        country=_text_or_none(lib.lince_record_country(record)),
        country_confidence=lib.lince_record_country_confidence(record),
        evidence=tuple(
            _text(lib.lince_record_evidence(record, index)) for index in range(lib.lince_record_evidence_count(record))
        ),
        fields=tuple(
            _field(lib.lince_record_field(record, index)) for index in range(lib.lince_record_field_count(record))
        ),
        reasons=tuple(
            _text(lib.lince_record_reason(record, index)) for index in range(lib.lince_record_reason_count(record))
        ),
    )


# ---- what C calls


class _Progress:
    """A caller's function, and the exception that it raised, which must not pass through C."""

    def __init__(self, function: Callable[[Stage, float], object]) -> None:
        self.function = function
        self.raised: BaseException | None = None

    def report(self, stage: int, share: float) -> int:
        try:
            return int(bool(self.function(Stage(stage), share)))
        except BaseException as exception:
            self.raised = exception
            return 1


@ffi.def_extern()  # type: ignore[misc]
def lince_python_progress(context: Any, stage: int, share: float) -> int:
    return cast(_Progress, ffi.from_handle(context)).report(stage, share)


@ffi.def_extern()  # type: ignore[misc]
def lince_python_memory_event(context: Any, event: Any) -> None:
    listener = cast("Callable[[MemoryEvent], object]", ffi.from_handle(context))
    values = _members(event, MemoryEvent)
    values["kind"] = MemoryEventKind(event.kind)
    listener(MemoryEvent(**values))


@ffi.def_extern()  # type: ignore[misc]
def lince_python_meter(context: Any, meter: Any) -> int:
    values = _members(meter, Meter)
    values["name"] = _text(meter.name)
    cast("list[Meter]", ffi.from_handle(context)).append(Meter(**values))
    return 0


class _Taker:
    """A caller's function that takes output, and the exception that it raised."""

    def __init__(self, function: Callable[[bytes], object]) -> None:
        self.function = function
        self.raised: BaseException | None = None


@ffi.def_extern()  # type: ignore[misc]
def lince_python_write(context: Any, data: Any, count: int) -> int:
    taker = cast(_Taker, ffi.from_handle(context))
    try:
        taker.function(bytes(ffi.buffer(data, count)))
    except BaseException as exception:
        taker.raised = exception
        return 1
    return 0


# ---- handles


class _Handle:
    """Something that the library opened and closes; closing twice is harmless."""

    _what = "handle"
    _close: Callable[[Any], None]

    def __init__(self) -> None:
        self._pointer = ffi.NULL

    def _open(self) -> Any:
        if self._pointer == ffi.NULL:
            raise ValueError(f"the {self._what} is closed")
        return self._pointer

    def close(self) -> None:
        """Frees it. Closing twice is harmless."""
        pointer, self._pointer = self._pointer, ffi.NULL
        if pointer != ffi.NULL:
            type(self)._close(pointer)

    def __exit__(self, *_: object) -> None:
        self.close()


class Engine(_Handle):
    """The models and the memory limit. Threads may share it. Close it after its readers, or use `with`.

    `models` is the folder of the prepared models (by default $LINCE_MODELS, else the one installed with the library),
    `memory_limit_bytes` the peak resident memory of the process (0: no limit), `readers` how many will work at the same
    time, `cleanup_share` the share of the limit at which memory is cleaned up, `container` whether a container's limit
    counts too, and `model` which models to use. `on_memory_event` is called in the thread where the event happens.
    """

    _what = "engine"
    _close = staticmethod(lib.lince_engine_close)

    def __init__(
        self,
        models: Path | None = None,
        *,
        memory_limit_bytes: int = 300 << 20,
        readers: int = 1,
        threads_per_image: int = 1,
        cleanup_share: float = 0.7,
        container: bool = True,
        model: str | Model = Model.AUTO,
        runtime: Runtime | None = None,
        on_memory_event: Callable[[MemoryEvent], object] | None = None,
        language: str = "en",
    ) -> None:
        super().__init__()
        self._language = _language(language)
        if isinstance(model, str):
            names = {choice.name.lower(): choice for choice in Model}
            if model not in names:
                raise ValueError(f"model is {model!r}, not one of {', '.join(names)}")
            model = names[model]
        options = _sized("lince_engine_options")
        directory = ffi.NULL if models is None else ffi.new("char[]", os.fsencode(models))
        options.model_directory = directory
        options.memory_limit_bytes = memory_limit_bytes
        options.readers = readers
        options.threads_per_image = threads_per_image
        options.cleanup_share = cleanup_share
        options.container = container
        options.model = model
        told = ffi.NULL
        if runtime is not None:
            told = _sized("lince_runtime_options")
            for name in Runtime.__dataclass_fields__:
                setattr(told, name, int(getattr(runtime, name)))
        options.runtime = told
        self._listener = ffi.NULL if on_memory_event is None else ffi.new_handle(on_memory_event)
        if on_memory_event is not None:
            options.on_memory_event = lib.lince_python_memory_event
            options.memory_context = self._listener
        opened = ffi.new("struct lince_engine **")
        _call(lib.lince_engine_open, self._language, options, opened)
        self._pointer = opened[0]

    def reader(self) -> Reader:
        """A reader of this engine, for one thread at a time."""
        return Reader(self)

    def price(self, data: Data) -> Price:
        """What reading the image would cost, from its header alone."""
        return _price(lib.lince_price_image, self._language, self._open(), *_bytes(data))

    def price_file(self, path: Path) -> Price:
        """The same for a file, of which only the header is read."""
        return _price(lib.lince_price_file, self._language, self._open(), os.fsencode(path))

    def document(self, data: Data, *, password: str | None = None, pdf_text: PdfText = PdfText.AUTO) -> Document:
        """A file whose pages Reader.read_page reads one by one; an image is a document of one page."""
        return Document(self, lib.lince_document_open, _bytes(data), data, password, pdf_text)

    def document_file(self, path: Path, *, password: str | None = None, pdf_text: PdfText = PdfText.AUTO) -> Document:
        """The same for a file, which is read in place."""
        name = ffi.new("char[]", os.fsencode(path))
        return Document(self, lib.lince_document_open_file, (name,), name, password, pdf_text)

    def memory(self) -> Memory:
        """The process's memory from the kernel and the meters, and how the limit is shared out."""
        memory = _sized("lince_memory")
        lib.lince_memory_snapshot(self._open(), memory)
        return Memory(**_members(memory, Memory))

    def meters(self) -> tuple[Meter, ...]:
        """Every meter, parents before children."""
        found: list[Meter] = []
        handle = ffi.new_handle(found)
        lib.lince_memory_meters(self._open(), lib.lince_python_meter, handle)
        return tuple(found)

    def set_memory_limit(self, limit_bytes: int, meter: str | None = None) -> None:
        """Sets the limit of the process, or of every meter with that name; 0: no limit."""
        name = ffi.NULL if meter is None else meter.encode()
        _call(lib.lince_memory_limit_set, self._language, self._open(), name, limit_bytes)

    def clean_up(self) -> int:
        """Returns free memory to the system. Returns the bytes by which resident memory fell."""
        return int(lib.lince_memory_clean_up(self._open()))

    @property
    def memory_current_bytes(self) -> int:
        """What the engine and its readers hold now."""
        return int(lib.lince_engine_memory_current_bytes(self._open()))

    @property
    def memory_peak_bytes(self) -> int:
        """The most that they held at any time."""
        return int(lib.lince_engine_memory_peak_bytes(self._open()))

    def __enter__(self) -> Engine:
        return self


class Document(_Handle):
    """A file with pages, made by Engine.document() or Engine.document_file(); close it before the engine."""

    _what = "document"
    _close = staticmethod(lib.lince_document_close)

    def __init__(
        self,
        engine: Engine,
        function: Callable[..., int],
        source: tuple[object, ...],
        kept: object,
        password: str | None,
        pdf_text: PdfText,
    ) -> None:
        super().__init__()
        self._engine = engine
        word = ffi.NULL if password is None else ffi.new("char[]", password.encode())
        self._kept = (source, kept, word)  # borrowed by the library until the document is closed
        self._writings: list[object] = []  # that borrow the document now
        options = _sized("lince_document_options")
        options.password = word
        options.pdf_text = pdf_text
        opened = ffi.new("struct lince_document **")
        _call(function, engine._language, engine._open(), *source, options, opened)
        self._pointer = opened[0]

    def close(self) -> None:
        """Frees it. Closing twice is harmless; closing while Reader.write writes it is a ValueError."""
        if self._writings:
            raise ValueError("the document is being written; close it afterwards")
        super().close()

    def __len__(self) -> int:
        """How many pages there are, at least one."""
        return int(lib.lince_document_page_count(self._open()))

    @property
    def format(self) -> Format:
        return Format(lib.lince_document_format(self._open()))

    @property
    def has_pages(self) -> bool:
        """Whether the format can hold pages, even if this file has only one; false for an image."""
        return bool(lib.lince_document_has_pages(self._open()))

    def price(self, index: int) -> Price:
        """What reading a page would cost; the first is 0."""
        return _price(lib.lince_document_price, self._engine._language, self._open(), index)

    def __enter__(self) -> Document:
        return self


class Reader(_Handle):
    """Reads images one after another, in one thread at a time. Made by Engine.reader()."""

    _what = "reader"
    _close = staticmethod(lib.lince_reader_close)

    def __init__(self, engine: Engine) -> None:
        super().__init__()
        self._engine = engine
        opened = ffi.new("struct lince_reader **")
        _call(lib.lince_reader_open, engine._language, engine._open(), opened)
        self._pointer = opened[0]

    def read(
        self,
        data: Data,
        *,
        direction: Direction = Direction.IN_DOUBT,
        codes: bool = False,
        letters: bool = False,
        progress: Callable[[Stage, float], object] | None = None,
    ) -> Page:
        """Reads an encoded image; with `codes`, its bar codes too; with `letters`, the place of each letter.

        `progress` gets the share of a stage that is done, 0..1; true stops the reading.
        """
        return self._read(lib.lince_read, _bytes(data), direction, codes, letters, progress)

    def read_file(
        self,
        path: Path,
        *,
        direction: Direction = Direction.IN_DOUBT,
        codes: bool = False,
        letters: bool = False,
        progress: Callable[[Stage, float], object] | None = None,
    ) -> Page:
        """Reads the image in a file; otherwise as `read`."""
        return self._read(lib.lince_read_file, (os.fsencode(path),), direction, codes, letters, progress)

    def read_page(
        self,
        document: Document,
        index: int,
        *,
        direction: Direction = Direction.IN_DOUBT,
        codes: bool = False,
        letters: bool = False,
        progress: Callable[[Stage, float], object] | None = None,
    ) -> Page:
        """Reads one page of a document; the first is 0. Otherwise as `read`."""
        return self._read(lib.lince_document_read, (document._open(), index), direction, codes, letters, progress)

    def write(
        self,
        document: Document,
        form: str,
        write: Callable[[bytes], object],
        *,
        name: str = "",
        pages: Iterable[int] | None = None,
        pictures: bool = False,
        pdf_a: int = 0,
        direction: Direction = Direction.IN_DOUBT,
        codes: bool = False,
        letters: bool = False,
        progress: Callable[[Stage, float], object] | None = None,
    ) -> None:
        """Reads a document and gives it to `write` in a form of the program, as `lince read -f FORM` writes it.

        The forms are text, markdown, layout, hocr, alto, tesseract-tsv, tsv, json, ndjson and pdf. `name` is the file's
        name, for forms that contain one. `pages` chooses pages, in their order; the first is 0. A PDF document as pdf
        is the document itself with its text over it, invisible; with `pictures`, pictures of its pages with text, as
        PDF/A-2b. `pdf_a` 2 or 3 asks for PDF/A-2b or PDF/A-3b. `write` may use the engine and other documents; it may
        not close this one.
        """
        taker = _Taker(write)
        handle = ffi.new_handle(taker)
        options = _sized("lince_writer_options")
        word = ffi.new("char[]", os.fsencode(name))
        options.name = word
        options.pictures = pictures
        options.pdf_a = pdf_a
        language, writer = self._engine._language, ffi.new("struct lince_writer **")
        document._writings.append(taker)
        try:
            _call(
                lib.lince_writer_open,
                language,
                document._open(),
                form.encode(),
                options,
                lib.lince_python_write,
                handle,
                writer,
            )
            for index in range(len(document)) if pages is None else pages:
                source = (document._open(), index)
                with self._native_page(lib.lince_document_read, source, direction, codes, letters, progress) as page:
                    _call(lib.lince_writer_add, language, writer[0], page)
            opened, writer[0] = writer[0], ffi.NULL
            _call(lib.lince_writer_close, language, opened)
        except LinceError:
            if taker.raised is not None:
                raise taker.raised from None
            raise
        finally:
            lib.lince_writer_abandon(writer[0])
            document._writings.remove(taker)

    def _read(
        self,
        function: Callable[..., int],
        source: tuple[object, ...],
        direction: Direction,
        codes: bool,
        letters: bool,
        progress: Callable[[Stage, float], object] | None,
    ) -> Page:
        with self._native_page(function, source, direction, codes, letters, progress) as page:
            return _page(page)

    @contextlib.contextmanager
    def _native_page(
        self,
        function: Callable[..., int],
        source: tuple[object, ...],
        direction: Direction,
        codes: bool,
        letters: bool,
        progress: Callable[[Stage, float], object] | None,
    ) -> Iterator[Any]:
        """The library's page, while it is used."""
        told = None if progress is None else _Progress(progress)
        handle = None if told is None else ffi.new_handle(told)
        options = _sized("lince_read_options")
        options.direction = direction
        options.codes = codes
        options.letters = letters
        if handle is not None:
            options.progress = lib.lince_python_progress
            options.progress_context = handle
        page = ffi.new("struct lince_page **")
        try:
            _call(function, self._engine._language, self._open(), *source, options, page)
            yield page[0]
        except LinceError:
            if told is not None and told.raised is not None:
                raise told.raised from None
            raise
        finally:
            lib.lince_page_free(page[0])

    def __enter__(self) -> Reader:
        return self


class Layouts(_Handle):
    """The built-in layouts, and those of your own folder, which replace them by name. Threads may share it."""

    _what = "set of layouts"
    _close = staticmethod(lib.lince_layouts_close)

    def __init__(self, folder: Path | None = None, *, memory_limit_bytes: int = 0, language: str = "en") -> None:
        super().__init__()
        self._language = _language(language)
        options = _sized("lince_layouts_options")
        path = ffi.NULL if folder is None else ffi.new("char[]", os.fsencode(folder))
        options.folder = path
        options.memory_limit_bytes = memory_limit_bytes
        opened = ffi.new("struct lince_layouts **")
        _call(lib.lince_layouts_open, self._language, options, opened)
        self._pointer = opened[0]

    def __len__(self) -> int:
        return int(lib.lince_layouts_count(self._open()))

    def __iter__(self) -> Iterator[Layout]:
        layouts = self._open()
        for index in range(len(self)):
            yield Layout(
                _text(lib.lince_layouts_name(layouts, index)),
                _text(lib.lince_layouts_title(layouts, index)),
                _text(lib.lince_layouts_source(layouts, index)),
            )

    def extract(self, page: Page, names: Sequence[str] = ()) -> Record:
        """The fields of a page; `names` limits the layouts that may be used."""
        return self.extract_lines(page.lines, page.width_px, page.height_px, names)

    def extract_lines(
        self, lines: Sequence[Line], width_px: float, height_px: float, names: Sequence[str] = ()
    ) -> Record:
        """The same from lines of any origin, in reading order; words may be missing."""
        alive: list[Any] = []  # what the structs point at

        def text_of(text: str) -> Any:
            alive.append(ffi.new("char[]", text.encode()))
            return alive[-1]

        made = ffi.new("struct lince_line[]", len(lines))
        for place, line in zip(made, lines, strict=True):
            words = ffi.new("struct lince_word[]", len(line.words))
            alive.append(words)
            for index, word in enumerate(line.words):
                words[index].text = text_of(word.text)
                words[index].confidence = word.confidence
                words[index].box = _box_members(word.box)
            place.text = text_of(line.text)
            place.confidence = line.confidence
            place.quad = [(point.x, point.y) for point in line.quad]
            place.box = _box_members(line.box)
            place.word_count = len(line.words)
            place.words = words
        wanted = ffi.new("const char *[]", [text_of(name) for name in names])
        record = ffi.new("struct lince_record **")
        arguments = (made, len(lines), width_px, height_px, wanted, len(names), record)
        _call(lib.lince_record_extract_lines, self._language, self._open(), *arguments)
        try:
            return _record(record[0])
        finally:
            lib.lince_record_free(record[0])

    def __enter__(self) -> Layouts:
        return self


def _box_members(box: Box) -> tuple[float, float, float, float]:
    return (box.x0, box.y0, box.x1, box.y1)
