/*
 * config.h: the settings of one process: one commented file of "key = value" lines, and overrides
 * from the command line.
 *
 * Not here: settings an operator changes while the product runs (store/settings).
 * Invariant: a loaded configuration has a checked value for every key; nobody checks again.
 */
#ifndef BASE_CONFIG_H
#define BASE_CONFIG_H

#include "base/arena.h"
#include "base/money.h"

/* The ceiling of an arena that a configuration is loaded into. */
#define CONFIG_ARENA_BYTES (1024 * 1024)

/* Every key, in the order of the table in config.c. The accessors take these and no strings, so a
 * misspelt key does not compile. */
enum config_name {
    CONFIG_SOCKET,
    CONFIG_SOCKET_GROUP,
    CONFIG_DATABASE,
    CONFIG_TEMPLATES,
    CONFIG_WORKERS,
    CONFIG_BACKLOG,
    CONFIG_PUBLIC_ADDRESS,
    CONFIG_PASSWORD_OPS,
    CONFIG_PASSWORD_MEMORY_KIB,
    CONFIG_PUBLISH_DELAY_S,
    CONFIG_HASH_SLOTS,
    CONFIG_DRAIN_S,
    CONFIG_CERTIFICATE_BLOCKING,
    CONFIG_FEE_PERCENT,
    CONFIG_METRICS_SOCKET,
    CONFIG_MAIL_FROM,
    CONFIG_MAIL_FOLDER,
    CONFIG_MAIL_RETRY_S,
    CONFIG_SMTP_SERVER,
    CONFIG_SMTP_SECURITY,
    CONFIG_SMTP_CA_FILE,
    CONFIG_SMTP_USER,
    CONFIG_SMTP_PASSWORD_FILE,
};

#define CONFIG_COUNT (CONFIG_SMTP_PASSWORD_FILE + 1)

enum config_kind {
    CONFIG_TEXT,    /* low to high bytes */
    CONFIG_INTEGER, /* low to high */
    CONFIG_CHOICE,  /* one of choices */
    CONFIG_ADDRESS, /* http(s)://host[:port], nothing after it: an origin; at most high bytes */
    CONFIG_PERCENT, /* a rate from low to high whole percent */
    CONFIG_HOST,    /* nothing, or host[:port]; at most high bytes */
    CONFIG_EMAIL,   /* one address */
};

/* One row: what the key is called, what it may be, what it is when nobody says, what it does. */
struct config_key {
    const char *name;
    enum config_kind kind;
    int64_t low;
    int64_t high;
    const char *choices; /* "yes|no" for CONFIG_CHOICE, NULL otherwise */
    const char *preset;
    const char *help;
};

struct config;

/* The row of a key, for the help text and for tests. */
const struct config_key *config_key(enum config_name name);

/*
 * Reads the file (NULL: the presets alone), then the overrides, each "--key=value"; borrows both,
 * and remembers what they were called.
 * An override wins over the file; a key given twice in the file, or twice as an override, is
 * refused, as are an unknown key, a bad value, a line that is neither blank, "# comment" nor
 * "key = value", and a file that cannot be read.
 *
 * OK: *result is kept. ERR_INVALID: *complaint is kept, one sentence that names the file and line,
 * or the option.
 */
MUST_CHECK enum err config_load(struct arena *arena, const char *file, size_t override_count,
                                const char *const *overrides, const struct config **result,
                                const char **complaint);

/* The same once more, from what an earlier configuration was loaded from: the file as it is now,
 * and the same overrides. Borrows that configuration. */
MUST_CHECK enum err config_load_again(struct arena *arena, const struct config *earlier,
                                      const struct config **result, const char **complaint);

/* The value of a key as text, of any kind. Lives as long as the configuration. */
const char *config_text(const struct config *config, enum config_name name);
/* Of a CONFIG_INTEGER. */
int64_t config_integer(const struct config *config, enum config_name name);
/* Of a "yes|no" CONFIG_CHOICE. */
bool config_yes(const struct config *config, enum config_name name);
/* Of a CONFIG_PERCENT. */
struct rate config_rate(const struct config *config, enum config_name name);

#endif
