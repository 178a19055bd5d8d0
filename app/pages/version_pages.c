/*
 * version_pages.c: versions listed, and compared.
 *
 * Versions are numbered as their reader can count them: from 1, its own list. The number of an
 * event would tell how often somebody else saved.
 */
#include "pages/version_pages.h"

#include <inttypes.h>

#include "base/text.h"
#include "pages/frame.h"
#include "pages/parts.h"
#include "store/versions.h"

#define SELLERS_FIELDS ((unsigned)PARTY_BIT(PARTY_ISV) | (unsigned)PARTY_BIT(PARTY_PARTNER))

static const char *
or_none(const char *words)
{
    return *words == '\0' ? "–" : words;
}

struct view *
part_changes(struct view *view, enum name slot, const struct changes_card *card,
             const struct version_changes *changes)
{
    struct view *part = view_part(view, slot, PAGE_PART_CHANGES);
    struct view *table;

    view_text(part, NAME_CHANGES_ID, card->id);
    view_text(part, NAME_CHANGES_HEADING, card->heading);
    if (changes->count == 0)
        return part;
    table = view_section(part, NAME_HAS_CHANGES);
    view_text(table, NAME_CHANGES_HEADING, card->heading);
    view_text(table, NAME_CHANGES_BEFORE, card->before);
    view_text(table, NAME_CHANGES_AFTER, card->after);
    for (size_t i = 0; i < changes->count && i < LIMIT_PRICES_SHOWN; i++) {
        const struct version_change *change = &changes->rows[i];
        struct view *row = view_section(table, NAME_CHANGED);

        view_text(row, NAME_CHANGED_LABEL, change->label);
        view_text(row, NAME_CHANGED_BEFORE, or_none(change->before));
        view_text(row, NAME_CHANGED_AFTER, or_none(change->after));
    }
    if (changes->count > LIMIT_PRICES_SHOWN)
        view_format(view_section(table, NAME_CHANGES_MORE), NAME_CHANGES_MORE_TEXT,
                    "And %zu more changes", changes->count - LIMIT_PRICES_SHOWN);
    return part;
}

/* The card of a page that has one, if there is a change. */
static void
changes_put(struct view *view, const char *heading, const char *before, const char *after,
            const struct version_changes *changes)
{
    const struct changes_card card = {"h-changes", heading, before, after};

    if (changes->count > 0)
        (void)part_changes(view, NAME_CHANGES, &card, changes);
}

/* What changed from one submit to another, of those fields. */
static enum err
compare_submits(struct exchange *x, const char *offer, int64_t before, int64_t after, unsigned by,
                struct version_changes *changes)
{
    const struct viewer viewer = exchange_viewer(x);
    struct version was;
    struct version is;

    TRY(version_load(x->db, x->arena, &viewer, offer, before, &was));
    TRY(version_load(x->db, x->arena, &viewer, offer, after, &is));
    *changes = version_compare(&was, &is, viewer.party, by, x->arena);
    return OK;
}

static enum err
isv_changes(struct exchange *x, struct view *view, const struct offer *offer)
{
    const struct viewer viewer = exchange_viewer(x);
    const struct version now = version_of(offer, x->arena);
    struct version_changes changes;
    struct version last;
    struct submits submits;

    TRY(submits_of(x->db, x->arena, &viewer, offer->id, &submits));
    if (submits.count == 0)
        return OK;
    TRY(version_load(x->db, x->arena, &viewer, offer->id, submits.rows[0].number, &last));
    changes = version_compare(&last, &now, PARTY_ISV, PARTY_BIT(PARTY_ISV), x->arena);
    changes_put(view, "Changed since you submitted it last",
                arena_format(x->arena, "Submitted %s", instant_show(x->arena, submits.rows[0].at)),
                "Now", &changes);
    return OK;
}

/* Its own fields the partner has changed itself, and knows. */
static enum err
partner_changes(struct exchange *x, struct view *view, const struct offer *offer)
{
    const struct viewer viewer = exchange_viewer(x);
    struct version_changes changes;
    struct submits submits;

    TRY(submits_of(x->db, x->arena, &viewer, offer->id, &submits));
    if (submits.count < 2 || submits.rows[0].kind != EVENT_SUBMITTED)
        return OK;
    TRY(compare_submits(x, offer->id, submits.rows[1].number, submits.rows[0].number,
                        PARTY_BIT(PARTY_ISV), &changes));
    changes_put(view,
                arena_format(x->arena, "Changed by %s since you saw it last", offer->isv_name),
                "Before", "Now", &changes);
    return OK;
}

