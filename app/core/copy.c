/*
 * copy.c: what a draft made from an offer takes from it, as a table.
 */
#include "core/copy.h"

#include "base/text.h"

/* LAW 6.4, a row for each field. */
static const bool copied[FIELD_COUNT] = {
    [FIELD_NAME] = false,
    [FIELD_BILLING_ACCOUNT] = true,
    [FIELD_CUSTOMER_LABEL] = true,
    [FIELD_DESCRIPTION] = true,
    [FIELD_PARTNER] = true,
    [FIELD_START_MODE] = true,
    [FIELD_START_MONTH] = true,
    [FIELD_END_MONTH] = true,
    [FIELD_ACCEPT_BY] = true,
    [FIELD_CONTACTS] = true,
    [FIELD_SALES_NOTE] = true,
    [FIELD_PREPARED_BY] = false,
    [FIELD_PARTNER_CONTACTS] = false,
    [FIELD_PARTNER_NOTE] = false,
    [FIELD_TAXABLE] = false,
    [FIELD_PRODUCT] = true,
    [FIELD_LIST_PRICE] = true, /* as it is today: nobody types it */
    [FIELD_PRICE_TYPE] = true,
    [FIELD_DISCOUNT] = true,
    [FIELD_PARTNER_PRICE] = true,
    [FIELD_ADJUSTMENT] = false,
    [FIELD_CUSTOMER_PRICE] = false,
    [FIELD_PLAN_NAME] = true,
    [FIELD_PLAN_DESCRIPTION] = true,
    [FIELD_PAYMENT] = true,
    [FIELD_INCLUDED] = true,
    [FIELD_MIN_USERS] = true,
    [FIELD_MAX_USERS] = true,
    [FIELD_DURATION] = true,
    [FIELD_QUANTITY] = true,
    [FIELD_DOCUMENT] = true,
    [FIELD_PARTNER_DOCUMENT] = false,
};

/* LAW 6.1 rows 18 and 19. */
static bool
state_copies(enum offer_state state, enum offer_copy copy)
{
    switch (state) {
    case STATE_ACCEPTED:
        return true;
    case STATE_DRAFT:
    case STATE_TO_PARTNER:
    case STATE_PENDING_PARTNER:
    case STATE_TO_CUSTOMER:
    case STATE_PENDING_ACCEPTANCE:
    case STATE_EXPIRED:
    case STATE_ENDED:
        return copy == COPY_CLONE;
    case STATE_CANCELLED:
    case STATE_DELETED:
    case STATE_COUNT:
        break;
    }
    return false;
}

enum err
offer_check_copy(const struct offer *offer, enum offer_copy copy, enum party by, struct day today)
{
    if (!state_copies(offer_state_on(offer, today), copy))
        return ERR_CLOSED;
    return by == PARTY_ISV ? OK : ERR_DENIED;
}

bool
offer_may_copy(const struct offer *offer, enum offer_copy copy, enum party by, struct day today)
{
    return offer_check_copy(offer, copy, by, today) == OK;
}

bool
field_copied(enum field field)
{
    assert(field < FIELD_COUNT);
    return copied[field];
}

/* The row under its number, without what the partner makes of it. Shares the prices of from, which
 * nobody sees any more. */
static struct offer_row
row_copy(const struct offer_row *from)
{
    struct offer_row row = *from;

    row.has_adjustment = false;
    row.adjustment.e8 = 0;
    for (size_t k = 0; k < row.price_count; k++)
        row.prices[k].has_customer = false;
    return row;
}

void
offer_copy_fields(const struct offer *from, struct offer *to)
{
    for (int i = 0; i < FIELD_PRODUCT; i++) {
        if (copied[i])
            field_assign(to, (enum field)i, from);
    }
    to->partner_name = from->partner_name;
    to->row_count = from->row_count;
    to->next_row = from->next_row;
    for (size_t i = 0; i < from->row_count; i++)
        to->rows[i] = row_copy(&from->rows[i]);
    to->document_count = 0;
    for (size_t i = 0; i < from->document_count; i++) {
        if (from->documents[i].side == PARTY_ISV)
            to->documents[to->document_count++] = from->documents[i];
    }
}

/* Do both sell the same, apart from its price? */
static bool
rows_sell_alike(const struct offer *before, const struct offer *after)
{
    if (before->row_count != after->row_count)
        return false;
    for (size_t i = 0; i < before->row_count; i++) {
        const struct offer_row *was = &before->rows[i];
        const struct offer_row *is = &after->rows[i];

        if (was->number != is->number || was->duration_months != is->duration_months)
            return false;
    }
    return true;
}

void
check_upgrade_keeps(const struct offer *before, const struct offer *after,
                    struct problems *problems)
{
    if (*before->upgraded_from == '\0')
        return;
    if (!text_equal(before->billing_account, after->billing_account))
        problem_add(problems, fields[FIELD_BILLING_ACCOUNT].name,
                    "An upgrade is for the customer of the accepted offer. Clone that offer for "
                    "another customer");
    if (!text_equal(before->partner, after->partner))
        problem_add(problems, fields[FIELD_PARTNER].name,
                    "An upgrade goes through the selling partner of the accepted offer. Clone that "
                    "offer for another partner");
    if (!rows_sell_alike(before, after))
        problem_add(problems, "products",
                    "An upgrade has the products of the accepted offer. Clone that offer for other "
                    "products");
}
