/*
 * notice_test.c: the days on which time tells of something, and words that ask for nothing a party
 * may not see (LAW 14, 5).
 */
#include <check.h>
#include <string.h>

#include "base/text.h"
#include "core/notice.h"

static struct arena *arena;

static void
setup(void)
{
    arena = arena_open(1024 * 1024);
}

static void
teardown(void)
{
    arena_close(arena);
}

START_TEST(reminders_come_at_7_3_and_1)
{
    static const struct {
        int left;
        int step;
    } cases[] = {{9, 0}, {8, 0}, {7, 7}, {6, 7}, {4, 7}, {3, 3}, {2, 3}, {1, 1}, {0, 1}, {-1, 0}};

    for (size_t i = 0; i < COUNT(cases); i++)
        ck_assert_int_eq(notice_step(cases[i].left), cases[i].step);
}
END_TEST

static struct day
offer_day(enum offer_state state, int month, int dom)
{
    const struct offer offer = {.state = state, .accept_by_on = day_make(2023, 11, 15)};

    return notice_plan_offer(&offer, day_make(2023, month, dom), arena).on;
}

#define assert_day(day, month, dom) \
    ck_assert_str_eq(day_iso(arena, day), day_iso(arena, day_make(2023, month, dom)))

START_TEST(an_offer_is_told_of_on_those_days_and_after_the_last)
{
    assert_day(offer_day(STATE_PENDING_ACCEPTANCE, 10, 16), 11, 8);
    assert_day(offer_day(STATE_PENDING_ACCEPTANCE, 11, 7), 11, 8);
    assert_day(offer_day(STATE_PENDING_ACCEPTANCE, 11, 8), 11, 12);
    assert_day(offer_day(STATE_PENDING_ACCEPTANCE, 11, 12), 11, 14);
    assert_day(offer_day(STATE_PENDING_ACCEPTANCE, 11, 14), 11, 16);
    assert_day(offer_day(STATE_PENDING_ACCEPTANCE, 11, 15), 11, 16);
    assert_day(offer_day(STATE_PENDING_ACCEPTANCE, 12, 1), 11, 16); /* late, but told */
    assert_day(offer_day(STATE_PENDING_PARTNER, 11, 12), 11, 14);
    ck_assert(day_is_none(offer_day(STATE_PENDING_PARTNER, 11, 14))); /* stays (D-4) */
}
END_TEST

START_TEST(nothing_is_to_come_in_the_other_states)
{
    for (int state = 0; state < STATE_COUNT; state++) {
        const struct offer offer = {.state = (enum offer_state)state,
                                    .accept_by_on = day_make(2023, 11, 15)};
        struct notice_plan plan;

        if (state == STATE_PENDING_ACCEPTANCE || state == STATE_PENDING_PARTNER ||
            state == STATE_EXPIRED || state == STATE_ENDED)
            continue; /* the last two are never stored */
        plan = notice_plan_offer(&offer, day_make(2023, 11, 1), arena);
        ck_assert_str_eq(plan.about, "");
        ck_assert(day_is_none(plan.on));
    }
}
END_TEST

START_TEST(the_events_of_the_law_make_mails_and_no_others)
{
    static const enum event_kind kinds[] = {EVENT_OFFERED, EVENT_EXTENDED, EVENT_TAKEN_BACK,
                                            EVENT_ACCEPTED};
    size_t made = 0;

    for (int kind = 0; kind < EVENT_KIND_COUNT; kind++) {
        enum notice notice;
        bool expected = false;

        for (size_t i = 0; i < COUNT(kinds); i++)
            expected = expected || kinds[i] == (enum event_kind)kind;
        ck_assert_int_eq(notice_after((enum event_kind)kind, &notice), expected);
        made += expected;
    }
    ck_assert_uint_eq(made, 4);
}
END_TEST

START_TEST(texts_come_back)
{
    for (int i = 0; i < NOTICE_COUNT; i++) {
        enum notice notice;

        ck_assert_int_eq(notice_read(notice_text((enum notice)i), &notice), OK);
        ck_assert_int_eq(notice, i);
        ck_assert_str_ne(notice_words((enum notice)i), "");
    }
    for (int i = 0; i < SWITCH_COUNT; i++) {
        enum notice_switch which;

        ck_assert_int_eq(notice_switch_read(notice_switch_text((enum notice_switch)i), &which), OK);
        ck_assert_int_eq(which, i);
    }
}
END_TEST

/* A name is one line whatever it holds, and a % in it asks for nothing. */
START_TEST(names_are_said_as_they_are)
{
    const struct notice_names names = {.name = "100 %n off\r\nBcc: x",
                                       .isv = "Contoso",
                                       .partner = "Fabrikam",
                                       .on = day_make(2023, 11, 15),
                                       .note = ""};

    ck_assert_str_eq(notice_subject(NOTICE_EXPIRED, PARTY_ISV, &names, arena),
                     "Expired: 100 %n off  Bcc: x");
    ck_assert_str_eq(
        notice_lead(NOTICE_EXPIRED, PARTY_PARTNER, &names, arena),
        "100 %n off  Bcc: x has expired: it was to be accepted through 15 Nov 2023 and "
        "was not.");
    ck_assert_str_eq(notice_next(NOTICE_EXPIRED, PARTY_PARTNER, &names, arena),
                     "To go on, withdraw it; then Contoso can withdraw it too and set a later "
                     "date.");
}
END_TEST

START_TEST(each_end_of_a_subscription_has_its_words)
{
    for (int i = 1; i < PURCHASE_ENDING_COUNT; i++)
        ck_assert_uint_gt(strlen(notice_ending((enum purchase_ending)i)), 10);
}
END_TEST

Suite *
notice_suite(void)
{
    Suite *suite = suite_create("notice");
    TCase *tcase = tcase_create("all");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, reminders_come_at_7_3_and_1);
    tcase_add_test(tcase, an_offer_is_told_of_on_those_days_and_after_the_last);
    tcase_add_test(tcase, nothing_is_to_come_in_the_other_states);
    tcase_add_test(tcase, the_events_of_the_law_make_mails_and_no_others);
    tcase_add_test(tcase, texts_come_back);
    tcase_add_test(tcase, names_are_said_as_they_are);
    tcase_add_test(tcase, each_end_of_a_subscription_has_its_words);
    suite_add_tcase(suite, tcase);
    return suite;
}
