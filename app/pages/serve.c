/*
 * serve.c: the phases of a request, in the order that makes them safe: read, route, identify,
 * admit, csrf, begin, handle, commit, render.
 *
 * Not here: what a page shows. Invariant: no byte of an answer exists outside reply before its
 * change is durable. Invariant: a handler runs only if its row's admission and csrf have passed.
 */
#include "pages/serve.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "auth/csrf.h"
#include "base/log.h"
#include "base/text.h"
#include "pages/account_pages.h"
#include "pages/errors.h"
#include "pages/frame.h"
#include "pages/health_pages.h"
#include "pages/sign_in_pages.h"
#include "store/catalogue.h"
#include "store/sessions.h"
#include "web/metrics.h"
#include "web/multipart.h"
#include "web/render.h"

#define HTTP_FORBIDDEN 403
#define ONCE_CHARS 43 /* world_token's */

struct worker *
worker_open(struct service *service)
{
    struct worker *worker = calloc(1, sizeof *worker);

    if (worker == NULL)
        return NULL;
    worker->service = service;
    worker->arena = arena_open(LIMIT_ARENA_BYTES);
    worker->sent = arena_open(LIMIT_ARENA_BYTES);
    if (store_reader(service->store, &worker->db) != OK) {
        worker_close(worker);
        return NULL;
    }
    return worker;
}

void
worker_close(struct worker *worker)
{
    if (worker->db != NULL)
        db_close(worker->db);
    arena_close(worker->arena);
    arena_close(worker->sent);
    free(worker);
}

const char *
cookie_make(const struct exchange *x, const char *name, const char *value, int seconds)
{
    const char *secure = x->service->secure_cookies ? "; Secure" : "";
    const char *age = "";

    if (seconds < 0)
        age = "; Max-Age=0";
    else if (seconds > 0)
        age = arena_format(x->arena, "; Max-Age=%d", seconds);
    return arena_format(x->arena, "%s=%s; Path=/; HttpOnly; SameSite=Lax%s%s", name, value, age,
                        secure);
}

bool
serve_form_is_ours(const struct exchange *x)
{
    const struct request *request = x->request;
    bool secure = text_starts(x->service->public_address, "https:");
    const char *ours = arena_format(x->arena, "%s://%s", secure ? "https" : "http", request->host);

    if (*request->fetch_site != '\0' && !text_equal(request->fetch_site, "same-origin"))
        return false;
    return *request->origin == '\0' || text_equal(request->origin, ours) ||
           text_equal(request->origin, x->service->public_address);
}

/* 3. The row of that path and method. 405 says which methods the path has instead. */
static int
find_route(struct exchange *x, const char *path)
{
    enum method method = x->request->method;
    const char *allow = NULL;

    for (size_t i = 0; i < route_count; i++) {
        struct route_params params = {0};

        if (!route_match(routes[i].path, path, x->arena, &params))
            continue;
        if (routes[i].method == method) {
            if (x->request->boundary != NULL && routes[i].prepare == NULL)
                return 415;
            x->route = &routes[i];
            x->params = params;
            x->hat = admit_hat(routes[i].admit);
            return 0;
        }
        if (allow == NULL)
            allow = routes[i].method == METHOD_POST ? "POST" : "GET, HEAD";
        else
            allow = "GET, HEAD, POST";
    }
    if (allow == NULL)
        return 404;
    x->reply->allow = allow;
    return 405;
}

/* 4. The session behind the cookie, and the market's time, in one snapshot with the page. */
static enum err
identify(struct exchange *x)
{
    const char *cookie = x->request->session_cookie;

    /* what a form is known by, should nothing be readable */
    x->form_cookie = *cookie != '\0' ? cookie : x->request->visit_cookie;
    TRY(settings_load(x->db, &x->settings));
    x->now = settings_now(&x->settings, x->world);
    x->today = day_of(x->now);
    TRY(session_identify(x->db, x->arena, cookie, world_now(x->world), &x->who));
    if (x->who.signed_in) {
        x->form_cookie = cookie;
        return OK;
    }
    x->form_cookie = x->request->visit_cookie;
    if (*csrf_token(x->arena, x->world, x->form_cookie) == '\0') {
        x->form_cookie = world_token(x->world, x->arena);
        reply_cookie(x->reply, cookie_make(x, cookie_visit, x->form_cookie, 0));
    }
    return OK;
}

static bool
publisher_can(const struct exchange *x, enum capability capability)
{
    return role_can(x->who.role, capability);
}

