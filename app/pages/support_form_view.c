/*
 * support_form_view.c: what a requester fills in, and what the operator is asked before an offer is
 * cancelled.
 */
#include "base/text.h"
#include "pages/frame.h"
#include "pages/parts.h"
#include "pages/support_view.h"

bool
support_may_request(const struct exchange *x, const struct offer *offer)
{
    return role_can(x->who.role, CAN_WORK_CATALOGUE) &&
           offer_may(offer, MOVE_CANCEL, PARTY_OPERATOR, x->today);
}

const char *
support_requester(const struct support_request *request)
{
    return request->by == PARTY_ISV ? request->isv_name : request->partner_name;
}

const char *
support_other(const struct support_request *request)
{
    return request->by == PARTY_ISV ? request->partner_name : request->isv_name;
}

const char *
support_refund_words(enum support_refund refund)
{
    switch (refund) {
    case REFUND_NEEDED:
        return "Yes";
    case REFUND_NOT_NEEDED:
        return "No";
    case REFUND_UNSAID:
    case REFUND_COUNT:
        break;
    }
    return "–";
}

/* ---- The requester's form ------------------------------------------------------------------- */

static void
evidence_fields(struct exchange *x, struct view *form, const char *other)
{
    const struct field_look file = {.hint = "A PDF, PNG or JPEG of up to 10 MiB, at most 5 in all; "
                                            "only you and the marketplace see it",
                                    .optional = true};
    const struct choice shows[] = {
        {evidence_of_text(EVIDENCE_OF_BOTH), "Both", NULL},
        {evidence_of_text(EVIDENCE_OF_OTHER), other, NULL},
        {evidence_of_text(EVIDENCE_OF_CUSTOMER), "The customer", NULL},
    };

    _Static_assert(LIMIT_EVIDENCE == 5, "the words above");
    view_format(form, NAME_AGREEMENT_TEXT,
                "%s and the customer must both agree in writing: they confirm it on their own "
                "support pages, or you attach what they wrote.",
                other);
    part_file(x, form, NAME_FIELD_EVIDENCE, ANSWER_EVIDENCE, "Evidence",
              "application/pdf,image/png,image/jpeg,.pdf,.png,.jpg,.jpeg", &file);
    part_select(x, form, NAME_FIELD_SHOWS, ANSWER_SHOWS, "Evidence shows the agreement of", shows,
                COUNT(shows), shows[0].value);
}

/* What it says now; other is the seller who has to agree. */
struct view *
support_form(struct exchange *x, struct view *view, const struct support_request *request,
             const char *other)
{
    static const struct field_look reason = {.hint = SUPPORT_UP_TO};
    static const struct field_look purchases = {
        .hint = "Which purchases, and from when, if a refund is needed", .optional = true};
    static const struct choice refund[] = {
        {"yes", "Yes", "What was paid for the purchases you name is given back, and they end"},
        {"no", "No", "What was bought stays as it is"},
    };
    struct view *form = view_part(view, NAME_FORM, PAGE_PART_SUPPORT_FORM);

    part_lines(x, form, NAME_FIELD_REASON, ANSWER_REASON, "Reason", request->reason, &reason);
    part_choice(x, form, NAME_FIELD_REFUND, ANSWER_REFUND, "Refund needed", refund, COUNT(refund),
                support_refund_text(request->refund));
    part_lines(x, form, NAME_FIELD_PURCHASES, ANSWER_PURCHASES, "Purchase details",
               request->purchases, &purchases);
    evidence_fields(x, form, other);
    return form;
}

