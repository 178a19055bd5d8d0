/*
 * session.c: cookie -> digest -> session -> who.
 */
#include "auth/session.h"

#include <string.h>

#include "base/digest.h"
#include "base/limits.h"
#include "base/text.h"

#define TOKEN_CHARS 43 /* world_token's */

const struct who who_nobody = {
    .person = "",
    .name = "",
    .email = "",
    .publisher = "",
    .organisation = "",
    .account_name = "",
    .session = "",
};

/* What cannot be a token is not worth a digest and a look. */
static bool
token_shaped(const char *cookie)
{
    return strnlen(cookie, TOKEN_CHARS + 1) == TOKEN_CHARS;
}

/* One that began later than it is now was made by a clock that was set back since: while that is a
 * moment, people stay signed in; a clock that was years ahead makes no session that lasts for them.
 */
static bool
alive(const struct session_row *row, int64_t now)
{
    return row->created_at - now < LIMIT_SESSION_IDLE_S &&
           now - row->seen_at < LIMIT_SESSION_IDLE_S && now - row->created_at < LIMIT_SESSION_S;
}

enum err
session_identify(struct db *db, struct arena *arena, const char *cookie, int64_t now,
                 struct who *who)
{
    struct session_row row = {0};

    *who = who_nobody;
    if (!token_shaped(cookie))
        return OK;

    const char *hash = digest_of_text(arena, cookie);
    enum err outcome = session_find(db, arena, hash, &row);
    if (outcome == ERR_ABSENT || (outcome == OK && !alive(&row, now)))
        return OK;
    TRY(outcome);
    *who = (struct who){
        .signed_in = true,
        .operates = row.person.operates,
        .person = row.person.id,
        .name = row.person.name,
        .email = row.person.email,
        .publisher = row.person.publisher,
        .organisation = row.person.organisation,
        .account_name = row.person.account_name,
        .role = row.person.role,
        .session = hash,
        .seen_at = row.seen_at,
    };
    return OK;
}

bool
session_touch_due(const struct who *who, int64_t now)
{
    return who->signed_in && now - who->seen_at >= LIMIT_SESSION_TOUCH_S;
}

enum err
session_touch(struct store *store, const struct who *who, int64_t now)
{
    struct db *db = NULL;

    assert(who->signed_in);
    TRY(write_begin(store, &db));
    return write_finish(store, db, session_seen(db, who->session, now));
}

enum err
session_start(struct db *db, struct arena *arena, const struct world *world, const char *person,
              const char *old_cookie, const char **token)
{
    const char *fresh = world_token(world, arena);

    assert(token_shaped(fresh));
    if (token_shaped(old_cookie))
        TRY(session_delete(db, digest_of_text(arena, old_cookie)));
    TRY(session_insert(db, digest_of_text(arena, fresh), person, world_now(world)));
    *token = fresh;
    return OK;
}

enum err
session_end(struct db *db, const struct who *who)
{
    assert(who->signed_in);
    return session_delete(db, who->session);
}

enum err
session_end_others(struct db *db, const struct who *who)
{
    assert(who->signed_in);
    return session_delete_others(db, who->person, who->session);
}
