/* backup_action.c - `lince backup`, `lince restore` and `lince check`. */
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "fields/learn/passed_text.h"
#include "serve/admin/action_flags.h"
#include "store/upkeep/backup.h"

static enum lince_status folder_is_named(char *const *operands, struct lince_error *error) {
    return operands[0] != NULL && operands[1] == NULL
               ? LINCE_OK
               : error_set(error, LINCE_ERROR_ARGUMENT, "name one folder", "indique una carpeta");
}

/* Learned layouts that are not valid are no damage: the service passes them over. */
static enum lince_status layouts_check(const char *data, struct lince_error *error) {
    struct lince_layouts *layouts;
    enum lince_status status = passed_layouts_open(data, &layouts, error);
    if (status == LINCE_OK) {
        printf("layouts_passed_over\t%zu\n", lince_layouts_passed_count(layouts));
        passed_print(layouts, "\t", error->language, stdout);
        lince_layouts_close(layouts);
    }
    return status;
}

static enum lince_status check(struct store *store, const char *data, struct lince_error *error) {
    struct check found;
    enum lince_status status = store_check(store, &found, error);
    if (status != LINCE_OK) {
        return status;
    }
    printf("documents\t%lld\nimages\t%lld\nmissing\t%lld\ndamaged\t%lld\n", (long long)found.documents,
           (long long)found.images, (long long)found.missing, (long long)found.damaged);
    status = layouts_check(data, error);
    return found.missing + found.damaged == 0
               ? status
               : error_set(error, LINCE_ERROR_DAMAGED, "%lld images are missing and %lld damaged",
                           "faltan %lld imágenes y %lld están dañadas", (long long)found.missing,
                           (long long)found.damaged);
}

enum lince_status backup_action(const char *action, struct store *store, const char *data, char *const *operands,
                                struct lince_error *error) {
    if (strcmp(action, "check") == 0) {
        return check(store, data, error);
    }
    enum lince_status status = folder_is_named(operands, error);
    return status == LINCE_OK ? store_backup(store, operands[0], error) : status;
}

enum lince_status backup_restore(const char *folder, char *const *operands, struct lince_error *error) {
    enum lince_status status = folder_is_named(operands, error);
    return status == LINCE_OK ? store_restore(operands[0], folder, error) : status;
}
