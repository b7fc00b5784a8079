/* extra.c - writes named texts and numbers in both forms. */
#include "output/records/extra.h"

#include "output/writers/json_writer.h"
#include "output/writers/table.h"

void extra_object(struct json_writer *json, const struct extra *extra) {
    json_object_open(json, extra->name);
    for (size_t i = 0; i < extra->count; i++) {
        const struct extra_member *member = &extra->members[i];
        if (member->is_number) {
            json_whole(json, member->name, member->number);
        } else {
            json_text(json, member->name, member->text);
        }
    }
    json_object_close(json);
}

void extra_head(struct table *table, const struct extra *extra) {
    for (size_t i = 0; extra != NULL && i < extra->count; i++) {
        table_text(table, TABLE_HEAD, extra->members[i].name, false);
    }
}

void extra_cells(struct table *table, const struct extra *extra) {
    for (size_t i = 0; extra != NULL && i < extra->count; i++) {
        const struct extra_member *member = &extra->members[i];
        if (!member->is_number) {
            table_text(table, TABLE_TEXT, member->text, false);
        } else if (member->number > 0) {
            table_number(table, TABLE_WHOLE, (double)member->number, false);
        } else {
            table_blank(table);
        }
    }
}
