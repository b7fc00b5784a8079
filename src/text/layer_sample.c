/* layer_sample.c - chooses stretches by font, and compares them by their edit distance. */
#include "text/layer_sample.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

#include <utf8proc.h>

enum { LETTERS_LEAST = 3, DIGITS_LEAST = 2 };

/* In heights of a line: letters of one stretch are no farther apart along it, and across it. */
static const double ALONG_MOST = 1.5, ACROSS_MOST = 0.3;
/* Stretches that run level or straight up or down. */
static const double STRAIGHT_LEAST = 0.995;
/* Lower lines are not read surely, in pixels of the page. */
static const double HEIGHT_LEAST_PX = 7.0;

/* A less sure reading shows nothing. */
static const double SURE_LEAST = 0.85;
/* A font is contradicted by this many letters or digits of which fewer than that share are the same. */
static const double LETTERS_SAME_LEAST = 0.5, DIGITS_SAME_LEAST = 0.6;
enum { LETTERS_ENOUGH = 4, DIGITS_ENOUGH = 3 };
/* Beside a font that is contradicted, another is believed only if this share of its letters is the same. */
static const double CONFIRMED_LEAST = 0.8;
/* The other fonts are kept if they have this share of the letters. */
static const double KEPT_LEAST = 0.1;

enum { PARTS_MOST = 8 };

/*
 * "É" as "e", and a ligature as all its letters. Gives their count: 0 for what is no letter or digit, -1 for a letter
 * of another script.
 */
static int folded(uint32_t code, char shown[PARTS_MOST]) {
    utf8proc_int32_t parts[PARTS_MOST] = {(utf8proc_int32_t)code};
    int boundary = 0, count = 0;
    utf8proc_ssize_t part_count = utf8proc_decompose_char((utf8proc_int32_t)code, parts, PARTS_MOST,
                                                          UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT, &boundary);
    part_count = part_count < 1 || part_count > PARTS_MOST ? 1 : part_count;
    for (utf8proc_ssize_t i = 0; i < part_count; i++) {
        utf8proc_category_t category = utf8proc_category(parts[i]);
        if (parts[i] >= 0 && parts[i] < 0x80 && isalnum((int)parts[i])) {
            shown[count++] = (char)tolower((int)parts[i]);
        } else if (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) {
            return -1;
        }
    }
    return count;
}

/* ---- choosing ----------------------------------------------------------------------------------------- */

/* A stretch while it is being gathered. */
struct stretch {
    struct layer_sample sample;
    struct lince_box box;
    const struct layer_letter *last;
    size_t count, digits, letters; /* letters: with those that are not kept */
    bool is_foreign;
};

static double height_of(const struct layer_letter *letter) {
    bool runs_down = fabs(letter->along_y) > fabs(letter->along_x);
    return runs_down ? letter->box.x1 - letter->box.x0 : letter->box.y1 - letter->box.y0;
}

static bool is_usable(const struct layer_letter *letter) {
    return !letter->is_hidden && letter->box.x1 > letter->box.x0 && letter->box.y1 > letter->box.y0 &&
           fmax(fabs(letter->along_x), fabs(letter->along_y)) >= STRAIGHT_LEAST && height_of(letter) >= HEIGHT_LEAST_PX;
}

/* Whether a letter stands right behind the last one of the stretch, or behind a space. */
static bool does_follow(const struct stretch *stretch, const struct layer_letter *letter) {
    const struct layer_letter *last = stretch->last;
    if (last == NULL || last->font != letter->font || stretch->letters == SAMPLE_LETTERS_MOST ||
        stretch->count == SAMPLE_LETTERS_MOST ||
        last->along_x * letter->along_x + last->along_y * letter->along_y < STRAIGHT_LEAST) {
        return false;
    }
    double height = height_of(last);
    double x = (letter->box.x0 + letter->box.x1 - last->box.x0 - last->box.x1) / 2;
    double y = (letter->box.y0 + letter->box.y1 - last->box.y0 - last->box.y1) / 2;
    double along = x * letter->along_x + y * letter->along_y, across = y * letter->along_x - x * letter->along_y;
    return along > 0 && along <= ALONG_MOST * height && fabs(across) <= ACROSS_MOST * height &&
           fabs(height_of(letter) - height) <= ACROSS_MOST * height;
}

