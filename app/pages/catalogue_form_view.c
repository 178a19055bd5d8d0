/*
 * catalogue_form_view.c: the form of a plan.
 *
 * Not here: reading them (pages/catalogue_form). Invariant: a form that came back shows what was
 * typed, row by row, even where it is nonsense.
 */
#include <inttypes.h>

#include "actions/catalogue.h"
#include "base/text.h"
#include "core/catalogue_check.h"
#include "pages/catalogue_form.h"
#include "pages/catalogue_view.h"
#include "pages/parts.h"

static const struct field_look id_look = {.hint = CATALOGUE_ID_HINT};
static const struct field_look name_look = {.hint = "Up to 200 characters"};

void
plan_model_view(struct exchange *x, const struct own_product *product)
{
    static const char *const hints[MODEL_COUNT] = {
        [MODEL_FLAT_RATE] = "A price per payment for each billing term, and meters",
        [MODEL_PER_USER] = "The same for each user; no meters",
        [MODEL_VM_FREE] = "No price; not part of private offers",
        [MODEL_VM_BYOL] = "No price; not part of private offers",
        [MODEL_VM_FLAT] = "One price per hour, whatever the machine",
        [MODEL_VM_CORE] = "A price per vCPU and hour",
        [MODEL_VM_SIZE] = "A price per hour for each vCPU size",
        [MODEL_VM_MARKET] = "A price per hour for each market and vCPU size; no reservations",
        [MODEL_APP] = "A monthly fee and meters",
    };
    struct choice choices[MODEL_COUNT];
    struct view *view = show(x, PAGE_PLAN_MODEL, "New plan");
    const char *back = product_href(x, product->facts.id, "");
    const char *const crumbs[][2] = {{"Products and plans", "/isv/products"},
                                     {product->facts.name, back}};
    struct view *head = part_head(x, view, "New plan");
    size_t count = 0;

    head_crumbs(head, crumbs, COUNT(crumbs), "New plan");
    head_lead(head, "All plans of a product share one pricing model. It can’t be changed once a "
                    "plan was published.");
    view_text(view, NAME_FORM_ACTION, product_href(x, product->facts.id, "/plans/new"));
    view_text(view, NAME_CANCEL_HREF, back);
    for (int i = 0; i < MODEL_COUNT; i++) {
        enum pricing_model model = (enum pricing_model)i;

        if (model_fits(product->facts.type, model))
            choices[count++] = (struct choice){model_text(model), model_words(model), hints[model]};
    }
    part_choice(x, view, NAME_FIELD_MODEL, "model", "Pricing model", choices, count,
                choices[0].value);
}

/* What a view of the form works with. */
struct drawing {
    struct exchange *x;
    struct view *view;
    const struct plan_form *form;
    const struct plan *plan; /* as stored; an empty one for a new plan */
    const char *notice;      /* beside each price; NULL when prices change at once */
};

/* From when another price would count, and what is scheduled. NULL for a price nobody saw yet. */
static const char *
price_hint(const struct drawing *drawing, const char *id)
{
    const struct price_point *point = plan_point(drawing->plan, id);
    const struct own_plan *stored = drawing->form->stored;
    struct arena *arena = drawing->x->arena;
    const char *words;

    if (drawing->notice == NULL || point == NULL)
        return NULL;
    words = arena_format(arena, "Now %s. %s", amount_show(arena, point->list), drawing->notice);
    for (size_t i = 0; i < stored->change_count; i++) {
        if (text_equal(stored->changes[i].point, id))
            words = arena_format(arena, "%s. Scheduled: %s from %s", words,
                                 amount_show(arena, stored->changes[i].amount),
                                 day_show(arena, stored->changes[i].from_on));
    }
    return words;
}

static const char *
stored_amount(const struct drawing *drawing, const char *id)
{
    const struct price_point *point = plan_point(drawing->plan, id);

    return point == NULL ? "" : amount_plain(drawing->x->arena, point->list);
}

static void
price_cell(const struct drawing *drawing, struct view *row, enum name slot, const char *id,
           const char *words)
{
    part_cell(drawing->x, row, slot, id, arena_format(drawing->x->arena, "List price, %s", words),
              stored_amount(drawing, id), true, price_hint(drawing, id));
}

