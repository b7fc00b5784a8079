"""A PostgreSQL server of the tests' own, in a temporary folder, and databases in it."""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
import uuid
from pathlib import Path

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
USER = "postgres"
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "200",
    "shared_buffers": "64MB",
    "logging_collector": "off",
    "wal_level": "replica",
}


def is_there():
    return bool(PROGRAMS)


def name_of(address):
    """The name of the database in its address."""
    return address.split("/")[3].split("?")[0]


class Database:
    """One server. As root it runs as another user, since PostgreSQL refuses root."""

    def __init__(self, **settings):
        self.folder = Path(tempfile.mkdtemp(prefix="lince-pg-"))
        self.settings = {**SETTINGS, **settings}
        self.owner = pwd.getpwnam(USER) if os.geteuid() == 0 else None
        if self.owner:
            os.chown(self.folder, self.owner.pw_uid, self.owner.pw_gid)
        self.folder.chmod(0o755)
        self.run("initdb", "-D", self.data, "-U", USER, "--auth=trust", "--encoding=UTF8", "--locale=C", "-N")
        self.process = None
        self.start()

    @property
    def data(self):
        return self.folder / "data"

    def become(self):
        if self.owner:
            os.setgid(self.owner.pw_gid)
            os.setuid(self.owner.pw_uid)

    def run(self, name, *arguments):
        command = [PROGRAMS[-1].parent / name, *arguments]
        subprocess.run(command, check=True, capture_output=True, preexec_fn=self.become, cwd=self.folder, timeout=120)

    def start(self):
        settings = [part for name, value in self.settings.items() for part in ("-c", f"{name}={value}")]
        command = [PROGRAMS[-1].parent / "postgres", "-D", self.data, "-k", self.folder, *settings]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, preexec_fn=self.become, cwd=self.folder)
        end = time.monotonic() + 60
        while subprocess.run([*self.psql, "-c", "SELECT 1", USER], capture_output=True, check=False).returncode != 0:
            assert self.process.poll() is None and time.monotonic() < end, (self.folder / "log").read_text()
            time.sleep(0.05)

    @property
    def psql(self):
        where = ["-h", str(self.folder), "-p", self.settings.get("port", "5432"), "-U", USER]
        return [PROGRAMS[-1].parent / "psql", "-X", "-q", "-A", "-t", *where]

    def ask(self, text, name=USER):
        """What psql prints for a statement."""
        done = subprocess.run([*self.psql, "-c", text, name], capture_output=True, text=True, check=False, timeout=60)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def ask_store(self, text, address):
        """The same of the tables of lince in the database of that address."""
        return self.ask("SET search_path TO lince; " + text, name_of(address))

    def make(self, name=None):
        """A new database; gives its address."""
        name = name or f"t{uuid.uuid4().hex[:12]}"
        self.ask(f'CREATE DATABASE "{name}" TEMPLATE template0')
        return self.address(name)

    def address(self, name):
        return f"postgres://{USER}@/{name}?host={self.folder}"

    def signal_all(self, what):
        """To the server and all of its processes, each of which leads a session of its own."""
        children = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(self.process.pid)], capture_output=True, check=False
        )
        for pid in [self.process.pid, *map(int, children.stdout.split())]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, what)

    def stop(self, how=signal.SIGINT):
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(how)
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.signal_all(signal.SIGKILL)
                self.process.wait(30)

    def close(self):
        if self.process is not None and self.process.poll() is None:
            self.signal_all(signal.SIGCONT)
            self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
