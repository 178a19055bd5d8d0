/*
 * chains.c: the tables seal and chain_link, and the columns that go into a link.
 *
 * Not here: the hashes (core/chain), checking a whole store (store/chain_checks). A column that is
 * added to a table of events is one more name in its row of sources, at the end.
 */
#include "store/chains.h"

#include <inttypes.h>
#include <string.h>

#include "base/limits.h"
#include "base/text.h"
#include "store/families.h"

enum {
    OFFER_EVENT,
    PURCHASE_EVENT,
    REQUEST_EVENT,
    ACCOUNT_EVENT,
    OFFER_FIELDS,
    SEAL_INSERT,
    SEAL_AT,
    LINK_INSERT,
    LINK_BEFORE,
    LINKS_NEWEST,
    EXTENDED_LAST,
    UNSEALED,
    BEGIN_OFFERS,
    BEGIN_PURCHASES
};

static const char *const offer_columns[] = {
    "at", "kind", "party", "account", "account_name", "person", "person_name", "partner", "note"};
static const char *const purchase_columns[] = {"at",           "kind",   "party",       "account",
                                               "account_name", "person", "person_name", "note"};
static const char *const account_columns[] = {"at",    "person", "person_name",
                                              "field", "before", "after"};

static const struct statement statements[] = {
    [OFFER_EVENT] = {"SELECT at, kind, party, account, account_name, person, person_name, partner,"
                     " note FROM event WHERE offer = $1 AND number = $2",
                     "ti", "itttttttt", false},
    [PURCHASE_EVENT] = {"SELECT at, kind, party, account, account_name, person, person_name, note"
                        " FROM purchase_event WHERE purchase = $1 AND number = $2",
                        "ti", "ittttttt", false},
    [REQUEST_EVENT] = {"SELECT at, kind, party, account, account_name, person, person_name, note"
                       " FROM support_act WHERE request = $1 AND number = $2",
                       "ti", "ittttttt", false},
    [ACCOUNT_EVENT] = {"SELECT at, person, person_name, field, before, after FROM account_event"
                       " WHERE account = $1 AND number = $2 AND kind = $3",
                       "tit", "ittttt", false},
    [OFFER_FIELDS] = {"SELECT position, field, pricing_row, point, before, after FROM event_field"
                      " WHERE offer = $1 AND number = $2 ORDER BY position",
                      "ti",
                      "ititt"
                      "t",
                      false},
    [SEAL_INSERT] = {"INSERT INTO seal (subject, number, salt) VALUES ($1, $2, $3)", "tit", "",
                     true},
    [SEAL_AT] = {"SELECT salt FROM seal WHERE subject = $1 AND number = $2", "ti", "t", false},
    [LINK_INSERT] = {"INSERT INTO chain_link (subject, chain, number, link)"
                     " VALUES ($1, $2, $3, $4)",
                     "ttit", "", true},
    [LINK_BEFORE] = {"SELECT link FROM chain_link WHERE subject = $1 AND chain = $2 AND number < $3"
                     " ORDER BY number DESC LIMIT 1",
                     "tti", "t", false},
    [LINKS_NEWEST] = {"SELECT number, link FROM chain_link WHERE subject = $1 AND chain = $2"
                      " AND number >= $3 ORDER BY number DESC LIMIT $4",
                      "ttii", "it", false},
    [EXTENDED_LAST] = {"SELECT COALESCE(MAX(number), 0) FROM event WHERE offer = $1"
                       " AND kind = 'extended'",
                       "t", "i", false},
    /* the oldest events first, in each history by itself: number ascends */
    [UNSEALED] = {"SELECT subject, number FROM (SELECT 'offer ' || offer AS subject, number"
                  " FROM event UNION ALL SELECT 'purchase ' || purchase, number FROM purchase_event"
                  " UNION ALL SELECT 'request ' || request, number FROM support_act"
                  " UNION ALL SELECT kind || ' ' || account, number FROM account_event) e"
                  " WHERE NOT EXISTS (SELECT 1 FROM seal s WHERE s.subject = e.subject"
                  " AND s.number = e.number) ORDER BY number, subject LIMIT $1",
                  "i", "ti", false},
    [BEGIN_OFFERS] = {"INSERT INTO event (offer, number, at, kind, party, account, account_name,"
                      " person, person_name, partner) SELECT o.id, 1, o.created_at, 'created',"
                      " 'isv', o.isv, p.name, o.created_by, n.name, '' FROM offer o"
                      " JOIN publisher p ON p.id = o.isv JOIN person n ON n.id = o.created_by"
                      " WHERE NOT EXISTS (SELECT 1 FROM event e WHERE e.offer = o.id)",
                      "", "", true},
    [BEGIN_PURCHASES] = {"INSERT INTO purchase_event (purchase, number, at, kind, party,"
                         " account_name, account, person, person_name, note) SELECT b.id, 1,"
                         " b.bought_at, 'bought', 'customer', g.name, b.organisation, b.person,"
                         " n.name, '' FROM purchase b JOIN organisation g ON g.id = b.organisation"
                         " JOIN person n ON n.id = b.person WHERE NOT EXISTS"
                         " (SELECT 1 FROM purchase_event e WHERE e.purchase = b.id)",
                         "", "", true},
};

