/*
 * fields_read.c: what people typed, read by the field table (LAW 4, D-26).
 *
 * Malformed values become problems; missing ones do not: what must be there at a submit is
 * core/check. Invariant: a field the party does not edit is never looked at.
 */
#include <string.h>

#include "base/text.h"
#include "core/fields.h"

#define NAME_FORBIDDEN "!<>^[]@#%/" /* LAW 4.1 */
#define QUOTED_BYTES 80             /* of a wrong line, in the message about it */

/* What one reading works with. */
struct reading {
    struct offer *offer;
    struct arena *arena;
    struct problems *problems;
    const char *at; /* form name of the field at hand */
};

/* Is the text within the field's limit and free of control characters? Says so when it is not. */
static bool
text_fits(const struct reading *reading, const struct field_rule *rule, const char *text)
{
    size_t count = text_count(text);

    if (text_has_control(text, rule->kind == KIND_LINES)) {
        problem_add(reading->problems, reading->at, "Remove the control characters from %s",
                    rule->label);
        return false;
    }
    if (rule->limit != 0 && count > rule->limit) {
        problem_add(reading->problems, reading->at,
                    "%s can have up to %zu characters; this one has %zu", rule->label, rule->limit,
                    count);
        return false;
    }
    return true;
}

static void
read_name(const struct reading *reading, const struct field_rule *rule, const char *text,
          const char **result)
{
    const char *bad = strpbrk(text, NAME_FORBIDDEN);

    if (!text_fits(reading, rule, text))
        return;
    if (bad != NULL) {
        problem_add(reading->problems, reading->at,
                    "Remove “%c” from the name; it can't contain any of ! < > ^ [ ] @ # %% /",
                    *bad);
        return;
    }
    *result = text;
}

static void
read_note(const struct reading *reading, const struct field_rule *rule, const char *text,
          const char **result)
{
    if (!text_fits(reading, rule, text))
        return;
    if (text_holds_email(text)) {
        problem_add(reading->problems, reading->at,
                    "Remove the email address; a sales note holds no personal data");
        return;
    }
    *result = text;
}

static void
read_account(const struct reading *reading, const char *text, const char **result)
{
    if (*text != '\0' &&
        (strlen(text) > LIMIT_BILLING_ACCOUNT_BYTES || !billing_account_id_valid(text))) {
        problem_add(reading->problems, reading->at,
                    "Enter a billing account ID as your customer sees it: "
                    "a long ID with a colon and a date, an enrolment number, or a GUID");
        return;
    }
    *result = text;
}

static void
read_seller(const struct reading *reading, const char *text, const char **result)
{
    size_t length = strlen(text);

    if (length > 0 && (length > 12 || strspn(text, "0123456789") != length)) {
        problem_add(reading->problems, reading->at,
                    "Enter a seller ID: digits only, for example 12345678");
        return;
    }
    *result = text;
}

static void
read_email(const struct reading *reading, const char *text, const char **result)
{
    if (*text != '\0' && !text_is_email(text)) {
        problem_add(reading->problems, reading->at, "Enter an email address like name@company.com");
        return;
    }
    *result = text;
}

static bool
contact_known(const char *const list[], size_t count, const char *address, struct arena *arena)
{
    const char *folded = text_fold(arena, address);

    for (size_t i = 0; i < count; i++) {
        if (text_equal(text_fold(arena, list[i]), folded))
            return true;
    }
    return false;
}

/* The text, or the start of one too long to repeat, cut between characters. */
static const char *
quoted(const struct reading *reading, const char *text)
{
    size_t length = strlen(text);

    if (length <= QUOTED_BYTES)
        return text;
    for (length = QUOTED_BYTES; !text_is_utf8(text, length);)
        length--;
    return arena_format(reading->arena, "%s…", arena_copy(reading->arena, text, length));
}

