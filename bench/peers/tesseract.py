"""Debian's Tesseract through the C interface of its library.

Its models are loaded once, as with the other engines. The page segmentation is the default of its
program (3, automatic).
"""

from __future__ import annotations

import ctypes
import ctypes.util
import os

from protocol import adapter_options, own_stdout, serve

AUTOMATIC_SEGMENTATION = 3


def library(*names: str) -> ctypes.CDLL:
    """The first of some shared libraries that this machine has."""
    for name in names:
        path = ctypes.util.find_library(name)
        if path:
            return ctypes.CDLL(path)
    raise SystemExit(f"lib{names[0]} is not here: apt-get install tesseract-ocr")


class Tesseract:
    """One loaded engine."""

    def __init__(self, languages: str) -> None:
        self.leptonica = library("leptonica", "lept")
        self.tesseract = library("tesseract")
        self.leptonica.pixRead.restype = ctypes.c_void_p
        self.leptonica.pixRead.argtypes = [ctypes.c_char_p]
        self.leptonica.pixDestroy.argtypes = [ctypes.POINTER(ctypes.c_void_p)]
        api = self.tesseract
        api.TessBaseAPICreate.restype = ctypes.c_void_p
        api.TessBaseAPIInit3.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_char_p]
        api.TessBaseAPISetPageSegMode.argtypes = [ctypes.c_void_p, ctypes.c_int]
        api.TessBaseAPISetImage2.argtypes = [ctypes.c_void_p, ctypes.c_void_p]
        api.TessBaseAPIGetUTF8Text.restype = ctypes.c_void_p
        api.TessBaseAPIGetUTF8Text.argtypes = [ctypes.c_void_p]
        api.TessDeleteText.argtypes = [ctypes.c_void_p]
        api.TessBaseAPIClear.argtypes = [ctypes.c_void_p]
        api.TessBaseAPIEnd.argtypes = [ctypes.c_void_p]
        api.TessBaseAPIDelete.argtypes = [ctypes.c_void_p]
        self.handle = api.TessBaseAPICreate()
        if api.TessBaseAPIInit3(self.handle, None, languages.encode()):
            raise SystemExit(f"Tesseract does not have the languages {languages}")
        api.TessBaseAPISetPageSegMode(self.handle, AUTOMATIC_SEGMENTATION)

    def read(self, path: str) -> list[str]:
        """The lines of one image."""
        picture = ctypes.c_void_p(self.leptonica.pixRead(os.fsencode(path)))
        if not picture:
            raise ValueError("the image cannot be read")
        try:
            self.tesseract.TessBaseAPISetImage2(self.handle, picture)
            text = self.tesseract.TessBaseAPIGetUTF8Text(self.handle)
            if not text:
                raise ValueError("no result")
            lines = ctypes.string_at(text).decode().splitlines()
            self.tesseract.TessDeleteText(text)
            return [line for line in lines if line.strip()]
        finally:
            self.tesseract.TessBaseAPIClear(self.handle)
            self.leptonica.pixDestroy(ctypes.byref(picture))

    def close(self) -> None:
        """Frees the engine."""
        self.tesseract.TessBaseAPIEnd(self.handle)
        self.tesseract.TessBaseAPIDelete(self.handle)


def main() -> None:
    parser = adapter_options(__doc__.splitlines()[0])
    parser.add_argument("--languages", default="spa+eng")
    options = parser.parse_args()
    if options.threads:  # read by its OpenMP when the library is loaded
        os.environ["OMP_THREAD_LIMIT"] = str(options.threads)
    channel = own_stdout()
    engine = Tesseract(options.languages)
    serve(channel, engine.read)
    engine.close()


if __name__ == "__main__":
    main()
