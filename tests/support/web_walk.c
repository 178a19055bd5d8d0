/*
 * web_walk.c: see the header.
 */
#include "support/web_walk.h"

#include <check.h>
#include <string.h>

#include "base/text.h"
#include "pages/routes.h"
#include "support/web_posts.h"

static const char *const list_queries[] = {
    "?status=draft&sort=name",
    "?status=in_progress&sort=-accept_by",
    "?status=pending_partner&sort=other",
    "?status=pending_acceptance&sort=-created_by",
    "?status=accepted&sort=status&customer=north",
    "?status=expired&partner=fabrikam&isv=contoso",
    "?status=ended&sort=-end",
    "?sort=id&due=past",
    "?sort=customer&due=30",
    "?sort=-start",
    "?sort=changed",
    "?status=nonsense&sort=nonsense&due=nonsense",
    "?after=nonsense",
};

struct walk {
    struct web_market *market;
    const char *offer;
    web_look *look;
    void *context;
};

static void
walk_get(const struct walk *walk, enum web_person person, const char *target)
{
    struct web_answer answer = web_get(walk->market, person, target);

    walk->look(walk->context, person, web_path(walk->market, "GET %s", target), &answer);
}

static void
walk_route(const struct walk *walk, enum web_person person, const struct route *route)
{
    const char *path = web_row_path(walk->market, route->path, walk->offer);
    const char *row = strstr(path, "/products/2/");

    walk_get(walk, person, path);
    if (row != NULL)
        walk_get(walk, person,
                 web_path(walk->market, "%.*s/products/1/%s", (int)(row - path), path,
                          row + strlen("/products/2/")));
    if (strlen(path) < strlen("/offers") ||
        !text_equal(path + strlen(path) - strlen("/offers"), "/offers"))
        return;
    for (size_t i = 0; i < COUNT(list_queries); i++)
        walk_get(walk, person, web_path(walk->market, "%s%s", path, list_queries[i]));
}

/* A form about the offer, made from a revision that never was. */
static void
walk_post(const struct walk *walk, enum web_person person, const struct route *route)
{
    const struct web_post_rule *rule = web_post_rule(route->path);
    struct web_form form = web_post_form_of(walk->market, rule, person, walk->offer);
    const char *path = web_row_path(walk->market, route->path, walk->offer);
    struct web_answer answer;

    if (rule->state == WEB_NO_OFFER)
        return;
    web_form_set(&form, "rev", "0");
    web_form_set(&form, web_path(walk->market, "rev-%s", walk->offer), "0");
    web_form_set(&form, "price-digest", "0");
    web_form_set(&form, "digest", "0");
    answer = web_post_form(walk->market, person, path, &form);
    ck_assert_int_ne(answer.status, 303);
    walk->look(walk->context, person, web_path(walk->market, "POST %s", path), &answer);
}

void
web_walk(struct web_market *market, const char *offer, web_look *look, void *context)
{
    const struct walk walk = {market, offer, look, context};

    for (int person = 0; person < WEB_PERSON_COUNT; person++) {
        for (size_t i = 0; i < route_count; i++) {
            if (routes[i].method == METHOD_GET)
                walk_route(&walk, (enum web_person)person, &routes[i]);
            else
                walk_post(&walk, (enum web_person)person, &routes[i]);
        }
    }
}
