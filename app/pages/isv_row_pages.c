/*
 * isv_row_pages.c: adding pricing rows to an offer and configuring each, in the way of its option.
 *
 * Not here: what pages look like (pages/isv_products_view, isv_plan_view, isv_reservation_view),
 * what may be added and typed (actions/isv, core/fields).
 */
#include "pages/isv_row_pages.h"

#include <string.h>

#include "actions/isv.h"
#include "base/text.h"
#include "pages/conflict.h"
#include "pages/isv_pages.h"
#include "pages/isv_view.h"
#include "pages/lists.h"
#include "store/catalogue.h"

static const char *
offer_id(const struct exchange *x)
{
    return path_param(x, "offer");
}

/* "<product>/<plan>" as a choice; false when it is no such text. */
static bool
choice_read(struct exchange *x, const char *value, struct plan_choice *choice)
{
    const char *slash = strchr(value, '/');

    if (slash == NULL)
        return false;
    choice->product = arena_copy(x->arena, value, (size_t)(slash - value));
    choice->plan = slash + 1;
    return true;
}

/* The plan after which the page begins: of a link, of the button for the next page, or of the page
 * that was posted. Another search begins anew. */
static const char *
page_asked(const struct exchange *x)
{
    if (text_equal(posted(x, "do"), "next"))
        return posted(x, "next");
    if (text_equal(posted(x, "do"), "search"))
        return "";
    return shown(x, "after", queried(x, "after"));
}

/* The page of what may be added, with what was searched for, ticked and typed. */
static enum err
products_show(struct exchange *x)
{
    const char *search = search_typed(x->arena, shown(x, "q", queried(x, "q")));
    struct plan_choice after = {"", ""};
    struct offer offer;
    struct plans plans;
    struct plan_query query = {.offer = &offer, .search = text_fold(x->arena, search)};

    TRY(isv_offer_for(x, MOVE_EDIT, &offer));
    TRY(isv_changes_parts(x, &offer));
    (void)choice_read(x, page_asked(x), &after); /* none: the first page */
    query.after_product = after.product;
    query.after_plan = after.plan;
    TRY(plans_selectable(x->db, x->arena, &query, x->today, &plans));
    if (offer.type == OFFER_NEW_PLANS)
        isv_plan_new_view(x, &offer, &plans, search);
    else
        isv_products_view(x, &offer, &plans, search);
    view_text(x->view, NAME_AFTER, page_asked(x));
    return OK;
}

enum err
isv_products_get(struct exchange *x)
{
    return products_show(x);
}

/* Those ticked in the posted form: values of fields "plan-<n>". */
static size_t
choices_read(struct exchange *x, struct plan_choice *choices)
{
    const struct form *body = &x->request->body;
    size_t count = 0;

    for (size_t i = 0; i < body->count && count < LIMIT_PICKER_PLANS; i++) {
        if (text_starts(body->pairs[i].name, "plan-") &&
            choice_read(x, body->pairs[i].value, &choices[count]))
            count++;
    }
    return count;
}

/* Somebody changed the offer first. Adding takes nothing of theirs away, so the page comes again as
 * it is now, with all that was ticked and typed. */
static enum err
add_again(struct exchange *x, const char *at)
{
    problem_add(
        x->problems, at,
        "The offer was changed while you were choosing, so nothing was added. Add it again");
    TRY(products_show(x));
    return ERR_STALE;
}

/* Options A and C. */
static enum err
rows_add(struct exchange *x)
{
    const struct act act = exchange_act(x);
    struct plan_choice choices[LIMIT_PICKER_PLANS];
    size_t count = choices_read(x, choices);
    enum err outcome =
        action_rows_add(&act, offer_id(x), posted(x, "rev"), choices, count, x->problems);

    if (outcome == ERR_STALE)
        return add_again(x, "plan");
    if (outcome == ERR_INVALID)
        TRY(products_show(x));
    TRY(isv_explained(x, MOVE_EDIT, outcome));
    return redirect(x, "/isv/offers/%s/setup?done=added#s-products", offer_id(x));
}

