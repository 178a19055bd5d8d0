/*
 * next_test.c: what happens next, who does it and by when (LAW 6.8): each sentence of each party
 * written by hand from LAW 6.1, 6.7 and 7, for the deal of LAW 20.
 */
#include <check.h>
#include <string.h>

#include "base/text.h"
#include "core/fields.h"
#include "core/next.h"
#include "make_offer.h"

Suite *next_suite(void);

static struct arena *arena;

static void
setup(void)
{
    arena = arena_open(LIMIT_ARENA_BYTES);
}

static void
teardown(void)
{
    arena_close(arena);
}

/* What is out of the ordinary. */
enum twist {
    PLAIN,
    NO_DATES,   /* a draft that is only a name */
    LATE,       /* accept-by was yesterday */
    LAST_DAY,   /* accept-by is today */
    FAILED,     /* could not be published */
    TAKEN_BACK, /* by the partner */
    SENT_BACK,
    SENT_BACK_LATE,
    ASKED_OUT, /* the ISV asked for a withdrawal */
    DECLINED,
    CHANGE,
    ASKED_OUT_AND_DECLINED,
    NEXT_MONTH, /* starts on the first of November */
};

#define BY " by 15 Nov 2023 UTC"
#define LATER "an accept by date later than 15 Oct 2023, which has passed"

