/*
 * partner_view.c: the offer, its two forms, the link and the withdrawal, as the selling partner
 * sees them.
 *
 * Not here: what a partner may see (offer_view has blanked the rest) and may do (core/offer). An
 * action that the offer's state or the person's role refuses is not drawn.
 */
#include "pages/partner_view.h"

#include <string.h>

#include "actions/act.h"
#include "base/text.h"
#include "core/certificate.h"
#include "pages/ask_pages.h"
#include "pages/documents_view.h"
#include "pages/frame.h"
#include "pages/parts.h"
#include "pages/purchase_pages.h"
#include "pages/serve.h"
#include "pages/support_view.h"
#include "pages/version_pages.h"

#define OFFERS_HREF "/partner/offers"
#define NOT_KNOWN "–"

const char *
partner_href(const struct exchange *x, const struct offer *offer, const char *below)
{
    return arena_format(x->arena, "%s/%s%s", OFFERS_HREF, offer->id, below);
}

const char *
partner_closed_words(const struct exchange *x, const struct offer *offer)
{
    switch (offer_state_on(offer, x->today)) {
    case STATE_PENDING_PARTNER:
        return "The offer is Pending partner action: it isn’t with the customer, so there is no "
               "link to share and nothing to withdraw.";
    case STATE_TO_CUSTOMER:
        return "The offer is In Progress: it was submitted and is on its way to the customer. "
               "Until it is there, nobody can change or withdraw it.";
    case STATE_PENDING_ACCEPTANCE:
        return "The offer is Pending acceptance: the customer can accept it as it stands. To "
               "change it, withdraw it first.";
    case STATE_ACCEPTED:
        return arena_format(x->arena,
                            "The customer accepted the offer on %s. An accepted offer is a "
                            "contract: it can’t be changed or withdrawn.",
                            day_show(x->arena, offer->accepted_on));
    case STATE_EXPIRED:
        return arena_format(x->arena,
                            "The offer is Expired: it could be accepted through %s UTC. To change "
                            "it, withdraw it first.",
                            day_show(x->arena, offer->accept_by_on));
    case STATE_ENDED:
        return arena_format(x->arena, "The offer is Ended: its prices held through %s UTC.",
                            day_show(x->arena, offer->end_on));
    case STATE_DRAFT:
    case STATE_TO_PARTNER:
    case STATE_CANCELLED:
    case STATE_DELETED:
    case STATE_COUNT:
        break;
    }
    assert(false); /* the partner sees no offer in such a state */
    return "";
}

static bool
partner_may(const struct exchange *x, const struct offer *offer, enum offer_move move)
{
    return role_can(x->who.role, CAN_EDIT_OFFERS) &&
           offer_may(offer, move, PARTY_PARTNER, x->today);
}

/* Nobody could accept it any more: submitting it is refused (LAW D-4). */
static bool
too_late(const struct exchange *x, const struct offer *offer)
{
    return offer->accept_by_on.number < x->today.number;
}

/* "… by 15 Nov 2023 UTC, 30 days left". */
static const char *
accept_by_words(const struct exchange *x, const struct offer *offer)
{
    const char *left = days_left(x, offer->accept_by_on);

    if (too_late(x, offer))
        return arena_format(x->arena, "Accept by date was %s", utc(x, offer->accept_by_on));
    return arena_format(x->arena, "Customer must accept by %s%s%s", utc(x, offer->accept_by_on),
                        left == NULL ? "" : ", ", left == NULL ? "" : left);
}

/* The head of a page about the offer; here is NULL on the offer's own page. */
static struct view *
offer_head(struct exchange *x, struct view *view, const struct offer *offer, const char *heading,
           const char *here)
{
    const char *const crumbs[][2] = {
        {"Private offers", OFFERS_HREF},
        {offer->name, partner_href(x, offer, "")},
    };
    bool open = offer_state_on(offer, x->today) == STATE_PENDING_PARTNER ||
                offer_state_on(offer, x->today) == STATE_PENDING_ACCEPTANCE;
    const char *const metas[] = {
        arena_format(x->arena, "From %s", offer->isv_name),
        open ? accept_by_words(x, offer) : NULL,
    };
    struct view *head = part_head(x, view, heading);

    head_crumbs(head, crumbs, here == NULL ? 1 : 2, here == NULL ? offer->name : here);
    head_offer(x, head, offer, metas, COUNT(metas));
    return head;
}

