/* test_look_alikes.c - words as they were read, with what else their characters may be, and what is made of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "text/look_alikes.h"

enum { ASCII_FIRST = ' ', ASCII_END = 127, CLASSES_LIMIT = 128, GLYPHS_LIMIT = 32 };

static char texts[CLASSES_LIMIT][4];
static const char *characters[CLASSES_LIMIT];
static struct alphabet alphabet = {.characters = characters};

static void alphabet_make(void) {
    static const char *const FURTHER[] = {"á", "í", "ñ", "ó", "Í", "Ñ", "Ó"};
    static const char ALIKE[] = "Il1Oo0i";
    characters[alphabet.count++] = "";
    for (int letter = ASCII_FIRST; letter < ASCII_END; letter++) {
        snprintf(texts[alphabet.count], sizeof *texts, "%c", letter);
        const char *place = strchr(ALIKE, letter);
        if (place != NULL) {
            alphabet.alike[place - ALIKE] = alphabet.count;
        }
        characters[alphabet.count] = texts[alphabet.count];
        alphabet.count++;
    }
    alphabet.alike[ALIKE_ACUTE_I] = alphabet.count + 1;
    for (size_t i = 0; i < sizeof FURTHER / sizeof *FURTHER; i++) {
        characters[alphabet.count++] = FURTHER[i];
    }
}

/* The class of the character that `text` begins with, and its length. */
static uint32_t class_of(const char *text, size_t *length) {
    *length = ((unsigned char)text[0] & 0x80) != 0 ? 2 : 1;
    for (uint32_t i = 1; i < alphabet.count; i++) {
        if (strncmp(characters[i], text, *length) == 0 && characters[i][*length] == '\0') {
            return i;
        }
    }
    fail_msg("%s is not in the alphabet", text);
    return 0;
}

/* Reads a word, each of whose characters may be any other with the probability `rival`, and settles it. */
static void assert_settled(const char *read, float rival, const char *expected) {
    struct glyph glyphs[GLYPHS_LIMIT];
    struct glyph_alike alike[GLYPHS_LIMIT];
    struct reading reading = {.glyphs = glyphs, .alike = alike};
    char settled[4 * GLYPHS_LIMIT] = "";
    uint32_t step = 0;
    for (size_t length; *read != '\0'; read += length, reading.count++, step += 3) {
        glyphs[reading.count] = (struct glyph){class_of(read, &length), step, step, 1.0f - rival, 0.0f};
        for (size_t k = 0; k < ALIKE_COUNT; k++) {
            alike[reading.count].probabilities[k] = rival;
        }
    }
    look_alikes_settle(&reading, 0, reading.count, &alphabet);
    for (size_t i = 0; i < reading.count; i++) {
        strcat(settled, characters[glyphs[i].symbol]);
    }
    assert_string_equal(settled, expected);
}

struct example {
    const char *read, *settled;
};

static void assert_examples(const struct example *examples, size_t count) {
    for (size_t i = 0; i < count; i++) {
        assert_settled(examples[i].read, 0.2f, examples[i].settled);
        assert_settled(examples[i].read, 0.0f, examples[i].read); /* the recogniser was sure */
    }
}

#define ASSERT_EXAMPLES(examples) assert_examples(examples, sizeof(examples) / sizeof *(examples))

static void test_a_small_l_in_capitals_is_an_i(void **state) {
    (void)state;
    static const struct example EXAMPLES[] = {
        {"lVA", "IVA"},
        {"lNVERSIONES", "INVERSIONES"},
        {"ALlMENTOS", "ALIMENTOS"},
        {"PANADERlA,", "PANADERIA,"},
        {"RlF:", "RIF:"},
        {"lV", "IV"},
        {"lll", "III"},
        {"ll", "II"},
        {"Il", "II"},
        {"l.V.A.", "I.V.A."},
        {"R.l.F.", "R.I.F."},
        {"(lGTF)", "(IGTF)"},
        {"lÑARRA", "IÑARRA"},
        {"1NVERSIONES", "INVERSIONES"},
    };
    ASSERT_EXAMPLES(EXAMPLES);
}

