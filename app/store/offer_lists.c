/*
 * offer_lists.c: one statement per hat, sort key and direction, made by the preprocessor.
 *
 * Invariant: the unary + before state keeps the planner on the sort index, where the status is
 * evaluated without touching the row (after ANALYZE it would otherwise sort the count index's
 * rows).
 */
#include "store/offer_lists.h"

#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "core/fields.h"
#include "store/families.h"
#include "store/like.h"

#define DAY_FIRST "0000-01-01"
#define DAY_LAST "9999-12-31"
#define TEXT_LAST "\xF4\x8F\xBF\xBF" /* U+10FFFF: after every text */

/* $1 account, $2 and $3 the cursor, $4 and $5 states or '' for any, $6 and $7 range of due_on, $8
 * the folded search, $9 and $10 its patterns, $11 limit. The operator's list has no account: $1 is
 * ''. */
#define LINE_COLUMNS(changed)                                                                 \
    "SELECT o.id, o.name, o.billing_account, o.customer_label, i.name, p.name, o.state,"      \
    " o.accept_by_on, o.end_on, o.start_mode, o.start_on, o.accepted_on, o.partner_withdrew," \
    " (SELECT COUNT(*) FROM pricing_row r WHERE r.offer = o.id), o." changed                  \
    ", o.seller_ask, o.customer_ask"
#define LINE_FROM(wall)                                                                        \
    " FROM offer o JOIN publisher i ON i.id = o.isv LEFT JOIN publisher p ON p.id = o.partner" \
    " WHERE " wall " = $1"
/* The + keeps both filters out of the choice of index: with statistics the planner would take one
 * that begins with them, and sort. */
#define LINE_FILTER                                             \
    " AND ($4 <> '' AND +o.state IN ($4, $5)"                   \
    " OR $4 = '' AND +o.state NOT IN ('deleted', 'cancelled'))" \
    " AND +o.due_on BETWEEN $6 AND $7"                          \
    " AND ($8 = '' OR o.name_fold LIKE $9 ESCAPE '!' OR o.id LIKE $10 ESCAPE '!')"
#define LINE(wall, changed, key, compare, order)                                           \
    LINE_COLUMNS(changed)                                                                  \
    LINE_FROM(wall)                                                                        \
    " AND (o." key ", o.id) " compare " ($2, $3)" LINE_FILTER " ORDER BY o." key " " order \
    ", o.id " order " LIMIT $11"
#define LINE_GIVES "tttttTttttttiiitt"

/* Both directions of one sort: ascending, then descending. A number key takes i, a text key t. */
#define SORT(wall, changed, key, takes)                                 \
    {LINE(wall, changed, key, ">", "ASC"), takes, LINE_GIVES, false},   \
    {                                                                   \
        LINE(wall, changed, key, "<", "DESC"), takes, LINE_GIVES, false \
    }
#define BY_NUMBER "titttttttti"
#define BY_TEXT "tttttttttti"

#define COUNTING(wall)                                                                            \
    {                                                                                             \
        "SELECT COUNT(*) FROM (SELECT 1 FROM offer o WHERE " wall " = $1 AND o.state IN ($2, $3)" \
        " AND o.due_on BETWEEN $4 AND $5 LIMIT $6) AS few",                                       \
            "ttttti", "i", false                                                                  \
    }

enum {
    ISV_LISTS,
    PARTNER_LISTS = ISV_LISTS + 2 * SORT_COUNT,
    CUSTOMER_LISTS = PARTNER_LISTS + 2 * SORT_COUNT,
    OPERATOR_LISTS = CUSTOMER_LISTS + 2,
    ISV_COUNT = OPERATOR_LISTS + 2,
    PARTNER_COUNT,
    CUSTOMER_COUNT,
    STATEMENT_COUNT
};

static const struct statement statements[] = {
    SORT("o.isv", "isv_changed_at", "isv_changed_at", BY_NUMBER),
    SORT("o.isv", "isv_changed_at", "name_fold", BY_TEXT),
    SORT("o.isv", "isv_changed_at", "accept_by_on", BY_TEXT),
    SORT("o.offered_to", "partner_changed_at", "partner_changed_at", BY_NUMBER),
    SORT("o.offered_to", "partner_changed_at", "name_fold", BY_TEXT),
    SORT("o.offered_to", "partner_changed_at", "accept_by_on", BY_TEXT),
    SORT("o.extended_to", "customer_changed_at", "customer_changed_at", BY_NUMBER),
    SORT("''", "created_at", "created_at", BY_NUMBER),
    COUNTING("o.isv"),
    COUNTING("o.offered_to"),
    COUNTING("o.extended_to"),
};
_Static_assert(COUNT(statements) == STATEMENT_COUNT, "the enum and the table agree");

