/*
 * sign_in_pages.c: GET / and /login, POST /login, /logout and /preferences/theme.
 *
 * Not here: judging a password (auth/sign_in), cookies' attributes and the restored page
 * (pages/serve). Invariant: what was typed into a form is carried as text and shown again, never
 * sent on; passwords, tokens and one-time keys are not carried at all.
 */
#include "pages/sign_in_pages.h"

#include <string.h>

#include "auth/sign_in.h"
#include "base/text.h"
#include "pages/carried.h"
#include "pages/frame.h"
#include "pages/parts.h"
#include "pages/serve.h"

#define CARRIED "was."        /* before the name of a carried field */
#define RESUME "resume"       /* the field that says which page they belong to */
#define CARRIED_NAME_BYTES 96 /* every name of ours is shorter */
#define YEAR_S (365 * 24 * 60 * 60)
/* Not carried either: keys of the lost session, and which button it was. */
static const char *const left_behind[] = {"csrf", "once", "do"};

enum err
home_get(struct exchange *x)
{
    enum hat hat;

    TRY(home_hat(x, &hat));
    return redirect(x, "%s", hat_home(hat));
}

/* A path to go to after signing in, "/" for anything that is not one of ours. */
static const char *
next_path(const char *given)
{
    if (strlen(given) >= LIMIT_PATH_BYTES + LIMIT_QUERY_BYTES || !path_is_local(given))
        return "/";
    return given;
}

static bool
is_carried(const char *name)
{
    return strlen(name) <= CARRIED_NAME_BYTES && !carried_never(name) &&
           text_find(left_behind, COUNT(left_behind), name) < 0;
}

/* The sign-in page itself; its notice and problems are the caller's. */
static struct view *
login_show(struct exchange *x, const char *next)
{
    struct view *view = show(x, PAGE_LOGIN, "Sign in");

    view_text(view, NAME_NEXT_PATH, next);
    view_text(view, NAME_EMAIL, posted(x, "email"));
    return view;
}

/* The page again after a refusal: what was carried is carried on. */
static struct view *
login_show_again(struct exchange *x)
{
    const struct form *body = &x->request->body;
    struct view *view = login_show(x, next_path(posted(x, "next")));

    if (*posted(x, RESUME) == '\0')
        return view;
    view_show(view, NAME_RESUME);
    carry(view, RESUME, posted(x, RESUME));
    for (size_t i = 0; i < body->count; i++) {
        if (text_starts(body->pairs[i].name, CARRIED))
            carry(view, body->pairs[i].name, body->pairs[i].value);
    }
    return view;
}

void
resume_page(struct exchange *x)
{
    const struct form body = x->request->body;
    size_t weight = 0;
    const char *path;
    struct view *view;

    /* A field of that form is none of the sign-in form, even under the same name. */
    x->request->body = (struct form){0};
    if (x->route->form_path == NULL || !serve_form_is_ours(x)) {
        /* A form of another site arrives without the session's cookie too: nothing of it is kept.
         */
        (void)login_show(x, "/");
        return;
    }
    path = route_path(x->arena, x->route->form_path, &x->params);
    view = login_show(x, path);
    view_show(view, NAME_RESUME);
    carry(view, RESUME, path);
    for (size_t i = 0; i < body.count; i++) {
        const struct form_pair *pair = &body.pairs[i];

        weight += carried_weight(pair->name, pair->value);
        if (is_carried(pair->name) && weight <= CARRIED_BYTES)
            carry(view, arena_format(x->arena, CARRIED "%s", pair->name), pair->value);
    }
}

enum err
login_get(struct exchange *x)
{
    if (x->who.signed_in)
        return redirect(x, "/");
    (void)login_show(x, next_path(queried(x, "next")));
    return OK;
}

/* The carried fields under their own names. */
static struct form
carried_form(const struct exchange *x)
{
    const struct form *body = &x->request->body;
    struct form form = {arena_array(x->arena, struct form_pair, body->count + 1), 0};

    for (size_t i = 0; i < body->count; i++) {
        if (text_starts(body->pairs[i].name, CARRIED))
            form.pairs[form.count++] =
                (struct form_pair){body->pairs[i].name + strlen(CARRIED), body->pairs[i].value};
    }
    return form;
}

static enum err
signed_in_answer(struct exchange *x, const char *token)
{
    const char *resume = posted(x, RESUME);
    const char *next = next_path(posted(x, "next"));
    const struct form carried = carried_form(x);

    serve_sign_in(x, token);
    if (*resume != '\0' && path_is_local(resume) && strlen(resume) < LIMIT_PATH_BYTES)
        return serve_restored(x, resume, &carried);
    return redirect(x, "%s", next);
}

static enum err
login_refused(struct exchange *x)
{
    struct view *view = login_show_again(x);

    problem_add(x->problems, "email",
                "Email and password don’t match. Check both, then sign in again");
    part_summary(x, view, "");
    view_show(view, NAME_WRONG);
    return ERR_INVALID;
}

/* Throttled: not an outcome of the person's input, so the page says when to come back. */
static enum err
login_later(struct exchange *x, int64_t wait_s)
{
    const char *minutes = refuse_for(x, wait_s);

    part_notice(login_show_again(x), NAME_NOTICE, "warn", "clock", "Too many failed sign-ins.",
                arena_format(x->arena, "Wait %s, then sign in again.", minutes));
    x->title = "Error: Sign in";
    return OK;
}

static enum err
login_busy(struct exchange *x)
{
    part_notice(login_show_again(x), NAME_NOTICE, "warn", "clock",
                "Nobody can sign in at the moment.",
                "Wait a few seconds, enter your password again and sign in.");
    x->title = "Error: Sign in";
    x->status = status_of(ERR_BUSY);
    return OK;
}

enum err
login_post(struct exchange *x)
{
    const struct sign_in attempt = {
        .email = text_trim(x->arena, posted(x, "email")),
        .password = arena_text(x->arena, posted(x, "password")),
        .address = x->request->address,
        .old_cookie = x->request->session_cookie,
    };
    struct signed_in result = {0};
    enum err outcome =
        sign_in(x->service->store, x->db, x->hasher, x->world, x->arena, &attempt, &result);

    if (outcome == ERR_DENIED)
        return login_refused(x);
    if (outcome == ERR_BUSY)
        return login_busy(x);
    TRY(outcome);
    if (result.wait_s > 0)
        return login_later(x, result.wait_s);
    return signed_in_answer(x, result.token);
}

enum err
logout_post(struct exchange *x)
{
    TRY(session_end(x->db, &x->who));
    reply_cookie(x->reply, cookie_make(x, cookie_session, "", -1));
    return redirect(x, "/login?done=signed-out");
}

enum err
theme_post(struct exchange *x)
{
    static const char *const themes[] = {"light", "dark", "auto"};

    for (size_t i = 0; i < COUNT(themes); i++) {
        if (!text_equal(themes[i], posted(x, "theme")))
            continue;
        reply_cookie(x->reply, cookie_make(x, cookie_theme, themes[i], YEAR_S));
        return redirect(x, "%s", next_path(posted(x, "next")));
    }
    return ERR_INVALID;
}
