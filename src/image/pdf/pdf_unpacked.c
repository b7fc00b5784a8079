/* pdf_unpacked.c - looks for the file's streams, and at how each of them is packed. */
#include "image/pdf/pdf_unpacked.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "image/pdf/pdf_flate.h"
#include "image/pdf/pdf_price.h"

enum { BLOCK_BYTES = 32768, DICTIONARY_BYTES = 4096, NESTING_MOST = 100, WORD_BYTES = 3 };
static const char WORD[] = "obj", STREAM[] = "stream";

/* What a byte may become: by Flate; by codes of 12 bits for up to 4096 bytes; by 2 bytes for 128; by "z" for 4 zeros.
 */
enum { FLATE_TIMES = 1032, LZW_TIMES = 2731, RUNS_TIMES = 64, ASCII_85_TIMES = 4 };

/* How often a part's bytes must have room. */
enum { TIMES_HELD = 2 };

/* More than any file needs. */
static const uint64_t MOST_BYTES = UINT64_C(4) << 30;

uint64_t pdf_unpacked_most(struct meter *meter, unsigned times) {
    uint64_t most = PDF_UNPACKED_LEAST_BYTES;
    while (most < MOST_BYTES && pdf_price_has_memory(meter, times * (2 * most))) {
        most *= 2;
    }
    return most;
}

uint64_t pdf_unpacked_room(struct meter *meter) {
    uint64_t most = pdf_unpacked_most(meter, TIMES_HELD);
    return most >= MOST_BYTES ? 0 : 2 * TIMES_HELD * most + PDF_UNPACKED_CHILD_BYTES;
}

/* ---- how a stream is packed --------------------------------------------------------------------------- */

struct packing {
    uint64_t times; /* what a byte may become at most */
    uint64_t bytes; /* that are packed */
    bool is_flate;  /* and nothing else */
};

static const char *value_of(const char *dictionary, const char *name) {
    const char *value = strstr(dictionary, name);
    value = value == NULL ? NULL : value + strlen(name);
    while (value != NULL && (isspace((unsigned char)*value) || *value == '[')) {
        value++;
    }
    return value;
}

/* How often the dictionary has that name, which may be written short. */
static uint64_t name_count(const char *dictionary, const char *name, const char *brief) {
    uint64_t count = 0;
    for (const char *at = strchr(dictionary, '/'); at != NULL; at = strchr(at + 1, '/')) {
        size_t length = 1;
        while (isalnum((unsigned char)at[length])) {
            length++;
        }
        count += (length == strlen(name) && memcmp(at, name, length) == 0) ||
                 (length == strlen(brief) && memcmp(at, brief, length) == 0);
    }
    return count;
}

static uint64_t times_raised(uint64_t times, uint64_t by, uint64_t power) {
    for (uint64_t i = 0; i < power && times < MOST_BYTES; i++) {
        times *= by;
    }
    return times;
}

/* Whether it may say something else than it seems to: by escapes, or in another object. */
static bool is_hidden(const char *dictionary) {
    const char *filter = value_of(dictionary, "/Filter"), *type = value_of(dictionary, "/Type");
    return strchr(dictionary, '#') != NULL || (filter != NULL && isdigit((unsigned char)*filter)) ||
           (type != NULL && isdigit((unsigned char)*type));
}

/* A picture is unpacked row by row, and priced by its size. */
static bool is_picture(const char *dictionary) {
    const char *type = value_of(dictionary, "/Subtype");
    return type != NULL && strncmp(type, "/Image", strlen("/Image")) == 0 && name_count(dictionary, "/ObjStm", "") == 0;
}

/* The length that the dictionary gives, or `rest_bytes` if it is in another object. */
static uint64_t length_of(const char *dictionary, uint64_t rest_bytes) {
    const char *value = value_of(dictionary, "/Length");
    char *end = NULL;
    uint64_t length = value == NULL ? 0 : strtoull(value, &end, 10);
    bool is_elsewhere = value == NULL || end == value;
    while (!is_elsewhere && isspace((unsigned char)*end)) {
        end++;
    }
    is_elsewhere = is_elsewhere || isdigit((unsigned char)*end);
    return is_elsewhere || length > rest_bytes ? rest_bytes : length;
}

