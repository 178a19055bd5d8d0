/*
 * offers_view.c: the dashboard of sellers: status chips, search, and a row for each offer.
 *
 * Not here: which offers, in which order (pages/lists). The customer appears as the label the ISV
 * typed or the billing account ID, never by its registered name (LAW 5).
 */
#include "pages/bulk_pages.h"
#include "pages/lists.h"
#include "pages/offers_pages.h"
#include "pages/parts.h"
#include "pages/purchase_pages.h"

/* While these last, the days left to accept are worth telling. */
static bool
acceptance_ahead(enum offer_state state)
{
    switch (state) {
    case STATE_DRAFT:
    case STATE_TO_PARTNER:
    case STATE_PENDING_PARTNER:
    case STATE_TO_CUSTOMER:
    case STATE_PENDING_ACCEPTANCE:
        return true;
    case STATE_ACCEPTED:
    case STATE_CANCELLED:
    case STATE_DELETED:
    case STATE_EXPIRED:
    case STATE_ENDED:
        return false;
    case STATE_COUNT:
        break;
    }
    assert(false);
    return false;
}

static const char *
or_words(const char *text, const char *otherwise)
{
    return *text == '\0' ? otherwise : text;
}

/* What the status leads to, and the dates of the private price. */
static void
row_terms(struct exchange *x, struct view *row, const struct offer_list *list,
          const struct offer_line *line)
{
    struct day accept_by = line->offer.accept_by_on;
    const char *left = NULL;

    part_status(x, row, NAME_ROW_BADGE, &line->offer);
    if (offer_has_status(x, &line->offer))
        view_format(view_section(row, NAME_ROW_STATUS), NAME_STATUS_HREF, "%s/%s/purchases",
                    list->path, line->id);
    view_text(row, NAME_ROW_START,
              or_words(day_show(x->arena, offer_starts_on(&line->offer)),
                       line->offer.start_mode == START_ON_ACCEPT ? "Accepted date" : "Not set"));
    view_text(row, NAME_ROW_END, or_words(day_show(x->arena, line->offer.end_on), "Not set"));
    view_text(row, NAME_ROW_ACCEPT_BY, or_words(day_show(x->arena, accept_by), "Not set"));
    if (!day_is_none(accept_by) && acceptance_ahead(offer_state_on(&line->offer, x->today)))
        left = days_left(x, accept_by);
    if (left != NULL)
        view_text(view_section(row, NAME_ROW_DUE), NAME_ROW_DUE_TEXT, left);
}

static void
row_view(struct exchange *x, struct view *found, const struct offer_list *list, size_t index)
{
    const struct offer_line *line = &list->page.rows[index];
    struct view *row = view_section(found, NAME_ROW);

    if (role_can(x->who.role, CAN_EDIT_OFFERS)) {
        struct view *pick = view_section(row, NAME_CAN_PICK);

        view_format(pick, NAME_ROW_INDEX, "%zu", index + 1);
        if (bulk_picked(x, line->id))
            view_show(pick, NAME_ROW_PICKED);
    }
    view_format(row, NAME_ROW_HREF, "%s/%s", list->path, line->id);
    view_text(row, NAME_ROW_NAME, line->name);
    view_text(row, NAME_ROW_ID, line->id);
    view_text(row, NAME_ROW_PRODUCTS, products_words(x->arena, (size_t)line->row_count));
    view_text(row, NAME_ROW_CUSTOMER, customer_words(line->customer_label, line->billing_account));
    view_text(row, NAME_ROW_OTHER,
              x->hat == HAT_ISV ? or_words(line->partner_name, "Not added yet") : line->isv_name);
    row_terms(x, row, list, line);
    view_text(row, NAME_ROW_DAY, day_show(x->arena, day_of(line->changed_at)));
    view_text(row, NAME_ROW_CLOCK, instant_clock(x->arena, line->changed_at));
    if (*line->creator != '\0')
        view_text(view_section(row, NAME_ROW_CREATOR), NAME_ROW_CREATOR_NAME, line->creator);
}

