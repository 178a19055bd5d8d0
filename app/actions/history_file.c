/*
 * history_file.c: a history written through its reader's eyes, and checked link by link.
 *
 * Not here: the hashes (core/chain), which events a chain holds (store/chains). Invariant: a column
 * that is not in the table here is shown to the operator alone.
 */
#include "actions/history_file.h"

#include <inttypes.h>

#include "actions/catalogue_node.h"
#include "actions/json_text.h"
#include "core/chain.h"
#include "store/chains.h"

#define LIST "history"
#define SUBJECT "history"
#define CHAIN "chain"
#define BEFORE "before"
#define COLUMNS "columns"
#define FIELDS "fields"
#define LINK "link"
#define NAME "name"
#define VALUE "value"
#define SALT "salt"
#define HASH "hash"
#define FIELD "field"
#define ROW "row"
#define POINT "point"
#define AFTER "after"

#define FILE_BYTES ((size_t)LIMIT_CATALOGUE_BYTES - 4096) /* of events, beside the head */

/* ---- Writing ------------------------------------------------------------------------------ */

/* Who reads a column: everybody; whoever did it, and the others unless it is the customer, whom
 * sellers know by a label alone; or only whoever did it (LAW 5); or whom a reason is for (D-35). */
enum shown { TO_ALL, TO_OWN_OR_OF_SELLER, TO_OWN, TO_NOTED };

static const struct {
    const char *name;
    enum shown shown;
} columns_shown[] = {
    {"at", TO_ALL},
    {"kind", TO_ALL},
    {"party", TO_ALL},
    {"account", TO_OWN_OR_OF_SELLER},
    {"account_name", TO_OWN_OR_OF_SELLER},
    {"person", TO_OWN},
    {"person_name", TO_OWN},
    {"partner", TO_ALL},
    {"note", TO_NOTED},
};

/* A history being written. */
struct writing {
    struct db *db;
    struct arena *arena;
    const struct viewer *viewer;
    struct chain_subject subject;
    enum party eyes; /* PARTY_SYSTEM for the operator: everything */
    struct chain_event event;
    const char *salt;
    struct buffer text; /* of one event */
    bool follows;
};

static const char *
value_named(const struct chain_event *event, const char *name)
{
    for (size_t i = 0; i < event->count; i++) {
        if (text_equal(event->names[i], name))
            return event->values[i];
    }
    return "";
}

static bool
note_shown(const struct writing *writing, const struct chain_event *event)
{
    enum event_kind kind;

    return event_kind_read(value_named(event, "kind"), &kind) == OK &&
           (event_note_seen_by(kind) & PARTY_BIT(writing->eyes)) != 0;
}

static bool
column_shown(const struct writing *writing, const struct chain_event *event, const char *name)
{
    bool own = text_equal(value_named(event, "account"), writing->viewer->account);
    bool customers = text_equal(value_named(event, "party"), party_text(PARTY_CUSTOMER));

    if (writing->eyes == PARTY_SYSTEM)
        return true;
    for (size_t i = 0; i < COUNT(columns_shown); i++) {
        if (!text_equal(columns_shown[i].name, name))
            continue;
        switch (columns_shown[i].shown) {
        case TO_ALL:
            return true;
        case TO_OWN_OR_OF_SELLER:
            return own || !customers;
        case TO_OWN:
            return own;
        case TO_NOTED:
            return note_shown(writing, event);
        }
    }
    return false;
}

static void
put_pair(struct buffer *out, const char *before, const char *key, const char *value)
{
    buffer_format(out, "%s\"%s\": ", before, key);
    json_put_text(out, value);
}

static void
put_columns(struct writing *writing, const struct chain_event *event)
{
    struct buffer *out = &writing->text;

    buffer_text(out, "    {\"" COLUMNS "\": [");
    for (size_t i = 0; i < event->count; i++) {
        const char *name = event->names[i];
        const char *salt = chain_column_salt(writing->arena, writing->salt, name);

        put_pair(out, i == 0 ? "\n      {" : ",\n      {", NAME, name);
        if (column_shown(writing, event, name)) {
            put_pair(out, ", ", VALUE, event->values[i]);
            put_pair(out, ", ", SALT, salt);
        } else {
            put_pair(out, ", ", HASH,
                     chain_column_hash(writing->arena, salt, name, event->values[i]));
        }
        buffer_text(out, "}");
    }
    buffer_text(out, "],\n     \"" FIELDS "\": [");
}

