/* zxing.cpp - what Lince asks of ZXing-C++, and the memory that ZXing-C++ asks of Lince. */
#include "codes/zxing.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <new>
#include <string>
#include <utility>
#include <vector>

#include "Barcode.h"
#include "BarcodeFormat.h"
#include "ReadBarcode.h"
#include "ReaderOptions.h"

/* ---- memory ------------------------------------------------------------------------------------------- */

namespace {

/* The search that runs in this thread. What outlives it, such as tables made at first use, is charged to nobody. */
struct Search {
    const zxing_job *job = nullptr;
    std::size_t charged_bytes = 0;
    bool was_refused = false;
    std::uint64_t number = 0;
};

thread_local Search search;

/* Before each block. A block that an earlier search left, or another thread, is no part of this search. */
struct alignas(std::max_align_t) Head {
    std::size_t bytes;
    std::uint64_t search_number;
    const Search *search;
};

void *take(std::size_t bytes) {
    const std::size_t whole = bytes + sizeof(Head);
    if (whole < bytes || search.was_refused) {
        throw std::bad_alloc();
    }
    if (search.job != nullptr) {
        if (!search.job->charge(search.job->context, whole)) {
            search.was_refused = true;
            throw std::bad_alloc();
        }
        search.charged_bytes += whole;
    }
    auto *head = static_cast<Head *>(std::malloc(whole));
    if (head == nullptr) {
        if (search.job != nullptr) {
            search.job->release(search.job->context, whole);
            search.charged_bytes -= whole;
            search.was_refused = true;
        }
        throw std::bad_alloc();
    }
    *head = {whole, search.job == nullptr ? 0 : search.number, &search};
    return head + 1;
}

void give_back(void *block) {
    if (block == nullptr) {
        return;
    }
    Head *head = static_cast<Head *>(block) - 1;
    if (search.job != nullptr && head->search == &search && head->search_number == search.number) {
        search.job->release(search.job->context, head->bytes);
        search.charged_bytes -= head->bytes;
    }
    std::free(head);
}

} // namespace

void *operator new(std::size_t bytes) {
    return take(bytes);
}

void operator delete(void *block) noexcept {
    give_back(block);
}

void operator delete(void *block, std::size_t) noexcept {
    give_back(block);
}

/* ---- codes -------------------------------------------------------------------------------------------- */

namespace {

using ZXing::Barcode;
using ZXing::BarcodeFormat;

constexpr struct {
    BarcodeFormat format;
    zxing_kind kind;
} kinds[] = {
    {BarcodeFormat::QRCodeModel2, ZXING_QR},   {BarcodeFormat::EAN13, ZXING_EAN_13},
    {BarcodeFormat::EAN8, ZXING_EAN_8},        {BarcodeFormat::UPCA, ZXING_UPC_A},
    {BarcodeFormat::UPCE, ZXING_UPC_E},        {BarcodeFormat::Code128, ZXING_CODE_128},
    {BarcodeFormat::Code39Std, ZXING_CODE_39}, {BarcodeFormat::ITF, ZXING_ITF},
    {BarcodeFormat::PDF417, ZXING_PDF_417},    {BarcodeFormat::DataMatrix, ZXING_DATA_MATRIX},
    {BarcodeFormat::Aztec, ZXING_AZTEC},
};

ZXing::ReaderOptions options_make() {
    std::vector<BarcodeFormat> formats;
    for (const auto &row : kinds) {
        formats.push_back(row.format);
    }
    ZXing::ReaderOptions options;
    options.formats(ZXing::BarcodeFormats(std::move(formats)));
    options.maxNumberOfSymbols(ZXING_CODES_LIMIT);
    options.textMode(ZXing::TextMode::Plain);
    return options;
}

/* Of EAN and UPC the variant counts, of the others the symbology. 0 for a kind that was not asked for. */
std::uint32_t kind_of(BarcodeFormat format) {
    const BarcodeFormat symbology = ZXing::Symbology(format);
    for (const auto &row : kinds) {
        if (format == row.format || (symbology != BarcodeFormat::EANUPC && symbology == ZXing::Symbology(row.format))) {
            return row.kind;
        }
    }
    return 0;
}

bool is_text(const Barcode &barcode) {
    const ZXing::ContentType type = barcode.contentType();
    return type == ZXing::ContentType::Text || type == ZXing::ContentType::GS1 || type == ZXing::ContentType::ISO15434;
}

/* An EAN-13 that begins with 0 is a UPC-A, bar for bar; a UPC-E is told as it is printed, not as the long number. */
std::string text_of(const Barcode &barcode, std::uint32_t &kind) {
    std::string text = barcode.text();
    if (kind == ZXING_EAN_13 && text.size() == 13 && text[0] == '0') {
        kind = ZXING_UPC_A;
    }
    if (kind == ZXING_UPC_A && text.size() == 13 && text[0] == '0') {
        text.erase(0, 1);
    }
    return kind == ZXING_UPC_E ? barcode.extra(ZXing::BarcodeExtra::UPCE) : text;
}

bool tell(const zxing_job &job, const Barcode &barcode) {
    zxing_code code = {};
    std::string text;
    code.kind = kind_of(barcode.format());
    if (is_text(barcode)) {
        text = text_of(barcode, code.kind);
        code.text = text.c_str();
        code.text_bytes = text.size();
    }
    code.bytes = barcode.bytes().data();
    code.bytes_count = barcode.bytes().size();
    for (int i = 0; i < 4; i++) {
        code.corners_px[2 * i] = barcode.position()[i].x;
        code.corners_px[2 * i + 1] = barcode.position()[i].y;
    }
    return code.kind == 0 || job.take(job.context, &code);
}

bool read(const zxing_job &job) {
    const ZXing::ImageView picture(job.pixels, static_cast<int>(job.width_px), static_cast<int>(job.height_px),
                                   ZXing::ImageFormat::Lum, static_cast<int>(job.stride_bytes));
    for (const Barcode &barcode : ZXing::ReadBarcodes(picture, options_make())) {
        if (!tell(job, barcode)) {
            return false;
        }
    }
    return true;
}

} // namespace

bool lince_zxing_read(const zxing_job *job) {
    bool is_whole = false;
    search.job = job;
    search.charged_bytes = 0;
    search.was_refused = false;
    search.number++;
    try {
        is_whole = read(*job);
    } catch (const std::exception &) {
        is_whole = false; /* of memory that was refused; nothing else is thrown for a picture that has pixels */
    }
    is_whole = is_whole && !search.was_refused;
    search.job = nullptr;
    search.was_refused = false;
    job->release(job->context, search.charged_bytes); /* what stays for later searches */
    return is_whole;
}

uint32_t lince_zxing_interface() {
    return ZXING_INTERFACE;
}