/* Does the session's account own the hat? */
static enum err
owns_hat(struct exchange *x, bool *owns)
{
    *owns = false;
    switch (x->hat) {
    case HAT_ISV:
        if (*x->who.publisher == '\0')
            return OK;
        /* everybody's first product is made before there is one */
        if (x->route->admit == CATALOGUE_VIEWER || x->route->admit == CATALOGUE_EDITOR) {
            *owns = true;
            return OK;
        }
        return publisher_sells(x->db, x->who.publisher, owns);
    case HAT_PARTNER:
        *owns = *x->who.publisher != '\0';
        return OK;
    case HAT_CUSTOMER:
        *owns = *x->who.organisation != '\0';
        return OK;
    case HAT_OPERATOR:
        *owns = x->who.operates;
        return OK;
    case HAT_NONE:
        *owns = true;
        return OK;
    case HAT_COUNT:
        break;
    }
    return ERR_BROKEN;
}

/* 5. ERR_DENIED with no page: the hat is not theirs. ERR_DENIED with one: the role may not. */
static enum err
admit(struct exchange *x)
{
    bool owns = false;
    bool role_fits = true;

    if (x->route->admit == ANYONE)
        return OK;
    TRY(owns_hat(x, &owns));
    if (!owns)
        return ERR_DENIED;
    switch (x->route->admit) {
    case ISV_VIEWER:
    case PARTNER_VIEWER:
        role_fits = publisher_can(x, CAN_VIEW_OFFERS);
        break;
    case ISV_EDITOR:
    case PARTNER_EDITOR:
        role_fits = publisher_can(x, CAN_EDIT_OFFERS);
        break;
    case CATALOGUE_EDITOR:
        role_fits = publisher_can(x, CAN_WORK_CATALOGUE);
        break;
    case ISV_MANAGER:
    case PARTNER_MANAGER:
        role_fits = publisher_can(x, CAN_MANAGE_PEOPLE);
        break;
    case PARTNER_TAX:
        role_fits = publisher_can(x, CAN_CHANGE_TAX);
        break;
    case DEMO_OPERATOR:
        return x->settings.demo ? OK : ERR_ABSENT;
    case ANYONE:
    case MEMBER:
    case ISV:
    case CATALOGUE_VIEWER:
    case PARTNER:
    case CUSTOMER:
    case OPERATOR:
    case ADMIT_COUNT:
        break;
    }
    if (role_fits)
        return OK;
    TRY(no_rights_page(x));
    return ERR_DENIED;
}

/* The parts of a form that may bring a file, once it is known who sends it. Nobody of ours can make
 * us write one from a page of another site, and a stranger cannot at all. */
static int
read_parts(struct exchange *x)
{
    bool keep = x->who.signed_in && serve_form_is_ours(x);

    if (x->request->boundary == NULL)
        return 0;
    return multipart_read(x->source, x->arena, keep, x->request);
}

/* Nobody is signed in: a GET is led to sign in and back, a POST keeps what was typed. */
static enum err
ask_to_sign_in(struct exchange *x)
{
    const char *path = x->request->path;
    const char *next = url_encode(x->arena, path);
    const char *whole;

    if (x->request->method == METHOD_POST) {
        x->status = read_parts(x);
        if (x->status != 0)
            return OK;
        resume_page(x);
        x->status = HTTP_FORBIDDEN;
        return OK;
    }
    if (*x->request->query_text != '\0') {
        whole = arena_format(x->arena, "%s?%s", path, x->request->query_text);
        whole = url_encode(x->arena, whole);
        /* encoded it may be longer than a query can be: then the page as it is without one */
        if (strlen(whole) + sizeof "next=" <= LIMIT_QUERY_BYTES)
            next = whole;
    } else if (text_equal(path, "/")) {
        return redirect(x, "/login");
    }
    return redirect(x, "/login?next=%s", next);
}

/* 6. The browser says where the form stood, and the form says a secret of its session. */
static bool
csrf_passes(const struct exchange *x)
{
    if (x->route->csrf == CSRF_NONE)
        return true;
    return serve_form_is_ours(x) && csrf_valid(x->form_cookie, posted(x, "csrf"));
}

/* The form's one-time key; "" for one longer than ours are, which is not worth its row. */
static const char *
once_key(const struct exchange *x)
{
    const char *once = posted(x, "once");

    return x->who.signed_in && strlen(once) <= ONCE_CHARS ? once : "";
}

