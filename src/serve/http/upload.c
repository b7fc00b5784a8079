/* upload.c - one raw image, or a multipart or urlencoded form, taken apart as it comes. */
#include "serve/http/upload.h"

#include <microhttpd.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/error.h"
#include "serve/http/file_name.h"
#include "serve/http/request.h"

enum { POST_BUFFER_BYTES = 4096, FIELDS_LIMIT_BYTES = 256 << 10 };

static void fail(struct upload *upload, enum lince_status status, const char *english, const char *spanish) {
    upload->is_failed = true;
    error_set(&upload->error, status, english, spanish, 0);
}

static struct upload_file *file_begin(struct request *request, const char *field, const char *name) {
    struct upload *upload = &request->upload;
    if (upload->file_count >= SETTING_NUMBER(&request->service->settings, max_files)) {
        upload->is_too_many = upload->is_failed = true;
        return NULL;
    }
    struct upload_file *file = arena_allocate_aligned(&request->arena, sizeof *file, _Alignof(struct upload_file));
    if (file != NULL) {
        file->draft.descriptor = -1;
        file->field = arena_copy_text(&request->arena, field, strnlen(field, FILE_NAME_LIMIT_BYTES));
        file->name = file_name_clean(&request->arena, name);
        file->name_sent = arena_copy_text(&request->arena, name, strlen(name));
    }
    if (file == NULL || file->field == NULL || file->name == NULL || file->name_sent == NULL) {
        fail(upload, LINCE_ERROR_MEMORY_LIMIT, "no memory for the upload", "no hay memoria para la subida");
        return NULL;
    }
    *upload->last_file = file;
    upload->last_file = &file->next;
    upload->file_count++;
    upload->is_failed = image_draft_begin(request->service->store, &file->draft, &upload->error) != LINCE_OK;
    file->is_open = !upload->is_failed;
    return upload->is_failed ? NULL : file;
}

static void file_end(struct upload *upload) {
    struct upload_file *file = upload->current;
    upload->current = NULL;
    if (file != NULL && file->is_open) {
        file->is_open = false;
        image_draft_end(&file->draft);
    }
}

static void field_add(struct request *request, const char *name, const char *bytes, size_t count, bool is_new) {
    struct upload *upload = &request->upload;
    struct upload_field *field = upload->field_now;
    /* libmicrohttpd may announce the beginning of a part twice: first without bytes. */
    if (field == NULL || (is_new && (field->bytes > 0 || strcmp(field->name, name) != 0))) {
        size_t name_bytes = strnlen(name, FILE_NAME_LIMIT_BYTES);
        field = arena_allocate_zero(&request->arena, 1, sizeof *field);
        if (field != NULL) {
            field->name = arena_copy_text(&request->arena, name, name_bytes);
            *upload->last_field = field;
            upload->last_field = &field->next;
        }
        upload->field_now = field;
        upload->field_bytes += sizeof *field + name_bytes; /* many empty fields take memory too */
    }
    upload->field_bytes += count;
    if (upload->field_bytes > FIELDS_LIMIT_BYTES) {
        fail(upload, LINCE_ERROR_TOO_LARGE, "the fields of the form are larger than 256 KB together, or too many",
             "los campos del formulario pasan de 256 KB en total, o son demasiados");
        return;
    }
    if (field == NULL || field->name == NULL) {
        fail(upload, LINCE_ERROR_MEMORY_LIMIT, "no memory for the upload", "no hay memoria para la subida");
        return;
    }
    if (field->bytes + count + 1 > field->room) {
        size_t room = 2 * (field->bytes + count) + 16;
        char *value = arena_allocate(&request->arena, room);
        if (value == NULL) {
            fail(upload, LINCE_ERROR_MEMORY_LIMIT, "no memory for the upload", "no hay memoria para la subida");
            return;
        }
        if (field->bytes > 0) {
            memcpy(value, field->value, field->bytes);
        }
        field->value = value;
        field->room = room;
    }
    if (count > 0) {
        memcpy(field->value + field->bytes, bytes, count);
    }
    field->bytes += count;
    field->value[field->bytes] = '\0';
}

static void field_take(void *context, const char *name, const char *bytes, size_t count, bool is_new) {
    struct request *request = context;
    if (!request->upload.is_failed) {
        field_add(request, name, bytes, count, is_new);
    }
}

