/* candidate.c - everything on a sheet that could be a value: typed finds in lines and paragraphs, names and texts. */
#include <string.h>

#include "base/arena.h"
#include "fields/layouts/pattern.h"
#include "fields/search.h"

/* Pieces of a paragraph beside its label share more of a row than other boxes of it. */
static const double SAME_ROW = 0.45;
/* The least quality of a name. */
static const double NAME_QUALITY_LEAST = 0.3;
/* A name with one more word is a little less likely; a name over two rows or in a sentence is more likely. */
static const double LOSS_WHOLE_NAME = 0.03, GAIN_TWO_ROWS = 0.04, GAIN_OF_AMOUNT = 0.1;
/* A free text beside its label; in rows centred on it. */
static const double QUALITY_TEXT = 0.9, QUALITY_CENTRED_TEXT = 0.95;
enum {
    ICON_NAME_BYTES = 6,  /* a sign before a text at least so long is an icon, not an initial */
    LEGAL_FORM_BYTES = 6, /* ", C.A." */
    RUNNING_LETTERS = 24, /* the fewest letters of a row of a sentence */
};

typedef size_t (*finder)(const struct locale *locale, const char *text, size_t bytes, struct find *finds, size_t room);

static const struct {
    enum value_type type;
    finder find;
} finders[] = {
    {VALUE_MONEY, money_find},     {VALUE_DATE, date_find},
    {VALUE_TIME, time_find},       {VALUE_PHONE, phone_find},
    {VALUE_ID, id_find},           {VALUE_BANK, bank_find},
    {VALUE_ACCOUNT, account_find}, {VALUE_REFERENCE, reference_find},
    {VALUE_EMAIL, email_find},
};

bool candidate_extents_overlap(const struct candidate *left, const struct candidate *right) {
    for (size_t i = 0; i < left->extent_count; i++) {
        for (size_t j = 0; j < right->extent_count; j++) {
            if (extents_meet(left->extents[i], right->extents[j])) {
                return true;
            }
        }
    }
    return false;
}

/* The lowest confidence of the words that the extent touches. */
static double words_confidence(const struct sheet_line *line, struct extent extent) {
    double least = 1;
    for (size_t i = 0; i < line->word_count; i++) {
        const struct sheet_word *word = &line->words[i];
        least = word->from < extent.to && word->to > extent.from && word->confidence < least ? word->confidence : least;
    }
    return least;
}

/* Fills in the places of the bytes from `from` to `to` of the stretch. False when memory is refused. */
static bool candidate_place(struct search *search, struct candidate *candidate, const struct stretch *stretch,
                            size_t from, size_t to) {
    candidate->confidence = candidate->words_confidence = 1;
    for (size_t at = from; at < to && candidate->extent_count < EXTENTS_MOST;) {
        size_t piece;
        struct extent extent = stretch_extent(stretch, at, to, &piece);
        if (extent.to > extent.from) {
            const struct sheet_line *line = &search->sheet.lines[extent.line];
            struct lince_box box = sheet_extent_box(&search->sheet, extent);
            candidate->box = candidate->extent_count == 0 ? box : box_around(candidate->box, box);
            candidate->first_box = candidate->extent_count == 0 ? box : candidate->first_box;
            candidate->confidence = line->confidence < candidate->confidence ? line->confidence : candidate->confidence;
            double words = words_confidence(line, extent);
            candidate->words_confidence = words < candidate->words_confidence ? words : candidate->words_confidence;
            candidate->extents[candidate->extent_count++] = extent;
        }
        at += (extent.to > extent.from ? extent.to - extent.from : 0) + 1;
    }
    char *text = arena_copy_text(search->arena, stretch->text + from, to - from);
    if (text == NULL) {
        return false;
    }
    for (size_t i = 0; text[i] != '\0'; i++) {
        text[i] = text[i] == '\n' ? ' ' : text[i];
    }
    candidate->text = text;
    candidate->text_bytes = to - from;
    candidate->heading = LABELS_MOST;
    if (candidate->extent_count > 0) {
        candidate->segment = sheet_segment_at(&search->sheet, candidate->extents[0]);
    }
    return true;
}

