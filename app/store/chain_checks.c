/*
 * chain_checks.c: every event and link again, as they must be, beside what is stored.
 *
 * A history is looked at by its numbers, from 1 to the last that its events or seals have: what is
 * missing, added or altered shows at the first of them. Invariant: each link is computed from the
 * stored one before it, so that the first wrong one is where it was done.
 */
#include "store/chain_checks.h"

#include "base/limits.h"
#include "base/text.h"
#include "store/chains.h"
#include "store/families.h"

enum {
    SUBJECT_NEXT,
    LAST_SEAL,
    LAST_OFFER_EVENT,
    LAST_PURCHASE_EVENT,
    LAST_REQUEST_EVENT,
    LAST_ACCOUNT_EVENT,
    LINK_COUNT,
    LINK_AT,
    STRAYS
};

static const struct statement statements[] = {
    [SUBJECT_NEXT] = {"SELECT subject FROM seal WHERE subject > $1 ORDER BY subject LIMIT 1", "t",
                      "t", false},
    [LAST_SEAL] = {"SELECT COALESCE(MAX(number), 0) FROM seal WHERE subject = $1", "t", "i", false},
    [LAST_OFFER_EVENT] = {"SELECT COALESCE(MAX(number), 0) FROM event WHERE offer = $1", "t", "i",
                          false},
    [LAST_PURCHASE_EVENT] = {"SELECT COALESCE(MAX(number), 0) FROM purchase_event"
                             " WHERE purchase = $1",
                             "t", "i", false},
    [LAST_REQUEST_EVENT] = {"SELECT COALESCE(MAX(number), 0) FROM support_act WHERE request = $1",
                            "t", "i", false},
    [LAST_ACCOUNT_EVENT] = {"SELECT COALESCE(MAX(number), 0) FROM account_event"
                            " WHERE account = $1 AND kind = $2",
                            "tt", "i", false},
    [LINK_COUNT] = {"SELECT COUNT(*) FROM chain_link WHERE subject = $1", "t", "i", false},
    [LINK_AT] = {"SELECT link FROM chain_link WHERE subject = $1 AND chain = $2 AND number = $3",
                 "tti", "t", false},
    /* histories without any seal, links and fields of no event, offers and purchases of which
     * nothing is told */
    [STRAYS] = {"SELECT subject, problem FROM"
                " (SELECT 'offer ' || offer AS subject, 'its events were never sealed' AS problem"
                " FROM event GROUP BY offer"
                " UNION ALL SELECT 'purchase ' || purchase, 'its events were never sealed'"
                " FROM purchase_event GROUP BY purchase"
                " UNION ALL SELECT 'request ' || request, 'its events were never sealed'"
                " FROM support_act GROUP BY request"
                " UNION ALL SELECT kind || ' ' || account, 'its events were never sealed'"
                " FROM account_event GROUP BY kind, account"
                " UNION ALL SELECT subject, 'it has links of no event' FROM chain_link"
                " GROUP BY subject) x"
                " WHERE NOT EXISTS (SELECT 1 FROM seal s WHERE s.subject = x.subject)"
                " UNION ALL SELECT 'offer ' || o.id, 'it has no events' FROM offer o"
                " WHERE NOT EXISTS (SELECT 1 FROM event e WHERE e.offer = o.id)"
                " UNION ALL SELECT 'purchase ' || p.id, 'it has no events' FROM purchase p"
                " WHERE NOT EXISTS (SELECT 1 FROM purchase_event e WHERE e.purchase = p.id)"
                " UNION ALL SELECT 'request ' || r.id, 'it has no events' FROM support_request r"
                " WHERE NOT EXISTS (SELECT 1 FROM support_act e WHERE e.request = r.id)"
                " UNION ALL SELECT 'offer ' || f.offer, 'it has changed fields of no event'"
                " FROM event_field f WHERE NOT EXISTS (SELECT 1 FROM event e"
                " WHERE e.offer = f.offer AND e.number = f.number) ORDER BY 1, 2",
                "", "tt", false},
};

const struct family store_chain_checks_family = {"chain_checks", statements, COUNT(statements),
                                                 FAMILY_CHAIN_CHECKS};

#define EVENT_ARENA_BYTES LIMIT_ARENA_BYTES

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

static enum err
number_take(void *context, const struct column *columns)
{
    *(int64_t *)context = columns[0].integer;
    return OK;
}

enum err
chain_link_at(struct db *db, struct arena *arena, const char *subject, const char *chain,
              int64_t number, const char **link)
{
    struct one_text one = {arena, NULL};
    struct row_reader reader = {&one, text_take};

    TRY(db_run(db, &store_chain_checks_family, LINK_AT,
               VALUES(text(subject), text(chain), integer(number)), &reader, NULL));
    if (one.text == NULL)
        return ERR_ABSENT;
    *link = one.text;
    return OK;
}

/* One history being looked at. */
struct checking {
    struct db *db;
    struct arena *arena; /* of one event */
    struct chain_subject subject;
    int64_t last;
    int64_t links;       /* that it must have */
    const char *head;    /* in the arena of one event */
    const char *problem; /* the first one */
};

