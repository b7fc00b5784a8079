/* party_json.h - a known party as JSON, and as people send it. */
#ifndef LINCE_SERVE_PARTIES_PARTY_JSON_H
#define LINCE_SERVE_PARTIES_PARTY_JSON_H

#include "serve/http/request.h"
#include "store/parties/parties.h"

json_t *party_json(const struct party *party);
/* Reads {"names": ["Ana"], "ids": ["V-1.234.567"]} into canonical values. False after answering with a problem. */
bool party_entry_take(struct request *request, json_t *json, struct party_entry *entry);
/* Whether it is enough for a party: a name, and what it is found by. False after answering with a problem. */
bool party_entry_check(struct request *request, const struct party_entry *entry);

#endif
