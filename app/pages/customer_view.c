/*
 * customer_view.c: the list of offers, one offer with its acceptance, and the confirmation, as the
 * customer sees them.
 *
 * Not here: what a customer may see (offer_view has blanked the rest). Invariant: no wholesale
 * figure is read in this file; the form to accept is drawn only for somebody who may.
 */
#include "pages/customer_view.h"

#include "base/text.h"
#include "pages/ask_pages.h"
#include "pages/customer_purchase_view.h"
#include "pages/documents_view.h"
#include "core/terms.h"
#include "pages/parts.h"

#define OFFERS_HREF "/customer/offers"
#define BILLING_HREF "/customer/billing"
#define BILLING_PREFIX "billing account "

static bool
begins_later(const struct exchange *x, const struct offer *offer)
{
    return offer->start_mode == START_IN_MONTH && offer->start_on.number > x->today.number;
}

static bool
sells(const struct offer *offer, enum product_type type)
{
    for (size_t i = 0; i < offer->row_count; i++) {
        if (offer->rows[i].plan->type == type)
            return true;
    }
    return false;
}

const char *
customer_record_href(const struct exchange *x, const struct offer *offer)
{
    return arena_format(x->arena, "%s/%s/print", OFFERS_HREF, offer->id);
}

/* "owner", "enterprise administrator": a role in a sentence that speaks of the billing account. */
static const char *
role_in_sentence(struct arena *arena, enum billing_role role)
{
    const char *words = text_fold(arena, billing_role_words(role));

    return text_starts(words, BILLING_PREFIX) ? words + sizeof(BILLING_PREFIX) - 1 : words;
}

/* "Orla Finch on 16 Oct 2023, 12:31 UTC". */
static const char *
accepted_words(const struct exchange *x, const struct acceptance *acceptance)
{
    return arena_format(x->arena, "%s on %s", acceptance->person_name,
                        instant_show(x->arena, acceptance->at));
}

const char *
customer_closed_words(const struct exchange *x, const struct offer *offer,
                      const struct acceptance *acceptance)
{
    switch (offer_state_on(offer, x->today)) {
    case STATE_ACCEPTED:
        if (acceptance != NULL)
            return arena_format(x->arena,
                                "The offer was accepted already, by %s. The reference is %s.",
                                accepted_words(x, acceptance), acceptance->reference);
        return "The offer was accepted already.";
    case STATE_EXPIRED:
        return arena_format(x->arena, "The offer expired: it could be accepted through %s.",
                            utc(x, offer->accept_by_on));
    case STATE_ENDED:
        if (acceptance != NULL)
            return arena_format(x->arena,
                                "The offer was accepted by %s and has ended: its prices held "
                                "through %s. The reference is %s.",
                                accepted_words(x, acceptance), utc(x, offer->end_on),
                                acceptance->reference);
        return "The offer has ended.";
    case STATE_PENDING_ACCEPTANCE:
        return "The offer is waiting to be accepted.";
    case STATE_DRAFT:
    case STATE_TO_PARTNER:
    case STATE_PENDING_PARTNER:
    case STATE_TO_CUSTOMER:
    case STATE_CANCELLED:
    case STATE_DELETED:
    case STATE_COUNT:
        break;
    }
    assert(false); /* the customer sees no offer in such a state */
    return "";
}

static void
list_row(struct exchange *x, struct view *table, const struct offer_line *line)
{
    struct view *row = view_section(table, NAME_ROW);
    const char *left = days_left(x, line->offer.accept_by_on);

    view_format(row, NAME_ROW_HREF, "%s/%s", OFFERS_HREF, line->id);
    view_text(row, NAME_ROW_NAME, line->name);
    view_text(row, NAME_ROW_ID, line->id);
    view_text(row, NAME_ROW_SELLER, line->partner_name);
    view_text(row, NAME_ROW_PUBLISHER, line->isv_name);
    part_status(x, row, NAME_ROW_BADGE, &line->offer);
    view_text(row, NAME_ROW_PRODUCTS, products_words(x->arena, (size_t)line->row_count));
    view_text(row, NAME_ROW_ACCEPT_BY, day_show(x->arena, line->offer.accept_by_on));
    if (left != NULL && offer_state_on(&line->offer, x->today) == STATE_PENDING_ACCEPTANCE)
        view_text(view_section(row, NAME_ROW_DUE), NAME_ROW_DUE_TEXT, left);
    view_text(row, NAME_ROW_END, day_show(x->arena, line->offer.end_on));
}

