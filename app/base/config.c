/*
 * config.c: the table of keys, and the reader that obeys it.
 *
 * Not here: what a zero of "choose for me" becomes (main.c knows the cores), or the file itself
 * (conf/tripact.conf). A new setting is a name in config.h and a row here.
 * Invariant: presets pass the same check as what people write.
 */
#include "base/config.h"

#include "base/text.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define FILE_BYTES (64 * 1024)
#define PATH_BYTES_MAX 1024
#define SOCKET_BYTES_MAX 107 /* sun_path with its end */

static const struct config_key keys[] = {
    [CONFIG_SOCKET] = {"socket", CONFIG_TEXT, 1, SOCKET_BYTES_MAX, NULL, "run/app.sock",
                       "unix socket nginx connects to, relative to the data folder"},
    [CONFIG_SOCKET_GROUP] = {"socket_group", CONFIG_TEXT, 0, 32, NULL, "",
                             "group that may connect to the socket; empty: our own"},
    [CONFIG_DATABASE] = {"database", CONFIG_TEXT, 1, PATH_BYTES_MAX, NULL, "tripact.db",
                         "the store's file, relative to the data folder"},
    [CONFIG_TEMPLATES] = {"templates", CONFIG_TEXT, 1, PATH_BYTES_MAX, NULL, "templates",
                          "folder of the page templates"},
    [CONFIG_WORKERS] = {"workers", CONFIG_INTEGER, 0, 256, NULL, "0",
                        "threads that answer requests; 0: two per core, at least 4"},
    [CONFIG_BACKLOG] = {"backlog", CONFIG_INTEGER, 1024, 65535, NULL, "1024",
                        "connections that may wait to be accepted"},
    [CONFIG_PUBLIC_ADDRESS] = {"public_address", CONFIG_ADDRESS, 1, 255, NULL,
                               "http://localhost:8080",
                               "what people type to reach us; links begin with it"},
    [CONFIG_PASSWORD_OPS] = {"password_ops", CONFIG_INTEGER, 1, 16, NULL, "2",
                             "Argon2id passes over the memory for one password"},
    [CONFIG_PASSWORD_MEMORY_KIB] = {"password_memory_kib", CONFIG_INTEGER, 8, 1024 * 1024, NULL,
                                    "65536", "Argon2id memory for one password, in KiB"},
    [CONFIG_PUBLISH_DELAY_S] = {"publish_delay_s", CONFIG_INTEGER, 0, 21600, NULL, "0",
                                "seconds an offer stays In Progress; first value of a new store"},
    [CONFIG_HASH_SLOTS] = {"hash_slots", CONFIG_INTEGER, 0, 64, NULL, "0",
                           "passwords hashed at the same time; 0: one per two cores"},
    [CONFIG_DRAIN_S] = {"drain_s", CONFIG_INTEGER, 1, 600, NULL, "45",
                        "seconds a stopping process goes on answering"},
    [CONFIG_CERTIFICATE_BLOCKING] = {"certificate_blocking", CONFIG_CHOICE, 0, 0, "yes|no", "no",
                                     "a missing resale certificate stops the selling partner"},
    [CONFIG_FEE_PERCENT] = {"fee_percent", CONFIG_PERCENT, 0, 100, NULL, "3",
                            "the marketplace's fee on the partner price, in percent"},
    [CONFIG_METRICS_SOCKET] = {"metrics_socket", CONFIG_TEXT, 0, SOCKET_BYTES_MAX, NULL, "",
                               "Unix socket that shows counts for Prometheus; empty: none"},
    [CONFIG_MAIL_FROM] = {"mail_from", CONFIG_EMAIL, 0, 0, NULL, "tripact@localhost.localdomain",
                          "the address mails come from"},
    [CONFIG_MAIL_FOLDER] = {"mail_folder", CONFIG_TEXT, 1, PATH_BYTES_MAX, NULL, "mail",
                            "Maildir folder that mails go into while there is no smtp_server"},
    [CONFIG_MAIL_RETRY_S] = {"mail_retry_s", CONFIG_INTEGER, 1, 3600, NULL, "60",
                             "seconds until a mail that failed is tried again, doubled each time"},
    [CONFIG_SMTP_SERVER] = {"smtp_server", CONFIG_HOST, 0, 255, NULL, "",
                            "mail server, host or host:port; empty: mails go into mail_folder"},
    [CONFIG_SMTP_SECURITY] = {"smtp_security", CONFIG_CHOICE, 0, 0, "starttls|tls|none", "starttls",
                              "how the way to the mail server is kept secret"},
    [CONFIG_SMTP_CA_FILE] = {"smtp_ca_file", CONFIG_TEXT, 0, PATH_BYTES_MAX, NULL, "",
                             "certificates to trust for the mail server; empty: the system's"},
    [CONFIG_SMTP_USER] = {"smtp_user", CONFIG_TEXT, 0, 255, NULL, "",
                          "who signs in at the mail server; empty: nobody"},
    [CONFIG_SMTP_PASSWORD_FILE] = {"smtp_password_file", CONFIG_TEXT, 0, PATH_BYTES_MAX, NULL, "",
                                   "file whose first line is smtp_user's password"},
};

