/* cursor.c - the cursors of a request's list. */
#include "serve/v1/cursor.h"

void cursor_make(const struct request *request, int64_t seq, char text[CURSOR_BYTES]) {
    cursor_write(request->service->secret, request->path, seq, text);
}

bool cursor_read(struct request *request, int64_t *seq) {
    const char *text = request_query(request, "cursor");
    *seq = -1;
    if (text == NULL || cursor_parse(request->service->secret, request->path, text, seq)) {
        return true;
    }
    *seq = -1;
    answer_problem(request, PROBLEM_INVALID, "the cursor is not from this list; start without one",
                   "el cursor no es de esta lista; empiece sin cursor");
    return false;
}
