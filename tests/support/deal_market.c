/*
 * deal_market.c: see the header. Every helper fails the test at hand when something is refused.
 */
#include "support/deal_market.h"

#include <check.h>
#include <stdarg.h>

#include "actions/customer.h"
#include "actions/isv.h"
#include "actions/partner.h"
#include "base/text.h"
#include "core/terms.h"
#include "jobs/clock.h"
#include "store/accounts.h"
#include "store/catalogue.h"
#include "store/subscriptions.h"
#include "support/list_point.h"

#define FORM_FIELDS 64

static void
publisher_make(struct deal_market *market, struct db *db, const char *id, const char *name)
{
    struct publisher publisher = {.id = id,
                                  .name = name,
                                  .hq_state = "WA",
                                  .location = "US",
                                  .in_programme = true,
                                  .has_marketplace_account = true,
                                  .enrolled = true,
                                  .active = true,
                                  .tax_status = TAX_COMPLETE,
                                  .tax_country = "US"};

    ck_assert_int_eq(publisher_insert(db, market->temp.arena, &publisher), OK);
}

static void
person_make(struct deal_market *market, struct db *db, const char *id, const char *publisher,
            const char *organisation, enum publisher_role role)
{
    struct arena *arena = market->temp.arena;
    struct person person = {.id = id,
                            .email = arena_format(arena, "%s@test.example", id),
                            .name = arena_format(arena, "Person %s", id),
                            .password = "hash",
                            .publisher = publisher,
                            .organisation = organisation,
                            .role = role};

    ck_assert_int_eq(person_insert(db, arena, &person), OK);
}

static void
plan_make(struct deal_market *market, struct db *db, const struct plan *plan)
{
    ck_assert_int_eq(plan_insert(db, market->temp.arena, plan), OK);
}

static void
catalogue_make(struct deal_market *market, struct db *db)
{
    struct product products[] = {
        {"suite", DEAL_ISV, "Suite", PRODUCT_SAAS, true, true, true, true, true},
        {"runner", DEAL_ISV, "Runner", PRODUCT_APP, true, true, true, true, true},
        {"seats", DEAL_ISV, "Seats", PRODUCT_SAAS, true, true, true, false, false},
        {"foreign", DEAL_OTHER_ISV, "Foreign", PRODUCT_SAAS, true, true, true, false, false},
    };
    struct price_point pro[] = {
        LIST_POINT("term-12", POINT_TERM, 12, 0, "", 0, amount_of(POINT_TERM, 120000)),
        LIST_POINT("meter-emails", POINT_METER, 0, 0, "100 emails", 0,
                   amount_of(POINT_METER, 100))};
    struct price_point ops[] = {
        LIST_POINT("month", POINT_MONTH, 0, 0, "", 0, amount_of(POINT_MONTH, 25000))};
    struct price_point team[] = {
        LIST_POINT("user-1", POINT_USER, 1, 0, "", 0, amount_of(POINT_USER, 1500))};
    struct plan plans[] = {
        {.product = "suite",
         .id = "pro",
         .name = "Pro",
         .description = "",
         .summary = "",
         .markets = MARKET_US,
         .is_public = true,
         .published = true,
         .model = MODEL_FLAT_RATE,
         .points = pro,
         .point_count = COUNT(pro)},
        {.product = "suite",
         .id = "trial",
         .name = "Trial",
         .description = "",
         .summary = "",
         .markets = MARKET_US,
         .is_public = true,
         .published = true,
         .model = MODEL_FLAT_RATE,
         .trial_months = 1,
         .points = pro,
         .point_count = 1},
        {.product = "suite",
         .id = "hidden",
         .name = "Hidden",
         .description = "",
         .summary = "",
         .markets = MARKET_US,
         .published = true,
         .model = MODEL_FLAT_RATE,
         .points = pro,
         .point_count = 1},
        {.product = "runner",
         .id = "ops",
         .name = "Ops",
         .description = "",
         .summary = "",
         .markets = MARKET_US,
         .is_public = true,
         .published = true,
         .model = MODEL_APP,
         .points = ops,
         .point_count = 1},
        {.product = "seats",
         .id = "team",
         .name = "Team",
         .description = "",
         .summary = "",
         .markets = MARKET_US,
         .is_public = true,
         .published = true,
         .model = MODEL_PER_USER,
         .min_users = 5,
         .max_users = 500,
         .points = team,
         .point_count = 1},
        {.product = "foreign",
         .id = "one",
         .name = "One",
         .description = "",
         .summary = "",
         .markets = MARKET_US,
         .is_public = true,
         .published = true,
         .model = MODEL_PER_USER,
         .points = team,
         .point_count = 1},
    };

    for (size_t i = 0; i < COUNT(products); i++)
        ck_assert_int_eq(product_insert(db, market->temp.arena, &products[i]), OK);
    for (size_t i = 0; i < COUNT(plans); i++)
        plan_make(market, db, &plans[i]);
}

