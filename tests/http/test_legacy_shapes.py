"""Names and shapes of every documented answer of the earlier service, and of its failures."""

import re

import pytest
import schemathesis
from served import OPENAPI, SLOW, Service, picture

DOCUMENTED = schemathesis.openapi.from_path(OPENAPI)

NAME = "20990102-C--111222333@lid_Zoe_09-15.png"
TEXT, WHOLE, NUMBER, FLAG, LIST = str, int, (int, float), bool, list
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}")  # local, without offset
BATCH = re.compile(r"BATCH_\d{8}_\d{6}_[0-9a-f]{8}")
SHORT_BATCH = re.compile(r"BATCH_\d{8}_\d{6}")
STORED = re.compile(r"20990102-C--111222333@lid_Zoe_09-15_\d{8}_\d{6}_\d{3}\.png")
RESULT = re.compile(BATCH.pattern + r"_\d{3}_" + STORED.pattern)
FILE = re.compile(RESULT.pattern + r"\.json")
PERCENT, SECONDS = re.compile(r"\d+\.\d%"), re.compile(r"\d+\.\d\ds")

BOTH = {"message": TEXT, "mensaje": TEXT}
FAILURE = {
    "error": True,
    "status": TEXT,
    "estado": TEXT,
    **BOTH,
    "details": TEXT,
    "timestamp": TIME,
    "error_code": TEXT,
}
SENDER = {"numerosorteo": "C", "idWhatsapp": "111222333@lid", "nombre": "Zoe", "horamin": "09-15"}
WHATSAPP = {
    **SENDER,
    "fechasorteo": "20990102",
    "extension": "png",
    "sorteo_fecha": "20990102",
    "sorteo_conteo": "C",
    "sender_id": "111222333@lid",
    "sender_name": "Zoe",
    "hora_min": "09-15",
}
STATISTICS = {
    "confianza_promedio": PERCENT,
    "palabras_alta_confianza": WHOLE,
    "palabras_baja_confianza": WHOLE,
    "total_palabras": 2,
    "calidad_categoria": TEXT,
    "tiempo_procesamiento": SECONDS,
    "lineas_texto": 1,
    "longitud_texto": 12,
}
WORD = {
    "texto": "TOTAL",
    "confianza": NUMBER,
    "coordinates": [NUMBER, NUMBER, NUMBER, NUMBER],
    "posicion": {"pagina": 1, "bloque": 1, "linea": 1, "palabra": 1},
}
FIELDS = {
    "referencia": TEXT,
    "bancoorigen": TEXT,
    "monto": TEXT,
    "telefono": TEXT,
    "cedula": TEXT,
    "banco_destino": TEXT,
    "pago_fecha": TEXT,
    "fecha_operacion": TEXT,
    "concepto": TEXT,
    "texto_total_ocr": "TOTAL 123,45",
}
RECORD = {
    "nombre_archivo": STORED,
    "id_whatsapp": "111222333@lid",
    "nombre_usuario": "Zoe",
    "caption": "hola",
    "hora_exacta": "09-15",
    "numero_llegada": 1,
    "otro": "",
    "referencia": TEXT,
    "bancoorigen": TEXT,
    "monto": TEXT,
    "datosbeneficiario": {"cedula": TEXT, "telefono": TEXT, "banco_destino": TEXT},
    "pago_fecha": TEXT,
    "concepto": TEXT,
    "texto_total_ocr": "TOTAL 123,45",
    "lote_id": SHORT_BATCH,
    "lote_fecha": re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d"),
    "extraction_stats": {"confidence": NUMBER, "total_words": 2, "processing_time": NUMBER},
}


def consolidated(kind, **more):
    return {
        "metadata": {
            "fecha_extraccion": TIME,
            "total_archivos": 1,
            "version_sistema": "1.0",
            "tipo_extraccion": kind,
            **more,
        },
        "archivos_procesados": [RECORD],
    }


