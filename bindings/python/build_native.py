"""Compiles lince._native with cffi against lince.h, so that the compiler checks what Python sees.

The header and the library come from $LINCE_PREFIX (include/lince.h, lib/liblince.so), else from the repository that
contains this folder, after `make`, else from pkg-config's `lince`.
"""

import os
import pathlib
import re
import shlex
import subprocess

import cffi

HERE = pathlib.Path(__file__).resolve().parent


def places():
    """Folders of the header and of the library."""
    prefix = os.environ.get("LINCE_PREFIX")
    if prefix:
        return pathlib.Path(prefix) / "include", pathlib.Path(prefix) / "lib"
    root = pathlib.Path(os.environ.get("LINCE_ROOT", HERE.parents[1]))
    if (root / "include/lince.h").exists():
        return root / "include", pathlib.Path(os.environ.get("LINCE_BUILD", root / "build/release"))
    ask = ["pkg-config", "--variable=includedir", "--variable=libdir", "lince"]
    found = subprocess.run(ask, capture_output=True, text=True)
    folders = shlex.split(found.stdout)
    if found.returncode != 0 or len(folders) != 2:
        raise SystemExit(
            "lince: no lince.h was found: install Lince (make install), or name its prefix in LINCE_PREFIX"
        )
    return pathlib.Path(folders[0]), pathlib.Path(folders[1])


def declarations(header):
    """The header for cffi: without comments, preprocessor lines and attributes, with numbers instead of constants."""
    numbers = dict(re.findall(r"^#define (LINCE_\w+_BYTES) (\d+)$", header, re.MULTILINE))
    text = re.sub(r"/\*.*?\*/", "", header, flags=re.DOTALL)
    text = re.sub(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*\n", "", text, flags=re.MULTILINE)
    text = re.sub(r'extern "C" \{\n', "", text)
    text = re.sub(r"^\}\n", "", text, flags=re.MULTILINE)
    text = text.replace("LINCE_API ", "")
    for name, number in numbers.items():
        text = re.sub(rf"\b{name}\b", number, text)
    return text


CALLBACKS = """
extern "Python" int lince_python_progress(void *context, enum lince_stage stage, double share);
extern "Python" void lince_python_memory_event(void *context, const struct lince_memory_event *event);
extern "Python" int lince_python_meter(void *context, const struct lince_meter *meter);
extern "Python" int lince_python_write(void *context, const void *bytes, size_t bytes_count);
#define LINCE_NO_LINE ...
"""

include, library = places()
builder = cffi.FFI()
builder.cdef(declarations((include / "lince.h").read_text(encoding="utf-8")) + CALLBACKS)
builder.set_source(
    "lince._native",
    '#include "lince.h"',
    include_dirs=[str(include)],
    library_dirs=[str(library)],
    libraries=["lince"],
    runtime_library_dirs=[str(library)],
    extra_compile_args=["-Wno-unused-function"],
)