static void
customer_make(struct deal_market *market, struct db *db)
{
    struct organisation organisation = {DEAL_ORGANISATION, "Northwind"};
    struct organisation other = {"elsewhere", "Elsewhere"};
    struct billing_account account = {.id = DEAL_ACCOUNT,
                                      .organisation = DEAL_ORGANISATION,
                                      .name = "Operations",
                                      .agreement = AGREEMENT_MCA,
                                      .country = "US",
                                      .active = true,
                                      .policy = MARKETPLACE_ENABLED,
                                      .payment_valid = true,
                                      .payment_method = "invoice"};
    struct azure_subscription subscription = {
        .id = DEAL_SUBSCRIPTION, .name = "Production", .billing_account = DEAL_ACCOUNT};

    ck_assert_int_eq(organisation_insert(db, &organisation), OK);
    ck_assert_int_eq(organisation_insert(db, &other), OK);
    ck_assert_int_eq(billing_account_insert(db, &account), OK);
    person_make(market, db, "owner", "", DEAL_ORGANISATION, ROLE_NONE);
    person_make(market, db, "contributor", "", DEAL_ORGANISATION, ROLE_NONE);
    person_make(market, db, "reader", "", DEAL_ORGANISATION, ROLE_NONE);
    person_make(market, db, "stranger", "", "elsewhere", ROLE_NONE);
    ck_assert_int_eq(billing_member_set(db, DEAL_ACCOUNT, "owner", BILLING_OWNER), OK);
    ck_assert_int_eq(billing_member_set(db, DEAL_ACCOUNT, "contributor", BILLING_CONTRIBUTOR), OK);
    ck_assert_int_eq(billing_member_set(db, DEAL_ACCOUNT, "reader", BILLING_READER), OK);
    ck_assert_int_eq(azure_subscription_insert(db, &subscription), OK);
    ck_assert_int_eq(resource_group_insert(db, market->temp.arena, DEAL_SUBSCRIPTION, DEAL_GROUP),
                     OK);
    ck_assert_int_eq(azure_member_set(db, DEAL_SUBSCRIPTION, "contributor", AZURE_CONTRIBUTOR), OK);
    ck_assert_int_eq(azure_member_set(db, DEAL_SUBSCRIPTION, "reader", AZURE_READER), OK);
}