_Static_assert(COUNT(keys) == CONFIG_COUNT, "every key has its row");

struct config {
    const char *text[CONFIG_COUNT];
    int64_t number[CONFIG_COUNT]; /* integers; percentages in 1e-8 percent */
    const char *file;             /* what it was loaded from; NULL for none */
    const char **overrides;
    size_t override_count;
};

struct loading {
    struct arena *arena;
    struct config *config;
    const char *where; /* the file, or "command line" */
    size_t line;       /* counted from 1; 0 when there is none */
    bool given[CONFIG_COUNT];
    const char *complaint;
};

const struct config_key *
config_key(enum config_name name)
{
    assert((size_t)name < COUNT(keys));
    return &keys[name];
}

/* ---- Values ------------------------------------------------------------------------------- */

static bool
choice_has(const char *choices, const char *value)
{
    size_t length = strlen(value);

    for (const char *at = choices;; at++) {
        size_t width = strcspn(at, "|");

        if (width == length && memcmp(at, value, length) == 0)
            return true;
        at += width;
        if (*at == '\0')
            return false;
    }
}

/* host[:port] */
static bool
is_host(const char *value)
{
    static const char host_bytes[] = "abcdefghijklmnopqrstuvwxyz0123456789.-";
    int64_t port;

    size_t host = strspn(value, host_bytes);
    if (*value == '[') /* an IPv6 address */
        host = strspn(value + 1, "0123456789abcdef:.") + 2;
    if (host == 0 || host > strlen(value))
        return false;
    if (*value == '[' && (host < 4 || value[host - 1] != ']'))
        return false;
    if (value[host] == '\0')
        return true;
    return value[host] == ':' && text_to_integer(value + host + 1, 1, 65535, &port) == OK;
}

/* scheme://host[:port]. No slash at the end: it is compared with the browser's Origin header. */
static bool
is_origin(const char *value)
{
    if (text_starts(value, "https://"))
        return is_host(value + strlen("https://"));
    return text_starts(value, "http://") && is_host(value + strlen("http://"));
}

/* What a value of this key must be, as the end of "... must be". */
static const char *
demand(struct arena *arena, const struct config_key *key)
{
    switch (key->kind) {
    case CONFIG_TEXT:
        return arena_format(arena, "%jd to %jd bytes long", (intmax_t)key->low,
                            (intmax_t)key->high);
    case CONFIG_INTEGER:
        return arena_format(arena, "a whole number from %jd to %jd", (intmax_t)key->low,
                            (intmax_t)key->high);
    case CONFIG_CHOICE:
        return arena_format(arena, "one of %s", key->choices);
    case CONFIG_ADDRESS:
        return "http:// or https://, a host in lower case and perhaps a port, nothing after it";
    case CONFIG_PERCENT:
        return arena_format(arena, "a percentage from %jd to %jd with at most 8 decimals",
                            (intmax_t)key->low, (intmax_t)key->high);
    case CONFIG_HOST:
        return "empty, or a host in lower case and perhaps a port";
    case CONFIG_EMAIL:
        return "one email address";
    }
    return "something else";
}

