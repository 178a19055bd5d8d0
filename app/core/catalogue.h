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
#include "base/when.h"

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
    MODEL_VM_MARKET, /* per market and vCPU size */
    MODEL_APP,
    MODEL_COUNT
};

enum point_kind {
    POINT_TERM,        /* a payment of a billing term */
    POINT_USER,        /* the same, for each user */
    POINT_MONTH,       /* a managed application's monthly fee */
    POINT_METER,       /* a unit of a meter dimension */
    POINT_HOUR,        /* an hour of a virtual machine: the only one in hourly precision */
    POINT_RESERVATION, /* a payment of one reservation of a term; of offer rows only (option C) */
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

struct product {
    const char *id;
    const char *publisher;
    const char *name;
    enum product_type type;
    bool in_azure_marketplace; /* else sold in AppSource only */
    bool published;
    bool transactable;
    bool macc_enrolled;
    bool cosell_eligible;
};

/* The market every customer is in, and the only one offers sell to (LAW 2.3). */
#define MARKET_US "US"

/* One price of a plan. id is unique in the plan and safe in form names: term-12, user-1, month,
 * meter-<dimension>, hour, hour-4; of other markets with the market: hour-4-CA. Prices that an
 * offer row has of its own (options B and C) are points too: reserve-0, reserve-4. */
struct price_point {
    const char *id;
    enum point_kind kind;
    int term_months;
    int payment_months; /* months between payments; 0 = one payment for the whole term */
    const char *name;   /* of a meter dimension, else "" */
    const char *unit;   /* of measure of a meter, "" elsewhere */
    int vcpu;           /* of an hour on a per vCPU size plan, or of a reservation; else 0 */
    const char *market; /* of an hour on a per market plan, else MARKET_US */
    bool disabled; /* only of a meter: not sold for now; read for the catalogue's pages alone */
    bool unlisted; /* only of a row's own points: the plan has no such price, list means nothing */
    struct amount list;
};

/* What a payment of the term includes of a meter before overage (LAW 8.5). */
struct included {
    const char *meter; /* id of its price point */
    int term_months;
    bool unlimited;
    int64_t quantity;
};

/* The durations a VM reservation can have (LAW 3.2). */
enum reservation { RESERVATION_1_YEAR, RESERVATION_3_YEARS, RESERVATION_COUNT };
int reservation_months(enum reservation reservation);

struct reservation_term {
    bool sold;
    struct rate saving; /* off the hourly price over the whole term */
};

struct plan {
    const char *product;
    const char *product_name;
    const char *publisher;
    enum product_type type;
    const char *id;
    const char *name;
    const char *description;
    const char *summary; /* not of SaaS */
    const char *markets; /* two-letter codes, sorted, one space between; holds MARKET_US */
    enum pricing_model model;
    bool in_azure_marketplace; /* not an AppSource-only product */
    bool product_published;
    bool transactable;
    bool commitment_eligible; /* enrolled and co-sell eligible (LAW 10.4) */
    bool is_public;
    bool published;
    bool was_published; /* at any time: its prices need notice, its id and model stay (LAW 3.2) */
    int trial_months;
    int min_users;
    int max_users; /* 0 = no limit */
    struct reservation_term reservations[RESERVATION_COUNT];
    struct price_point *points; /* what MARKET_US pays, as of the day it was read for */
    size_t point_count;
    struct included *included;
    size_t included_count;
};

/* The billing terms and payment options of SaaS, nine rows (LAW 3.2). */
struct term_option {
    int term_months;
    int payment_months;
};
extern const struct term_option term_options[];
extern const size_t term_option_count;
bool term_option_valid(int term_months, int payment_months);
/* The four terms: 1, 12, 24, 36 months. */
extern const int billing_terms[LIMIT_TERMS];
/* The vCPU sizes, ascending (LAW 3.2). */
extern const int vcpu_sizes[LIMIT_VCPU_SIZES];
bool vcpu_size_valid(int vcpu);

const char *product_type_text(enum product_type type);
MUST_CHECK enum err product_type_read(const char *text, enum product_type *type);
const char *model_text(enum pricing_model model);
MUST_CHECK enum err model_read(const char *text, enum pricing_model *model);
const char *point_kind_text(enum point_kind kind);
MUST_CHECK enum err point_kind_read(const char *text, enum point_kind *kind);

/* "SaaS", "Azure virtual machine", "Azure application". */
const char *product_type_words(enum product_type type);

/* Which pricing models a product of the type may have. */
bool model_fits(enum product_type type, enum pricing_model model);
/* Free and bring-your-own-licence plans have no price to make private (LAW 3.1). */
bool model_priced(enum pricing_model model);
/* "Flat rate", "Per user", "Bring your own licence". */
const char *model_words(enum pricing_model model);

/* 1 to LIMIT_PLAN_ID lower case letters, digits, dashes and underscores: ids of products, plans and
 * meter dimensions. */
bool catalogue_id_valid(const char *id);

/* Is the code one of a plan's list of markets? */
bool markets_hold(const char *markets, const char *code);

/* Keeps the id of a price, as above; dimension is a meter's, NULL elsewhere. */
char *point_id(struct arena *arena, enum point_kind kind, int term_months, int vcpu,
               const char *market, const char *dimension);
#define POINT_METER_PREFIX "meter-"

/* Keeps: the plan as people name it, "Ledgerline, Pro". */
char *plan_words(struct arena *arena, const struct plan *plan);

/* May a private offer carry the plan: public, published, transactable, in Azure Marketplace, with a
 * price (LAW 3.1)? */
bool plan_selectable(const struct plan *plan);

/* Why an absolute price is refused for the plan, NULL when it is allowed (LAW 4.4): never a virtual
 * machine, never with a trial. */
const char *plan_absolute_refusal(const struct plan *plan);

/* Why a plan cannot be the template of a new plan (option B), or be reserved (option C): NULL when
 * it can (LAW 4.4). The plan is selectable. */
const char *plan_template_refusal(const struct plan *plan);
const char *plan_reservation_refusal(const struct plan *plan);

/* Does the plan price by vCPU, so that a reservation names a size? */
bool plan_has_sizes(const struct plan *plan);

/* What an hour of a machine of that size costs on the plan, in MARKET_US; on a plan per vCPU every
 * size has the price of one vCPU. NULL when it has no such size. Borrows. */
const struct price_point *plan_hour_point(const struct plan *plan, int vcpu);

/* Is there a reservation of that many months on the plan, and a price for that vCPU size (0 on a
 * flat rate)? */
bool plan_reserves(const struct plan *plan, int term_months);
bool plan_prices_size(const struct plan *plan, int vcpu);

/* The list price of one payment of one reservation (LAW 3.2): hourly price x 8,760 x years x
 * (1 - saving), half up; a monthly payment is that divided by the months, half up. vcpu is 0 on a
 * flat rate. ERR_ABSENT when the plan does not sell it, ERR_INVALID when it passes 999,999,999.99.
 */
MUST_CHECK enum err plan_reservation_list(const struct plan *plan, int term_months,
                                          int payment_months, int vcpu, struct money *list);

/* The price of that id, NULL when the plan has none. Borrows. */
const struct price_point *plan_point(const struct plan *plan, const char *id);

/* An application's fee is paid each month: what it includes is a month's (LAW 3.2). */
#define APP_TERM 1

/* Does the plan sell that term, so that something can be included in it? */
bool plan_sells_term(const struct plan *plan, int term_months);

/* What the term includes of the meter, NULL when nothing is said. */
const struct included *included_find(const struct included *list, size_t count, const char *meter,
                                     int term_months);

/* "1-month", "3-year". Keeps. */
char *term_words(struct arena *arena, int months);

/* Number of payments in the point's term; 1 for everything that is not a term. */
int point_payments(const struct price_point *point);

/* Keeps: what the price is for, e.g. "1-year, one payment upfront", "3-year, 3 annual payments",
 * "1-month, paid monthly, per user", "Monthly fee", "Meter: 100 emails", "Per vCPU and hour". */
char *point_words(struct arena *arena, const struct plan *plan, const struct price_point *point);

/* All keep; amounts in the point's own precision. */
char *amount_show(struct arena *arena, struct amount amount);
char *amount_plain(struct arena *arena, struct amount amount);
/* Reads what was typed of a price of that kind; ERR_INVALID. */
MUST_CHECK enum err amount_parse(enum point_kind kind, const char *typed, struct amount *amount);
/* The bare integer: cents, or micro-dollars for an hour. */
int64_t amount_integer(struct amount amount);
struct amount amount_of(enum point_kind kind, int64_t integer);
bool amount_equal(struct amount a, struct amount b);

#endif
