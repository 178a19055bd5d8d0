/*
 * support.c: the tables support_request, support_act and support_evidence.
 *
 * Invariant: acts and evidence are only ever appended. Invariant: an offer has at most one open
 * request.
 */
#include "store/support.h"

#include "base/text.h"
#include "store/documents.h"
#include "store/chains.h"
#include "store/families.h"

enum {
    REQUEST_INSERT,
    REQUEST_OF_ISV,
    REQUEST_OF_PARTNER,
    REQUEST_OF_CUSTOMER,
    REQUEST_OF_OPERATOR,
    REQUEST_UPDATE,
    REQUEST_OPEN,
    LIST_OF_ISV,
    LIST_OF_PARTNER,
    LIST_OF_CUSTOMER,
    LIST_OF_OPERATOR,
    ACT_LAST,
    ACT_INSERT,
    ACTS_OF,
    EVIDENCE_INSERT,
    EVIDENCE_OF_REQUEST,
    FETCH_OF_ISV,
    FETCH_OF_PARTNER,
    FETCH_OF_OPERATOR,
};

#define REQUEST_FROM                                                                           \
    "SELECT s.id, s.offer, o.name, s.party, s.isv, i.name, s.partner, p.name, s.organisation," \
    " s.billing_account, s.state, s.version, s.reason, s.refund, s.purchases, s.other_word,"   \
    " s.customer_word, s.opened_at, o.state = 'cancelled' FROM support_request s"              \
    " JOIN offer o ON o.id = s.offer"                                                          \
    " JOIN publisher i ON i.id = s.isv JOIN publisher p ON p.id = s.partner WHERE "
#define REQUEST_GIVES \
    "tttttttttt"      \
    "ti"              \
    "ttttt"           \
    "ii"
#define OPEN "('incomplete', 'ready', 'asked')"
#define NEWEST                                                                      \
    " = $1 AND (s.opened_at, s.id) < ($2, $3) ORDER BY s.opened_at DESC, s.id DESC" \
    " LIMIT $4"
#define FETCH                                                                       \
    "SELECT e.name, e.type, b.bytes FROM support_evidence e JOIN support_request s" \
    " ON s.id = e.request JOIN document_body b ON b.sha256 = e.sha256 WHERE e.id = $1"

static const struct statement statements[] = {
    [REQUEST_INSERT] = {"INSERT INTO support_request (id, offer, party, isv, partner, organisation,"
                        " billing_account, state, version, reason, refund, purchases, other_word,"
                        " customer_word, opened_at)"
                        " SELECT $1, $2, $3, $4, $5, $6, $7, $8, 1, $9, $10, $11, '', '', $12"
                        " WHERE NOT EXISTS (SELECT 1 FROM support_request s WHERE s.offer = $2"
                        " AND s.state IN " OPEN ")",
                        "ttttttttttti", "", true},
    /* The wall of rows (LAW 5): each party finds a request only through the column that is its own.
     */
    [REQUEST_OF_ISV] = {REQUEST_FROM "s.id = $1 AND s.isv = $2", "tt", REQUEST_GIVES, false},
    [REQUEST_OF_PARTNER] = {REQUEST_FROM "s.id = $1 AND s.partner = $2", "tt", REQUEST_GIVES,
                            false},
    [REQUEST_OF_CUSTOMER] = {REQUEST_FROM "s.id = $1 AND s.organisation = $2", "tt", REQUEST_GIVES,
                             false},
    [REQUEST_OF_OPERATOR] = {REQUEST_FROM "s.id = $1", "t", REQUEST_GIVES, false},
    [REQUEST_UPDATE] = {"UPDATE support_request SET state = $3, version = version + 1,"
                        " reason = $4, refund = $5, purchases = $6, other_word = $7,"
                        " customer_word = $8 WHERE id = $1 AND version = $2",
                        "titttttt", "", true},
    [REQUEST_OPEN] = {"SELECT id FROM support_request WHERE offer = $1 AND state IN " OPEN, "t",
                      "t", false},
    [LIST_OF_ISV] = {REQUEST_FROM "s.isv" NEWEST, "titi", REQUEST_GIVES, false},
    [LIST_OF_PARTNER] = {REQUEST_FROM "s.partner" NEWEST, "titi", REQUEST_GIVES, false},
    [LIST_OF_CUSTOMER] = {REQUEST_FROM "s.organisation" NEWEST, "titi", REQUEST_GIVES, false},
    [LIST_OF_OPERATOR] = {REQUEST_FROM "s.state = $1 AND (s.opened_at, s.id) > ($2, $3)"
                                       " ORDER BY s.opened_at, s.id LIMIT $4",
                          "titi", REQUEST_GIVES, false},
    [ACT_LAST] = {"SELECT COALESCE(MAX(number), 0) FROM support_act WHERE request = $1", "t", "i",
                  false},
    [ACT_INSERT] = {"INSERT INTO support_act (request, number, at, kind, party, account,"
                    " account_name, person, person_name, note)"
                    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
                    "tiittttttt", "", true},
    [ACTS_OF] = {"SELECT at, kind, party, account, account_name, person, person_name, note"
                 " FROM support_act WHERE request = $1 AND INSTR($3, ',' || kind || ',') > 0"
                 " ORDER BY number DESC LIMIT $2",
                 "tit",
                 "itttttt"
                 "t",
                 false},
    [EVIDENCE_INSERT] = {"INSERT INTO support_evidence (id, request, position, shows, type, name,"
                         " size, sha256, added_at) SELECT $1, $2, COALESCE(MAX(position), 0) + 1,"
                         " $3, $4, $5, $6, $7, $8 FROM support_evidence WHERE request = $2",
                         "tttttiti", "", true},
    [EVIDENCE_OF_REQUEST] = {"SELECT id, shows, type, name, size, sha256, added_at"
                             " FROM support_evidence WHERE request = $1 ORDER BY position",
                             "t", "ttttiti", false},
    [FETCH_OF_ISV] = {FETCH " AND s.party = 'isv' AND s.isv = $2", "tt", "ttb", false},
    [FETCH_OF_PARTNER] = {FETCH " AND s.party = 'partner' AND s.partner = $2", "tt", "ttb", false},
    [FETCH_OF_OPERATOR] = {FETCH, "t", "ttb", false},
};

