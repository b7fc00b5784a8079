"""The service from outside: started as a person would start it, spoken to over real HTTP.

With LINCE_TEST_STORE=postgres each data folder has a database of its own in a server that the tests start.
"""

import atexit
import contextlib
import functools
import json
import os
import re
import signal
import sqlite3
import subprocess
import time
from pathlib import Path

import database
import httpx
import pytest
from PIL import Image, ImageDraw, ImageFont

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(os.environ.get("LINCE_PROGRAM", ROOT / "build/release/lince"))
MODELS = Path(os.environ.get("LINCE_MODELS", ROOT / "models/prepared"))
OPENAPI = Path(os.environ.get("LINCE_BUILD", ROOT / "build/release")) / "generated/openapi.json"
FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
FINAL = ("done", "failed", "poisoned", "cancelled")
# Sanitizers take address space and time of their own.
SLOW = 4 if os.environ.get("LINCE_SANITIZER") else 1
# The service closes connections that idle for 2 s; a client that reuses one at that very moment meets the end of it.
LIMITS = httpx.Limits(keepalive_expiry=1)

ON_POSTGRES = os.environ.get("LINCE_TEST_STORE") == "postgres"
files_only = pytest.mark.skipif(ON_POSTGRES, reason="of the files of a store on SQLite")


@functools.cache
def database_server():
    server = database.Database()
    atexit.register(server.close)
    return server


@functools.cache
def database_of(folder):
    """The address of the database that belongs to a folder."""
    return database_server().make()


def sqlite_schema(name):
    """What of a file of the schema is for SQLite."""
    wanted, lines = True, []
    for line in (ROOT / "src/store" / name).read_text().splitlines():
        if line.startswith("--- "):
            wanted = not line.startswith("--- postgres")
        elif wanted:
            lines.append(line)
    return "\n".join(lines)


def picture(*lines, size=(360, 110), form="PNG", quality=90):
    """The bytes of a small image with those lines of text."""
    import io

    image = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(image)
    for number, text in enumerate(lines):
        draw.text((16, 14 + 44 * number), text, "black", ImageFont.truetype(FONT, 30))
    out = io.BytesIO()
    image.save(out, form, **({"quality": quality} if form == "JPEG" else {}))
    return out.getvalue()


class Service:
    """One running `lince serve` and a client that speaks to it."""

    def __init__(self, folder, *options, env=None):
        self.folder = Path(folder)
        self.options = options
        self.env = env or {}
        self.process = None
        self.start()

    def start(self):
        environment = {name: value for name, value in os.environ.items() if not name.startswith("LINCE_")}
        if ON_POSTGRES and "LINCE_STORE" not in self.env:
            environment["LINCE_STORE"] = database_of(self.folder)
            os.environ["LINCE_STORE"] = environment["LINCE_STORE"]  # for commands that a test runs beside it
        environment.update({"LINCE_MODELS": str(MODELS), "LC_ALL": "C.UTF-8"} | self.env)
        memory = () if "--memory" in self.options else ("--memory", "0" if SLOW > 1 else "300MB")
        patience = () if SLOW == 1 or "--timeout" in self.options else ("--timeout", f"{30 * SLOW}s")
        self.log = (self.folder / "log").open("ab")
        self.process = subprocess.Popen(
            [
                PROGRAM,
                "serve",
                "--listen",
                "127.0.0.1:0",
                "--data",
                self.folder / "data",
                *memory,
                *patience,
                *self.options,
            ],
            stdout=subprocess.PIPE,
            stderr=self.log,
            env=environment,
        )
        line = self.process.stdout.readline().decode()
        assert line, (self.folder / "log").read_text()
        self.address = re.search(r"(https?://|unix:)\S+", line)[0]
        socket = self.address.removeprefix("unix:") if self.address.startswith("unix:") else None
        self.client = httpx.Client(
            base_url="http://localhost" if socket else self.address,
            timeout=60 * SLOW,
            transport=httpx.HTTPTransport(uds=socket, verify=False, limits=LIMITS),
        )

    def stop(self, how=signal.SIGTERM):
        self.client.close()
        self.process.send_signal(how)
        code = self.process.wait(60 * SLOW)
        self.process.stdout.close()
        self.log.close()
        return code

    def restart(self, how=signal.SIGKILL):
        self.stop(how)
        self.start()

    def logs(self):
        """The lines that are whole: the last one may be half written."""
        whole = (self.folder / "log").read_text().rpartition("\n")[0]
        return [json.loads(line) for line in whole.splitlines() if line.startswith("{")]

    def send(self, image, **options):
        """Uploads and gives the id; the upload must be accepted."""
        answer = self.client.post("/v1/documents", content=image, headers={"Content-Type": "image/png"}, **options)
        assert answer.status_code == 202, answer.text
        return answer.json()["id"]

    def read(self, image, **options):
        """Uploads, waits, gives the document."""
        return self.wait(self.send(image, **options))

    def get(self, id_):
        return self.client.get(f"/v1/documents/{id_}").json()

    def wait(self, id_, seconds=60):
        end = time.monotonic() + seconds * SLOW
        while time.monotonic() < end:
            document = self.get(id_)
            if document["status"] in FINAL:
                return document
            time.sleep(0.05)
        raise AssertionError(f"{id_} is still {document['status']}")

    def change(self, text):
        """Changes the tables behind the service's back, by a statement that both kinds of database know."""
        if ON_POSTGRES:
            return self.ask(text)
        with contextlib.closing(sqlite3.connect(self.folder / "data/store.db")) as tables:
            found = tables.execute(text).fetchone()
            tables.commit()
            return found and str(found[0])

    def ask(self, text):
        return database_server().ask_store(text, database_of(self.folder))

    def image_count(self, sha256="%"):
        """How many images the store has, or whether it has that one."""
        if ON_POSTGRES:
            return int(self.ask(f"SELECT count(*) FROM images WHERE sha256 LIKE '{sha256}'"))
        name = sha256.replace("%", "*")
        return len([path for path in (self.folder / "data/images").rglob(name) if path.is_file()])

    def workers(self):
        """Process ids of the workers."""
        return [p["pid"] for p in self.client.get("/v1/memory").json()["processes"] if p["role"] == "worker"]

    def ready(self):
        end = time.monotonic() + 60 * SLOW
        while time.monotonic() < end:
            if self.client.get("/readyz").status_code == 200:
                return self
            time.sleep(0.05)
        raise AssertionError((self.folder / "log").read_text())


def until(condition, seconds=30):
    """What the condition gives, as soon as that is true."""
    end = time.monotonic() + seconds * SLOW
    while time.monotonic() < end:
        found = condition()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError("it did not come to pass")


def problem(answer, status, kind):
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert body["type"] == f"/problems/{kind}" and body["status"] == status and body["detail"]
    assert body["instance"] == answer.headers["x-request-id"]
    return body
