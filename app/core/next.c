/*
 * next.c: the sentences as a table, and the few names and dates that stand in them.
 *
 * Invariant: a sentence names nothing its reader may not know (LAW 5): the offer it is made from
 * was blanked for that reader, and sellers never learn the customer's organisation.
 */
#include "core/next.h"

#include <string.h>

#include "base/text.h"

/* In a sentence {isv} and {partner} are names, {by} is " by 15 Nov 2023 UTC" or nothing, {accept},
 * {start}, {end} and {cancelled} are days, {prepared} is whom the customer writes to. NULL: never
 * seen. */
static const struct {
    const char *isv;
    const char *partner;
    const char *customer;
    const char *operator_;
} sentences[SITUATION_COUNT] = {
    [SITUATION_DRAFT] =
        {"You complete the offer and submit it to {partner}, who prices it for the customer to "
         "accept{by}.",
         NULL, NULL,
         "{isv} completes the offer and submits it to {partner}, who prices it for the customer to "
         "accept{by}."},
    [SITUATION_DRAFT_LATE] =
        {"You set an accept by date later than {accept}, which has passed, and submit the offer to "
         "{partner}.",
         NULL, NULL,
         "{isv} sets an accept by date later than {accept}, which has passed, and submits the "
         "offer "
         "to {partner}."},
    [SITUATION_DRAFT_FAILED] =
        {"You mend what kept the offer from being published and submit it again to {partner}, for "
         "the customer to accept{by}.",
         NULL, NULL,
         "{isv} mends what kept the offer from being published and submits it again to {partner}, "
         "for the customer to accept{by}."},
    [SITUATION_TO_PARTNER] =
        {"Within 15 minutes the marketplace makes the offer available to {partner}, who prices it "
         "for the customer to accept{by}.",
         NULL, NULL,
         "Within 15 minutes the marketplace makes the offer available to {partner}, who prices it "
         "for the customer to accept{by}."},
    [SITUATION_AT_PARTNER] =
        {"{partner} prices the offer and submits it to the customer, who accepts{by}.",
         "You enter your customer adjustment and submit the offer to the customer, who "
         "accepts{by}.",
         NULL, "{partner} prices the offer and submits it to the customer, who accepts{by}."},
    [SITUATION_TAKEN_BACK] =
        {"{partner} submits the offer to the customer again, who accepts{by}, unless you withdraw "
         "it to change it.",
         "You change your customer adjustment and submit the offer again for the customer to "
         "accept{by}, or send it back to {isv} to be changed.",
         NULL,
         "{partner} submits the offer to the customer again, who accepts{by}, unless {isv} "
         "withdraws it to change it."},
    [SITUATION_SENT_BACK] =
        {"You withdraw the offer, change what {partner} asked for and submit it again; until then "
         "{partner} can submit it as it is, for the customer to accept{by}.",
         "{isv} withdraws the offer to change it and submits it again; until then you can submit "
         "it as it is, for the customer to accept{by}.",
         NULL,
         "{isv} withdraws the offer to change it and submits it again; until then {partner} can "
         "submit it as it is, for the customer to accept{by}."},
    [SITUATION_PARTNER_LATE] =
        {"You withdraw the offer, set an accept by date later than {accept}, which has passed, and "
         "submit it again to {partner}.",
         "{isv} withdraws the offer, sets an accept by date later than {accept}, which has passed, "
         "and submits it to you again.",
         NULL,
         "{isv} withdraws the offer, sets an accept by date later than {accept}, which has passed, "
         "and submits it again to {partner}."},
    [SITUATION_PARTNER_FAILED] =
        {NULL,
         "You mend what kept the offer from being published, or send it back to {isv} to be "
         "mended, "
         "and submit it again for the customer to accept{by}.",
         NULL,
         "{partner} mends what kept the offer from being published and submits it again for the "
         "customer to accept{by}."},
    [SITUATION_TO_CUSTOMER] =
        {"Within 15 minutes the marketplace makes the offer available to the customer, who "
         "accepts{by}.",
         "Within 15 minutes the marketplace makes the offer available to the customer and gives "
         "you the acceptance link to send, for the customer to accept{by}.",
         NULL,
         "Within 15 minutes the marketplace makes the offer available to the customer, who "
         "accepts{by}."},
    [SITUATION_AT_CUSTOMER] =
        {"The customer accepts{by}, or the offer expires.",
         "You send the acceptance link to the customer, who accepts{by}, or the offer expires.",
         "You accept{by}, which bills nothing by itself, or the offer expires.",
         "The customer accepts{by}, or the offer expires."},
    [SITUATION_DECLINED] =
        {"The customer declined: {partner}, who has the reason, withdraws the offer, or the "
         "customer accepts it after all{by}.",
         "The customer declined: you withdraw the offer to change it, or the customer accepts it "
         "after all{by}.",
         "You declined: {partner} withdraws the offer, or you accept it after all{by}.",
         "The customer declined: {partner} withdraws the offer, or the customer accepts it after "
         "all{by}."},
    [SITUATION_CHANGE_ASKED] =
        {"{partner}, who knows what is asked for, withdraws the offer to have it changed, or the "
         "customer accepts it as it is{by}.",
         "You withdraw the offer to make the change that the customer asks for, or the customer "
         "accepts it as it is{by}.",
         "{partner} withdraws the offer to make the change that you asked for, or you accept it as "
         "it is{by}.",
         "{partner} withdraws the offer to make the change that the customer asks for, or the "
         "customer accepts it as it is{by}."},
    [SITUATION_WITHDRAW_ASKED] =
        {"{partner} withdraws the offer as you asked, and then you can withdraw it too and change "
         "it; until then the customer can accept it{by}.",
         "You withdraw the offer as {isv} asks, so that it can be changed; until then the customer "
         "can accept it{by}.",
         NULL,
         "{partner} withdraws the offer as {isv} asks, so that it can be changed; until then the "
         "customer can accept it{by}."},
    [SITUATION_EXPIRED] =
        {"{partner} withdraws the offer, which you can ask for, and then you withdraw it too, set "
         "an accept by date later than {accept} and submit it again.",
         "You withdraw the offer, and then {isv} withdraws it too, sets an accept by date later "
         "than {accept} and submits it to you again.",
         "{partner} can make the offer available again with an accept by date later than {accept}, "
         "which you ask for by writing to {prepared}.",
         "{partner} withdraws the offer, and then {isv} withdraws it too, sets an accept by date "
         "later than {accept} and submits it again."},
    [SITUATION_EXPIRED_ASKED] =
        {"{partner} withdraws the offer as you asked, and then you withdraw it too, set an accept "
         "by date later than {accept} and submit it again.",
         "You withdraw the offer as {isv} asks, which then withdraws it too, sets an accept by "
         "date "
         "later than {accept} and submits it to you again.",
         NULL,
         "{partner} withdraws the offer as {isv} asks, which then withdraws it too, sets an accept "
         "by date later than {accept} and submits it again."},
    [SITUATION_BEFORE_START] =
        {"The customer buys each product once the private prices begin on {start} UTC; they hold "
         "through {end} UTC.",
         "The customer buys each product once the private prices begin on {start} UTC; they hold "
         "through {end} UTC.",
         "You buy each product once your private prices begin on {start} UTC; they hold through "
         "{end} UTC, and until they begin list prices apply.",
         "The customer buys each product once the private prices begin on {start} UTC; they hold "
         "through {end} UTC."},
    [SITUATION_IN_WINDOW] =
        {"The customer buys each product at the private prices, which hold through {end} UTC.",
         "The customer buys each product at the private prices, which hold through {end} UTC.",
         "You buy each product at your private prices, which hold through {end} UTC.",
         "The customer buys each product at the private prices, which hold through {end} UTC."},
    [SITUATION_ENDED] =
        {"The private prices ended on {end} UTC and list prices apply; for new ones you make "
         "another offer.",
         "The private prices ended on {end} UTC and list prices apply; for new ones {isv} makes "
         "another offer.",
         "Your private prices ended on {end} UTC and list prices apply; for new ones you write to "
         "{prepared}.",
         "The private prices ended on {end} UTC and list prices apply."},
    [SITUATION_CANCELLED] =
        {"The offer was cancelled on {cancelled} UTC, and list prices apply to whatever the "
         "customer buys since.",
         "The offer was cancelled on {cancelled} UTC, and list prices apply to whatever the "
         "customer buys since.",
         "The offer was cancelled on {cancelled} UTC, and list prices apply to whatever you buy "
         "since.",
         "The offer was cancelled on {cancelled} UTC, and list prices apply to whatever the "
         "customer buys since."},
};