static void
list_table(struct exchange *x, struct view *view, const struct offer_list *list)
{
    static const struct list_column columns[] = {
        {{{"Offer", SORT_NAME}}},        {{{"Sold by", SORT_COUNT}}},
        {{{"Software by", SORT_COUNT}}}, {{{"Status", SORT_STATUS}}},
        {{{"Products", SORT_COUNT}}},    {{{"Accept by", SORT_ACCEPT_BY}}},
        {{{"Prices end", SORT_END}}},
    };
    struct view *found;

    list_chips(x, view, list);
    list_keep(x, view, list);
    view_text(view, NAME_SEARCH_HINT, "Offer or ID");
    if (list->page.count == 0) {
        view_text(view_section(view, NAME_NOT_FOUND), NAME_NOT_FOUND_TEXT, list_nothing(x, list));
        return;
    }
    found = view_section(view, NAME_FOUND);
    view_format(found, NAME_CAPTION, "Private offers, %s, %s",
                list_status_words(list->query.status), list_range(x, list));
    list_columns(x, found, list, columns, COUNT(columns));
    for (size_t i = 0; i < list->page.count; i++)
        list_row(x, found, &list->page.rows[i]);
    list_pager(x, found, list);
}

/* What needs somebody of the organisation. */
static void
home_notices(struct exchange *x, struct view *view, const struct customer_home *home)
{
    int64_t offers = home->list.counts[LIST_PENDING_ACCEPTANCE];
    size_t purchases = home->waiting.count;
    struct view *notice;

    if (home->next.count > 0) {
        const struct offer_line *next = &home->next.rows[0];

        notice =
            part_notice(view, NAME_NOTICE, "info", "clock",
                        offers == 1 ? "1 offer waits to be accepted."
                                    : arena_format(x->arena, "%s offers wait to be accepted.",
                                                   list_count_words(x->arena, offers)),
                        arena_format(x->arena, "%s by %s:", offers == 1 ? "Accept it" : "The first",
                                     utc(x, next->offer.accept_by_on)));
        notice_link(notice, arena_format(x->arena, "%s/%s", OFFERS_HREF, next->id), next->name);
    }
    if (purchases > 0) {
        notice = part_notice(view, NAME_NOTICE, "info", "cart",
                             purchases == 1
                                 ? "1 purchase needs you."
                                 : arena_format(x->arena, "%zu purchases need you.", purchases),
                             arena_format(x->arena, "%s through %s.",
                                          purchases == 1 ? "It waits" : "The first waits",
                                          utc(x, purchase_clock_on(&home->waiting.rows[0]))));
        notice_link(notice, "/customer/purchases", "Purchases");
    }
}

void
customer_offers_view(struct exchange *x, const struct customer_home *home)
{
    const struct offer_list *list = &home->list;
    struct view *view = show(x, PAGE_CUSTOMER_OFFERS, "Private offer management");
    struct view *head = part_head(x, view, "Private offer management");

    head_lead(head, arena_format(x->arena, "Private offers for the billing accounts of %s.",
                                 x->who.account_name));
    if (list->stale)
        part_notice(view, NAME_NOTICE, "info", "info", "That page is no longer there.",
                    "The list starts from the newest again.");
    if (!list_filtered(list) && list->query.status == LIST_ALL)
        home_notices(x, view, home);
    view_text(view, NAME_OFFERS_HREF, OFFERS_HREF);
    if (list->counts[LIST_ALL] > 0)
        list_table(x, view_section(view, NAME_HAS_OFFERS), list);
    else
        view_text(view_section(view, NAME_FIRST_CUSTOMER), NAME_BILLING_HREF, BILLING_HREF);
}

static void
start_fact(struct exchange *x, struct view *facts, const struct customer_offer *loaded)
{
    const struct offer *offer = &loaded->offer;

    if (begins_later(x, offer))
        fact_note(facts, "Prices start", utc(x, offer->start_on),
                  loaded->accepted ? "Until then list prices apply"
                                   : "You can accept before; until then list prices apply");
    else if (!day_is_none(offer_starts_on(offer)))
        fact(facts, "Prices start", utc(x, offer_starts_on(offer)));
    else if (offer_state_on(offer, x->today) == STATE_EXPIRED)
        fact(facts, "Prices start", "The day of acceptance");
    else
        fact_note(facts, "Prices start", "The day you accept",
                  sells(offer, PRODUCT_VM) ? "Virtual machines get the price for that whole month"
                                           : NULL);
}

