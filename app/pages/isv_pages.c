/*
 * isv_pages.c: the ISV's handlers: read through its eyes or call one action, then show or redirect.
 *
 * Not here: what is sold and for how much (pages/isv_row_pages), what pages look like
 * (pages/isv_view, isv_setup_view), who may come in and who may do what (pages/routes,
 * actions/isv).
 */
#include "pages/isv_pages.h"

#include <string.h>

#include "actions/isv.h"
#include "base/text.h"
#include "pages/conflict.h"
#include "pages/documents_form.h"
#include "pages/isv_partner_pages.h"
#include "pages/isv_view.h"
#include "pages/lists.h"
#include "store/accounts.h"

static const char *
offer_id(const struct exchange *x)
{
    return path_param(x, "offer");
}

enum err
isv_offer_for(struct exchange *x, enum offer_move move, struct offer *offer)
{
    TRY(path_offer(x, offer));
    if (offer_may(offer, move, PARTY_ISV, x->today))
        return OK;
    x->closed_reason = isv_closed_words(x, offer, move);
    return ERR_CLOSED;
}

enum err
isv_explained(struct exchange *x, enum offer_move move, enum err outcome)
{
    struct offer offer;

    if (outcome == ERR_CLOSED)
        TRY(isv_offer_for(x, move, &offer));
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

    TRY(isv_offer_for(x, MOVE_EDIT, &offer));
    return isv_setup_show(x, &offer);
}

int
isv_button_number(const char *button, const char *beginning)
{
    int64_t number = 0;

    if (!text_starts(button, beginning) ||
        text_to_integer(button + strlen(beginning), 1, INT32_MAX, &number) != OK)
        return 0;
    return (int)number;
}

/* Add partner and Check eligibility ask a question: without something to ask about, and where the
 * seller may not be the partner, the form comes back with the answer and nothing is saved. */
static enum err
button_ask(struct exchange *x, const char *button)
{
    const char *seller = text_trim(x->arena, posted(x, fields[FIELD_PARTNER].name));
    const char *account = text_trim(x->arena, posted(x, fields[FIELD_BILLING_ACCOUNT].name));

    if (text_equal(button, "check") && *account == '\0')
        problem_add(x->problems, fields[FIELD_BILLING_ACCOUNT].name,
                    "Enter your customer’s billing account ID");
    if (!text_equal(button, "add-partner") || strspn(seller, "0123456789") != strlen(seller))
        return OK; /* what is malformed, the field's own rule says */
    return isv_partner_ask(x, seller);
}

/* Save and continue: what was saved stays saved; what is still wrong with it is all shown (D-26).
 */
static enum err
setup_continue(struct exchange *x)
{
    const struct act act = exchange_act(x);
    struct offer offer;

    documents_forget(x);
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
        {"find-partner", "/partner"},
        {"add-offer", "/products/add"},
    };
    const char *id = offer_id(x);

    if (text_equal(button, "continue"))
        return setup_continue(x);
    if (isv_button_number(button, "price-") != 0)
        return redirect(x, "/isv/offers/%s/products/%d/price", id,
                        isv_button_number(button, "price-"));
    if (isv_button_number(button, "remove-") != 0)
        return redirect(x, "/isv/offers/%s/setup?done=removed#s-products", id);
    if (documents_done(x) != NULL)
        return redirect(x, "/isv/offers/%s/setup?done=%s#s-documents", id, documents_done(x));
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
    const struct document_edit documents = documents_asked(x);
    const struct draft_edit edit = {
        .remove_partner = text_equal(button, "remove-partner"),
        .remove_row = isv_button_number(button, "remove-"),
        .documents = &documents,
    };
    struct offer offer;
    enum err outcome;

    TRY(button_ask(x, button));
    outcome = action_draft_save(&act, offer_id(x), posted(x, "rev"), &answers, &edit, x->problems);
    if (outcome == ERR_INVALID) {
        documents_say_lost(x);
        TRY(path_offer(x, &offer));
        TRY(isv_setup_show(x, &offer));
        if (x->problems->retry_after_s > 0)
            (void)refuse_for(x, x->problems->retry_after_s); /* the problem has said so */
    }
    TRY(conflict_or(x, outcome, "setup"));
    return setup_next(x, button);
}

enum err
isv_review_get(struct exchange *x)
{
    const struct act act = exchange_act(x);
    struct offer offer;

    TRY(isv_offer_for(x, MOVE_SUBMIT, &offer));
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
    TRY(isv_explained(x, MOVE_SUBMIT, outcome));
    return redirect(x, "/isv/offers?done=submitted&offer=%s", offer_id(x));
}

enum err
isv_withdraw_get(struct exchange *x)
{
    struct offer offer;

    TRY(isv_offer_for(x, MOVE_WITHDRAW, &offer));
    isv_withdraw_view(x, &offer);
    return OK;
}

enum err
isv_withdraw_post(struct exchange *x)
{
    const struct act act = exchange_act(x);

    TRY(isv_explained(x, MOVE_WITHDRAW,
                      action_offer_withdraw(&act, offer_id(x), posted(x, "rev"))));
    return redirect(x, "/isv/offers/%s?done=withdrawn", offer_id(x));
}

enum err
isv_delete_get(struct exchange *x)
{
    struct offer offer;

    TRY(isv_offer_for(x, MOVE_DELETE, &offer));
    isv_delete_view(x, &offer);
    return OK;
}

enum err
isv_delete_post(struct exchange *x)
{
    const struct act act = exchange_act(x);

    TRY(isv_explained(x, MOVE_DELETE, action_offer_delete(&act, offer_id(x), posted(x, "rev"))));
    return redirect(x, "/isv/offers?done=deleted");
}