void
deal_market_open(struct deal_market *market, const struct driver *driver)
{
    struct db *db;

    temp_store_open(&market->temp, driver);
    deal_market_today(market, 2023, 10, 16);
    db = temp_write(&market->temp);
    ck_assert_int_eq(settings_load(db, &market->settings), OK);
    publisher_make(market, db, DEAL_ISV, "Contoso");
    publisher_make(market, db, DEAL_OTHER_ISV, "Adatum");
    publisher_make(market, db, DEAL_PARTNER, "Fabrikam");
    publisher_make(market, db, DEAL_OTHER_PARTNER, "Tailspin");
    person_make(market, db, "isv", DEAL_ISV, "", ROLE_ACCOUNT_OWNER);
    person_make(market, db, "isv-marketer", DEAL_ISV, "", ROLE_MARKETER);
    person_make(market, db, "other-isv", DEAL_OTHER_ISV, "", ROLE_ACCOUNT_OWNER);
    person_make(market, db, "partner", DEAL_PARTNER, "", ROLE_MANAGER);
    person_make(market, db, "other-partner", DEAL_OTHER_PARTNER, "", ROLE_ACCOUNT_OWNER);
    catalogue_make(market, db);
    customer_make(market, db);
    temp_keep(&market->temp, db);
}

void
deal_market_close(struct deal_market *market)
{
    temp_store_close(&market->temp);
}

void
deal_market_today(struct deal_market *market, int year, int month, int dom)
{
    fake_world_start(&market->fake, day_start_at(day_make(year, month, dom)) + 9 * 3600);
    market->fake.drawn = (uint64_t)market->fake.now; /* other random bytes on another day */
}

struct act
deal_begin(struct deal_market *market, enum party party, const char *account, const char *person)
{
    struct person who = {0};
    struct db *db = temp_write(&market->temp);

    ck_assert_int_eq(person_by_id(db, market->temp.arena, person, &who), OK);
    return (struct act){.db = db,
                        .arena = market->temp.arena,
                        .world = &market->fake.world,
                        .settings = &market->settings,
                        .now = market->fake.now,
                        .today = day_of(market->fake.now),
                        .viewer = {party, account},
                        .account_name = who.account_name,
                        .person = who.id,
                        .person_name = who.name,
                        .role = who.role};
}

enum err
deal_end(struct deal_market *market, struct act *act, enum err outcome)
{
    ck_assert_int_eq(write_end(market->temp.store, act->db, outcome == OK), OK);
    return outcome;
}

/* A form in memory. */
struct typed {
    const char *pairs[FORM_FIELDS][2];
    size_t count;
};

static const char *
get_typed(void *context, const char *name)
{
    const struct typed *typed = context;

    for (size_t i = 0; i < typed->count; i++) {
        if (text_equal(typed->pairs[i][0], name))
            return typed->pairs[i][1];
    }
    return NULL;
}

struct answers
deal_form(struct deal_market *market, ...)
{
    struct typed *typed = arena_new(market->temp.arena, struct typed);
    const char *name;
    va_list arguments;

    va_start(arguments, market);
    while ((name = va_arg(arguments, const char *)) != NULL) {
        ck_assert_uint_lt(typed->count, FORM_FIELDS);
        typed->pairs[typed->count][0] = name;
        typed->pairs[typed->count++][1] = va_arg(arguments, const char *);
    }
    va_end(arguments);
    return (struct answers){typed, get_typed};
}

enum err
deal_look(struct deal_market *market, enum party party, const char *account, const char *id,
          struct offer *offer)
{
    struct viewer viewer = {party, account, TEST_DAY};

    return offer_view(market->temp.reader, market->temp.arena, &viewer, id, offer);
}

struct offer
deal_view(struct deal_market *market, enum party party, const char *account, const char *id)
{
    struct offer offer;

    ck_assert_int_eq(deal_look(market, party, account, id, &offer), OK);
    return offer;
}

const char *
deal_rev(struct deal_market *market, enum party party, const char *account, const char *id)
{
    struct offer offer = deal_view(market, party, account, id);

    return offer_rev(market->temp.arena, &offer, party);
}

void
deal_publish(struct deal_market *market)
{
    ck_assert_int_eq(jobs_publish_due(market->temp.store, market->temp.reader, market->temp.arena,
                                      &market->fake.world, NULL),
                     OK);
}

