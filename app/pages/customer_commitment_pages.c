/*
 * customer_commitment_pages.c: what was committed, what is left, and what used it.
 */
#include "pages/customer_commitment_pages.h"

#include <inttypes.h>

#include "base/text.h"
#include "pages/customer_view.h"
#include "pages/parts.h"
#include "store/commitments.h"

#define BILLING_HREF "/customer/billing"

static void
badge(struct exchange *x, struct view *view, const struct commitment *commitment)
{
    const char *status = commitment_status_on(commitment, x->today);
    bool active = text_equal(status, "Active");

    part_badge(view, NAME_BADGE, active ? "ok" : "mute", active ? "check" : "stop", status);
}

static void
facts_view(struct exchange *x, struct view *view, const struct commitment *commitment,
           const struct billing_account *account)
{
    struct view *facts = part_facts(view, NAME_FACTS);

    fact(facts, "Amount", money_show(x->arena, (struct money){commitment->amount_cents}));
    fact(facts, "Remaining", money_show(x->arena, (struct money){commitment->remaining_cents}));
    fact(facts, "First day", utc(x, commitment->start_on));
    fact(facts, "Last day", utc(x, commitment->end_on));
    fact_code(facts, "Billing account", account->name, account->id);
}

static void
entries_view(struct exchange *x, struct view *view, const struct commitment_entries *entries)
{
    struct view *table;

    if (entries->count == 0) {
        view_show(view, NAME_NO_ENTRIES);
        return;
    }
    table = view_section(view, NAME_HAS_ENTRIES);
    for (size_t i = 0; i < entries->count; i++) {
        const struct commitment_entry *entry = &entries->rows[i];
        struct view *row = view_section(table, NAME_ENTRY);

        view_text(row, NAME_ENTRY_ON, day_show(x->arena, entry->settled_on));
        view_format(row, NAME_ROW_HREF, "/customer/purchases/%s", entry->purchase);
        view_text(row, NAME_ROW_NAME, entry->purchase_name);
        view_text(row, NAME_ENTRY_DECREMENT, money_show(x->arena, entry->decrement));
        view_text(row, NAME_ENTRY_REMAINING, money_show(x->arena, entry->remaining));
    }
}

/* GET /customer/commitment */
enum err
customer_commitment_get(struct exchange *x)
{
    struct view *view = show(x, PAGE_CUSTOMER_COMMITMENT, "Consumption commitments");
    struct commitments commitments;

    head_crumbs(part_head(x, view, "Consumption commitments"),
                (const char *const[][2]){{"Billing accounts", BILLING_HREF}}, 1,
                "Consumption commitments");
    TRY(commitments_of_organisation(x->db, x->arena, x->who.organisation, &commitments));
    if (commitments.count == 0)
        view_text(view_section(view, NAME_NO_COMMITMENT), NAME_BILLING_HREF, BILLING_HREF);
    for (size_t i = 0; i < commitments.count; i++) {
        const struct commitment *commitment = &commitments.rows[i];
        struct view *card = view_section(view, NAME_COMMITMENT);
        struct commitment_entries entries;
        struct billing_account account;

        TRY(billing_account_find(x->db, x->arena, commitment->billing_account, &account));
        TRY(commitment_entries_of(x->db, x->arena, commitment, &entries));
        view_format(card, NAME_COMMITMENT_KEY, "commitment-%zu", i + 1);
        view_text(card, NAME_ACCOUNT_NAME, account.name);
        view_format(card, NAME_COMMITMENT_TERM, "%s to %s",
                    day_show(x->arena, commitment->start_on),
                    day_show(x->arena, commitment->end_on));
        badge(x, card, commitment);
        facts_view(x, card, commitment, &account);
        entries_view(x, card, &entries);
    }
    return OK;
}
