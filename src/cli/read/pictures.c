/* pictures.c - decodes the image again at a small size and paints the page on it. */
#include "cli/read/pictures.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/meter.h"
#include "base/reason.h"
#include "cli/read/drawing/paint.h"
#include "cli/read/pull.h"
#include "engine/document.h"
#include "engine/engine.h"
#include "image/png_writer.h"

/* Enough to read every line of a receipt; pictures are only for viewing. */
#define PICTURE_AREA_PX 2000000.0
#define PNG_WRITER_BYTES (UINT64_C(1) << 20) /* what libpng and zlib take beyond the pixels, with room */

enum { SUFFIX_LIMIT = 1000000, SMALLEST_SIDE_PX = 32 };

static enum lince_status folder_failed(const char *path, struct lince_error *error) {
    return error_set(error, LINCE_ERROR_WRITE, "cannot write pictures to %s: %s",
                     "no se pueden escribir imágenes en %s: %s", path, reason_for(error, errno));
}

enum lince_status pictures_open(struct pictures *pictures, const char *folder, struct lince_engine *engine,
                                struct meter *meter, struct lince_error *error) {
    *pictures = (struct pictures){.folder = folder, .engine = engine, .meter = meter};
    pthread_mutex_init(&pictures->lock, NULL);
    if (folder == NULL) {
        return LINCE_OK;
    }
    if ((mkdir(folder, 0777) != 0 && errno != EEXIST) || stat(folder, &pictures->place) != 0) {
        return folder_failed(folder, error);
    }
    if (!S_ISDIR(pictures->place.st_mode)) {
        errno = ENOTDIR;
        return folder_failed(folder, error);
    }
    return font_open(meter, &pictures->font, error);
}

void pictures_close(struct pictures *pictures) {
    font_close(pictures->font);
    pictures->font = NULL;
    pthread_mutex_destroy(&pictures->lock);
}

void picture_init(struct picture *picture, struct meter *meter) {
    picture->descriptor = -1;
    buffer_init(&picture->path, meter);
}

/* "folder/receipt.png" for "some/receipt.jpg"; numbers from 2 go before the dot. */
static void path_compose(struct buffer *path, const char *folder, const char *name, uint32_t page_number,
                         unsigned number) {
    const char *slash = strrchr(name, '/');
    const char *base = slash == NULL ? name : slash + 1;
    const char *dot = strrchr(base, '.');
    size_t stem_bytes = dot == NULL || dot == base ? strlen(base) : (size_t)(dot - base);
    if (strcmp(name, "-") == 0) {
        base = "standard-input";
        stem_bytes = strlen(base);
    }
    buffer_clear(path);
    buffer_format(path, "%s/", folder);
    buffer_append(path, base, stem_bytes);
    if (page_number > 0) {
        buffer_format(path, "-page-%u", page_number);
    }
    if (number > 1) {
        buffer_format(path, "-%u", number);
    }
    buffer_append(path, ".png", sizeof ".png");
}

enum lince_status picture_reserve(const struct pictures *pictures, const char *name, uint32_t page_number,
                                  struct picture *picture, struct lince_error *error) {
    for (unsigned number = 1; pictures->folder != NULL && picture->descriptor < 0; number++) {
        path_compose(&picture->path, pictures->folder, name, page_number, number);
        if (picture->path.refused) {
            return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for the picture of %s",
                             "no hay memoria para la imagen de %s", name);
        }
        picture->descriptor = open(picture->path.bytes, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (picture->descriptor < 0 && (errno != EEXIST || number == SUFFIX_LIMIT)) {
            return folder_failed(pictures->folder, error);
        }
    }
    return LINCE_OK;
}

void picture_abandon(struct picture *picture) {
    if (picture->descriptor >= 0) {
        close(picture->descriptor);
        unlink(picture->path.bytes);
        picture->descriptor = -1;
    }
}

static uint32_t side_of(uint32_t side_px, double factor) {
    uint32_t reduced = (uint32_t)lround(side_px * factor);
    return reduced < 1 ? 1 : reduced;
}

/* The largest size with room in the memory limit; false if even a very small one has none. */
static bool size_choose(const struct image_header *header, uint64_t room_bytes, struct image_request *request,
                        uint64_t *price_bytes) {
    double area_px = (double)header->width_px * header->height_px;
    double factor = fmin(1, sqrt(PICTURE_AREA_PX / area_px));
    do {
        request->width_px = side_of(header->width_px, factor);
        request->height_px = side_of(header->height_px, factor);
        *price_bytes = image_decode_bytes(header, request->width_px, request->height_px) + PNG_WRITER_BYTES;
        factor *= 0.7;
    } while (*price_bytes > room_bytes && request->width_px >= SMALLEST_SIDE_PX &&
             request->height_px >= SMALLEST_SIDE_PX);
    return *price_bytes <= room_bytes;
}

