/*
 * demo_parts.h: what the files of the demo market share: its people, its offers as tables, and the
 * steps of filling a store.
 *
 * Not for anybody else: jobs/demo.h is the way in. Invariant: the tables hold no date, only days
 * and months counted from the market's day.
 */
#ifndef JOBS_DEMO_PARTS_H
#define JOBS_DEMO_PARTS_H

#include "core/offer.h"
#include "store/people.h"
#include "store/settings.h"

/* The accounts that offers are made between. */
#define DEMO_BRIGHTWATER "90417001"
#define DEMO_TERN "90417010"
#define DEMO_HALDEN "90417726"
#define DEMO_KESTREL "90417727"
#define DEMO_ORCHID_ACCOUNT \
    "7c92bb3e-51d0-4c6e-93d5-0a1f6e2c77b4:2f0d3a5e-8b1c-4f6d-9a27-5c3e1b7d9f40_2019-05-31"
#define DEMO_LARKSPUR_ACCOUNT "7123456"
#define DEMO_JUNIPER_ACCOUNT "5e0c41a9-72d4-4f3b-9c86-1d2a7be40f35"

#define DEMO_MAIL_DOMAIN "@demo.example"

/* Everybody who signs in; account_name is set, password is "". */
extern const struct person demo_people[];
extern const size_t demo_person_count;

/* The person who signs in as <sign_in>@demo.example; asserts that there is one. */
const struct person *demo_person(const char *sign_in);

/* Publishers with certificates, organisations with billing accounts, people with their roles,
 * subscriptions and the commitment. hashes holds one for each of demo_people. */
MUST_CHECK enum err demo_accounts_insert(struct db *db, struct arena *arena, struct day today,
                                         const char *const *hashes);

/* Where plans can be sold, at rates of the first of the month. */
MUST_CHECK enum err demo_markets_insert(struct db *db, struct arena *arena, struct day today);

MUST_CHECK enum err demo_catalogue_insert(struct db *db, struct arena *arena);

/* One thing somebody does with an offer. */
enum demo_verb {
    DEMO_NOTHING, /* ends a list of steps */
    DEMO_CREATE,
    DEMO_FILL, /* adds the products, configures own prices, saves the form */
    DEMO_CHANGE,
    DEMO_DELETE,
    DEMO_SUBMIT,
    DEMO_WITHDRAW,
    DEMO_PRICE,
    DEMO_EXTEND,
    DEMO_TAKE_BACK,
    DEMO_ACCEPT,
    DEMO_VERB_COUNT
};

struct demo_step {
    int day; /* counted from the market's: negative, so that it lies in the past at any hour */
    enum demo_verb verb;
    const char *who; /* signs in so */
    int held_days;   /* of a submit: stays In Progress so long; 0 = published within a minute */
};

/* Something typed into a form; name NULL ends a list. */
struct demo_typed {
    const char *name;
    const char *value;
};

#define DEMO_PRICES_MAX 3
#define DEMO_CELLS_MAX 8
#define DEMO_ROWS_MAX 3
#define DEMO_STEPS_MAX 12

/* Something typed into the form of one row: field-<row>-<rest>, field-<row> when rest is NULL. */
struct demo_cell {
    const char *field;
    const char *rest;
    const char *value;
};

/* A product of an offer: by discount, or, when that is NULL, by a price for each price point; by
 * neither when it is unfinished. plan is "" for all of the product; in option B it is the template
 * of new_plan. */
struct demo_row {
    const char *product;
    const char *plan;
    const char *discount;
    struct demo_typed prices[DEMO_PRICES_MAX]; /* price point and amount */
    const char *adjustment;
    const char *new_plan;
    const char *new_plan_description;
    struct demo_cell cells[DEMO_CELLS_MAX];
};

/* An offer: what its parties type, and what they do on which day. What is NULL or 0 is not typed.
 */
struct demo_offer {
    const char *name;
    enum offer_type type;
    const char *account;
    const char *label;
    const char *description;
    const char *partner;
    int start_month;   /* months from the market's; 0 = when accepted */
    int end_month;     /* months from the market's */
    int accept_by_day; /* days from the market's */
    const char *contacts;
    const char *note;
    struct demo_row rows[DEMO_ROWS_MAX];
    const char *prepared_by;
    const char *partner_contacts;
    const char *partner_note;
    struct demo_typed change;               /* what DEMO_CHANGE types over it */
    struct demo_step steps[DEMO_STEPS_MAX]; /* in order of days */
};

extern const struct demo_offer demo_offers[];
extern const size_t demo_offer_count;

/* Ids of what was made so far, by the place in its table. */
#define DEMO_ID_BYTES 37
#define DEMO_PURCHASES_MAX 8
struct demo_bought {
    char ids[DEMO_PURCHASES_MAX][DEMO_ID_BYTES];
};

/* The id of the offer of that name. */
typedef const char *demo_offer_id(const void *context, const char *name);

struct act;
/* Plays what happens to purchases on that day. at tells the time, and acts as nobody yet. */
MUST_CHECK enum err demo_purchases_play(const struct act *at, int day, demo_offer_id *offer_id,
                                        const void *context, struct demo_bought *bought);

/* Plays every step of every offer and purchase, day by day. now is the market's time; dice answers
 * with what people may find repeated, world with what must stay unguessable. */
MUST_CHECK enum err demo_offers_play(struct db *db, int64_t now, const struct settings *settings,
                                     const struct world *dice, const struct world *world);

#endif
