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
    if (text_count(text) > LIMIT_EMAIL_BYTES) {
        problem_add(reading->problems, reading->at,
                    "An email address can have up to %d characters; this one has %zu",
                    LIMIT_EMAIL_BYTES, text_count(text));
        return;
    }
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

static void
say_no_email(const struct reading *reading, int line, const char *address)
{
    if (text_count(address) > LIMIT_EMAIL_BYTES)
        problem_add(reading->problems, reading->at,
                    "Line %d has more than %d characters, too many for an email address: “%s”",
                    line, LIMIT_EMAIL_BYTES, quoted(reading, address));
    else
        problem_add(reading->problems, reading->at, "Line %d is not an email address: “%s”", line,
                    quoted(reading, address));
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
                say_no_email(reading, line, address);
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

void
field_text_read(enum field field, const char *at, const char *raw, struct arena *arena,
                struct problems *problems, const char **result)
{
    const struct reading reading = {.arena = arena, .problems = problems, .at = at};
    const struct field_rule *rule = &fields[field];
    const char *text = text_trim(arena, raw);

    assert(rule->kind == KIND_NAME || rule->kind == KIND_LINE || rule->kind == KIND_LINES);
    if (rule->kind == KIND_NAME)
        read_name(&reading, rule, text, result);
    else if (text_fits(&reading, rule, text))
        *result = text;
}

void
document_name_read(const char *at, const char *raw, struct problems *problems, const char **result)
{
    static const struct field_rule rule = {
        .label = "Customer-facing document name", .kind = KIND_NAME, .limit = LIMIT_DOCUMENT_NAME};
    const struct reading reading = {.arena = problems->arena, .problems = problems, .at = at};

    read_name(&reading, &rule, text_trim(problems->arena, raw), result);
}

void
reason_read(const char *at, const char *raw, struct problems *problems, const char **result)
{
    static const struct field_rule rule = {
        .label = "A reason", .kind = KIND_LINES, .limit = LIMIT_REASON};
    const struct reading reading = {.arena = problems->arena, .problems = problems, .at = at};
    const char *text = text_trim(problems->arena, raw);

    if (*text == '\0')
        problem_add(problems, at, "Enter a reason");
    else if (text_fits(&reading, &rule, text))
        *result = text;
}

static const char *
get_nothing(void *context, const char *name)
{
    (void)context;
    (void)name;
    return NULL;
}

const struct answers answers_none = {NULL, get_nothing};

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
    fields_read_rows(offer, party, answers, arena, problems);
}
