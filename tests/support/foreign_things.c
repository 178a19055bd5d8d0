/*
 * foreign_things.c: see the header.
 */
#include "support/foreign_things.h"

#include <check.h>
#include <string.h>

#include "auth/csrf.h"
#include "base/digest.h"
#include "base/text.h"
#include "core/terms.h"
#include "store/accounts.h"
#include "store/feeds.h"
#include "store/handovers.h"
#include "store/notices.h"
#include "store/subscriptions.h"
#include "support/asking.h"
#include "support/play_purchase.h"
#include "support/web_purchases.h"
#include "support/web_upload.h"

#define HANDOVER "handover-9876543210_zyxwvutsrqZYXWVUTSRQpon"
#define CALENDAR "calendar-9876543210_zyxwvutsrqZYXWVUTSRQpon"

static void
add(struct web_market *market, struct foreign_things *things, const char *what, const char *name)
{
    char *nobodys = arena_text(market->arena, name);
    /* the end of an email and of a billing account ID is not free: those differ at the beginning */
    char *last = strpbrk(name, "@:") == NULL ? nobodys + strlen(nobodys) - 1 : nobodys;

    ck_assert_uint_lt(things->count, FOREIGN_THINGS);
    ck_assert_str_ne(name, "");
    *last = *last == '8' ? '7' : *last >= '0' && *last <= '9' ? '8' : *last == 'a' ? 'b' : 'a';
    things->rows[things->count++] = (struct foreign_thing){what, name, nobodys};
}

/* A billing account, its owner, who may purchase with its subscription, and the tokens of links. */
static void
account_make(struct web_market *market)
{
    const struct billing_account account = {.id = FOREIGN_ACCOUNT,
                                            .organisation = "elsewhere",
                                            .name = "Elsewhere's",
                                            .agreement = AGREEMENT_MCA,
                                            .country = "US",
                                            .active = true,
                                            .policy = MARKETPLACE_ENABLED,
                                            .payment_valid = true,
                                            .payment_method = "invoice"};
    const struct azure_subscription subscription = {
        .id = FOREIGN_SUBSCRIPTION, .name = "Theirs", .billing_account = FOREIGN_ACCOUNT};
    int64_t now = market->deal.fake.now;
    const struct handover handover = {digest_of_text(market->arena, HANDOVER), FOREIGN_ACCOUNT,
                                      "stranger", now, now + SECONDS_PER_DAY};
    const struct feed feed = {.kind = NOTICES_OF_PUBLISHER,
                              .account = DEAL_OTHER_ISV,
                              .token_hash = digest_of_text(market->arena, CALENDAR),
                              .made_at = now,
                              .person = "other-isv"};
    struct db *db = temp_write(&market->deal.temp);

    ck_assert_int_eq(billing_account_insert(db, &account), OK);
    ck_assert_int_eq(billing_member_set(db, FOREIGN_ACCOUNT, "stranger", BILLING_OWNER), OK);
    ck_assert_int_eq(azure_subscription_insert(db, &subscription), OK);
    ck_assert_int_eq(resource_group_insert(db, market->arena, FOREIGN_SUBSCRIPTION, "theirgroup"),
                     OK);
    ck_assert_int_eq(azure_member_set(db, FOREIGN_SUBSCRIPTION, "stranger", AZURE_OWNER), OK);
    ck_assert_int_eq(handover_insert(db, "elsewhere", &handover), OK);
    ck_assert_int_eq(feed_set(db, &feed), OK);
    temp_keep(&market->deal.temp, db);
}

/* Whatever was made until now belongs to the others. */
static void
give_away(struct web_market *market)
{
    static const char *const gifts[] = {
        "UPDATE offer SET isv = '" DEAL_OTHER_ISV "', partner = '" DEAL_OTHER_PARTNER
        "', partner_data_of = CASE partner_data_of WHEN '' THEN '' ELSE '" DEAL_OTHER_PARTNER
        "' END, billing_account = '" FOREIGN_ACCOUNT "', created_by = 'other-isv'",
        "UPDATE offer SET offered_to = '" DEAL_OTHER_PARTNER "' WHERE offered_to IS NOT NULL",
        "UPDATE offer SET extended_to = 'elsewhere' WHERE extended_to IS NOT NULL",
        "UPDATE link SET organisation = 'elsewhere'",
        "UPDATE acceptance SET person = 'stranger'",
        "UPDATE support_request SET isv = '" DEAL_OTHER_ISV "', partner = '" DEAL_OTHER_PARTNER
        "', organisation = 'elsewhere', billing_account = '" FOREIGN_ACCOUNT "'",
        "UPDATE purchase SET isv = '" DEAL_OTHER_ISV
        "', organisation = 'elsewhere', billing_account = '" FOREIGN_ACCOUNT
        "', azure_subscription = '" FOREIGN_SUBSCRIPTION "', person = 'stranger'",
    };

    for (size_t i = 0; i < COUNT(gifts); i++)
        web_sql(market, gifts[i]);
}

static const char *
given_offer(struct web_market *market, enum offer_state state)
{
    const char *id = arena_text(market->arena, web_offer(market, state));

    give_away(market);
    return id;
}