const struct family store_chains_family = {"chains", statements, COUNT(statements), FAMILY_CHAINS};

struct source {
    unsigned statement;
    const char *const *names;
    size_t count;
};

static const struct source sources[] = {
    [CHAIN_OFFER] = {OFFER_EVENT, offer_columns, COUNT(offer_columns)},
    [CHAIN_PURCHASE] = {PURCHASE_EVENT, purchase_columns, COUNT(purchase_columns)},
    [CHAIN_REQUEST] = {REQUEST_EVENT, purchase_columns, COUNT(purchase_columns)},
    [CHAIN_ACCOUNT] = {ACCOUNT_EVENT, account_columns, COUNT(account_columns)},
};
_Static_assert(COUNT(offer_columns) <= CHAIN_COLUMNS_MAX &&
                   COUNT(purchase_columns) <= CHAIN_COLUMNS_MAX,
               "the columns fit");

struct chain_subject
chain_subject_of(struct arena *arena, const char *word, const char *id)
{
    struct chain_subject subject = {CHAIN_ACCOUNT, arena_format(arena, "%s %s", word, id), word,
                                    id};

    if (text_equal(word, CHAIN_WORD_OFFER))
        subject.kind = CHAIN_OFFER;
    else if (text_equal(word, CHAIN_WORD_PURCHASE))
        subject.kind = CHAIN_PURCHASE;
    else if (text_equal(word, CHAIN_WORD_REQUEST))
        subject.kind = CHAIN_REQUEST;
    return subject;
}

struct chain_subject
chain_subject_named(struct arena *arena, const char *text)
{
    size_t length = strcspn(text, " ");

    return chain_subject_of(arena, arena_copy(arena, text, length),
                            arena_text(arena, text[length] == '\0' ? "" : text + length + 1));
}

/* The value of that column; every source has those that are asked for. */
static const char *
value_of(const struct chain_event *event, const char *name)
{
    int found = text_find(event->names, (int)event->count, name);

    assert(found >= 0);
    return event->values[found];
}

static void
place_add(struct chain_event *event, const char *name, enum party party)
{
    assert(event->place_count < CHAINS_MAX);
    event->places[event->place_count++] = (struct chain_place){.name = name, .party = party};
}

/* The chain of all events, and those of the parties that may read of it. A kind that is none is an
 * alteration, which the first chain shows. */
static void
places_find(struct arena *arena, struct chain_event *event)
{
    enum event_kind kind;
    unsigned seen;

    if (event_kind_read(value_of(event, "kind"), &kind) != OK)
        return;
    seen = event_seen_by(kind);
    if ((seen & PARTY_BIT(PARTY_ISV)) != 0)
        place_add(event, party_text(PARTY_ISV), PARTY_ISV);
    if ((seen & PARTY_BIT(PARTY_PARTNER)) != 0 && *value_of(event, "partner") != '\0')
        place_add(
            event,
            arena_format(arena, "%s %s", party_text(PARTY_PARTNER), value_of(event, "partner")),
            PARTY_PARTNER);
    if ((seen & PARTY_BIT(PARTY_CUSTOMER)) != 0) {
        place_add(event, party_text(PARTY_CUSTOMER), PARTY_CUSTOMER);
        event->places[event->place_count - 1].begins = kind == EVENT_EXTENDED;
    }
}

struct loading {
    struct arena *arena;
    struct chain_event *event;
    bool found;
};

static enum err
event_take(void *context, const struct column *columns)
{
    struct loading *loading = context;
    struct chain_event *event = loading->event;

    event->values[0] = arena_format(loading->arena, "%" PRId64, columns[0].integer); /* at */
    for (size_t i = 1; i < event->count; i++)
        event->values[i] = arena_text(loading->arena, columns[i].text);
    loading->found = true;
    return OK;
}

