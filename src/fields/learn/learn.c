/* learn.c - makes layouts from corrected pages: groups pages of one sender, and finds labels that give right values. */
#include "fields/learn/learn.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/json_memory.h"
#include "base/meter.h"
#include "fields/learn/draft.h"
#include "fields/learn/kept.h"
#include "fields/learn/trial.h"

/* Pages to learn from at a time, pages of one sender, and bytes of a layout's name: limits on time and memory. */
enum { LESSONS_MOST = 256, GROUP_MOST = 12, NAME_MOST = 32, NUMBER_BYTES = 8, BLOCK_BYTES = 256 << 10 };
static const double BETTER = 1e-9;     /* weights that differ by less are equal: the first one stays */
static const double LIKE_LEAST = 0.55; /* pages of one sender are at least so alike */

struct learning {
    struct meter *meter;
    struct arena arena;
    const struct learn_folders *folders;
    struct layout_set set; /* the layouts in use */
    const struct learn_document *documents;
    size_t document_count, lesson_count;
    struct lesson *lessons[LESSONS_MOST];
    struct trial trial;
    json_t *proposals;
    json_t *examples; /* of layouts learned before; their documents may be gone */
    struct lince_error *error;
};

static enum lince_status out_of_memory(struct lince_error *error) {
    return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory to learn; raise the memory limit",
                     "no hay memoria para aprender; suba el límite de memoria");
}

/* The weight of a text: the fewer pages have it, the more it weighs. */
static double weight_of(void *context, const char *key) {
    const struct learning *learning = context;
    double pages = 1 + (double)trial_page_count(&learning->trial),
           with = 1 + (double)trial_text_count(&learning->trial, key);
    return log(1 + pages / with);
}

/* The set without learned layouts. They are made again from their examples and the newer corrections. */
static bool bases_view(struct learning *learning, struct layout_set *bases) {
    *bases = learning->set;
    bases->layouts = arena_allocate(&learning->arena, (learning->set.count + 1) * sizeof *bases->layouts);
    bases->count = 0;
    for (size_t i = 0; bases->layouts != NULL && i < learning->set.count; i++) {
        if (!learning->set.layouts[i].learned) {
            bases->layouts[bases->count++] = learning->set.layouts[i];
        }
    }
    return bases->layouts != NULL;
}

static enum lince_status lessons_read(struct learning *learning) {
    struct layout_set bases;
    if (!bases_view(learning, &bases)) {
        return out_of_memory(learning->error);
    }
    for (size_t i = 0; i < learning->document_count && learning->lesson_count < LESSONS_MOST; i++) {
        if (json_object_size(learning->documents[i].right) == 0) {
            continue;
        }
        struct lesson *lesson = arena_allocate_zero(&learning->arena, 1, sizeof *lesson);
        enum lince_status status =
            lesson == NULL ? out_of_memory(learning->error)
                           : lesson_read(&learning->arena, &bases, &learning->documents[i], lesson, learning->error);
        if (status != LINCE_OK) {
            return status;
        }
        learning->lessons[learning->lesson_count++] = lesson;
    }
    return LINCE_OK;
}

static bool name_is_taken(const struct learning *learning, const char *name) {
    for (size_t i = 0; i < json_array_size(learning->proposals); i++) {
        const json_t *proposal = json_array_get(learning->proposals, i);
        if (strcmp(json_string_value(json_object_get(proposal, "name")), name) == 0) {
            return true;
        }
    }
    return false;
}

/* The learned layout that read the group's pages before; the new one replaces it. */
static const char *name_kept(struct learning *learning, struct draft *draft) {
    for (size_t i = 0; i < draft->lesson_count; i++) {
        const struct layout *layout = trial_layout_of(&learning->trial, draft->lessons[i]->document);
        if (layout != NULL && layout->learned && !name_is_taken(learning, layout->name)) {
            draft->replaces = layout->name;
            return layout->name;
        }
    }
    return NULL;
}

