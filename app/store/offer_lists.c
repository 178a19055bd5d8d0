/*
 * offer_lists.c: see the header.
 */
#include "store/offer_lists.h"

#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "core/fields.h"
#include "store/families.h"
#include "store/like.h"
#include "store/offer_list_lines.h"
#include "store/offers.h"

#define DAY_FIRST "0000-01-01"
#define DAY_LAST "9999-12-31"
#define TEXT_LAST "\xF4\x8F\xBF\xBF" /* U+10FFFF: after every text */

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
    } days[] = {{columns[5].text, &offer->accept_by_on},
                {columns[6].text, &offer->end_on},
                {columns[8].text, &offer->start_on},
                {columns[9].text, &offer->accepted_on}};

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
    TRY(state_read(columns[4].text, &line->offer.state));
    TRY(start_mode_read(columns[7].text, &line->offer.start_mode));
    TRY(read_days(&line->offer, columns));
    line->offer.partner_withdrew = columns[10].integer != 0;
    line->row_count = (int)columns[11].integer;
    line->changed_at = columns[12].integer;
    line->isv = arena_text(arena, columns[13].text);
    line->partner = arena_text(arena, columns[14].text);
    line->failed =
        columns[15].integer != 0 &&
        ((reading->party == PARTY_ISV && line->offer.state == STATE_DRAFT) ||
         (reading->party == PARTY_PARTNER && line->offer.state == STATE_PENDING_PARTNER));
    TRY(ask_read(columns[16].text, &line->offer.seller_ask));
    TRY(ask_read(columns[17].text, &line->offer.customer_ask));
    if (reading->party == PARTY_CUSTOMER)
        line->offer.seller_ask = ASK_NONE; /* between the sellers (LAW 6.7) */
    line->isv_name = arena_text(arena, columns[18].text);
    line->partner_name = arena_text(arena, columns[19].text);
    line->creator = arena_text(arena, columns[20].text);
    line->offer.isv_name = line->isv_name;
    line->offer.partner_name = line->partner_name;
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

/* What may stand in the place of nothing searched or filtered for. */
static bool
plain(const struct list_query *query)
{
    return *query->search == '\0' && query->due == LIST_DUE_ANY &&
           (query->customer == NULL || *query->customer == '\0') &&
           (query->other == NULL || *query->other == '\0') &&
           query->viewer.party != PARTY_OPERATOR;
}

/* By accept-by, which ends the key of lists by status: from the near end of the status, or the
 * cursor, to its far end. */
static enum err
run_waiting(struct db *db, struct arena *arena, const struct list_query *query,
            const struct cursor *cursor, struct reading *reading)
{
    bool descending = query->descending != query->backward;
    struct row_reader reader = {reading, read_line};
    const char *from;
    const char *to;
    const char *key = cursor->key;
    const char *id = cursor->id;

    due_range(arena, query->status, query->today, &from, &to);
    if (descending ? strcmp(key, to) > 0 : strcmp(key, from) < 0) {
        key = descending ? to : from;
        id = descending ? TEXT_LAST : "";
    }
    return db_run(
        db, &store_offer_lists_family,
        PLAIN_LISTS + PLAIN_COUNT * (unsigned)query->viewer.party + PLAIN_WAITING + descending,
        VALUES(text(query->viewer.account),
               text(offer_status_key(arena, STATE_PENDING_ACCEPTANCE, key)), text(id),
               integer(query->limit + 1),
               text(offer_status_key(arena, STATE_PENDING_ACCEPTANCE, descending ? from : to))),
        &reader, NULL);
}

/* By accept-by, of a state before that date counts. */
static enum err
run_due(struct db *db, const struct list_query *query, const struct cursor *cursor,
        struct reading *reading)
{
    struct row_reader reader = {reading, read_line};

    return db_run(db, &store_offer_lists_family,
                  DUE_LISTS + 2 * (unsigned)query->viewer.party +
                      (query->descending != query->backward),
                  VALUES(text(query->viewer.account), text(cursor->key), text(cursor->id),
                         integer(query->limit + 1),
                         text(state_text(statuses[query->status].states[0]))),
                  &reader, NULL);
}

