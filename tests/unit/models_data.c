/* models_data.c - a folder of links, some of which a test replaces with damaged files. */
#include "models_data.h"

#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const char *const NAMES[] = {"detector.onnx",  "detector.ort",  "recogniser.onnx", "recogniser.ort",
                                    "direction.onnx", "direction.ort", "characters.txt",  "processor.txt"};
enum { NAME_COUNT = sizeof NAMES / sizeof *NAMES };

static char folder[] = "/tmp/lince-models-------"; /* a random end */

const char *model_path(const char *name) {
    static char path[PATH_MAX];
    const char *models = getenv("LINCE_MODELS");
    if (models == NULL) {
        fail_msg("LINCE_MODELS names no folder of prepared models");
    }
    snprintf(path, sizeof path, "%s/%s", models, name);
    return path;
}

static const char *inside(const char *name) {
    static char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

const char *model_folder_make(void) {
    memset(folder + sizeof folder - 7, 'X', 6); /* for mkdtemp */
    assert_non_null(mkdtemp(folder));
    for (size_t i = 0; i < NAME_COUNT; i++) {
        if (access(model_path(NAMES[i]), R_OK) == 0) { /* the .ort files are optional */
            assert_int_equal(symlink(model_path(NAMES[i]), inside(NAMES[i])), 0);
        }
    }
    return folder;
}

void model_folder_remove(void) {
    for (size_t i = 0; i < NAME_COUNT; i++) {
        unlink(inside(NAMES[i]));
    }
    assert_int_equal(rmdir(folder), 0);
}

void model_folder_damage(const char *name, const char *text, size_t bytes) {
    char *content = malloc(bytes + 1);
    assert_non_null(content);
    if (text == NULL) {
        FILE *source = fopen(model_path(name), "rb");
        assert_non_null(source);
        assert_int_equal(fread(content, 1, bytes, source), bytes);
        fclose(source);
    }
    unlink(inside(name));
    FILE *target = fopen(inside(name), "wb");
    assert_non_null(target);
    assert_int_equal(fwrite(text == NULL ? content : text, 1, bytes, target), bytes);
    fclose(target);
    free(content);
}
