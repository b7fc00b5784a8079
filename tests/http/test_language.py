"""What is stored is told in the language of whoever reads it."""

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
