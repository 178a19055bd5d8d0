/*
 * support.c: the life of a request to cancel, as tables. Pure.
 *
 * Not here: what cancelling does to the offer (core/offer) and to its prices
 * (actions/purchase_price).
 */
#include "core/support.h"

#include <string.h>

#include "base/text.h"

/* LAW 6.5. Whoever agreed may still object, and the other way round, until it is decided. */
const struct support_step support_steps[] = {
    /* from, move, by, to */
    {SUPPORT_INCOMPLETE, SUPPORT_AMEND, SUPPORT_REQUESTER, SUPPORT_INCOMPLETE},
    {SUPPORT_INCOMPLETE, SUPPORT_AGREE, SUPPORT_OTHER, SUPPORT_INCOMPLETE},
    {SUPPORT_INCOMPLETE, SUPPORT_AGREE, SUPPORT_CUSTOMER, SUPPORT_INCOMPLETE},
    {SUPPORT_INCOMPLETE, SUPPORT_OBJECT, SUPPORT_OTHER, SUPPORT_INCOMPLETE},
    {SUPPORT_INCOMPLETE, SUPPORT_OBJECT, SUPPORT_CUSTOMER, SUPPORT_INCOMPLETE},
    {SUPPORT_INCOMPLETE, SUPPORT_ASK, SUPPORT_OPERATOR, SUPPORT_ASKED},
    {SUPPORT_INCOMPLETE, SUPPORT_REFUSE, SUPPORT_OPERATOR, SUPPORT_REFUSED},
    {SUPPORT_INCOMPLETE, SUPPORT_WITHDRAW, SUPPORT_REQUESTER, SUPPORT_WITHDRAWN},
    {SUPPORT_READY, SUPPORT_AMEND, SUPPORT_REQUESTER, SUPPORT_INCOMPLETE},
    {SUPPORT_READY, SUPPORT_AGREE, SUPPORT_OTHER, SUPPORT_INCOMPLETE},
    {SUPPORT_READY, SUPPORT_AGREE, SUPPORT_CUSTOMER, SUPPORT_INCOMPLETE},
    {SUPPORT_READY, SUPPORT_OBJECT, SUPPORT_OTHER, SUPPORT_INCOMPLETE},
    {SUPPORT_READY, SUPPORT_OBJECT, SUPPORT_CUSTOMER, SUPPORT_INCOMPLETE},
    {SUPPORT_READY, SUPPORT_ASK, SUPPORT_OPERATOR, SUPPORT_ASKED},
    {SUPPORT_READY, SUPPORT_PROCESS, SUPPORT_OPERATOR, SUPPORT_PROCESSED},
    {SUPPORT_READY, SUPPORT_REFUSE, SUPPORT_OPERATOR, SUPPORT_REFUSED},
    {SUPPORT_READY, SUPPORT_WITHDRAW, SUPPORT_REQUESTER, SUPPORT_WITHDRAWN},
    {SUPPORT_ASKED, SUPPORT_AMEND, SUPPORT_REQUESTER, SUPPORT_ASKED},
    {SUPPORT_ASKED, SUPPORT_AGREE, SUPPORT_OTHER, SUPPORT_ASKED},
    {SUPPORT_ASKED, SUPPORT_AGREE, SUPPORT_CUSTOMER, SUPPORT_ASKED},
    {SUPPORT_ASKED, SUPPORT_OBJECT, SUPPORT_OTHER, SUPPORT_ASKED},
    {SUPPORT_ASKED, SUPPORT_OBJECT, SUPPORT_CUSTOMER, SUPPORT_ASKED},
    {SUPPORT_ASKED, SUPPORT_ANSWER, SUPPORT_REQUESTER, SUPPORT_INCOMPLETE},
    {SUPPORT_ASKED, SUPPORT_REFUSE, SUPPORT_OPERATOR, SUPPORT_REFUSED},
    {SUPPORT_ASKED, SUPPORT_WITHDRAW, SUPPORT_REQUESTER, SUPPORT_WITHDRAWN},
};
const size_t support_step_count = COUNT(support_steps);

