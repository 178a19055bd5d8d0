/*
 * web_posts.c: see the header. A new POST row without a rule here fails every suite that walks the
 * rows.
 */
#include "support/web_posts.h"

#include <check.h>
#include <inttypes.h>
#include <string.h>

#include "actions/customer.h"
#include "base/text.h"
#include "base/digest.h"
#include "core/terms.h"
#include "store/feeds.h"
#include "store/notices.h"
#include "store/outbox.h"
#include "support/page.h"
#include "support/asking.h"
#include "support/play_purchase.h"
#include "support/rows_market.h"
#include "support/web_purchases.h"
#include "support/web_upload.h"

#define FIELDS 22
#define FRESH_ID "<an id of its own>"       /* for each form */
#define USAGE_LINES "<a line of usage of> " /* the market's purchase, by that dimension */

static const struct {
    struct web_post_rule rule;
    const char *rev_of; /* "isv", "partner", "customer", "product", "plan", "change", or NULL */
    const char *pairs[FIELDS];
} rules[] = {
    {{"/login", WEB_OUT, WEB_NO_OFFER},
     NULL,
     {"email", "isv@test.example", "password", WEB_PASSWORD, "next", "/"}},
    {{"/logout", WEB_ISV, WEB_NO_OFFER}, NULL, {NULL}},
    {{"/preferences/theme", WEB_OUT, WEB_NO_OFFER}, NULL, {"theme", "dark", "next", "/login"}},
    {{"/password", WEB_ISV, WEB_NO_OFFER},
     NULL,
     {"old", WEB_PASSWORD, "new", "another-word-2026", "again", "another-word-2026"}},
    {{"/isv/offers/new", WEB_ISV, WEB_NO_OFFER},
     NULL,
     {"name", "Another deal", "pricing", "editExistingOfferPricingOnly"}},
    {{"/isv/offers/bulk", WEB_ISV, WEB_NO_OFFER},
     NULL,
     {"do", "delete", "id-1", "00000000-0000-4000-8000-000000000000"}},
    {{"/isv/offers/bulk/confirm", WEB_ISV, STATE_DRAFT}, "isv", {"do", "delete"}},
    {{"/isv/offers/:offer/setup", WEB_ISV, STATE_DRAFT},
     "isv",
     {"do", "save", "name", "Renamed deal", "customer_label", "Renamed customer"}},
    {{"/isv/offers/:offer/partner", WEB_ISV, STATE_DRAFT},
     "isv",
     {"seller_id", DEAL_OTHER_PARTNER}},
    {{"/isv/offers/:offer/products/add", WEB_ISV, STATE_DRAFT}, "isv", {"plan-1", "seats/team"}},
    {{"/isv/offers/:offer/products/:row/price", WEB_ISV, STATE_DRAFT},
     "isv",
     {"price-2-month", "199.99"}},
    {{"/isv/offers/:offer/submit", WEB_ISV, STATE_DRAFT}, "isv", {NULL}},
    {{"/isv/offers/:offer/withdraw", WEB_ISV, STATE_PENDING_PARTNER}, "isv", {NULL}},
    {{"/isv/offers/:offer/ask-withdraw", WEB_ISV, STATE_PENDING_ACCEPTANCE},
     "isv",
     {"reason", "The start month has changed"}},
    {{"/isv/offers/:offer/clone", WEB_ISV, STATE_DRAFT}, "isv", {"name", "Cloned deal"}},
    {{"/isv/offers/:offer/upgrade", WEB_ISV, STATE_ACCEPTED}, "isv", {"name", "Upgraded deal"}},
    {{"/isv/offers/:offer/delete", WEB_ISV, STATE_DRAFT}, "isv", {NULL}},
    {{"/handover/:token", WEB_ISV, WEB_NO_OFFER},
     NULL,
     {"do", "new", "name", "Handed deal", "pricing", "editExistingOfferPricingOnly"}},
    {{"/isv/products/import", WEB_ISV, WEB_NO_OFFER}, NULL, {NULL}},
    {{"/isv/products/new", WEB_ISV, WEB_NO_OFFER},
     NULL,
     {"id", FRESH_ID, "name", "New product", "type", "SAAS", "storefront", "azure_marketplace"}},
    {{"/isv/products/:product/edit", WEB_ISV, WEB_NO_OFFER},
     "product",
     {"name", "Renamed", "storefront", "appsource"}},
    {{"/isv/products/:product/publish", WEB_ISV, WEB_NO_OFFER}, NULL, {NULL}},
    {{"/isv/products/:product/unpublish", WEB_ISV, WEB_NO_OFFER}, NULL, {NULL}},
    {{"/isv/products/:product/plans/new", WEB_ISV, WEB_NO_OFFER},
     NULL,
     {"id", FRESH_ID, "name", FRESH_ID, "visibility", "public", "trial", "1", "market-US", "1",
      "payment-1", "0", "term-1", "12.50"}},
    {{"/isv/products/:product/plans/:plan/edit", WEB_ISV, WEB_NO_OFFER},
     "plan",
     {"name",  "Renamed",    "visibility", "private", "trial",    "0",      "market-US",
      "1",     "payment-12", "0",          "term-12", "11.00",    "meters", "1",
      "m0-id", "gb",         "m0-name",    "GB",      "m0-price", "1.00"}},
    {{"/isv/products/:product/plans/:plan/publish", WEB_ISV, WEB_NO_OFFER}, NULL, {NULL}},
    {{"/isv/products/:product/plans/:plan/unpublish", WEB_ISV, WEB_NO_OFFER}, NULL, {NULL}},
    {{"/isv/products/:product/plans/:plan/cancel-change", WEB_ISV, WEB_NO_OFFER},
     "change",
     {"point", "term-12"}},
    {{"/partner/tax", WEB_ISV, WEB_NO_OFFER}, NULL, {"states", "WA", "expires_on", "2026-10-16"}},
    {{"/isv/purchases/:purchase/activate", WEB_ISV, WEB_NO_OFFER}, NULL, {NULL}},
    {{"/isv/purchases/:purchase/cancel", WEB_ISV, WEB_NO_OFFER}, NULL, {NULL}},
    {{"/isv/purchases/:purchase/usage", WEB_ISV, WEB_NO_OFFER},
     NULL,
     {"dimension", "meter-emails", "hour", "2023-10-16T09:00Z", "quantity", "2"}},
    {{"/isv/usage", WEB_ISV, WEB_NO_OFFER}, NULL, {"usage", USAGE_LINES "emails"}},
    {{"/operator/purchases/:purchase/payment-failed", WEB_OPERATOR, WEB_NO_OFFER}, NULL, {NULL}},
    {{"/operator/purchases/:purchase/payment-received", WEB_OPERATOR, WEB_NO_OFFER}, NULL, {NULL}},
    {{"/operator/purchases/:purchase/usage", WEB_OPERATOR, WEB_NO_OFFER},
     NULL,
     {"dimension", "hour", "hour", "2023-10-16T09:00Z", "quantity", "1"}},
    {{"/operator/usage", WEB_OPERATOR, WEB_NO_OFFER}, NULL, {"usage", USAGE_LINES "hour"}},
    {{"/partner/offers/bulk", WEB_PARTNER, WEB_NO_OFFER},
     NULL,
     {"do", "withdraw", "id-1", "00000000-0000-4000-8000-000000000000"}},
    {{"/partner/offers/bulk/confirm", WEB_PARTNER, STATE_PENDING_ACCEPTANCE},
     "partner",
     {"do", "withdraw"}},
    {{"/partner/offers/:offer/setup", WEB_PARTNER, STATE_PENDING_PARTNER},
     "partner",
     {"do", "save", "adjustment-1", "12.5", "prepared_by", "p@fabrikam.example"}},
    {{"/partner/offers/:offer/review", WEB_PARTNER, STATE_PENDING_PARTNER},
     "partner",
     {"do", "submit", "adjustment-1", "12.5", "adjustment-2", "30", "prepared_by",
      "p@fabrikam.example"}},
    {{"/partner/offers/:offer/withdraw", WEB_PARTNER, STATE_PENDING_ACCEPTANCE}, "partner", {NULL}},
    {{"/partner/offers/:offer/send-back", WEB_PARTNER, STATE_PENDING_PARTNER},
     "partner",
     {"reason", "The discount is too small"}},
    {{"/customer/offers/:offer/decline", WEB_OWNER, STATE_PENDING_ACCEPTANCE},
     "customer",
     {"reason", "Too dear"}},
    {{"/customer/offers/:offer/ask-change", WEB_OWNER, STATE_PENDING_ACCEPTANCE},
     "customer",
     {"reason", "Two years instead of one"}},
    {{"/customer/offers/:offer/accept", WEB_OWNER, STATE_PENDING_ACCEPTANCE}, NULL, {NULL}},
    {{"/customer/billing/handover/make", WEB_OWNER, WEB_NO_OFFER}, NULL, {"account", DEAL_ACCOUNT}},
    {{"/customer/billing/handover/withdraw", WEB_OWNER, WEB_NO_OFFER},
     NULL,
     {"link", WEB_HANDOVER_KEY}},
    {{"/isv/notices", WEB_ISV, WEB_NO_OFFER}, NULL, {"do", "save", "arrivals", "1"}},
    {{"/partner/notices", WEB_ISV, WEB_NO_OFFER}, NULL, {"do", "make"}},
    {{"/customer/billing/:billing/notices", WEB_OWNER, WEB_NO_OFFER},
     NULL,
     {"do", "save", "reminders", "1"}},
    {{"/operator/queues/publications/:publication/retry", WEB_OPERATOR, WEB_NO_OFFER},
     NULL,
     {NULL}},
    {{"/operator/queues/mails/:mail/retry", WEB_OPERATOR, WEB_NO_OFFER}, NULL, {NULL}},
    {{"/operator/billing/:billing", WEB_OPERATOR, WEB_NO_OFFER},
     NULL,
     {"rev", "0", "name", "Renamed", "country", "CA", "active", "no", "policy", "disabled",
      "payment_valid", "no", "payment_method", "credit_card", "private_store", "yes"}},
    {{"/operator/billing/:billing/roles", WEB_OPERATOR, WEB_NO_OFFER},
     NULL,
     {"person", "reader", "role", "owner"}},
    {{"/operator/billing/:billing/subscriptions/:subscription", WEB_OPERATOR, WEB_NO_OFFER},
     NULL,
     {"tags", "required"}},
    {{"/isv/account/roles", WEB_ISV, WEB_NO_OFFER},
     NULL,
     {"person", "isv-developer", "role", "manager"}},
    {{"/isv/account/people", WEB_ISV, WEB_NO_OFFER},
     NULL,
     {"email", FRESH_ID "@contoso.example", "person_name", "New person", "new_role", "manager",
      "password", "first-word-2026"}},
    {{"/partner/account/roles", WEB_PARTNER, WEB_NO_OFFER},
     NULL,
     {"person", "partner-marketer", "role", "developer"}},
    {{"/partner/account/people", WEB_PARTNER, WEB_NO_OFFER},
     NULL,
     {"email", FRESH_ID "@fabrikam.example", "person_name", "New person", "new_role", "manager",
      "password", "first-word-2026"}},
    {{"/operator/accounts/new", WEB_OPERATOR, WEB_NO_OFFER},
     NULL,
     {"kind", "organisation", "name", "New customer"}},
    {{"/operator/accounts/:account", WEB_OPERATOR, WEB_NO_OFFER},
     NULL,
     {"rev",
      "0",
      "name",
      "Renamed",
      "country",
      "US",
      "hq_state",
      "OR",
      "in_programme",
      "yes",
      "marketplace_account",
      "yes",
      "enrolled",
      "yes",
      "active",
      "yes",
      "tax_status",
      "complete",
      "tax_country",
      "US"}},
    {{"/operator/accounts/:account/roles", WEB_OPERATOR, WEB_NO_OFFER},
     NULL,
     {"person", "partner", "role", "developer"}},
    {{"/operator/accounts/:account/people", WEB_OPERATOR, WEB_NO_OFFER},
     NULL,
     {"email", "new@fabrikam.example", "person_name", "New person", "new_role", "manager",
      "password", "first-word-2026"}},
    {{"/operator/settings", WEB_OPERATOR, WEB_NO_OFFER},
     NULL,
     {"rev", "0", "fee", "2.5", "publish_delay", "5", "certificate_blocking", "yes"}},
    {{"/operator/settings/markets", WEB_OPERATOR, WEB_NO_OFFER},
     NULL,
     {"code", "CA", "market_name", "Canada", "currency", "CAD", "digits", "2", "rate", "1.35",
      "rated_on", "2023-10-01"}},
    {{"/customer/offers/:offer/purchase/:row", WEB_CONTRIBUTOR, STATE_ACCEPTED},
     NULL,
     {"subscription", DEAL_SUBSCRIPTION, "resource_group", DEAL_GROUP, "name", "Ops one"}},
    {{"/customer/products/:product/:plan/purchase", WEB_CONTRIBUTOR, WEB_NO_OFFER},
     NULL,
     {"subscription", DEAL_SUBSCRIPTION, "resource_group", DEAL_GROUP, "name", "Pro one", "term",
      "term-12"}},
    {{"/customer/purchases/:purchase/configure", WEB_CONTRIBUTOR, WEB_NO_OFFER},
     NULL,
     {"contact", "ops@northwind.example"}},
    {{"/customer/purchases/:purchase/users", WEB_CONTRIBUTOR, WEB_NO_OFFER}, NULL, {"users", "12"}},
    {{"/customer/purchases/:purchase/plan", WEB_CONTRIBUTOR, WEB_NO_OFFER},
     NULL,
     {"plan", "trial"}},
    {{"/customer/purchases/:purchase/recurring", WEB_CONTRIBUTOR, WEB_NO_OFFER},
     NULL,
     {"recurring", "0"}},
    {{"/customer/purchases/:purchase/cancel", WEB_CONTRIBUTOR, WEB_NO_OFFER}, NULL, {NULL}},
    {{"/isv/offers/:offer/cancel", WEB_ISV, STATE_ACCEPTED},
     "isv",
     {"do", "save", "reason", "Bought by mistake", "refund", "no"}},
    {{"/partner/offers/:offer/cancel", WEB_PARTNER, STATE_ACCEPTED},
     "partner",
     {"do", "save", "reason", "Bought by mistake", "refund", "no"}},
    {{"/isv/support/:request", WEB_ISV, WEB_NO_OFFER},
     NULL,
     {"do", "save", "reason", "Another reason", "refund", "no"}},
    {{"/partner/support/:request", WEB_PARTNER, WEB_NO_OFFER},
     NULL,
     {"do", "agree", "note", "Agreed by phone"}},
    {{"/customer/support/:request", WEB_OWNER, WEB_NO_OFFER},
     NULL,
     {"do", "object", "note", "We still need it"}},
    {{"/operator/support/:request", WEB_OPERATOR, WEB_NO_OFFER},
     NULL,
     {"do", "ask", "note", "Which purchase?"}},
    {{"/operator/support/:request/process", WEB_OPERATOR, WEB_NO_OFFER}, NULL, {NULL}},
    {{"/operator/clock", WEB_OPERATOR, WEB_NO_OFFER}, NULL, {"day", "2023-10-20"}},
};

