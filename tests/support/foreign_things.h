/*
 * foreign_things.h: what other accounts have: of each kind of thing that has an id, a token or a
 * version, one of theirs, and a name like it that nobody's thing has.
 *
 * They are made as DEAL_ISV, DEAL_PARTNER and DEAL_ORGANISATION make theirs, and then given to
 * DEAL_OTHER_ISV, DEAL_OTHER_PARTNER and the organisation "elsewhere": whoever asks as one of the
 * first finds these to be somebody else's.
 */
#ifndef SUPPORT_FOREIGN_THINGS_H
#define SUPPORT_FOREIGN_THINGS_H

#include "support/web_market.h"

#define FOREIGN_ACCOUNT \
    "5d1f8c20-7a3b-4e96-b0c4-9e2f6a8d1b35:8c4e2a60-1f7d-4b93-a5e8-3d9b0c6f2e17_2019-05-31"
#define FOREIGN_SUBSCRIPTION "e6b1d9c7-2a84-4f30-9d5e-7c0f4b2a8e61"

struct foreign_thing {
    const char *what;
    const char *name;    /* an id, a token, an email, a digest or a rev */
    const char *nobodys; /* as long, of the same letters */
};

#define FOREIGN_THINGS 40

struct foreign_things {
    struct foreign_thing rows[FOREIGN_THINGS];
    size_t count;
    const char *draft; /* offers of theirs */
    const char *extended;
    const char *accepted;
    const char *purchase;
    const char *request;
    const char *document;
};

/* Before the market has an offer of its own. Fails the test unless each owner gets a page of each
 * thing. */
void foreign_make(struct web_market *market, struct foreign_things *things);

#endif
