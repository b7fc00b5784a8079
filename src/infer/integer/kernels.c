/* kernels.c - which of the inner loops this processor can run. */
#include "infer/integer/kernels.h"

size_t kernels_list(const struct kernels *list[KERNELS_LIMIT]) {
    size_t count = 0;
    list[count++] = &kernels_portable;
#if defined(__x86_64__)
    __builtin_cpu_init();
    bool has_avx512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                      __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") &&
                      __builtin_cpu_supports("avx512vnni");
    if (has_avx512) {
        list[count++] = &kernels_avx512_vnni;
    }
    if (has_avx512 && __builtin_cpu_supports("avx512vbmi")) {
        list[count++] = &kernels_avx512_vbmi;
    }
#endif
    return count;
}

const struct kernels *kernels_best(void) {
    const struct kernels *list[KERNELS_LIMIT];
    return list[kernels_list(list) - 1];
}
