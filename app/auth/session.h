/*
 * session.h: who is asking, by an opaque token in the cookie whose digest is in the store.
 *
 * Sessions live by real time: they end LIMIT_SESSION_IDLE_S after the last use (counted in steps of
 * LIMIT_SESSION_TOUCH_S) and LIMIT_SESSION_S after signing in. Invariant: every sign-in makes a new
 * token; the token itself is never stored and never logged.
 */
#ifndef AUTH_SESSION_H
#define AUTH_SESSION_H

#include "base/world.h"
#include "store/sessions.h"

/* Whoever asks. All texts are "" where they do not apply, and everything is when signed_in is not.
 */
struct who {
    bool signed_in;
    bool operates;
    const char *person;
    const char *name;
    const char *email;
    const char *publisher;    /* seller ID */
    const char *organisation; /* id */
    const char *account_name; /* of the publisher or the organisation */
    enum publisher_role role;
    const char *session; /* the token's digest: names the session in the store */
    int64_t seen_at;
};

/* The one nobody has signed in for. */
extern const struct who who_nobody;

/* Keeps. cookie may be "" or anything else a browser sends. OK with who_nobody's values when it
 * opens no living session. now is real time. */
MUST_CHECK enum err session_identify(struct db *db, struct arena *arena, const char *cookie,
                                     int64_t now, struct who *who);

/* Has it been so long that session_touch is due? */
bool session_touch_due(const struct who *who, int64_t now);
/* In a write of its own. */
MUST_CHECK enum err session_touch(struct store *store, const struct who *who, int64_t now);

/* Inside the caller's write. Keeps the new token, to be sent as the cookie; the session that
 * old_cookie opened, if any, ends. */
MUST_CHECK enum err session_start(struct db *db, struct arena *arena, const struct world *world,
                                  const char *person, const char *old_cookie, const char **token);

/* Inside the caller's write: signing out; and what changing the password does to all other
 * sessions of the person. */
MUST_CHECK enum err session_end(struct db *db, const struct who *who);
MUST_CHECK enum err session_end_others(struct db *db, const struct who *who);

#endif
