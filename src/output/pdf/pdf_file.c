/* pdf_file.c - the objects that a file has once, and the table of all positions (ISO 32000-1, 7.5.4). */
#include "output/pdf/pdf_file.h"

#include <inttypes.h>
#include <string.h>

#include "base/meter.h"
#include "lince.h"
#include "output/pdf/pdf_profile.h"

/* A page's position in the file. */
struct pdf_place {
    uint32_t first_object;
    uint64_t offset_bytes[PDF_PAGE_OBJECT_COUNT];
};

/* The objects that exist once. Object 0 is the head of the list of free ones, and has no position. */
struct once {
    uint64_t offset_bytes[PDF_FILE_FIRST_PAGE];
    uint64_t start_bytes; /* position of the tail in the file */
    const char *metadata;
    struct buffer *tail;
};

#define METADATA_HEAD                                                                                                  \
    "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"                                             \
    "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"      \
    "<rdf:Description rdf:about=\"\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\"><pdf:Producer>Lince " LINCE_VERSION    \
    "</pdf:Producer></rdf:Description>\n"
#define METADATA_CLAIM(PART)                                                                                           \
    "<rdf:Description rdf:about=\"\" xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\"><pdfaid:part>" PART              \
    "</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance></rdf:Description>\n"
#define METADATA_TAIL "</rdf:RDF></x:xmpmeta>\n<?xpacket end=\"w\"?>"

/* The claim to conform: by enum pdf_file_level, and none. */
static const char *const metadata[] = {
    [PDF_FILE_A_2B] = METADATA_HEAD METADATA_CLAIM("2") METADATA_TAIL,
    [PDF_FILE_A_3B] = METADATA_HEAD METADATA_CLAIM("3") METADATA_TAIL,
};
static const char metadata_of_none[] = METADATA_HEAD METADATA_TAIL;

uint32_t pdf_file_page_object(uint64_t index) {
    return (uint32_t)(PDF_FILE_FIRST_PAGE + index * PDF_PAGE_OBJECT_COUNT);
}

void pdf_file_open(struct pdf_file *file, struct meter *meter, struct buffer *head) {
    buffer_init(&file->places, meter);
    file->has_cmyk = false;
    size_t before = head->used_bytes;
    buffer_text(head, "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n");
    file->used_bytes = head->used_bytes - before;
}

bool pdf_file_add(struct pdf_file *file, const struct pdf_page_head *head, size_t bytes_count) {
    struct pdf_place place = {.first_object = pdf_file_page_object(head->index)};
    for (int object = 0; object < PDF_PAGE_OBJECT_COUNT; object++) {
        place.offset_bytes[object] = file->used_bytes + head->offset_bytes[object];
    }
    file->has_cmyk = file->has_cmyk || head->has_cmyk != 0;
    buffer_append(&file->places, &place, sizeof place);
    file->used_bytes += bytes_count;
    return !file->places.refused;
}

size_t pdf_file_page_count(const struct pdf_file *file) {
    return file->places.used_bytes / sizeof(struct pdf_place);
}

uint32_t pdf_file_page_index(const struct pdf_file *file, size_t number) {
    const struct pdf_place *places = (const struct pdf_place *)(const void *)file->places.bytes;
    return (places[number].first_object - PDF_FILE_FIRST_PAGE) / PDF_PAGE_OBJECT_COUNT;
}

static void object_open(struct once *once, uint32_t object) {
    once->offset_bytes[object] = once->start_bytes + once->tail->used_bytes;
    buffer_format(once->tail, "%u 0 obj\n", object);
}

static void pages_append(struct once *once, const struct pdf_place *places, size_t count) {
    object_open(once, PDF_FILE_PAGES);
    buffer_format(once->tail, "<< /Type /Pages /Count %zu /Kids [", count);
    for (size_t i = 0; i < count; i++) {
        buffer_format(once->tail, "%u 0 R\n", places[i].first_object + PDF_PAGE_ITSELF);
    }
    buffer_text(once->tail, "] >>\nendobj\n");
}

