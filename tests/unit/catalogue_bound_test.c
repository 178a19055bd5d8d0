/*
 * catalogue_bound_test.c: a file of allowed size takes no more memory than a request has, however
 * it is made: whatever fills an arena ends the whole process.
 */
#include <check.h>
#include <string.h>

#include "actions/catalogue_parts.h"
#include "base/text.h"

static struct arena *arena;
static struct buffer body;

static void
setup(void)
{
    arena = arena_open(LIMIT_ARENA_BYTES);
    buffer_open(&body, LIMIT_CATALOGUE_BYTES);
}

static void
teardown(void)
{
    buffer_close(&body);
    arena_close(arena);
}

/* ' stands for ". */
static void
put(const char *bytes)
{
    while (*bytes != '\0') {
        size_t plain = strcspn(bytes, "'");

        buffer_put(&body, bytes, plain);
        bytes += plain;
        if (*bytes == '\'') {
            buffer_put(&body, "\"", 1);
            bytes++;
        }
    }
}

static void
put_times(const char *bytes, int count)
{
    for (int i = 0; i < count; i++) {
        put(i == 0 ? "" : ",");
        put(bytes);
    }
}

/* Reads what was put; the problems of a file that has any. */
static const struct problems *
refused(void)
{
    struct problems *problems = problems_new(arena);
    const struct catalogue_file *file = NULL;

    ck_assert(!body.full);
    ck_assert_int_eq(catalogue_file_read(arena, body.data, body.length, problems, &file),
                     ERR_INVALID);
    return problems;
}

START_TEST(keys_that_stand_twice)
{
    const struct problems *problems;

    put("{'products': [{");
    for (int i = 0; i < 6; i++)
        put("'a key that is long enough to make its path as long as it can be': [{");
    for (int i = 0; i < 4000; i++) {
        put(i == 0 ? "" : ",{");
        put_times("'a': 0", LIMIT_JSON_MEMBERS / 2);
        put("}");
    }
    for (int i = 0; i < 5; i++)
        put("]}");
    put("]}]}");
    problems = refused();
    ck_assert_uint_eq(problems->count, LIMIT_PROBLEMS);
    ck_assert_uint_eq(problems->count + problems->dropped, 4000 * (LIMIT_JSON_MEMBERS / 2 - 1));
}
END_TEST

START_TEST(keys_that_are_not_known)
{
    const struct problems *problems;

    put("{'products': [");
    for (int product = 0; product < 100; product++) {
        put(product == 0 ? "{'plans': [" : ",{'plans': [");
        for (int plan = 0; plan < LIMIT_PLANS; plan++) {
            put(plan == 0 ? "{" : ",{");
            for (int key = 0; key < 40; key++)
                buffer_format(&body, "%s\"k%d\":0", key == 0 ? "" : ",", key);
            put("}");
        }
        put("],'type': 'SAAS'}");
    }
    put("]}");
    problems = refused();
    ck_assert_uint_eq(problems->count, LIMIT_PROBLEMS);
    ck_assert_uint_ge(problems->dropped, 100 * LIMIT_PLANS * 40);
}
END_TEST

/* As many plans as a file may have, with as many prices, each in as many markets. */
static void
put_much(void)
{
    put("{'products': [");
    for (int product = 0; product < LIMIT_FILE_PLANS / LIMIT_PLANS; product++) {
        buffer_format(&body, "%s{\"id\":\"p%d\",\"name\":\"P\",\"type\":\"SAAS\",\"plans\":[",
                      product == 0 ? "" : ",", product);
        for (int plan = 0; plan < LIMIT_PLANS; plan++) {
            buffer_format(&body, "%s{\"id\":\"a%d\",\"name\":\"A\",\"markets\":[",
                          plan == 0 ? "" : ",", plan);
            for (int market = 0; market < LIMIT_MARKETS; market++)
                buffer_format(&body, "%s\"%c%c\"", market == 0 ? "" : ",", 'A' + market / 26,
                              'A' + market % 26);
            put("],'priceAndAvailability':{'pricing':{'customMeters':{'meters':{");
            for (int meter = 0; meter < LIMIT_FILE_PRICES / LIMIT_FILE_PLANS; meter++)
                buffer_format(&body, "%s\"%c\":{\"pricePerPaymentInUsd\":1}", meter == 0 ? "" : ",",
                              'a' + meter);
            put("}}}}}");
        }
        put("]}");
    }
    put("]}");
}

START_TEST(plans_with_much_in_them_are_read)
{
    struct problems *problems = problems_new(arena);
    const struct catalogue_file *file = NULL;

    put_much();
    ck_assert(!body.full);
    ck_assert_int_eq(catalogue_file_read(arena, body.data, body.length, problems, &file), OK);
    ck_assert_uint_eq(file->products[99].plans[99].plan.point_count, 20);
}
END_TEST

START_TEST(what_does_not_fit_the_arena_is_told)
{
    arena_close(arena);
    arena = arena_open((size_t)32 * 1024 * 1024);
    put_much();
    ck_assert_str_eq(refused()->list[0].message,
                     "This is more than can be read at once; split the file");
}
END_TEST

Suite *
catalogue_bound_suite(void)
{
    Suite *suite = suite_create("catalogue_bound");
    TCase *tests = tcase_create("all");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, keys_that_stand_twice);
    tcase_add_test(tests, keys_that_are_not_known);
    tcase_add_test(tests, plans_with_much_in_them_are_read);
    tcase_add_test(tests, what_does_not_fit_the_arena_is_told);
    suite_add_tcase(suite, tests);
    return suite;
}
