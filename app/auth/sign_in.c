/*
 * sign_in.c: the two moments at which a password is read.
 *
 * Invariant: no hash is computed inside a write, and none is skipped because nobody has the email.
 * Invariant: the plain password is overwritten before an outcome is handed on.
 */
#include "auth/sign_in.h"

#include <string.h>

#include "auth/throttle.h"
#include "base/limits.h"
#include "base/text.h"

static enum err
person_for(struct db *db, struct arena *arena, const char *email, struct person *person,
           bool *known)
{
    enum err outcome = person_by_email(db, arena, email, person);

    *known = outcome == OK;
    return outcome == ERR_ABSENT ? OK : outcome;
}

/* The counted comparison both moments share. OK with *wait_s 0 means that the password is right;
 * the attempt is then taken back. */
static enum err
attempt(struct store *store, struct arena *arena, struct hasher *hasher,
        const struct person *person, const char *email, const char *password, const char *address,
        int64_t now, int64_t *wait_s, bool *outdated)
{
    bool matches = false;

    if (hasher == NULL)
        return ERR_BUSY; /* at once: counting and taking back are two commits */
    TRY(throttle_take(store, arena, email, address, now, wait_s));
    if (*wait_s > 0)
        return OK;
    enum err outcome = password_check(hasher, person == NULL ? NULL : person->password, password,
                                      &matches, outdated);
    if (outcome != OK) {
        /* nothing was learned; if giving back fails too, the window will pass */
        enum err given_back = throttle_take_back(store, arena, email, address);

        (void)given_back;
        return outcome;
    }
    if (!matches)
        return ERR_DENIED;
    return throttle_forgive(store, arena, email, address);
}

/* Inside a write: the hash that was compared must still be the person's. A password changed
 * meanwhile has ended all sessions, and neither a late session nor a late hash may undo that. */
static enum err
password_unchanged(struct db *db, struct arena *arena, const struct person *person)
{
    struct person now = {0};
    enum err outcome = person_by_id(db, arena, person->id, &now);

    if (outcome == ERR_ABSENT || (outcome == OK && !text_equal(now.password, person->password)))
        return ERR_DENIED;
    return outcome;
}

/* The write of a sign-in: the new session, and the hash when its cost is no longer today's. */
static enum err
session_open(struct store *store, struct arena *arena, const struct world *world,
             const struct person *person, const char *rehashed, const char *old_cookie,
             const char **token)
{
    struct db *db = NULL;

    TRY(write_begin(store, &db));
    enum err outcome = password_unchanged(db, arena, person);
    if (outcome == OK)
        outcome = session_start(db, arena, world, person->id, old_cookie, token);
    if (outcome == OK && rehashed != NULL)
        outcome = person_set_password(db, person->id, rehashed);
    return write_finish(store, db, outcome);
}

static enum err
sign_in_counted(struct store *store, struct db *db, struct hasher *hasher,
                const struct world *world, struct arena *arena, const struct sign_in *given,
                struct signed_in *result)
{
    struct person person = {0};
    struct signed_in signed_in = {.token = ""};
    const char *rehashed = NULL;
    bool known = false;
    bool outdated = false;

    if (text_count(given->email) > LIMIT_EMAIL_BYTES ||
        strlen(given->password) > LIMIT_PASSWORD_BYTES)
        return ERR_DENIED;
    TRY(person_for(db, arena, given->email, &person, &known));
    TRY(attempt(store, arena, hasher, known ? &person : NULL, given->email, given->password,
                given->address, world_now(world), &signed_in.wait_s, &outdated));
    if (signed_in.wait_s == 0) {
        /* a busy machine keeps the old hash: the next sign-in tries again */
        if (outdated && password_hash(hasher, arena, given->password, &rehashed) != OK)
            rehashed = NULL;
        TRY(session_open(store, arena, world, &person, rehashed, given->old_cookie,
                         &signed_in.token));
        signed_in.person = person;
        signed_in.person.password = "";
    }
    *result = signed_in;
    return OK;
}

enum err
sign_in(struct store *store, struct db *db, struct hasher *hasher, const struct world *world,
        struct arena *arena, const struct sign_in *given, struct signed_in *result)
{
    enum err outcome = sign_in_counted(store, db, hasher, world, arena, given, result);

    password_wipe(given->password);
    return outcome;
}

static enum err
password_store(struct store *store, struct arena *arena, const struct who *who,
               const struct person *person, const char *hash)
{
    struct db *db = NULL;

    TRY(write_begin(store, &db));
    enum err outcome = password_unchanged(db, arena, person);
    if (outcome == OK)
        outcome = person_set_password(db, person->id, hash);
    if (outcome == OK)
        outcome = session_end_others(db, who);
    return write_finish(store, db, outcome);
}

static enum err
password_change_counted(struct store *store, struct db *db, struct hasher *hasher,
                        const struct world *world, struct arena *arena,
                        const struct password_change *change, int64_t *wait_s)
{
    struct person person = {0};
    const char *hash = NULL;
    bool outdated = false;

    if (!password_acceptable(change->fresh))
        return ERR_INVALID;
    if (strlen(change->current) > LIMIT_PASSWORD_BYTES)
        return ERR_DENIED;
    TRY(person_by_id(db, arena, change->who->person, &person));
    TRY(attempt(store, arena, hasher, &person, person.email, change->current, change->address,
                world_now(world), wait_s, &outdated));
    if (*wait_s > 0)
        return OK;
    TRY(password_hash(hasher, arena, change->fresh, &hash));
    return password_store(store, arena, change->who, &person, hash);
}

enum err
password_change(struct store *store, struct db *db, struct hasher *hasher,
                const struct world *world, struct arena *arena,
                const struct password_change *change, int64_t *wait_s)
{
    int64_t wait = 0;
    enum err outcome = password_change_counted(store, db, hasher, world, arena, change, &wait);

    password_wipe(change->current);
    password_wipe(change->fresh);
    if (outcome == OK)
        *wait_s = wait;
    return outcome;
}