static enum MHD_Result part_take(void *context, enum MHD_ValueKind kind, const char *key, const char *file_name,
                                 const char *content_type, const char *encoding, const char *bytes, uint64_t offset,
                                 size_t count) {
    struct request *request = context;
    struct upload *upload = &request->upload;
    (void)kind, (void)content_type, (void)encoding;
    if (upload->is_failed || key == NULL) {
        return MHD_YES;
    }
    if (file_name == NULL) {
        file_end(upload);
        field_add(request, key, bytes, count, offset == 0);
        return MHD_YES;
    }
    bool is_same = upload->current != NULL && upload->current->draft.bytes == 0 &&
                   strcmp(upload->current->field, key) == 0 && strcmp(upload->current->name_sent, file_name) == 0;
    if (offset == 0 && !is_same) {
        file_end(upload);
        upload->current = file_begin(request, key, file_name);
    }
    if (upload->current != NULL &&
        image_draft_write(&upload->current->draft, bytes, count, &upload->error) != LINCE_OK) {
        upload->is_failed = true;
    }
    return MHD_YES;
}

static bool is_type(const char *type, const char *wanted) {
    return type != NULL && strncasecmp(type, wanted, strlen(wanted)) == 0;
}

static bool form_begin(struct request *request) {
    request->upload.post = MHD_create_post_processor(request->connection, POST_BUFFER_BYTES, part_take, request);
    return request->upload.post != NULL;
}

static void raw_begin(struct request *request) {
    const char *name = request_query(request, "name"),
               *usual = request->route->body == BODY_STATEMENT ? "statement" : "image";
    request->upload.current = file_begin(request, "file", name != NULL ? name : usual);
}

/* Whether a body of that type is one file. */
static bool is_of_file(const struct request *request, const char *type) {
    static const char *const images[] = {
        "image/", "application/pdf", "application/zip", "application/x-zip-compressed", "application/octet-stream",
        NULL};
    /* Some systems call CSV text or a sheet of Excel. */
    static const char *const statements[] = {"text/csv",
                                             "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                                             "application/vnd.ms-excel",
                                             "text/tab-separated-values",
                                             "text/plain",
                                             "application/pdf",
                                             "application/octet-stream",
                                             NULL};
    const char *const *wanted = request->route->body == BODY_STATEMENT ? statements : images;
    while (*wanted != NULL && !is_type(type, *wanted)) {
        wanted++;
    }
    return *wanted != NULL;
}

static void answer_media_type(struct request *request, const char *type) {
    if (request->route->body == BODY_STATEMENT) {
        answer_problem(request, PROBLEM_MEDIA_TYPE,
                       "send text/csv, the type of XLSX, application/pdf, application/octet-stream or "
                       "multipart/form-data, not %s",
                       "envíe text/csv, el tipo de XLSX, application/pdf, application/octet-stream o "
                       "multipart/form-data, no %s",
                       type);
    } else {
        answer_problem(request, PROBLEM_MEDIA_TYPE,
                       "send image/*, application/pdf, application/zip, application/octet-stream or "
                       "multipart/form-data, not %s",
                       "envíe image/*, application/pdf, application/zip, application/octet-stream o "
                       "multipart/form-data, no %s",
                       type);
    }
}

bool upload_begin(struct request *request) {
    struct upload *upload = &request->upload;
    const char *type = request_header(request, MHD_HTTP_HEADER_CONTENT_TYPE);
    upload->last_file = &upload->files;
    upload->last_field = &upload->fields;
    upload->error = (struct lince_error)LINCE_ERROR_INIT;
    upload->error.language = request->language;
    upload->is_undecided = is_type(type, "application/x-www-form-urlencoded");
    if (upload->is_undecided) {
        return true;
    }
    if (is_type(type, "multipart/form-data")) {
        if (!form_begin(request)) {
            answer_problem(request, PROBLEM_BAD_REQUEST, "the multipart body has no boundary",
                           "el cuerpo multipart no tiene delimitador");
        }
        return upload->post != NULL;
    }
    if (is_type(type, "application/json")) {
        return true; /* kept in memory, as on a route without files */
    }
    if (type != NULL && !is_of_file(request, type)) {
        if (request->dialect->takes_any_media) {
            return true;
        }
        answer_media_type(request, type);
        return false;
    }
    raw_begin(request);
    return true;
}

/* Whether a file begins with these bytes, which no form does. */
static bool begins_like_file(const char *bytes, size_t count) {
    static const struct {
        const char *start;
        size_t count;
    } starts[] = {{"%PDF-", 5}, {"II*\0", 4}, {"MM\0*", 4}, {"II+\0", 4}, {"MM\0+", 4},  {"\0\0\0", 3},
                  {"\xff", 1},  {"\x89", 1},  {"RIFF", 4},  {"GIF8", 4},  {"PK\3\4", 4}, {"PK\5\6", 4}};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        if (count >= starts[i].count && memcmp(bytes, starts[i].start, starts[i].count) == 0) {
            return true;
        }
    }
    return count == UPLOAD_START_BYTES && memcmp(bytes, "BM", 2) == 0 && memcmp(bytes + 6, "\0\0\0\0", 4) == 0;
}

