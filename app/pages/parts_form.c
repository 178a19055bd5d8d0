/*
 * parts_form.c: form fields with what was typed or stored in them and what is wrong with it, and
 * the summary of all that is wrong.
 *
 * Not here: reading a form (core/fields_read). Invariant: a password is never put back.
 */
#include "pages/parts.h"

#include "actions/ask.h"
#include "base/text.h"
#include "core/certificate.h"
#include "pages/frame.h"

#define FIRST_OF_MONTH "first"
#define LAST_OF_MONTH "last"

static const struct field_look plain_look = {0};

/* What is wrong with a field, in one line. NULL when nothing is. */
static const char *
error_words(const struct exchange *x, const char *id)
{
    const char *words = NULL;

    for (size_t i = 0; i < x->problems->count; i++) {
        const struct problem *problem = &x->problems->list[i];

        if (!text_equal(problem->at, id))
            continue;
        words = words == NULL ? problem->message
                              : arena_format(x->arena, "%s. %s", words, problem->message);
    }
    return words;
}

/* What every field part has: its id, its label, a hint and an error. */
static struct view *
field_part(const struct exchange *x, struct view *view, enum name slot, enum page part,
           const char *id, const char *label, const char *hint)
{
    struct view *field = view_part(view, slot, part);
    const char *error = error_words(x, id);

    view_text(field, NAME_ID, id);
    view_text(field, NAME_LABEL, label);
    if (hint != NULL)
        view_text(view_section(field, NAME_HINT), NAME_HINT_TEXT, hint);
    if (error != NULL)
        view_text(view_section(field, NAME_ERROR), NAME_ERROR_TEXT, error);
    return field;
}

static void
put_limit(struct view *field, size_t limit)
{
    view_format(view_section(field, NAME_LIMIT), NAME_LIMIT_COUNT, "%zu", limit);
}

/* One line or several: what both can be besides. */
static void
put_typing(struct view *field, const struct field_look *look, size_t limit)
{
    if (look->optional)
        view_show(field, NAME_OPTIONAL);
    if (look->count && limit > 0)
        put_limit(field, limit);
}

static void
put_month_day(const struct exchange *x, struct view *field, const char *value, bool last)
{
    struct day day;

    view_text(field, NAME_EDGE, last ? LAST_OF_MONTH : FIRST_OF_MONTH);
    if (month_parse(value, &day) != OK)
        return;
    if (last)
        day = month_last(day);
    view_format(view_section(field, NAME_DAY), NAME_DAY_TEXT, "%s day: %s UTC",
                last ? "Last" : "First", day_show(x->arena, day));
}

/* May the viewer type into the field now? */
static bool
field_open(const struct exchange *x, const struct offer *offer, const struct field_rule *rule)
{
    enum party party = exchange_viewer(x).party;

    if ((rule->edited_by & PARTY_BIT(party)) == 0)
        return false;
    return offer_may(offer, party == PARTY_PARTNER ? MOVE_PRICE : MOVE_EDIT, party, x->today);
}

/* The part that edits a field of that kind. */
static enum page
kind_part(enum field_kind kind)
{
    switch (kind) {
    case KIND_NAME:
    case KIND_LINE:
    case KIND_NOTE:
    case KIND_ACCOUNT:
    case KIND_SELLER:
    case KIND_EMAIL:
        return PAGE_PART_TEXT;
    case KIND_LINES:
    case KIND_EMAILS:
        return PAGE_PART_AREA;
    case KIND_MONTH_FIRST:
    case KIND_MONTH_LAST:
        return PAGE_PART_MONTH;
    case KIND_DAY:
        return PAGE_PART_DATE;
    case KIND_START:
    case KIND_FLAG:
    case KIND_CHOICE:
    case KIND_RATE:
    case KIND_AMOUNT:
    case KIND_NUMBER:
    case KIND_FILE:
    case KIND_FACT:
        break; /* part_choice and part_cell; a fact is nobody's to type */
    }
    assert(false);
    return PAGE_PART_TEXT;
}

void
part_field(struct exchange *x, struct view *view, enum name slot, const struct offer *offer,
           enum field field, const struct field_look *look)
{
    const struct field_rule *rule = &fields[field];
    const struct field_look *given = look == NULL ? &plain_look : look;
    const char *label = given->label == NULL ? rule->label : given->label;
    const char *value;
    struct view *part;
    enum page page;

    if (!field_open(x, offer, rule))
        return;
    page = kind_part(rule->kind);
    value = shown(x, rule->name, field_value(offer, field, x->arena));
    part = field_part(x, view, slot, page, rule->name, label, given->hint);
    view_text(part, NAME_VALUE, value);
    if (page == PAGE_PART_TEXT) {
        view_text(part, NAME_TYPE, rule->kind == KIND_EMAIL ? "email" : "text");
        if (given->short_input)
            view_show(part, NAME_SHORT);
    }
    if (page == PAGE_PART_TEXT || page == PAGE_PART_AREA)
        put_typing(part, given, rule->limit);
    if (page == PAGE_PART_MONTH)
        put_month_day(x, part, value, rule->kind == KIND_MONTH_LAST);
}

