/* kernels.c - chooses the inner loops for this processor. */
#include "infer/integer/kernels.h"

#if defined(__aarch64__)
#include <sys/auxv.h>
#elif defined(__x86_64__)
#include <cpuid.h>
#include <pthread.h>
#include <sys/syscall.h>
#include <unistd.h>

/* CPUID leaf 7, subleaf 1: __builtin_cpu_supports of older compilers does not know it. */
static bool has_avx_vnni(void) {
    unsigned eax = 0, ebx, ecx, edx;
    return __get_cpuid_count(7, 1, &eax, &ebx, &ecx, &edx) != 0 && (eax & (1u << 4)) != 0;
}

/*
 * Whether the processor has AMX for bytes (CPUID leaf 7) and the kernel lets this process use its registers. The kernel
 * is asked once: a process that has given up its rights may not ask, but keeps what it was given.
 */
static bool is_amx_there;

static void amx_ask(void) {
    enum { REQUEST_PERMISSION = 0x1023, TILE_DATA = 18 }; /* ARCH_REQ_XCOMP_PERM, XFEATURE_XTILEDATA */
    const unsigned tile = 1u << 24, int8 = 1u << 25;
    unsigned eax, ebx, ecx, edx = 0;
    is_amx_there = __get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx) != 0 && (edx & tile) != 0 && (edx & int8) != 0 &&
                   syscall(SYS_arch_prctl, REQUEST_PERMISSION, TILE_DATA) == 0;
}

static bool has_amx(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, amx_ask);
    return is_amx_there;
}
#endif

size_t kernels_list(const struct kernels *list[KERNELS_LIMIT]) {
    size_t count = 0;
    list[count++] = &kernels_portable;
#if defined(__aarch64__)
    if ((getauxval(AT_HWCAP) & HWCAP_ASIMDDP) != 0) {
        list[count++] = &kernels_neon;
    }
#elif defined(__x86_64__)
    __builtin_cpu_init();
    bool has_avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    if (has_avx2) {
        list[count++] = &kernels_avx2;
    }
    if (has_avx2 && has_avx_vnni()) {
        list[count++] = &kernels_avx_vnni;
    }
    bool has_avx512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                      __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") &&
                      __builtin_cpu_supports("avx512vnni");
    if (has_avx512) {
        list[count++] = &kernels_avx512_vnni;
    }
    bool has_vbmi = has_avx512 && __builtin_cpu_supports("avx512vbmi");
    if (has_vbmi) {
        list[count++] = &kernels_avx512_vbmi;
    }
    if (has_vbmi && has_amx()) {
        list[count++] = &kernels_amx;
    }
#endif
    return count;
}

const struct kernels *kernels_best(void) {
    const struct kernels *list[KERNELS_LIMIT];
    return list[kernels_list(list) - 1];
}

bool kernels_beat_floats(void) {
    const struct kernels *best = kernels_best();
#if defined(__x86_64__)
    if (best == &kernels_avx2) {
        return !__builtin_cpu_supports("avx512f");
    }
#endif
    return best != &kernels_portable;
}
