/*
 * subscriptions.c: the tables azure_subscription, azure_member and resource_group.
 */
#include "store/subscriptions.h"

#include "base/text.h"
#include "store/families.h"

enum {
    SUBSCRIPTION_INSERT,
    SUBSCRIPTION_FIND,
    SUBSCRIPTION_BILLED,
    SUBSCRIPTIONS_OF,
    SUBSCRIPTIONS_BILLED,
    SUBSCRIPTION_SET_TAGS,
    MEMBER_SET,
    MEMBER_REMOVE,
    ROLE_OF,
    MEMBERS_OF,
    GROUP_INSERT,
    GROUP_LOCK,
    GROUPS_OF,
};

#define SUBSCRIPTION_COLUMNS                                             \
    "SELECT azure_subscription.id, azure_subscription.name,"             \
    " billing_account.organisation, azure_subscription.billing_account," \
    " azure_subscription.tag_policy FROM billing_account"                \
    " JOIN azure_subscription ON azure_subscription.billing_account = billing_account.id"
#define SUBSCRIPTION_ORDER " ORDER BY azure_subscription.name, azure_subscription.id LIMIT $2"

static const struct statement statements[] = {
    [SUBSCRIPTION_INSERT] = {"INSERT INTO azure_subscription (id, name, billing_account,"
                             " tag_policy) VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO NOTHING",
                             "tttt", "", true},
    [SUBSCRIPTION_FIND] = {SUBSCRIPTION_COLUMNS " WHERE azure_subscription.id = $1"
                                                " AND billing_account.organisation = $2",
                           "tt", "ttttt", false},
    [SUBSCRIPTION_BILLED] = {SUBSCRIPTION_COLUMNS " WHERE azure_subscription.id = $1"
                                                  " AND billing_account.id = $2",
                             "tt", "ttttt", false},
    [SUBSCRIPTIONS_OF] = {SUBSCRIPTION_COLUMNS
                          " WHERE billing_account.organisation = $1" SUBSCRIPTION_ORDER,
                          "ti", "ttttt", false},
    [SUBSCRIPTIONS_BILLED] = {SUBSCRIPTION_COLUMNS
                              " WHERE billing_account.id = $1" SUBSCRIPTION_ORDER,
                              "ti", "ttttt", false},
    [SUBSCRIPTION_SET_TAGS] = {"UPDATE azure_subscription SET tag_policy = $2"
                               " WHERE id = $1 AND tag_policy <> $2",
                               "tt", "", true},
    [MEMBER_SET] = {"INSERT INTO azure_member (subscription, person, role) VALUES ($1, $2, $3)"
                    " ON CONFLICT (subscription, person) DO UPDATE SET role = $3",
                    "ttt", "", true},
    [MEMBER_REMOVE] = {"DELETE FROM azure_member WHERE subscription = $1 AND person = $2", "tt", "",
                       true},
    [ROLE_OF] = {"SELECT role FROM azure_member WHERE subscription = $1 AND person = $2", "tt", "t",
                 false},
    /* the order of enum azure_role */
    [MEMBERS_OF] = {"SELECT person.id, person.name, azure_member.role"
                    " FROM azure_member JOIN person ON person.id = azure_member.person"
                    " WHERE azure_member.subscription = $1 AND person.active = 1"
                    " ORDER BY CASE azure_member.role WHEN 'owner' THEN 0 WHEN 'contributor' THEN 1"
                    " WHEN 'reservation_purchaser' THEN 2 ELSE 3 END, person.name, person.id"
                    " LIMIT $2",
                    "ti", "ttt", false},
    [GROUP_INSERT] = {"INSERT INTO resource_group (subscription, name, name_fold, locked)"
                      " VALUES ($1, $2, $3, 0) ON CONFLICT (subscription, name_fold) DO NOTHING",
                      "ttt", "", true},
    [GROUP_LOCK] = {"UPDATE resource_group SET locked = $3"
                    " WHERE subscription = $1 AND name_fold = $2 AND locked <> $3",
                    "tti", "", true},
    [GROUPS_OF] = {"SELECT name, locked FROM resource_group WHERE subscription = $1"
                   " ORDER BY name_fold LIMIT $2",
                   "ti", "ti", false},
};

