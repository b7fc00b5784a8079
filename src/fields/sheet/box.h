/* box.h - upright boxes in pixels: their sizes, and how two of them stand to each other. */
#ifndef LINCE_FIELDS_SHEET_BOX_H
#define LINCE_FIELDS_SHEET_BOX_H

#include <stddef.h>

#include "lince.h"

/* Two boxes are in one row if they share this part of the lower one's height; of slanted rows it may be less than half.
 */
static const double ROW_SHARE = 0.4;
/* Boxes that share more than this part are surely in one row. */
static const double ROW_SURE_SHARE = 0.5;
/* In heights of a row: boxes of two rows, one right above the other, overlap by up to this. */
static const double ROWS_OVERLAP = 0.3;
/*
 * In heights of a row: what begins by more than this below another box is on a row of its own, and edges nearer than
 * this stand in one line. Letters without parts above or below make boxes half as high.
 */
static const double HALF_ROW = 0.5;

double box_height(struct lince_box box);
double box_width(struct lince_box box);
/* The y of its middle. */
double box_middle(struct lince_box box);
struct lince_box box_around(struct lince_box left, struct lince_box right);
/* Share of the lower one's height by which the two overlap vertically, 0..1. */
double box_same_row(struct lince_box left, struct lince_box right);
/* Pixels by which the two overlap horizontally; negative: the gap between them. */
double box_shared_width(struct lince_box left, struct lince_box right);
/* The part of a box that the bytes from..to of its text take, if all characters are equally wide. */
struct lince_box box_part(struct lince_box box, const char *text, size_t bytes, size_t from, size_t to);

#endif
