/*
 * catalogue_view.c: the list of products, a product and its form, a plan.
 *
 * Not here: the form of a plan (pages/catalogue_form_view). Invariant: buttons are drawn for those
 * only whose role may work on the catalogue.
 */
#include "pages/catalogue_view.h"

#include <inttypes.h>

#include "actions/catalogue.h"
#include "base/text.h"
#include "pages/parts.h"

#define HOME "/isv/products"
#define NONE "–"

const char *
product_href(const struct exchange *x, const char *product, const char *rest)
{
    return arena_format(x->arena, HOME "/%s%s", product, rest);
}

const char *
plan_href(const struct exchange *x, const struct plan *plan, const char *rest)
{
    return arena_format(x->arena, HOME "/%s/plans/%s%s", plan->product, plan->id, rest);
}

/* May the person work on the catalogue (LAW 2.2)? */
static bool
may_work_catalogue(const struct exchange *x)
{
    return role_can(x->who.role, CAN_WORK_CATALOGUE);
}

const char *
trial_words(struct arena *arena, int months)
{
    if (months == 0)
        return "None";
    return arena_format(arena, "%d month%s", months, months == 1 ? "" : "s");
}

static void
published_badge(struct view *view, enum name slot, bool published)
{
    part_badge(view, slot, published ? "ok" : "", published ? "check" : "pen",
               published ? "Published" : "Not published");
}

static const char *
store_words(const struct product *product)
{
    return product->in_azure_marketplace ? "Azure Marketplace" : "AppSource only";
}

/* ---- The list ------------------------------------------------------------------------------- */

static const char *
plans_words(struct arena *arena, const struct product_line *line)
{
    if (line->plan_count == 0)
        return "No plans";
    return arena_format(arena, "%d, %d published", line->plan_count, line->published_count);
}

static const char *
page_href(struct exchange *x, const char *search, const char *side, const char *cursor)
{
    return arena_format(x->arena, HOME "?q=%s&%s=%s", url_encode(x->arena, search), side,
                        url_encode(x->arena, cursor));
}

static void
pages_view(struct exchange *x, struct view *found, const struct product_page *page,
           const char *search)
{
    struct view *pages;

    if (!page->before && !page->after)
        return;
    pages = view_section(found, NAME_HAS_PAGES);
    if (page->before)
        view_text(view_section(pages, NAME_NEWER), NAME_NEWER_HREF,
                  page_href(x, search, "before", page->rows[0].cursor));
    if (page->after)
        view_text(view_section(pages, NAME_OLDER), NAME_OLDER_HREF,
                  page_href(x, search, "after", page->rows[page->count - 1].cursor));
}

static void
product_row(struct exchange *x, struct view *found, const struct product_line *line)
{
    struct view *row = view_section(found, NAME_ROW);

    view_text(row, NAME_ROW_HREF, product_href(x, line->facts.id, ""));
    view_text(row, NAME_ROW_NAME, line->facts.name);
    view_text(row, NAME_ROW_ID, line->facts.id);
    view_text(row, NAME_ROW_TYPE, product_type_words(line->facts.type));
    view_text(row, NAME_ROW_MODEL, line->has_model ? model_words(line->model) : NONE);
    view_text(row, NAME_ROW_PLANS, plans_words(x->arena, line));
    view_text(row, NAME_ROW_STORE, store_words(&line->facts));
    published_badge(row, NAME_ROW_BADGE, line->facts.published);
}

static void
create_button(struct exchange *x, struct view *view)
{
    struct view *buttons;

    if (!may_work_catalogue(x))
        return;
    buttons = view_section(view, NAME_CAN_CREATE);
    view_text(buttons, NAME_NEW_HREF, HOME "/new");
    view_text(buttons, NAME_IMPORT_HREF, HOME "/import");
}

void
products_view(struct exchange *x, const struct product_page *page, const char *search, bool stale)
{
    struct view *view = show(x, PAGE_PRODUCTS, "Products and plans");
    struct view *some;

    part_head(x, view, "Products and plans");
    if (stale)
        part_notice(view, NAME_NOTICE, "info", "info", "This page of the list is gone.",
                    "Here is the first one.");
    if (page->count == 0 && *search == '\0') {
        create_button(x, view_section(view, NAME_FIRST_PRODUCT));
        return;
    }
    some = view_section(view, NAME_HAS_PRODUCTS);
    create_button(x, some);
    view_text(some, NAME_EXPORT_HREF, HOME ".json");
    view_text(some, NAME_PRODUCTS_HREF, HOME);
    view_text(some, NAME_QUERY, search);
    if (page->count == 0) {
        view_text(view_section(some, NAME_NOT_FOUND), NAME_NOT_FOUND_TEXT,
                  arena_format(x->arena, "No products match “%s”", search));
        return;
    }
    some = view_section(some, NAME_FOUND);
    for (size_t i = 0; i < page->count; i++)
        product_row(x, some, &page->rows[i]);
    pages_view(x, some, page, search);
}

