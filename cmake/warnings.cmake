# The language level and the warnings for all of Lince's own code.
add_library(lince_warnings INTERFACE)
target_compile_features(lince_warnings INTERFACE c_std_17)
target_compile_definitions(lince_warnings INTERFACE _GNU_SOURCE)
target_compile_options(lince_warnings INTERFACE
    -Wall -Wextra -Werror -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith -Wcast-qual
    -Wwrite-strings -Wvla -Wundef -Wformat=2 -Wno-format-nonliteral -fno-common)
