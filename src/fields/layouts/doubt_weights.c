/* doubt_weights.c - the file of weights: checks it, makes the model from it, and reads thresholds as people write them.
 */
#include "fields/layouts/doubt_weights.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/json_check.h"

static const char *const input_names[] = {"score",        "place",       "label",     "form",      "reading",
                                          "page_reading", "small",       "margin",    "kind",      "repairs",
                                          "check_right",  "check_wrong", "sum_right", "sum_wrong", "two_readings",
                                          "pattern",      "rows",        "lone_sign", "country",   NULL};

static const char *const kind_names[] = {"amount", "other_amount", "currency",  "date", "time", "phone", "id",
                                         "bank",   "account",      "reference", "name", "text", "page",  NULL};

static const char *const page_names[] = {"amount_doubt",
                                         "currency_doubt",
                                         "date_doubt",
                                         "number_doubt",
                                         "party_doubt",
                                         "id_doubt",
                                         "amount_absent",
                                         "currency_absent",
                                         "date_absent",
                                         "number_absent",
                                         "party_absent",
                                         "id_absent",
                                         "amount_unlabelled",
                                         "currency_unlabelled",
                                         "date_unlabelled",
                                         "number_unlabelled",
                                         "party_unlabelled",
                                         "id_unlabelled",
                                         "amount_label",
                                         "currency_label",
                                         "date_label",
                                         "number_label",
                                         "party_label",
                                         "id_label",
                                         "amount_rival",
                                         "currency_rival",
                                         "date_rival",
                                         "number_rival",
                                         "party_rival",
                                         "id_rival",
                                         "amount_rest",
                                         "currency_rest",
                                         "date_rest",
                                         "number_rest",
                                         "party_rest",
                                         "id_rest",
                                         "kind",
                                         "untitled",
                                         "few_signs",
                                         "country",
                                         "left_amounts",
                                         "left_larger",
                                         "left_dates",
                                         "left_numbers",
                                         "left_ids",
                                         "left_names",
                                         "number_none",
                                         "party_none",
                                         "id_none",
                                         "number_out",
                                         "party_out",
                                         "id_out",
                                         "number_longer",
                                         "number_cut",
                                         "party_rows",
                                         "message",
                                         "unpaid",
                                         "received",
                                         "number_wordy",
                                         "number_short",
                                         "party_odd",
                                         "party_single",
                                         "party_label",
                                         "party_words",
                                         "party_below",
                                         "party_near",
                                         "number_below",
                                         "strange",
                                         "labelled",
                                         "short",
                                         "sum",
                                         "unread",
                                         "pattern",
                                         "sale",
                                         "own",
                                         NULL};

_Static_assert(sizeof page_names / sizeof *page_names == PAGE_INPUT_COUNT + 1, "every input of a page has a name");

const char *doubt_kind_name(enum doubt_kind kind) {
    return (size_t)kind < DOUBT_KIND_COUNT ? kind_names[kind] : NULL;
}

const char *doubt_input_name(enum doubt_input input) {
    return (size_t)input < DOUBT_INPUT_COUNT ? input_names[input] : NULL;
}

const char *page_input_name(enum page_input input) {
    return (size_t)input < PAGE_INPUT_COUNT ? page_names[input] : NULL;
}

enum doubt_kind doubt_kind_of(enum value_type type, bool is_required) {
    static const enum doubt_kind kinds[VALUE_TYPE_COUNT] = {
        [VALUE_MONEY] = DOUBT_OTHER_AMOUNT,
        [VALUE_CURRENCY] = DOUBT_CURRENCY,
        [VALUE_DATE] = DOUBT_DATE,
        [VALUE_TIME] = DOUBT_TIME,
        [VALUE_PHONE] = DOUBT_PHONE,
        [VALUE_ID] = DOUBT_ID,
        [VALUE_BANK] = DOUBT_BANK,
        [VALUE_ACCOUNT] = DOUBT_ACCOUNT,
        [VALUE_REFERENCE] = DOUBT_REFERENCE,
        [VALUE_EMAIL] = DOUBT_TEXT,
        [VALUE_NAME] = DOUBT_NAME,
        [VALUE_TEXT] = DOUBT_TEXT,
        [VALUE_COMPANY] = DOUBT_NAME,
        [VALUE_ADDRESS] = DOUBT_TEXT,
        [VALUE_ITEMS] = DOUBT_OTHER_AMOUNT,
        [VALUE_TAXES] = DOUBT_OTHER_AMOUNT,
        [VALUE_PAYMENTS] = DOUBT_OTHER_AMOUNT,
        [VALUE_ZONE] = DOUBT_TEXT,
        [VALUE_RATE] = DOUBT_OTHER_AMOUNT,
    };
    return type == VALUE_MONEY && is_required ? DOUBT_AMOUNT : kinds[type];
}

