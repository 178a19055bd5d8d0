/*
 * names_read.c: see the header.
 */
#include "names_read.h"

#include <check.h>
#include <string.h>

#include "base/text.h"
#include "web/form.h"

#define NAME_BYTES 128

const char *__wrap_form_value(const struct form *form, const char *name);
const char *__real_form_value(const struct form *form, const char *name);
const char *__wrap_form_text(const struct form *form, const char *name);
const char *__real_form_text(const struct form *form, const char *name);

static bool noting;
static char noted[NAMES_READ][NAME_BYTES];
static size_t noted_count;

/* Copies: a name may be of the request's arena. */
static void
note(const char *name)
{
    if (!noting || strlen(name) >= NAME_BYTES)
        return;
    for (size_t i = 0; i < noted_count; i++) {
        if (text_equal(noted[i], name))
            return;
    }
    ck_assert_uint_lt(noted_count, NAMES_READ);
    memcpy(noted[noted_count++], name, strlen(name) + 1);
}

const char *
__wrap_form_value(const struct form *form, const char *name)
{
    note(name);
    return __real_form_value(form, name);
}

const char *
__wrap_form_text(const struct form *form, const char *name)
{
    note(name);
    return __real_form_text(form, name);
}

void
names_read_begin(void)
{
    noting = true;
    noted_count = 0;
}

size_t
names_read_end(struct arena *arena, const char **names)
{
    noting = false;
    for (size_t i = 0; i < noted_count; i++)
        names[i] = arena_text(arena, noted[i]);
    return noted_count;
}
