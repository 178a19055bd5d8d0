/*
 * offer.c: the life of one offer, as a table. Pure: no clock, no store, no HTTP.
 *
 * Invariant: a move absent from offer_steps[] cannot happen, whoever asks.
 * Invariant: a refused move leaves the offer exactly as it was.
 */
#include "core/offer.h"

#include "base/text.h"
#include "core/documents.h"

/* LAW 6.1. The numbers are those of its rows. */
const struct offer_step offer_steps[] = {
    /* from, move, by, to */
    {STATE_DRAFT, MOVE_EDIT, PARTY_ISV, STATE_DRAFT},                                 /* 2 */
    {STATE_DRAFT, MOVE_DELETE, PARTY_ISV, STATE_DELETED},                             /* 3 */
    {STATE_DRAFT, MOVE_SUBMIT, PARTY_ISV, STATE_TO_PARTNER},                          /* 4 */
    {STATE_TO_PARTNER, MOVE_PUBLISH, PARTY_SYSTEM, STATE_PENDING_PARTNER},            /* 5 */
    {STATE_TO_PARTNER, MOVE_FAIL, PARTY_SYSTEM, STATE_DRAFT},                         /* 6 */
    {STATE_PENDING_PARTNER, MOVE_PRICE, PARTY_PARTNER, STATE_PENDING_PARTNER},        /* 7 */
    {STATE_PENDING_PARTNER, MOVE_WITHDRAW, PARTY_ISV, STATE_DRAFT},                   /* 8 */
    {STATE_PENDING_PARTNER, MOVE_EXTEND, PARTY_PARTNER, STATE_TO_CUSTOMER},           /* 9 */
    {STATE_TO_CUSTOMER, MOVE_PUBLISH, PARTY_SYSTEM, STATE_PENDING_ACCEPTANCE},        /* 10 */
    {STATE_TO_CUSTOMER, MOVE_FAIL, PARTY_SYSTEM, STATE_PENDING_PARTNER},              /* 11 */
    {STATE_PENDING_ACCEPTANCE, MOVE_TAKE_BACK, PARTY_PARTNER, STATE_PENDING_PARTNER}, /* 12 */
    {STATE_PENDING_ACCEPTANCE, MOVE_ACCEPT, PARTY_CUSTOMER, STATE_ACCEPTED},          /* 13 */
    {STATE_EXPIRED, MOVE_TAKE_BACK, PARTY_PARTNER, STATE_PENDING_PARTNER},            /* 15 */
    {STATE_ACCEPTED, MOVE_CANCEL, PARTY_OPERATOR, STATE_CANCELLED},                   /* 17 */
    /* LAW 6.7 */
    {STATE_PENDING_PARTNER, MOVE_SEND_BACK, PARTY_PARTNER, STATE_PENDING_PARTNER},
    {STATE_PENDING_ACCEPTANCE, MOVE_ASK_WITHDRAW, PARTY_ISV, STATE_PENDING_ACCEPTANCE},
    {STATE_EXPIRED, MOVE_ASK_WITHDRAW, PARTY_ISV, STATE_EXPIRED},
    {STATE_PENDING_ACCEPTANCE, MOVE_DECLINE, PARTY_CUSTOMER, STATE_PENDING_ACCEPTANCE},
    {STATE_PENDING_ACCEPTANCE, MOVE_ASK_CHANGE, PARTY_CUSTOMER, STATE_PENDING_ACCEPTANCE},
};
const size_t offer_step_count = COUNT(offer_steps);

static const char *const state_texts[STATE_COUNT] = {
    [STATE_DRAFT] = "draft",
    [STATE_TO_PARTNER] = "to_partner",
    [STATE_PENDING_PARTNER] = "pending_partner",
    [STATE_TO_CUSTOMER] = "to_customer",
    [STATE_PENDING_ACCEPTANCE] = "pending_acceptance",
    [STATE_ACCEPTED] = "accepted",
    [STATE_CANCELLED] = "cancelled",
    [STATE_DELETED] = "deleted",
};

/* LAW 6.6. */
static const char *const state_word_list[STATE_COUNT] = {
    [STATE_DRAFT] = "Draft",
    [STATE_TO_PARTNER] = "In Progress",
    [STATE_PENDING_PARTNER] = "Pending partner action",
    [STATE_TO_CUSTOMER] = "In Progress",
    [STATE_PENDING_ACCEPTANCE] = "Pending acceptance",
    [STATE_ACCEPTED] = "Accepted",
    [STATE_CANCELLED] = "Cancelled",
    [STATE_DELETED] = "Deleted",
    [STATE_EXPIRED] = "Expired",
    [STATE_ENDED] = "Ended",
};

#define ISV PARTY_BIT(PARTY_ISV)
#define PARTNER PARTY_BIT(PARTY_PARTNER)
#define CUSTOMER PARTY_BIT(PARTY_CUSTOMER)
#define OPERATOR PARTY_BIT(PARTY_OPERATOR)

