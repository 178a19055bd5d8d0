/*
 * operator_pages.c: the operator's home, the list of accounts, and the clock of a demo market.
 *
 * Not here: the pages of offers (pages/operator_view), of one account
 * (pages/operator_account_pages) and of billing accounts (pages/operator_billing_pages). Invariant:
 * nothing here changes an account or an offer; the clock moves forward only, and takes every reader
 * with it.
 */
#include "pages/operator_pages.h"

#include <inttypes.h>

#include "base/text.h"
#include "pages/account_view.h"
#include "pages/lists.h"
#include "pages/operator_billing_pages.h"
#include "pages/parts.h"
#include "store/audit.h"
#include "store/offers.h"

#define CLOCK_YEARS 20 /* the furthest a clock moves at once */

/* What waits for the operator or the system, each with its page. */
static enum err
waiting_put(struct exchange *x, struct view *view)
{
    struct market_waiting waiting;

    TRY(market_waiting_count(x->db, &waiting));
    const struct {
        const char *label;
        const char *href;
        int64_t count;
    } rows[] = {
        {"Offers In Progress", "/operator/offers", waiting.publications},
        {"Support requests", "/operator/support", waiting.requests},
        {"Suspended subscriptions", "/operator/payments", waiting.suspended},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct view *row = view_section(view, NAME_ROW);

        view_text(row, NAME_ROW_NAME, rows[i].label);
        view_text(row, NAME_ROW_HREF, rows[i].href);
        view_text(row, NAME_ROW_COUNT,
                  rows[i].count > LIMIT_COUNTED
                      ? "1,000+"
                      : arena_format(x->arena, "%" PRId64, rows[i].count));
    }
    return OK;
}

enum err
operator_home_get(struct exchange *x)
{
    struct view *view = show(x, PAGE_OPERATOR_HOME, "Home");
    struct view *facts;

    part_head(x, view, "Home");
    TRY(waiting_put(x, view));
    facts = part_facts(view, NAME_FACTS);
    fact_note(facts, "Today", day_show(x->arena, x->today),
              x->settings.demo ? "Demo market: its clock can be moved forward" : NULL);
    fact_note(facts, "Agency fee",
              arena_format(x->arena, "%s%%", rate_show(x->arena, x->settings.fee)),
              "Of the partner price");
    fact(facts, "In Progress lasts",
         x->settings.publish_delay_s == 0
             ? "As short as possible"
             : arena_format(x->arena, "%" PRId64 " seconds", x->settings.publish_delay_s));
    fact(facts, "Without a resale certificate",
         x->settings.certificate_blocking ? "Partners can’t submit" : "Partners are warned");
    view_text(view, NAME_ACCOUNTS_HREF, "/operator/accounts");
    view_text(view, NAME_OFFERS_HREF, "/operator/offers");
    view_text(view, NAME_SETTINGS_HREF, "/operator/settings");
    view_text(view, NAME_AUDIT_HREF, "/operator/audit");
    if (x->settings.demo)
        view_text(view_section(view, NAME_HAS_CLOCK), NAME_CLOCK_HREF, "/operator/clock");
    return OK;
}

static const char *
account_href(const struct exchange *x, const char *id)
{
    return arena_format(x->arena, "/operator/accounts/%s", id);
}

static void
publisher_row(struct exchange *x, struct view *view, const struct publisher *publisher)
{
    struct view *row = view_section(view, NAME_PUBLISHER);

    view_text(row, NAME_ACCOUNT_HREF, account_href(x, publisher->id));
    view_text(row, NAME_ACCOUNT_NAME, publisher->name);
    view_text(row, NAME_ACCOUNT_ID, publisher->id);
    view_text(row, NAME_ENROLLED, publisher->enrolled ? "Yes" : "No");
    view_format(row, NAME_TAX_TEXT, "%s, %s", tax_words(publisher->tax_status),
                country_words(publisher->tax_country));
}

static enum err
customer_row(struct exchange *x, struct view *view, const struct organisation *organisation)
{
    struct view *row = view_section(view, NAME_CUSTOMER);
    struct billing_accounts accounts;

    TRY(billing_accounts_of(x->db, x->arena, organisation->id, &accounts));
    view_text(row, NAME_ACCOUNT_HREF, account_href(x, organisation->id));
    view_text(row, NAME_ACCOUNT_NAME, organisation->name);
    view_format(row, NAME_BILLING_COUNT, "%zu", accounts.count);
    return OK;
}

