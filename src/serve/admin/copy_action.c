/* copy_action.c - `lince store copy`. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "config/settings.h"
#include "serve/admin/action_flags.h"
#include "store/upkeep/store_copy.h"

static void table_tell(void *context, const char *name, int64_t count, int64_t new_count) {
    (void)context;
    printf("%s\t%lld\t%lld\n", name, (long long)count, (long long)new_count);
    fflush(stdout);
}

static struct store_place place_of(const char *operand, const char *images) {
    bool is_shared = strncmp(operand, "postgres://", 11) == 0 || strncmp(operand, "postgresql://", 13) == 0;
    return (struct store_place){
        .folder = is_shared ? "" : operand, .database = is_shared ? operand : NULL, .images = images};
}

/* Images on their way to a database or a bucket wait in a folder of their own. */
static enum lince_status folder_make(char folder[32], struct lince_error *error) {
    char path[48];
    strcpy(folder, "/tmp/lince-copy-XXXXXX");
    bool is_made = mkdtemp(folder) != NULL;
    snprintf(path, sizeof path, "%s/incoming", folder);
    return is_made && mkdir(path, 0700) == 0 ? LINCE_OK
                                             : error_set(error, LINCE_ERROR_WRITE, "no folder can be made in /tmp",
                                                         "no se puede crear una carpeta en /tmp");
}

static void folder_remove(const char *folder) {
    char path[48];
    snprintf(path, sizeof path, "%s/incoming", folder);
    rmdir(path);
    rmdir(folder);
}

enum lince_status copy_action(char *const *flags, char *const *operands, struct lince_error *error) {
    char folder[32] = "";
    enum lince_status status = LINCE_OK;
    if (operands[0] == NULL || operands[1] == NULL || operands[2] != NULL) {
        return error_set(error, LINCE_ERROR_ARGUMENT,
                         "name two stores, from and to: a folder or postgres://host/database each",
                         "indique dos almacenes, de dónde y adónde: una carpeta o postgres://servidor/base cada uno");
    }
    const struct store_place from = place_of(operands[0], settings_flag(flags, "from-images"));
    struct store_place to = place_of(operands[1], settings_flag(flags, "to-images"));
    to.is_copy = true;
    if (to.folder[0] == '\0') {
        status = folder_make(folder, error);
        to.folder = folder;
    }
    if (status == LINCE_OK) {
        status = store_copy(&from, &to, table_tell, NULL, error);
    }
    if (folder[0] != '\0') {
        folder_remove(folder);
    }
    return status;
}