const struct web_post_rule *
web_post_rule(const char *path)
{
    for (size_t i = 0; i < COUNT(rules); i++) {
        if (text_equal(rules[i].rule.path, path))
            return &rules[i].rule;
    }
    ck_abort_msg("web_posts.c has no rule for POST %s", path);
    return NULL;
}

/* What a row's path or form names, and the state that it must be in. */
static const struct {
    const char *path;
    enum { BOUGHT, WAITING, RUNNING, SUSPENDED, SEATS, MACHINE } wanted;
} purchase_rows[] = {
    {"/isv/purchases/:purchase/activate", WAITING},
    {"/isv/purchases/:purchase", RUNNING},
    {"/isv/purchases/:purchase/cancel", RUNNING},
    {"/isv/purchases/:purchase/usage", RUNNING},
    {"/isv/usage", RUNNING},
    {"/operator/purchases/:purchase", RUNNING},
    {"/operator/purchases/:purchase/payment-failed", RUNNING},
    {"/operator/purchases/:purchase/payment-received", SUSPENDED},
    {"/operator/purchases/:purchase/usage", MACHINE},
    {"/operator/usage", MACHINE},
    {"/customer/purchases/:purchase", RUNNING},
    {"/customer/purchases/:purchase/purchased", RUNNING},
    {"/customer/purchases/:purchase/configure", BOUGHT},
    {"/customer/purchases/:purchase/users", SEATS},
    {"/customer/purchases/:purchase/plan", RUNNING},
    {"/customer/purchases/:purchase/recurring", RUNNING},
    {"/customer/purchases/:purchase/cancel", RUNNING},
};