/* ---- A product ------------------------------------------------------------------------------ */

/* The lowest price that is not a meter's; NULL when there is none. */
static const struct price_point *
lowest_point(const struct plan *plan)
{
    const struct price_point *lowest = NULL;

    for (size_t k = 0; k < plan->point_count; k++) {
        const struct price_point *point = &plan->points[k];

        if (point->kind != POINT_METER &&
            (lowest == NULL || amount_integer(point->list) < amount_integer(lowest->list)))
            lowest = point;
    }
    return lowest;
}

static void
plan_row(struct exchange *x, struct view *found, const struct plan *plan)
{
    const struct price_point *lowest = lowest_point(plan);
    struct view *row = view_section(found, NAME_ROW);

    view_text(row, NAME_ROW_HREF, plan_href(x, plan, ""));
    view_text(row, NAME_ROW_NAME, plan->name);
    view_text(row, NAME_ROW_ID, plan->id);
    view_text(row, NAME_ROW_VISIBILITY, plan->is_public ? "Public" : "Private");
    view_text(row, NAME_ROW_TRIAL, trial_words(x->arena, plan->trial_months));
    view_text(row, NAME_ROW_FROM, lowest == NULL ? NONE : amount_show(x->arena, lowest->list));
    if (lowest != NULL)
        view_text(view_section(row, NAME_ROW_FROM_WHAT), NAME_ROW_FROM_TEXT,
                  point_words(x->arena, plan, lowest));
    published_badge(row, NAME_ROW_BADGE, plan->published);
}

/* Edit, Publish or Unpublish below the facts. */
static void
change_buttons(struct exchange *x, struct view *view, const char *edit, const char *publish,
               const char *unpublish, bool published)
{
    struct view *buttons;

    if (!may_work_catalogue(x))
        return;
    buttons = view_section(view, NAME_CAN_CHANGE);
    view_text(buttons, NAME_EDIT_HREF, edit);
    if (published)
        view_text(view_section(buttons, NAME_CAN_UNPUBLISH), NAME_UNPUBLISH_HREF, unpublish);
    else
        view_text(view_section(buttons, NAME_CAN_PUBLISH), NAME_PUBLISH_HREF, publish);
}

static void
product_facts(struct exchange *x, struct view *view, const struct product *product,
              const struct plan *plans, size_t count)
{
    struct view *facts = part_facts(view, NAME_FACTS);

    fact_code(facts, "Product ID", "", product->id);
    fact(facts, "Type", product_type_words(product->type));
    fact(facts, "Pricing model",
         count == 0 ? "Chosen with the first plan" : model_words(plans[0].model));
    fact(facts, "Sold in", store_words(product));
    fact(facts, "Bought through the marketplace", product->transactable ? "Yes" : "No");
    fact(facts, "Counts towards commitments",
         product->macc_enrolled && product->cosell_eligible ? "Yes" : "No");
    published_badge(view, NAME_ANSWER, product->published);
    change_buttons(x, view, product_href(x, product->id, "/edit"),
                   product_href(x, product->id, "/publish"),
                   product_href(x, product->id, "/unpublish"), product->published);
}

void
product_view(struct exchange *x, const struct own_product *product, const struct plan *plans,
             size_t count)
{
    static const char *const crumbs[][2] = {{"Products and plans", HOME}};
    const struct product *facts = &product->facts;
    struct view *view = show(x, PAGE_PRODUCT, facts->name);
    struct view *some;

    head_crumbs(part_head(x, view, facts->name), crumbs, COUNT(crumbs), facts->name);
    part_summary(x, view, "");
    if (may_work_catalogue(x) && count < LIMIT_PLANS)
        view_text(view_section(view, NAME_CAN_ADD), NAME_NEW_HREF,
                  product_href(x, facts->id, "/plans/new"));
    product_facts(x, view, facts, plans, count);
    if (count == 0) {
        view_show(view, NAME_NO_PLANS);
        return;
    }
    some = view_section(view, NAME_HAS_PLANS);
    for (size_t i = 0; i < count; i++)
        plan_row(x, some, &plans[i]);
}

/* ---- The form of a product --------------------------------------------------------------------
 */