const struct family store_subscriptions_family = {"subscriptions", statements, COUNT(statements),
                                                  FAMILY_SUBSCRIPTIONS};

static enum err
subscriptions_run(struct db *db, unsigned statement, const struct value *values, size_t count,
                  const struct row_reader *reader)
{
    return db_run(db, &store_subscriptions_family, statement, values, count, reader, NULL);
}

/* Runs a statement that changes one row, or none when the condition it waits for fails. */
static enum err
subscriptions_change(struct db *db, unsigned statement, const struct value *values, size_t count,
                     enum err none)
{
    int64_t changed = 0;

    TRY(db_run(db, &store_subscriptions_family, statement, values, count, NULL, &changed));
    return changed == 1 ? OK : none;
}

/* Rows of one type being collected: at most capacity, as many as the statement's LIMIT. */
struct collection {
    struct arena *arena;
    void *rows;
    size_t count;
    size_t capacity;
};

/* Subscriptions. */

static const char *const tag_policies[] = {"none", "required"};

enum err
azure_subscription_insert(struct db *db, const struct azure_subscription *subscription)
{
    return subscriptions_change(db, SUBSCRIPTION_INSERT,
                                VALUES(text(subscription->id), text(subscription->name),
                                       text(subscription->billing_account),
                                       text(tag_policies[subscription->tags_required])),
                                ERR_INVALID);
}

static enum err
subscription_take(void *context, const struct column *columns)
{
    struct collection *collection = context;
    int tag_policy = text_find(tag_policies, COUNT(tag_policies), columns[4].text);

    if (tag_policy < 0)
        return ERR_BROKEN;
    assert(collection->count < collection->capacity);
    ((struct azure_subscription *)collection->rows)[collection->count++] =
        (struct azure_subscription){
            .id = arena_text(collection->arena, columns[0].text),
            .name = arena_text(collection->arena, columns[1].text),
            .organisation = arena_text(collection->arena, columns[2].text),
            .billing_account = arena_text(collection->arena, columns[3].text),
            .tags_required = tag_policy == 1,
        };
    return OK;
}

static enum err
subscription_find_in(struct db *db, struct arena *arena, unsigned statement, const char *owner,
                     const char *id, struct azure_subscription *subscription)
{
    struct collection collection = {arena, subscription, 0, 1};
    struct row_reader reader = {&collection, subscription_take};

    TRY(subscriptions_run(db, statement, VALUES(text(id), text(owner)), &reader));
    return collection.count == 1 ? OK : ERR_ABSENT;
}

enum err
azure_subscription_find(struct db *db, struct arena *arena, const char *organisation,
                        const char *id, struct azure_subscription *subscription)
{
    return subscription_find_in(db, arena, SUBSCRIPTION_FIND, organisation, id, subscription);
}

enum err
azure_subscription_billed(struct db *db, struct arena *arena, const char *billing_account,
                          const char *id, struct azure_subscription *subscription)
{
    return subscription_find_in(db, arena, SUBSCRIPTION_BILLED, billing_account, id, subscription);
}

static enum err
subscriptions_list(struct db *db, struct arena *arena, unsigned statement, const char *of,
                   struct azure_subscriptions *subscriptions)
{
    struct azure_subscription *rows =
        arena_array(arena, struct azure_subscription, LIMIT_AZURE_SUBSCRIPTIONS);
    struct collection collection = {arena, rows, 0, LIMIT_AZURE_SUBSCRIPTIONS};
    struct row_reader reader = {&collection, subscription_take};

    TRY(subscriptions_run(db, statement, VALUES(text(of), integer(LIMIT_AZURE_SUBSCRIPTIONS)),
                          &reader));
    *subscriptions = (struct azure_subscriptions){rows, collection.count};
    return OK;
}

enum err
azure_subscriptions_of(struct db *db, struct arena *arena, const char *organisation,
                       struct azure_subscriptions *subscriptions)
{
    return subscriptions_list(db, arena, SUBSCRIPTIONS_OF, organisation, subscriptions);
}

enum err
azure_subscriptions_billed(struct db *db, struct arena *arena, const char *billing_account,
                           struct azure_subscriptions *subscriptions)
{
    return subscriptions_list(db, arena, SUBSCRIPTIONS_BILLED, billing_account, subscriptions);
}