/* Buys what the row is about, and brings it to that state. */
static const char *
purchase_make(struct web_market *market, int wanted)
{
    struct deal_market *deal = &market->deal;
    const char *id;

    if (wanted == BOUGHT)
        return play_buy(deal, BUY_PRO, "term-12", "");
    if (wanted == SEATS)
        return web_seats(market);
    if (wanted == MACHINE) {
        rows_market_add(deal);
        return play_buy(deal, BUY_HOURLY, "", "");
    }
    id = play_subscribe(deal, wanted == WAITING);
    if (wanted == SUSPENDED)
        play_payment(deal, id, false);
    return id;
}

/* The ISV's request, agreed to and processed as far as the row needs. */
static const char *
request_make(struct web_market *market, const char *pattern)
{
    const char *offer = web_offer(market, STATE_ACCEPTED);

    if (strstr(pattern, "/offer") != NULL)
        return cancel(&market->deal, offer);
    if (strstr(pattern, "/process") == NULL)
        return ask(&market->deal, offer);
    pattern = ask(&market->deal, offer);
    all_agree(&market->deal, pattern);
    return pattern;
}

void
web_mail_failed(struct web_market *market)
{
    const struct mail mail = {
        .id = WEB_MAIL,
        .key = WEB_MAIL,
        .notice = NOTICE_ACCEPTED,
        .party = PARTY_ISV,
        .recipient = "i@contoso.example",
        .subject = "A subject to hide",
        .lead = "A lead to hide",
        .next = "",
        .facts = "",
        .path = "/isv/offers/1",
        .created_at = market->deal.fake.now,
    };
    struct db *db = temp_write(&market->deal.temp);

    ck_assert_int_eq(outbox_put(db, &mail), OK);
    ck_assert_int_eq(outbox_give_up(db, WEB_MAIL, "550 5.1.1 Nobody of that name"), OK);
    temp_keep(&market->deal.temp, db);
}

