/*
 * make_offer.h: plans, accounts and offers for tests, built in an arena as the store would.
 *
 * The offer is the deal of LAW 20 as it stands before the ISV's submit, on 16 October 2023. Not
 * here: expectations. Everything is kept by the arena unless it is a constant.
 */
#ifndef TESTS_UNIT_MAKE_OFFER_H
#define TESTS_UNIT_MAKE_OFFER_H

#include "core/check.h"

#define ISV_ID "10000001"
#define PARTNER_ID "20000002"
#define ACCOUNT_ID \
    "7c92bb3e-51d0-4c6e-93d5-0a1f6e2c77b4:2f0d3a5e-8b1c-4f6d-9a27-5c3e1b7d9f40_2019-05-31"

/* Texts that must be good; a wrong one fails the test. */
struct day make_day(const char *text);
struct rate make_rate(const char *text);
struct amount make_amount(const char *text);
struct amount make_hourly(const char *text);

/* A plan without price points, public and sellable, of the ISV; its id is that of its name. */
struct plan *make_plan(struct arena *arena, enum product_type type, enum pricing_model model,
                       const char *id, const char *name);
void make_point(struct plan *plan, struct price_point point);

/* SaaS Ledgerline Pro: term-12 1,200.00 upfront, meter-emails 1.00. */
struct plan *make_pro(struct arena *arena);
/* SaaS Ledgerline Seats, Team: user-1 15.00, user-12 240.00. */
struct plan *make_team(struct arena *arena);
/* Azure application Harbor Ingest, Ops: month 250.00. */
struct plan *make_ops(struct arena *arena);
/* Virtual machine Harbor Gateway, Flow: hour 0.40 per vCPU. */
struct plan *make_flow(struct arena *arena);

/* Adds a discount row without a discount, as adding a product does. */
struct offer_row *make_row(struct offer *offer, struct arena *arena, struct plan *plan);
/* Gives the row's price point of that id a price of its own. */
void make_own(struct offer_row *row, const char *point, struct amount own);

/* An offer with nothing in it but who made it. */
struct offer *make_draft(struct arena *arena);
/* The deal of LAW 20: row 1 Pro at 20 % off, row 2 Ops at 200.00. */
struct offer *make_deal(struct arena *arena);
/* The same as the partner of LAW 20 has priced it, in Pending partner action. */
struct offer *make_priced_deal(struct arena *arena);
/* The same in any state an offer may be in; Expired and Ended are those of the day given. */
struct offer *make_deal_in(struct arena *arena, enum offer_state state, struct day *today);

/* Facts under which the deal passes both submits on 16 October 2023. */
struct publisher make_isv(void);
struct publisher make_partner(void);
struct billing_account make_account(void);

/* A form: pairs of name and value, ended by NULL. */
struct answers make_answers(const char *const *pairs);

#endif