enum err
azure_subscription_set_tags(struct db *db, const char *id, bool tags_required)
{
    return subscriptions_change(db, SUBSCRIPTION_SET_TAGS,
                                VALUES(text(id), text(tag_policies[tags_required])), ERR_ABSENT);
}

/* Members. */

enum err
azure_member_set(struct db *db, const char *subscription, const char *person, enum azure_role role)
{
    return subscriptions_run(db, MEMBER_SET,
                             VALUES(text(subscription), text(person), text(azure_role_text(role))),
                             NULL);
}

enum err
azure_member_remove(struct db *db, const char *subscription, const char *person)
{
    return subscriptions_change(db, MEMBER_REMOVE, VALUES(text(subscription), text(person)),
                                ERR_ABSENT);
}

static enum err
role_take(void *context, const struct column *columns)
{
    struct collection *collection = context;

    collection->count++;
    return azure_role_read(columns[0].text, collection->rows);
}

enum err
azure_role_of(struct db *db, const char *subscription, const char *person, enum azure_role *role)
{
    enum azure_role found = AZURE_READER;
    struct collection collection = {NULL, &found, 0, 1};
    struct row_reader reader = {&collection, role_take};

    TRY(subscriptions_run(db, ROLE_OF, VALUES(text(subscription), text(person)), &reader));
    if (collection.count == 0)
        return ERR_ABSENT;
    *role = found;
    return OK;
}

static enum err
member_take(void *context, const struct column *columns)
{
    struct collection *collection = context;
    struct azure_member member = {
        .person = arena_text(collection->arena, columns[0].text),
        .name = arena_text(collection->arena, columns[1].text),
    };

    TRY(azure_role_read(columns[2].text, &member.role));
    assert(collection->count < collection->capacity);
    ((struct azure_member *)collection->rows)[collection->count++] = member;
    return OK;
}

enum err
azure_members_of(struct db *db, struct arena *arena, const char *subscription,
                 struct azure_members *members)
{
    struct azure_member *rows = arena_array(arena, struct azure_member, LIMIT_PEOPLE);
    struct collection collection = {arena, rows, 0, LIMIT_PEOPLE};
    struct row_reader reader = {&collection, member_take};

    TRY(subscriptions_run(db, MEMBERS_OF, VALUES(text(subscription), integer(LIMIT_PEOPLE)),
                          &reader));
    *members = (struct azure_members){rows, collection.count};
    return OK;
}

/* Resource groups. */

enum err
resource_group_insert(struct db *db, struct arena *arena, const char *subscription,
                      const char *name)
{
    return subscriptions_change(
        db, GROUP_INSERT, VALUES(text(subscription), text(name), text(text_fold(arena, name))),
        ERR_INVALID);
}

enum err
resource_group_lock(struct db *db, struct arena *arena, const char *subscription, const char *name,
                    bool locked)
{
    return subscriptions_change(
        db, GROUP_LOCK, VALUES(text(subscription), text(text_fold(arena, name)), integer(locked)),
        ERR_ABSENT);
}

static enum err
group_take(void *context, const struct column *columns)
{
    struct collection *collection = context;

    if (columns[1].integer != 0 && columns[1].integer != 1)
        return ERR_BROKEN;
    assert(collection->count < collection->capacity);
    ((struct resource_group *)collection->rows)[collection->count++] = (struct resource_group){
        .name = arena_text(collection->arena, columns[0].text),
        .locked = columns[1].integer == 1,
    };
    return OK;
}

enum err
resource_groups_of(struct db *db, struct arena *arena, const char *subscription,
                   struct resource_groups *groups)
{
    struct resource_group *rows = arena_array(arena, struct resource_group, LIMIT_RESOURCE_GROUPS);
    struct collection collection = {arena, rows, 0, LIMIT_RESOURCE_GROUPS};
    struct row_reader reader = {&collection, group_take};

    TRY(subscriptions_run(db, GROUPS_OF, VALUES(text(subscription), integer(LIMIT_RESOURCE_GROUPS)),
                          &reader));
    *groups = (struct resource_groups){rows, collection.count};
    return OK;
}
