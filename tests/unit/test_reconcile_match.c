/* test_reconcile_match.c - movements and receipts of invented days: who is paired with whom, and why. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/meter.h"
#include "reconcile/match.h"

enum { ENTRIES_MOST = 12 };

static struct meter meter;
static struct arena arena;

static int begin(void **state) {
    (void)state;
    meter_init(&meter, NULL, "test", METER_NO_LIMIT);
    arena_init(&arena, &meter, 4096);
    return 0;
}

static int end(void **state) {
    (void)state;
    arena_clear(&arena);
    return (int)meter.current_bytes;
}

/* "3 100.00 00123456": day, amount, reference; "?" for a day that is not known, "-" for no reference; "!" at the end
 * for a duplicate. */
static uint32_t entries_read(const char *const *texts, struct match_entry *entries) {
    uint32_t count = 0;
    for (; texts[count] != NULL; count++) {
        char day[8], reference[32], mark[4] = "";
        long whole, cents;
        struct match_entry *entry = &entries[count];
        *entry = (struct match_entry){0};
        assert_true(sscanf(texts[count], "%7s %ld.%2ld %31s %3s", day, &whole, &cents, reference, mark) >= 4);
        entry->day = day[0] == '?' ? DAY_NONE : (int32_t)strtol(day, NULL, 10);
        entry->hundredths = whole * 100 + cents;
        entry->is_duplicate = mark[0] == '!';
        match_reference_read(reference, entry);
    }
    return count;
}

/*
 * One text a group: state, how, numbers of its movements, "/", numbers of its receipts; by movement, then by receipt.
 */
static void text_of(const struct match_result *result, uint32_t lines, uint32_t receipts, char text[1024]) {
    static const char *const states[] = {"matched", "proposed", "amount", "no-receipt", "no-line", "duplicate"};
    static const char *const hows[] = {"", ":reference", ":end", ":sum", ":amount", ":alike", ":date"};
    bool is_told[2 * ENTRIES_MOST] = {false};
    size_t used = 0;
    text[0] = '\0';
    for (uint32_t i = 0; i < lines + receipts; i++) {
        int32_t group = i < lines ? result->line_groups[i] : result->receipt_groups[i - lines];
        if (group == GROUP_NONE || is_told[group]) {
            continue;
        }
        is_told[group] = true;
        used += (size_t)snprintf(text + used, 1024 - used, "%s%s%s ", used == 0 ? "" : "; ",
                                 states[result->groups[group].state], hows[result->groups[group].how]);
        for (uint32_t j = 0; j < lines + receipts; j++) {
            int32_t other = j < lines ? result->line_groups[j] : result->receipt_groups[j - lines];
            if (j == lines) {
                used += (size_t)snprintf(text + used, 1024 - used, "/");
            }
            if (other == group) {
                used += (size_t)snprintf(text + used, 1024 - used, "%u", j < lines ? j : j - lines);
            }
        }
        if (receipts == 0) {
            used += (size_t)snprintf(text + used, 1024 - used, "/");
        }
    }
}

struct example {
    const char *const lines[ENTRIES_MOST], *const receipts[ENTRIES_MOST];
    const char *groups;
};

