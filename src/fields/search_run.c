/* search_run.c - a search: the sheet, the kind, the layout and the country of a page, then the passes. */
#include "base/error.h"
#include "fields/pages/page_enough.h"
#include "fields/pages/rows_sum.h"
#include "fields/pages/seller_head.h"
#include "fields/passes.h"
#include "fields/record.h"
#include "fields/search.h"

/* The confidence in the country that the layout names. */
static const double COUNTRY_OF_LAYOUT = 0.95;
/* The confidence in a sale that only its rows show. */
static const double SALE_BY_ROWS = 0.6;

enum lince_status search_out_of_memory(struct lince_error *error) {
    return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory to extract the fields; raise the memory limit",
                     "no hay memoria para extraer los campos; suba el límite de memoria");
}

static enum lince_status names_check(const struct layout_set *set, const char *const *names, size_t name_count,
                                     struct lince_error *error) {
    for (size_t i = 0; i < name_count; i++) {
        if (layout_set_find(set, names[i]) == NULL) {
            return error_set(error, LINCE_ERROR_ARGUMENT,
                             "there is no layout \"%.60s\"; `lince layouts list` shows all of them",
                             "no existe la plantilla \"%.60s\"; `lince layouts list` las muestra todas", names[i]);
        }
    }
    return LINCE_OK;
}

/* What the payer wrote on a page: its words do not show the page's country. */
struct written {
    size_t count;
    struct extent extents[EXTENTS_MOST];
};

static enum lince_status search_with(struct arena *arena, const struct layout_set *set, struct layout_names of,
                                     const struct record_page *page, const struct written *written,
                                     struct search *search, struct lince_error *error) {
    *search = (struct search){.arena = arena, .doubt = &set->doubt};
    enum lince_status status = names_check(set, of.names, of.name_count, error);
    if (status != LINCE_OK) {
        return status;
    }
    if (!sheet_build(arena, page->lines, page->line_count, page->width_px, page->height_px, &search->sheet)) {
        return search_out_of_memory(error);
    }
    if (!kind_weigh(arena, set, &search->sheet, &search->what)) {
        return search_out_of_memory(error);
    }
    if (of.sale) { /* its words say little, its rows more */
        search->what = (struct kind_verdict){.group = GROUP_SALE, .kind = KIND_INVOICE, .confidence = SALE_BY_ROWS};
    }
    if (!layout_choose(arena, set, of, &search->sheet, search->what.group, &search->layout, &search->matched)) {
        return search_out_of_memory(error);
    }
    if (search->layout == NULL) {
        return error_set(error, LINCE_ERROR_ARGUMENT, "there is no layout to use", "no hay plantilla que usar");
    }
    search->locale = (struct locale){.set = &set->countries, .country = set->countries.unknown};
    country_decide(&set->countries, &search->sheet, written->extents, written->count, &search->where);
    if (search->layout->country != NULL) { /* a layout knows whose pages it describes */
        search->where.country = search->layout->country;
        search->where.by_sign_alone = false;
        search->where.by_usual_words = false;
        search->where.confidence =
            search->where.confidence < COUNTRY_OF_LAYOUT ? COUNTRY_OF_LAYOUT : search->where.confidence;
    }
    search->locale.shown = search->where.shown;
    search->locale.by_usual_words = search->where.by_usual_words;
    if (search->where.country != NULL) {
        search->locale.country = search->where.country;
    }
    return passes_run(search) ? LINCE_OK : search_out_of_memory(error);
}

/*
 * Finds the value of the payment's free text, and whether the page shows another country, or none, without it. The
 * texts of an account's rows are the bank's.
 */
static bool country_was_written(const struct layout_set *set, const struct search *search, struct written *written) {
    struct country_verdict without;
    *written = (struct written){0};
    for (size_t i = 0; i < search->layout->field_count; i++) {
        const struct field_rule *rule = &search->layout->fields[i];
        bool is_free = rule->type == VALUE_TEXT && rule->side == SIDE_NONE && !rule->asked && !rule->hidden;
        const struct candidate *candidate = is_free ? search_chosen(search, i) : NULL;
        for (size_t k = 0; candidate != NULL && k < candidate->extent_count && written->count < EXTENTS_MOST; k++) {
            written->extents[written->count++] = candidate->extents[k];
        }
    }
    if (written->count == 0 || search->layout->country != NULL || search->what.group == GROUP_ACCOUNT) {
        return false;
    }
    country_decide(&set->countries, &search->sheet, written->extents, written->count, &without);
    return without.country != search->where.country;
}

static size_t missing_count(const struct search *search) {
    size_t count = 0;
    for (size_t i = 0; i < search->layout->field_count; i++) {
        count += search->layout->fields[i].required && search->choice[i] == OPTIONS_MOST;
    }
    return count;
}

/* Whether rows that make a total, or a firm's tax number at the top, say that a page, whose words hardly say what it
 * is, is a sale. */
static bool is_sale_by_rows(const struct search *search) {
    const struct kind_verdict *what = &search->what;
    bool open = what->group == GROUP_NONE || (what->group == GROUP_PAYMENT && !what->titled);
    bool wordless = what->group == GROUP_NONE && search->layout->group == GROUP_PAYMENT;
    return !search->matched && !what->told && open &&
           (rows_make_total(search) || (wordless && seller_heads_page(search)));
}

enum lince_status search_run(struct arena *arena, const struct layout_set *set, const char *const *names,
                             size_t name_count, const struct record_page *page, struct search *search,
                             struct lince_error *error) {
    struct layout_names of = {names, name_count, false, false};
    struct written written = {0};
    enum lince_status status = search_with(arena, set, of, page, &written, search, error);
    if (status == LINCE_OK && name_count == 0 && is_sale_by_rows(search)) {
        of.sale = true;
        status = search_with(arena, set, of, page, &written, search, error);
    }
    if (status == LINCE_OK && country_was_written(set, search, &written)) {
        status = search_with(arena, set, of, page, &written, search, error);
    }
    if (status != LINCE_OK || !search->matched || name_count > 0 || page_labelled_count(search) >= LABELLED_LEAST ||
        missing_count(search) == 0) {
        return status;
    }
    /* only the sender's name is there, as in its message by SMS, and not the page that the layout describes */
    struct search other;
    of.generic_only = true;
    status = search_with(arena, set, of, page, &written, &other, error);
    if (status == LINCE_OK && missing_count(&other) < missing_count(search)) {
        *search = other;
    }
    return status;
}
