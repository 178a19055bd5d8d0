/*
 * isv_pages.c: the ISV's handlers: read through its eyes or call one action, then show or redirect.
 *
 * Not here: what pages look like (pages/isv_view, isv_setup_view, isv_products_view), who may come
 * in and who may do what (pages/routes, actions/isv).
 */
#include "pages/isv_pages.h"

#include <string.h>

#include "actions/isv.h"
#include "base/text.h"
#include "pages/conflict.h"
#include "pages/isv_view.h"
#include "pages/lists.h"
#include "store/accounts.h"

static const char *
offer_id(const struct exchange *x)
{
    return path_param(x, "offer");
}

/* The offer for a page about a move: ERR_CLOSED, with the reason, when it is not open today. */
static enum err
offer_read_for(struct exchange *x, enum offer_move move, struct offer *offer)
{
    TRY(path_offer(x, offer));
    if (offer_may(offer, move, PARTY_ISV, x->today))
        return OK;
    x->closed_reason = isv_closed_words(x, offer, move);
    return ERR_CLOSED;
}

/* Gives a refused move its reason. */
static enum err
explained(struct exchange *x, enum offer_move move, enum err outcome)
{
    struct offer offer;

    if (outcome == ERR_CLOSED)
        TRY(offer_read_for(x, move, &offer));
    return outcome;
}

enum err
isv_new_get(struct exchange *x)
{
    isv_new_view(x);
    return OK;
}

enum err
isv_new_post(struct exchange *x)
{
    const struct act act = exchange_act(x);
    const struct answers answers = exchange_answers(x);
    const char *id = NULL;
    enum err outcome = action_offer_create(&act, &answers, x->problems, &id);

    if (outcome == ERR_INVALID)
        isv_new_view(x);
    TRY(outcome);
    return redirect(x, "/isv/offers/%s/setup?done=created", id);
}

enum err
isv_offer_get(struct exchange *x)
{
    struct offer offer;

    TRY(path_offer(x, &offer));
    return isv_offer_show(x, &offer);
}

enum err
isv_setup_get(struct exchange *x)
{
    struct offer offer;

    TRY(offer_read_for(x, MOVE_EDIT, &offer));
    return isv_setup_show(x, &offer);
}

/* The row a button like "remove-3" is about; 0 when it is another button. */
static int
button_row(const char *button, const char *beginning)
{
    int64_t row = 0;

    if (!text_starts(button, beginning) ||
        text_to_integer(button + strlen(beginning), 1, INT32_MAX, &row) != OK)
        return 0;
    return (int)row;
}

/* Add partner and Check eligibility ask a question: without something to ask about, and where the
 * seller may not be the partner, the form comes back with the answer and nothing is saved. */
static enum err
button_ask(struct exchange *x, const char *button)
{
    const char *seller = text_trim(x->arena, posted(x, fields[FIELD_PARTNER].name));
    const char *account = text_trim(x->arena, posted(x, fields[FIELD_BILLING_ACCOUNT].name));
    struct publisher partner;
    const char *refusal = "Enter your partner’s seller ID";

    if (text_equal(button, "check") && *account == '\0')
        problem_add(x->problems, fields[FIELD_BILLING_ACCOUNT].name,
                    "Enter your customer’s billing account ID");
    if (!text_equal(button, "add-partner") || strspn(seller, "0123456789") != strlen(seller))
        return OK; /* what is malformed, the field's own rule says */
    if (*seller != '\0') {
        enum err outcome = publisher_by_id(x->db, x->arena, seller, &partner);

        if (outcome != OK && outcome != ERR_ABSENT)
            return outcome;
        refusal = partner_refusal(outcome == OK ? &partner : NULL, x->who.publisher);
    }
    if (refusal != NULL)
        problem_add(x->problems, fields[FIELD_PARTNER].name, "%s", refusal);
    return OK;
}

/* Save and continue: what was saved stays saved; what is still wrong with it is all shown (D-26).
 */
static enum err
setup_continue(struct exchange *x)
{
    const struct act act = exchange_act(x);
    struct offer offer;

    TRY(path_offer(x, &offer));
    TRY(review_isv(&act, &offer, x->problems));
    if (x->problems->count == 0)
        return redirect(x, "/isv/offers/%s/review", offer.id);
    x->status = status_of(ERR_INVALID);
    return isv_setup_show(x, &offer);
}

/* Where each button leads once everything is saved. */
static enum err
setup_next(struct exchange *x, const char *button)
{
    static const char *const places[][2] = {
        {"check", "/setup?checked=1#billing_account"},
        {"add-partner", "/setup?done=partner-added#s-partner"},
        {"remove-partner", "/setup?done=partner-removed#s-partner"},
        {"add-offer", "/products/add"},
    };
    const char *id = offer_id(x);

    if (text_equal(button, "continue"))
        return setup_continue(x);
    if (button_row(button, "price-") != 0)
        return redirect(x, "/isv/offers/%s/products/%d/price", id, button_row(button, "price-"));
    if (button_row(button, "remove-") != 0)
        return redirect(x, "/isv/offers/%s/setup?done=removed#s-products", id);
    for (size_t i = 0; i < COUNT(places); i++) {
        if (text_equal(places[i][0], button))
            return redirect(x, "/isv/offers/%s%s", id, places[i][1]);
    }
    return redirect(x, "/isv/offers/%s/setup?done=saved", id);
}