static const struct {
    enum offer_state state;
    enum twist twist;
    /* what each reads; NULL: sees no such offer */
    const char *isv;
    const char *partner;
    const char *customer;
    const char *operator_;
} law[] = {
    {STATE_DRAFT, PLAIN,
     "You complete the offer and submit it to Fabrikam, who prices it for the customer to accept" BY
     ".",
     NULL, NULL,
     "Contoso completes the offer and submits it to Fabrikam, who prices it for the customer to "
     "accept" BY "."},
    {STATE_DRAFT, NO_DATES,
     "You complete the offer and submit it to the selling partner, who prices it for the customer "
     "to accept.",
     NULL, NULL,
     "Contoso completes the offer and submits it to the selling partner, who prices it for the "
     "customer to accept."},
    {STATE_DRAFT, LATE, "You set " LATER ", and submit the offer to Fabrikam.", NULL, NULL,
     "Contoso sets " LATER ", and submits the offer to Fabrikam."},
    {STATE_DRAFT, FAILED,
     "You mend what kept the offer from being published and submit it again to Fabrikam, for the "
     "customer to accept" BY ".",
     NULL, NULL,
     "Contoso mends what kept the offer from being published and submits it again to Fabrikam, for "
     "the customer to accept" BY "."},
    {STATE_TO_PARTNER, PLAIN,
     "Within 15 minutes the marketplace makes the offer available to Fabrikam, who prices it for "
     "the customer to accept" BY ".",
     NULL, NULL,
     "Within 15 minutes the marketplace makes the offer available to Fabrikam, who prices it for "
     "the customer to accept" BY "."},
    {STATE_PENDING_PARTNER, PLAIN,
     "Fabrikam prices the offer and submits it to the customer, who accepts" BY ".",
     "You enter your customer adjustment and submit the offer to the customer, who accepts" BY ".",
     NULL, "Fabrikam prices the offer and submits it to the customer, who accepts" BY "."},
    {STATE_PENDING_PARTNER, LAST_DAY,
     "Fabrikam prices the offer and submits it to the customer, who accepts by 16 Oct 2023 UTC.",
     "You enter your customer adjustment and submit the offer to the customer, who accepts by 16 "
     "Oct 2023 UTC.",
     NULL,
     "Fabrikam prices the offer and submits it to the customer, who accepts by 16 Oct 2023 UTC."},
    {STATE_PENDING_PARTNER, LATE,
     "You withdraw the offer, set " LATER ", and submit it again to Fabrikam.",
     "Contoso withdraws the offer, sets " LATER ", and submits it to you again.", NULL,
     "Contoso withdraws the offer, sets " LATER ", and submits it again to Fabrikam."},
    /* the failure is the partner's (LAW 6.1 row 11): the ISV reads what it would read anyway */
    {STATE_PENDING_PARTNER, FAILED,
     "Fabrikam prices the offer and submits it to the customer, who accepts" BY ".",
     "You mend what kept the offer from being published, or send it back to Contoso to be mended, "
     "and submit it again for the customer to accept" BY ".",
     NULL,
     "Fabrikam mends what kept the offer from being published and submits it again for the "
     "customer to accept" BY "."},
    {STATE_PENDING_PARTNER, TAKEN_BACK,
     "Fabrikam submits the offer to the customer again, who accepts" BY
     ", unless you withdraw it to change it.",
     "You change your customer adjustment and submit the offer again for the customer to accept" BY
     ", or send it back to Contoso to be changed.",
     NULL,
     "Fabrikam submits the offer to the customer again, who accepts" BY
     ", unless Contoso withdraws it to change it."},
    {STATE_PENDING_PARTNER, SENT_BACK,
     "You withdraw the offer, change what Fabrikam asked for and submit it again; until then "
     "Fabrikam can submit it as it is, for the customer to accept" BY ".",
     "Contoso withdraws the offer to change it and submits it again; until then you can submit it "
     "as it is, for the customer to accept" BY ".",
     NULL,
     "Contoso withdraws the offer to change it and submits it again; until then Fabrikam can "
     "submit it as it is, for the customer to accept" BY "."},
    {STATE_PENDING_PARTNER, SENT_BACK_LATE,
     "You withdraw the offer, set " LATER ", and submit it again to Fabrikam.",
     "Contoso withdraws the offer, sets " LATER ", and submits it to you again.", NULL,
     "Contoso withdraws the offer, sets " LATER ", and submits it again to Fabrikam."},
    {STATE_TO_CUSTOMER, PLAIN,
     "Within 15 minutes the marketplace makes the offer available to the customer, who accepts" BY
     ".",
     "Within 15 minutes the marketplace makes the offer available to the customer and gives you "
     "the acceptance link to send, for the customer to accept" BY ".",
     NULL,
     "Within 15 minutes the marketplace makes the offer available to the customer, who accepts" BY
     "."},
    {STATE_PENDING_ACCEPTANCE, PLAIN, "The customer accepts" BY ", or the offer expires.",
     "You send the acceptance link to the customer, who accepts" BY ", or the offer expires.",
     "You accept" BY ", which bills nothing by itself, or the offer expires.",
     "The customer accepts" BY ", or the offer expires."},
    /* D-35: of the ISV's asking the customer learns nothing, */
    {STATE_PENDING_ACCEPTANCE, ASKED_OUT,
     "Fabrikam withdraws the offer as you asked, and then you can withdraw it too and change it; "
     "until then the customer can accept it" BY ".",
     "You withdraw the offer as Contoso asks, so that it can be changed; until then the customer "
     "can accept it" BY ".",
     "You accept" BY ", which bills nothing by itself, or the offer expires.",
     "Fabrikam withdraws the offer as Contoso asks, so that it can be changed; until then the "
     "customer can accept it" BY "."},
    /* of the customer's the ISV that it happened. */
    {STATE_PENDING_ACCEPTANCE, DECLINED,
     "The customer declined: Fabrikam, who has the reason, withdraws the offer, or the customer "
     "accepts it after all" BY ".",
     "The customer declined: you withdraw the offer to change it, or the customer accepts it after "
     "all" BY ".",
     "You declined: Fabrikam withdraws the offer, or you accept it after all" BY ".",
     "The customer declined: Fabrikam withdraws the offer, or the customer accepts it after all" BY
     "."},
    {STATE_PENDING_ACCEPTANCE, CHANGE,
     "Fabrikam, who knows what is asked for, withdraws the offer to have it changed, or the "
     "customer accepts it as it is" BY ".",
     "You withdraw the offer to make the change that the customer asks for, or the customer "
     "accepts it as it is" BY ".",
     "Fabrikam withdraws the offer to make the change that you asked for, or you accept it as it "
     "is" BY ".",
     "Fabrikam withdraws the offer to make the change that the customer asks for, or the customer "
     "accepts it as it is" BY "."},
    {STATE_PENDING_ACCEPTANCE, ASKED_OUT_AND_DECLINED,
     "Fabrikam withdraws the offer as you asked, and then you can withdraw it too and change it; "
     "until then the customer can accept it" BY ".",
     "You withdraw the offer as Contoso asks, so that it can be changed; until then the customer "
     "can accept it" BY ".",
     "You declined: Fabrikam withdraws the offer, or you accept it after all" BY ".",
     "Fabrikam withdraws the offer as Contoso asks, so that it can be changed; until then the "
     "customer can accept it" BY "."},
    {STATE_EXPIRED, PLAIN,
     "Fabrikam withdraws the offer, which you can ask for, and then you withdraw it too, set an "
     "accept by date later than 15 Nov 2023 and submit it again.",
     "You withdraw the offer, and then Contoso withdraws it too, sets an accept by date later than "
     "15 Nov 2023 and submits it to you again.",
     "Fabrikam can make the offer available again with an accept by date later than 15 Nov 2023, "
     "which you ask for by writing to p@fabrikam.example.",
     "Fabrikam withdraws the offer, and then Contoso withdraws it too, sets an accept by date "
     "later than 15 Nov 2023 and submits it again."},
    {STATE_EXPIRED, ASKED_OUT,
     "Fabrikam withdraws the offer as you asked, and then you withdraw it too, set an accept by "
     "date later than 15 Nov 2023 and submit it again.",
     "You withdraw the offer as Contoso asks, which then withdraws it too, sets an accept by date "
     "later than 15 Nov 2023 and submits it to you again.",
     "Fabrikam can make the offer available again with an accept by date later than 15 Nov 2023, "
     "which you ask for by writing to p@fabrikam.example.",
     "Fabrikam withdraws the offer as Contoso asks, which then withdraws it too, sets an accept by "
     "date later than 15 Nov 2023 and submits it again."},
    {STATE_ACCEPTED, NEXT_MONTH,
     "The customer buys each product once the private prices begin on 1 Nov 2023 UTC; they hold "
     "through 31 Dec 2023 UTC.",
     "The customer buys each product once the private prices begin on 1 Nov 2023 UTC; they hold "
     "through 31 Dec 2023 UTC.",
     "You buy each product once your private prices begin on 1 Nov 2023 UTC; they hold through 31 "
     "Dec 2023 UTC, and until they begin list prices apply.",
     "The customer buys each product once the private prices begin on 1 Nov 2023 UTC; they hold "
     "through 31 Dec 2023 UTC."},
    {STATE_ACCEPTED, PLAIN,
     "The customer buys each product at the private prices, which hold through 31 Dec 2023 UTC.",
     "The customer buys each product at the private prices, which hold through 31 Dec 2023 UTC.",
     "You buy each product at your private prices, which hold through 31 Dec 2023 UTC.",
     "The customer buys each product at the private prices, which hold through 31 Dec 2023 UTC."},
    {STATE_ENDED, PLAIN,
     "The private prices ended on 31 Dec 2023 UTC and list prices apply; for new ones you make "
     "another offer.",
     "The private prices ended on 31 Dec 2023 UTC and list prices apply; for new ones Contoso "
     "makes another offer.",
     "Your private prices ended on 31 Dec 2023 UTC and list prices apply; for new ones you write "
     "to p@fabrikam.example.",
     "The private prices ended on 31 Dec 2023 UTC and list prices apply."},
    {STATE_CANCELLED, PLAIN, NULL, NULL, NULL,
     "The offer was cancelled on 3 Nov 2023 UTC, and list prices apply to whatever the customer "
     "buys "
     "since."},
};

