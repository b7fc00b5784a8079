/* field_fill.c - what every field has from its candidate: its text, its place on the page, and how well it was read. */
#include "fields/result/field_fill.h"

#include <string.h>

bool field_fill(struct arena *arena, const struct search *search, const struct candidate *candidate,
                struct record_field *field) {
    field->value = arena_copy_text(arena, field->value, strlen(field->value));
    field->text = arena_copy_text(arena, candidate->text, candidate->text_bytes);
    field->reading = candidate->words_confidence;
    field->box = sheet_box_on_page(&search->sheet, candidate->box);
    field->page_line = search->sheet.lines[candidate->extents[0].line].page_line;
    confidence_inputs(search, candidate, field->inputs);
    return field->value != NULL && field->text != NULL;
}