/* LAW 6.6 and 2.5. A deleted offer is gone for everybody. */
static const unsigned seen_by[STATE_COUNT] = {
    [STATE_DRAFT] = ISV | OPERATOR,
    [STATE_TO_PARTNER] = ISV | OPERATOR,
    [STATE_PENDING_PARTNER] = ISV | PARTNER | OPERATOR,
    [STATE_TO_CUSTOMER] = ISV | PARTNER | OPERATOR,
    [STATE_PENDING_ACCEPTANCE] = ISV | PARTNER | CUSTOMER | OPERATOR,
    [STATE_ACCEPTED] = ISV | PARTNER | CUSTOMER | OPERATOR,
    [STATE_EXPIRED] = ISV | PARTNER | CUSTOMER | OPERATOR,
    [STATE_ENDED] = ISV | PARTNER | CUSTOMER | OPERATOR,
    [STATE_CANCELLED] = OPERATOR,
    [STATE_DELETED] = 0,
};

static const char *const ask_texts[ASK_COUNT] = {
    [ASK_NONE] = "",
    [ASK_SENT_BACK] = "sent_back",
    [ASK_WITHDRAW] = "withdraw",
    [ASK_DECLINED] = "declined",
    [ASK_CHANGE] = "change",
};

static const char *const price_type_texts[PRICE_TYPE_COUNT] = {
    [PRICE_DISCOUNT] = "discount",
    [PRICE_ABSOLUTE] = "absolute",
};

static const char *const start_mode_texts[START_MODE_COUNT] = {
    [START_UNSET] = "",
    [START_ON_ACCEPT] = "accepted",
    [START_IN_MONTH] = "month",
};

/* The identifiers of LAW 4.1. */
static const char *const offer_type_texts[OFFER_TYPE_COUNT] = {
    [OFFER_EXISTING_PLANS] = "editExistingOfferPricingOnly",
    [OFFER_NEW_PLANS] = "saasNewCustomizedPlans",
    [OFFER_RESERVATIONS] = "vmSoftwareReservations",
};

const char *
state_text(enum offer_state state)
{
    assert(state < STATE_COUNT && state_texts[state] != NULL);
    return state_texts[state];
}

enum err
state_read(const char *text, enum offer_state *state)
{
    int found = text_find(state_texts, STATE_COUNT, text);

    if (found < 0)
        return ERR_BROKEN;
    *state = (enum offer_state)found;
    return OK;
}

const char *
ask_text(enum offer_ask ask)
{
    assert(ask < ASK_COUNT);
    return ask_texts[ask];
}

enum err
ask_read(const char *text, enum offer_ask *ask)
{
    int found = text_find(ask_texts, ASK_COUNT, text);

    if (found < 0)
        return ERR_BROKEN;
    *ask = (enum offer_ask)found;
    return OK;
}

enum offer_move
ask_move(enum offer_ask ask)
{
    static const enum offer_move moves[ASK_COUNT] = {
        [ASK_NONE] = MOVE_COUNT,
        [ASK_SENT_BACK] = MOVE_SEND_BACK,
        [ASK_WITHDRAW] = MOVE_ASK_WITHDRAW,
        [ASK_DECLINED] = MOVE_DECLINE,
        [ASK_CHANGE] = MOVE_ASK_CHANGE,
    };

    assert(ask != ASK_NONE && ask < ASK_COUNT);
    return moves[ask];
}

const char *
price_type_text(enum price_type type)
{
    assert(type < PRICE_TYPE_COUNT);
    return price_type_texts[type];
}

enum err
price_type_read(const char *text, enum price_type *type)
{
    int found = text_find(price_type_texts, PRICE_TYPE_COUNT, text);

    if (found < 0)
        return ERR_BROKEN;
    *type = (enum price_type)found;
    return OK;
}

const char *
start_mode_text(enum start_mode mode)
{
    assert(mode < START_MODE_COUNT);
    return start_mode_texts[mode];
}

enum err
start_mode_read(const char *text, enum start_mode *mode)
{
    int found = text_find(start_mode_texts, START_MODE_COUNT, text);

    if (found < 0)
        return ERR_BROKEN;
    *mode = (enum start_mode)found;
    return OK;
}

const char *
offer_type_text(enum offer_type type)
{
    assert(type < OFFER_TYPE_COUNT);
    return offer_type_texts[type];
}

enum err
offer_type_read(const char *text, enum offer_type *type)
{
    int found = text_find(offer_type_texts, OFFER_TYPE_COUNT, text);

    if (found < 0)
        return ERR_BROKEN;
    *type = (enum offer_type)found;
    return OK;
}

struct day
offer_due_on(const struct offer *offer)
{
    if (offer->state == STATE_PENDING_ACCEPTANCE)
        return offer->accept_by_on;
    if (offer->state == STATE_ACCEPTED)
        return offer->end_on;
    return day_make(9999, 12, 31);
}

enum offer_state
offer_state_on(const struct offer *offer, struct day today)
{
    if (today.number <= offer_due_on(offer).number)
        return offer->state;
    assert(offer->state == STATE_PENDING_ACCEPTANCE || offer->state == STATE_ACCEPTED);
    return offer->state == STATE_ACCEPTED ? STATE_ENDED : STATE_EXPIRED;
}