static void
term_view(const struct drawing *drawing, struct view *terms, int months)
{
    struct arena *arena = drawing->x->arena;
    enum point_kind kind = drawing->form->model == MODEL_PER_USER ? POINT_USER : POINT_TERM;
    const char *id = point_id(arena, kind, months, 0, MARKET_US, NULL);
    const struct price_point *point = plan_point(drawing->plan, id);
    const char *term = term_words(arena, months);
    struct choice choices[PAYMENT_CHOICES];
    size_t count = payment_choices(arena, months, choices);
    struct view *row = view_section(terms, NAME_TERM);

    view_format(row, NAME_TERM_MONTHS, "%d", months);
    view_text(row, NAME_TERM_LABEL, term);
    part_pick(drawing->x, row, NAME_TERM_PAYMENT, payment_field(arena, months),
              arena_format(arena, "Payment option, %s", term), choices, count,
              point == NULL ? "" : arena_format(arena, "%d", point->payment_months), NULL);
    price_cell(drawing, row, NAME_TERM_PRICE, id, term);
}

static void
terms_view(const struct drawing *drawing)
{
    struct view *terms = view_section(drawing->view, NAME_HAS_TERMS);

    view_text(terms, NAME_PRICE_HEADING,
              drawing->form->model == MODEL_PER_USER ? "Price per payment and user"
                                                     : "Price per payment");
    for (size_t i = 0; i < COUNT(billing_terms); i++)
        term_view(drawing, terms, billing_terms[i]);
}

static void
price_row(const struct drawing *drawing, struct view *group, const char *id, const char *label,
          const char *words)
{
    struct view *row = view_section(group, NAME_POINT);

    view_text(row, NAME_POINT_LABEL, label);
    price_cell(drawing, row, NAME_POINT_FIELD, id, words);
}

static void
sizes_view(const struct drawing *drawing, struct view *group, const struct market *market)
{
    struct arena *arena = drawing->x->arena;

    for (size_t i = 0; i < COUNT(vcpu_sizes); i++) {
        const char *label = arena_format(arena, "%d vCPU", vcpu_sizes[i]);

        price_row(drawing, group,
                  point_id(arena, POINT_HOUR, 0, vcpu_sizes[i],
                           market == NULL ? MARKET_US : market->code, NULL),
                  label,
                  market == NULL ? label : arena_format(arena, "%s, %s", market->name, label));
    }
}

/* Is the market ticked, in the form or as stored? */
static bool
market_ticked(const struct drawing *drawing, const char *code)
{
    struct exchange *x = drawing->x;

    if (form_came_back(x))
        return form_value(&x->request->body, market_field(x->arena, code)) != NULL;
    return markets_hold(drawing->plan->markets, code);
}

static void
hours_view(const struct drawing *drawing)
{
    const struct markets *markets = drawing->form->markets;
    enum pricing_model model = drawing->form->model;
    struct view *prices = view_section(drawing->view, NAME_HAS_PRICES);
    struct view *group;

    view_text(prices, NAME_PRICE_HEADING, "Price per hour");
    if (model == MODEL_VM_MARKET) {
        for (size_t i = 0; i < markets->count; i++) {
            if (!market_ticked(drawing, markets->rows[i].code))
                continue;
            group = view_section(prices, NAME_GROUP);
            view_text(view_section(group, NAME_GROUP_NAMED), NAME_GROUP_HEADING,
                      markets->rows[i].name);
            sizes_view(drawing, group, &markets->rows[i]);
        }
        return;
    }
    group = view_section(prices, NAME_GROUP);
    if (model == MODEL_VM_SIZE)
        sizes_view(drawing, group, NULL);
    else
        price_row(drawing, group, "hour", model == MODEL_VM_CORE ? "One vCPU" : "One hour",
                  model == MODEL_VM_CORE ? "per vCPU" : "per hour");
}

static void
month_view(const struct drawing *drawing)
{
    struct view *prices = view_section(drawing->view, NAME_HAS_PRICES);

    view_text(prices, NAME_PRICE_HEADING, "Price per month");
    price_row(drawing, view_section(prices, NAME_GROUP), "month", "Monthly fee", "monthly fee");
}

