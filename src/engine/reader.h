/* reader.h - what the engine knows of its readers. */
#ifndef LINCE_ENGINE_READER_H
#define LINCE_ENGINE_READER_H

struct heap;
struct lince_reader;

/* The next reader of the same engine, NULL after the last; the engine's tree_lock is held. */
struct lince_reader *reader_next(const struct lince_reader *reader);

/* Where the reader's networks work. Borrowed. */
struct heap *reader_heap(const struct lince_reader *reader);

#endif