/* Members of an object are numbers; where `names` is given, of these names. */
static enum lince_status numbers_check(struct json_check *check, const json_t *tree, const char *key,
                                       const char *const *names) {
    const char *name;
    json_t *value;
    enum lince_status status = LINCE_OK;
    check_enter(check, key, 0);
    json_object_foreach(json_object_get((json_t *)(uintptr_t)tree, key), name, value) {
        check_enter(check, name, 0);
        status = names == NULL ? LINCE_OK : check_one_of(check, name, names);
        if (status == LINCE_OK && !json_is_number(value)) {
            status = check_refuse(check, "\"%s\" must be a number", "\"%s\" debe ser un número", name);
        }
        if (status != LINCE_OK) {
            return status;
        }
        check_leave(check);
    }
    check_leave(check);
    return LINCE_OK;
}

/* Pairs of numbers; neither number may fall from pair to pair. */
static enum lince_status curve_check(struct json_check *check, const json_t *tree, const char *key) {
    const json_t *points = json_object_get(tree, key);
    double last[2] = {-1e9, -1e9};
    size_t count = json_array_size(points);
    check_enter(check, key, 0);
    if (count < 2 || count > DOUBT_POINTS_MOST) {
        return check_refuse(check, "%d to %d points are needed", "hacen falta de %d a %d puntos", 2,
                            (int)DOUBT_POINTS_MOST);
    }
    for (size_t i = 0; i < count; i++) {
        const json_t *point = json_array_get(points, i);
        check_enter(check, NULL, i);
        for (size_t j = 0; j < 2; j++) {
            const json_t *number = json_array_get(point, j);
            if (!json_is_number(number) || json_array_size(point) != 2 || json_number_value(number) < last[j] ||
                json_number_value(number) < 0 || json_number_value(number) > 1) {
                return check_refuse(check, "a point is two numbers from 0 to 1, none below that of the one before",
                                    "un punto son dos números de 0 a 1, ninguno menor que el del anterior");
            }
            last[j] = json_number_value(number);
        }
        check_leave(check);
    }
    check_leave(check);
    return LINCE_OK;
}

/* A curve for each kind that has one of its own. */
static enum lince_status curves_check(struct json_check *check, const json_t *tree) {
    const json_t *curves = json_object_get(tree, "curves");
    const char *name;
    json_t *points;
    enum lince_status status = LINCE_OK;
    check_enter(check, "curves", 0);
    json_object_foreach((json_t *)(uintptr_t)curves, name, points) {
        check_enter(check, name, 0);
        status = check_one_of(check, name, kind_names);
        check_leave(check);
        status = status == LINCE_OK ? curve_check(check, curves, name) : status;
        if (status != LINCE_OK) {
            return status;
        }
    }
    check_leave(check);
    return LINCE_OK;
}

static enum lince_status tree_check(struct json_check *check, json_t *tree) {
    static const struct json_member members[] = {
        {"$schema", "s"}, {"schema", "n"},    {"about", "s"},       {"bias", "n"},  {"inputs", "o"}, {"types", "o"},
        {"fields", "o"},  {"rules", "o"},     {"layouts", "o"},     {"curve", "a"}, {"caps", "a"},   {"review", "o"},
        {"curves", "o"},  {"page_bias", "n"}, {"page_inputs", "o"}, {NULL, NULL}};
    static const char *const needed[] = {"bias", "inputs", "curve", "caps", "review"};
    const char *types[VALUE_TYPE_COUNT + 1] = {NULL};
    for (size_t i = 0; i < VALUE_TYPE_COUNT; i++) {
        types[i] = value_type_name((enum value_type)i);
    }
    enum lince_status status = LINCE_OK;
    if (!json_is_object(tree)) {
        status = check_refuse(check, "a file of weights is a JSON object", "un archivo de pesos es un objeto JSON");
    }
    status = status == LINCE_OK ? check_members(check, tree, members) : status;
    for (size_t i = 0; i < sizeof needed / sizeof *needed && status == LINCE_OK; i++) {
        status = check_needed(check, tree, needed[i]);
    }
    status = status == LINCE_OK ? numbers_check(check, tree, "inputs", input_names) : status;
    status = status == LINCE_OK ? numbers_check(check, tree, "page_inputs", page_names) : status;
    status = status == LINCE_OK ? numbers_check(check, tree, "types", types) : status;
    status = status == LINCE_OK ? numbers_check(check, tree, "fields", NULL) : status;
    status = status == LINCE_OK ? numbers_check(check, tree, "rules", NULL) : status;
    status = status == LINCE_OK ? numbers_check(check, tree, "layouts", NULL) : status;
    status = status == LINCE_OK ? curve_check(check, tree, "curve") : status;
    status = status == LINCE_OK ? curve_check(check, tree, "caps") : status;
    status = status == LINCE_OK ? curves_check(check, tree) : status;
    return status == LINCE_OK ? numbers_check(check, tree, "review", kind_names) : status;
}

enum lince_status doubt_json_read(const char *source, const char *text, size_t bytes, json_t **tree,
                                  struct lince_error *error) {
    static const struct json_kind kind = {"the weights in", "los pesos de", tree_check};
    return check_load(&kind, source, text, bytes, tree, error);
}

