/*
 * bulk_pages.c: several offers at once, each by the action of its own page.
 *
 * Invariant: first every offer is looked at, then all are acted on: an offer that changed since its
 * page was shown leaves everything as it is. An id that is none of the viewer's says no more than
 * one that is gone.
 */
#include "pages/bulk_pages.h"

#include "actions/isv.h"
#include "actions/isv_copy.h"
#include "actions/partner.h"
#include "base/text.h"
#include "pages/frame.h"
#include "pages/isv_copy_pages.h"
#include "pages/isv_view.h"
#include "pages/lists.h"
#include "pages/offers_pages.h"
#include "pages/partner_view.h"
#include "pages/parts.h"

enum deed { DEED_CLONE, DEED_WITHDRAW, DEED_TAKE_BACK, DEED_DELETE, DEED_COUNT };

static const struct {
    enum hat hat;
    const char *value; /* of its button */
    const char *label;
    const char *icon;
    bool danger;
    enum offer_move move; /* MOVE_COUNT: none, a draft is made from it */
    const char *heading;
    const char *sentence; /* about those that it can be done with */
    const char *none;     /* there are none */
    const char *confirm;
    const char *done; /* the flash */
} deeds[DEED_COUNT] = {
    [DEED_CLONE] = {HAT_ISV, "clone", "Clone", "copy", false, MOVE_COUNT, "Clone offers",
                    "Each becomes a new draft with everything of yours under the name you give it. "
                    "The offers themselves stay as they are.",
                    "None of these offers can be cloned", "Clone", "cloned-several"},
    [DEED_WITHDRAW] =
        {HAT_ISV, "withdraw", "Withdraw", "undo", false, MOVE_WITHDRAW, "Withdraw offers?",
         "These go back to Draft, and their selling partners lose access at once. You "
         "can edit them and submit them again. We don’t email anybody.",
         "None of these offers can be withdrawn", "Request withdraw", "withdrawn-several"},
    [DEED_TAKE_BACK] = {HAT_PARTNER, "withdraw", "Withdraw", "undo", false, MOVE_TAKE_BACK,
                        "Withdraw offers?",
                        "These go back to Pending partner action, and their customers lose access "
                        "at once. Their acceptance links stop working for good; submitting again "
                        "makes new ones. Your adjustments, documents, contacts and notes are kept. "
                        "We don’t email the customers.",
                        "None of these offers can be withdrawn", "Request withdraw",
                        "taken-back-several"},
    [DEED_DELETE] = {HAT_ISV, "delete", "Delete", "trash", true, MOVE_DELETE, "Delete drafts?",
                     "These drafts and their prices are removed for good.",
                     "None of these offers can be deleted", "Confirm", "deleted-several"},
};

/* What was ticked, as one form or address says it: id-1, id-2, ... */
struct picked {
    enum deed deed; /* DEED_COUNT: none that the hat has */
    const char *ids[LIMIT_LIST_ROWS];
    size_t count;
    bool many; /* more than a page of a list has */
};

static const struct form *
picked_form(const struct exchange *x)
{
    return form_came_back(x) ? &x->request->body : &x->request->query;
}

static bool
has_id(const struct picked *picked, const char *id)
{
    for (size_t i = 0; i < picked->count; i++) {
        if (text_equal(picked->ids[i], id))
            return true;
    }
    return false;
}

static void
picked_read(const struct exchange *x, struct picked *picked)
{
    const struct form *form = picked_form(x);
    const char *value = form_text(form, "do");

    *picked = (struct picked){.deed = DEED_COUNT};
    for (int i = 0; i < DEED_COUNT; i++) {
        if (deeds[i].hat == x->hat && text_equal(deeds[i].value, value))
            picked->deed = (enum deed)i;
    }
    for (size_t i = 0; i < form->count; i++) {
        if (!text_starts(form->pairs[i].name, "id-") || has_id(picked, form->pairs[i].value))
            continue;
        if (picked->count == LIMIT_LIST_ROWS)
            picked->many = true;
        else
            picked->ids[picked->count++] = form->pairs[i].value;
    }
}

bool
bulk_picked(const struct exchange *x, const char *id)
{
    struct picked picked;

    if (!form_came_back(x))
        return false;
    picked_read(x, &picked);
    return has_id(&picked, id);
}

void
bulk_buttons(const struct exchange *x, struct view *view)
{
    for (int i = 0; i < DEED_COUNT; i++) {
        struct view *button;

        if (deeds[i].hat != x->hat)
            continue;
        button = view_section(view, NAME_BULK);
        view_text(button, NAME_BULK_VALUE, deeds[i].value);
        view_text(button, NAME_BULK_LABEL, deeds[i].label);
        view_text(button, NAME_BULK_ICON, deeds[i].icon);
        if (deeds[i].danger)
            view_show(button, NAME_BULK_DANGER);
    }
}

