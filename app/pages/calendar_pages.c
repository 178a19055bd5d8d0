/*
 * calendar_pages.c: a calendar of deadlines, for whoever has its address (LAW 14).
 *
 * Invariant: each deadline is read through the eyes of the account's own parties, and says no more
 * than a name and a day. An address that was revoked is one that never was: 404.
 */
#include "pages/notice_pages.h"

#include "base/digest.h"
#include "base/ics.h"
#include "base/text.h"
#include "pages/serve.h"
#include "store/accounts.h"
#include "store/feeds.h"
#include "store/notices.h"
#include "store/purchases.h"

/* A calendar being written, and the host that its events' identities end in. */
struct calendar {
    struct exchange *x;
    const char *host;
};

static void
put(const struct calendar *calendar, const char *what, const char *id, struct day on,
    const char *summary, const char *path)
{
    struct exchange *x = calendar->x;
    const struct ics_event event = {
        .uid = arena_format(x->arena, "%s-%s@%s", what, id, calendar->host),
        .on = on,
        .summary = summary,
        .description = "Through 23:59:59 UTC of this day.",
        .url = arena_format(x->arena, "%s%s", x->service->public_address, path),
    };

    ics_event(&x->reply->body, &event, x->now);
}

/* Accept-by of what is pending, the last day of accepted prices. */
static enum err
put_offers(const struct calendar *calendar, enum party party, const char *account,
           const char *billing_account)
{
    struct exchange *x = calendar->x;
    const struct viewer viewer = {party, account, x->today};
    struct offer_deadlines deadlines;

    TRY(offer_deadlines_of(x->db, x->arena, &viewer, billing_account, &deadlines));
    for (size_t i = 0; i < deadlines.count; i++) {
        const struct offer_deadline *deadline = &deadlines.rows[i];
        bool accepted = deadline->state == STATE_ACCEPTED;

        put(calendar,
            arena_format(x->arena, "%s-%s", accepted ? "ends" : "accept-by", party_text(party)),
            deadline->id, deadline->on,
            arena_format(x->arena, "%s: %s", accepted ? "Prices end" : "Accept by", deadline->name),
            arena_format(x->arena, "/%s/offers/%s", party_text(party), deadline->id));
    }
    return OK;
}

/* The 30-day clocks of those purchases. */
static void
put_clocks(const struct calendar *calendar, enum party party, const struct purchases *purchases,
           const char *billing_account)
{
    struct exchange *x = calendar->x;

    for (size_t i = 0; i < purchases->count; i++) {
        const struct purchase *purchase = &purchases->rows[i];
        struct day on = purchase_clock_on(purchase);
        const char *verb = purchase->state == PURCHASE_SUSPENDED ? "Pay for"
                           : purchase->configured_at != 0        ? "Activate"
                                                                 : "Configure";

        if (day_is_none(on) || on.number < x->today.number ||
            (billing_account != NULL && !text_equal(purchase->billing_account, billing_account)))
            continue;
        put(calendar, "clock", purchase->id, on,
            arena_format(x->arena, "%s: %s, %s", verb, purchase->product_name, purchase->plan_name),
            arena_format(x->arena, "/%s/purchases/%s", party_text(party), purchase->id));
    }
}

static enum err
put_publisher(const struct calendar *calendar, const char *publisher)
{
    struct purchases purchases;

    TRY(put_offers(calendar, PARTY_ISV, publisher, NULL));
    TRY(put_offers(calendar, PARTY_PARTNER, publisher, NULL));
    TRY(purchases_to_activate(calendar->x->db, calendar->x->arena, publisher, &purchases));
    put_clocks(calendar, PARTY_ISV, &purchases, NULL);
    return OK;
}

static enum err
put_billing(const struct calendar *calendar, const struct billing_account *account)
{
    struct purchases purchases;

    TRY(put_offers(calendar, PARTY_CUSTOMER, account->organisation, account->id));
    TRY(purchases_to_tend(calendar->x->db, calendar->x->arena, account->organisation, &purchases));
    put_clocks(calendar, PARTY_CUSTOMER, &purchases, account->id);
    return OK;
}

/* Behind "://". */
static const char *
host_of(const char *public_address)
{
    while (*public_address != '\0' && !text_starts(public_address, "://"))
        public_address++;
    return *public_address == '\0' ? "tripact" : public_address + 3;
}

enum err
calendar_get(struct exchange *x)
{
    const struct calendar calendar = {x, host_of(x->service->public_address)};
    struct billing_account account;
    struct publisher publisher;
    struct feed feed;

    TRY(feed_find(x->db, x->arena, digest_of_text(x->arena, path_param(x, "token")), &feed));
    if (text_equal(feed.kind, NOTICES_OF_BILLING)) {
        TRY(billing_account_find(x->db, x->arena, feed.account, &account));
        ics_begin(&x->reply->body, arena_format(x->arena, "Tripact, %s", account.name));
        TRY(put_billing(&calendar, &account));
    } else {
        TRY(publisher_by_id(x->db, x->arena, feed.account, &publisher));
        ics_begin(&x->reply->body, arena_format(x->arena, "Tripact, %s", publisher.name));
        TRY(put_publisher(&calendar, publisher.id));
    }
    ics_end(&x->reply->body);
    x->reply->type = "text/calendar; charset=utf-8";
    x->reply->download = "tripact.ics";
    return x->reply->body.full ? ERR_BROKEN : OK;
}