static void
head_action(struct view **actions, struct view *head, enum name section, enum name href,
            const char *path)
{
    if (*actions == NULL)
        *actions = view_section(head, NAME_HEAD_ACTIONS);
    view_text(view_section(*actions, section), href, path);
}

static void
offer_actions(const struct exchange *x, struct view *head, const struct offer *offer)
{
    struct view *actions = NULL;

    if (partner_may(x, offer, MOVE_TAKE_BACK))
        head_action(&actions, head, NAME_CAN_WITHDRAW, NAME_WITHDRAW_HREF,
                    partner_href(x, offer, "/withdraw"));
    ask_buttons(x, &actions, head, offer);
    if (partner_may(x, offer, MOVE_PRICE))
        head_action(&actions, head, NAME_CAN_EDIT, NAME_EDIT_HREF,
                    partner_href(x, offer, "/setup"));
    if (partner_may(x, offer, MOVE_EXTEND) && !too_late(x, offer))
        head_action(&actions, head, NAME_CAN_SUBMIT, NAME_REVIEW_HREF,
                    partner_href(x, offer, "/review"));
    if (support_may_request(x, offer))
        head_action(&actions, head, NAME_CAN_REQUEST_CANCEL, NAME_REQUEST_CANCEL_HREF,
                    partner_href(x, offer, "/cancel"));
    if (offer_has_status(x, offer))
        head_action(&actions, head, NAME_CAN_STATUS, NAME_STATUS_HREF,
                    partner_href(x, offer, "/purchases"));
    if (offer_state_on(offer, x->today) == STATE_PENDING_ACCEPTANCE)
        head_action(&actions, head, NAME_CAN_SHARE, NAME_SHARE_HREF,
                    partner_href(x, offer, "/share"));
}

/* The lines of a failure as one. */
static const char *
in_one_line(struct arena *arena, const char *lines)
{
    const char *line = "";

    while (*lines != '\0') {
        size_t length = strcspn(lines, "\n");

        line = arena_format(arena, "%s%s%.*s.", line, *line == '\0' ? "" : " ", (int)length, lines);
        lines += length;
        if (*lines == '\n')
            lines++;
    }
    return line;
}

/* What the partner should know before or beside everything else. */
static void
offer_notices(struct exchange *x, struct view *view, const struct offer *offer)
{
    if (*offer->failure != '\0')
        part_notice(view, NAME_NOTICE, "bad", "alert", "The offer could not be published.",
                    in_one_line(x->arena, offer->failure));
    if (offer_state_on(offer, x->today) == STATE_PENDING_PARTNER && too_late(x, offer))
        part_notice(view, NAME_NOTICE, "warn", "clock", "The accept by date has passed.",
                    arena_format(x->arena,
                                 "It was %s. Ask %s to withdraw the offer, set a later date and "
                                 "submit it again.",
                                 utc(x, offer->accept_by_on), offer->isv_name));
}

/* LAW D-11, before the submit and after it. */
static void
tax_notice(struct exchange *x, struct view *view, bool submitted)
{
    static const char certificate[] =
        "resale certificate that counts: one that covers your headquarters state, hasn’t expired "
        "and was filed at least 5 business days before. The sale to you may be taxed.";
    const char *words = arena_format(x->arena, "Your account has no %s%s", certificate,
                                     x->settings.certificate_blocking
                                         ? " Until it has one, you can’t submit the offer."
                                         : " You can still submit the offer.");

    if (submitted)
        words = arena_format(x->arena, "When you submitted the offer, your account had no %s",
                             certificate);
    notice_link(
        part_notice(view, NAME_NOTICE, "warn", "shield", "Sales tax may be charged.", words),
        PARTNER_TAX_PATH, "Tax and certificates");
}

static void
customer_fact(struct view *facts, const struct offer *offer)
{
    fact_code(facts, *offer->customer_label == '\0' ? "Customer billing account ID" : "Customer",
              offer->customer_label, offer->billing_account);
}