static const struct example examples[] = {
    {{"3 100.00 00123456"}, {"3 100.00 00123456"}, "matched:reference 0/0"},
    /* the last digits of it, zeros in front, a day later */
    {{"4 100.00 123456"}, {"3 100.00 000987123456"}, "matched:reference 0/0"},
    {{"4 100.00 000000123456"}, {"3 100.00 987123456"}, "matched:reference 0/0"},
    {{"4 100.00 0000123456"}, {"3 100.00 00123456"}, "matched:reference 0/0"},
    {{"3 100.00 3456"}, {"3 100.00 00123456"}, "matched:end 0/0"},
    /* four digits that two receipts have tell nothing apart */
    {{"3 100.00 3456"}, {"3 100.00 00123456", "3 100.00 00993456"}, "proposed:end 0/0; no-line /1"},
    /* a reference that is not the end of the other is another, but the amount is the only one of those days */
    {{"3 100.00 00123456"}, {"3 100.00 00993456"}, "proposed:alike 0/0"},
    {{"3 100.00 00123456"}, {"3 100.00 77777777"}, "proposed:amount 0/0"},
    {{"3 100.00 00123456"}, {"9 100.00 77777777"}, "no-receipt 0/; no-line /0"},
    /* no reference on one side: the amount and the date, where nobody else has them */
    {{"3 100.00 -"}, {"2 100.00 00123456"}, "matched:amount 0/0"},
    {{"3 100.00 -", "3 100.00 -"}, {"3 100.00 00123456"}, "proposed:amount 0/0; no-receipt 1/"},
    {{"3 100.00 00123456"}, {"3 99.00 00123456"}, "amount:reference 0/0"},
    {{"3 100.00 00123456"}, {"9 100.00 00123456"}, "proposed:date 0/0"},
    {{"3 100.00 00123456"}, {"? 100.00 00123456"}, "matched:reference 0/0"},
    /* one to many, both ways */
    {{"3 100.00 00123456"}, {"3 40.00 00123456", "3 60.00 00123456"}, "matched:sum 0/01"},
    {{"3 40.00 00123456", "3 60.00 00123456"}, {"3 100.00 00123456"}, "matched:sum 01/0"},
    {{"3 100.00 -"}, {"3 40.00 11111111", "3 60.00 22222222", "3 99.00 33333333"}, "proposed:sum 0/01; no-line /2"},
    /* the same receipt twice, the same movement twice */
    {{"3 100.00 00123456"},
     {"3 100.00 00123456", "3 100.00 00123456"},
     "matched:reference 0/0; duplicate:reference /1"},
    {{"3 100.00 00123456"},
     {"3 100.00 00123456 !", "3 100.00 00123456"},
     "matched:reference 0/1; duplicate:reference /0"},
    {{"3 100.00 00123456", "3 100.00 00123456"},
     {"3 100.00 00123456"},
     "matched:reference 0/0; duplicate:reference 1/"},
    {{NULL}, {"3 100.00 00123456 !"}, "duplicate /0"},
    /* the best of several: the longer reference before the nearer day */
    {{"3 100.00 00123456", "4 100.00 123456"},
     {"3 100.00 00123456", "4 100.00 99123456"},
     "matched:reference 0/0; matched:reference 1/1"},
    {{"3 100.00 11112222", "3 100.00 33334444"},
     {"3 100.00 33334444", "3 100.00 11112222"},
     "matched:reference 0/1; matched:reference 1/0"},
    {{"3 100.00 -"}, {"? 100.00 -"}, "no-receipt 0/; no-line /0"},
    {{"3 100.00 12"}, {"3 100.00 9912"}, "matched:amount 0/0"},
    {{"3 0.00 -"}, {"3 0.00 -"}, "no-receipt 0/; no-line /0"},
};

static void test_examples(void **state) {
    static const struct match_options options = {.days = 2, .hundredths = 0, .digits = 6};
    (void)state;
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        struct match_entry lines[ENTRIES_MOST], receipts[ENTRIES_MOST];
        struct match_result result;
        char text[1024];
        uint32_t line_count = entries_read(examples[i].lines, lines);
        uint32_t receipt_count = entries_read(examples[i].receipts, receipts);
        assert_int_equal(match(lines, line_count, receipts, receipt_count, NULL, 0, &options, &arena, &result, NULL),
                         LINCE_OK);
        text_of(&result, line_count, receipt_count, text);
        assert_string_equal(text, examples[i].groups);
    }
}

