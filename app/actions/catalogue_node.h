/*
 * catalogue_node.h: values of a JSON text and where they stand, read one by one; what is wrong with
 * one becomes a problem at its path.
 *
 * Not here: what the keys mean (actions/catalogue_read). Numbers are never binary fractions: their
 * digits are read as they are written. A node borrows its parents: it lives no longer than they.
 */
#ifndef ACTIONS_CATALOGUE_NODE_H
#define ACTIONS_CATALOGUE_NODE_H

#include "base/money.h"
#include "core/problems.h"

struct json_object;

/* One step of a path: a key of an object, or an element of a list. */
struct place {
    const struct place *up; /* NULL for the first */
    const char *key;        /* NULL for an element */
    size_t index;
};

struct node {
    struct place place;
    struct json_object *json;
};

struct reader {
    struct arena *arena; /* of everything that is read */
    struct problems *problems;
};

/* Owns: the object that the text is, standing there; false and a problem when it is none. */
bool node_open(const struct reader *reader, const char *bytes, size_t size,
               const struct place *place, struct node *node);
void node_close(struct node *node);

void node_problem(const struct reader *reader, const struct node *node, const char *format, ...)
    PRINTF_LIKE(3, 4);
/* The same of a member of the object, present or not. */
void member_problem(const struct reader *reader, const struct node *object, const char *key,
                    const char *format, ...) PRINTF_LIKE(4, 5);

/* A problem for each member of another name. */
void node_keys(const struct reader *reader, const struct node *object, const char *const keys[],
               size_t count);

/* The member of that name: false when there is none. The next two also say false, with a problem,
 * when it is something else. */
bool node_member(const struct node *object, const char *key, struct node *member);
bool node_object(const struct reader *reader, const struct node *object, const char *key,
                 struct node *member);
bool node_list(const struct reader *reader, const struct node *object, const char *key,
               struct node *member);

size_t node_count(const struct node *list);
struct node node_element(const struct node *list, size_t index);
/* Is it an object? A problem when it is not. */
bool node_is_object(const struct reader *reader, const struct node *node);
/* The element, when it is an object; else false and a problem. */
bool node_element_object(const struct reader *reader, const struct node *list, size_t index,
                         struct node *element);

/* The members of an object in the order of the text: at begins with NULL. */
struct json_step {
    void *entry;
};
bool node_next(const struct node *object, struct json_step *step, struct node *member);

/* The node itself as a value; false and a problem when it is none. Texts are kept and hold no
 * control characters but, with lines, line breaks. */
bool node_text(const struct reader *reader, const struct node *node, bool lines,
               const char **value);
bool node_price(const struct reader *reader, const struct node *node, struct money *value);
bool node_meter_price(const struct reader *reader, const struct node *node, struct money *value);
bool node_hourly(const struct reader *reader, const struct node *node, struct hourly *value);
bool node_percent(const struct reader *reader, const struct node *node, struct rate *value);

/* A member as a value, which stays what it was when the member is absent or wrong. A required one
 * that is absent is a problem. A line is a text without line breaks and spaces at its ends. */
void read_line(const struct reader *reader, const struct node *object, const char *key,
               bool required, const char **value);
void read_lines(const struct reader *reader, const struct node *object, const char *key,
                const char **value);
void read_flag(const struct reader *reader, const struct node *object, const char *key,
               bool *value);
/* One of the words, as its place among them. */
void read_word(const struct reader *reader, const struct node *object, const char *key,
               bool required, const char *const words[], int count, int *value);
bool read_integer(const struct reader *reader, const struct node *object, const char *key,
                  bool required, int64_t low, int64_t high, int64_t *value);

#endif