void
catalogue_stale(struct view *view, const char *what)
{
    part_notice(view, NAME_NOTICE, "warn", "alert", what,
                "What you typed is still here and not saved. If you save it now, it replaces what "
                "the other person saved.");
}

static const struct field_look id_look = {.hint = CATALOGUE_ID_HINT};
static const struct field_look name_look = {.hint = "Up to 200 characters"};

static void
type_field(struct exchange *x, struct view *view, const struct own_product *stored, bool has_plans)
{
    static const struct choice choices[] = {
        {"SAAS", "SaaS", "Subscriptions for a term, flat or per user"},
        {"AZURE_VM", "Azure virtual machine", "Software billed by the hour, reservations"},
        {"AZURE_APP", "Azure application", "A managed application with a monthly fee"},
    };
    const char *type = stored == NULL ? "" : product_type_text(stored->facts.type);

    if (stored == NULL || !has_plans) {
        part_choice(x, view, NAME_FIELD_TYPE, "type", "Type", choices, COUNT(choices), type);
        return;
    }
    fact_note(part_facts(view, NAME_FACTS), "Type", product_type_words(stored->facts.type),
              "Fixed, because the product has plans");
}

void
product_form_view(struct exchange *x, const struct own_product *stored, bool has_plans, bool stale)
{
    static const struct choice stores[] = {
        {"azure_marketplace", "Azure Marketplace", "Its plans can be put into private offers"},
        {"appsource", "AppSource only", "Never part of a private offer"},
    };
    const struct product *facts = stored == NULL ? NULL : &stored->facts;
    const char *title = stored == NULL ? "New product" : "Edit product";
    struct view *view = show(x, PAGE_PRODUCT_FORM, title);
    const char *back = facts == NULL ? "/isv/products" : product_href(x, facts->id, "");
    const char *const crumbs[][2] = {{"Products and plans", "/isv/products"},
                                     {facts == NULL ? "" : facts->name, back}};

    head_crumbs(part_head(x, view, title), crumbs, facts == NULL ? 1 : 2, title);
    part_not_saved(x, view);
    if (stale)
        catalogue_stale(view, "This product changed meanwhile.");
    part_summary(x, view, "");
    view_text(view, NAME_FORM_ACTION,
              facts == NULL ? "/isv/products/new" : product_href(x, facts->id, "/edit"));
    view_text(view, NAME_CANCEL_HREF, back);
    part_rev(x, view,
             arena_format(x->arena, "%" PRId64, stored == NULL ? VERSION_NEW : stored->version));
    if (facts == NULL)
        part_text(x, view, NAME_FIELD_ID, "id", "Product ID", "text", "", &id_look);
    part_text(x, view, NAME_FIELD_NAME, "name", "Product name", "text",
              facts == NULL ? "" : facts->name, &name_look);
    type_field(x, view, stored, has_plans);
    part_choice(x, view, NAME_FIELD_STOREFRONT, "storefront", "Sold in", stores, COUNT(stores),
                facts == NULL || facts->in_azure_marketplace ? "azure_marketplace" : "appsource");
    part_tick(x, view, NAME_FIELD_TRANSACTABLE, "transactable", "Selling",
              "Customers buy it through the marketplace", facts == NULL || facts->transactable);
    part_tick(x, view, NAME_FIELD_MACC, "macc", "Selling",
              "Enrolled for Azure consumption commitments", facts != NULL && facts->macc_enrolled);
    part_tick(x, view, NAME_FIELD_COSELL, "cosell", "Selling", "IP co-sell eligible",
              facts != NULL && facts->cosell_eligible);
}

/* ---- A plan --------------------------------------------------------------------------------- */

/* "Per unit: GB ingested. Includes 100 in 1-month, unlimited in 1-year. Disabled" */
static const char *
meter_words(struct arena *arena, const struct plan *plan, const struct price_point *point)
{
    const char *words = *point->unit == '\0'
                            ? point->id + sizeof(POINT_METER_PREFIX) - 1
                            : arena_format(arena, "%s, per %s",
                                           point->id + sizeof(POINT_METER_PREFIX) - 1, point->unit);
    bool first = true;

    for (size_t i = 0; i < plan->included_count; i++) {
        const struct included *included = &plan->included[i];

        if (!text_equal(included->meter, point->id))
            continue;
        words =
            arena_format(arena, "%s%s%s in %s", words, first ? "; includes " : ", ",
                         included->unlimited ? "any quantity"
                                             : arena_format(arena, "%" PRId64, included->quantity),
                         plan->model == MODEL_APP && included->term_months == APP_TERM
                             ? "a month"
                             : term_words(arena, included->term_months));
        first = false;
    }
    return point->disabled ? arena_format(arena, "%s; disabled", words) : words;
}