static void test_options(void **state) {
    struct match_entry line, receipt;
    struct match_result result;
    (void)state;
    entries_read((const char *const[]){"3 100.00 00123456", NULL}, &line);
    entries_read((const char *const[]){"6 100.50 00123456", NULL}, &receipt);
    struct match_options options = {.days = 3, .hundredths = 50, .digits = 6};
    assert_int_equal(match(&line, 1, &receipt, 1, NULL, 0, &options, &arena, &result, NULL), LINCE_OK);
    assert_int_equal(result.groups[result.line_groups[0]].state, MATCH_MATCHED);
    options.hundredths = 49;
    assert_int_equal(match(&line, 1, &receipt, 1, NULL, 0, &options, &arena, &result, NULL), LINCE_OK);
    assert_int_equal(result.groups[result.line_groups[0]].state, MATCH_AMOUNT_DIFFERS);
    options = (struct match_options){.days = 2, .hundredths = 50, .digits = 6};
    assert_int_equal(match(&line, 1, &receipt, 1, NULL, 0, &options, &arena, &result, NULL), LINCE_OK);
    assert_int_equal(result.groups[result.line_groups[0]].how, MATCH_BY_DATE);
    /* nine digits wanted where eight are there: only likely unless nobody else could be meant */
    options = (struct match_options){.days = 3, .hundredths = 50, .digits = 9};
    assert_int_equal(match(&line, 1, &receipt, 1, NULL, 0, &options, &arena, &result, NULL), LINCE_OK);
    assert_int_equal(result.groups[result.line_groups[0]].how, MATCH_BY_REFERENCE_END);
}

/* What a person has told apart is not put together again, and what is decided is left alone. */
static void test_decisions(void **state) {
    static const struct match_options options = {.days = 2, .digits = 6};
    static const struct match_apart apart = {0, 0};
    struct match_entry line, receipts[2];
    struct match_result result;
    (void)state;
    entries_read((const char *const[]){"3 100.00 00123456", NULL}, &line);
    entries_read((const char *const[]){"3 100.00 00123456", "3 100.00 -", NULL}, receipts);
    assert_int_equal(match(&line, 1, receipts, 2, &apart, 1, &options, &arena, &result, NULL), LINCE_OK);
    assert_int_equal(result.line_groups[0], result.receipt_groups[1]);
    receipts[1].is_out = true;
    assert_int_equal(match(&line, 1, receipts, 2, &apart, 1, &options, &arena, &result, NULL), LINCE_OK);
    assert_int_equal(result.receipt_groups[1], GROUP_NONE);
    assert_int_equal(result.groups[result.line_groups[0]].state, MATCH_MISSING_RECEIPT);
}

/* Many of one amount and one end: the work is bounded, and everybody still has one group. */
static void test_many_alike(void **state) {
    enum { LINES = 4000, RECEIPTS = 6000 };
    static struct match_entry lines[LINES], receipts[RECEIPTS];
    static const struct match_options options = {.days = 2, .digits = 6};
    struct match_result result;
    (void)state;
    for (uint32_t i = 0; i < RECEIPTS; i++) {
        receipts[i] = (struct match_entry){.hundredths = 10000, .reference = 10000 * (i % 7), .digits = 8, .day = 3};
        if (i < LINES) {
            lines[i] = receipts[i];
        }
    }
    assert_int_equal(match(lines, LINES, receipts, RECEIPTS, NULL, 0, &options, &arena, &result, NULL), LINCE_OK);
    for (uint32_t i = 0; i < LINES; i++) {
        assert_in_range(result.line_groups[i], 0, result.group_count - 1);
    }
    meter.limit_bytes = meter.current_bytes + 100000;
    assert_int_equal(match(lines, LINES, receipts, RECEIPTS, NULL, 0, &options, &arena, &result, NULL),
                     LINCE_ERROR_MEMORY_LIMIT);
    meter.limit_bytes = METER_NO_LIMIT;
    assert_int_equal(match(lines, MATCH_LINES_MOST + 1, receipts, 1, NULL, 0, &options, &arena, &result, NULL),
                     LINCE_ERROR_TOO_LARGE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_examples),
        cmocka_unit_test(test_options),
        cmocka_unit_test(test_decisions),
        cmocka_unit_test(test_many_alike),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