RESULT_STORED = {
    "status": "exitoso",
    "request_id": RESULT,
    "filename": STORED,
    "tiempo_procesamiento": NUMBER,
    "fecha_procesamiento": TIME,
    "metadata": {
        **SENDER,
        "fechasorteo": "20990102",
        "codigosorteo": "C",
        "idWhatsapp": "111222333",
        "caption": "hola",
        "filename": STORED,
    },
    "original_text_ocr": "TOTAL 123,45",
    "structured_text_ocr": "TOTAL 123,45",
    "texto_extraido": "TOTAL 123,45",
    "extracted_fields": FIELDS,
    "processing_metadata": {
        "logica_oro_aplicada": FLAG,
        "ocr_confidence_avg": NUMBER,
        "error_messages": [],
        "processing_time_ms": NUMBER,
        "total_words_detected": 2,
        "coordinates_available": True,
        "ocr_method": TEXT,
        "timestamp": TIME,
    },
    "datos_extraidos": {
        "texto_completo": "TOTAL 123,45",
        "palabras_detectadas": [WORD, dict],
        "metodo_extraccion": TEXT,
        "tiempo_procesamiento": NUMBER,
        "total_palabras_detectadas": 2,
        "confianza_promedio": NUMBER,
    },
    "estadisticas": STATISTICS,
    "Estadísticas": STATISTICS,
    "Información del Archivo": dict,
    "Texto Extraído": TEXT,
    "validacion": {"valida": True, "formato": "image/png", "ancho": 360, "alto": 110},
    "mejora": {"aplicada": False},
    "calidad_extraccion": {},
}
RESULT_VIEWED = {
    "status": "success",
    "filename": TEXT,
    "archivo_info": {"nombre_original": NAME, "formato": TEXT, "tamaño": WHOLE, "fecha_procesamiento": TIME},
    "estadisticas": {
        "tiempo_procesamiento": SECONDS,
        "total_palabras": 2,
        "confianza_promedio": PERCENT,
        "confidence_avg": NUMBER,
        "calidad_categoria": TEXT,
        "palabras_alta_confianza": WHOLE,
        "palabras_baja_confianza": WHOLE,
    },
    "texto_extraido": {"texto_completo": "TOTAL 123,45", "longitud_texto": 12, "lineas_texto": 1},
    "coordenadas": {"disponibles": True, "total": 2, "elementos": [dict, dict]},
    "palabras_individuales": {"total": 2, "con_coordenadas": 2, "elementos": [WORD, dict]},
    "datos_financieros": {"disponibles": FLAG, "campos_detectados": WHOLE, "datos": dict},
    "calidad_extraccion": {
        "score": NUMBER,
        "categoria": TEXT,
        "confianza_promedio": NUMBER,
        "distribucion_confianza": dict,
        "recomendaciones": LIST,
    },
}
PROCESSED = {
    "status": "exitoso",
    "estado": "exitoso",
    "files": [
        {
            "filename": FILE,
            "filepath": TEXT,
            "size_bytes": WHOLE,
            "size_readable": TEXT,
            "modified_date": TIME,
            "modified_readable": re.compile(r"\d\d/\d\d/\d{4} \d\d:\d\d:\d\d"),
            "has_ocr_data": True,
            "has_coordinates": True,
            "word_count": 2,
            "confidence": NUMBER,
            "processing_time": NUMBER,
            "texto_preview": "TOTAL 123,45",
        }
    ],
    "total_files": 1,
    **BOTH,
    "last_update": TIME,
}
INBOX_FILE = {"filename": TEXT, "size": WHOLE, "upload_time": NUMBER, "caption": "", "whatsapp_metadata": dict}
QUEUE = {
    "status": "ok",
    "estado": TEXT,
    "inbox_count": 1,
    "processing_count": 0,
    "processed_count": 1,
    "error_count": 0,
    "total_active": 1,
    "timestamp": TIME,
    "queue_status": {
        "inbox": 1,
        "pending": 1,
        "processing": 0,
        "completed": 1,
        "processed": 1,
        "results_available": 1,
        "errors": 0,
    },
    "system_status": {"ocr_loaded": True, "worker_running": True},
    "inbox_files": [{**INBOX_FILE, **dict.fromkeys(SENDER, TEXT)}],
}
STATS = {
    "status": "success",
    "stats": {
        "sistema": {"cpu_uso": NUMBER, "memoria_uso": NUMBER, "memoria_total": NUMBER, "memoria_disponible": NUMBER},
        "cache": {"archivos": WHOLE, "tamaño_mb": NUMBER},
        "ocr": {"componentes_cargados": True, "modelos_disponibles": LIST, "status": "operativo"},
        "archivos": {"en_cola": 1, "procesados": 1},
    },
}
METRICS = {
    "system_metrics": {
        "cpu_usage": NUMBER,
        "memory_usage": NUMBER,
        "disk_usage": NUMBER,
        "load_average": [NUMBER, NUMBER, NUMBER],
        "uptime_seconds": WHOLE,
    },
    "ocr_metrics": {
        "total_processed": WHOLE,
        "average_processing_time": NUMBER,
        "cache_hit_ratio": NUMBER,
        "models_in_memory": WHOLE,
        "extraction_rules_active": WHOLE,
    },
    "performance_metrics": {
        "requests_per_minute": NUMBER,
        "successful_uploads": WHOLE,
        "failed_uploads": WHOLE,
        "batch_success_rate": NUMBER,
        "average_file_size_mb": NUMBER,
    },
    "error_metrics": {"total_errors": WHOLE, "errors_last_hour": WHOLE, "error_rate": NUMBER, "common_errors": LIST},
}
HISTORY = {
    "status": "success",
    "total_batches": 1,
    "batches": [
        {
            "id": SHORT_BATCH,
            "date": TIME,
            "timestampCreacion": TIME,
            "files": [STORED],
            "number": 1,
            "ordenLlegada": 1,
            "totalFiles": 1,
            "successCount": 1,
            "errorCount": 0,
            "successRate": 100.0,
        }
    ],
}
BATCH_STATUS = {
    "status": "completed",
    "batch_id": BATCH,
    "progress": {"processed": 1, "total": 1, "percentage": 100.0},
    "results_available": True,
    "completion_time": TIME,
    "processing_stats": {"success_count": 1, "error_count": 0, "total_processing_time": re.compile(r"\d+\.\ds")},
}
LOT = {
    "idLote": BATCH,
    "estadoLote": "completed",
    "totalDocumentos": 1,
    "documentosProcesados": 1,
    "documentosConError": 0,
    "progresoPorcentaje": 100.0,
    "detallesDocumentos": [dict],
}
PENDING = {"status": TEXT, "files_pending": 1, "files": [{"filename": TEXT, "size_bytes": WHOLE}]}