static const char *
offers_href(const struct exchange *x, const char *rest)
{
    return arena_format(x->arena, "%s%s", hat_offers(x->hat), rest);
}

/* The dashboard's form: to the page of what it asks, or the dashboard again with the reason. */
enum err
bulk_post(struct exchange *x)
{
    struct picked picked;
    struct offer_list list;
    const char *address;

    picked_read(x, &picked);
    if (picked.count == 0)
        problem_add(x->problems, "pick", "Select at least one offer");
    else if (picked.many)
        problem_add(x->problems, "pick", "Select at most %d offers", LIMIT_LIST_ROWS);
    else if (picked.deed == DEED_COUNT)
        problem_add(x->problems, "pick", "Choose what to do with the offers");
    if (x->problems->count > 0) {
        TRY(offer_list_load(x, &list));
        offers_view(x, &list);
        return ERR_INVALID;
    }
    address = arena_format(x->arena, "%s/bulk/confirm?do=%s", hat_offers(x->hat),
                           deeds[picked.deed].value);
    for (size_t i = 0; i < picked.count; i++)
        address = arena_format(x->arena, "%s&id-%zu=%s", address, i + 1,
                               url_encode(x->arena, picked.ids[i]));
    return redirect(x, "%s", address);
}

/* One offer of the page. */
struct item {
    struct offer *offer; /* as its viewer may see it */
    const char *refusal; /* why it stays as it is; NULL: the deed can be done */
};

struct items {
    struct item rows[LIMIT_LIST_ROWS];
    size_t count;
    size_t able; /* that the deed can be done with */
    size_t gone; /* ids that lead nowhere */
};

static const char *
refusal(const struct exchange *x, const struct offer *offer, enum deed deed)
{
    enum offer_move move = deeds[deed].move;

    if (deed == DEED_CLONE)
        return offer_may_copy(offer, COPY_CLONE, PARTY_ISV, x->today) ? NULL
                                                                      : copy_closed_words(x, offer);
    if (offer_may(offer, move, exchange_viewer(x).party, x->today))
        return NULL;
    return x->hat == HAT_ISV ? isv_closed_words(x, offer, move) : partner_closed_words(x, offer);
}

static enum err
items_load(struct exchange *x, const struct picked *picked, struct items *items)
{
    const struct viewer viewer = exchange_viewer(x);

    *items = (struct items){.count = 0};
    for (size_t i = 0; i < picked->count; i++) {
        struct offer *offer = arena_new(x->arena, struct offer);
        enum err outcome = offer_view(x->db, x->arena, &viewer, picked->ids[i], offer);
        const char *reason;

        if (outcome == ERR_ABSENT) {
            items->gone++;
            continue;
        }
        TRY(outcome);
        reason = refusal(x, offer, picked->deed);
        items->able += reason == NULL;
        items->rows[items->count++] = (struct item){offer, reason};
    }
    return OK;
}

static const char *
rev_name(const struct exchange *x, const struct offer *offer)
{
    return arena_format(x->arena, "rev-%s", offer->id);
}

static const char *
row_anchor(const struct exchange *x, const char *id)
{
    return arena_format(x->arena, "offer-%s", id);
}

static const char *
name_name(const struct exchange *x, const struct offer *offer)
{
    return arena_format(x->arena, "name-%s", offer->id);
}

/* The name of the draft that is made from it. */
static void
part_name(struct exchange *x, struct view *row, const struct offer *offer)
{
    const struct field_look look = {.count = true};

    part_text(x, row, NAME_FIELD_NAME, name_name(x, offer),
              arena_format(x->arena, "New private offer name for “%s”", offer->name), "text",
              copy_name_suggested(x, offer->name), &look);
}

static void
item_view(struct exchange *x, struct view *view, enum deed deed, const struct item *item,
          size_t index)
{
    const struct offer *offer = item->offer;
    struct view *row = view_section(view, NAME_ROW);

    view_format(row, NAME_ROW_INDEX, "%zu", index);
    view_text(row, NAME_ROW_ANCHOR, row_anchor(x, offer->id));
    view_format(row, NAME_ROW_HREF, "%s/%s", hat_offers(x->hat), offer->id);
    view_text(row, NAME_ROW_NAME, offer->name);
    view_text(row, NAME_ROW_ID, offer->id);
    view_text(row, NAME_ROW_CUSTOMER,
              customer_words(offer->customer_label, offer->billing_account));
    part_status(x, row, NAME_ROW_BADGE, offer);
    if (item->refusal != NULL) {
        view_text(view_section(row, NAME_ROW_SAYS), NAME_ROW_TEXT, item->refusal);
        return;
    }
    if (deed == DEED_CLONE)
        part_name(x, row, offer);
    else
        view_text(view_section(row, NAME_ROW_SAYS), NAME_ROW_TEXT, "Yes");
    row = view_section(row, NAME_ROW_ACT);
    view_text(row, NAME_REV_NAME, rev_name(x, offer));
    view_text(row, NAME_REV, offer_rev(x->arena, offer, exchange_viewer(x).party));
}