static void bytes_take(struct request *request, const char *bytes, size_t count) {
    struct upload *upload = &request->upload;
    if (upload->is_failed || count == 0) {
        return;
    }
    if (upload->post != NULL) {
        if (MHD_post_process(upload->post, bytes, count) != MHD_YES && !upload->is_failed) {
            fail(upload, LINCE_ERROR_ARGUMENT, "the form is not well formed", "el formulario está mal formado");
        }
    } else if (upload->is_urlencoded) {
        urlencoded_feed(&upload->urlencoded, bytes, count, field_take, request);
    } else if (upload->current != NULL) {
        upload->is_failed = image_draft_write(&upload->current->draft, bytes, count, &upload->error) != LINCE_OK;
    } else {
        buffer_append(&request->body, bytes, count);
    }
}

/* curl calls every body a form by default. No form begins like a file. */
static void decide(struct request *request) {
    struct upload *upload = &request->upload;
    upload->is_undecided = false;
    if (upload->start_bytes > 0 && begins_like_file(upload->start, upload->start_bytes)) {
        raw_begin(request);
    } else {
        upload->is_urlencoded = true;
    }
    bytes_take(request, upload->start, upload->start_bytes);
}

void upload_feed(struct request *request, const char *bytes, size_t count) {
    struct upload *upload = &request->upload;
    while (upload->is_undecided && count > 0) {
        upload->start[upload->start_bytes++] = *bytes++;
        count--;
        if (upload->start_bytes == UPLOAD_START_BYTES) {
            decide(request);
        }
    }
    bytes_take(request, bytes, count);
}

/* False after answering with the upload's problem, if it has one. */
static bool is_well(struct request *request) {
    const struct upload *upload = &request->upload;
    if (!upload->is_failed) {
        return true;
    }
    if (upload->is_too_many) {
        answer_problem(request, PROBLEM_TOO_LARGE, "more than %llu files in one request; send fewer",
                       "más de %llu archivos en una petición; envíe menos",
                       (unsigned long long)SETTING_NUMBER(&request->service->settings, max_files));
    } else if (upload->error.status == LINCE_ERROR_ARGUMENT) {
        answer_problem(request, PROBLEM_BAD_REQUEST, "%s", "%s", upload->error.message);
    } else if (upload->error.status == LINCE_ERROR_TOO_LARGE) {
        answer_problem(request, PROBLEM_TOO_LARGE, "%s", "%s", upload->error.message);
    } else {
        request->failure = upload->error;
        answer_failure(request);
    }
    return false;
}

bool upload_end(struct request *request) {
    struct upload *upload = &request->upload;
    if (upload->is_undecided) {
        decide(request);
    }
    if (upload->post != NULL) {
        if (MHD_destroy_post_processor(upload->post) != MHD_YES && !upload->is_failed) {
            fail(upload, LINCE_ERROR_ARGUMENT, "the form ends in the middle", "el formulario acaba a medias");
        }
        upload->post = NULL;
    }
    if (upload->is_urlencoded && !upload->is_failed) {
        urlencoded_end(&upload->urlencoded, field_take, request);
    }
    if (!upload->is_failed) {
        file_end(upload);
    }
    return is_well(request);
}

struct upload_file *upload_put(struct request *request, const char *name) {
    struct upload *upload = &request->upload;
    struct upload_file *file = arena_allocate_aligned(&request->arena, sizeof *file, _Alignof(struct upload_file));
    if (file == NULL) {
        return NULL;
    }
    memset(file, 0, sizeof *file);
    file->field = "file";
    file->name = file->name_sent = name;
    file->draft.descriptor = -1;
    *upload->last_file = file;
    upload->last_file = &file->next;
    upload->file_count++;
    return image_draft_begin(request->service->store, &file->draft, &request->failure) == LINCE_OK ? file : NULL;
}

void upload_put_end(struct upload_file *file) {
    image_draft_end(&file->draft);
    image_draft_rest(&file->draft);
}

void upload_take_back(struct request *request, struct upload_file *file) {
    struct upload *upload = &request->upload;
    struct upload_file **link = &upload->files;
    while (*link != file) {
        link = &(*link)->next;
    }
    *link = NULL;
    upload->last_file = link;
    upload->file_count--;
    image_draft_drop(&file->draft);
}

struct upload_file *upload_add(struct request *request, const char *name, const void *bytes, size_t count) {
    struct upload *upload = &request->upload;
    struct upload_file *file = upload->current = file_begin(request, "file", name);
    if (file != NULL) {
        upload->is_failed = image_draft_write(&file->draft, bytes, count, &upload->error) != LINCE_OK;
    }
    if (!upload->is_failed) {
        file_end(upload);
    }
    return is_well(request) ? file : NULL;
}

void upload_free(struct request *request) {
    struct upload *upload = &request->upload;
    if (upload->post != NULL) {
        MHD_destroy_post_processor(upload->post);
    }
    for (struct upload_file *file = upload->files; file != NULL; file = file->next) {
        image_draft_drop(&file->draft);
    }
}
