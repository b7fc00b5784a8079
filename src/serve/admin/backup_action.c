/* backup_action.c - `lince backup`, `lince restore` and `lince check`. */
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "serve/admin/action_flags.h"
#include "store/upkeep/backup.h"

static enum lince_status folder_is_named(char *const *operands, struct lince_error *error) {
    return operands[0] != NULL && operands[1] == NULL
               ? LINCE_OK
               : error_set(error, LINCE_ERROR_ARGUMENT, "name one folder", "indique una carpeta");
}

static enum lince_status check(struct store *store, struct lince_error *error) {
    struct check found;
    enum lince_status status = store_check(store, &found, error);
    if (status != LINCE_OK) {
        return status;
    }
    printf("documents\t%lld\nimages\t%lld\nmissing\t%lld\ndamaged\t%lld\n", (long long)found.documents,
           (long long)found.images, (long long)found.missing, (long long)found.damaged);
    return found.missing + found.damaged == 0
               ? LINCE_OK
               : error_set(error, LINCE_ERROR_DAMAGED, "%lld images are missing and %lld damaged",
                           "faltan %lld imágenes y %lld están dañadas", (long long)found.missing,
                           (long long)found.damaged);
}

enum lince_status backup_action(const char *action, struct store *store, char *const *flags, char *const *operands,
                                struct lince_error *error) {
    (void)flags;
    if (strcmp(action, "check") == 0) {
        return check(store, error);
    }
    enum lince_status status = folder_is_named(operands, error);
    return status == LINCE_OK ? store_backup(store, operands[0], error) : status;
}

enum lince_status backup_restore(const char *folder, char *const *operands, struct lince_error *error) {
    enum lince_status status = folder_is_named(operands, error);
    return status == LINCE_OK ? store_restore(operands[0], folder, error) : status;
}
