"""What is stored is told in the language of whoever reads it."""

import json

import pytest
from served import picture

BROKEN = {
    "cut": picture("N")[:60],
    "no picture": b"\x89PNG\r\n\x1a\n" + b"\0" * 40,
    "large": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\xff\xff\0\0\xff\xff\x08\x02\0\0\0" + b"\0" * 60,
    "office": b"\xff\xd8\xff" + b"x" * 50,
}


@pytest.mark.parametrize("own", ["C.UTF-8", "es_ES.UTF-8"])
def test_failures_are_told_in_the_readers_language(start, own):
    service = start("--workers", "1", env={"LC_ALL": own}).ready()
    for name, image in BROKEN.items():
        id_ = service.send(image)
        service.wait(id_)
        told = {}
        for language in ("en", "es"):
            document = service.client.get(f"/v1/documents/{id_}", headers={"Accept-Language": language}).json()
            assert document["status"] == "failed"
            told[language] = document["error"]["message"]
            listed = service.client.get("/v1/documents", headers={"Accept-Language": language}).json()["documents"]
            assert told[language] in [each["error"]["message"] for each in listed if each["id"] == id_]
        assert told["en"] != told["es"], (name, told)
        assert not set(told["es"].split()) & {"the", "is", "image"}, told
        assert not set(told["en"].split()) & {"la", "el", "imagen"}, told


@pytest.mark.parametrize("own", ["C.UTF-8", "es_ES.UTF-8"])
def test_warnings_of_a_page_are_told_in_the_readers_language(start, own):
    service = start("--workers", "1", env={"LC_ALL": own}).ready()
    document = service.read(picture("Привет мир", "это текст", "ещё строка", size=(500, 160)))
    path, told = f"/v1/documents/{document['id']}", {}
    for language in ("en", "es"):
        headers = {"Accept-Language": language}
        whole = service.client.get(path, headers=headers).json()["page"]["warnings"]
        assert whole == service.client.get(f"{path}/pages/1", headers=headers).json()["warnings"]
        told[language] = [warning["message"] for warning in whole]
    assert told["en"] and all(one != other for one, other in zip(told["en"], told["es"], strict=True)), told


@pytest.mark.parametrize("own", ["C.UTF-8", "es_ES.UTF-8"])
def test_failures_of_the_earlier_paths_are_told_in_the_readers_language(start, own):
    service = start("--workers", "1", env={"LC_ALL": own}).ready()
    files = [("files", (f"{name}.png", body, "image/png")) for name, body in BROKEN.items()]
    assert service.client.post("/api/upload", files=files).status_code == 200
    batch = service.client.post("/api/ocr/process_batch", json={}).json()["batch_id"]

    def asked(path, language):
        answer = service.client.get(path, headers={"Accept-Language": language})
        assert answer.status_code == 200, (path, answer.text)
        return answer.json()

    told = {
        language: [document["error"]["message"] for document in asked("/v1/documents", language)["documents"]]
        for language in ("en", "es")
    }
    assert all(len(set(messages)) > 1 for messages in told.values()), told
    result = asked("/api/ocr/processed_files", "es")["files"][0]["filename"]
    paths = ("/api/ocr/processed_files", f"/api/lotes/{batch}/status", "/api/extract_results")
    paths += (f"/api/batches/download/{batch}", "/api/extract_all_results", "/v1/records")
    for path in (*paths, f"/api/ocr/result/{result}", f"/api/ocr/download_json/{result}"):
        for language, other in (("en", "es"), ("es", "en")):
            text = json.dumps(asked(path, language), ensure_ascii=False)
            found = [message for message in told[language] if json.dumps(message, ensure_ascii=False) in text]
            assert found == told[language] if path in paths else found, (path, text)
            assert not [message for message in told[other] if message in text], (path, text)


def test_refusals_of_the_earlier_paths_are_told_in_the_readers_language(start):
    service = start("--start", "manual", "--keys", "off")
    asked = [
        ("GET", "/api/ocr/batch_status/none", {}),
        ("GET", "/api/lotes/none/status", {}),
        ("GET", "/api/ocr/result/none", {}),
        ("GET", "/api/batches/download/none", {}),
        ("GET", "/api/extract_all_results", {}),
        ("GET", "/api/current_api_key", {}),
        ("DELETE", "/api/revoke_key/none", {}),
        ("POST", "/api/validate_api_key", {"json": {}}),
        ("POST", "/api/validate_api_key", {"json": {"api_key": "none"}}),
        ("POST", "/api/upload", {"data": {"x": "y"}}),
        ("POST", "/api/ocr/upload", {"data": {"x": "y"}}),
        ("POST", "/api/ocr/upload", {"data": {"metadata": "{"}}),
        ("POST", "/api/ocr/process_image", {"data": {"x": "y"}}),
        ("POST", "/api/ocr/process_image", {"files": {"files": ("a.txt", b"x", "text/plain")}}),
        ("GET", "/api/nothing", {}),
    ]
    for method, path, body in asked:
        told = {}
        for language in ("en", "es"):
            answer = service.client.request(method, path, headers={"Accept-Language": language}, **body)
            told[language] = answer.json()["message"]
            assert answer.status_code >= 400 and answer.json()["mensaje"] == told[language]
        assert told["en"] != told["es"], (path, told)
        assert not set(told["es"].lower().split()) & {"the", "is", "there", "no files were"}, (path, told)
        assert not set(told["en"].lower().split()) & {"la", "el", "hay", "existe", "es"}, (path, told)
