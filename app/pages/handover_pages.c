/*
 * handover_pages.c: an ISV takes a billing account ID over, into a new draft or one it has.
 *
 * Invariant: until the link is used, neither the ID nor a name of the customer, its organisation
 * or its account is on the page; a GET never uses it.
 */
#include "pages/handover_pages.h"

#include "actions/handover.h"
#include "actions/isv.h"
#include "base/text.h"
#include "pages/isv_view.h"
#include "pages/parts.h"
#include "store/offer_lists.h"

#define NEW_DRAFT "new"

/* Why the link works no longer. */
static const char *
gone_words(const struct exchange *x, const struct handover *handover, enum handover_state state)
{
    switch (state) {
    case HANDOVER_USED:
        return "It hands over a billing account ID once, and was used already.";
    case HANDOVER_WITHDRAWN:
        return "The customer who made it has withdrawn it.";
    case HANDOVER_EXPIRED:
        return arena_format(x->arena, "It worked until %s.",
                            instant_show(x->arena, handover->expires_at));
    case HANDOVER_OPEN:
        break;
    }
    assert(false); /* this one works */
    return "";
}

/* The page of a link: ERR_GONE with its reason when it works no longer. */
static enum err
link_open(struct exchange *x, struct handover *handover)
{
    const struct act act = exchange_act(x);
    enum handover_state state = HANDOVER_OPEN;
    enum err outcome = handover_open(&act, path_param(x, "token"), handover, &state);

    if (outcome == ERR_GONE)
        x->gone_reason = gone_words(x, handover, state);
    return outcome;
}

static enum err
drafts_view(struct exchange *x, struct view *view)
{
    const struct list_query query = {.viewer = exchange_viewer(x),
                                     .today = x->today,
                                     .status = LIST_DRAFT,
                                     .sort = SORT_CHANGED,
                                     .descending = true,
                                     .search = "",
                                     .cursor = "",
                                     .limit = LIMIT_LIST_ROWS};
    struct choice choices[LIMIT_LIST_ROWS];
    struct list_page page;
    struct view *some;

    TRY(offers_page(x->db, x->arena, &query, &page));
    if (page.count == 0)
        return OK;
    for (size_t i = 0; i < page.count; i++) {
        const struct offer_line *line = &page.rows[i];

        choices[i] = (struct choice){
            line->id, line->name,
            arena_format(x->arena, "Changed %s. %s", instant_show(x->arena, line->changed_at),
                         *line->billing_account == '\0'
                             ? "It has no billing account ID yet."
                             : "It has a billing account ID, which is replaced.")};
    }
    some = view_section(view, NAME_DRAFTS);
    part_choice(x, some, NAME_FIELD_DRAFT, ANSWER_DRAFT, "Draft", choices, page.count, "");
    if (page.after)
        view_format(view_section(some, NAME_DRAFTS_MORE), NAME_DRAFTS_MORE_TEXT,
                    "These are the %d drafts changed last.", LIMIT_LIST_ROWS);
    return OK;
}

static enum err
handover_show(struct exchange *x, const struct handover *handover)
{
    struct view *view = show(x, PAGE_HANDOVER, "Billing account ID from a customer");

    head_lead(part_head(x, view, "Billing account ID from a customer"),
              arena_format(x->arena,
                           "A customer made this link to hand you the ID of a billing account for "
                           "a private offer. It works once, until %s.",
                           instant_show(x->arena, handover->expires_at)));
    part_not_saved(x, view);
    part_summary(x, view, "");
    view_format(view, NAME_FORM_ACTION, HANDOVER_PREFIX "%s", path_param(x, "token"));
    isv_new_fields(x, view);
    return drafts_view(x, view);
}

/* GET /handover/:token */
enum err
handover_get(struct exchange *x)
{
    struct handover handover;

    TRY(link_open(x, &handover));
    return handover_show(x, &handover);
}

/* The draft the form is about: NULL for a new one. */
static const char *
posted_draft(const struct exchange *x)
{
    return text_equal(posted(x, "do"), NEW_DRAFT) ? NULL : posted(x, ANSWER_DRAFT);
}

/* POST /handover/:token */
enum err
handover_post(struct exchange *x)
{
    const struct act act = exchange_act(x);
    const struct answers answers = exchange_answers(x);
    struct handover handover;
    const char *offer = NULL;
    enum err outcome;

    TRY(link_open(x, &handover));
    outcome = action_handover_use(&act, path_param(x, "token"), posted_draft(x), &answers,
                                  x->problems, &offer);
    if (outcome == ERR_CLOSED)
        x->closed_reason = "The billing account can’t receive private offers now. The link still "
                           "works: ask the customer to mend that, then use it.";
    if (outcome == ERR_INVALID) {
        TRY(handover_show(x, &handover));
        if (x->problems->retry_after_s > 0)
            (void)refuse_for(x, x->problems->retry_after_s); /* the problem has said so */
    }
    TRY(outcome);
    return redirect(x, "/isv/offers/%s/setup?done=handed-over", offer);
}
