/* decimals.h - every format rounds to a tenth of a pixel and a ten-thousandth of confidence. */
#ifndef LINCE_OUTPUT_WRITERS_DECIMALS_H
#define LINCE_OUTPUT_WRITERS_DECIMALS_H

enum { COORDINATE_DECIMALS = 1, CONFIDENCE_DECIMALS = 4 };

#endif