void
support_cancel_view(struct exchange *x, const struct offer *offer)
{
    const char *href = arena_format(x->arena, "%s/%s", hat_offers(x->hat), offer->id);
    const char *const crumbs[][2] = {{"Private offers", hat_offers(x->hat)}, {offer->name, href}};
    const struct support_request empty = {.reason = "", .purchases = ""};
    struct view *view = show(x, PAGE_SUPPORT_CANCEL, "Request cancellation");
    struct view *form =
        support_form(x, view, &empty, x->hat == HAT_ISV ? offer->partner_name : offer->isv_name);
    struct view *facts = part_facts(form, NAME_FACTS);

    head_crumbs(part_head(x, view, "Request cancellation"), crumbs, COUNT(crumbs),
                "Request cancellation");
    part_not_saved(x, view);
    part_summary(x, view, "");
    view_format(form, NAME_FORM_ACTION, "%s/cancel", href);
    part_rev(x, form, offer_rev(x->arena, offer, exchange_viewer(x).party));
    view_text(form, NAME_FORM_HEADING, "Cancel an accepted offer");
    view_text(form, NAME_FORM_TEXT,
              "The marketplace cancels it when everything below is here. You can send it "
              "incomplete and add the rest. We don’t email anybody.");
    view_text(form, NAME_CONFIRM_LABEL, "Request cancellation");
    view_text(view_section(form, NAME_BACK), NAME_CANCEL_HREF, href);
    fact_code(facts, "Private offer ID", offer->name, offer->id);
    fact_code(facts, "Customer billing account ID", "", offer->billing_account);
}

/* ---- Processing ----------------------------------------------------------------------------- */

static void
refund_view(struct exchange *x, struct view *view, const struct purchases *purchases)
{
    struct view *group = view_section(view, NAME_REFUND);
    const struct problem *problem = problem_at(x->problems, ANSWER_REFUNDS);

    view_text(group, NAME_REFUND_ID, ANSWER_REFUNDS);
    if (problem != NULL)
        view_text(view_section(group, NAME_ERROR), NAME_ERROR_TEXT, problem->message);
    if (purchases->count == 0)
        view_show(group, NAME_NONE);
    for (size_t i = 0; i < purchases->count; i++) {
        const struct purchase *purchase = &purchases->rows[i];

        part_tick(x, view_section(group, NAME_BOUGHT), NAME_BOUGHT_TICK,
                  arena_format(x->arena, ANSWER_REFUNDS "%s", purchase->id), NULL,
                  arena_format(x->arena, "%s, %s, bought %s, %s", purchase->product_name,
                               purchase->plan_name, day_show(x->arena, day_of(purchase->bought_at)),
                               purchase->id),
                  false);
    }
}

void
support_process_view(struct exchange *x, const struct support_request *request,
                     const struct purchases *purchases)
{
    const struct act act = exchange_act(x);
    const char *href = support_href(x, request->id, "");
    const char *const crumbs[][2] = {{SUPPORT_HEADING, support_href(x, "", "")},
                                     {"Support request", href}};
    struct view *view = show(x, PAGE_SUPPORT_PROCESS, "Cancel the offer");
    struct view *facts = part_facts(view, NAME_FACTS);

    head_crumbs(part_head(x, view, arena_format(x->arena, "Cancel “%s”?", request->offer_name)),
                crumbs, COUNT(crumbs), "Cancel the offer");
    part_summary(x, view, "");
    if (request->refund != REFUND_NEEDED || purchases->count > 0)
        view_show(view, NAME_CAN_SUBMIT);
    view_format(view, NAME_FORM_ACTION, "%s/process", href);
    part_rev(x, view, support_rev(&act, request));
    fact(facts, "Requested by", support_requester(request));
    fact(facts, "Refund needed", support_refund_words(request->refund));
    if (*request->purchases != '\0')
        fact(facts, "Purchase details", request->purchases);
    view_text(view, NAME_SENTENCE,
              "It leaves everybody’s lists at once, its link no longer works, and what is bought "
              "later is at list price. Virtual machines lose its price for the whole of this "
              "month. This can’t be undone. We don’t email anybody.");
    if (request->refund == REFUND_NEEDED)
        refund_view(x, view, purchases);
    view_text(view, NAME_CANCEL_HREF, href);
}
