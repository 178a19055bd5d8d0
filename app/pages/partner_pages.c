/*
 * partner_pages.c: pricing an offer, reviewing, submitting, sharing and withdrawing it.
 *
 * Both forms carry the same fields of the partner; what one does not carry is left as it is.
 * Invariant: every button of the setup form saves it whole, Recalculate too. On the review only
 * Submit saves; one that is refused saves nothing (LAW 9, D-26).
 */
#include "pages/partner_pages.h"

#include <limits.h>
#include <string.h>

#include "actions/partner.h"
#include "base/text.h"
#include "core/certificate.h"
#include "core/documents.h"
#include "core/solver.h"
#include "pages/conflict.h"
#include "pages/documents_form.h"
#include "pages/partner_view.h"
#include "pages/parts.h"
#include "store/acceptances.h"
#include "store/accounts.h"

/* The offer, for a page that leads to the move: ERR_CLOSED with its reason when the state has no
 * such move. */
static enum err
load_for(struct exchange *x, enum offer_move move, struct offer *offer)
{
    TRY(path_offer(x, offer));
    if (offer_may(offer, move, PARTY_PARTNER, x->today))
        return OK;
    x->closed_reason = partner_closed_words(x, offer);
    return ERR_CLOSED;
}

/* Puts what was typed into the offer and prices it, without saving. */
static void
apply_typed(struct exchange *x, struct offer *offer, struct problems *problems)
{
    struct answers answers = exchange_answers(x);
    int number;

    fields_read(offer, PARTY_PARTNER, &answers, x->arena, problems);
    solver_read(offer, &answers, problems);
    for (size_t i = 0; i <= offer->row_count && price_offer(offer, &number) != OK; i++) {
        problem_add(problems, field_row_name(x->arena, FIELD_ADJUSTMENT, number),
                    "The customer price would be too large. Enter a smaller adjustment");
        offer_row(offer, number)->has_adjustment = false;
    }
}

/* Where a field stands on the pages: the account, then prices row by row, documents, contacts. */
static int
page_order(const struct problem *problem)
{
    const char *dash = strrchr(problem->at, '-');
    int64_t row;

    if (text_equal(problem->at, "account") || text_equal(problem->at, AT_CERTIFICATE))
        return 0;
    if (dash != NULL && text_to_integer(dash + 1, 1, INT_MAX - 2, &row) == OK)
        return (int)row;
    return text_starts(problem->at, ANSWER_DOCUMENT) ? INT_MAX - 1 : INT_MAX;
}

/* Behind those that stand before it on the page. */
static void
insert(struct problems *all, const struct problem *problem)
{
    size_t at = all->count++;

    while (at > 0 && page_order(&all->list[at - 1]) > page_order(problem)) {
        all->list[at] = all->list[at - 1];
        at--;
    }
    all->list[at] = *problem;
}

/* Puts the problems in page order, with those found later beside fields that had none yet. */
static void
tell(struct exchange *x, const struct problems *found)
{
    const struct problems *typed = x->problems;
    struct problems *all = problems_new(x->arena);

    all->dropped = typed->dropped;
    for (size_t i = 0; i < typed->count; i++)
        insert(all, &typed->list[i]);
    for (size_t i = 0; i < found->count && all->count < LIMIT_PROBLEMS; i++) {
        if (problem_at(typed, found->list[i].at) == NULL)
            insert(all, &found->list[i]);
    }
    x->problems = all;
}

/* Adds what a submit would find wrong with the offer, so that everything is told at once. */
static enum err
add_checks(struct exchange *x, const struct offer *offer, bool *taxable)
{
    struct problems *found = problems_new(x->arena);
    struct act act = exchange_act(x);

    TRY(review_partner(&act, offer, found, taxable));
    tell(x, found);
    return OK;
}

/* GET /partner/offers/:offer */
enum err
partner_offer_get(struct exchange *x)
{
    const struct act act = exchange_act(x);
    struct publisher publisher;
    struct offer offer;
    bool taxable;

    TRY(path_offer(x, &offer));
    taxable = offer.taxable;
    if (offer_may(&offer, MOVE_PRICE, PARTY_PARTNER, x->today)) {
        /* what a submit would find, not what one found before */
        TRY(publisher_by_id(x->db, x->arena, x->who.publisher, &publisher));
        TRY(publisher_taxable(&act, &publisher, &taxable));
    }
    return partner_offer_view(x, &offer, taxable);
}

/* The revision a shown form was made from: the one it came with, so that a save in between is still
 * noticed. */
static const char *
form_rev(const struct exchange *x, const struct offer *offer)
{
    return shown(x, "rev", offer_rev(x->arena, offer, PARTY_PARTNER));
}