static void
prices_view(const struct drawing *drawing)
{
    const char *note = "In US dollars.";

    switch (drawing->form->model) {
    case MODEL_FLAT_RATE:
    case MODEL_PER_USER:
        note = "In US dollars. Each term that is sold has one payment option.";
        terms_view(drawing);
        break;
    case MODEL_VM_FLAT:
    case MODEL_VM_CORE:
        hours_view(drawing);
        break;
    case MODEL_VM_SIZE:
        note = "In US dollars. Leave a size empty to leave it out.";
        hours_view(drawing);
        break;
    case MODEL_VM_MARKET:
        note = "In US dollars. A size that is sold has a price in every market of the plan.";
        hours_view(drawing);
        break;
    case MODEL_APP:
        note = "In US dollars. The fee may be 0.00.";
        month_view(drawing);
        break;
    case MODEL_VM_FREE:
    case MODEL_VM_BYOL:
        view_text(view_section(drawing->view, NAME_NO_PRICES), NAME_NO_PRICES_TEXT,
                  "Plans with this pricing model have no price and are in no private offer.");
        break;
    case MODEL_COUNT:
        break;
    }
    view_text(drawing->view, NAME_PRICES_NOTE, note);
}

static void
users_view(const struct drawing *drawing)
{
    static const struct field_look least = {.hint = "1 when empty", .short_input = true};
    static const struct field_look most = {.hint = "No limit when empty", .short_input = true};
    const struct plan *plan = drawing->plan;
    struct arena *arena = drawing->x->arena;
    struct view *users = view_section(drawing->view, NAME_HAS_USERS);

    part_text(drawing->x, users, NAME_FIELD_MIN_USERS, "min_users", "Minimum users", "text",
              plan->min_users == 0 ? "1" : arena_format(arena, "%d", plan->min_users), &least);
    part_text(drawing->x, users, NAME_FIELD_MAX_USERS, "max_users", "Maximum users", "text",
              plan->max_users == 0 ? "" : arena_format(arena, "%d", plan->max_users), &most);
}

static void
savings_view(const struct drawing *drawing)
{
    struct view *savings = view_section(drawing->view, NAME_HAS_SAVINGS);
    struct arena *arena = drawing->x->arena;

    for (int i = 0; i < RESERVATION_COUNT; i++) {
        const struct reservation_term *term = &drawing->plan->reservations[i];
        int months = reservation_months((enum reservation)i);
        const char *words = term_words(arena, months);
        struct view *row = view_section(savings, NAME_SAVING);

        view_text(row, NAME_SAVING_LABEL, words);
        part_cell(drawing->x, row, NAME_SAVING_FIELD, saving_field(arena, months),
                  arena_format(arena, "Saving of a %s reservation", words),
                  term->sold ? rate_show(arena, term->saving) : "", false, NULL);
    }
}

/* ---- Meters --------------------------------------------------------------------------------- */

/* The stored meter of the row, NULL for a row beyond them. */
static const struct price_point *
meter_of_row(const struct plan *plan, size_t row)
{
    for (size_t k = 0; k < plan->point_count; k++) {
        if (plan->points[k].kind == POINT_METER && row-- == 0)
            return &plan->points[k];
    }
    return NULL;
}

static size_t
meter_count(const struct plan *plan)
{
    size_t count = 0;

    for (size_t k = 0; k < plan->point_count; k++)
        count += plan->points[k].kind == POINT_METER ? 1 : 0;
    return count;
}

static void
included_view(const struct drawing *drawing, struct view *meter, size_t row,
              const struct price_point *point, const char *label)
{
    struct arena *arena = drawing->x->arena;
    const struct plan *plan = drawing->plan;

    for (size_t i = 0; i < COUNT(billing_terms); i++) {
        int months = billing_terms[i];
        const char *term = term_words(arena, months);
        const struct included *included = NULL;
        struct view *line;

        if (drawing->form->model == MODEL_APP && months != APP_TERM)
            continue;
        if (point != NULL)
            included = included_find(plan->included, plan->included_count, point->id, months);
        line = view_section(meter, NAME_INCLUDED);
        view_format(line, NAME_TERM_MONTHS, "%d", months);
        view_text(line, NAME_TERM_LABEL, drawing->form->model == MODEL_APP ? "Month" : term);
        part_number(drawing->x, line, NAME_INCLUDED_QUANTITY,
                    meter_term_field(arena, row, "included", months),
                    arena_format(arena, "Included quantity for %s, %s", label, term),
                    included == NULL || included->unlimited
                        ? ""
                        : arena_format(arena, "%" PRId64, included->quantity));
        part_tick(drawing->x, line, NAME_INCLUDED_UNLIMITED,
                  meter_term_field(arena, row, "unlimited", months),
                  arena_format(arena, "%s, %s", label, term), "Unlimited",
                  included != NULL && included->unlimited);
    }
}