const struct family store_offer_lists_family = {"offer_lists", statements, COUNT(statements),
                                                FAMILY_OFFER_LISTS};

/* When a stored state counts as the status. */
enum due_range { DUE_ANY, DUE_STILL, DUE_PAST };

static const struct {
    const char *text;
    const char *words;
    enum offer_state states[2]; /* the same twice where there is one */
    enum due_range due;
    unsigned seen_by;
} statuses[LIST_STATUS_COUNT] = {
#define ISV PARTY_BIT(PARTY_ISV)
#define PARTNER PARTY_BIT(PARTY_PARTNER)
#define CUSTOMER PARTY_BIT(PARTY_CUSTOMER)
    [LIST_ALL] = {"", "All", {STATE_DRAFT, STATE_DRAFT}, DUE_ANY, ISV | PARTNER | CUSTOMER},
    [LIST_DRAFT] = {"draft", "Draft", {STATE_DRAFT, STATE_DRAFT}, DUE_ANY, ISV},
    [LIST_IN_PROGRESS] = {"in_progress",
                          "In Progress",
                          {STATE_TO_PARTNER, STATE_TO_CUSTOMER},
                          DUE_ANY,
                          ISV | PARTNER},
    [LIST_PENDING_PARTNER] = {"pending_partner",
                              "Pending partner action",
                              {STATE_PENDING_PARTNER, STATE_PENDING_PARTNER},
                              DUE_ANY,
                              ISV | PARTNER},
    [LIST_PENDING_ACCEPTANCE] = {"pending_acceptance",
                                 "Pending acceptance",
                                 {STATE_PENDING_ACCEPTANCE, STATE_PENDING_ACCEPTANCE},
                                 DUE_STILL,
                                 ISV | PARTNER | CUSTOMER},
    [LIST_ACCEPTED] = {"accepted",
                       "Accepted",
                       {STATE_ACCEPTED, STATE_ACCEPTED},
                       DUE_STILL,
                       ISV | PARTNER | CUSTOMER},
    [LIST_EXPIRED] = {"expired",
                      "Expired",
                      {STATE_PENDING_ACCEPTANCE, STATE_PENDING_ACCEPTANCE},
                      DUE_PAST,
                      ISV | PARTNER | CUSTOMER},
    [LIST_ENDED] =
        {"ended", "Ended", {STATE_ACCEPTED, STATE_ACCEPTED}, DUE_PAST, ISV | PARTNER | CUSTOMER},
};

const char *
list_status_text(enum list_status status)
{
    assert(status < LIST_STATUS_COUNT);
    return statuses[status].text;
}

const char *
list_status_words(enum list_status status)
{
    assert(status < LIST_STATUS_COUNT);
    return statuses[status].words;
}

enum list_status
list_status_named(const char *text)
{
    for (int i = 0; i < LIST_STATUS_COUNT; i++) {
        if (text_equal(statuses[i].text, text))
            return (enum list_status)i;
    }
    return LIST_ALL;
}

bool
list_status_seen(enum list_status status, enum party party)
{
    assert(status < LIST_STATUS_COUNT);
    return (statuses[status].seen_by & PARTY_BIT(party)) != 0;
}

/* The range of due_on in which a stored state is that status today. */
static void
due_range(struct arena *arena, enum list_status status, struct day today, const char **from,
          const char **to)
{
    *from = DAY_FIRST;
    *to = DAY_LAST;
    if (statuses[status].due == DUE_STILL)
        *from = day_iso(arena, today);
    if (statuses[status].due == DUE_PAST)
        *to = day_iso(arena, day_add(today, -1));
}

/* A cursor is <number of the row>.<id>.<sort key>. */
struct cursor {
    int64_t number;
    const char *id;
    const char *key;
    int64_t key_number;
};

#define GUID_CHARS 36

