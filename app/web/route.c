/*
 * route.c: does this path fit this pattern, and what do its parameters hold.
 *
 * Not here: the table, methods, who may come in (pages/). A parameter's alphabet is decided by its
 * name, so a handler is never called with an id that cannot exist.
 */
#include "web/route.h"

#include <string.h>

#include "base/limits.h"

#define GUID_CHARS 36
#define TOKEN_CHARS 43 /* 256 bits in URL-safe base64 */
#define ACCOUNT_CHARS 64
#define ROW_DIGITS 6

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool
is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

/* Lower case only: one offer has one address. */
static bool
fits_guid(const char *text, size_t length)
{
    if (length != GUID_CHARS)
        return false;
    for (size_t i = 0; i < length; i++) {
        bool dash = i == 8 || i == 13 || i == 18 || i == 23;

        if (dash ? text[i] != '-' : !(is_digit(text[i]) || (text[i] >= 'a' && text[i] <= 'f')))
            return false;
    }
    return true;
}

static bool
fits_token(const char *text, size_t length)
{
    if (length != TOKEN_CHARS)
        return false;
    for (size_t i = 0; i < length; i++) {
        bool upper = text[i] >= 'A' && text[i] <= 'Z';

        if (!upper && !is_lower(text[i]) && !is_digit(text[i]) && text[i] != '-' && text[i] != '_')
            return false;
    }
    return true;
}

static bool
fits_row(const char *text, size_t length)
{
    if (length == 0 || length > ROW_DIGITS)
        return false;
    for (size_t i = 0; i < length; i++) {
        if (!is_digit(text[i]))
            return false;
    }
    return true;
}

static bool
fits_account(const char *text, size_t length)
{
    if (length == 0 || length > ACCOUNT_CHARS)
        return false;
    for (size_t i = 0; i < length; i++) {
        if (!is_lower(text[i]) && !is_digit(text[i]) && text[i] != '-')
            return false;
    }
    return true;
}

/* Ids of the catalogue (LAW 3.2). */
static bool
fits_catalogue(const char *text, size_t length)
{
    if (length == 0 || length > LIMIT_PLAN_ID)
        return false;
    for (size_t i = 0; i < length; i++) {
        if (!is_lower(text[i]) && !is_digit(text[i]) && text[i] != '-' && text[i] != '_')
            return false;
    }
    return true;
}

/* Billing account IDs (LAW 2.3), in any case. */
static bool
fits_billing(const char *text, size_t length)
{
    if (length == 0 || length > LIMIT_BILLING_ACCOUNT_BYTES)
        return false;
    for (size_t i = 0; i < length; i++) {
        bool upper = text[i] >= 'A' && text[i] <= 'Z';

        if (!upper && !is_lower(text[i]) && !is_digit(text[i]) && text[i] != '-' &&
            text[i] != ':' && text[i] != '_')
            return false;
    }
    return true;
}

static const struct {
    const char *name;
    bool (*fits)(const char *text, size_t length);
} kinds[] = {
    {"offer", fits_guid},       {"token", fits_token},       {"row", fits_row},
    {"account", fits_account},  {"product", fits_catalogue}, {"plan", fits_catalogue},
    {"document", fits_guid},    {"subscription", fits_guid}, {"billing", fits_billing},
    {"purchase", fits_guid},    {"request", fits_guid},      {"mail", fits_guid},
    {"publication", fits_guid},
};

static bool
param_fits(const char *name, size_t name_length, const char *text, size_t length)
{
    for (size_t i = 0; i < COUNT(kinds); i++) {
        if (strlen(kinds[i].name) == name_length && memcmp(kinds[i].name, name, name_length) == 0)
            return kinds[i].fits(text, length);
    }
    assert(!"a pattern names a parameter of a known kind");
    return false;
}

bool
route_match(const char *pattern, const char *path, struct arena *arena, struct route_params *params)
{
    struct {
        const char *name, *value;
        size_t name_length, value_length;
    } found[ROUTE_PARAMS];
    size_t count = 0;

    assert(pattern[0] == '/' && path != NULL);
    while (*pattern == '/' && *path == '/') {
        size_t wanted = strcspn(++pattern, "/");
        size_t given = strcspn(++path, "/");

        if (pattern[0] == ':') {
            if (!param_fits(pattern + 1, wanted - 1, path, given))
                return false;
            assert(count < ROUTE_PARAMS);
            found[count].name = pattern + 1;
            found[count].name_length = wanted - 1;
            found[count].value = path;
            found[count].value_length = given;
            count++;
        } else if (wanted != given || memcmp(pattern, path, wanted) != 0) {
            return false;
        }
        pattern += wanted;
        path += given;
    }
    if (*pattern != '\0' || *path != '\0')
        return false;

    /* Copied only now: most patterns tried for a path do not fit. */
    *params = (struct route_params){.count = count};
    for (size_t i = 0; i < count; i++) {
        params->names[i] = arena_copy(arena, found[i].name, found[i].name_length);
        params->values[i] = arena_copy(arena, found[i].value, found[i].value_length);
    }
    return true;
}

const char *
route_param(const struct route_params *params, const char *name)
{
    for (size_t i = 0; i < params->count; i++) {
        if (strcmp(params->names[i], name) == 0)
            return params->values[i];
    }
    assert(!"the pattern has this parameter");
    return "";
}

const char *
route_path(struct arena *arena, const char *pattern, const struct route_params *params)
{
    const char *path = "";

    while (*pattern == '/') {
        size_t length = strcspn(++pattern, "/");
        const char *segment = arena_copy(arena, pattern, length);

        if (*segment == ':')
            segment = route_param(params, segment + 1);
        path = arena_format(arena, "%s/%s", path, segment);
        pattern += length;
    }
    assert(*pattern == '\0');
    return path;
}
