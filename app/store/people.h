/*
 * people.h: somebody who signs in, and the roles people have on billing accounts.
 *
 * Not here: sessions, passwords in the clear. Invariant: a person belongs to one publisher, or to
 * one organisation, or is the operator.
 */
#ifndef STORE_PEOPLE_H
#define STORE_PEOPLE_H

#include "core/party.h"
#include "store/store.h"

struct person {
    const char *id;
    const char *email;
    const char *name;
    const char *password;     /* its Argon2id hash; "" where a getter does not say otherwise */
    const char *publisher;    /* seller ID, "" when none */
    const char *organisation; /* "" when none */
    const char *account_name; /* of either; "" for the operator */
    bool operates;
    enum publisher_role role;
};

/* One of an account's people, for its page of people and roles. */
struct person_listed {
    const char *id;
    const char *name;
    const char *email;
    enum publisher_role role;
    bool active; /* may sign in */
};

struct people {
    struct person_listed *rows;
    size_t count;
};

/* account_name is ignored; "" means no publisher, no organisation. ERR_INVALID when the email is
 * taken already. email is stored folded. */
MUST_CHECK enum err person_insert(struct db *db, struct arena *arena, const struct person *person);

/* Both keep, with the password hash. ERR_ABSENT, also of somebody who may sign in no more. email is
 * folded first. */
MUST_CHECK enum err person_by_email(struct db *db, struct arena *arena, const char *email,
                                    struct person *person);
MUST_CHECK enum err person_by_id(struct db *db, struct arena *arena, const char *id,
                                 struct person *person);

/* Keeps; also of somebody who may sign in no more. ERR_ABSENT. */
MUST_CHECK enum err person_id_of_email(struct db *db, struct arena *arena, const char *email,
                                       const char **id);

/* ERR_ABSENT when there is no such person. */
MUST_CHECK enum err person_set_password(struct db *db, const char *id, const char *hash);

/* The role, and whether the person may sign in; sessions are the caller's. ERR_ABSENT when there is
 * no such person. */
MUST_CHECK enum err person_set_access(struct db *db, const char *id, enum publisher_role role,
                                      bool active);

/* Keep those who may sign in; by name, at most LIMIT_PEOPLE. */
MUST_CHECK enum err people_of_publisher(struct db *db, struct arena *arena, const char *publisher,
                                        struct people *people);
MUST_CHECK enum err people_of_organisation(struct db *db, struct arena *arena,
                                           const char *organisation, struct people *people);

/* The same with those who may sign in no more; of the publisher, or "" and the organisation. */
MUST_CHECK enum err people_ever_of(struct db *db, struct arena *arena, const char *publisher,
                                   const char *organisation, struct people *people);

/* Keeps; by name, at most LIMIT_PEOPLE. Reads through every customer's people too: not for a page.
 */
MUST_CHECK enum err people_operating(struct db *db, struct arena *arena, struct people *people);
/* Is there anybody at all? */
MUST_CHECK enum err people_exist(struct db *db, bool *exist);

/* Gives a person a role on a billing account; replaces the one they had. */
MUST_CHECK enum err billing_member_set(struct db *db, const char *billing_account,
                                       const char *person, enum billing_role role);

/* Takes it away. ERR_ABSENT when the person has none there. */
MUST_CHECK enum err billing_member_remove(struct db *db, const char *billing_account,
                                          const char *person);

struct billing_members {
    struct billing_member *rows;
    size_t count;
};
/* Keeps; in the order of LAW D-27: by role as enum billing_role lists them, then by name; at most
 * LIMIT_PEOPLE. */
MUST_CHECK enum err billing_members_of(struct db *db, struct arena *arena,
                                       const char *billing_account,
                                       struct billing_members *members);
/* ERR_ABSENT when the person has no role there. */
MUST_CHECK enum err billing_role_of(struct db *db, const char *billing_account, const char *person,
                                    enum billing_role *role);

#endif
