/* decoder.h - the locked-down child of the program: opens one file and decodes its pages. */
#ifndef LINCE_WORKER_DECODER_H
#define LINCE_WORKER_DECODER_H

#include "lince.h"

/* Answers requests on WORK_DESCRIPTOR until the other end is gone. RUNTIME if the process cannot be locked down. */
enum lince_status decoder_run(struct lince_error *error);

#endif