/* The place before the first row in the given direction. */
static struct cursor
cursor_start(bool descending)
{
    return (struct cursor){
        .number = 0,
        .id = descending ? TEXT_LAST : "",
        .key = descending ? TEXT_LAST : "",
        .key_number = descending ? INT64_MAX : -1,
    };
}

static enum err
cursor_read(struct arena *arena, const char *text, enum list_sort sort, struct cursor *cursor)
{
    size_t digits = strspn(text, "0123456789");
    struct cursor read = {0};
    struct day day;

    if (digits == 0 || digits > 9 || text[digits] != '.' ||
        strlen(text) < digits + 1 + GUID_CHARS + 1 || text[digits + 1 + GUID_CHARS] != '.')
        return ERR_INVALID;
    TRY(text_to_integer(arena_copy(arena, text, digits), 0, INT32_MAX, &read.number));
    read.id = arena_copy(arena, text + digits + 1, GUID_CHARS);
    read.key = text + digits + 1 + GUID_CHARS + 1;
    if (sort == SORT_CHANGED)
        TRY(text_to_integer(read.key, 0, INT64_MAX, &read.key_number));
    if (sort == SORT_ACCEPT_BY && *read.key != '\0')
        TRY(day_parse(read.key, &day));
    *cursor = read;
    return OK;
}

/* The statement of the query's hat, sort and direction. */
static unsigned
statement_of(enum party party, enum list_sort sort, bool descending)
{
    unsigned first = ISV_LISTS;

    switch (party) {
    case PARTY_ISV:
        break;
    case PARTY_PARTNER:
        first = PARTNER_LISTS;
        break;
    case PARTY_CUSTOMER:
        assert(sort == SORT_CHANGED);
        first = CUSTOMER_LISTS;
        break;
    case PARTY_OPERATOR:
        assert(sort == SORT_CHANGED);
        first = OPERATOR_LISTS;
        break;
    case PARTY_SYSTEM:
    case PARTY_COUNT:
        assert(false);
        break;
    }
    return first + 2 * (unsigned)sort + (descending ? 1 : 0);
}

/* Where lines go. */
struct reading {
    struct arena *arena;
    enum party party;
    struct offer_line *rows;
    size_t count;
};

static enum err
read_days(struct offer *offer, const struct column *columns)
{
    struct {
        const char *stored;
        struct day *day;
    } days[] = {{columns[7].text, &offer->accept_by_on},
                {columns[8].text, &offer->end_on},
                {columns[10].text, &offer->start_on},
                {columns[11].text, &offer->accepted_on}};

    for (size_t i = 0; i < COUNT(days); i++) {
        *days[i].day = DAY_NONE;
        if (*days[i].stored != '\0' && day_parse(days[i].stored, days[i].day) != OK)
            return ERR_BROKEN;
    }
    return OK;
}

static enum err
read_line(void *context, const struct column *columns)
{
    struct reading *reading = context;
    struct arena *arena = reading->arena;
    struct offer_line *line = &reading->rows[reading->count];

    line->id = arena_text(arena, columns[0].text);
    line->name = arena_text(arena, columns[1].text);
    line->billing_account = arena_text(arena, columns[2].text);
    line->customer_label =
        field_seen(FIELD_CUSTOMER_LABEL, reading->party) ? arena_text(arena, columns[3].text) : "";
    line->isv_name = arena_text(arena, columns[4].text);
    line->partner_name = arena_text(arena, columns[5].text);
    TRY(state_read(columns[6].text, &line->offer.state));
    TRY(start_mode_read(columns[9].text, &line->offer.start_mode));
    TRY(read_days(&line->offer, columns));
    line->offer.partner_withdrew = columns[12].integer != 0;
    line->row_count = (int)columns[13].integer;
    line->changed_at = columns[14].integer;
    TRY(ask_read(columns[15].text, &line->offer.seller_ask));
    TRY(ask_read(columns[16].text, &line->offer.customer_ask));
    if (reading->party == PARTY_CUSTOMER)
        line->offer.seller_ask = ASK_NONE; /* between the sellers (LAW 6.7) */
    line->offer.isv_name = line->isv_name;
    line->offer.partner_name = line->partner_name;
    reading->count++;
    return OK;
}