static void
date_facts(struct exchange *x, struct view *facts, const struct offer *offer)
{
    if (offer->start_mode == START_IN_MONTH)
        fact_note(facts, "Prices start", utc(x, offer->start_on),
                  "The customer can see and accept the offer before");
    else if (day_is_none(offer_starts_on(offer)))
        fact(facts, "Prices start", "When the customer accepts");
    else
        fact(facts, "Prices start", utc(x, offer_starts_on(offer)));
    fact(facts, "Prices end", utc(x, offer->end_on));
    fact_note(facts, "Accept by", utc(x, offer->accept_by_on),
              offer_state_on(offer, x->today) == STATE_PENDING_ACCEPTANCE
                  ? days_left(x, offer->accept_by_on)
                  : NULL);
}

static void
contact_facts(struct view *facts, const struct offer *offer)
{
    fact_mail(facts, "Prepared by", offer->prepared_by);
    fact(facts, "Notification contacts",
         *offer->partner_contacts == '\0' ? NOT_KNOWN : offer->partner_contacts);
    fact(facts, "Sales note", *offer->partner_note == '\0' ? NOT_KNOWN : offer->partner_note);
}

/* A card of facts; change is NULL where nothing in it can be changed. */
static struct view *
group(struct view *view, const char *id, const char *heading, const char *change)
{
    struct view *card = view_section(view, NAME_GROUP);

    view_text(card, NAME_GROUP_ID, id);
    view_text(card, NAME_GROUP_HEADING, heading);
    if (change != NULL)
        view_text(view_section(card, NAME_CHANGE), NAME_CHANGE_HREF, change);
    return part_facts(card, NAME_GROUP_FACTS);
}

enum err
partner_offer_view(struct exchange *x, const struct offer *offer, bool taxable)
{
    struct view *view = show(x, PAGE_PARTNER_OFFER, offer->name);
    struct view *facts;

    offer_actions(x, offer_head(x, view, offer, offer->name, NULL), offer);
    offer_notices(x, view, offer);
    TRY(part_asks(x, view, offer));
    TRY(part_changes_since(x, view, offer));
    if (offer->state != STATE_CANCELLED)
        view_text(view_section(view, NAME_VERSIONS), NAME_VERSIONS_HREF,
                  partner_href(x, offer, "/versions"));
    if (taxable)
        tax_notice(x, view, !offer_may(offer, MOVE_PRICE, PARTY_PARTNER, x->today));
    facts = group(view, "h-customer", "Customer", NULL);
    customer_fact(facts, offer);
    if (*offer->description != '\0')
        fact(facts, "Description", offer->description);
    facts = group(view, "h-terms", "Customer terms", NULL);
    date_facts(x, facts, offer);
    contact_facts(group(view, "h-contacts", "Your contacts", NULL), offer);
    part_documents(x, view, offer, NULL);
    part_partner_prices(x, view, NAME_PRICES, offer);
    view_text(view, NAME_NEXT_STEP, next_step(x, offer));
    if (offer->state != STATE_CANCELLED) /* whose page is elsewhere, and has no choice of prices */
        (void)part_falls_card(x, view, offer, partner_href(x, offer, ""));
    return part_history(x, view, offer, NULL);
}

/* One sentence beside the buttons. */
static const char *
bar_words(const struct exchange *x, bool saved)
{
    size_t count = x->problems->count;

    if (count > 0)
        return arena_format(x->arena, "%s; %zu %s to fix before you continue",
                            saved ? "Draft saved" : "Not saved", count,
                            count == 1 ? "problem" : "problems");
    if (form_came_back(x) && !saved)
        return "Not saved yet";
    if (text_equal(queried(x, "done"), "saved")) /* the flash may be out of sight */
        return "Draft saved; nothing reaches the customer until you submit";
    return "Nothing reaches the customer until you submit";
}

static void
setup_fields(struct exchange *x, struct view *view, const struct offer *offer)
{
    static const struct field_look prepared_by = {
        .hint = "The email address your customer can write to; it stands on the offer"};
    static const struct field_look contacts = {
        .hint = "Colleagues concerned with this offer: up to 5 email addresses, one per line. Only "
                "your company sees them",
        .optional = true};
    static const struct field_look note = {
        .hint = "For your own records; no personal data", .optional = true, .count = true};

    part_field(x, view, NAME_FIELD_PREPARED_BY, offer, FIELD_PREPARED_BY, &prepared_by);
    part_field(x, view, NAME_FIELD_PARTNER_CONTACTS, offer, FIELD_PARTNER_CONTACTS, &contacts);
    part_field(x, view, NAME_FIELD_PARTNER_NOTE, offer, FIELD_PARTNER_NOTE, &note);
}