static void
owner_sees(struct web_market *market, enum web_person owner, const char *path)
{
    struct web_answer answer = web_get(market, owner, path);

    ck_assert_msg(answer.status == 200, "%s gets %d for %s", web_person_name(owner), answer.status,
                  path);
}

static void
owners_see(struct web_market *market, const struct foreign_things *things)
{
    const struct {
        enum web_person owner;
        const char *before;
        const char *id;
        const char *after;
    } pages[] = {
        {WEB_OTHER_ISV, "/isv/offers/", things->draft, "/setup"},
        {WEB_OTHER_ISV, "/isv/offers/", things->extended, ""},
        {WEB_OTHER_PARTNER, "/partner/offers/", things->extended, "/withdraw"},
        {WEB_STRANGER, "/customer/offers/", things->extended, ""},
        {WEB_STRANGER, "/customer/offers/", things->accepted, "/accepted"},
        {WEB_OTHER_ISV, "/isv/support/", things->request, ""},
        {WEB_OTHER_PARTNER, "/partner/support/", things->request, ""},
        {WEB_STRANGER, "/customer/support/", things->request, ""},
        {WEB_OTHER_ISV, "/isv/purchases/", things->purchase, ""},
        {WEB_STRANGER, "/customer/purchases/", things->purchase, "/cancel"},
        {WEB_OTHER_ISV, "/files/", things->document, ""},
        {WEB_STRANGER, "/customer/subscriptions/", FOREIGN_SUBSCRIPTION, ""},
        {WEB_STRANGER, "/customer/billing/", FOREIGN_ACCOUNT, "/notices"},
        {WEB_OTHER_ISV, "/calendar/", CALENDAR, ""},
        {WEB_OTHER_ISV, "/isv/products/", "foreign", ""},
    };

    for (size_t i = 0; i < COUNT(pages); i++)
        owner_sees(
            market, pages[i].owner,
            arena_format(market->arena, "%s%s%s", pages[i].before, pages[i].id, pages[i].after));
}

/* What a page of the offer of theirs would carry back. */
static void
add_versions(struct web_market *market, struct foreign_things *things)
{
    const struct {
        const char *what;
        enum party party;
        const char *account;
    } sides[] = {
        {"a rev of the ISV's", PARTY_ISV, DEAL_OTHER_ISV},
        {"a rev of the partner's", PARTY_PARTNER, DEAL_OTHER_PARTNER},
        {"a digest of terms", PARTY_CUSTOMER, "elsewhere"},
    };

    for (size_t i = 0; i < COUNT(sides); i++) {
        struct offer offer =
            deal_view(&market->deal, sides[i].party, sides[i].account, things->extended);

        add(market, things, sides[i].what,
            sides[i].party == PARTY_CUSTOMER ? terms_digest(market->arena, &offer)
                                             : offer_rev(market->arena, &offer, sides[i].party));
    }
}

static void
name_them(struct web_market *market, struct foreign_things *things)
{
    struct arena *arena = market->arena;

    add(market, things, "a draft", things->draft);
    add(market, things, "an offer to accept", things->extended);
    add(market, things, "an accepted offer", things->accepted);
    add(market, things, "a purchase", things->purchase);
    add(market, things, "a request", things->request);
    add(market, things, "a document", things->document);
    add(market, things, "an acceptance link", web_link(market, things->extended));
    add(market, things, "a hand-over link", HANDOVER);
    add(market, things, "the key of that", digest_of_text(arena, HANDOVER));
    add(market, things, "a calendar", CALENDAR);
    add(market, things, "the key of that", digest_of_text(arena, CALENDAR));
    add(market, things, "a billing account", FOREIGN_ACCOUNT);
    add(market, things, "a subscription", FOREIGN_SUBSCRIPTION);
    add(market, things, "a resource group", "theirgroup");
    add(market, things, "a product", "foreign");
    add(market, things, "a plan", "one");
    add(market, things, "a product's plan", "foreign/one");
    add(market, things, "an ISV", DEAL_OTHER_ISV);
    add(market, things, "an organisation", "elsewhere");
    add(market, things, "a person of an ISV's", "other-isv");
    add(market, things, "a person of a customer's", "stranger");
    add(market, things, "an email", "stranger@test.example");
    add(market, things, "a session", market->sessions[WEB_STRANGER]);
    add(market, things, "the key of that", digest_of_text(arena, market->sessions[WEB_STRANGER]));
    add_versions(market, things);
}

void
foreign_make(struct web_market *market, struct foreign_things *things)
{
    const struct purchase_target theirs = {"", 0, "foreign", "one"};

    *things = (struct foreign_things){.count = 0};
    account_make(market);
    things->purchase = arena_text(market->arena, play_buy(&market->deal, theirs, "user-1", "10"));
    play_configure(&market->deal, things->purchase);
    things->accepted = arena_text(market->arena, web_offer(market, STATE_ACCEPTED));
    things->document = arena_text(market->arena, web_document(market, PARTY_ISV, things->accepted));
    things->request = arena_text(market->arena, ask(&market->deal, things->accepted));
    give_away(market);
    things->extended = given_offer(market, STATE_PENDING_ACCEPTANCE);
    things->draft = given_offer(market, STATE_DRAFT);
    owners_see(market, things);
    name_them(market, things);
}
