/*
 * buying.c: see the header.
 */
#include "support/buying.h"

#include <check.h>

#include "actions/isv.h"
#include "actions/purchase_time.h"
#include "base/text.h"
#include "jobs/clock.h"
#include "store/accounts.h"
#include "store/catalogue_edit.h"
#include "store/commitments.h"
#include "store/subscriptions.h"

const struct actor actor_operator = {PARTY_OPERATOR, "", "Marketplace", "operator", ROLE_NONE};

static struct day
day_at(const char *text)
{
    struct day day = DAY_NONE;

    ck_assert_msg(day_parse(text, &day) == OK, "day %s", text);
    return day;
}

void
buying_add(struct deal_market *market)
{
    struct db *db = temp_write(&market->temp);
    struct arena *arena = market->temp.arena;
    struct person person = {.id = "operator",
                            .email = "operator@test.example",
                            .name = "Person operator",
                            .password = "hash",
                            .publisher = "",
                            .organisation = "",
                            .operates = true};
    struct billing_account account;
    struct azure_subscription subscription = {
        .id = OTHER_SUBSCRIPTION, .name = "Elsewhere", .billing_account = OTHER_ACCOUNT};
    struct commitment commitment = {.billing_account = DEAL_ACCOUNT,
                                    .start_on = day_make(2023, 1, 1),
                                    .end_on = day_make(2024, 12, 31),
                                    .amount_cents = 5000000,
                                    .status = "active"};

    ck_assert_int_eq(person_insert(db, arena, &person), OK);
    ck_assert_int_eq(billing_account_find(db, arena, DEAL_ACCOUNT, &account), OK);
    account.id = OTHER_ACCOUNT;
    account.agreement = AGREEMENT_EA;
    ck_assert_int_eq(billing_account_insert(db, &account), OK);
    ck_assert_int_eq(
        billing_member_set(db, OTHER_ACCOUNT, "owner", BILLING_ENTERPRISE_ADMINISTRATOR), OK);
    ck_assert_int_eq(azure_subscription_insert(db, &subscription), OK);
    ck_assert_int_eq(azure_member_set(db, OTHER_SUBSCRIPTION, "contributor", AZURE_OWNER), OK);
    ck_assert_int_eq(azure_member_set(db, DEAL_SUBSCRIPTION, "owner", AZURE_RESERVATION_PURCHASER),
                     OK);
    ck_assert_int_eq(resource_group_insert(db, arena, OTHER_SUBSCRIPTION, DEAL_GROUP), OK);
    ck_assert_int_eq(commitment_insert(db, arena, &commitment), OK);
    temp_keep(&market->temp, db);
}

/* ---- Time ----------------------------------------------------------------------------------- */

static int
two_digits(const char *text)
{
    return (text[0] - '0') * 10 + (text[1] - '0');
}

void
buying_at(struct deal_market *market, const char *when)
{
    const char *day = arena_copy(market->temp.arena, when, 10);

    ck_assert_uint_eq(strlen(when), strlen("2023-10-20 09:00:00"));
    market->fake.now = day_start_at(day_at(day)) + two_digits(when + 11) * 3600 +
                       two_digits(when + 14) * 60 + two_digits(when + 17);
}

void
buying_on(struct deal_market *market, const char *day)
{
    buying_at(market, arena_format(market->temp.arena, "%s 09:00:00", day));
}

static struct act
begin(struct deal_market *market, const struct actor *actor)
{
    struct act act = deal_begin(market, actor->party, actor->account, actor->person);

    act.viewer.today = act.today;
    return act;
}

/* ---- Offers --------------------------------------------------------------------------------- */

