/* separator.c - compares the content of a code with the one that was asked for. */
#include "codes/separator.h"

#include <stddef.h>
#include <string.h>

bool separator_is(const char *split_on, const char *content) {
    size_t length = split_on == NULL ? 0 : strlen(split_on);
    if (length == 0 || content == NULL) {
        return false;
    }
    return split_on[length - 1] == '*' ? strncmp(content, split_on, length - 1) == 0 : strcmp(content, split_on) == 0;
}
