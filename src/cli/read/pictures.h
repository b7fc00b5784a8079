/*
 * pictures.h - `--boxes`: each image with its text and boxes drawn on it, as PNG files in a folder.
 *
 * A picture takes the base name of its image: "receipt.png", then "receipt-2.png" and so on if that is taken. Existing
 * files are never overwritten, whether images to read or others. The name is reserved when the image is pulled, so it
 * does not depend on the number of jobs.
 */
#ifndef LINCE_CLI_READ_PICTURES_H
#define LINCE_CLI_READ_PICTURES_H

#include <pthread.h>
#include <stdbool.h>
#include <sys/stat.h>

#include "base/buffer.h"
#include "lince.h"

struct font;

struct pictures {
    const char *folder;          /* borrowed; NULL: no pictures */
    struct lince_engine *engine; /* borrowed: a picture waits for memory as a reading does */
    struct meter *meter;         /* borrowed */
    struct stat place;           /* identifies the folder, if it is also one to read */
    pthread_mutex_t lock;        /* held while a picture is made: only one at a time is in memory */
    struct font *font;           /* owned */
};

/* A file reserved for a picture. */
struct picture {
    int descriptor;     /* -1: none */
    struct buffer path; /* with a zero byte at its end */
};

/* Makes the folder if necessary. Borrows everything; `folder` may be NULL. WRITE, NOT_FOUND, MEMORY_LIMIT. */
enum lince_status pictures_open(struct pictures *pictures, const char *folder, struct lince_engine *engine,
                                struct meter *meter, struct lince_error *error);
void pictures_close(struct pictures *pictures);

void picture_init(struct picture *picture, struct meter *meter);

/*
 * Reserves a name for the picture of the image `name`, or of one of its pages; `page_number` 0: an image. WRITE,
 * MEMORY_LIMIT.
 */
enum lince_status picture_reserve(const struct pictures *pictures, const char *name, uint32_t page_number,
                                  struct picture *picture, struct lince_error *error);

/* Releases the name if there will be no picture. */
void picture_abandon(struct picture *picture);

struct task;

/*
 * Makes the task's picture. After a failure the caller must still release its name. WRITE, MEMORY_LIMIT, and the errors
 * of reading a file.
 */
enum lince_status picture_make(struct pictures *pictures, struct task *task, const struct lince_page *page,
                               struct lince_error *error);

#endif
