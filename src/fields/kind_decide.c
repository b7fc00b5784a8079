/*
 * kind_decide.c - the kind of a page, by its words and their position: a payment, a sale, an account's rows, or none.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "fields/countries/country.h"
#include "fields/pages/kind_aside.h"
#include "fields/pages/movement_list.h"
#include "fields/record.h"
#include "fields/search.h"
#include "fields/sheet/row_piece.h"
#include "fields/values/scan.h"

/* The least weight of a group; the least weight of a page with a kind. */
static const double GROUP_LEAST = 1.5;
/* Weights that differ by less are equal; the doubt about a verdict without a second group. */
static const double BETTER = 1e-9, SINGLE_DOUBT = 0.4;
/* Words of this weight decide what a page is, if they are a title. */
static const double TITLE_WEIGHT = 5;
/* Words of a payment or a sale that weigh so much name the page where they begin a piece. */
static const double NAMED_WEIGHT = 1.2;
/* The confidence if a layout matches the page; if the page is a list of rows;
 * a bank's message with an amount and no other words. */
static const double CONFIDENCE_LAYOUT = 0.95, CONFIDENCE_LIST = 0.8, CONFIDENCE_MESSAGE = 0.6;
/* Words at the top of a page or in large letters count more. */
static const double HEAD_SHARE = 0.4, HEAD_FACTOR = 1.25, LARGE_HEIGHTS = 1.3;

/* A word that decides alone and was misread has so many letters: "Davis" is no "devis". */
enum { MISREAD_LETTERS_LEAST = 7 };
enum { MESSAGE_ROWS_MOST = 12, MESSAGE_LETTERS_LEAST = 24, MESSAGE_LABELS_MOST = 1, BANK_FIRST_BYTES = 3 };

struct weighing {
    const struct layout_set *set;
    const struct sheet *sheet;
    const struct asides *asides;
    bool seen[KIND_PHRASES_MOST];
    double groups[GROUP_COUNT], kinds[KIND_COUNT];
    bool kind_named, other_paper; /* a title names a kind of payment or sale; a sure title of another paper */
    struct kind_verdict *verdict;
};

static void note(struct weighing *weighing, const struct kind_mark *mark, const struct fold *fold,
                 const struct phrase_hit *hit) {
    struct kind_verdict *verdict = weighing->verdict;
    if (verdict->evidence_count < KIND_EVIDENCE_MOST) {
        size_t at = verdict->evidence_count++;
        const char *name = mark->kind == KIND_NONE ? group_name(mark->group) : kind_name(mark->kind);
        snprintf(verdict->evidence[at], EVIDENCE_BYTES, "%s:%.*s", name, (int)(hit->to - hit->from),
                 fold->plain + hit->from);
        verdict->evidence_group[at] = mark->group;
    }
}

/* Whether nothing is beside the piece: "Concepto Rol de pagos" and "Recibo de nómina 15.00" are rows of something else.
 */
static bool is_alone_on_row(const struct sheet *sheet, size_t line, size_t at) {
    const struct segment *own = row_piece_from(sheet, line, at);
    return own != NULL && row_piece_sides(sheet, own).count == 0;
}

/* Whether the words are more than one: a title may go on behind them, as in "GUÍA DE REMISIÓN REMITENTE". */
static bool are_several(const struct sheet_line *line, const struct phrase_hit *hit) {
    size_t from = line->fold.from[hit->from], last = line->fold.from[hit->to - 1];
    return memchr(line->text + from, ' ', last - from) != NULL;
}

/* Whether only a number follows the word on its piece: "ACTA N° 12", and not "Circular 73B # 39-10, Medellín". */
static bool fills_piece(const struct country_set *countries, const struct segment *segment, const struct fold *fold,
                        size_t to) {
    const struct said *signs = &countries->said[SAID_NUMBER_SIGNS];
    size_t number = to + said_begin(signs, fold->plain + to, segment->fold_to - to, SAID_OWN_CASE);
    to = number < segment->fold_to && scan_is_digit(fold->plain[number]) ? number : to;
    while (to < segment->fold_to && scan_is_digit(fold->plain[to])) {
        to++;
    }
    return to >= segment->fold_to;
}

