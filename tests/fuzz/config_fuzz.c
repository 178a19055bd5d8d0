/*
 * config_fuzz.c: any bytes as the file of settings (base/config). What is taken fits its row of the
 * table, and written out and read again gives the same; what is not taken is told in one line.
 */
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/config.h"
#include "base/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The file has no name but that of its descriptor. */
static enum err
load(struct arena *arena, int file, const void *bytes, size_t size, const struct config **config,
     const char **complaint)
{
    char path[64];

    assert(ftruncate(file, 0) == 0);
    assert(pwrite(file, bytes, size, 0) == (ssize_t)size);
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    return config_load(arena, path, 0, NULL, config, complaint);
}

static void
check_value(const struct config *config, enum config_name name)
{
    const struct config_key *key = config_key(name);
    const char *text = config_text(config, name);

    assert(text_is_utf8(text, strlen(text)) && !text_has_control(text, false));
    switch (key->kind) {
    case CONFIG_TEXT:
        assert((int64_t)strlen(text) >= key->low && (int64_t)strlen(text) <= key->high);
        break;
    case CONFIG_INTEGER:
        assert(config_integer(config, name) >= key->low);
        assert(config_integer(config, name) <= key->high);
        break;
    case CONFIG_CHOICE:
        assert(*text != '\0' && strchr(text, '|') == NULL && strstr(key->choices, text) != NULL);
        break;
    case CONFIG_ADDRESS:
        assert(text_starts(text, "http://") || text_starts(text, "https://"));
        assert(strlen(text) <= (size_t)key->high && strpbrk(text, " @?#%\\\"'<>") == NULL);
        break;
    case CONFIG_PERCENT:
        assert(config_rate(config, name).e8 >= key->low * RATE_ONE_PERCENT);
        assert(config_rate(config, name).e8 <= key->high * RATE_ONE_PERCENT);
        break;
    case CONFIG_HOST:
        assert(strlen(text) <= (size_t)key->high && strpbrk(text, " /@?#%\\\"'<>") == NULL);
        break;
    case CONFIG_EMAIL:
        assert(text_is_email(text));
        break;
    }
}

static void
check_again(struct arena *arena, int file, const struct config *config)
{
    const struct config *again = NULL;
    const char *complaint = NULL;
    struct buffer written;

    buffer_open(&written, CONFIG_ARENA_BYTES);
    for (int i = 0; i < CONFIG_COUNT; i++) {
        check_value(config, (enum config_name)i);
        buffer_format(&written, "%s=%s\n", config_key((enum config_name)i)->name,
                      config_text(config, (enum config_name)i));
    }
    assert(load(arena, file, written.data, written.length, &again, &complaint) == OK);
    for (int i = 0; i < CONFIG_COUNT; i++)
        assert(text_equal(config_text(config, (enum config_name)i),
                          config_text(again, (enum config_name)i)));
    buffer_close(&written);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_open(CONFIG_ARENA_BYTES);
    struct arena *other = arena_open(CONFIG_ARENA_BYTES);
    const struct config *config = NULL;
    const char *complaint = NULL;
    int file = memfd_create("settings", MFD_CLOEXEC);

    assert(file >= 0);
    if (load(arena, file, data, size, &config, &complaint) == OK) {
        check_again(other, file, config);
    } else {
        assert(config == NULL && complaint != NULL);
        assert(text_is_utf8(complaint, strlen(complaint)) && !text_has_control(complaint, false));
    }
    close(file);
    arena_close(other);
    arena_close(arena);
    return 0;
}
