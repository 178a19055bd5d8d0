/*
 * poison.c: see the header. No form takes all of these; they are put into the store directly,
 * because an output must not rely on what forms refuse.
 */
#include "poison.h"

#include <check.h>
#include <sqlite3.h>
#include <string.h>

#include "base/text.h"
#include "support/web_purchases.h"

/* As SQL writes it. */
#define POISON_SQL "\"><script>alert(1)</script>''&{{X}} \xf0\x9f\x9a\x80\xd7\xa9\xd7\x9c"

/* Every text that people type, wherever it is stored. */
static const struct {
    const char *table;
    const char *columns[10];
    const char *where; /* NULL: all rows */
} spoiled[] = {
    {"offer",
     {"name", "customer_label", "description", "contacts", "sales_note", "partner_contacts",
      "partner_note", "failure"},
     NULL},
    {"offer", {"prepared_by"}, "prepared_by <> ''"},
    {"link", {"prepared_by"}, NULL},
    {"publisher", {"name", "hq_state"}, NULL},
    {"organisation", {"name"}, NULL},
    {"billing_account", {"name"}, NULL},
    {"person", {"name"}, NULL},
    {"product", {"name"}, NULL},
    {"plan", {"name", "description", "summary"}, NULL},
    {"price_point", {"name", "unit"}, NULL},
    {"pricing_row", {"plan_name", "plan_description"}, "plan_name <> ''"},
    {"event", {"account_name", "person_name", "note"}, NULL},
    {"event_field", {"before", "after"}, NULL},
    {"purchase",
     {"name", "tags", "order_reference", "resource_group", "plan_name", "contact"},
     NULL},
    {"purchase_price", {"words"}, NULL},
    {"version_value", {"words", "value"}, NULL},
    {"resource_group", {"name"}, NULL},
    {"azure_subscription", {"name"}, NULL},
    {"charge", {"words"}, NULL},
    {"purchase_event", {"account_name", "person_name", "note"}, NULL},
    {"account_event", {"person_name", "before", "after"}, NULL},
    {"acceptance",
     {"person_name", "reference", "isv_name", "partner_name", "organisation_name", "account_name"},
     NULL},
    {"accepted_row", {"product_name", "plan_name"}, NULL},
    {"accepted_price", {"name", "plan_name"}, NULL},
    {"accepted_document", {"name"}, NULL},
    {"document", {"name"}, NULL},
    {"support_request", {"reason"}, NULL},
    {"support_act", {"account_name", "person_name", "note"}, NULL},
    {"support_evidence", {"name"}, NULL},
    {"market", {"name"}, NULL},
    {"outbox", {"subject", "lead", "next", "error"}, "state <> 'sent'"},
};

/* Ids, digests, dates and words of our own: "table.column", "*.column" in every table. */
static const char *const ours[] = {
    "*.id",
    "*.offer",
    "*.person",
    "*.publisher",
    "*.organisation",
    "*.isv",
    "*.partner",
    "*.product",
    "*.plan",
    "*.purchase",
    "*.request",
    "*.document",
    "*.subscription",
    "*.azure_subscription",
    "*.billing_account",
    "*.account",
    "*.point",
    "*.meter",
    "*.kind",
    "*.state",
    "*.party",
    "*.role",
    "*.side",
    "*.type",
    "*.model",
    "*.digest",
    "*.sha256",
    "*.token_hash",
    "*.field",
    "*.subject", /* of throttles and chains; the outbox's is spoiled */
    "*.name_fold",
    "*.market",
    "*.currency",
    "schema_step.name",
    "schema_step.checksum",
    "setting.name",
    "setting.value",
    "publisher.location",
    "publisher.tax_status",
    "publisher.tax_country",
    "certificate.states",
    "billing_account.agreement",
    "billing_account.country",
    "billing_account.policy",
    "billing_account.payment_method",
    "person.email", /* spoiled below, one by one: it is unique */
    "person.password",
    "azure_subscription.tag_policy",
    "commitment.status",
    "answered.session",
    "answered.once",
    "answered.location",
    "product.storefront",
    "plan.visibility",
    "plan.markets",
    "offer.created_by",
    "offer.offered_to",
    "offer.extended_to",
    "offer.start_mode",
    "offer.partner_data_of",
    "offer.customer_fold",
    "offer.status_key",
    "offer.cloned_from",
    "offer.upgraded_from",
    "offer.seller_ask",
    "offer.customer_ask",
    "link.token",
    "pricing_row.price_type",
    "purchase.ending",
    "purchase.landing_key",
    "purchase.renews_through",
    "usage_event.reported_by",
    "support_request.refund",
    "support_request.purchases",
    "support_request.other_word",
    "support_request.customer_word",
    "support_evidence.shows",
    "accepted_price.kind",
    "market.code",
    "outbox.key",
    "outbox.notice",
    "outbox.recipient",
    "outbox.facts", /* lines of label and value: spoiled below */
    "outbox.path",
    "notice_due.about",
    "offer_count.hat",
    "offer_count.span",
    "notice_switch.name",
    "seal.salt",
    "chain_link.chain",
    "chain_link.link",
};

