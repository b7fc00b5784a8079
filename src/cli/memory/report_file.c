/* report_file.c - reads a report with jansson. */
#include "cli/memory/report_file.h"

#include "base/error.h"
#include "base/json_memory.h"
#include "cli/language.h"
#include "monitor/report_page.h"

static json_t *checked(json_t *report, const char *name, const json_error_t *why, enum lince_language language) {
    if (report != NULL && report_number(report, "schema") == 1 && json_is_array(json_object_get(report, "meters"))) {
        return report;
    }
    language_complain(language, "%s is not a memory report: %s", "%s no es un informe de memoria: %s", name,
                      report == NULL ? why->text
                                     : in_language(language, "it has no \"schema\": 1", "no tiene \"schema\": 1"));
    json_decref(report);
    return NULL;
}

json_t *report_file_load(const char *path, enum lince_language language) {
    json_error_t why;
    return checked(json_load_file(path, 0, &why), path, &why, language);
}

json_t *report_text_load(const char *text, size_t bytes, const char *name, enum lince_language language) {
    json_error_t why;
    return checked(json_memory_load(text, bytes, 0, &why), name, &why, language);
}