const struct family store_support_family = {"support", statements, COUNT(statements),
                                            FAMILY_SUPPORT};

/* The statement of the party among four that stand in this order. */
static unsigned
of_party(unsigned isv, enum party party)
{
    switch (party) {
    case PARTY_ISV:
        return isv;
    case PARTY_PARTNER:
        return isv + 1;
    case PARTY_CUSTOMER:
        return isv + 2;
    case PARTY_OPERATOR:
    case PARTY_SYSTEM:
    case PARTY_COUNT:
        break;
    }
    return isv + 3;
}

static bool
sees_all(const struct viewer *viewer)
{
    return viewer->party == PARTY_OPERATOR || viewer->party == PARTY_SYSTEM;
}

enum err
support_insert(struct db *db, const struct support_request *request)
{
    int64_t changed = 0;

    TRY(db_run(db, &store_support_family, REQUEST_INSERT,
               VALUES(text(request->id), text(request->offer), text(party_text(request->by)),
                      text(request->isv), text(request->partner), text(request->organisation),
                      text(request->billing_account), text(support_state_text(request->state)),
                      text(request->reason), text(support_refund_text(request->refund)),
                      text(request->purchases), integer(request->opened_at)),
               NULL, &changed));
    return changed == 0 ? ERR_CLOSED : OK;
}

/* Where requests go. */
struct reading {
    struct arena *arena;
    enum party viewer;
    struct support_request *rows;
    size_t count;
    size_t limit;
};

/* What is between requester and operator, and what another party said (LAW 6.5). */
static void
blank(struct support_request *request, enum party viewer)
{
    enum support_role role = support_role_of(request, viewer);

    if (role == SUPPORT_REQUESTER || role == SUPPORT_OPERATOR)
        return;
    request->version = 0;
    request->reason = "";
    request->refund = REFUND_UNSAID;
    request->purchases = "";
    if (role == SUPPORT_OTHER)
        request->customer = WORD_NONE;
    else
        request->other = WORD_NONE;
}

static enum err
read_request(void *context, const struct column *columns)
{
    struct reading *reading = context;
    struct arena *arena = reading->arena;
    struct support_request *request;

    if (reading->count == reading->limit) { /* there is one more */
        reading->count++;
        return OK;
    }
    request = &reading->rows[reading->count++];
    *request = (struct support_request){
        .id = arena_text(arena, columns[0].text),
        .offer = arena_text(arena, columns[1].text),
        .offer_name = arena_text(arena, columns[2].text),
        .isv = arena_text(arena, columns[4].text),
        .isv_name = arena_text(arena, columns[5].text),
        .partner = arena_text(arena, columns[6].text),
        .partner_name = arena_text(arena, columns[7].text),
        .organisation = arena_text(arena, columns[8].text),
        .billing_account = arena_text(arena, columns[9].text),
        .version = columns[11].integer,
        .reason = arena_text(arena, columns[12].text),
        .purchases = arena_text(arena, columns[14].text),
        .opened_at = columns[17].integer,
        .offer_cancelled = columns[18].integer != 0,
    };
    TRY(party_read(columns[3].text, &request->by));
    TRY(support_state_read(columns[10].text, &request->state));
    TRY(support_refund_read(columns[13].text, &request->refund));
    TRY(support_word_read(columns[15].text, &request->other));
    TRY(support_word_read(columns[16].text, &request->customer));
    blank(request, reading->viewer);
    return OK;
}