void
poison_all(struct web_market *market)
{
    for (size_t i = 0; i < COUNT(spoiled); i++) {
        for (size_t k = 0; k < COUNT(spoiled[i].columns) && spoiled[i].columns[k] != NULL; k++) {
            const char *column = spoiled[i].columns[k];

            web_sql(market, arena_format(market->arena, "UPDATE %s SET %s = '=%s %s' WHERE %s",
                                         spoiled[i].table, column, column, POISON_SQL,
                                         spoiled[i].where == NULL ? "1" : spoiled[i].where));
        }
    }
    web_sql(market, "UPDATE offer SET description = description || char(10) || 'second line'");
    web_sql(market, "UPDATE person SET email = id || '" POISON_SQL "@x.example'");
    web_sql(market, "UPDATE outbox SET facts = 'Label" POISON_SQL
                    "' || char(9) || 'value" POISON_SQL "' || char(10) WHERE state <> 'sent'");
    web_sql(market, "INSERT INTO accepted_document (offer, document, side, position, name, size, "
                    "sha256) SELECT d.offer, d.id, 'isv', 9, '=document " POISON_SQL
                    "', 1, 'hash' FROM document d JOIN acceptance a ON a.offer = d.offer");
}

static bool
is_spoiled(const char *table, const char *column)
{
    for (size_t i = 0; i < COUNT(spoiled); i++) {
        for (size_t k = 0; k < COUNT(spoiled[i].columns) && spoiled[i].columns[k] != NULL; k++) {
            if (text_equal(spoiled[i].table, table) && text_equal(spoiled[i].columns[k], column))
                return true;
        }
    }
    return false;
}

static bool
is_ours(const char *table, const char *column)
{
    size_t length = strlen(column);

    /* 2023-10-16 */
    if (length > 3 && text_equal(column + length - 3, "_on"))
        return true;
    for (size_t i = 0; i < COUNT(ours); i++) {
        const char *dot = strchr(ours[i], '.');

        if (!text_equal(dot + 1, column))
            continue;
        if (*ours[i] == '*' ||
            (strncmp(ours[i], table, (size_t)(dot - ours[i])) == 0 && table[dot - ours[i]] == '\0'))
            return true;
    }
    return false;
}

const char *
poison_forgotten(struct web_market *market)
{
    static const char sql[] =
        "SELECT t.name, c.name FROM sqlite_master t, pragma_table_info(t.name) c "
        "WHERE t.type = 'table' AND c.type = 'TEXT' ORDER BY 1, 2";
    const char *forgotten = "";
    sqlite3 *store = NULL;
    sqlite3_stmt *row = NULL;
    size_t count = 0;

    ck_assert_int_eq(sqlite3_open(market->deal.temp.path, &store), SQLITE_OK);
    ck_assert_int_eq(sqlite3_prepare_v2(store, sql, -1, &row, NULL), SQLITE_OK);
    for (; sqlite3_step(row) == SQLITE_ROW; count++) {
        const char *table = (const char *)sqlite3_column_text(row, 0);
        const char *column = (const char *)sqlite3_column_text(row, 1);

        if (!is_spoiled(table, column) && !is_ours(table, column))
            forgotten = arena_format(market->arena, "%s%s.%s\n", forgotten, table, column);
    }
    sqlite3_finalize(row);
    ck_assert_int_eq(sqlite3_close(store), SQLITE_OK);
    ck_assert_uint_gt(count, 100);
    return forgotten;
}