static void test_an_l_where_no_word_has_one_is_a_small_i(void **state) {
    (void)state;
    static const struct example EXAMPLES[] = {
        {"Códlgo", "Código"},     {"Unldad", "Unidad"},   {"Cllente", "Cliente"}, {"Descripclón", "Descripción"},
        {"acclones", "acciones"}, {"Banplus", "Banplus"}, {"world", "world"},     {"bowls", "bowls"},
        {"ciclón", "ciclón"},     {"llave", "llave"},     {"Billete", "Billete"}, {"idly", "idly"},
    };
    ASSERT_EXAMPLES(EXAMPLES);
}

/* Only words that have no other meaning without their accent get it: blurred letters seem to have one. */
static void test_an_i_that_is_hardly_less_an_accented_one(void **state) {
    (void)state;
    assert_settled("aqui", 0.2f, "aquí");
    assert_settled("Linea", 0.2f, "Línea");
    assert_settled("jardin,", 0.2f, "jardín,");
    assert_settled("familia", 0.2f, "familia");
    assert_settled("aqui", 0.05f, "aqui");
    assert_settled("Lluvia", 0.3f, "Lluvia");
    assert_settled("Si", 0.3f, "Si");
    assert_settled("mi", 0.3f, "mi");
}

static void test_no_word_begins_with_l_before_a_consonant(void **state) {
    (void)state;
    static const struct example EXAMPLES[] = {
        {"lñaki", "Iñaki"},       {"lsabel", "Isabel"},       {"lván", "Iván"},     {"lgnacio", "Ignacio"},
        {"lmporte:", "Importe:"}, {"ltem", "Item"},           {"lbáñez", "Ibáñez"}, {"llusión", "Ilusión"},
        {"llumina", "Ilumina"},   {"lnstituto", "Instituto"},
    };
    ASSERT_EXAMPLES(EXAMPLES);
}

static void test_a_capital_i_in_small_letters_is_an_l(void **state) {
    (void)state;
    static const struct example EXAMPLES[] = {
        {"totaI", "total"},   {"Ios", "los"},           {"Itda.", "ltda."},
        {"Ibs", "lbs"},       {"Ilamada", "llamada"},   {"Ilegada", "llegada"},
        {"Ilevar", "llevar"}, {"IIlinois", "Illinois"}, {"1legada", "llegada"},
    };
    ASSERT_EXAMPLES(EXAMPLES);
}

static void test_digits_and_letters(void **state) {
    (void)state;
    static const struct example EXAMPLES[] = {
        {"1O0,00", "100,00"}, {"3l7", "317"},     {"3I7", "317"},   {"C0RPORACION", "CORPORACION"},
        {"0liva", "Oliva"},   {"0choa", "Ochoa"}, {"AE0N", "AEON"}, {"s0lo", "solo"},
    };
    ASSERT_EXAMPLES(EXAMPLES);
}

static void test_slashes_stay(void **state) {
    (void)state;
    static const char *const WORDS[] = {"05//2025", "12/03/2026", "4179///098", "12/////345", "0177770", "//"};
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
        assert_settled(WORDS[i], 0.2f, WORDS[i]);
    }
}

/* Reads a word whose letters are as high as their digit in `bodies` says, in fifths; accents add two to `wholes`. */
static void assert_case(const char *read, const char *bodies, const char *expected) {
    struct glyph glyphs[GLYPHS_LIMIT];
    struct letter_height heights[GLYPHS_LIMIT];
    struct reading reading = {.glyphs = glyphs};
    char settled[4 * GLYPHS_LIMIT] = "";
    for (size_t length; *read != '\0'; read += length, bodies++, reading.count++) {
        glyphs[reading.count] = (struct glyph){class_of(read, &length), 0, 0, 0.9f, 0.0f};
        double body = *bodies - '0';
        heights[reading.count] = (struct letter_height){length > 1 ? body + 2 : body, body};
    }
    if (look_alikes_doubt_case(&reading, 0, reading.count, &alphabet)) {
        look_alikes_settle_case(&reading, 0, reading.count, &alphabet, heights);
    }
    for (size_t i = 0; i < reading.count; i++) {
        strcat(settled, characters[glyphs[i].symbol]);
    }
    assert_string_equal(settled, expected);
}

