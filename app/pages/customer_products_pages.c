/*
 * customer_products_pages.c: the products of accepted offers while their prices hold, and all
 * public plans at list price.
 *
 * Not here: buying (pages/customer_buy_pages). Invariant: of an offer only what the customer may
 * see is read (offer_view).
 */
#include "pages/customer_products_pages.h"

#include <string.h>

#include "actions/purchase_price.h"
#include "base/text.h"
#include "pages/lists.h"
#include "pages/parts.h"
#include "store/catalogue.h"

#define PRODUCTS_HREF "/customer/products"
#define ALL_HREF PRODUCTS_HREF "?list=all"
#define OFFERS_ON_PAGE 10
#define PRICES_OF_ROW 3

/* ---- Private products ----------------------------------------------------------------------- */

static bool
prices_hold(const struct exchange *x, const struct offer *offer)
{
    return offer_prices_begin(offer).number <= x->today.number &&
           x->today.number <= offer->end_on.number;
}

static void
private_row(struct exchange *x, struct view *table, const struct offer *offer,
            const struct offer_row *row)
{
    struct view *group = customer_prices_row(table, offer, row, PRICES_OF_ROW);
    struct view *source = view_section(group, NAME_ROW_SOURCE);

    view_format(source, NAME_SOURCE_HREF, "/customer/offers/%s", offer->id);
    view_text(source, NAME_SOURCE_NAME, offer->name);
    view_format(source, NAME_SOURCE_TEXT, "sold by %s, prices end %s UTC", offer->partner_name,
                day_show(x->arena, offer->end_on));
    view_format(view_section(group, NAME_ROW_BUY), NAME_BUY_HREF, "/customer/offers/%s/purchase/%d",
                offer->id, row->number);
}

/* Nothing to show: no offer accepted, or none whose prices hold today. */
static void
private_empty(struct view *view, bool accepted)
{
    struct view *empty = view_section(view, NAME_NO_PRODUCT);

    view_text(empty, NAME_EMPTY_HEADING,
              accepted ? "No private price holds today" : "No private products yet");
    view_text(empty, NAME_EMPTY_TEXT,
              accepted
                  ? "The prices of the offers you accepted haven’t begun. Each offer says when "
                    "they do; until then list prices apply."
                  : "The products of an accepted offer appear here on the day its prices "
                    "begin.");
    view_text(empty, NAME_OFFERS_HREF, "/customer/offers");
}

static void
private_pager(struct exchange *x, struct view *view, const struct list_page *page)
{
    struct view *pages;

    if (!page->before && !page->after)
        return;
    pages = view_section(view, NAME_HAS_PAGES);
    if (page->before)
        view_format(view_section(pages, NAME_NEWER), NAME_NEWER_HREF, PRODUCTS_HREF "?before=%s",
                    url_encode(x->arena, page->rows[0].cursor));
    if (page->after)
        view_format(view_section(pages, NAME_OLDER), NAME_OLDER_HREF, PRODUCTS_HREF "?after=%s",
                    url_encode(x->arena, page->rows[page->count - 1].cursor));
}

/* A page of accepted offers, newest change first; a cursor that leads nowhere is the first page. */
static enum err
accepted_page(struct exchange *x, struct list_page *page, bool *stale)
{
    const char *before = queried(x, "before");
    struct list_query query = {
        .viewer = exchange_viewer(x),
        .today = x->today,
        .status = LIST_ACCEPTED,
        .sort = SORT_CHANGED,
        .descending = true,
        .search = "",
        .backward = *before != '\0',
        .cursor = *before == '\0' ? queried(x, "after") : before,
        .limit = OFFERS_ON_PAGE,
    };
    enum err outcome = offers_page(x->db, x->arena, &query, page);

    *stale = outcome == ERR_INVALID || (outcome == OK && *query.cursor != '\0' && page->count == 0);
    if (!*stale)
        return outcome;
    query.cursor = "";
    query.backward = false;
    return offers_page(x->db, x->arena, &query, page);
}

