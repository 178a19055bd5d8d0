/*
 * conflict.c: walks the fields the viewer edits and shows those whose typed value is not the stored
 * one, so that nothing typed is lost.
 *
 * Invariant: a field the viewer does not edit is not looked at, even if it was sent.
 */
#include "pages/conflict.h"

#include "base/text.h"
#include "core/fields.h"
#include "pages/frame.h"
#include "pages/parts.h"
#include "store/events.h"

/* One comparison at work. */
struct comparison {
    struct exchange *x;
    struct view *view;
    struct view *table; /* NULL until something differs */
    struct answers answers;
    const struct problems *malformed; /* of the typed values */
    size_t count;
};

static void
compare(struct comparison *comparison, const char *label, const char *name, const char *read,
        const char *stored)
{
    const char *raw = comparison->answers.get(comparison->answers.context, name);
    struct view *row;

    if (raw == NULL)
        return;
    if (problem_at(comparison->malformed, name) != NULL)
        read = raw;
    if (text_equal(read, stored))
        return;
    if (comparison->table == NULL)
        comparison->table = view_section(comparison->view, NAME_HAS_DIFFERENCES);
    row = view_section(comparison->table, NAME_DIFFERENCE);
    view_text(row, NAME_DIFFERENCE_LABEL, label);
    view_format(row, NAME_DIFFERENCE_ID, "typed-%zu", ++comparison->count);
    view_text(row, NAME_YOURS, read);
    view_text(row, NAME_THEIRS, stored);
}

static const char *
start_mode_words(enum start_mode mode)
{
    switch (mode) {
    case START_ON_ACCEPT:
        return "Accepted date";
    case START_IN_MONTH:
        return "Specific month";
    case START_UNSET:
    case START_MODE_COUNT:
        break;
    }
    return "";
}

static const char *
value_words(const struct offer *offer, enum field field, struct arena *arena)
{
    if (field == FIELD_START_MODE)
        return start_mode_words(offer->start_mode);
    return field_value(offer, field, arena);
}

/* A row's field as it is typed. */
static const char *
row_value(const struct offer_row *row, enum field field, struct arena *arena)
{
    if (field == FIELD_PRICE_TYPE)
        return row->price_type == PRICE_DISCOUNT ? "Discounted price" : "Absolute price";
    if (field == FIELD_DISCOUNT)
        return row->has_discount ? rate_show(arena, row->discount) : "";
    assert(field == FIELD_ADJUSTMENT);
    return row->has_adjustment ? rate_show(arena, row->adjustment) : "";
}

static void
compare_rows(struct comparison *comparison, enum party party, const struct offer *typed,
             const struct offer *stored)
{
    static const enum field row_fields[] = {FIELD_PRICE_TYPE, FIELD_DISCOUNT, FIELD_ADJUSTMENT};
    struct arena *arena = comparison->x->arena;

    for (size_t i = 0; i < stored->row_count; i++) {
        const struct offer_row *row = &stored->rows[i];

        for (size_t k = 0; k < COUNT(row_fields); k++) {
            enum field field = row_fields[k];

            if ((fields[field].edited_by & PARTY_BIT(party)) == 0)
                continue;
            compare(comparison,
                    arena_format(arena, "%s for %s", fields[field].label, row_words(arena, row)),
                    field_row_name(arena, field, row->number),
                    row_value(&typed->rows[i], field, arena), row_value(row, field, arena));
        }
    }
}

/* The own prices of absolute rows, which have a form of their own. */
static void
compare_prices(struct comparison *comparison, const struct offer *stored)
{
    struct exchange *x = comparison->x;

    for (size_t i = 0; i < stored->row_count; i++) {
        const struct offer_row *row = &stored->rows[i];

        for (size_t k = 0; k < row->price_count; k++) {
            const struct row_price *price = &row->prices[k];
            const char *name = field_point_name(x->arena, row->number, price->point->id);
            const char *raw = posted(x, name);
            struct money money;

            if (!price->list.per_hour && money_parse(raw, &money) == OK)
                raw = money_plain(x->arena, money);
            compare(comparison,
                    arena_format(x->arena, "Price of %s: %s", row_words(x->arena, row),
                                 price_words(x->arena, row, price)),
                    name, raw, price->has_own ? amount_plain(x->arena, price->own) : "");
        }
    }
}

static void
compare_all(struct exchange *x, struct view *view, const struct offer *stored, enum party party)
{
    struct problems *malformed = problems_new(x->arena);
    struct comparison comparison = {.x = x, .view = view, .malformed = malformed};
    struct offer typed = *stored;

    comparison.answers = exchange_answers(x);
    fields_read(&typed, party, &comparison.answers, x->arena, malformed);
    for (int i = 0; i < FIELD_PRODUCT; i++) {
        if ((fields[i].edited_by & PARTY_BIT(party)) != 0)
            compare(&comparison, fields[i].label, fields[i].name,
                    value_words(&typed, (enum field)i, x->arena),
                    value_words(stored, (enum field)i, x->arena));
    }
    compare_rows(&comparison, party, &typed, stored);
    if ((fields[FIELD_PARTNER_PRICE].edited_by & PARTY_BIT(party)) != 0)
        compare_prices(&comparison, stored);
    if (comparison.table == NULL)
        view_show(view, NAME_NO_DIFFERENCES);
}

/* Who was first, and when, as far as the viewer may know. */
static enum err
say_who(struct exchange *x, struct view *view, const struct viewer *viewer, const char *id)
{
    struct events events;
    const struct event *last;

    TRY(events_of(x->db, x->arena, viewer, id, &events));
    if (events.count == 0)
        return ERR_BROKEN; /* whoever changed an offer has left an event */
    last = &events.rows[0];
    if (*last->person != '\0' && text_equal(last->person, x->who.person))
        view_text(view, NAME_WHO, "You, in another window,");
    else
        view_text(view, NAME_WHO,
                  *last->person_name != '\0' ? last->person_name : last->account_name);
    view_text(view, NAME_WHEN, instant_show(x->arena, last->at));
    return OK;
}

static enum err
conflict_view(struct exchange *x, const char *form)
{
    const struct viewer viewer = exchange_viewer(x);
    enum offer_move edit = viewer.party == PARTY_ISV ? MOVE_EDIT : MOVE_PRICE;
    const char *detail;
    struct offer offer;
    struct view *view;
    struct view *head;
    bool editable;

    TRY(path_offer(x, &offer));
    detail = arena_format(x->arena, "%s/%s", hat_offers(x->hat), offer.id);
    editable = offer_may(&offer, edit, viewer.party, x->today);
    view = show(x, PAGE_CONFLICT, "Changed meanwhile");
    head = part_head(x, view, "This offer changed meanwhile");
    head_crumbs(head,
                (const char *const[][2]){
                    {"Private offers", hat_offers(x->hat)},
                    {offer.name, detail},
                },
                2, "Changed meanwhile");
    TRY(say_who(x, view, &viewer, offer.id));
    if (!editable)
        view_format(view_section(view, NAME_STATUS_CHANGED), NAME_STATUS_CHANGED_TEXT,
                    "The offer is now %s, so it can’t be edited.",
                    offer_status_words(&offer, viewer.party, x->today));
    compare_all(x, view, &offer, viewer.party);
    view_text(view, NAME_RELOAD_HREF,
              editable ? arena_format(x->arena, "%s/%s", detail, form) : detail);
    return OK;
}

enum err
conflict_or(struct exchange *x, enum err outcome, const char *form)
{
    if (outcome == ERR_STALE || outcome == ERR_CLOSED)
        TRY(conflict_view(x, form));
    return outcome;
}