# {batch}, {short}, {result}, {stored}: of the one that is read.
ANSWERS = [
    ("/api/ocr/queue/status", QUEUE),
    ("/api/ocr/status", QUEUE),
    ("/api/queue_count", {"error": False, "status": "exitoso", "count": 1, "message": TEXT}),
    ("/api/ocr/processed_files", PROCESSED),
    (
        "/api/files/processed",
        {"status": TEXT, "files_processed": 1, "files": [{"filename": TEXT, "size_bytes": WHOLE}]},
    ),
    ("/api/files/pending", PENDING),
    ("/api/ocr/queue/files", PENDING),
    ("/api/ocr/result/{result}", RESULT_STORED),
    ("/api/ocr/view_json/{result}", RESULT_STORED),
    ("/api/ocr/download_json/{result}.json", RESULT_STORED),
    ("/api/ocr/download_json/{stored}", RESULT_STORED),
    ("/api/ocr/download/{result}", RESULT_STORED),
    ("/api/ocr/result_data/{stored}", RESULT_VIEWED),
    ("/api/ocr/preview/{result}", RESULT_VIEWED),
    ("/api/extract_results", consolidated("consolidado_empresarial")),
    ("/api/ocr/extract_results", consolidated("consolidado_empresarial")),
    ("/api/extract_all_results", consolidated("historial_completo")),
    ("/api/batches/download/{batch}", consolidated("lote_especifico", lote_id=BATCH)),
    ("/api/batches/download/{short}", consolidated("lote_especifico", lote_id=SHORT_BATCH)),
    ("/api/download/batch_results/{batch}", consolidated("lote_especifico", lote_id=BATCH)),
    ("/api/download/batch_results/all", consolidated("historial_completo")),
    ("/api/batches/history", HISTORY),
    ("/api/ocr/batch_status/{batch}", BATCH_STATUS),
    ("/api/lotes/{batch}/status", LOT),
    ("/api/stats", STATS),
    ("/api/ocr/resources", STATS),
    ("/api/health", {"status": "healthy", "timestamp": TIME, "checks": dict, "metrics": dict}),
    (
        "/api/status",
        {
            "system": {"status": TEXT, "uptime": WHOLE, "version": TEXT, "timestamp": TIME},
            "ocr_components": dict,
            "directories": dict,
            "worker": dict,
        },
    ),
    ("/api/metrics", METRICS),
    ("/api/metrics/batch", METRICS),
    ("/api/config/extraction_rules", {"status": TEXT, "rules": LIST}),
    ("/api/list_keys", {"status": TEXT, "keys": []}),
    (
        "/api/list_api_keys",
        {"status": TEXT, "mensaje": TEXT, "data": {"api_keys": [], "total_count": 0, "active_count": 0}},
    ),
]
FAILURES = [
    ("GET", "/api/none", {}, 404, "NOT_FOUND_404"),
    ("PUT", "/api/clean", {}, 405, "METHOD_NOT_ALLOWED_405"),
    ("POST", "/api/ocr/process_image", {}, 400, "BAD_REQUEST_400"),
    ("POST", "/api/ocr/process_image", {"files": {"files": ("a.pdf", b"%PDF")}}, 400, "BAD_REQUEST_400"),
    ("POST", "/api/ocr/process_batch", {"json": [1]}, 400, "BAD_REQUEST_400"),
    ("POST", "/api/ocr/process_batch", {"json": {"batch_size": "many"}}, 400, "BAD_REQUEST_400"),
    ("POST", "/api/ocr/process_batch", {"data": {"batch_size": "many"}}, 400, "BAD_REQUEST_400"),
    ("POST", "/api/ocr/upload", {}, 400, "UPLOAD_FAILED"),
    ("POST", "/api/ocr/upload", {"files": {"files": b"x"}, "data": {"metadata": "{"}}, 400, "INVALID_METADATA"),
    ("POST", "/api/upload", {}, 400, "UPLOAD_FAILED"),
    ("POST", "/api/n8n/webhook/document_ingestion", {"json": {}}, 400, "BAD_REQUEST_400"),
    ("POST", "/api/generate_key", {"json": {}}, 400, "BAD_REQUEST_400"),
    ("POST", "/api/validate_api_key", {"json": {}}, 400, "BAD_REQUEST_400"),
    ("POST", "/api/validate_api_key", {"json": {"api_key": "0"}}, 401, "UNAUTHORIZED_401"),
    ("DELETE", "/api/revoke_key/none", {}, 404, "NOT_FOUND_404"),
    ("GET", "/api/current_api_key", {}, 404, "NOT_FOUND_404"),
    ("GET", "/api/ocr/result/BATCH_20990101_000000_00000000", {}, 404, "NOT_FOUND_404"),
    ("GET", "/api/ocr/result_data/none", {}, 404, "NOT_FOUND_404"),
    ("GET", "/api/ocr/download_json/none", {}, 404, "NOT_FOUND_404"),
    ("GET", "/api/batches/download/none", {}, 404, "BATCH_NOT_FOUND"),
    ("GET", "/api/ocr/batch_status/none", {}, 404, "BATCH_NOT_FOUND"),
    ("GET", "/api/lotes/none/status", {}, 404, "BATCH_NOT_FOUND"),
]


