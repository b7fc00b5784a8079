/* look_alikes.c - a rule for each character: what its word says it is, and how likely the recogniser must think that.
 */
#include "text/look_alikes.h"

#include <string.h>

/* Where no word has the one character, the other need hardly be possible; where some do, it must be likely. */
static const float HARDLY = 0.001f, POSSIBLE = 0.01f, LIKELY = 0.1f;

/* Letters and digits without anything between: the glyphs first..end. */
struct token {
    struct reading *reading;
    const struct alphabet *alphabet;
    size_t first, end;
    size_t capitals, smalls, digits; /* without I, l, 1 and 0 */
};

static const char *text_at(const struct token *token, size_t i) {
    return i < token->first || i >= token->end ? "" : token->alphabet->characters[token->reading->glyphs[i].symbol];
}

static bool is_digit(const char *text) {
    return text[0] >= '0' && text[0] <= '9';
}

static bool is_one_of(const char *text, const char *set) {
    return text[0] != '\0' && text[1] == '\0' && strchr(set, text[0]) != NULL;
}

static bool is_small_consonant(const char *text) {
    return strcmp(text, "ñ") == 0 || is_one_of(text, "bcdfghjklmnpqrstvwxyz");
}

/* Whether the recogniser gave the character at least this probability. */
static bool may_be(const struct token *token, size_t i, enum alike alike, float least) {
    return token->reading->alike[i].probabilities[alike] >= least;
}

/* ---- words -------------------------------------------------------------------------------------------- */

