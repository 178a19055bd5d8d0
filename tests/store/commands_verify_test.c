/*
 * commands_verify_test.c: `tripact verify`: its heads, what it says of an earlier output, and of a
 * file somebody exported (LAW 5.1).
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "actions/history_file.h"
#include "base/config.h"
#include "base/text.h"
#include "main.h"
#include "store/driver_sqlite.h"
#include "support/play.h"

static struct deal_market market;
static const struct config *config;
static const char *offer;
static const char *first;  /* files in the store's folder */
static const char *second; /* of outputs and exports */

static void
setup(void)
{
    const char *overrides[1];
    const char *complaint = NULL;

    deal_market_open(&market, NULL);
    offer = deal_make(&market, DEAL_SUBMITTED);
    first = arena_format(market.temp.arena, "%s/first", market.temp.folder);
    second = arena_format(market.temp.arena, "%s/second", market.temp.folder);
    overrides[0] = arena_format(market.temp.arena, "--database=%s", market.temp.path);
    ck_assert_int_eq(config_load(market.temp.arena, NULL, 1, overrides, &config, &complaint), OK);
}

static void
teardown(void)
{
    (void)unlink(first);
    (void)unlink(second);
    deal_market_close(&market);
}

/* The command with these words, NULL for none; what it prints goes into the file. */
static int
verify(const char *to, const char *word, const char *against)
{
    char *words[2];
    int count = 0;
    FILE *file = fopen(to, "wbe");
    int before = dup(STDOUT_FILENO);
    int status;

    ck_assert_ptr_nonnull(file);
    if (word != NULL)
        words[count++] = arena_text(market.temp.arena, word);
    if (against != NULL)
        words[count++] = arena_format(market.temp.arena, "--against=%s", against);
    fflush(stdout);
    ck_assert_int_ge(dup2(fileno(file), STDOUT_FILENO), 0);
    status = command_verify(config, count, words);
    fflush(stdout);
    ck_assert_int_ge(dup2(before, STDOUT_FILENO), 0);
    close(before);
    fclose(file);
    return status;
}

static const char *
content(const char *name)
{
    char text[4096] = "";
    FILE *file = fopen(name, "rbe");

    ck_assert_ptr_nonnull(file);
    ck_assert_uint_lt(fread(text, 1, sizeof text - 1, file), sizeof text - 1);
    fclose(file);
    return arena_text(market.temp.arena, text);
}

static void
tamper(const char *sql)
{
    struct connection *connection = NULL;

    ck_assert_int_eq(driver_sqlite.open(market.temp.path, DRIVER_WRITE, &connection), OK);
    ck_assert_int_eq(driver_sqlite.script(connection, "PRAGMA foreign_keys = OFF"), OK);
    ck_assert_int_eq(driver_sqlite.script(connection, sql), OK);
    driver_sqlite.close(connection);
}

/* The ISV's file of the offer. */
static void
export_to(const char *name)
{
    const struct viewer viewer = {PARTY_ISV, DEAL_ISV, TEST_DAY};
    FILE *file = fopen(name, "wbe");
    struct buffer out;

    ck_assert_ptr_nonnull(file);
    buffer_open(&out, LIMIT_CATALOGUE_BYTES);
    ck_assert_int_eq(
        history_file_write(market.temp.reader, market.temp.arena, &viewer, offer, &out), OK);
    ck_assert_uint_eq(fwrite(out.data, 1, out.length, file), out.length);
    buffer_close(&out);
    fclose(file);
}

START_TEST(a_whole_store_prints_its_heads)
{
    ck_assert_int_eq(verify(first, NULL, NULL), EXIT_SUCCESS);
    ck_assert(text_starts(content(first), arena_format(market.temp.arena, "offer %s 6 ", offer)));
    ck_assert_ptr_nonnull(strstr(content(first), "\nall 1 "));
    ck_assert_int_eq(verify(second, NULL, first), EXIT_SUCCESS);
    ck_assert_str_eq(content(second), content(first));
}
END_TEST

START_TEST(what_came_since_agrees_with_an_earlier_output)
{
    ck_assert_int_eq(verify(first, NULL, NULL), EXIT_SUCCESS);
    ck_assert_int_eq(play_deed(&market, &actor_partner, DEED_PRICE, offer), OK);
    ck_assert_int_eq(verify(second, NULL, first), EXIT_SUCCESS);
    ck_assert_str_ne(content(second), content(first));
}
END_TEST