void
part_choice(struct exchange *x, struct view *view, enum name slot, const char *id,
            const char *label, const struct choice *choices, size_t count, const char *stored)
{
    struct view *part = field_part(x, view, slot, PAGE_PART_CHOICE, id, label, NULL);
    const char *chosen = shown(x, id, stored);

    for (size_t i = 0; i < count; i++) {
        struct view *choice = view_section(part, NAME_CHOICE);

        view_format(choice, NAME_CHOICE_KEY, "%zu", i + 1); /* a value need not do for an id */
        view_text(choice, NAME_CHOICE_VALUE, choices[i].value);
        view_text(choice, NAME_CHOICE_LABEL, choices[i].label);
        view_text(choice, NAME_CHOICE_HINT, choices[i].hint == NULL ? "" : choices[i].hint);
        if (text_equal(choices[i].value, chosen))
            view_show(choice, NAME_CHOSEN);
    }
}

void
part_text(struct exchange *x, struct view *view, enum name slot, const char *id, const char *label,
          const char *type, const char *stored, const struct field_look *look)
{
    const struct field_look *given = look == NULL ? &plain_look : look;
    struct view *part = field_part(x, view, slot, PAGE_PART_TEXT, id, label, given->hint);
    enum field field = field_named(id);

    view_text(part, NAME_TYPE, type);
    view_text(part, NAME_VALUE, shown(x, id, stored));
    if (given->short_input)
        view_show(part, NAME_SHORT);
    put_typing(part, given, field == FIELD_COUNT ? 0 : fields[field].limit);
}

void
part_file(struct exchange *x, struct view *view, enum name slot, const char *id, const char *label,
          const char *accept, const struct field_look *look)
{
    struct view *part = field_part(x, view, slot, PAGE_PART_FILE, id, label, look->hint);

    view_text(part, NAME_ACCEPT, accept);
    if (look->optional)
        view_show(part, NAME_OPTIONAL);
}

void
part_lines(struct exchange *x, struct view *view, enum name slot, const char *id, const char *label,
           const char *stored, const struct field_look *look)
{
    struct view *part = field_part(x, view, slot, PAGE_PART_AREA, id, label, look->hint);

    view_text(part, NAME_VALUE, shown(x, id, stored));
    put_typing(part, look, text_equal(id, ANSWER_REASON) ? LIMIT_REASON : 0);
}

void
part_day(struct exchange *x, struct view *view, enum name slot, const char *id, const char *label,
         const char *stored, const char *hint)
{
    struct view *part = field_part(x, view, slot, PAGE_PART_DATE, id, label, hint);

    view_text(part, NAME_VALUE, shown(x, id, stored));
}

void
part_password(struct exchange *x, struct view *view, enum name slot, const char *id,
              const char *label, const char *autocomplete, const char *hint)
{
    struct view *part = field_part(x, view, slot, PAGE_PART_PASSWORD, id, label, hint);

    view_text(part, NAME_AUTOCOMPLETE, autocomplete);
}

void
part_cell(struct exchange *x, struct view *view, enum name slot, const char *id, const char *label,
          const char *stored, bool dollars, const char *hint)
{
    struct view *part = field_part(x, view, slot, PAGE_PART_CELL, id, label, hint);

    view_text(part, NAME_VALUE, shown(x, id, stored));
    view_show(part, dollars ? NAME_DOLLARS : NAME_PERCENT);
}

void
part_number(struct exchange *x, struct view *view, enum name slot, const char *id,
            const char *label, const char *stored)
{
    struct view *part = field_part(x, view, slot, PAGE_PART_CELL, id, label, NULL);

    view_text(part, NAME_VALUE, shown(x, id, stored));
}

/* The options of a select, with the one that was typed or stored. */
static void
put_options(const struct exchange *x, struct view *part, const char *id,
            const struct choice *choices, size_t count, const char *stored)
{
    const char *chosen = shown(x, id, stored);

    for (size_t i = 0; i < count; i++) {
        struct view *choice = view_section(part, NAME_CHOICE);

        view_text(choice, NAME_CHOICE_VALUE, choices[i].value);
        view_text(choice, NAME_CHOICE_LABEL, choices[i].label);
        if (text_equal(choices[i].value, chosen))
            view_show(choice, NAME_CHOSEN);
    }
}

void
part_select(struct exchange *x, struct view *view, enum name slot, const char *id,
            const char *label, const struct choice *choices, size_t count, const char *stored)
{
    struct view *part = field_part(x, view, slot, PAGE_PART_SELECT, id, label, NULL);

    put_options(x, part, id, choices, count, stored);
}

void
part_pick(struct exchange *x, struct view *view, enum name slot, const char *id, const char *label,
          const struct choice *choices, size_t count, const char *stored, const char *reason)
{
    struct view *part = field_part(x, view, slot, PAGE_PART_PICK, id, label, reason);

    if (reason != NULL)
        view_show(part, NAME_DISABLED);
    put_options(x, part, id, choices, count, stored);
}

