/*
 * support.c: asking for a cancellation, agreeing to it, asking back, refusing, processing.
 *
 * Invariant: every act is told in the history of the request and in that of its offer.
 * Invariant: a party's rights are looked at before anything it may not read of the request is.
 */
#include "actions/notify.h"
#include "actions/support.h"

#include <inttypes.h>

#include "actions/customer.h"
#include "actions/document_check.h"
#include "actions/purchase.h"
#include "actions/purchase_time.h"
#include "base/digest.h"
#include "base/text.h"
#include "store/events.h"

enum err
evidence_receive(struct arena *arena, const void *bytes, int64_t size, const char *file_name,
                 struct evidence_file *file)
{
    struct evidence_file received = {.bytes = bytes, .size = size, .name = file_name, .sha256 = ""};

    if (size > LIMIT_DOCUMENT_BYTES)
        received.refusal = "The file is larger than 10 MiB. Save it smaller, then choose it again";
    else if (evidence_type_of(bytes, (size_t)size, &received.type) != OK)
        received.refusal = "This file isn’t a PDF, PNG or JPEG. Save it as one, then choose that";
    else if (received.type == EVIDENCE_PDF)
        TRY(document_check(bytes, (size_t)size, &received.refusal));
    if (received.refusal == NULL)
        received.sha256 = digest_of_file(arena, bytes, (size_t)size);
    *file = received;
    return OK;
}

/* ---- What was typed ------------------------------------------------------------------------- */

/* The answer of that name, "" when it was not given; a problem when it is no text to keep. */
static const char *
text_of(const struct act *act, const char *name, const char *label, const char *typed,
        struct problems *problems)
{
    const char *text = typed == NULL ? "" : text_trim(act->arena, typed);

    if (text_has_control(text, true))
        problem_add(problems, name, "Remove the control characters from %s", label);
    else if (text_count(text) > LIMIT_SUPPORT_TEXT)
        problem_add(problems, name, "%s can have up to %d characters; this one has %zu", label,
                    LIMIT_SUPPORT_TEXT, text_count(text));
    return text;
}

/* What the requester says: what is left out stays missing. */
static void
read_request(const struct act *act, const struct answers *answers, struct support_request *request,
             struct problems *problems)
{
    const char *refund = answers->get(answers->context, ANSWER_REFUND);

    request->reason = text_of(act, ANSWER_REASON, "Reason",
                              answers->get(answers->context, ANSWER_REASON), problems);
    request->purchases = text_of(act, ANSWER_PURCHASES, "Purchase details",
                                 answers->get(answers->context, ANSWER_PURCHASES), problems);
    request->refund = REFUND_UNSAID;
    if (refund != NULL && support_refund_read(refund, &request->refund) != OK)
        problem_add(problems, ANSWER_REFUND, "Choose whether a refund is needed");
}

/* The file as evidence, in the request at hand; it is stored with evidence_insert. */
static void
read_evidence(const struct act *act, const struct answers *answers,
              const struct evidence_file *file, struct support_request *request,
              struct problems *problems)
{
    const char *shows = answers->get(answers->context, ANSWER_SHOWS);
    enum evidence_of of = EVIDENCE_OF_BOTH;

    if (file->refusal != NULL)
        problem_add(problems, ANSWER_EVIDENCE, "%s", file->refusal);
    if (shows == NULL || evidence_of_read(shows, &of) != OK)
        problem_add(problems, ANSWER_SHOWS, "Choose whose agreement the file shows");
    if (request->evidence_count == LIMIT_EVIDENCE) {
        problem_add(problems, ANSWER_EVIDENCE, "A request can have up to %d files", LIMIT_EVIDENCE);
        return;
    }
    request->evidence[request->evidence_count++] = (struct evidence){
        .id = world_guid(act->world, act->arena),
        .of = of,
        .type = file->type,
        .name = *file->name != '\0' && text_count(file->name) <= LIMIT_DOCUMENT_NAME ? file->name
                                                                                     : "Evidence",
        .size = file->size,
        .sha256 = file->sha256,
        .added_at = act->now,
    };
}

