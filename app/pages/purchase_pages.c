/*
 * purchase_pages.c: handlers of purchases for ISV, selling partner and operator: read through their
 * eyes or call one action, then show or redirect.
 *
 * Not here: the customer's pages, usage as a file (pages/usage_pages), words and tables
 * (pages/purchase_words, purchase_view). What comes due is foreseen, so that a page is as of today.
 */
#include "pages/purchase_pages.h"

#include "actions/purchase.h"
#include "actions/purchase_time.h"
#include "base/text.h"
#include "pages/frame.h"
#include "pages/parts.h"
#include "pages/purchase_lists.h"
#include "pages/purchase_view.h"
#include "pages/purchase_words.h"

static enum err
path_purchase(struct exchange *x, struct purchase *purchase)
{
    const struct viewer viewer = exchange_viewer(x);

    return purchase_load(x->db, x->arena, &viewer, path_param(x, "purchase"), purchase);
}

/* A move that its state does not allow, or only to somebody else, says on its page how the purchase
 * stands: roles were looked at before. */
static enum err
explained(struct exchange *x, enum err outcome)
{
    struct purchase purchase;

    if (outcome != ERR_CLOSED && outcome != ERR_DENIED)
        return outcome;
    TRY(path_purchase(x, &purchase));
    x->closed_reason = purchase_closed_words(x, &purchase);
    if (outcome == ERR_DENIED)
        x->closed_reason =
            arena_format(x->arena, "Only the customer can do that now. %s", x->closed_reason);
    return ERR_CLOSED;
}

/* Closed, for a reason that ends without a full stop. */
static enum err
refused(struct exchange *x, const char *reason)
{
    x->closed_reason = arena_format(x->arena, "%s.", reason);
    return ERR_CLOSED;
}

/* ---- View status of an offer ---------------------------------------------------------------- */

bool
offer_has_status(const struct exchange *x, const struct offer *offer)
{
    enum offer_state state = offer_state_on(offer, x->today);

    return state == STATE_ACCEPTED || state == STATE_ENDED;
}

/* Why nothing is listed, and whom to ask (LAW 11). */
static const char *
none_words(const struct exchange *x, const struct offer *offer)
{
    const char *ask = x->hat == HAT_ISV
                          ? arena_format(x->arena, "Ask %s, who is in touch with the customer",
                                         offer->partner_name)
                          : "Ask the customer";

    return arena_format(x->arena,
                        "Either the customer hasn’t bought yet, or it bought only products that "
                        "aren’t SaaS: virtual machines and Azure applications don’t appear here. "
                        "%s.",
                        ask);
}

static void
status_view(struct exchange *x, const struct offer *offer, const struct purchase_list *list)
{
    const char *const crumbs[][2] = {
        {"Private offers", hat_offers(x->hat)},
        {offer->name, arena_format(x->arena, "%s/%s", hat_offers(x->hat), offer->id)},
    };
    struct view *view = show(x, PAGE_PURCHASES, "Purchase status");
    struct view *head = part_head(x, view, "Purchase status");

    head_crumbs(head, crumbs, COUNT(crumbs), "Purchase status");
    head_lead(head, offer->name);
    head_offer(x, head, offer, NULL, 0);
    purchase_list_notice(view, list->stale);
    purchase_list_view(x, view, list);
}

enum err
offer_status_get(struct exchange *x)
{
    struct offer offer;
    struct purchase_list list = {.id = "subscriptions",
                                 .heading = "SaaS subscriptions",
                                 .buttons = true,
                                 .none_title = "No subscriptions"};
    struct purchase_query query = {.viewer = exchange_viewer(x), .saas_only = true};

    TRY(path_offer(x, &offer));
    if (!offer_has_status(x, &offer)) {
        x->closed_reason = arena_format(
            x->arena, "“%s” is %s. Purchase status is there once the customer has accepted it.",
            offer.name, offer_status_words(&offer, query.viewer.party, x->today));
        return ERR_CLOSED;
    }
    query.offer = offer.id;
    TRY(purchase_list_load(x, &query, &list));
    list.none_text = none_words(x, &offer);
    status_view(x, &offer, &list);
    return OK;
}

/* ---- The ISV's purchases -------------------------------------------------------------------- */