static bool
value_fits(const struct config_key *key, const char *value, int64_t *number)
{
    struct rate rate = {0};
    int64_t length = (int64_t)strlen(value);

    switch (key->kind) {
    case CONFIG_TEXT:
        return length >= key->low && length <= key->high;
    case CONFIG_INTEGER:
        return text_to_integer(value, key->low, key->high, number) == OK;
    case CONFIG_CHOICE:
        return choice_has(key->choices, value);
    case CONFIG_ADDRESS:
        return length <= key->high && is_origin(value);
    case CONFIG_PERCENT:
        if (rate_parse(value, 8, &rate) != OK || rate.e8 < key->low * RATE_ONE_PERCENT ||
            rate.e8 > key->high * RATE_ONE_PERCENT)
            return false;
        *number = rate.e8;
        return true;
    case CONFIG_HOST:
        return *value == '\0' || (length <= key->high && is_host(value));
    case CONFIG_EMAIL:
        return text_is_email(value);
    }
    return false;
}

/* Keeps the value. */
static bool
take_value(struct loading *loading, enum config_name name, const char *value)
{
    int64_t number = 0;

    if (!value_fits(&keys[name], value, &number))
        return false;
    loading->config->text[name] = value;
    loading->config->number[name] = number;
    return true;
}

/* ---- Sources ------------------------------------------------------------------------------ */

static enum err
complain(struct loading *loading, const char *sentence)
{
    if (loading->line > 0)
        loading->complaint =
            arena_format(loading->arena, "%s:%zu: %s", loading->where, loading->line, sentence);
    else
        loading->complaint = arena_format(loading->arena, "%s: %s", loading->where, sentence);
    return ERR_INVALID;
}

static bool
key_find(const char *text, enum config_name *name)
{
    for (size_t i = 0; i < COUNT(keys); i++) {
        if (text_equal(keys[i].name, text)) {
            *name = (enum config_name)i;
            return true;
        }
    }
    return false;
}

static enum err
take_pair(struct loading *loading, const char *key, const char *value)
{
    struct arena *arena = loading->arena;
    enum config_name name;

    if (!key_find(key, &name))
        return complain(loading, arena_format(arena, "unknown key \"%s\"", key));
    if (loading->given[name])
        return complain(loading, arena_format(arena, "%s is given twice", key));
    if (!take_value(loading, name, value))
        return complain(loading,
                        arena_format(arena, "%s must be %s", key, demand(arena, &keys[name])));

    loading->given[name] = true;
    return OK;
}

static void
take_presets(struct loading *loading)
{
    for (size_t i = 0; i < COUNT(keys); i++) {
        bool taken = take_value(loading, (enum config_name)i, keys[i].preset);

        assert(taken);
        (void)taken;
    }
}

static enum err
take_line(struct loading *loading, const char *line, size_t length)
{
    if (memchr(line, '\0', length) != NULL || !text_is_utf8(line, length))
        return complain(loading, "the line is not UTF-8 text");

    char *text = text_trim(loading->arena, arena_copy(loading->arena, line, length));
    if (*text == '\0' || *text == '#')
        return OK;
    char *sign = strchr(text, '=');
    if (sign == NULL)
        return complain(loading, "expected \"key = value\" or a line beginning with #");
    *sign = '\0';

    const char *key = text_trim(loading->arena, text);
    const char *value = text_trim(loading->arena, sign + 1);
    if (text_has_control(key, false) || text_has_control(value, false))
        return complain(loading, "the line holds a control character");
    return take_pair(loading, key, value);
}

