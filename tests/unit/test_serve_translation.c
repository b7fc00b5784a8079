/* test_serve_translation.c - stored messages in the reader's language. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/meter.h"
#include "serve/http/translation.h"

static struct meter meter;
static struct arena arena;

static void expect(const char *message, enum lince_language language, const char *wanted) {
    assert_string_equal(translation_of(&arena, message, language), wanted);
}

static void test_both_ways_with_arguments(void **state) {
    const char *english = "the document has 12 pages; at most 10 are read (max-pages)";
    const char *spanish = "el documento tiene 12 páginas; se leen como mucho 10 (max-pages)";
    (void)state;
    expect(english, LINCE_SPANISH, spanish);
    expect(spanish, LINCE_ENGLISH, english);
    expect(english, LINCE_ENGLISH, english);
    expect(spanish, LINCE_SPANISH, spanish);
    expect("two workers died reading it", LINCE_SPANISH, "dos trabajadores murieron al leerlo");
}

static void test_what_is_not_known_stays(void **state) {
    static const char *const texts[] = {"", "x", "what nobody wrote", "the document has", "%s %d %n"};
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        expect(texts[i], LINCE_SPANISH, texts[i]);
        expect(texts[i], LINCE_ENGLISH, texts[i]);
    }
    assert_null(translation_of(&arena, NULL, LINCE_SPANISH));
}

/* Every pair, with something in the place of each argument: there, and back. */
static void test_all_pairs_lead_back(void **state) {
    size_t same = 0;
    (void)state;
    for (size_t i = 0; i < message_pair_count; i++) {
        char english[1024];
        size_t used = 0;
        for (const char *at = message_pairs[i].format[0]; *at != '\0' && used + 8 < sizeof english; at++) {
            if (*at == '%' && at[1] != '%') {
                at += strspn(at + 1, "-+ #0123456789.*hlzjt") + 1;
                used += (size_t)sprintf(english + used, "77");
            } else {
                at += *at == '%';
                english[used++] = *at;
            }
        }
        english[used] = '\0';
        const char *there = translation_of(&arena, english, LINCE_SPANISH);
        same += used < 500 && strcmp(translation_of(&arena, there, LINCE_ENGLISH), english) == 0;
    }
    assert_true(same * 100 >= message_pair_count * 95); /* a few have two translations, or are of one form */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_both_ways_with_arguments),
        cmocka_unit_test(test_what_is_not_known_stays),
        cmocka_unit_test(test_all_pairs_lead_back),
    };
    meter_init(&meter, NULL, "test", METER_NO_LIMIT);
    arena_init(&arena, &meter, 4096);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_clear(&arena);
    return failed;
}
