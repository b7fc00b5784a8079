/* row.c - measures rows, and the few words that show where paragraphs begin and end. */
#include "text/order/row.h"

#include <ctype.h>
#include <math.h>
#include <string.h>
#include <utf8proc.h>

#include "base/utf8.h"

/*
 * Whether the text is one letter that has no meaning of its own. Symbol fonts of word processors have their bullets
 * there: OpenSymbol at U+F095, Symbol at U+F0B7, Wingdings at U+F0A7.
 */
static bool is_private_letter(const char *text) {
    utf8proc_int32_t code = 0;
    utf8proc_ssize_t bytes = utf8proc_iterate((const utf8proc_uint8_t *)text, -1, &code);
    return code > 0 && bytes > 0 && text[bytes] == '\0' && utf8proc_category(code) == UTF8PROC_CATEGORY_CO;
}

bool text_is_mark(const char *text) {
    static const char *const bullets[] = {"•", "·", "-", "–", "—", "*", "▪", "■", "●", "○", "◦", "►", "➢", "✓", "o"};
    for (size_t i = 0; i < sizeof bullets / sizeof *bullets; i++) {
        if (strcmp(text, bullets[i]) == 0) {
            return true;
        }
    }
    if (is_private_letter(text)) {
        return true;
    }
    const char *at = text + (*text == '(');
    size_t digits = strspn(at, "0123456789.");
    if (digits > 0 && digits <= 6 && isdigit((unsigned char)*at)) {
        at += digits;
        return (*at == ')' && at[1] == '\0') || (*at == '\0' && at[-1] == '.');
    }
    return isalpha((unsigned char)*at) && (at[1] == ')' || at[1] == '.') && at[2] == '\0';
}

/* Skips the longest of the words at the beginning of the text, ignoring case. */
static const char *skip_word(const char *text, const char *const *words) {
    const char *after = text;
    for (; *words != NULL; words++) {
        size_t bytes = strlen(*words);
        if (strncasecmp(text, *words, bytes) == 0 && text + bytes > after) {
            after = text + bytes;
        }
    }
    return after;
}

bool text_is_page_number(const char *text) {
    static const char *const pages[] = {"página", "pagina", "PÁGINA", "page", "pág.", "pag.", "PÁG.", "p.", NULL};
    static const char *const of[] = {"de", "of", "/", NULL};
    const char *at = text + strspn(text, "- ");
    at = skip_word(at, pages);
    at += strspn(at, " ");
    size_t digits = strspn(at, "0123456789"), romans = strspn(at, "ivxlc");
    if (digits == 0 && (romans == 0 || at != text)) {
        return false;
    }
    if (digits > 4 || romans > 6) {
        return false;
    }
    at += digits > 0 ? digits : romans;
    const char *rest = at + strspn(at, " "), *total = skip_word(rest, of);
    if (total > rest) {
        total += strspn(total, " ");
        size_t count = strspn(total, "0123456789");
        at = count > 0 && count <= 4 ? total + count : at;
    }
    at += strspn(at, "- ");
    return *at == '\0';
}

static bool begins_with_mark(const char *text) {
    char word[8] = "";
    size_t bytes = strcspn(text, " ");
    if (bytes >= sizeof word || text[bytes] == '\0') {
        return false;
    }
    memcpy(word, text, bytes);
    return text_is_mark(word);
}

static bool begins_lower(const char *text) {
    utf8proc_int32_t first = 0;
    return utf8proc_iterate((const utf8proc_uint8_t *)text, -1, &first) > 0 &&
           utf8proc_category(first) == UTF8PROC_CATEGORY_LL;
}

/* Letters by their case, and digits. */
struct letters {
    size_t upper, lower, digits;
};

static struct letters letters_of(const char *text) {
    struct letters found = {0};
    utf8proc_int32_t code = 0;
    for (utf8proc_ssize_t bytes;
         *text != '\0' && (bytes = utf8proc_iterate((const utf8proc_uint8_t *)text, -1, &code)) > 0; text += bytes) {
        utf8proc_category_t category = utf8proc_category(code);
        found.upper += category == UTF8PROC_CATEGORY_LU;
        found.lower += category == UTF8PROC_CATEGORY_LL;
        found.digits += category == UTF8PROC_CATEGORY_ND;
    }
    return found;
}

/* Capitals and digits are wide, so that rows of them seem to be large print. */
static bool is_title(const char *text) {
    struct letters letters = letters_of(text);
    size_t bytes = strlen(text);
    bool is_sentence = bytes > 0 && strchr(".:;,!?", text[bytes - 1]) != NULL;
    return letters.upper > 0 && !begins_lower(text) && !is_sentence && letters.lower > 2 * letters.upper &&
           letters.lower > letters.digits;
}

/* Places are sorted by row, so those of one row follow each other. */
struct row row_at(const struct arrangement *arrangement, const struct lince_line *lines, size_t first, size_t until) {
    const struct place *places = arrangement->places;
    struct row row = {.first = first, .left = INFINITY, .right = -INFINITY, .top = INFINITY, .bottom = -INFINITY};
    double letters = 0.0, width = 0.0;
    for (size_t i = first; i < until && places[i].row == places[first].row; i++) {
        row.count++;
        row.left = fmin(row.left, places[i].left);
        row.right = fmax(row.right, places[i].right);
        row.top = fmin(row.top, places[i].top);
        row.bottom = fmax(row.bottom, places[i].bottom);
        width += places[i].right - places[i].left;
        const struct lince_line *line = &lines[places[i].line];
        for (size_t k = places[i].first_word; k < places[i].first_word + places[i].word_count; k++) {
            letters += (double)utf8_count(line->words[k].text, SIZE_MAX) + (k > places[i].first_word);
        }
    }
    const char *head = lines[places[first].line].text, *tail = lines[places[first + row.count - 1].line].text;
    size_t bytes = strlen(tail);
    row.letter_px = width / fmax(letters, 1.0);
    row.is_marked = begins_with_mark(head) || (row.count > 1 && text_is_mark(head));
    row.begins_lower = begins_lower(head);
    row.is_title = row.count == 1 && !row.is_marked && is_title(head);
    row.ends_sentence = bytes > 0 && strchr(".:;!?", tail[bytes - 1]) != NULL;
    row.ends_hyphen = bytes > 1 && tail[bytes - 1] == '-' &&
                      ((unsigned char)tail[bytes - 2] >= 0x80 || isalpha((unsigned char)tail[bytes - 2]));
    return row;
}
