/* source.c - memcpy or pread. */
#include "image/source.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

struct source source_of_bytes(const void *bytes, size_t bytes_count) {
    return (struct source){bytes, -1, bytes_count};
}

struct source source_of_file(int descriptor, uint64_t size_bytes) {
    return (struct source){NULL, descriptor, size_bytes};
}

bool source_read(const struct source *source, uint64_t offset, void *target, size_t count) {
    if (offset > source->size_bytes || count > source->size_bytes - offset) {
        return false;
    }
    if (source->bytes != NULL) {
        memcpy(target, source->bytes + offset, count);
        return true;
    }
    for (size_t done = 0; done < count;) {
        ssize_t got = pread(source->descriptor, (uint8_t *)target + done, count - done, (off_t)(offset + done));
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            return false;
        }
        done += (size_t)got;
    }
    return true;
}

size_t source_read_most(const struct source *source, uint64_t offset, void *target, size_t most) {
    uint64_t rest = offset < source->size_bytes ? source->size_bytes - offset : 0;
    size_t count = rest < most ? (size_t)rest : most;
    return source_read(source, offset, target, count) ? count : 0;
}
