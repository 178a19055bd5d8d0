/*
 * operator_view.c: the operator's list of offers, and one offer with all that both sides typed.
 *
 * Read only: no form and no button but the search. Figures come from the same law as the parties'.
 */
#include "base/text.h"
#include "pages/lists.h"
#include "pages/operator_pages.h"
#include "pages/documents_view.h"
#include "pages/parts.h"

#define UNSET "–"

static const char *
or_unset(const char *words)
{
    return *words == '\0' ? UNSET : words;
}

static const char *
moment(const struct exchange *x, int64_t at)
{
    return at == 0 ? UNSET : instant_show(x->arena, at);
}

static void
row_view(struct exchange *x, struct view *found, const struct offer_list *list,
         const struct offer_line *line)
{
    struct view *row = view_section(found, NAME_ROW);

    view_format(row, NAME_ROW_HREF, "%s/%s", list->path, line->id);
    view_text(row, NAME_ROW_NAME, line->name);
    view_text(row, NAME_ROW_ID, line->id);
    view_text(row, NAME_ROW_PUBLISHER, line->isv_name);
    view_text(row, NAME_ROW_SELLER, or_unset(line->partner_name));
    part_status(x, row, NAME_ROW_BADGE, &line->offer);
    view_text(row, NAME_ROW_ACCEPT_BY, or_unset(day_show(x->arena, line->offer.accept_by_on)));
    view_text(row, NAME_ROW_DAY, day_show(x->arena, day_of(line->changed_at)));
    view_text(row, NAME_ROW_CLOCK, instant_clock(x->arena, line->changed_at));
}

static void
found_view(struct exchange *x, struct view *view, const struct offer_list *list)
{
    static const struct list_column columns[] = {
        {{{"Offer", SORT_COUNT}}},           {{{"ISV", SORT_COUNT}}},
        {{{"Selling partner", SORT_COUNT}}}, {{{"Status", SORT_COUNT}}},
        {{{"Accept by", SORT_COUNT}}},       {{{"Created", SORT_CHANGED}}},
    };
    struct view *found = view_section(view, NAME_FOUND);

    view_format(found, NAME_CAPTION, "Private offers, %s, by day of creation", list_range(x, list));
    list_columns(x, found, list, columns, COUNT(columns));
    for (size_t i = 0; i < list->page.count; i++)
        row_view(x, found, list, &list->page.rows[i]);
    list_pager(x, found, list);
}

void
operator_offers_view(struct exchange *x, const struct offer_list *list)
{
    struct view *view = show(x, PAGE_OPERATOR_OFFERS, "Offers");

    part_head(x, view, "Offers");
    view_text(view, NAME_OFFERS_HREF, list->path);
    if (list->stale)
        part_notice(view, NAME_NOTICE, "info", "info", "The list has changed.",
                    "Here is its first page.");
    list_keep(x, view, list);
    view_text(view, NAME_SEARCH_HINT, "Offer name or ID");
    if (list->page.count > 0)
        found_view(x, view, list);
    else
        view_text(view_section(view, NAME_NOT_FOUND), NAME_NOT_FOUND_TEXT,
                  list_filtered(list) ? list_nothing(x, list) : "There are no offers yet");
}

/* A card with facts from the field table. */
struct group {
    const char *id;
    const char *heading;
    enum field fields[4];
    size_t count;
    bool tells_tax; /* and whether sales tax may be charged */
};

static const struct group groups[] = {
    {"g-isv",
     "Set by the ISV",
     {FIELD_CUSTOMER_LABEL, FIELD_DESCRIPTION, FIELD_CONTACTS, FIELD_SALES_NOTE},
     4,
     false},
    {"g-partner",
     "Set by the selling partner",
     {FIELD_PREPARED_BY, FIELD_PARTNER_CONTACTS, FIELD_PARTNER_NOTE},
     3,
     true},
};

