/* reading_work.c - what a reading may take, and what its reader gives back for it. */
#include "engine/reading_work.h"

#include "engine/admission.h"

/*
 * Under a limit that several readers share, memory that one keeps would be missing from another's price. A single
 * reader returns it before an image that would not fit beside it.
 */
bool reading_keeps_pages(const struct lince_engine *engine) {
    bool is_limited = engine->memory.limit_bytes != METER_NO_LIMIT;
    return engine->runtime_options.memory_arena != 0 && (!is_limited || engine->models_take_turns);
}

void reading_make_room(struct lince_reader *reader, uint64_t price_bytes) {
    const struct meter *process = &reader->engine->process;
    if (reading_keeps_pages(reader->engine) && process->limit_bytes != METER_NO_LIMIT &&
        process->current_bytes + price_bytes > process->limit_bytes) {
        heap_trim(reader->heap);
    }
}

/* The room for a reading, without what its letters take. */
uint64_t reading_room_bytes(const struct reading_work *work) {
    uint64_t room = admission_room_bytes(&work->reader->engine->admission);
    uint64_t letters = work->options.letters != 0 ? WORD_LETTERS_BYTES : 0;
    return room == UINT64_MAX ? room : room > letters ? room - letters : 0;
}

void reading_letters_price(const struct reading_work *work, struct plan *plan) {
    uint64_t letters = work->options.letters != 0 ? WORD_LETTERS_BYTES : 0;
    plan->page_bytes += letters;
    plan->bytes += letters;
}

void reading_scratch_clear(struct lince_reader *reader) {
    for (uint32_t i = 0; i < crew_member_count(reader->crew); i++) {
        arena_clear(reader->scratch[i]);
    }
}
