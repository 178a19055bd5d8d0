/*
 * customer.h: what a customer can do with an offer extended to it.
 */
#ifndef ACTIONS_CUSTOMER_H
#define ACTIONS_CUSTOMER_H

#include "actions/act.h"
#include "store/acceptances.h"
#include "store/people.h"

/* Who may accept, and whether the acting person is among them (LAW 2.3, 10.2). Keeps. */
struct acceptors {
    bool may; /* the acting person holds an accepting role on the offer's billing account */
    enum billing_role role;
    struct billing_member named[LIMIT_ACCEPTERS_NAMED]; /* of those who may, in D-27's order */
    size_t named_count;
};
MUST_CHECK enum err acceptors_of(const struct act *act, const struct offer *offer,
                                 struct acceptors *acceptors);

/* Keeps the name of the answer that says, if it was sent, that its sender agrees to the document.
 */
char *agree_name(struct arena *arena, const struct document *document);

/* Accepts what was shown: digest is terms_digest of it, another one is ERR_STALE and nothing is
 * accepted. ERR_DENIED without the role; ERR_INVALID with a problem at "account" when the billing
 * account is no longer eligible or a price no longer known, and one at the agree_name of each
 * document that was not agreed to. Once accepted: OK again, with nothing done, for the same person
 * and digest, ERR_CLOSED for all others. Keeps the acceptance. */
MUST_CHECK enum err action_offer_accept(const struct act *act, const char *id, const char *digest,
                                        const struct answers *agreed, struct problems *problems,
                                        struct acceptance *acceptance);

#endif