static bool is_known(const struct search *search, const struct candidate *candidate) {
    for (size_t i = 0; i < search->candidate_count; i++) {
        const struct candidate *other = &search->candidates[i];
        if (other->type == candidate->type && other->extent_count == candidate->extent_count &&
            other->for_label == candidate->for_label && other->label == candidate->label &&
            memcmp(other->extents, candidate->extents, candidate->extent_count * sizeof *candidate->extents) == 0) {
            return true;
        }
    }
    return false;
}

bool candidate_add(struct search *search, struct candidate candidate, const struct stretch *stretch) {
    if (search->candidate_count == CANDIDATES_MOST) {
        return true; /* no receipt has so many; later ones are left out */
    }
    if (!candidate_place(search, &candidate, stretch, candidate.find.from, candidate.find.to)) {
        return false;
    }
    if (candidate.extent_count > 0 && !is_known(search, &candidate)) {
        search->candidates[search->candidate_count++] = candidate;
    }
    return true;
}

static bool typed_add(struct search *search, const struct stretch *stretch) {
    struct find finds[VALUE_FINDS_MOST];
    for (size_t i = 0; i < sizeof finders / sizeof *finders; i++) {
        size_t count = finders[i].find(&search->locale, stretch->text, stretch->bytes, finds, VALUE_FINDS_MOST);
        for (size_t j = 0; j < count; j++) {
            struct candidate candidate = {.type = finders[i].type, .find = finds[j]};
            if (!candidate_add(search, candidate, stretch)) {
                return false;
            }
        }
    }
    return true;
}

/* Marks the bytes of a stretch that phones, ids, banks and the like use; names are found in the rest. */
static void taken_mark(const struct search *search, const struct stretch *stretch, unsigned char *taken) {
    static const finder firm[] = {phone_find, id_find,   bank_find,  account_find,
                                  date_find,  time_find, email_find, money_find};
    struct find finds[VALUE_FINDS_MOST];
    memset(taken, 0, stretch->bytes + 1);
    for (size_t i = 0; i < sizeof firm / sizeof *firm; i++) {
        size_t count = firm[i](&search->locale, stretch->text, stretch->bytes, finds, VALUE_FINDS_MOST);
        for (size_t j = 0; j < count; j++) {
            bool word = firm[i] == bank_find && finds[j].bare,
                 number = firm[i] == money_find && !find_has_sign(&finds[j]);
            if (word || number) {
                continue;
            }
            memset(taken + finds[j].from, 1, finds[j].to - finds[j].from);
        }
    }
}

static bool is_edge(char c) {
    return strchr(" \n-,.:;|/()*_#", c) != NULL;
}

/* Whether the row after the line feed at a byte of the stretch continues the row before it. */
static bool row_goes_on(const struct search *search, const struct stretch *stretch, size_t line_feed) {
    size_t before, behind;
    stretch_extent(stretch, line_feed - 1, line_feed, &before);
    stretch_extent(stretch, line_feed + 1, line_feed + 2, &behind);
    return before < stretch->piece_count && behind < stretch->piece_count &&
           sheet_row_follows(&search->sheet, stretch->pieces[before], stretch->pieces[behind]);
}

/* The end of a name in a sentence: before a word in small letters ("fue procesado"), except "de", "la" and the like. */
static size_t name_end(const char *text, size_t bytes) {
    static const char *const particles[] = {"de", "del", "la", "las", "los", "y", "e", "da", "di", "san"};
    if (bytes == 0 || !(text[0] >= 'A' && text[0] <= 'Z')) {
        return bytes;
    }
    for (size_t at = 1; at < bytes; at++) {
        bool starts = (text[at - 1] == ' ' || text[at - 1] == '\n') && text[at] >= 'a' && text[at] <= 'z';
        if (!starts) {
            continue;
        }
        size_t end = at;
        while (end < bytes && text[end] != ' ' && text[end] != '\n') {
            end++;
        }
        bool particle = false;
        for (size_t i = 0; i < sizeof particles / sizeof *particles; i++) {
            particle = particle || (strlen(particles[i]) == end - at && memcmp(text + at, particles[i], end - at) == 0);
        }
        if (!particle) {
            return at - 1;
        }
    }
    return bytes;
}