/* "Banco Aurora" as "banco-aurora", with a number after it if that is taken. */
static const char *name_make(struct learning *learning, const struct draft *draft) {
    const struct lesson *first = draft->lessons[0];
    const char *best = "sender";
    double most = 0;
    for (size_t i = 0; i < first->text_count; i++) {
        double weight = weight_of(learning, first->texts[i].key);
        if (weight > most + BETTER && draft_is_on_all(draft, first->texts[i].key)) {
            most = weight;
            best = first->texts[i].text;
        }
    }
    char name[NAME_MOST + NUMBER_BYTES];
    struct fold fold;
    size_t used = 0;
    if (!fold_text(&learning->arena, best, strlen(best), &fold)) {
        return NULL;
    }
    for (size_t i = 0; i < fold.count && used < NAME_MOST; i++) {
        if (i > 0 && fold.from[i] > fold.to[i - 1] && used < NAME_MOST - 1) {
            name[used++] = '-';
        }
        name[used++] = fold.plain[i];
    }
    name[used] = '\0';
    for (int number = 2; layout_set_find(&learning->set, name) != NULL || name_is_taken(learning, name) ||
                         learn_file_is_there(learning->folders->learned, name);
         number++) {
        snprintf(name + used, sizeof name - used, "-%d", number);
    }
    return arena_copy_text(&learning->arena, name, strlen(name));
}

/* For each field, the number of lessons on which the draft gets it wrong. */
struct verdicts {
    size_t wrong[LESSON_FIELDS_MOST], invented[LESSON_FIELDS_MOST], total;
};

/* Reads the lesson's page with the set, and judges every field that was corrected or found. */
static enum lince_status lesson_judge(struct learning *learning, struct draft *draft, const struct lesson *lesson,
                                      const struct layout_set *set, struct verdicts *verdicts) {
    struct arena arena;
    struct record record;
    struct draft_field *field;
    arena_init(&arena, learning->meter, 16 * 1024);
    enum lince_status status = record_extract(&arena, set, NULL, 0, &lesson->page, &record, learning->error);
    for (size_t i = 0; status == LINCE_OK && i < record.field_count; i++) {
        if (!draft_field_of(draft, record.fields[i].name, &field)) { /* fields that nobody corrected count too */
            status = out_of_memory(learning->error);
        }
    }
    for (size_t i = 0; i < draft->field_count && status == LINCE_OK; i++) {
        const struct record_field *given = record_find(&record, draft->fields[i].name);
        const char *wanted = json_string_value(json_object_get(lesson->document->right, draft->fields[i].name));
        bool same = given == NULL || wanted == NULL ? given == NULL && wanted == NULL
                                                    : lesson_value_is_same(&arena, given->type, given->value, wanted);
        verdicts->wrong[i] += !same;
        verdicts->invented[i] += !same && wanted == NULL;
        verdicts->total += !same;
    }
    arena_clear(&arena);
    return status;
}

static enum lince_status draft_judge(struct learning *learning, struct draft *draft, struct verdicts *verdicts) {
    json_t *tree = draft_tree(draft);
    struct layout_set set;
    *verdicts = (struct verdicts){.total = 0};
    if (tree == NULL) {
        return out_of_memory(learning->error);
    }
    enum lince_status status = trial_set_open(learning->meter, learning->folders, tree, &set, learning->error);
    json_decref(tree);
    if (status != LINCE_OK) {
        return status;
    }
    for (size_t i = 0; i < draft->lesson_count && status == LINCE_OK; i++) {
        status = lesson_judge(learning, draft, draft->lessons[i], &set, verdicts);
    }
    layout_set_close(&set);
    return status;
}

/* Whether the clue is on more than half of the pages where the value was found, or on the only page. */
static bool clue_is_good(const struct draft_field *field, size_t clue) {
    return clue < field->clue_count && 2 * field->seen[clue] > field->placed_count;
}

/* Gives each wrong field its best clue, and removes fields that are never right. */
static void draft_mend(struct draft *draft, const struct verdicts *verdicts) {
    for (size_t i = 0; i < draft->field_count; i++) {
        struct draft_field *field = &draft->fields[i];
        if (verdicts->wrong[i] == 0 || field->is_set || field->type == VALUE_CURRENCY) {
            continue;
        }
        if (field->constant != NULL || clue_is_good(field, 0)) {
            field->is_set = true;
        } else if (verdicts->invented[i] == draft->lesson_count) {
            field->is_set = field->is_absent = true;
        }
    }
}

