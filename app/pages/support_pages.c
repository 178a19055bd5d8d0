/*
 * support_pages.c: the handlers of requests to cancel an offer, the same for every party.
 *
 * Not here: who may do what (actions/support), what pages look like (pages/support_view).
 */
#include "pages/support_pages.h"

#include "actions/partner.h"
#include "base/text.h"
#include "pages/isv_view.h"
#include "pages/partner_view.h"
#include "pages/place.h"
#include "pages/record_view.h"
#include "pages/support_view.h"
#include "store/acceptances.h"

enum err
support_prepare(struct exchange *x)
{
    const struct upload *upload = &x->request->upload;
    struct evidence_file *file;

    if (upload->fd < 0 || !text_equal(upload->field, ANSWER_EVIDENCE))
        return OK;
    file = arena_new(x->arena, struct evidence_file);
    TRY(evidence_receive(x->arena, upload->bytes, upload->size, upload->file_name, file));
    x->prepared = file;
    return OK;
}

/* The form comes back, which its file cannot. */
static void
say_lost(struct exchange *x)
{
    const struct evidence_file *file = x->prepared;

    if (file != NULL && file->refusal == NULL && problem_at(x->problems, ANSWER_EVIDENCE) == NULL)
        problem_add(x->problems, ANSWER_EVIDENCE,
                    "Choose “%s” again: the form came back, and its file wasn’t kept", file->name);
}

/* ---- Asking for it -------------------------------------------------------------------------- */

/* The offer, if its cancellation can be asked for now. */
static enum err
path_offer_to_cancel(struct exchange *x, struct offer *offer)
{
    TRY(path_offer(x, offer));
    if (offer_may(offer, MOVE_CANCEL, PARTY_OPERATOR, x->today))
        return OK;
    x->closed_reason = arena_format(
        x->arena, "Only an offer that is Accepted can be cancelled by support. This one is %s.",
        offer_status_words(offer, exchange_viewer(x).party, x->today));
    return ERR_CLOSED;
}

/* GET /isv/offers/:offer/cancel and the partner's */
enum err
support_cancel_get(struct exchange *x)
{
    struct offer offer;
    const char *open;
    enum err outcome;

    TRY(path_offer_to_cancel(x, &offer));
    outcome = support_open_of(x->db, x->arena, offer.id, &open);
    if (outcome == OK)
        return redirect(x, "%s", support_href(x, open, ""));
    if (outcome != ERR_ABSENT)
        return outcome;
    support_cancel_view(x, &offer);
    return OK;
}

enum err
support_cancel_post(struct exchange *x)
{
    const struct act act = exchange_act(x);
    const struct answers answers = exchange_answers(x);
    struct offer offer;
    const char *id = NULL;
    enum err outcome;

    TRY(path_offer_to_cancel(x, &offer));
    outcome = action_support_request(&act, offer.id, posted(x, "rev"), &answers, x->prepared,
                                     x->problems, &id);
    if (outcome == ERR_INVALID) {
        say_lost(x);
        support_cancel_view(x, &offer);
    }
    if (outcome == ERR_CLOSED)
        x->closed_reason = "Its cancellation has been requested already: see Support requests.";
    TRY(outcome);
    return redirect(x, "%s?done=cancel-requested", support_href(x, id, ""));
}

/* ---- Lists ---------------------------------------------------------------------------------- */

/* The state that the operator's address names; those to process when it names none. */
static enum support_state
state_asked(const struct exchange *x)
{
    enum support_state state;

    return support_state_read(queried(x, "status"), &state) == OK ? state : SUPPORT_READY;
}

/* GET /isv/support and the others' */
enum err
support_list_get(struct exchange *x)
{
    struct support_query query = {
        .viewer = exchange_viewer(x), .state = state_asked(x), .from_id = ""};
    struct support_list list = {.state = query.state};
    const char *place = queried(x, "after");

    list.later = *place != '\0' && place_read(x->arena, place, &query.from_at, &query.from_id);
    list.stale = *place != '\0' && !list.later;
    TRY(support_page_of(x->db, x->arena, &query, &list.page));
    support_list_view(x, &list);
    return OK;
}

/* ---- One request ---------------------------------------------------------------------------- */

static enum err
path_request(struct exchange *x, struct support_request *request)
{
    const struct viewer viewer = exchange_viewer(x);

    return support_load(x->db, x->arena, &viewer, path_param(x, "request"), request);
}

/* GET /isv/support/:request and the others' */
enum err
support_get(struct exchange *x)
{
    const struct act act = exchange_act(x);
    struct support_loaded *loaded = arena_new(x->arena, struct support_loaded);

    TRY(path_request(x, &loaded->request));
    TRY(support_acts_of(x->db, x->arena, &act.viewer, &loaded->request, &loaded->acts));
    TRY(support_rights(&act, &loaded->request, &loaded->may));
    if (act.viewer.party == PARTY_CUSTOMER) {
        const struct offer offer = {.billing_account = loaded->request.billing_account};

        TRY(acceptors_of(&act, &offer, &loaded->acceptors));
    }
    support_request_view(x, loaded);
    return OK;
}

