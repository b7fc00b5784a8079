"""Lince: text with coordinates from images, inside a memory limit. The binding of liblince over ctypes.

with lince.Engine() as engine, engine.reader() as reader:
    page = reader.read_file("receipt.jpg")
    print(page.text)
"""

from __future__ import annotations

import ctypes
import enum
import os
import pathlib
from collections.abc import Callable
from ctypes import POINTER, byref, c_char, c_char_p, c_double, c_int, c_size_t, c_uint32, c_uint64, c_void_p
from dataclasses import dataclass

__all__ = [
    "Block",
    "Box",
    "Cell",
    "Direction",
    "Engine",
    "Format",
    "Line",
    "LinceError",
    "Page",
    "Point",
    "Price",
    "Reader",
    "Stage",
    "Status",
    "Timings",
    "Warning",
    "Word",
    "version",
]


class Status(enum.IntEnum):
    """Why a call failed; lince.h explains each."""

    OK = 0
    ARGUMENT = 1
    NOT_FOUND = 2
    UNREADABLE = 3
    EMPTY = 4
    UNKNOWN_FORMAT = 5
    UNSUPPORTED = 6
    DAMAGED = 7
    TOO_LARGE = 8
    MEMORY_LIMIT = 9
    CANCELLED = 10
    MODEL = 11
    WRITE = 12
    LAYOUT = 13
    RUNTIME = 14


class Stage(enum.IntEnum):
    """What a reader is doing when it reports progress."""

    DECODE = 0
    DETECT = 1
    RECOGNISE = 2


class Direction(enum.IntEnum):
    """When to ask whether a line stands on its head."""

    IN_DOUBT = 0
    ALWAYS = 1
    NEVER = 2


class Format(enum.IntEnum):
    """The format of an encoded image."""

    UNKNOWN = 0
    JPEG = 1
    PNG = 2
    WEBP = 3
    BMP = 4
    GIF = 5
    TIFF = 6


class LinceError(Exception):
    """A call failed: `code`, its `name` as in JSON output, one sentence in `message`.

    `needed_bytes` is the smallest memory limit that would do, where that is the trouble and it is known.
    """

    def __init__(self, code: int, name: str, message: str, needed_bytes: int = 0) -> None:
        super().__init__(message)
        self.code = Status(code) if code in Status._value2member_map_ else code
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
class Word:
    text: str
    confidence: float
    box: Box


@dataclass(frozen=True)
class Line:
    """A line of text; `quad` has its corners from the text's upper left one on, clockwise.

    `block` is the index of its block, `row` the row of the page that it is on, `cell` which it is of that row.
    """

    text: str
    confidence: float
    quad: tuple[Point, Point, Point, Point]
    box: Box
    words: tuple[Word, ...]
    block: int
    row: int
    cell: int


@dataclass(frozen=True)
class Cell:
    """What stands in a row and a column of a table, both from 0."""

    text: str
    confidence: float
    box: Box
    row: int
    column: int


@dataclass(frozen=True)
class Block:
    """A stretch of lines that make one thing; `kind` as in JSON: "paragraph", "heading", "table", ...

    `level` is 1 to 3 for a heading, `column` which it is of the `column_count` columns that are read one after the
    other; a table has `row_count` rows of `table_column_count` columns, whose empty cells are left out.
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
class Page:
    """What was read.

    `rotation` is how many degrees clockwise the stored pixels were turned to stand as a viewer shows them, `turn` how
    many most of the text still stands away from upright.
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


@dataclass(frozen=True)
class Price:
    """What the header of an image says, and what reading it would cost, in all and at most in each stage."""

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


# ---- lince.h as ctypes sees it


class _Error(ctypes.Structure):
    _fields_ = [
        ("size", c_size_t),
        ("language", c_int),
        ("status", c_int),
        ("message", c_char * 512),
        ("needed_bytes", c_uint64),
    ]


class _EngineOptions(ctypes.Structure):
    _fields_ = [
        ("size", c_size_t),
        ("model_directory", c_char_p),
        ("memory_limit_bytes", c_uint64),
        ("readers", c_uint32),
        ("threads_per_image", c_uint32),
        ("cleanup_share", c_double),
        ("container", c_uint32),
        ("on_memory_event", c_void_p),
        ("memory_context", c_void_p),
        ("runtime", c_void_p),
        ("model", c_int),
    ]


_MODELS = ("auto", "fast", "accurate")


_Progress = ctypes.CFUNCTYPE(c_int, c_void_p, c_int, c_double)