/* Option B. */
static enum err
new_plan_add(struct exchange *x)
{
    const struct act act = exchange_act(x);
    const struct answers answers = exchange_answers(x);
    struct plan_choice template = {"", ""};
    int row = 0;
    enum err outcome;

    (void)choice_read(x, posted(x, ANSWER_TEMPLATE),
                      &template); /* none chosen: the action says so */
    outcome = action_new_plan_add(&act, offer_id(x), posted(x, "rev"), &template, &answers,
                                  x->problems, &row);
    if (outcome == ERR_STALE)
        return add_again(x, ANSWER_TEMPLATE);
    if (outcome == ERR_INVALID)
        TRY(products_show(x));
    TRY(isv_explained(x, MOVE_EDIT, outcome));
    return redirect(x, "/isv/offers/%s/products/%d/price?done=plan-added", offer_id(x), row);
}

enum err
isv_products_post(struct exchange *x)
{
    struct offer offer;

    TRY(path_offer(x, &offer));
    if (offer.type != OFFER_NEW_PLANS)
        return rows_add(x);
    if (text_equal(posted(x, "do"), "search") || text_equal(posted(x, "do"), "next"))
        return products_show(x); /* a question, so nothing is saved */
    return new_plan_add(x);
}

/* The page of one row's own form; a row that takes no price of its own has no such page. */
static enum err
price_show(struct exchange *x)
{
    struct offer offer;
    const struct offer_row *row;

    TRY(isv_offer_for(x, MOVE_EDIT, &offer));
    row = offer_row(&offer, path_number(x, "row"));
    if (row == NULL)
        return ERR_ABSENT;
    switch (offer.type) {
    case OFFER_EXISTING_PLANS:
        if (row_absolute_refusal(row) != NULL)
            return ERR_ABSENT;
        isv_price_view(x, &offer, row);
        return OK;
    case OFFER_NEW_PLANS:
        isv_plan_price_view(x, &offer, row);
        return OK;
    case OFFER_RESERVATIONS:
        isv_reservation_view(x, &offer, row);
        return OK;
    case OFFER_TYPE_COUNT:
        break;
    }
    assert(false);
    return ERR_BROKEN;
}

enum err
isv_price_get(struct exchange *x)
{
    return price_show(x);
}

/* Save: what was saved stays saved; what the row still lacks is all shown (D-26). */
static enum err
price_finish(struct exchange *x)
{
    struct offer offer;
    const struct offer_row *row;

    TRY(path_offer(x, &offer));
    row = offer_row(&offer, path_number(x, "row"));
    if (row == NULL)
        return ERR_BROKEN; /* it was saved a moment ago */
    check_row(offer.type, row, x->problems);
    if (x->problems->count == 0)
        return redirect(x, "/isv/offers/%s/setup?done=priced#s-products", offer_id(x));
    if (offer.type == OFFER_RESERVATIONS)
        x->request->body.count =
            0; /* lines are stored by size: show them where problems count them */
    x->status = status_of(ERR_INVALID);
    return price_show(x);
}

enum err
isv_price_post(struct exchange *x)
{
    const struct act act = exchange_act(x);
    const struct answers answers = exchange_answers(x);
    const char *button = posted(x, "do");
    const struct row_edit edit = {.remove_line = isv_button_number(button, "remove-")};
    int row = path_number(x, "row");
    const char *form = arena_format(x->arena, "products/%d/price", row);
    enum err outcome =
        action_row_save(&act, offer_id(x), posted(x, "rev"), row, &answers, &edit, x->problems);

    if (outcome == ERR_INVALID)
        TRY(price_show(x));
    TRY(conflict_or(x, outcome, form));
    if (text_equal(button, "add"))
        return redirect(x, "/isv/offers/%s/%s?add=1#h-lines", offer_id(x), form);
    if (text_equal(button, "recalculate") || edit.remove_line != 0)
        return redirect(x, "/isv/offers/%s/%s?done=priced#h-lines", offer_id(x), form);
    return price_finish(x);
}
