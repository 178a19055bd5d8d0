/*
 * checks.c: each rule as a query for the rows that break it; two that SQL cannot say, row by row.
 */
#include "store/checks.h"

#include <inttypes.h>

#include "base/digest.h"
#include "base/money.h"
#include "base/text.h"
#include "store/families.h"
#include "store/offer_counts.h"

/* Those up to CHECK_QUERIES give one text: where the rule is broken. */
enum {
    CHECK_ACCEPTED,
    CHECK_ACCEPTANCE,
    CHECK_LINK,
    CHECK_CANCELLED,
    CHECK_CHARGE_NUMBERS,
    CHECK_CORRECTIONS,
    CHECK_COMMITMENT,
    CHECK_DECREMENTS,
    CHECK_ORPHANS,
    CHECK_BODILESS,
    CHECK_COUNTS,
    CHECK_QUERIES,
    CHARGES_ALL = CHECK_QUERIES,
    BODIES_ALL,
};

static const char *const words[CHECK_QUERIES] = {
    [CHECK_ACCEPTED] = "an accepted offer has no acceptance",
    [CHECK_ACCEPTANCE] = "an acceptance is of an offer that was never accepted",
    [CHECK_LINK] = "an offer that waits for its customer has not exactly one link",
    [CHECK_CANCELLED] =
        "an offer is cancelled without a request that was processed, or not with one",
    [CHECK_CHARGE_NUMBERS] = "the lines of a bill are not numbered from 1 without a gap",
    [CHECK_CORRECTIONS] = "corrections give back more than a line has charged",
    [CHECK_COMMITMENT] = "what remains of a commitment does not follow from the entry before",
    [CHECK_DECREMENTS] = "a line has used up more of a commitment than it has charged",
    [CHECK_ORPHANS] = "the bytes of a file belong to no document and no evidence",
    [CHECK_BODILESS] = "a document has no bytes",
    [CHECK_COUNTS] = "the number of an account's offers in a state is wrong",
};

static const struct statement statements[] = {
    [CHECK_ACCEPTED] = {"SELECT o.id FROM offer o WHERE o.state = 'accepted'"
                        " AND NOT EXISTS (SELECT 1 FROM acceptance a WHERE a.offer = o.id)",
                        "", "t", false},
    [CHECK_ACCEPTANCE] = {"SELECT a.offer FROM acceptance a JOIN offer o ON o.id = a.offer"
                          " WHERE o.state NOT IN ('accepted', 'cancelled')",
                          "", "t", false},
    [CHECK_LINK] = {"SELECT o.id FROM offer o WHERE o.state = 'pending_acceptance' AND 1 <>"
                    " (SELECT COUNT(*) FROM link l WHERE l.offer = o.id AND l.dead = 0)",
                    "", "t", false},
    [CHECK_CANCELLED] = {"SELECT o.id FROM offer o WHERE (o.state = 'cancelled') <>"
                         " EXISTS (SELECT 1 FROM support_request s WHERE s.offer = o.id"
                         " AND s.state = 'processed')",
                         "", "t", false},
    [CHECK_CHARGE_NUMBERS] = {"SELECT p.id FROM purchase p WHERE p.charge_count <>"
                              " (SELECT COUNT(*) FROM charge c WHERE c.purchase = p.id)"
                              " OR p.charge_count <> (SELECT COALESCE(MAX(c.number), 0)"
                              " FROM charge c WHERE c.purchase = p.id)",
                              "", "t", false},
    [CHECK_CORRECTIONS] = {"SELECT c.purchase || ' ' || c.corrects FROM charge c"
                           " LEFT JOIN charge d ON d.purchase = c.purchase"
                           " AND d.number = c.corrects WHERE c.corrects IS NOT NULL"
                           " GROUP BY c.purchase, c.corrects"
                           " HAVING MIN(d.customer_cents) + SUM(c.customer_cents) < 0"
                           " OR MIN(d.partner_cents) + SUM(c.partner_cents) < 0"
                           " OR MIN(d.fee_cents) + SUM(c.fee_cents) < 0"
                           " OR MIN(d.number) IS NULL OR MAX(c.number) <= c.corrects",
                           "", "t", false},
    [CHECK_COMMITMENT] = {"SELECT e.billing_account || ' ' || e.start_on || ' ' || e.number"
                          " FROM commitment_entry e"
                          " JOIN commitment c ON c.billing_account = e.billing_account"
                          " AND c.start_on = e.start_on"
                          " LEFT JOIN commitment_entry b ON b.billing_account = e.billing_account"
                          " AND b.start_on = e.start_on AND b.number = e.number - 1"
                          " WHERE e.remaining_cents < 0 OR e.remaining_cents > c.amount_cents"
                          " OR (e.number > 1 AND b.number IS NULL) OR e.remaining_cents <>"
                          " COALESCE(b.remaining_cents, c.amount_cents) - e.decrement_cents",
                          "", "t", false},
    [CHECK_DECREMENTS] = {"SELECT c.purchase || ' ' || c.number FROM commitment_entry e"
                          " JOIN charge c ON c.purchase = e.purchase AND c.number = e.charge"
                          " GROUP BY c.purchase, c.number, c.customer_cents"
                          " HAVING ABS(SUM(e.decrement_cents)) > ABS(c.customer_cents)",
                          "", "t", false},
    [CHECK_ORPHANS] = {"SELECT b.sha256 FROM document_body b WHERE NOT EXISTS"
                       " (SELECT 1 FROM document d WHERE d.sha256 = b.sha256) AND NOT EXISTS"
                       " (SELECT 1 FROM support_evidence e WHERE e.sha256 = b.sha256)",
                       "", "t", false},
    [CHECK_BODILESS] = {"SELECT d.id FROM document d WHERE NOT EXISTS"
                        " (SELECT 1 FROM document_body b WHERE b.sha256 = d.sha256)",
                        "", "t", false},
    [CHECK_COUNTS] = {"SELECT hat || ' ' || account || ' ' || state || ' ' || span FROM ("
                      "SELECT hat, account, span, state, -offers AS offers FROM offer_count"
                      " UNION ALL "
                      OFFER_COUNTS("1", "1 = 1")
                      ") AS both_ways GROUP BY hat, account, span, state HAVING SUM(offers) <> 0",
                      "", "t", false},
    [CHARGES_ALL] = {"SELECT purchase, number, partner_cents, customer_cents, fee_e8, fee_cents,"
                     " partner, corrects IS NOT NULL FROM charge",
                     "", "tiiiiiti", false},
    [BODIES_ALL] = {"SELECT sha256, bytes FROM document_body", "", "tb", false},
};

