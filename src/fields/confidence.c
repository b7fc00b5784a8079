/* confidence.c - from a raw score to how often values with that score are right. */
#include "fields/record.h"

/*
 * Points of a rising curve, with straight lines between them. They were chosen by hand and held against generated
 * receipts read by the program: tests/receipts/accuracy.py prints, for each stretch of confidence, how many are right.
 */
static const struct {
    double raw, calibrated;
} points[] = {{0.0, 0.05}, {0.2, 0.2}, {0.4, 0.5}, {0.55, 0.75}, {0.7, 0.9}, {0.8, 0.955}, {0.9, 0.985}, {1.0, 0.995}};

double confidence_calibrate(double raw) {
    size_t count = sizeof points / sizeof *points;
    if (raw <= points[0].raw) {
        return points[0].calibrated;
    }
    for (size_t i = 1; i < count; i++) {
        if (raw <= points[i].raw) {
            double share = (raw - points[i - 1].raw) / (points[i].raw - points[i - 1].raw);
            return points[i - 1].calibrated + share * (points[i].calibrated - points[i - 1].calibrated);
        }
    }
    return points[count - 1].calibrated;
}
