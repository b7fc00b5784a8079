/* reading_page.h - makes a page: of what the file says itself, or by reading its picture within an agreed price. */
#ifndef LINCE_ENGINE_READING_PAGE_H
#define LINCE_ENGINE_READING_PAGE_H

#include "engine/reading_work.h"

/* Takes the page's text layer, if there is one to be used. */
enum lince_status reading_layer_find(struct reading_work *work, struct lince_error *error);

/* Makes work->page. What is done for it depends on who knows its text. */
enum lince_status reading_page_make(struct reading_work *work, const struct image_header *header,
                                    struct lince_error *error);

#endif