static enum err
private_products(struct exchange *x)
{
    struct viewer viewer = exchange_viewer(x);
    struct view *view = show(x, PAGE_CUSTOMER_PRODUCTS, "Products");
    struct view *table = NULL;
    struct list_page page;
    bool stale;

    head_lead(part_head(x, view, "Products"),
              "What you can buy at the prices of your accepted offers, one product at a time.");
    view_text(view, NAME_PRODUCTS_HREF, PRODUCTS_HREF);
    view_text(view, NAME_ALL_HREF, ALL_HREF);
    TRY(accepted_page(x, &page, &stale));
    if (stale)
        part_notice(view, NAME_NOTICE, "info", "info", "That page is no longer there.",
                    "The list starts from the newest again.");
    for (size_t i = 0; i < page.count; i++) {
        struct offer *offer = arena_new(x->arena, struct offer);

        TRY(offer_view(x->db, x->arena, &viewer, page.rows[i].id, offer));
        if (!prices_hold(x, offer))
            continue;
        if (table == NULL)
            table = customer_prices_table(view, NAME_PRICES, "Private products");
        for (size_t k = 0; k < offer->row_count; k++)
            private_row(x, table, offer, &offer->rows[k]);
    }
    if (table == NULL)
        private_empty(view, page.count > 0);
    private_pager(x, view, &page);
    return OK;
}

/* ---- All products --------------------------------------------------------------------------- */

/* The place after the last plan of a page, as ?after= carries it: no id holds a slash. */
static struct sale_query
sale_asked(const struct exchange *x, const char *typed)
{
    const char *after = queried(x, "after");
    const char *slash = strchr(after, '/');

    return (struct sale_query){
        .search = text_fold(x->arena, typed),
        .after_product = slash == NULL ? "" : arena_copy(x->arena, after, (size_t)(slash - after)),
        .after_plan = slash == NULL ? "" : slash + 1,
    };
}

static void
sale_row(struct exchange *x, struct view *found, const struct plan_on_sale *sale)
{
    const struct plan *plan = sale->plan;
    struct view *row = view_section(found, NAME_ROW);

    view_text(row, NAME_ROW_PRODUCT, plan->product_name);
    view_text(row, NAME_ROW_PLAN, plan->name);
    view_text(row, NAME_ROW_TYPE, product_type_words(plan->type));
    view_text(row, NAME_ROW_PUBLISHER, sale->publisher_name);
    view_text(row, NAME_PLAN_LIST, list_words(x->arena, plan));
    view_format(row, NAME_ROW_HREF, PRODUCTS_HREF "/%s/%s/purchase", plan->product, plan->id);
}

static void
sale_nothing(struct exchange *x, struct view *view, const char *typed)
{
    struct view *nothing = view_section(view, NAME_NOT_FOUND);

    view_text(nothing, NAME_NOT_FOUND_TEXT,
              *typed == '\0' ? "Nothing is on sale"
                             : arena_format(x->arena, "No plans match “%s”", typed));
    view_text(nothing, NAME_NOT_FOUND_HINT,
              *typed == '\0' ? "No publisher sells a public plan in this market yet."
                             : "The search looks at the names of products and plans.");
    if (*typed != '\0')
        view_show(nothing, NAME_CLEAR);
}

static void
sale_pager(struct exchange *x, struct view *found, const struct plans_on_sale *page,
           const char *typed)
{
    const char *search =
        *typed == '\0' ? "" : arena_format(x->arena, "&q=%s", url_encode(x->arena, typed));
    bool later = *queried(x, "after") != '\0';
    struct view *pages;

    if (!later && !page->more)
        return;
    pages = view_section(found, NAME_HAS_PAGES);
    if (later)
        view_format(view_section(pages, NAME_NEWER), NAME_NEWER_HREF, ALL_HREF "%s", search);
    if (page->more) {
        const struct plan *last = page->rows[page->count - 1].plan;

        view_format(view_section(pages, NAME_OLDER), NAME_OLDER_HREF, ALL_HREF "%s&after=%s/%s",
                    search, last->product, last->id);
    }
}

static enum err
all_products(struct exchange *x)
{
    const char *typed = search_typed(x->arena, queried(x, "q"));
    struct sale_query query = sale_asked(x, typed);
    struct view *view = show(x, PAGE_CUSTOMER_PRODUCTS_ALL, "All products");
    struct plans_on_sale page;
    struct view *found;

    head_lead(part_head(x, view, "Products"), "Every public plan of this market, at list price.");
    view_text(view, NAME_PRODUCTS_HREF, PRODUCTS_HREF);
    view_text(view, NAME_ALL_HREF, ALL_HREF);
    view_text(view, NAME_QUERY, typed);
    TRY(plans_on_sale(x->db, x->arena, &query, x->today, &page));
    if (page.count == 0) {
        sale_nothing(x, view, typed);
        return OK;
    }
    found = view_section(view, NAME_FOUND);
    for (size_t i = 0; i < page.count; i++)
        sale_row(x, found, &page.rows[i]);
    sale_pager(x, found, &page, typed);
    return OK;
}

/* GET /customer/products */
enum err
customer_products_get(struct exchange *x)
{
    return text_equal(queried(x, "list"), "all") ? all_products(x) : private_products(x);
}