static const char *
drafted(struct deal_market *market, const struct sold *sold)
{
    const char *name = arena_format(market->temp.arena, "Deal of %s", sold->product);
    struct answers form =
        deal_form(market, "name", name, ANSWER_PRICING, offer_type_text(sold->type), NULL);
    struct answers texts = deal_form(market, "plan_name", "Own", "plan_description", "Own", NULL);
    struct plan_choice choice = {sold->product, sold->plan};
    struct problems *problems = problems_new(market->temp.arena);
    struct act act = begin(market, &actor_isv);
    const char *id = NULL;
    int row = 0;

    ck_assert_int_eq(action_offer_create(&act, &form, problems, &id), OK);
    if (sold->type == OFFER_NEW_PLANS)
        ck_assert_int_eq(action_new_plan_add(&act, id, "1", &choice, &texts, problems, &row), OK);
    else
        ck_assert_int_eq(action_rows_add(&act, id, "1", &choice, 1, problems), OK);
    ck_assert_int_eq(deal_end(market, &act, OK), OK);
    return id;
}

const char *
buying_offer(struct deal_market *market, const struct sold *sold)
{
    const struct row_edit nothing = {.remove_line = 0};
    struct problems *problems = problems_new(market->temp.arena);
    const struct actor *partner = sold->partner == NULL ? &actor_partner : &actor_other_partner;
    const char *id = drafted(market, sold);
    const char *today = day_iso(market->temp.arena, day_of(market->fake.now));
    struct answers setup =
        deal_form(market, "billing_account", sold->account == NULL ? DEAL_ACCOUNT : sold->account,
                  "seller_id", sold->partner == NULL ? DEAL_PARTNER : sold->partner, "start_mode",
                  sold->start_month == NULL ? "accepted" : "month", "start_month",
                  sold->start_month == NULL ? "" : sold->start_month, "end_month", sold->end_month,
                  "accept_by", today, "type-1", sold->form == NULL ? "discount" : "absolute",
                  "discount-1", sold->form == NULL ? sold->discount : "", NULL);
    struct answers priced = deal_form(market, "adjustment-1", sold->adjustment, "prepared_by",
                                      "p@fabrikam.example", NULL);

    (void)play_form(market, &actor_isv, DEED_SAVE, id, &setup, OK);
    if (sold->form != NULL) {
        const char *rev = deal_rev(market, PARTY_ISV, DEAL_ISV, id);
        struct act act = begin(market, &actor_isv);
        enum err outcome = action_row_save(&act, id, rev, 1, sold->form, &nothing, problems);

        ck_assert_int_eq(deal_end(market, &act, outcome), OK);
    }
    (void)play_form(market, &actor_isv, DEED_SUBMIT, id, NULL, OK);
    deal_publish(market);
    (void)play_form(market, partner, DEED_PRICE, id, &priced, OK);
    (void)play_form(market, partner, DEED_EXTEND, id, NULL, OK);
    deal_publish(market);
    ck_assert_int_eq(play_deed(market, &actor_owner, DEED_ACCEPT, id), OK);
    return id;
}

void
list_price(struct deal_market *market, const char *product, const char *plan, const char *point,
           enum point_kind kind, int64_t amount, const char *from)
{
    const struct price_change change = {point, amount_of(kind, amount), day_at(from)};
    struct db *db = temp_write(&market->temp);

    ck_assert_int_eq(
        price_change_set(db, market->temp.arena, product, plan, day_of(market->fake.now), &change),
        OK);
    temp_keep(&market->temp, db);
}

/* ---- Buying --------------------------------------------------------------------------------- */

static const char *
or_empty(const char *text)
{
    return text == NULL ? "" : text;
}

enum err
try_buy(struct deal_market *market, const struct wanted *wanted, struct problems *problems,
        const char **id)
{
    const struct purchase_target target = {.offer = or_empty(wanted->offer),
                                           .row = wanted->offer == NULL ? 0
                                                  : wanted->row == 0    ? 1
                                                                        : wanted->row,
                                           .product = or_empty(wanted->product),
                                           .plan = or_empty(wanted->plan)};
    const char *subscription =
        wanted->subscription == NULL ? DEAL_SUBSCRIPTION : wanted->subscription;
    struct act act = begin(market, wanted->by == NULL ? &actor_contributor : wanted->by);
    struct purchase_quote quote;
    struct answers answers;
    enum err outcome = purchase_quote(&act, &target, subscription, &quote);

    if (outcome == OK) {
        answers =
            deal_form(market, ANSWER_SUBSCRIPTION, subscription, ANSWER_RESOURCE_GROUP, DEAL_GROUP,
                      ANSWER_PURCHASE_NAME, "Ours", ANSWER_TERM, or_empty(wanted->term),
                      ANSWER_USERS, or_empty(wanted->users), ANSWER_VCPU, or_empty(wanted->vcpu),
                      ANSWER_RECURRING, wanted->ends ? "" : "1", ANSWER_DIGEST, quote.digest, NULL);
        outcome = action_purchase_buy(&act, &target, &answers, problems, id);
    }
    return deal_end(market, &act, outcome);
}

