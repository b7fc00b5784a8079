"""The earlier service's clients: the same calls, names, shapes and order."""

import base64
import json
import re
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from served import PROGRAM, ROOT, picture

RECORD = [
    "nombre_archivo",
    "id_whatsapp",
    "nombre_usuario",
    "caption",
    "hora_exacta",
    "numero_llegada",
    "otro",
    "referencia",
    "bancoorigen",
    "monto",
    "datosbeneficiario",
    "pago_fecha",
    "concepto",
    "texto_total_ocr",
    "lote_id",
    "lote_fecha",
    "extraction_stats",
]


@pytest.fixture(params=["auto", "manual"])
def legacy(request, start):
    return start("--start", request.param, "--workers", "1").ready()


def upload(service, *files, field="files", **fields):
    answer = service.client.post(
        "/api/ocr/process_image", files=[(field, (name, image)) for name, image in files], data=fields
    )
    assert answer.status_code == 200, answer.text
    return answer.json()


def run(service, **more):
    answer = service.client.post("/api/ocr/process_batch", **(more or {"json": {}}))
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_the_usual_flow(legacy, receipt):
    name = "20990102-C--111222333@lid_zoe_09-15.jpg"
    sent = upload(legacy, (name, receipt), caption="pago 🙂", otro_valor="x1")
    assert (sent["status"], sent["estado"], sent["message"] == sent["mensaje"]) == ("success", "exitoso", True)
    assert sent["uploaded_count"] == sent["total_files"] == 1
    stored = sent["uploaded_files"][0]
    assert re.fullmatch(r"20990102-C--111222333@lid_zoe_09-15_\d{8}_\d{6}_\d{3}\.jpg", stored)
    metadata = sent["results"][0]["metadata"]
    assert metadata["idWhatsapp"] == "111222333@lid" and metadata["numerosorteo"] == "C"
    queue = legacy.client.get("/api/ocr/queue/status").json()
    assert queue["inbox_count"] == 1 and queue["queue_status"]["pending"] == 1
    assert queue["inbox_files"][0]["filename"] == stored and queue["inbox_files"][0]["caption"] == "pago 🙂"
    done = run(legacy)
    assert done["status"] == done["estado"] == "exitoso" and done["batch_id"] == done["request_id"]
    assert re.fullmatch(r"BATCH_\d{8}_\d{6}_[0-9a-f]{8}", done["batch_id"])
    assert done["batch_info"]["processed_count"] == done["batch_info"]["total_files"] == 1
    queue = legacy.client.get("/api/ocr/queue/status").json()
    assert queue["queue_status"]["processing"] == 0 and queue["queue_status"]["completed"] == 1
    answer = legacy.client.get("/api/extract_results")
    assert "resultados_consolidados_" in answer.headers["content-disposition"]
    body = answer.json()
    assert body["metadata"]["tipo_extraccion"] == "consolidado_empresarial" and "status" not in body
    (record,) = body["archivos_procesados"]
    assert list(record) == RECORD
    truth = legacy.client.get("/v1/documents").json()["documents"][0]["fields"]
    assert record["nombre_archivo"] == stored and record["caption"] == "pago 🙂" and record["otro"] == "x1"
    assert record["id_whatsapp"] == "111222333@lid" and record["nombre_usuario"] == "Zoe"
    assert record["hora_exacta"] == "09-15" and record["numero_llegada"] == 1
    assert record["referencia"] == truth["referencia"]["value"] and record["monto"] == truth["monto"]["value"]
    assert record["bancoorigen"] == "BANCO DE VENEZUELA"
    assert re.fullmatch(r"\d\d/\d\d/\d{4}", record["pago_fecha"])
    assert "\n" not in record["texto_total_ocr"] and record["lote_id"] == done["batch_id"].rsplit("_", 1)[0]
    assert record["extraction_stats"]["total_words"] > 5 and 0 < record["extraction_stats"]["confidence"] <= 1
    cleaned = legacy.client.post("/api/clean").json()
    assert cleaned["success"] is True and cleaned["cleaned_counts"]["results_moved_to_historial"] == 1
    assert legacy.client.get("/api/extract_results").json()["archivos_procesados"] == []
    every = legacy.client.get("/api/extract_all_results")
    assert every.json()["metadata"]["tipo_extraccion"] == "historial_completo"
    assert len(every.json()["archivos_procesados"]) == 1 and every.text.isascii()


