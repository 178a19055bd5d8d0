/*
 * subscriptions.h: Azure subscriptions, the roles people have on them, and their resource groups
 * (LAW 2.3).
 *
 * Not here: what a role lets somebody do (core/party). A subscription is found only within an
 * organisation; what is asked by its id alone is of one that was found so.
 */
#ifndef STORE_SUBSCRIPTIONS_H
#define STORE_SUBSCRIPTIONS_H

#include "core/party.h"
#include "store/store.h"

/* organisation is ignored: it is the billing account's. ERR_INVALID when the id is taken. */
MUST_CHECK enum err azure_subscription_insert(struct db *db,
                                              const struct azure_subscription *subscription);
/* Keeps. ERR_ABSENT when the organisation has none of that id. */
MUST_CHECK enum err azure_subscription_find(struct db *db, struct arena *arena,
                                            const char *organisation, const char *id,
                                            struct azure_subscription *subscription);
/* The same of those that the billing account pays for. */
MUST_CHECK enum err azure_subscription_billed(struct db *db, struct arena *arena,
                                              const char *billing_account, const char *id,
                                              struct azure_subscription *subscription);
struct azure_subscriptions {
    struct azure_subscription *rows;
    size_t count;
};
/* Keep; by name, at most LIMIT_AZURE_SUBSCRIPTIONS. */
MUST_CHECK enum err azure_subscriptions_of(struct db *db, struct arena *arena,
                                           const char *organisation,
                                           struct azure_subscriptions *subscriptions);
MUST_CHECK enum err azure_subscriptions_billed(struct db *db, struct arena *arena,
                                               const char *billing_account,
                                               struct azure_subscriptions *subscriptions);
/* ERR_ABSENT when there is none, or it is so already. */
MUST_CHECK enum err azure_subscription_set_tags(struct db *db, const char *id, bool tags_required);

/* Gives a person a role on a subscription; replaces the one they had. */
MUST_CHECK enum err azure_member_set(struct db *db, const char *subscription, const char *person,
                                     enum azure_role role);
/* Takes it away. ERR_ABSENT when the person has none there. */
MUST_CHECK enum err azure_member_remove(struct db *db, const char *subscription,
                                        const char *person);
/* ERR_ABSENT when the person has no role there. */
MUST_CHECK enum err azure_role_of(struct db *db, const char *subscription, const char *person,
                                  enum azure_role *role);
struct azure_members {
    struct azure_member *rows;
    size_t count;
};
/* Keeps; by role as enum azure_role lists them, then by name; at most LIMIT_PEOPLE. */
MUST_CHECK enum err azure_members_of(struct db *db, struct arena *arena, const char *subscription,
                                     struct azure_members *members);

/* An unlocked group. ERR_INVALID when the name is taken, whatever its case. */
MUST_CHECK enum err resource_group_insert(struct db *db, struct arena *arena,
                                          const char *subscription, const char *name);
/* ERR_ABSENT when there is none, or it is so already. */
MUST_CHECK enum err resource_group_lock(struct db *db, struct arena *arena,
                                        const char *subscription, const char *name, bool locked);
struct resource_groups {
    struct resource_group *rows;
    size_t count;
};
/* Keeps; by name, at most LIMIT_RESOURCE_GROUPS. */
MUST_CHECK enum err resource_groups_of(struct db *db, struct arena *arena, const char *subscription,
                                       struct resource_groups *groups);

#endif
