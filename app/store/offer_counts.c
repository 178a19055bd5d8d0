/*
 * offer_counts.c: see the header.
 */
#include "store/offer_counts.h"

#include "store/families.h"

enum { COUNT_IN, COUNT_OUT };

/* The engine wants a condition between a selection and ON CONFLICT. */
#define ADD(offers, where)                                             \
    "INSERT INTO offer_count (hat, account, span, state, offers) "     \
    OFFER_COUNTS(offers, where)                                        \
    " ON CONFLICT (hat, account, span, state)"                         \
    " DO UPDATE SET offers = offer_count.offers + excluded.offers"

static const struct statement statements[] = {
    [COUNT_IN] = {ADD("1", "o.id = $1"), "t", "", true},
    [COUNT_OUT] = {ADD("-1", "o.id = $1 AND (o.state <> $2 OR o.due_on <> $3"
                             " OR COALESCE(o.offered_to, '') <> $4"
                             " OR COALESCE(o.extended_to, '') <> $5)"),
                   "ttttt", "", true},
};

const struct family store_offer_counts_family = {"offer_counts", statements, COUNT(statements),
                                                 FAMILY_OFFER_COUNTS};

enum err
offer_count_in(struct db *db, const char *id)
{
    return db_run(db, &store_offer_counts_family, COUNT_IN, VALUES(text(id)), NULL, NULL);
}

enum err
offer_count_out(struct db *db, const char *id, const char *state, const char *due_on,
                const char *offered_to, const char *extended_to, bool *out)
{
    int64_t rows = 0;

    TRY(db_run(db, &store_offer_counts_family, COUNT_OUT,
               VALUES(text(id), text(state), text(due_on),
                      text(offered_to == NULL ? "" : offered_to),
                      text(extended_to == NULL ? "" : extended_to)),
               NULL, &rows));
    *out = rows > 0;
    return OK;
}
