/*
 * compare.c - one form of the models in ONNX Runtime: what starting costs, what stays in memory, what a run takes.
 *
 *     compare FOLDER SUFFIX LEVEL mapped|read
 *
 * One thread, no arena of the runtime's, as Lince runs it. Times are of the processor, so that other work on the
 * machine does not count. Prints one row of a Markdown table without its first cell; models/compare.py compiles and
 * calls it.
 */
#include <fcntl.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <onnxruntime_c_api.h>

#define MODEL_COUNT 3
#define ROUND_COUNT 8

static const char *const names[MODEL_COUNT] = {"detector", "recogniser", "direction"};
static const int64_t shapes[MODEL_COUNT][4] = {{1, 3, 736, 480}, {1, 3, 48, 400}, {1, 3, 48, 192}};
static const OrtApi *api;

static void must(OrtStatus *status) {
    if (status != NULL) {
        fprintf(stderr, "compare: %s\n", api->GetErrorMessage(status));
        exit(1);
    }
}

static double processor_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

/* A figure of /proc/self/status in MiB. */
static double status_mib(const char *name) {
    char line[256];
    double kib = 0;
    FILE *file = fopen("/proc/self/status", "re");
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        if (strncmp(line, name, strlen(name)) == 0) {
            kib = strtod(line + strlen(name), NULL);
        }
    }
    if (file != NULL) {
        fclose(file);
    }
    return kib / 1024;
}

static OrtSession *session_load(OrtEnv *environment, const char *path, GraphOptimizationLevel level, int mapped) {
    OrtSessionOptions *options;
    OrtSession *session;
    must(api->CreateSessionOptions(&options));
    must(api->SetIntraOpNumThreads(options, 1));
    must(api->SetSessionGraphOptimizationLevel(options, level));
    must(api->DisableCpuMemArena(options));
    must(api->DisableMemPattern(options));
    if (!mapped) {
        must(api->CreateSession(environment, path, options, &session));
    } else {
        struct stat facts;
        int file = open(path, O_RDONLY | O_CLOEXEC);
        if (file < 0 || fstat(file, &facts) != 0) {
            perror(path);
            exit(1);
        }
        void *bytes = mmap(NULL, (size_t)facts.st_size, PROT_READ, MAP_SHARED, file, 0); /* for the process's life */
        close(file);
        must(api->AddSessionConfigEntry(options, "session.use_ort_model_bytes_directly", "1"));
        must(api->AddSessionConfigEntry(options, "session.use_ort_model_bytes_for_initializers", "1"));
        must(api->CreateSessionFromArray(environment, bytes, (size_t)facts.st_size, options, &session));
    }
    api->ReleaseSessionOptions(options);
    return session;
}

/* The least processor time of several runs on the same noise. */
static double session_run_ms(OrtSession *session, const int64_t shape[4]) {
    OrtAllocator *allocator;
    OrtMemoryInfo *memory;
    OrtValue *input;
    char *input_name, *output_name;
    size_t count = (size_t)(shape[1] * shape[2] * shape[3]);
    float *values = malloc(count * sizeof *values);
    unsigned state = 1;
    for (size_t i = 0; values != NULL && i < count; i++) {
        state = state * 1664525u + 1013904223u;
        values[i] = (float)(state >> 8) / (float)(1 << 23) - 1.0f;
    }
    must(api->GetAllocatorWithDefaultOptions(&allocator));
    must(api->CreateCpuMemoryInfo(OrtDeviceAllocator, OrtMemTypeDefault, &memory));
    must(api->CreateTensorWithDataAsOrtValue(memory, values, count * sizeof *values, shape, 4,
                                             ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT, &input));
    must(api->SessionGetInputName(session, 0, allocator, &input_name));
    must(api->SessionGetOutputName(session, 0, allocator, &output_name));
    double best = 1e9;
    for (int round = 0; round < ROUND_COUNT; round++) {
        OrtValue *output = NULL;
        double start = processor_ms();
        must(api->Run(session, NULL, (const char *const *)&input_name, (const OrtValue *const *)&input, 1,
                      (const char *const *)&output_name, 1, &output));
        double taken = processor_ms() - start;
        best = taken < best ? taken : best;
        api->ReleaseValue(output);
    }
    must(api->AllocatorFree(allocator, input_name));
    must(api->AllocatorFree(allocator, output_name));
    api->ReleaseValue(input);
    api->ReleaseMemoryInfo(memory);
    free(values);
    return best;
}

int main(int count, char **arguments) {
    if (count != 5) {
        fprintf(stderr, "usage: compare FOLDER SUFFIX LEVEL mapped|read\n");
        return 2;
    }
    OrtEnv *environment;
    OrtSession *sessions[MODEL_COUNT];
    api = OrtGetApiBase()->GetApi(ORT_API_VERSION);
    must(api->CreateEnv(ORT_LOGGING_LEVEL_ERROR, "compare", &environment));
    must(api->DisableTelemetryEvents(environment));
    double start = processor_ms();
    for (size_t i = 0; i < MODEL_COUNT; i++) {
        char path[4096];
        snprintf(path, sizeof path, "%s/%s%s", arguments[1], names[i], arguments[2]);
        GraphOptimizationLevel level = (GraphOptimizationLevel)strtol(arguments[3], NULL, 10);
        sessions[i] = session_load(environment, path, level, strcmp(arguments[4], "mapped") == 0);
    }
    double start_ms = processor_ms() - start;
    malloc_trim(0);
    printf("%.0f | %.1f | %.1f | %.1f", start_ms, status_mib("RssAnon:"), status_mib("VmRSS:"), status_mib("VmHWM:"));
    for (size_t i = 0; i < MODEL_COUNT; i++) {
        printf(" | %.1f", session_run_ms(sessions[i], shapes[i]));
        api->ReleaseSession(sessions[i]);
    }
    puts("");
    api->ReleaseEnv(environment);
    return 0;
}