enum err
waiting_load(struct exchange *x, struct purchases *waiting)
{
    size_t kept = 0;

    TRY(purchases_to_activate(x->db, x->arena, x->who.publisher, waiting));
    for (size_t i = 0; i < waiting->count; i++) {
        if (purchase_may(&waiting->rows[i], PURCHASE_ACTIVATE, PARTY_ISV, x->today))
            waiting->rows[kept++] = waiting->rows[i];
    }
    waiting->count = kept;
    waiting->more = false; /* the others follow once these are activated */
    return OK;
}

enum err
isv_purchases_get(struct exchange *x)
{
    struct purchase_list waiting = {.id = "waiting", .heading = "To activate", .buttons = true};
    struct purchase_list all = {
        .id = "before",
        .heading = "All purchases",
        .none_title = "No purchases yet",
        .none_text = "What customers buy of your products appears here, at private and at list "
                     "prices. You activate each SaaS subscription once its customer has "
                     "configured it.",
    };
    struct purchase_query query = {.viewer = exchange_viewer(x), .offer = ""};
    struct view *view;

    TRY(purchase_list_load(x, &query, &all));
    TRY(waiting_load(x, &waiting.page));
    view = show(x, PAGE_PURCHASES, "Purchases");
    view_text(view_section(view_section(part_head(x, view, "Purchases"), NAME_HEAD_ACTIONS),
                           NAME_CAN_REPORT),
              NAME_REPORT_HREF, "/isv/usage");
    purchase_list_notice(view, all.stale);
    if (waiting.page.count > 0)
        purchase_list_view(x, view, &waiting);
    purchase_list_view(x, view, &all);
    return OK;
}

/* ---- One purchase --------------------------------------------------------------------------- */

/* Hours of machines are the operator's to report, meters the ISV's (LAW D-33). */
static bool
reports(const struct exchange *x, const struct purchase *purchase)
{
    return (purchase->kind == PURCHASE_VM) == (x->hat == HAT_OPERATOR);
}

static enum err
page_load(struct exchange *x, struct purchase_page *page)
{
    const struct act act = exchange_act(x);

    *page = (struct purchase_page){.dimensions = {NULL, 0}};
    TRY(path_purchase(x, &page->purchase));
    TRY(usage_of(x->db, x->arena, page->purchase.id, &page->used));
    TRY(purchase_foresee(&act, &page->purchase, &page->charges));
    charges_blank(&page->charges, &act.viewer);
    if (reports(x, &page->purchase) &&
        purchase_may(&page->purchase, PURCHASE_REPORT, act.viewer.party, x->today))
        TRY(usage_points_of(&act, &page->purchase, &page->dimensions));
    return OK;
}

enum err
purchase_get(struct exchange *x)
{
    struct purchase_page page;

    TRY(page_load(x, &page));
    return purchase_show(x, &page);
}

enum err
purchase_usage_post(struct exchange *x)
{
    const struct act act = exchange_act(x);
    const struct usage_line line = {
        .purchase = path_param(x, "purchase"),
        .point = posted(x, ANSWER_USAGE_POINT),
        .hour = posted(x, ANSWER_USAGE_HOUR),
        .quantity = posted(x, ANSWER_USAGE_QUANTITY),
    };
    struct usage_points points;
    struct purchase purchase;
    enum err outcome;

    TRY(path_purchase(x, &purchase));
    if (!reports(x, &purchase))
        return refused(x, purchase.kind == PURCHASE_VM
                              ? "Hours of a virtual machine are reported by the marketplace"
                              : "Usage of its meters is reported by its publisher");
    TRY(explained(x, purchase_check_move(&purchase, PURCHASE_REPORT, act.viewer.party, x->today)));
    TRY(usage_points_of(&act, &purchase, &points));
    if (points.count == 0)
        return refused(x, "Nothing of this plan is charged by use");
    outcome = action_usage_report(&act, &line, 1, x->problems);
    if (outcome == ERR_INVALID)
        TRY(purchase_get(x));
    TRY(explained(x, outcome));
    return redirect(x, "%s?done=usage", purchase_href(x, &purchase, ""));
}

enum err
isv_activate_post(struct exchange *x)
{
    const struct act act = exchange_act(x);
    struct purchase purchase;

    TRY(explained(x, action_purchase_activate(&act, path_param(x, "purchase"))));
    TRY(path_purchase(x, &purchase));
    if (text_equal(queried(x, "from"), "offer") && *purchase.offer != '\0')
        return redirect(x, "/isv/offers/%s/purchases?done=activated", purchase.offer);
    return redirect(x, "%s?done=activated", purchase_href(x, &purchase, ""));
}