static enum err
put_field(void *context, int64_t position, const struct chain_field *field)
{
    struct writing *writing = context;
    struct buffer *out = &writing->text;

    if (!chain_field_seen(writing->eyes, &writing->event, field->field))
        return OK;
    put_pair(out, writing->follows ? ",\n      {" : "\n      {", FIELD, field->field);
    buffer_format(out, ", \"" ROW "\": %" PRId64, field->row);
    put_pair(out, ", ", POINT, field->point);
    put_pair(out, ", ", BEFORE, field->before);
    put_pair(out, ", ", AFTER, field->after);
    put_pair(out, ", ", SALT, chain_field_salt(writing->arena, writing->salt, position));
    buffer_text(out, "}");
    writing->follows = true;
    return OK;
}

static enum err
put_event(struct writing *writing, const struct chain_step *step)
{
    struct chain_field_reader reader = {writing, put_field};

    TRY(chain_event_load(writing->db, writing->arena, &writing->subject, step->number,
                         &writing->event));
    TRY(chain_salt(writing->db, writing->arena, &writing->subject, step->number, &writing->salt));
    buffer_clear(&writing->text);
    put_columns(writing, &writing->event);
    writing->follows = false;
    TRY(chain_fields(writing->db, &writing->subject, step->number, &reader));
    put_pair(&writing->text, "],\n     ", LINK, step->link);
    buffer_text(&writing->text, "}");
    return OK;
}

/* The texts of as many of the steps, which come newest first, as the file has room for. */
static enum err
put_steps(struct writing *writing, const struct chain_steps *steps, const char **texts,
          size_t *count)
{
    size_t size = 0;

    for (*count = 0; *count < steps->count; (*count)++) {
        TRY(put_event(writing, &steps->rows[*count]));
        size += writing->text.length + 2;
        if (*count > 0 && (size > FILE_BYTES || writing->text.full))
            return OK;
        if (writing->text.full)
            return ERR_CLOSED; /* one event that is larger than a file */
        texts[*count] = arena_copy(writing->arena, writing->text.data, writing->text.length);
    }
    return OK;
}

static const char *
chain_name(struct arena *arena, const struct viewer *viewer)
{
    if (viewer->party == PARTY_OPERATOR)
        return CHAIN_ALL;
    if (viewer->party == PARTY_PARTNER)
        return arena_format(arena, "%s %s", party_text(PARTY_PARTNER), viewer->account);
    return party_text(viewer->party);
}

enum err
history_file_write(struct db *db, struct arena *arena, const struct viewer *viewer,
                   const char *offer, struct buffer *out)
{
    struct writing writing = {.db = db, .arena = arena, .viewer = viewer};
    const char *chain = chain_name(arena, viewer);
    const char **texts = arena_array(arena, const char *, LIMIT_HISTORY_EVENTS);
    struct chain_steps steps;
    size_t count = 0;
    enum err outcome;

    writing.subject = chain_subject_of(arena, CHAIN_WORD_OFFER, offer);
    writing.eyes = viewer->party == PARTY_OPERATOR ? PARTY_SYSTEM : viewer->party;
    TRY(chain_steps_of(db, arena, &writing.subject, chain, &steps));
    buffer_open(&writing.text, FILE_BYTES);
    outcome = put_steps(&writing, &steps, texts, &count);
    buffer_close(&writing.text);
    TRY(outcome);
    put_pair(out, "{\"" LIST "\": [\n    {", SUBJECT, writing.subject.text);
    put_pair(out, ", ", CHAIN, chain);
    put_pair(out, ",\n     ", BEFORE, count < steps.count ? steps.rows[count].link : steps.before);
    buffer_text(out, "}");
    for (size_t i = count; i > 0; i--)
        buffer_format(out, ",\n%s", texts[i - 1]);
    buffer_text(out, "\n]}\n");
    return OK;
}

