/* framing.c - the grammar of HTTP/1 messages, a byte at a time: heads, lengths, chunks, trailers; bodies are skipped.
 */
#include "serve/http/framing.h"

#include <string.h>
#include <strings.h>

enum state {
    STATE_START,
    STATE_START_LF,
    STATE_METHOD,
    STATE_TARGET,
    STATE_VERSION,
    STATE_LINE_LF,
    STATE_LINE,
    STATE_NAME,
    STATE_VALUE,
    STATE_VALUE_LF,
    STATE_HEAD_LF,
    STATE_BODY,
    STATE_CHUNK_SIZE,
    STATE_CHUNK_REST,
    STATE_CHUNK_LF,
    STATE_CHUNK,
    STATE_CHUNK_CR,
    STATE_CHUNK_END,
    STATES
};

enum field { FIELD_OTHER, FIELD_HOST, FIELD_LENGTH, FIELD_CODING, FIELD_COOKIE };

/*
 * The most: digits of a length and of a chunk's size, so that they fit into 64 bits; bytes of a chunk's line, of a
 * method, and of empty lines before a request.
 */
enum { DIGITS_MOST = 18, CHUNK_DIGITS_MOST = 15, CHUNK_LINE_BYTES = 256, METHOD_BYTES = 19, EMPTY_LINES_BYTES = 4 };

static void fail_unless(struct framing *framing, bool truth, enum framing_fault fault) {
    if (!truth) {
        framing->fault = fault;
    }
}

static bool is_token(unsigned char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           (c != '\0' && strchr("!#$%&'*+-.^_`|~", c) != NULL);
}

static bool is_control(unsigned char c) {
    return (c < 0x20 && c != '\t') || c == 0x7f;
}

static void word_add(struct framing *framing, unsigned char c) {
    if (framing->word_bytes + 1 < sizeof framing->word) {
        framing->word[framing->word_bytes] = (char)c;
        framing->word[framing->word_bytes + 1] = '\0';
    }
    framing->word_bytes++;
}

static void word_clear(struct framing *framing) {
    memset(framing->word, 0, sizeof framing->word);
    framing->word_bytes = 0;
}

static bool word_is(const struct framing *framing, const char *text) {
    return framing->word_bytes == strlen(text) && strcasecmp(framing->word, text) == 0;
}

/* Counts what libmicrohttpd keeps for a field beside its bytes. */
static void note(struct framing *framing, bool is_field) {
    framing->taken_bytes += is_field ? FRAMING_NOTE_BYTES : 0; /* a head that is too large is seen at the next byte */
}

static void go(struct framing *framing, enum state state) {
    framing->state = (int)state;
}

/* ---- the request line ---- */

static void start_take(struct framing *framing, unsigned char c) {
    if (c == '\r') {
        go(framing, STATE_START_LF);
        fail_unless(framing, framing->head_bytes <= EMPTY_LINES_BYTES, FRAMING_REQUEST_LINE);
        return;
    }
    fail_unless(framing, is_token(c), c == '\n' ? FRAMING_LINE_END : FRAMING_REQUEST_LINE);
    word_clear(framing);
    word_add(framing, c);
    go(framing, STATE_METHOD);
}

static void method_take(struct framing *framing, unsigned char c) {
    if (c == ' ') {
        go(framing, STATE_TARGET);
        word_clear(framing);
        return;
    }
    word_add(framing, c);
    fail_unless(framing, is_token(c) && framing->word_bytes <= METHOD_BYTES, FRAMING_REQUEST_LINE);
}

static void target_take(struct framing *framing, unsigned char c) {
    if (c == ' ') {
        fail_unless(framing, framing->word_bytes > 0, FRAMING_REQUEST_LINE);
        word_clear(framing);
        go(framing, STATE_VERSION);
        return;
    }
    /* A decoded zero byte would end the path or a value early, so that a proxy reads another one. */
    bool is_zero = framing->word[0] == '%' && framing->word[1] == '0' && c == '0';
    framing->word[0] = framing->word[1];
    framing->word[1] = (char)c;
    framing->word_bytes++;
    note(framing, c == '?' || c == '&');
    fail_unless(framing, !is_zero, FRAMING_ZERO);
    fail_unless(framing, c > ' ' && c != 0x7f, c == '\n' ? FRAMING_LINE_END : FRAMING_REQUEST_LINE);
}

