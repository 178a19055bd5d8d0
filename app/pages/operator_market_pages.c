/*
 * operator_market_pages.c: the form of the marketplace's settings, its markets with their rates,
 * and everything that happened, the newest first.
 *
 * Not here: what is changed and recorded (actions/market).
 */
#include "pages/operator_market_pages.h"

#include <inttypes.h>
#include <string.h>

#include "actions/market.h"
#include "base/text.h"
#include "core/purchase.h"
#include "core/support.h"
#include "pages/account_view.h"
#include "pages/lists.h"
#include "pages/parts.h"
#include "store/account_events.h"
#include "store/audit.h"
#include "store/chains.h"
#include "store/people.h"

#define SETTINGS_HREF "/operator/settings"
#define AUDIT_HREF "/operator/audit"

/* ---- Settings ------------------------------------------------------------------------------- */

static enum err
settings_form(struct exchange *x, struct view *view)
{
    static const struct field_look fee = {
        .hint = "Percent of the partner price, at most 8 decimals; for lines of bills written "
                "from now on",
        .short_input = true};
    static const struct field_look delay = {.hint = "Seconds, up to a day", .short_input = true};
    static const struct choice blocking[] = {{ANSWER_NO, "Partners are warned", NULL},
                                             {ANSWER_YES, "Partners can’t submit", NULL}};
    const char *rev = NULL;

    TRY(account_rev(x->db, x->arena, ACCOUNT_MARKET, MARKET_SETTINGS, &rev));
    part_rev(x, view, rev);
    view_text(view, NAME_FORM_ACTION, SETTINGS_HREF);
    part_text(x, view, NAME_FIELD_FEE, ANSWER_FEE, "Agency fee %", "text",
              rate_show(x->arena, x->settings.fee), &fee);
    part_text(x, view, NAME_FIELD_DELAY, ANSWER_DELAY, "In Progress lasts", "text",
              arena_format(x->arena, "%" PRId64, x->settings.publish_delay_s), &delay);
    part_select(x, view, NAME_FIELD_BLOCKING, ANSWER_BLOCKING, "Without a resale certificate",
                blocking, COUNT(blocking),
                x->settings.certificate_blocking ? ANSWER_YES : ANSWER_NO);
    return OK;
}

static enum err
markets_form(struct exchange *x, struct view *view)
{
    static const struct field_look code = {.hint = "Two capital letters", .short_input = true};
    static const struct field_look currency = {.hint = "Three capital letters",
                                               .short_input = true};
    static const struct field_look digits = {.hint = "0 to 3", .short_input = true};
    static const struct field_look rate = {.hint = "What one US dollar is in it"};
    struct markets *markets = arena_new(x->arena, struct markets);

    TRY(markets_load(x->db, x->arena, markets));
    for (size_t i = 0; i < markets->count; i++) {
        struct view *row = view_section(view, NAME_ROW);

        view_text(row, NAME_ROW_ID, markets->rows[i].code);
        view_text(row, NAME_ROW_NAME, markets->rows[i].name);
        view_text(row, NAME_ROW_TEXT, market_words(x->arena, &markets->rows[i]));
    }
    view_text(view, NAME_MARKET_ACTION, SETTINGS_HREF "/markets");
    part_text(x, view, NAME_FIELD_CODE, ANSWER_CODE, "Market", "text", "", &code);
    part_text(x, view, NAME_FIELD_NAME, ANSWER_MARKET_NAME, "Name", "text", "", NULL);
    part_text(x, view, NAME_FIELD_CURRENCY, ANSWER_CURRENCY, "Currency", "text", "", &currency);
    part_text(x, view, NAME_FIELD_DIGITS, ANSWER_DIGITS, "Decimals", "text", "", &digits);
    part_text(x, view, NAME_FIELD_RATE, ANSWER_RATE, "Rate", "text", "", &rate);
    part_day(x, view, NAME_FIELD_DAY, ANSWER_RATED_ON, "Day of the rate", "", "UTC");
    return OK;
}

/* GET /operator/settings, and its forms coming back. */
enum err
operator_settings_get(struct exchange *x)
{
    struct view *view = show(x, PAGE_OPERATOR_SETTINGS, "Settings");

    part_head(x, view, "Settings");
    part_not_saved(x, view);
    part_summary(x, view, "");
    TRY(settings_form(x, view));
    TRY(markets_form(x, view));
    return account_history(x, view, ACCOUNT_MARKET, MARKET_SETTINGS);
}

static enum err
answer(struct exchange *x, enum err outcome, const char *done)
{
    if (outcome == ERR_INVALID)
        TRY(operator_settings_get(x));
    TRY(outcome);
    return redirect(x, SETTINGS_HREF "?done=%s", done);
}

/* POST /operator/settings */
enum err
operator_settings_post(struct exchange *x)
{
    const struct act act = exchange_act(x);
    const struct answers answers = exchange_answers(x);

    return answer(x, action_settings_save(&act, posted(x, "rev"), &answers, x->problems),
                  "settings-saved");
}

/* POST /operator/settings/markets */
enum err
operator_market_post(struct exchange *x)
{
    const struct act act = exchange_act(x);
    const struct answers answers = exchange_answers(x);

    return answer(x, action_market_set(&act, &answers, x->problems), "market-set");
}

/* ---- Everything that happened ---------------------------------------------------------------- */

