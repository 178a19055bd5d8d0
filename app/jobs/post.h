/*
 * post.h: carries mails out of the outbox, to a mail server or into a Maildir folder. A thread of
 * its own: a server that is slow or away delays no page, no publication and no charge.
 *
 * A mail is marked as sent only after the server has taken it or the file is on the disk. Between
 * that and the mark lies one small write: a process that dies right there sends the mail again,
 * byte for byte the same and with the same Message-ID (in a Maildir, as the same file). Not here:
 * what a mail says (actions/notify), its templates (a function the caller gives).
 */
#ifndef JOBS_POST_H
#define JOBS_POST_H

#include "base/world.h"
#include "jobs/smtp.h"
#include "store/outbox.h"

/* How mails leave; lives as long as the post. */
struct postman {
    struct smtp_server server; /* host "": into the folder */
    const char *folder;
    const char *from;
    const char *from_name;
    int64_t retry_s; /* after the first failure; doubled after each, up to six hours */

    /* Keeps both bodies of the mail in the arena. */
    enum err (*compose)(void *context, struct arena *arena, const struct mail *mail,
                        const char **text, const char **html);
    void *context;
};

struct post;

/* Owns: starts the thread. ERR_BROKEN when it cannot. */
MUST_CHECK enum err post_start(struct store *store, const struct world *world,
                               const struct postman *postman, struct post **post);
/* Asks it to end after the mail at hand, without waiting for that. */
void post_ask_to_stop(struct post *post);
/* Lets the mail at hand finish, then joins and frees. */
void post_stop(struct post *post);

/* One turn of the thread, for tests and the demo: LIMIT_MAILS mails whose time has come, each tried
 * once. smtp may be NULL when mails go into the folder. *sent (may be NULL) is how many left. */
MUST_CHECK enum err post_deliver(struct store *store, struct db *reader, struct arena *arena,
                                 const struct world *world, const struct postman *postman,
                                 struct smtp *smtp, int *sent);

/* How long after the tries-th failure the next try comes. */
int64_t post_wait_s(int64_t retry_s, int64_t tries);

#endif