static void
assert_done(enum err outcome, const struct problems *problems, const char *what)
{
    ck_assert_msg(outcome == OK, "%s: %d; %s: %s", what, outcome,
                  problems->count > 0 ? problems->list[0].at : "",
                  problems->count > 0 ? problems->list[0].message : "no problem");
}

const char *
buy(struct deal_market *market, const struct wanted *wanted)
{
    struct problems *problems = problems_new(market->temp.arena);
    const char *id = NULL;

    assert_done(try_buy(market, wanted, problems, &id), problems, "buying");
    return id;
}

const char *
subscribe(struct deal_market *market, const struct wanted *wanted)
{
    const char *id = buy(market, wanted);

    deed(market, &actor_contributor, DO_CONFIGURE, id, "");
    deed(market, &actor_isv, DO_ACTIVATE, id, "");
    return id;
}

static enum err
configure(const struct act *act, const char *id, struct problems *problems)
{
    const char *token = NULL;

    TRY(purchase_landing_token(act, id, &token));
    return action_purchase_configure(act, id, token, "ops@northwind.example", problems);
}

static enum err
perform(const struct act *act, enum purchase_deed what, const char *id, const char *word,
        struct problems *problems)
{
    switch (what) {
    case DO_CONFIGURE:
        return configure(act, id, problems);
    case DO_ACTIVATE:
        return action_purchase_activate(act, id);
    case DO_CANCEL:
        return action_purchase_cancel(act, id, problems);
    case DO_RECUR:
    case DO_NOT_RECUR:
        return action_purchase_recur(act, id, what == DO_RECUR);
    case DO_USERS:
        return action_purchase_users(act, id, word, problems);
    case DO_PLAN:
        return action_purchase_plan(act, id, word, problems);
    case DO_FAIL_PAYMENT:
    case DO_RECEIVE_PAYMENT:
        return action_purchase_payment(act, id, what == DO_RECEIVE_PAYMENT);
    }
    ck_abort();
}

enum err
try_deed(struct deal_market *market, const struct actor *actor, enum purchase_deed what,
         const char *id, const char *word, struct problems *problems)
{
    struct act act = begin(market, actor);

    return deal_end(market, &act, perform(&act, what, id, word, problems));
}

void
deed(struct deal_market *market, const struct actor *actor, enum purchase_deed what, const char *id,
     const char *word)
{
    struct problems *problems = problems_new(market->temp.arena);

    assert_done(try_deed(market, actor, what, id, word, problems), problems, "deed");
}

enum err
try_report(struct deal_market *market, const struct actor *actor, const struct usage_line *lines,
           size_t count, struct problems *problems)
{
    struct act act = begin(market, actor);

    if (problems == NULL)
        problems = problems_new(market->temp.arena);
    return deal_end(market, &act, action_usage_report(&act, lines, count, problems));
}

void
report(struct deal_market *market, const struct actor *actor, const char *id, const char *point,
       const char *hour, const char *quantity)
{
    struct problems *problems = problems_new(market->temp.arena);
    const struct usage_line line = {id, point, hour, quantity, "line-1"};

    assert_done(try_report(market, actor, &line, 1, problems), problems, "usage");
}