static void test_small_capitals_are_capitals(void **state) {
    (void)state;
    assert_case("INÍs", "9777", "INÍS");
    assert_case("ROJAs.", "977771", "ROJAS.");
    assert_case("LuCÍA", "97777", "LUCÍA");
    assert_case("LUCíA", "97777", "LUCÍA");
    assert_case("óscAR", "97777", "ÓSCAR");
    assert_case("DVDs", "9996", "DVDs"); /* as high as a small letter */
    assert_case("PCs", "997", "PCs");
    assert_case("McDonald", "96966696", "McDonald");
    assert_case("s/NR", "9777", "s/NR"); /* no word */
}

static void test_a_high_first_letter_is_a_capital(void **state) {
    (void)state;
    assert_case("zapato", "967687", "Zapato");
    assert_case("sur", "655", "sur");
    assert_case("vuelta", "755675", "Vuelta");
    assert_case("cal", "947", "cal"); /* one small letter alone tells no height */
    assert_case("pedro", "85755", "pedro");
}

static void test_what_may_be_meant_is_left(void **state) {
    (void)state;
    static const char *const WORDS[] = {
        "la",    "el",     "Al",    "El",     "lbs",      "lts",     "Its",       "ltda.",   "llamada", "llegada",
        "llave", "lluvia", "lyra",  "Ilegal", "Ilegible", "Ilusión", "Isla",      "iPhoneX", "A1B2C3",  "B0123O1",
        "X0l",   "OL15",   "I7143", "l036",   "8O",       "AB1234l", "1kg",       "1er",     "2da",     "100ml",
        "O",     "0",      "l",     "I",      "1",        "II",      "VIII",      "WiFI5",   "CO2",     "H2O",
        "10",    "MES1",   "TIPO0", "Ion",    "Io",       "l+1",     "0102-0134", "J-0012",  "S1S0",    "mlVA",
    };
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
        assert_settled(WORDS[i], 0.2f, WORDS[i]);
    }
}

static void test_a_reading_without_what_else_it_may_be(void **state) {
    (void)state;
    size_t length;
    struct glyph glyphs[] = {{class_of("l", &length), 0, 0, 0.9f, 0.0f}, {class_of("V", &length), 1, 1, 0.9f, 0.0f}};
    struct reading reading = {.glyphs = glyphs, .count = 2};
    look_alikes_settle(&reading, 0, 2, &alphabet);
    assert_int_equal(glyphs[0].symbol, class_of("l", &length));
}

static void test_only_the_word_is_settled_and_its_probability_is_that_of_the_letter(void **state) {
    (void)state;
    size_t length;
    struct glyph glyphs[GLYPHS_LIMIT];
    struct glyph_alike alike[GLYPHS_LIMIT] = {{{0.3f, 0.6f, 0.0f, 0.0f, 0.0f, 0.0f}}, {{0.0f}}, {{0.0f}}};
    struct reading reading = {.glyphs = glyphs, .alike = alike, .count = 3};
    for (size_t i = 0; i < reading.count; i++) {
        glyphs[i] = (struct glyph){class_of(&"lVA"[i], &length), 0, 0, 0.6f, 0.0f};
    }
    look_alikes_settle(&reading, 1, 3, &alphabet);
    assert_string_equal(characters[glyphs[0].symbol], "l");
    look_alikes_settle(&reading, 0, 3, &alphabet);
    assert_string_equal(characters[glyphs[0].symbol], "I");
    assert_float_equal(glyphs[0].probability, 0.3f, 1e-6f);
}

int main(void) {
    alphabet_make();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_small_l_in_capitals_is_an_i),
        cmocka_unit_test(test_an_l_where_no_word_has_one_is_a_small_i),
        cmocka_unit_test(test_an_i_that_is_hardly_less_an_accented_one),
        cmocka_unit_test(test_no_word_begins_with_l_before_a_consonant),
        cmocka_unit_test(test_a_capital_i_in_small_letters_is_an_l),
        cmocka_unit_test(test_digits_and_letters),
        cmocka_unit_test(test_small_capitals_are_capitals),
        cmocka_unit_test(test_a_high_first_letter_is_a_capital),
        cmocka_unit_test(test_slashes_stay),
        cmocka_unit_test(test_what_may_be_meant_is_left),
        cmocka_unit_test(test_a_reading_without_what_else_it_may_be),
        cmocka_unit_test(test_only_the_word_is_settled_and_its_probability_is_that_of_the_letter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