/* "Para Ana": the bytes of the word before a name. */
static size_t lead_bytes(const char *text, size_t bytes) {
    static const char *const leads[] = {"Para ", "A ", "To ", "Hacia "};
    for (size_t i = 0; i < sizeof leads / sizeof *leads; i++) {
        size_t count = strlen(leads[i]);
        if (bytes > count + 2 && strncmp(text, leads[i], count) == 0 && text[count] >= 'A' && text[count] <= 'Z' &&
            text[count + 1] != ' ' && text[count + 1] != '.') {
            return count;
        }
    }
    return 0;
}

/* "Ana pérez", alone on its piece of a row: the word in small letters belongs to the name. */
static bool whole_name_add(struct search *search, const struct stretch *stretch, size_t first, size_t end,
                           size_t whole) {
    enum { WORDS_MOST = 4 };
    size_t words = 1;
    for (size_t at = first; at < whole; at++) {
        words += stretch->text[at] == ' ';
        if (stretch->text[at] == '\n' || (stretch->text[at] >= '0' && stretch->text[at] <= '9')) {
            return true;
        }
    }
    size_t piece;
    struct extent extent = stretch_extent(stretch, first, whole, &piece);
    bool running = false;
    for (size_t i = 0; i < search->sheet.segment_count; i++) {
        const struct segment *segment = &search->sheet.segments[i];
        running = running || (segment->running && segment->line == extent.line);
    }
    if (end >= whole || words > WORDS_MOST || running) {
        return true;
    }
    double quality = name_quality(stretch->text + first, whole - first) - LOSS_WHOLE_NAME;
    struct candidate candidate = {.type = VALUE_NAME, .find = {.from = first, .to = whole, .quality = quality}};
    return quality <= NAME_QUALITY_LEAST || candidate_add(search, candidate, stretch);
}

static bool names_add(struct search *search, const struct stretch *stretch) {
    unsigned char *taken = arena_allocate(search->arena, stretch->bytes + 1);
    if (taken == NULL) {
        return false;
    }
    taken_mark(search, stretch, taken);
    for (size_t from = 0; from < stretch->bytes;) {
        size_t to = from;
        while (to < stretch->bytes && taken[to] == taken[from] &&
               !(stretch->text[to] == '\n' && to > from && !row_goes_on(search, stretch, to))) {
            to++;
        }
        size_t first = from, end = to;
        while (first < end && is_edge(stretch->text[first])) {
            first++;
        }
        while (end > first && is_edge(stretch->text[end - 1]) && stretch->text[end - 1] != '.') {
            end--;
        }
        if (end > first + ICON_NAME_BYTES && stretch->text[first + 1] == ' ' &&
            strchr("0O8oQ&@", stretch->text[first]) != NULL) {
            first += 2; /* an icon of a person, read as a sign */
        }
        first += lead_bytes(stretch->text + first, end - first);
        size_t whole = end;
        end = first + name_end(stretch->text + first, end - first);
        if (!taken[from] && !whole_name_add(search, stretch, first, end, whole)) {
            return false;
        }
        double quality = taken[from] ? 0 : name_quality(stretch->text + first, end - first);
        quality +=
            memchr(stretch->text + first, '\n', end - first) != NULL ? GAIN_TWO_ROWS : 0; /* the whole of a name */
        if (quality > NAME_QUALITY_LEAST) {
            struct candidate candidate = {.type = VALUE_NAME, .find = {.from = first, .to = end, .quality = quality}};
            if (!candidate_add(search, candidate, stretch)) {
                return false;
            }
        }
        from = to > from ? to : from + 1;
    }
    return true;
}

