/*
 * fields.c: the table of fields, and what walks it: blanking for a viewer, naming, printing.
 *
 * Not here: reading what people typed (core/fields_read.c).
 */
#include "core/fields.h"

#include <string.h>

#include "base/text.h"

#define ISV PARTY_BIT(PARTY_ISV)
#define PARTNER PARTY_BIT(PARTY_PARTNER)
#define CUSTOMER PARTY_BIT(PARTY_CUSTOMER)
#define OPERATOR PARTY_BIT(PARTY_OPERATOR)
#define SELLERS (ISV | PARTNER | OPERATOR)
#define EVERYBODY (ISV | PARTNER | CUSTOMER | OPERATOR)

#define AT(member) offsetof(struct offer, member)

/* LAW 4.1, 4.2 and 5, a row each. */
const struct field_rule fields[FIELD_COUNT] = {
    /* name, label, kind, limit, seen by, edited by, place */
    [FIELD_NAME] = {"name", "Private offer name", KIND_NAME, LIMIT_OFFER_NAME, EVERYBODY, ISV,
                    AT(name)},
    [FIELD_BILLING_ACCOUNT] = {"billing_account", "Customer billing account ID", KIND_ACCOUNT, 0,
                               EVERYBODY, ISV, AT(billing_account)},
    [FIELD_CUSTOMER_LABEL] = {"customer_label", "Customer label", KIND_LINE, LIMIT_CUSTOMER_LABEL,
                              SELLERS, ISV, AT(customer_label)},
    [FIELD_DESCRIPTION] = {"description", "Description", KIND_LINES, LIMIT_DESCRIPTION, SELLERS,
                           ISV, AT(description)},
    [FIELD_PARTNER] = {"seller_id", "Seller ID", KIND_SELLER, 0, EVERYBODY, ISV, AT(partner)},
    [FIELD_START_MODE] = {"start_mode", "Customer start date", KIND_START, 0, EVERYBODY, ISV,
                          AT(start_mode)},
    [FIELD_START_MONTH] = {"start_month", "Start month", KIND_MONTH_FIRST, 0, EVERYBODY, ISV,
                           AT(start_on)},
    [FIELD_END_MONTH] = {"end_month", "Customer end date", KIND_MONTH_LAST, 0, EVERYBODY, ISV,
                         AT(end_on)},
    [FIELD_ACCEPT_BY] = {"accept_by", "Customer accept by date", KIND_DAY, 0, EVERYBODY, ISV,
                         AT(accept_by_on)},
    [FIELD_CONTACTS] = {"contacts", "Notification contacts", KIND_EMAILS, 0, ISV | OPERATOR, ISV,
                        AT(contacts)},
    [FIELD_SALES_NOTE] = {"sales_note", "Sales note", KIND_NOTE, LIMIT_SALES_NOTE, ISV | OPERATOR,
                          ISV, AT(sales_note)},
    [FIELD_PREPARED_BY] = {"prepared_by", "Prepared by", KIND_EMAIL, 0,
                           PARTNER | CUSTOMER | OPERATOR, PARTNER, AT(prepared_by)},
    [FIELD_PARTNER_CONTACTS] = {"partner_contacts", "Notification contacts", KIND_EMAILS, 0,
                                PARTNER | OPERATOR, PARTNER, AT(partner_contacts)},
    [FIELD_PARTNER_NOTE] = {"partner_note", "Sales note", KIND_NOTE, LIMIT_SALES_NOTE,
                            PARTNER | OPERATOR, PARTNER, AT(partner_note)},
    [FIELD_TAXABLE] = {"taxable", "Sales tax may be charged", KIND_FLAG, 0, PARTNER | OPERATOR, 0,
                       AT(taxable)},
    [FIELD_PRODUCT] = {"product", "Product and plan", KIND_FACT, 0, EVERYBODY, 0, 0},
    [FIELD_LIST_PRICE] = {"list", "List price", KIND_FACT, 0, EVERYBODY, 0, 0},
    [FIELD_PRICE_TYPE] = {"type", "Price type", KIND_CHOICE, 0, SELLERS, ISV, 0},
    [FIELD_DISCOUNT] = {"discount", "Discount %", KIND_RATE, 0, SELLERS, ISV, 0},
    [FIELD_PARTNER_PRICE] = {"price", "Partner price", KIND_AMOUNT, 0, SELLERS, ISV, 0},
    [FIELD_ADJUSTMENT] = {"adjustment", "Customer adjustment %", KIND_RATE, 0, PARTNER | OPERATOR,
                          PARTNER, 0},
    [FIELD_CUSTOMER_PRICE] = {"customer_price", "Customer price", KIND_FACT, 0,
                              PARTNER | CUSTOMER | OPERATOR, 0, 0},
    [FIELD_PLAN_NAME] = {"plan_name", "Plan name", KIND_NAME, LIMIT_PLAN_NAME, EVERYBODY, ISV, 0},
    [FIELD_PLAN_DESCRIPTION] = {"plan_description", "Plan description", KIND_LINES,
                                LIMIT_PLAN_DESCRIPTION, EVERYBODY, ISV, 0},
    [FIELD_PAYMENT] = {"payment", "Payment option", KIND_CHOICE, 0, EVERYBODY, ISV, 0},
    [FIELD_INCLUDED] = {"included", "Included quantity", KIND_NUMBER, 0, EVERYBODY, ISV, 0},
    [FIELD_MIN_USERS] = {"min_users", "Minimum users", KIND_NUMBER, 0, EVERYBODY, ISV, 0},
    [FIELD_MAX_USERS] = {"max_users", "Maximum users", KIND_NUMBER, 0, EVERYBODY, ISV, 0},
    [FIELD_DURATION] = {"duration", "Reservation duration", KIND_CHOICE, 0, EVERYBODY, ISV, 0},
    [FIELD_QUANTITY] = {"quantity", "Quantity of reservations", KIND_NUMBER, 0, EVERYBODY, ISV, 0},
    [FIELD_DOCUMENT] = {"document", "Terms and conditions PDF", KIND_FILE, 0, EVERYBODY, ISV, 0},
    [FIELD_PARTNER_DOCUMENT] = {"partner_document", "Terms and conditions PDF", KIND_FILE, 0,
                                PARTNER | CUSTOMER | OPERATOR, PARTNER, 0},
};

