/*
 * market.c: the marketplace's settings and markets, changed through a page.
 *
 * Not here: the command line's way (app/commands_market.c). Invariant: a new fee holds for the
 * lines of bills that are written from then on (LAW 12.1); none is written again.
 */
#include "actions/market.h"

#include <inttypes.h>

#include "base/text.h"
#include "store/account_events.h"

#define FEE_DECIMALS 8

static enum err
record(const struct act *act, const char *field, const char *before, const char *after)
{
    return account_record(act, ACCOUNT_MARKET, MARKET_SETTINGS, field, before, after);
}

static const char *
typed(const struct act *act, const struct answers *answers, const char *name)
{
    return text_trim(act->arena, answer_text(answers, name));
}

static const char *
percent(struct arena *arena, struct rate rate)
{
    return arena_format(arena, "%s%%", rate_show(arena, rate));
}

static const char *
seconds(struct arena *arena, int64_t count)
{
    return arena_format(arena, "%" PRId64 " seconds", count);
}

static void
read_settings(const struct act *act, const struct answers *answers, struct settings *settings,
              struct problems *problems)
{
    if (rate_parse(typed(act, answers, ANSWER_FEE), FEE_DECIMALS, &settings->fee) != OK ||
        settings->fee.e8 > RATE_HUNDRED)
        problem_add(problems, ANSWER_FEE,
                    "Enter a percentage from 0 to 100 with at most %d decimals", FEE_DECIMALS);
    if (text_to_integer(typed(act, answers, ANSWER_DELAY), 0, SECONDS_PER_DAY,
                        &settings->publish_delay_s) != OK)
        problem_add(problems, ANSWER_DELAY, "Enter a number of seconds from 0 to %d",
                    (int)SECONDS_PER_DAY);
    answer_flag(answers, ANSWER_BLOCKING, &settings->certificate_blocking, problems);
}

static enum err
keep_settings(const struct act *act, const struct settings *settings)
{
    struct arena *arena = act->arena;
    const struct settings *before = act->settings;

    TRY(record(act, "Agency fee", percent(arena, before->fee), percent(arena, settings->fee)));
    TRY(record(act, "In Progress lasts", seconds(arena, before->publish_delay_s),
               seconds(arena, settings->publish_delay_s)));
    TRY(record(act, "A resale certificate is needed", yes_no(before->certificate_blocking),
               yes_no(settings->certificate_blocking)));
    TRY(settings_set(act->db, SETTING_FEE, arena_format(arena, "%" PRId64, settings->fee.e8)));
    TRY(settings_set(act->db, SETTING_PUBLISH_DELAY,
                     arena_format(arena, "%" PRId64, settings->publish_delay_s)));
    return settings_set(act->db, SETTING_CERTIFICATE_BLOCKING,
                        settings->certificate_blocking ? "1" : "0");
}

enum err
action_settings_save(const struct act *act, const char *rev, const struct answers *answers,
                     struct problems *problems)
{
    struct settings settings = *act->settings;
    const char *now = NULL;

    TRY(account_rev(act->db, act->arena, ACCOUNT_MARKET, MARKET_SETTINGS, &now));
    if (!text_equal(rev, now))
        return ERR_STALE;
    read_settings(act, answers, &settings, problems);
    if (problems->count > 0)
        return ERR_INVALID;
    return keep_settings(act, &settings);
}

const char *
market_words(struct arena *arena, const struct market *market)
{
    return arena_format(arena, "%s, %d decimals, %s%s%s", market->currency, market->digits,
                        conversion_show(arena, market->rate_e8),
                        day_is_none(market->rated_on) ? "" : " of ",
                        day_is_none(market->rated_on) ? "" : day_iso(arena, market->rated_on));
}

static void
read_market(const struct act *act, const struct answers *answers, struct market *market,
            struct problems *problems)
{
    int64_t digits = 0;

    market->code = typed(act, answers, ANSWER_CODE);
    market->name = typed(act, answers, ANSWER_MARKET_NAME);
    market->currency = typed(act, answers, ANSWER_CURRENCY);
    if (*market->name == '\0' || text_has_control(market->name, false) ||
        text_count(market->name) > LIMIT_MARKET_NAME)
        problem_add(problems, ANSWER_MARKET_NAME, "Enter a name of at most %d characters",
                    LIMIT_MARKET_NAME);
    if (text_to_integer(typed(act, answers, ANSWER_DIGITS), 0, CONVERSION_DECIMALS_MAX, &digits) !=
        OK)
        problem_add(problems, ANSWER_DIGITS, "Enter how many decimals the currency has, 0 to %d",
                    CONVERSION_DECIMALS_MAX);
    market->digits = (int)digits;
    if (conversion_parse(typed(act, answers, ANSWER_RATE), &market->rate_e8) != OK)
        problem_add(problems, ANSWER_RATE,
                    "Enter what one US dollar is, from 0.00000001 to 1,000,000 with at most 8 "
                    "decimals");
    if (day_parse(typed(act, answers, ANSWER_RATED_ON), &market->rated_on) != OK)
        problem_add(problems, ANSWER_RATED_ON,
                    "Enter the day of the rate as year, month and day, for example 2027-01-15");
}

enum err
action_market_set(const struct act *act, const struct answers *answers, struct problems *problems)
{
    struct markets *markets = arena_new(act->arena, struct markets);
    struct market market = {.code = ""};
    const struct market *before;
    enum err outcome;

    read_market(act, answers, &market, problems);
    if (text_equal(market.code, MARKET_US))
        problem_add(problems, ANSWER_CODE, "Every price begins in US dollars: that market stays");
    if (problems->count > 0)
        return ERR_INVALID;
    TRY(markets_load(act->db, act->arena, markets));
    before = market_find(markets, market.code);
    outcome = market_set(act->db, act->arena, &market);
    if (outcome == ERR_INVALID)
        problem_add(problems, ANSWER_CODE,
                    "Enter the market as two and its currency as three capital letters; a dollar "
                    "is 1 dollar of 2 decimals, and there are at most %d markets",
                    LIMIT_MARKETS);
    TRY(outcome);
    return record(act, arena_format(act->arena, "Market %s, %s", market.code, market.name),
                  before == NULL ? "" : market_words(act->arena, before),
                  market_words(act->arena, &market));
}
