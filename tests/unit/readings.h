/* readings.h - engines and readers for tests, and comparisons of pages with one another and with known text. */
#ifndef LINCE_TESTS_READINGS_H
#define LINCE_TESTS_READINGS_H

#include <stdbool.h>

#include "image_files.h"
#include "lince.h"

/* The bytes of a file under tests/data. */
struct file file_of_data(const char *name);

/* Opened, or the running test fails. Close with lince_engine_close and lince_reader_close. */
struct lince_engine *engine_well(uint64_t memory_limit_bytes, uint32_t readers);
struct lince_reader *reader_well(struct lince_engine *engine);

/* The page, free with lince_page_free, or the running test fails with the error's message. */
struct lince_page *read_well(struct lince_reader *reader, const struct file *file);

/* The same for a file under tests/data. */
struct lince_page *read_data(struct lince_reader *reader, const char *name);

/* True when text, words, confidences and every coordinate are the same to the last bit. Safe outside the test's thread.
 */
bool pages_are_equal(const struct lince_page *one, const struct lince_page *other);

/* Fails unless the page's text is `expected`, showing both. */
void assert_text(const struct lince_page *page, const char *expected);

#endif