/* One address a line; empty lines and repeated addresses are dropped (LAW 9.1). */
static void
read_emails(const struct reading *reading, const char *text, const char **result)
{
    const char *list[LIMIT_CONTACTS];
    const char *joined = "";
    size_t count = 0;
    size_t found = reading->problems->count;

    for (int line = 1; *text != '\0'; line++) {
        size_t length = strcspn(text, "\n");
        const char *address = text_trim(reading->arena, arena_copy(reading->arena, text, length));

        text += length;
        if (*text == '\n')
            text++;
        if (*address == '\0')
            continue;
        if (!text_is_email(address)) {
            if (reading->problems->count < found + LIMIT_CONTACTS)
                problem_add(reading->problems, reading->at, "Line %d is not an email address: “%s”",
                            line, quoted(reading, address));
            continue;
        }
        if (contact_known(list, count, address, reading->arena))
            continue;
        if (count == LIMIT_CONTACTS) {
            problem_add(reading->problems, reading->at,
                        "Enter up to %d email addresses; line %d is one too many", LIMIT_CONTACTS,
                        line);
            break;
        }
        list[count++] = address;
        joined = count == 1 ? address : arena_format(reading->arena, "%s\n%s", joined, address);
    }
    if (reading->problems->count != found)
        return;
    *result = joined;
}

static void
read_start_mode(const struct reading *reading, const char *text, enum start_mode *result)
{
    if (start_mode_read(text, result) != OK)
        problem_add(reading->problems, reading->at, "Choose when the prices start");
}

static void
read_month(const struct reading *reading, const char *text, bool last_day, struct day *result)
{
    struct day first = DAY_NONE;

    if (*text != '\0' && month_parse(text, &first) != OK) {
        problem_add(reading->problems, reading->at,
                    "Enter a month as year and month, for example 2027-12");
        return;
    }
    *result = last_day && !day_is_none(first) ? month_last(first) : first;
}

static void
read_day(const struct reading *reading, const char *text, struct day *result)
{
    struct day day = DAY_NONE;

    if (*text != '\0' && day_parse(text, &day) != OK) {
        problem_add(reading->problems, reading->at,
                    "Enter a date as year, month and day, for example 2027-01-15");
        return;
    }
    *result = day;
}

/* One field of the offer itself. raw is what was sent. */
static void
read_field(const struct reading *reading, enum field field, const char *raw)
{
    const struct field_rule *rule = &fields[field];
    const char *text = text_trim(reading->arena, raw);
    void *place = (char *)reading->offer + rule->place;

    switch (rule->kind) {
    case KIND_NAME:
        read_name(reading, rule, text, place);
        break;
    case KIND_LINE:
    case KIND_LINES:
        if (text_fits(reading, rule, text))
            *(const char **)place = text;
        break;
    case KIND_NOTE:
        read_note(reading, rule, text, place);
        break;
    case KIND_ACCOUNT:
        read_account(reading, text, place);
        break;
    case KIND_SELLER:
        read_seller(reading, text, place);
        break;
    case KIND_EMAIL:
        read_email(reading, text, place);
        break;
    case KIND_EMAILS:
        read_emails(reading, raw, place);
        break;
    case KIND_START:
        read_start_mode(reading, text, place);
        break;
    case KIND_MONTH_FIRST:
    case KIND_MONTH_LAST:
        read_month(reading, text, rule->kind == KIND_MONTH_LAST, place);
        break;
    case KIND_DAY:
        read_day(reading, text, place);
        break;
    case KIND_FLAG:
    case KIND_CHOICE:
    case KIND_RATE:
    case KIND_AMOUNT:
    case KIND_NUMBER:
    case KIND_FILE:
    case KIND_FACT:
        break; /* nobody's to type, or of rows */
    }
}

static void
read_discount(const struct reading *reading, struct offer_row *row, const char *raw)
{
    struct rate rate;

    if (*text_trim(reading->arena, raw) == '\0') {
        row->has_discount = false;
        return;
    }
    if (rate_parse(raw, LIMIT_DISCOUNT_DECIMALS, &rate) != OK || rate.e8 <= 0 ||
        rate.e8 > RATE_HUNDRED) {
        problem_add(reading->problems, reading->at,
                    "Enter a discount between 0.01 and 100 for %s, with up to %d decimals",
                    row_words(reading->arena, row), LIMIT_DISCOUNT_DECIMALS);
        return;
    }
    row->has_discount = true;
    row->discount = rate;
}