static const char *const state_texts[SUPPORT_STATE_COUNT] = {
    [SUPPORT_INCOMPLETE] = "incomplete", [SUPPORT_READY] = "ready",
    [SUPPORT_ASKED] = "asked",           [SUPPORT_PROCESSED] = "processed",
    [SUPPORT_REFUSED] = "refused",       [SUPPORT_WITHDRAWN] = "withdrawn",
};

/* What each role reads; the other seller and the customer read "Open" of all that is open. */
static const struct {
    const char *requester;
    const char *others;
    const char *market;
} state_words_of[SUPPORT_STATE_COUNT] = {
    [SUPPORT_INCOMPLETE] = {"Incomplete", "Open", "Incomplete"},
    [SUPPORT_READY] = {"With the marketplace", "Open", "To process"},
    [SUPPORT_ASKED] = {"Question to you", "Open", "Waiting for an answer"},
    [SUPPORT_PROCESSED] = {"Offer cancelled", "Offer cancelled", "Offer cancelled"},
    [SUPPORT_REFUSED] = {"Refused", "Refused", "Refused"},
    [SUPPORT_WITHDRAWN] = {"Withdrawn", "Withdrawn", "Withdrawn"},
};

static const char *const refund_texts[REFUND_COUNT] = {
    [REFUND_UNSAID] = "",
    [REFUND_NEEDED] = "yes",
    [REFUND_NOT_NEEDED] = "no",
};

static const char *const word_texts[WORD_COUNT] = {
    [WORD_NONE] = "",
    [WORD_AGREES] = "agrees",
    [WORD_OBJECTS] = "objects",
};

static const char *const of_texts[EVIDENCE_OF_COUNT] = {
    [EVIDENCE_OF_OTHER] = "other",
    [EVIDENCE_OF_CUSTOMER] = "customer",
    [EVIDENCE_OF_BOTH] = "both",
};

static const struct {
    const char *text;
    const char *media_type;
    const char *signature;
    size_t length;
} types[EVIDENCE_TYPE_COUNT] = {
    [EVIDENCE_PDF] = {"pdf", "application/pdf", "%PDF-", 5},
    [EVIDENCE_PNG] = {"png", "image/png", "\x89PNG\r\n\x1a\n", 8},
    [EVIDENCE_JPEG] = {"jpg", "image/jpeg", "\xff\xd8\xff", 3},
};

#define REQUESTER (1U << SUPPORT_REQUESTER)
#define OPERATOR (1U << SUPPORT_OPERATOR)
#define EVERY (REQUESTER | OPERATOR | (1U << SUPPORT_OTHER) | (1U << SUPPORT_CUSTOMER))

/* Who reads of an act, and who reads the words that came with it beside whoever wrote them. */
static const struct {
    const char *text;
    const char *words;
    unsigned seen_by;
    unsigned note_seen_by;
    enum event_kind of_offer;
} events[SUPPORT_EVENT_COUNT] = {
    [SUPPORT_EVENT_OPENED] = {"opened", "Cancellation requested", EVERY, REQUESTER | OPERATOR,
                              EVENT_CANCEL_REQUESTED},
    [SUPPORT_EVENT_AMENDED] = {"amended", "Request changed", REQUESTER | OPERATOR,
                               REQUESTER | OPERATOR, EVENT_CANCEL_AMENDED},
    [SUPPORT_EVENT_ATTACHED] = {"attached", "Evidence added", REQUESTER | OPERATOR,
                                REQUESTER | OPERATOR, EVENT_CANCEL_AMENDED},
    [SUPPORT_EVENT_AGREED] = {"agreed", "Agreed to the cancellation", EVERY, OPERATOR,
                              EVENT_CANCEL_AGREED},
    [SUPPORT_EVENT_OBJECTED] = {"objected", "Did not agree to the cancellation", EVERY, OPERATOR,
                                EVENT_CANCEL_OBJECTED},
    [SUPPORT_EVENT_ASKED] = {"asked", "Question", REQUESTER | OPERATOR, REQUESTER | OPERATOR,
                             EVENT_CANCEL_ASKED},
    [SUPPORT_EVENT_ANSWERED] = {"answered", "Answer", REQUESTER | OPERATOR, REQUESTER | OPERATOR,
                                EVENT_CANCEL_ANSWERED},
    [SUPPORT_EVENT_PROCESSED] = {"processed", "Offer cancelled", EVERY, REQUESTER | OPERATOR,
                                 EVENT_CANCELLED},
    [SUPPORT_EVENT_REFUSED] = {"refused", "Request refused", EVERY, REQUESTER | OPERATOR,
                               EVENT_CANCEL_REFUSED},
    [SUPPORT_EVENT_WITHDRAWN] = {"withdrawn", "Request withdrawn", EVERY, REQUESTER | OPERATOR,
                                 EVENT_CANCEL_WITHDRAWN},
};

