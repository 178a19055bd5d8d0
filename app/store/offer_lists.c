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
#include "store/offers.h"

#define DAY_FIRST "0000-01-01"
#define DAY_LAST "9999-12-31"
#define TEXT_LAST "\xF4\x8F\xBF\xBF" /* U+10FFFF: after every text */

/* $1 account, $2 and $3 the cursor, $4 and $5 states or '' for any, $6 and $7 range of due_on, $8
 * the folded search, $9 and $10 its patterns, $11 limit, $12 and $13 range of accept-by, $14 and
 * $15 patterns of the customer and of a billing account, $16 and $17 a pattern of the other
 * seller's name and its id; '' for any. The operator's list has no account: $1 is ''. */
#define LINE_COLUMNS(changed)                                                                 \
    "SELECT o.id, o.name, o.billing_account, o.customer_label, i.name, p.name, o.state,"      \
    " o.accept_by_on, o.end_on, o.start_mode, o.start_on, o.accepted_on, o.partner_withdrew," \
    " (SELECT COUNT(*) FROM pricing_row r WHERE r.offer = o.id), o." changed                  \
    ", o.isv, o.partner, c.name, o.failure <> '', o.seller_ask, o.customer_ask"
#define LINE_JOINS                                                                \
    " JOIN publisher i ON i.id = o.isv LEFT JOIN publisher p ON p.id = o.partner" \
    " LEFT JOIN person c ON c.id = o.created_by"
/* The + keeps the filters out of the choice of index: with statistics the planner would take one
 * that begins with them, and sort. */
#define LINE_FILTER                                                                \
    " AND ($4 <> '' AND +o.state IN ($4, $5)"                                      \
    " OR $4 = '' AND +o.state NOT IN ('deleted', 'cancelled'))"                    \
    " AND +o.due_on BETWEEN $6 AND $7"                                             \
    " AND ($8 = '' OR o.name_fold LIKE $9 ESCAPE '!' OR o.id LIKE $10 ESCAPE '!')" \
    " AND +o.accept_by_on BETWEEN $12 AND $13"                                     \
    " AND ($14 = '' OR o.customer_fold LIKE $14 ESCAPE '!'"                        \
    " OR o.billing_account LIKE $15 ESCAPE '!')"
#define OTHER_FILTER(other) \
    " AND ($16 = '' OR " other ".name_fold LIKE $16 ESCAPE '!' OR " other ".id = $17)"
#define LINE(wall, changed, key, tie, other, compare, order)                                   \
    LINE_COLUMNS(changed)                                                                      \
    ", " key " FROM offer o" LINE_JOINS " WHERE " wall " = $1 AND (" key ", " tie ") " compare \
    " ($2, $3)" LINE_FILTER                                                                    \
    OTHER_FILTER(other) " ORDER BY " order " LIMIT $11"
/* By a name of another table, which join calls n: the account's own offers are sorted by it first,
 * and only those shown are read whole. other says who the other seller is. */
#define NAMED_LINE(wall, changed, join, name, other, compare, way)                                \
    LINE_COLUMNS(changed)                                                                         \
    ", few.name FROM (SELECT o.id, " name " AS name FROM offer o " join " WHERE " wall            \
    " = $1 AND (" name ", o.id) " compare " ($2, $3)" LINE_FILTER                                 \
    " AND ($16 = '' OR EXISTS (SELECT 1 FROM publisher s WHERE s.id = " other                     \
    " AND (s.name_fold LIKE $16 ESCAPE '!' OR s.id = $17))) ORDER BY " name " " way ", o.id " way \
    " LIMIT $11) AS few JOIN offer o ON o.id = few.id" LINE_JOINS " ORDER BY few.name " way       \
    ", few.id " way
#define LINE_GIVES "tttttTttttttiiittTitt"
#define LINE_TAKES(type) \
    "t" type "tttttttti" \
    "tttttt"

/* Both directions of one sort: ascending, then descending. A number key is i, a text key t. */
#define SORT(wall, changed, key, other, type)                                                   \
    {LINE(wall, changed, key, "o.id", other, ">", key " ASC, o.id ASC"), LINE_TAKES(type),      \
     LINE_GIVES type, false},                                                                   \
    {                                                                                           \
        LINE(wall, changed, key, "o.id", other, "<", key " DESC, o.id DESC"), LINE_TAKES(type), \
            LINE_GIVES type, false                                                              \
    }
#define NAMED_SORT(wall, changed, join, name, other)                                            \
    {NAMED_LINE(wall, changed, join, name, other, ">", "ASC"), LINE_TAKES("t"), LINE_GIVES "t", \
     false},                                                                                    \
    {                                                                                           \
        NAMED_LINE(wall, changed, join, name, other, "<", "DESC"), LINE_TAKES("t"),             \
            LINE_GIVES "t", false                                                               \
    }