/* The deal with that twist, as that party sees it. */
static struct offer *
seen_by(size_t i, enum party viewer, struct day *today)
{
    const enum twist twist = law[i].twist;
    struct offer *offer = make_deal_in(arena, law[i].state, today);

    offer->isv_name = "Contoso";
    offer->partner_name = "Fabrikam";
    offer->cancelled_at = day_start_at(make_day("2023-11-03")) + 60;
    if (twist == NO_DATES) {
        offer->partner = offer->partner_name = "";
        offer->accept_by_on = offer->end_on = DAY_NONE;
    }
    if (twist == LATE || twist == SENT_BACK_LATE)
        offer->accept_by_on = make_day("2023-10-15");
    if (twist == LAST_DAY)
        offer->accept_by_on = make_day("2023-10-16");
    if (twist == FAILED)
        offer->failure = "Failuremark";
    offer->partner_withdrew = twist == TAKEN_BACK;
    if (twist == SENT_BACK || twist == SENT_BACK_LATE)
        offer->seller_ask = ASK_SENT_BACK;
    if (twist == ASKED_OUT || twist == ASKED_OUT_AND_DECLINED)
        offer->seller_ask = ASK_WITHDRAW;
    if (twist == DECLINED || twist == ASKED_OUT_AND_DECLINED)
        offer->customer_ask = ASK_DECLINED;
    if (twist == CHANGE)
        offer->customer_ask = ASK_CHANGE;
    if (twist == NEXT_MONTH) {
        offer->start_mode = START_IN_MONTH;
        offer->start_on = make_day("2023-11-01");
    }
    offer_blank(offer, viewer);
    return offer;
}

