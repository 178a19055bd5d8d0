/*
 * conflict_cells.h: what a form about an offer holds, name by name, so that two states of the offer
 * can be laid side by side.
 *
 * Pure but for the arena. Not here: which of two states is whose (pages/conflict).
 */
#ifndef PAGES_CONFLICT_CELLS_H
#define PAGES_CONFLICT_CELLS_H

#include "core/fields.h"

/* One thing a form holds. field, row and point name it as events do. */
struct cell {
    const char *name;  /* in the form */
    const char *label; /* on the page */
    const char *value; /* as the form would send it */
    const char *words; /* as people read it */
    enum field field;
    int row;
    const char *point;
};

struct cells {
    struct cell *rows;
    size_t count;
    size_t room;
    struct arena *arena;
};
struct cells cells_new(struct arena *arena);
void cell_add(struct cells *cells, struct cell cell);

/* The party's fields of the offer, and those that stand beside each row. */
void cells_of_offer(struct cells *cells, const struct offer *offer, enum party party);

/* The row's own form in options A and B. Rows of one number, of one template, give the same names
 * in the same order, whatever they hold. */
void cells_of_row(struct cells *cells, enum offer_type type, const struct offer_row *row);

/* The row's own form in option C but for its lines, and a line of that size under that number in
 * the form; when the row has no such line, size stands for ANSWER_NO_LINE and the rest for "". */
void cells_of_reservation(struct cells *cells, const struct offer_row *row);
void cells_of_line(struct cells *cells, const struct offer_row *row, int size, int number);

#endif
