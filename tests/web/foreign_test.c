/*
 * foreign_test.c: every id, token and version of what others have, tried everywhere: in each
 * parameter of each path, in each name that a handler looks for in its query or form, urlencoded or
 * in parts, and in cookies. The answer is, byte for byte, that to a name which nobody's thing has,
 * and nothing is changed.
 *
 * Everything is made from the route table and from what handlers read, so that nothing new is left
 * out. What is meant to tell something apart is listed in spoken[], and must do so.
 */
#include <check.h>
#include <sqlite3.h>
#include <string.h>

#include "base/text.h"
#include "names_read.h"
#include "pages/routes.h"
#include "support/foreign_things.h"
#include "support/store_dump.h"
#include "support/web_posts.h"
#include "support/web_upload.h"

#define TOKEN_CHARS 43
#define CUT_CHARS 24 /* of a name of which a page shows the beginning */
/* Under the sanitizers some of them stand for the others, which run the same code. */
#ifdef SANITIZED
#define STEP 5
#else
#define STEP 1
#endif

Suite *foreign_suite(void);

static struct web_market market;
static struct foreign_things things;
static struct fake_world fake_then; /* as it was when the market was ready */
static struct sqlite3 *kept;
static const char *before;
static const char *offer; /* of the person's own */
static unsigned once_then;
static bool spoke[16];

/* Where another answer than nobody's is right, and why. */
static const struct {
    enum place { IN_PATH, IN_QUERY, IN_FORM, IN_COOKIE } place;
    const char *path;
    const char *name; /* of the field; "" in a path */
    const char *what;
} spoken[] = {
    /* whoever has such a link may use it */
    {IN_PATH, "/calendar/:token", "", "a calendar"},
    {IN_PATH, "/handover/:token", "", "a hand-over link"},
    /* every publisher can be looked up as a selling partner */
    {IN_QUERY, "/isv/partners", "q", "an ISV"},
    {IN_FORM, "/isv/offers/:offer/partner", "seller_id", "an ISV"},
    /* a draft may carry an ID that its ISV was told; wrong guesses are slowed down */
    {IN_FORM, "/isv/offers/:offer/setup", "billing_account", "a billing account"},
    /* the page works out what ten million percent would be */
    {IN_FORM, "/partner/offers/:offer/review", "adjustment-1", "an ISV"},
    /* one email signs in as one person, and a product's id is the market's (LAW 3.2): whoever adds
     * either must be told that it is taken */
    {IN_FORM, "/isv/account/people", "email", "an email"},
    {IN_FORM, "/partner/account/people", "email", "an email"},
    {IN_FORM, "/isv/products/new", "id", "a product"},
};

static void
open_for(const char *pattern, const struct web_post_rule *rule)
{
    web_market_open(&market, NULL);
    foreign_make(&market, &things);
    web_row_ready(&market, pattern);
    if (rule != NULL)
        offer = rule->state == WEB_NO_OFFER ? "" : web_offer(&market, rule->state);
    else
        offer = strstr(pattern, ":offer") != NULL || strstr(pattern, "/accept/") != NULL
                    ? web_offer(&market, STATE_PENDING_ACCEPTANCE)
                    : "";
    offer = arena_text(market.arena, offer);
    fake_then = market.deal.fake;
    once_then = market.once;
    kept = store_keep(&market.deal.temp);
    before = web_dump(&market);
}

static void
close_it(enum place place, const char *path)
{
    for (size_t i = 0; i < COUNT(spoken) && STEP == 1; i++) {
        if (spoken[i].place == place && text_equal(spoken[i].path, path))
            ck_assert_msg(spoke[i], "%s %s tells nothing of %s", path, spoken[i].name,
                          spoken[i].what);
    }
    ck_assert_msg(text_equal(before, web_dump(&market)), "%s changed something", path);
    store_kept_close(kept);
    web_market_close(&market);
}

/* How much of the text is a name to hide, or the beginning of one that a page has cut short, or a
 * digest or token, which follows from what was sent. */
