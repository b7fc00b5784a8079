/*
 * libpq.h - PostgreSQL's client library, loaded when the first shared store is opened. A service on SQLite starts
 * without it and pays no memory for it.
 */
#ifndef LINCE_STORE_LIBPQ_H
#define LINCE_STORE_LIBPQ_H

#include <libpq-fe.h>

#include "lince.h"

#define LIBPQ_FUNCTIONS(X)                                                                                             \
    X(PQclear)                                                                                                         \
    X(PQcmdStatus)                                                                                                     \
    X(PQcmdTuples)                                                                                                     \
    X(PQconninfoFree)                                                                                                  \
    X(PQconninfoParse)                                                                                                 \
    X(PQconnectdbParams)                                                                                               \
    X(PQconsumeInput)                                                                                                  \
    X(PQerrorMessage)                                                                                                  \
    X(PQfinish)                                                                                                        \
    X(PQflush)                                                                                                         \
    X(PQfreemem)                                                                                                       \
    X(PQgetResult)                                                                                                     \
    X(PQgetisnull)                                                                                                     \
    X(PQgetvalue)                                                                                                      \
    X(PQisBusy)                                                                                                        \
    X(PQnotifies)                                                                                                      \
    X(PQntuples)                                                                                                       \
    X(PQresultErrorField)                                                                                              \
    X(PQresultStatus)                                                                                                  \
    X(PQsendPrepare)                                                                                                   \
    X(PQsendQuery)                                                                                                     \
    X(PQsendQueryParams)                                                                                               \
    X(PQsendQueryPrepared)                                                                                             \
    X(PQserverVersion)                                                                                                 \
    X(PQsetNoticeReceiver)                                                                                             \
    X(PQsetSingleRowMode)                                                                                              \
    X(PQsetnonblocking)                                                                                                \
    X(PQsocket)                                                                                                        \
    X(PQstatus)                                                                                                        \
    X(PQunescapeBytea)

struct libpq {
#define MEMBER(name) __typeof__(name) *(name);
    LIBPQ_FUNCTIONS(MEMBER)
#undef MEMBER
};

/* Filled by libpq_load. */
extern struct libpq libpq;

/* Loads it if it is not loaded. UNSUPPORTED if it is not installed or lacks a function. Thread-safe. */
enum lince_status libpq_load(struct lince_error *error);

#endif
