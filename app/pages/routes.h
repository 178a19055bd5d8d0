/*
 * routes.h: what a row of the route table says. The table is routes.c.
 */
#ifndef PAGES_ROUTES_H
#define PAGES_ROUTES_H

#include "web/request.h"

struct exchange;

/* The prefix of the URL is the hat the person wears; the session's account must own it. */
enum hat { HAT_NONE, HAT_ISV, HAT_PARTNER, HAT_CUSTOMER, HAT_OPERATOR, HAT_COUNT };

/* Who may come in, besides the hat. */
enum admit {
    ANYONE,     /* signed in or not */
    MEMBER,     /* signed in, whatever account */
    ISV,        /* any person of a publisher that sells products */
    ISV_VIEWER, /* ... whose role may see private offers */
    ISV_EDITOR, /* ... whose role may work on them */
    /* any person of a publisher, as ISV, even if it sells nothing yet */
    CATALOGUE_VIEWER,
    CATALOGUE_EDITOR, /* ... whose role may work on the catalogue */
    PARTNER,
    PARTNER_VIEWER,
    PARTNER_EDITOR,
    ISV_MANAGER,     /* ... whose role may manage people and roles */
    PARTNER_MANAGER, /* the same */
    PARTNER_TAX,     /* ... whose role may change the tax profile and file certificates */
    CUSTOMER,
    OPERATOR,
    DEMO_OPERATOR, /* only in a demo store; 404 elsewhere */
    ADMIT_COUNT
};

/* TX_HASH: hashes a password, on one of the threads that do nothing else, and then writes in a
 * transaction it begins itself. */
enum transaction { TX_READ, TX_WRITE, TX_HASH };
enum csrf { CSRF_NONE, CSRF_CHECKED };

struct route {
    enum method method;
    const char *path;
    enum admit admit;
    enum err (*handle)(struct exchange *x);
    enum csrf csrf;
    enum transaction transaction;
    /* of a POST: the page its form stands on, for a person whose session ended in it; NULL when
     * there is nothing to come back to */
    const char *form_path;
    /* of a form that may bring a file: looks at it before the write begins, in no transaction, and
     * leaves what the handler needs in prepared or as problems. NULL: no file is taken. */
    enum err (*prepare)(struct exchange *x);
};

extern const struct route routes[];
extern const size_t route_count;

/* Does its row say TX_HASH? Then it is served at leisure. Wipes scratch. */
bool request_is_slow(const struct source *source, struct arena *scratch);

enum hat admit_hat(enum admit admit);

#endif
