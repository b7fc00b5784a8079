/* progress.c - asks the caller whether to go on. */
#include "base/progress.h"

#include "base/error.h"

enum lince_status progress_report(const struct progress *progress, enum lince_stage stage, double share,
                                  struct lince_error *error) {
    if (progress->function == NULL || progress->function(progress->context, stage, share) == 0) {
        return LINCE_OK;
    }
    return error_set(error, LINCE_ERROR_CANCELLED, "the reading was cancelled", "la lectura fue cancelada");
}