def test_fields_win_over_the_name_and_nothing_is_lost(legacy):
    files = [("a.png", picture("UNO")), ("a.png", picture("DOS")), ("x.pdf", b"%PDF"), ("plain", picture("TRES"))]
    sent = upload(legacy, *files, field="images", numerosorteo="07", nombre="Ana", horamin="25-00")
    assert sent["uploaded_count"] == 3 and sent["total_files"] == 4
    assert len(set(sent["uploaded_files"])) == 3
    assert all(re.match(r"\d{8}-07--unknown@lid_Ana_25-00_", name) for name in sent["uploaded_files"])
    warning = next(r for r in sent["results"] if r["status"] == "warning")
    assert warning["validation_errors"] and warning["filename"] == "a.png"
    assert run(legacy)["batch_info"]["processed_count"] == 3
    records = legacy.client.get("/api/extract_results").json()["archivos_procesados"]
    assert [r["texto_total_ocr"] for r in records] == ["TRES", "DOS", "UNO"]
    assert [r["numero_llegada"] for r in records] == [3, 2, 1]


def test_files_that_come_with_the_run(legacy):
    done = run(
        legacy,
        files=[("files", ("a.png", picture("UNO"))), ("files", ("b.png", picture("DOS")))],
        data={"caption_0": "primero", "numero_llegada_1": "9", "id_whatsapp_0": "5@lid", "profile": "rapido"},
    )
    assert done["batch_info"]["total_files"] == 2
    records = legacy.client.get(f"/api/batches/download/{done['batch_id']}").json()["archivos_procesados"]
    assert [(r["caption"], r["numero_llegada"]) for r in records] == [("", 9), ("primero", 1)]
    short = done["batch_id"].rsplit("_", 1)[0]
    again = legacy.client.get(f"/api/batches/download/{short}").json()
    assert again["metadata"]["lote_id"] == short and len(again["archivos_procesados"]) == 2
    (batch,) = legacy.client.get("/api/batches/history").json()["batches"]
    assert batch["id"] == short and batch["successCount"] == 2 and batch["successRate"] == 100


def test_bad_images_go_to_errors(legacy):
    upload(legacy, ("bad.png", b"not an image"), ("good.png", picture("BIEN")))
    done = run(legacy)
    assert done["batch_info"]["error_count"] == 1 and done["batch_info"]["processed_count"] == 1
    assert legacy.client.get("/api/ocr/queue/status").json()["error_count"] == 1
    failed = legacy.client.get("/api/extract_results").json()["archivos_procesados"][1]
    assert failed["texto_total_ocr"] == "" and failed["extraction_stats"]["error"]
    assert run(legacy)["status"] == "no_files"  # the failed one is not taken again


def test_a_result_is_found_however_many_came_after_it(legacy):
    upload(legacy, ("20990102-C--111@lid_Zoe_09-15.png", picture("TOTAL 123,45")))
    run(legacy)
    (item,) = legacy.client.get("/api/ocr/processed_files").json()["files"]
    result = item["filename"].removesuffix(".json")
    stored = legacy.client.get("/api/ocr/result/" + result).json()["filename"]
    names = (
        "batch_id, origin, status, name, sha256, image_bytes, media_type, metadata, layouts, received_ms, finished_ms"
    )
    legacy.change(
        "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i+1 FROM n WHERE i<1199) "
        f"INSERT INTO documents (id, stored_name, {names}) SELECT 'doc_' || i, 'later_' || i || '.png', {names} "
        f"FROM n, (SELECT {names} FROM documents ORDER BY seq LIMIT 1) AS d"
    )
    for path in (f"result/{result}", f"download_json/{result}.json", f"download_json/{stored}", "preview/Zoe_09-15"):
        answer = legacy.client.get("/api/ocr/" + path)
        body = answer.json()
        assert answer.status_code == 200 and body.get("filename") == stored, path
    assert legacy.client.get(f"/api/ocr/result/{result}x").status_code == 404


