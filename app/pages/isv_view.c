/*
 * isv_view.c: the ISV's pages of one offer but for its setup form: new, detail, review, picking
 * plans, configuring a price, confirming.
 *
 * Not here: the setup form (pages/isv_setup_view.c). Invariant: a button is drawn only for a move
 * the law's table permits today.
 */
#include "pages/isv_view.h"

#include "actions/isv.h"
#include "base/text.h"
#include "core/copy.h"
#include "pages/ask_pages.h"
#include "pages/documents_view.h"
#include "pages/isv_copy_pages.h"
#include "pages/isv_export.h"
#include "pages/lists.h"
#include "pages/parts.h"
#include "pages/purchase_pages.h"
#include "pages/serve.h"
#include "pages/support_view.h"
#include "pages/version_pages.h"
#include "store/accounts.h"

#define OFFERS_HREF "/isv/offers"

const char *
isv_href(const struct exchange *x, const struct offer *offer, const char *rest)
{
    return arena_format(x->arena, OFFERS_HREF "/%s%s", offer->id, rest);
}

/* Keeps: the page of that row's own prices. */
static const char *
isv_price_href(const struct exchange *x, const struct offer *offer, int row)
{
    return isv_href(x, offer, arena_format(x->arena, "/products/%d/price", row));
}

static bool
isv_may(const struct exchange *x, const struct offer *offer, enum offer_move move)
{
    return role_can(x->who.role, CAN_EDIT_OFFERS) && offer_may(offer, move, PARTY_ISV, x->today);
}

struct view *
isv_head(struct exchange *x, struct view *view, const struct offer *offer, const char *here,
         const char *const metas[], size_t count)
{
    bool own = text_equal(here, offer->name);
    const char *const crumbs[][2] = {
        {"Private offers", OFFERS_HREF},
        {offer->name, isv_href(x, offer, "")},
    };
    struct view *head = part_head(x, view, here);

    head_crumbs(head, crumbs, own ? 1 : 2, here);
    head_offer(x, head, offer, metas, count);
    return head;
}

const char *
isv_closed_words(const struct exchange *x, const struct offer *offer, enum offer_move move)
{
    enum offer_state state = offer_state_on(offer, x->today);
    const char *only = "Only a draft can be edited and submitted.";
    const char *then = "";

    if (move == MOVE_WITHDRAW)
        only = "It can be withdrawn only while it is Pending partner action.";
    else if (move == MOVE_DELETE)
        only = "Only a draft can be deleted.";
    if (move != MOVE_WITHDRAW && isv_may(x, offer, MOVE_WITHDRAW))
        then = " Withdraw it first.";
    else if (state == STATE_PENDING_ACCEPTANCE || state == STATE_EXPIRED)
        then = arena_format(x->arena, " Ask %s to withdraw it first; then you can too.",
                            offer->partner_name);
    return arena_format(x->arena, "“%s” is %s. %s%s", offer->name, state_words(state), only, then);
}

enum err
isv_changes_parts(struct exchange *x, const struct offer *offer)
{
    if (*offer->upgraded_from == '\0')
        return OK;
    x->closed_reason =
        arena_format(x->arena,
                     "“%s” upgrades an accepted offer, so its customer, selling partner and "
                     "products stay. Clone that offer to change them.",
                     offer->name);
    return ERR_CLOSED;
}

enum err
isv_answers_load(struct exchange *x, const struct offer *offer, struct isv_answers *answers)
{
    struct billing_account account;
    struct publisher partner;
    enum err outcome;

    *answers = (struct isv_answers){0};
    if (*offer->billing_account != '\0') {
        outcome = billing_account_find(x->db, x->arena, offer->billing_account, &account);
        if (outcome != OK && outcome != ERR_ABSENT)
            return outcome;
        answers->account_eligible = account_refusal(outcome == OK ? &account : NULL) == NULL;
    }
    if (*offer->partner != '\0') {
        outcome = publisher_by_id(x->db, x->arena, offer->partner, &partner);
        if (outcome != OK && outcome != ERR_ABSENT)
            return outcome;
        answers->partner_refusal = partner_refusal(outcome == OK ? &partner : NULL, offer->isv);
    }
    return OK;
}