/* A repeated submit shows the first result, without acting. */
static enum err
answered_before(struct exchange *x, bool *answered)
{
    const char *once = once_key(x);
    const char *location = NULL;
    enum err outcome;

    *answered = false;
    if (*once == '\0')
        return OK;
    outcome = answered_find(x->db, x->arena, x->who.session, once, &location);
    if (outcome == ERR_ABSENT)
        return OK;
    TRY(outcome);
    *answered = true;
    return redirect(x, "%s", location);
}

static enum err
remember_answer(const struct exchange *x)
{
    const char *once = once_key(x);

    if (*once == '\0' || x->reply->location == NULL)
        return OK;
    return answered_insert(x->db, x->who.session, once, x->reply->location, world_now(x->world));
}

/* The session may have ended, or the role been taken away, while we waited for our turn. */
static enum err
identify_again(struct exchange *x)
{
    if (!x->who.signed_in)
        return OK;
    TRY(session_identify(x->db, x->arena, x->request->session_cookie, world_now(x->world),
                         &x->who));
    return x->who.signed_in ? admit(x) : ERR_DENIED;
}

static enum err
handle_in_write(struct exchange *x)
{
    bool answered = false;

    TRY(settings_load(x->db, &x->settings)); /* the clock may have moved while we waited */
    x->now = settings_now(&x->settings, x->world);
    x->today = day_of(x->now);
    TRY(identify_again(x));
    TRY(answered_before(x, &answered));
    if (answered)
        return OK;
    TRY(x->route->handle(x));
    return remember_answer(x);
}

/* A page stands beside a refusal that has one. Beside the other outcomes it is half a page, or
 * tells of a change that was lost. */
static enum err
judged(struct exchange *x, enum err outcome)
{
    switch (outcome) {
    case ERR_ABSENT:
    case ERR_GONE:
    case ERR_BUSY:
    case ERR_BROKEN:
        x->view = NULL;
        x->status = 0;
        break;
    case OK:
    case ERR_INVALID:
    case ERR_DENIED:
    case ERR_STALE:
    case ERR_CLOSED:
        break;
    }
    return outcome;
}

/* The page is made from what is stored now. A redirect needs none: what is durable is acknowledged
 * even if nothing can be read any more. */
static enum err
read_again(struct exchange *x, enum err outcome)
{
    enum err reading = read_begin(x->db);

    if (outcome != OK || x->reply->location != NULL)
        return outcome;
    return reading;
}

/* 7 to 9. The handler in the transaction its row names. */
static enum err
handle(struct exchange *x)
{
    size_t cookies = x->reply->cookie_count;
    enum err outcome;
    enum err ended;

    switch (x->route->transaction) {
    case TX_READ:
        return judged(x, x->route->handle(x));
    case TX_HASH:
        read_end(x->worker->db);
        outcome = judged(x, x->route->handle(x));
        x->db = x->worker->db;
        /* Its cookies stay: the handler set them for what it had made durable itself, such as a
         * session, even if the page it went on to is refused. */
        return read_again(x, outcome);
    case TX_WRITE:
        break;
    }
    read_end(x->worker->db);
    if (x->route->prepare != NULL)
        TRY(x->route->prepare(x));
    TRY(write_begin(x->service->store, &x->db));
    outcome = handle_in_write(x);
    ended = write_end(x->service->store, x->db, outcome == OK);
    x->db = x->worker->db;
    outcome = judged(x, ended != OK ? ended : outcome);
    if (outcome != OK) {
        x->reply->location = NULL;
        x->reply->cookie_count = cookies; /* a cookie tells of a change too */
    }
    return read_again(x, outcome);
}

/* 4 to 9, inside the reader's snapshot. */
static enum err
answer(struct exchange *x)
{
    enum err outcome;

    TRY(identify(x));
    if (x->status != 0)
        return OK; /* read or route has refused it; only the page is missing */
    if (x->route->admit != ANYONE && !x->who.signed_in)
        return ask_to_sign_in(x);
    TRY(judged(x, admit(x)));
    x->status = read_parts(x);
    if (x->status != 0)
        return OK;
    if (!csrf_passes(x))
        return ERR_DENIED;
    outcome = handle(x);
    if (outcome != OK && x->status == 0)
        x->status = status_of(outcome);
    return outcome;
}