bool
field_seen(enum field field, enum party viewer)
{
    assert(field < FIELD_COUNT);
    return (fields[field].seen_by & PARTY_BIT(viewer)) != 0;
}

enum field
field_named(const char *name)
{
    for (int i = 0; i < FIELD_COUNT; i++) {
        if (text_equal(fields[i].name, name))
            return (enum field)i;
    }
    return FIELD_COUNT;
}

/* A side's documents leave together: their names, sizes and number are all the viewer's or not. */
static void
documents_blank(struct offer *offer, enum party viewer)
{
    size_t kept = 0;

    for (size_t i = 0; i < offer->document_count; i++) {
        enum field field =
            offer->documents[i].side == PARTY_PARTNER ? FIELD_PARTNER_DOCUMENT : FIELD_DOCUMENT;

        if (field_seen(field, viewer))
            offer->documents[kept++] = offer->documents[i];
    }
    offer->document_count = kept;
}

static void
row_blank(struct offer_row *row, enum party viewer)
{
    if (!field_seen(FIELD_PRICE_TYPE, viewer))
        row->price_type = PRICE_ABSOLUTE;
    if (!field_seen(FIELD_DISCOUNT, viewer)) {
        row->has_discount = false;
        row->discount.e8 = 0;
    }
    if (!field_seen(FIELD_ADJUSTMENT, viewer)) {
        row->has_adjustment = false;
        row->adjustment.e8 = 0;
    }
    for (size_t k = 0; k < row->price_count; k++) {
        struct row_price *price = &row->prices[k];
        const struct amount nothing = {.per_hour = price->list.per_hour};

        if (!field_seen(FIELD_PARTNER_PRICE, viewer)) {
            price->has_own = false;
            price->own = nothing;
            price->has_partner = false;
            price->partner = nothing;
        }
        if (!field_seen(FIELD_CUSTOMER_PRICE, viewer)) {
            price->has_customer = false;
            price->customer = nothing;
        }
    }
}

void
field_assign(struct offer *to, enum field field, const struct offer *from)
{
    size_t place = fields[field].place;
    void *target = (char *)to + place;
    const void *source = from == NULL ? NULL : (const char *)from + place;

    switch (fields[field].kind) {
    case KIND_NAME:
    case KIND_LINE:
    case KIND_NOTE:
    case KIND_LINES:
    case KIND_ACCOUNT:
    case KIND_SELLER:
    case KIND_EMAIL:
    case KIND_EMAILS:
        *(const char **)target = source == NULL ? "" : *(const char *const *)source;
        break;
    case KIND_START:
        *(enum start_mode *)target =
            source == NULL ? START_UNSET : *(const enum start_mode *)source;
        break;
    case KIND_MONTH_FIRST:
    case KIND_MONTH_LAST:
    case KIND_DAY:
        *(struct day *)target = source == NULL ? DAY_NONE : *(const struct day *)source;
        break;
    case KIND_FLAG:
        *(bool *)target = source != NULL && *(const bool *)source;
        break;
    case KIND_CHOICE:
    case KIND_RATE:
    case KIND_AMOUNT:
    case KIND_NUMBER:
    case KIND_FILE:
    case KIND_FACT:
        break; /* of rows and documents */
    }
}