void
settle(struct deal_market *market)
{
    int settled = 0;

    do {
        ck_assert_int_eq(jobs_settle_due(market->temp.store, market->temp.reader,
                                         market->temp.arena, &market->fake.world, &settled),
                         OK);
    } while (settled > 0);
}

/* ---- Looking -------------------------------------------------------------------------------- */

struct purchase
bought(struct deal_market *market, const char *id)
{
    const struct viewer viewer = {PARTY_OPERATOR, "", day_of(market->fake.now)};
    struct purchase purchase;

    ck_assert_int_eq(purchase_load(market->temp.reader, market->temp.arena, &viewer, id, &purchase),
                     OK);
    return purchase;
}

static const char *
bill_text(struct arena *arena, const struct charges *charges)
{
    const char *text = "";

    for (size_t i = 0; i < charges->count; i++) {
        const struct charge *charge = &charges->rows[i];

        ck_assert_int_eq(charge->number, (int)i + 1);
        text = arena_format(
            arena, "%s%s %s %s x%ld, %s to %s, %s: %s = %s + %s + %s%s\n", text,
            day_iso(arena, charge->on), charge_kind_text(charge->kind), charge->point,
            (long)charge->quantity, day_iso(arena, charge->from_on),
            day_iso(arena, charge->through_on), *charge->source.offer == '\0' ? "list" : "private",
            money_plain(arena, charge->customer_amount), money_plain(arena, charge_isv(charge)),
            money_plain(arena, charge_partner(charge)), money_plain(arena, charge->fee),
            charge->corrects == 0 ? "" : arena_format(arena, " of %d", charge->corrects));
    }
    return text;
}

const char *
bill(struct deal_market *market, const char *id)
{
    struct charges charges;

    ck_assert_int_eq(charges_of(market->temp.reader, market->temp.arena, id, &charges), OK);
    return bill_text(market->temp.arena, &charges);
}

const char *
bill_foreseen(struct deal_market *market, const char *id)
{
    struct act act = act_of_system(market->temp.reader, market->temp.arena, &market->fake.world,
                                   &market->settings);
    struct purchase purchase = bought(market, id);
    struct charges charges;

    ck_assert_int_eq(purchase_foresee(&act, &purchase, &charges), OK);
    return bill_text(market->temp.arena, &charges);
}

static struct commitment
commitment_of(struct deal_market *market, const char *start)
{
    struct commitments found;

    ck_assert_int_eq(commitments_of(market->temp.reader, market->temp.arena, DEAL_ACCOUNT, &found),
                     OK);
    for (size_t i = 0; i < found.count; i++) {
        if (found.rows[i].start_on.number == day_at(start).number)
            return found.rows[i];
    }
    ck_abort_msg("no commitment starts on %s", start);
}

const char *
balance(struct deal_market *market, const char *start)
{
    return money_plain(market->temp.arena,
                       (struct money){commitment_of(market, start).remaining_cents});
}

const char *
balance_events(struct deal_market *market, const char *start)
{
    const struct commitment commitment = commitment_of(market, start);
    struct arena *arena = market->temp.arena;
    struct commitment_entries entries;
    const char *text = "";

    ck_assert_int_eq(commitment_entries_of(market->temp.reader, arena, &commitment, &entries), OK);
    for (size_t i = entries.count; i > 0; i--)
        text = arena_format(arena, "%s%s %s\n", text,
                            money_plain(arena, entries.rows[i - 1].decrement),
                            money_plain(arena, entries.rows[i - 1].remaining));
    return text;
}

const char *
history(struct deal_market *market, const char *id)
{
    const struct viewer viewer = {PARTY_OPERATOR, "", day_of(market->fake.now)};
    struct arena *arena = market->temp.arena;
    struct purchase_events events;
    const char *text = "";

    ck_assert_int_eq(purchase_events_of(market->temp.reader, arena, &viewer, id, &events), OK);
    for (size_t i = events.count; i > 0; i--)
        text = arena_format(arena, "%s%s %s\n", text, purchase_event_text(events.rows[i - 1].kind),
                            instant_iso(arena, events.rows[i - 1].at));
    return text;
}