/* The row that allows the move, or NULL and the outcome that says why not. */
static const struct offer_step *
step_find(const struct offer *offer, enum offer_move move, enum party by, struct day today,
          enum err *refusal)
{
    enum offer_state state = offer_state_on(offer, today);

    *refusal = ERR_CLOSED;
    for (size_t i = 0; i < offer_step_count; i++) {
        const struct offer_step *step = &offer_steps[i];

        if (step->from != state || step->move != move)
            continue;
        if (step->by == by)
            return step;
        *refusal = ERR_DENIED;
    }
    return NULL;
}

/* An ask stands until the offer moves on; the customer's newer one takes the place of its older. */
static void
keep_asks(struct offer *offer, enum offer_move move, bool moves_on)
{
    if (moves_on)
        offer->seller_ask = offer->customer_ask = ASK_NONE;
    if (move == MOVE_SEND_BACK)
        offer->seller_ask = ASK_SENT_BACK;
    if (move == MOVE_ASK_WITHDRAW)
        offer->seller_ask = ASK_WITHDRAW;
    if (move == MOVE_DECLINE)
        offer->customer_ask = ASK_DECLINED;
    if (move == MOVE_ASK_CHANGE)
        offer->customer_ask = ASK_CHANGE;
}

enum err
offer_advance(struct offer *offer, enum offer_move move, enum party by, struct day today)
{
    enum err refusal;
    const struct offer_step *step = step_find(offer, move, by, today, &refusal);

    if (step == NULL)
        return refusal;
    if (step->to != step->from)
        offer->state = step->to; /* what stays Expired is stored as Pending acceptance */
    keep_asks(offer, move, step->to != step->from);
    if (step->to != step->from && move != MOVE_FAIL)
        offer->failure = ""; /* it was told to one party, and the next state is another's to read */
    if (move == MOVE_TAKE_BACK)
        offer->partner_withdrew = true;
    if (move == MOVE_EXTEND || move == MOVE_WITHDRAW)
        offer->partner_withdrew = false;
    if (move == MOVE_ACCEPT)
        offer->accepted_on = today;
    return OK;
}

enum err
offer_check_move(const struct offer *offer, enum offer_move move, enum party by, struct day today)
{
    enum err refusal;

    return step_find(offer, move, by, today, &refusal) != NULL ? OK : refusal;
}

bool
offer_may(const struct offer *offer, enum offer_move move, enum party by, struct day today)
{
    return offer_check_move(offer, move, by, today) == OK;
}

unsigned
state_seen_by(enum offer_state state)
{
    assert(state < STATE_COUNT);
    return seen_by[state];
}

const char *
state_words(enum offer_state state)
{
    assert(state < STATE_COUNT);
    return state_word_list[state];
}

const char *
offer_status_words(const struct offer *offer, enum party viewer, struct day today)
{
    enum offer_state state = offer_state_on(offer, today);

    if (state == STATE_PENDING_PARTNER && viewer == PARTY_PARTNER && offer->partner_withdrew)
        return "Pending partner action (Draft)";
    return state_words(state);
}

enum party
offer_waits_for(const struct offer *offer, struct day today)
{
    switch (offer_state_on(offer, today)) {
    case STATE_DRAFT:
        return PARTY_ISV;
    case STATE_PENDING_PARTNER:
        if (offer->seller_ask == ASK_SENT_BACK || offer->accept_by_on.number < today.number)
            return PARTY_ISV; /* LAW D-4: the partner can no longer submit it */
        return PARTY_PARTNER;
    case STATE_PENDING_ACCEPTANCE:
        if (offer->seller_ask == ASK_NONE && offer->customer_ask == ASK_NONE)
            return PARTY_CUSTOMER;
        return PARTY_PARTNER;
    case STATE_EXPIRED:
        return PARTY_PARTNER;
    case STATE_TO_PARTNER:
    case STATE_TO_CUSTOMER:
        return PARTY_SYSTEM;
    case STATE_ACCEPTED:
    case STATE_ENDED:
    case STATE_CANCELLED:
    case STATE_DELETED:
    case STATE_COUNT:
        break;
    }
    return PARTY_COUNT;
}

struct day
offer_starts_on(const struct offer *offer)
{
    switch (offer->start_mode) {
    case START_ON_ACCEPT:
        return offer->accepted_on;
    case START_IN_MONTH:
        return offer->start_on;
    case START_UNSET:
    case START_MODE_COUNT:
        break;
    }
    return DAY_NONE;
}

struct offer_row *
offer_row(struct offer *offer, int number)
{
    for (size_t i = 0; i < offer->row_count; i++) {
        if (offer->rows[i].number == number)
            return &offer->rows[i];
    }
    return NULL;
}

void
offer_begin_partner(struct offer *offer)
{
    if (text_equal(offer->partner_data_of, offer->partner))
        return;
    offer->partner_data_of = offer->partner;
    offer->prepared_by = "";
    offer->partner_contacts = "";
    offer->partner_note = "";
    offer->taxable = false;
    offer_remove_documents(offer, PARTY_PARTNER, NULL);
    for (size_t i = 0; i < offer->row_count; i++)
        offer->rows[i].has_adjustment = false;
}