static void
changes_view(struct exchange *x, struct view *row, const struct own_plan *plan,
             const struct price_point *point)
{
    bool any = false;

    for (size_t i = 0; i < plan->change_count; i++) {
        const struct price_change *change = &plan->changes[i];
        struct view *view;

        if (!text_equal(change->point, point->id))
            continue;
        any = true;
        view = view_section(row, NAME_CHANGE);
        view_text(view, NAME_CHANGE_TEXT,
                  arena_format(x->arena, "from %s: %s", day_show(x->arena, change->from_on),
                               amount_show(x->arena, change->amount)));
        if (!may_work_catalogue(x))
            continue;
        view = view_section(view, NAME_CHANGE_CANCEL);
        view_text(view, NAME_CANCEL_CHANGE_HREF, plan_href(x, &plan->plan, "/cancel-change"));
        view_text(view, NAME_CHANGE_POINT, point->id);
    }
    if (!any)
        view_show(row, NAME_NO_CHANGE);
}

static void
point_view(struct exchange *x, struct view *prices, const struct own_plan *own,
           const struct price_point *point, const struct markets *markets)
{
    const struct plan *plan = &own->plan;
    const struct market *market = market_find(markets, point->market);
    struct view *row = view_section(prices, NAME_POINT);
    const char *more = NULL;

    if (point->kind == POINT_METER)
        more = meter_words(x->arena, plan, point);
    else if (plan->model == MODEL_VM_MARKET)
        more = market == NULL ? point->market : market->name;
    view_text(row, NAME_POINT_LABEL, point_words(x->arena, plan, point));
    if (more != NULL)
        view_text(view_section(row, NAME_POINT_MORE), NAME_POINT_MORE_TEXT, more);
    view_text(row, NAME_POINT_LIST, amount_show(x->arena, point->list));
    changes_view(x, row, own, point);
}

static void
prices_table(struct exchange *x, struct view *view, const struct own_plan *own,
             const struct markets *markets)
{
    const struct plan *plan = &own->plan;
    bool never = !model_priced(plan->model);
    struct view *prices;

    if (plan->point_count == 0) {
        prices = view_section(view, NAME_NO_PRICES);
        view_text(prices, NAME_NO_PRICES_TITLE, never ? "No price" : "No prices yet");
        view_text(prices, NAME_NO_PRICES_TEXT,
                  never ? "Plans with this pricing model have none and are in no private offer."
                        : "Edit the plan to enter them; it can’t be published without.");
        return;
    }
    if (plan->was_published || plan->published)
        view_text(view_section(view, NAME_PRICES_NOTE), NAME_PRICES_NOTE_TEXT,
                  "In US dollars. A lower price takes effect on the first of the next month, a "
                  "higher one on the first of a month at least 90 days away.");
    prices = view_section(view, NAME_HAS_PRICES);
    for (size_t k = 0; k < plan->point_count; k++)
        point_view(x, prices, own, &plan->points[k], markets);
}

static const char *
reservation_amount(struct exchange *x, const struct plan *plan, int months, int payment, int vcpu)
{
    struct money list;

    if (plan_reservation_list(plan, months, payment, vcpu, &list) != OK)
        return NONE;
    return money_show(x->arena, list);
}

static void
reservation_row(struct exchange *x, struct view *table, const struct plan *plan, int months,
                int vcpu)
{
    const char *term = term_words(x->arena, months);
    const char *upfront = reservation_amount(x, plan, months, 0, vcpu);
    struct view *row;

    if (text_equal(upfront, NONE))
        return; /* a size without a price */
    row = view_section(table, NAME_RESERVATION);
    view_text(row, NAME_RESERVATION_LABEL,
              vcpu == 0 ? term : arena_format(x->arena, "%s, %d vCPU", term, vcpu));
    view_text(row, NAME_RESERVATION_UPFRONT, upfront);
    view_text(row, NAME_RESERVATION_MONTHLY, reservation_amount(x, plan, months, 1, vcpu));
}

