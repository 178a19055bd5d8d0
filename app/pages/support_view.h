/*
 * support_view.h: requests to cancel an offer as pages: the seller's form, lists, one request, and
 * the operator's last question (LAW 6.5).
 *
 * Not here: reading requests and acting (pages/support_pages).
 */
#ifndef PAGES_SUPPORT_VIEW_H
#define PAGES_SUPPORT_VIEW_H

#include "actions/customer.h"
#include "actions/support.h"
#include "pages/exchange.h"

/* Keeps: "/isv/support/<id>/offer" under the hat that is worn; id and rest may be "". */
const char *support_href(const struct exchange *x, const char *id, const char *rest);

/* May the person ask for the cancellation of the offer now? */
bool support_may_request(const struct exchange *x, const struct offer *offer);

#define SUPPORT_HEADING "Support requests"
#define SUPPORT_UP_TO "Up to 1,024 characters"
_Static_assert(LIMIT_SUPPORT_TEXT == 1024, "the words above");

const char *support_requester(const struct support_request *request);
/* Whose agreement it takes beside the customer's. */
const char *support_other(const struct support_request *request);
const char *support_refund_words(enum support_refund refund);

/* The requester's form at slot FORM, with what the request says now; other is the seller who has to
 * agree. Answers it, for its heading, its button and where it goes. */
struct view *support_form(struct exchange *x, struct view *view,
                          const struct support_request *request, const char *other);

/* The form about an offer that has no open request. */
void support_cancel_view(struct exchange *x, const struct offer *offer);

/* A page of requests. */
struct support_list {
    struct support_page page;
    enum support_state state; /* the operator's */
    bool later;
    bool stale; /* its place led nowhere: this is the first page */
};
void support_list_view(struct exchange *x, const struct support_list *list);

/* One request, as its reader loaded it. */
struct support_loaded {
    struct support_request request;
    struct support_acts acts;
    bool may;                   /* act on it at all */
    struct acceptors acceptors; /* of the customer */
};
void support_request_view(struct exchange *x, const struct support_loaded *loaded);

void support_process_view(struct exchange *x, const struct support_request *request,
                          const struct purchases *purchases);

#endif