/* The segment that continues this one as the next row of a running text; segment_count if there is none. */
static size_t next_row(const struct search *search, size_t index) {
    const struct segment *own = &search->sheet.segments[index];
    for (size_t i = index + 1; i < search->sheet.segment_count && i < index + 4; i++) {
        const struct segment *segment = &search->sheet.segments[i];
        if (search->segment_label[i] == LABELS_MOST && segment->to > segment->from &&
            sheet_row_follows(&search->sheet, segment_extent(own), segment_extent(segment))) {
            return i;
        }
    }
    return search->sheet.segment_count;
}

/* The byte after the word between an amount and its payee ("a", "to"); 0 if there is none at `at`. */
static size_t payee_begin(const struct stretch *stretch, size_t at) {
    static const char *const leads[] = {"a favor de ", "a nombre de ", "enviados a ", "sent to ", "a ", "para ", "to "};
    while (at < stretch->bytes && strchr(" \n.", stretch->text[at]) != NULL) {
        at++;
    }
    if (strncmp(stretch->text + at, "Bs", 2) == 0 || strncmp(stretch->text + at, "VES", 3) == 0 ||
        strncmp(stretch->text + at, "USD", 3) == 0) {
        at += strcspn(stretch->text + at, " \n");
        at += at < stretch->bytes;
    }
    for (size_t i = 0; i < sizeof leads / sizeof *leads; i++) {
        size_t bytes = strlen(leads[i]);
        size_t same = 0; /* a row may end between the words */
        while (same < bytes && (stretch->text[at + same] == leads[i][same] ||
                                (leads[i][same] == ' ' && stretch->text[at + same] == '\n'))) {
            same++;
        }
        if (same == bytes) {
            return at + bytes;
        }
    }
    return 0;
}

/* Where the name that begins at `from` ends: at a sign, a digit, a value of another kind or a word in small letters. */
static size_t payee_end(const struct stretch *stretch, const unsigned char *taken, size_t from) {
    size_t end = from;
    while (end < stretch->bytes && !taken[end] && strchr("(,;:0123456789", stretch->text[end]) == NULL) {
        end++;
    }
    if (strncmp(stretch->text + end, ", C.A.", LEGAL_FORM_BYTES) == 0) {
        end += LEGAL_FORM_BYTES;
    }
    end = from + name_end(stretch->text + from, end - from);
    while (end > from && is_edge(stretch->text[end - 1]) && stretch->text[end - 1] != '.') {
        end--;
    }
    return end;
}

/* The byte after the words before a payee that precedes the amount: "You paid NAME $10.00"; 0 if there are none. */
static size_t payee_first(const struct stretch *stretch, size_t amount) {
    static const char *const leads[] = {"You paid ",   "You sent ",      "Enviaste a ",    "Pagaste a ",
                                        "Le pagaste ", "Le enviaste a ", "Transferiste a "};
    for (size_t i = 0; i < sizeof leads / sizeof *leads; i++) {
        size_t bytes = strlen(leads[i]);
        if (bytes < amount && strncmp(stretch->text, leads[i], bytes) == 0) {
            return bytes;
        }
    }
    return 0;
}

/*
 * "Enviaste Bs. 10,00 a NAME (0414-...)": the sentence with its next rows, and the name after or before its amount.
 */
static bool payee_add(struct search *search, const struct stretch *sentence) {
    struct find finds[VALUE_FINDS_MOST];
    size_t count = money_find(&search->locale, sentence->text, sentence->bytes, finds, VALUE_FINDS_MOST);
    unsigned char *taken = arena_allocate(search->arena, sentence->bytes + 1);
    if (taken == NULL) {
        return false;
    }
    taken_mark(search, sentence, taken);
    for (size_t i = 0; i < count; i++) {
        size_t from = find_has_sign(&finds[i]) ? payee_begin(sentence, finds[i].to) : 0;
        size_t first = find_has_sign(&finds[i]) && from == 0 ? payee_first(sentence, finds[i].from) : 0;
        size_t to = from > 0 ? payee_end(sentence, taken, from) : 0;
        if (first > 0) {
            from = first;
            to = finds[i].from;
            while (to > from && strchr(" \n", sentence->text[to - 1]) != NULL) {
                to--;
            }
        }
        bool small =
            from > 0 && sentence->text[from] >= 'a' && sentence->text[from] <= 'z'; /* "a favor del telefono" */
        double quality = to > from && !small ? name_quality(sentence->text + from, to - from) : 0;
        if (quality > NAME_QUALITY_LEAST) {
            struct candidate candidate = {.type = VALUE_NAME,
                                          .find = {.from = from, .to = to, .quality = quality + GAIN_OF_AMOUNT},
                                          .of_amount = true};
            if (!candidate_add(search, candidate, sentence)) {
                return false;
            }
        }
    }
    return true;
}

