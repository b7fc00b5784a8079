/* foreign.c - common formats that Lince does not read, recognised by their first bytes. */
#include "image/header/foreign.h"

#include <inttypes.h>
#include <stdbool.h>
#include <string.h>

#include "base/error.h"

struct remedy {
    const char *english, *spanish;
};

static const struct remedy save_as_png = {"open it in a program that shows it and save it as PNG or JPEG",
                                          "ábralo con un programa que lo muestre y guárdelo como PNG o JPEG"},
                           convert = {"convert it, as `convert FILE page.png` of ImageMagick does",
                                      "conviértalo, como hace `convert ARCHIVO pagina.png` de ImageMagick"},
                           print = {"print or convert it to PDF, which is read",
                                    "imprímalo o conviértalo a PDF, que sí se lee"},
                           unpack = {"unpack it and read the images in it",
                                     "desempaquételo y lea las imágenes que contiene"},
                           frame = {"save a picture of the frame that shows the text as PNG",
                                    "guarde como PNG una imagen del cuadro que muestra el texto"};

/* The pattern may begin from byte `first_at` up to byte `last_at`. The first entry that matches names the file. */
static const struct foreign {
    const char *name;
    const char *pattern;
    uint8_t pattern_bytes;
    uint16_t first_at, last_at;
    const struct remedy *remedy;
} foreigns[] = {
    {"JPEG XR", "II\xBC\x01", 4, 0, 0, &convert},
    {"Photoshop", "8BPS", 4, 0, 0, &convert},
    {"GIMP", "gimp xcf", 8, 0, 0, &save_as_png},
    {"OpenEXR", "\x76\x2F\x31\x01", 4, 0, 0, &convert},
    {"PFM", "PF\n", 3, 0, 0, &convert},
    {"PFM", "Pf\n", 3, 0, 0, &convert},
    {"QOI", "qoif", 4, 0, 0, &convert},
    {"ICO", "\0\0\1\0", 4, 0, 0, &convert},
    {"DjVu", "AT&TFORM", 8, 0, 0, &print},
    {"PostScript", "%!PS", 4, 0, 0, &print},
    {"SVG", "<svg", 4, 0, 1024, &convert},
    {"HTML", "<!DOCTYPE html", 14, 0, 64, &print},
    {"HTML", "<!doctype html", 14, 0, 64, &print},
    {"HTML", "<html", 5, 0, 64, &print},
    {"RTF", "{\\rtf", 5, 0, 0, &print},
    {"Microsoft Office", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8, 0, 0, &print},
    {"Word", "word/", 5, 30, 2048, &print},
    {"Excel", "xl/", 3, 30, 2048, &print},
    {"PowerPoint", "ppt/", 4, 30, 2048, &print},
    {"OpenDocument", "mimetypeapplication/vnd.oasis", 29, 30, 64, &print},
    {"ZIP", "PK\3\4", 4, 0, 0, &unpack},
    {"RAR", "Rar!\x1A\x07", 6, 0, 0, &unpack},
    {"7z", "7z\xBC\xAF\x27\x1C", 6, 0, 0, &unpack},
    {"gzip", "\x1F\x8B\x08", 3, 0, 0, &unpack},
    {"MP4", "ftyp", 4, 4, 4, &frame},
    {"Matroska", "\x1A\x45\xDF\xA3", 4, 0, 0, &frame},
};

/* Office documents are ZIP archives; a part's name counts only inside one. */
static bool is_archive(const uint8_t *bytes, size_t bytes_count) {
    return bytes_count >= 4 && memcmp(bytes, "PK\3\4", 4) == 0;
}

static bool begins_like(const struct foreign *foreign, const uint8_t *bytes, size_t bytes_count) {
    if (foreign->first_at >= 30 && !is_archive(bytes, bytes_count)) {
        return false;
    }
    for (size_t at = foreign->first_at; at <= foreign->last_at && at + foreign->pattern_bytes <= bytes_count; at++) {
        if (memcmp(bytes + at, foreign->pattern, foreign->pattern_bytes) == 0) {
            return true;
        }
    }
    return false;
}

static const struct foreign *foreign_find(const uint8_t *bytes, size_t bytes_count) {
    for (size_t i = 0; i < sizeof foreigns / sizeof *foreigns; i++) {
        if (begins_like(&foreigns[i], bytes, bytes_count)) {
            return &foreigns[i];
        }
    }
    return NULL;
}

const char *foreign_name(const uint8_t *bytes, size_t bytes_count) {
    const struct foreign *found = foreign_find(bytes, bytes_count);
    return found == NULL ? NULL : found->name;
}

enum lince_status foreign_refuse(const uint8_t *bytes, size_t bytes_count, uint64_t file_bytes,
                                 struct lince_error *error) {
    const struct foreign *found = foreign_find(bytes, bytes_count);
    if (found != NULL) {
        bool spanish = error != NULL && error->language == LINCE_SPANISH;
        return error_set(error, LINCE_ERROR_UNKNOWN_FORMAT,
                         "these %" PRIu64 " bytes are in the format %s, which is not read here; %s",
                         "estos %" PRIu64 " bytes están en el formato %s, que aquí no se lee; %s", file_bytes,
                         found->name, spanish ? found->remedy->spanish : found->remedy->english);
    }
    return error_set(
        error, LINCE_ERROR_UNKNOWN_FORMAT,
        "these %" PRIu64 " bytes are no image that is read here; JPEG, PNG, WebP, BMP, GIF, TIFF, PDF, HEIC, AVIF, "
        "JPEG XL, JPEG 2000 and PNM are: save it as one of them",
        "estos %" PRIu64 " bytes no son una imagen que se lea aquí; se leen JPEG, PNG, WebP, BMP, GIF, TIFF, PDF, "
        "HEIC, AVIF, JPEG XL, JPEG 2000 y PNM: guárdela en uno de ellos",
        file_bytes);
}