static const char *
deal_draft(struct deal_market *market)
{
    struct arena *arena = market->temp.arena;
    struct problems *problems = problems_new(arena);
    struct plan_choice choices[] = {{"suite", "pro"}, {"runner", "ops"}};
    struct answers name = deal_form(market, "name", "Northwind FY24", ANSWER_PRICING,
                                    offer_type_text(OFFER_EXISTING_PLANS), NULL);
    struct row_edit no_edit = {.remove_line = 0};
    struct answers setup =
        deal_form(market, "name", "Northwind FY24", "billing_account", DEAL_ACCOUNT, "seller_id",
                  DEAL_PARTNER, "start_mode", "accepted", "end_month", "2023-12", "accept_by",
                  "2023-11-15", "contacts", "i@contoso.example", "sales_note", "deal 42", "type-1",
                  "discount", "discount-1", "20", "type-2", "absolute", NULL);
    struct answers price = deal_form(market, "price-2-month", "200.00", NULL);
    struct draft_edit nothing = {0};
    const char *id = NULL;
    struct act act = deal_begin(market, PARTY_ISV, DEAL_ISV, "isv");

    ck_assert_int_eq(action_offer_create(&act, &name, problems, &id), OK);
    ck_assert_int_eq(action_rows_add(&act, id, "1", choices, COUNT(choices), problems), OK);
    ck_assert_int_eq(action_draft_save(&act, id, "2", &setup, &nothing, problems), OK);
    ck_assert_int_eq(action_row_save(&act, id, "3", 2, &price, &no_edit, problems), OK);
    deal_end(market, &act, OK);
    return id;
}

static void
deal_extend(struct deal_market *market, const char *id)
{
    struct problems *problems = problems_new(market->temp.arena);
    struct answers typed =
        deal_form(market, "adjustment-1", "12.5", "adjustment-2", "30", "prepared_by",
                  "p@fabrikam.example", "partner_contacts", "f@fabrikam.example", NULL);
    struct act act = deal_begin(market, PARTY_PARTNER, DEAL_PARTNER, "partner");
    struct offer offer;

    ck_assert_int_eq(offer_load(act.db, act.arena, &act.viewer, id, &offer), OK);
    ck_assert_int_eq(action_partner_save(&act, id, offer_rev(act.arena, &offer, PARTY_PARTNER),
                                         &typed, NULL, problems),
                     OK);
    ck_assert_int_eq(offer_load(act.db, act.arena, &act.viewer, id, &offer), OK);
    ck_assert_int_eq(
        action_offer_extend(&act, id, offer_rev(act.arena, &offer, PARTY_PARTNER), problems), OK);
    deal_end(market, &act, OK);
    deal_publish(market);
}

const char *
deal_make(struct deal_market *market, enum deal_stage stage)
{
    struct problems *problems = problems_new(market->temp.arena);
    struct acceptance acceptance;
    const char *id = deal_draft(market);
    struct offer offer;
    struct act act;

    if (stage == DEAL_DRAFTED)
        return id;
    act = deal_begin(market, PARTY_ISV, DEAL_ISV, "isv");
    ck_assert_int_eq(offer_load(act.db, act.arena, &act.viewer, id, &offer), OK);
    ck_assert_int_eq(
        action_offer_submit(&act, id, offer_rev(act.arena, &offer, PARTY_ISV), problems), OK);
    deal_end(market, &act, OK);
    deal_publish(market);
    if (stage == DEAL_SUBMITTED)
        return id;
    deal_extend(market, id);
    if (stage == DEAL_EXTENDED)
        return id;
    offer = deal_view(market, PARTY_CUSTOMER, DEAL_ORGANISATION, id);
    act = deal_begin(market, PARTY_CUSTOMER, DEAL_ORGANISATION, "owner");
    ck_assert_int_eq(action_offer_accept(&act, id, terms_digest(act.arena, &offer), &answers_none,
                                         problems, &acceptance),
                     OK);
    deal_end(market, &act, OK);
    return id;
}