static void
calendar_make(struct web_market *market)
{
    const struct feed feed = {
        .kind = NOTICES_OF_PUBLISHER,
        .account = DEAL_ISV,
        .token_hash = digest_of_text(market->arena, WEB_CALENDAR),
        .made_at = market->deal.fake.now,
        .person = "isv",
    };
    struct db *db = temp_write(&market->deal.temp);

    ck_assert_int_eq(feed_set(db, &feed), OK);
    temp_keep(&market->deal.temp, db);
}

bool
web_row_is_plain(const char *pattern)
{
    static const char *const made[] = {"/:publication", "/mails/:mail", "/calendar/:token",
                                       "/:request", "/:purchase"};

    for (size_t i = 0; i < COUNT(made); i++) {
        if (strstr(pattern, made[i]) != NULL)
            return false;
    }
    for (size_t i = 0; i < COUNT(purchase_rows); i++) {
        if (text_equal(purchase_rows[i].path, pattern))
            return false;
    }
    return true;
}

void
web_row_ready(struct web_market *market, const char *pattern)
{
    if (text_equal(pattern, "/operator/queues/mails/:mail/retry"))
        web_mail_failed(market);
    if (strstr(pattern, "/:publication") != NULL)
        market->publication = web_offer(market, STATE_TO_PARTNER);
    if (text_equal(pattern, "/calendar/:token"))
        calendar_make(market);
    if (strstr(pattern, "/:request") != NULL)
        market->request = request_make(market, pattern);
    for (size_t i = 0; i < COUNT(purchase_rows); i++) {
        if (!text_equal(purchase_rows[i].path, pattern))
            continue;
        market->purchase = purchase_make(market, (int)purchase_rows[i].wanted);
        return;
    }
    ck_assert_msg(strstr(pattern, "/:purchase") == NULL, "web_posts.c has no purchase for %s",
                  pattern);
}

