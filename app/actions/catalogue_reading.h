/*
 * catalogue_reading.h: what the two halves of reading a catalogue's file share.
 *
 * For actions/catalogue_read*.c alone.
 */
#ifndef ACTIONS_CATALOGUE_READING_H
#define ACTIONS_CATALOGUE_READING_H

#include "actions/catalogue_node.h"
#include "actions/catalogue_parts.h"

#define INCLUDED_MAX (LIMIT_METERS * LIMIT_TERMS)

/* What is read and has been read: the counts are bounded, so that memory is. */
struct reading {
    struct reader reader;
    struct catalogue_file *file;
    size_t plans;
    size_t prices;
    /* of the plan at hand */
    struct price_point points[PLAN_POINTS_MAX];
    size_t point_count;
    struct included included[INCLUDED_MAX];
    size_t included_at[INCLUDED_MAX];
    size_t included_count;
};

/* Two capital letters, as every market's code. */
bool market_code_valid(const char *code);

/* Each reads prices of the plan that the object is, as far as they are there, and what follows from
 * them: the model, the limits of users, the reservations. */
void read_availability(struct reading *reading, const struct node *object, struct file_plan *plan);
void read_vm(struct reading *reading, const struct node *object, struct plan *plan);
void read_fee(struct reading *reading, const struct node *object);

#endif