/*
 * Whether words that decide what a page is are its title, and not "mantenimiento preventivo", "según presupuesto" or
 * "envíe su comprobante de retención a".
 */
static bool is_title(const struct weighing *weighing, size_t index, const struct phrase_hit *hit, enum page_group group,
                     bool head) {
    const struct sheet_line *line = &weighing->sheet->lines[index];
    const struct segment *piece = row_piece_from(weighing->sheet, index, hit->from);
    char first = line->text[line->fold.from[hit->from]];
    bool large = group == GROUP_TAX || group == GROUP_NONE; /* a title at the top, with a capital */
    bool alone = piece != NULL && (group != GROUP_NONE || are_several(line, hit) ||
                                   fills_piece(&weighing->set->countries, piece, &line->fold, hit->to));
    return (group != GROUP_SALE && !large) || (alone && (!large || (head && first >= 'A' && first <= 'Z')));
}

/*
 * Whether the words are a heading: "Movimientos de la cuenta corriente", and not "see your account history on our site"
 * or the row below it that goes on with "movimientos de su cuenta".
 */
static bool is_heading(const struct sheet *sheet, size_t index, const struct phrase_hit *hit) {
    const struct sheet_line *line = &sheet->lines[index];
    const struct fold *fold = &line->fold;
    const char *first = line->text + fold->from[hit->from];
    struct extent own = {index, fold->from[hit->from], fold->to[hit->to - 1]};
    const struct segment *piece = &sheet->segments[sheet_segment_at(sheet, own)];
    bool small = scan_is_letter(*first) && !scan_is_capital(first);
    return 2 * (hit->to - hit->from) >= piece->fold_to - piece->fold_from || (piece->fold_from == hit->from && !small);
}

/* The phrases that begin at one place of a line; each counts once per page. */
static void phrases_at(struct weighing *weighing, const struct sheet_line *line, size_t at, struct phrase_memo *memo) {
    const struct kind_book *kinds = &weighing->set->kinds;
    const struct fold *fold = &line->fold;
    bool head = line->box.y0 < HEAD_SHARE * weighing->sheet->height_px ||
                line->height_px > LARGE_HEIGHTS * weighing->sheet->text_height_px;
    phrase_memo_clear(memo);
    for (size_t i = 0; i < kinds->book.phrase_count; i++) {
        const struct phrase *phrase = &kinds->book.phrases[i];
        const struct kind_mark *mark = &kinds->marks[phrase->field];
        struct phrase_hit hit;
        if (weighing->seen[phrase->field] ||
            !phrase_match(&kinds->book, phrase, fold, at, fold->count, true, memo, &hit) || hit.glued) {
            continue;
        }
        enum page_group group = mark->kind == KIND_NONE ? mark->group : kind_group(mark->kind);
        bool title = (double)phrase->weight >= TITLE_WEIGHT || (group == GROUP_NONE && phrase->weight > 0);
        size_t index = (size_t)(line - weighing->sheet->lines);
        if ((title && hit.distance > 0 && hit.to - hit.from < MISREAD_LETTERS_LEAST) ||
            (title && !mark->anywhere && !is_title(weighing, index, &hit, group, head)) ||
            (mark->alone && !is_alone_on_row(weighing->sheet, index, at)) ||
            (mark->heading && !is_heading(weighing->sheet, index, &hit)) ||
            asides_cover(weighing->asides, index, &hit, mark)) {
            continue;
        }
        bool paid = group == GROUP_PAYMENT || group == GROUP_SALE;
        bool named =
            paid && (double)phrase->weight >= NAMED_WEIGHT && row_piece_from(weighing->sheet, index, at) != NULL;
        weighing->verdict->titled = weighing->verdict->titled || named;
        weighing->kind_named = weighing->kind_named || (named && mark->kind != KIND_NONE);
        bool paper = group == GROUP_NONE && (double)phrase->weight >= TITLE_WEIGHT;
        weighing->other_paper = weighing->other_paper || (paper && is_alone_on_row(weighing->sheet, index, at));
        weighing->seen[phrase->field] = true;
        double weight = (double)phrase->weight * (head && mark->kind != KIND_NONE ? HEAD_FACTOR : 1);
        if (mark->kind == KIND_NONE) {
            weighing->groups[mark->group] += weight;
        } else {
            weighing->kinds[mark->kind] += weight;
        }
        if (weight > 0) {
            note(weighing, mark, fold, &hit);
        }
    }
}

