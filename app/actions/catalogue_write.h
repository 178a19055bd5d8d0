/*
 * catalogue_write.h: products and plans as the text of a catalogue's file, one after the other.
 *
 * For actions/catalogue_file.c alone. Two spaces a level; what is short stands on one line; money
 * with its two decimals, hours with six.
 */
#ifndef ACTIONS_CATALOGUE_WRITE_H
#define ACTIONS_CATALOGUE_WRITE_H

#include "base/text.h"
#include "core/catalogue.h"

struct file_writer {
    struct buffer *out;
    int depth;
    bool follows; /* something stands before on this level */
};

/* In this order: write_file, and for each product write_product, its plans, write_product_end. */
void write_file(struct file_writer *writer, struct buffer *out);
void write_product(struct file_writer *writer, const struct product *product);
/* Sorts the plan's prices; arena is for scratch. */
void write_plan(struct file_writer *writer, struct arena *arena, struct plan *plan);
void write_product_end(struct file_writer *writer);
void write_file_end(struct file_writer *writer);

#endif