#define ISV_SORT(key) SORT("o.isv", "isv_changed_at", key, "p", "t")
#define PARTNER_SORT(key) SORT("o.offered_to", "partner_changed_at", key, "i", "t")
#define CUSTOMER_SORT(key) SORT("o.extended_to", "customer_changed_at", key, "i", "t")
/* An id needs nothing behind it to be the only one. */
#define ID_SORT(wall, changed, other)                                                            \
    {LINE(wall, changed, "o.id", "$3", other, ">", "o.id ASC"), LINE_TAKES("t"), LINE_GIVES "t", \
     false},                                                                                     \
    {                                                                                            \
        LINE(wall, changed, "o.id", "$3", other, "<", "o.id DESC"), LINE_TAKES("t"),             \
            LINE_GIVES "t", false                                                                \
    }

/* By the key of lists by status, which has one range for each status. */
#define COUNTING(wall)                                                                     \
    {                                                                                      \
        "SELECT COUNT(*) FROM (SELECT 1 FROM offer o WHERE " wall " = $1 AND o.status_key" \
        " BETWEEN $2 AND $3 LIMIT $4) AS few",                                             \
            "ttti", "i", false                                                             \
    }

enum {
    ISV_LISTS,
    PARTNER_LISTS = ISV_LISTS + 2 * SORT_COUNT,
    CUSTOMER_LISTS = PARTNER_LISTS + 2 * SORT_CREATOR,
    OPERATOR_LISTS = CUSTOMER_LISTS + 2 * (SORT_END + 1),
    ISV_COUNT = OPERATOR_LISTS + 2,
    PARTNER_COUNT,
    CUSTOMER_COUNT,
    STATEMENT_COUNT
};