/* Whether the page is a message in sentences: a few rows, mostly long, and hardly a label alone on its row. */
static bool is_message(const struct search *search) {
    size_t long_letters = 0, all = 0, rows = 0, labels = 0;
    for (size_t i = 0; i < search->sheet.segment_count; i++) {
        const struct segment *segment = &search->sheet.segments[i];
        size_t letters = segment->fold_to - segment->fold_from;
        all += letters;
        long_letters += letters >= MESSAGE_LETTERS_LEAST ? letters : 0;
        rows += letters > 0;
        labels +=
            search->segment_label[i] != LABELS_MOST && search->labels[search->segment_label[i]].kind == PHRASE_FIELD;
    }
    return rows > 0 && rows <= MESSAGE_ROWS_MOST && labels <= MESSAGE_LABELS_MOST && long_letters * 2 > all;
}

static enum page_kind best_of(const struct weighing *weighing, enum page_group group, enum page_kind otherwise) {
    enum page_kind best = otherwise;
    for (size_t i = 1; i < KIND_COUNT; i++) {
        if (kind_group((enum page_kind)i) == group && weighing->kinds[i] > weighing->kinds[best] + BETTER) {
            best = (enum page_kind)i;
        }
    }
    return best;
}

static double most_of(const struct weighing *weighing, enum page_group group) {
    double most = 0;
    for (size_t i = 1; i < KIND_COUNT; i++) {
        most = kind_group((enum page_kind)i) == group && weighing->kinds[i] > most ? weighing->kinds[i] : most;
    }
    return most;
}

/* Keeps only the evidence for the chosen group. */
static void evidence_keep(struct kind_verdict *verdict) {
    size_t kept = 0;
    for (size_t i = 0; i < verdict->evidence_count; i++) {
        if (verdict->evidence_group[i] == verdict->group) {
            memmove(verdict->evidence[kept], verdict->evidence[i], EVIDENCE_BYTES);
            verdict->evidence_group[kept++] = verdict->evidence_group[i];
        }
    }
    verdict->evidence_count = kept;
}

/* The kind of a page whose group is known and whose words say no more. */
static const enum page_kind usual[GROUP_COUNT] = {KIND_NONE, KIND_PAYMENT_MADE, KIND_INVOICE, KIND_BANK_MOVEMENTS,
                                                  KIND_WITHHOLDING};

static void group_decide(struct weighing *weighing) {
    struct kind_verdict *verdict = weighing->verdict;
    double most = 0, second = 0;
    for (size_t i = 1; i < GROUP_COUNT; i++) {
        double weight = weighing->groups[i] + most_of(weighing, (enum page_group)i);
        if (weight > most) {
            second = most;
            most = weight;
            verdict->group = (enum page_group)i;
        } else if (weight > second) {
            second = weight;
        }
    }
    double none = weighing->groups[GROUP_NONE];
    verdict->of_account = weighing->groups[GROUP_ACCOUNT] + most_of(weighing, GROUP_ACCOUNT) > 0;
    bool told = none >= GROUP_LEAST && none > most;
    verdict->told = told;
    if (weighing->other_paper) { /* a slip of wages has sums like a sale's; only a title of its own makes it one */
        verdict->titled = weighing->kind_named;
    }
    if (told && !verdict->titled) {
        verdict->group = GROUP_NONE;
        verdict->confidence = none / (none + most + SINGLE_DOUBT);
        evidence_keep(verdict);
        return;
    }
    if (most < GROUP_LEAST && !told) {
        verdict->group = GROUP_NONE;
        verdict->confidence = 1 - most / (2 * GROUP_LEAST);
        verdict->evidence_count = 0;
        return;
    }
    verdict->kind = best_of(weighing, verdict->group, usual[verdict->group]);
    double made = fmax(weighing->kinds[KIND_PAYMENT_MADE], weighing->kinds[KIND_PAYMENT_RECEIVED]);
    verdict->contested = made > 0 && weighing->kinds[KIND_PAYMENT_FAILED] > 0;
    verdict->direction =
        weighing->kinds[KIND_PAYMENT_RECEIVED] > weighing->kinds[KIND_PAYMENT_MADE] ? DIRECTION_IN : DIRECTION_OUT;
    verdict->confidence = most / (most + (told ? none : second) + SINGLE_DOUBT);
    evidence_keep(verdict);
}