static void
terms_facts(struct exchange *x, struct view *view, const struct customer_offer *loaded)
{
    const struct offer *offer = &loaded->offer;
    struct view *facts = part_facts(view, NAME_FACTS);

    start_fact(x, facts, loaded);
    fact(facts, "Prices end", utc(x, offer->end_on));
    fact(facts, "Accept by", utc(x, offer->accept_by_on));
    fact_mail(facts, "Prepared by", offer->prepared_by);
    fact_code(facts, "Billing account", loaded->account.name, offer->billing_account);
    if (loaded->accepted)
        fact_code(facts, "Acceptance reference", accepted_words(x, &loaded->acceptance),
                  loaded->acceptance.reference);
}

void
ahead(struct view *part, const char *style, const char *title, const char *words)
{
    struct view *step = view_section(part, NAME_AHEAD);

    view_text(step, NAME_AHEAD_STYLE, style);
    view_text(step, NAME_AHEAD_TITLE, title);
    view_text(step, NAME_AHEAD_TEXT, words);
}

/* The steps from acceptance to a bill. */
static void
ahead_of_contract(struct exchange *x, struct view *part, const struct offer *offer, bool accepted)
{
    if (begins_later(x, offer))
        ahead(part, accepted ? "customer" : "next", "Your prices begin",
              arena_format(x->arena, "On %s; a purchase before is at list price",
                           utc(x, offer->start_on)));
    ahead(part, accepted && !begins_later(x, offer) ? "customer" : "next",
          "You purchase each product", "One at a time; accepting alone starts no billing");
    if (sells(offer, PRODUCT_SAAS)) {
        ahead(part, "next", "You configure your subscriptions",
              "SaaS within 30 days of the purchase");
        ahead(part, "next", arena_format(x->arena, "%s activates them", offer->isv_name),
              "Billing of SaaS starts there");
    }
    ahead(part, "next", "The prices end",
          arena_format(x->arena, "After %s list prices apply again", utc(x, offer->end_on)));
}

static void
what_next(struct exchange *x, struct view *view, const struct customer_offer *loaded)
{
    const struct offer *offer = &loaded->offer;
    struct view *part = view_part(view, NAME_WHAT_NEXT, PAGE_PART_WHAT_NEXT);
    enum offer_state state = offer_state_on(offer, x->today);

    view_text(view_section(part, NAME_NEXT), NAME_NEXT_TEXT, next_step(x, offer));
    if (state == STATE_EXPIRED) {
        ahead(part, "customer", "Ask for a new offer",
              arena_format(x->arena, "%s can make it available again; write to %s",
                           offer->partner_name, offer->prepared_by));
        return;
    }
    if (state == STATE_ENDED) {
        ahead(part, "customer", "List prices apply",
              arena_format(x->arena, "For new private prices write to %s", offer->prepared_by));
        return;
    }
    if (state == STATE_PENDING_ACCEPTANCE)
        ahead(part, "customer",
              loaded->acceptors.may ? "You accept the offer" : "A colleague accepts the offer",
              arena_format(x->arena, "Through %s", utc(x, offer->accept_by_on)));
    ahead_of_contract(x, part, offer, state == STATE_ACCEPTED);
}

static void
state_card(struct exchange *x, struct view *view, const struct customer_offer *loaded)
{
    const struct offer *offer = &loaded->offer;
    enum offer_state state = offer_state_on(offer, x->today);
    const char *heading = "Prices end";
    const char *figure = day_show(x->arena, offer->end_on);
    const char *words = "The last day of the private prices, UTC";

    if (state == STATE_PENDING_ACCEPTANCE) {
        const char *left = days_left(x, offer->accept_by_on);

        heading = "Time to accept";
        figure = left == NULL ? day_show(x->arena, offer->accept_by_on) : left;
        words = arena_format(x->arena, "Through the end of %s", utc(x, offer->accept_by_on));
    } else if (state == STATE_EXPIRED) {
        heading = state_words(state);
        figure = day_show(x->arena, offer->accept_by_on);
        words = "The last day on which it could be accepted, UTC";
    } else if (state == STATE_ENDED) {
        heading = "Prices ended";
    } else if (begins_later(x, offer)) {
        heading = "Prices start";
        figure = day_show(x->arena, offer->start_on);
        words = "The first day of the private prices, UTC";
    }
    view_text(view, NAME_STATE_HEADING, heading);
    view_text(view, NAME_STATE_FIGURE, figure);
    view_text(view, NAME_STATE_TEXT, words);
}