static size_t
hidden_length(const char *text, bool begins, const char *const *names)
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    size_t longest = 0;

    for (size_t i = 0; i < 4; i++) {
        size_t length = 0;

        while (names[i][length] != '\0' && names[i][length] == text[length])
            length++;
        if (names[i][length] == '\0')
            return length;
        if (length > longest)
            longest = length;
    }
    if (longest >= CUT_CHARS)
        return longest;
    longest = begins ? strspn(text, letters) : 0;
    return longest >= TOKEN_CHARS ? longest : 0;
}

/* The text with either name hidden, as it stands or as an address has it. */
static const char *
hidden(const char *text, const struct foreign_thing *thing)
{
    const char *const names[] = {thing->name, thing->nobodys, url_encode(market.arena, thing->name),
                                 url_encode(market.arena, thing->nobodys)};
    char *out = arena_alloc(market.arena, strlen(text) + 1);
    size_t at = 0;
    bool begins = true;

    while (*text != '\0') {
        size_t length = hidden_length(text, begins, names);

        out[at++] = length > 0 ? '#' : *text;
        begins = strchr("\"'/ =", *text) != NULL;
        text += length > 0 ? length : 1;
    }
    return out;
}

/* Tables and how many rows each has, those that are as before left out. */
static const char *
changes(void)
{
    const char *now = web_dump(&market);
    const char *then = before;
    const char *found = "";

    while (*now != '\0') {
        size_t length = strcspn(now, "\n") + 1;
        size_t words = strcspn(now, " ");

        words += 1 + strcspn(now + words + 1, " ");
        if (strncmp(now, then, length) != 0)
            found = arena_format(market.arena, "%s%.*s\n", found, (int)words, now);
        now += length;
        then += strcspn(then, "\n") + 1;
    }
    return found;
}

/* What somebody learns from one request: everything that comes back, the page it leads to, and what
 * it changed, which is undone. */
struct request_tried {
    enum web_person person;
    struct web_request request;
    const struct web_form *form; /* NULL: the request stands as it is */
    bool in_parts;
};

/* Everybody draws the same random bytes, so that only what was tried can make a difference. */
static void
begin_again(void)
{
    market.deal.fake = fake_then;
    market.once = once_then;
}

static struct web_answer
sent(const struct request_tried *tried)
{
    begin_again();
    if (tried->form == NULL)
        return web_send(&market, &tried->request);
    if (tried->in_parts)
        return web_post_file(&market, tried->person, tried->request.target, tried->form, NULL);
    return web_post_form(&market, tried->person, tried->request.target, tried->form);
}

static const char *
told(const struct request_tried *tried, const struct foreign_thing *thing)
{
    struct web_answer answer = sent(tried);
    const char *text = arena_format(market.arena, "%s\n%s", answer.head, answer.body);

    if (answer.status == 303) {
        const char *changed = changes();
        struct web_answer next =
            web_get(&market, tried->person,
                    arena_copy(market.arena, answer.location, strcspn(answer.location, "#")));

        text = arena_format(market.arena, "%s\n%s", text, changed);
        /* a number may be one that was asked for, and is shown as such */
        if (thing->name[strspn(thing->name, "0123456789")] != '\0')
            text = arena_format(market.arena, "%s\n%s\n%s", text, next.head, next.body);
        store_go_back(&market.deal.temp, kept);
    }
    return hidden(text, thing);
}

static void
alike(enum place place, const char *path, const char *name, const struct foreign_thing *thing,
      const struct request_tried *theirs, const struct request_tried *nobodys)
{
    const char *one = told(theirs, thing);
    const char *other = told(nobodys, thing);
    size_t same = 0;

    if (text_equal(one, other))
        return;
    for (size_t i = 0; i < COUNT(spoken); i++) {
        if (spoken[i].place == place && text_equal(spoken[i].name, name) &&
            text_equal(spoken[i].path, path) && text_equal(spoken[i].what, thing->what)) {
            spoke[i] = true;
            return;
        }
    }
    while (one[same] == other[same])
        same++;
    same = same < 60 ? 0 : same - 60;
    ck_abort_msg("%s, “%s”: %s is told apart\n%.20s | %.20s\n%.400s\n--- nobody's:\n%.400s", path,
                 name, thing->what, one, other, one + same, other + same);
}