void
offer_blank(struct offer *offer, enum party viewer)
{
    for (int i = 0; i < FIELD_COUNT; i++) {
        if (!field_seen((enum field)i, viewer))
            field_assign(offer, (enum field)i, NULL);
    }
    for (size_t i = 0; i < offer->row_count; i++)
        row_blank(&offer->rows[i], viewer);
    documents_blank(offer, viewer);
    if (viewer == PARTY_ISV || viewer == PARTY_CUSTOMER) {
        /* What the other side is doing must not show in a counter or a clock either. */
        offer->partner_version = 0;
        offer->partner_rev = "";
        offer->partner_changed_at = 0;
        offer->partner_data_of = "";
    }
    if (viewer == PARTY_ISV || viewer == PARTY_PARTNER)
        offer->organisation = ""; /* sellers know a billing account by its ID alone (LAW 2.3) */
    if (viewer == PARTY_PARTNER || viewer == PARTY_CUSTOMER) {
        /* What the ISV did in its drafts, from what, and who of its people. */
        offer->cloned_from = "";
        offer->upgraded_from = "";
        offer->created_at = 0;
        offer->created_by = "";
        offer->isv_changed_at = 0;
        offer->version = 0;
    }
    if (viewer == PARTY_ISV) {
        offer->customer_changed_at = 0;
        if (offer->state != STATE_DRAFT)
            offer->failure = ""; /* LAW 6.1 row 11: shown to the partner only */
    }
    if (viewer == PARTY_PARTNER && offer->state != STATE_PENDING_PARTNER)
        offer->failure = "";
    if (viewer == PARTY_CUSTOMER) {
        offer->seller_ask = ASK_NONE; /* between the sellers (LAW 6.7) */
        offer->failure = "";
        offer->submitted_at = 0;
    }
}

const char *
field_value(const struct offer *offer, enum field field, struct arena *arena)
{
    const void *place = (const char *)offer + fields[field].place;

    switch (fields[field].kind) {
    case KIND_NAME:
    case KIND_LINE:
    case KIND_NOTE:
    case KIND_LINES:
    case KIND_ACCOUNT:
    case KIND_SELLER:
    case KIND_EMAIL:
    case KIND_EMAILS:
        return *(const char *const *)place;
    case KIND_START:
        return start_mode_text(*(const enum start_mode *)place);
    case KIND_MONTH_FIRST:
    case KIND_MONTH_LAST:
        return day_is_none(*(const struct day *)place)
                   ? ""
                   : month_iso(arena, *(const struct day *)place);
    case KIND_DAY:
        return day_iso(arena, *(const struct day *)place);
    case KIND_FLAG:
        return *(const bool *)place ? "yes" : "no";
    case KIND_CHOICE:
    case KIND_RATE:
    case KIND_AMOUNT:
    case KIND_NUMBER:
    case KIND_FILE:
    case KIND_FACT:
        break;
    }
    assert(false); /* a row's field has no single value */
    return "";
}

const char *
field_row_name(struct arena *arena, enum field field, int number)
{
    assert(field >= FIELD_PRODUCT && field < FIELD_COUNT);
    return arena_format(arena, "%s-%d", fields[field].name, number);
}

const char *
field_point_name(struct arena *arena, int number, const char *point)
{
    return arena_format(arena, "%s-%d-%s", fields[FIELD_PARTNER_PRICE].name, number, point);
}

const char *
field_payment_name(struct arena *arena, int number, int term_months)
{
    return arena_format(arena, "%s-%d-%d", fields[FIELD_PAYMENT].name, number, term_months);
}

const char *
field_included_name(struct arena *arena, int number, const char *meter, int term_months)
{
    return arena_format(arena, "%s-%d-%s-%d", fields[FIELD_INCLUDED].name, number, meter,
                        term_months);
}

const char *
field_unlimited_name(struct arena *arena, int number, const char *meter, int term_months)
{
    return arena_format(arena, "unlimited-%d-%s-%d", number, meter, term_months);
}

const char *
field_schedule_name(struct arena *arena, int number)
{
    return arena_format(arena, "schedule-%d", number);
}

const char *
field_line_name(struct arena *arena, int number, enum line_part part, int line)
{
    static const char *const parts[LINE_PART_COUNT] = {
        [LINE_VCPU] = "vcpu",
        [LINE_QUANTITY] = "quantity",
        [LINE_UNIT] = "unit",
    };

    assert(part < LINE_PART_COUNT);
    return arena_format(arena, "%s-%d-%d", parts[part], number, line);
}

const char *
schedule_text(int payment_months)
{
    assert(payment_months == 0 || payment_months == 1);
    return payment_months == 0 ? "upfront" : "monthly";
}

enum err
schedule_read(const char *text, int *payment_months)
{
    for (int months = 0; months <= 1; months++) {
        if (text_equal(text, schedule_text(months))) {
            *payment_months = months;
            return OK;
        }
    }
    return ERR_INVALID;
}
