/*
 * asking.c: see the header.
 */
#include "support/asking.h"

#include <check.h>

#include "base/text.h"

static struct act
begin(struct deal_market *market, const struct actor *actor)
{
    struct act act = deal_begin(market, actor->party, actor->account, actor->person);

    act.viewer.today = act.today;
    return act;
}

static struct problems *
problems_or(struct deal_market *market, struct problems *problems)
{
    return problems == NULL ? problems_new(market->temp.arena) : problems;
}

enum err
try_ask(struct deal_market *market, const struct actor *actor, const char *offer,
        const struct answers *answers, const struct evidence_file *file, struct problems *problems,
        const char **id)
{
    const struct answers plain =
        deal_form(market, ANSWER_REASON, "Bought by mistake", ANSWER_REFUND, "no", NULL);
    struct act act = begin(market, actor);

    struct offer seen = {.id = NULL};
    const char *rev = "";

    if (offer_load(act.db, act.arena, &act.viewer, offer, &seen) == OK)
        rev = offer_rev(act.arena, &seen, actor->party);
    return deal_end(market, &act,
                    action_support_request(&act, offer, rev, answers == NULL ? &plain : answers,
                                           file, problems_or(market, problems), id));
}

const char *
ask(struct deal_market *market, const char *offer)
{
    const char *id = NULL;

    ck_assert_int_eq(try_ask(market, &actor_isv, offer, NULL, NULL, NULL, &id), OK);
    return id;
}

enum err
try_look(struct deal_market *market, const struct actor *actor, const char *id,
         struct support_request *request)
{
    struct act act = begin(market, actor);

    return deal_end(market, &act, support_load(act.db, act.arena, &act.viewer, id, request));
}

struct support_request
request_of(struct deal_market *market, const struct actor *actor, const char *id)
{
    struct support_request request;

    ck_assert_int_eq(try_look(market, actor, id, &request), OK);
    return request;
}

/* "" for somebody who sees no such request. */
static const char *
rev_of(const struct act *act, const char *id)
{
    struct support_request request;

    if (support_load(act->db, act->arena, &act->viewer, id, &request) != OK)
        return "";
    return support_rev(act, &request);
}

enum err
try_amend(struct deal_market *market, const struct actor *actor, const char *id,
          const struct answers *answers, const struct evidence_file *file,
          struct problems *problems)
{
    struct act act = begin(market, actor);

    return deal_end(market, &act,
                    action_support_amend(&act, id, rev_of(&act, id), answers, file,
                                         problems_or(market, problems)));
}

enum err
try_say(struct deal_market *market, const struct actor *actor, const char *id, bool agrees,
        const char *note)
{
    struct act act = begin(market, actor);

    return deal_end(market, &act,
                    action_support_say(&act, id, agrees, note, problems_new(act.arena)));
}

void
all_agree(struct deal_market *market, const char *id)
{
    ck_assert_int_eq(try_say(market, &actor_partner, id, true, ""), OK);
    ck_assert_int_eq(try_say(market, &actor_owner, id, true, ""), OK);
}

enum err
try_note(struct deal_market *market, const struct actor *actor, const char *id,
         enum support_move move, const char *note, struct problems *problems)
{
    struct act act = begin(market, actor);

    return deal_end(market, &act,
                    action_support_note(&act, id, move, note, problems_or(market, problems)));
}

enum err
try_process(struct deal_market *market, const struct actor *actor, const char *id,
            const struct answers *answers, struct problems *problems)
{
    const struct answers nothing = deal_form(market, NULL);
    struct act act = begin(market, actor);

    return deal_end(market, &act,
                    action_support_process(&act, id, rev_of(&act, id),
                                           answers == NULL ? &nothing : answers,
                                           problems_or(market, problems)));
}

const char *
cancel(struct deal_market *market, const char *offer)
{
    const char *id = ask(market, offer);

    all_agree(market, id);
    ck_assert_int_eq(try_process(market, &actor_operator, id, NULL, NULL), OK);
    return id;
}

const char *
acts_text(struct deal_market *market, const struct actor *actor, const char *id)
{
    struct act act = begin(market, actor);
    struct support_request request;
    struct support_acts acts;
    const char *text = "";

    ck_assert_int_eq(support_load(act.db, act.arena, &act.viewer, id, &request), OK);
    ck_assert_int_eq(support_acts_of(act.db, act.arena, &act.viewer, &request, &acts), OK);
    for (size_t i = acts.count; i > 0; i--) {
        const struct support_act *row = &acts.rows[i - 1];

        text = arena_format(act.arena, "%s%s%s%s\n", text, support_event_text(row->kind),
                            *row->note == '\0' ? "" : ": ", row->note);
    }
    ck_assert_int_eq(deal_end(market, &act, OK), OK);
    return text;
}