/* Tries other clues for fields that are still wrong, and keeps those that make the fewest values wrong. */
static enum lince_status draft_refine(struct learning *learning, struct draft *draft, struct verdicts *best) {
    enum { TRIES_MOST = 3 };
    for (size_t i = 0; i < draft->field_count && best->total > 0; i++) {
        for (size_t clue = 1; clue < TRIES_MOST && best->wrong[i] > 0 && clue_is_good(&draft->fields[i], clue);
             clue++) {
            struct draft_field kept = draft->fields[i];
            struct verdicts verdicts;
            draft->fields[i].is_set = true;
            draft->fields[i].tried = clue;
            enum lince_status status = draft_judge(learning, draft, &verdicts);
            if (status != LINCE_OK) {
                return status;
            }
            if (verdicts.total < best->total) {
                *best = verdicts;
            } else {
                draft->fields[i] = kept;
            }
        }
    }
    return LINCE_OK;
}

/* A field that is right by luck, without a label, may be wrong on the next page. So it gets its clue too. */
static void draft_pin(struct draft *draft) {
    for (size_t i = 0; i < draft->field_count; i++) {
        struct draft_field *field = &draft->fields[i];
        bool sure = field->clue_count > 0 && field->seen[0] == draft->lesson_count && draft->lesson_count > 1;
        field->is_set = field->is_set || (sure && field->type != VALUE_CURRENCY);
    }
}

/* Says which layout the proposal replaces, and keeps it if it makes something better. */
static enum lince_status proposal_add(struct learning *learning, const struct draft *draft, json_t *proposal) {
    json_t *replaces = draft->replaces == NULL ? json_null() : json_string(draft->replaces);
    bool is_better = json_integer_value(json_object_get(proposal, "better")) > 0;
    bool is_whole = json_object_set_new(proposal, "replaces", replaces) == 0 &&
                    json_object_set_new(proposal, "accepted", json_false()) == 0 &&
                    (!is_better || json_array_append(learning->proposals, proposal) == 0);
    return is_whole ? LINCE_OK : out_of_memory(learning->error);
}

static enum lince_status group_learn(struct learning *learning, struct lesson *const *group, size_t count) {
    struct draft *draft = arena_allocate_zero(&learning->arena, 1, sizeof *draft);
    struct verdicts best, pinned;
    if (draft == NULL || !draft_begin(draft, &learning->arena, group, count, weight_of, learning)) {
        return out_of_memory(learning->error);
    }
    if (!draft_is_recognisable(draft)) {
        return LINCE_OK;
    }
    if ((draft->name = name_kept(learning, draft)) == NULL && (draft->name = name_make(learning, draft)) == NULL) {
        return out_of_memory(learning->error);
    }
    enum lince_status status = draft_judge(learning, draft, &best);
    if (status != LINCE_OK) {
        return status;
    }
    draft_mend(draft, &best);
    status = draft_judge(learning, draft, &best);
    status = status == LINCE_OK ? draft_refine(learning, draft, &best) : status;
    if (status == LINCE_OK) {
        struct draft *more = arena_allocate(&learning->arena, sizeof *more);
        if (more == NULL) {
            return out_of_memory(learning->error);
        }
        *more = *draft;
        draft_pin(more);
        status = draft_judge(learning, more, &pinned);
        draft = status == LINCE_OK && pinned.total <= best.total ? more : draft;
    }
    if (status != LINCE_OK) {
        return status;
    }
    json_t *proposal = NULL, *tree = draft_tree(draft);
    status = tree == NULL ? out_of_memory(learning->error)
                          : trial_run(&learning->trial, tree, group, count, &proposal, learning->error);
    status = status == LINCE_OK ? proposal_add(learning, draft, proposal) : status;
    json_decref(tree);
    json_decref(proposal);
    return status;
}

static bool is_given(const struct learning *learning, const char *id) {
    for (size_t i = 0; i < learning->document_count; i++) {
        if (strcmp(learning->documents[i].id, id) == 0) {
            return true;
        }
    }
    return false;
}