static void
reservations_view(struct exchange *x, struct view *view, const struct plan *plan)
{
    const char *note = "";
    struct view *table;

    if (plan_reservation_refusal(plan) != NULL || plan->point_count == 0)
        return;
    table = view_section(view, NAME_HAS_RESERVATIONS);
    for (int i = 0; i < RESERVATION_COUNT; i++) {
        const struct reservation_term *term = &plan->reservations[i];
        int months = reservation_months((enum reservation)i);

        if (!term->sold)
            continue;
        note = arena_format(x->arena, "%s%s saves %s%% off the hourly price. ", note,
                            term_words(x->arena, months), rate_show(x->arena, term->saving));
        if (!plan_has_sizes(plan))
            reservation_row(x, table, plan, months, 0);
        else
            for (size_t s = 0; s < COUNT(vcpu_sizes); s++)
                reservation_row(x, table, plan, months, vcpu_sizes[s]);
    }
    view_text(table, NAME_RESERVATIONS_NOTE, note);
}

/* "Canada, United States" */
static const char *
markets_words(struct arena *arena, const struct plan *plan, const struct markets *markets)
{
    const char *words = "";

    for (size_t i = 0; i < markets->count; i++) {
        if (markets_hold(plan->markets, markets->rows[i].code))
            words = arena_format(arena, "%s%s%s", words, *words == '\0' ? "" : ", ",
                                 markets->rows[i].name);
    }
    return words;
}

static void
plan_facts_view(struct exchange *x, struct view *view, const struct plan *plan,
                const struct markets *markets)
{
    struct view *facts = part_facts(view, NAME_FACTS);

    fact_code(facts, "Plan ID", "", plan->id);
    fact(facts, "Pricing model", model_words(plan->model));
    fact(facts, "Visibility", plan->is_public ? "Public" : "Private");
    fact(facts, "Free trial", trial_words(x->arena, plan->trial_months));
    if (plan->model == MODEL_PER_USER)
        fact(facts, "Users",
             plan->max_users == 0
                 ? arena_format(x->arena, "%d or more", plan->min_users)
                 : arena_format(x->arena, "%d to %d", plan->min_users, plan->max_users));
    fact(facts, "Markets", markets_words(x->arena, plan, markets));
    if (*plan->summary != '\0')
        fact(facts, "Summary", plan->summary);
    if (*plan->description != '\0')
        fact(facts, "Description", plan->description);
}

void
plan_view(struct exchange *x, const struct own_product *product, const struct own_plan *own,
          const struct markets *markets)
{
    const struct plan *plan = &own->plan;
    const char *const crumbs[][2] = {{"Products and plans", HOME},
                                     {product->facts.name, product_href(x, product->facts.id, "")}};
    struct view *view = show(x, PAGE_PLAN, plan->name);

    head_crumbs(part_head(x, view, plan->name), crumbs, COUNT(crumbs), plan->name);
    part_summary(x, view, plan_href(x, plan, "/edit"));
    prices_table(x, view, own, markets);
    reservations_view(x, view, plan);
    plan_facts_view(x, view, plan, markets);
    published_badge(view, NAME_ANSWER, plan->published);
    change_buttons(x, view, plan_href(x, plan, "/edit"), plan_href(x, plan, "/publish"),
                   plan_href(x, plan, "/unpublish"), plan->published);
}

void
unpublish_view(struct exchange *x, const struct own_product *product, const struct plan *plan)
{
    const char *name = plan == NULL ? product->facts.name : plan->name;
    const char *title = arena_format(x->arena, "Unpublish “%s”?", name);
    const char *back =
        plan == NULL ? product_href(x, product->facts.id, "") : plan_href(x, plan, "");
    const char *const crumbs[][2] = {{"Products and plans", HOME}, {name, back}};
    struct view *view = show(x, PAGE_CONFIRM, "Unpublish");
    struct view *facts;

    head_crumbs(part_head(x, view, title), crumbs, COUNT(crumbs), "Unpublish");
    view_text(view, NAME_FORM_ACTION, arena_format(x->arena, "%s/unpublish", back));
    view_text(view, NAME_REV, "");
    view_text(view, NAME_SENTENCE,
              plan == NULL
                  ? "Nobody can buy its plans any more, and no new private offer can carry them. "
                    "Accepted offers stay. Drafts that hold them can’t be submitted."
                  : "Nobody can buy it any more, and no new private offer can carry it. Accepted "
                    "offers stay. Drafts that hold it can’t be submitted.");
    facts = part_facts(view, NAME_FACTS);
    fact(facts, "Product", product->facts.name);
    if (plan != NULL)
        fact(facts, "Plan", plan->name);
    view_text(view_section(view, NAME_DANGER), NAME_CONFIRM_LABEL, "Unpublish");
    view_text(view, NAME_CANCEL_HREF, back);
    view_text(view, NAME_CANCEL_LABEL, "Keep it on sale");
}