static void version_take(struct framing *framing, unsigned char c) {
    if (c != '\r') {
        word_add(framing, c);
        fail_unless(framing, !is_control(c) && c != ' ' && framing->word_bytes <= 8,
                    c == '\n' ? FRAMING_LINE_END : FRAMING_REQUEST_LINE);
        return;
    }
    bool is_http = framing->word_bytes == 8 && strncmp(framing->word, "HTTP/", 5) == 0;
    framing->is_first_version = word_is(framing, "HTTP/1.0");
    fail_unless(framing, is_http, FRAMING_REQUEST_LINE);
    fail_unless(framing, !is_http || framing->is_first_version || word_is(framing, "HTTP/1.1"), FRAMING_VERSION);
    go(framing, STATE_LINE_LF);
}

/* ---- fields ---- */

static void line_take(struct framing *framing, unsigned char c) {
    if (c == '\r') {
        go(framing, STATE_HEAD_LF);
        return;
    }
    fail_unless(framing, is_token(c),
                c == ' ' || c == '\t' ? FRAMING_FOLDED
                : c == '\n'           ? FRAMING_LINE_END
                                      : FRAMING_FIELD_NAME);
    note(framing, true);
    word_clear(framing);
    word_add(framing, c);
    go(framing, STATE_NAME);
}

static void field_begin(struct framing *framing) {
    static const struct {
        const char *name;
        enum field field;
    } fields[] = {{"host", FIELD_HOST},
                  {"content-length", FIELD_LENGTH},
                  {"transfer-encoding", FIELD_CODING},
                  {"cookie", FIELD_COOKIE}};
    framing->field = FIELD_OTHER;
    for (size_t i = 0; i < sizeof fields / sizeof *fields && !framing->is_trailer; i++) {
        framing->field = word_is(framing, fields[i].name) ? (int)fields[i].field : framing->field;
    }
    framing->host_count += framing->field == FIELD_HOST;
    framing->length_count += framing->field == FIELD_LENGTH;
    framing->coding_count += framing->field == FIELD_CODING;
    note(framing, framing->field == FIELD_COOKIE);
    framing->digits = 0;
    if (framing->field == FIELD_LENGTH) {
        framing->left = 0;
    }
    word_clear(framing);
    go(framing, STATE_VALUE);
}

static void name_take(struct framing *framing, unsigned char c) {
    if (c == ':') {
        field_begin(framing);
        return;
    }
    word_add(framing, c);
    fail_unless(framing, is_token(c), c == '\n' ? FRAMING_LINE_END : FRAMING_FIELD_NAME);
}

/* Space is allowed before the digits but not after them: libmicrohttpd would take it for a part of the value. */
static void length_take(struct framing *framing, unsigned char c) {
    bool is_digit = c >= '0' && c <= '9', is_space = c == ' ' || c == '\t';
    fail_unless(framing, (is_digit && framing->digits < DIGITS_MOST) || (is_space && framing->digits == 0),
                FRAMING_LENGTH);
    if (is_digit && framing->fault == FRAMING_FINE) {
        framing->left = framing->left * 10 + (uint64_t)(c - '0');
        framing->digits++;
    }
}

static void value_end(struct framing *framing) {
    fail_unless(framing, framing->field != FIELD_LENGTH || framing->digits > 0, FRAMING_LENGTH);
    fail_unless(framing, framing->field != FIELD_CODING || word_is(framing, "chunked"), FRAMING_LENGTH);
    go(framing, STATE_VALUE_LF);
}