/* One that nobody has, when none was made. */
static const char *
or_nobodys(const char *id)
{
    return id == NULL ? "00000000-0000-4000-8000-000000000000" : id;
}

static const char *
web_purchase(const struct web_market *market)
{
    return or_nobodys(market->purchase);
}

const char *
web_row_path(struct web_market *market, const char *pattern, const char *offer)
{
    bool to_buy = text_starts(pattern, "/customer/products/");
    const struct {
        const char *name;
        const char *value;
    } values[] = {
        {":offer", offer},
        {":row", "2"},
        {":token", text_equal(pattern, "/handover/:token")   ? WEB_HANDOVER
                   : text_equal(pattern, "/calendar/:token") ? WEB_CALENDAR
                   : *offer == '\0'                          ? ""
                                                             : web_link(market, offer)},
        {":account", DEAL_PARTNER},
        {":billing", DEAL_ACCOUNT},
        {":mail", WEB_MAIL},
        {":publication", market->publication == NULL ? WEB_MAIL : market->publication},
        {":subscription", DEAL_SUBSCRIPTION},
        {":product", to_buy ? "suite" : WEB_SHELF},
        {":plan", to_buy ? "pro" : WEB_SHELF_PLAN},
        {":purchase", web_purchase(market)},
        {":request", or_nobodys(market->request)},
        {":document", strstr(pattern, "/:document") == NULL || *offer == '\0'
                          ? ""
                          : web_document(market, PARTY_ISV, offer)},
    };
    const char *path = "";

    while (*pattern == '/') {
        size_t length = strcspn(pattern + 1, "/");
        const char *segment = arena_copy(market->arena, pattern + 1, length);

        for (size_t i = 0; i < COUNT(values); i++) {
            if (text_equal(values[i].name, segment))
                segment = values[i].value;
        }
        path = arena_format(market->arena, "%s/%s", path, segment);
        pattern += 1 + length;
    }
    return path;
}