def test_single_results(legacy):
    upload(legacy, ("20990102-C--111@lid_Zoe_09-15.png", picture("TOTAL 123,45")))
    run(legacy)
    get = legacy.client.get
    (item,) = get("/api/ocr/processed_files").json()["files"]
    assert item["texto_preview"] == "TOTAL 123,45" and item["word_count"] == 2
    result = get("/api/ocr/result/" + item["filename"].removesuffix(".json"))
    assert result.status_code == 200
    body = result.json()
    assert body["metadata"]["idWhatsapp"] == "111" and body["metadata"]["codigosorteo"] == "C"
    assert body["datos_extraidos"]["total_palabras_detectadas"] == 2
    assert body["estadisticas"] == body["Estadísticas"] and body["texto_extraido"] == "TOTAL 123,45"
    view = get("/api/ocr/result_data/Zoe_09-15").json()
    assert view["coordenadas"]["total"] == len(view["coordenadas"]["elementos"]) == 2
    assert view["estadisticas"]["confianza_promedio"].endswith("%")
    saved = get("/api/ocr/download_json/" + item["filename"])
    assert "attachment" in saved.headers["content-disposition"]
    assert json.loads(saved.text)["request_id"] == body["request_id"]
    missing = get("/api/ocr/result/none")
    assert missing.status_code == 404 and missing.json()["estado"] == "no_encontrado"
    assert get("/api/ocr/result_data/none").json()["searched_files"] == ["none"]


def test_documented_and_never_served(legacy):
    described = [{"nombre_usuario": "Ana", "hora_minuto_subida": "09:15", "caption": "c1", "indice_de_subida": 4}, {}]
    answer = legacy.client.post(
        "/api/ocr/upload",
        files=[("files", ("a.png", picture("UNO"))), ("files", ("b.png", picture("DOS")))],
        data={"metadata": json.dumps(described)},
    ).json()
    assert answer["status"] == "success" and answer["files_uploaded"] == 2
    path = f"/api/ocr/batch_status/{answer['batch_id']}"
    if "manual" in legacy.options:
        assert legacy.client.get(path).json()["status"] == "pending"
        assert run(legacy, json={"batch_id": answer["batch_id"]})["batch_id"] == answer["batch_id"]
    for _ in range(600):
        status = legacy.client.get(path).json()
        if status["status"] not in ("pending", "processing"):
            break
        time.sleep(0.05)
    assert status["status"] == "completed" and status["progress"]["percentage"] == 100
    records = legacy.client.get(f"/api/batches/download/{answer['batch_id']}").json()["archivos_procesados"]
    assert records[1]["caption"] == "c1" and records[1]["numero_llegada"] == 4 and records[1]["hora_exacta"] == "09-15"
    assert legacy.client.get("/api/ocr/batch_status/none").json()["error_code"] == "BATCH_NOT_FOUND"
    answer = legacy.client.post("/api/ocr/upload", files={"files": ("a.png", picture("UNO"))}, data={"metadata": "{"})
    assert answer.status_code == 400 and answer.json()["error_code"] == "INVALID_METADATA"
    answer = legacy.client.post(
        "/api/upload", files=[("files", ("a.png", picture("TRES")))], data={"nombre_0": "Eva"}
    ).json()
    assert answer["success"] and "_Eva_" in answer["files_processed"][0]["stored_name"]
    assert legacy.client.get("/api/files/pending").json()["files_pending"] == 1
    assert legacy.client.get("/api/queue_count").json()["count"] == 1
    assert legacy.client.post("/api/clean_queue").json()["inbox_cleaned"] == 1
    assert legacy.client.get("/api/queue_count").json() | {"count": 0} == legacy.client.get("/api/queue_count").json()


def test_nothing_is_read_before_it_is_asked_for(start):
    service = start("--start", "manual", "--workers", "1").ready()
    lot = {"idSorteo": "C", "fechaSorteo": "2099-01-03", "documento": base64.b64encode(picture("LOTE")).decode()}
    ingested = service.client.post("/api/n8n/webhook/document_ingestion", json=lot).json()
    uploaded = service.client.post("/api/ocr/upload", files={"files": ("a.png", picture("UNO"))}).json()
    upload(service, ("b.png", picture("DOS")))
    assert ingested["estadoLote"] == "pending"
    assert {d["status"] for d in service.client.get("/v1/documents").json()["documents"]} == {"held"}
    assert run(service)["batch_id"] not in (ingested["idLote"], uploaded["batch_id"])  # first what has no batch
    assert run(service)["batch_id"] == ingested["idLote"]  # then the batches that wait, the oldest first
    assert run(service, data={"batch_id": "unknown"})["batch_id"] == uploaded["batch_id"]
    assert run(service)["status"] == "no_files"
    assert {d["status"] for d in service.client.get("/v1/documents").json()["documents"]} == {"done"}


