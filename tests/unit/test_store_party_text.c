/* Names of known parties: what is one wrong letter, what is another spelling, what is another name. Marks as they are.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "store/known/party_text.h"

struct pair {
    const char *read, *known;
    enum party_likeness wanted;
};

static const struct pair names[] = {
    /* capitals and punctuation */
    {"ANA PEREZ SOTO", "Ana Perez Soto", PARTY_SAME},
    {"INVERSIONES LA CEIBA, C.A.", "Inversiones La Ceiba CA", PARTY_SAME},
    {"José Ñáñez", "JOSÉ ÑÁÑEZ", PARTY_SAME},
    /* accents and spaces */
    {"Jose Nanez", "José Ñáñez", PARTY_SPELLED},
    {"ANA PÉREZ SOTO", "Ana Perez Soto", PARTY_SPELLED},
    {"ANAPEREZ SOTO", "Ana Perez Soto", PARTY_SPELLED},
    {"ANA PER EZ SOTO", "Ana Perez Soto", PARTY_SPELLED},
    {"JOSE\xCC\x81 RUIZ", "Jose Ruiz", PARTY_SPELLED}, /* the accent as a character of its own */
    /* fewer names, initials, another order */
    {"ANA PEREZ", "Ana Perez Soto", PARTY_PART},
    {"PEREZ SOTO ANA", "Ana Perez Soto", PARTY_PART},
    {"ANA M PEREZ SOTO", "Ana Perez Soto", PARTY_PART},
    {"A. PEREZ", "Ana Perez", PARTY_PART},
    {"PERES SOTO ANA", "Ana Perez Soto", PARTY_PART}, /* and a letter: nothing is repaired, nothing contradicts */
    /* one letter: another, missing, too many, a figure */
    {"ANA PERES SOTO", "Ana Perez Soto", PARTY_LETTER},
    {"ANA PERE SOTO", "Ana Perez Soto", PARTY_LETTER},
    {"ANNA PEREZ SOTO", "Ana Perez Soto", PARTY_LETTER},
    {"ANA PEREZ S0TO", "Ana Perez Soto", PARTY_LETTER},
    {"ANA PÉREZ S0TO", "Ana Perez Soto", PARTY_LETTER},
    {"INVERSI0NES LA CEIBA C.A.", "Inversiones La Ceiba, C.A.", PARTY_LETTER},
    /* other names */
    {"ANA PERES SATO", "Ana Perez Soto", PARTY_UNLIKE},
    {"ANA PEERZ SOTA", "Ana Perez Soto", PARTY_UNLIKE},
    {"LUIS MORA", "Ana Perez Soto", PARTY_UNLIKE},
    {"ANA GOMEZ", "Ana Perez", PARTY_UNLIKE},
    {"TIENDA SOL 1", "Tienda Sol 2", PARTY_UNLIKE}, /* a figure is no letter */
    {"TIENDA SOL 12", "Tienda Sol 1", PARTY_UNLIKE},
    {"LUZ", "Paz", PARTY_UNLIKE}, /* too short for a wrong letter */
    {"ROSA", "Rosi", PARTY_UNLIKE},
    /* nothing to compare */
    {"ANA P****", "Ana Perez", PARTY_UNLIKE},
    {"", "Ana Perez", PARTY_UNLIKE},
    {"??", "Ana Perez", PARTY_UNLIKE},
    {"\xff\xfe", "Ana Perez", PARTY_UNLIKE},
};

static void test_names(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        enum party_likeness found = party_names_compare(names[i].read, names[i].known);
        if (found != names[i].wanted) {
            fail_msg("%s ~ %s: %d, not %d", names[i].read, names[i].known, (int)found, (int)names[i].wanted);
        }
    }
}

static void test_long_names_are_nobodys(void **state) {
    (void)state;
    static char name[10241], sought[PARTY_VALUE_BYTES];
    memset(name, 'a', sizeof name - 1);
    assert_false(party_sought(PARTY_NAME, name, sought));
    assert_int_equal(party_names_compare(name, name), PARTY_UNLIKE);
    name[PARTY_VALUE_BYTES - 1] = '\0'; /* the longest that is taken */
    assert_true(party_sought(PARTY_NAME, name, sought));
    assert_int_equal(party_names_compare(name, name), PARTY_SAME);
    for (size_t i = 1; i + 1 < PARTY_VALUE_BYTES; i += 2) {
        name[i] = ' '; /* more words than are compared */
    }
    assert_int_equal(party_names_compare(name, name), PARTY_SAME);
}

static const struct {
    enum party_fact fact;
    const char *one, *other;
    bool agree;
} marks[] = {
    {PARTY_ID, "V12345678", "V-12.345.678", true},
    {PARTY_ID, "12345678", "V12345678", true},
    {PARTY_ID, "V12345678", "E12345678", false},
    {PARTY_ID, "V12345678", "V12345679", false},
    {PARTY_ID, "PESA850101AB1", "pesa850101ab1", true},
    {PARTY_ID, "PESA850101AB1", "PESB850101AB1", false},
    {PARTY_PHONE, "04141234567", "+58 414-1234567", true},
    {PARTY_PHONE, "04141234567", "04241234567", false},
    {PARTY_PHONE, "+56912345678", "912345678", true},
    {PARTY_ACCOUNT, "0102-0123-45-6789012345", "01020123456789012345", true},
    {PARTY_ACCOUNT, "01020123456789012345", "01340123456789012345", false},
    {PARTY_KEY, "Ana@Example.org", "ana@example.org", true},
    {PARTY_KEY, "ana@example.org", "eva@example.org", false},
};

static void test_marks(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        char one[PARTY_VALUE_BYTES], other[PARTY_VALUE_BYTES];
        bool found = party_sought(marks[i].fact, marks[i].one, one) &&
                     party_sought(marks[i].fact, marks[i].other, other) && strcmp(one, other) == 0 &&
                     party_marks_agree(marks[i].fact, marks[i].one, marks[i].other);
        if (found != marks[i].agree) {
            fail_msg("%s ~ %s", marks[i].one, marks[i].other);
        }
    }
}

static void test_masked_and_short_marks_find_nobody(void **state) {
    (void)state;
    char sought[PARTY_VALUE_BYTES];
    assert_false(party_sought(PARTY_PHONE, "*** *** 801", sought));
    assert_false(party_sought(PARTY_PHONE, "1234567", sought));
    assert_false(party_sought(PARTY_ACCOUNT, "****1234", sought));
    assert_false(party_sought(PARTY_ACCOUNT, "1234", sought));
    assert_false(party_sought(PARTY_ACCOUNT, "0102XXXXXXXX12", sought));
    assert_false(party_sought(PARTY_ID, "V12", sought));
    assert_false(party_sought(PARTY_ID, "<b>1234567</b>", sought));
    assert_false(party_sought(PARTY_KEY,
                              "a\x1b"
                              "bcdefg",
                              sought));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_long_names_are_nobodys),
        cmocka_unit_test(test_marks),
        cmocka_unit_test(test_masked_and_short_marks_find_nobody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
