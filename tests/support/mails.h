/*
 * mails.h: the mails that have left since somebody looked last: delivered into a Maildir of the
 * test's own, and listed.
 *
 * The market is deal_market's. A server or folder that refuses fails the test at hand.
 */
#ifndef SUPPORT_MAILS_H
#define SUPPORT_MAILS_H

#include "jobs/post.h"
#include "support/deal_market.h"

#define MAILS_MAX 200

struct mails {
    struct mail rows[MAILS_MAX];
    size_t count;
};

/* Everything that waits leaves. Kept in the test's arena. */
struct mails *mails_leave(struct deal_market *market);

/* Keeps: "expired isv i@contoso.example\n", a line for each that leaves, in the order of the
 * alphabet. "" when none does. */
const char *mails_left(struct deal_market *market);

/* How many lie in the folder. */
size_t mails_filed(struct deal_market *market);

/* What time has to tell by now is told by the jobs, again until nothing is left. */
void mails_tell(struct deal_market *market);

/* The account has it switched on, by "owner" or "isv". */
void mails_switch(struct deal_market *market, const char *kind, const char *account,
                  enum notice_switch which, bool on);

/* The postman of these: into the folder "mail" beside the store, each body the mail's own texts. */
struct postman mails_postman(struct deal_market *market, struct mails *mails);

#endif
