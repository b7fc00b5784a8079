/* learn_action.c - `lince learn` on the data of a service: it may run beside it. */
#include <limits.h>
#include <stdio.h>

#include "base/meter.h"
#include "config/settings.h"
#include "fields/learn/kept.h"
#include "fields/learn/learn_text.h"
#include "serve/admin/action_flags.h"
#include "serve/learn/teaching.h"
#include "store/keys.h"

enum { KNOWN_MOST = 256, OTHER_MOST = 3000 };

enum lince_status learn_action(const char *folder, struct store *store, char *const *flags,
                               enum lince_language language, struct lince_error *error) {
    char learned[PATH_MAX];
    const char *undo = settings_flag(flags, "undo");
    teaching_folder(folder, learned);
    if (undo != NULL) {
        enum lince_status status = learn_undo(learned, undo, error);
        if (status == LINCE_OK) {
            store_audit(store, "lince learn", "learn undo", undo, NULL);
        }
        return status;
    }
    struct teaching wanted = {.folder = learned,
                              .known_most = KNOWN_MOST,
                              .other_most = OTHER_MOST,
                              .accept = settings_flag(flags, "accept"),
                              .accept_safe = settings_flag(flags, "accept-safe") != NULL};
    struct meter meter;
    json_t *proposals = NULL;
    meter_init(&meter, NULL, "learn", METER_NO_LIMIT);
    enum lince_status status = teaching_run(store, &meter, &wanted, &proposals, error);
    if (status == LINCE_OK) {
        teaching_audit(store, "lince learn", proposals);
        learn_print(proposals, settings_flag(flags, "json") != NULL, language, stdout);
    }
    json_decref(proposals);
    return status;
}