def fits(shape, given, where="answer"):
    """Asserts that what was given has the names that are told, each with its value, form or kind; more may be there."""
    if isinstance(shape, dict):
        assert isinstance(given, dict) and shape.keys() <= given.keys(), f"{where}: {shape.keys() - given.keys()}"
        for name, part in shape.items():
            fits(part, given[name], f"{where}.{name}")
    elif isinstance(shape, list):
        assert isinstance(given, list) and len(given) == len(shape), where
        for index, part in enumerate(shape):
            fits(part, given[index], f"{where}[{index}]")
    elif isinstance(shape, re.Pattern):
        assert isinstance(given, str) and shape.fullmatch(given), f"{where}: {given}"
    elif isinstance(shape, type | tuple):
        assert isinstance(given, shape) and (shape is bool or not isinstance(given, bool)), f"{where}: {given}"
    else:
        assert type(given) is type(shape) and given == shape, f"{where}: {given}"


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    """A service that read one image and has another waiting; what the paths name of it."""
    service = Service(tmp_path_factory.mktemp("shapes"), "--workers", "1", "--start", "manual").ready()
    files = {"files": (NAME, picture("TOTAL 123,45"))}
    uploaded = service.client.post("/api/ocr/process_image", files=files, data={"caption": "hola"}).json()
    run = service.client.post("/api/ocr/process_batch", json={}).json()
    service.client.post("/api/ocr/process_image", files={"image": ("x.png", picture("NADA"))})
    [item] = service.client.get("/api/ocr/processed_files").json()["files"]
    yield (
        service,
        uploaded,
        run,
        {
            "batch": run["batch_id"],
            "short": run["batch_id"].rsplit("_", 1)[0],
            "stored": uploaded["uploaded_files"][0],
            "result": item["filename"].removesuffix(".json"),
        },
    )
    assert service.stop() == 0


