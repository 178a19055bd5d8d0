/*
 * preview.c: the pages that a draft will be for its selling partner and its customer, made by the
 * same code as theirs from an offer that lives only here.
 *
 * The offer is read through the ISV's eyes, so nothing of the other parties is in it (LAW D-7);
 * then it is taken forward in memory and blanked once more for whoever the page is for. Invariant:
 * nothing is stored, no history but the events that will then have happened is read, and nobody's
 * person, organisation or billing account is named that the ISV does not know.
 */
#include "pages/preview.h"

#include "actions/isv.h"
#include "base/text.h"
#include "pages/customer_view.h"
#include "pages/isv_view.h"
#include "pages/partner_view.h"
#include "pages/parts.h"

/* One preview in the making. */
struct preview {
    struct offer offer;
    struct event events[2]; /* newest first */
    struct events history;
    struct exchange theirs; /* the request as the other party would make it */
};

/* Is there all that such a page cannot be without? Prices may be missing: they print as dashes. */
static bool
can_be_shown(const struct offer *offer)
{
    return *offer->partner_name != '\0' && *offer->billing_account != '\0' &&
           offer->start_mode != START_UNSET &&
           (offer->start_mode != START_IN_MONTH || !day_is_none(offer->start_on)) &&
           !day_is_none(offer->end_on) && !day_is_none(offer->accept_by_on) && offer->row_count > 0;
}

static void
will_happen(struct preview *preview, const struct exchange *x, enum event_kind kind,
            enum party party)
{
    const struct act market = act_of_system(x->db, x->arena, x->world, &x->settings);

    preview->events[1] = preview->events[0];
    preview->events[0] = (struct event){
        .at = x->now,
        .kind = kind,
        .party = party,
        .account = "",
        .account_name = party == PARTY_ISV ? preview->offer.isv_name : market.account_name,
        .person = "",
        .person_name = "",
        .note = "",
    };
    if (preview->history.count < COUNT(preview->events))
        preview->history.count++;
}

/* From a draft to what its partner gets. */
static enum err
submit(struct preview *preview, const struct exchange *x)
{
    struct offer *offer = &preview->offer;

    TRY(offer_advance(offer, MOVE_SUBMIT, PARTY_ISV, x->today));
    offer->submitted_at = x->now;
    will_happen(preview, x, EVENT_SUBMITTED, PARTY_ISV);
    TRY(offer_advance(offer, MOVE_PUBLISH, PARTY_SYSTEM, x->today));
    will_happen(preview, x, EVENT_OFFERED, PARTY_SYSTEM);
    return OK;
}

/* And on to what the customer gets, who reads of the last step alone. */
static enum err
extend(struct preview *preview, const struct exchange *x)
{
    struct offer *offer = &preview->offer;

    TRY(offer_advance(offer, MOVE_EXTEND, PARTY_PARTNER, x->today));
    TRY(offer_advance(offer, MOVE_PUBLISH, PARTY_SYSTEM, x->today));
    offer->extended_at = x->now;
    preview->history.count = 0;
    will_happen(preview, x, EVENT_EXTENDED, PARTY_SYSTEM);
    return OK;
}

/* Puts on the other party's hat: one of its people who may do everything, but nobody in particular.
 */
static void
wear(struct preview *preview, const struct exchange *x, enum hat hat)
{
    struct exchange *theirs = &preview->theirs;

    preview->history.rows = preview->events;
    *theirs = *x;
    theirs->hat = hat;
    theirs->who = who_nobody;
    theirs->who.role = ROLE_ACCOUNT_OWNER;
    theirs->problems = problems_new(x->arena);
    theirs->foreseen = &preview->history;
    if (hat == HAT_PARTNER)
        theirs->who.publisher = preview->offer.partner;
}

/* The ISV's own page around theirs. */
static enum err
preview_show(struct exchange *x, const struct offer *offer, const struct preview *preview,
             bool customer)
{
    const char *title = customer ? "Preview as the customer" : "Preview as the selling partner";
    const char *const metas[] = {offer->name};
    const struct act act = exchange_act(x);
    struct problems *problems = problems_new(x->arena);
    struct view *view = show(x, PAGE_PREVIEW, title);
    struct view *open;

    /* Without a breadcrumb of ours: the page within brings its own, and a page has one. */
    head_offer(x, part_head(x, view, title), offer, metas, COUNT(metas));
    TRY(review_isv(&act, offer, problems));
    view_text(view, NAME_REVIEW_HREF, isv_href(x, offer, "/review"));
    view_text(view, NAME_OTHER_HREF,
              isv_href(x, offer, customer ? "/preview/partner" : "/preview/customer"));
    view_text(view, NAME_OTHER_LABEL,
              customer ? "Preview as the selling partner" : "Preview as the customer");
    if (preview == NULL) {
        view_show(view, NAME_NOT_READY);
        return OK;
    }
    part_notice(view, NAME_NOTICE, "info", "info", "This is a preview.",
                customer ? arena_format(x->arena,
                                        "Your customer gets this page once %s has submitted the "
                                        "offer. %s sets the prices and may add documents of its "
                                        "own. Nothing in the page works here.",
                                        offer->partner_name, offer->partner_name)
                         : arena_format(x->arena,
                                        "%s gets this page once you have submitted the offer. "
                                        "Nothing in the page works here.",
                                        offer->partner_name));
    if (problems->count > 0)
        view_show(view, NAME_HAS_PROBLEMS);
    open = view_section(view, NAME_READY);
    view_put_part(open, NAME_PREVIEW, preview->theirs.page, preview->theirs.view);
    return OK;
}

static enum err
preview_get(struct exchange *x, bool customer)
{
    struct preview *preview = arena_new(x->arena, struct preview);
    struct offer offer;

    TRY(path_offer(x, &offer));
    if (!offer_may(&offer, MOVE_SUBMIT, PARTY_ISV, x->today)) {
        x->closed_reason = isv_closed_words(x, &offer, MOVE_SUBMIT);
        return ERR_CLOSED;
    }
    if (!can_be_shown(&offer))
        return preview_show(x, &offer, NULL, customer);
    TRY(path_offer(x, &preview->offer)); /* rows are shared by copies, so theirs is read anew */
    TRY(submit(preview, x));
    if (customer)
        TRY(extend(preview, x));
    offer_blank(&preview->offer, customer ? PARTY_CUSTOMER : PARTY_PARTNER);
    wear(preview, x, customer ? HAT_CUSTOMER : HAT_PARTNER);
    if (customer) {
        const struct customer_offer loaded = {
            .offer = preview->offer,
            .account = {.name = ""},
            .acceptors = {.may = true},
            .foreseen = true,
        };

        TRY(customer_offer_view(&preview->theirs, &loaded));
    } else {
        TRY(partner_offer_view(&preview->theirs, &preview->offer, false));
    }
    return preview_show(x, &offer, preview, customer);
}

enum err
isv_preview_partner_get(struct exchange *x)
{
    return preview_get(x, false);
}

enum err
isv_preview_customer_get(struct exchange *x)
{
    return preview_get(x, true);
}
