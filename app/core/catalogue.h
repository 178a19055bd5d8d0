/*
 * catalogue.h: products, plans and their price points: what may be sold and what may be combined
 * (LAW 3).
 *
 * Pure. Not here: what an offer makes of a price (core/pricing).
 */
#ifndef CORE_CATALOGUE_H
#define CORE_CATALOGUE_H

#include "base/limits.h"
#include "base/money.h"

enum product_type { PRODUCT_SAAS, PRODUCT_VM, PRODUCT_APP, PRODUCT_TYPE_COUNT };

/* All plans of a product share one (LAW 3.2). */
enum pricing_model {
    MODEL_FLAT_RATE,
    MODEL_PER_USER,
    MODEL_VM_FREE,
    MODEL_VM_BYOL,
    MODEL_VM_FLAT,
    MODEL_VM_CORE,
    MODEL_VM_SIZE,
    MODEL_APP,
    MODEL_COUNT
};

enum point_kind {
    POINT_TERM,  /* a payment of a billing term */
    POINT_USER,  /* the same, for each user */
    POINT_MONTH, /* a managed application's monthly fee */
    POINT_METER, /* a unit of a meter dimension */
    POINT_HOUR,  /* an hour of a virtual machine: the only one in hourly precision */
    POINT_KIND_COUNT
};

/* An amount with the precision of its kind (LAW 8.1). */
struct amount {
    bool per_hour;
    union {
        struct money money;
        struct hourly hourly;
    };
};

/* One price of a plan. id is unique in the plan and safe in form names: term-12, user-1, month,
 * meter-<dimension>, hour, hour-4. */
struct price_point {
    const char *id;
    enum point_kind kind;
    int term_months;
    int payment_months; /* months between payments; 0 = one payment for the whole term */
    const char *name;   /* of a meter dimension, else "" */
    int vcpu;           /* of an hour on a per vCPU size plan, else 0 */
    struct amount list;
};

struct plan {
    const char *product;
    const char *product_name;
    const char *publisher;
    enum product_type type;
    const char *id;
    const char *name;
    const char *description;
    enum pricing_model model;
    bool in_azure_marketplace; /* not an AppSource-only product */
    bool product_published;
    bool transactable;
    bool commitment_eligible; /* enrolled and co-sell eligible (LAW 10.4) */
    bool is_public;
    bool published;
    int trial_months;
    int min_users;
    int max_users; /* 0 = no limit */
    struct price_point *points;
    size_t point_count;
};

const char *product_type_text(enum product_type type);
MUST_CHECK enum err product_type_read(const char *text, enum product_type *type);
const char *model_text(enum pricing_model model);
MUST_CHECK enum err model_read(const char *text, enum pricing_model *model);
const char *point_kind_text(enum point_kind kind);
MUST_CHECK enum err point_kind_read(const char *text, enum point_kind *kind);

/* "SaaS", "Azure virtual machine", "Azure application". */
const char *product_type_words(enum product_type type);

/* Keeps: the plan as people name it, "Ledgerline, Pro". */
char *plan_words(struct arena *arena, const struct plan *plan);

/* May a private offer carry the plan: public, published, transactable, in Azure Marketplace, with a
 * price (LAW 3.1)? */
bool plan_selectable(const struct plan *plan);

/* Why an absolute price is refused for the plan, NULL when it is allowed (LAW 4.4): never a virtual
 * machine, never with a trial. */
const char *plan_absolute_refusal(const struct plan *plan);

/* Number of payments in the point's term; 1 for everything that is not a term. */
int point_payments(const struct price_point *point);

/* Keeps: what the price is for, e.g. "1-year, one payment upfront", "3-year, 3 annual payments",
 * "1-month, paid monthly, per user", "Monthly fee", "Meter: 100 emails", "Per vCPU and hour". */
char *point_words(struct arena *arena, const struct plan *plan, const struct price_point *point);

/* All keep; amounts in the point's own precision. */
char *amount_show(struct arena *arena, struct amount amount);
char *amount_plain(struct arena *arena, struct amount amount);
/* The bare integer: cents, or micro-dollars for an hour. */
int64_t amount_integer(struct amount amount);
struct amount amount_of(enum point_kind kind, int64_t integer);
bool amount_equal(struct amount a, struct amount b);

#endif