static void corners_fill(struct stretch *stretch) {
    struct lince_box b = stretch->box;
    const struct layer_letter *last = stretch->last;
    const struct lince_point corners[4] = {{b.x0, b.y0}, {b.x1, b.y0}, {b.x1, b.y1}, {b.x0, b.y1}};
    size_t turn =
        fabs(last->along_x) >= fabs(last->along_y) ? (last->along_x >= 0 ? 0 : 2) : (last->along_y > 0 ? 1 : 3);
    for (size_t corner = 0; corner < 4; corner++) {
        stretch->sample.corners[corner] = corners[(corner + turn) % 4];
    }
    stretch->sample.height_px = height_of(last);
    stretch->sample.font = last->font;
}

/* The best stretches of a font: one by its letters, and one by its digits. */
struct choice {
    struct layer_sample by_letters, by_digits;
    size_t letters, digits; /* of these */
    size_t used;            /* letters of the font */
};

static void stretch_end(struct stretch *stretch, struct choice *choices) {
    if (stretch->last != NULL && !stretch->is_foreign) {
        struct choice *choice = &choices[stretch->last->font];
        corners_fill(stretch);
        if (stretch->count >= LETTERS_LEAST && stretch->count > choice->letters) {
            choice->letters = stretch->count;
            choice->by_letters = stretch->sample;
        }
        if (stretch->digits >= DIGITS_LEAST && stretch->digits > choice->digits) {
            choice->digits = stretch->digits;
            choice->by_digits = stretch->sample;
        }
    }
    *stretch = (struct stretch){.last = NULL};
}

static void stretch_add(struct stretch *stretch, const struct layer_letter *letter) {
    char shown[PARTS_MOST];
    int count = folded(letter->code, shown);
    if (stretch->last == NULL) {
        stretch->box = letter->box;
    }
    stretch->box = (struct lince_box){fmin(stretch->box.x0, letter->box.x0), fmin(stretch->box.y0, letter->box.y0),
                                      fmax(stretch->box.x1, letter->box.x1), fmax(stretch->box.y1, letter->box.y1)};
    stretch->last = letter;
    stretch->is_foreign |= count < 0;
    stretch->letters++;
    for (int i = 0; i < count && stretch->count < SAMPLE_LETTERS_MOST; i++) {
        stretch->sample.letters[stretch->count++] = shown[i];
        stretch->digits += isdigit((unsigned char)shown[i]) != 0;
    }
}

static bool is_same_place(const struct layer_sample *one, const struct layer_sample *other) {
    bool is_same = true;
    for (size_t i = 0; i < sizeof one->corners / sizeof *one->corners; i++) {
        is_same = is_same && one->corners[i].x == other->corners[i].x && one->corners[i].y == other->corners[i].y;
    }
    return is_same;
}

static void sample_put(const struct layer_sample *sample, struct layer_samples *samples) {
    for (size_t i = 0; i < samples->count; i++) {
        if (is_same_place(&samples->items[i], sample)) {
            return; /* the one with most letters is the one with most digits */
        }
    }
    if (samples->count < LAYER_SAMPLES_MOST) {
        samples->items[samples->count++] = *sample;
        samples->least_height_px = fmin(samples->least_height_px, sample->height_px);
    }
}

/* Takes the fonts in the order of their share of the page. */
static void choices_take(struct choice *choices, struct layer_samples *samples) {
    for (;;) {
        struct choice *most = &choices[0];
        for (size_t i = 1; i < LAYER_FONTS_MOST; i++) {
            most = choices[i].used > most->used ? &choices[i] : most;
        }
        if (most->used == 0 || samples->count == LAYER_SAMPLES_MOST) {
            return;
        }
        if (most->letters > 0) {
            sample_put(&most->by_letters, samples);
        }
        if (most->digits > 0) {
            sample_put(&most->by_digits, samples);
        }
        most->used = 0;
    }
}

void layer_samples_choose(const struct page_layer *layer, struct layer_samples *samples) {
    struct choice choices[LAYER_FONTS_MOST] = {0};
    struct stretch stretch = {.last = NULL};
    *samples = (struct layer_samples){.least_height_px = INFINITY};
    for (size_t i = 0; i < layer->letter_count; i++) {
        const struct layer_letter *letter = &layer->letters[i];
        if (letter->is_break) {
            if (letter->code == '\n') {
                stretch_end(&stretch, choices);
            }
            continue;
        }
        if (!is_usable(letter)) {
            stretch_end(&stretch, choices);
            continue;
        }
        if (!does_follow(&stretch, letter)) {
            stretch_end(&stretch, choices);
        }
        stretch_add(&stretch, letter);
        choices[letter->font].used++;
    }
    stretch_end(&stretch, choices);
    choices_take(choices, samples);
}

/* ---- comparing ---------------------------------------------------------------------------------------- */

