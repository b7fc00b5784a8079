/* zip.c - minizip over a source; what is in an entry is told by its first bytes. */
#include "archive/zip.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unzip.h>

#include "archive/zip_name.h"
#include "base/error.h"
#include "base/meter.h"
#include "image/format.h"
#include "image/header/foreign.h"

enum { WINDOW_BYTES = 16 << 10, START_BYTES = 1032, MADE_BY_UNIX = 3, MADE_BY_MAC = 19, METHOD_DEFLATED = 8 };
enum { FLAG_ENCRYPTED = 1, FLAG_UTF8 = 1 << 11 };

/* What minizip and zlib hold for an open archive and entry: measured at 58 kB, and some room. */
enum { LIBRARY_BYTES = 80 << 10 };

struct zip {
    struct meter *meter;
    struct source source;
    uint64_t at;        /* where minizip stands in the source */
    uint64_t window_at; /* where the window is */
    size_t window_bytes;
    unzFile archive;
    bool is_begun, is_open; /* zip_next was called; an entry is open */
    bool is_at_entry;       /* zip_go_to chose the entry */
    uint64_t number;        /* of the entry, from 1 */
    uint64_t left_bytes;    /* of the open entry, as it says */
    uint8_t start[START_BYTES];
    size_t start_bytes, start_given;
    uint8_t window[WINDOW_BYTES];
};

/* ---- what minizip reads and seeks with ---- */

static voidpf stream_open(voidpf opaque, const void *name, int mode) {
    (void)name, (void)mode;
    return opaque;
}

static bool window_fill(struct zip *zip) {
    uint64_t left = zip->source.size_bytes - zip->at;
    zip->window_at = zip->at;
    zip->window_bytes = left < WINDOW_BYTES ? (size_t)left : WINDOW_BYTES;
    bool is_read = source_read(&zip->source, zip->at, zip->window, zip->window_bytes);
    zip->window_bytes = is_read ? zip->window_bytes : 0;
    return is_read;
}

static uLong stream_read(voidpf opaque, voidpf stream, void *bytes, uLong count) {
    struct zip *zip = opaque;
    uint8_t *target = bytes;
    uLong given = 0;
    (void)stream;
    while (given < count && zip->at < zip->source.size_bytes) {
        bool is_inside = zip->at >= zip->window_at && zip->at < zip->window_at + zip->window_bytes;
        if (!is_inside && !window_fill(zip)) {
            break;
        }
        size_t from = (size_t)(zip->at - zip->window_at), there = zip->window_bytes - from;
        size_t part = count - given < there ? count - given : there;
        memcpy(target + given, zip->window + from, part);
        zip->at += part;
        given += part;
    }
    return given;
}

static ZPOS64_T stream_tell(voidpf opaque, voidpf stream) {
    (void)stream;
    return ((struct zip *)opaque)->at;
}

static long stream_seek(voidpf opaque, voidpf stream, ZPOS64_T offset, int origin) {
    struct zip *zip = opaque;
    uint64_t base = origin == ZLIB_FILEFUNC_SEEK_END   ? zip->source.size_bytes
                    : origin == ZLIB_FILEFUNC_SEEK_CUR ? zip->at
                                                       : 0;
    (void)stream;
    if (offset > zip->source.size_bytes || base + offset > zip->source.size_bytes) {
        return -1;
    }
    zip->at = base + offset;
    return 0;
}

static int stream_close(voidpf opaque, voidpf stream) {
    (void)opaque, (void)stream;
    return 0;
}

/* ---- the archive ---- */

static enum lince_status damaged(struct lince_error *error) {
    return error_set(error, LINCE_ERROR_DAMAGED,
                     "the ZIP archive is cut short or damaged; get the file again from its source",
                     "el archivo ZIP está cortado o dañado; vuelva a obtenerlo de su origen");
}