/* The place of the text in the table; ERR_BROKEN when it has none. */
static enum err
place_of(const char *const texts[], int count, const char *text, int *place)
{
    *place = text_find(texts, count, text);
    return *place < 0 ? ERR_BROKEN : OK;
}

const char *
support_state_text(enum support_state state)
{
    assert(state < SUPPORT_STATE_COUNT);
    return state_texts[state];
}

enum err
support_state_read(const char *text, enum support_state *state)
{
    int place;

    TRY(place_of(state_texts, SUPPORT_STATE_COUNT, text, &place));
    *state = (enum support_state)place;
    return OK;
}

const char *
support_refund_text(enum support_refund refund)
{
    assert(refund < REFUND_COUNT);
    return refund_texts[refund];
}

enum err
support_refund_read(const char *text, enum support_refund *refund)
{
    int place;

    TRY(place_of(refund_texts, REFUND_COUNT, text, &place));
    *refund = (enum support_refund)place;
    return OK;
}

const char *
support_word_text(enum support_word word)
{
    assert(word < WORD_COUNT);
    return word_texts[word];
}

enum err
support_word_read(const char *text, enum support_word *word)
{
    int place;

    TRY(place_of(word_texts, WORD_COUNT, text, &place));
    *word = (enum support_word)place;
    return OK;
}

const char *
evidence_of_text(enum evidence_of of)
{
    assert(of < EVIDENCE_OF_COUNT);
    return of_texts[of];
}

enum err
evidence_of_read(const char *text, enum evidence_of *of)
{
    int place;

    TRY(place_of(of_texts, EVIDENCE_OF_COUNT, text, &place));
    *of = (enum evidence_of)place;
    return OK;
}

const char *
evidence_type_text(enum evidence_type type)
{
    assert(type < EVIDENCE_TYPE_COUNT);
    return types[type].text;
}

enum err
evidence_type_read(const char *text, enum evidence_type *type)
{
    for (int i = 0; i < EVIDENCE_TYPE_COUNT; i++) {
        if (text_equal(types[i].text, text)) {
            *type = (enum evidence_type)i;
            return OK;
        }
    }
    return ERR_BROKEN;
}

const char *
evidence_media_type(enum evidence_type type)
{
    assert(type < EVIDENCE_TYPE_COUNT);
    return types[type].media_type;
}

enum err
evidence_type_of(const void *bytes, size_t size, enum evidence_type *type)
{
    for (int i = 0; i < EVIDENCE_TYPE_COUNT; i++) {
        if (size >= types[i].length && memcmp(bytes, types[i].signature, types[i].length) == 0) {
            *type = (enum evidence_type)i;
            return OK;
        }
    }
    return ERR_INVALID;
}

bool
support_open(enum support_state state)
{
    return state == SUPPORT_INCOMPLETE || state == SUPPORT_READY || state == SUPPORT_ASKED;
}

enum support_role
support_role_of(const struct support_request *request, enum party party)
{
    switch (party) {
    case PARTY_ISV:
    case PARTY_PARTNER:
        return party == request->by ? SUPPORT_REQUESTER : SUPPORT_OTHER;
    case PARTY_CUSTOMER:
        return SUPPORT_CUSTOMER;
    case PARTY_OPERATOR:
    case PARTY_SYSTEM:
    case PARTY_COUNT:
        break;
    }
    return SUPPORT_OPERATOR;
}

/* Is there proof that the party agrees, and nothing that says otherwise? */
static bool
agreed(const struct support_request *request, enum support_word word, enum evidence_of of)
{
    if (word != WORD_NONE)
        return word == WORD_AGREES;
    for (size_t i = 0; i < request->evidence_count; i++) {
        if (request->evidence[i].of == of || request->evidence[i].of == EVIDENCE_OF_BOTH)
            return true;
    }
    return false;
}

