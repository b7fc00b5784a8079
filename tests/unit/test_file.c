/* test_file.c - whole files read onto a meter, and everything that is not a readable file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/meter.h"

static char folder[] = "/tmp/lince-file-------"; /* a random end */
static struct meter meter;

static const char *inside(const char *name) {
    static char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void write_file(const char *name, const char *content) {
    FILE *file = fopen(inside(name), "wb");
    assert_non_null(file);
    fputs(content, file);
    fclose(file);
}

static int make_folder(void **state) {
    (void)state;
    alarm(60);                                  /* a read that hangs ends the test */
    memset(folder + sizeof folder - 7, 'X', 6); /* for mkdtemp */
    if (mkdtemp(folder) == NULL || chmod(folder, 0755) != 0) {
        return -1;
    }
    write_file("good", "content");
    write_file("empty", "");
    write_file("secret", "content");
    bool made = chmod(inside("secret"), 0) == 0 && mkfifo(inside("fifo"), 0600) == 0;
    return made && symlink("loop", inside("loop")) == 0 ? 0 : -1;
}

static int remove_folder(void **state) {
    (void)state;
    static const char *const names[] = {"good", "empty", "secret", "fifo", "loop", "large"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        unlink(inside(names[i]));
    }
    return rmdir(folder);
}

static struct file_bytes file;
static struct lince_error error;

static enum lince_status read_path(const char *path, uint64_t limit_bytes) {
    error = (struct lince_error)LINCE_ERROR_INIT;
    meter_init(&meter, NULL, "file", limit_bytes);
    enum lince_status status = file_read(path, &meter, &file, &error);
    assert_int_equal(status, error.status);
    if (status != LINCE_OK) {
        assert_null(file.bytes);
        assert_int_equal(file.count, 0);
        assert_int_equal(meter.current_bytes, 0);
        assert_true(strlen(error.message) > 0);
    }
    return status;
}

static void test_a_file_comes_whole(void **state) {
    (void)state;
    assert_int_equal(read_path(inside("good"), METER_NO_LIMIT), LINCE_OK);
    assert_int_equal(file.count, 7);
    assert_memory_equal(file.bytes, "content", 7);
    meter_free(file.bytes);
    assert_int_equal(meter.current_bytes, 0);
}

static void test_what_is_not_there(void **state) {
    (void)state;
    assert_int_equal(read_path(inside("missing"), METER_NO_LIMIT), LINCE_ERROR_NOT_FOUND);
    assert_non_null(strstr(error.message, "missing"));
    assert_int_equal(read_path(inside("good/below"), METER_NO_LIMIT), LINCE_ERROR_NOT_FOUND);
    assert_int_equal(read_path("", METER_NO_LIMIT), LINCE_ERROR_NOT_FOUND);
}

static void test_what_is_no_regular_file(void **state) {
    (void)state;
    assert_int_equal(read_path(folder, METER_NO_LIMIT), LINCE_ERROR_UNREADABLE);
    assert_int_equal(read_path(inside("fifo"), METER_NO_LIMIT), LINCE_ERROR_UNREADABLE); /* and does not wait */
    assert_int_equal(read_path("/dev/zero", METER_NO_LIMIT), LINCE_ERROR_UNREADABLE);
    assert_int_equal(read_path(inside("loop"), METER_NO_LIMIT), LINCE_ERROR_UNREADABLE);
}

static void test_an_empty_file(void **state) {
    (void)state;
    assert_int_equal(read_path(inside("empty"), METER_NO_LIMIT), LINCE_ERROR_EMPTY);
    assert_non_null(strstr(error.message, "empty"));
}

static void test_a_file_that_may_not_be_read(void **state) {
    (void)state;
    bool is_root = geteuid() == 0;
    if (is_root && seteuid(65534) != 0) {
        skip(); /* root reads everything, and here it cannot become anyone else */
    }
    enum lince_status status = read_path(inside("secret"), METER_NO_LIMIT);
    assert_true(!is_root || seteuid(0) == 0);
    assert_int_equal(status, LINCE_ERROR_UNREADABLE);
    assert_non_null(strstr(error.message, "secret"));
}

static void test_a_file_over_the_fixed_limit(void **state) {
    (void)state;
    write_file("large", "");
    assert_int_equal(truncate(inside("large"), (off_t)FILE_LIMIT_BYTES + 1), 0); /* a hole: no disk is used */
    assert_int_equal(read_path(inside("large"), METER_NO_LIMIT), LINCE_ERROR_TOO_LARGE);
    assert_non_null(strstr(error.message, "1073741825"));
    assert_int_equal(meter.peak_bytes, 0); /* refused before anything was taken */
}

static void test_a_file_over_the_memory_limit(void **state) {
    (void)state;
    assert_int_equal(read_path(inside("good"), 7), LINCE_ERROR_MEMORY_LIMIT);
    assert_int_equal(read_path(inside("good"), 64), LINCE_OK);
    meter_free(file.bytes);
}

static void test_messages_in_spanish(void **state) {
    (void)state;
    struct lince_error spanish = LINCE_ERROR_INIT;
    spanish.language = LINCE_SPANISH;
    meter_init(&meter, NULL, "file", METER_NO_LIMIT);
    assert_int_equal(file_read(inside("missing"), &meter, &file, &spanish), LINCE_ERROR_NOT_FOUND);
    assert_non_null(strstr(spanish.message, "no existe el archivo"));
    assert_int_equal(file_read(inside("empty"), &meter, &file, &spanish), LINCE_ERROR_EMPTY);
    assert_non_null(strstr(spanish.message, "está vacío"));
    assert_int_equal(file_read(folder, &meter, &file, &spanish), LINCE_ERROR_UNREADABLE);
    assert_non_null(strstr(spanish.message, "no se puede leer"));
    assert_int_equal(file_read(folder, &meter, &file, NULL), LINCE_ERROR_UNREADABLE); /* nobody asks why */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_file_comes_whole),           cmocka_unit_test(test_what_is_not_there),
        cmocka_unit_test(test_what_is_no_regular_file),      cmocka_unit_test(test_an_empty_file),
        cmocka_unit_test(test_a_file_that_may_not_be_read),  cmocka_unit_test(test_a_file_over_the_fixed_limit),
        cmocka_unit_test(test_a_file_over_the_memory_limit), cmocka_unit_test(test_messages_in_spanish),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