static void
offer_notices(struct exchange *x, struct view *view, const struct customer_offer *loaded)
{
    const struct offer *offer = &loaded->offer;
    enum offer_state state = offer_state_on(offer, x->today);

    if (loaded->changed)
        part_notice(view, NAME_NOTICE, "warn", "alert", "The offer changed.",
                    "It is not what was shown when you pressed Accept offer, so nothing was "
                    "accepted. Look at it again.");
    if (state == STATE_ACCEPTED && loaded->accepted)
        part_notice(view, NAME_NOTICE, "ok", "check", "Accepted",
                    arena_format(x->arena, "by %s. Reference: %s.",
                                 accepted_words(x, &loaded->acceptance),
                                 loaded->acceptance.reference));
    if (state == STATE_EXPIRED)
        part_notice(view, NAME_NOTICE, "bad", "x", "This offer expired.",
                    arena_format(x->arena,
                                 "It could be accepted through %s. Ask the seller for a new one.",
                                 utc(x, offer->accept_by_on)));
    if (state == STATE_ENDED)
        part_notice(view, NAME_NOTICE, "info", "stop", "This offer ended.",
                    arena_format(x->arena, "Its prices held through %s; list prices apply now.",
                                 utc(x, offer->end_on)));
}

/* One box for each document: agreeing to one says nothing of another (LAW 10.2). */
static void
agree_boxes(struct exchange *x, struct view *form, const struct offer *offer)
{
    struct view *boxes;

    if (offer->document_count == 0)
        return;
    boxes = view_section(form, NAME_HAS_DOCUMENTS);
    for (size_t i = 0; i < offer->document_count; i++) {
        const struct document *document = &offer->documents[i];
        const char *id = agree_name(x->arena, document);
        const struct problem *problem = problem_at(x->problems, id);
        struct view *box = view_section(boxes, NAME_DOCUMENT);

        view_text(box, NAME_AGREE_ID, id);
        view_text(box, NAME_DOCUMENT_NAME, document->name);
        view_text(box, NAME_DOCUMENT_HREF, document_href(x, document));
        view_text(box, NAME_DOCUMENT_FACTS, document_facts(x, document));
        if (form_came_back(x) && form_value(&x->request->body, id) != NULL)
            view_show(box, NAME_CHOSEN);
        if (problem != NULL)
            view_text(view_section(box, NAME_ERROR), NAME_ERROR_TEXT, problem->message);
    }
}

static void
accept_form(struct exchange *x, struct view *view, const struct customer_offer *loaded)
{
    struct view *form = view_section(view, NAME_CAN_ACCEPT);

    view_format(form, NAME_FORM_ACTION, "%s/%s/accept", OFFERS_HREF, loaded->offer.id);
    view_text(form, NAME_REV, offer_rev(x->arena, &loaded->offer, PARTY_CUSTOMER));
    view_text(form, NAME_PRICE_DIGEST, terms_digest(x->arena, &loaded->offer));
    view_text(form, NAME_ORG_NAME, x->who.account_name);
    view_text(form, NAME_USER_ROLE, role_in_sentence(x->arena, loaded->acceptors.role));
    agree_boxes(x, form, &loaded->offer);
    ask_buttons(x, &form, NULL, &loaded->offer);
}

/* "owner, contributor or signatory": the roles that may accept under the agreement. */
static const char *
accepting_roles(const struct exchange *x, enum agreement agreement)
{
    const char *list = "";
    const char *last = NULL;

    for (int i = 0; i < BILLING_ROLE_COUNT; i++) {
        if (!billing_role_accepts(agreement, (enum billing_role)i))
            continue;
        if (last != NULL)
            list = *list == '\0' ? last : arena_format(x->arena, "%s, %s", list, last);
        last = role_in_sentence(x->arena, (enum billing_role)i);
    }
    assert(last != NULL); /* every agreement has such a role */
    return *list == '\0' ? last : arena_format(x->arena, "%s or %s", list, last);
}

/* Who may accept instead (LAW D-27). */
static void
cannot_accept(struct exchange *x, struct view *view, const struct customer_offer *loaded)
{
    const struct acceptors *acceptors = &loaded->acceptors;
    struct view *notice = view_section(view, NAME_CANNOT_ACCEPT);

    view_text(notice, NAME_ACCEPT_ROLES, accepting_roles(x, loaded->account.agreement));
    view_text(notice, NAME_ACCEPT_ASK,
              acceptors->named_count == 0
                  ? "Nobody has it yet; an operator of the marketplace can help."
                  : "You can ask:");
    for (size_t i = 0; i < acceptors->named_count; i++) {
        struct view *person = view_section(notice, NAME_PERSON);

        view_text(person, NAME_WHO_NAME, acceptors->named[i].name);
        view_text(person, NAME_WHO_ROLE, role_in_sentence(x->arena, acceptors->named[i].role));
    }
}

