/* reader.h - what other files may know of a reader. */
#ifndef LINCE_ENGINE_READER_H
#define LINCE_ENGINE_READER_H

struct heap;
struct lince_reader;

/* The memory of the reader's networks. Borrowed. */
struct heap *reader_heap(const struct lince_reader *reader);

#endif
