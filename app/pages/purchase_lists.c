/*
 * purchase_lists.c: see the header. Invariant: the place in an address is the last row's time and
 * id; one that leads nowhere shows the first page.
 */
#include "pages/purchase_lists.h"

#include "base/text.h"
#include "pages/parts.h"
#include "pages/place.h"
#include "pages/purchase_view.h"
#include "pages/purchase_words.h"

enum err
purchase_list_load(struct exchange *x, struct purchase_query *query, struct purchase_list *list)
{
    const char *place = queried(x, list->id);

    query->before_at = 0;
    query->before_id = "";
    list->later =
        *place != '\0' && place_read(x->arena, place, &query->before_at, &query->before_id);
    list->stale = *place != '\0' && !list->later;
    TRY(purchases_page(x->db, x->arena, query, &list->page));
    if (!list->later || list->page.count > 0)
        return OK;
    query->before_at = 0;
    query->before_id = "";
    list->later = false;
    list->stale = true;
    return purchases_page(x->db, x->arena, query, &list->page);
}

static void
row_view(struct exchange *x, struct view *table, const struct purchase *purchase, bool button)
{
    struct view *row = view_section(table, NAME_ROW);
    const char *left = days_left(x, purchase_clock_on(purchase));
    struct view *name;

    if (may_work_purchases(x)) {
        name = view_section(row, NAME_ROW_LINK);
        view_text(name, NAME_ROW_HREF, purchase_href(x, purchase, ""));
    } else {
        name = view_section(row, NAME_ROW_PLAIN);
    }
    view_text(name, NAME_ROW_NAME, purchase->product_name);
    view_text(row, NAME_ROW_PLAN, purchase->plan_name);
    view_text(row, NAME_ROW_ID, purchase->id);
    view_text(row, NAME_ROW_CUSTOMER, purchase->organisation_name);
    if (x->hat == HAT_OPERATOR)
        view_format(view_section(row, NAME_ROW_OF), NAME_ROW_OF_TEXT, "From %s",
                    purchase->isv_name);
    view_text(row, NAME_ROW_USERS, purchase_quantity(x, purchase));
    view_text(row, NAME_ROW_DAY, day_show(x->arena, day_of(purchase->bought_at)));
    part_purchase_status(x, row, NAME_ROW_BADGE, purchase);
    view_text(row, NAME_ROW_TEXT, purchase_status_text(x, purchase));
    view_text(row, NAME_ROW_NEXT, purchase_next_text(x, purchase));
    if (left != NULL && purchase_ending_on(purchase, x->today) == PURCHASE_RUNNING)
        view_text(view_section(row, NAME_ROW_DUE), NAME_ROW_DUE_TEXT, left);
    if (button)
        purchase_act(x, row, NAME_ROW_ACT, purchase);
}

static void
table_view(struct exchange *x, struct view *part, const struct purchase_list *list)
{
    struct view *table = view_section(part, NAME_TABLE);

    view_text(table, NAME_CAPTION, list->heading);
    for (size_t i = 0; i < list->page.count; i++)
        row_view(x, table, &list->page.rows[i], list->buttons);
}

void
part_purchases(struct exchange *x, struct view *view, enum name slot,
               const struct purchase_list *list)
{
    struct view *part = view_part(view, slot, PAGE_PART_PURCHASES);
    const char *path = x->request->path;
    const struct purchase *last;
    struct view *pages;

    if (list->page.count == 0) {
        struct view *none = view_section(part, NAME_NONE);

        view_text(none, NAME_NONE_TITLE, list->none_title);
        view_text(none, NAME_NONE_TEXT, list->none_text);
        return;
    }
    table_view(x, part, list);
    if (!list->later && !list->page.more)
        return;
    pages = view_section(part, NAME_HAS_PAGES);
    if (list->later)
        view_text(view_section(pages, NAME_NEWER), NAME_NEWER_HREF, path);
    last = &list->page.rows[list->page.count - 1];
    if (list->page.more)
        view_format(view_section(pages, NAME_OLDER), NAME_OLDER_HREF, "%s?%s=%s", path, list->id,
                    place_text(x->arena, last->bought_at, last->id));
}

void
purchase_list_view(struct exchange *x, struct view *view, const struct purchase_list *list)
{
    struct view *card = view_section(view, NAME_GROUP);

    view_text(card, NAME_GROUP_ID, list->id);
    view_text(card, NAME_GROUP_HEADING, list->heading);
    if (list->note != NULL)
        view_text(view_section(card, NAME_GROUP_NOTE), NAME_GROUP_NOTE_TEXT, list->note);
    part_purchases(x, card, NAME_PURCHASES, list);
}

void
purchase_list_notice(struct view *view, bool stale)
{
    if (stale)
        part_notice(view, NAME_NOTICE, "info", "info", "The list has changed.",
                    "Here is its first page.");
}