enum err
part_changes_since(struct exchange *x, struct view *view, const struct offer *offer)
{
    enum offer_state state = offer_state_on(offer, x->today);

    if (x->foreseen != NULL)
        return OK;
    if (x->hat == HAT_ISV && state == STATE_DRAFT)
        return isv_changes(x, view, offer);
    if (x->hat == HAT_PARTNER && state == STATE_PENDING_PARTNER)
        return partner_changes(x, view, offer);
    return OK;
}

/* Which of the submits ?v= names: its place among them, the newest for any other value. */
static size_t
chosen(const struct exchange *x, const struct submits *submits)
{
    int64_t number;

    if (text_to_integer(queried(x, "v"), 1, (int64_t)submits->count, &number) != OK)
        return 0;
    return submits->count - (size_t)number;
}

/* The chosen version against the one before it. */
static enum err
comparison_view(struct exchange *x, struct view *view, const struct offer *offer,
                const struct submits *submits, size_t at)
{
    struct version_changes changes;
    size_t number = submits->count - at;

    if (at + 1 == submits->count) {
        view_text(view_section(view, NAME_NO_CHANGES), NAME_NO_CHANGES_TEXT,
                  "It is the first version: there is none to compare it with.");
        return OK;
    }
    TRY(compare_submits(x, offer->id, submits->rows[at + 1].number, submits->rows[at].number,
                        SELLERS_FIELDS, &changes));
    changes_put(
        view, arena_format(x->arena, "Changed from version %zu to version %zu", number - 1, number),
        arena_format(x->arena, "Version %zu", number - 1),
        arena_format(x->arena, "Version %zu", number), &changes);
    if (changes.count == 0)
        view_format(view_section(view, NAME_NO_CHANGES), NAME_NO_CHANGES_TEXT,
                    "Nothing changed from version %zu to version %zu.", number - 1, number);
    return OK;
}

static void
submit_row(struct exchange *x, struct view *some, const struct offer *offer,
           const struct submits *submits, size_t at, bool current)
{
    const struct submit *submit = &submits->rows[at];
    size_t number = submits->count - at;
    struct view *row = view_section(some, NAME_ROW);

    view_format(row, NAME_ROW_NAME, "Version %zu", number);
    view_format(row, NAME_ROW_HREF, "%s/%s/versions?v=%zu", hat_offers(x->hat), offer->id, number);
    if (current)
        view_show(row, NAME_ROW_CURRENT);
    view_text(row, NAME_ROW_WHAT, event_words(submit->kind, exchange_viewer(x).party));
    view_text(row, NAME_ROW_WHEN, instant_show(x->arena, submit->at));
    view_text(row, NAME_ROW_WHO, history_who(x, submit->account_name, submit->person_name));
}

enum err
versions_get(struct exchange *x)
{
    const struct viewer viewer = exchange_viewer(x);
    struct submits submits;
    struct offer offer;
    struct view *view;
    struct view *head;
    struct view *some;

    TRY(path_offer(x, &offer));
    TRY(submits_of(x->db, x->arena, &viewer, offer.id, &submits));
    view = show(x, PAGE_VERSIONS, "Versions");
    head = part_head(x, view, "Versions");
    head_crumbs(head,
                (const char *const[][2]){
                    {"Private offers", hat_offers(x->hat)},
                    {offer.name, arena_format(x->arena, "%s/%s", hat_offers(x->hat), offer.id)},
                },
                2, "Versions");
    head_lead(head, "Each submit keeps the offer as it was then.");
    head_offer(x, head, &offer, NULL, 0);
    if (submits.count == 0) {
        view_show(view, NAME_NO_ROWS);
        return OK;
    }
    some = view_section(view, NAME_HAS_ROWS);
    for (size_t i = 0; i < submits.count; i++)
        submit_row(x, some, &offer, &submits, i, i == chosen(x, &submits));
    return comparison_view(x, view, &offer, &submits, chosen(x, &submits));
}