static bool banks_add(struct search *search, const struct stretch *stretch) {
    struct find finds[VALUE_FINDS_MOST];
    size_t count = bank_find(&search->locale, stretch->text, stretch->bytes, finds, VALUE_FINDS_MOST);
    for (size_t i = 0; i < count; i++) {
        struct candidate candidate = {.type = VALUE_BANK, .find = finds[i]};
        if (!candidate_add(search, candidate, stretch)) {
            return false;
        }
    }
    return true;
}

/* Values that continue on the next row, such as a bank's name or a phone; and whole sentences. */
static bool wrapped_add(struct search *search, size_t index) {
    struct stretch stretch = {0};
    for (size_t at = index; at < search->sheet.segment_count && stretch.piece_count < 4; at = next_row(search, at)) {
        const struct segment *segment = &search->sheet.segments[at];
        stretch.pieces[stretch.piece_count++] = segment_extent(segment);
    }
    if (!stretch_join(search, &stretch)) {
        return false;
    }
    const struct segment *first = &search->sheet.segments[index];
    bool running =
        first->fold_to - first->fold_from >= RUNNING_LETTERS; /* numbers of a list's rows are not one number */
    bool typed = running ? typed_add(search, &stretch) : banks_add(search, &stretch);
    return typed && payee_add(search, &stretch);
}

static bool segments_add(struct search *search) {
    for (size_t i = 0; i < search->sheet.segment_count; i++) {
        const struct segment *segment = &search->sheet.segments[i];
        struct stretch stretch = {.piece_count = 1};
        stretch.pieces[0] = segment_extent(segment);
        if (search->sheet.lines[segment->line].chrome) {
            continue;
        }
        if (!stretch_join(search, &stretch) || !typed_add(search, &stretch)) {
            return false;
        }
        if (search->segment_label[i] == LABELS_MOST && !(names_add(search, &stretch) && wrapped_add(search, i))) {
            return false;
        }
    }
    return true;
}

/* The byte after the dots that lead from a label to its text, also read as ellipses. */
static size_t text_begin(const struct stretch *stretch) {
    size_t from = 0, dots;
    do {
        dots = 0;
        if (stretch->text[from] == '.' || (from > 0 && stretch->text[from] == ' ')) {
            dots = 1;
        } else if (strncmp(stretch->text + from, "\xE2\x80\xA6", 3) == 0) {
            dots = 3;
        }
        from += dots;
    } while (dots > 0);
    return from;
}

/* Whether a label follows the piece on its line. */
static bool is_cut(const struct search *search, struct extent piece) {
    for (size_t i = 0; i < search->label_count; i++) {
        const struct label *label = &search->labels[i];
        if (label->line == piece.line && label->from >= piece.to && label->from <= piece.to + 2) {
            return true;
        }
    }
    return false;
}

/*
 * Where a text of several words ends that does not have the form that its label's field asks for: after the first
 * words that have it, "562044387" of "562044387 du 02 Juillet". At `to` if none have.
 */
static size_t form_end(const struct search *search, const struct label *label, const char *text, size_t from,
                       size_t to) {
    const struct pattern *form = label->kind == PHRASE_FIELD ? search->layout->fields[label->field].pattern : NULL;
    if (form == NULL || pattern_search(form, text + from, to - from, NULL, NULL) != PATTERN_NO) {
        return to;
    }
    for (size_t end = from + 1; end < to; end++) {
        if ((text[end] == ' ' || text[end] == '\n') &&
            pattern_search(form, text + from, end - from, NULL, NULL) == PATTERN_YES) {
            return end;
        }
    }
    return to;
}

