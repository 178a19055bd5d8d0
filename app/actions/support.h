/*
 * support.h: cancelling an accepted offer by a support request (LAW 6.5).
 *
 * All but receiving a file run inside the caller's write. Common outcomes: ERR_ABSENT none for you,
 * ERR_CLOSED its state does not allow it, ERR_DENIED not by you, ERR_STALE it changed since it was
 * shown, ERR_INVALID problems were added.
 */
#ifndef ACTIONS_SUPPORT_H
#define ACTIONS_SUPPORT_H

#include "actions/act.h"
#include "store/purchases.h"
#include "store/support.h"

/* A file that was looked at. */
struct evidence_file {
    enum evidence_type type;
    const void *bytes;
    int64_t size;
    const char *name; /* as its sender calls it */
    const char *sha256;
    const char *refusal; /* why it can be no evidence; NULL when it can */
};
/* Looks at it, in no transaction: a PDF as terms documents are judged, a picture by its signature.
 * Borrows the bytes until they are stored. ERR_BUSY when it cannot be judged now. */
MUST_CHECK enum err evidence_receive(struct arena *arena, const void *bytes, int64_t size,
                                     const char *file_name, struct evidence_file *file);

/* The names of the requester's answers. */
#define ANSWER_REASON "reason"
#define ANSWER_REFUND "refund" /* "yes" or "no" */
#define ANSWER_PURCHASES "purchases"
#define ANSWER_SHOWS "shows" /* whose agreement the file shows: "other", "customer" or "both" */
#define ANSWER_EVIDENCE "document"
/* Of everybody's words. */
#define ANSWER_NOTE "note"
/* Of the operator: a tick for each purchase to refund, by its id. */
#define ANSWER_REFUNDS "refund-"

/* Asks for the cancellation of an offer that is Accepted today and has no open request. What is
 * missing is no problem: the request waits for it. rev is the offer's. file NULL: none was sent.
 * Keeps the id. */
MUST_CHECK enum err action_support_request(const struct act *act, const char *offer,
                                           const char *rev, const struct answers *answers,
                                           const struct evidence_file *file,
                                           struct problems *problems, const char **id);

/* Keeps: what the form that amends or processes was made from. */
const char *support_rev(const struct act *act, const struct support_request *request);

/* The requester changes what it says, and adds a file. */
MUST_CHECK enum err action_support_amend(const struct act *act, const char *id, const char *rev,
                                         const struct answers *answers,
                                         const struct evidence_file *file,
                                         struct problems *problems);

/* The other seller, or somebody of the customer who may accept, agrees or does not, with words for
 * the operator alone. */
MUST_CHECK enum err action_support_say(const struct act *act, const char *id, bool agrees,
                                       const char *note, struct problems *problems);

/* A question, an answer, a refusal with its reason: move is ASK, ANSWER or REFUSE, and the words
 * are needed. Or the requester's withdrawal: WITHDRAW, without any. */
MUST_CHECK enum err action_support_note(const struct act *act, const char *id,
                                        enum support_move move, const char *note,
                                        struct problems *problems);

/* The operator: the offer is Cancelled, its link dead, and, where a refund is needed, each purchase
 * that answers tick ends with everything but usage taken back. */
MUST_CHECK enum err action_support_process(const struct act *act, const char *id, const char *rev,
                                           const struct answers *answers,
                                           struct problems *problems);

/* May the acting person act on the request at all: a publisher's people who work on support
 * requests (LAW 2.2), the customer's who may accept (LAW 2.3), the operator? */
MUST_CHECK enum err support_rights(const struct act *act, const struct support_request *request,
                                   bool *may);

/* Keeps the purchases made through the offer, the newest first, up to LIMIT_REFUNDS, for the
 * operator. */
MUST_CHECK enum err support_purchases(const struct act *act, const struct support_request *request,
                                      struct purchases *purchases);

#endif