unsigned
support_missing(const struct support_request *request)
{
    unsigned missing = 0;

    if (*request->reason == '\0')
        missing |= SUPPORT_BIT(SUPPORT_ITEM_REASON);
    if (request->refund == REFUND_UNSAID)
        missing |= SUPPORT_BIT(SUPPORT_ITEM_REFUND);
    if (request->refund == REFUND_NEEDED && *request->purchases == '\0')
        missing |= SUPPORT_BIT(SUPPORT_ITEM_PURCHASES);
    if (!agreed(request, request->other, EVIDENCE_OF_OTHER))
        missing |= SUPPORT_BIT(SUPPORT_ITEM_OTHER);
    if (!agreed(request, request->customer, EVIDENCE_OF_CUSTOMER))
        missing |= SUPPORT_BIT(SUPPORT_ITEM_CUSTOMER);
    return missing;
}

static const struct support_step *
step_find(const struct support_request *request, enum support_move move, enum support_role by,
          enum err *refusal)
{
    *refusal = ERR_CLOSED;
    for (size_t i = 0; i < support_step_count; i++) {
        const struct support_step *step = &support_steps[i];

        if (step->from != request->state || step->move != move)
            continue;
        if (step->by == by)
            return step;
        *refusal = ERR_DENIED;
    }
    return NULL;
}

static void
say(struct support_request *request, enum support_role by, enum support_word word)
{
    if (by == SUPPORT_CUSTOMER)
        request->customer = word;
    else
        request->other = word;
}

enum err
support_advance(struct support_request *request, enum support_move move, enum support_role by)
{
    enum err refusal;
    const struct support_step *step = step_find(request, move, by, &refusal);

    if (step == NULL)
        return refusal;
    if (step->to == SUPPORT_PROCESSED && support_missing(request) != 0)
        return ERR_CLOSED;
    if (move == SUPPORT_AGREE || move == SUPPORT_OBJECT)
        say(request, by, move == SUPPORT_AGREE ? WORD_AGREES : WORD_OBJECTS);
    request->state = step->to;
    if (step->to == SUPPORT_INCOMPLETE && support_missing(request) == 0)
        request->state = SUPPORT_READY;
    return OK;
}

bool
support_may(const struct support_request *request, enum support_move move, enum support_role by)
{
    enum err refusal;
    const struct support_step *step = step_find(request, move, by, &refusal);

    return step != NULL && (step->to != SUPPORT_PROCESSED || support_missing(request) == 0);
}

const char *
support_words(enum support_state state, enum support_role role)
{
    assert(state < SUPPORT_STATE_COUNT && role < SUPPORT_ROLE_COUNT);
    if (role == SUPPORT_REQUESTER)
        return state_words_of[state].requester;
    return role == SUPPORT_OPERATOR ? state_words_of[state].market : state_words_of[state].others;
}

const char *
support_event_text(enum support_event kind)
{
    assert(kind < SUPPORT_EVENT_COUNT);
    return events[kind].text;
}

enum err
support_event_read(const char *text, enum support_event *kind)
{
    for (int i = 0; i < SUPPORT_EVENT_COUNT; i++) {
        if (text_equal(events[i].text, text)) {
            *kind = (enum support_event)i;
            return OK;
        }
    }
    return ERR_BROKEN;
}

const char *
support_event_words(enum support_event kind)
{
    assert(kind < SUPPORT_EVENT_COUNT);
    return events[kind].words;
}

bool
support_event_seen(enum support_event kind, enum support_role role)
{
    assert(kind < SUPPORT_EVENT_COUNT && role < SUPPORT_ROLE_COUNT);
    return (events[kind].seen_by & (1U << role)) != 0;
}

bool
support_note_seen(enum support_event kind, enum support_role role, bool own)
{
    assert(kind < SUPPORT_EVENT_COUNT && role < SUPPORT_ROLE_COUNT);
    return own || (events[kind].note_seen_by & (1U << role)) != 0;
}

enum event_kind
support_event_of_offer(enum support_event kind)
{
    assert(kind < SUPPORT_EVENT_COUNT);
    return events[kind].of_offer;
}