/* The free text of a label: the text beside it, or else the first row below; and the rows that continue it. */
static bool text_add(struct search *search, size_t label_index) {
    const struct label *label = &search->labels[label_index];
    const struct stretch *all = &label->paragraph;
    struct stretch stretch = {0};
    size_t used = 0;
    while (used < all->piece_count) {
        struct lince_box box = sheet_extent_box(&search->sheet, all->pieces[used]);
        if (used > 0) {
            struct lince_box last = sheet_extent_box(&search->sheet, all->pieces[used - 1]);
            bool same_row = box_same_row(last, box) > SAME_ROW;
            if (!same_row && is_cut(search, all->pieces[used - 1])) {
                break;
            }
            if (!same_row && !sheet_row_follows(&search->sheet, all->pieces[used - 1], all->pieces[used])) {
                break;
            }
        }
        stretch.pieces[used] = all->pieces[used];
        used++;
    }
    stretch.piece_count = used;
    if (used == 0) {
        return true;
    }
    if (!stretch_join(search, &stretch)) {
        return false;
    }
    size_t from = text_begin(&stretch), to = stretch.bytes;
    while (to > from && strchr(" \n|", stretch.text[to - 1]) != NULL) {
        to--;
    }
    const struct extent *last = &stretch.pieces[used - 1];
    const struct sheet_line *last_line = &search->sheet.lines[last->line];
    bool cut = last->to < last_line->bytes && last_line->text[last->to] == ' '; /* before the next sentence's label */
    to -= cut && to > from + 2 && strchr(".,;", stretch.text[to - 1]) != NULL ? 1 : 0;
    to = form_end(search, label, stretch.text, from, to);
    struct candidate candidate = {.type = VALUE_TEXT,
                                  .find = {.from = from, .to = to, .quality = QUALITY_TEXT},
                                  .for_label = true,
                                  .label = label_index};
    return to == from || candidate_add(search, candidate, &stretch);
}

/* A name or text in several rows beside the middle of its label. False when memory is refused. */
static bool centred_add(struct search *search, size_t label_index, enum value_type type) {
    struct stretch stretch;
    if (!search->labels[label_index].strong || !centred_rows(search, &search->labels[label_index], &stretch)) {
        return true;
    }
    if (!stretch_join(search, &stretch)) {
        return false;
    }
    if (type == VALUE_NAME) {
        return names_add(search, &stretch);
    }
    struct candidate candidate = {.type = VALUE_TEXT,
                                  .find = {.to = stretch.bytes, .quality = QUALITY_CENTRED_TEXT},
                                  .for_label = true,
                                  .label = label_index};
    return candidate_add(search, candidate, &stretch);
}

static bool paragraphs_add(struct search *search) {
    for (size_t i = 0; i < search->label_count; i++) {
        const struct label *label = &search->labels[i];
        const struct field_rule *rule = label->kind == PHRASE_FIELD ? &search->layout->fields[label->field] : NULL;
        if (rule != NULL && (rule->type == VALUE_NAME || rule->type == VALUE_TEXT) &&
            !centred_add(search, i, rule->type)) {
            return false;
        }
        if (label->kind == PHRASE_IGNORE || label->paragraph.piece_count == 0) {
            continue;
        }
        bool heading = label->kind == PHRASE_ORIGIN || label->kind == PHRASE_DESTINATION;
        if (!typed_add(search, &label->paragraph)) {
            return false;
        }
        bool name = heading || (rule != NULL && rule->type == VALUE_NAME);
        if (name && !names_add(search, &label->paragraph)) {
            return false;
        }
        bool text = rule != NULL && (rule->type == VALUE_TEXT || rule->type == VALUE_NAME ||
                                     rule->type == VALUE_COMPANY || rule->type == VALUE_ADDRESS);
        if (text && !text_add(search, i)) {
            return false;
        }
    }
    return true;
}

