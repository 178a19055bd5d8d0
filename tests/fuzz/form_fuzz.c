/*
 * form_fuzz.c: any bytes as a posted form (web/form). What is accepted keeps the promises of
 * form.h and survives being encoded and parsed again.
 */
#include <string.h>

#include "base/limits.h"
#include "base/text.h"
#include "web/form.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_value(struct arena *arena, const char *value)
{
    struct form again = {.pairs = NULL, .count = 0};
    char *encoded = arena_format(arena, "v=%s", url_encode(arena, value));
    enum err outcome = form_parse(arena, encoded, strlen(encoded), &again);

    assert(outcome == OK);
    assert(again.count == 1 && strcmp(form_text(&again, "v"), value) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_open(64 * 1024 * 1024);
    struct form form = {.pairs = NULL, .count = 0};

    if (form_parse(arena, (const char *)data, size, &form) == OK) {
        assert(form.count <= LIMIT_FORM_FIELDS);
        for (size_t i = 0; i < form.count; i++) {
            const struct form_pair *pair = &form.pairs[i];

            assert(strlen(pair->value) <= LIMIT_FIELD_BYTES);
            assert(text_is_utf8(pair->name, strlen(pair->name)));
            assert(text_is_utf8(pair->value, strlen(pair->value)));
            assert(!text_has_control(pair->name, false) && !text_has_control(pair->value, true));
            assert(strchr(pair->value, '\r') == NULL);
            assert(form_value(&form, pair->name) != NULL);
            check_value(arena, pair->value);
            if (path_is_local(pair->value))
                assert(pair->value[0] == '/' && pair->value[1] != '/' && pair->value[1] != '\\');
        }
    }
    arena_close(arena);
    return 0;
}
