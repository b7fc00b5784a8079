"""A store of objects of the tests' own: SeaweedFS on loopback, with one bucket in it."""

import contextlib
import hashlib
import json
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "third_party/seaweedfs/weed"
KEY, SECRET = "lince-tests", "a secret of the tests"
BUCKET = "receipts"


def is_there():
    return PROGRAM.exists()


def free_ports(count):
    """SeaweedFS also takes each port plus 10000."""
    found, port = [], 21000
    while len(found) < count:
        port += 1
        with contextlib.ExitStack() as stack, contextlib.suppress(OSError):
            for each in (port, port + 10000):
                stack.enter_context(socket.socket()).bind(("127.0.0.1", each))
            found.append(port)
    return found


class Bucket:
    """The server, and the variables with which lince finds its bucket."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="lince-s3-"))
        self.master, self.volume, self.filer, self.port = free_ports(4)
        rights = [f"{action}:{BUCKET}" for action in ("Read", "Write")]
        who = [("admin", ["Admin"]), (KEY, rights)]
        identities = [
            {"name": key, "credentials": [{"accessKey": key, "secretKey": SECRET}], "actions": actions}
            for key, actions in who
        ]
        (self.folder / "keys.json").write_text(json.dumps({"identities": identities}))
        self.process = None
        self.start()
        assert self.ask("PUT", "") == 200
        # The first object of a bucket waits until the server has made its volumes, seconds on a busy machine.
        end = time.monotonic() + 60
        while self.ask("PUT", "first", "of all") != 200:
            assert time.monotonic() < end, (self.folder / "log").read_text()[-3000:]
            time.sleep(0.1)

    @property
    def endpoint(self):
        return f"http://127.0.0.1:{self.port}"

    def env(self, prefix="images", style=None, **more):
        endpoint = self.endpoint if style != "host" else f"http://localhost:{self.port}"
        where = f"s3://{BUCKET}/{prefix}?endpoint={endpoint}" + (f"&style={style}" if style else "")
        return {"LINCE_IMAGES": where, "AWS_ACCESS_KEY_ID": KEY, "AWS_SECRET_ACCESS_KEY": SECRET} | more

    def start(self):
        command = [PROGRAM, "-logtostderr", "server", "-dir", self.folder, "-ip", "127.0.0.1", "-ip.bind", "127.0.0.1"]
        command += [f"-master.port={self.master}", f"-volume.port={self.volume}", "-volume.max=20", "-filer"]
        command += [f"-filer.port={self.filer}", "-master.volumeSizeLimitMB=64", "-s3", f"-s3.port={self.port}"]
        command += ["-s3.config", self.folder / "keys.json", "-s3.domainName=localhost", "-master.telemetry=false"]
        command += ["-s3.port.iceberg=0", "-s3.port.lance=0"]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, cwd=self.folder)
        end = time.monotonic() + 60
        while self.ask("GET", "") not in (200, 404):
            assert self.process.poll() is None and time.monotonic() < end, (self.folder / "log").read_text()[-3000:]
            time.sleep(0.1)

    def ask(self, method, name, body=""):
        """The status of a request that curl signs; 0 without an answer."""
        command = ["curl", "-s", "-o", "/dev/null", "-w", "%{http_code}", "--noproxy", "*", "-X", method, "-m", "5"]
        command += ["--aws-sigv4", "aws:amz:us-east-1:s3", "-u", f"admin:{SECRET}"]
        command += ["-H", f"x-amz-content-sha256: {hashlib.sha256(body.encode()).hexdigest()}"]
        command += ["--data-binary", body] if body else []
        done = subprocess.run(
            [*command, f"{self.endpoint}/{BUCKET}{name and '/' + name}"], capture_output=True, text=True, check=False
        )
        return int(done.stdout or 0)

    def names(self, prefix="images"):
        """What is in the bucket under a prefix, as the server's own file interface tells it."""
        place = f"http://127.0.0.1:{self.filer}/buckets/{BUCKET}/{urllib.parse.quote(prefix)}/?limit=10000"
        asked = urllib.request.Request(place, headers={"Accept": "application/json"})
        try:
            with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(asked, timeout=30) as answer:
                entries = json.load(answer).get("Entries") or []
        except urllib.error.HTTPError:
            entries = []
        return sorted(entry["FullPath"].rsplit("/", 1)[1] for entry in entries)

    def stop(self, how=signal.SIGKILL):
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(how)
            self.process.wait(30)

    def close(self):
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
            self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
