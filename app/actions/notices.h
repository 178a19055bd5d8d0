/*
 * notices.h: what an account's owner switches on, the address of its calendar, and what the
 * operator tries again (LAW 14).
 *
 * All but notices_account run inside the caller's write. Common outcomes: ERR_ABSENT no such
 * account for you, ERR_DENIED not by you.
 */
#ifndef ACTIONS_NOTICES_H
#define ACTIONS_NOTICES_H

#include "actions/act.h"
#include "store/feeds.h"
#include "store/notices.h"

/* The account whose mail it is: a publisher's own, or a billing account of the organisation. */
struct notices_account {
    const char *kind; /* NOTICES_OF_PUBLISHER, NOTICES_OF_BILLING */
    const char *id;
    const char *name;
    bool owned; /* is the acting person an owner of it? */
};
/* Keeps. billing is the billing account's ID, NULL for a publisher. ERR_ABSENT when the acting
 * account has none of that ID. Reads only. */
MUST_CHECK enum err notices_account(const struct act *act, const char *billing,
                                    struct notices_account *account);

/* on: bits 1 << enum notice_switch; those not in it are off. */
MUST_CHECK enum err action_notices_switch(const struct act *act,
                                          const struct notices_account *account, unsigned on);

/* Keeps the token of a new address; the one before works no longer. */
MUST_CHECK enum err action_calendar_make(const struct act *act,
                                         const struct notices_account *account, const char **token);
/* No address works any longer, whether or not one did. */
MUST_CHECK enum err action_calendar_revoke(const struct act *act,
                                           const struct notices_account *account);

/* The operator: sends a mail once more, or publishes an offer that waits; each is kept for good
 * with who did it. ERR_CLOSED when there is nothing to try again. */
MUST_CHECK enum err action_mail_retry(const struct act *act, const char *id);
MUST_CHECK enum err action_publication_retry(const struct act *act, const char *offer);

#endif
