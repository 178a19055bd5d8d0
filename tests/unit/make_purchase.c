/*
 * make_purchase.c: builders; see the header.
 */
#include "make_purchase.h"

#include "make_offer.h"

#include <check.h>
#include <string.h>

static int
two_digits(const char *text)
{
    return (text[0] - '0') * 10 + (text[1] - '0');
}

int64_t
make_at(const char *text)
{
    char date[11] = "";

    ck_assert_uint_eq(strlen(text), strlen("2023-10-20 09:00:00"));
    memcpy(date, text, sizeof date - 1);
    return day_start_at(make_day(date)) + two_digits(text + 11) * 3600 +
           two_digits(text + 14) * 60 + two_digits(text + 17);
}

void
make_purchase(enum purchase_kind kind, struct purchase *purchase)
{
    static const enum pricing_model models[PURCHASE_KIND_COUNT] = {
        [PURCHASE_SAAS] = MODEL_FLAT_RATE,
        [PURCHASE_VM] = MODEL_VM_CORE,
        [PURCHASE_APP] = MODEL_APP,
        [PURCHASE_RESERVATION] = MODEL_VM_FLAT,
    };
    bool terms = kind == PURCHASE_SAAS || kind == PURCHASE_RESERVATION;

    memset(purchase, 0, sizeof *purchase);
    purchase->id = "2b6f0cc9-04d1-4a3e-9c1f-8d5e7a60b312";
    purchase->kind = kind;
    purchase->model = models[kind];
    purchase->state = kind == PURCHASE_SAAS ? PURCHASE_PENDING : PURCHASE_SUBSCRIBED;
    purchase->bought_at = make_at("2023-10-20 09:00:00");
    purchase->term_months = terms ? 12 : 0;
    purchase->payment_months = kind == PURCHASE_APP ? 1 : 0;
    purchase->quantity = 1;
    purchase->next_quantity = 1;
    purchase->min_users = 1;
    purchase->recurring = terms;
    purchase->renews_through = make_day("9999-12-31");
    purchase->anchor_on = DAY_NONE;
    purchase->usage_on = DAY_NONE;
    purchase->term = 1;
    if (kind != PURCHASE_SAAS)
        purchase_deploy(purchase, purchase->bought_at);
}

static void
moved(struct purchase *purchase, enum purchase_move move, enum party by, const char *at)
{
    ck_assert_int_eq(purchase_advance(purchase, move, by, make_at(at)), OK);
}

void
make_purchase_in(enum purchase_kind kind, enum purchase_state state, struct purchase *purchase)
{
    make_purchase(kind, purchase);
    if (kind != PURCHASE_SAAS) {
        purchase->state = state; /* may be one that it never has */
        purchase->suspended_at = state == PURCHASE_SUSPENDED ? make_at("2024-02-10 12:00:00") : 0;
        if (state == PURCHASE_UNSUBSCRIBED) {
            purchase->ending = PURCHASE_CANCELLED_BY_CUSTOMER;
            purchase->ended_at = make_at("2024-02-10 12:00:00");
        }
        return;
    }
    moved(purchase, PURCHASE_CONFIGURE, PARTY_CUSTOMER, "2023-10-21 10:00:00");
    if (state == PURCHASE_PENDING)
        return;
    moved(purchase, PURCHASE_ACTIVATE, PARTY_ISV, "2023-10-23 15:30:00");
    if (state == PURCHASE_SUSPENDED)
        moved(purchase, PURCHASE_FAIL_PAYMENT, PARTY_OPERATOR, "2024-02-10 12:00:00");
    if (state == PURCHASE_UNSUBSCRIBED)
        moved(purchase, PURCHASE_CANCEL, PARTY_CUSTOMER, "2024-02-10 12:00:00");
}

void
make_term(struct purchase *purchase, int term_months, int payment_months, const char *begins)
{
    const int64_t at = day_start_at(make_day(begins));

    make_purchase(PURCHASE_SAAS, purchase);
    purchase->model = MODEL_PER_USER;
    purchase->term_months = term_months;
    purchase->payment_months = payment_months;
    purchase->bought_at = at;
    ck_assert_int_eq(purchase_advance(purchase, PURCHASE_CONFIGURE, PARTY_CUSTOMER, at), OK);
    ck_assert_int_eq(purchase_advance(purchase, PURCHASE_ACTIVATE, PARTY_ISV, at), OK);
}

static void
by_time(struct purchase *purchase, enum purchase_move move, struct day on)
{
    ck_assert_int_eq(purchase_advance(purchase, move, PARTY_SYSTEM, day_start_at(on)), OK);
}

void
make_due(struct purchase *purchase, struct purchase_event_due due, struct buffer *log)
{
    const char *word = "";

    switch (due.what) {
    case DUE_PAYMENT:
        word = "payment";
        purchase_paid(purchase);
        break;
    case DUE_RENEWAL:
        word = "renewal";
        by_time(purchase, PURCHASE_RENEW, due.on);
        purchase_renewed(purchase);
        break;
    case DUE_END:
        word = "end";
        by_time(purchase, PURCHASE_END, due.on);
        break;
    case DUE_LAPSE:
        word = "lapse";
        by_time(purchase, PURCHASE_LAPSE, due.on);
        break;
    case DUE_USAGE:
        word = "usage";
        purchase_usage_charged(purchase);
        break;
    case DUE_NOTHING:
        ck_abort();
    }
    buffer_format(log, "%s %d-%02d-%02d\n", word, day_year(due.on), day_month(due.on),
                  day_dom(due.on));
}

void
make_time(struct purchase *purchase, struct day today, struct buffer *log)
{
    for (struct purchase_event_due due = purchase_next(purchase);
         due.what != DUE_NOTHING && due.on.number <= today.number; due = purchase_next(purchase))
        make_due(purchase, due, log);
    ck_assert(!log->full);
}