def test_of_the_upload(read):
    metadata = {
        "filename_original": NAME,
        "filename_final": STORED,
        "request_id": TEXT,
        "upload_timestamp": TIME,
        "file_size": WHOLE,
        **SENDER,
        "fechasorteo": "20990102",
        "texto_mensaje_whatsapp": "hola",
        "caption": "hola",
        "otro_valor": "subir_con_metadata",
        "form_data_used": False,
        "whatsapp_metadata": WHATSAPP,
    }
    fits(
        {
            "status": "success",
            "estado": "exitoso",
            **BOTH,
            "uploaded_count": 1,
            "total_files": 1,
            "uploaded_files": [STORED],
            "results": [
                {"filename_original": NAME, "filename_final": STORED, "status": "uploaded", "metadata": metadata}
            ],
            "next_steps": {"queue_check": TEXT, "process_batch": TEXT, "view_files": TEXT},
        },
        read[1],
    )


def test_of_the_run(read):
    fits(
        {
            "status": "exitoso",
            "estado": "exitoso",
            "message": TEXT,
            "request_id": BATCH,
            "batch_id": BATCH,
            "processing_status": "completed",
            "timestamp": TIME,
            "batch_info": {
                "processed_count": 1,
                "error_count": 0,
                "total_files": 1,
                "processing_time_seconds": NUMBER,
                "avg_time_per_file": NUMBER,
            },
        },
        read[2],
    )


@pytest.mark.parametrize(("path", "shape"), ANSWERS, ids=[path for path, _ in ANSWERS])
def test_of_what_is_asked_for(read, path, shape):
    service, _, _, names = read
    answer = service.client.get(path.format(**names))
    assert answer.status_code == 200, answer.text
    fits(shape, answer.json())
    DOCUMENTED[re.sub(r"\{\w+\}(\.json)?|\ball$", "{id}", path)]["GET"].validate_response(answer)