/* Whether the token is one of the words, from its second letter on. */
static bool goes_on_as(const struct token *token, const char *const *rests, size_t count) {
    char rest[8] = "";
    for (size_t i = token->first + 1; i < token->end; i++) {
        if (strlen(rest) + strlen(text_at(token, i)) >= sizeof rest) {
            return false;
        }
        strcat(rest, text_at(token, i));
    }
    for (size_t i = 0; i < count; i++) {
        if (strcmp(rest, rests[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* Abbreviations with l that no word with I looks like: lbs, ltda. */
static bool is_abbreviation(const struct token *token) {
    static const char *const RESTS[] = {"b", "bs", "t", "tr", "trs", "td", "tda"};
    return goes_on_as(token, RESTS, sizeof RESTS / sizeof *RESTS);
}

/* Articles of many texts, of which the recogniser must have thought too: Ios is one, Ion another word. */
static bool is_article(const struct token *token) {
    static const char *const RESTS[] = {"a", "as", "os", "es"};
    return goes_on_as(token, RESTS, sizeof RESTS / sizeof *RESTS);
}

/* Its and lts are both words, as they were read. */
static bool is_undecided(const struct token *token) {
    static const char *const RESTS[] = {"ts"};
    return goes_on_as(token, RESTS, sizeof RESTS / sizeof *RESTS);
}

/* ll begins words before a and o, and before e in llegar, llenar, llevar; il- those as ilegal, ilegible, ilusión. */
static bool begins_with_ll(const struct token *token) {
    size_t at = token->first + 1;
    if (strcmp(text_at(token, at), "l") != 0 || token->end - token->first < 4) {
        return false;
    }
    const char *vowel = text_at(token, at + 1), *next = text_at(token, at + 2), *after = text_at(token, at + 3);
    if (is_one_of(vowel, "e")) {
        bool is_illegal = is_one_of(next, "g") && (is_one_of(after, "i") || strcmp(after, "í") == 0 ||
                                                   (is_one_of(after, "a") && is_one_of(text_at(token, at + 4), "l")));
        return is_one_of(next, "gnv") && !is_illegal;
    }
    return is_one_of(vowel, "ao");
}

/* No word begins with l before such a letter; ll- and the abbreviations with l aside. */
static bool begins_with_i(const struct token *token) {
    const char *next = text_at(token, token->first + 1);
    bool is_before_consonant = is_small_consonant(next) && !is_one_of(next, "ly");
    bool is_illusion = is_one_of(next, "l") && is_one_of(text_at(token, token->first + 2), "u") &&
                       is_one_of(text_at(token, token->first + 3), "sm");
    return token->end - token->first >= 4 && token->smalls >= 2 && !is_abbreviation(token) &&
           (is_before_consonant || is_illusion);
}

/* ---- letters ------------------------------------------------------------------------------------------ */

/* Capitals throughout, so that a small l among them is none. Al and El are words, lV is a number. */
static bool is_in_capitals(const struct token *token, size_t i) {
    return token->smalls == 0 && token->digits == 0 &&
           (token->capitals >= 2 || (token->capitals == 1 && alphabet_is_capital(text_at(token, i + 1))));
}

/* II and III, of which no word consists; Il is one in Italian. */
static bool is_roman(const struct token *token) {
    size_t count = token->end - token->first;
    for (size_t i = token->first; i < token->end; i++) {
        if (!is_one_of(text_at(token, i), "Il")) {
            return false;
        }
    }
    return count == 3 || (count == 2 && (strcmp(text_at(token, token->first), "l") == 0 ||
                                         may_be(token, token->first + 1, ALIKE_CAPITAL_I, LIKELY)));
}

/* The letter of an abbreviation with points, beside a capital: I.V.A. */
static bool is_amid_points(const struct token *token, size_t first, size_t end) {
    const struct glyph *glyphs = token->reading->glyphs;
    const char *const *characters = token->alphabet->characters;
    size_t i = token->first;
    bool before = i >= first + 2 && strcmp(characters[glyphs[i - 1].symbol], ".") == 0 &&
                  alphabet_is_capital(characters[glyphs[i - 2].symbol]);
    bool after = i + 2 < end && strcmp(characters[glyphs[i + 1].symbol], ".") == 0 &&
                 alphabet_is_capital(characters[glyphs[i + 2].symbol]);
    return token->end - i == 1 && (before || after);
}

/* Within a number. A reference with other letters keeps those that it has. */
static bool has_digits_around(const struct token *token, size_t i) {
    for (size_t k = token->first; k < token->end; k++) {
        if (!is_one_of(text_at(token, k), "IlO0123456789")) {
            return false;
        }
    }
    return i > token->first && is_digit(text_at(token, i - 1)) && is_digit(text_at(token, i + 1));
}

/* Abbreviations have none: xlsx, tlf, mls. */
static bool has_vowel(const struct token *token) {
    for (size_t i = token->first; i < token->end; i++) {
        if (is_one_of(text_at(token, i), "aeiouAEIOU")) {
            return true;
        }
    }
    return false;
}

/* l between consonants, where no word of Spanish or English has it: Códlgo, Unldad. World, bowls and xlsx have it. */
static bool is_amid_consonants(const struct token *token, size_t i) {
    const char *before = text_at(token, i - 1), *after = text_at(token, i + 1);
    return has_vowel(token) && is_one_of(before, "bcdfgkmnpqstvxz") && is_small_consonant(after) &&
           !is_one_of(after, "lyh");
}

/* The l behind a consonant and l, before a vowel: Cllente. It is the i if the first is not likelier to be one. */
static bool is_behind_l(const struct token *token, size_t i) {
    if (i < token->first + 2 || !is_one_of(text_at(token, i - 1), "l") || !is_one_of(text_at(token, i + 1), "aeo")) {
        return false;
    }
    const char *before = text_at(token, i - 2);
    const struct glyph_alike *own = &token->reading->alike[i];
    return is_one_of(before, "bcfgptBCFGPT") &&
           own[-1].probabilities[ALIKE_SMALL_I] <= own->probabilities[ALIKE_SMALL_I];
}

enum { WORD_BYTES = 16 };

/* The letters from one on, as one text; false if they are more than a short word has. */
static bool text_join(const struct token *token, size_t from, char text[WORD_BYTES]) {
    size_t used = 0;
    text[0] = '\0';
    for (size_t i = from; i < token->end; i++) {
        size_t bytes = strlen(text_at(token, i));
        if (used + bytes >= WORD_BYTES) {
            return false;
        }
        memcpy(text + used, text_at(token, i), bytes + 1);
        used += bytes;
    }
    return true;
}

/* The end of Descripción and acciones. Ciclón is a word. */
static bool is_in_ending(const struct token *token, size_t i) {
    static const char *const ENDINGS[] = {"clón", "clones"};
    char rest[WORD_BYTES];
    if (i < token->first + 3 || strcmp(text_at(token, i - 2), "i") == 0 || !text_join(token, i - 1, rest)) {
        return false;
    }
    return strcmp(rest, ENDINGS[0]) == 0 || strcmp(rest, ENDINGS[1]) == 0;
}

static bool is_small_i(const struct token *token, size_t i) {
    return i > token->first && token->smalls >= 3 && token->digits == 0 &&
           (is_amid_consonants(token, i) || is_behind_l(token, i) || is_in_ending(token, i)) &&
           may_be(token, i, ALIKE_SMALL_I, POSSIBLE);
}

static enum alike small_l_is(const struct token *token, size_t i) {
    bool is_first = i == token->first;
    if (has_digits_around(token, i) && may_be(token, i, ALIKE_ONE, LIKELY)) {
        return ALIKE_ONE;
    }
    if (is_small_i(token, i)) {
        return ALIKE_SMALL_I;
    }
    bool is_capital_i = is_in_capitals(token, i) || (is_first && begins_with_i(token));
    return is_capital_i && may_be(token, i, ALIKE_CAPITAL_I, POSSIBLE) ? ALIKE_CAPITAL_I : ALIKE_SMALL_L;
}

static enum alike capital_i_is(const struct token *token, size_t i) {
    bool is_first = i == token->first;
    if (has_digits_around(token, i) && may_be(token, i, ALIKE_ONE, LIKELY)) {
        return ALIKE_ONE;
    }
    bool is_inside = !is_first && token->smalls >= 2 && token->digits == 0 &&
                     !alphabet_is_capital(text_at(token, i + 1)) &&
                     (alphabet_is_small(text_at(token, i - 1)) || i == token->first + 1);
    if (is_first && is_abbreviation(token) && may_be(token, i, ALIKE_SMALL_L, HARDLY)) {
        return ALIKE_SMALL_L;
    }
    bool is_small_l = is_inside || (is_first && (is_article(token) || begins_with_ll(token)));
    return is_small_l && may_be(token, i, ALIKE_SMALL_L, POSSIBLE) ? ALIKE_SMALL_L : ALIKE_CAPITAL_I;
}

/* Words of Spanish that neither it nor Portuguese has without their accent. */
static bool is_accented_word(const struct token *token) {
    static const char *const WORDS[] = {"aqui", "asi", "linea", "lineas", "jardin", "maiz", "compañia"};
    char word[WORD_BYTES];
    if (!text_join(token, token->first, word)) {
        return false;
    }
    word[0] = (char)(word[0] >= 'A' && word[0] <= 'Z' ? word[0] + ('a' - 'A') : word[0]);
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
        if (strcmp(word, WORDS[i]) == 0) {
            return true;
        }
    }
    return false;
}

static enum alike small_i_is(const struct token *token, size_t i) {
    return is_accented_word(token) && may_be(token, i, ALIKE_ACUTE_I, LIKELY) ? ALIKE_ACUTE_I : ALIKE_SMALL_I;
}

static enum alike capital_o_is(const struct token *token, size_t i) {
    return has_digits_around(token, i) && may_be(token, i, ALIKE_ZERO, LIKELY) ? ALIKE_ZERO : ALIKE_CAPITAL_O;
}

/* ---- digits in words ---------------------------------------------------------------------------------- */

/* The only digit of a word of letters, at its begin or within it. */
static bool is_digit_of_word(const struct token *token, size_t i) {
    size_t digits = 0;
    for (size_t k = token->first; k < token->end; k++) {
        digits += is_digit(text_at(token, k));
    }
    return digits == 1 && token->capitals + token->smalls >= 2 && token->end - token->first >= 4 && i + 1 < token->end;
}

static enum alike one_is(const struct token *token, size_t i) {
    bool is_first = i == token->first, is_word = is_digit_of_word(token, i);
    if (is_word && token->smalls == 0 && may_be(token, i, ALIKE_CAPITAL_I, LIKELY)) {
        return ALIKE_CAPITAL_I;
    }
    if (is_word && is_first && begins_with_i(token) && may_be(token, i, ALIKE_CAPITAL_I, LIKELY)) {
        return ALIKE_CAPITAL_I;
    }
    bool is_small_l = is_first && token->end - token->first > 2 &&
                      (is_abbreviation(token) || is_undecided(token) || begins_with_ll(token));
    return is_small_l && may_be(token, i, ALIKE_SMALL_L, LIKELY) ? ALIKE_SMALL_L : ALIKE_ONE;
}

static enum alike zero_is(const struct token *token, size_t i) {
    if (!is_digit_of_word(token, i)) {
        return ALIKE_ZERO;
    }
    bool is_inside = i > token->first && token->smalls > 0;
    enum alike letter = is_inside ? ALIKE_SMALL_O : ALIKE_CAPITAL_O;
    return may_be(token, i, letter, POSSIBLE) ? letter : ALIKE_ZERO;
}

/* ---- tokens ------------------------------------------------------------------------------------------- */

static enum alike alike_is(const struct token *token, size_t i, enum alike alike) {
    switch (alike) {
    case ALIKE_CAPITAL_I:
        return capital_i_is(token, i);
    case ALIKE_SMALL_L:
        return small_l_is(token, i);
    case ALIKE_ONE:
        return one_is(token, i);
    case ALIKE_SMALL_I:
        return small_i_is(token, i);
    case ALIKE_CAPITAL_O:
        return capital_o_is(token, i);
    case ALIKE_ZERO:
        return zero_is(token, i);
    default:
        return alike;
    }
}

static void glyph_take(struct token *token, size_t i, enum alike alike) {
    struct glyph *glyph = &token->reading->glyphs[i];
    if (glyph->symbol != token->alphabet->alike[alike]) {
        glyph->symbol = (uint32_t)token->alphabet->alike[alike];
        glyph->probability = token->reading->alike[i].probabilities[alike];
    }
}

static void token_settle(struct token *token, size_t first, size_t end) {
    const size_t *classes = token->alphabet->alike;
    bool in_roman = is_roman(token);
    for (size_t i = token->first; i < token->end; i++) {
        for (size_t k = 0; k < ALIKE_COUNT; k++) {
            if (classes[k] != 0 && token->reading->glyphs[i].symbol == classes[k]) {
                bool is_capital_i = k == ALIKE_SMALL_L && (in_roman || is_amid_points(token, first, end)) &&
                                    may_be(token, i, ALIKE_CAPITAL_I, POSSIBLE);
                glyph_take(token, i, is_capital_i ? ALIKE_CAPITAL_I : alike_is(token, i, (enum alike)k));
                break;
            }
        }
    }
}

/* ---- words --------------------------------------------------------------------------------------------- */

static void token_count(struct token *token, const char *text) {
    if (!is_one_of(text, "Il10")) {
        token->capitals += alphabet_is_capital(text);
        token->smalls += alphabet_is_small(text);
        token->digits += is_digit(text);
    }
}

void look_alikes_settle(struct reading *reading, size_t first, size_t end, const struct alphabet *alphabet) {
    for (size_t i = first; i < end && reading->alike != NULL;) {
        struct token token = {.reading = reading, .alphabet = alphabet, .first = i};
        for (; i < end; i++) {
            const char *text = alphabet->characters[reading->glyphs[i].symbol];
            if (!is_digit(text) && !alphabet_is_letter(alphabet, reading->glyphs[i].symbol)) {
                break;
            }
            token_count(&token, text);
        }
        token.end = i;
        token_settle(&token, first, end);
        i = i == token.first ? i + 1 : i;
    }
}

/* ---- case --------------------------------------------------------------------------------------------- */

/* Letters whose capital has the same shape; other small letters of one height; capitals without a tail. */
static const char SAME_SHAPE[] = "cosuvwxz", LOW[] = "aemnr", CAPITALS[] = "ABCDEFGHIKLMNOPRSTUVWXYZ";

/*
 * A capital is so near to the height of others, so many times as high as small letters, and with an accent so many
 * times as high as without.
 */
static const double AS_HIGH = 0.93, HIGHER = 1.25, WITH_ACCENT = 1.12;

static bool is_in_set(const struct alphabet *alphabet, const struct glyph *glyph, const char *set) {
    return is_one_of(alphabet->characters[glyph->symbol], set);
}

/* á, é, í, ñ, ó or ú. */
static bool is_accented(const char *text) {
    return alphabet_is_small(text) && (unsigned char)text[0] == 0xC3;
}

/* The word is one of letters, with marks behind it. */
static bool is_word(const struct reading *reading, size_t first, size_t end, const struct alphabet *alphabet) {
    size_t letters = 0;
    while (first + letters < end && alphabet_is_letter(alphabet, reading->glyphs[first + letters].symbol)) {
        letters++;
    }
    for (size_t i = first + letters; i < end; i++) {
        if (!is_in_set(alphabet, &reading->glyphs[i], ".,:;")) {
            return false;
        }
    }
    return letters >= 3;
}

/* Beyond its first letter the word has capitals only, if letters of one shape and accented ones may be so. */
static bool is_in_small_capitals(const struct reading *reading, size_t first, size_t end,
                                 const struct alphabet *alphabet) {
    size_t capitals = 0;
    for (size_t i = first; i < end; i++) {
        const char *text = alphabet->characters[reading->glyphs[i].symbol];
        if (alphabet_is_small(text) && !is_one_of(text, SAME_SHAPE) && !is_accented(text)) {
            return false;
        }
        capitals += i > first && is_one_of(text, CAPITALS);
    }
    return capitals > 0;
}

bool look_alikes_doubt_case(const struct reading *reading, size_t first, size_t end, const struct alphabet *alphabet) {
    bool any = false;
    for (size_t i = first; i < end; i++) {
        any = any || alphabet_is_small(alphabet->characters[reading->glyphs[i].symbol]);
    }
    return any && is_word(reading, first, end, alphabet) &&
           (is_in_set(alphabet, &reading->glyphs[first], SAME_SHAPE) ||
            is_in_small_capitals(reading, first, end, alphabet));
}

/* The capitals of ASCII and of the first accented letters stand 32 places before the small ones. */
static void glyph_capitalise(struct glyph *glyph, const struct alphabet *alphabet) {
    char wanted[8] = "";
    size_t length = strlen(alphabet->characters[glyph->symbol]);
    if (length == 0 || length >= sizeof wanted) {
        return;
    }
    memcpy(wanted, alphabet->characters[glyph->symbol], length);
    wanted[length - 1] = (char)(wanted[length - 1] - ('a' - 'A'));
    for (size_t i = 1; i < alphabet->count; i++) {
        if (strcmp(alphabet->characters[i], wanted) == 0) {
            glyph->symbol = (uint32_t)i;
            return;
        }
    }
}

static void word_capitalise(struct reading *reading, size_t first, size_t end, const struct alphabet *alphabet,
                            const struct letter_height *heights) {
    double capital = 0.0; /* the lowest one behind the first letter */
    for (size_t i = first + 1; i < end; i++) {
        double own = heights[i - first].body;
        bool is_lower =
            own > 0.0 && is_in_set(alphabet, &reading->glyphs[i], CAPITALS) && (capital == 0.0 || own < capital);
        capital = is_lower ? own : capital;
    }
    for (size_t i = first; i < end && capital > 0.0; i++) {
        const char *text = alphabet->characters[reading->glyphs[i].symbol];
        bool is_plain = is_one_of(text, SAME_SHAPE) && heights[i - first].body >= AS_HIGH * capital;
        if (is_plain || (is_accented(text) && heights[i - first].whole >= WITH_ACCENT * capital)) {
            glyph_capitalise(&reading->glyphs[i], alphabet);
        }
    }
}

void look_alikes_settle_case(struct reading *reading, size_t first, size_t end, const struct alphabet *alphabet,
                             const struct letter_height *heights) {
    if (is_in_small_capitals(reading, first, end, alphabet)) {
        word_capitalise(reading, first, end, alphabet, heights);
        return;
    }
    double low = 0.0; /* the highest small letter without a tail behind the first one */
    size_t count = 0;
    for (size_t i = first + 1; i < end; i++) {
        const struct glyph *glyph = &reading->glyphs[i];
        double own = heights[i - first].body;
        if (own > 0.0 && (is_in_set(alphabet, glyph, LOW) || is_in_set(alphabet, glyph, SAME_SHAPE))) {
            low = own > low ? own : low;
            count++;
        }
    }
    if (count >= 2 && is_in_set(alphabet, &reading->glyphs[first], SAME_SHAPE) && heights[0].body >= HIGHER * low) {
        glyph_capitalise(&reading->glyphs[first], alphabet);
    }
}
