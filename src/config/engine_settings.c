/* engine_settings.c - converts the engine's settings to its options. */
#include "config/engine_settings.h"

void engine_settings_apply(const struct settings *settings, struct lince_engine_options *options,
                           struct lince_runtime_options *runtime) {
    uint64_t threads = SETTING_NUMBER(settings, runtime_intra_op_threads);
    options->model = (enum lince_model)SETTING_NUMBER(settings, model);
    options->cleanup_share = (double)SETTING_NUMBER(settings, memory_cleanup) / 100.0;
    if (threads > 0) {
        options->threads_per_image = (uint32_t)threads;
    }
    options->runtime = runtime;
    *runtime = (struct lince_runtime_options){
        .size = sizeof *runtime,
        .memory_pattern = (uint32_t)SETTING_NUMBER(settings, runtime_memory_pattern),
        .memory_arena = (uint32_t)SETTING_NUMBER(settings, runtime_cpu_arena),
        .arena_doubles = (uint32_t)SETTING_NUMBER(settings, runtime_arena_extend),
        .parallel = (uint32_t)SETTING_NUMBER(settings, runtime_execution),
        .inter_op_threads = (uint32_t)SETTING_NUMBER(settings, runtime_inter_op_threads),
        .spinning = (uint32_t)SETTING_NUMBER(settings, runtime_spinning),
    };
}