const char *
isv_share_text(const struct exchange *x, const struct offer *offer)
{
    return arena_format(x->arena,
                        "%s has made you a private offer in Tripact.\n"
                        "Offer: %s\n"
                        "Offer ID: %s\n"
                        "Find it under Private offers: %s/partner/offers",
                        offer->isv_name, offer->name, offer->id, x->service->public_address);
}

/* The three options, in the order of their enum. */
static const struct {
    const char *words;
    const char *hint;
} types[OFFER_TYPE_COUNT] = {
    [OFFER_EXISTING_PLANS] = {"Customize pricing for existing offers",
                              "A discount or an absolute price on your public plans: SaaS, Azure "
                              "applications and virtual machines"},
    [OFFER_NEW_PLANS] = {"Customize pricing, metering quantities, and user limits for SaaS offers",
                         "New SaaS plans for this customer, each made from a public plan of yours"},
    [OFFER_RESERVATIONS] = {"Customize pricing and specific quantities for VM software "
                            "reservation offers",
                            "Reservations of your virtual machine software for 1 or 3 years"},
};

const char *
isv_type_words(enum offer_type type)
{
    assert(type < OFFER_TYPE_COUNT);
    return types[type].words;
}

void
isv_new_fields(struct exchange *x, struct view *view)
{
    static const struct field_look name = {
        .hint = "Everyone in the deal sees it. Not allowed: ! < > ^ [ ] @ # % /",
        .count = true,
    };
    struct choice choices[OFFER_TYPE_COUNT];

    for (int i = 0; i < OFFER_TYPE_COUNT; i++)
        choices[i] =
            (struct choice){offer_type_text((enum offer_type)i), types[i].words, types[i].hint};
    part_text(x, view, NAME_FIELD_NAME, fields[FIELD_NAME].name, fields[FIELD_NAME].label, "text",
              "", &name);
    part_choice(x, view, NAME_FIELD_PRICING_TYPE, ANSWER_PRICING, "Type of private offer", choices,
                COUNT(choices), "");
}

void
isv_new_view(struct exchange *x)
{
    static const char *const crumbs[][2] = {{"Private offers", OFFERS_HREF}};
    struct view *view = show(x, PAGE_OFFER_NEW, "New private offer");

    head_crumbs(part_head(x, view, "New private offer"), crumbs, COUNT(crumbs),
                "New private offer");
    part_not_saved(x, view);
    part_summary(x, view, "");
    view_text(view, NAME_FORM_ACTION, OFFERS_HREF "/new");
    view_text(view, NAME_CANCEL_HREF, OFFERS_HREF);
    isv_new_fields(x, view);
}

static const char *
or_dash(const char *text)
{
    return *text == '\0' ? "–" : text;
}

static void
customer_facts(struct exchange *x, struct view *facts, const struct offer *offer,
               const struct isv_answers *answers)
{
    const char *account = offer->billing_account;

    (void)x;
    if (*account == '\0')
        fact(facts, "Customer billing account ID", "–");
    else
        fact_code(facts, "Customer billing account ID", "", account);
    if (answers != NULL && *account != '\0')
        fact(facts, "Eligibility", answers->account_eligible ? "Eligible" : "Not eligible");
    fact(facts, "Customer label", or_dash(offer->customer_label));
    fact(facts, "Description", or_dash(offer->description));
}

static void
partner_facts(struct view *facts, const struct offer *offer, const struct isv_answers *answers)
{
    fact(facts, "Name", or_dash(offer->partner_name));
    fact(facts, "Seller ID", or_dash(offer->partner));
    if (answers != NULL && *offer->partner != '\0')
        fact(facts, "Eligibility", answers->partner_refusal == NULL ? "Eligible" : "Not eligible");
}