const struct family store_checks_family = {"checks", statements, COUNT(statements), FAMILY_CHECKS};

struct checking {
    const struct check_listener *listener;
    struct arena *arena;
    const char *what;
};

static void
say(const struct checking *checking, const char *what, const char *where)
{
    checking->listener->wrong(checking->listener->context, what, where);
}

static enum err
where_read(void *context, const struct column *columns)
{
    const struct checking *checking = context;

    say(checking, checking->what, columns[0].text);
    return OK;
}

/* Half up on the partner amount (LAW 8.1, 12.1); a line that gives back is the mirror of one that
 * charges, or of what is left of it after a part was given back: half up once each time, so by one
 * cent another. At list price nobody stands between ISV and customer. */
static enum err
charge_read(void *context, const struct column *columns)
{
    const struct checking *checking = context;
    int64_t partner = columns[2].integer;
    struct money base = {partner < 0 ? -partner : partner};
    int64_t slack = columns[7].integer != 0 ? 1 : 0;
    struct money fee = {0};
    int64_t off;
    const char *where;

    arena_reset(checking->arena);
    where = arena_format(checking->arena, "%s %" PRId64, columns[0].text, columns[1].integer);
    if (money_share(base, (struct rate){columns[4].integer}, &fee) != OK)
        return ERR_BROKEN;
    off = columns[5].integer - (partner < 0 ? -fee.cents : fee.cents);
    if (off > slack || off < -slack)
        say(checking, "the fee of a line is not its rate of the partner amount", where);
    if (columns[6].size == 0 && partner != columns[3].integer)
        say(checking, "a line at list price has another partner amount", where);
    return OK;
}

static enum err
body_read(void *context, const struct column *columns)
{
    const struct checking *checking = context;

    arena_reset(checking->arena);
    if (!text_equal(digest_of_file(checking->arena, columns[1].text, columns[1].size),
                    columns[0].text))
        say(checking, "the bytes of a file are not those of its SHA-256", columns[0].text);
    return OK;
}

enum err
store_check(struct db *db, struct arena *arena, const struct check_listener *listener)
{
    struct checking checking = {listener, arena, NULL};
    const struct row_reader where = {&checking, where_read};
    const struct row_reader charges = {&checking, charge_read};
    const struct row_reader bodies = {&checking, body_read};

    for (unsigned i = 0; i < CHECK_QUERIES; i++) {
        checking.what = words[i];
        TRY(db_run(db, &store_checks_family, i, NO_VALUES, &where, NULL));
    }
    TRY(db_run(db, &store_checks_family, CHARGES_ALL, NO_VALUES, &charges, NULL));
    return db_run(db, &store_checks_family, BODIES_ALL, NO_VALUES, &bodies, NULL);
}