void
part_tick(struct exchange *x, struct view *view, enum name slot, const char *id,
          const char *context, const char *label, bool stored)
{
    struct view *part = view_part(view, slot, PAGE_PART_CHECK);
    /* a box that is not ticked is not sent, so a form that came back says it either way */
    bool chosen = form_came_back(x) ? form_value(&x->request->body, id) != NULL : stored;

    view_text(part, NAME_ID, id);
    view_text(part, NAME_VALUE, "1");
    view_text(part, NAME_LABEL, label);
    if (context != NULL)
        view_text(view_section(part, NAME_CONTEXT), NAME_CONTEXT_TEXT, context);
    if (chosen)
        view_show(part, NAME_CHOSEN);
}

void
part_copy(const struct exchange *x, struct view *view, enum name slot, const char *id,
          const char *label, const char *value, const char *button, const char *of,
          const char *hint)
{
    struct view *part = field_part(x, view, slot, PAGE_PART_COPY, id, label, hint);

    view_text(part, NAME_VALUE, value);
    view_text(part, NAME_COPY_LABEL, button);
    view_format(part, NAME_COPY_NAME, "%s %s", button, of);
}

void
part_typed(struct exchange *x, struct view *view, enum name slot, enum field field, const char *id,
           const char *stored, const struct field_look *look)
{
    const struct field_rule *rule = &fields[field];
    enum page page = rule->kind == KIND_LINES ? PAGE_PART_AREA : PAGE_PART_TEXT;
    struct view *part = field_part(x, view, slot, page, id, rule->label, look->hint);

    view_text(part, NAME_VALUE, shown(x, id, stored));
    if (page == PAGE_PART_TEXT)
        view_text(part, NAME_TYPE, "text");
    if (look->short_input)
        view_show(part, NAME_SHORT);
    put_typing(part, look, rule->limit);
}

const char *
problem_offer_href(const struct exchange *x, const struct problem *problem)
{
    return arena_format(x->arena, "%s/%s", hat_offers(x->hat), problem->offer);
}

/* Where a problem leads: what it names, its field, or, for one of the account itself, the page that
 * tells what the account lacks. */
static const char *
problem_href(const struct exchange *x, const struct problem *problem, const char *prefix)
{
    if (problem->offer != NULL)
        return problem_offer_href(x, problem);
    if (problem->href != NULL)
        return problem->href;
    if (text_equal(problem->at, AT_CERTIFICATE))
        return PARTNER_TAX_PATH;
    if (text_equal(problem->at, "account"))
        return x->hat == HAT_ISV ? "/isv/account" : arena_format(x->arena, "%s#main", prefix);
    return arena_format(x->arena, "%s#%s", prefix, problem->at);
}

void
part_summary(struct exchange *x, struct view *view, const char *prefix)
{
    struct view *summary;

    if (x->problems->count == 0)
        return;
    summary = view_part(view, NAME_SUMMARY, PAGE_PART_SUMMARY);
    for (size_t i = 0; i < x->problems->count; i++) {
        struct view *row = view_section(summary, NAME_PROBLEM);

        view_text(row, NAME_PROBLEM_HREF, problem_href(x, &x->problems->list[i], prefix));
        view_text(row, NAME_PROBLEM_TEXT, x->problems->list[i].message);
    }
    if (x->problems->dropped > 0) {
        struct view *row = view_section(summary, NAME_PROBLEM);

        view_format(row, NAME_PROBLEM_HREF, "%s#main", prefix);
        view_format(row, NAME_PROBLEM_TEXT, "%zu more problems; correct these first",
                    x->problems->dropped);
    }
    if (*prefix == '\0' && !text_starts(x->title, "Error: "))
        x->title = arena_format(x->arena, "Error: %s", x->title);
}

void
part_rev(struct exchange *x, struct view *view, const char *rev)
{
    const char *carried = x->restored ? posted(x, "rev") : "";

    view_text(view, NAME_REV, *carried == '\0' ? rev : carried);
}

void
part_not_saved(struct exchange *x, struct view *view)
{
    if (x->restored)
        (void)view_part(view, NAME_NOT_SAVED, PAGE_PART_SAVED);
}

const char *
payment_label(int payment_months)
{
    if (payment_months == TERM_NOT_SOLD)
        return "Not sold";
    if (payment_months == 0)
        return "One-time upfront";
    return payment_months == 1 ? "Monthly" : "Annual";
}

size_t
payment_choices(struct arena *arena, int term_months, struct choice choices[PAYMENT_CHOICES])
{
    size_t count = 0;

    choices[count++] = (struct choice){"", payment_label(TERM_NOT_SOLD), NULL};
    for (size_t i = 0; i < term_option_count; i++) {
        int months = term_options[i].payment_months;

        if (term_options[i].term_months == term_months)
            choices[count++] =
                (struct choice){arena_format(arena, "%d", months), payment_label(months), NULL};
    }
    return count;
}