static struct packing packing_of(const char *dictionary, uint64_t rest_bytes) {
    uint64_t flate = name_count(dictionary, "/FlateDecode", "/Fl");
    uint64_t lzw = name_count(dictionary, "/LZWDecode", "/LZW");
    uint64_t runs = name_count(dictionary, "/RunLengthDecode", "/RL");
    uint64_t ascii = name_count(dictionary, "/ASCII85Decode", "/A85");
    uint64_t hex = name_count(dictionary, "/ASCIIHexDecode", "/AHx");
    uint64_t times = times_raised(1, FLATE_TIMES, flate);
    times = times_raised(times, LZW_TIMES, lzw);
    times = times_raised(times, RUNS_TIMES, runs);
    times = times_raised(times, ASCII_85_TIMES, ascii);
    bool hides = is_hidden(dictionary);
    return (struct packing){.times = hides ? MOST_BYTES : times,
                            .bytes = hides ? rest_bytes : length_of(dictionary, rest_bytes),
                            .is_flate = !hides && flate == 1 && lzw + runs + ascii + hex == 0};
}

/* Whether the data at `at` is of zlib's form and unpacks to no more than `most_bytes`. Counts them in `all_bytes`. */
static bool is_within(const struct source *source, uint64_t at, struct meter *meter, uint64_t most_bytes,
                      uint64_t *all_bytes) {
    bool is_well;
    uint64_t bytes = pdf_flate_bytes(source, at, meter, most_bytes, &is_well);
    *all_bytes += bytes;
    return is_well && bytes <= most_bytes;
}

/* ---- where it is -------------------------------------------------------------------------------------- */

/* Reads the file byte by byte. */
struct walk {
    const struct source *source;
    uint64_t at, left_bytes; /* of the next block; to read at most, over all walks */
    uint64_t unpacked_bytes; /* over all walks */
    uint8_t block[BLOCK_BYTES];
    size_t next, count;
};

static void walk_begin(struct walk *walk, uint64_t at) {
    walk->at = at;
    walk->next = walk->count = 0;
}

/* The next byte, which stays; -1 at the end. */
static int byte_seen(struct walk *walk) {
    if (walk->next == walk->count) {
        walk->count = source_read_most(walk->source, walk->at, walk->block, sizeof walk->block);
        walk->at += walk->count;
        walk->next = 0;
    }
    return walk->next < walk->count && walk->left_bytes > 0 ? walk->block[walk->next] : -1;
}

static int byte_take(struct walk *walk) {
    int byte = byte_seen(walk);
    walk->next += byte >= 0;
    walk->left_bytes -= byte >= 0;
    return byte;
}

static uint64_t place_of(const struct walk *walk) {
    return walk->at - walk->count + walk->next;
}

static void line_skip(struct walk *walk) {
    int byte;
    while ((byte = byte_take(walk)) >= 0 && byte != '\n' && byte != '\r') {
    }
    if (byte == '\r' && byte_seen(walk) == '\n') {
        (void)byte_take(walk);
    }
}

/* Blanks, which PDF counts the zero among, and comments. */
static void blanks_skip(struct walk *walk) {
    int byte;
    while ((byte = byte_seen(walk)) == '%' || byte == '\0' || isspace(byte)) {
        if (byte == '%') {
            line_skip(walk);
        } else {
            (void)byte_take(walk);
        }
    }
}

/* Behind the "(" of a text. */
static void text_skip(struct walk *walk) {
    for (int nesting = 1; nesting > 0;) {
        int byte = byte_take(walk);
        if (byte < 0) {
            return;
        }
        if (byte == '\\') {
            (void)byte_take(walk);
        }
        nesting += (byte == '(') - (byte == ')');
    }
}