/* All examples of learned layouts that name their document. False when memory is refused. */
static bool examples_collect(struct learning *learning) {
    learning->examples = json_array();
    bool is_whole = learning->examples != NULL;
    for (size_t i = 0; i < learning->set.count && is_whole; i++) {
        const struct layout *layout = &learning->set.layouts[i];
        if (!layout->learned || layout->examples == NULL) {
            continue;
        }
        json_t *list = json_memory_load_text(layout->examples, 0, NULL);
        is_whole = list != NULL;
        for (size_t j = 0; j < json_array_size(list) && is_whole; j++) {
            json_t *example = json_array_get(list, j);
            is_whole = json_string_value(json_object_get(example, "document")) == NULL ||
                       json_array_append(learning->examples, example) == 0;
        }
        json_decref(list);
    }
    return is_whole;
}

/* The documents and, of learned layouts, the examples whose documents are not among them. */
static enum lince_status examples_add(struct learning *learning, const struct learn_document *documents, size_t count) {
    if (!examples_collect(learning)) {
        return out_of_memory(learning->error);
    }
    size_t room = count + json_array_size(learning->examples), given = count;
    struct learn_document *all = arena_allocate(&learning->arena, (room + 1) * sizeof *all);
    if (all == NULL) {
        return out_of_memory(learning->error);
    }
    memcpy(all, documents, count * sizeof *documents);
    learning->documents = all;
    learning->document_count = count;
    for (size_t i = 0; i < json_array_size(learning->examples); i++) {
        const json_t *example = json_array_get(learning->examples, i);
        const char *id = json_string_value(json_object_get(example, "document"));
        if (!is_given(learning, id)) {
            all[given++] =
                (struct learn_document){id, json_object_get(example, "page"), json_object_get(example, "fields")};
        }
    }
    learning->document_count = given;
    return LINCE_OK;
}

/* Puts each corrected page into the first group that it is like. */
static enum lince_status groups_learn(struct learning *learning) {
    bool taken[LESSONS_MOST] = {false};
    for (size_t i = 0; i < learning->lesson_count; i++) {
        struct lesson *group[GROUP_MOST];
        size_t count = 0;
        bool is_wrong = false;
        for (size_t j = i; j < learning->lesson_count && !taken[i]; j++) {
            struct lesson *lesson = learning->lessons[j];
            bool same = j == i || lesson_likeness(learning->lessons[i], lesson, weight_of, learning) >= LIKE_LEAST;
            if (!taken[j] && same && count < GROUP_MOST) {
                group[count++] = lesson;
                taken[j] = j != i;
                is_wrong = is_wrong || trial_is_wrong(&learning->trial, lesson->document);
            }
        }
        taken[i] = true;
        enum lince_status status = count > 0 && is_wrong ? group_learn(learning, group, count) : LINCE_OK;
        if (status != LINCE_OK) {
            return status;
        }
    }
    return LINCE_OK;
}

enum lince_status learn_propose(struct meter *meter, const struct learn_folders *folders,
                                const struct learn_document *documents, size_t count, json_t **proposals,
                                struct lince_error *error) {
    *proposals = NULL;
    struct learning *learning = meter_allocate_zero(meter, 1, sizeof *learning);
    if (learning == NULL) {
        return out_of_memory(error);
    }
    *learning = (struct learning){.meter = meter, .folders = folders, .error = error};
    learning->proposals = json_array();
    arena_init(&learning->arena, meter, BLOCK_BYTES);
    const struct layout_sources sources = {.learned = folders->learned, .folder = folders->folder};
    enum lince_status status = layout_set_open_from(meter, &sources, &learning->set, error);
    if (status == LINCE_OK) {
        status = examples_add(learning, documents, count < LEARN_DOCUMENTS_MOST ? count : LEARN_DOCUMENTS_MOST);
        status = status == LINCE_OK ? trial_begin(&learning->trial, meter, folders, &learning->set, learning->documents,
                                                  learning->document_count, error)
                                    : status;
        status = status == LINCE_OK ? lessons_read(learning) : status;
        status = status == LINCE_OK ? groups_learn(learning) : status;
        trial_end(&learning->trial);
        layout_set_close(&learning->set);
    }
    json_decref(learning->examples);
    arena_clear(&learning->arena);
    if (status == LINCE_OK) {
        *proposals = learning->proposals;
    } else {
        json_decref(learning->proposals);
    }
    meter_free(learning);
    return status;
}