/* ---- Whose request it is -------------------------------------------------------------------- */

enum err
support_rights(const struct act *act, const struct support_request *request, bool *may)
{
    const struct offer offer = {.billing_account = request->billing_account};
    struct acceptors acceptors;

    *may = act->viewer.party == PARTY_OPERATOR || role_can(act->role, CAN_WORK_CATALOGUE);
    if (act->viewer.party != PARTY_CUSTOMER)
        return OK;
    TRY(acceptors_of(act, &offer, &acceptors));
    *may = acceptors.may;
    return OK;
}

/* Whole, for somebody who may act on it. */
static enum err
load_for(const struct act *act, const char *id, struct support_request *request,
         enum support_role *role)
{
    const struct viewer all = {PARTY_SYSTEM, "", act->today};
    bool may;

    TRY(support_load(act->db, act->arena, &act->viewer, id, request));
    TRY(support_rights(act, request, &may));
    if (!may)
        return ERR_DENIED;
    *role = support_role_of(request, act->viewer.party);
    return support_load(act->db, act->arena, &all, id, request);
}

const char *
support_rev(const struct act *act, const struct support_request *request)
{
    struct digest digest;

    if (act->viewer.party == PARTY_OPERATOR)
        return arena_format(act->arena, "%" PRId64, request->version);
    /* what the other seller and the customer say meanwhile is no reason to refuse the requester */
    digest_begin(&digest);
    digest_text(&digest, request->reason);
    digest_text(&digest, support_refund_text(request->refund));
    digest_text(&digest, request->purchases);
    digest_integer(&digest, (int64_t)request->evidence_count);
    return digest_end(&digest, act->arena);
}

/* ---- Both histories ------------------------------------------------------------------------- */

static enum err
tell(const struct act *act, const struct support_request *request, enum support_event kind,
     const char *note)
{
    return support_act_append(act->db, act->arena, act->world, request->id,
                              &(struct support_act){
                                  .at = act->now,
                                  .kind = kind,
                                  .party = act->viewer.party,
                                  .account = act->viewer.account,
                                  .account_name = act->account_name,
                                  .person = act->person,
                                  .person_name = act->person_name,
                                  .note = note,
                              });
}

static enum err
tell_both(const struct act *act, const struct support_request *request, enum support_event kind,
          const char *note)
{
    struct event event = act_event(act, support_event_of_offer(kind));

    TRY(tell(act, request, kind, note));
    return event_append(act->db, act->arena, act->world, request->offer, request->partner, &event,
                        &(struct event_fields){NULL, 0});
}

static enum err
keep(const struct act *act, struct support_request *request, enum support_event kind,
     const char *note)
{
    TRY(support_save(act->db, request));
    return tell_both(act, request, kind, note);
}

static enum err
keep_evidence(const struct act *act, const struct support_request *request,
              const struct evidence_file *file)
{
    const struct evidence *evidence = &request->evidence[request->evidence_count - 1];

    TRY(evidence_insert(act->db, request->id, evidence, file->bytes));
    return tell_both(act, request, SUPPORT_EVENT_ATTACHED, evidence->name);
}

/* ---- The requester -------------------------------------------------------------------------- */

enum err
action_support_request(const struct act *act, const char *id_of_offer, const char *rev,
                       const struct answers *answers, const struct evidence_file *file,
                       struct problems *problems, const char **id)
{
    struct support_request request;
    struct offer offer;

