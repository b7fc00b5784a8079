/* A program by somebody else: only the installed header, only the installed library. */
#include <lince.h>
#include <stdio.h>

int main(void) {
    struct lince_error error = LINCE_ERROR_INIT;
    struct lince_engine_options options = LINCE_ENGINE_OPTIONS_DEFAULTS;
    struct lince_engine *engine = NULL;
    printf("version %s\n", lince_version());
    if (lince_engine_open(&options, &engine, &error) != LINCE_OK) {
        printf("%s: %s\n", lince_status_name(error.status), error.message);
        return 1;
    }
    lince_engine_close(engine);
    puts("engine ok");
    return 0;
}