enum err
partner_setup_view(struct exchange *x, const struct partner_form *form)
{
    const struct offer *offer = form->offer;
    struct view *view = show(x, PAGE_PARTNER_SETUP, offer->name);
    struct view *facts;

    (void)offer_head(x, view, offer, offer->name, "Offer setup");
    part_steps(view, false);
    offer_notices(x, view, offer);
    if (form->taxable)
        tax_notice(x, view, false);
    part_not_saved(x, view);
    part_summary(x, view, "");
    view_text(view, NAME_FORM_ACTION, partner_href(x, offer, "/setup"));
    view_text(view, NAME_REV, form->rev);
    view_text(view, NAME_ISV_NAME, offer->isv_name);
    view_text(view, NAME_SEND_BACK_HREF, partner_href(x, offer, "/send-back"));
    TRY(part_changes_since(x, view, offer));
    facts = part_facts(view, NAME_FACTS);
    customer_fact(facts, offer);
    date_facts(x, facts, offer);
    if (*offer->description != '\0')
        fact(facts, "Description", offer->description);
    partner_rows(x, view, offer);
    part_documents_form(x, view, offer, PARTY_PARTNER);
    setup_fields(x, view, offer);
    part_falls(x, view, offer);
    view_text(view, NAME_CANCEL_HREF, partner_href(x, offer, ""));
    view_text(view, NAME_BAR_NOTE, bar_words(x, form->saved));
    return part_history(x, view, offer, next_step(x, offer));
}

/* What the row comes to: the net discount of a discounted one, the price of an absolute one. */
static void
review_estimate(struct exchange *x, struct view *view, const struct offer_row *row)
{
    struct rate net;
    const char *words = NOT_KNOWN;

    if (row->price_type == PRICE_ABSOLUTE) {
        view_show(view, NAME_CALCULATED);
        return;
    }
    if (row->has_discount && row->has_adjustment &&
        rate_net_discount(row->discount, row->adjustment, &net) == OK) {
        if (net.e8 < 0)
            words = arena_format(x->arena, "none, %s%% above list",
                                 rate_show2(x->arena, (struct rate){-net.e8}));
        else
            words = arena_format(x->arena, "%s%%", rate_show2(x->arena, net));
    }
    view_text(view_section(view, NAME_NET_DISCOUNT), NAME_NET_DISCOUNT_TEXT, words);
}

static void
review_rows(struct exchange *x, struct view *view, const struct offer *offer)
{
    for (size_t i = 0; i < offer->row_count; i++) {
        const struct offer_row *row = &offer->rows[i];
        struct view *part = view_section(view, NAME_ROW);

        row_texts(part, row);
        view_text(part, NAME_ROW_PRICING, pricing_words(x->arena, row));
        partner_adjustment(x, part, row);
        review_estimate(x, part, row);
        for (size_t k = 0; k < prices_shown(row); k++) {
            const struct row_price *price = &row->prices[k];
            struct view *point = view_section(part, NAME_POINT);

            point_texts(point, row, price, COLUMN_CUSTOMER);
            warning_texts(point, row, price);
        }
        more_texts(part, row, "");
        row_total_texts(part, offer, row, COLUMN_CUSTOMER);
    }
    offer_total_texts(view, offer, COLUMN_CUSTOMER);
}

/* Problems of fields that stand on the other page lead there. */
static void
review_links(struct exchange *x, const char *setup)
{
    for (size_t i = 0; i < x->problems->count; i++) {
        struct problem *problem = &x->problems->list[i];

        if (problem->offer == NULL && !text_starts(problem->at, fields[FIELD_ADJUSTMENT].name) &&
            !text_equal(problem->at, "account") && !text_equal(problem->at, AT_CERTIFICATE))
            problem->href = arena_format(x->arena, "%s#%s", setup, problem->at);
    }
}