static void
terms_facts(struct exchange *x, struct view *facts, const struct offer *offer)
{
    const char *end = day_show(x->arena, offer->end_on);
    const char *accept_by = day_show(x->arena, offer->accept_by_on);

    fact(facts, "Customer start date", start_words(x, offer));
    fact(facts, "Customer end date", *end == '\0' ? "–" : arena_format(x->arena, "%s UTC", end));
    fact_note(facts, "Customer accept by date",
              *accept_by == '\0' ? "–" : arena_format(x->arena, "%s UTC", accept_by),
              offer_state_on(offer, x->today) == STATE_ACCEPTED
                  ? NULL
                  : days_left(x, offer->accept_by_on));
}

static void
notes_facts(struct view *facts, const struct offer *offer)
{
    fact(facts, "Notification contacts", or_dash(offer->contacts));
    fact(facts, "Sales note", or_dash(offer->sales_note));
}

/* A card of facts; anchor is the section of the setup form it can be changed in, NULL when it
 * cannot. */
static struct view *
group_add(struct exchange *x, struct view *view, const struct offer *offer, const char *id,
          const char *heading, const char *anchor)
{
    struct view *group = view_section(view, NAME_GROUP);

    view_text(group, NAME_GROUP_ID, id);
    view_text(group, NAME_GROUP_HEADING, heading);
    if (anchor != NULL)
        view_text(group, NAME_CHANGE_HREF,
                  isv_href(x, offer, arena_format(x->arena, "/setup#%s", anchor)));
    return part_facts(group, NAME_GROUP_FACTS);
}

/* What the ISV entered, as cards; with Change links and eligibility on the review (answers). */
static void
groups_view(struct exchange *x, struct view *view, const struct offer *offer,
            const struct isv_answers *answers)
{
    bool change = answers != NULL;

    customer_facts(x,
                   group_add(x, view, offer, "g-customer", "Customer information",
                             change ? "s-customer" : NULL),
                   offer, answers);
    partner_facts(
        group_add(x, view, offer, "g-partner", "Selling partner", change ? "s-partner" : NULL),
        offer, answers);
    terms_facts(x,
                group_add(x, view, offer, "g-terms", "Customer terms", change ? "s-terms" : NULL),
                offer);
    notes_facts(
        group_add(x, view, offer, "g-contacts", "Contacts and note", change ? "s-contacts" : NULL),
        offer);
}

/* Where a row's price is changed: a discount beside the row, all else in the row's own form. */
static const char *
price_change_href(const struct exchange *x, const struct offer *offer, const struct offer_row *row)
{
    if (row->price_type == PRICE_DISCOUNT)
        return isv_href(x, offer,
                        arena_format(x->arena, "/setup#%s",
                                     field_row_name(x->arena, FIELD_DISCOUNT, row->number)));
    return isv_price_href(x, offer, row->number);
}

static void
prices_view(struct exchange *x, struct view *view, const struct offer *offer, bool change)
{
    if (offer->row_count == 0)
        view_show(view, NAME_NO_ROWS);
    else
        part_isv_prices(x, view, NAME_PRICES, offer, change ? price_change_href : NULL);
    isv_export_link(x, view, offer);
}

/* The buttons of the head, each only when its move is open. */
static void
head_moves(struct exchange *x, struct view *head, const struct offer *offer)
{
    static const struct {
        enum offer_move move;
        enum name section;
        enum name href;
        const char *rest;
    } buttons[] = {
        {MOVE_DELETE, NAME_CAN_DELETE, NAME_DELETE_HREF, "/delete"},
        {MOVE_WITHDRAW, NAME_CAN_WITHDRAW, NAME_WITHDRAW_HREF, "/withdraw"},
        {MOVE_EDIT, NAME_CAN_EDIT, NAME_EDIT_HREF, "/setup"},
        {MOVE_SUBMIT, NAME_CAN_SUBMIT, NAME_REVIEW_HREF, "/review"},
    };
    static const struct {
        enum offer_copy copy;
        enum name section;
        enum name href;
        const char *rest;
    } copies[] = {
        {COPY_CLONE, NAME_CAN_CLONE, NAME_CLONE_HREF, "/clone"},
        {COPY_UPGRADE, NAME_CAN_UPGRADE, NAME_UPGRADE_HREF, "/upgrade"},
    };
    struct view *actions = view_section(head, NAME_HEAD_ACTIONS);

    for (size_t i = 0; i < COUNT(buttons); i++) {
        if (isv_may(x, offer, buttons[i].move))
            view_text(view_section(actions, buttons[i].section), buttons[i].href,
                      isv_href(x, offer, buttons[i].rest));
    }
    ask_buttons(x, &actions, head, offer);
    for (size_t i = 0; i < COUNT(copies); i++) {
        if (role_can(x->who.role, CAN_EDIT_OFFERS) &&
            offer_may_copy(offer, copies[i].copy, PARTY_ISV, x->today))
            view_text(view_section(actions, copies[i].section), copies[i].href,
                      isv_href(x, offer, copies[i].rest));
    }
    if (!offer_has_status(x, offer))
        return;
    if (support_may_request(x, offer))
        view_text(view_section(actions, NAME_CAN_REQUEST_CANCEL), NAME_REQUEST_CANCEL_HREF,
                  isv_href(x, offer, "/cancel"));
    view_text(view_section(actions, NAME_CAN_STATUS), NAME_STATUS_HREF,
              isv_href(x, offer, "/purchases"));
}