/* ---- Checking ----------------------------------------------------------------------------- */

/* The text of that member; "" and a problem when there is none. */
static const char *
member_text(const struct reader *reader, const struct node *object, const char *key)
{
    const char *text = "";
    struct node member;

    if (!node_member(object, key, &member))
        member_problem(reader, object, key, "This is missing");
    else
        (void)node_text(reader, &member, true, &text);
    return text;
}

/* One column's hash: given, or of the value and salt given. */
static const char *
column_hash(const struct reader *reader, const struct node *column)
{
    struct node hidden;

    if (node_member(column, HASH, &hidden))
        return member_text(reader, column, HASH);
    return chain_column_hash(reader->arena, member_text(reader, column, SALT),
                             member_text(reader, column, NAME), member_text(reader, column, VALUE));
}

static const char *
field_hash(const struct reader *reader, const struct node *object)
{
    struct chain_field field = {.field = member_text(reader, object, FIELD),
                                .point = member_text(reader, object, POINT),
                                .before = member_text(reader, object, BEFORE),
                                .after = member_text(reader, object, AFTER)};

    (void)read_integer(reader, object, ROW, true, 0, INT32_MAX, &field.row);
    return chain_field_hash(reader->arena, member_text(reader, object, SALT), &field);
}

static void
add_all(const struct reader *reader, const struct node *event, const char *key,
        const char *(*hash)(const struct reader *reader, const struct node *object),
        struct digest *link)
{
    struct node list;

    if (!node_list(reader, event, key, &list)) {
        member_problem(reader, event, key, "This list is missing");
        return;
    }
    for (size_t i = 0; i < node_count(&list); i++) {
        struct node element;

        if (node_element_object(reader, &list, i, &element))
            digest_text(link, hash(reader, &element));
    }
}

/* Keeps the event's link; a problem unless it is what follows from the rest. */
static const char *
event_check(const struct reader *reader, const struct node *event, const char *previous)
{
    const char *given = member_text(reader, event, LINK);
    struct digest link;

    chain_link_begin(&link, previous);
    add_all(reader, event, COLUMNS, column_hash, &link);
    add_all(reader, event, FIELDS, field_hash, &link);
    if (!text_equal(digest_end(&link, reader->arena), given))
        member_problem(reader, event, LINK,
                       "This does not follow from the event and the link before it: one of them "
                       "was altered");
    return given;
}

static void
head_read(const struct reader *reader, const struct node *head, struct history_file *file)
{
    file->subject = member_text(reader, head, SUBJECT);
    file->chain = member_text(reader, head, CHAIN);
    file->before = member_text(reader, head, BEFORE);
    file->from_beginning =
        text_equal(file->before, chain_genesis(reader->arena, file->subject, file->chain));
}

enum err
history_file_check(struct arena *arena, const char *bytes, size_t size, struct problems *problems,
                   struct history_file *file)
{
    static const struct place list = {.key = LIST};
    const struct reader reader = {arena, problems};
    struct json_pieces pieces;
    const char **links;
    const char *previous = "";

    TRY(json_text_split(arena, bytes, size, LIST, problems, &pieces));
    *file = (struct history_file){.subject = ""};
    links = arena_array(arena, const char *, pieces.count + 1);
    if (pieces.count == 0)
        problem_add(problems, LIST, "This list is empty");
    for (size_t i = 0; i < pieces.count && problems->count == 0; i++) {
        const struct place place = {.up = &list, .index = i};
        struct node object;

        if (!node_open(&reader, bytes + pieces.rows[i].offset, pieces.rows[i].size, &place,
                       &object))
            continue;
        if (i == 0) {
            head_read(&reader, &object, file);
            previous = file->before;
        } else {
            previous = event_check(&reader, &object, previous);
            links[i - 1] = previous;
        }
        node_close(&object);
    }
    if (problems->count > 0)
        return ERR_INVALID;
    file->links = links;
    file->count = pieces.count - 1;
    return OK;
}
