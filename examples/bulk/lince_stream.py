"""Reads images in a child, `lince read --stream`: one for each process, with its own memory limit."""

import functools
import json
import os
import subprocess
import uuid
from pathlib import Path

import fsspec
import pyarrow as pa
import pyarrow.dataset

LINE = pa.struct([("text", pa.string()), ("confidence", pa.float64()), ("box", pa.list_(pa.float64()))])
FIELD = pa.struct([("name", pa.string()), ("value", pa.string()), ("confidence", pa.float64())])
TEXTS = [(name, pa.string()) for name in ("layout", "text", "error_code", "error")]
LISTS = [("lines", pa.list_(LINE)), ("fields", pa.list_(FIELD))]
SCHEMA = pa.schema([("path", pa.string()), ("page", pa.int64()), *TEXTS, *LISTS])
KINDS = (".jpg", ".jpeg", ".png", ".webp", ".bmp", ".gif", ".tif", ".tiff", ".pdf", ".heic", ".avif", ".jxl", ".jp2")


@functools.cache
def child():
    program, memory = os.environ.get("LINCE_PROGRAM", "lince"), os.environ.get("LINCE_MEMORY", "300MB")
    command = [program, "read", "--stream", "--fields", "--quiet", "--jobs", "1", "--memory", memory]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def ended(path):
    """If a signal ended the child, for example because the machine ran out of memory, only that file fails."""
    code = child().wait()
    child.cache_clear()
    if code >= 0:
        raise RuntimeError(f"lince read --stream ended with code {code} before {path}")
    return {"error": {"code": "killed", "message": f"the reader was ended by signal {-code}"}}


def pages(path):
    """Yields the result of one file: an object of `lince read -f ndjson` for each page."""
    try:
        with fsspec.open(path, "rb") as file:
            image = file.read()
    except OSError as failed:
        yield {"error": {"code": "unreadable", "message": str(failed)}}
        return
    try:
        child().stdin.write(json.dumps({"name": path, "bytes": len(image)}).encode() + b"\n" + image)
        child().stdin.flush()
    except BrokenPipeError:
        yield ended(path)
        return
    while True:
        line = child().stdout.readline()
        found = json.loads(line) if line.endswith(b"\n") else ended(path)
        yield found
        if found.get("page", 1) >= found.get("pages", 1):
            return


def rows(paths):
    """Yields a row of SCHEMA for each page of each file."""
    for path in paths:
        for found in pages(path):
            error, fields = found.get("error", {}), found.get("fields", {})
            texts = (found.get("layout"), found.get("text"), error.get("code"), error.get("message"))
            lines = [{key: line[key] for key in ("text", "confidence", "box")} for line in found.get("lines", [])]
            values = [{"name": name, **{key: fields[name][key] for key in ("value", "confidence")}} for name in fields]
            yield dict(zip(SCHEMA.names, (path, found.get("page"), *texts, lines, values), strict=True))


def parts(source, out, size):
    """Yields the images in `source` that `out` does not have yet, `size` at a time: their paths, and a folder to fill.

    A filled folder gets its final name when the caller asks for the next one, so that a stopped run continues after its
    last complete part.
    """
    system, root = fsspec.url_to_fs(source)
    names = [path for path in system.find(root) if path.lower().endswith(KINDS)]
    found = {system.unstrip_protocol(name) if "://" in source else name for name in names}
    Path(out).mkdir(parents=True, exist_ok=True)
    whole = [str(file) for file in Path(out).glob("part-*/*.parquet")]
    done = pa.dataset.dataset(whole, schema=SCHEMA).to_table(columns=["path"])["path"].to_pylist() if whole else []
    todo = sorted(found.difference(done))
    for start in range(0, len(todo), size):
        name = f"part-{uuid.uuid4().hex}"
        yield todo[start : start + size], str(Path(out) / f".{name}")
        (Path(out) / f".{name}").rename(Path(out) / name)