static void once_append(struct once *once, const struct pdf_place *places, size_t count) {
    object_open(once, PDF_FILE_CATALOG);
    buffer_format(once->tail, "<< /Type /Catalog /Pages %d 0 R /Metadata %d 0 R /OutputIntents [%d 0 R] >>\nendobj\n",
                  PDF_FILE_PAGES, PDF_FILE_METADATA, PDF_FILE_INTENT);
    pages_append(once, places, count);
    object_open(once, PDF_FILE_METADATA);
    buffer_format(once->tail, "<< /Type /Metadata /Subtype /XML /Length %zu >>\nstream\n%s\nendstream\nendobj\n",
                  strlen(once->metadata), once->metadata);
    object_open(once, PDF_FILE_INTENT);
    buffer_format(once->tail,
                  "<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB) /DestOutputProfile %d 0 R "
                  ">>\nendobj\n",
                  PDF_FILE_PROFILE);
    object_open(once, PDF_FILE_PROFILE);
    pdf_profile_append(once->tail);
    buffer_text(once->tail, "\nendobj\n");
    for (int object = 0; object < PDF_FONT_OBJECT_COUNT; object++) {
        object_open(once, PDF_FILE_FONT + (uint32_t)object);
        pdf_font_append((enum pdf_font_object)object, PDF_FILE_FONT, once->tail);
        buffer_text(once->tail, "\nendobj\n");
    }
}

static void table_append(const struct once *once, const struct pdf_place *places, size_t count) {
    buffer_format(once->tail, "xref\n0 %d\n0000000000 65535 f \n", PDF_FILE_FIRST_PAGE);
    for (int object = 1; object < PDF_FILE_FIRST_PAGE; object++) {
        buffer_format(once->tail, "%010" PRIu64 " 00000 n \n", once->offset_bytes[object]);
    }
    for (size_t i = 0; i < count; i++) {
        buffer_format(once->tail, "%u %d\n", places[i].first_object, PDF_PAGE_OBJECT_COUNT);
        for (int object = 0; object < PDF_PAGE_OBJECT_COUNT; object++) {
            buffer_format(once->tail, "%010" PRIu64 " 00000 n \n", places[i].offset_bytes[object]);
        }
    }
}

/* The same pages give the same identifier: FNV-1a of their positions. */
static uint64_t identifier(const struct buffer *places) {
    uint64_t hash = UINT64_C(0xCBF29CE484222325);
    for (size_t i = 0; i < places->used_bytes; i++) {
        hash = (hash ^ (unsigned char)places->bytes[i]) * UINT64_C(0x100000001B3);
    }
    return hash;
}

void pdf_file_close(struct pdf_file *file, struct buffer *tail) {
    const struct pdf_place *places = (const struct pdf_place *)(const void *)file->places.bytes;
    size_t count = file->places.used_bytes / sizeof *places;
    struct once once = {.start_bytes = file->used_bytes - tail->used_bytes,
                        .metadata = file->has_cmyk ? metadata_of_none : metadata[file->level],
                        .tail = tail};
    once_append(&once, places, count);
    uint64_t table_at = once.start_bytes + tail->used_bytes, id = identifier(&file->places);
    table_append(&once, places, count);
    uint32_t size = count == 0 ? PDF_FILE_FIRST_PAGE : places[count - 1].first_object + PDF_PAGE_OBJECT_COUNT;
    buffer_format(tail,
                  "trailer\n<< /Size %u /Root %d 0 R /ID [<%016" PRIx64 "%016" PRIx64 "> <%016" PRIx64 "%016" PRIx64
                  ">] >>\nstartxref\n%" PRIu64 "\n%%%%EOF\n",
                  size, PDF_FILE_CATALOG, id, ~id, id, ~id, table_at);
    tail->refused |= file->places.refused;
    buffer_free(&file->places);
}