    if (!role_can(act->role, CAN_WORK_CATALOGUE))
        return ERR_DENIED;
    TRY(offer_load(act->db, act->arena, &act->viewer, id_of_offer, &offer));
    TRY(offer_check_move(&offer, MOVE_CANCEL, PARTY_OPERATOR, act->today));
    if (!text_equal(rev, offer_rev(act->arena, &offer, act->viewer.party)))
        return ERR_STALE;
    request = (struct support_request){
        .id = world_guid(act->world, act->arena),
        .offer = offer.id,
        .by = act->viewer.party,
        .isv = offer.isv,
        .partner = offer.partner,
        .organisation = offer.organisation,
        .billing_account = offer.billing_account,
        .opened_at = act->now,
    };
    read_request(act, answers, &request, problems);
    if (file != NULL)
        read_evidence(act, answers, file, &request, problems);
    if (problems->count > 0)
        return ERR_INVALID;
    TRY(support_advance(&request, SUPPORT_AMEND, SUPPORT_REQUESTER));
    TRY(support_insert(act->db, &request));
    TRY(tell_both(act, &request, SUPPORT_EVENT_OPENED, ""));
    if (file != NULL)
        TRY(keep_evidence(act, &request, file));
    *id = request.id;
    return OK;
}

enum err
action_support_amend(const struct act *act, const char *id, const char *rev,
                     const struct answers *answers, const struct evidence_file *file,
                     struct problems *problems)
{
    struct support_request request;
    enum support_role role;
    const char *before;
    bool changed;

    TRY(load_for(act, id, &request, &role));
    before = support_rev(act, &request);
    TRY(support_advance(&request, SUPPORT_AMEND, role));
    if (!text_equal(rev, before))
        return ERR_STALE;
    read_request(act, answers, &request, problems);
    changed = !text_equal(support_rev(act, &request), before);
    if (file != NULL)
        read_evidence(act, answers, file, &request, problems);
    if (problems->count > 0)
        return ERR_INVALID;
    if (!changed && file == NULL)
        return OK;
    /* once more: it may be complete now */
    TRY(support_advance(&request, SUPPORT_AMEND, role));
    TRY(support_save(act->db, &request));
    if (changed)
        TRY(tell_both(act, &request, SUPPORT_EVENT_AMENDED, ""));
    return file != NULL ? keep_evidence(act, &request, file) : OK;
}

/* ---- Words ---------------------------------------------------------------------------------- */

enum err
action_support_say(const struct act *act, const char *id, bool agrees, const char *note,
                   struct problems *problems)
{
    struct support_request request;
    enum support_role role;
    const char *words = text_of(act, ANSWER_NOTE, "The message", note, problems);

    TRY(load_for(act, id, &request, &role));
    TRY(support_advance(&request, agrees ? SUPPORT_AGREE : SUPPORT_OBJECT, role));
    if (problems->count > 0)
        return ERR_INVALID;
    return keep(act, &request, agrees ? SUPPORT_EVENT_AGREED : SUPPORT_EVENT_OBJECTED, words);
}

/* What a move with words is in a history, and what is asked for when there are none. */
static enum support_event
note_event(enum support_move move, const char **wanted)
{
    *wanted = NULL;
    switch (move) {
    case SUPPORT_ASK:
        *wanted = "Enter the question";
        return SUPPORT_EVENT_ASKED;
    case SUPPORT_ANSWER:
        *wanted = "Enter your answer";
        return SUPPORT_EVENT_ANSWERED;
    case SUPPORT_REFUSE:
        *wanted = "Enter the reason, which the requester reads";
        return SUPPORT_EVENT_REFUSED;
    case SUPPORT_WITHDRAW:
        return SUPPORT_EVENT_WITHDRAWN;
    case SUPPORT_AMEND:
    case SUPPORT_AGREE:
    case SUPPORT_OBJECT:
    case SUPPORT_PROCESS:
    case SUPPORT_MOVE_COUNT:
        break;
    }
    assert(false); /* those have actions of their own */
    return SUPPORT_EVENT_WITHDRAWN;
}

enum err
action_support_note(const struct act *act, const char *id, enum support_move move, const char *note,
                    struct problems *problems)
{
    struct support_request request;
    enum support_role role;
    const char *wanted;
    enum support_event kind = note_event(move, &wanted);
    const char *words = "";