/* --- in the path --------------------------------------------------------------------------------
 */

/* The row's path with the thing's name instead of parameter number index; NULL: it has no more. */
static const char *
path_with(const char *pattern, size_t index, const char *name)
{
    const char *own = web_row_path(&market, pattern, offer);
    const char *path = "";
    bool put = false;

    while (*pattern == '/') {
        size_t wide = strcspn(pattern + 1, "/");
        size_t own_wide = strcspn(own + 1, "/");
        bool here = pattern[1] == ':' && index-- == 0;

        put = put || here;
        path = here ? arena_format(market.arena, "%s/%s", path, name)
                    : arena_format(market.arena, "%s/%.*s", path, (int)own_wide, own + 1);
        pattern += 1 + wide;
        own += 1 + own_wide;
    }
    return put ? path : NULL;
}

/* Who asks: somebody of the hat, who may do the most. */
static size_t
askers(const char *pattern, enum web_person *persons)
{
    static const struct {
        const char *prefix;
        enum web_person person;
    } hats[] = {
        {"/isv/", WEB_ISV},
        {"/partner/", WEB_PARTNER},
        {"/customer/", WEB_CONTRIBUTOR},
        {"/operator/", WEB_OPERATOR},
    };

    for (size_t i = 0; i < COUNT(hats); i++) {
        if (text_starts(pattern, hats[i].prefix)) {
            persons[0] = hats[i].person;
            return 1;
        }
    }
    persons[0] = WEB_ISV, persons[1] = WEB_PARTNER, persons[2] = WEB_CONTRIBUTOR;
    return 3;
}

/* Made from what the other's page would say: a form never matches by its version alone. */
static void
with_their_version(struct web_form *form, const struct foreign_thing *rows, size_t count)
{
    static const char *const names[] = {"rev", "digest", "price-digest"};

    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < COUNT(names); k++) {
            if (form_value(&form->form, names[k]) == NULL)
                continue;
            if (text_starts(rows[i].what, "a rev") == text_equal(names[k], "rev"))
                web_form_set(form, names[k], rows[i].name);
        }
    }
}

static void
try_path(const struct route *route, enum web_person person, size_t index)
{
    bool posts = route->method == METHOD_POST;

    for (size_t i = 0; i < things.count; i += STEP) {
        const struct foreign_thing *thing = &things.rows[i];
        struct web_form form;
        struct request_tried tried[2];

        for (size_t k = 0; k < 2; k++) {
            tried[k] = (struct request_tried){
                .person = person,
                .request = {.method = "GET",
                            .cookies = web_cookie(&market, person),
                            .target = path_with(route->path, index,
                                                k == 0 ? thing->name : thing->nobodys)},
            };
        }
        if (!posts) {
            alike(IN_PATH, route->path, "", thing, &tried[0], &tried[1]);
            continue;
        }
        begin_again();
        form = web_post_form_of(&market, web_post_rule(route->path), person, offer);
        tried[0].form = tried[1].form = &form;
        for (size_t version = 0; version <= 3; version++) {
            tried[0].in_parts = tried[1].in_parts = version == 1 && route->prepare != NULL;
            alike(IN_PATH, route->path, "", thing, &tried[0], &tried[1]);
            if (version < 3) /* the versions stand last */
                with_their_version(&form, &things.rows[things.count - 3 + version], 1);
        }
    }
}

START_TEST(in_a_path)
{
    for (size_t i = (size_t)_i; i < route_count; i += 4) {
        const struct route *route = &routes[i];
        const char *first = strchr(route->path, ':');
        enum web_person persons[3];
        size_t count = askers(route->path, persons);

        /* to the operator nothing is foreign but what does not belong together */
        if (first == NULL || (persons[0] == WEB_OPERATOR && strchr(first + 1, ':') == NULL))
            continue;
        open_for(route->path, route->method == METHOD_POST ? web_post_rule(route->path) : NULL);
        for (size_t k = 0; k < count; k++) {
            for (size_t index = 0; path_with(route->path, index, "") != NULL; index++) {
                if (persons[0] != WEB_OPERATOR || index > 0)
                    try_path(route, persons[k], index);
            }
        }
        close_it(IN_PATH, route->path);
    }
}
END_TEST