static void
meter_view(const struct drawing *drawing, struct view *meters, size_t row)
{
    static const struct field_look id_hint = {.hint = "Can’t be changed once published"};
    static const struct field_look unit_hint = {.hint = "For example GB ingested",
                                                .optional = true};
    struct exchange *x = drawing->x;
    const struct price_point *point = meter_of_row(drawing->plan, row);
    const char *label = arena_format(x->arena, "Meter %zu", row + 1);
    const char *dimension = point == NULL ? "" : point->id + sizeof(POINT_METER_PREFIX) - 1;
    const char *price = point == NULL ? "" : amount_plain(x->arena, point->list);
    struct field_look price_look = {.hint = "Below 0.01 it becomes 0.00"};
    struct view *meter = view_section(meters, NAME_METER);

    if (point != NULL && price_hint(drawing, point->id) != NULL)
        price_look.hint = price_hint(drawing, point->id);
    view_text(meter, NAME_METER_LABEL, label);
    part_text(x, meter, NAME_METER_ID, meter_field(x->arena, row, "id"), "ID", "text", dimension,
              &id_hint);
    part_text(x, meter, NAME_METER_NAME, meter_field(x->arena, row, "name"), "Display name", "text",
              point == NULL ? "" : point->name, NULL);
    part_text(x, meter, NAME_METER_UNIT, meter_field(x->arena, row, "unit"), "Unit of measure",
              "text", point == NULL ? "" : point->unit, &unit_hint);
    part_text(x, meter, NAME_METER_PRICE, meter_field(x->arena, row, "price"),
              "Price per unit (USD)", "text", price, &price_look);
    part_tick(x, meter, NAME_METER_DISABLED, meter_field(x->arena, row, "disabled"), label,
              "Disabled: not sold for now", point != NULL && point->disabled);
    included_view(drawing, meter, row, point, label);
}

static size_t
meters_view(const struct drawing *drawing)
{
    struct view *meters = view_section(drawing->view, NAME_HAS_METERS);
    size_t rows = meter_rows(drawing->x, meter_count(drawing->plan));

    if (drawing->form->more_meters && rows < METER_ROWS_MAX)
        rows++;
    for (size_t row = 0; row < rows; row++)
        meter_view(drawing, meters, row);
    return rows;
}

/* ---- The rest ------------------------------------------------------------------------------- */

static void
markets_view(const struct drawing *drawing)
{
    const struct markets *markets = drawing->form->markets;
    const struct problem *problem = problem_at(drawing->x->problems, "markets");

    for (size_t i = 0; i < markets->count; i++) {
        const struct market *market = &markets->rows[i];

        part_tick(drawing->x, view_section(drawing->view, NAME_MARKET), NAME_MARKET_TICK,
                  market_field(drawing->x->arena, market->code), "Market", market->name,
                  markets_hold(drawing->plan->markets, market->code));
    }
    if (problem != NULL)
        view_text(view_section(drawing->view, NAME_ERROR), NAME_ERROR_TEXT, problem->message);
    if (drawing->form->model == MODEL_VM_MARKET)
        view_show(drawing->view, NAME_BY_MARKET);
}

static void
trial_view(const struct drawing *drawing)
{
    struct arena *arena = drawing->x->arena;
    struct choice choices[4];
    size_t count;
    const int *trials = trials_of(drawing->form->product->facts.type, &count);

    if (count < 2 || !model_priced(drawing->form->model))
        return;
    assert(count <= COUNT(choices));
    for (size_t i = 0; i < count; i++)
        choices[i] = (struct choice){arena_format(arena, "%d", trials[i]),
                                     trial_words(arena, trials[i]), NULL};
    part_select(drawing->x, drawing->view, NAME_FIELD_TRIAL, "trial", "Free trial", choices, count,
                arena_format(arena, "%d", drawing->plan->trial_months));
}