    TRY(load_for(act, id, &request, &role));
    TRY(support_advance(&request, move, role));
    if (wanted != NULL) {
        words = text_of(act, ANSWER_NOTE, "The text", note, problems);
        if (*words == '\0')
            problem_add(problems, ANSWER_NOTE, "%s", wanted);
    }
    if (problems->count > 0)
        return ERR_INVALID;
    return keep(act, &request, kind, words);
}

/* ---- Processing ----------------------------------------------------------------------------- */

enum err
support_purchases(const struct act *act, const struct support_request *request,
                  struct purchases *purchases)
{
    struct purchase_query query = {.viewer = act->viewer, .offer = request->offer, .before_id = ""};
    struct purchases page = {.more = true};

    *purchases =
        (struct purchases){arena_array(act->arena, struct purchase, LIMIT_REFUNDS), 0, false};
    while (page.more && purchases->count < LIMIT_REFUNDS) {
        TRY(purchases_page(act->db, act->arena, &query, &page));
        for (size_t i = 0; i < page.count; i++)
            purchases->rows[purchases->count++] = page.rows[i];
        if (page.more) {
            query.before_at = page.rows[page.count - 1].bought_at;
            query.before_id = page.rows[page.count - 1].id;
        }
    }
    purchases->more = page.more;
    return OK;
}

/* Everything but usage is taken back, whatever its age, and what runs ends (LAW 6.5). */
static enum err
refund(const struct act *act, struct purchase *purchase)
{
    struct purchase_event event = purchase_event_of(act, PURCHASE_REFUNDED, "");

    TRY(purchase_settle(act, purchase));
    TRY(purchase_refund(act, purchase));
    if (purchase_may(purchase, PURCHASE_REFUND, act->viewer.party, act->today))
        TRY(purchase_advance(purchase, PURCHASE_REFUND, act->viewer.party, act->now));
    TRY(purchase_save(act->db, act->arena, purchase));
    TRY(notify_purchase_saved(act, purchase));
    return notify_purchase(act, purchase, &event);
}

/* Those that are ticked. */
static enum err
refund_chosen(const struct act *act, const struct support_request *request,
              const struct answers *answers, struct problems *problems)
{
    struct purchases purchases;
    size_t chosen = 0;

    if (request->refund != REFUND_NEEDED)
        return OK;
    TRY(support_purchases(act, request, &purchases));
    for (size_t i = 0; i < purchases.count; i++) {
        struct purchase *purchase = &purchases.rows[i];
        const char *name = arena_format(act->arena, ANSWER_REFUNDS "%s", purchase->id);

        if (answers->get(answers->context, name) == NULL)
            continue;
        chosen++;
        TRY(refund(act, purchase));
    }
    if (chosen > 0)
        return OK;
    problem_add(problems, ANSWER_REFUNDS, "Choose the purchases to refund");
    return ERR_INVALID;
}

enum err
action_support_process(const struct act *act, const char *id, const char *rev,
                       const struct answers *answers, struct problems *problems)
{
    struct support_request request;
    struct offer offer;
    enum support_role role;

    TRY(load_for(act, id, &request, &role));
    if (support_may(&request, SUPPORT_PROCESS, role) &&
        !text_equal(rev, support_rev(act, &request)))
        return ERR_STALE;
    TRY(support_advance(&request, SUPPORT_PROCESS, role));
    TRY(offer_load(act->db, act->arena, &act->viewer, request.offer, &offer));
    TRY(offer_check_move(&offer, MOVE_CANCEL, act->viewer.party, act->today));
    TRY(refund_chosen(act, &request, answers, problems));
    TRY(support_save(act->db, &request));
    TRY(tell(act, &request, SUPPORT_EVENT_PROCESSED, ""));
    TRY(links_kill(act->db, offer.id));
    offer.cancelled_at = act->now;
    return act_keep(act, &offer, NULL, MOVE_CANCEL, EVENT_CANCELLED);
}