/* What is out of the ordinary about the offer today. */
static void
offer_notice(struct exchange *x, struct view *view, const struct offer *offer)
{
    enum offer_state state = offer_state_on(offer, x->today);

    if (state == STATE_DRAFT && *offer->failure != '\0')
        part_notice(view, NAME_NOTICE, "bad", "alert", "The offer could not be published.",
                    offer->failure);
    else if (state == STATE_PENDING_PARTNER && offer->accept_by_on.number < x->today.number)
        part_notice(view, NAME_NOTICE, "warn", "clock", "The accept by date has passed.",
                    "Your partner can no longer extend this offer. Withdraw it, set a later date "
                    "and submit it again.");
    else if (state == STATE_PENDING_ACCEPTANCE && offer->seller_ask == ASK_NONE)
        part_notice(view, NAME_NOTICE, "info", "info", "To change this offer,",
                    arena_format(x->arena,
                                 "ask %s to withdraw it first. Then you can withdraw it, edit it "
                                 "and submit it again.",
                                 offer->partner_name));
}

enum err
isv_offer_show(struct exchange *x, const struct offer *offer)
{
    enum offer_state state = offer_state_on(offer, x->today);
    const char *next = next_step(x, offer);
    const char *const metas[] = {
        isv_type_words(offer->type),
        *offer->partner_name == '\0' ? NULL
                                     : arena_format(x->arena, "With %s", offer->partner_name),
        arena_format(x->arena, "Changed %s", instant_show(x->arena, offer->isv_changed_at)),
    };
    struct view *view = show(x, PAGE_ISV_OFFER, offer->name);
    struct view *head = isv_head(x, view, offer, offer->name, metas, COUNT(metas));

    head_moves(x, head, offer);
    offer_notice(x, view, offer);
    TRY(part_asks(x, view, offer));
    TRY(part_changes_since(x, view, offer));
    if (offer->submitted_at != 0 && state != STATE_CANCELLED)
        view_text(view_section(view, NAME_VERSIONS), NAME_VERSIONS_HREF,
                  isv_href(x, offer, "/versions"));
    groups_view(x, view, offer, NULL);
    TRY(part_origin(x, view, offer));
    part_documents(x, view, offer, NULL);
    prices_view(x, view, offer, false);
    view_text(view, NAME_NEXT_STEP, next);
    if (offer->accept_by_on.number >= x->today.number &&
        (state == STATE_TO_PARTNER || state == STATE_PENDING_PARTNER))
        view_text(view_section(view, NAME_SHARE), NAME_SHARE_TEXT, isv_share_text(x, offer));
    return part_history(x, view, offer, NULL);
}

/* The form that submits, or why there is none. */
static void
submit_view(struct exchange *x, struct view *view, const struct offer *offer)
{
    struct view *form;

    if (x->problems->count > 0 || !isv_may(x, offer, MOVE_SUBMIT)) {
        view_show(view, NAME_CANNOT_SUBMIT);
        return;
    }
    form = view_section(view, NAME_CAN_SUBMIT);
    view_text(form, NAME_FORM_ACTION, isv_href(x, offer, "/submit"));
    view_text(form, NAME_REV, offer_rev(x->arena, offer, PARTY_ISV));
}