static const char *
gone_words(const struct exchange *x, const struct items *items)
{
    return items->gone == 1
               ? "1 offer that you selected is no longer there."
               : arena_format(x->arena, "%zu offers that you selected are no longer there.",
                              items->gone);
}

static void
confirm_view(struct exchange *x, enum deed deed, const struct items *items)
{
    const char *const crumbs[][2] = {{"Private offers", hat_offers(x->hat)}};
    struct view *view = show(x, PAGE_BULK, deeds[deed].heading);
    struct view *confirm;

    head_crumbs(part_head(x, view, deeds[deed].heading), crumbs, COUNT(crumbs), deeds[deed].label);
    part_not_saved(x, view);
    part_summary(x, view, "");
    if (items->gone > 0)
        part_notice(view, NAME_NOTICE, "warn", "alert", gone_words(x, items), "");
    view_text(view, NAME_FORM_ACTION, offers_href(x, "/bulk/confirm"));
    view_text(view, NAME_BULK_VALUE, deeds[deed].value);
    view_text(view, NAME_BULK_LABEL, deeds[deed].label);
    view_text(view, NAME_CANCEL_HREF, hat_offers(x->hat));
    if (items->able > 0)
        view_text(view, NAME_SENTENCE, deeds[deed].sentence);
    else
        view_format(view, NAME_SENTENCE, "%s.", deeds[deed].none);
    for (size_t i = 0; i < items->count; i++)
        item_view(x, view, deed, &items->rows[i], i + 1);
    if (items->count > 0)
        view_show(view, NAME_FOUND);
    if (items->able == 0)
        return;
    view_show(view, NAME_CAN_SUBMIT);
    confirm = view_section(view, deeds[deed].danger ? NAME_DANGER : NAME_NORMAL);
    view_text(confirm, NAME_CONFIRM_LABEL, deeds[deed].confirm);
}

/* What the page is about. ERR_ABSENT when it is about nothing. */
static enum err
picked_load(struct exchange *x, struct picked *picked, struct items *items)
{
    picked_read(x, picked);
    if (picked->deed == DEED_COUNT || picked->count == 0 || picked->many)
        return ERR_ABSENT;
    return items_load(x, picked, items);
}

enum err
bulk_confirm_get(struct exchange *x)
{
    struct picked picked;
    struct items items;

    TRY(picked_load(x, &picked, &items));
    confirm_view(x, picked.deed, &items);
    return OK;
}

/* What the page promised and can no longer be done as it said. */
static void
items_check(struct exchange *x, const struct picked *picked, const struct items *items)
{
    size_t promised = 0;

    for (size_t i = 0; i < items->count; i++) {
        const struct offer *offer = items->rows[i].offer;
        const char *rev = posted(x, rev_name(x, offer));

        if (*rev == '\0')
            continue;
        promised++;
        if (picked->deed == DEED_CLONE)
            (void)copy_name_read(name_name(x, offer), posted(x, name_name(x, offer)), x->problems);
        if (items->rows[i].refusal != NULL ||
            !text_equal(rev, offer_rev(x->arena, offer, exchange_viewer(x).party)))
            problem_add(x->problems, row_anchor(x, offer->id),
                        "“%s” has changed since you looked at it. Nothing is done yet; look "
                        "again",
                        offer->name);
    }
    if (promised == 0)
        problem_add(x->problems, "offers", "%s", deeds[picked->deed].none);
}

static enum err
item_act(struct exchange *x, enum deed deed, const struct offer *offer)
{
    const struct act act = exchange_act(x);
    const char *rev = posted(x, rev_name(x, offer));

    const char *copy = NULL;

    if (*rev == '\0')
        return OK;
    switch (deed) {
    case DEED_CLONE:
        return action_offer_copy(&act, offer->id, rev, COPY_CLONE, name_name(x, offer),
                                 posted(x, name_name(x, offer)), x->problems, &copy);
    case DEED_WITHDRAW:
        return action_offer_withdraw(&act, offer->id, rev);
    case DEED_TAKE_BACK:
        return action_offer_take_back(&act, offer->id, rev);
    case DEED_DELETE:
        return action_offer_delete(&act, offer->id, rev);
    case DEED_COUNT:
        break;
    }
    assert(false);
    return ERR_BROKEN;
}

enum err
bulk_confirm_post(struct exchange *x)
{
    struct picked picked;
    struct items items;

    TRY(picked_load(x, &picked, &items));
    items_check(x, &picked, &items);
    if (x->problems->count > 0) {
        confirm_view(x, picked.deed, &items);
        return ERR_INVALID;
    }
    for (size_t i = 0; i < items.count; i++)
        TRY(item_act(x, picked.deed, items.rows[i].offer));
    return redirect(x, "%s?done=%s", hat_offers(x->hat), deeds[picked.deed].done);
}