/* What it was, as the operator reads it. */
static enum err
audit_words(struct exchange *x, const struct audit_row *row, const char **words)
{
    enum event_kind kind;
    enum purchase_event_kind purchased;
    enum support_event requested;

    if (text_equal(row->word, CHAIN_WORD_OFFER)) {
        TRY(event_kind_read(row->kind, &kind));
        *words = event_words(kind, PARTY_OPERATOR);
    } else if (text_equal(row->word, CHAIN_WORD_PURCHASE)) {
        TRY(purchase_event_read(row->kind, &purchased));
        *words = purchase_event_words(purchased);
        if (*row->after != '\0')
            *words = arena_format(x->arena, "%s: %s", *words, row->after);
    } else if (text_equal(row->word, CHAIN_WORD_REQUEST)) {
        TRY(support_event_read(row->kind, &requested));
        *words = support_event_words(requested);
    } else {
        *words = change_words(x->arena, row->kind, row->before, row->after);
    }
    return OK;
}

/* Where it is shown, and what it is called there. */
static void
subject_put(struct exchange *x, struct view *row, const struct audit_row *event)
{
    static const struct {
        const char *word;
        const char *called;
        const char *path;
    } subjects[] = {
        {CHAIN_WORD_OFFER, "Offer", "/operator/offers/"},
        {CHAIN_WORD_PURCHASE, "Purchase", "/operator/purchases/"},
        {CHAIN_WORD_REQUEST, "Support request", "/operator/support/"},
        {ACCOUNT_BILLING, "Billing account", "/operator/billing/"},
        {ACCOUNT_PUBLISHER, "Publisher account", "/operator/accounts/"},
        {ACCOUNT_ORGANISATION, "Organisation", "/operator/accounts/"},
    };

    for (size_t i = 0; i < COUNT(subjects); i++) {
        if (!text_equal(subjects[i].word, event->word))
            continue;
        view_text(row, NAME_ROW_TYPE, subjects[i].called);
        view_text(row, NAME_ROW_ID, event->id);
        view_text(row, NAME_ROW_HREF, arena_format(x->arena, "%s%s", subjects[i].path, event->id));
        return;
    }
    view_text(row, NAME_ROW_TYPE, "Marketplace");
    view_text(row, NAME_ROW_ID, event->id);
    view_text(row, NAME_ROW_HREF, SETTINGS_HREF);
}

static enum err
rows_put(struct exchange *x, struct view *view, const struct audit_page *page)
{
    struct view *found = view_section(view, NAME_FOUND);

    for (size_t i = 0; i < page->count; i++) {
        const struct audit_row *event = &page->rows[i];
        struct view *row = view_section(found, NAME_ROW);
        const char *words = NULL;

        TRY(audit_words(x, event, &words));
        view_text(row, NAME_ROW_TEXT, words);
        subject_put(x, row, event);
        view_text(row, NAME_EVENT_ISO, instant_iso(x->arena, event->at));
        view_text(row, NAME_EVENT_TIME, instant_show(x->arena, event->at));
        view_text(row, NAME_EVENT_WHO, history_who(x, event->account_name, event->person_name));
    }
    if (page->more) {
        const struct audit_row *last = &page->rows[page->count - 1];

        view_format(view_section(found, NAME_MORE), NAME_MORE_HREF,
                    AUDIT_HREF "?q=%s&who=%s&at=%" PRId64 "&of=%s&id=%s&number=%" PRId64,
                    url_encode(x->arena, search_typed(x->arena, queried(x, "q"))),
                    url_encode(x->arena, search_typed(x->arena, queried(x, "who"))), last->at,
                    url_encode(x->arena, last->word), url_encode(x->arena, last->id), last->number);
    }
    return OK;
}

/* The place a link names; the newest when it names none. */
static struct audit_place
place_asked(const struct exchange *x)
{
    struct audit_place place = {0, queried(x, "of"), queried(x, "id"), 0};

    if (text_to_integer(queried(x, "at"), 1, INT64_MAX, &place.at) != OK ||
        text_to_integer(queried(x, "number"), 1, INT64_MAX, &place.number) != OK)
        place.at = 0;
    return place;
}

/* GET /operator/audit */
enum err
operator_audit_get(struct exchange *x)
{
    const char *search = text_trim(x->arena, search_typed(x->arena, queried(x, "q")));
    const char *who = text_trim(x->arena, search_typed(x->arena, queried(x, "who")));
    struct view *view = show(x, PAGE_OPERATOR_AUDIT, "Audit log");
    const struct audit_place place = place_asked(x);
    struct audit_page *page = arena_new(x->arena, struct audit_page);
    const char *person = "";
    enum err outcome = OK;

    part_head(x, view, "Audit log");
    view_text(view, NAME_SEARCH_ACTION, AUDIT_HREF);
    view_text(view, NAME_QUERY, search);
    view_text(view, NAME_WHO, who);
    if (*who != '\0')
        outcome = person_id_of_email(x->db, x->arena, who, &person);
    if (outcome == OK)
        outcome = audit_page_of(x->db, x->arena, search, person, &place, page);
    if (outcome != ERR_ABSENT)
        TRY(outcome);
    if (page->count > 0)
        return rows_put(x, view, page);
    view_show(view, NAME_NOT_FOUND);
    return OK;
}
