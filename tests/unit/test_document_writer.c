/* test_document_writer.c - a document's pages in the forms of the library, and what is reported when one fails. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "readings.h"

static struct lince_engine *engine;
static struct lince_reader *reader;
static struct file picture;
static struct lince_document *document;
static struct lince_page *page;

/* What a writer gave. */
static struct file written;
static size_t refused_after; /* calls that are taken; the rest is refused */

static int open_all(void **state) {
    (void)state;
    engine = engine_well(UINT64_C(300) << 20, 1);
    reader = reader_well(engine);
    picture = file_of_data("reading/one-line.png");
    return lince_document_open(engine, picture.bytes, picture.count, NULL, &document, NULL) != LINCE_OK ||
           lince_document_read(reader, document, 0, NULL, &page, NULL) != LINCE_OK;
}

static int close_all(void **state) {
    (void)state;
    lince_page_free(page);
    lince_document_close(document);
    lince_reader_close(reader);
    lince_engine_close(engine);
    file_free(&picture);
    return 0;
}

static int take(void *context, const void *bytes, size_t bytes_count) {
    (void)context;
    if (refused_after == 0) {
        return 1;
    }
    refused_after--;
    file_append(&written, bytes, bytes_count);
    return 0;
}

/* The form, with a zero byte at its end. */
static const char *form(const char *name) {
    struct lince_writer_options options = LINCE_WRITER_OPTIONS_DEFAULTS;
    struct lince_writer *writer = NULL;
    options.name = "a&b.png";
    file_free(&written);
    written = (struct file){0};
    refused_after = SIZE_MAX;
    assert_int_equal(lince_writer_open(document, name, &options, take, NULL, &writer, NULL), LINCE_OK);
    assert_int_equal(lince_writer_add(writer, page, NULL), LINCE_OK);
    assert_int_equal(lince_writer_close(writer, NULL), LINCE_OK);
    file_append(&written, "", 1);
    return (const char *)written.bytes;
}

static int compare(void *context, const void *bytes, size_t bytes_count) {
    const struct file *whole = context;
    assert_int_equal(bytes_count, whole->count - 1);
    assert_memory_equal(bytes, whole->bytes, bytes_count);
    return 0;
}

static void test_a_page_alone_has_the_same_bytes(void **state) {
    (void)state;
    static const char *const names[] = {"text", "markdown", "layout", "hocr", "alto", "tesseract-tsv", "tsv"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        form(names[i]);
        assert_int_equal(lince_page_write(page, names[i], "a&b.png", compare, &written, NULL), LINCE_OK);
    }
}

static void test_json_names_the_file_and_its_digest(void **state) {
    (void)state;
    const char *json = form("json");
    assert_memory_equal(json, "[\n{\"file\":\"a&b.png\",\"sha256\":\"", 30);
    assert_memory_equal(json + written.count - 5, "}\n]\n", 4);
    const char *line = form("ndjson");
    assert_memory_equal(line, "{\"file\":\"a&b.png\",\"sha256\":\"", 28);
    assert_int_equal(strchr(line, '\n') - line, written.count - 2);
}

static void test_a_pdf_has_the_picture_and_its_text(void **state) {
    (void)state;
    const char *pdf = form("pdf");
    assert_memory_equal(pdf, "%PDF-1.7\n", 9);
    assert_memory_equal(pdf + written.count - 7, "%%EOF\n", 6);
}

static enum lince_status open_form(const char *name, int pictures, struct lince_writer **writer,
                                   struct lince_error *error) {
    struct lince_writer_options options = LINCE_WRITER_OPTIONS_DEFAULTS;
    options.pictures = pictures;
    file_free(&written);
    written = (struct file){0};
    return lince_writer_open(document, name, &options, take, NULL, writer, error);
}

static void test_what_fails_is_told(void **state) {
    (void)state;
    struct lince_error error = LINCE_ERROR_INIT;
    struct lince_writer *writer = NULL;
    refused_after = SIZE_MAX;
    assert_int_equal(open_form("docx", 0, &writer, &error), LINCE_ERROR_ARGUMENT);
    assert_null(writer);
    assert_non_null(strstr(error.message, "\"docx\""));
    assert_int_equal(open_form("hocr", 1, &writer, &error), LINCE_ERROR_ARGUMENT);
    assert_non_null(strstr(error.message, "pictures"));
    assert_int_equal(open_form("text", 0, &writer, &error), LINCE_OK);
    assert_int_equal(lince_writer_add(writer, page, &error), LINCE_OK);
    assert_int_equal(lince_writer_add(writer, page, &error), LINCE_ERROR_ARGUMENT);
    assert_non_null(strstr(error.message, "page 1 "));
    assert_int_equal(lince_writer_close(writer, &error), LINCE_OK);
    assert_int_equal(lince_writer_close(NULL, &error), LINCE_OK);
    lince_writer_abandon(NULL);
}

static void test_a_refusal_stays(void **state) {
    (void)state;
    struct lince_error error = LINCE_ERROR_INIT;
    struct lince_writer *writer = NULL;
    uint64_t resting = lince_engine_memory_current_bytes(engine);
    refused_after = 0;
    assert_int_equal(open_form("json", 0, &writer, &error), LINCE_ERROR_WRITE);
    refused_after = 1;
    assert_int_equal(open_form("json", 0, &writer, &error), LINCE_OK);
    assert_int_equal(lince_writer_add(writer, page, &error), LINCE_ERROR_WRITE);
    refused_after = SIZE_MAX;
    assert_int_equal(lince_writer_add(writer, page, NULL), LINCE_ERROR_WRITE);
    error.message[0] = '\0';
    assert_int_equal(lince_writer_close(writer, &error), LINCE_ERROR_WRITE);
    assert_non_null(strstr(error.message, "not taken"));
    assert_int_equal(written.count, 2); /* no tail follows */
    assert_int_equal(open_form("pdf", 0, &writer, &error), LINCE_OK);
    lince_writer_abandon(writer);
    assert_int_equal(lince_engine_memory_current_bytes(engine), resting);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_page_alone_has_the_same_bytes),
        cmocka_unit_test(test_json_names_the_file_and_its_digest),
        cmocka_unit_test(test_a_pdf_has_the_picture_and_its_text),
        cmocka_unit_test(test_what_fails_is_told),
        cmocka_unit_test(test_a_refusal_stays),
    };
    int failed = cmocka_run_group_tests(tests, open_all, close_all);
    file_free(&written);
    return failed;
}
