/*
 * settings_test.c: what a fresh store says, and what may be set.
 */
#include <check.h>

#include "store/settings.h"
#include "support/fake_world.h"
#include "support/temp_store.h"

static struct temp_store temp;

static void
setup(void)
{
    temp_store_open(&temp, NULL);
}

static void
teardown(void)
{
    temp_store_close(&temp);
}

START_TEST(a_fresh_store_has_the_defaults)
{
    struct settings settings;

    ck_assert_int_eq(settings_load(temp.reader, &settings), OK);
    ck_assert_int_eq(settings.clock_offset_s, 0);
    ck_assert(!settings.demo);
    ck_assert_int_eq(settings.publish_delay_s, 0);
    ck_assert_int_eq(settings.fee.e8, 3 * RATE_ONE_PERCENT);
    ck_assert(!settings.certificate_blocking);
}
END_TEST

START_TEST(what_is_set_is_loaded)
{
    struct settings settings;
    struct fake_world fake;
    struct db *db = temp_write(&temp);

    ck_assert_int_eq(settings_set(db, SETTING_CLOCK_OFFSET, "-97000000"), OK);
    ck_assert_int_eq(settings_set(db, SETTING_DEMO, "1"), OK);
    ck_assert_int_eq(settings_set(db, SETTING_PUBLISH_DELAY, "5"), OK);
    ck_assert_int_eq(settings_set(db, SETTING_PUBLISH_DELAY, "6"), OK);
    ck_assert_int_eq(settings_set(db, SETTING_FEE, "2000000000"), OK);
    ck_assert_int_eq(settings_set(db, SETTING_CERTIFICATE_BLOCKING, "1"), OK);
    temp_keep(&temp, db);

    ck_assert_int_eq(settings_load(temp.reader, &settings), OK);
    ck_assert_int_eq(settings.clock_offset_s, -97000000);
    ck_assert(settings.demo);
    ck_assert_int_eq(settings.publish_delay_s, 6);
    ck_assert_int_eq(settings.fee.e8, 20 * RATE_ONE_PERCENT);
    ck_assert(settings.certificate_blocking);
    fake_world_start(&fake, 1000000000);
    ck_assert_int_eq(settings_now(&settings, &fake.world), 903000000);
}
END_TEST

START_TEST(nonsense_is_not_set)
{
    static const char *const refused[][2] = {
        {"unknown", "1"},
        {SETTING_DEMO, "2"},
        {SETTING_DEMO, ""},
        {SETTING_DEMO, "-1"},
        {SETTING_PUBLISH_DELAY, "-1"},
        {SETTING_PUBLISH_DELAY, "soon"},
        {SETTING_FEE, "10000000001"},
        {SETTING_CLOCK_OFFSET, "--1"},
        {SETTING_CLOCK_OFFSET, "-"},
        {SETTING_CLOCK_OFFSET, "99999999999999999999"},
    };
    struct db *db = temp_write(&temp);

    for (size_t i = 0; i < COUNT(refused); i++)
        ck_assert_int_eq(settings_set(db, refused[i][0], refused[i][1]), ERR_INVALID);
    temp_keep(&temp, db);
}
END_TEST

Suite *
settings_suite(void)
{
    Suite *suite = suite_create("settings");
    TCase *cases = tcase_create("settings");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, a_fresh_store_has_the_defaults);
    tcase_add_test(cases, what_is_set_is_loaded);
    tcase_add_test(cases, nonsense_is_not_set);
    suite_add_tcase(suite, cases);
    return suite;
}