const char *
web_post_offer(struct web_market *market, const struct web_post_rule *rule)
{
    web_row_ready(market, rule->path);
    return rule->state == WEB_NO_OFFER ? "" : web_offer(market, rule->state);
}

/* The version of the product or plan that a form is about; for a form about a change, makes it
 * again for those who may cancel it. */
static const char *
shelf_rev(struct web_market *market, enum web_person person, const char *of)
{
    struct deal_market *deal = &market->deal;
    struct own_product product;
    struct own_plan plan;
    struct db *db = temp_write(&deal->temp);

    ck_assert_int_eq(own_product_load(db, market->arena, DEAL_ISV, WEB_SHELF, &product), OK);
    ck_assert_int_eq(
        own_plan_load(db, market->arena, DEAL_ISV, WEB_SHELF, WEB_SHELF_PLAN, TEST_DAY, &plan), OK);
    if (text_equal(of, "change") && (person == WEB_ISV || person == WEB_ISV_DEVELOPER))
        ck_assert_int_eq(price_change_set(db, market->arena, WEB_SHELF, WEB_SHELF_PLAN, TEST_DAY,
                                          &web_shelf_change),
                         OK);
    temp_keep(&deal->temp, db);
    return arena_format(market->arena, "%" PRId64,
                        text_equal(of, "product") ? product.version : plan.version);
}

