/*
 * web_purchases.h: what tests of the customer's purchase pages need besides play_purchase.h.
 */
#ifndef SUPPORT_WEB_PURCHASES_H
#define SUPPORT_WEB_PURCHASES_H

#include "support/play_purchase.h"
#include "support/web_market.h"

/* A second subscription, "Travel", of an EA billing account "Trips" of the same organisation, with
 * an open group "travel-apps"; the contributor is contributor there. */
#define WEB_OTHER_ACCOUNT "7654321"
#define WEB_OTHER_SUBSCRIPTION "b2d7c9a4-0e53-4c18-8f6a-52d1e07c93ab"
void web_other_account(struct web_market *market);

/* Seats, Team for 10 users at list price, activated. */
const char *web_seats(struct web_market *market);

/* Fills the form that the person's page at path holds as a browser would, then sets name, value,
 * ..., NULL (a NULL value removes the field) and sends it. */
struct web_answer web_fill(struct web_market *market, enum web_person person, const char *path,
                           ...);

/* Changes a fact of the market that no page of these tests changes. */
void web_sql(struct web_market *market, const char *sql);

#endif
