/*
 * serve.h: one request from top to bottom: the phases of app/README.md, each able to end it.
 */
#ifndef PAGES_SERVE_H
#define PAGES_SERVE_H

#include "auth/password.h"
#include "base/config.h"
#include "pages/exchange.h"

/* What all workers share; frozen after start. */
struct service {
    const struct config *config;
    struct store *store;
    struct hasher *hasher;
    const struct world *world;
    const char *public_address; /* origin of links in pages */
    bool secure_cookies;        /* the public address is https */
};

/* One thread's own. */
struct worker {
    struct service *service;
    struct arena *arena; /* of the request at hand; wiped when serve returns */
    struct arena *sent;  /* what the last reply points to; until the next request */
    struct db *db;       /* its reader */
};

/* Owns. NULL when the store cannot be opened. */
struct worker *worker_open(struct service *service);
void worker_close(struct worker *worker);

/* Answers the request: reply is complete when it returns, and whatever it acknowledges is durable.
 * A password is hashed at leisure only; without, one is asked to come again (503). */
void serve(struct worker *worker, const struct source *source, struct reply *reply,
           bool at_leisure);

/* For the sign-in handler (TX_HASH), once somebody has proved who they are: sets the session cookie
 * and ends the visit's. */
void serve_sign_in(struct exchange *x, const char *token);

/* For the same handler, afterwards: answers with the page at path as if they had asked for it, its
 * form filled with carried and marked as not saved; executes nothing. ERR_ABSENT when there is no
 * such page. */
MUST_CHECK enum err serve_restored(struct exchange *x, const char *path,
                                   const struct form *carried);

/* Does what the browser says of it allow that a page of ours sent the form? A form's secret is
 * looked at elsewhere. */
bool serve_form_is_ours(const struct exchange *x);

/* A Set-Cookie value. Keeps. seconds 0: until the browser closes; -1: removes it. */
const char *cookie_make(const struct exchange *x, const char *name, const char *value, int seconds);

#endif