/* In the order of enum list_sort. */
static const struct statement statements[] = {
    SORT("o.isv", "isv_changed_at", "o.isv_changed_at", "p", "i"),
    ISV_SORT("o.name_fold"),
    ISV_SORT("o.accept_by_on"),
    ISV_SORT("o.status_key"),
    ISV_SORT("o.end_on"),
    ID_SORT("o.isv", "isv_changed_at", "p"),
    ISV_SORT("o.customer_fold"),
    ISV_SORT("o.starts_on"),
    NAMED_SORT("o.isv", "isv_changed_at", "LEFT JOIN publisher n ON n.id = o.partner",
               "COALESCE(n.name_fold, '')", "o.partner"),
    NAMED_SORT("o.isv", "isv_changed_at", "JOIN person n ON n.id = o.created_by", "LOWER(n.name)",
               "o.partner"),
    SORT("o.offered_to", "partner_changed_at", "o.partner_changed_at", "i", "i"),
    PARTNER_SORT("o.name_fold"),
    PARTNER_SORT("o.accept_by_on"),
    PARTNER_SORT("o.status_key"),
    PARTNER_SORT("o.end_on"),
    ID_SORT("o.offered_to", "partner_changed_at", "i"),
    PARTNER_SORT("o.customer_fold"),
    PARTNER_SORT("o.starts_on"),
    NAMED_SORT("o.offered_to", "partner_changed_at", "JOIN publisher n ON n.id = o.isv",
               "n.name_fold", "o.isv"),
    SORT("o.extended_to", "customer_changed_at", "o.customer_changed_at", "i", "i"),
    CUSTOMER_SORT("o.name_fold"),
    CUSTOMER_SORT("o.accept_by_on"),
    CUSTOMER_SORT("o.status_key"),
    CUSTOMER_SORT("o.end_on"),
    SORT("''", "created_at", "o.created_at", "i", "i"),
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

bool
list_sort_has(enum list_sort sort, enum party party)
{
    static const enum list_sort ends[PARTY_COUNT] = {
        [PARTY_ISV] = SORT_COUNT,
        [PARTY_PARTNER] = SORT_CREATOR,
        [PARTY_CUSTOMER] = SORT_END + 1,
        [PARTY_OPERATOR] = SORT_CHANGED + 1,
    };

    return sort < ends[party];
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

/* The range of accept-by that counts as due so. An offer without that date is in none but any. */
static void
accept_range(struct arena *arena, enum list_due due, struct day today, const char **from,
             const char **to)
{
    static const int days[LIST_DUE_COUNT] = {
        [LIST_DUE_7] = 7, [LIST_DUE_14] = 14, [LIST_DUE_30] = 30};

    *from = "";
    *to = DAY_LAST;
    if (due == LIST_DUE_ANY)
        return;
    *from = due == LIST_DUE_PAST ? DAY_FIRST : day_iso(arena, today);
    *to = day_iso(arena, day_add(today, due == LIST_DUE_PAST ? -1 : days[due]));
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
    if ((sort == SORT_ACCEPT_BY || sort == SORT_START || sort == SORT_END) && *read.key != '\0')
        TRY(day_parse(read.key, &day));
    *cursor = read;
    return OK;
}

/* The statement of the query's hat, sort and direction. */
static unsigned
statement_of(enum party party, enum list_sort sort, bool descending)
{
    unsigned first = ISV_LISTS;

    assert(list_sort_has(sort, party));
    switch (party) {
    case PARTY_ISV:
        break;
    case PARTY_PARTNER:
        first = PARTNER_LISTS;
        break;
    case PARTY_CUSTOMER:
        first = CUSTOMER_LISTS;
        break;
    case PARTY_OPERATOR:
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
    enum list_sort sort;
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
    TRY(ask_read(columns[19].text, &line->offer.seller_ask));
    TRY(ask_read(columns[20].text, &line->offer.customer_ask));
    if (reading->party == PARTY_CUSTOMER)
        line->offer.seller_ask = ASK_NONE; /* between the sellers (LAW 6.7) */
    line->offer.isv_name = line->isv_name;
    line->offer.partner_name = line->partner_name;
    line->isv = arena_text(arena, columns[15].text);
    line->partner = arena_text(arena, columns[16].text);
    line->creator = reading->party == PARTY_ISV ? arena_text(arena, columns[17].text) : "";
    line->failed =
        columns[18].integer != 0 &&
        ((reading->party == PARTY_ISV && line->offer.state == STATE_DRAFT) ||
         (reading->party == PARTY_PARTNER && line->offer.state == STATE_PENDING_PARTNER));
    line->cursor = reading->sort == SORT_CHANGED
                       ? arena_format(arena, "%" PRId64, columns[21].integer)
                       : arena_text(arena, columns[21].text); /* the key; see offers_page */
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

/* Keeps: "" finds all. */
static const char *
pattern_or_all(struct arena *arena, const char *before, const char *sought)
{
    return *sought == '\0' ? "" : like_pattern(arena, before, sought);
}

static enum err
run_list(struct db *db, struct arena *arena, const struct list_query *query,
         const struct cursor *cursor, struct reading *reading)
{
    bool descending = query->descending != query->backward;
    enum list_status status = query->status;
    struct row_reader reader = {reading, read_line};
    const char *customer = query->customer == NULL ? "" : query->customer;
    const char *other = query->other == NULL ? "" : query->other;
    const char *from;
    const char *to;
    const char *accept_from;
    const char *accept_to;

    assert((*customer == '\0' && *other == '\0') || query->viewer.party == PARTY_ISV ||
           query->viewer.party == PARTY_PARTNER);
    due_range(arena, status, query->today, &from, &to);
    accept_range(arena, query->due, query->today, &accept_from, &accept_to);
    return db_run(
        db, &store_offer_lists_family, statement_of(query->viewer.party, query->sort, descending),
        VALUES(text(query->viewer.account),
               query->sort == SORT_CHANGED ? integer(cursor->key_number) : text(cursor->key),
               text(cursor->id),
               text(status == LIST_ALL ? "" : state_text(statuses[status].states[0])),
               text(status == LIST_ALL ? "" : state_text(statuses[status].states[1])), text(from),
               text(to), text(query->search), text(like_pattern(arena, "%", query->search)),
               text(like_pattern(arena, "", query->search)), integer(query->limit + 1),
               text(accept_from), text(accept_to), text(pattern_or_all(arena, "%", customer)),
               text(pattern_or_all(arena, "", customer)), text(pattern_or_all(arena, "%", other)),
               text(other)),
        &reader, NULL);
}

enum err
offers_page(struct db *db, struct arena *arena, const struct list_query *query,
            struct list_page *page)
{
    struct cursor cursor = cursor_start(query->descending != query->backward);
    struct reading reading = {.arena = arena, .party = query->viewer.party, .sort = query->sort};
    size_t limit = (size_t)query->limit;
    bool more;

    assert(query->limit > 0 && query->limit <= LIMIT_LIST_CHUNK);
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
        page->rows[i].cursor = arena_format(arena, "%" PRId64 ".%s.%s", page->start + (int64_t)i,
                                            page->rows[i].id, page->rows[i].cursor);
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
    const enum offer_state *states = statuses[status].states;
    struct row_reader reader = {count, read_count};
    const char *from;
    const char *to;

    assert(viewer->party <= PARTY_CUSTOMER && status != LIST_ALL);
    due_range(arena, status, today, &from, &to);
    from = offer_status_key(arena, states[0], from);
    to = offer_status_key(arena, states[1], to);
    return db_run(db, &store_offer_lists_family, by_party[viewer->party],
                  VALUES(text(viewer->account), text(from), text(to), integer(LIMIT_COUNTED + 1)),
                  &reader, NULL);
}
