"""Pages of other sites in the browser of an authorised user can neither use the service nor read from it."""

import http.server
import shutil
import threading

import httpx
import pytest
from playwright.sync_api import sync_playwright
from served import ROOT, picture, problem
from test_operation import lince, talk

CARD = ROOT / "examples" / "04-light-card-recompressed.jpg"


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    from served import Service

    service = Service(tmp_path_factory.mktemp("service"), "--start", "manual")
    yield service
    assert service.stop() == 0


def port(service):
    return service.address.rsplit(":", 1)[1]


def state(service):
    """What a stranger could have changed."""
    get = service.client.get
    return [
        get("/v1/documents").json()["documents"],
        get("/v1/batches").json()["batches"],
        get("/v1/webhooks").json()["webhooks"],
        get("/api/list_keys").json(),
    ]


# ---- names ---------------------------------------------------------------------------------------------------------

OWN_NAMES = ["127.0.0.1", "127.8.9.10", "localhost", "LOCALHOST", "localhost.", "a.localhost", "[::1]", "192.168.7.7"]
FOREIGN_NAMES = ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "notlocalhost", "127.0.0.1.nip.io"]
FOREIGN_NAMES += ["0x7f.1", "2130706433", "evil.example:80", "[::1].evil.example", "a@localhost", "localhost/x", ""]


