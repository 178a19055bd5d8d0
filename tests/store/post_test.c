/*
 * post_test.c: mails on their way, step by step: taken by one, tried again ever later, given up,
 * tried anew by an operator; into a folder whole or not at all.
 */
#include <check.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "jobs/maildir.h"
#include "store/outbox.h"
#include "support/mails.h"

static struct deal_market market;

static void
setup(void)
{
    deal_market_open(&market, NULL);
}

static void
teardown(void)
{
    deal_market_close(&market);
}

static void
put(const char *id, const char *recipient)
{
    const struct mail mail = {.id = id,
                              .key = id,
                              .notice = NOTICE_ACCEPTED,
                              .party = PARTY_ISV,
                              .recipient = recipient,
                              .subject = "Accepted: Northwind FY24",
                              .lead = "Lead",
                              .next = "",
                              .facts = "",
                              .path = "/isv/offers/1",
                              .created_at = market.fake.now};
    struct db *db = temp_write(&market.temp);

    ck_assert_int_eq(outbox_put(db, &mail), OK);
    temp_keep(&market.temp, db);
}

static struct mail_page
page_of(enum mail_state state)
{
    struct mail_page page;

    ck_assert_int_eq(outbox_page(market.temp.reader, market.temp.arena, state, 0, "", &page), OK);
    return page;
}

/* Cannot be written: what composes it refuses the recipient. */
static enum err
refuse_some(void *context, struct arena *arena, const struct mail *mail, const char **text,
            const char **html)
{
    (void)context, (void)arena;
    if (text_starts(mail->recipient, "bad"))
        return ERR_BROKEN;
    *text = "x\n";
    *html = "x\n";
    return OK;
}

static int
deliver(void)
{
    struct postman postman = mails_postman(&market, NULL);
    int sent = -1;

    postman.compose = refuse_some;
    ck_assert_int_eq(post_deliver(market.temp.store, market.temp.reader, market.temp.arena,
                                  &market.fake.world, &postman, NULL, &sent),
                     OK);
    return sent;
}

START_TEST(waits_double_up_to_six_hours)
{
    static const int64_t minutes[] = {1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360};

    for (size_t i = 0; i < COUNT(minutes); i++)
        ck_assert_int_eq(post_wait_s(60, (int64_t)i + 1), minutes[i] * 60);
    ck_assert_int_eq(post_wait_s(60, INT64_MAX), (int64_t)6 * 60 * 60);
}
END_TEST

START_TEST(one_that_fails_holds_up_no_other_and_is_given_up)
{
    put("bad", "bad@contoso.example");
    put("good", "good@contoso.example");
    ck_assert_int_eq(deliver(), 1);
    ck_assert_uint_eq(mails_filed(&market), 1);
    for (int tries = 1; tries < LIMIT_MAIL_TRIES; tries++) {
        struct mail_page page = page_of(MAIL_WAITING);

        ck_assert_uint_eq(page.count, 1);
        ck_assert_int_eq(page.rows[0].tries, tries);
        ck_assert_str_eq(page.rows[0].error, "it can't be composed");
        ck_assert_int_eq(page.rows[0].next_at, market.fake.now + post_wait_s(60, tries));
        market.fake.now = page.rows[0].next_at - 1;
        ck_assert_int_eq(deliver(), 0);
        ck_assert_int_eq(page_of(MAIL_WAITING).rows[0].tries, tries); /* not its time yet */
        market.fake.now++;
        ck_assert_int_eq(deliver(), 0);
    }
    ck_assert_uint_eq(page_of(MAIL_WAITING).count, 0);
    ck_assert_uint_eq(page_of(MAIL_FAILED).count, 1);
    market.fake.now += 1000000;
    ck_assert_int_eq(deliver(), 0);
    ck_assert_int_eq(page_of(MAIL_FAILED).rows[0].tries, LIMIT_MAIL_TRIES);
}
END_TEST

START_TEST(a_clock_that_was_set_back_makes_no_mail_wait_for_it)
{
    put("bad", "bad@contoso.example");
    ck_assert_int_eq(deliver(), 0);
    ck_assert_int_eq(page_of(MAIL_WAITING).rows[0].next_at, market.fake.now + 60);
    /* an hour more is less than the longest wait there is; a year is more */
    market.fake.now -= 60 * 60;
    ck_assert_int_eq(deliver(), 0);
    ck_assert_int_eq(page_of(MAIL_WAITING).rows[0].tries, 1);
    market.fake.now -= 365 * 24 * 60 * 60;
    ck_assert_int_eq(deliver(), 0);
    ck_assert_int_eq(page_of(MAIL_WAITING).rows[0].tries, 2);
    ck_assert_int_eq(page_of(MAIL_WAITING).rows[0].next_at, market.fake.now + 120);
}
END_TEST

static enum err
retry(const char *id)
{
    struct db *db = temp_write(&market.temp);
    struct mail mail;
    enum err outcome = outbox_retry(db, market.temp.arena, id, market.fake.now, &mail);

    ck_assert_int_eq(write_end(market.temp.store, db, outcome == OK), OK);
    return outcome;
}

START_TEST(an_operator_tries_again_from_the_beginning)
{
    put("bad", "bad@contoso.example");
    put("good", "good@contoso.example");
    ck_assert_int_eq(retry("bad"), ERR_CLOSED); /* not tried yet */
    ck_assert_int_eq(deliver(), 1);
    ck_assert_int_eq(retry("bad"), OK); /* does not wait for its time */
    ck_assert_int_eq(deliver(), 0);
    ck_assert_int_eq(page_of(MAIL_WAITING).rows[0].tries, 1);
    ck_assert_int_eq(retry("good"), ERR_CLOSED);
    ck_assert_int_eq(retry("nobody"), ERR_ABSENT);
}
END_TEST