static enum situation
draft_situation(const struct offer *offer, struct day today)
{
    if (*offer->failure != '\0')
        return SITUATION_DRAFT_FAILED;
    return !day_is_none(offer->accept_by_on) && offer->accept_by_on.number < today.number
               ? SITUATION_DRAFT_LATE
               : SITUATION_DRAFT;
}

static enum situation
partner_situation(const struct offer *offer, struct day today)
{
    if (offer->accept_by_on.number < today.number)
        return SITUATION_PARTNER_LATE;
    if (offer->seller_ask == ASK_SENT_BACK)
        return SITUATION_SENT_BACK;
    if (*offer->failure != '\0')
        return SITUATION_PARTNER_FAILED;
    return offer->partner_withdrew ? SITUATION_TAKEN_BACK : SITUATION_AT_PARTNER;
}

/* What the customer asks is answered by what the ISV asks: the partner withdraws. */
static enum situation
customer_situation(const struct offer *offer)
{
    if (offer->seller_ask == ASK_WITHDRAW)
        return SITUATION_WITHDRAW_ASKED;
    if (offer->customer_ask == ASK_DECLINED)
        return SITUATION_DECLINED;
    return offer->customer_ask == ASK_CHANGE ? SITUATION_CHANGE_ASKED : SITUATION_AT_CUSTOMER;
}

