/*
 * page.c: see the header.
 */
#include "support/page.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#define FORM_FIELDS 256

static const struct {
    const char *reference;
    char character;
} references[] = {
    {"&lt;", '<'}, {"&gt;", '>'}, {"&amp;", '&'}, {"&quot;", '"'}, {"&#39;", '\''}, {"&#10;", '\n'},
};

char *
page_decode(struct arena *arena, const char *text, size_t length)
{
    char *out = arena_alloc(arena, length + 1);
    size_t count = 0;

    for (size_t i = 0; i < length; i++) {
        out[count] = text[i];
        for (size_t k = 0; text[i] == '&' && k < COUNT(references); k++) {
            size_t size = strlen(references[k].reference);

            if (length - i < size || memcmp(text + i, references[k].reference, size) != 0)
                continue;
            out[count] = references[k].character;
            i += size - 1;
            break;
        }
        count++;
    }
    out[count] = '\0';
    return out;
}

const char *
page_title(struct arena *arena, const char *page)
{
    const char *from = strstr(page, "<title>");
    const char *to = from == NULL ? NULL : strstr(from, "</title>");

    if (to == NULL)
        return "";
    from += strlen("<title>");
    return page_decode(arena, from, (size_t)(to - from));
}

const char *
page_text(struct arena *arena, const char *page)
{
    char *out = arena_alloc(arena, strlen(page) + 2);
    size_t count = 0;

    while (*page != '\0') {
        bool space = strchr(" \n\t", *page) != NULL;

        if (*page == '<') {
            page = strchr(page, '>');
            if (page == NULL)
                break;
            page++;
            continue;
        }
        if (!space || (count > 0 && out[count - 1] != ' '))
            out[count++] = space ? ' ' : *page;
        page++;
    }
    return page_decode(arena, out, count);
}

/* The first byte after the tag at tag. */
static const char *
tag_end(const char *tag)
{
    const char *end = strchr(tag, '>');

    ck_assert_ptr_nonnull(end);
    return end + 1;
}

const char *
page_attribute(struct arena *arena, const char *tag, const char *name)
{
    const char *end = tag_end(tag);
    size_t length = strlen(name);

    for (const char *at = tag; at < end; at++) {
        const char *value;
        const char *close;

        if (at[0] != ' ' || strncmp(at + 1, name, length) != 0)
            continue;
        if (at[1 + length] == ' ' || at[1 + length] == '>')
            return "";
        if (at[1 + length] != '=' || at[2 + length] != '"')
            continue;
        value = at + 3 + length;
        close = strchr(value, '"');
        ck_assert_ptr_nonnull(close);
        return page_decode(arena, value, (size_t)(close - value));
    }
    return NULL;
}

static bool
tag_is(const char *at, const char *name)
{
    size_t length = strlen(name);

    return at[0] == '<' && strncmp(at + 1, name, length) == 0 && strchr(" >\n", at[1 + length]);
}

/* What a browser would send for the field at tag; NULL for nothing. */
static const char *
field_value_at(struct arena *arena, const char *tag)
{
    if (tag_is(tag, "textarea")) {
        const char *from = tag_end(tag);
        const char *to = strstr(from, "</textarea>");

        ck_assert_ptr_nonnull(to);
        if (*from == '\n')
            from++;
        return page_decode(arena, from, (size_t)(to - from));
    }
    if (tag_is(tag, "select")) {
        const char *to = strstr(tag, "</select>");
        const char *first = NULL;

        for (const char *at = tag; at != NULL && at < to; at = strstr(at + 1, "<option")) {
            if (at == tag)
                continue;
            if (page_attribute(arena, at, "selected") != NULL)
                return page_attribute(arena, at, "value");
            if (first == NULL)
                first = at;
        }
        return first == NULL ? NULL : page_attribute(arena, first, "value");
    }

    const char *type = page_attribute(arena, tag, "type");
    bool ticks = type != NULL && (text_equal(type, "radio") || text_equal(type, "checkbox"));

    if (ticks && page_attribute(arena, tag, "checked") == NULL)
        return NULL;
    return page_attribute(arena, tag, "value");
}

/* The next control at or after at and before end. */
static const char *
next_control(const char *at, const char *end)
{
    for (; at != NULL && at < end; at = strchr(at + 1, '<')) {
        if (tag_is(at, "input") || tag_is(at, "textarea") || tag_is(at, "select"))
            return at;
    }
    return NULL;
}

const char *
page_field(struct arena *arena, const char *page, const char *name)
{
    const char *end = page + strlen(page);

    for (const char *at = next_control(strchr(page, '<'), end); at != NULL;
         at = next_control(strchr(at + 1, '<'), end)) {
        const char *found = page_attribute(arena, at, "name");
        const char *value;

        if (found == NULL || !text_equal(found, name))
            continue;
        value = field_value_at(arena, at);
        if (value != NULL)
            return value;
    }
    return NULL;
}

bool
page_form(struct arena *arena, const char *page, const char *action, struct form *form)
{
    const char *begin = page;
    const char *end;
    const char *found;

    do {
        begin = strstr(begin == page ? page : begin + 1, "<form ");
        if (begin == NULL)
            return false;
        found = page_attribute(arena, begin, "action");
    } while (found == NULL || !text_equal(found, action));
    end = strstr(begin, "</form>");
    ck_assert_ptr_nonnull(end);

    *form = (struct form){.pairs = arena_array(arena, struct form_pair, FORM_FIELDS)};
    for (const char *at = next_control(begin, end); at != NULL;
         at = next_control(strchr(at + 1, '<'), end)) {
        const char *name = page_attribute(arena, at, "name");
        const char *value = name == NULL ? NULL : field_value_at(arena, at);

        if (value == NULL)
            continue;
        ck_assert_uint_lt(form->count, FORM_FIELDS);
        form->pairs[form->count++] = (struct form_pair){name, value};
    }
    return true;
}

const char *
page_by_id(const char *page, const char *id)
{
    size_t length = strlen(id);

    for (const char *at = strstr(page, " id=\""); at != NULL; at = strstr(at + 1, " id=\"")) {
        if (strncmp(at + 5, id, length) != 0 || at[5 + length] != '"')
            continue;
        while (*at != '<')
            at--;
        return at;
    }
    return NULL;
}

const char *
page_help(struct arena *arena, const char *page, const char *id)
{
    const char *help = page_by_id(page, arena_format(arena, "%s-help", id));
    const char *end = help == NULL ? NULL : strstr(help, "</div>");

    if (end == NULL)
        return "";
    return page_text(arena, arena_copy(arena, help, (size_t)(end - help)));
}

const char *
page_find(const char *page, const char *needle)
{
    return memmem(page, strlen(page), needle, strlen(needle));
}

size_t
page_count(const char *page, const char *needle)
{
    size_t count = 0;

    for (const char *at = page_find(page, needle); at != NULL; at = page_find(at + 1, needle))
        count++;
    return count;
}
