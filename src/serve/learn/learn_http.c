/* learn_http.c - /v1/learn: layouts that the corrections teach, proposed, accepted, exported and taken back. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/error.h"
#include "fields/learn/kept.h"
#include "fields/learn/learn_text.h"
#include "serve/learn/learn_http.h"
#include "serve/learn/teaching.h"
#include "store/keys.h"

/* Learning reads pages for seconds: a thread of its own does it, so that no other request waits. `lince learn` looks at
 * more. */
enum { KNOWN_MOST = 48, OTHER_MOST = 150, LOOK_MS = 200, NAMES_BYTES = 1024 };

struct learning_work {
    struct service *service;
    pthread_t thread;
    struct teaching wanted;
    char folder[PATH_MAX], names[NAMES_BYTES];
    struct lince_error error;
    enum lince_status status;
    json_t *proposals;
    bool is_started;
    _Atomic bool is_done;
};

/* One at a time: it takes a part of the memory for requests. */
static pthread_mutex_t learning_lock = PTHREAD_MUTEX_INITIALIZER;

static void *learning_run(void *argument) {
    struct learning_work *work = argument;
    pthread_mutex_lock(&learning_lock);
    work->status =
        teaching_run(work->service->store, &work->service->requests, &work->wanted, &work->proposals, &work->error);
    pthread_mutex_unlock(&learning_lock);
    work->is_done = true;
    return NULL;
}

static void learning_free(void *kept) {
    struct learning_work *work = kept;
    if (work->is_started) {
        pthread_join(work->thread, NULL);
    }
    json_decref(work->proposals);
}

static void folder_of(const struct request *request, char folder[PATH_MAX]) {
    teaching_folder(SETTING_TEXT_OF(&request->service->settings, data), folder);
}

static void learning_begin(struct request *request, const char *names, bool accept_safe) {
    struct learning_work *work = arena_allocate_zero(&request->arena, 1, sizeof *work);
    if (work == NULL) {
        answer_no_memory(request);
        return;
    }
    folder_of(request, work->folder);
    snprintf(work->names, sizeof work->names, "%s", names == NULL ? "" : names);
    work->service = request->service;
    work->error.language = request->language;
    work->wanted = (struct teaching){.folder = work->folder,
                                     .known_most = KNOWN_MOST,
                                     .other_most = OTHER_MOST,
                                     .accept = names == NULL ? NULL : work->names,
                                     .accept_safe = accept_safe};
    request->work = work;
    request->work_free = learning_free;
    work->is_started = pthread_create(&work->thread, NULL, learning_run, work) == 0;
    if (!work->is_started) {
        answer_no_memory(request);
        return;
    }
    request_wait(request, clock_now_ms() + LOOK_MS);
}

static void learning_answer(struct request *request) {
    struct learning_work *work = request->work;
    if (!work->is_done) {
        request_wait(request, clock_now_ms() + LOOK_MS);
        return;
    }
    if (work->status != LINCE_OK) {
        request->failure = work->error;
        answer_failure(request);
        return;
    }
    teaching_audit(request->service->store, request->actor, work->proposals);
    answer_json(request, 200, json_pack("{s:O}", "proposals", work->proposals));
}

void learn_get(struct request *request) {
    if (request->work != NULL) {
        learning_answer(request);
    } else {
        learning_begin(request, NULL, false);
    }
}

/* Names with commas between; false after answering with a problem. */
static bool names_join(struct request *request, const json_t *accept, char names[NAMES_BYTES]) {
    size_t used = 0;
    names[0] = '\0';
    for (size_t i = 0; i < json_array_size(accept); i++) {
        const char *name = json_string_value(json_array_get(accept, i));
        if (name == NULL || *name == '\0' || strchr(name, ',') != NULL || used + strlen(name) + 2 > NAMES_BYTES) {
            answer_problem(request, PROBLEM_INVALID, "accept must be a list of names of proposals",
                           "accept debe ser una lista de nombres de propuestas");
            return false;
        }
        used += (size_t)snprintf(names + used, NAMES_BYTES - used, "%s%s", used == 0 ? "" : ",", name);
    }
    return true;
}

/* {"accept": ["banco-aurora"], "accept_safe": true}: one of them is needed. */
void learn_post(struct request *request) {
    char names[NAMES_BYTES];
    if (request->work != NULL) {
        learning_answer(request);
        return;
    }
    json_t *json = request_json(request);
    if (json == NULL) {
        return;
    }
    const json_t *accept = json_object_get(json, "accept"), *safe = json_object_get(json, "accept_safe");
    bool is_asked = json_array_size(accept) > 0 || json_is_true(safe);
    if ((accept != NULL && !json_is_array(accept)) || (safe != NULL && !json_is_boolean(safe)) || !is_asked) {
        answer_problem(request, PROBLEM_INVALID, "send accept, a list of names of proposals, or accept_safe: true",
                       "envíe accept, una lista de nombres de propuestas, o accept_safe: true");
    } else if (names_join(request, accept, names)) {
        learning_begin(request, json_array_size(accept) > 0 ? names : NULL, json_is_true(safe));
    }
    json_decref(json);
}

void learned_get(struct request *request) {
    char folder[PATH_MAX];
    folder_of(request, folder);
    json_t *layout = learn_kept(folder, request->parameters[0]);
    if (layout == NULL) {
        answer_problem(request, PROBLEM_NOT_FOUND, "there is no learned layout \"%.60s\"",
                       "no hay una plantilla aprendida «%.60s»", request->parameters[0]);
        return;
    }
    answer_json(request, 200, layout);
}

void learned_delete(struct request *request) {
    char folder[PATH_MAX];
    folder_of(request, folder);
    if (learn_undo(folder, request->parameters[0], &request->failure) != LINCE_OK) {
        answer_failure(request);
        return;
    }
    store_audit(request->service->store, request->actor, "learn undo", request->parameters[0], NULL);
    answer_empty(request, 204);
}
