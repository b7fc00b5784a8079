/* evidence.c - what is kept of the evidence for the verdict. */
#include "fields/evidence/evidence.h"

#include <stdio.h>

void evidence_note(struct evidence *evidence, size_t country, const char *kind, const char *text, size_t bytes) {
    if (evidence->note_count < sizeof evidence->notes / sizeof *evidence->notes) {
        evidence->notes[evidence->note_count].country = country;
        snprintf(evidence->notes[evidence->note_count].text, EVIDENCE_BYTES, "%s:%.*s", kind, (int)bytes, text);
        evidence->note_count++;
    }
}

bool evidence_is_written(const struct evidence *evidence, size_t line_index, size_t at) {
    const struct extent byte = {line_index, at, at + 1};
    for (size_t i = 0; i < evidence->written_count; i++) {
        if (extents_meet(evidence->written[i], byte)) {
            return true;
        }
    }
    return false;
}
