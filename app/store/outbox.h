/*
 * outbox.h: mails that wait to be sent, were sent, or were given up (LAW 14).
 *
 * A mail is put in by the transaction of what it tells about. Invariant: a key is put in once,
 * whoever tries again; what a mail said is forgotten once it was sent, that it was sent is not.
 * Not here: composing (actions/notify), sending (jobs/post).
 */
#ifndef STORE_OUTBOX_H
#define STORE_OUTBOX_H

#include "core/notice.h"
#include "store/store.h"

enum mail_state { MAIL_WAITING, MAIL_SENT, MAIL_FAILED, MAIL_STATE_COUNT };

struct mail {
    const char *id;  /* a GUID */
    const char *key; /* what makes it this one mail: the same is put in only once */
    enum notice notice;
    enum party party; /* whose eyes it was written for */
    const char *recipient;
    const char *subject;
    const char *lead;
    const char *next;  /* "" for nothing */
    const char *facts; /* a line each: label, tab, value */
    const char *path;  /* of the page it is about */
    int64_t created_at;

    /* Ignored when put in. Real time. */
    enum mail_state state;
    int64_t tries;
    int64_t next_at; /* when it is tried next; 0 when it is not */
    int64_t sent_at;
    const char *error; /* why the last try failed */
};

/* Puts it in, waiting to be sent at once. OK and nothing changed when the key is there already. */
MUST_CHECK enum err outbox_put(struct db *db, const struct mail *mail);

struct mail_due {
    const char *id;
    int64_t next_at;
};
struct mails_due {
    struct mail_due *rows;
    size_t count;
};
/* Keeps at most LIMIT_MAILS of those whose time has come, the longest waiting first; and of those
 * that would wait longer than until latest, as none does but after a clock was set back. */
MUST_CHECK enum err outbox_due(struct db *db, struct arena *arena, int64_t now, int64_t latest,
                               struct mails_due *due);

/* Takes one for this try: nobody else gets it before until. Keeps it. ERR_CLOSED when somebody else
 * was faster. */
MUST_CHECK enum err outbox_claim(struct db *db, struct arena *arena, const struct mail_due *due,
                                 int64_t until, struct mail *mail);

/* What became of the try. */
MUST_CHECK enum err outbox_sent(struct db *db, const char *id, int64_t now);
MUST_CHECK enum err outbox_later(struct db *db, const char *id, int64_t next_at, const char *error);
MUST_CHECK enum err outbox_give_up(struct db *db, const char *id, const char *error);

/* Tries one that failed once more, from the beginning. ERR_CLOSED when it was sent or was not tried
 * yet, ERR_ABSENT when there is none. Keeps the recipient and the last error. */
MUST_CHECK enum err outbox_retry(struct db *db, struct arena *arena, const char *id, int64_t now,
                                 struct mail *mail);

/* The operator's list of one state: LIMIT_LIST_ROWS, the newest first, of those before a place (0
 * and "" for the first page). What mails say is not read. Keeps. */
struct mail_page {
    struct mail *rows;
    size_t count;
    bool more;
};
MUST_CHECK enum err outbox_page(struct db *db, struct arena *arena, enum mail_state state,
                                int64_t before_at, const char *before_id, struct mail_page *page);
/* Exact up to LIMIT_COUNTED, then one more. */
MUST_CHECK enum err outbox_count(struct db *db, enum mail_state state, int64_t *count);

#endif