static bool is_taken(struct walk *walk, const char *word) {
    while (*word != '\0' && byte_seen(walk) == (unsigned char)*word) {
        (void)byte_take(walk);
        word++;
    }
    return *word == '\0';
}

struct dictionary {
    char text[DICTIONARY_BYTES]; /* without its texts and comments */
    size_t length;
    bool is_whole, is_too_deep;
};

static void character_add(struct dictionary *dictionary, int byte) {
    dictionary->is_whole = dictionary->is_whole && dictionary->length + 1 < sizeof dictionary->text;
    if (dictionary->is_whole) {
        dictionary->text[dictionary->length++] = byte == '\0' ? ' ' : (char)byte;
        dictionary->text[dictionary->length] = '\0';
    }
}

/* Reads a dictionary, if one comes next. */
static bool dictionary_read(struct walk *walk, struct dictionary *dictionary) {
    int nesting = 1, before = 0;
    *dictionary = (struct dictionary){.is_whole = true};
    blanks_skip(walk);
    if (!is_taken(walk, "<<")) {
        return false;
    }
    while (nesting > 0) {
        int byte = byte_take(walk);
        if (byte < 0 || nesting > NESTING_MOST) {
            dictionary->is_too_deep = nesting > NESTING_MOST;
            return false;
        }
        if (byte == '(') {
            text_skip(walk);
        } else if (byte == '%') {
            line_skip(walk);
        } else {
            character_add(dictionary, byte);
        }
        bool is_pair = byte == before && (byte == '<' || byte == '>');
        nesting += is_pair ? (byte == '<') - (byte == '>') : 0;
        before = is_pair ? 0 : byte;
    }
    return true;
}

/* Whether the stream that is the object behind the word at `at` has room, if it is one. */
static bool object_has_room(struct walk *walk, uint64_t at, struct meter *meter, uint64_t most_bytes) {
    struct dictionary dictionary;
    walk_begin(walk, at + WORD_BYTES);
    bool is_read = dictionary_read(walk, &dictionary);
    if (is_read) {
        blanks_skip(walk);
        is_read = is_taken(walk, STREAM);
    }
    if (!is_read) {
        return walk->left_bytes > 0 && !dictionary.is_too_deep;
    }
    line_skip(walk); /* as PDFium does */
    uint64_t data = place_of(walk), size_bytes = walk->source->size_bytes;
    struct packing packing = packing_of(dictionary.text, data < size_bytes ? size_bytes - data : 0);
    if (dictionary.is_whole && !is_hidden(dictionary.text) && is_picture(dictionary.text)) {
        return true;
    }
    return dictionary.is_whole &&
           (packing.bytes <= most_bytes / packing.times ||
            (packing.is_flate && is_within(walk->source, data, meter, most_bytes, &walk->unpacked_bytes)));
}

/* Bytes that are read more than once are those of an attack, and nobody waits until all is unpacked here. */
enum { WALKED_TIMES = 4, WALKED_BYTES = 1 << 20, UNPACKED_BYTES = 512 << 20 };

bool pdf_unpacked_has_room(const struct source *source, struct meter *meter) {
    char block[BLOCK_BYTES];
    struct walk walk = {.source = source, .left_bytes = WALKED_TIMES * source->size_bytes + WALKED_BYTES};
    uint64_t most_bytes = pdf_unpacked_most(meter, TIMES_HELD), at = 0;
    for (size_t count; (count = source_read_most(source, at, block, sizeof block)) >= WORD_BYTES;
         at += count - WORD_BYTES + 1) {
        const char *from = block, *word;
        while ((word = memmem(from, count - (size_t)(from - block), WORD, WORD_BYTES)) != NULL) {
            if (walk.unpacked_bytes > UNPACKED_BYTES ||
                !object_has_room(&walk, at + (uint64_t)(word - block), meter, most_bytes)) {
                return false;
            }
            from = word + WORD_BYTES;
        }
    }
    return true;
}
