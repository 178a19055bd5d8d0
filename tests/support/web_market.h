/*
 * web_market.h: the market of deal_market.h behind serve(): people with sessions, requests made by
 * hand, answers kept.
 *
 * Not here: a socket, nginx, a browser. Every helper fails the test at hand when the store refuses.
 */
#ifndef SUPPORT_WEB_MARKET_H
#define SUPPORT_WEB_MARKET_H

#include "pages/serve.h"
#include "store/catalogue_edit.h"
#include "support/deal_market.h"

#define WEB_HOST "tripact.test"
#define WEB_ADDRESS "http://" WEB_HOST
/* A product of the ISV that no offer can carry, and its plan. */
#define WEB_SHELF "shelf"
#define WEB_SHELF_PLAN "basic"
/* What is scheduled there. */
extern const struct price_change web_shelf_change;
#define WEB_PASSWORD "web-market-2026"
/* The token of a hand-over link of DEAL_ACCOUNT, made by its owner, and the BLAKE2b of it. */
#define WEB_HANDOVER "handover-0123456789_abcdefghijABCDEFGHIJklm"
#define WEB_HANDOVER_KEY "d5c77201908b1c63139af84b8bf70d71379b786c31ec3282062d7ec196e4621d"

/* The answers that a form of a new offer gives besides its name, by option. */
#define WEB_OPTION_A "pricing", "editExistingOfferPricingOnly"
#define WEB_OPTION_B "pricing", "saasNewCustomizedPlans"
#define WEB_OPTION_C "pricing", "vmSoftwareReservations"

/* Everybody who asks. The first is nobody: a visit, no session. */
enum web_person {
    WEB_OUT,
    WEB_ISV, /* account owner of DEAL_ISV */
    WEB_ISV_DEVELOPER,
    WEB_ISV_MARKETER,
    WEB_OTHER_ISV,
    WEB_PARTNER, /* manager of DEAL_PARTNER */
    WEB_PARTNER_MARKETER,
    WEB_OTHER_PARTNER,
    WEB_OWNER, /* of DEAL_ACCOUNT */
    WEB_CONTRIBUTOR,
    WEB_READER,
    WEB_STRANGER, /* of another organisation */
    WEB_OPERATOR,
    WEB_PERSON_COUNT
};

/* What the customer has bought (web_purchases.h). */
enum web_bought {
    WEB_BOUGHT_PENDING, /* Suite, Pro, not configured: through row 1 of the offer, else public */
    WEB_BOUGHT_USERS,   /* Seats, Team, 10 users, Subscribed */
    WEB_BOUGHT_LISTED,  /* Suite, Pro, Subscribed; at list price without an accepted offer */
    WEB_BOUGHT_COUNT
};

struct web_market {
    struct deal_market deal;
    struct service service;
    struct worker *worker;
    bool crowded;        /* there is no leisure for slow requests */
    struct arena *arena; /* of everything the helpers keep */
    struct reply reply;
    const char *sessions[WEB_PERSON_COUNT]; /* cookies; of WEB_OUT its visit's */
    unsigned once;                          /* one-time keys given out */
    const char *purchase;                   /* that rows of purchases name; NULL = none yet */
    const char *publication;                /* the same of an offer in progress */
    const char *request;                    /* that rows of support name; NULL = none yet */
};

/* driver NULL: SQLite. */
void web_market_open(struct web_market *market, const struct driver *driver);
void web_market_close(struct web_market *market);

/* "isv owner" and so on, for messages and the golden file. */
const char *web_person_name(enum web_person person);
/* The id of the person's row; "" for nobody. */
const char *web_person_id(enum web_person person);

/* Signs the person in anew: after an hour of real time, or after signing out. */
void web_sign_in(struct web_market *market, enum web_person person);

/* Changes a setting, as the operator would. */
void web_setting(struct web_market *market, const char *name, const char *value);
/* Moves the market's date, and only that: sessions keep real time. */
void web_today(struct web_market *market, int year, int month, int dom);

/* One request, as nginx would hand it over. NULL texts are not sent. */
struct web_request {
    const char *method;
    const char *target; /* path and query */
    const char *cookies;
    const char *origin;
    const char *fetch_site;
    const char *type;
    const char *body;
    size_t body_size;   /* of one that holds NULs; 0: to its NUL */
    const char *length; /* CONTENT_LENGTH when it is not the body's */
    const char *address;
};

/* Everything is kept until the market closes. */
struct web_answer {
    int status;
    const char *head; /* the CGI header block, whole */
    const char *body;
    size_t body_length;
    const char *location; /* "" when none */
    const char *allow;
    const char *cookies[4];
    size_t cookie_count;
    int retry_after_s;
};

struct web_answer web_send(struct web_market *market, const struct web_request *request);
/* GET, signed in as that person. */
struct web_answer web_get(struct web_market *market, enum web_person person, const char *target);

/* A form in the making: pairs in order. */
struct web_form {
    struct web_market *market;
    struct form form;
    const char *file; /* the text of one in the field "file"; NULL: it brings none */
};
struct web_form web_form_new(struct web_market *market);
/* Adds the pair, or replaces the first of that name; value NULL removes it. */
void web_form_set(struct web_form *form, const char *name, const char *value);
/* Adds another pair of that name. */
void web_form_add(struct web_form *form, const char *name, const char *value);
/* Keeps the pairs as application/x-www-form-urlencoded. */
const char *web_form_encode(const struct web_form *form);

/* Posts it as it stands; with a file as multipart/form-data. */
struct web_answer web_post_form(struct web_market *market, enum web_person person, const char *path,
                                const struct web_form *form);
/* Posts name, value, ..., NULL; adds the csrf token of the person's session and a fresh one-time
 * key unless they are given. */
struct web_answer web_post(struct web_market *market, enum web_person person, const char *path,
                           ...);

/* A csrf token of the person's session, and the cookie header of it. Keep. */
const char *web_csrf(struct web_market *market, enum web_person person);
const char *web_cookie(struct web_market *market, enum web_person person);
/* The session cookie's value that an answer sets; "" when it sets none. Keeps. */
const char *web_session_of(struct web_market *market, const struct web_answer *answer);

/* What the person's form of that offer says it was made from: the rev, by their side of it; one
 * that could be when they see no such offer. */
const char *web_rev(struct web_market *market, enum web_person person, const char *offer);

/* An offer as LAW 20 has it, brought to that state today. In Progress is held, Expired and Ended
 * move the market's date. One market holds one such offer: its plans collide (LAW 8.6). */
const char *web_offer(struct web_market *market, enum offer_state state);
/* Publishes whatever is due on the market's clock. */
void web_publish(struct web_market *market);
/* The token of the offer's living link; "" when there is none. */
const char *web_link(struct web_market *market, const char *offer);

/* Keeps: printed as a path. */
const char *web_path(struct web_market *market, const char *format, ...) PRINTF_LIKE(2, 3);

/* What a refusal must leave as it was: everything but throttles and answered forms. Keeps. */
const char *web_dump(struct web_market *market);

/* For whoever wraps what serve() calls: is it at work, and is rendering to fail? */
bool web_serving(void);
bool web_render_fails(void);
/* From now on the next count renderings fail, as the template library would. */
void web_render_break(unsigned count);

#endif