class _ReadOptions(ctypes.Structure):
    _fields_ = [("size", c_size_t), ("direction", c_int), ("progress", _Progress), ("progress_context", c_void_p)]


class _Price(ctypes.Structure):
    _fields_ = [
        ("size", c_size_t),
        ("format", c_int),
        ("width_px", c_uint32),
        ("height_px", c_uint32),
        ("working_width_px", c_uint32),
        ("working_height_px", c_uint32),
        ("read_bytes", c_uint64),
        ("smallest_limit_bytes", c_uint64),
        ("decode_bytes", c_uint64),
        ("detect_bytes", c_uint64),
        ("recognise_bytes", c_uint64),
        ("page_bytes", c_uint64),
    ]


class _Point(ctypes.Structure):
    _fields_ = [("x", c_double), ("y", c_double)]


class _Box(ctypes.Structure):
    _fields_ = [("x0", c_double), ("y0", c_double), ("x1", c_double), ("y1", c_double)]


class _Word(ctypes.Structure):
    _fields_ = [("text", c_char_p), ("confidence", c_double), ("box", _Box)]


class _Line(ctypes.Structure):
    _fields_ = [
        ("text", c_char_p),
        ("confidence", c_double),
        ("quad", _Point * 4),
        ("box", _Box),
        ("word_count", c_size_t),
        ("words", POINTER(_Word)),
    ]


class _Warning(ctypes.Structure):
    _fields_ = [("code", c_char_p), ("message", c_char_p)]


class _Cell(ctypes.Structure):
    _fields_ = [
        ("text", c_char_p),
        ("confidence", c_double),
        ("box", _Box),
        ("row", c_size_t),
        ("column", c_size_t),
    ]


class _Block(ctypes.Structure):
    _fields_ = [
        ("kind", c_int),
        ("level", c_uint32),
        ("box", _Box),
        ("first_line", c_size_t),
        ("line_count", c_size_t),
        ("column", c_size_t),
        ("column_count", c_size_t),
        ("text", c_char_p),
        ("table_row_count", c_size_t),
        ("table_column_count", c_size_t),
        ("cell_count", c_size_t),
        ("cells", POINTER(_Cell)),
    ]


class _LinePlace(ctypes.Structure):
    _fields_ = [("block", c_size_t), ("row", c_size_t), ("cell", c_size_t)]


class _Timings(ctypes.Structure):
    _fields_ = [("decode_ms", c_double), ("detect_ms", c_double), ("recognise_ms", c_double), ("total_ms", c_double)]


# Each function: what it returns and what it takes. Handles are void pointers.
_FUNCTIONS = {
    "lince_status_name": (c_char_p, [c_int]),
    "lince_version": (c_char_p, []),
    "lince_engine_open": (c_int, [POINTER(_EngineOptions), POINTER(c_void_p), POINTER(_Error)]),
    "lince_engine_close": (None, [c_void_p]),
    "lince_engine_memory_current_bytes": (c_uint64, [c_void_p]),
    "lince_engine_memory_peak_bytes": (c_uint64, [c_void_p]),
    "lince_reader_open": (c_int, [c_void_p, POINTER(c_void_p), POINTER(_Error)]),
    "lince_reader_close": (None, [c_void_p]),
    "lince_read": (
        c_int,
        [c_void_p, c_void_p, c_size_t, POINTER(_ReadOptions), POINTER(c_void_p), POINTER(_Error)],
    ),
    "lince_read_file": (c_int, [c_void_p, c_char_p, POINTER(_ReadOptions), POINTER(c_void_p), POINTER(_Error)]),
    "lince_price_image": (c_int, [c_void_p, c_void_p, c_size_t, POINTER(_Price), POINTER(_Error)]),
    "lince_page_width_px": (c_uint32, [c_void_p]),
    "lince_page_height_px": (c_uint32, [c_void_p]),
    "lince_page_rotation": (c_uint32, [c_void_p]),
    "lince_page_turn": (c_uint32, [c_void_p]),
    "lince_page_text": (c_char_p, [c_void_p]),
    "lince_page_line_count": (c_size_t, [c_void_p]),
    "lince_page_line": (POINTER(_Line), [c_void_p, c_size_t]),
    "lince_page_warning_count": (c_size_t, [c_void_p]),
    "lince_page_warning": (POINTER(_Warning), [c_void_p, c_size_t]),
    "lince_block_kind_name": (c_char_p, [c_int]),
    "lince_page_block_count": (c_size_t, [c_void_p]),
    "lince_page_block": (POINTER(_Block), [c_void_p, c_size_t]),
    "lince_page_line_place": (_LinePlace, [c_void_p, c_size_t]),
    "lince_page_timings": (_Timings, [c_void_p]),
    "lince_page_peak_bytes": (c_uint64, [c_void_p]),
    "lince_page_free": (None, [c_void_p]),
}