/* --- in a query ---------------------------------------------------------------------------------
 */

/* What is read by what it begins with. */
static const struct {
    const char *path;
    const char *name;
} prefixed[] = {
    {"/isv/offers/bulk", "id-1"},
    {"/isv/offers/bulk/confirm", "id-1"},
    {"/partner/offers/bulk", "id-1"},
    {"/partner/offers/bulk/confirm", "id-1"},
    {"/isv/offers/:offer/products/add", "plan-1"},
    {"/customer/eligibility", "s1"},
    {"/customer/eligibility.csv", "s1"},
};

static bool
same_but_for_numbers(const char *one, const char *other)
{
    static const char digits[] = "0123456789";

    while (*one != '\0' && *other != '\0') {
        size_t length = strspn(one, digits);

        if (length == 0 && *one++ != *other++)
            return false;
        if (length == 0)
            continue;
        one += length;
        length = strspn(other, digits);
        other += length;
        if (length == 0)
            return false;
    }
    return *one == *other;
}

/* Two of many stand for the others. */
static bool
is_one_of_many(const char *const *names, size_t count, const char *name)
{
    size_t found = 0;

    for (size_t i = 0; i < count; i++)
        found += same_but_for_numbers(names[i], name);
    return found >= 2;
}

/* The names to try of those that were read, csrf and the one-time key aside, and what is read by
 * what it begins with. */
static size_t
names_tried(const char *path, const char **names, size_t count)
{
    size_t kept_count = 0;

    for (size_t i = 0; i < count; i++) {
        if (!text_equal(names[i], "csrf") && !text_equal(names[i], "once") &&
            !is_one_of_many(names, kept_count, names[i]))
            names[kept_count++] = names[i];
    }
    for (size_t i = 0; i < COUNT(prefixed); i++) {
        if (text_equal(prefixed[i].path, path))
            names[kept_count++] = prefixed[i].name;
    }
    return kept_count;
}

static void
try_query(const struct route *route, enum web_person person, const char *name)
{
    const char *path = web_row_path(&market, route->path, offer);

    for (size_t i = 0; i < things.count; i += STEP) {
        const struct foreign_thing *thing = &things.rows[i];
        struct request_tried tried[2];

        if (text_starts(thing->what, "a rev"))
            continue; /* a small number, which a list may be asked for */
        for (size_t k = 0; k < 2; k++) {
            tried[k] = (struct request_tried){
                .person = person,
                .request = {.method = "GET",
                            .cookies = web_cookie(&market, person),
                            .target = web_path(
                                &market, "%s?%s=%s", path, name,
                                url_encode(market.arena, k == 0 ? thing->name : thing->nobodys))}};
        }
        alike(IN_QUERY, route->path, name, thing, &tried[0], &tried[1]);
    }
}

START_TEST(in_a_query)
{
    for (size_t i = (size_t)_i; i < route_count; i += 4) {
        const struct route *route = &routes[i];
        const char *names[NAMES_READ + COUNT(prefixed)];
        enum web_person persons[3];
        size_t count = askers(route->path, persons);
        size_t name_count;

        if (route->method != METHOD_GET || persons[0] == WEB_OPERATOR)
            continue;
        open_for(route->path, NULL);
        names_read_begin();
        for (size_t k = 0; k < count; k++)
            (void)web_get(&market, persons[k], web_row_path(&market, route->path, offer));
        name_count = names_tried(route->path, names, names_read_end(market.arena, names));
        for (size_t k = 0; k < name_count * count; k++)
            try_query(route, persons[k / name_count], names[k % name_count]);
        close_it(IN_QUERY, route->path);
    }
}
END_TEST

/* --- in a form ----------------------------------------------------------------------------------
 */

