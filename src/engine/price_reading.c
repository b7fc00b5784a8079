/* price_reading.c - headers, prices and refusals. */
#include "engine/price_reading.h"

#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "engine/codes_stage.h"
#include "engine/engine_state.h"
#include "engine/memory.h"
#include "image/header/foreign.h"

/* Nearly every header, with its colour profile and preview, ends before this. */
enum { HEADER_BYTES = 64 << 10 };

/* The orientation of a WebP image is at its end, and the length of a JPEG 2000 image counts in its price. */
static bool is_whole_header(const struct image_header *header, uint64_t seen_bytes, const struct file *file) {
    return seen_bytes >= file->size_bytes ||
           (!header->wants_whole && header->format != LINCE_FORMAT_WEBP && header->format != LINCE_FORMAT_JP2);
}

static enum lince_status header_within(const struct file *file, uint64_t most_bytes, struct meter *meter,
                                       struct image_header *header, struct lince_error *error) {
    struct file_bytes bytes;
    enum lince_status status = file_read_start(file, most_bytes, meter, &bytes, error);
    if (status == LINCE_OK) {
        status = image_header_read(bytes.bytes, bytes.count, header, error);
        if (status == LINCE_ERROR_UNKNOWN_FORMAT) { /* that message counted only these bytes */
            foreign_refuse(bytes.bytes, bytes.count, file->size_bytes, error);
        }
        meter_free(bytes.bytes);
    }
    header->file_bytes = file->size_bytes;
    return status;
}

static enum lince_status header_in_whole(struct lince_engine *engine, const struct file *file, struct meter *meter,
                                         struct image_header *header, struct lince_error *error) {
    if (!admission_enter(&engine->admission, file->size_bytes)) {
        uint64_t needed = memory_limit_for(engine, file->size_bytes);
        error_set(error, LINCE_ERROR_MEMORY_LIMIT,
                  "%s has %s to read, and the memory limit leaves %s; a limit of %s may do",
                  "%s tiene %s por leer y el límite de memoria deja %s; puede bastar un límite de %s", file->path,
                  size_for_people(file->size_bytes).text,
                  size_for_people(admission_room_bytes(&engine->admission)).text, size_for_people(needed).text);
        error_needs(error, needed);
        memory_refused(engine, needed);
        return LINCE_ERROR_MEMORY_LIMIT;
    }
    enum lince_status status = header_within(file, file->size_bytes, meter, header, error);
    admission_leave(&engine->admission, file->size_bytes);
    return status;
}

enum lince_status price_header_of_file(struct lince_engine *engine, const struct file *file, struct meter *meter,
                                       struct image_header *header, struct lince_error *error) {
    struct lince_error at_start = LINCE_ERROR_INIT;
    at_start.language = error == NULL ? LINCE_ENGLISH : error->language;
    enum lince_status status = header_within(file, HEADER_BYTES, meter, header, &at_start);
    bool is_decided = status == LINCE_OK ? is_whole_header(header, HEADER_BYTES, file)
                                         : status != LINCE_ERROR_DAMAGED || file->size_bytes <= HEADER_BYTES;
    if (!is_decided) {
        return header_in_whole(engine, file, meter, header, error);
    }
    return status == LINCE_OK ? LINCE_OK : error_set(error, status, "%s", "%s", at_start.message);
}

enum lince_status price_refuse(struct lince_engine *engine, const struct image_header *header, const struct plan *plan,
                               struct lince_error *error) {
    uint64_t needed = memory_limit_for(engine, plan->bytes);
    struct size_text price = size_for_people(plan->bytes), limit = size_for_people(engine->memory.limit_bytes);
    struct size_text room = size_for_people(admission_room_bytes(&engine->admission)), enough = size_for_people(needed);
    error_set(error, LINCE_ERROR_MEMORY_LIMIT,
              "an image of %u x %u needs %s and the memory limit of %s leaves %s; a limit of %s would do",
              "una imagen de %u x %u necesita %s y el límite de memoria de %s deja %s; bastaría un límite de %s",
              header->width_px, header->height_px, price.text, limit.text, room.text, enough.text);
    error_needs(error, needed);
    memory_refused(engine, needed);
    return LINCE_ERROR_MEMORY_LIMIT;
}

enum lince_status price_pay(struct lince_engine *engine, const struct image_header *header, const struct plan *plan,
                            struct lince_error *error) {
    return admission_enter(&engine->admission, plan->bytes) ? LINCE_OK : price_refuse(engine, header, plan, error);
}

static void price_fill(struct lince_engine *engine, const struct image_header *header, const struct plan *plan,
                       struct lince_price *price) {
    struct plan smallest, usual, with_codes = *plan;
    plan_make(header, engine->models_are_fast, 0, &smallest);
    plan_usual(header, engine->models_are_fast, admission_room_bytes(&engine->admission), &usual);
    bool has_codes = codes_plan_make(&with_codes, admission_room_bytes(&engine->admission)).reduction > 0;
    struct lince_price filled = {
        .size = price->size < sizeof filled ? price->size : sizeof filled,
        .format = header->format,
        .width_px = header->width_px,
        .height_px = header->height_px,
        .working_width_px = plan->working_width_px,
        .working_height_px = plan->working_height_px,
        .read_bytes = plan->bytes,
        .smallest_limit_bytes = memory_limit_for(engine, smallest.bytes),
        .decode_bytes = plan->decode_bytes,
        .detect_bytes = plan->detect_bytes,
        .recognise_bytes = plan->recognise_bytes,
        .page_bytes = plan->image_bytes + plan->page_bytes,
        .read_codes_bytes = has_codes ? with_codes.bytes : 0,
        .usual_width_px = usual.working_width_px,
        .usual_height_px = usual.working_height_px,
        .usual_bytes = usual.bytes,
    };
    memcpy(price, &filled, filled.size);
}

enum lince_status price_make(struct lince_engine *engine, const struct image_header *header, struct lince_price *price,
                             struct lince_error *error) {
    struct plan plan;
    memory_settle(engine);
    bool fits = plan_make(header, engine->models_are_fast, admission_room_bytes(&engine->admission), &plan);
    price_fill(engine, header, &plan, price);
    return fits ? LINCE_OK : price_refuse(engine, header, &plan, error);
}