/* Where the evidence of one request goes. */
struct evidence_reading {
    struct arena *arena;
    struct support_request *request;
};

static enum err
read_evidence(void *context, const struct column *columns)
{
    struct evidence_reading *reading = context;
    struct arena *arena = reading->arena;
    struct support_request *request = reading->request;
    struct evidence *evidence = &request->evidence[request->evidence_count];

    if (request->evidence_count == LIMIT_EVIDENCE)
        return ERR_BROKEN;
    *evidence = (struct evidence){
        .id = arena_text(arena, columns[0].text),
        .name = arena_text(arena, columns[3].text),
        .size = columns[4].integer,
        .sha256 = arena_text(arena, columns[5].text),
        .added_at = columns[6].integer,
    };
    request->evidence_count++;
    TRY(evidence_of_read(columns[1].text, &evidence->of));
    return evidence_type_read(columns[2].text, &evidence->type);
}

enum err
support_load(struct db *db, struct arena *arena, const struct viewer *viewer, const char *id,
             struct support_request *request)
{
    struct reading reading = {arena, viewer->party, request, 0, 1};
    struct row_reader reader = {&reading, read_request};
    struct evidence_reading evidence = {arena, request};
    struct row_reader evidence_reader = {&evidence, read_evidence};
    enum support_role role;

    if (sees_all(viewer))
        TRY(db_run(db, &store_support_family, REQUEST_OF_OPERATOR, VALUES(text(id)), &reader,
                   NULL));
    else
        TRY(db_run(db, &store_support_family, of_party(REQUEST_OF_ISV, viewer->party),
                   VALUES(text(id), text(viewer->account)), &reader, NULL));
    if (reading.count == 0)
        return ERR_ABSENT;
    role = support_role_of(request, viewer->party);
    if (role != SUPPORT_REQUESTER && role != SUPPORT_OPERATOR)
        return OK;
    return db_run(db, &store_support_family, EVIDENCE_OF_REQUEST, VALUES(text(id)),
                  &evidence_reader, NULL);
}

enum err
support_save(struct db *db, struct support_request *request)
{
    int64_t changed = 0;

    TRY(db_run(db, &store_support_family, REQUEST_UPDATE,
               VALUES(text(request->id), integer(request->version),
                      text(support_state_text(request->state)), text(request->reason),
                      text(support_refund_text(request->refund)), text(request->purchases),
                      text(support_word_text(request->other)),
                      text(support_word_text(request->customer))),
               NULL, &changed));
    if (changed == 0)
        return ERR_STALE;
    request->version++;
    return OK;
}

enum err
support_open_of(struct db *db, struct arena *arena, const char *offer, const char **id)
{
    return db_text(db, arena, &store_support_family, REQUEST_OPEN, VALUES(text(offer)), id);
}

enum err
support_page_of(struct db *db, struct arena *arena, const struct support_query *query,
                struct support_page *page)
{
    struct reading reading = {
        .arena = arena,
        .viewer = query->viewer.party,
        .rows = arena_array(arena, struct support_request, LIMIT_LIST_ROWS),
        .limit = LIMIT_LIST_ROWS,
    };
    struct row_reader reader = {&reading, read_request};
    bool all = sees_all(&query->viewer);
    const char *of = all ? support_state_text(query->state) : query->viewer.account;
    int64_t from = all || query->from_at != 0 ? query->from_at : INT64_MAX;

    TRY(db_run(db, &store_support_family, of_party(LIST_OF_ISV, query->viewer.party),
               VALUES(text(of), integer(from), text(query->from_id), integer(LIMIT_LIST_ROWS + 1)),
               &reader, NULL));
    page->more = reading.count > LIMIT_LIST_ROWS;
    page->count = page->more ? LIMIT_LIST_ROWS : reading.count;
    page->rows = reading.rows;
    return OK;
}

/* ---- Acts ----------------------------------------------------------------------------------- */

static enum err
read_number(void *context, const struct column *columns)
{
    int64_t *number = context;

    *number = columns[0].integer;
    return OK;
}

