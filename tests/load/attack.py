"""Hostile clients of a service, of many addresses: `attack.py HOST PORT`. They go on until the process is ended."""

import contextlib
import os
import random
import socket
import sys
import threading
import time

CROWD, DRIPS, TAKERS = 300, 20, 10
HOST = b"Host: localhost\r\n"
BROKEN = (
    b"GET / HTTP/1.1\r\nHost : localhost\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n",
    b"GET /\0 HTTP/1.1\r\n" + HOST + b"\r\n",
    b"GET / HTTP/1.1\n" + HOST + b"\n",
    b"POST /v1/documents HTTP/1.1\r\n" + HOST + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
    b"GET /" + b"a" * 20000 + b" HTTP/1.1\r\n" + HOST + b"\r\n",
    b"GET / HTTP/1.1\r\n" + HOST + b"".join(b"X-%d: y\r\n" % i for i in range(400)) + b"\r\n",
    b"POST /v1/documents HTTP/1.1\r\n" + HOST + b"Content-Length: 99999999999\r\n\r\n" + b"x" * 60000,
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 200,
    b"POST /v1/documents HTTP/1.1\r\n" + HOST + b"Content-Type: multipart/form-data; boundary=b\r\n"
    b"Transfer-Encoding: chunked\r\n\r\n4\r\n--b\r\nffffffffffff\r\n",
)


class Attack:
    """Hostile clients of several addresses."""

    def __init__(self, host, port, seed=1):
        self.place, self.chance = (host, port), random.Random(seed)

    def connect(self):
        """A connection from one of fifty addresses; None where it is not taken."""
        with contextlib.suppress(OSError):
            made = socket.socket()
            made.bind((f"127.0.0.{2 + self.chance.randrange(50)}", 0))
            made.settimeout(5)
            made.connect(self.place)
            return made
        return None

    def hold(self, count, begin, piece, pause):
        """Keeps that many connections open, each of which begins so and goes on with a piece after each pause."""
        held = []
        while True:
            held += [made for made in (self.connect() for _ in range(min(20, count - len(held)))) if made]
            for connection in list(held):
                try:
                    if connection.gettimeout():
                        connection.setblocking(False)
                        connection.send(begin)
                    else:
                        connection.send(piece)
                except BlockingIOError:
                    continue
                except OSError:
                    connection.close()
                    held.remove(connection)
            time.sleep(pause)

    def ask(self, make, pause):
        """Sends what `make` gives, reads a little of the answer, and again."""
        while True:
            connection = self.connect()
            if connection:
                with contextlib.suppress(OSError), connection:
                    connection.sendall(make())
                    connection.settimeout(0.5)
                    connection.recv(4096)
            time.sleep(pause)

    def wrong_key(self):
        """A guess."""
        body = b'{"key":"lince_%016x_x"}' % self.chance.getrandbits(64)
        head = b"POST /v1/session HTTP/1.1\r\n" + HOST + b"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n"
        return head % len(body) + body

    def run(self):
        """All of them."""
        head = b"POST /v1/documents HTTP/1.1\r\n" + HOST + b"Content-Type: image/png\r\nContent-Length: 900000\r\n\r\n"
        kinds = [
            (self.hold, CROWD, b"GET /v1/doc", b"u", 2),
            (self.hold, DRIPS, head, b"x", 1),
            (self.hold, TAKERS, (b"GET /openapi.json HTTP/1.1\r\n" + HOST + b"\r\n") * 40, b"", 1),
            (self.ask, self.wrong_key, 0.05),
            (self.ask, lambda: self.chance.choice(BROKEN), 0.05),
        ]
        for act, *arguments in kinds:
            threading.Thread(target=act, args=arguments, daemon=True).start()
        threading.Event().wait()


if __name__ == "__main__":
    os.nice(5)  # else they themselves, and not the service, would be measured
    Attack(sys.argv[1], int(sys.argv[2])).run()
