/*
 * deal_market.h: the market of LAW 20 in a temporary store, and people who act in it.
 *
 * Clock 2023-10-16. ISV 10000001 with Suite (SaaS: Pro 1,200.00 a year, a meter; Seats is another
 * product, per user) and Runner (managed application: Ops 250.00 a month); selling partners
 * 20000002 and 20000003; a customer with an MCA account and its owner, contributor and reader.
 */
#ifndef SUPPORT_DEAL_MARKET_H
#define SUPPORT_DEAL_MARKET_H

#include "actions/act.h"
#include "support/fake_world.h"
#include "support/temp_store.h"

#define DEAL_ISV "10000001"
#define DEAL_OTHER_ISV "10000009"
#define DEAL_PARTNER "20000002"
#define DEAL_OTHER_PARTNER "20000003"
#define DEAL_ORGANISATION "northwind"
/* The customer's Azure subscription, paid by DEAL_ACCOUNT: the contributor is contributor there, the
 * reader a reader, the owner has no role. Its resource group is open. */
#define DEAL_SUBSCRIPTION "3f8a1c52-6b0d-4e7f-a4c9-1e5d70b2f618"
#define DEAL_GROUP "production"
#define DEAL_ACCOUNT \
    "7c92bb3e-51d0-4c6e-93d5-0a1f6e2c77b4:2f0d3a5e-8b1c-4f6d-9a27-5c3e1b7d9f40_2019-05-31"

struct deal_market {
    struct temp_store temp;
    struct fake_world fake;
    struct settings settings;
};

void deal_market_open(struct deal_market *market, const struct driver *driver);
void deal_market_close(struct deal_market *market);
void deal_market_today(struct deal_market *market, int year, int month, int dom);

/* Somebody acting inside a write that is begun here and ended by deal_end. */
struct act deal_begin(struct deal_market *market, enum party party, const char *account,
                      const char *person);
enum err deal_end(struct deal_market *market, struct act *act, enum err outcome);

/* name, value, name, value, ..., NULL as a posted form. */
struct answers deal_form(struct deal_market *market, ...);

/* The offer as that party's page gets it; fails the test when there is none. */
struct offer deal_view(struct deal_market *market, enum party party, const char *account,
                       const char *id);
enum err deal_look(struct deal_market *market, enum party party, const char *account,
                   const char *id, struct offer *offer);
const char *deal_rev(struct deal_market *market, enum party party, const char *account,
                     const char *id);

/* deal_view as each party of the deal, of the market that the test file calls market. */
#define ISV_SEES(id) deal_view(&market, PARTY_ISV, DEAL_ISV, id)
#define PARTNER_SEES(id) deal_view(&market, PARTY_PARTNER, DEAL_PARTNER, id)
#define CUSTOMER_SEES(id) deal_view(&market, PARTY_CUSTOMER, DEAL_ORGANISATION, id)

/* Publishes what is due, as the jobs thread would. */
void deal_publish(struct deal_market *market);

/* The offer of LAW 20 after its steps: drafted, submitted (and published), extended (and
 * published), accepted. Answers its id. */
enum deal_stage { DEAL_DRAFTED, DEAL_SUBMITTED, DEAL_EXTENDED, DEAL_ACCEPTED };
const char *deal_make(struct deal_market *market, enum deal_stage stage);

#endif
