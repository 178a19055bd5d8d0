/*
 * origin_view.c: what a clone or an upgrade was made from, beside what it has become.
 *
 * What it was made as was kept with it, so it is what the offer was then, whatever became of it,
 * and never more than the ISV may see (store/versions filters).
 */
#include "base/text.h"
#include "pages/isv_copy_pages.h"
#include "pages/isv_view.h"
#include "pages/version_pages.h"
#include "store/versions.h"

#define MADE_NUMBER 1 /* of the event that made the draft: its first */

/* The name that the other offer had. */
static const char *
origin_name(const struct version *made)
{
    for (size_t i = 0; i < made->count; i++) {
        if (made->values[i].field == FIELD_NAME)
            return made->values[i].value;
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
    view_text(view_section(view, NAME_CHANGES_LINK), NAME_CHANGES_HREF, isv_href(x, origin, ""));
    return OK;
}

enum err
part_origin(struct exchange *x, struct view *view, const struct offer *offer)
{
    const struct viewer viewer = exchange_viewer(x);
    bool upgrade = *offer->upgraded_from != '\0';
    const char *id = upgrade ? offer->upgraded_from : offer->cloned_from;
    struct changes_card card = {.id = "h-origin", .before = "There", .after = "Here"};
    struct version_changes changes;
    struct version made;
    struct version now;

    if (*id == '\0')
        return OK;
    TRY(version_load(x->db, x->arena, &viewer, offer->id, MADE_NUMBER, &made));
    now = version_of(offer, x->arena);
    changes = version_compare(&made, &now, PARTY_ISV, PARTY_BIT(PARTY_ISV), x->arena);
    card.heading = arena_format(x->arena, "%s “%s”", upgrade ? "Upgrade of" : "Cloned from",
                                origin_name(&made));
    return origin_link(x, part_changes(view, NAME_ORIGIN, &card, &changes), id);
}
