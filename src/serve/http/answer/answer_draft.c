/* answer_draft.c - an answer of any length, written before it is sent. */
#include "serve/http/answer/answer_draft.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "base/file.h"
#include "base/json_memory.h"

enum { PART_BYTES = 64 << 10 };

void answer_draft_begin(struct answer_draft *draft, struct request *request) {
    *draft = (struct answer_draft){.request = request, .descriptor = -1};
    buffer_init(&draft->bytes, request->body.meter);
    json_memory_was_refused(); /* earlier refusals do not count */
}

/* Its name is removed at once. What a run that was killed left behind, the next start removes. */
static int file_open_unnamed(const struct request *request) {
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/incoming/%s.answer", SETTING_TEXT_OF(&request->service->settings, data),
             request->id);
    int descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor >= 0) {
        unlink(path);
    }
    return descriptor;
}

static void file_write(struct answer_draft *draft) {
    if (draft->descriptor < 0 && !draft->is_unwritable) {
        draft->descriptor = file_open_unnamed(draft->request);
    }
    draft->is_unwritable = draft->is_unwritable || draft->descriptor < 0 ||
                           !file_write_all(draft->descriptor, draft->bytes.bytes, draft->bytes.used_bytes);
    draft->file_bytes += draft->bytes.used_bytes;
    buffer_clear(&draft->bytes);
}

void answer_draft_flush(struct answer_draft *draft) {
    if (draft->bytes.used_bytes >= PART_BYTES && !draft->bytes.refused) {
        file_write(draft);
    }
}

static size_t json_flags(const struct answer_draft *draft) {
    return draft->request->dialect->json_flags | JSON_REAL_PRECISION(10);
}

void answer_draft_list_begin(struct answer_draft *draft, json_t *json) {
    enum { END_BYTES = 2 }; /* "]}" */
    draft->is_incomplete = json == NULL;
    if (json != NULL) {
        json_memory_write(json, json_flags(draft), &draft->bytes);
    }
    if (draft->bytes.used_bytes >= END_BYTES) {
        draft->bytes.used_bytes -= END_BYTES;
    }
    json_decref(json);
}

void answer_draft_list_add(struct answer_draft *draft, json_t *member) {
    size_t flags = json_flags(draft);
    draft->is_incomplete = draft->is_incomplete || member == NULL;
    if (draft->is_inside) {
        buffer_text(&draft->bytes, (flags & JSON_COMPACT) != 0 ? "," : ", ");
    }
    if (member != NULL) {
        json_memory_write(member, flags, &draft->bytes);
    }
    draft->is_inside = true;
    json_decref(member);
    draft->is_incomplete = draft->is_incomplete || json_memory_was_refused();
    answer_draft_flush(draft);
}

void answer_draft_list_end(struct answer_draft *draft) {
    buffer_text(&draft->bytes, "]}");
}

void answer_draft_send(struct answer_draft *draft, const char *media_type, const char *file_name) {
    struct request *request = draft->request;
    if (draft->file_bytes > 0 && !draft->bytes.refused) {
        file_write(draft);
    }
    if (answer_if_failed(request)) {
        answer_draft_drop(draft);
        return;
    }
    if (draft->bytes.refused || draft->is_incomplete) {
        answer_problem(request, PROBLEM_MEMORY, "no memory left to write the answer; send it again later",
                       "no queda memoria para escribir la respuesta; repita la petición más tarde");
    } else if (draft->is_unwritable) {
        answer_problem(request, PROBLEM_STORAGE_FULL, "the answer could not be written; make room in the data folder",
                       "no se pudo escribir la respuesta; haga sitio en la carpeta de datos");
    } else if (draft->file_bytes == 0) {
        answer_bytes(request, 200, media_type, draft->bytes.bytes, draft->bytes.used_bytes);
    } else {
        answer_file(request, media_type, file_name, draft->descriptor, draft->file_bytes);
        draft->descriptor = -1;
    }
    answer_draft_drop(draft);
}

void answer_draft_drop(struct answer_draft *draft) {
    if (draft->descriptor >= 0) {
        close(draft->descriptor);
    }
    buffer_free(&draft->bytes);
    draft->descriptor = -1;
}