/* 10. The page, whole. */
static enum err
render_page(struct exchange *x)
{
    struct render_globals globals = {
        .csrf = csrf_token(x->arena, x->world, x->form_cookie),
        .once = world_token(x->world, x->arena),
        .theme = *x->request->theme_cookie == '\0' ? "auto" : x->request->theme_cookie,
    };
    struct view *layout = view_new(x->arena);

    TRY(frame_build(x, layout));
    view_put_part(layout, NAME_BODY, x->page, x->view);
    return render(PAGE_LAYOUT, layout, &globals, &x->reply->body);
}

static void
finish(struct exchange *x, enum err outcome)
{
    struct reply *reply = x->reply;

    if (outcome == OK && reply->location != NULL) {
        reply->status = 303;
        return;
    }
    if (outcome == OK && (reply->download != NULL || (x->view == NULL && reply->body.length > 0)))
        return; /* a file, or a few words that are no page */
    if (outcome != OK && health_refused(x))
        return;
    reply->location = NULL;
    reply->download = NULL;
    buffer_clear(&reply->body);
    if (outcome != OK && x->status == 0)
        x->status = status_of(outcome);
    reply->status = x->status == 0 ? 200 : x->status;
    if (x->view == NULL)
        error_page(x, reply->status);
    if (reply->status == 503)
        reply->retry_after_s = RETRY_AFTER_S;
    outcome = render_page(x);
    if (outcome == OK && reply->body.length <= LIMIT_PAGE_BYTES)
        return;
    log_line("render_failed", "id=%s page=%s", x->request->id, page_file(x->page));
    error_plainly(reply, outcome);
}

/* The request's arena is wiped before the reply is sent: what the reply points to moves out. */
static void
keep_reply(struct worker *worker, struct reply *reply)
{
    if (reply->location != NULL)
        reply->location = arena_text(worker->sent, reply->location);
    if (reply->download != NULL)
        reply->download = arena_text(worker->sent, reply->download);
    for (size_t i = 0; i < reply->cookie_count; i++)
        reply->cookies[i] = arena_text(worker->sent, reply->cookies[i]);
}

static int64_t
microseconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

void
serve(struct worker *worker, const struct source *source, struct reply *reply, bool at_leisure)
{
    int64_t began = microseconds();
    struct request request = {0};
    struct exchange x = {
        .worker = worker,
        .source = source,
        .service = worker->service,
        .hasher = at_leisure ? worker->service->hasher : NULL,
        .arena = worker->arena,
        .request = &request,
        .reply = reply,
        .db = worker->db,
        .world = worker->service->world,
        .who = who_nobody,
        .form_cookie = "",
        .problems = problems_new(worker->arena),
    };
    enum err outcome;
    int64_t took;

    arena_reset(worker->sent);
    reply_clear(reply);
    x.status = request_read(source, worker->arena, &request);
    if (x.status == 0)
        x.status = find_route(&x, request.path);
    outcome = read_begin(worker->db);
    if (outcome == OK) {
        outcome = answer(&x);
        finish(&x, outcome);
        read_end(worker->db);
    } else {
        error_plainly(reply, outcome);
    }
    if (x.who.signed_in && session_touch_due(&x.who, world_now(x.world)) &&
        session_touch(x.service->store, &x.who, world_now(x.world)) != OK)
        log_line("touch_failed", "id=%s", request.id);
    took = microseconds() - began;
    metrics_request(reply->status, took);
    log_line("request", "id=%s who=%s method=%s route=%s status=%d us=%" PRId64, request.id,
             *x.who.person == '\0' ? "-" : x.who.person,
             request.method == METHOD_POST ? "POST" : "GET", x.route == NULL ? "-" : x.route->path,
             reply->status, took);
    keep_reply(worker, reply);
    request_close(&request);
    arena_reset(worker->arena);
}

void
serve_sign_in(struct exchange *x, const char *token)
{
    reply_cookie(x->reply, cookie_make(x, cookie_session, token, 0));
    reply_cookie(x->reply, cookie_make(x, cookie_visit, "", -1));
    x->form_cookie = token;
}

enum err
serve_restored(struct exchange *x, const char *path, const struct form *carried)
{
    enum err outcome;

    x->request->method = METHOD_GET;
    x->request->path = path;
    x->request->query = (struct form){0};
    if (find_route(x, path) != 0 || x->route->transaction != TX_READ)
        return ERR_ABSENT;
    x->request->body = *carried;
    x->restored = true;
    TRY(read_begin(x->db));
    outcome = session_identify(x->db, x->arena, x->form_cookie, world_now(x->world), &x->who);
    if (outcome == OK)
        outcome = admit(x);
    if (outcome == OK)
        outcome = x->route->handle(x);
    read_end(x->db);
    return outcome;
}