static enum err
setup_show(struct exchange *x, const struct offer *offer)
{
    struct problems *untold = problems_new(x->arena);
    struct partner_form form = {.offer = offer, .rev = form_rev(x, offer)};
    struct act act = exchange_act(x);

    TRY(review_partner(&act, offer, untold, &form.taxable)); /* only for its warning */
    return partner_setup_view(x, &form);
}

/* GET /partner/offers/:offer/setup */
enum err
partner_setup_get(struct exchange *x)
{
    struct offer offer;

    TRY(load_for(x, MOVE_PRICE, &offer));
    if (form_came_back(x))
        apply_typed(x, &offer, problems_new(x->arena));
    return setup_show(x, &offer);
}

/* Refused: the form again with the typed values priced, and what is malformed in them. */
static enum err
setup_typed(struct exchange *x, bool with_checks)
{
    struct problems *found = problems_new(x->arena);
    struct offer offer;
    bool taxable;

    TRY(load_for(x, MOVE_PRICE, &offer));
    apply_typed(x, &offer, found);
    documents_say_lost(x);
    tell(x, found);
    if (with_checks)
        TRY(add_checks(x, &offer, &taxable));
    TRY(setup_show(x, &offer));
    return ERR_INVALID;
}

/* What was typed under that name has been saved as something else. */
static void
retype(struct exchange *x, const char *name, const char *value)
{
    struct form *body = &x->request->body;

    for (size_t i = 0; i < body->count; i++) {
        if (text_equal(body->pairs[i].name, name))
            body->pairs[i].value = value;
    }
}

/* A price that was wanted has become the adjustment of its row. */
static void
forget_wanted(struct exchange *x, const struct offer *offer)
{
    for (size_t i = 0; i < offer->row_count; i++) {
        const struct offer_row *row = &offer->rows[i];
        const char *wanted = solver_price_name(x->arena, row->number);

        if (*posted(x, wanted) == '\0')
            continue;
        retype(x, wanted, "");
        if (row->has_adjustment)
            retype(x, field_row_name(x->arena, FIELD_ADJUSTMENT, row->number),
                   rate_show(x->arena, row->adjustment));
    }
}

/* Saved; on to the review when nothing keeps the offer from being submitted, else the form with all
 * that does (LAW D-26). */
static enum err
setup_continue(struct exchange *x)
{
    struct partner_form form = {.saved = true};
    struct offer offer;

    TRY(load_for(x, MOVE_PRICE, &offer));
    TRY(add_checks(x, &offer, &form.taxable));
    if (x->problems->count == 0)
        return redirect(x, "/partner/offers/%s/review", offer.id);
    documents_forget(x);
    forget_wanted(x, &offer);
    x->status = status_of(ERR_INVALID); /* an outcome of OK keeps what was saved */
    form.offer = &offer;
    form.rev = offer_rev(x->arena, &offer, PARTY_PARTNER);
    return partner_setup_view(x, &form);
}

/* Keeps: "&point-1=term-12&desired-1=1056.00" for each price that was wanted, so that the page can
 * say what its adjustment gives. */
static const char *
wanted_query(const struct exchange *x, const struct offer *offer)
{
    const char *query = "";

    for (size_t i = 0; i < offer->row_count; i++) {
        const struct offer_row *row = &offer->rows[i];
        const char *point = solver_point_name(x->arena, row->number);
        const char *wanted = solver_price_name(x->arena, row->number);
        const struct row_price *price = solver_point(row, posted(x, point));
        const char *typed = text_trim(x->arena, posted(x, wanted));
        struct amount amount;

        if (price != NULL && amount_parse(price->point->kind, typed, &amount) == OK)
            query = arena_format(x->arena, "%s&%s=%s&%s=%s", query, point,
                                 url_encode(x->arena, price->key), wanted,
                                 amount_plain(x->arena, amount));
    }
    return query;
}

/* Back to the form as it is stored, with the price point that was shown, where the button stands.
 */
static enum err
setup_again(struct exchange *x)
{
    const char *done = documents_done(x);
    const char *anchor = text_equal(posted(x, "do"), "recalculate") ? "#s-prices" : "";
    struct offer offer;

    TRY(load_for(x, MOVE_PRICE, &offer));
    return redirect(x, "/partner/offers/%s/setup?done=%s%s%s%s", offer.id,
                    done == NULL ? "saved" : done, falls_query(x, &offer), wanted_query(x, &offer),
                    done == NULL ? anchor : "#s-documents");
}