def test_one_lot_however_many_send_at_once(service):
    lot = {"idSorteo": "Z", "fechaSorteo": "2099-01-04", "documento": base64.b64encode(picture("LOTE")).decode()}
    with ThreadPoolExecutor(8) as pool:
        answers = pool.map(
            lambda _: httpx.post(service.address + "/api/n8n/webhook/document_ingestion", json=lot, timeout=60),
            range(8),
        )
    assert len({answer.json()["idLote"] for answer in answers}) == 1


def test_machine_figures(legacy):
    get = legacy.client.get
    assert get("/api/health").json()["status"] == "healthy"
    assert get("/api/stats").json()["stats"]["ocr"]["status"] == "operativo"
    assert get("/api/status").json()["system"]["version"]
    assert set(get("/api/metrics").json()) == {"system_metrics", "ocr_metrics", "performance_metrics", "error_metrics"}


def test_errors_have_the_old_keys(legacy):
    for answer, code in (
        (legacy.client.get("/api/none"), "NOT_FOUND_404"),
        (legacy.client.post("/api/ocr/process_image"), "BAD_REQUEST_400"),
        (
            legacy.client.post("/api/ocr/process_batch", content=b"{", headers={"Content-Type": "application/json"}),
            "BAD_REQUEST_400",
        ),
        (legacy.client.put("/api/clean"), "METHOD_NOT_ALLOWED_405"),
    ):
        body = answer.json()
        assert body["error"] is True and body["status"] == body["estado"] == "error" and body["error_code"] == code
        assert body["message"] == body["mensaje"]
    assert legacy.client.get("/api/extract_all_results").json()["error_code"] == "NO_RESULTS_AVAILABLE"
    assert legacy.client.get("/api/batches/download/BATCH_20990101_000000").status_code == 404
    assert legacy.client.get("/api/extract_results").json()["archivos_procesados"] == []


def test_keys_as_the_page_asked_for_them(legacy):
    client = legacy.client
    assert client.get("/api/current_api_key").json()["status"] == "not_found"
    made = client.post("/api/generate_api_key", json={"name": "flow"})
    data = made.json()["data"]
    assert made.status_code == 201 and made.json()["status"] == "success"
    assert re.fullmatch("ocr_[0-9a-f]{16}", data["key_id"]) and data["name"] == "flow" and data["is_active"]
    assert client.post("/api/generate_api_key", data={"name": "form"}).json()["data"]["name"] == "form"
    valid = client.post("/api/validate_api_key", json={"api_key": data["api_key"]})
    assert valid.status_code == 200 and valid.json()["valid"] and valid.json()["data"]["usage_count"] == 1
    assert client.post("/api/validate_api_key", json={}).status_code == 400
    wrong = client.post("/api/validate_api_key", json={"api_key": data["api_key"] + "x"})
    assert wrong.status_code == 401 and wrong.json()["valid"] is False
    listed = client.get("/api/list_api_keys").json()["data"]
    assert (listed["total_count"], listed["active_count"]) == (2, 2)
    assert data["api_key"] not in client.get("/api/list_api_keys").text + client.get("/api/current_api_key").text
    named = client.post("/api/generate_key", json={"name": "reader", "permissions": {"read": True, "admin": False}})
    assert named.status_code == 200 and named.json()["api_key"].startswith("ocr_")
    assert client.post("/api/generate_key", json={}).status_code == 400
    assert client.post("/api/generate_key", json={"name": "x", "permissions": {"fly": True}}).status_code == 400
    keys = {key["name"]: key for key in client.get("/api/list_keys").json()["keys"]}
    assert keys["reader"]["permissions"] == {"submit": False, "read": True, "correct": False, "admin": False}
    assert all(keys["flow"]["permissions"].values())
    assert client.delete(f"/api/revoke_key/{data['key_id']}").json()["status"] == "success"
    assert client.delete("/api/revoke_key/ocr_0123").status_code == 404
    assert client.post("/api/validate_api_key", json={"api_key": data["api_key"]}).status_code == 401


