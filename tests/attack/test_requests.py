"""Requests that break the protocol, are too large, or have too many parts, as bytes on a socket."""

import socket
import ssl
import subprocess
import time
from pathlib import Path

import pytest
from served import SLOW, Service, picture, problem

HOST = b"Host: localhost\r\n"
HEAD_BYTES, NOTE_BYTES = 8192, 64  # a note for each header, parameter and cookie; cookies count twice


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    service = Service(tmp_path_factory.mktemp("service"), "--start", "manual")
    yield service
    assert service.stop() == 0


def talk(service, raw, pieces=1):
    """Sends those bytes, and gives all that comes back until the other side closes or says no more for a while."""
    host, port = service.address.split("://")[1].split(":")
    got = b""
    with socket.create_connection((host, int(port)), timeout=4 * SLOW) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        step = -(-len(raw) // pieces)
        try:
            for at in range(0, len(raw), step):
                connection.sendall(raw[at : at + step])
                time.sleep(0.01 if pieces > 1 else 0)
        except OSError:
            pass  # it was closed before it had all: what it answered is read all the same
        try:
            while data := connection.recv(65536):
                got += data
        except TimeoutError:
            return got + b"(left open)"
        except ConnectionResetError:
            return got + b"(reset)"
    return got


def status(answer):
    return int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/1.1 ") else 0


def get(*lines, first=b"GET /livez HTTP/1.1\r\n"):
    return first + HOST + b"".join(lines) + b"\r\n"


CHUNKED = (
    b"POST /v1/batches HTTP/1.1\r\n" + HOST + b"Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
)
BROKEN = {
    "a space before the colon": get(b"X : y\r\n"),
    "a tab before the colon": get(b"X\t: y\r\n"),
    "a space before the colon of Host": b"GET /livez HTTP/1.1\r\nHost : localhost\r\n\r\n",
    "a name of none": get(b": y\r\n"),
    "a line without a colon": get(b"nothing\r\n"),
    "a name that is none": get(b"a(b: y\r\n"),
    "two hosts": get(HOST),
    "two hosts in other letters": get(b"hOST: localhost\r\n"),
    "no host": b"GET /livez HTTP/1.1\r\n\r\n",
    "NUL in a value": get(b"X: a\0b\r\n"),
    "NUL in a name": get(b"X\0: b\r\n"),
    "NUL in the target": get(first=b"GET /livez\0 HTTP/1.1\r\n"),
    "a coded NUL in the path": get(first=b"GET /livez%00 HTTP/1.1\r\n"),
    "a coded NUL within the path": get(first=b"GET /livez%00/more HTTP/1.1\r\n"),
    "a coded NUL in the query": get(first=b"GET /livez?x=a%00b HTTP/1.1\r\n"),
    "a control in a value": get(b"X: a\x01b\r\n"),
    "bare LF": b"GET /livez HTTP/1.1\nHost: localhost\n\n",
    "bare LF in one line": get(b"X: y\n"),
    "bare LF at the end": b"GET /livez HTTP/1.1\r\n" + HOST + b"\n",
    "bare CR": get(b"X: y\rZ: w\r\n"),
    "folded by a space": get(b"X: y\r\n z\r\n"),
    "folded by a tab": get(b"X: y\r\n\tz\r\n"),
    "folded at once": b"GET /livez HTTP/1.1\r\n X: y\r\n" + HOST + b"\r\n",
    "two lengths": get(b"Content-Length: 0\r\nContent-Length: 0\r\n"),
    "two lengths in one": get(b"Content-Length: 0, 0\r\n"),
    "a length with a sign": get(b"Content-Length: +0\r\n"),
    "a length below nothing": get(b"Content-Length: -1\r\n"),
    "a length in hex": get(b"Content-Length: 0x4\r\n"),
    "a length parted": get(b"Content-Length: 1 2\r\n"),
    "a length with a space behind": get(b"Content-Length: 0 \r\n"),
    "a coding with a space behind": get(b"Transfer-Encoding: chunked \r\n") + b"0\r\n\r\n",
    "no length": get(b"Content-Length:\r\n"),
    "a length beyond all": get(b"Content-Length: 99999999999999999999999\r\n"),
    "length and chunks": get(b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n") + b"0\r\n\r\n",
    "chunks twice": get(b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n") + b"0\r\n\r\n",
    "another coding": get(b"Transfer-Encoding: gzip, chunked\r\n") + b"0\r\n\r\n",
    "a coding of none": get(b"Transfer-Encoding: identity\r\n"),
    "chunks in HTTP/1.0": b"GET /livez HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "a chunk without a size": CHUNKED + b"\r\n{}\r\n0\r\n\r\n",
    "a chunk with a sign": CHUNKED + b"+2\r\n{}\r\n0\r\n\r\n",
    "a chunk in 0x": CHUNKED + b"0x2\r\n{}\r\n0\r\n\r\n",
    "a chunk with a space": CHUNKED + b"2 \r\n{}\r\n0\r\n\r\n",
    "a chunk with bare LF": CHUNKED + b"2\n{}\r\n0\r\n\r\n",
    "a chunk that is longer": CHUNKED + b"2\r\n{}}\r\n0\r\n\r\n",
    "a chunk beyond all": CHUNKED + b"ffffffffffffffffff\r\n{}\r\n0\r\n\r\n",
    "an endless extension": CHUNKED + b"2;x=" + b"y" * 20000 + b"\r\n{}\r\n0\r\n\r\n",
    "NUL in an extension": CHUNKED + b"2;x=\0\r\n{}\r\n0\r\n\r\n",
    "a folded trailer": CHUNKED + b"2\r\n{}\r\n0\r\nX: y\r\n z\r\n\r\n",
    "a method that is none": get(first=b"G(T /livez HTTP/1.1\r\n"),
    "two spaces": get(first=b"GET  /livez HTTP/1.1\r\n"),
    "no version": b"GET /livez\r\n" + HOST + b"\r\n",
    "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 100,
    "another protocol": b"SSH-2.0-OpenSSH_9.2\r\n",
}


@pytest.mark.parametrize("pieces", [1, 1000], ids=["whole", "dripped"])
@pytest.mark.parametrize("name", BROKEN)
def test_what_is_not_written_by_the_rules_is_refused_and_closed(service, name, pieces):
    got = talk(service, BROKEN[name], pieces if len(BROKEN[name]) < 1000 else 10)
    assert status(got) == 400 and got.count(b"HTTP/1.1 ") == 1, got[:300]
    assert b"Connection: close" in got and b"application/problem+json" in got
    assert not got.endswith((b"(left open)", b"(reset)")), got[-20:]


@pytest.mark.parametrize(
    "name", ["a space before the colon", "two hosts", "bare LF", "two lengths", "length and chunks"]
)
def test_what_came_before_is_answered_and_what_comes_after_is_not(service, name):
    got = talk(service, get() + BROKEN[name] + get(first=b"GET /v1/documents HTTP/1.1\r\n"))
    assert got.count(b"HTTP/1.1 200") == 1 and got.count(b"HTTP/1.1 400") == 1, got
    assert b'"documents"' not in got and got.index(b"200") < got.index(b"HTTP/1.1 400")


WELL = {
    "space around values": get(b"X:y\r\nY: \t z \t\r\nZ:\r\n"),
    "letters beyond ASCII": get(b"X: \xc3\xb1 \xff\r\n", first=b"GET /livez?a=\xc3\xb1 HTTP/1.1\r\n"),
    "a coded percent sign before 00": get(first=b"GET /livez?a=%2500&b=%20%0a0 HTTP/1.1\r\n"),
    "an empty line before": b"\r\n" + get(),
    "HTTP/1.0 without a host": b"GET /livez HTTP/1.0\r\n\r\n",
    "chunks": CHUNKED + b'1\r\n{\r\n1;note="x"\r\n}\r\n0\r\n\r\n',
    "chunks with a trailer": CHUNKED + b"002\r\n{}\r\n0\r\nX: y\r\n\r\n",
    "a coding in capitals": CHUNKED.replace(b"chunked", b" \tChunked") + b"2\r\n{}\r\n0\r\n\r\n",
    "a length with zeros": CHUNKED.replace(b"Transfer-Encoding: chunked", b"Content-Length: \t0002") + b"{}",
}


@pytest.mark.parametrize("pieces", [1, 1000], ids=["whole", "dripped"])
@pytest.mark.parametrize("name", WELL)
def test_what_is_written_by_the_rules_is_answered(service, name, pieces):
    got = talk(service, WELL[name] + get(b"Connection: close\r\n"), pieces)
    assert [line for line in (200, 201) if b"HTTP/1.1 %d" % line in got[:12]] and got.count(b"HTTP/1.1 2") >= 1, got
    assert got.count(b"HTTP/1.1 2") == (1 if b"HTTP/1.0" in WELL[name] else 2), got


def test_other_versions(service):
    for version in (b"HTTP/0.9", b"HTTP/1.2", b"HTTP/2.0", b"HTTP/9.9"):
        assert status(talk(service, b"GET /livez " + version + b"\r\n" + HOST + b"\r\n")) == 505


# ---- sizes ---------------------------------------------------------------------------------------------------------


def sized(size, first=b"GET /livez HTTP/1.1\r\n", last=b"Connection: close\r\n"):
    rest = len(first) + len(HOST) + len(last) + len(b"X: \r\n\r\n")
    return first + HOST + b"X: " + b"y" * (size - rest) + b"\r\n" + last + b"\r\n"


MOST = HEAD_BYTES - 3 * NOTE_BYTES
SIZES = [100, 1000, 4000, 6000, 7000, 7400, 7600, 7800, 7900, *range(MOST - 8, MOST + 1)]
BEYOND = [*range(MOST + 1, MOST + 9), 8192, 8300, 9000, 9727, 9728, 9729, 12000, 16384, 18000, 60000, 300000, 2000000]


def test_heads_up_to_the_limit_are_answered_and_all_above_refused(service):
    assert {size: status(talk(service, sized(size))) for size in SIZES} == dict.fromkeys(SIZES, 200)
    assert {size: status(talk(service, sized(size))) for size in BEYOND} == dict.fromkeys(BEYOND, 431)
    got = talk(service, sized(60000))
    assert b'"type":"/problems/head-too-large"' in got and not got.endswith(b"(reset)")


def test_the_limit_is_that_of_the_target_too(service):
    def asked(size):
        return status(
            talk(service, get(b"Connection: close\r\n", first=b"GET /livez?" + b"b" * size + b" HTTP/1.1\r\n"))
        )

    assert [asked(size) for size in (100, 5000, 7900)] == [200] * 3
    assert [asked(size) for size in (8192, 20000, 100000)] == [431] * 3


def test_heads_of_many_parts_are_answered_or_refused(service):
    """Fields, parameters and cookies take room each beside their bytes."""
    for count in (1, 20, 60, 90, 100, 105, 110, 114, 118, 130, 200, 700, 3000):
        lines = b"".join(b"A%d: b\r\n" % i for i in range(count))
        cookies = b"Cookie: " + b"; ".join(b"a%d=b" % i for i in range(count)) + b"\r\n"
        query = b"&".join(b"a%d" % i for i in range(count))
        answers = {
            status(talk(service, get(lines, b"Connection: close\r\n"))),
            status(talk(service, get(cookies, b"Connection: close\r\n"))),
            status(talk(service, get(b"Connection: close\r\n", first=b"GET /livez?" + query + b" HTTP/1.1\r\n"))),
        }
        assert answers <= {200, 431} and (count > 90 or answers == {200}) and (count < 130 or answers == {431}), count


@pytest.mark.parametrize("fields", [0, 20, 60])
@pytest.mark.parametrize("cookies", [0, 1000, 2400])
def test_the_fullest_heads_leave_room_for_every_answer(service, fields, cookies):
    image = picture("N")
    lines = HOST + b"".join(b"A%d: b\r\n" % i for i in range(fields // (1 + (cookies > 1000))))
    lines += b"Cookie: a=" + b"b" * (cookies - 2) + b"\r\n" if cookies else b""

    def full(first, more=b""):
        head = first + lines + more + b"X: "
        notes = head.count(b"\r\n") + (cookies > 0) + head.count(b"?")
        twice = cookies + (cookies > 0)  # with the space before them
        return head + b"y" * (HEAD_BYTES - len(head) - 4 - twice - notes * NOTE_BYTES) + b"\r\n\r\n"

    post = full(
        b"POST /v1/documents?name=a HTTP/1.1\r\n", b"Content-Type: image/png\r\nContent-Length: %d\r\n" % len(image)
    )
    assert status(talk(service, post + image)) == 202
    close = b"Connection: close\r\n"
    for path in (b"/", b"/app.js", b"/v1/documents?limit=5", b"/v1/nothing", b"/metrics", b"/livez"):
        assert status(talk(service, full(b"GET " + path + b" HTTP/1.1\r\n", close))) in (200, 404), path
    assert status(talk(service, full(b"GET /livez HTTP/1.1\r\n", close).replace(b"\r\n\r\n", b"z\r\n\r\n"))) == 431


def test_trailers_have_a_limit(service):
    assert status(talk(service, CHUNKED + b"2\r\n{}\r\n0\r\nX: " + b"y" * 20000 + b"\r\n\r\n")) == 431


# ---- behind TLS ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def encrypted(tmp_path_factory):
    folder = tmp_path_factory.mktemp("encrypted")
    chain, key = folder / "chain.pem", folder / "key.pem"
    make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    subprocess.run([*make, "-keyout", key, "-out", chain], check=True, capture_output=True)
    service = Service(folder, "--tls-certificate", str(chain), "--tls-key", str(key), "--start", "manual")
    yield service
    assert service.stop() == 0


def test_the_same_holds_behind_tls(encrypted):
    client = ssl.create_default_context()
    client.check_hostname, client.verify_mode = False, ssl.CERT_NONE
    host, port = encrypted.address.split("://")[1].split(":")

    def said(raw):
        with (
            socket.create_connection((host, int(port)), timeout=4 * SLOW) as plain,
            client.wrap_socket(plain) as wrapped,
        ):
            got = b""
            wrapped.sendall(raw)
            while data := wrapped.recv(65536):
                got += data
            return got

    for name in ("a space before the colon", "two hosts", "bare LF", "length and chunks", "an endless extension"):
        assert status(said(BROKEN[name])) == 400, name
    assert status(said(sized(8000))) == 200 and status(said(sized(8001))) == status(said(sized(60000))) == 431
    both = said(get() + BROKEN["bare LF"])
    assert both.count(b"HTTP/1.1 200") == 1 and both.count(b"HTTP/1.1 400") == 1


# ---- forms ---------------------------------------------------------------------------------------------------------


def fields_seconds(service, count):
    """Processor time of the service for a form of so many fields."""
    ticks = service.process.pid

    def spent():
        fields = Path(f"/proc/{ticks}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / 100

    before = spent()
    body = b"&".join(b"f%d=1" % i for i in range(count))
    answer = service.client.post(
        "/v1/documents", content=body, headers={"Content-Type": "application/x-www-form-urlencoded"}
    )
    problem(answer, 413, "too-large")
    return spent() - before


def test_a_hundred_thousand_fields_take_linear_time(service):
    few, many = fields_seconds(service, 25_000), fields_seconds(service, 100_000)
    assert many < 1 * SLOW and many < 8 * few + 0.1, (few, many)


def in_pieces(body, count):
    for at in range(0, len(body), count):
        yield body[at : at + count]


@pytest.mark.parametrize("count", [1, 2, 7, 1000])
def test_a_body_is_the_same_however_it_comes(service, count):
    """curl calls every body a form unless told otherwise; the first bytes tell, in one piece or in many."""
    kind = {"Content-Type": "application/x-www-form-urlencoded"}

    def sent(path, body):
        return service.client.post(path, content=in_pieces(body, count), headers=kind)

    for form in ("PNG", "JPEG", "BMP", "GIF", "TIFF", "WEBP"):
        answer = sent("/v1/documents", picture(f"TOTAL {count}", form=form, size=(90, 40)))
        assert answer.status_code == 202, (form, answer.text)
        got = service.client.get(answer.json()["self"]).json()["media_type"]
        assert got == f"image/{form.lower()}"
    for first in ("", "Recibo=1&", "GIF=1&", "BM=1&BM=2&BM=3&", "%25PDF-=1&", "a=100% sure&b=%zz&"):
        made = sent("/api/generate_api_key", f"{first}name=ana+%C3%A1{count}".encode())
        assert made.status_code == 201 and made.json()["data"]["name"] == f"ana á{count}", (first, made.text)