/* Before the end a price may follow its list price: what is shown is what holds today. */
static const char *
prices_heading(const struct exchange *x, const struct offer *offer)
{
    enum offer_state state = offer_state_on(offer, x->today);

    if (state == STATE_ACCEPTED)
        return arena_format(x->arena, "Your price as of %s", utc(x, x->today));
    return state == STATE_ENDED ? "Agreed price" : "Your price";
}

/* The price table; each product of an accepted offer is bought on a page of its own (LAW 10.3). */
static void
prices_view(struct exchange *x, struct view *view, const struct customer_offer *loaded)
{
    const struct offer *offer = &loaded->offer;
    struct view *table = customer_prices_table(view, NAME_PRICES, prices_heading(x, offer));

    for (size_t i = 0; i < offer->row_count; i++) {
        const struct offer_row *row = &offer->rows[i];
        struct view *group = customer_prices_row(table, offer, row, LIMIT_PRICES_SHOWN);

        if (loaded->accepted)
            view_format(view_section(group, NAME_ROW_BUY), NAME_BUY_HREF, "%s/%s/purchase/%d",
                        OFFERS_HREF, offer->id, row->number);
    }
    offer_total_texts(table, offer, COLUMN_LIST | COLUMN_CUSTOMER | COLUMN_SAVING);
    if (loaded->purchases.count > 0)
        part_customer_purchases(x, view_section(view, NAME_HAS_PURCHASES), NAME_PURCHASES,
                                "Purchases through this offer, newest first", &loaded->purchases);
}

enum err
customer_offer_view(struct exchange *x, const struct customer_offer *loaded)
{
    const struct offer *offer = &loaded->offer;
    struct view *view = show(x, PAGE_CUSTOMER_OFFER, offer->name);
    struct view *head = part_head(x, view, offer->name);
    const char *const metas[] = {
        arena_format(x->arena, "Sold by %s", offer->partner_name),
        arena_format(x->arena, "Software by %s", offer->isv_name),
    };

    head_crumbs(head, (const char *const[][2]){{"Private offers", OFFERS_HREF}}, 1, offer->name);
    head_offer(x, head, offer, metas, COUNT(metas));
    offer_notices(x, view, loaded);
    TRY(part_asks(x, view, offer));
    part_summary(x, view, "");
    if (loaded->accepted)
        view_text(view_section(view_section(head, NAME_HEAD_ACTIONS), NAME_CAN_PRINT),
                  NAME_PRINT_HREF, customer_record_href(x, offer));
    prices_view(x, view, loaded);
    terms_facts(x, view, loaded);
    if (offer->document_count > 0)
        part_documents(x, view, offer, NULL);
    if (!loaded->foreseen && offer_may(offer, MOVE_ACCEPT, PARTY_CUSTOMER, x->today)) {
        if (loaded->acceptors.may)
            accept_form(x, view, loaded);
        else
            cannot_accept(x, view, loaded);
    }
    state_card(x, view, loaded);
    (void)part_falls_card(x, view, offer, arena_format(x->arena, "%s/%s", OFFERS_HREF, offer->id));
    what_next(x, view, loaded);
    return part_history(x, view, offer, NULL);
}

void
customer_accepted_view(struct exchange *x, const struct customer_offer *loaded)
{
    const struct offer *offer = &loaded->offer;
    const struct acceptance *acceptance = &loaded->acceptance;
    bool own = text_equal(acceptance->person, x->who.person);
    const char *href = arena_format(x->arena, "%s/%s", OFFERS_HREF, offer->id);
    struct view *view = show(x, PAGE_ACCEPTED, "Offer accepted");
    struct view *head = part_head(x, view, offer->name);
    struct view *facts;

    head_crumbs(head,
                (const char *const[][2]){{"Private offers", OFFERS_HREF}, {offer->name, href}}, 2,
                "Accepted");
    part_status(x, view, NAME_BADGE, offer);
    view_text(view, NAME_DONE_HEADING, own ? "You accepted the offer" : "The offer is accepted");
    facts = part_facts(view, NAME_FACTS);
    fact_code(facts, "Reference", "", acceptance->reference);
    fact(facts, "Accepted by",
         arena_format(x->arena, "%s, %s", acceptance->person_name,
                      role_in_sentence(x->arena, acceptance->role)));
    fact(facts, "Accepted at", instant_show(x->arena, acceptance->at));
    start_fact(x, facts, loaded);
    fact(facts, "Prices end", utc(x, offer->end_on));
    fact_code(facts, "Billing account", loaded->account.name, offer->billing_account);
    part_customer_prices(view, NAME_PRICES, offer, "Agreed price");
    what_next(x, view, loaded);
    view_text(view, NAME_OFFER_HREF, href);
    view_text(view, NAME_PRINT_HREF, customer_record_href(x, offer));
}
