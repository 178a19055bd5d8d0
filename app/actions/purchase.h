/*
 * purchase.h: what customers, ISVs and the operator do with purchases (LAW 10.3, 11).
 *
 * All but the quote run inside the caller's write. Common outcomes: ERR_ABSENT none for you,
 * ERR_CLOSED its state does not allow it, ERR_DENIED not by you, ERR_INVALID problems were added.
 */
#ifndef ACTIONS_PURCHASE_H
#define ACTIONS_PURCHASE_H

#include "actions/purchase_price.h"
#include "store/purchases.h"
#include "store/subscriptions.h"

/* What somebody wants to buy: a row of an accepted offer of their own, or a public plan. */
struct purchase_target {
    const char *offer; /* "" = a public plan */
    int row;
    const char *product; /* of a public plan */
    const char *plan;    /* the same; and in a row of a whole product, which plan: "" = the first */
};

/* A subscription to buy with, and why this person cannot use it. */
struct purchase_payer {
    struct azure_subscription subscription;
    struct billing_account account;
    struct resource_groups groups;
    const char *refusal; /* NULL when it can be used */
};

/* What is asked before buying: everything the purchase page shows. */
struct purchase_quote {
    struct purchase_target target; /* with product and plan filled in */
    enum purchase_kind kind;
    struct offer offer; /* as the customer sees it; id "" for none */
    const struct offer_row *row;
    struct price_answer answer; /* for the chosen payer */
    const struct purchase_payer *payers;
    size_t payer_count;
    size_t chosen;      /* index of the payer; payer_count when there is none */
    const char *digest; /* of the prices and terms shown */
};
/* Keeps. subscription is the id of the payer to quote for; "" chooses one: the first that can be
 * used and is of the offer's billing account, else the first that can be used. Reads only.
 * ERR_ABSENT when the person may not see the target, ERR_CLOSED when its offer is not accepted. */
MUST_CHECK enum err purchase_quote(const struct act *act, const struct purchase_target *target,
                                   const char *subscription, struct purchase_quote *quote);

/* The names of the purchase form's answers: subscription, resource_group, name, term (the id of a
 * price point), users, vcpu, recurring ("1"), tags, order_reference, digest. */
#define ANSWER_SUBSCRIPTION "subscription"
#define ANSWER_RESOURCE_GROUP "resource_group"
#define ANSWER_PURCHASE_NAME "name"
#define ANSWER_TERM "term"
#define ANSWER_USERS "users"
#define ANSWER_VCPU "vcpu"
#define ANSWER_RECURRING "recurring"
#define ANSWER_TAGS "tags"
#define ANSWER_ORDER "order_reference"
#define ANSWER_DIGEST "digest"

/* Buys at the price that was shown: ERR_STALE when digest is not the one of today's quote for the
 * chosen subscription (nothing is bought; the page says what changed, such as that list price
 * applies). ERR_INVALID with problems at the answers' names. Keeps the new purchase's id. */
MUST_CHECK enum err action_purchase_buy(const struct act *act, const struct purchase_target *target,
                                        const struct answers *answers, struct problems *problems,
                                        const char **id);

/* May the acting person change the purchase: a customer with a role that could buy it, people of
 * the ISV who work on the catalogue, the operator? Others of theirs read it only. */
MUST_CHECK enum err purchase_managed(const struct act *act, const struct purchase *purchase,
                                     bool *may);

/* The event that the acting person causes now. */
struct purchase_event purchase_event_of(const struct act *act, enum purchase_event_kind kind,
                                        const char *note);

/* A typed number of users within the purchase's limits; a problem at ANSWER_USERS otherwise. */
MUST_CHECK enum err purchase_users_read(const struct purchase *purchase, const char *typed,
                                        struct problems *problems, int64_t *users);

/* Keeps the token of a configuration page that is opened now: good for 24 hours. */
MUST_CHECK enum err purchase_landing_token(const struct act *act, const char *id,
                                           const char **token);
/* contact is the address the ISV writes to. A token that is not the purchase's, or is older than 24
 * hours, is a problem at "token". */
MUST_CHECK enum err action_purchase_configure(const struct act *act, const char *id,
                                              const char *token, const char *contact,
                                              struct problems *problems);
/* The ISV: billing and the term start, and the first payment is charged (LAW 11). */
MUST_CHECK enum err action_purchase_activate(const struct act *act, const char *id);

/* The customer, or the ISV of a subscription. Within 72 hours with all payments given back (D-31).
 * Why not is a problem at "cancel". */
MUST_CHECK enum err action_purchase_cancel(const struct act *act, const char *id,
                                           struct problems *problems);
MUST_CHECK enum err action_purchase_recur(const struct act *act, const char *id, bool recurring);
/* More users are charged for the days left, fewer count from the next payment (D-30). users is as
 * typed; problems at ANSWER_USERS. */
MUST_CHECK enum err action_purchase_users(const struct act *act, const char *id, const char *users,
                                          struct problems *problems);
/* Another plan of the product with the same term and payment option, at list price alone: the days
 * left of the old one are given back, those of the new one charged. Problems at "plan". */
MUST_CHECK enum err action_purchase_plan(const struct act *act, const char *id, const char *plan,
                                         struct problems *problems);
/* Keeps the plans it can be changed to; none where it was bought at a private price. Reads only. */
struct purchase_plans {
    struct plan *rows;
    size_t count;
};
MUST_CHECK enum err purchase_plans_of(const struct act *act, const struct purchase *purchase,
                                      struct purchase_plans *plans);

/* The operator: a payment of it failed, or came in. */
MUST_CHECK enum err action_purchase_payment(const struct act *act, const char *id, bool received);

#endif