enum lince_status zip_open(const struct source *source, struct meter *meter, struct zip **zip,
                           struct lince_error *error) {
    uint8_t start[4];
    *zip = NULL;
    if (source_read(source, 0, start, sizeof start) && memcmp(start, "PK\5\6", 4) == 0) {
        return error_set(error, LINCE_ERROR_EMPTY, "the ZIP archive has no files",
                         "el archivo ZIP no contiene archivos");
    }
    bool is_charged = meter_charge(meter, LIBRARY_BYTES);
    struct zip *opened = is_charged ? meter_new(meter, struct zip) : NULL;
    if (opened == NULL) {
        meter_release(meter, is_charged ? LIBRARY_BYTES : 0);
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory to open the ZIP archive; raise the limit",
                         "no hay memoria para abrir el archivo ZIP; suba el límite");
    }
    opened->meter = meter;
    opened->source = *source;
    zlib_filefunc64_def functions = {.zopen64_file = stream_open,
                                     .zread_file = stream_read,
                                     .ztell64_file = stream_tell,
                                     .zseek64_file = stream_seek,
                                     .zclose_file = stream_close,
                                     .zerror_file = stream_close,
                                     .opaque = opened};
    opened->archive = unzOpen2_64("", &functions);
    if (opened->archive == NULL) {
        zip_close(opened);
        return damaged(error);
    }
    *zip = opened;
    return LINCE_OK;
}

static void entry_close(struct zip *zip) {
    if (zip->is_open) {
        (void)unzCloseCurrentFile(zip->archive);
    }
    zip->is_open = false;
}

void zip_close(struct zip *zip) {
    if (zip == NULL) {
        return;
    }
    if (zip->archive != NULL) {
        entry_close(zip);
        unzClose(zip->archive);
    }
    struct meter *meter = zip->meter;
    meter_free(zip);
    meter_release(meter, LIBRARY_BYTES);
}

/* Entries that only packages of programs have. */
static bool name_is_of_package(const char *name, bool is_first) {
    static const char *const names[] = {"[Content_Types].xml", "META-INF/MANIFEST.MF", "META-INF/container.xml",
                                        "META-INF/manifest.xml", "AndroidManifest.xml"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(name, names[i]) == 0) {
            return true;
        }
    }
    return is_first && strcmp(name, "mimetype") == 0;
}

enum lince_status zip_check(struct zip *zip, uint64_t entries_most, struct lince_error *error) {
    char name[ZIP_NAME_BYTES] = "";
    unz_global_info64 about;
    if (unzGetGlobalInfo64(zip->archive, &about) != UNZ_OK) {
        return damaged(error);
    }
    if (about.number_entry > entries_most) {
        return error_set(error, LINCE_ERROR_TOO_LARGE, "the ZIP archive has %llu entries; at most %llu are taken",
                         "el archivo ZIP tiene %llu entradas; se admiten como mucho %llu",
                         (unsigned long long)about.number_entry, (unsigned long long)entries_most);
    }
    int code = unzGoToFirstFile(zip->archive);
    for (bool is_first = true; code == UNZ_OK; is_first = false) {
        if (unzGetCurrentFileInfo64(zip->archive, NULL, name, sizeof name - 1, NULL, 0, NULL, 0) != UNZ_OK) {
            return damaged(error);
        }
        if (name_is_of_package(name, is_first)) {
            return error_set(error, LINCE_ERROR_UNKNOWN_FORMAT,
                             "this ZIP archive is a document or package of a program (its %s says so), not an archive "
                             "of images; print it to PDF",
                             "este archivo ZIP es un documento o paquete de un programa (lo dice su %s), no un archivo "
                             "de imágenes; imprímalo a PDF",
                             name);
        }
        memset(name, 0, sizeof name);
        code = unzGoToNextFile(zip->archive);
    }
    return code == UNZ_END_OF_LIST_OF_FILE || about.number_entry == 0 ? LINCE_OK : damaged(error);
}

/* ---- entries ---- */