enum err
isv_setup_post(struct exchange *x)
{
    const struct act act = exchange_act(x);
    const struct answers answers = exchange_answers(x);
    const char *button = posted(x, "do");
    const struct draft_edit edit = {
        .remove_partner = text_equal(button, "remove-partner"),
        .remove_row = button_row(button, "remove-"),
    };
    struct offer offer;
    enum err outcome;

    TRY(button_ask(x, button));
    outcome = action_draft_save(&act, offer_id(x), posted(x, "rev"), &answers, &edit, x->problems);
    if (outcome == ERR_INVALID) {
        TRY(path_offer(x, &offer));
        TRY(isv_setup_show(x, &offer));
    }
    TRY(conflict_or(x, outcome, "setup"));
    return setup_next(x, button);
}

/* The page of plans, with what was searched for and ticked. */
static enum err
products_show(struct exchange *x)
{
    const char *search = search_typed(x->arena, shown(x, "q", queried(x, "q")));
    struct offer offer;
    struct plans plans;

    TRY(offer_read_for(x, MOVE_EDIT, &offer));
    TRY(plans_selectable(x->db, x->arena, offer.isv, text_fold(x->arena, search), x->today,
                         &plans));
    isv_products_view(x, &offer, &plans, search);
    return OK;
}

enum err
isv_products_get(struct exchange *x)
{
    return products_show(x);
}

/* The plans ticked in the posted form: values "<product>/<plan>" of fields "plan-<n>". */
static size_t
choices_read(struct exchange *x, struct plan_choice *choices)
{
    const struct form *body = &x->request->body;
    size_t count = 0;

    for (size_t i = 0; i < body->count && count < LIMIT_PICKER_PLANS; i++) {
        const char *value = body->pairs[i].value;
        const char *slash = strchr(value, '/');

        if (!text_starts(body->pairs[i].name, "plan-") || slash == NULL)
            continue;
        choices[count].product = arena_copy(x->arena, value, (size_t)(slash - value));
        choices[count++].plan = slash + 1;
    }
    return count;
}

enum err
isv_products_post(struct exchange *x)
{
    const struct act act = exchange_act(x);
    struct plan_choice choices[LIMIT_PICKER_PLANS];
    size_t count = choices_read(x, choices);
    enum err outcome =
        action_rows_add(&act, offer_id(x), posted(x, "rev"), choices, count, x->problems);

    if (outcome == ERR_INVALID)
        TRY(products_show(x));
    TRY(explained(x, MOVE_EDIT, outcome));
    return redirect(x, "/isv/offers/%s/setup?done=added#s-products", offer_id(x));
}

/* The page of one row's own prices; a row that takes none has no such page. */
static enum err
price_show(struct exchange *x)
{
    struct offer offer;
    const struct offer_row *row;

    TRY(offer_read_for(x, MOVE_EDIT, &offer));
    row = offer_row(&offer, path_number(x, "row"));
    if (row == NULL || plan_absolute_refusal(row->plan) != NULL)
        return ERR_ABSENT;
    isv_price_view(x, &offer, row);
    return OK;
}

enum err
isv_price_get(struct exchange *x)
{
    return price_show(x);
}

enum err
isv_price_post(struct exchange *x)
{
    const struct act act = exchange_act(x);
    const struct answers answers = exchange_answers(x);
    const struct row_edit nothing = {.remove_size = false};
    int row = path_number(x, "row");
    enum err outcome =
        action_row_save(&act, offer_id(x), posted(x, "rev"), row, &answers, &nothing, x->problems);

    if (outcome == ERR_INVALID)
        TRY(price_show(x));
    TRY(conflict_or(x, outcome, arena_format(x->arena, "products/%d/price", row)));
    return redirect(x, "/isv/offers/%s/setup?done=priced#s-products", offer_id(x));
}

enum err
isv_review_get(struct exchange *x)
{
    const struct act act = exchange_act(x);
    struct offer offer;

    TRY(offer_read_for(x, MOVE_SUBMIT, &offer));
    TRY(review_isv(&act, &offer, x->problems));
    return isv_review_show(x, &offer);
}

enum err
isv_submit_post(struct exchange *x)
{
    const struct act act = exchange_act(x);
    struct offer offer;
    enum err outcome = action_offer_submit(&act, offer_id(x), posted(x, "rev"), x->problems);

    if (outcome == ERR_INVALID) {
        TRY(path_offer(x, &offer));
        TRY(isv_review_show(x, &offer));
        x->title = "Error: Review and submit";
    }
    TRY(explained(x, MOVE_SUBMIT, outcome));
    return redirect(x, "/isv/offers?done=submitted&offer=%s", offer_id(x));
}

enum err
isv_withdraw_get(struct exchange *x)
{
    struct offer offer;

    TRY(offer_read_for(x, MOVE_WITHDRAW, &offer));
    isv_withdraw_view(x, &offer);
    return OK;
}

enum err
isv_withdraw_post(struct exchange *x)
{
    const struct act act = exchange_act(x);

    TRY(explained(x, MOVE_WITHDRAW, action_offer_withdraw(&act, offer_id(x), posted(x, "rev"))));
    return redirect(x, "/isv/offers/%s?done=withdrawn", offer_id(x));
}

enum err
isv_delete_get(struct exchange *x)
{
    struct offer offer;

    TRY(offer_read_for(x, MOVE_DELETE, &offer));
    isv_delete_view(x, &offer);
    return OK;
}

enum err
isv_delete_post(struct exchange *x)
{
    const struct act act = exchange_act(x);

    TRY(explained(x, MOVE_DELETE, action_offer_delete(&act, offer_id(x), posted(x, "rev"))));
    return redirect(x, "/isv/offers?done=deleted");
}
