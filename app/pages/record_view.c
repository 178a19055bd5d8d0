/*
 * record_view.c: who accepted what, when, at which prices, under which terms and documents.
 *
 * Invariant: the page says the same on every day, to everybody who may read it: nothing on it
 * depends on the state, on today, or on who looks.
 */
#include "pages/record_view.h"

#include "base/text.h"
#include "pages/customer_view.h"
#include "pages/documents_view.h"
#include "pages/frame.h"
#include "pages/parts.h"
#include "pages/support_view.h"

static void
acceptance_facts(struct exchange *x, struct view *view, const struct offer *offer,
                 const struct acceptance *acceptance)
{
    struct view *facts = part_facts(view, NAME_FACTS);

    fact_code(facts, "Reference", "", acceptance->reference);
    fact(facts, "Accepted by", acceptance->person_name);
    fact(facts, "Role", billing_role_words(acceptance->role));
    fact(facts, "Accepted at", instant_show(x->arena, acceptance->at));
    fact_code(facts, "Private offer", offer->name, offer->id);
}

static void
party_facts(struct view *view, const struct offer *offer, const struct acceptance *acceptance)
{
    struct view *facts = part_facts(view, NAME_PARTIES);

    fact(facts, "Customer", acceptance->organisation_name);
    fact_code(facts, "Billing account", acceptance->account_name, offer->billing_account);
    fact(facts, "Seller", offer->partner_name);
    fact_mail(facts, "Prepared by", offer->prepared_by);
    fact(facts, "Publisher", offer->isv_name);
}

static void
term_facts(struct exchange *x, struct view *view, const struct offer *offer)
{
    struct view *facts = part_facts(view, NAME_TERMS);

    fact(facts, "Prices start", utc(x, offer_starts_on(offer)));
    fact(facts, "Prices end", utc(x, offer->end_on));
    fact(facts, "Accept by", utc(x, offer->accept_by_on));
    view_text(view, NAME_PRICES_END, utc(x, offer->end_on));
}

static void
document_list(struct exchange *x, struct view *view, const struct offer *offer)
{
    struct view *list;

    if (offer->document_count == 0) {
        view_show(view, NAME_NO_DOCUMENTS);
        return;
    }
    list = view_section(view, NAME_HAS_DOCUMENTS);
    for (size_t i = 0; i < offer->document_count; i++) {
        const struct document *document = &offer->documents[i];
        struct view *item = view_section(list, NAME_DOCUMENT);

        view_text(item, NAME_DOCUMENT_HREF, document_href(x, document));
        view_text(item, NAME_DOCUMENT_NAME, document->name);
        view_text(item, NAME_DOCUMENT_FACTS, document_side_facts(x, offer, document));
        view_text(item, NAME_DOCUMENT_HASH, document->sha256);
    }
}

void
record_view(struct exchange *x, const struct offer *offer, const struct acceptance *acceptance)
{
    const char *title = "Record of acceptance";
    bool cancelled = offer->state == STATE_CANCELLED; /* read under the request it was by */
    const char *list = cancelled ? support_href(x, "", "") : hat_offers(x->hat);
    const char *href = cancelled ? support_href(x, path_param(x, "request"), "")
                                 : arena_format(x->arena, "%s/%s", list, offer->id);
    struct view *view = show(x, PAGE_RECORD, title);
    struct view *head = part_head(x, view, title);
    const char *const crumbs[][2] = {{cancelled ? SUPPORT_HEADING : "Private offers", list},
                                     {offer->name, href}};

    head_crumbs(head, crumbs, COUNT(crumbs), "Record");
    if (cancelled)
        part_notice(view, NAME_NOTICE, "info", "info", "Cancelled.", next_step(x, offer));
    acceptance_facts(x, view, offer, acceptance);
    party_facts(view, offer, acceptance);
    part_customer_prices(view, NAME_PRICES, offer, "Agreed price");
    term_facts(x, view, offer);
    document_list(x, view, offer);
    view_text(view, NAME_OFFER_HREF, href);
}