START_TEST(each_party_is_told_what_follows)
{
    const struct {
        enum party party;
        const char *words;
    } readers[] = {{PARTY_ISV, law[_i].isv},
                   {PARTY_PARTNER, law[_i].partner},
                   {PARTY_CUSTOMER, law[_i].customer},
                   {PARTY_OPERATOR, law[_i].operator_}};

    for (size_t k = 0; k < COUNT(readers); k++) {
        struct day today;
        const struct offer *offer = seen_by((size_t)_i, readers[k].party, &today);
        const char *words;

        ck_assert_int_eq(readers[k].words != NULL,
                         (state_seen_by(law[_i].state) & PARTY_BIT(readers[k].party)) != 0);
        if (readers[k].words == NULL)
            continue;
        words = next_words(arena, offer, readers[k].party, today);
        ck_assert_str_eq(words, readers[k].words);
        /* one sentence, and no gap left in it */
        ck_assert(strstr(words, ". ") == NULL && strpbrk(words, "{}") == NULL);
    }
}
END_TEST

/* Every situation has a row above, so that none is without its sentences. */
START_TEST(every_situation_is_told)
{
    bool told[SITUATION_COUNT] = {false};

    for (size_t i = 0; i < COUNT(law); i++) {
        struct day today;

        told[offer_situation(seen_by(i, PARTY_OPERATOR, &today), today)] = true;
    }
    for (int s = 0; s < SITUATION_COUNT; s++)
        ck_assert_msg(told[s], "situation %d", s);
}
END_TEST

START_TEST(whom_it_waits_for_in_words)
{
    struct day today;
    struct offer *offer = make_deal_in(arena, STATE_PENDING_PARTNER, &today);

    offer->isv_name = "Contoso";
    offer->partner_name = "Fabrikam";
    ck_assert_str_eq(waits_words(arena, offer, PARTY_PARTNER, today), "Waits for you");
    ck_assert_str_eq(waits_words(arena, offer, PARTY_ISV, today), "Waits for Fabrikam");
    offer->seller_ask = ASK_SENT_BACK;
    ck_assert_str_eq(waits_words(arena, offer, PARTY_PARTNER, today),
                     "Sent back; waits for Contoso");
    ck_assert_str_eq(waits_words(arena, offer, PARTY_ISV, today), "Sent back; waits for you");
    offer = make_deal_in(arena, STATE_TO_CUSTOMER, &today);
    ck_assert_str_eq(waits_words(arena, offer, PARTY_ISV, today), "Waits for the marketplace");
    offer = make_deal_in(arena, STATE_PENDING_ACCEPTANCE, &today);
    ck_assert_str_eq(waits_words(arena, offer, PARTY_ISV, today), "Waits for the customer");
    ck_assert_str_eq(waits_words(arena, offer, PARTY_CUSTOMER, today), "Waits for you");
    offer->partner_name = "Fabrikam";
    offer->customer_ask = ASK_DECLINED;
    ck_assert_str_eq(waits_words(arena, offer, PARTY_ISV, today), "Declined; waits for Fabrikam");
    offer->seller_ask = ASK_WITHDRAW;
    ck_assert_str_eq(waits_words(arena, offer, PARTY_PARTNER, today),
                     "Declined; withdrawal asked for; waits for you");
    offer_blank(offer, PARTY_CUSTOMER);
    ck_assert_str_eq(waits_words(arena, offer, PARTY_CUSTOMER, today),
                     "Declined; waits for Fabrikam");
    offer = make_deal_in(arena, STATE_ACCEPTED, &today);
    ck_assert_ptr_null(waits_words(arena, offer, PARTY_ISV, today));
}
END_TEST

Suite *
next_suite(void)
{
    Suite *suite = suite_create("next");
    TCase *cases = tcase_create("next");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_loop_test(cases, each_party_is_told_what_follows, 0, COUNT(law));
    tcase_add_test(cases, every_situation_is_told);
    tcase_add_test(cases, whom_it_waits_for_in_words);
    suite_add_tcase(suite, cases);
    return suite;
}