static void value_take(struct framing *framing, unsigned char c) {
    if (c == '\r') {
        value_end(framing);
        return;
    }
    fail_unless(framing, !is_control(c), c == '\n' ? FRAMING_LINE_END : FRAMING_FIELD_VALUE);
    if (framing->field == FIELD_LENGTH && framing->fault == FRAMING_FINE) {
        length_take(framing, c);
    } else if (framing->field == FIELD_CODING && (framing->word_bytes > 0 || (c != ' ' && c != '\t'))) {
        word_add(framing, c);
    } else if (framing->field == FIELD_COOKIE) {
        framing->taken_bytes++;
        note(framing, c == ';');
    }
}

/* ---- bodies ---- */

static void request_end(struct framing *framing) {
    *framing = (struct framing){.state = STATE_START};
}

static void head_end(struct framing *framing) {
    if (framing->is_trailer) {
        request_end(framing);
        return;
    }
    fail_unless(framing, framing->host_count == 1 || (framing->host_count == 0 && framing->is_first_version),
                FRAMING_HOST);
    fail_unless(framing, framing->length_count + framing->coding_count <= 1, FRAMING_LENGTH);
    fail_unless(framing, framing->coding_count == 0 || !framing->is_first_version, FRAMING_LENGTH);
    if (framing->coding_count > 0) {
        framing->left = 0;
        framing->digits = framing->line_bytes = 0;
        go(framing, STATE_CHUNK_SIZE);
    } else if (framing->length_count > 0 && framing->left > 0) {
        go(framing, STATE_BODY);
    } else if (framing->fault == FRAMING_FINE) {
        request_end(framing);
    }
}

