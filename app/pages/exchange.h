/*
 * exchange.h: one request on its way through serve(): what is known, and what will be answered.
 *
 * A handler reads from it, calls one action or getter, and leaves a page or a redirect. Everything
 * in it lives until the request's arena is reset.
 */
#ifndef PAGES_EXCHANGE_H
#define PAGES_EXCHANGE_H

#include "actions/act.h"
#include "auth/session.h"
#include "pages/routes.h"
#include "web/reply.h"
#include "web/request.h"
#include "web/route.h"
#include "web/view.h"

struct events;
struct hasher;
struct service;
struct worker;

struct exchange {
    struct worker *worker;       /* its thread's reader: for serve() alone */
    const struct source *source; /* where a body may still wait */
    struct service *service;     /* configuration, store: for the few handlers that need them */
    struct hasher *hasher;       /* NULL unless there is leisure to use it */
    struct arena *arena;
    struct request *request;
    struct reply *reply;
    const struct route *route; /* NULL when no route matched */
    struct route_params params;
    struct db *db; /* inside a read, or the writer during a TX_WRITE */
    const struct world *world;
    struct settings settings;
    int64_t now; /* the market's clock */
    struct day today;
    struct who who;
    const char *form_cookie; /* the session's or the visit's: what csrf tokens are made from */
    enum hat hat;            /* the hat the route is worn under; HAT_NONE on shared pages */
    const void *prepared;    /* what the row's prepare made of the file; NULL = nothing */
    const int64_t *counts;   /* of the viewer's offers by list status, once counted; NULL */

    /* What the handler leaves: exactly one of a page or a redirect. */
    enum page page;
    struct view *view; /* of the page's body; NULL = none */
    const char *title;
    int status;                    /* 0 = by outcome */
    struct problems *problems;     /* shown on the page; never NULL */
    const struct events *foreseen; /* of a preview: its history; NULL = what has happened */
    bool restored; /* the form came back after signing in: show x->request->body, unsaved */

    /* What an error page may say beside its code; NULL = the usual words. */
    const char *closed_reason;
    const char *record_href; /* where what was accepted instead is told */
    const char *gone_reason; /* of a link that is no offer's */
    const char *gone_contact;
};

/* The acting person under the route's hat. */
struct act exchange_act(const struct exchange *x);
struct viewer exchange_viewer(const struct exchange *x);

/* A parameter of the path, e.g. path_param(x, "offer"). */
const char *path_param(const struct exchange *x, const char *name);
int path_number(const struct exchange *x, const char *name);

/* Keeps the offer the path names, as the viewer may see it. ERR_ABSENT. */
MUST_CHECK enum err path_offer(const struct exchange *x, struct offer *offer);

/* The posted form as the answers of core/fields. */
struct answers exchange_answers(const struct exchange *x);
const char *posted(const struct exchange *x, const char *name);  /* "" when absent */
const char *queried(const struct exchange *x, const char *name); /* "" when absent */

/* The page to answer with; answers its empty view. */
struct view *show(struct exchange *x, enum page page, const char *title);

/* The answer will be 429, to be tried again after wait_s; keeps "1 minute" or "12 minutes", which
 * the page says. */
const char *refuse_for(struct exchange *x, int64_t wait_s);

/* 303 to the printed local path. Always OK, so that a handler can return it. */
MUST_CHECK enum err redirect(struct exchange *x, const char *format, ...) PRINTF_LIKE(2, 3);

/* The value a form field shows: what was typed when the form came back (posted or restored), else
 * stored. */
const char *shown(const struct exchange *x, const char *name, const char *stored);
/* Does the page show a form that was typed into? */
bool form_came_back(const struct exchange *x);

#endif