/* What a button other than Save stands for; SUPPORT_MOVE_COUNT for none. */
static enum support_move
button_move(const char *button)
{
    static const struct {
        const char *button;
        enum support_move move;
    } buttons[] = {
        {"save", SUPPORT_AMEND},        {"agree", SUPPORT_AGREE},   {"object", SUPPORT_OBJECT},
        {"ask", SUPPORT_ASK},           {"answer", SUPPORT_ANSWER}, {"refuse", SUPPORT_REFUSE},
        {"withdraw", SUPPORT_WITHDRAW},
    };

    for (size_t i = 0; i < COUNT(buttons); i++) {
        if (text_equal(buttons[i].button, button))
            return buttons[i].move;
    }
    return SUPPORT_MOVE_COUNT;
}

static enum err
act_on(struct exchange *x, const char *id, enum support_move move)
{
    const struct act act = exchange_act(x);
    const struct answers answers = exchange_answers(x);
    const char *note = posted(x, ANSWER_NOTE);

    switch (move) {
    case SUPPORT_AMEND:
        return action_support_amend(&act, id, posted(x, "rev"), &answers, x->prepared, x->problems);
    case SUPPORT_AGREE:
    case SUPPORT_OBJECT:
        return action_support_say(&act, id, move == SUPPORT_AGREE, note, x->problems);
    case SUPPORT_ASK:
    case SUPPORT_ANSWER:
    case SUPPORT_REFUSE:
    case SUPPORT_WITHDRAW:
        return action_support_note(&act, id, move, note, x->problems);
    case SUPPORT_PROCESS:
    case SUPPORT_MOVE_COUNT:
        break;
    }
    return ERR_CLOSED;
}

/* POST /isv/support/:request and the others', do=save|agree|object|ask|answer|refuse|withdraw */
enum err
support_post(struct exchange *x)
{
    const char *id = path_param(x, "request");
    struct support_request request;
    enum err outcome;

    TRY(path_request(x, &request)); /* somebody else's is absent, whatever the button */
    outcome = act_on(x, id, button_move(posted(x, "do")));
    if (outcome == ERR_INVALID) {
        say_lost(x);
        TRY(support_get(x));
    }
    if (outcome == ERR_CLOSED)
        x->closed_reason = "The request has moved on.";
    TRY(outcome);
    return redirect(x, "%s?done=request-%s", support_href(x, id, ""), posted(x, "do"));
}

/* ---- The offer behind it -------------------------------------------------------------------- */

/* GET /isv/support/:request/offer and the others': what was cancelled, through the reader's eyes */
enum err
support_offer_get(struct exchange *x)
{
    const struct act act = exchange_act(x);
    struct support_request request;
    struct acceptance acceptance;
    struct offer offer;

    TRY(path_request(x, &request));
    TRY(offer_view_cancelled(x->db, x->arena, &act.viewer, request.offer, &offer));
    if (act.viewer.party == PARTY_ISV)
        return isv_offer_show(x, &offer);
    if (act.viewer.party == PARTY_PARTNER)
        return partner_offer_view(x, &offer, false);
    TRY(acceptance_of(x->db, x->arena, offer.id, &acceptance));
    TRY(acceptance_recall(x->db, x->arena, &acceptance, &offer));
    record_view(x, &offer, &acceptance);
    return OK;
}

/* ---- Processing ----------------------------------------------------------------------------- */

static enum err
process_show(struct exchange *x)
{
    const struct act act = exchange_act(x);
    struct support_request request;
    struct purchases purchases = {.count = 0};

    TRY(path_request(x, &request));
    if (!support_may(&request, SUPPORT_PROCESS, SUPPORT_OPERATOR)) {
        x->closed_reason = "Only a complete request that nobody has decided can be processed.";
        return ERR_CLOSED;
    }
    if (request.refund == REFUND_NEEDED)
        TRY(support_purchases(&act, &request, &purchases));
    support_process_view(x, &request, &purchases);
    return OK;
}

/* GET /operator/support/:request/process */
enum err
support_process_get(struct exchange *x)
{
    return process_show(x);
}

enum err
support_process_post(struct exchange *x)
{
    const struct act act = exchange_act(x);
    const struct answers answers = exchange_answers(x);
    const char *id = path_param(x, "request");
    enum err outcome = action_support_process(&act, id, posted(x, "rev"), &answers, x->problems);

    if (outcome == ERR_INVALID)
        TRY(process_show(x));
    if (outcome == ERR_CLOSED)
        x->closed_reason = "The request has moved on, or its offer is no longer Accepted.";
    TRY(outcome);
    return redirect(x, "%s?done=offer-cancelled", support_href(x, id, ""));
}
