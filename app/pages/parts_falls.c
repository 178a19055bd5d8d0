/*
 * parts_falls.c: the waterfall of one price point, as its viewer sees it: what becomes of the list
 * price on its way to the customer (LAW 8.1, D-22).
 *
 * Not here: arithmetic (core/pricing), what a viewer may know (core/fields has blanked the rest).
 * Invariant: a point with a figure its viewer has not got is not drawn and not offered; only a list
 * price may be missing, where the sellers have others to compare: then the fall begins below it.
 */
#include "pages/parts.h"

#include "base/text.h"

#define SHOW "show" /* the name of the choice, in queries and in the partner's form */
#define MINUS "−"
#define BAR_UNITS INT64_C(100000) /* a bar's width: thousandths of a percent */
#define STEPS 5
#define PAYS 2

/* One line of the waterfall. */
struct bar {
    const char *key;
    const char *party;
    const char *label;
    const char *amount;
    int64_t from;
    int64_t to;
    bool total;
};

/* One waterfall: where it begins and leads, its lines, and who is paid what of the last. */
struct falls {
    const char *leads_from;
    const char *leads_to;
    struct bar steps[STEPS];
    size_t step_count;
    struct bar pays[PAYS];
    size_t pay_count;
};

/* One price point among all of the offer. */
struct spot {
    const struct offer_row *row;
    const struct row_price *price;
};

static bool
can_draw(enum party party, const struct row_price *price)
{
    return party == PARTY_CUSTOMER ? price->has_list && price->has_customer : price->has_partner;
}

const char *
point_key(const struct exchange *x, const struct offer_row *row, const struct row_price *price)
{
    return arena_format(x->arena, "%d-%s", row->number, price->key);
}

/* The price point that was asked for, in the form that came back or in the address; else the first.
 * Its row is NULL when there is nothing to draw. */
static struct spot
wanted_spot(const struct exchange *x, const struct offer *offer, enum party party)
{
    const char *wanted = shown(x, SHOW, queried(x, SHOW));
    struct spot spot = {NULL, NULL};

    for (size_t i = 0; i < offer->row_count; i++) {
        const struct offer_row *row = &offer->rows[i];

        for (size_t k = 0; k < prices_shown(row); k++) {
            const struct row_price *price = &row->prices[k];

            if (can_draw(party, price) &&
                (spot.row == NULL || text_equal(point_key(x, row, price), wanted)))
                spot = (struct spot){row, price};
        }
    }
    return spot;
}

static size_t
count_drawable(const struct offer *offer, enum party party)
{
    size_t count = 0;

    for (size_t i = 0; i < offer->row_count; i++) {
        for (size_t k = 0; k < prices_shown(&offer->rows[i]); k++)
            count += can_draw(party, &offer->rows[i].prices[k]) ? 1 : 0;
    }
    return count;
}

/* The choice of a price point at slot FIELD_SHOW. */
static void
choice_put(struct exchange *x, struct view *view, const struct offer *offer, struct spot chosen)
{
    struct view *select = view_part(view, NAME_FIELD_SHOW, PAGE_PART_SELECT);
    enum party party = exchange_viewer(x).party;

    view_text(select, NAME_ID, SHOW);
    view_text(select, NAME_LABEL, "Price point shown");
    for (size_t i = 0; i < offer->row_count; i++) {
        const struct offer_row *row = &offer->rows[i];

        for (size_t k = 0; k < prices_shown(row); k++) {
            const struct row_price *price = &row->prices[k];
            struct view *choice;

            if (!can_draw(party, price))
                continue;
            choice = view_section(select, NAME_CHOICE);
            view_text(choice, NAME_CHOICE_VALUE, point_key(x, row, price));
            view_format(choice, NAME_CHOICE_LABEL, "%s: %s", row_words(x->arena, row),
                        price_words(x->arena, row, price));
            if (price == chosen.price)
                view_show(choice, NAME_CHOSEN);
        }
    }
}

