/*
 * eligibility.h: may this person purchase with this Azure subscription, and if not, what is in the
 * way (LAW 2.4)?
 *
 * Pure: a judgement of stored facts. It is about purchasing: who may accept an offer is another
 * question (LAW 2.3).
 */
#ifndef CORE_ELIGIBILITY_H
#define CORE_ELIGIBILITY_H

#include "core/party.h"

/* In the order of the report. */
enum purchase_check {
    CHECK_PRIVATE_OFFERS, /* the billing account can take them at all */
    CHECK_ROLE,
    CHECK_POLICY,
    CHECK_PAYMENT,
    CHECK_TAGS,
    CHECK_GROUPS,
    CHECK_STORE,
    PURCHASE_CHECK_COUNT
};

/* Borrows. */
struct purchase_facts {
    const struct azure_subscription *subscription;
    const struct billing_account *account; /* the subscription's */
    enum azure_role role;                  /* of the person on the subscription */
    bool has_billing_role;
    enum billing_role billing_role; /* on the account, when there is one */
    const struct resource_group *groups;
    size_t group_count;
};

/* Words are sentences without their full stop. to_do says what to do and who can; it is "" of a
 * check that passed. */
struct purchase_finding {
    bool passed;
    const char *found;
    const char *to_do;
};

/* "Your role", "Payment instrument". */
const char *purchase_check_words(enum purchase_check check);

struct purchase_finding purchase_judge(const struct purchase_facts *facts,
                                       enum purchase_check check);

/* Does every check pass? */
bool purchase_possible(const struct purchase_facts *facts);

/* How many of the groups are open. */
size_t groups_unlocked(const struct resource_group *groups, size_t count);

#endif