static bool weights_build(struct arena *arena, const json_t *object, struct doubt_weights *weights) {
    const char *name;
    json_t *value;
    *weights = (struct doubt_weights){0};
    weights->items = arena_allocate(arena, (json_object_size(object) + 1) * sizeof *weights->items);
    json_object_foreach((json_t *)(uintptr_t)object, name, value) {
        const char *copy = weights->items == NULL ? NULL : arena_copy_text(arena, name, strlen(name));
        if (copy == NULL) {
            return false;
        }
        weights->items[weights->count++] = (struct doubt_weight){copy, json_number_value(value)};
    }
    return weights->items != NULL;
}

static void curve_build(const json_t *points, struct doubt_curve *curve) {
    curve->count = json_array_size(points);
    for (size_t i = 0; i < curve->count; i++) {
        curve->x[i] = json_number_value(json_array_get(json_array_get(points, i), 0));
        curve->y[i] = json_number_value(json_array_get(json_array_get(points, i), 1));
    }
}

enum lince_status doubt_build(struct arena *arena, const json_t *tree, struct doubt_model *model,
                              struct lince_error *error) {
    *model = (struct doubt_model){.bias = json_number_value(json_object_get(tree, "bias"))};
    const json_t *inputs = json_object_get(tree, "inputs"), *review = json_object_get(tree, "review");
    for (size_t i = 0; i < DOUBT_INPUT_COUNT; i++) {
        model->inputs[i] = json_number_value(json_object_get(inputs, input_names[i]));
    }
    for (size_t i = 0; i < DOUBT_KIND_COUNT; i++) {
        model->review[i] = json_number_value(json_object_get(review, kind_names[i]));
        curve_build(json_object_get(json_object_get(tree, "curves"), kind_names[i]), &model->curves[i]);
    }
    const json_t *page = json_object_get(tree, "page_inputs");
    model->knows_pages = page != NULL;
    model->page_bias = json_number_value(json_object_get(tree, "page_bias"));
    for (size_t i = 0; i < PAGE_INPUT_COUNT; i++) {
        model->page_inputs[i] = json_number_value(json_object_get(page, page_names[i]));
    }
    curve_build(json_object_get(tree, "curve"), &model->curve);
    curve_build(json_object_get(tree, "caps"), &model->caps);
    bool good = weights_build(arena, json_object_get(tree, "types"), &model->types) &&
                weights_build(arena, json_object_get(tree, "fields"), &model->fields) &&
                weights_build(arena, json_object_get(tree, "rules"), &model->rules) &&
                weights_build(arena, json_object_get(tree, "layouts"), &model->layouts);
    return good ? LINCE_OK
                : error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for the weights; raise the memory limit",
                            "no hay memoria para los pesos; suba el límite de memoria");
}

static enum lince_status review_refuse(const char *part, size_t bytes, struct lince_error *error) {
    return error_set(
        error, LINCE_ERROR_ARGUMENT,
        "review: \"%.*s\" is no kind of field and a confidence from 0 to 1, such as amount=0.95; kinds are "
        "all, amount, other_amount, currency, date, time, phone, id, bank, account, reference, name, text, page",
        "review: «%.*s» no es una clase de campo y una confianza de 0 a 1, como amount=0.95; las clases "
        "son all, amount, other_amount, currency, date, time, phone, id, bank, account, reference, name, "
        "text, page",
        bytes > 60 ? 60 : (int)bytes, part);
}

enum lince_status doubt_review_set(struct doubt_model *model, const char *text, struct lince_error *error) {
    while (text != NULL && *text != '\0') {
        size_t bytes = strcspn(text, ","), name_bytes = strcspn(text, "=,");
        char *end = NULL;
        double value = text[name_bytes] == '=' ? strtod(text + name_bytes + 1, &end) : -1;
        bool is_all = name_bytes == 3 && strncmp(text, "all", 3) == 0, is_known = is_all;
        if (end == NULL || end != text + bytes || end == text + name_bytes + 1 || !(value >= 0 && value <= 1)) {
            return review_refuse(text, bytes, error);
        }
        for (size_t i = 0; i < DOUBT_KIND_COUNT; i++) {
            if (is_all || (strlen(kind_names[i]) == name_bytes && strncmp(kind_names[i], text, name_bytes) == 0)) {
                model->review[i] = value;
                is_known = true;
            }
        }
        if (!is_known) {
            return review_refuse(text, bytes, error);
        }
        text += bytes + (text[bytes] == ',');
    }
    return LINCE_OK;
}

double doubt_weight_of(const struct doubt_weights *weights, const char *name) {
    for (size_t i = 0; i < weights->count; i++) {
        if (strcmp(weights->items[i].name, name) == 0) {
            return weights->items[i].weight;
        }
    }
    return 0;
}

double doubt_curve_at(const struct doubt_curve *curve, double x) {
    if (x <= curve->x[0]) {
        return curve->y[0];
    }
    for (size_t i = 1; i < curve->count; i++) {
        if (x <= curve->x[i]) {
            double wide = curve->x[i] - curve->x[i - 1];
            double share = wide > 0 ? (x - curve->x[i - 1]) / wide : 1;
            return curve->y[i - 1] + share * (curve->y[i] - curve->y[i - 1]);
        }
    }
    return curve->y[curve->count - 1];
}
