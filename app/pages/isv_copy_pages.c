/*
 * isv_copy_pages.c: GET and POST /isv/offers/:offer/clone and /upgrade.
 */
#include "pages/isv_copy_pages.h"

#include <string.h>

#include "actions/isv_copy.h"
#include "base/text.h"
#include "pages/isv_view.h"
#include "pages/parts.h"

static const struct {
    const char *rest;
    const char *title;
    const char *sentence;
    const char *button;
    const char *done;
} copies[] = {
    [COPY_CLONE] = {"/clone", "Clone",
                    "A new draft gets everything of yours: customer, partner, dates, products with "
                    "your prices, documents, contacts and note. The offer itself stays as it is.",
                    "Clone", "cloned"},
    [COPY_UPGRADE] = {"/upgrade", "Upgrade",
                      "A new draft for the same customer, selling partner and products. Set its "
                      "prices, dates, terms and contacts; its prices begin after this offer ends. "
                      "It goes to your partner and the customer like any other. This offer stays "
                      "as it is.",
                      "Upgrade", "upgraded"},
};

#define COPIED " (copy)"

const char *
copy_name_suggested(const struct exchange *x, const char *name)
{
    return arena_format(x->arena, "%s" COPIED,
                        text_cut(x->arena, name, LIMIT_OFFER_NAME - strlen(COPIED)));
}

const char *
copy_closed_words(const struct exchange *x, const struct offer *offer)
{
    return arena_format(x->arena,
                        "“%s” is %s. Only an accepted offer can be upgraded, before it "
                        "ends.",
                        offer->name, state_words(offer_state_on(offer, x->today)));
}

static enum err
offer_for(struct exchange *x, enum offer_copy copy, struct offer *offer)
{
    TRY(path_offer(x, offer));
    if (offer_may_copy(offer, copy, PARTY_ISV, x->today))
        return OK;
    x->closed_reason = copy_closed_words(x, offer);
    return ERR_CLOSED;
}

static void
copy_view(struct exchange *x, const struct offer *offer, enum offer_copy copy)
{
    struct view *view = show(x, PAGE_CONFIRM, copies[copy].title);
    const struct field_look look = {.label = "New private offer name", .count = true};
    struct view *facts;

    isv_head(x, view, offer, arena_format(x->arena, "%s “%s”", copies[copy].title, offer->name),
             NULL, 0);
    part_not_saved(x, view);
    part_summary(x, view, "");
    view_show(view, NAME_NAMED);
    view_text(view, NAME_FORM_ACTION, isv_href(x, offer, copies[copy].rest));
    view_text(view, NAME_REV, offer_rev(x->arena, offer, PARTY_ISV));
    view_text(view, NAME_SENTENCE, copies[copy].sentence);
    facts = part_facts(view, NAME_FACTS);
    fact(facts, "Customer", customer_words(offer->customer_label, offer->billing_account));
    fact(facts, "Selling partner", *offer->partner_name == '\0' ? "–" : offer->partner_name);
    if (copy == COPY_UPGRADE)
        fact(facts, "This offer ends", utc(x, offer->end_on));
    part_text(x, view, NAME_FIELD_NAME, fields[FIELD_NAME].name, look.label, "text",
              copy_name_suggested(x, offer->name), &look);
    view_text(view_section(view, NAME_NORMAL), NAME_CONFIRM_LABEL, copies[copy].button);
    view_text(view, NAME_CANCEL_HREF, isv_href(x, offer, ""));
    view_text(view, NAME_CANCEL_LABEL, "Cancel");
}

static enum err
copy_get(struct exchange *x, enum offer_copy copy)
{
    struct offer offer;

    TRY(offer_for(x, copy, &offer));
    copy_view(x, &offer, copy);
    return OK;
}

static enum err
copy_post(struct exchange *x, enum offer_copy copy)
{
    const struct act act = exchange_act(x);
    struct offer offer;
    const char *id = NULL;
    enum err outcome;

    TRY(offer_for(x, copy, &offer));
    outcome = action_offer_copy(&act, offer.id, posted(x, "rev"), copy, fields[FIELD_NAME].name,
                                posted(x, fields[FIELD_NAME].name), x->problems, &id);
    if (outcome == ERR_INVALID)
        copy_view(x, &offer, copy);
    TRY(outcome);
    return redirect(x, "/isv/offers/%s/setup?done=%s", id, copies[copy].done);
}

enum err
isv_clone_get(struct exchange *x)
{
    return copy_get(x, COPY_CLONE);
}

enum err
isv_clone_post(struct exchange *x)
{
    return copy_post(x, COPY_CLONE);
}

enum err
isv_upgrade_get(struct exchange *x)
{
    return copy_get(x, COPY_UPGRADE);
}

enum err
isv_upgrade_post(struct exchange *x)
{
    return copy_post(x, COPY_UPGRADE);
}
