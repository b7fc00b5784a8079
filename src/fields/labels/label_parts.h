/* label_parts.h - the steps of labels_find, one file each, and what they share. */
#ifndef LINCE_FIELDS_LABELS_LABEL_PARTS_H
#define LINCE_FIELDS_LABELS_LABEL_PARTS_H

#include "fields/search.h"

/*
 * The labels that start at a folded character: the best hit, and all phrases with it (`found`, with room for the whole
 * book). If the layout itself has one of them, those of its parents do not count. Returns how many.
 */
size_t label_hits_at(const struct phrase_book *book, const struct fold *fold, size_t at, size_t end,
                     struct phrase_memo *memo, const struct phrase **found, struct phrase_hit *best);
/* Adds the phrase to the labels if its place is a label's. `first`: it begins its segment. */
void label_hit_keep(struct search *search, size_t segment_index, const struct phrase *phrase,
                    const struct phrase_hit *hit, bool first);
/* Whether only punctuation and currency signs are between two bytes of a line. */
bool label_is_blank(const struct locale *locale, const char *text, size_t from, size_t to);
/* The byte after a colon between two bytes of a line, before which only signs are; 0 if there is none. */
size_t label_colon_behind(const struct locale *locale, const char *text, size_t from, size_t to);
/* Whether something that is no label is right of the segment on its row. */
bool label_has_right_neighbour(const struct search *search, size_t index);
/* Removes the labels of a segment: they are parts of a longer one, or written by the user. */
void labels_forget(struct search *search, size_t index);
/* Whether only a mark, an icon or a bullet, read as a letter or two, precedes the label in its segment. */
bool label_is_early(const struct fold *fold, const struct segment *segment, size_t at);
/* Whether only the series of a document precedes the byte in its segment: "Serie NC Folio NC-118". */
bool label_follows_series(const struct search *search, size_t segment, size_t byte);
/* Joins rows that are one label together. False when memory is refused. */
bool labels_join_rows(struct search *search, struct phrase_memo *memo, const struct phrase **found);

/*
 * "Concepto   Referencia numérica" above "anticipo   1709267": a text beside a label is one itself if it begins as one
 * and its value is below it.
 */
void labels_head_columns(struct search *search);
/* Drops titles and buttons whose words are a text that the user wrote: they are right beside or below its label. */
void labels_forget_written(struct search *search);
/* Removes signs of numbers in a party's name: "Cliente: Junta de Vecinos N° 18". */
void labels_forget_in_names(struct search *search);
/* Removes the kind of another document beside its label: "Comprobante que se modifica   FACTURA   001-002-18844". */
void labels_forget_of_others(struct search *search);
/*
 * If most rows of a page are a label and right after it a value ("Monto Bs. 10,00", "Referencia 123"), other rows that
 * begin like a label have one too, without a colon ("Comentario Regalo").
 */
void labels_learn_inline(struct search *search);
/* Drops labels of amounts below a heading that ends them. */
void labels_end_amounts(struct search *search);
/* If most labels of a page have their values beside them, what is below a label is rarely its value. */
void labels_learn_style(struct search *search);

#endif
