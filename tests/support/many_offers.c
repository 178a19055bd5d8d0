/*
 * many_offers.c: see the header.
 */
#include "support/many_offers.h"

#include <check.h>
#include <stdlib.h>

#include "store/offers.h"
#include "support/deal_market.h"

struct offer_made
offer_made_extended(unsigned number)
{
    return (struct offer_made){.number = number,
                               .name = "Offer",
                               .isv = DEAL_ISV,
                               .created_by = "isv",
                               .partner = DEAL_PARTNER,
                               .organisation = DEAL_ORGANISATION,
                               .billing_account = DEAL_ACCOUNT,
                               .state = STATE_PENDING_ACCEPTANCE,
                               .changed_at = day_start_at(day_make(2023, 10, 16)),
                               .accept_by_on = day_make(2023, 11, 15),
                               .customer_label = "",
                               .start_on = DAY_NONE,
                               .end_on = day_make(2023, 12, 31)};
}

const char *
offer_made_id(struct arena *arena, unsigned number)
{
    return arena_format(arena, "%08x-0000-4000-8000-000000000000", number);
}

void
offer_make(struct db *db, struct arena *arena, const struct offer_made *made)
{
    struct viewer viewer = {PARTY_ISV, made->isv, TEST_DAY};
    struct offer offer = {.id = offer_made_id(arena, made->number),
                          .isv = made->isv,
                          .created_at = made->changed_at,
                          .created_by = made->created_by,
                          .type = OFFER_EXISTING_PLANS,
                          .name = made->name};

    ck_assert_int_eq(offer_insert(db, arena, &offer), OK);
    ck_assert_int_eq(offer_load(db, arena, &viewer, offer.id, &offer), OK);
    offer.state = made->state;
    offer.partner = made->partner;
    offer.organisation = made->organisation;
    offer.billing_account = made->billing_account;
    offer.accept_by_on = made->accept_by_on;
    offer.end_on = made->end_on;
    offer.customer_label = made->customer_label == NULL ? "" : made->customer_label;
    offer.start_mode = day_is_none(made->start_on) ? START_ON_ACCEPT : START_IN_MONTH;
    offer.start_on = made->start_on;
    offer.isv_changed_at = made->changed_at;
    offer.partner_changed_at = made->changed_at;
    offer.customer_changed_at = made->changed_at;
    if (made->state == STATE_ACCEPTED)
        offer.accepted_on = made->accept_by_on;
    ck_assert_int_eq(offer_save(db, arena, &offer, CHANGE_OF_OFFER, true), OK);
}

struct list_query
list_query_of(enum party party)
{
    static const char *const accounts[PARTY_COUNT] = {[PARTY_ISV] = DEAL_ISV,
                                                      [PARTY_PARTNER] = DEAL_PARTNER,
                                                      [PARTY_CUSTOMER] = DEAL_ORGANISATION,
                                                      [PARTY_OPERATOR] = ""};

    return (struct list_query){.viewer = {party, accounts[party], TEST_DAY},
                               .today = day_make(2023, 10, 16),
                               .search = "",
                               .cursor = "",
                               .limit = LIMIT_LIST_ROWS};
}

const char *
list_numbers(struct deal_market *market, const struct list_query *query)
{
    struct arena *arena = market->temp.arena;
    struct list_page page;
    const char *line = "";

    ck_assert_int_eq(offers_page(market->temp.reader, arena, query, &page), OK);
    for (size_t i = 0; i < page.count; i++)
        line = arena_format(arena, "%s%s%ld", line, i == 0 ? "" : " ",
                            strtol(arena_copy(arena, page.rows[i].id, 8), NULL, 16));
    return line;
}