def _load() -> ctypes.CDLL:
    named = os.environ.get("LINCE_LIBRARY")
    beside = pathlib.Path(__file__).resolve().parent / "liblince.so.0"
    library = ctypes.CDLL(named or (str(beside) if beside.exists() else "liblince.so.0"))
    for name, (result, arguments) in _FUNCTIONS.items():
        function = getattr(library, name)
        function.restype = result
        function.argtypes = arguments
    return library


_library = _load()


def version() -> str:
    """The version of the library, "major.minor.patch"."""
    return _library.lince_version().decode()


def _call(function: Callable[..., int], language: int, *arguments: object) -> None:
    """Calls what returns a status, and raises what it reports."""
    error = _Error(size=ctypes.sizeof(_Error), language=language)
    status = function(*arguments, byref(error))
    if status != Status.OK:
        name = _library.lince_status_name(status).decode()
        raise LinceError(status, name, error.message.decode(errors="replace"), error.needed_bytes)


def _buffer(data: bytes | bytearray | memoryview) -> tuple[object, int]:
    """Something that ctypes passes as a pointer to the bytes, and their count. Bytes are not copied."""
    if not isinstance(data, bytes):
        data = bytes(data)
    return ctypes.cast(c_char_p(data), c_void_p), len(data)


class Engine:
    """The models and the memory limit; may be shared between threads. Close it after its readers, or use `with`.

    `models` is the folder of the prepared models (by default $LINCE_MODELS, else where the library was installed),
    `memory_limit_bytes` the peak resident memory of the process (0: no limit), `readers` how many will work at once,
    `cleanup_share` the share of the limit at which memory is cleaned up, `container` whether a
    container's limit counts too, `model` which models read: in integers ("fast"), in floats ("accurate"), or what suits
    the processor ("auto").
    """

    def __init__(
        self,
        models: str | os.PathLike[str] | None = None,
        *,
        memory_limit_bytes: int = 300 << 20,
        readers: int = 1,
        threads_per_image: int = 1,
        cleanup_share: float = 0.7,
        container: bool = True,
        model: str = "auto",
        language: str = "en",
    ) -> None:
        self._handle = c_void_p()
        if language not in ("en", "es"):
            raise ValueError(f"language is {language!r}, not 'en' or 'es'")
        if model not in _MODELS:
            raise ValueError(f"model is {model!r}, not one of {', '.join(_MODELS)}")
        self._language = int(language == "es")
        options = _EngineOptions(
            size=ctypes.sizeof(_EngineOptions),
            model_directory=None if models is None else os.fsencode(models),
            memory_limit_bytes=memory_limit_bytes,
            readers=readers,
            threads_per_image=threads_per_image,
            cleanup_share=cleanup_share,
            container=container,
            runtime=None,
            model=_MODELS.index(model),
        )
        _call(_library.lince_engine_open, self._language, byref(options), byref(self._handle))

    def _open_handle(self) -> c_void_p:
        if not self._handle:
            raise ValueError("the engine is closed")
        return self._handle

    def reader(self) -> Reader:
        """A reader of this engine, for one thread at a time."""
        return Reader(self)

    def price(self, data: bytes | bytearray | memoryview) -> Price:
        """What reading the image would cost, from its header alone."""
        handle = self._open_handle()
        price = _Price(size=ctypes.sizeof(_Price))
        _call(_library.lince_price_image, self._language, handle, *_buffer(data), byref(price))
        values = {name: getattr(price, name) for name, _ in _Price._fields_ if name not in ("size", "format")}
        return Price(format=Format(price.format), **values)

    @property
    def memory_current_bytes(self) -> int:
        """What the engine and its readers hold now."""
        return _library.lince_engine_memory_current_bytes(self._open_handle())

    @property
    def memory_peak_bytes(self) -> int:
        """What they held at most."""
        return _library.lince_engine_memory_peak_bytes(self._open_handle())

    def close(self) -> None:
        """Frees the models. Closing twice is harmless."""
        handle, self._handle = self._handle, c_void_p()
        if handle:
            _library.lince_engine_close(handle)

    def __enter__(self) -> Engine:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Reader:
    """Reads images one after the other, in one thread at a time. Made by Engine.reader()."""

    def __init__(self, engine: Engine) -> None:
        self._handle = c_void_p()
        self._engine = engine
        _call(_library.lince_reader_open, engine._language, engine._open_handle(), byref(self._handle))

    def read(
        self,
        data: bytes | bytearray | memoryview,
        *,
        direction: Direction = Direction.IN_DOUBT,
        progress: Callable[[Stage, float], object] | None = None,
    ) -> Page:
        """Reads an encoded image. `progress` is told how far each stage is, 0..1; if it returns true, reading stops."""
        return self._read(_library.lince_read, _buffer(data), direction, progress)

    def read_file(
        self,
        path: str | os.PathLike[str],
        *,
        direction: Direction = Direction.IN_DOUBT,
        progress: Callable[[Stage, float], object] | None = None,
    ) -> Page:
        """Reads the image in a file; otherwise as `read`."""
        return self._read(_library.lince_read_file, (os.fsencode(path),), direction, progress)

    def _read(
        self,
        function: Callable[..., int],
        source: tuple[object, ...],
        direction: Direction,
        progress: Callable[[Stage, float], object] | None,
    ) -> Page:
        if not self._handle:
            raise ValueError("the reader is closed")
        raised: list[BaseException] = []

        def report(_context: int, stage: int, share: float) -> int:
            try:
                return int(bool(progress(Stage(stage), share)))
            except BaseException as exception:
                raised.append(exception)
                return 1

        callback = _Progress(report) if progress is not None else _Progress()
        options = _ReadOptions(size=ctypes.sizeof(_ReadOptions), direction=direction, progress=callback)
        page = c_void_p()
        try:
            _call(function, self._engine._language, self._handle, *source, byref(options), byref(page))
            return _page(page)
        except LinceError:
            if raised:
                raise raised[0] from None
            raise
        finally:
            _library.lince_page_free(page)

    def close(self) -> None:
        """Frees the reader's memory. Closing twice is harmless."""
        handle, self._handle = self._handle, c_void_p()
        if handle:
            _library.lince_reader_close(handle)

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _box(box: _Box) -> Box:
    return Box(box.x0, box.y0, box.x1, box.y1)


