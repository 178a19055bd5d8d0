/*
 * settings.c: the table setting, read whole.
 */
#include "store/settings.h"

#include "base/text.h"
#include "base/when.h"
#include "store/families.h"

enum { SETTINGS_LOAD, SETTINGS_SET };

static const struct statement statements[] = {
    [SETTINGS_LOAD] = {"SELECT name, value FROM setting ORDER BY name", "", "tt", false},
    [SETTINGS_SET] = {"INSERT INTO setting (name, value) VALUES ($1, $2)"
                      " ON CONFLICT (name) DO UPDATE SET value = $2",
                      "tt", "", true},
};

const struct family store_settings_family = {"settings", statements, COUNT(statements),
                                             FAMILY_SETTINGS};

#define DAYS_PER_CENTURY INT64_C(36525)
#define FEE_DEFAULT (3 * RATE_ONE_PERCENT)

static const struct {
    const char *name;
    int64_t low, high;
} bounds[] = {
    /* the clock only moves forward from any date a demo may begin at */
    {SETTING_CLOCK_OFFSET, -2 * DAYS_PER_CENTURY *SECONDS_PER_DAY,
     2 * DAYS_PER_CENTURY *SECONDS_PER_DAY},
    {SETTING_DEMO, 0, 1},
    {SETTING_PUBLISH_DELAY, 0, SECONDS_PER_DAY},
    {SETTING_FEE, 0, RATE_HUNDRED},
    {SETTING_CERTIFICATE_BLOCKING, 0, 1},
};

/* Settings are written by the program alone, so a minus sign stands directly before its digits. */
static enum err
setting_read(const char *name, const char *value, int64_t *result)
{
    bool negative = value[0] == '-';
    int64_t number = 0;

    for (size_t i = 0; i < COUNT(bounds); i++) {
        if (!text_equal(bounds[i].name, name))
            continue;
        TRY(text_to_integer(value + negative, 0, INT64_MAX, &number));
        if (negative)
            number = -number;
        if (number < bounds[i].low || number > bounds[i].high)
            return ERR_INVALID;
        *result = number;
        return OK;
    }
    return ERR_INVALID;
}

static enum err
setting_take(void *context, const struct column *columns)
{
    struct settings *settings = context;
    const char *name = columns[0].text;
    int64_t value = 0;

    if (setting_read(name, columns[1].text, &value) != OK)
        return ERR_BROKEN;
    if (text_equal(name, SETTING_CLOCK_OFFSET))
        settings->clock_offset_s = value;
    else if (text_equal(name, SETTING_DEMO))
        settings->demo = value != 0;
    else if (text_equal(name, SETTING_PUBLISH_DELAY))
        settings->publish_delay_s = value;
    else if (text_equal(name, SETTING_FEE))
        settings->fee.e8 = value;
    else if (text_equal(name, SETTING_CERTIFICATE_BLOCKING))
        settings->certificate_blocking = value != 0;
    return OK;
}

enum err
settings_load(struct db *db, struct settings *settings)
{
    struct settings loaded = {.fee = {FEE_DEFAULT}};
    struct row_reader reader = {&loaded, setting_take};

    TRY(db_run(db, &store_settings_family, SETTINGS_LOAD, NO_VALUES, &reader, NULL));
    *settings = loaded;
    return OK;
}

enum err
settings_set(struct db *db, const char *name, const char *value)
{
    int64_t ignored = 0;

    TRY(setting_read(name, value, &ignored));
    return db_run(db, &store_settings_family, SETTINGS_SET, VALUES(text(name), text(value)), NULL,
                  NULL);
}

int64_t
settings_now(const struct settings *settings, const struct world *world)
{
    return world_now(world) + settings->clock_offset_s;
}
