/* coded_emv.c - EMVCo merchant-presented codes: tag, length and value, with a CRC at the end. PIX is one of them. */
#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "fields/coded/coded.h"

/* One element, or the rest of the text. */
struct element {
    int tag;
    const char *value;
    size_t bytes;
};

/* The next element of the text from `at` on. False at its end, and for anything that is no element. */
static bool element_next(const char *text, size_t bytes, size_t *at, struct element *element) {
    enum { HEAD_BYTES = 4 };
    const char *head = text + *at;
    if (bytes - *at < HEAD_BYTES) {
        return false;
    }
    for (int i = 0; i < HEAD_BYTES; i++) {
        if (!isdigit((unsigned char)head[i])) {
            return false;
        }
    }
    size_t length = (size_t)(10 * (head[2] - '0') + head[3] - '0');
    if (length > bytes - *at - HEAD_BYTES) {
        return false;
    }
    *element = (struct element){10 * (head[0] - '0') + head[1] - '0', head + HEAD_BYTES, length};
    *at += HEAD_BYTES + length;
    return true;
}

static bool element_find(const char *text, size_t bytes, int tag, struct element *element) {
    for (size_t at = 0; element_next(text, bytes, &at, element);) {
        if (element->tag == tag) {
            return true;
        }
    }
    return false;
}

/* CRC-16 with polynomial 0x1021 from 0xFFFF on (ISO/IEC 13239). */
static unsigned crc_of(const char *text, size_t bytes) {
    unsigned crc = 0xFFFF;
    for (size_t i = 0; i < bytes; i++) {
        crc ^= (unsigned)(unsigned char)text[i] << 8;
        for (int bit = 0; bit < 8; bit++) {
            crc = (crc & 0x8000) != 0 ? crc << 1 ^ 0x1021 : crc << 1;
        }
        crc &= 0xFFFF;
    }
    return crc;
}

static bool is_sound(const char *content, size_t bytes) {
    enum { CRC_BYTES = 4, LEAST_BYTES = 20 };
    return bytes >= LEAST_BYTES && strncmp(content, "000201", 6) == 0 &&
           strncmp(content + bytes - CRC_BYTES - 4, "6304", 4) == 0 &&
           strtoul(content + bytes - CRC_BYTES, NULL, 16) == crc_of(content, bytes - CRC_BYTES);
}

/* ISO 4217 by number, of the Americas and Europe. */
static const char *currency_of(const struct element *element) {
    static const struct {
        const char *number, *code;
    } currencies[] = {{"986", "BRL"}, {"032", "ARS"}, {"152", "CLP"}, {"170", "COP"}, {"604", "PEN"}, {"484", "MXN"},
                      {"858", "UYU"}, {"600", "PYG"}, {"068", "BOB"}, {"928", "VES"}, {"214", "DOP"}, {"188", "CRC"},
                      {"590", "PAB"}, {"320", "GTQ"}, {"340", "HNL"}, {"558", "NIO"}, {"840", "USD"}, {"978", "EUR"}};
    for (size_t i = 0; i < sizeof currencies / sizeof *currencies; i++) {
        if (element->bytes == 3 && strncmp(currencies[i].number, element->value, 3) == 0) {
            return currencies[i].code;
        }
    }
    return NULL;
}

/* The templates 26 to 51 name the system that the account belongs to. */
static void key_take(struct coded_reading *reading, const struct element *account) {
    static const char PIX[] = "br.gov.bcb.pix";
    struct element system, key;
    if (account->tag >= 26 && account->tag <= 51 && element_find(account->value, account->bytes, 0, &system) &&
        system.bytes == sizeof PIX - 1 && strncasecmp(system.value, PIX, system.bytes) == 0 &&
        element_find(account->value, account->bytes, 1, &key)) {
        coded_give(reading, CODED_KEY, key.value, key.bytes);
    }
}

/* "***" stands for no number. */
static void number_take(struct coded_reading *reading, const struct element *additional) {
    struct element number;
    if (element_find(additional->value, additional->bytes, 5, &number) &&
        memchr(number.value, '*', number.bytes) == NULL) {
        coded_give(reading, CODED_NUMBER, number.value, number.bytes);
    }
}

bool coded_emv_read(struct coded_reading *reading, const char *content) {
    enum { CURRENCY = 53, AMOUNT = 54, MERCHANT = 59, ADDITIONAL = 62 };
    size_t bytes = strlen(content), at = 0;
    struct element element;
    if (!is_sound(content, bytes)) {
        return false;
    }
    while (element_next(content, bytes, &at, &element)) {
        key_take(reading, &element);
        if (element.tag == CURRENCY && currency_of(&element) != NULL) {
            coded_give(reading, CODED_CURRENCY, currency_of(&element), 3);
        } else if (element.tag == AMOUNT) {
            coded_give_amount(reading, element.value, element.bytes);
        } else if (element.tag == MERCHANT) {
            coded_give(reading, CODED_SELLER, element.value, element.bytes);
        } else if (element.tag == ADDITIONAL) {
            number_take(reading, &element);
        }
    }
    return true;
}