static void
reverse(struct offer_line *rows, size_t count)
{
    for (size_t i = 0; i < count / 2; i++) {
        struct offer_line swapped = rows[i];

        rows[i] = rows[count - 1 - i];
        rows[count - 1 - i] = swapped;
    }
}

static const char *
cursor_of(struct arena *arena, enum list_sort sort, const struct offer_line *line, int64_t number)
{
    const char *key = "";

    switch (sort) {
    case SORT_CHANGED:
        key = arena_format(arena, "%" PRId64, line->changed_at);
        break;
    case SORT_NAME:
        key = text_fold(arena, line->name);
        break;
    case SORT_ACCEPT_BY:
        key = day_iso(arena, line->offer.accept_by_on);
        break;
    case SORT_COUNT:
        assert(false);
        break;
    }
    return arena_format(arena, "%" PRId64 ".%s.%s", number, line->id, key);
}

static enum err
run_list(struct db *db, struct arena *arena, const struct list_query *query,
         const struct cursor *cursor, struct reading *reading)
{
    bool descending = query->descending != query->backward;
    enum list_status status = query->status;
    struct row_reader reader = {reading, read_line};
    const char *from;
    const char *to;

    due_range(arena, status, query->today, &from, &to);
    return db_run(
        db, &store_offer_lists_family, statement_of(query->viewer.party, query->sort, descending),
        VALUES(text(query->viewer.account),
               query->sort == SORT_CHANGED ? integer(cursor->key_number) : text(cursor->key),
               text(cursor->id),
               text(status == LIST_ALL ? "" : state_text(statuses[status].states[0])),
               text(status == LIST_ALL ? "" : state_text(statuses[status].states[1])), text(from),
               text(to), text(query->search), text(like_pattern(arena, "%", query->search)),
               text(like_pattern(arena, "", query->search)), integer(query->limit + 1)),
        &reader, NULL);
}

enum err
offers_page(struct db *db, struct arena *arena, const struct list_query *query,
            struct list_page *page)
{
    struct cursor cursor = cursor_start(query->descending != query->backward);
    struct reading reading = {.arena = arena, .party = query->viewer.party};
    size_t limit = (size_t)query->limit;
    bool more;

    assert(query->limit > 0 && query->limit <= LIMIT_LIST_ROWS);
    if (*query->cursor != '\0')
        TRY(cursor_read(arena, query->cursor, query->sort, &cursor));
    reading.rows = arena_array(arena, struct offer_line, limit + 1);
    TRY(run_list(db, arena, query, &cursor, &reading));
    more = reading.count > limit;
    page->count = more ? limit : reading.count;
    page->rows = reading.rows;
    if (query->backward)
        reverse(page->rows, page->count);
    page->before = query->backward ? more : *query->cursor != '\0';
    page->after = query->backward ? *query->cursor != '\0' : more;
    page->start = query->backward ? cursor.number - (int64_t)page->count : cursor.number + 1;
    if (page->start < 1 || !page->before)
        page->start = 1; /* rows came or went above since the cursor was made */
    for (size_t i = 0; i < page->count; i++)
        page->rows[i].cursor =
            cursor_of(arena, query->sort, &page->rows[i], page->start + (int64_t)i);
    return OK;
}

static enum err
read_count(void *context, const struct column *columns)
{
    int64_t *count = context;

    *count = columns[0].integer;
    return OK;
}

enum err
offers_count(struct db *db, struct arena *arena, const struct viewer *viewer,
             enum list_status status, struct day today, int64_t *count)
{
    static const unsigned by_party[PARTY_COUNT] = {
        [PARTY_ISV] = ISV_COUNT,
        [PARTY_PARTNER] = PARTNER_COUNT,
        [PARTY_CUSTOMER] = CUSTOMER_COUNT,
    };
    struct row_reader reader = {count, read_count};
    const char *from;
    const char *to;

    assert(viewer->party <= PARTY_CUSTOMER && status != LIST_ALL);
    due_range(arena, status, today, &from, &to);
    return db_run(db, &store_offer_lists_family, by_party[viewer->party],
                  VALUES(text(viewer->account), text(state_text(statuses[status].states[0])),
                         text(state_text(statuses[status].states[1])), text(from), text(to),
                         integer(LIMIT_COUNTED + 1)),
                  &reader, NULL);
}
