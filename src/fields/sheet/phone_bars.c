/* phone_bars.c - recognises the status bar and the navigation bar of a phone by their places and what is in them. */
#include "fields/sheet/phone_bars.h"

#include <string.h>

/* Parts of the page's height: the middle of a phone's status bar is above the one, its navigation bar below the other.
 */
static const double STATUS_BAR_SHARE = 0.065, NAVIGATION_SHARE = 0.8;

/* A time alone: one or two digits, a colon (or point), two digits, perhaps am or pm, at the start of the line. */
static bool starts_with_clock(const char *text) {
    size_t at = 0;
    while (text[at] >= '0' && text[at] <= '9') {
        at++;
    }
    bool colon = at >= 1 && at <= 2 && (text[at] == ':' || text[at] == '.');
    if (!colon || text[at + 1] < '0' || text[at + 1] > '9' || text[at + 2] < '0' || text[at + 2] > '9') {
        return false;
    }
    return strchr(":/.-,0123456789", text[at + 3]) == NULL || text[at + 3] == '\0';
}

/*
 * The status bar is in the top 6 % of the image, or above everything else, and has a time without seconds or date,
 * battery and network signs. The row of the first such time is the bar.
 */
static void status_bar_mark(struct sheet *sheet) {
    for (size_t i = 0; i < sheet->line_count; i++) {
        struct sheet_line *line = &sheet->lines[i];
        double middle = box_middle(line->box);
        if (middle > STATUS_BAR_SHARE * sheet->height_px || !starts_with_clock(line->text) || line->fold.count > 16) {
            continue;
        }
        bool topmost = true;
        for (size_t other = 0; other < sheet->line_count; other++) {
            topmost = topmost && (sheet->lines[other].box.y1 > line->box.y0 || sheet->lines[other].fold.count < 3);
        }
        if (!topmost) {
            continue;
        }
        for (size_t other = 0; other < sheet->line_count; other++) {
            if (box_same_row(sheet->lines[other].box, line->box) > ROW_SURE_SHARE &&
                sheet->lines[other].fold.count <= 16) {
                sheet->lines[other].chrome = true;
            }
        }
        return;
    }
}

/*
 * The navigation bar of a phone at the bottom of the image: two or three icons on one row, each read as a letter at
 * most, and nothing else on the row.
 */
static void navigation_bar_mark(struct sheet *sheet) {
    for (size_t i = 0; i < sheet->line_count; i++) {
        struct lince_box own = sheet->lines[i].box;
        size_t icons = 0, others = 0;
        for (size_t j = 0; j < sheet->line_count; j++) {
            const struct sheet_line *line = &sheet->lines[j];
            bool row = box_same_row(line->box, own) > ROW_SURE_SHARE, icon = line->fold.count <= 1 && line->bytes <= 4;
            bool below = line->box.y0 > own.y1 && !icon;
            icons += row && icon;
            others += (row && !icon) || below;
        }
        if (icons >= 2 && others == 0 && own.y0 > NAVIGATION_SHARE * sheet->height_px) {
            sheet->lines[i].chrome = true;
        }
    }
}

void phone_bars_mark(struct sheet *sheet) {
    status_bar_mark(sheet);
    navigation_bar_mark(sheet);
}
