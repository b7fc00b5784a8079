/* reader.h - what others know of a reader. */
#ifndef LINCE_ENGINE_READER_H
#define LINCE_ENGINE_READER_H

struct heap;
struct lince_reader;

/* Where the reader's networks work. Borrowed. */
struct heap *reader_heap(const struct lince_reader *reader);

#endif