static int digit_of(unsigned char c) {
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

static void chunk_line_take(struct framing *framing, unsigned char c) {
    int digit = digit_of(c);
    framing->line_bytes++;
    fail_unless(framing, framing->line_bytes <= CHUNK_LINE_BYTES, FRAMING_CHUNK);
    if (framing->state == STATE_CHUNK_SIZE && digit >= 0) {
        framing->left = framing->left * 16 + (uint64_t)digit;
        framing->digits++;
        fail_unless(framing, framing->digits <= CHUNK_DIGITS_MOST, FRAMING_CHUNK);
    } else if (c == '\r') {
        fail_unless(framing, framing->digits > 0, FRAMING_CHUNK);
        go(framing, STATE_CHUNK_LF);
    } else {
        bool may = framing->state == STATE_CHUNK_REST ? !is_control(c) : framing->digits > 0 && c == ';';
        fail_unless(framing, may, FRAMING_CHUNK);
        go(framing, STATE_CHUNK_REST);
    }
}

static void chunk_begin(struct framing *framing) {
    if (framing->left > 0) {
        go(framing, STATE_CHUNK);
        return;
    }
    framing->is_trailer = true;
    framing->head_bytes = framing->taken_bytes = 0;
    go(framing, STATE_LINE);
}

static void chunk_end(struct framing *framing) {
    framing->left = framing->digits = framing->line_bytes = 0;
    go(framing, STATE_CHUNK_SIZE);
}

/* ---- all of it ---- */

/* States in which only one certain byte may come. */
static void mark_take(struct framing *framing, unsigned char c) {
    bool is_carriage = framing->state == STATE_CHUNK_CR;
    bool is_of_chunk = is_carriage || framing->state == STATE_CHUNK_LF || framing->state == STATE_CHUNK_END;
    fail_unless(framing, c == (is_carriage ? '\r' : '\n'), is_of_chunk ? FRAMING_CHUNK : FRAMING_LINE_END);
    if (framing->fault != FRAMING_FINE) {
        return;
    }
    switch ((enum state)framing->state) {
    case STATE_START_LF:
        go(framing, STATE_START);
        break;
    case STATE_HEAD_LF:
        head_end(framing);
        break;
    case STATE_CHUNK_LF:
        chunk_begin(framing);
        break;
    case STATE_CHUNK_CR:
        go(framing, STATE_CHUNK_END);
        break;
    case STATE_CHUNK_END:
        chunk_end(framing);
        break;
    default:
        go(framing, STATE_LINE);
    }
}

static void byte_take(struct framing *framing, unsigned char c) {
    static void (*const takers[STATES])(struct framing *, unsigned char) = {
        [STATE_START] = start_take,
        [STATE_METHOD] = method_take,
        [STATE_TARGET] = target_take,
        [STATE_VERSION] = version_take,
        [STATE_LINE] = line_take,
        [STATE_NAME] = name_take,
        [STATE_VALUE] = value_take,
        [STATE_CHUNK_SIZE] = chunk_line_take,
        [STATE_CHUNK_REST] = chunk_line_take,
    };
    if (framing->state < STATE_BODY) {
        framing->head_bytes++;
        framing->taken_bytes++;
    }
    fail_unless(framing, framing->taken_bytes <= FRAMING_HEAD_BYTES, FRAMING_TOO_LARGE);
    void (*take)(struct framing *, unsigned char) = takers[framing->state];
    if (framing->fault == FRAMING_FINE) {
        (take != NULL ? take : mark_take)(framing, c);
    }
}

size_t framing_feed(struct framing *framing, const char *bytes, size_t count) {
    size_t begun = 0, i = 0;
    while (i < count && framing->fault == FRAMING_FINE) {
        if (framing->state == STATE_BODY || framing->state == STATE_CHUNK) {
            size_t taken = framing->left < count - i ? (size_t)framing->left : count - i;
            framing->left -= taken;
            i += taken;
            if (framing->left == 0 && framing->state == STATE_CHUNK) {
                go(framing, STATE_CHUNK_CR);
            } else if (framing->left == 0) {
                request_end(framing);
            }
        } else {
            byte_take(framing, (unsigned char)bytes[i++]);
        }
        begun = framing_is_between(framing) ? i : begun;
    }
    return framing->fault == FRAMING_FINE ? count : begun;
}

bool framing_is_between(const struct framing *framing) {
    return framing->state == STATE_START && framing->head_bytes == 0;
}

static const struct {
    unsigned status;
    const char *reason[2];
} faults[FRAMING_FAULTS] = {
    [FRAMING_FINE] = {200, {"", ""}},
    [FRAMING_REQUEST_LINE] = {400, {"the first line is no request", "la primera línea no es una petición"}},
    [FRAMING_ZERO] = {400, {"the address holds a zero byte (%00)", "la dirección lleva un byte cero (%00)"}},
    [FRAMING_VERSION] = {505, {"only HTTP/1.0 and HTTP/1.1 are spoken here", "aquí solo se habla HTTP/1.0 y HTTP/1.1"}},
    [FRAMING_LINE_END] = {400, {"a line does not end in CR LF", "una línea no acaba en CR LF"}},
    [FRAMING_FOLDED] = {400, {"a header goes on over several lines", "una cabecera sigue en otra línea"}},
    [FRAMING_FIELD_NAME] = {400,
                            {"the name of a header is none, or has a space before its colon",
                             "el nombre de una cabecera no lo es, o lleva un espacio antes de los dos puntos"}},
    [FRAMING_FIELD_VALUE] = {400, {"a header holds a control character", "una cabecera lleva un carácter de control"}},
    [FRAMING_HOST] = {400,
                      {"there is not one Host header, but none or several",
                       "no hay una cabecera Host, sino ninguna o varias"}},
    [FRAMING_LENGTH] = {400,
                        {"the length of the body is not clear: send one Content-Length of digits, or chunked",
                         "el tamaño del cuerpo no está claro: envíe un solo Content-Length de cifras, o chunked"}},
    [FRAMING_CHUNK] = {400, {"a chunk of the body is not well formed", "un trozo del cuerpo está mal formado"}},
    [FRAMING_TOO_LARGE] = {431,
                           {"the head takes more than 8 KB, in which each header, parameter and cookie counts 64 bytes "
                            "more and cookies count twice; send fewer",
                            "la cabeza ocupa más de 8 KB, en los que cada cabecera, parámetro y cookie cuenta 64 bytes "
                            "más y las cookies cuentan doble; envíe menos"}},
};

unsigned framing_status(enum framing_fault fault) {
    return faults[fault].status;
}

const char *framing_reason(enum framing_fault fault, int language) {
    return faults[fault].reason[language];
}
