/*
 * customer_pages.c: the list of offers, one offer, accepting it, its record, and the link that
 * leads to it.
 *
 * Invariant: whoever may not see an offer learns at most that a link made for their own
 * organisation leads nowhere any more.
 */
#include "pages/customer_pages.h"

#include "base/text.h"
#include "pages/customer_purchase_pages.h"
#include "pages/customer_view.h"
#include "pages/record_view.h"

static enum err
load(struct exchange *x, struct customer_offer *loaded)
{
    struct act act = exchange_act(x);
    enum err outcome;

    *loaded = (struct customer_offer){.accepted = false};
    TRY(path_offer(x, &loaded->offer));
    TRY(billing_account_find(x->db, x->arena, loaded->offer.billing_account, &loaded->account));
    TRY(acceptors_of(&act, &loaded->offer, &loaded->acceptors));
    outcome = acceptance_of(x->db, x->arena, loaded->offer.id, &loaded->acceptance);
    loaded->accepted = outcome == OK;
    if (outcome == ERR_ABSENT)
        return OK;
    TRY(outcome);
    return purchases_page(
        x->db, x->arena,
        &(struct purchase_query){.viewer = act.viewer, .offer = loaded->offer.id, .before_id = ""},
        &loaded->purchases);
}

/* An accepted offer as it was accepted. ERR_ABSENT for any other. */
static enum err
load_accepted(struct exchange *x, struct customer_offer *loaded)
{
    TRY(load(x, loaded));
    if (!loaded->accepted)
        return ERR_ABSENT;
    return acceptance_recall(x->db, x->arena, &loaded->acceptance, &loaded->offer);
}

/* GET /customer/offers */
enum err
customer_offers_get(struct exchange *x)
{
    const struct list_query next = {
        .viewer = exchange_viewer(x),
        .today = x->today,
        .status = LIST_PENDING_ACCEPTANCE,
        .sort = SORT_ACCEPT_BY,
        .search = "",
        .cursor = "",
        .limit = 1,
    };
    struct customer_home home;

    TRY(offer_list_load(x, &home.list));
    TRY(offers_page(x->db, x->arena, &next, &home.next));
    TRY(customer_waiting_load(x, &home.waiting));
    customer_offers_view(x, &home);
    return OK;
}

/* GET /customer/offers/:offer */
enum err
customer_offer_get(struct exchange *x)
{
    struct customer_offer loaded;

    TRY(load(x, &loaded));
    /* what a product costs since the end is no price of this offer */
    if (offer_state_on(&loaded.offer, x->today) == STATE_ENDED)
        TRY(load_accepted(x, &loaded));
    return customer_offer_view(x, &loaded);
}

enum err
customer_gone_or_absent(struct exchange *x)
{
    struct link link;

    TRY(link_last_of(x->db, x->arena, path_param(x, "offer"), x->who.organisation, &link));
    x->gone_contact = link.prepared_by;
    return ERR_GONE;
}

/* Nothing was accepted: the page says why, and shows the offer as it is now. */
static enum err
refuse(struct exchange *x, enum err outcome)
{
    struct customer_offer loaded;

    if (outcome == ERR_ABSENT)
        return customer_gone_or_absent(x);
    if (outcome != ERR_CLOSED && outcome != ERR_DENIED && outcome != ERR_INVALID &&
        outcome != ERR_STALE)
        return outcome;
    TRY(load(x, &loaded));
    loaded.changed = outcome == ERR_STALE;
    if (outcome != ERR_CLOSED) {
        TRY(customer_offer_view(x, &loaded));
        return outcome;
    }
    x->closed_reason =
        customer_closed_words(x, &loaded.offer, loaded.accepted ? &loaded.acceptance : NULL);
    if (loaded.accepted)
        x->record_href = customer_record_href(x, &loaded.offer);
    return outcome;
}

/* POST /customer/offers/:offer/accept */
enum err
customer_accept_post(struct exchange *x)
{
    const char *id = path_param(x, "offer");
    struct act act = exchange_act(x);
    struct answers agreed = exchange_answers(x);
    struct acceptance acceptance;
    enum err outcome =
        action_offer_accept(&act, id, posted(x, "price-digest"), &agreed, x->problems, &acceptance);

    if (outcome != OK)
        return refuse(x, outcome);
    return redirect(x, "/customer/offers/%s/accepted", id);
}

/* GET /customer/offers/:offer/accepted */
enum err
customer_accepted_get(struct exchange *x)
{
    struct customer_offer loaded;

    TRY(load_accepted(x, &loaded));
    customer_accepted_view(x, &loaded);
    return OK;
}

/* GET /customer/offers/:offer/print */
enum err
customer_print_get(struct exchange *x)
{
    struct customer_offer loaded;

    TRY(load_accepted(x, &loaded));
    record_view(x, &loaded.offer, &loaded.acceptance);
    return OK;
}

/* GET /accept/:token */
enum err
accept_link_get(struct exchange *x)
{
    struct link link;

    if (*x->who.organisation == '\0')
        return ERR_ABSENT;
    TRY(link_by_token(x->db, x->arena, path_param(x, "token"), x->who.organisation, &link));
    if (!link.dead)
        return redirect(x, "/customer/offers/%s", link.offer);
    x->gone_contact = link.prepared_by;
    return ERR_GONE;
}
