/*
 * origin_view.c: what a clone or an upgrade was made from, beside what it has become.
 *
 * What it was is told by its own history: the name it was given when it was made, and what each
 * save changed since. So it is what the offer was then, whatever became of it, and never more than
 * the ISV may see (store/events filters).
 */
#include "base/text.h"
#include "pages/isv_copy_pages.h"
#include "pages/isv_view.h"
#include "pages/parts.h"

/* Every field once, from what it was first to what it is last; those that are what they were again
 * are left out. */
static struct event_fields
changes_fold(struct arena *arena, const struct event_fields *all)
{
    struct event_fields folded = {arena_array(arena, struct event_field, all->count + 1), 0};
    size_t kept = 0;

    for (size_t i = 0; i < all->count; i++) {
        const struct event_field *change = &all->rows[i];
        size_t at = 0;

        while (at < folded.count &&
               !(folded.rows[at].field == change->field && folded.rows[at].row == change->row &&
                 text_equal(folded.rows[at].point, change->point)))
            at++;
        if (at < folded.count && change->field != FIELD_DOCUMENT)
            folded.rows[at].after = change->after;
        else
            folded.rows[folded.count++] = *change;
    }
    for (size_t i = 0; i < folded.count; i++) {
        if (!text_equal(folded.rows[i].before, folded.rows[i].after))
            folded.rows[kept++] = folded.rows[i];
    }
    folded.count = kept;
    return folded;
}

static const struct offer_row *
row_numbered(const struct offer *offer, int number)
{
    for (size_t i = 0; i < offer->row_count; i++) {
        if (offer->rows[i].number == number)
            return &offer->rows[i];
    }
    return NULL;
}

/* "Partner price for Ledgerline, Pro: 1-year". Of a row that is gone there is only its number. */
static const char *
change_label(struct arena *arena, const struct offer *offer, const struct event_field *change)
{
    const struct offer_row *row = row_numbered(offer, change->row);
    const struct row_price *price = row == NULL ? NULL : row_price(row, change->point);
    const char *label = fields[change->field].label;

    if (change->row == 0)
        return label;
    if (row == NULL)
        return arena_format(arena, "%s of product %d", label, change->row);
    label = arena_format(arena, "%s for %s", label, row_words(arena, row));
    if (*change->point == '\0')
        return label;
    return arena_format(arena, "%s: %s", label,
                        price == NULL ? change->point : price_words(arena, row, price));
}

/* Most values are kept as people read them. */
static const char *
change_words(const struct event_field *change, const char *value)
{
    static const char *const words[][2] = {
        {"accepted", "Accepted date"},
        {"month", "Specific month"},
        {"discount", "Discounted price"},
        {"absolute", "Absolute price"},
    };

    if (*value == '\0')
        return "–";
    for (size_t i = 0; i < COUNT(words); i++) {
        if ((change->field == FIELD_START_MODE || change->field == FIELD_PRICE_TYPE) &&
            text_equal(words[i][0], value))
            return words[i][1];
    }
    return value;
}

/* The name that the other offer had, "" when it is not told. */
static const char *
origin_name(const struct event_fields *changes)
{
    for (size_t i = 0; i < changes->count; i++) {
        if (changes->rows[i].field == FIELD_NAME)
            return changes->rows[i].before;
    }
    return "";
}

static enum err
origin_link(struct exchange *x, struct view *view, const char *id)
{
    const struct viewer viewer = exchange_viewer(x);
    struct offer *origin = arena_new(x->arena, struct offer);
    enum err outcome = offer_view(x->db, x->arena, &viewer, id, origin);

    if (outcome == ERR_ABSENT)
        return OK; /* deleted since, or cancelled */
    TRY(outcome);
    view_text(view_section(view, NAME_ORIGIN_LINK), NAME_ORIGIN_HREF, isv_href(x, origin, ""));
    return OK;
}

enum err
part_origin(struct exchange *x, struct view *view, const struct offer *offer)
{
    const struct viewer viewer = exchange_viewer(x);
    bool upgrade = *offer->upgraded_from != '\0';
    const char *id = upgrade ? offer->upgraded_from : offer->cloned_from;
    const char *made = upgrade ? "Upgrade of" : "Cloned from";
    struct event_fields changes = {.count = 0};
    struct view *origin;
    struct view *table;
    enum err outcome;

    if (*id == '\0')
        return OK;
    origin = view_part(view, NAME_ORIGIN, PAGE_PART_ORIGIN);
    outcome = event_fields_since(x->db, x->arena, &viewer, offer->id, 0, &changes);
    if (outcome != OK && outcome != ERR_ABSENT)
        return outcome;
    if (outcome == OK)
        view_format(origin, NAME_ORIGIN_HEADING, "%s “%s”", made, origin_name(&changes));
    else
        view_format(origin, NAME_ORIGIN_HEADING, "%s another offer", made);
    TRY(origin_link(x, origin, id));
    if (outcome == ERR_ABSENT) {
        view_show(origin, NAME_NO_CHANGES);
        return OK;
    }
    changes = changes_fold(x->arena, &changes);
    table = view_section(origin, NAME_CHANGES);
    for (size_t i = 0; i < changes.count; i++) {
        const struct event_field *change = &changes.rows[i];
        struct view *row = view_section(table, NAME_CHANGE);

        view_text(row, NAME_CHANGE_LABEL, change_label(x->arena, offer, change));
        view_text(row, NAME_CHANGE_BEFORE, change_words(change, change->before));
        view_text(row, NAME_CHANGE_AFTER, change_words(change, change->after));
    }
    return OK;
}