enum situation
offer_situation(const struct offer *offer, struct day today)
{
    switch (offer_state_on(offer, today)) {
    case STATE_DRAFT:
        return draft_situation(offer, today);
    case STATE_TO_PARTNER:
        return SITUATION_TO_PARTNER;
    case STATE_PENDING_PARTNER:
        return partner_situation(offer, today);
    case STATE_TO_CUSTOMER:
        return SITUATION_TO_CUSTOMER;
    case STATE_PENDING_ACCEPTANCE:
        return customer_situation(offer);
    case STATE_EXPIRED:
        return offer->seller_ask == ASK_WITHDRAW ? SITUATION_EXPIRED_ASKED : SITUATION_EXPIRED;
    case STATE_ACCEPTED:
        return offer_starts_on(offer).number > today.number ? SITUATION_BEFORE_START
                                                            : SITUATION_IN_WINDOW;
    case STATE_ENDED:
        return SITUATION_ENDED;
    case STATE_CANCELLED:
        return SITUATION_CANCELLED;
    case STATE_DELETED:
    case STATE_COUNT:
        break;
    }
    assert(false); /* nobody sees it */
    return SITUATION_COUNT;
}

/* A name, or what to call somebody who is not chosen yet. */
static const char *
named(const char *name, const char *otherwise)
{
    return *name == '\0' ? otherwise : name;
}

/* What stands for the word between braces. */
static const char *
filled(struct arena *arena, const struct offer *offer, const char *word)
{
    if (text_equal(word, "isv"))
        return offer->isv_name;
    if (text_equal(word, "partner"))
        return named(offer->partner_name, "the selling partner");
    if (text_equal(word, "prepared"))
        return named(offer->prepared_by, "the seller");
    if (text_equal(word, "by")) /* the date of a draft may still be missing */
        return day_is_none(offer->accept_by_on)
                   ? ""
                   : arena_format(arena, " by %s UTC", day_show(arena, offer->accept_by_on));
    if (text_equal(word, "accept"))
        return day_show(arena, offer->accept_by_on);
    if (text_equal(word, "start"))
        return day_show(arena, offer_starts_on(offer));
    if (text_equal(word, "cancelled"))
        return day_show(arena, day_of(offer->cancelled_at));
    assert(text_equal(word, "end"));
    return day_show(arena, offer->end_on);
}

static const char *
sentence_of(enum situation situation, enum party viewer)
{
    switch (viewer) {
    case PARTY_ISV:
        return sentences[situation].isv;
    case PARTY_PARTNER:
        return sentences[situation].partner;
    case PARTY_CUSTOMER:
        return sentences[situation].customer;
    case PARTY_OPERATOR:
        return sentences[situation].operator_;
    case PARTY_SYSTEM:
    case PARTY_COUNT:
        break;
    }
    return NULL;
}

const char *
next_words(struct arena *arena, const struct offer *offer, enum party viewer, struct day today)
{
    const char *rest = sentence_of(offer_situation(offer, today), viewer);
    const char *words = "";

    assert(rest != NULL); /* the viewer sees no offer in such a state */
    for (const char *open = strchr(rest, '{'); open != NULL; open = strchr(rest, '{')) {
        size_t length = strcspn(open + 1, "}");

        words = arena_format(arena, "%s%.*s%s", words, (int)(open - rest), rest,
                             filled(arena, offer, arena_copy(arena, open + 1, length)));
        rest = open + 1 + length + 1;
    }
    return arena_format(arena, "%s%s", words, rest);
}

/* What stands, before whom it waits for: "Sent back; waits", "Waits". */
static const char *
waits_begin(struct arena *arena, const struct offer *offer)
{
    static const char *const marks[ASK_COUNT] = {
        [ASK_SENT_BACK] = "Sent back",
        [ASK_WITHDRAW] = "Withdrawal asked for",
        [ASK_DECLINED] = "Declined",
        [ASK_CHANGE] = "Change asked for",
    };
    const char *sellers = marks[offer->seller_ask];
    const char *customers = marks[offer->customer_ask];

    if (sellers != NULL && customers != NULL)
        return arena_format(arena, "%s; %s; waits", customers, text_fold(arena, sellers));
    if (sellers == NULL && customers == NULL)
        return "Waits";
    return arena_format(arena, "%s; waits", sellers != NULL ? sellers : customers);
}

const char *
waits_words(struct arena *arena, const struct offer *offer, enum party viewer, struct day today)
{
    enum party turn = offer_waits_for(offer, today);
    const char *whom = turn == PARTY_ISV ? offer->isv_name : offer->partner_name;

    if (turn == PARTY_COUNT)
        return NULL;
    if (turn == viewer)
        whom = "you";
    else if (turn == PARTY_SYSTEM)
        whom = "the marketplace";
    else if (turn == PARTY_CUSTOMER)
        whom = "the customer";
    return arena_format(arena, "%s for %s", waits_begin(arena, offer), whom);
}