enum { TEXT_MOST = 4 * SAMPLE_LETTERS_MOST };

static size_t text_fold(const char *text, char *letters) {
    const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)text;
    size_t count = 0;
    for (utf8proc_int32_t code; *at != '\0' && count < TEXT_MOST;) {
        utf8proc_ssize_t bytes = utf8proc_iterate(at, -1, &code);
        char shown[PARTS_MOST];
        int shown_count = bytes > 0 ? folded((uint32_t)code, shown) : 0;
        at += bytes > 0 ? bytes : 1;
        for (int i = 0; i < shown_count && count < TEXT_MOST; i++) {
            letters[count++] = shown[i];
        }
    }
    letters[count] = '\0';
    return count;
}

/* Letters that fonts draw alike are one. */
static void alike_join(char *letters) {
    for (char *c = letters; *c != '\0'; c++) {
        *c = (char)(*c == 'o' ? '0' : *c == 'i' || *c == 'l' ? '1' : *c);
    }
}

static void digits_keep(char *letters) {
    char *end = letters;
    for (const char *c = letters; *c != '\0'; c++) {
        if (isdigit((unsigned char)*c)) {
            *end++ = *c;
        }
    }
    *end = '\0';
}

/* How many letters of `one` are in `other` too, in the same order, less those that `other` has beside them. */
static size_t same_count(const char *one, const char *other) {
    size_t rows = strlen(one), columns = strlen(other), distance[TEXT_MOST + 1];
    for (size_t j = 0; j <= columns; j++) {
        distance[j] = j;
    }
    for (size_t i = 1; i <= rows; i++) {
        size_t corner = distance[0];
        distance[0] = i;
        for (size_t j = 1; j <= columns; j++) {
            size_t swapped = corner + (one[i - 1] != other[j - 1]);
            size_t dropped = (distance[j] < distance[j - 1] ? distance[j] : distance[j - 1]) + 1;
            corner = distance[j];
            distance[j] = swapped < dropped ? swapped : dropped;
        }
    }
    size_t longest = rows > columns ? rows : columns;
    size_t same = longest - distance[columns];
    return same < rows ? same : rows;
}

void layer_sample_compare(const struct layer_sample *sample, const char *text, double confidence,
                          struct layer_samples *samples) {
    struct font_evidence *font = &samples->fonts[sample->font];
    char said[SAMPLE_LETTERS_MOST + 1], seen[TEXT_MOST + 1];
    size_t count = text_fold(text, seen);
    if (confidence < SURE_LEAST || count == 0) {
        return;
    }
    memcpy(said, sample->letters, sizeof said);
    char said_digits[sizeof said], seen_digits[sizeof seen];
    memcpy(said_digits, said, sizeof said);
    memcpy(seen_digits, seen, sizeof seen);
    digits_keep(said_digits);
    digits_keep(seen_digits);
    font->digits += strlen(said_digits);
    font->same_digits += same_count(said_digits, seen_digits);
    alike_join(said);
    alike_join(seen);
    font->letters += strlen(said);
    font->same_letters += same_count(said, seen);
}

static bool is_contradicted(size_t count, size_t same, size_t enough, double least) {
    return count >= enough && (double)same < least * (double)count;
}

bool layer_samples_contradict(const struct layer_samples *samples) {
    for (size_t i = 0; i < LAYER_FONTS_MOST; i++) {
        const struct font_evidence *font = &samples->fonts[i];
        if (is_contradicted(font->letters, font->same_letters, LETTERS_ENOUGH, LETTERS_SAME_LEAST) ||
            is_contradicted(font->digits, font->same_digits, DIGITS_ENOUGH, DIGITS_SAME_LEAST)) {
            return true;
        }
    }
    return false;
}

static bool is_confirmed(const struct font_evidence *font) {
    return font->letters >= LETTERS_ENOUGH && (double)font->same_letters >= CONFIRMED_LEAST * (double)font->letters &&
           (double)font->same_digits >= CONFIRMED_LEAST * (double)font->digits;
}

bool layer_samples_doubt(const struct layer_samples *samples, struct page_layer *layer) {
    size_t seen = 0, kept = 0;
    for (size_t i = 0; i < layer->letter_count; i++) {
        struct layer_letter *letter = &layer->letters[i];
        if (!letter->is_break && !letter->is_hidden) {
            letter->is_doubted = !is_confirmed(&samples->fonts[letter->font]);
            seen++;
            kept += !letter->is_doubted;
        }
    }
    return kept > 0 && (double)kept >= KEPT_LEAST * (double)seen;
}