/* Two processes find the same mail: one takes it. */
START_TEST(a_mail_is_taken_by_one)
{
    struct mails_due due;
    struct mail mail;
    struct db *db;

    put("one", "i@contoso.example");
    ck_assert_int_eq(outbox_due(market.temp.reader, market.temp.arena, market.fake.now, INT64_MAX,
                                &due),
                     OK);
    ck_assert_uint_eq(due.count, 1);
    db = temp_write(&market.temp);
    ck_assert_int_eq(
        outbox_claim(db, market.temp.arena, &due.rows[0], market.fake.now + 150, &mail), OK);
    ck_assert_str_eq(mail.recipient, "i@contoso.example");
    ck_assert_int_eq(
        outbox_claim(db, market.temp.arena, &due.rows[0], market.fake.now + 150, &mail),
        ERR_CLOSED);
    temp_keep(&market.temp, db);
    ck_assert_int_eq(deliver(), 0);
    market.fake.now += 150; /* whoever took it has died */
    ck_assert_int_eq(deliver(), 1);
    ck_assert_uint_eq(mails_filed(&market), 1);
}
END_TEST

START_TEST(the_same_mail_is_put_in_once)
{
    const struct mail again = {.id = "other",
                               .key = "one",
                               .notice = NOTICE_ACCEPTED,
                               .party = PARTY_ISV,
                               .recipient = "i@contoso.example",
                               .subject = "",
                               .lead = "",
                               .next = "",
                               .facts = "",
                               .path = ""};
    struct db *db;

    put("one", "i@contoso.example");
    ck_assert_int_eq(deliver(), 1);
    db = temp_write(&market.temp);
    ck_assert_int_eq(outbox_put(db, &again), OK);
    temp_keep(&market.temp, db);
    ck_assert_int_eq(deliver(), 0); /* also after it was sent */
}
END_TEST

START_TEST(what_was_sent_is_forgotten)
{
    struct mail_page page;

    put("one", "i@contoso.example");
    ck_assert_int_eq(deliver(), 1);
    page = page_of(MAIL_SENT);
    ck_assert_uint_eq(page.count, 1);
    ck_assert_str_eq(page.rows[0].recipient, "i@contoso.example");
    ck_assert_str_eq(page.rows[0].error, "");
}
END_TEST

START_TEST(a_turn_takes_so_many)
{
    for (int i = 0; i < LIMIT_MAILS + 3; i++)
        put(arena_format(market.temp.arena, "m-%02d", i), "i@contoso.example");
    ck_assert_int_eq(deliver(), LIMIT_MAILS);
    ck_assert_int_eq(deliver(), 3);
    ck_assert_uint_eq(mails_filed(&market), LIMIT_MAILS + 3);
}
END_TEST

/* A folder that cannot be is a try that failed, and is one once it can. */
START_TEST(a_folder_that_cannot_be_written_is_tried_again)
{
    const char *path = arena_format(market.temp.arena, "%s/mail", market.temp.folder);
    FILE *in_the_way = fopen(path, "w");

    ck_assert_ptr_nonnull(in_the_way);
    ck_assert_int_eq(fclose(in_the_way), 0);
    put("one", "i@contoso.example");
    ck_assert_int_eq(deliver(), 0);
    ck_assert_str_eq(page_of(MAIL_WAITING).rows[0].error, "the folder can't be written");
    ck_assert_int_eq(unlink(path), 0);
    market.fake.now += 60;
    ck_assert_int_eq(deliver(), 1);
    ck_assert_uint_eq(mails_filed(&market), 1);
}
END_TEST

START_TEST(a_file_of_the_same_name_is_the_same_mail)
{
    const char *folder = arena_format(market.temp.arena, "%s/mail", market.temp.folder);
    struct stat status;

    ck_assert_int_eq(maildir_put(folder, "1.a", "first", 5), OK);
    ck_assert_int_eq(maildir_put(folder, "1.a", "again", 5), OK);
    ck_assert_uint_eq(mails_filed(&market), 1);
    ck_assert_int_eq(stat(arena_format(market.temp.arena, "%s/new/1.a", folder), &status), 0);
    ck_assert_int_eq(status.st_size, 5);
    ck_assert_int_eq((int)(status.st_mode & 0777), 0600);
    ck_assert_int_eq(rmdir(arena_format(market.temp.arena, "%s/tmp", folder)), 0); /* empty */
    ck_assert_int_eq(rmdir(arena_format(market.temp.arena, "%s/cur", folder)), 0);
}
END_TEST

Suite *
post_suite(void)
{
    Suite *suite = suite_create("post");
    TCase *tcase = tcase_create("all");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, waits_double_up_to_six_hours);
    tcase_add_test(tcase, one_that_fails_holds_up_no_other_and_is_given_up);
    tcase_add_test(tcase, a_clock_that_was_set_back_makes_no_mail_wait_for_it);
    tcase_add_test(tcase, an_operator_tries_again_from_the_beginning);
    tcase_add_test(tcase, a_mail_is_taken_by_one);
    tcase_add_test(tcase, the_same_mail_is_put_in_once);
    tcase_add_test(tcase, what_was_sent_is_forgotten);
    tcase_add_test(tcase, a_turn_takes_so_many);
    tcase_add_test(tcase, a_folder_that_cannot_be_written_is_tried_again);
    tcase_add_test(tcase, a_file_of_the_same_name_is_the_same_mail);
    suite_add_tcase(suite, tcase);
    return suite;
}