/* The next page of one list leaves the other where it is. */
static void
more_link(const struct exchange *x, struct view *view, enum name section, const char *publishers,
          const char *customers)
{
    view_text(view_section(view, section), NAME_MORE_HREF,
              arena_format(x->arena, "/operator/accounts?publishers=%s&customers=%s",
                           url_encode(x->arena, publishers), url_encode(x->arena, customers)));
}

enum err
operator_accounts_get(struct exchange *x)
{
    const char *after_publisher = queried(x, "publishers");
    const char *after_customer = queried(x, "customers");
    struct view *view = show(x, PAGE_OPERATOR_ACCOUNTS, "Accounts");
    struct publisher_page publishers;
    struct organisation_page customers;

    part_head(x, view, "Accounts");
    view_text(view, NAME_NEW_HREF, "/operator/accounts/new");
    TRY(publishers_page(x->db, x->arena, after_publisher, &publishers));
    TRY(organisations_page(x->db, x->arena, after_customer, &customers));
    for (size_t i = 0; i < publishers.count; i++)
        publisher_row(x, view, &publishers.rows[i]);
    for (size_t i = 0; i < customers.count; i++)
        TRY(customer_row(x, view, &customers.rows[i]));
    if (publishers.more)
        more_link(x, view, NAME_MORE_PUBLISHERS, publishers.rows[publishers.count - 1].id,
                  after_customer);
    if (customers.more)
        more_link(x, view, NAME_MORE_CUSTOMERS, after_publisher,
                  customers.rows[customers.count - 1].id);
    return OK;
}

enum err
operator_offers_get(struct exchange *x)
{
    struct offer_list list;

    TRY(offer_list_load(x, &list));
    operator_offers_view(x, &list);
    return OK;
}

enum err
operator_offer_get(struct exchange *x)
{
    struct offer offer;

    TRY(path_offer(x, &offer));
    return operator_offer_show(x, &offer);
}

enum err
operator_clock_get(struct exchange *x)
{
    struct view *view = show(x, PAGE_OPERATOR_CLOCK, "Clock");

    part_head(x, view, "Clock");
    part_summary(x, view, "");
    view_text(view, NAME_FORM_ACTION, "/operator/clock");
    view_text(view, NAME_TODAY, day_show(x->arena, x->today));
    view_text(view, NAME_CANCEL_HREF, "/operator");
    part_day(x, view, NAME_FIELD_DAY, "day", "New date", day_iso(x->arena, day_add(x->today, 1)),
             arena_format(x->arena, "Later than today, at most %d years ahead; UTC", CLOCK_YEARS));
    return OK;
}

/* The day that was typed, unless there is a problem with it. */
static struct day
clock_day(struct exchange *x)
{
    struct day day = DAY_NONE;
    struct day last = day_add(month_add(x->today, 12 * CLOCK_YEARS), day_dom(x->today) - 1);

    if (day_parse(text_trim(x->arena, posted(x, "day")), &day) != OK)
        problem_add(x->problems, "day",
                    "Enter a date as year, month and day, for example 2027-01-15");
    else if (day.number <= x->today.number)
        problem_add(x->problems, "day", "Enter a date after today, %s: the clock never goes back",
                    day_show(x->arena, x->today));
    else if (day.number > last.number)
        problem_add(x->problems, "day", "Enter a date up to %s, %d years ahead",
                    day_show(x->arena, last), CLOCK_YEARS);
    return day;
}

enum err
operator_clock_post(struct exchange *x)
{
    struct day day = clock_day(x);
    int64_t offset_s = x->settings.clock_offset_s;

    if (x->problems->count == 0) {
        enum err outcome;

        offset_s += (int64_t)(day.number - x->today.number) * SECONDS_PER_DAY;
        outcome =
            settings_set(x->db, SETTING_CLOCK_OFFSET, arena_format(x->arena, "%" PRId64, offset_s));
        if (outcome != ERR_INVALID) {
            TRY(outcome);
            return redirect(x, "/operator/clock?done=clock");
        }
        problem_add(x->problems, "day",
                    "This market’s clock can’t go that far. Enter an earlier "
                    "date");
    }
    TRY(operator_clock_get(x));
    return ERR_INVALID;
}