/* By change: all, or those of one state. */
static enum err
run_changed(struct db *db, struct arena *arena, const struct list_query *query,
            const struct cursor *cursor, struct reading *reading)
{
    unsigned statement = PLAIN_LISTS + PLAIN_COUNT * (unsigned)query->viewer.party +
                         (query->descending != query->backward);
    struct row_reader reader = {reading, read_line};
    const char *from;
    const char *to;

    if (query->status == LIST_ALL)
        return db_run(db, &store_offer_lists_family, statement,
                      VALUES(text(query->viewer.account), integer(cursor->key_number),
                             text(cursor->id), integer(query->limit + 1)),
                      &reader, NULL);
    due_range(arena, query->status, query->today, &from, &to);
    return db_run(db, &store_offer_lists_family, statement + PLAIN_STATE,
                  VALUES(text(query->viewer.account), integer(cursor->key_number),
                         text(cursor->id), integer(query->limit + 1),
                         text(state_text(statuses[query->status].states[0])), text(from),
                         text(to)),
                  &reader, NULL);
}

/* *ran: the query is one that has a statement of its own. */
static enum err
run_plain(struct db *db, struct arena *arena, const struct list_query *query,
          const struct cursor *cursor, struct reading *reading, bool *ran)
{
    const enum offer_state *states = statuses[query->status].states;

    *ran = plain(query);
    if (*ran && query->sort == SORT_CHANGED && states[0] == states[1])
        return run_changed(db, arena, query, cursor, reading);
    if (*ran && query->sort == SORT_ACCEPT_BY && states[0] == STATE_PENDING_ACCEPTANCE)
        return run_waiting(db, arena, query, cursor, reading);
    if (*ran && query->sort == SORT_ACCEPT_BY && query->viewer.party != PARTY_CUSTOMER &&
        (query->status == LIST_DRAFT || query->status == LIST_PENDING_PARTNER))
        return run_due(db, query, cursor, reading);
    *ran = false;
    return OK;
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
    bool ran;

    assert(query->limit > 0 && query->limit <= LIMIT_LIST_CHUNK);
    if (*query->cursor != '\0')
        TRY(cursor_read(arena, query->cursor, query->sort, &cursor));
    reading.rows = arena_array(arena, struct offer_line, limit + 1);
    TRY(run_plain(db, arena, query, &cursor, &reading, &ran));
    if (!ran)
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

/* Where counts go. */
struct counting {
    int64_t *counts;
    const char *today; /* as a span: "d2023-10-16" */
};

#define SPAN_MONTH_CHARS 8 /* 'm', and the month as it begins a day: "2023-10" */

/* Does the span lie before today? *now: it is today's month, whose days are counted instead. */
static bool
span_past(const char *span, const char *today, bool *now)
{
    int order = strncmp(span + 1, today + 1, SPAN_MONTH_CHARS - 1);

    if (*span == 'd')
        return strcmp(span, today) < 0;
    *now = order == 0;
    return order < 0;
}

static enum err
read_count(void *context, const struct column *columns)
{
    struct counting *counting = context;
    const char *span = columns[1].text;
    bool now = false;
    bool past = span_past(span, counting->today, &now);
    enum offer_state state;

    TRY(state_read(columns[0].text, &state));
    if (now)
        return OK;
    for (int i = LIST_ALL + 1; i < LIST_STATUS_COUNT; i++) {
        if ((statuses[i].states[0] == state || statuses[i].states[1] == state) &&
            (statuses[i].due == DUE_ANY || (statuses[i].due == DUE_PAST) == past))
            counting->counts[i] += columns[2].integer;
    }
    return OK;
}

enum err
offers_count(struct db *db, struct arena *arena, const struct viewer *viewer, struct day today,
             int64_t counts[LIST_STATUS_COUNT])
{
    struct counting counting = {counts, arena_format(arena, "d%s", day_iso(arena, today))};
    const char *month = arena_copy(arena, counting.today, SPAN_MONTH_CHARS);
    struct row_reader reader = {&counting, read_count};

    assert(viewer->party <= PARTY_CUSTOMER);
    for (int i = 0; i < LIST_STATUS_COUNT; i++)
        counts[i] = 0;
    TRY(db_run(db, &store_offer_lists_family, COUNTS,
               VALUES(text(party_text(viewer->party)), text(viewer->account),
                      text(arena_format(arena, "%s-01", month)),
                      text(arena_format(arena, "%s-31", month))),
               &reader, NULL));
    for (int i = LIST_ALL + 1; i < LIST_STATUS_COUNT; i++) {
        /* less than none is damage, which check names; lists go on */
        if (!list_status_seen((enum list_status)i, viewer->party) || counts[i] < 0)
            counts[i] = 0;
        counts[LIST_ALL] += counts[i];
    }
    return OK;
}
