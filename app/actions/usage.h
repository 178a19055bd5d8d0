/*
 * usage.h: reporting usage (LAW 8.5, 11, D-33): meters by the ISV, hours of machines by the
 * operator.
 */
#ifndef ACTIONS_USAGE_H
#define ACTIONS_USAGE_H

#include "actions/act.h"
#include "core/purchase.h"
#include "store/usage.h"

/* A price that usage of the purchase can be reported for. */
struct usage_point {
    const char *id;    /* of the price point */
    const char *words; /* "Meter: 100 emails", "4 vCPU, per hour" */
    const char *unit;  /* of measure; "" for hours */
};
struct usage_points {
    struct usage_point *rows;
    size_t count;
};
/* Keeps; none for what is not metered. A meter that is unlimited in the purchase's term is not
 * among them: nothing of it is ever charged. Reads only. */
MUST_CHECK enum err usage_points_of(const struct act *act, const struct purchase *purchase,
                                    struct usage_points *points);

/* The names of a form for one line: where its problems are put. */
#define ANSWER_USAGE_POINT "dimension"
#define ANSWER_USAGE_HOUR "hour"
#define ANSWER_USAGE_QUANTITY "quantity"

/* As typed or read from a file. */
struct usage_line {
    const char *purchase;
    const char *point; /* the dimension: a price point's id, or a meter's own without "meter-" */
    const char *hour;  /* 2023-10-16T09:00Z, or with minutes and seconds: the hour it lies in */
    const char *quantity;
    const char *at; /* where problems of this line are put; NULL: each at its field of the form */
};
/* Reports all lines or none: at most LIMIT_USAGE_BATCH. Every line's problems are told: no such
 * purchase (of the acting party), not Subscribed, no such dimension, unlimited, a quantity that is
 * no whole number from 1, an hour more than 24 hours ago or in the future, and Duplicate: the hour
 * has an event already, stored or earlier in the batch. */
MUST_CHECK enum err action_usage_report(const struct act *act, const struct usage_line *lines,
                                        size_t count, struct problems *problems);

#endif