/* The columns that a heading or label governs end at the next strong label to its right on its row. */
static double columns_end(const struct search *search, const struct label *label) {
    double right = search->sheet.width_px + 1;
    for (size_t i = 0; i < search->label_count; i++) {
        const struct label *other = &search->labels[i];
        if (other->strong && other->box.x0 > label->box.x1 && other->box.x0 < right &&
            box_same_row(other->box, label->box) > ROW_SHARE) {
            right = other->box.x0;
        }
    }
    return right;
}

/*
 * The heading of a box: the nearest above it (or on its row) in its columns, unless a label without a side is between
 * them. `passed`: the heading has a value of its own, so it may be only a label, and another label is between it and
 * the box.
 */
static size_t heading_of(const struct search *search, struct lince_box box, bool *passed) {
    size_t best = LABELS_MOST;
    double best_y = -1, label_y = -1;
    double middle = box_middle(box);
    for (size_t i = 0; i < search->label_count; i++) {
        const struct label *label = &search->labels[i];
        bool heading = label->kind == PHRASE_ORIGIN || label->kind == PHRASE_DESTINATION;
        bool field = label->strong && label->kind == PHRASE_FIELD;
        bool ends = field && search->layout->fields[label->field].side == SIDE_NONE;
        if (!heading && !field) {
            continue;
        }
        bool above = label->box.y0 < middle && (label->box.y1 < middle || label->box.x1 <= box.x0 + 1);
        bool columns = box.x0 < columns_end(search, label) - 0.5 * box_height(label->box) &&
                       box.x1 > label->box.x0 - box_height(label->box);
        if (!above || !columns) {
            continue;
        }
        if ((heading || ends) && label->box.y0 > best_y) {
            best_y = label->box.y0;
            best = i;
        }
        label_y = !heading && label->box.y0 > label_y ? label->box.y0 : label_y;
    }
    if (best == LABELS_MOST || search->labels[best].kind == PHRASE_FIELD) {
        return LABELS_MOST;
    }
    *passed = search->labels[best].paragraph.piece_count > 0 && label_y > search->labels[best].box.y0 + 1;
    return best;
}

static enum side heading_side(const struct search *search, size_t heading) {
    if (heading == LABELS_MOST) {
        return SIDE_NONE;
    }
    return search->labels[heading].kind == PHRASE_ORIGIN ? SIDE_ORIGIN : SIDE_DESTINATION;
}

/* A label that is also a heading has its own side; others have the side of the heading above them. */
static void label_side(struct search *search, struct label *label) {
    for (size_t i = 0; i < search->label_count; i++) {
        const struct label *other = &search->labels[i];
        bool heading = other->kind == PHRASE_ORIGIN || other->kind == PHRASE_DESTINATION;
        if (heading && other->segment == label->segment && other->from == label->from) {
            label->side = other->kind == PHRASE_ORIGIN ? SIDE_ORIGIN : SIDE_DESTINATION;
            return;
        }
    }
    bool passed = false;
    size_t heading = heading_of(search, label->box, &passed);
    if (heading != LABELS_MOST && search->labels[heading].has_neighbour &&
        box_same_row(search->labels[heading].box, label->box) < ROW_SHARE) {
        return; /* the heading has its value beside it: it is a label like the others */
    }
    label->side = heading_side(search, heading);
    label->weak = heading != LABELS_MOST && search->labels[heading].paragraph.piece_count > 0;
}

bool candidates_find(struct search *search) {
    search->candidates = arena_allocate(search->arena, CANDIDATES_MOST * sizeof *search->candidates);
    return search->candidates != NULL && segments_add(search) && paragraphs_add(search);
}

void candidates_take_sides(struct search *search) {
    for (size_t i = 0; i < search->label_count; i++) {
        label_side(search, &search->labels[i]);
    }
    for (size_t i = 0; i < search->candidate_count; i++) {
        struct candidate *candidate = &search->candidates[i];
        bool passed = false;
        candidate->heading = heading_of(search, candidate->first_box, &passed);
        candidate->heading = passed ? LABELS_MOST : candidate->heading;
        candidate->side = heading_side(search, candidate->heading);
    }
}