static void
words_view(const struct drawing *drawing)
{
    static const struct choice visibilities[] = {
        {"public", "Public", "Everybody sees it; private offers can begin from it"},
        {"private", "Private", "Only customers you invite; never part of a private offer"},
    };
    static const struct field_look summary_look = {.hint = "Up to 100 characters",
                                                   .optional = true};
    static const struct field_look description_look = {.hint = "Up to 3,000 characters",
                                                       .optional = true};
    struct exchange *x = drawing->x;
    struct view *view = drawing->view;
    const struct plan *plan = drawing->plan;

    fact_note(part_facts(view, NAME_FACTS), "Pricing model", model_words(drawing->form->model),
              "All plans of a product share it");
    if (drawing->form->stored == NULL)
        part_text(x, view, NAME_FIELD_ID, "id", "Plan ID", "text", "", &id_look);
    part_text(x, view, NAME_FIELD_NAME, "name", "Plan name", "text", plan->name, &name_look);
    if (drawing->form->product->facts.type != PRODUCT_SAAS)
        part_text(x, view, NAME_FIELD_SUMMARY, "summary", "Summary", "text", plan->summary,
                  &summary_look);
    part_lines(x, view, NAME_FIELD_DESCRIPTION, "description", "Description", plan->description,
               &description_look);
    part_choice(x, view, NAME_FIELD_VISIBILITY, "visibility", "Visibility", visibilities,
                COUNT(visibilities), plan->is_public ? "public" : "private");
    trial_view(drawing);
}

/* The page around the form. */
static struct view *
form_page(struct exchange *x, const struct plan_form *form)
{
    const char *title = form->stored == NULL ? "New plan" : "Edit plan";
    struct view *view = show(x, PAGE_PLAN_FORM, title);
    const char *product = product_href(x, form->product->facts.id, "");
    const char *back = form->stored == NULL ? product : plan_href(x, &form->stored->plan, "");
    const char *const crumbs[][2] = {{"Products and plans", "/isv/products"},
                                     {form->product->facts.name, product},
                                     {form->stored == NULL ? "" : form->stored->plan.name, back}};

    head_crumbs(part_head(x, view, title), crumbs, form->stored == NULL ? 2 : 3, title);
    part_not_saved(x, view);
    if (form->stale)
        catalogue_stale(view, "This plan changed meanwhile.");
    part_summary(x, view, "");
    view_text(view, NAME_FORM_ACTION,
              form->stored == NULL ? product_href(x, form->product->facts.id, "/plans/new")
                                   : plan_href(x, &form->stored->plan, "/edit"));
    view_text(view, NAME_CANCEL_HREF, back);
    part_rev(x, view,
             arena_format(x->arena, "%" PRId64,
                          form->stored == NULL ? VERSION_NEW : form->stored->version));
    view_text(view, NAME_MODEL, model_text(form->model));
    return view;
}

void
plan_form_view(struct exchange *x, const struct plan_form *form)
{
    static const struct plan empty = {
        .name = "", .description = "", .summary = "", .markets = MARKET_US, .is_public = true};
    struct drawing drawing = {.x = x,
                              .view = form_page(x, form),
                              .form = form,
                              .plan = form->stored == NULL ? &empty : &form->stored->plan};
    bool told = form->stored != NULL && plan_needs_notice(&form->stored->plan);
    size_t meters = 0;

    if (told)
        drawing.notice = arena_format(x->arena, "Lower from %s, higher from %s",
                                      day_show(x->arena, price_lower_from(x->today)),
                                      day_show(x->arena, price_higher_from(x->today)));
    words_view(&drawing);
    prices_view(&drawing);
    if (form->model == MODEL_PER_USER)
        users_view(&drawing);
    if (form->model == MODEL_VM_FLAT || form->model == MODEL_VM_CORE ||
        form->model == MODEL_VM_SIZE)
        savings_view(&drawing);
    if (form->model == MODEL_FLAT_RATE || form->model == MODEL_APP)
        meters = meters_view(&drawing);
    view_format(drawing.view, NAME_METER_COUNT, "%zu", meters);
    markets_view(&drawing);
    view_text(drawing.view, NAME_BAR_NOTE,
              told ? "Changed prices take effect on the days shown beside them"
                   : "A new plan is on sale once you publish it");
}