static enum err
take_lines(struct loading *loading, const char *bytes, size_t size)
{
    for (size_t from = 0; from < size;) {
        const char *end = memchr(bytes + from, '\n', size - from);
        size_t length = end == NULL ? size - from : (size_t)(end - (bytes + from));

        loading->line++;
        TRY(take_line(loading, bytes + from, length));
        from += length + 1;
    }
    return OK;
}

static enum err
take_file(struct loading *loading, const char *file)
{
    char *bytes = arena_alloc(loading->arena, FILE_BYTES + 1);

    loading->where = file;
    errno = 0;
    FILE *stream = fopen(file, "re");
    if (stream == NULL)
        return complain(loading, strerror(errno));

    size_t size = fread(bytes, 1, FILE_BYTES + 1, stream);
    int failure = ferror(stream) != 0 ? errno : 0;
    fclose(stream);

    if (failure != 0)
        return complain(loading, strerror(failure));
    if (size > FILE_BYTES)
        return complain(loading, "the file is longer than 64 KiB");
    return take_lines(loading, bytes, size);
}

static enum err
take_override(struct loading *loading, const char *option)
{
    size_t length = strlen(option);
    const char *sign = strchr(option, '=');

    loading->where = "command line";
    loading->line = 0;
    if (!text_is_utf8(option, length) || text_has_control(option, false))
        return complain(loading, "an option holds what is not text");
    if (!text_starts(option, "--") || sign == NULL)
        return complain(loading,
                        arena_format(loading->arena, "expected --key=value, not \"%s\"", option));

    const char *key = arena_copy(loading->arena, option + 2, (size_t)(sign - option) - 2);
    return take_pair(loading, key, arena_text(loading->arena, sign + 1));
}

static void
remember_sources(struct loading *loading, const char *file, size_t override_count,
                 const char *const *overrides)
{
    struct config *config = loading->config;

    config->file = file == NULL ? NULL : arena_text(loading->arena, file);
    config->overrides = arena_array(loading->arena, const char *, override_count + 1);
    for (size_t i = 0; i < override_count; i++)
        config->overrides[i] = arena_text(loading->arena, overrides[i]);
    config->override_count = override_count;
}

enum err
config_load(struct arena *arena, const char *file, size_t override_count,
            const char *const *overrides, const struct config **result, const char **complaint)
{
    assert(arena != NULL && result != NULL && complaint != NULL);
    assert(overrides != NULL || override_count == 0);

    struct loading loading = {.arena = arena, .config = arena_new(arena, struct config)};
    enum err outcome = OK;

    take_presets(&loading);
    if (file != NULL)
        outcome = take_file(&loading, file);

    /* From here on "given" means given on the command line. */
    memset(loading.given, 0, sizeof(loading.given));
    for (size_t i = 0; i < override_count && outcome == OK; i++)
        outcome = take_override(&loading, overrides[i]);

    remember_sources(&loading, file, override_count, overrides);
    if (outcome == OK)
        *result = loading.config;
    else
        *complaint = loading.complaint;
    return outcome;
}

enum err
config_load_again(struct arena *arena, const struct config *earlier, const struct config **result,
                  const char **complaint)
{
    assert(earlier != NULL);
    return config_load(arena, earlier->file, earlier->override_count, earlier->overrides, result,
                       complaint);
}

/* ---- Answers ------------------------------------------------------------------------------ */

const char *
config_text(const struct config *config, enum config_name name)
{
    assert(config != NULL);
    assert((size_t)name < COUNT(keys));
    return config->text[name];
}

int64_t
config_integer(const struct config *config, enum config_name name)
{
    assert(config != NULL);
    assert(config_key(name)->kind == CONFIG_INTEGER);
    return config->number[name];
}

bool
config_yes(const struct config *config, enum config_name name)
{
    assert(config != NULL);
    assert(config_key(name)->kind == CONFIG_CHOICE);
    return text_equal(config->text[name], "yes");
}

struct rate
config_rate(const struct config *config, enum config_name name)
{
    assert(config != NULL);
    assert(config_key(name)->kind == CONFIG_PERCENT);
    return (struct rate){config->number[name]};
}
