/*
 * crew.h - a few threads that wait for work and then run beside their owner's thread.
 *
 * One thread owns a crew and calls it. The helpers start when the crew opens, so that they are there even if the
 * process may start no threads later.
 */
#ifndef LINCE_BASE_CREW_H
#define LINCE_BASE_CREW_H

#include "lince.h"

struct crew;
struct meter;

/*
 * Gives a crew of `member_count` members, the owner's thread included; fewer if the system starts no more threads.
 * Borrows `meter`. MEMORY_LIMIT.
 */
enum lince_status crew_open(struct meter *meter, uint32_t member_count, struct crew **crew, struct lince_error *error);

/* Ends the helpers. NULL is allowed. */
void crew_close(struct crew *crew);

uint32_t crew_member_count(const struct crew *crew);

/*
 * Calls work(context, member) once for every member at the same time, with the owner's thread as member 0. Returns when
 * all have returned.
 */
void crew_run(struct crew *crew, void (*work)(void *context, uint32_t member), void *context);

#endif