def _line(line: _Line, place: _LinePlace) -> Line:
    words = (line.words[index] for index in range(line.word_count))
    return Line(
        text=line.text.decode(),
        confidence=line.confidence,
        quad=tuple(Point(point.x, point.y) for point in line.quad),
        box=_box(line.box),
        words=tuple(Word(word.text.decode(), word.confidence, _box(word.box)) for word in words),
        block=place.block,
        row=place.row,
        cell=place.cell,
    )


def _block(block: _Block) -> Block:
    cells = (block.cells[index] for index in range(block.cell_count))
    return Block(
        kind=_library.lince_block_kind_name(block.kind).decode(),
        level=block.level,
        box=_box(block.box),
        first_line=block.first_line,
        line_count=block.line_count,
        column=block.column,
        column_count=block.column_count,
        text=block.text.decode(),
        row_count=block.table_row_count,
        table_column_count=block.table_column_count,
        cells=tuple(Cell(cell.text.decode(), cell.confidence, _box(cell.box), cell.row, cell.column) for cell in cells),
    )


def _page(page: c_void_p) -> Page:
    """Copies what a page holds."""
    timings = _library.lince_page_timings(page)
    count = _library.lince_page_line_count(page)
    warnings = (
        _library.lince_page_warning(page, index).contents for index in range(_library.lince_page_warning_count(page))
    )
    return Page(
        width_px=_library.lince_page_width_px(page),
        height_px=_library.lince_page_height_px(page),
        rotation=_library.lince_page_rotation(page),
        turn=_library.lince_page_turn(page),
        text=_library.lince_page_text(page).decode(),
        lines=tuple(
            _line(_library.lince_page_line(page, index).contents, _library.lince_page_line_place(page, index))
            for index in range(count)
        ),
        blocks=tuple(
            _block(_library.lince_page_block(page, index).contents)
            for index in range(_library.lince_page_block_count(page))
        ),
        warnings=tuple(Warning(warning.code.decode(), warning.message.decode()) for warning in warnings),
        timings=Timings(timings.decode_ms, timings.detect_ms, timings.recognise_ms, timings.total_ms),
        peak_bytes=_library.lince_page_peak_bytes(page),
    )