@pytest.mark.parametrize("name", OWN_NAMES)
def test_names_that_are_its_own(service, name):
    for host in (name, f"{name}:{port(service)}"):
        assert service.client.get("/v1/documents", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("name", FOREIGN_NAMES)
@pytest.mark.parametrize("path", ["/v1/documents", "/", "/api/stats", "/metrics", "/nothing"])
def test_a_name_that_leads_here_from_elsewhere(service, name, path):
    answer = service.client.get(path, headers={"Host": name})
    assert answer.status_code in (400, 421), answer.text
    if name and answer.status_code == 421 and not path.startswith("/api"):
        assert "--host" in problem(answer, 421, "unknown-host")["detail"]


def test_two_names_are_none(service):
    raw = b"GET /v1/documents HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n"
    assert b" 400 " in talk(service, [raw]).split(b"\r\n")[0]


def test_names_that_are_told(start):
    service = start("--start", "manual", "--host", "ocr.example.org, ocr2.example.org")
    for host, status in (("ocr.example.org", 200), ("OCR2.example.org:443", 200), ("localhost", 200), ("x.org", 421)):
        assert service.client.get("/v1/documents", headers={"Host": host}).status_code == status
    own = {"Host": "127.0.0.1", "Origin": "https://ocr.example.org"}  # as a proxy passes it on
    assert service.client.post("/v1/batches", headers=own).status_code == 201


@pytest.mark.parametrize("hosts", ["*", "*,ocr.example.org", "ocr.example.org, *"])
def test_any_name_is_not_any_site(start, hosts):
    """`*` lets requests come under any name. A page of another site is foreign all the same."""
    service = start("--start", "manual", "--host", hosts)
    for host in ("evil.example", "localhost", "ocr.example.org"):
        assert service.client.get("/v1/documents", headers={"Host": host}).status_code == 200
    for origin in ("https://evil.example", "null", "http://*", "*", "http://localhost:1"):
        problem(service.client.post("/v1/batches", headers={"Origin": origin}), 403, "foreign-site")
    taken = [{}, {"Origin": service.address}, {"Host": "a.example", "Origin": "https://a.example"}]
    taken += [{"Origin": "https://ocr.example.org"}] if "ocr" in hosts else []
    for headers in taken:
        assert service.client.post("/v1/batches", headers=headers).status_code == 201, headers


def test_with_keys_any_name_will_do_until_names_are_told(start):
    service = start("--keys", "required", "--start", "manual")
    key = lince("keys", "create", "--data", service.folder / "data", "--name", "n", "--scopes", "read").stdout.strip()
    assert service.client.get("/v1/documents", headers={"Host": "a.org", "X-API-Key": key}).status_code == 200
    told = start("--keys", "required", "--start", "manual", "--host", "b.org", name="told")
    problem(told.client.get("/v1/documents", headers={"Host": "a.org"}), 421, "unknown-host")
    problem(told.client.get("/v1/documents", headers={"Host": "b.org"}), 401, "unauthorized")


def test_beyond_loopback_without_keys_names_of_the_network_will_do(start):
    service = start("--listen", "0.0.0.0:0", "--keys", "off", "--start", "manual")
    address = f"http://127.0.0.1:{port(service)}/v1/documents"
    for host, status in (("lince", 200), ("10.1.2.3:8080", 200), ("evil.example", 421)):
        assert httpx.get(address, headers={"Host": host}).status_code == status


# ---- pages ---------------------------------------------------------------------------------------------------------

WRITES = [
    ("POST", "/v1/batches", b'{"name":"x"}'),
    ("POST", "/v1/webhooks", b'{"url":"https://example.org/x"}'),
    ("POST", "/v1/documents", picture("X")),
    ("DELETE", "/v1/documents/doc_1", b""),
    ("PATCH", "/v1/documents/doc_1", b"{}"),
    ("POST", "/api/generate_key", b'{"name":"x"}'),
    ("POST", "/api/generate_api_key", b"name=x"),
    ("POST", "/api/clean", b""),
    ("POST", "/api/ocr/process_image", picture("Y")),
    ("DELETE", "/api/revoke_key/x", b""),
]
FOREIGN = [
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://localhost:1"},
    {"Origin": "http://localhost.evil.example"},
    {"Origin": "file://"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"},
    {"Sec-Fetch-Site": "Nonsense"},
]


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
@pytest.mark.parametrize("kind", ["text/plain", "application/json", "application/x-www-form-urlencoded", None])
def test_writes_of_other_sites_are_refused(service, headers, kind):
    before = state(service)
    for method, path, body in WRITES:
        typed = {**headers, **({"Content-Type": kind} if kind else {})}
        answer = service.client.request(method, path, content=body, headers=typed)
        assert answer.status_code == 403, (path, answer.text)
    assert state(service) == before


def test_writes_of_its_own_page_and_of_programs_are_taken(service):
    own = [
        {},
        {"Origin": service.address},
        {"Origin": service.address, "Sec-Fetch-Site": "same-origin"},
        {"Origin": "https://proxy.example", "Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
    ]
    for headers in own:
        assert service.client.post("/v1/batches", headers=headers).status_code == 201, headers


def test_reads_of_other_sites_are_refused_but_links_lead_here(service):
    get = service.client.get
    problem(
        get("/v1/documents", headers={"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}), 403, "foreign-site"
    )
    assert get("/", headers={"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}).status_code == 200
    assert get("/v1/documents").headers["cross-origin-resource-policy"] == "same-origin"


def test_the_site_that_is_told_may(start):
    service = start("--start", "manual", "--cors-origin", "https://app.example")
    headers = {"Origin": "https://app.example", "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors"}
    answer = service.client.post("/v1/batches", headers=headers)
    assert answer.status_code == 201 and answer.headers["access-control-allow-origin"] == "https://app.example"
    assert service.client.get("/v1/batches", headers=headers).status_code == 200
    problem(service.client.post("/v1/batches", headers={**headers, "Origin": "https://b.example"}), 403, "foreign-site")


# ---- bodies --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "", None])
def test_json_comes_as_json(service, kind):
    headers = {"Content-Type": kind} if kind is not None else {}
    for path in ("/v1/batches", "/v1/webhooks"):
        body = b'{"url":"https://example.org/x"}'
        problem(service.client.post(path, content=body, headers=headers), 415, "unsupported-media-type")
    answer = service.client.patch("/v1/documents/x", content=b"{}", headers={**headers, "If-Match": "*"})
    problem(answer, 415, "unsupported-media-type")


@pytest.mark.parametrize("kind", ["application/json", "Application/JSON; charset=utf-8", "application/vnd.x+json"])
def test_types_of_json(service, kind):
    assert service.client.post("/v1/batches", content=b"{}", headers={"Content-Type": kind}).status_code == 201


# ---- a socket of one's own, and a real browser ---------------------------------------------------------------------


def test_a_unix_socket(start, tmp_path):
    path = tmp_path / "lince.socket"
    service = start("--listen", f"unix:{path}", "--start", "manual")
    assert path.stat().st_mode & 0o777 == 0o600
    client = httpx.Client(transport=httpx.HTTPTransport(uds=str(path)), base_url="http://lince")
    assert client.post("/v1/batches").status_code == 201
    assert client.get("/v1/batches", headers={"Host": "any.example"}).status_code == 200
    assert service.stop() == 0 and not path.exists()
    path.write_text("")  # what is no socket is left alone
    with pytest.raises(AssertionError, match="lince.socket"):
        start("--listen", f"unix:{path}", "--start", "manual", name="two")
    assert path.exists()


PAGE = """<!doctype html><script>
async function attack(address, done) {
    const seen = [];
    const plain = { method: "POST", mode: "no-cors", headers: { "Content-Type": "text/plain" } };
    const tries = [
        ["/v1/batches", { ...plain, body: '{"name":"from elsewhere"}' }],
        ["/v1/webhooks", { ...plain, body: '{"url":"https://evil.example/hook"}' }],
        ["/api/generate_key", { ...plain, body: '{"name":"evil"}' }],
        ["/api/clean", { method: "POST", mode: "no-cors" }],
        ["/v1/batches", { method: "POST", mode: "no-cors", body: new Blob(['{"name":"typeless"}']) }],
        ["/v1/documents", { method: "POST", body: "x", headers: { "Content-Type": "application/json" } }],
        ["/v1/documents", {}],
    ];
    for (const [path, options] of tries) {
        try {
            const answer = await fetch(address + path, options);
            seen.push(answer.type === "opaque" ? "opaque" : await answer.text());
        } catch (error) {
            seen.push("refused");
        }
    }
    await new Promise((next) => {
        const picture = new Image();
        picture.onload = picture.onerror = (event) => { seen.push(event.type); next(); };
        picture.src = address + IMAGE;
    });
    return seen;
}
</script>"""


@pytest.fixture
def foreign(service):
    """A site of somebody else: its page, at a port of its own."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(PAGE.encode())

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1]
    server.shutdown()


@pytest.mark.parametrize("name", ["evil.example", "localhost"])
def test_a_page_of_another_site_in_a_real_browser(service, foreign, name):
    """Under a name of its own, from this very machine, and under a name that was bound anew to the service."""
    image = f"/v1/documents/{service.send(CARD.read_bytes())}/image"
    before = state(service)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--host-resolver-rules=MAP *.example 127.0.0.1"],
        )
        page = browser.new_page()
        page.goto(f"http://{name}:{foreign}/")
        seen = page.evaluate(f"IMAGE = '{image}'; attack('{service.address}')")
        assert set(seen) <= {"opaque", "refused", "error"} and seen[-1] == "error", seen
        answer = page.goto(f"http://rebound.example:{port(service)}/v1/documents")
        assert answer.status == 421
        reads = "fetch('/v1/documents').then((a) => a.status)"
        writes = "fetch('/v1/batches', {method: 'POST'}).then((a) => a.status)"
        assert [page.evaluate(reads), page.evaluate(writes)] == [421, 421]
        own = browser.new_page()
        own.goto(service.address)
        assert own.evaluate(writes) == 201
        browser.close()
    assert [before[0], before[2:]] == [state(service)[0], state(service)[2:]]
    assert len(state(service)[1]) == len(before[1]) + 1
