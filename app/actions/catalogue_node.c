/*
 * catalogue_node.c: the door to json-c, which keeps the digits of a number as they are written.
 *
 * Not here: whether the text is well formed (actions/json_text, which looked at it before).
 */
#include "actions/catalogue_node.h"

#include <inttypes.h>
#include <json-c/json.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/text.h"
#include "core/catalogue_check.h"

#define MESSAGE_BYTES 512
#define SHOWN_BYTES 64 /* of what somebody wrote, in a message about it */
#define PATH_STEPS 16  /* as deep as the text may be, and the list itself */

_Static_assert(PATH_STEPS >= LIMIT_JSON_DEPTH, "every place has a path");

/* ---- Where -------------------------------------------------------------------------------- */

/* Keeps the text, or its beginning. */
static const char *
shown(struct arena *arena, const char *text)
{
    size_t length = strlen(text);

    if (length <= SHOWN_BYTES)
        return text;
    for (length = SHOWN_BYTES; length > 0 && !text_is_utf8(text, length);)
        length--;
    return arena_format(arena, "%s…", arena_copy(arena, text, length));
}

/* Keeps: "products[3].plans[0].name". */
static const char *
place_path(struct arena *arena, const struct place *place)
{
    const struct place *steps[PATH_STEPS];
    const char *path = "";
    size_t count = 0;

    for (; place != NULL; place = place->up) {
        assert(count < COUNT(steps));
        steps[count++] = place;
    }
    while (count > 0) {
        const struct place *step = steps[--count];

        if (step->key == NULL)
            path = arena_format(arena, "%s[%zu]", path, step->index);
        else
            path = arena_format(arena, "%s%s%s", path, *path == '\0' ? "" : ".",
                                shown(arena, step->key));
    }
    return path;
}

static void PRINTF_LIKE(3, 0) add(const struct reader *reader, const struct place *place,
                                  const char *format, va_list arguments)
{
    char message[MESSAGE_BYTES];

    (void)vsnprintf(message, sizeof message, format, arguments);
    /* what is only counted costs no memory: a file may have a million problems */
    problem_add(reader->problems,
                problems_full(reader->problems) ? "" : place_path(reader->arena, place), "%s",
                message);
}

void
node_problem(const struct reader *reader, const struct node *node, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    add(reader, &node->place, format, arguments);
    va_end(arguments);
}

void
member_problem(const struct reader *reader, const struct node *object, const char *key,
               const char *format, ...)
{
    struct place place = {.up = &object->place, .key = key};
    va_list arguments;

    va_start(arguments, format);
    add(reader, &place, format, arguments);
    va_end(arguments);
}

/* ---- Objects and lists -------------------------------------------------------------------- */

bool
node_open(const struct reader *reader, const char *bytes, size_t size, const struct place *place,
          struct node *node)
{
    struct json_tokener *tokener = json_tokener_new_ex(LIMIT_JSON_DEPTH);

    assert(tokener != NULL && size <= LIMIT_CATALOGUE_BYTES);
    json_tokener_set_flags(tokener, JSON_TOKENER_STRICT | JSON_TOKENER_VALIDATE_UTF8);
    node->place = *place;
    node->json = json_tokener_parse_ex(tokener, bytes, (int)size);
    json_tokener_free(tokener);
    if (node->json != NULL && json_object_is_type(node->json, json_type_object))
        return true;
    node_problem(reader, node, "This can't be read as JSON");
    node_close(node);
    return false;
}

void
node_close(struct node *node)
{
    (void)json_object_put(node->json);
    node->json = NULL;
}

static bool
is_among(const char *text, const char *const texts[], size_t count)
{
    return text_find(texts, (int)count, text) >= 0;
}

/* "a, b and c" for a problem, if it is told. Keeps. */
static const char *
list_words(const struct reader *reader, const char *const words[], size_t count, const char *last)
{
    const char *line = "";

    if (problems_full(reader->problems))
        return line;
    for (size_t i = 0; i < count; i++) {
        const char *between = i + 1 == count ? last : ", ";

        line = arena_format(reader->arena, "%s%s%s", line, i == 0 ? "" : between, words[i]);
    }
    return line;
}

void
node_keys(const struct reader *reader, const struct node *object, const char *const keys[],
          size_t count)
{
    struct json_step step = {NULL};
    struct node member;

    while (node_next(object, &step, &member)) {
        if (!is_among(member.place.key, keys, count))
            node_problem(reader, &member, "This is not known here; known are %s",
                         list_words(reader, keys, count, " and "));
    }
}

bool
node_member(const struct node *object, const char *key, struct node *member)
{
    struct json_object *json = NULL;

    if (!json_object_object_get_ex(object->json, key, &json))
        return false;
    *member = (struct node){.place = {.up = &object->place, .key = key}, .json = json};
    return true;
}

bool
node_is_object(const struct reader *reader, const struct node *node)
{
    if (json_object_is_type(node->json, json_type_object))
        return true;
    node_problem(reader, node, "Write an object, in { and }");
    return false;
}

bool
node_object(const struct reader *reader, const struct node *object, const char *key,
            struct node *member)
{
    return node_member(object, key, member) && node_is_object(reader, member);
}

bool
node_list(const struct reader *reader, const struct node *object, const char *key,
          struct node *member)
{
    if (!node_member(object, key, member))
        return false;
    if (json_object_is_type(member->json, json_type_array))
        return true;
    node_problem(reader, member, "Write a list, in [ and ]");
    return false;
}

size_t
node_count(const struct node *list)
{
    return json_object_array_length(list->json);
}