static struct view *
group_add(struct view *view, const char *id, const char *heading)
{
    struct view *group = view_section(view, NAME_GROUP);

    view_text(group, NAME_GROUP_ID, id);
    view_text(group, NAME_GROUP_HEADING, heading);
    return part_facts(group, NAME_GROUP_FACTS);
}

static void
parties_view(const struct exchange *x, struct view *view, const struct offer *offer)
{
    struct view *facts = group_add(view, "g-parties", "Parties");

    fact_code(facts, "ISV", offer->isv_name, offer->isv);
    fact_code(facts, "Selling partner", or_unset(offer->partner_name),
              *offer->partner == '\0' ? NULL : offer->partner);
    fact_code(facts, "Customer billing account ID", *offer->billing_account == '\0' ? UNSET : "",
              *offer->billing_account == '\0' ? NULL : offer->billing_account);
    if (*offer->failure != '\0')
        fact(facts, "Last publication failed", offer->failure);
    facts = group_add(view, "g-terms", "Dates");
    fact(facts, "Customer start date", start_words(x, offer));
    fact(facts, "Customer end date", or_unset(day_show(x->arena, offer->end_on)));
    fact_note(facts, "Customer accept by date", or_unset(day_show(x->arena, offer->accept_by_on)),
              day_is_none(offer->accepted_on) ? days_left(x, offer->accept_by_on) : NULL);
    fact(facts, "Created", moment(x, offer->created_at));
    fact(facts, "Submitted to the partner", moment(x, offer->submitted_at));
    fact(facts, "Extended to the customer", moment(x, offer->extended_at));
    fact(facts, "Accepted", or_unset(day_show(x->arena, offer->accepted_on)));
}

static void
row_prices(struct exchange *x, struct view *some, const struct offer *offer,
           const struct offer_row *row)
{
    struct view *group = view_section(some, NAME_ROW);

    row_texts(group, row);
    view_text(group, NAME_ROW_PRICING, pricing_words(x->arena, row));
    if (row->has_adjustment)
        view_format(view_section(group, NAME_ROW_ADJUSTED), NAME_ROW_ADJUSTED_TEXT, "%s%%",
                    rate_show(x->arena, row->adjustment));
    for (size_t k = 0; k < prices_shown(row); k++) {
        const struct row_price *price = &row->prices[k];
        struct view *point = view_section(group, NAME_POINT);

        point_texts(point, row, price, SELLER_COLUMNS);
        view_text(point, NAME_POINT_FEE, fee_words(x, price));
    }
    more_texts(group, row, "");
    row_total_texts(group, offer, row, SELLER_COLUMNS);
}

enum err
operator_offer_show(struct exchange *x, const struct offer *offer)
{
    static const char *const crumbs[][2] = {{"Offers", "/operator/offers"}};
    struct view *view = show(x, PAGE_OPERATOR_OFFER, offer->name);
    struct view *head = part_head(x, view, offer->name);
    struct view *some = NULL;

    head_crumbs(head, crumbs, COUNT(crumbs), offer->name);
    head_offer(x, head, offer, NULL, 0);
    parties_view(x, view, offer);
    for (size_t i = 0; i < COUNT(groups); i++) {
        struct view *facts = group_add(view, groups[i].id, groups[i].heading);

        for (size_t k = 0; k < groups[i].count; k++)
            fact(facts, fields[groups[i].fields[k]].label,
                 or_unset(field_value(offer, groups[i].fields[k], x->arena)));
        if (groups[i].tells_tax)
            fact(facts, fields[FIELD_TAXABLE].label, offer->taxable ? "Yes" : "No");
    }
    part_documents(x, view, offer, NULL);
    if (offer->row_count == 0)
        view_show(view, NAME_NO_ROWS);
    else
        some = view_section(view, NAME_HAS_ROWS);
    for (size_t i = 0; i < offer->row_count; i++)
        row_prices(x, some, offer, &offer->rows[i]);
    if (some != NULL)
        offer_total_texts(some, offer, SELLER_COLUMNS);
    return part_history(x, view, offer, next_step(x, offer));
}