static enum err
setup_act(struct exchange *x)
{
    bool onwards = text_equal(posted(x, "do"), "continue");
    struct answers answers = exchange_answers(x);
    struct document_edit documents = documents_asked(x);
    struct act act = exchange_act(x);
    enum err outcome = action_partner_save(&act, path_param(x, "offer"), posted(x, "rev"), &answers,
                                           &documents, x->problems);

    if (outcome == ERR_INVALID)
        return setup_typed(x, onwards);
    TRY(outcome);
    return onwards ? setup_continue(x) : setup_again(x);
}

/* POST /partner/offers/:offer/setup, do=save|continue|recalculate, or a button of documents */
enum err
partner_setup_post(struct exchange *x)
{
    return conflict_or(x, setup_act(x), "setup");
}

/* The review of the offer as stored or, when the form came back, as typed. */
static enum err
review_show(struct exchange *x, struct offer *offer, bool refused)
{
    struct partner_form form = {.offer = offer, .refused = refused};

    TRY(add_checks(x, offer, &form.taxable));
    form.rev = form_rev(x, offer);
    partner_review_view(x, &form);
    return OK;
}

/* GET /partner/offers/:offer/review */
enum err
partner_review_get(struct exchange *x)
{
    struct offer offer;

    TRY(load_for(x, MOVE_EXTEND, &offer));
    if (form_came_back(x))
        apply_typed(x, &offer, problems_new(x->arena));
    return review_show(x, &offer, false);
}

static enum err
review_recalculate(struct exchange *x)
{
    struct offer offer;
    bool malformed;

    TRY(load_for(x, MOVE_EXTEND, &offer));
    apply_typed(x, &offer, x->problems);
    malformed = x->problems->count > 0;
    TRY(review_show(x, &offer, malformed));
    return malformed ? ERR_INVALID : OK;
}

/* Saves the adjustments as they stand on the page, and submits. */
static enum err
review_submit(struct exchange *x)
{
    const char *id = path_param(x, "offer");
    struct answers answers = exchange_answers(x);
    struct act act = exchange_act(x);
    struct offer offer;

    TRY(action_partner_save(&act, id, posted(x, "rev"), &answers, NULL, x->problems));
    TRY(load_for(x, MOVE_EXTEND, &offer));
    TRY(action_offer_extend(&act, id, offer_rev(x->arena, &offer, PARTY_PARTNER), x->problems));
    return redirect(x, "/partner/offers/%s/share?done=extended", id);
}

static enum err
review_act(struct exchange *x)
{
    struct offer offer;
    enum err outcome;

    if (!text_equal(posted(x, "do"), "submit"))
        return review_recalculate(x);
    outcome = review_submit(x);
    if (outcome != ERR_INVALID)
        return outcome;
    TRY(load_for(x, MOVE_EXTEND, &offer));
    apply_typed(x, &offer, problems_new(x->arena));
    TRY(review_show(x, &offer, true));
    return ERR_INVALID;
}

/* POST /partner/offers/:offer/review, do=recalculate|submit */
enum err
partner_review_post(struct exchange *x)
{
    return conflict_or(x, review_act(x), "review");
}

/* GET /partner/offers/:offer/share */
enum err
partner_share_get(struct exchange *x)
{
    struct offer offer;
    struct link link;
    enum offer_state state;

    TRY(path_offer(x, &offer));
    state = offer_state_on(&offer, x->today);
    if (state == STATE_TO_CUSTOMER) {
        partner_share_view(x, &offer, NULL);
        return OK;
    }
    if (state != STATE_PENDING_ACCEPTANCE) {
        x->closed_reason = partner_closed_words(x, &offer);
        return ERR_CLOSED;
    }
    TRY(link_of_offer(x->db, x->arena, offer.id, &link));
    partner_share_view(x, &offer, &link);
    return OK;
}

/* GET /partner/offers/:offer/withdraw */
enum err
partner_withdraw_get(struct exchange *x)
{
    struct offer offer;

    TRY(load_for(x, MOVE_TAKE_BACK, &offer));
    partner_withdraw_view(x, &offer);
    return OK;
}

/* POST /partner/offers/:offer/withdraw */
enum err
partner_withdraw_post(struct exchange *x)
{
    struct act act = exchange_act(x);
    struct offer offer;
    enum err outcome = action_offer_take_back(&act, path_param(x, "offer"), posted(x, "rev"));

    if (outcome == ERR_CLOSED)
        TRY(load_for(x, MOVE_TAKE_BACK, &offer)); /* says why */
    TRY(outcome);
    return redirect(x, "/partner/offers/%s?done=taken-back", path_param(x, "offer"));
}