struct node
node_element(const struct node *list, size_t index)
{
    return (struct node){.place = {.up = &list->place, .index = index},
                         .json = json_object_array_get_idx(list->json, index)};
}

bool
node_element_object(const struct reader *reader, const struct node *list, size_t index,
                    struct node *element)
{
    *element = node_element(list, index);
    return node_is_object(reader, element);
}

bool
node_next(const struct node *object, struct json_step *step, struct node *member)
{
    struct lh_entry *entry = step->entry;

    entry =
        entry == NULL ? lh_table_head(json_object_get_object(object->json)) : lh_entry_next(entry);
    step->entry = entry;
    if (entry == NULL)
        return false;
    *member = (struct node){.place = {.up = &object->place, .key = lh_entry_k(entry)},
                            .json = lh_entry_v(entry)};
    return true;
}

/* ---- Values ------------------------------------------------------------------------------- */

bool
node_text(const struct reader *reader, const struct node *node, bool lines, const char **value)
{
    const char *text;

    if (!json_object_is_type(node->json, json_type_string)) {
        node_problem(reader, node, "Write a text, in quotes");
        return false;
    }
    text = json_object_get_string(node->json);
    if (text_has_control(text, lines)) {
        node_problem(reader, node,
                     lines ? "Remove the control characters"
                           : "Remove the control characters and line breaks");
        return false;
    }
    *value = lines ? arena_text(reader->arena, text) : text_trim(reader->arena, text);
    return true;
}

/* The digits of a number, as they are written; NULL for anything else. Borrowed from the node. */
static const char *
digits(const struct node *node)
{
    if (!json_object_is_type(node->json, json_type_int) &&
        !json_object_is_type(node->json, json_type_double))
        return NULL;
    return json_object_to_json_string(node->json);
}

bool
node_price(const struct reader *reader, const struct node *node, struct money *value)
{
    const char *text = digits(node);

    if (text != NULL && money_parse(text, value) == OK)
        return true;
    node_problem(reader, node,
                 "Enter a price as a number from 0.00 to 999999999.99, with at most two decimals");
    return false;
}

bool
node_meter_price(const struct reader *reader, const struct node *node, struct money *value)
{
    const char *text = digits(node);

    if (text != NULL && meter_price_parse(text, value) == OK)
        return true;
    node_problem(reader, node,
                 "Enter a price as a number from 0.00 to 999999999.99, with at most two decimals");
    return false;
}

bool
node_hourly(const struct reader *reader, const struct node *node, struct hourly *value)
{
    const char *text = digits(node);

    if (text != NULL && hourly_parse(text, value) == OK)
        return true;
    node_problem(reader, node,
                 "Enter an hourly price as a number from 0 to 999999999, with at most six "
                 "decimals");
    return false;
}

bool
node_percent(const struct reader *reader, const struct node *node, struct rate *value)
{
    const char *text = digits(node);
    struct rate rate;

    if (text != NULL && rate_parse(text, LIMIT_DISCOUNT_DECIMALS, &rate) == OK &&
        rate.e8 <= RATE_HUNDRED) {
        *value = rate;
        return true;
    }
    node_problem(reader, node,
                 "Enter a percentage as a number from 0 to 100, with at most two "
                 "decimals");
    return false;
}

static bool
node_integer(const struct reader *reader, const struct node *node, int64_t low, int64_t high,
             int64_t *value)
{
    const char *text = digits(node);

    if (text != NULL && text_to_integer(text, low, high, value) == OK)
        return true;
    node_problem(reader, node, "Enter a whole number from %" PRId64 " to %" PRId64, low, high);
    return false;
}

/* ---- Members ------------------------------------------------------------------------------ */

/* The member, or false; a problem when it is absent and required. */
static bool
wanted(const struct reader *reader, const struct node *object, const char *key, bool required,
       struct node *member)
{
    if (node_member(object, key, member))
        return true;
    if (required)
        member_problem(reader, object, key, "This is missing");
    return false;
}

void
read_line(const struct reader *reader, const struct node *object, const char *key, bool required,
          const char **value)
{
    struct node member;

    if (wanted(reader, object, key, required, &member))
        (void)node_text(reader, &member, false, value);
}

void
read_lines(const struct reader *reader, const struct node *object, const char *key,
           const char **value)
{
    struct node member;

    if (node_member(object, key, &member))
        (void)node_text(reader, &member, true, value);
}

void
read_flag(const struct reader *reader, const struct node *object, const char *key, bool *value)
{
    struct node member;

    if (!node_member(object, key, &member))
        return;
    if (json_object_is_type(member.json, json_type_boolean))
        *value = json_object_get_boolean(member.json) != 0;
    else
        node_problem(reader, &member, "Write true or false, without quotes");
}

void
read_word(const struct reader *reader, const struct node *object, const char *key, bool required,
          const char *const words[], int count, int *value)
{
    struct node member;
    int found = -1;

    if (!wanted(reader, object, key, required, &member))
        return;
    if (json_object_is_type(member.json, json_type_string))
        found = text_find(words, count, json_object_get_string(member.json));
    if (found >= 0)
        *value = found;
    else
        node_problem(reader, &member, "Write %s%s, in quotes", count > 1 ? "one of " : "",
                     list_words(reader, words, (size_t)count, " or "));
}

bool
read_integer(const struct reader *reader, const struct node *object, const char *key, bool required,
             int64_t low, int64_t high, int64_t *value)
{
    struct node member;

    return wanted(reader, object, key, required, &member) &&
           node_integer(reader, &member, low, high, value);
}