/* The amount by which to differs from from, in words: −$240.00, +$5.00, $0.00. */
static const char *
change_words(struct arena *arena, struct amount from, struct amount to)
{
    int64_t change = amount_integer(to) - amount_integer(from);
    struct amount size = to;

    if (size.per_hour)
        size.hourly.micros = change < 0 ? -change : change;
    else
        size.money.cents = change < 0 ? -change : change;
    return arena_format(arena, "%s%s",
                        change < 0   ? MINUS
                        : change > 0 ? "+"
                                     : "",
                        amount_show(arena, size));
}

static void
add(struct falls *falls, struct bar bar)
{
    assert(falls->step_count < STEPS);
    falls->steps[falls->step_count++] = bar;
}

static void
add_total(struct exchange *x, struct falls *falls, const char *key, const char *party,
          const char *label, struct amount amount)
{
    add(falls, (struct bar){key, party, label, amount_show(x->arena, amount), 0,
                            amount_integer(amount), true});
}

/* From one total to the next, which may be the lower or the higher one. */
static void
add_change(struct exchange *x, struct falls *falls, const char *label, struct amount from,
           struct amount to)
{
    int64_t before = amount_integer(from);
    int64_t after = amount_integer(to);

    add(falls,
        (struct bar){"discount", "market", label, change_words(x->arena, from, to),
                     before < after ? before : after, before < after ? after : before, false});
}

static bool
lifted(struct amount from, struct amount to)
{
    return amount_integer(to) > amount_integer(from);
}

/* The list price and what the ISV made of it, where there is one. */
static void
add_list(struct exchange *x, struct falls *falls, const struct row_price *price,
         const char *discount)
{
    if (!price->has_list)
        return;
    falls->leads_from = "list price";
    add_total(x, falls, "list", "list", "List price", price->list);
    add_change(x, falls, lifted(price->list, price->partner) ? "Increase" : discount, price->list,
               price->partner);
}

/* Hours are billed in sums and the fee is taken from those, so theirs is a percentage. */
static void
falls_for_isv(struct exchange *x, struct falls *falls, const struct row_price *price)
{
    int64_t partner = amount_integer(price->partner);
    struct money fee = {0};

    /* A share of the bar's length, in whatever unit it is. */
    if (money_share((struct money){partner}, x->settings.fee, &fee) != OK || fee.cents > partner)
        fee.cents = 0;
    falls->leads_to = "your payout";
    add_list(x, falls, price, "Your discount");
    add_total(x, falls, "partner", "isv", "Partner price", price->partner);
    add(falls, (struct bar){"fee", "market", "Agency fee",
                            arena_format(x->arena, MINUS "%s", fee_words(x, price)),
                            partner - fee.cents, partner, false});
    add(falls, (struct bar){"payout", "isv", "Your payout", payout_words(x, price), 0,
                            partner - fee.cents, true});
}

/* Without an adjustment the customer pays the partner price. */
static void
falls_for_partner(struct exchange *x, struct falls *falls, const struct row_price *price)
{
    struct amount customer = price->has_customer ? price->customer : price->partner;
    int64_t from = amount_integer(price->partner);
    int64_t to = amount_integer(customer);
    const char *earned = amount_show(x->arena, amount_of(price->point->kind, to - from));

    falls->leads_to = "customer price";
    add_list(x, falls, price, "ISV discount");
    add_total(x, falls, "partner", "isv", "Partner price", price->partner);
    add(falls, (struct bar){"adjustment", "partner", "Adjustment",
                            arena_format(x->arena, "+%s", earned), from, to, false});
    add_total(x, falls, "customer", "customer", "Customer price", customer);
    falls->pays[0] = (struct bar){
        "isv", "isv", "To the ISV, before its fee", amount_show(x->arena, price->partner), 0,
        from,  false};
    falls->pays[1] = (struct bar){"you", "partner", "To you", earned, from, to, false};
    falls->pay_count = PAYS;
}

static void
falls_for_customer(struct exchange *x, struct falls *falls, const struct row_price *price)
{
    falls->leads_from = "list price";
    falls->leads_to = "your price";
    add_total(x, falls, "list", "list", "List price", price->list);
    add_change(x, falls, lifted(price->list, price->customer) ? "Above list price" : "Your saving",
               price->list, price->customer);
    add_total(x, falls, "customer", "customer", "Your price", price->customer);
}