enum err
support_act_append(struct db *db, struct arena *arena, const struct world *world,
                   const char *request, const struct support_act *act)
{
    const struct chain_subject subject = chain_subject_of(arena, CHAIN_WORD_REQUEST, request);
    int64_t last = 0;
    struct row_reader reader = {&last, read_number};

    TRY(db_run(db, &store_support_family, ACT_LAST, VALUES(text(request)), &reader, NULL));
    TRY(db_run(db, &store_support_family, ACT_INSERT,
               VALUES(text(request), integer(last + 1), integer(act->at),
                      text(support_event_text(act->kind)), text(party_text(act->party)),
                      text(act->account), text(act->account_name), text(act->person),
                      text(act->person_name), text(act->note)),
               NULL, NULL));
    return chain_seal(db, arena, world, &subject, last + 1);
}

/* Where acts go. */
struct acts_reading {
    struct arena *arena;
    const struct viewer *viewer;
    enum support_role role;
    struct support_acts *acts;
};

static enum err
read_act(void *context, const struct column *columns)
{
    struct acts_reading *reading = context;
    struct arena *arena = reading->arena;
    struct support_act act = {.at = columns[0].integer};
    bool own;
    bool named;

    TRY(support_event_read(columns[1].text, &act.kind));
    TRY(party_read(columns[2].text, &act.party));
    own = sees_all(reading->viewer) || text_equal(columns[3].text, reading->viewer->account);
    named = own || act.party != PARTY_CUSTOMER; /* as in histories (store/events) */
    act.account = named ? arena_text(arena, columns[3].text) : "";
    act.account_name = named ? arena_text(arena, columns[4].text) : "";
    act.person = own ? arena_text(arena, columns[5].text) : "";
    act.person_name = own ? arena_text(arena, columns[6].text) : "";
    act.note =
        support_note_seen(act.kind, reading->role, own) ? arena_text(arena, columns[7].text) : "";
    reading->acts->rows[reading->acts->count++] = act;
    return OK;
}

/* ",opened,agreed,": the kinds the role may read of. */
static const char *
kinds_of(struct arena *arena, enum support_role role)
{
    const char *list = ",";

    for (int i = 0; i < SUPPORT_EVENT_COUNT; i++) {
        if (support_event_seen((enum support_event)i, role))
            list = arena_format(arena, "%s%s,", list, support_event_text((enum support_event)i));
    }
    return list;
}

enum err
support_acts_of(struct db *db, struct arena *arena, const struct viewer *viewer,
                const struct support_request *request, struct support_acts *acts)
{
    enum support_role role = support_role_of(request, viewer->party);
    struct acts_reading reading = {arena, viewer, role, acts};
    struct row_reader reader = {&reading, read_act};

    acts->rows = arena_array(arena, struct support_act, LIMIT_EVENTS);
    acts->count = 0;
    return db_run(db, &store_support_family, ACTS_OF,
                  VALUES(text(request->id), integer(LIMIT_EVENTS), text(kinds_of(arena, role))),
                  &reader, NULL);
}

/* ---- Evidence ------------------------------------------------------------------------------- */

enum err
evidence_insert(struct db *db, const char *request, const struct evidence *evidence,
                const void *bytes)
{
    TRY(document_body_keep(db, evidence->sha256, bytes, (size_t)evidence->size));
    return db_run(db, &store_support_family, EVIDENCE_INSERT,
                  VALUES(text(evidence->id), text(request), text(evidence_of_text(evidence->of)),
                         text(evidence_type_text(evidence->type)), text(evidence->name),
                         integer(evidence->size), text(evidence->sha256),
                         integer(evidence->added_at)),
                  NULL, NULL);
}

/* Where a body goes. */
struct body_reading {
    struct arena *arena;
    struct evidence_body *body;
    bool found;
};

static enum err
read_body(void *context, const struct column *columns)
{
    struct body_reading *reading = context;

    reading->found = true;
    *reading->body = (struct evidence_body){
        .name = arena_text(reading->arena, columns[0].text),
        .bytes = arena_copy(reading->arena, columns[2].text, columns[2].size),
        .size = columns[2].size,
    };
    return evidence_type_read(columns[1].text, &reading->body->type);
}

enum err
evidence_fetch(struct db *db, struct arena *arena, const struct viewer *viewer, const char *id,
               struct evidence_body *body)
{
    struct body_reading reading = {.arena = arena, .body = body};
    struct row_reader reader = {&reading, read_body};

    if (viewer->party == PARTY_CUSTOMER)
        return ERR_ABSENT;
    if (sees_all(viewer))
        TRY(db_run(db, &store_support_family, FETCH_OF_OPERATOR, VALUES(text(id)), &reader, NULL));
    else
        TRY(db_run(db, &store_support_family, of_party(FETCH_OF_ISV, viewer->party),
                   VALUES(text(id), text(viewer->account)), &reader, NULL));
    return reading.found ? OK : ERR_ABSENT;
}
