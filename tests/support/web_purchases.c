/*
 * web_purchases.c: see the header.
 */
#include "support/web_purchases.h"

#include <check.h>
#include <sqlite3.h>
#include <stdarg.h>

#include "base/text.h"
#include "store/accounts.h"
#include "support/page.h"

void
web_other_account(struct web_market *market)
{
    const struct billing_account account = {.id = WEB_OTHER_ACCOUNT,
                                            .organisation = DEAL_ORGANISATION,
                                            .name = "Trips",
                                            .agreement = AGREEMENT_EA,
                                            .country = "US",
                                            .active = true,
                                            .policy = MARKETPLACE_ENABLED,
                                            .payment_valid = true,
                                            .payment_method = "invoice"};
    const struct azure_subscription subscription = {
        .id = WEB_OTHER_SUBSCRIPTION, .name = "Travel", .billing_account = WEB_OTHER_ACCOUNT};
    struct db *db = temp_write(&market->deal.temp);

    ck_assert_int_eq(billing_account_insert(db, &account), OK);
    ck_assert_int_eq(azure_subscription_insert(db, &subscription), OK);
    ck_assert_int_eq(
        resource_group_insert(db, market->arena, WEB_OTHER_SUBSCRIPTION, "travel-apps"), OK);
    ck_assert_int_eq(azure_member_set(db, WEB_OTHER_SUBSCRIPTION, "contributor", AZURE_CONTRIBUTOR),
                     OK);
    temp_keep(&market->deal.temp, db);
}

const char *
web_seats(struct web_market *market)
{
    const char *id = play_buy(&market->deal, BUY_TEAM, "user-1", "10");

    play_configure(&market->deal, id);
    play_activate(&market->deal, id);
    return id;
}

struct web_answer
web_fill(struct web_market *market, enum web_person person, const char *path, ...)
{
    struct web_answer page = web_get(market, person, path);
    struct web_form form = web_form_new(market);
    struct form filled;
    const char *name;
    va_list arguments;

    ck_assert_msg(page.status == 200, "%s: %d", path, page.status);
    ck_assert_msg(page_form(market->arena, page.body, path, &filled), "%s has no form", path);
    for (size_t i = 0; i < filled.count; i++)
        web_form_add(&form, filled.pairs[i].name, filled.pairs[i].value);
    va_start(arguments, path);
    while ((name = va_arg(arguments, const char *)) != NULL)
        web_form_set(&form, name, va_arg(arguments, const char *));
    va_end(arguments);
    return web_post_form(market, person, path, &form);
}

void
web_sql(struct web_market *market, const char *sql)
{
    sqlite3 *db = NULL;

    ck_assert_int_eq(sqlite3_open(market->deal.temp.path, &db), SQLITE_OK);
    ck_assert_msg(sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK, "%s: %s", sql,
                  sqlite3_errmsg(db));
    ck_assert_int_eq(sqlite3_close(db), SQLITE_OK);
}
