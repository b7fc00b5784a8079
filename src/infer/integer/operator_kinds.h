/* operator_kinds.h - each integer operator: its name, its inputs, how its nodes are set up and run. */
#ifndef LINCE_INFER_INTEGER_OPERATOR_KINDS_H
#define LINCE_INFER_INTEGER_OPERATOR_KINDS_H

#include "infer/integer/attention.h"
#include "infer/integer/channels.h"
#include "infer/integer/convolution.h"
#include "infer/integer/node.h"
#include "infer/integer/pair.h"

/* What a node keeps from its attributes and constants. */
union operator_settings {
    struct {
        struct pair pair;
        size_t weights1_count, weights2_count;
    } pair;
    struct {
        struct convolution convolution;
        struct pixel_terms terms;
        size_t weights_count;
        bool is_pooled;
    } convolution;
    struct {
        struct depthwise depthwise;
        size_t channels;
    } depthwise;
    struct {
        struct gate gate;
        size_t channels;
    } gate;
    struct window window;
    size_t factor;
    struct attention attention;
};

struct operator_kind {
    const char *name;
    const char
        *inputs; /* one letter each: f floats, s signed bytes, u unsigned bytes, i 32-bit integers, ? optional floats */
    void (*set_up)(struct setup *setup, union operator_settings *settings);
    void (*run)(const union operator_settings *settings, struct call *call);
};

#define OPERATOR_KINDS_LIMIT 9
extern const struct operator_kind operator_kinds[];
extern const size_t operator_kinds_count;

#endif
