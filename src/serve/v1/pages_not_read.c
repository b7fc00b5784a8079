/* pages_not_read.c - a list of numbers in one block of fixed size. */
#include "serve/v1/pages_not_read.h"

#include <stdio.h>
#include <string.h>

#include "serve/http/request.h"

enum { LIST_BYTES = 1000, NUMBER_BYTES = 24 };

bool pages_not_read_begin(struct request *request, char **list) {
    *list = arena_allocate_zero(&request->arena, 1, LIST_BYTES);
    if (*list == NULL) {
        answer_no_memory(request);
    }
    return *list != NULL;
}

void pages_not_read_add(char *list, int64_t number) {
    static const char more[] = ", ...";
    size_t used = strlen(list);
    char *end = list + used;
    if (used + NUMBER_BYTES + sizeof more < LIST_BYTES) {
        snprintf(end, LIST_BYTES - used, used == 0 ? "%lld" : ", %lld", (long long)number);
    } else if (strcmp(end - (sizeof more - 1), more) != 0) {
        snprintf(end, LIST_BYTES - used, "%s", more);
    }
}

void pages_not_read_tell(struct request *request, const char *list) {
    request->pages_not_read = *list == '\0' ? NULL : list;
}