/* What cancelling means for the money that was paid (LAW D-31). */
static const char *
cancel_sentence(const struct exchange *x, const struct purchase *purchase)
{
    const char *until = instant_show(x->arena, purchase_refund_until(purchase));

    if (purchase_refunds(purchase, x->now))
        return arena_format(x->arena,
                            "It becomes Unsubscribed at once and can’t be activated again. Until "
                            "%s, 72 hours after the purchase, everything charged but usage is "
                            "given back.",
                            until);
    return arena_format(x->arena,
                        "It becomes Unsubscribed at once and can’t be activated again. Nothing is "
                        "given back: that ended on %s, 72 hours after the purchase.",
                        until);
}

enum err
isv_cancel_get(struct exchange *x)
{
    struct purchase purchase;
    struct view *view;
    struct view *facts;

    TRY(path_purchase(x, &purchase));
    TRY(explained(x, purchase_check_move(&purchase, PURCHASE_CANCEL, PARTY_ISV, x->today)));
    if (purchase_cancel_refusal(&purchase, x->now) != NULL)
        return refused(x, purchase_cancel_refusal(&purchase, x->now));
    view = show(x, PAGE_CONFIRM, "Cancel subscription");
    (void)purchase_head(
        x, view, &purchase,
        arena_format(x->arena, "Cancel “%s, %s”?", purchase.product_name, purchase.plan_name),
        "Cancel");
    view_text(view, NAME_FORM_ACTION, purchase_href(x, &purchase, "/cancel"));
    view_text(view, NAME_REV, "");
    view_text(view, NAME_SENTENCE, cancel_sentence(x, &purchase));
    facts = part_facts(view, NAME_FACTS);
    fact(facts, "Customer", purchase.organisation_name);
    fact(facts, "Bought", instant_show(x->arena, purchase.bought_at));
    view_text(view_section(view, NAME_DANGER), NAME_CONFIRM_LABEL, "Cancel subscription");
    view_text(view, NAME_CANCEL_HREF, purchase_href(x, &purchase, ""));
    view_text(view, NAME_CANCEL_LABEL, "Keep it");
    return OK;
}

enum err
isv_cancel_post(struct exchange *x)
{
    const struct act act = exchange_act(x);
    enum err outcome = action_purchase_cancel(&act, path_param(x, "purchase"), x->problems);

    if (outcome == ERR_INVALID)
        return refused(x, x->problems->list[0].message);
    TRY(explained(x, outcome));
    return redirect(x, "/isv/purchases/%s?done=cancelled", path_param(x, "purchase"));
}

/* ---- The operator's payments ---------------------------------------------------------------- */

enum err
operator_payments_get(struct exchange *x)
{
    struct purchase_list suspended = {
        .id = "suspended",
        .heading = "Suspended",
        .buttons = true,
        .note = "A payment that comes in lets the subscription be used again. Without one in 30 "
                "days it becomes Unsubscribed for good.",
        .none_title = "No payment is missing",
        .none_text = "A subscription whose payment failed waits here.",
    };
    struct purchase_list running = {
        .id = "subscribed",
        .heading = "Subscribed",
        .buttons = true,
        .note = "When a payment failed, the subscription becomes Suspended at once: it can’t be "
                "used, and nothing more of it is charged.",
        .none_title = "No subscription is Subscribed",
        .none_text = "One that was activated appears here.",
    };
    struct purchase_query query = {
        .viewer = exchange_viewer(x), .offer = "", .saas_only = true, .suspended = true};
    struct view *view = show(x, PAGE_PURCHASES, "Payments");

    part_head(x, view, "Payments");
    TRY(purchase_list_load(x, &query, &suspended));
    query.suspended = false;
    TRY(purchase_list_load(x, &query, &running));
    purchase_list_notice(view, suspended.stale || running.stale);
    purchase_list_view(x, view, &suspended);
    purchase_list_view(x, view, &running);
    return OK;
}

static enum err
payment_post(struct exchange *x, bool received)
{
    const struct act act = exchange_act(x);

    TRY(explained(x, action_purchase_payment(&act, path_param(x, "purchase"), received)));
    return redirect(x, "/operator/payments?done=%s", received ? "received" : "failed");
}

enum err
operator_payment_failed_post(struct exchange *x)
{
    return payment_post(x, false);
}

enum err
operator_payment_received_post(struct exchange *x)
{
    return payment_post(x, true);
}