START_TEST(a_broken_store_is_told)
{
    tamper("UPDATE event SET at = at + 1 WHERE number = 5");
    ck_assert_int_eq(verify(first, NULL, NULL), EXIT_FAILURE);
    ck_assert_str_eq(content(first), "");
}
END_TEST

/* Whole by itself, and yet not what it was. */
START_TEST(a_cut_off_tail_shows_against_an_earlier_output)
{
    ck_assert_int_eq(verify(first, NULL, NULL), EXIT_SUCCESS);
    tamper("DELETE FROM event WHERE number = 6; DELETE FROM event_field WHERE number = 6;"
           "DELETE FROM seal WHERE number = 6; DELETE FROM chain_link WHERE number = 6");
    ck_assert_int_eq(verify(second, NULL, NULL), EXIT_SUCCESS);
    ck_assert_int_eq(verify(second, NULL, first), EXIT_FAILURE);
}
END_TEST

/* A history made anew with seals of its own is another one. */
START_TEST(a_history_made_anew_shows_against_an_earlier_output)
{
    ck_assert_int_eq(verify(first, NULL, NULL), EXIT_SUCCESS);
    tamper("UPDATE event SET at = at + 1 WHERE number = 5;"
           "DELETE FROM seal; DELETE FROM chain_link");
    ck_assert_int_eq(verify(second, NULL, NULL), EXIT_FAILURE);
    ck_assert_int_eq(command_migrate(config, 0, NULL), EXIT_SUCCESS);
    ck_assert_int_eq(verify(second, NULL, NULL), EXIT_SUCCESS);
    ck_assert_int_eq(verify(second, NULL, first), EXIT_FAILURE);
}
END_TEST

START_TEST(an_exported_file_is_checked_by_itself)
{
    const char *printed = arena_format(market.temp.arena, "%s/printed", market.temp.folder);

    export_to(first);
    ck_assert_int_eq(verify(printed, first, NULL), EXIT_SUCCESS);
    ck_assert_ptr_nonnull(strstr(content(printed), "as isv: 6 events, from the beginning, head "));
    ck_assert_int_eq(play_deed(&market, &actor_isv, DEED_WITHDRAW, offer), OK);
    export_to(second);
    ck_assert_int_eq(verify(printed, second, first), EXIT_SUCCESS);
    ck_assert_int_eq(verify(printed, first, second), EXIT_FAILURE); /* the older is cut off */
    tamper("UPDATE event SET person_name = 'Nobody' WHERE number = 1");
    export_to(second);
    ck_assert_int_eq(verify(printed, second, NULL), EXIT_FAILURE);
    (void)unlink(printed);
}
END_TEST

START_TEST(wrong_use_is_said)
{
    char words[][32] = {"a", "b", "--against=a", "--against=b"};
    char *two[] = {words[0], words[1]};
    char *olds[] = {words[2], words[3]};

    ck_assert_int_eq(command_verify(config, 2, two), EXIT_WRONG_USE);
    ck_assert_int_eq(command_verify(config, 2, olds), EXIT_WRONG_USE);
    ck_assert_int_eq(verify(first, "/nonexistent", NULL), EXIT_FAILURE);
    ck_assert_int_eq(verify(first, NULL, "/nonexistent"), EXIT_FAILURE);
}
END_TEST

Suite *
commands_verify_suite(void)
{
    Suite *suite = suite_create("commands_verify");
    TCase *cases = tcase_create("commands_verify");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, a_whole_store_prints_its_heads);
    tcase_add_test(cases, what_came_since_agrees_with_an_earlier_output);
    tcase_add_test(cases, a_broken_store_is_told);
    tcase_add_test(cases, a_cut_off_tail_shows_against_an_earlier_output);
    tcase_add_test(cases, a_history_made_anew_shows_against_an_earlier_output);
    tcase_add_test(cases, an_exported_file_is_checked_by_itself);
    tcase_add_test(cases, wrong_use_is_said);
    suite_add_tcase(suite, cases);
    return suite;
}