/* Where a form may come in parts, every other thing does. */
static void
try_form(const struct web_post_rule *rule, const char *name, bool in_parts)
{
    for (size_t i = 0; i < things.count; i += STEP) {
        const struct foreign_thing *thing = &things.rows[i];
        struct web_form forms[2];
        struct request_tried tried[2];

        if (text_starts(thing->what, "a rev"))
            continue; /* a small number, which one's own may be too */
        for (size_t k = 0; k < 2; k++) {
            begin_again();
            forms[k] = web_post_form_of(&market, rule, rule->person, offer);
            web_form_set(&forms[k], name, k == 0 ? thing->name : thing->nobodys);
            tried[k] =
                (struct request_tried){.person = rule->person,
                                       .form = &forms[k],
                                       .in_parts = in_parts && i % 2 == 1,
                                       .request.target = web_row_path(&market, rule->path, offer)};
        }
        alike(IN_FORM, rule->path, name, thing, &tried[0], &tried[1]);
    }
}

/* The names looked for while the form is taken. */
static size_t
form_names(const struct web_post_rule *rule, const char **names)
{
    struct web_form form;
    struct web_answer answer;
    size_t count;

    begin_again();
    form = web_post_form_of(&market, rule, rule->person, offer);
    names_read_begin();
    answer = web_post_form(&market, rule->person, web_row_path(&market, rule->path, offer), &form);
    count = names_read_end(market.arena, names);
    ck_assert_msg(answer.status == 303, "POST %s: %d", rule->path, answer.status);
    store_go_back(&market.deal.temp, kept);
    return names_tried(rule->path, names, count);
}

START_TEST(in_a_form)
{
    for (size_t i = (size_t)_i; i < route_count; i += 8) {
        const struct web_post_rule *rule;
        const char *names[NAMES_READ + COUNT(prefixed)];
        size_t count;

        if (routes[i].method != METHOD_POST || text_starts(routes[i].path, "/operator/"))
            continue;
        rule = web_post_rule(routes[i].path);
        open_for(rule->path, rule);
        count = form_names(rule, names);
        for (size_t k = 0; k < count; k++)
            try_form(rule, names[k], routes[i].prepare != NULL);
        close_it(IN_FORM, rule->path);
    }
}
END_TEST

/* --- in a header --------------------------------------------------------------------------------
 */

START_TEST(in_a_cookie)
{
    static const char *const names[] = {"tripact_session", "tripact_visit", "tripact_theme",
                                        "tripact_handover"};
    static const char *const pages[] = {"/isv", "/customer/billing", "/login", "/isv/notices"};

    open_for("/isv", NULL);
    for (size_t i = 0; i < things.count * COUNT(names) * COUNT(pages); i += STEP) {
        const struct foreign_thing *thing = &things.rows[i % things.count];
        const char *name = names[i / things.count % COUNT(names)];
        struct request_tried tried[2];

        if (text_equal(thing->what, "a session") && text_equal(name, names[0]))
            continue; /* whoever has that is signed in */
        for (size_t k = 0; k < 2; k++) {
            tried[k] = (struct request_tried){
                .person = WEB_OUT,
                .request = {.method = "GET",
                            .target = pages[i / things.count / COUNT(names)],
                            .cookies = arena_format(market.arena, "%s=%s", name,
                                                    k == 0 ? thing->name : thing->nobodys)}};
        }
        alike(IN_COOKIE, tried[0].request.target, name, thing, &tried[0], &tried[1]);
    }
    close_it(IN_COOKIE, "a cookie");
}
END_TEST

Suite *
foreign_suite(void)
{
    Suite *suite = suite_create("web/foreign");
    TCase *paths = tcase_create("path");
    TCase *queries = tcase_create("query");
    TCase *forms = tcase_create("form");
    TCase *cookies = tcase_create("cookie");
    TCase *const all[] = {paths, queries, forms, cookies};

    tcase_add_loop_test(paths, in_a_path, 0, 4);
    tcase_add_loop_test(queries, in_a_query, 0, 4);
    tcase_add_loop_test(forms, in_a_form, 0, 8);
    tcase_add_test(cookies, in_a_cookie);
    for (size_t i = 0; i < COUNT(all); i++) {
        tcase_set_timeout(all[i], 1200);
        suite_add_tcase(suite, all[i]);
    }
    return suite;
}