void
partner_review_view(struct exchange *x, const struct partner_form *form)
{
    const struct offer *offer = form->offer;
    const char *setup = partner_href(x, offer, "/setup");
    const char *review = partner_href(x, offer, "/review");
    struct view *view = show(x, PAGE_PARTNER_REVIEW, "Review and submit");
    struct view *facts;

    (void)offer_head(x, view, offer, "Review and submit", "Review and submit");
    part_steps(view, true);
    offer_notices(x, view, offer);
    if (form->taxable)
        tax_notice(x, view, false);
    part_not_saved(x, view);
    review_links(x, setup);
    part_summary(x, view, form->refused ? "" : review);
    view_text(view, NAME_FORM_ACTION, review);
    view_text(view, NAME_REV, form->rev);
    review_rows(x, view, offer);
    facts = group(view, "h-terms", "Customer and terms", NULL);
    customer_fact(facts, offer);
    date_facts(x, facts, offer);
    contact_facts(
        group(view, "h-contacts", "Your contacts", arena_format(x->arena, "%s#s-contacts", setup)),
        offer);
    part_documents(x, view, offer, arena_format(x->arena, "%s#s-documents", setup));
    if (partner_may(x, offer, MOVE_EXTEND))
        view_show(view, NAME_CAN_SUBMIT);
    view_text(view, NAME_EDIT_HREF, setup);
}

static void
ahead(struct view *part, const char *style, const char *title, const char *words)
{
    struct view *step = view_section(part, NAME_AHEAD);

    view_text(step, NAME_AHEAD_STYLE, style);
    view_text(step, NAME_AHEAD_TITLE, title);
    view_text(step, NAME_AHEAD_TEXT, words);
}

void
partner_share_view(struct exchange *x, const struct offer *offer, const struct link *link)
{
    struct view *view = show(x, PAGE_SHARE, "Share the offer");
    struct view *next;
    struct view *facts;

    (void)offer_head(x, view, offer, "Share the offer", "Share");
    if (offer->taxable)
        tax_notice(x, view, true);
    if (link != NULL) {
        view_format(view_section(view, NAME_READY), NAME_LINK_URL, "%s/accept/%s",
                    x->service->public_address, link->token);
    } else {
        struct view *waiting = view_section(view, NAME_NOT_READY);

        view_text(waiting, NAME_NOT_READY_TEXT,
                  "The offer is on its way to the customer. This takes up to 15 minutes, mostly "
                  "seconds.");
        view_text(waiting, NAME_SHARE_HREF, partner_href(x, offer, "/share"));
    }
    facts = part_facts(view, NAME_FACTS);
    fact(facts, "Offer", offer->name);
    date_facts(x, facts, offer);
    fact_mail(facts, "Prepared by", offer->prepared_by);
    next = view_part(view, NAME_WHAT_NEXT, PAGE_PART_WHAT_NEXT);
    ahead(next, "partner", "You send the link",
          "Only people of the organisation behind the billing account can open it");
    ahead(next, "next", "The customer accepts",
          arena_format(x->arena, "Through %s", utc(x, offer->accept_by_on)));
    ahead(next, "next", "The customer purchases each product", "Accepting alone starts no billing");
    view_text(view, NAME_OFFER_HREF, partner_href(x, offer, ""));
}

void
partner_withdraw_view(struct exchange *x, const struct offer *offer)
{
    struct view *view = show(x, PAGE_CONFIRM, arena_format(x->arena, "Withdraw “%s”", offer->name));
    bool expired = offer_state_on(offer, x->today) == STATE_EXPIRED;

    (void)offer_head(x, view, offer, arena_format(x->arena, "Withdraw “%s”?", offer->name),
                     "Withdraw");
    view_text(view, NAME_FORM_ACTION, partner_href(x, offer, "/withdraw"));
    view_text(view, NAME_REV, offer_rev(x->arena, offer, PARTY_PARTNER));
    view_format(view, NAME_SENTENCE,
                "The offer goes back to Pending partner action, and %s The acceptance link stops "
                "working for good; submitting again makes a new one. Your adjustments, documents, "
                "contacts and note are kept. We don’t email the customer.",
                expired ? "the customer no longer sees it."
                        : "the customer loses access to it at once.");
    customer_fact(part_facts(view, NAME_FACTS), offer);
    view_text(view_section(view, NAME_DANGER), NAME_CONFIRM_LABEL, "Request withdraw");
    view_text(view, NAME_CANCEL_HREF, partner_href(x, offer, ""));
    view_text(view, NAME_CANCEL_LABEL, "Keep it");
}
