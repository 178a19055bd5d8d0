/*
 * asking.h: requests to cancel an accepted offer, each act as one call that begins a write, acts
 * and ends it.
 *
 * The market is deal_market's, with buying_add's operator. What is not named "try" fails the test
 * at hand when it is refused.
 */
#ifndef SUPPORT_ASKING_H
#define SUPPORT_ASKING_H

#include "actions/support.h"
#include "support/buying.h"

/* answers NULL: a reason, and no refund. file and problems may be NULL. */
enum err try_ask(struct deal_market *market, const struct actor *actor, const char *offer,
                 const struct answers *answers, const struct evidence_file *file,
                 struct problems *problems, const char **id);
/* The ISV's request, which lacks both agreements. */
const char *ask(struct deal_market *market, const char *offer);

/* Made from what the actor sees now. */
enum err try_amend(struct deal_market *market, const struct actor *actor, const char *id,
                   const struct answers *answers, const struct evidence_file *file,
                   struct problems *problems);

enum err try_say(struct deal_market *market, const struct actor *actor, const char *id, bool agrees,
                 const char *note);
/* The selling partner and the customer's owner agree. */
void all_agree(struct deal_market *market, const char *id);

enum err try_note(struct deal_market *market, const struct actor *actor, const char *id,
                  enum support_move move, const char *note, struct problems *problems);

/* answers NULL: nothing is ticked. Made from what the actor sees now. */
enum err try_process(struct deal_market *market, const struct actor *actor, const char *id,
                     const struct answers *answers, struct problems *problems);
/* Asked for, agreed to and processed now, without a refund. Answers the request. */
const char *cancel(struct deal_market *market, const char *offer);

/* As the actor's page gets it. */
enum err try_look(struct deal_market *market, const struct actor *actor, const char *id,
                  struct support_request *request);
struct support_request request_of(struct deal_market *market, const struct actor *actor,
                                  const char *id);
/* Keeps: what the actor reads of what happened, the oldest first: "opened\nagreed: the words\n". */
const char *acts_text(struct deal_market *market, const struct actor *actor, const char *id);

#endif