/* The number of the last event, or of the last seal without one. */
static enum err
last_number(struct checking *checking)
{
    static const unsigned of_kind[] = {[CHAIN_OFFER] = LAST_OFFER_EVENT,
                                       [CHAIN_PURCHASE] = LAST_PURCHASE_EVENT,
                                       [CHAIN_REQUEST] = LAST_REQUEST_EVENT,
                                       [CHAIN_ACCOUNT] = LAST_ACCOUNT_EVENT};
    const struct chain_subject *subject = &checking->subject;
    const struct value values[] = {text(subject->id), text(subject->word)};
    int64_t event = 0;
    struct row_reader reader = {&event, number_take};
    struct row_reader of_seal = {&checking->last, number_take};

    TRY(db_run(checking->db, &store_chain_checks_family, of_kind[subject->kind], values,
               subject->kind == CHAIN_ACCOUNT ? 2 : 1, &reader, NULL));
    TRY(db_run(checking->db, &store_chain_checks_family, LAST_SEAL, VALUES(text(subject->text)),
               &of_seal, NULL));
    if (event > checking->last)
        checking->last = event;
    return OK;
}

/* Compares the stored link in each of the event's chains with what it must be. */
static enum err
links_compare(struct checking *checking, int64_t number, const struct chain_event *event)
{
    for (size_t i = 0; i < event->place_count && checking->problem == NULL; i++) {
        const char *stored = NULL;
        enum err outcome = chain_link_at(checking->db, checking->arena, checking->subject.text,
                                         event->places[i].name, number, &stored);

        if (outcome == ERR_ABSENT) {
            checking->problem = "a link is missing";
            return OK;
        }
        TRY(outcome);
        if (!text_equal(stored, event->places[i].link))
            checking->problem = "the event, its salt, a link or what came before was altered";
        if (text_equal(event->places[i].name, CHAIN_ALL))
            checking->head = stored;
    }
    checking->links += (int64_t)event->place_count;
    return OK;
}

static enum err
event_check(struct checking *checking, int64_t number)
{
    struct chain_event event;
    const char *salt = NULL;
    enum err loaded =
        chain_event_load(checking->db, checking->arena, &checking->subject, number, &event);
    enum err sealed = chain_salt(checking->db, checking->arena, &checking->subject, number, &salt);

    if (loaded == ERR_ABSENT)
        checking->problem = "the event is missing";
    else if (sealed == ERR_ABSENT)
        checking->problem = "the event was never sealed";
    if (checking->problem != NULL)
        return OK;
    TRY(loaded);
    TRY(sealed);
    TRY(chain_event_links(checking->db, checking->arena, &checking->subject, number, salt, &event));
    return links_compare(checking, number, &event);
}

/* Tells of one history; its head goes into the digest of all. */
static enum err
subject_check(struct checking *checking, struct arena *arena, const struct chain_listener *listener,
              struct chain_totals *totals, struct digest *heads)
{
    struct chain_report report = {.subject = checking->subject.text};
    struct row_reader reader = {&report.count, number_take};

    TRY(last_number(checking));
    for (int64_t number = 1; number <= checking->last && checking->problem == NULL; number++) {
        arena_reset(checking->arena);
        TRY(event_check(checking, number));
        report.count = number;
    }
    if (checking->problem == NULL) {
        int64_t events = report.count;

        TRY(db_run(checking->db, &store_chain_checks_family, LINK_COUNT,
                   VALUES(text(checking->subject.text)), &reader, NULL));
        if (report.count != checking->links) {
            checking->problem = "it has links of no event";
            events = 0;
        }
        report.count = events;
    }
    report.problem = checking->problem;
    if (report.problem == NULL) {
        report.link = arena_text(arena, checking->head);
        digest_text(heads, report.subject);
        digest_integer(heads, report.count);
        digest_text(heads, report.link);
    }
    totals->subjects += report.problem == NULL;
    totals->broken += report.problem != NULL;
    listener->hear(listener->context, &report);
    return OK;
}

struct straying {
    const struct chain_listener *listener;
    struct chain_totals *totals;
};

static enum err
stray_take(void *context, const struct column *columns)
{
    struct straying *straying = context;
    const struct chain_report report = {.subject = columns[0].text, .problem = columns[1].text};

    straying->totals->broken++;
    straying->listener->hear(straying->listener->context, &report);
    return OK;
}

/* Every history that has a seal, one after the other: its name is in one arena while the next one's
 * is read into the other. */
static enum err
subjects_check(struct db *db, struct arena *arenas[2], struct arena *of_event,
               const struct chain_listener *listener, struct chain_totals *totals,
               struct digest *heads)
{
    const char *subject = "";

    for (size_t turn = 0;; turn = 1 - turn) {
        struct one_text next = {arenas[turn], NULL};
        struct row_reader reader = {&next, text_take};
        struct checking checking = {.db = db, .arena = of_event};

        arena_reset(arenas[turn]);
        TRY(db_run(db, &store_chain_checks_family, SUBJECT_NEXT, VALUES(text(subject)), &reader,
                   NULL));
        if (next.text == NULL)
            return OK;
        subject = next.text;
        checking.subject = chain_subject_named(arenas[turn], subject);
        TRY(subject_check(&checking, arenas[turn], listener, totals, heads));
    }
}

enum err
chains_check(struct db *db, struct arena *arena, const struct chain_listener *listener,
             struct chain_totals *totals)
{
    struct straying straying = {listener, totals};
    struct row_reader reader = {&straying, stray_take};
    struct arena *names[] = {arena_open(EVENT_ARENA_BYTES), arena_open(EVENT_ARENA_BYTES)};
    struct arena *of_event = arena_open(EVENT_ARENA_BYTES);
    struct digest heads;
    enum err outcome;

    *totals = (struct chain_totals){0};
    digest_begin(&heads);
    outcome = subjects_check(db, names, of_event, listener, totals, &heads);
    arena_close(of_event);
    arena_close(names[1]);
    arena_close(names[0]);
    TRY(outcome);
    totals->digest = digest_end(&heads, arena);
    return db_run(db, &store_chain_checks_family, STRAYS, NO_VALUES, &reader, NULL);
}