static void
read_adjustment(const struct reading *reading, struct offer_row *row, const char *raw)
{
    const char *text = text_trim(reading->arena, raw);
    struct rate rate;

    if (*text == '\0') {
        row->has_adjustment = false;
        return;
    }
    if (*text == '-') {
        problem_add(reading->problems, reading->at,
                    "Enter 0 or more for %s: an adjustment can't lower the partner price",
                    row_words(reading->arena, row));
        return;
    }
    if (rate_parse(text, LIMIT_ADJUSTMENT_DECIMALS, &rate) != OK) {
        problem_add(reading->problems, reading->at,
                    "Enter a percentage of 0 or more for %s, with up to %d decimals",
                    row_words(reading->arena, row), LIMIT_ADJUSTMENT_DECIMALS);
        return;
    }
    row->has_adjustment = true;
    row->adjustment = rate;
}

static void
read_price_type(const struct reading *reading, struct offer_row *row, const char *raw)
{
    enum price_type type;
    const char *refusal = plan_absolute_refusal(row->plan);

    if (price_type_read(raw, &type) != OK) {
        problem_add(reading->problems, reading->at, "Choose Discounted price or Absolute price");
        return;
    }
    if (type == PRICE_ABSOLUTE && refusal != NULL) {
        problem_add(reading->problems, reading->at, "%s", refusal);
        return;
    }
    row->price_type = type;
}

static void
read_rows(struct reading *reading, enum party party, const struct answers *answers)
{
    static const enum field row_fields[] = {FIELD_PRICE_TYPE, FIELD_DISCOUNT, FIELD_ADJUSTMENT};

    for (size_t i = 0; i < reading->offer->row_count; i++) {
        struct offer_row *row = &reading->offer->rows[i];

        for (size_t k = 0; k < COUNT(row_fields); k++) {
            enum field field = row_fields[k];
            const char *raw;

            if ((fields[field].edited_by & PARTY_BIT(party)) == 0)
                continue;
            reading->at = field_row_name(reading->arena, field, row->number);
            raw = answers->get(answers->context, reading->at);
            if (raw == NULL)
                continue;
            if (field == FIELD_PRICE_TYPE)
                read_price_type(reading, row, raw);
            else if (field == FIELD_DISCOUNT)
                read_discount(reading, row, raw);
            else
                read_adjustment(reading, row, raw);
        }
    }
}

void
fields_read(struct offer *offer, enum party party, const struct answers *answers,
            struct arena *arena, struct problems *problems)
{
    struct reading reading = {.offer = offer, .arena = arena, .problems = problems};

    for (int i = 0; i < FIELD_PRODUCT; i++) {
        const char *raw;

        if ((fields[i].edited_by & PARTY_BIT(party)) == 0)
            continue;
        reading.at = fields[i].name;
        raw = answers->get(answers->context, reading.at);
        if (raw != NULL)
            read_field(&reading, (enum field)i, raw);
    }
    if (offer->start_mode != START_IN_MONTH)
        offer->start_on = DAY_NONE; /* the month belongs to the choice */
    read_rows(&reading, party, answers);
}

void
fields_read_prices(struct offer_row *row, const struct answers *answers, struct arena *arena,
                   struct problems *problems)
{
    for (size_t k = 0; k < row->price_count; k++) {
        struct row_price *price = &row->prices[k];
        const char *at = field_point_name(arena, row->number, price->point->id);
        const char *raw = answers->get(answers->context, at);
        struct money own;

        assert(!price->point->list.per_hour); /* virtual machines take no absolute price */
        if (raw == NULL)
            continue;
        if (money_parse(raw, &own) != OK) {
            problem_add(problems, at,
                        "Enter a price from 0.00 to 999,999,999.99 for %s, with up to 2 decimals",
                        price_words(arena, row, price));
            continue;
        }
        price->has_own = true;
        price->own = (struct amount){.per_hour = false, .money = own};
    }
}