/* Percent of the largest price, as a plain number with 3 decimals. */
static const char *
bar_share(struct arena *arena, int64_t part, int64_t top)
{
    int64_t units;

    if (top <= 0)
        return "0";
    while (top > INT64_MAX / BAR_UNITS) { /* a picture needs no more digits than these */
        top /= 10;
        part /= 10;
    }
    units = part * BAR_UNITS / top;
    return arena_format(arena, "%d.%03d", (int)(units / 1000), (int)(units % 1000));
}

static void
bar_put(struct view *view, enum name section, const struct bar *bar, int64_t top)
{
    struct view *step = view_section(view, section);

    if (bar->total)
        view_show(step, NAME_STEP_TOTAL);
    view_text(step, NAME_STEP_KEY, bar->key);
    view_text(step, NAME_STEP_PARTY, bar->party);
    view_text(step, NAME_STEP_LABEL, bar->label);
    view_text(step, NAME_BAR_X, bar_share(view->arena, bar->from, top));
    view_text(step, NAME_BAR_WIDTH, bar_share(view->arena, bar->to - bar->from, top));
    view_text(step, NAME_STEP_AMOUNT, bar->amount);
}

static void
table_put(struct exchange *x, struct view *view, const struct falls *falls, struct spot spot)
{
    struct view *part = view_part(view, NAME_WATERFALL, PAGE_PART_WATERFALL);
    struct view *pays;
    int64_t top = 0;

    view_format(part, NAME_CAPTION, "From %s to %s of %s, %s", falls->leads_from, falls->leads_to,
                row_words(x->arena, spot.row), price_words(x->arena, spot.row, spot.price));
    for (size_t i = 0; i < falls->step_count; i++)
        top = falls->steps[i].to > top ? falls->steps[i].to : top;
    for (size_t i = 0; i < falls->step_count; i++)
        bar_put(part, NAME_STEP, &falls->steps[i], top);
    if (falls->pay_count == 0)
        return;
    pays = view_section(part, NAME_PAID);
    for (size_t i = 0; i < falls->pay_count; i++)
        bar_put(pays, NAME_PAY, &falls->pays[i], top);
}

static void
falls_put(struct exchange *x, struct view *view, struct spot spot)
{
    struct falls falls = {.leads_from = "partner price"};

    switch (exchange_viewer(x).party) {
    case PARTY_ISV:
        falls_for_isv(x, &falls, spot.price);
        break;
    case PARTY_PARTNER:
        falls_for_partner(x, &falls, spot.price);
        break;
    case PARTY_CUSTOMER:
        falls_for_customer(x, &falls, spot.price);
        break;
    case PARTY_OPERATOR:
    case PARTY_SYSTEM:
    case PARTY_COUNT:
        assert(false); /* has no page with a waterfall */
        return;
    }
    table_put(x, view, &falls, spot);
}

const char *
falls_query(const struct exchange *x, const struct offer *offer)
{
    const struct spot spot = wanted_spot(x, offer, exchange_viewer(x).party);
    const char *wanted = posted(x, SHOW);

    if (spot.row == NULL || !text_equal(point_key(x, spot.row, spot.price), wanted))
        return "";
    return arena_format(x->arena, "&" SHOW "=%s", url_encode(x->arena, wanted));
}

void
part_falls(struct exchange *x, struct view *view, const struct offer *offer)
{
    struct spot spot = wanted_spot(x, offer, exchange_viewer(x).party);

    if (spot.row == NULL)
        return;
    choice_put(x, view, offer, spot);
    falls_put(x, view, spot);
}

bool
part_falls_card(struct exchange *x, struct view *view, const struct offer *offer, const char *page)
{
    enum party party = exchange_viewer(x).party;
    struct spot spot = wanted_spot(x, offer, party);
    struct view *card;

    if (spot.row == NULL)
        return false;
    card = view_part(view, NAME_FALLS, PAGE_PART_FALLS);
    view_text(card, NAME_FALLS_HEADING,
              party == PARTY_CUSTOMER ? "List price and your price" : "Price waterfall");
    if (count_drawable(offer, party) > 1) {
        struct view *chooser = view_section(card, NAME_CHOOSER);

        view_format(chooser, NAME_FORM_ACTION, "%s#h-falls", page);
        choice_put(x, chooser, offer, spot);
    }
    falls_put(x, card, spot);
    return true;
}