static enum lince_status no_room(const struct picture *picture, uint64_t price_bytes, uint64_t room_bytes,
                                 struct lince_error *error) {
    return error_set(error, LINCE_ERROR_MEMORY_LIMIT,
                     "the picture %s needs %s and the memory limit leaves %s; raise the limit or omit --boxes",
                     "la imagen %s necesita %s y el límite de memoria deja %s; suba el límite o quite --boxes",
                     picture->path.bytes, size_for_people(price_bytes).text, size_for_people(room_bytes).text);
}

struct target {
    int descriptor;
    int error_number; /* of the failed write */
};

static bool bytes_write(void *context, const void *bytes, size_t bytes_count) {
    struct target *target = context;
    const char *at = bytes;
    while (bytes_count > 0) {
        ssize_t written = write(target->descriptor, at, bytes_count);
        if (written < 0 && errno != EINTR) {
            target->error_number = errno;
            return false;
        }
        at += written > 0 ? written : 0;
        bytes_count -= written > 0 ? (size_t)written : 0;
    }
    return true;
}

static enum lince_status picture_write(const struct picture *picture, const struct image *image, struct meter *meter,
                                       struct lince_error *error) {
    struct target target = {picture->descriptor, 0};
    enum lince_status status = png_writer_write(image, 0, meter, bytes_write, &target);
    if (status == LINCE_ERROR_WRITE) {
        return error_set(error, LINCE_ERROR_WRITE, "cannot write %s: %s", "no se puede escribir %s: %s",
                         picture->path.bytes, reason_for(error, target.error_number));
    }
    if (status != LINCE_OK) {
        return error_set(error, status, "no memory to write %s", "no hay memoria para escribir %s",
                         picture->path.bytes);
    }
    return LINCE_OK;
}

static enum lince_status picture_draw(struct pictures *pictures, struct picture *picture,
                                      struct lince_document *document, uint32_t index, const struct lince_page *page,
                                      struct lince_error *error) {
    struct image_header header;
    struct image_request request = {0};
    struct image image;
    uint64_t price_bytes, room_bytes = engine_room_bytes(pictures->engine);
    enum lince_status status = document_header(document, index, &header, error);
    if (status != LINCE_OK) {
        return status;
    }
    if (!size_choose(&header, room_bytes, &request, &price_bytes) || !engine_enter(pictures->engine, price_bytes)) {
        return no_room(picture, price_bytes, room_bytes, error);
    }
    status = document_decode(document, index, &request, pictures->meter, &image, error);
    if (status == LINCE_OK) {
        paint_page(&image, page, pictures->font);
        status = picture_write(picture, &image, pictures->meter, error);
        image_free(&image);
    }
    engine_leave(pictures->engine, price_bytes);
    return status;
}

/* Some file systems report only now that the disk is full. */
static enum lince_status picture_finish(struct picture *picture, struct lince_error *error) {
    int descriptor = picture->descriptor;
    picture->descriptor = -1;
    if (close(descriptor) == 0) {
        return LINCE_OK;
    }
    enum lince_status status = folder_failed(picture->path.bytes, error);
    unlink(picture->path.bytes);
    return status;
}

/* The task's image, as a document of one page. */
static enum lince_status image_draw(struct pictures *pictures, struct task *task, const struct lince_page *page,
                                    struct lince_error *error) {
    const struct list_item *item = &task->item;
    struct lince_document document;
    enum lince_status status = item->is_bytes ? document_begin(&document, pictures->engine, item->bytes.bytes,
                                                               item->bytes.used_bytes, NULL, pictures->meter, error)
                                              : document_begin_file(&document, pictures->engine, item->name.bytes, NULL,
                                                                    pictures->meter, error);
    if (status == LINCE_OK) {
        status = picture_draw(pictures, &task->picture, &document, 0, page, error);
        document_end(&document);
    }
    return status;
}

enum lince_status picture_make(struct pictures *pictures, struct task *task, const struct lince_page *page,
                               struct lince_error *error) {
    if (task->picture.descriptor < 0) {
        return LINCE_OK;
    }
    pthread_mutex_lock(&pictures->lock);
    enum lince_status status = task->paper == NULL ? image_draw(pictures, task, page, error)
                                                   : picture_draw(pictures, &task->picture, task->paper->document,
                                                                  task->page_index, page, error);
    pthread_mutex_unlock(&pictures->lock);
    return status == LINCE_OK ? picture_finish(&task->picture, error) : status;
}