/* The revision a form carries; of names whose. */
static const char *
rev_value(struct web_market *market, enum web_person person, const char *of, const char *offer)
{
    if (text_equal(of, "isv"))
        return web_rev(market, WEB_ISV, offer);
    if (text_equal(of, "partner"))
        return web_rev(market, WEB_PARTNER, offer);
    if (text_equal(of, "customer"))
        return web_rev(market, WEB_OWNER, offer);
    return shelf_rev(market, person, of);
}

static const char *
pair_value(struct web_market *market, const char *value)
{
    if (text_starts(value, FRESH_ID))
        return arena_format(market->arena, "made-%u%s", market->once, value + strlen(FRESH_ID));
    if (text_starts(value, USAGE_LINES))
        return arena_format(market->arena,
                            "purchase,dimension,hour,quantity\n%s,%s,2023-10-16T09:00Z,2",
                            web_purchase(market), value + strlen(USAGE_LINES));
    return value;
}

/* What a page gives its form to send back, so that it is noticed when things changed meanwhile. */
static void
carry(struct web_market *market, struct web_form *form, const struct web_post_rule *rule,
      enum web_person person, const char *offer)
{
    static const char *const names[] = {"digest", "token", "rev"};
    struct web_answer page;

    if ((!text_starts(rule->path, "/customer/") || strstr(rule->path, "/purchase") == NULL) &&
        strstr(rule->path, "/:request") == NULL)
        return;
    page = web_get(market, person, web_row_path(market, rule->path, offer));
    for (size_t i = 0; i < COUNT(names); i++) {
        const char *value = page_field(market->arena, page.body, names[i]);

        if (value != NULL)
            web_form_add(form, names[i], value);
    }
}

struct web_form
web_post_form_of(struct web_market *market, const struct web_post_rule *rule,
                 enum web_person person, const char *offer)
{
    struct web_form form = web_form_new(market);
    const char *const *pairs = NULL;
    const char *rev_of = NULL;

    for (size_t i = 0; i < COUNT(rules); i++) {
        if (&rules[i].rule != rule)
            continue;
        pairs = rules[i].pairs;
        rev_of = rules[i].rev_of;
    }
    ck_assert_ptr_nonnull(pairs);
    web_form_add(&form, "csrf", web_csrf(market, person));
    web_form_add(&form, "once", arena_format(market->arena, "once-%u", ++market->once));
    if (rev_of != NULL)
        web_form_add(&form, "rev", rev_value(market, person, rev_of, offer));
    if (rule->state == STATE_PENDING_ACCEPTANCE && rule->person == WEB_OWNER) {
        struct offer seen;
        bool sees = deal_look(&market->deal, PARTY_CUSTOMER, DEAL_ORGANISATION, offer, &seen) == OK;

        web_form_add(&form, "price-digest", sees ? terms_digest(market->arena, &seen) : "none");
        for (size_t i = 0; sees && i < seen.document_count; i++)
            web_form_add(&form, agree_name(market->arena, &seen.documents[i]), "1");
    }
    carry(market, &form, rule, person, offer);
    if (strstr(rule->path, "/bulk/confirm") != NULL) {
        web_form_add(&form, "id-1", offer);
        web_form_add(&form, arena_format(market->arena, "rev-%s", offer),
                     rev_value(market, person, rev_of, offer));
    }
    for (size_t i = 0; i + 1 < FIELDS && pairs[i] != NULL; i += 2)
        web_form_add(&form, pairs[i], pair_value(market, pairs[i + 1]));
    if (text_equal(rule->path, "/isv/products/import"))
        form.file = arena_format(market->arena,
                                 "{\"products\": [{\"id\": \"made-%u\", \"name\": \"Made\", "
                                 "\"type\": \"SAAS\", \"published\": false, \"plans\": [{\"id\": "
                                 "\"a\", \"name\": \"A\", \"published\": false}]}]}",
                                 market->once);
    return form;
}