bool zip_go_to(struct zip *zip, const struct zip_place *place) {
    const unz64_file_pos position = {place->at, place->number};
    entry_close(zip);
    bool is_there = place->number == 0
                        ? unzGoToFirstFile(zip->archive) == UNZ_OK
                        : place->at < zip->source.size_bytes && unzGoToFilePos64(zip->archive, &position) == UNZ_OK;
    zip->is_begun = zip->is_at_entry = is_there;
    zip->number = place->number;
    return is_there;
}

uint64_t zip_number(const struct zip *zip) {
    return zip->number;
}

bool zip_place_after(struct zip *zip, struct zip_place *place) {
    unz64_file_pos position;
    entry_close(zip);
    if (unzGoToNextFile(zip->archive) != UNZ_OK || unzGetFilePos64(zip->archive, &position) != UNZ_OK) {
        return false;
    }
    zip->is_at_entry = true;
    *place = (struct zip_place){position.pos_in_zip_directory, position.num_of_file};
    return true;
}

static bool is_link_or_device(const unz_file_info64 *info) {
    uint32_t system = (uint32_t)(info->version >> 8), mode = (uint32_t)(info->external_fa >> 16) & S_IFMT;
    return (system == MADE_BY_UNIX || system == MADE_BY_MAC) && mode != 0 && mode != S_IFREG && mode != S_IFDIR;
}

/* What its list says of an entry, before a byte of it is unpacked. */
static enum lince_status entry_check(const unz_file_info64 *info, struct lince_error *error) {
    if ((info->flag & FLAG_ENCRYPTED) != 0) {
        return error_set(error, LINCE_ERROR_UNSUPPORTED,
                         "the entry is encrypted; unpack it with its password and send "
                         "what is in it",
                         "la entrada está cifrada; desempaquétela con su contraseña y envíe lo que contiene");
    }
    if (is_link_or_device(info)) {
        return error_set(error, LINCE_ERROR_UNSUPPORTED, "the entry is a link or a device, not a file",
                         "la entrada es un enlace o un dispositivo, no un archivo");
    }
    if (info->compression_method != 0 && info->compression_method != METHOD_DEFLATED) {
        return error_set(error, LINCE_ERROR_UNSUPPORTED,
                         "the entry is packed by method %lu; only stored and deflated ones are read; pack it again",
                         "la entrada está comprimida con el método %lu; solo se leen las almacenadas y las "
                         "comprimidas con deflate; comprímala de nuevo",
                         (unsigned long)info->compression_method);
    }
    if (info->uncompressed_size > ZIP_RATIO_FREE_BYTES &&
        info->uncompressed_size / ZIP_RATIO_LIMIT > info->compressed_size) {
        return error_set(
            error, LINCE_ERROR_TOO_LARGE,
            "the entry would unpack to %llu bytes, more than %d times what it takes; no image is packed so",
            "la entrada ocuparía %llu bytes, más de %d veces lo que ocupa comprimida; ninguna imagen se "
            "comprime así",
            (unsigned long long)info->uncompressed_size, ZIP_RATIO_LIMIT);
    }
    return LINCE_OK;
}

static enum lince_status entry_damaged(struct lince_error *error) {
    return error_set(error, LINCE_ERROR_DAMAGED, "the entry is cut short or damaged in the archive",
                     "la entrada está cortada o dañada en el archivo");
}

/* Opens the entry and reads its first bytes. */
static enum lince_status entry_begin(struct zip *zip, const unz_file_info64 *info, struct lince_error *error) {
    zip->start_bytes = zip->start_given = 0;
    zip->left_bytes = info->uncompressed_size;
    zip->is_open = unzOpenCurrentFile(zip->archive) == UNZ_OK;
    int count = zip->is_open ? 1 : -1;
    while (count > 0 && zip->start_bytes < START_BYTES) {
        count =
            unzReadCurrentFile(zip->archive, zip->start + zip->start_bytes, (unsigned)(START_BYTES - zip->start_bytes));
        zip->start_bytes += count > 0 ? (size_t)count : 0;
    }
    if (count < 0 || zip->start_bytes > zip->left_bytes) {
        return entry_damaged(error);
    }
    return zip->start_bytes > 0 ? LINCE_OK
                                : error_set(error, LINCE_ERROR_EMPTY, "the entry is empty", "la entrada está vacía");
}