bool kind_weigh(struct arena *arena, const struct layout_set *set, const struct sheet *sheet,
                struct kind_verdict *verdict) {
    struct asides asides;
    struct weighing weighing = {.set = set, .sheet = sheet, .asides = &asides, .verdict = verdict};
    struct phrase_memo *memo = phrase_memo_make(arena, &set->kinds.book);
    *verdict = (struct kind_verdict){0};
    if (memo == NULL || !asides_find(arena, &set->kinds, sheet, &asides)) {
        return false;
    }
    for (size_t i = 0; i < sheet->line_count; i++) {
        const struct sheet_line *line = &sheet->lines[i];
        for (size_t at = 0; at < line->fold.count && !line->chrome; at++) {
            if (fold_word_starts(&line->fold, at)) {
                phrases_at(&weighing, line, at, memo);
            }
        }
    }
    group_decide(&weighing);
    return true;
}

/* Whether a bank sends the page, named at its beginning, and it has an amount: "DaviPlata: Pago $10.000 en ...". */
static bool is_of_bank(const struct search *search) {
    bool bank = false, amount = false;
    for (size_t i = 0; i < search->candidate_count; i++) {
        const struct candidate *candidate = &search->candidates[i];
        const struct extent *own = &candidate->extents[0];
        bank = bank || (candidate->type == VALUE_BANK && own->line == 0 && own->from <= BANK_FIRST_BYTES);
        amount = amount || (candidate->type == VALUE_MONEY && find_has_sign(&candidate->find));
    }
    return bank && amount;
}

/* The group and kind, by what was found on the page. */
static void group_settle(const struct search *search, struct kind_verdict *verdict) {
    bool matched = search->matched;
    if (matched && search->layout->group != GROUP_NONE && verdict->group != search->layout->group) {
        verdict->group = search->layout->group; /* a matching layout knows its pages */
        verdict->kind = usual[verdict->group];
        verdict->direction = DIRECTION_OUT;
        verdict->evidence_count = 0;
    }
    if (verdict->told && !matched) {
        return;
    }
    if (matched && verdict->confidence < CONFIDENCE_LAYOUT) {
        verdict->confidence = CONFIDENCE_LAYOUT;
    }
    if (verdict->group == GROUP_PAYMENT && is_message(search) && verdict->kind != KIND_PAYMENT_FAILED &&
        verdict->kind != KIND_PAYMENT_REQUESTED) {
        verdict->kind = KIND_NOTIFICATION;
    }
    if (verdict->group == GROUP_NONE && search->layout->group == GROUP_PAYMENT && is_message(search) &&
        is_of_bank(search)) {
        verdict->group = GROUP_PAYMENT;
        verdict->kind = KIND_NOTIFICATION;
        verdict->direction = DIRECTION_OUT;
        verdict->confidence = CONFIDENCE_MESSAGE;
    }
    bool listed = verdict->group == GROUP_PAYMENT || verdict->group == GROUP_NONE;
    if (!matched && listed && movement_list_found(search, verdict->of_account)) {
        verdict->group = GROUP_ACCOUNT;
        verdict->kind = KIND_BANK_MOVEMENTS;
        verdict->confidence = CONFIDENCE_LIST;
    }
}

void kind_settle(struct search *search) {
    struct kind_verdict verdict = search->what;
    group_settle(search, &verdict);
    verdict.direction = verdict.group == GROUP_PAYMENT ? verdict.direction : DIRECTION_NONE;
    search->what = verdict;
}