enum err
chain_event_load(struct db *db, struct arena *arena, const struct chain_subject *subject,
                 int64_t number, struct chain_event *event)
{
    const struct source *source = &sources[subject->kind];
    const struct value values[] = {text(subject->id), integer(number), text(subject->word)};
    size_t count = subject->kind == CHAIN_ACCOUNT ? 3 : 2;
    struct loading loading = {arena, event, false};
    struct row_reader reader = {&loading, event_take};

    *event = (struct chain_event){.names = source->names, .count = source->count};
    TRY(db_run(db, &store_chains_family, source->statement, values, count, &reader, NULL));
    if (!loading.found)
        return ERR_ABSENT;
    place_add(event, CHAIN_ALL, PARTY_SYSTEM);
    if (subject->kind == CHAIN_OFFER)
        places_find(arena, event);
    return OK;
}

static enum err
field_take(void *context, const struct column *columns)
{
    const struct chain_field_reader *reader = context;
    const struct chain_field field = {.field = columns[1].text,
                                      .row = columns[2].integer,
                                      .point = columns[3].text,
                                      .before = columns[4].text,
                                      .after = columns[5].text};

    return reader->read(reader->context, columns[0].integer, &field);
}

enum err
chain_fields(struct db *db, const struct chain_subject *subject, int64_t number,
             const struct chain_field_reader *reader)
{
    struct chain_field_reader copy = *reader;
    struct row_reader rows = {&copy, field_take};

    if (subject->kind != CHAIN_OFFER)
        return OK;
    return db_run(db, &store_chains_family, OFFER_FIELDS,
                  VALUES(text(subject->id), integer(number)), &rows, NULL);
}

bool
chain_field_seen(enum party reader, const struct chain_event *event, const char *field)
{
    enum field found = field_named(field);
    enum party actor;

    return reader == PARTY_SYSTEM ||
           (found != FIELD_COUNT && field_seen(found, reader) &&
            party_read(value_of(event, "party"), &actor) == OK && field_seen(found, actor));
}

/* A text that one row gives; NULL when there was none. */
struct one_text {
    struct arena *arena;
    const char *text;
};

static enum err
text_take(void *context, const struct column *columns)
{
    struct one_text *one = context;

    one->text = arena_text(one->arena, columns[0].text);
    return OK;
}

enum err
chain_salt(struct db *db, struct arena *arena, const struct chain_subject *subject, int64_t number,
           const char **salt)
{
    struct one_text one = {arena, NULL};
    struct row_reader reader = {&one, text_take};

    TRY(db_run(db, &store_chains_family, SEAL_AT, VALUES(text(subject->text), integer(number)),
               &reader, NULL));
    if (one.text == NULL)
        return ERR_ABSENT;
    *salt = one.text;
    return OK;
}

static enum err
link_before(struct db *db, struct arena *arena, const struct chain_subject *subject,
            const struct chain_place *place, int64_t number, const char **link)
{
    struct one_text one = {arena, NULL};
    struct row_reader reader = {&one, text_take};

    if (!place->begins)
        TRY(db_run(db, &store_chains_family, LINK_BEFORE,
                   VALUES(text(subject->text), text(place->name), integer(number)), &reader, NULL));
    *link = one.text != NULL ? one.text : chain_genesis(arena, subject->text, place->name);
    return OK;
}

/* The links of one event in the making. */
struct linking {
    struct arena *arena;
    const char *salt;
    const struct chain_event *event;
    struct digest digests[CHAINS_MAX];
};

static enum err
field_add(void *context, int64_t position, const struct chain_field *field)
{
    struct linking *linking = context;
    const char *hash = chain_field_hash(
        linking->arena, chain_field_salt(linking->arena, linking->salt, position), field);

    for (size_t i = 0; i < linking->event->place_count; i++) {
        if (chain_field_seen(linking->event->places[i].party, linking->event, field->field))
            digest_text(&linking->digests[i], hash);
    }
    return OK;
}

static void
columns_add(struct linking *linking)
{
    for (size_t i = 0; i < linking->event->count; i++) {
        const char *name = linking->event->names[i];
        const char *hash = chain_column_hash(linking->arena,
                                             chain_column_salt(linking->arena, linking->salt, name),
                                             name, linking->event->values[i]);

        for (size_t k = 0; k < linking->event->place_count; k++)
            digest_text(&linking->digests[k], hash);
    }
}