def test_a_key_of_the_old_endpoint_opens_the_service(start):
    service = start("--workers", "1", "--keys", "required").ready()
    made = subprocess.run(
        [PROGRAM, "keys", "create", "--scopes", "admin", "--data", service.folder / "data"],
        capture_output=True,
        text=True,
        check=True,
    )
    refused = service.client.post("/api/generate_api_key", json={})
    assert refused.status_code == 401 and refused.json()["error_code"] == "UNAUTHORIZED_401"
    admin = {"X-API-Key": made.stdout.strip()}
    key = service.client.post("/api/generate_api_key", json={}, headers=admin).json()["data"]["api_key"]
    assert service.client.get("/api/queue_count", headers={"Authorization": f"Bearer {key}"}).json()["count"] == 0


def test_documents_that_come_one_by_one(start):
    service = start("--workers", "1").ready()
    image = base64.b64encode(picture("UNO")).decode()
    sent = {"idSorteo": "C", "fechaSorteo": "2099-01-03T00:00:00", "numeroLlegada": 7, "documento": image}
    first = service.client.post("/api/n8n/webhook/document_ingestion", json=sent)
    assert first.status_code == 202 and first.json()["estadoLote"] == "processing"
    lot = first.json()["idLote"]
    other = {**sent, "documento": "data:image/png;base64," + base64.b64encode(picture("DOS")).decode()}
    assert service.client.post("/api/n8n/webhook/document_ingestion", json=other).json()["idLote"] == lot
    another = service.client.post("/api/n8n/webhook/document_ingestion", json={**sent, "idSorteo": 12}).json()
    assert another["idLote"] != lot
    for _ in range(600):
        status = service.client.get(f"/api/lotes/{lot}/status").json()
        if status["estadoLote"] == "completed":
            break
        time.sleep(0.05)
    assert (status["totalDocumentos"], status["documentosProcesados"], status["progresoPorcentaje"]) == (2, 2, 100)
    assert status["detallesDocumentos"][0]["idDocumento"] == first.json()["idDocumentoIngresado"]
    [record, _] = service.client.get(f"/api/batches/download/{lot}").json()["archivos_procesados"]
    assert record["numero_llegada"] == 7
    for wrong in ({"documento": "&"}, {"documento": "YWJj"}, {"idSorteo": ""}, {"numeroLlegada": "x"}):
        assert service.client.post("/api/n8n/webhook/document_ingestion", json={**sent, **wrong}).status_code in (
            400,
            422,
        )
    assert service.client.get("/api/lotes/none/status").json()["error_code"] == "BATCH_NOT_FOUND"


@pytest.mark.parametrize("path", ["/", "/dashboard", "/dashboard_old", "/api/docs", "/documentation"])
def test_pages_are_at_their_old_addresses(service, path):
    answer = service.client.get(path, headers={"Accept-Language": "es"})
    assert answer.headers["content-type"].startswith("text/html") and '<html lang="es">' in answer.text


def test_extraction_rules_are_the_layouts(service):
    rules = service.client.get("/api/config/extraction_rules").json()
    assert rules["total_rules"] == len(rules["rules"]) and "bdv" in [rule["name"] for rule in rules["rules"]]


def test_the_users_own_layouts_are_among_them(start, tmp_path):
    folder = tmp_path / "layouts"
    folder.mkdir()
    (folder / "own.json").write_text((ROOT / "layouts/bdv.json").read_text().replace('"name": "bdv"', '"name": "own"'))
    service = start("--start", "manual", env={"LINCE_LAYOUTS": str(folder)})
    rules = service.client.get("/api/config/extraction_rules").json()["rules"]
    assert {"own", "bdv"} <= {rule["name"] for rule in rules}
    accepted = service.client.post("/v1/documents?layout=own", content=picture("TOTAL 9"))
    assert accepted.status_code == 202
