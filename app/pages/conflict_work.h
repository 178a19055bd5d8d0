/*
 * conflict_work.h: what the files of the conflict page share: the comparison at work.
 *
 * For pages/conflict.c and pages/conflict_lines.c alone.
 */
#ifndef PAGES_CONFLICT_WORK_H
#define PAGES_CONFLICT_WORK_H

#include "pages/conflict_cells.h"
#include "pages/exchange.h"
#include "store/events.h"

/* One comparison at work. */
struct conflict {
    struct exchange *x;
    struct viewer viewer;
    const struct offer *stored;
    struct offer typed; /* the stored offer with what was typed, as far as it is well formed */
    const struct problems *malformed;
    int row;                    /* whose own form it is; 0 = the offer's */
    bool open;                  /* the choices can be saved */
    bool knows_base;            /* since tells what the others changed since the form was made */
    struct event_fields since;  /* by whoever saved */
    struct event_fields differ; /* from stored to typed */
    struct view *view;
    struct cells kept;  /* what the choices are sent together with */
    struct view *table; /* NULL until something differs */
    struct view *lost;  /* NULL until something typed has no place any more */
    size_t count;
};

/* One side of a difference. */
struct side {
    const char *value;
    const char *words;
};

/* What was sent under that name, NULL when nothing was. */
const char *conflict_sent(const struct conflict *conflict, const char *name);

/* Did the person change it against what the form was made from? Assumed where nobody can tell. */
bool conflict_is_mine(const struct conflict *conflict, const struct cell *cell);

/* Sent along unchanged: a row's own form is only understood whole. */
void conflict_keep(struct conflict *conflict, const char *name, const char *value);

/* Puts both sides of the cell on the page; yours_chosen says which of both is preselected. */
void conflict_differ(struct conflict *conflict, const struct cell *cell, struct side yours,
                     struct side theirs, bool yours_chosen);

/* Compares the lines of the form with those of the row. */
void conflict_lines(struct conflict *conflict, const struct offer_row *stored);

#endif