enum err
chain_event_links(struct db *db, struct arena *arena, const struct chain_subject *subject,
                  int64_t number, const char *salt, struct chain_event *event)
{
    struct linking linking = {.arena = arena, .salt = salt, .event = event};
    struct chain_field_reader reader = {&linking, field_add};

    for (size_t i = 0; i < event->place_count; i++) {
        const char *previous = NULL;

        TRY(link_before(db, arena, subject, &event->places[i], number, &previous));
        chain_link_begin(&linking.digests[i], previous);
    }
    columns_add(&linking);
    TRY(chain_fields(db, subject, number, &reader));
    for (size_t i = 0; i < event->place_count; i++)
        event->places[i].link = digest_end(&linking.digests[i], arena);
    return OK;
}

enum err
chain_seal(struct db *db, struct arena *arena, const struct world *world,
           const struct chain_subject *subject, int64_t number)
{
    const char *salt = world_token(world, arena);
    struct chain_event event;

    TRY(chain_event_load(db, arena, subject, number, &event));
    TRY(chain_event_links(db, arena, subject, number, salt, &event));
    TRY(db_run(db, &store_chains_family, SEAL_INSERT,
               VALUES(text(subject->text), integer(number), text(salt)), NULL, NULL));
    for (size_t i = 0; i < event.place_count; i++)
        TRY(db_run(db, &store_chains_family, LINK_INSERT,
                   VALUES(text(subject->text), text(event.places[i].name), integer(number),
                          text(event.places[i].link)),
                   NULL, NULL));
    return OK;
}

/* ---- A chain's links --------------------------------------------------------------------- */

struct stepping {
    struct arena *arena;
    struct chain_steps *steps;
};

static enum err
step_take(void *context, const struct column *columns)
{
    struct stepping *stepping = context;
    struct chain_steps *steps = stepping->steps;
    const char *link = arena_text(stepping->arena, columns[1].text);

    if (steps->count < LIMIT_HISTORY_EVENTS)
        steps->rows[steps->count++] = (struct chain_step){columns[0].integer, link};
    else
        steps->before = link;
    return OK;
}

static enum err
number_take(void *context, const struct column *columns)
{
    *(int64_t *)context = columns[0].integer;
    return OK;
}

enum err
chain_steps_of(struct db *db, struct arena *arena, const struct chain_subject *subject,
               const char *chain, struct chain_steps *steps)
{
    struct chain_steps found = {arena_array(arena, struct chain_step, LIMIT_HISTORY_EVENTS), 0,
                                chain_genesis(arena, subject->text, chain)};
    struct stepping stepping = {arena, &found};
    struct row_reader reader = {&stepping, step_take};
    int64_t first = 0;
    struct row_reader of_first = {&first, number_take};

    if (text_equal(chain, party_text(PARTY_CUSTOMER)))
        TRY(db_run(db, &store_chains_family, EXTENDED_LAST, VALUES(text(subject->id)), &of_first,
                   NULL));
    TRY(db_run(
        db, &store_chains_family, LINKS_NEWEST,
        VALUES(text(subject->text), text(chain), integer(first), integer(LIMIT_HISTORY_EVENTS + 1)),
        &reader, NULL));
    *steps = found;
    return OK;
}

/* ---- Before there were seals -------------------------------------------------------------- */

/* Events without a seal. */
struct unsealed {
    struct arena *arena;
    const char **subjects;
    int64_t *numbers;
    size_t count;
};

static enum err
unsealed_take(void *context, const struct column *columns)
{
    struct unsealed *unsealed = context;

    assert(unsealed->count < LIMIT_SEALED_AT_ONCE);
    unsealed->subjects[unsealed->count] = arena_text(unsealed->arena, columns[0].text);
    unsealed->numbers[unsealed->count++] = columns[1].integer;
    return OK;
}

enum err
chain_begin_old(struct db *db)
{
    TRY(db_run(db, &store_chains_family, BEGIN_OFFERS, NO_VALUES, NULL, NULL));
    return db_run(db, &store_chains_family, BEGIN_PURCHASES, NO_VALUES, NULL, NULL);
}

enum err
chain_seal_old(struct db *db, struct arena *arena, const struct world *world, size_t *sealed)
{
    struct unsealed unsealed = {arena, arena_array(arena, const char *, LIMIT_SEALED_AT_ONCE),
                                arena_array(arena, int64_t, LIMIT_SEALED_AT_ONCE), 0};
    struct row_reader reader = {&unsealed, unsealed_take};

    TRY(db_run(db, &store_chains_family, UNSEALED, VALUES(integer(LIMIT_SEALED_AT_ONCE)), &reader,
               NULL));
    for (size_t i = 0; i < unsealed.count; i++) {
        struct chain_subject subject = chain_subject_named(arena, unsealed.subjects[i]);

        TRY(chain_seal(db, arena, world, &subject, unsealed.numbers[i]));
    }
    *sealed = unsealed.count;
    return OK;
}
