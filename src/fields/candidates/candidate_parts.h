/* candidate_parts.h - what the files of this folder share: names, payees and free texts as candidates. */
#ifndef LINCE_FIELDS_CANDIDATES_CANDIDATE_PARTS_H
#define LINCE_FIELDS_CANDIDATES_CANDIDATE_PARTS_H

#include "fields/search.h"

/* The least quality of a name. */
static const double NAME_QUALITY_LEAST = 0.3;

typedef size_t (*finder)(const struct locale *locale, const char *text, size_t bytes, struct find *finds, size_t room);

/* Each adds candidates, and returns false when memory is refused. */

/* The names of a stretch. */
bool candidate_names_add(struct search *search, const struct stretch *stretch);
/* "Enviaste Bs. 10,00 a NAME (0414-...)": the sentence with its next rows, and the name after or before its amount. */
bool candidate_payee_add(struct search *search, const struct stretch *sentence);
/* Adds who asks for money: "NAME te pide". */
bool candidate_asker_add(struct search *search, const struct stretch *sentence);
/* Adds the payer of a bank's letter to the payee: "nuestro cliente NAME ha realizado ...". */
bool candidate_client_add(struct search *search, const struct stretch *sentence);
/* The free text of a label: the text beside it, or else the first row below; and the rows that continue it. */
bool candidate_text_add(struct search *search, size_t label_index);
/* A name or text in several rows beside the middle of its label. */
bool candidate_centred_add(struct search *search, size_t label_index, enum value_type type);

/* Marks the bytes of a stretch that phones, ids, banks and the like use; names are found in the rest. */
void candidate_taken_mark(const struct search *search, const struct stretch *stretch, unsigned char *taken);
/* Whether a row begins with a label and its colon: "Domicilio: Ruta 226". */
bool candidate_row_has_label(const char *text, size_t bytes);
/* Whether a name neither begins nor ends with the sign. */
bool candidate_is_edge(char c);
/* The end of a name in a sentence: before a word in small letters ("fue procesado"), except "de", "la" and the like. */
size_t candidate_name_end(const struct locale *locale, const char *text, size_t bytes);

#endif
