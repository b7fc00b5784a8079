/* query.c - the parameters of a query: which ones the path has, and their values. */
#include <stdlib.h>
#include <string.h>

#include "serve/http/request.h"

struct query_search {
    const char *name, *value;
};

static enum MHD_Result query_match(void *context, enum MHD_ValueKind kind, const char *key, const char *value) {
    struct query_search *search = context;
    (void)kind;
    if (strcmp(key, search->name) != 0) {
        return MHD_YES;
    }
    search->value = value == NULL ? "" : value;
    return MHD_NO;
}

const char *request_query(const struct request *request, const char *name) {
    struct query_search search = {name, NULL};
    MHD_get_connection_values(request->connection, MHD_GET_ARGUMENT_KIND, query_match, &search);
    return search.value;
}

bool request_number(struct request *request, const char *name, int64_t least, int64_t most, int64_t *value) {
    const char *text = request_query(request, name);
    char *end;
    if (text == NULL) {
        return true;
    }
    long long number = strtoll(text, &end, 10);
    if (*text == '\0' || *end != '\0' || number < least || number > most) {
        answer_problem(request, PROBLEM_INVALID, "%s must be a whole number from %lld to %lld",
                       "%s debe ser un número entero de %lld a %lld", name, (long long)least, (long long)most);
        return false;
    }
    *value = number;
    return true;
}

bool request_flag(struct request *request, const char *name, int *flag) {
    const char *text = request_query(request, name);
    if (text == NULL) {
        return true;
    }
    if (strcmp(text, "true") == 0 || strcmp(text, "false") == 0) {
        *flag = strcmp(text, "true") == 0;
        return true;
    }
    answer_problem(request, PROBLEM_INVALID, "%s must be true or false", "%s debe ser true o false", name);
    return false;
}

/* The index of this name in the names, which spaces separate; -1: absent. */
static int name_place(const char *names, const char *name) {
    size_t length = strlen(name);
    for (int place = 0; *names != '\0'; place++) {
        size_t listed = strcspn(names, " ");
        if (listed == length && memcmp(names, name, length) == 0) {
            return place;
        }
        names += listed + strspn(names + listed, " ");
    }
    return -1;
}

struct query_review {
    const char *known;
    uint32_t seen;               /* one bit for each, by its index */
    const char *unknown, *twice; /* the first of each; NULL: none */
};

static enum MHD_Result parameter_reviewed(void *context, enum MHD_ValueKind kind, const char *name, const char *value) {
    struct query_review *review = context;
    int place = name_place(review->known, name);
    (void)kind, (void)value;
    if (place < 0) {
        review->unknown = name;
    } else if ((review->seen & 1U << place) != 0) {
        review->twice = name;
    } else {
        review->seen |= 1U << place;
        return MHD_YES;
    }
    return MHD_NO;
}

bool query_check(struct request *request) {
    const char *known = request->route->query;
    struct query_review review = {.known = known};
    if (known == ANY_QUERY) {
        return true;
    }
    MHD_get_connection_values(request->connection, MHD_GET_ARGUMENT_KIND, parameter_reviewed, &review);
    if (review.unknown != NULL && *known == '\0') {
        answer_problem(request, PROBLEM_INVALID, "the parameter %.40s is not known: this path takes none",
                       "el parámetro %.40s no se conoce: esta ruta no admite ninguno", review.unknown);
    } else if (review.unknown != NULL) {
        answer_problem(request, PROBLEM_INVALID, "the parameter %.40s is not known; this path takes: %s",
                       "el parámetro %.40s no se conoce; esta ruta admite: %s", review.unknown, known);
    } else if (review.twice != NULL) {
        answer_problem(request, PROBLEM_INVALID, "the parameter %.40s is given twice; give it once",
                       "el parámetro %.40s se da dos veces; délo una sola vez", review.twice);
    }
    return review.unknown == NULL && review.twice == NULL;
}
