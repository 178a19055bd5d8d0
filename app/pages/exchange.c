/*
 * exchange.c: what handlers ask of the request at hand.
 */
#include "pages/exchange.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/text.h"

#define TOO_MANY_REQUESTS 429

struct viewer
exchange_viewer(const struct exchange *x)
{
    switch (x->hat) {
    case HAT_ISV:
        return (struct viewer){PARTY_ISV, x->who.publisher, x->today};
    case HAT_PARTNER:
        return (struct viewer){PARTY_PARTNER, x->who.publisher, x->today};
    case HAT_CUSTOMER:
        return (struct viewer){PARTY_CUSTOMER, x->who.organisation, x->today};
    case HAT_OPERATOR:
        return (struct viewer){PARTY_OPERATOR, "", x->today};
    case HAT_NONE:
    case HAT_COUNT:
        break;
    }
    assert(false); /* a shared page has no party */
    return (struct viewer){PARTY_CUSTOMER, "", x->today};
}

struct act
exchange_act(const struct exchange *x)
{
    return (struct act){
        .db = x->db,
        .arena = x->arena,
        .world = x->world,
        .settings = &x->settings,
        .now = x->now,
        .today = x->today,
        .viewer = exchange_viewer(x),
        .account_name = x->who.account_name,
        .person = x->who.person,
        .person_name = x->who.name,
        .role = x->who.role,
    };
}

const char *
path_param(const struct exchange *x, const char *name)
{
    return route_param(&x->params, name);
}

int
path_number(const struct exchange *x, const char *name)
{
    int64_t number = 0;

    /* the route's alphabet has made sure of the digits */
    if (text_to_integer(path_param(x, name), 0, INT32_MAX, &number) != OK)
        return 0;
    return (int)number;
}

enum err
path_offer(const struct exchange *x, struct offer *offer)
{
    const struct viewer viewer = exchange_viewer(x);

    return offer_view(x->db, x->arena, &viewer, path_param(x, "offer"), offer);
}

static const char *
get_posted(void *context, const char *name)
{
    return form_value(context, name);
}

struct answers
exchange_answers(const struct exchange *x)
{
    return (struct answers){&x->request->body, get_posted};
}

const char *
posted(const struct exchange *x, const char *name)
{
    return form_text(&x->request->body, name);
}

const char *
queried(const struct exchange *x, const char *name)
{
    return form_text(&x->request->query, name);
}

struct view *
show(struct exchange *x, enum page page, const char *title)
{
    x->page = page;
    x->title = title;
    x->view = view_new(x->arena);
    return x->view;
}

const char *
refuse_for(struct exchange *x, int64_t wait_s)
{
    int minutes = (int)((wait_s + 59) / 60);

    x->status = TOO_MANY_REQUESTS;
    x->reply->retry_after_s = (int)wait_s;
    return arena_format(x->arena, "%d minute%s", minutes, minutes == 1 ? "" : "s");
}

enum err
redirect(struct exchange *x, const char *format, ...)
{
    char location[LIMIT_PATH_BYTES + LIMIT_QUERY_BYTES];
    va_list arguments;
    int length;

    va_start(arguments, format);
    length = vsnprintf(location, sizeof location, format, arguments);
    va_end(arguments);
    if (length < 0 || (size_t)length >= sizeof location)
        return ERR_BROKEN;
    assert(location[0] == '/');
    x->reply->location = arena_text(x->arena, location);
    return OK;
}

bool
form_came_back(const struct exchange *x)
{
    return x->restored || x->request->method == METHOD_POST;
}

const char *
shown(const struct exchange *x, const char *name, const char *stored)
{
    const char *typed = form_came_back(x) ? form_value(&x->request->body, name) : NULL;

    return typed == NULL ? stored : typed;
}