/* What is wrong with a row's own prices is mended in its own form. */
static void
review_links(struct exchange *x, const struct offer *offer)
{
    for (size_t i = 0; i < x->problems->count; i++) {
        struct problem *problem = &x->problems->list[i];

        if (problem->row != 0)
            problem->href = isv_price_href(x, offer, problem->row);
    }
}

enum err
isv_review_show(struct exchange *x, const struct offer *offer)
{
    const char *const metas[] = {offer->name};
    struct view *view = show(x, PAGE_ISV_REVIEW, "Review and submit");
    struct isv_answers answers;

    isv_head(x, view, offer, "Review and submit", metas, COUNT(metas));
    part_steps(view, true);
    review_links(x, offer);
    part_summary(x, view, isv_href(x, offer, "/setup"));
    TRY(part_changes_since(x, view, offer));
    TRY(isv_answers_load(x, offer, &answers));
    groups_view(x, view, offer, &answers);
    part_documents(x, view, offer, isv_href(x, offer, "/setup#s-documents"));
    view_text(view, NAME_PRODUCTS_HREF, isv_href(x, offer, "/setup#s-products"));
    prices_view(x, view, offer, true);
    if (part_falls_card(x, view, offer, isv_href(x, offer, "/review")))
        view_show(view, NAME_HAS_FALLS);
    view_text(view, NAME_PREVIEW_PARTNER_HREF, isv_href(x, offer, "/preview/partner"));
    view_text(view, NAME_PREVIEW_CUSTOMER_HREF, isv_href(x, offer, "/preview/customer"));
    view_text(view, NAME_EDIT_HREF, isv_href(x, offer, "/setup"));
    submit_view(x, view, offer);
    return OK;
}

static void
confirm_facts(struct exchange *x, struct view *view, const struct offer *offer)
{
    struct view *facts = part_facts(view, NAME_FACTS);

    fact(facts, "Customer", customer_words(offer->customer_label, offer->billing_account));
    fact(facts, "Selling partner", or_dash(offer->partner_name));
    fact(facts, "Products", products_words(x->arena, offer->row_count));
}

void
isv_withdraw_view(struct exchange *x, const struct offer *offer)
{
    struct view *view = show(x, PAGE_CONFIRM, "Withdraw");

    isv_head(x, view, offer, arena_format(x->arena, "Withdraw “%s”?", offer->name), NULL, 0);
    view_text(view, NAME_FORM_ACTION, isv_href(x, offer, "/withdraw"));
    view_text(view, NAME_REV, offer_rev(x->arena, offer, PARTY_ISV));
    view_format(view, NAME_SENTENCE,
                "It goes back to Draft and %s loses access to it at once. You can edit it and "
                "submit it again. We don’t email anybody.",
                offer->partner_name);
    confirm_facts(x, view, offer);
    view_text(view_section(view, NAME_NORMAL), NAME_CONFIRM_LABEL, "Request withdraw");
    view_text(view, NAME_CANCEL_HREF, isv_href(x, offer, ""));
    view_text(view, NAME_CANCEL_LABEL, "Keep it with the partner");
}

void
isv_delete_view(struct exchange *x, const struct offer *offer)
{
    struct view *view = show(x, PAGE_CONFIRM, "Delete");

    isv_head(x, view, offer, arena_format(x->arena, "Delete “%s”?", offer->name), NULL, 0);
    view_text(view, NAME_FORM_ACTION, isv_href(x, offer, "/delete"));
    view_text(view, NAME_REV, offer_rev(x->arena, offer, PARTY_ISV));
    view_text(view, NAME_SENTENCE, "The draft and its prices are removed for good.");
    confirm_facts(x, view, offer);
    view_text(view_section(view, NAME_DANGER), NAME_CONFIRM_LABEL, "Confirm");
    view_text(view, NAME_CANCEL_HREF, isv_href(x, offer, ""));
    view_text(view, NAME_CANCEL_LABEL, "Keep the draft");
}