static void
found_view(struct exchange *x, struct view *view, const struct offer_list *list)
{
    bool isv = x->hat == HAT_ISV;
    const struct list_column columns[] = {
        {{{"Offer", SORT_NAME}, {"ID", SORT_ID}}},
        {{{"Customer", SORT_CUSTOMER}}},
        {{{isv ? "Selling partner" : "ISV", SORT_OTHER}}},
        {{{"Status", SORT_STATUS}}},
        {{{"Start", SORT_START}, {"End", SORT_END}}},
        {{{"Accept by", SORT_ACCEPT_BY}}},
        {{{"Changed", SORT_CHANGED}, {isv ? "Created by" : NULL, SORT_CREATOR}}},
    };
    struct view *found = view_section(view, NAME_FOUND);

    view_format(found, NAME_CAPTION, "Private offers, %s, %s",
                list_status_words(list->query.status), list_range(x, list));
    if (role_can(x->who.role, CAN_EDIT_OFFERS))
        view_show(found, NAME_CAN_PICK);
    list_columns(x, found, list, columns, COUNT(columns));
    for (size_t i = 0; i < list->page.count; i++)
        row_view(x, found, list, i);
    list_pager(x, found, list);
}

static const char *
new_href(const struct exchange *x)
{
    return x->hat == HAT_ISV && role_can(x->who.role, CAN_EDIT_OFFERS) ? "/isv/offers/new" : NULL;
}

static void
first_view(const struct exchange *x, struct view *view)
{
    if (x->hat == HAT_ISV)
        view_text(view_section(view, NAME_FIRST_ISV), NAME_NEW_HREF, new_href(x));
    else
        view_show(view, NAME_FIRST_PARTNER);
}

/* Everything above the table: chips, search, and what can be done with the offers. */
static void
tools_view(struct exchange *x, struct view *view, const struct offer_list *list)
{
    list_chips(x, view, list);
    if (new_href(x) != NULL)
        view_text(view_section(view, NAME_CAN_CREATE), NAME_NEW_HREF, new_href(x));
    list_keep(x, view, list);
    view_text(view, NAME_SEARCH_HINT, "Offer name or ID");
    view_text(view, NAME_CUSTOMER_TYPED, list->customer);
    view_text(view, NAME_OTHER_NAME, x->hat == HAT_ISV ? "partner" : "isv");
    view_text(view, NAME_OTHER_LABEL, x->hat == HAT_ISV ? "Selling partner" : "ISV");
    view_text(view, NAME_OTHER_TYPED, list->other);
    view_text(view, NAME_FORM_ACTION, list_href(x, list, "/bulk", true));
    if (list->page.count == 0)
        return;
    if (role_can(x->who.role, CAN_EDIT_OFFERS)) {
        view_show(view, NAME_CAN_PICK);
        bulk_buttons(x, view);
    }
    view_text(view_section(view, NAME_EXPORT), NAME_EXPORT_HREF, list_href(x, list, ".csv", false));
}

void
offers_view(struct exchange *x, const struct offer_list *list)
{
    struct view *view = show(x, PAGE_OFFERS, "Private offers");
    struct view *some;

    part_head(x, view, "Private offers");
    view_text(view, NAME_OFFERS_HREF, list->path);
    part_summary(x, view, "");
    if (list->stale)
        part_notice(view, NAME_NOTICE, "info", "info", "The list has changed.",
                    "Here is its first page.");
    if (list->counts[LIST_ALL] == 0) {
        first_view(x, view);
        return;
    }
    some = view_section(view, NAME_HAS_OFFERS);
    tools_view(x, some, list);
    if (list->page.count > 0)
        found_view(x, some, list);
    else
        view_text(view_section(some, NAME_NOT_FOUND), NAME_NOT_FOUND_TEXT, list_nothing(x, list));
}