@pytest.mark.parametrize(("method", "path", "body", "status", "code"), FAILURES)
def test_of_failures(read, method, path, body, status, code):
    answer = read[0].client.request(method, path, timeout=30 * SLOW, **body)
    assert answer.status_code == status, answer.text
    fits({**FAILURE, "error_code": code}, answer.json())
    assert answer.json()["message"] == answer.json()["mensaje"]


def test_of_what_changes_something(start):
    service = start("--start", "manual", "--workers", "1").ready()
    post = service.client.post
    one = {"files": ("a.png", picture("UNO"))}
    made = {"key_id": TEXT, "name": TEXT, "created_at": TIME, "usage_count": 0}
    fits(
        {"status": "success", "message": TEXT, "batch_id": BATCH, "files_uploaded": 1, "timestamp": TIME},
        post("/api/ocr/upload", files=one).json(),
    )
    for path in ("/api/upload", "/api/upload_batch"):
        fits(
            {
                "success": True,
                "message": TEXT,
                "files_uploaded": 1,
                "timestamp": TIME,
                "files_processed": [
                    {
                        "original_name": "a.png",
                        "stored_name": TEXT,
                        "size_bytes": WHOLE,
                        "metadata": dict,
                        "validation": {"valid": True, "errors": [], "warnings": []},
                    }
                ],
            },
            post(path, files=one, data={"nombre_0": "Eva"}).json(),
        )
    for path, count in (("/api/clean_queue", 2), ("/api/ocr/clean_queue", 0), ("/api/ocr/queue/clear", 0)):
        fits({"status": "exitoso", "inbox_cleaned": count, "success": True, "timestamp": TIME}, post(path).json())
    counts = "processed_moved_to_historial results_moved_to_historial historial_eliminated historial_preserved"
    for path in ("/api/clean", "/api/ocr/clean"):
        fits(
            {
                "status": "exitoso",
                "estado": "exitoso",
                "success": True,
                **BOTH,
                "timestamp": TIME,
                "cleaned_counts": dict.fromkeys([*counts.split(), "errors", "temp_dirs"], 0),
                "total_cleaned": 0,
            },
            post(path, content=b"ignored").json(),
        )
    answer = post("/api/generate_api_key", json={"name": "n"})
    assert answer.status_code == 201
    key = {**made, "api_key": re.compile("[0-9a-f]{64}"), "key_id": re.compile("ocr_[0-9a-f]{16}"), "is_active": True}
    del key["usage_count"]
    fits({"status": "success", "mensaje": TEXT, "data": key}, answer.json())
    secret = answer.json()["data"]["api_key"]
    valid = post("/api/validate_api_key", json={"api_key": secret}).json()
    fits({"status": TEXT, "mensaje": TEXT, "valid": True, "data": {**made, "usage_count": 1}}, valid)
    current = service.client.get("/api/current_api_key", headers={"X-API-Key": secret}).json()
    fits({**made, "usage_count": 1, "status": TEXT, "estado": TEXT, "api_key": secret}, current)
    uuid = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
    short = post("/api/generate_key", json={"name": "m", "permissions": {"read": True}}).json()
    fits({"status": TEXT, "message": TEXT, "api_key": re.compile("ocr_[A-Za-z0-9_-]{32}"), "key_id": uuid}, short)
    assert post("/api/validate_api_key", json={"api_key": short["api_key"]}).json()["valid"]
    listed = service.client.get("/api/list_keys").json()["keys"]
    item = {"id": TEXT, "name": TEXT, "created_at": TIME, "usage_count": 1, "permissions": dict, "last_used": TIME}
    fits([item, item], listed)
    for id_ in (answer.json()["data"]["key_id"], short["key_id"]):
        fits({"status": TEXT, "message": TEXT}, service.client.delete(f"/api/revoke_key/{id_}").json())
        assert id_ in [key["id"] for key in listed]
