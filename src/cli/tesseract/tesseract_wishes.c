/* tesseract_wishes.c - takes configurations and variables of Tesseract, and checks numbers and languages. */
#include "cli/tesseract/tesseract_wishes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/language.h"

/* Page segmentation modes that report a page's turn or skew, and no text. */
enum { PSM_OSD_ONLY = 0, PSM_SKEW_ONLY = 2, PSM_MOST = 13, DOTS_LEAST = 70, DOTS_MOST = 2400 };

const struct tesseract_form tesseract_forms[FORMS_COUNT] = {
    {"txt", "tessedit_create_txt", "txt", &output_text},
    {"hocr", "tessedit_create_hocr", "hocr", &output_hocr},
    {"alto", "tessedit_create_alto", "xml", &output_alto},
    {"tsv", "tessedit_create_tsv", "tsv", &output_tesseract_tsv},
    {"pdf", "tessedit_create_pdf", "pdf", &output_pdf},
    {"makebox", "tessedit_create_boxfile", "box", &output_tesseract_box},
    {NULL, NULL, "osd", &output_tesseract_osd},
    {NULL, NULL, NULL, &output_tesseract_skew}};

/* Languages in the Latin script, which Lince reads, and "osd", which callers name with --psm 0. */
static const char *const languages[] = {"cat", "dan", "deu", "eng", "est", "eus", "fin", "fra", "glg",
                                        "hrv", "hun", "isl", "ita", "lat", "lit", "nld", "nor", "pol",
                                        "osd", "por", "ron", "slk", "slv", "spa", "swe", "tur", NULL};

void tesseract_languages_list(void) {
    size_t count = 0;
    while (languages[count] != NULL) {
        count++;
    }
    printf("List of available languages in \"lince\" (%zu):\n", count);
    for (size_t i = 0; i < count; i++) {
        puts(languages[i]);
    }
}

static bool language_is_known(const char *name, size_t bytes) {
    for (size_t i = 0; languages[i] != NULL; i++) {
        if (strlen(languages[i]) == bytes && memcmp(languages[i], name, bytes) == 0) {
            return true;
        }
    }
    return false;
}

static bool languages_check(const char *asked, enum lince_language language) {
    for (const char *name = asked; *name != '\0';) {
        size_t bytes = strcspn(name, "+");
        if (!language_is_known(name, bytes)) {
            language_complain(language, "language %.*s is not read; see: lince tesseract --list-langs",
                              "el idioma %.*s no se lee; vea: lince tesseract --list-langs", (int)bytes, name);
            return false;
        }
        name += bytes + (name[bytes] == '+');
    }
    return true;
}

static bool number_take(const char *name, const char *text, long least, long most, enum lince_language language,
                        long *taken) {
    char *end;
    long number = text == NULL ? least : strtol(text, &end, 10);
    *taken = number;
    if (text != NULL && (*text == '\0' || *end != '\0' || number < least || number > most)) {
        language_complain(language, "--%s takes a number from %ld to %ld here, not \"%s\"",
                          "--%s lleva aquí un número de %ld a %ld, no \"%s\"", name, least, most, text);
        return false;
    }
    return true;
}

/* The text after "NAME=" if the variable has this name; otherwise NULL. */
static const char *value_of(const char *variable, const char *name) {
    size_t bytes = strlen(name);
    return strncmp(variable, name, bytes) == 0 && variable[bytes] == '=' ? variable + bytes + 1 : NULL;
}

static bool is_true(const char *value) {
    return *value != '\0' && strchr("1tTyY", *value) != NULL;
}

/* Tesseract too keeps the image's own value if this one is not credible. */
static void dots_take(long dots, enum lince_language language, struct tesseract_wishes *wishes) {
    if (dots >= DOTS_LEAST && dots <= DOTS_MOST) {
        wishes->dots_per_inch = (double)dots;
    } else {
        language_complain(language, "%ld dots per inch are not from %d to %d; the image's own value is used",
                          "%ld puntos por pulgada no están entre %d y %d; se usa el valor de la imagen", dots,
                          DOTS_LEAST, DOTS_MOST);
    }
}

/* "tessedit_create_tsv=1" */
static void variable_take(const char *variable, enum lince_language language, struct tesseract_wishes *wishes) {
    const char *value = value_of(variable, "textonly_pdf");
    if (value != NULL) {
        wishes->text_only = is_true(value);
        return;
    }
    if ((value = value_of(variable, "hocr_char_boxes")) != NULL) {
        wishes->letters = is_true(value);
        return;
    }
    if ((value = value_of(variable, "user_defined_dpi")) != NULL) {
        dots_take(strtol(value, NULL, 10), language, wishes);
        return;
    }
    for (size_t i = 0; i <= FORM_LAST_NAMED; i++) {
        if ((value = value_of(variable, tesseract_forms[i].variable)) != NULL) {
            wishes->wants[i] = is_true(value);
            return;
        }
    }
    language_complain(language, "%s has no meaning here", "%s no significa nada aquí", variable);
}

static bool config_take(const char *config, enum lince_language language, struct tesseract_wishes *wishes) {
    for (size_t i = 0; i <= FORM_LAST_NAMED; i++) {
        if (strcmp(config, tesseract_forms[i].config) == 0) {
            wishes->wants[i] = true;
            return true;
        }
    }
    if (strcmp(config, "quiet") == 0 || strncmp(config, "batch", 5) == 0) { /* "batch.nochop" */
        return true;
    }
    if (strchr(config, '=') != NULL) { /* callers put several variables behind one -c */
        variable_take(config, language, wishes);
        return true;
    }
    language_complain(language, "there is no configuration %s; txt, hocr, alto, tsv, pdf, makebox and quiet are there",
                      "no existe la configuración %s; hay txt, hocr, alto, tsv, pdf, makebox y quiet", config);
    return false;
}

bool tesseract_wishes_take(const struct tesseract_asked *asked, char *const *configs, int count,
                           enum lince_language language, struct tesseract_wishes *wishes) {
    bool any = false;
    long psm, dots, ignored;
    *wishes = (struct tesseract_wishes){0};
    for (size_t i = 0; i < asked->variables.count; i++) {
        variable_take(asked->variables.items[i], language, wishes);
    }
    for (int i = 0; i < count; i++) {
        if (!config_take(configs[i], language, wishes)) {
            return false;
        }
    }
    for (size_t i = 0; i < FORMS_COUNT; i++) {
        any = any || wishes->wants[i];
    }
    wishes->wants[FORM_TEXT] = wishes->wants[FORM_TEXT] || !any;
    if (!languages_check(asked->language, language) || !number_take("psm", asked->psm, 0, PSM_MOST, language, &psm) ||
        !number_take("dpi", asked->dpi, 1, 100000, language, &dots) ||
        !number_take("oem", asked->oem, 0, 3, language, &ignored)) {
        return false;
    }
    if (asked->dpi != NULL) {
        dots_take(dots, language, wishes);
    }
    if (psm == PSM_OSD_ONLY || psm == PSM_SKEW_ONLY) {
        memset(wishes->wants, 0, sizeof wishes->wants);
        wishes->wants[psm == PSM_OSD_ONLY ? FORM_OSD : FORM_SKEW] = true;
    }
    return true;
}