static void entry_fill(struct zip *zip, const unz_file_info64 *info, const char *stored, struct zip_entry *entry) {
    zip_name_clean(stored, (info->flag & FLAG_UTF8) != 0, (size_t)zip->number, entry->name, sizeof entry->name);
    entry->size_bytes = info->uncompressed_size;
    entry->kind = ZIP_REFUSED;
    if (entry_check(info, &entry->error) != LINCE_OK || entry_begin(zip, info, &entry->error) != LINCE_OK) {
        entry_close(zip);
    } else if (image_format_of(zip->start, zip->start_bytes) != NULL) {
        entry->kind = ZIP_FILE;
    } else if (zip_begins(zip->start, zip->start_bytes)) {
        entry->kind = ZIP_ARCHIVE;
    } else {
        foreign_refuse(zip->start, zip->start_bytes, entry->size_bytes, &entry->error);
        entry_close(zip);
    }
}

/* Goes to the next entry, or stays at the one that was chosen. */
static int step(struct zip *zip) {
    entry_close(zip);
    int code = zip->is_at_entry ? UNZ_OK
               : zip->is_begun  ? unzGoToNextFile(zip->archive)
                                : unzGoToFirstFile(zip->archive);
    zip->is_begun = true;
    zip->is_at_entry = false;
    return code;
}

enum lince_status zip_next(struct zip *zip, struct zip_entry *entry, bool *found, struct lince_error *error) {
    char stored[ZIP_NAME_BYTES];
    unz_file_info64 info;
    unz_global_info64 about;
    *found = false;
    *entry = (struct zip_entry){.error = LINCE_ERROR_INIT};
    entry->error.language = error == NULL ? LINCE_ENGLISH : error->language;
    if (unzGetGlobalInfo64(zip->archive, &about) == UNZ_OK && about.number_entry == 0) {
        return LINCE_OK;
    }
    for (;;) {
        int code = step(zip);
        if (code == UNZ_END_OF_LIST_OF_FILE) {
            return LINCE_OK;
        }
        memset(stored, 0, sizeof stored);
        if (code != UNZ_OK ||
            unzGetCurrentFileInfo64(zip->archive, &info, stored, sizeof stored - 1, NULL, 0, NULL, 0) != UNZ_OK) {
            return damaged(error);
        }
        zip->number++;
        size_t bytes = strlen(stored);
        bool is_folder = bytes > 0 && (stored[bytes - 1] == '/' || stored[bytes - 1] == '\\');
        if (!is_folder || info.uncompressed_size > 0) {
            entry_fill(zip, &info, stored, entry);
            *found = true;
            return LINCE_OK;
        }
    }
}

enum lince_status zip_read(struct zip *zip, void *bytes, size_t most, size_t *count, struct lince_error *error) {
    size_t left = zip->start_bytes - zip->start_given;
    *count = 0;
    if (left > 0) {
        *count = left < most ? left : most;
        memcpy(bytes, zip->start + zip->start_given, *count);
        zip->start_given += *count;
    } else {
        int got = zip->is_open ? unzReadCurrentFile(zip->archive, bytes, (unsigned)most) : -1;
        if (got < 0) {
            return entry_damaged(error);
        }
        *count = (size_t)got;
    }
    if (*count > zip->left_bytes) {
        return entry_damaged(error);
    }
    zip->left_bytes -= *count;
    if (*count > 0) {
        return LINCE_OK;
    }
    zip->is_open = false;
    return unzCloseCurrentFile(zip->archive) == UNZ_OK && zip->left_bytes == 0 ? LINCE_OK : entry_damaged(error);
}
