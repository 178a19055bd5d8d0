/*
 * world_test.c: what is made of random bytes, with dice that always fall the same; and that the
 * real world answers at all.
 */
#include "base/limits.h"
#include "base/world.h"

#include <check.h>
#include <string.h>

Suite *world_suite(void);

static struct arena *arena;

static int64_t
given_now(void *context)
{
    (void)context;
    return INT64_C(1697414400);
}

static void
given_random(void *context, void *bytes, size_t size)
{
    memset(bytes, *(const unsigned char *)context, size);
}

static struct world
made_of(unsigned char *byte)
{
    return (struct world){.context = byte, .now = given_now, .random = given_random};
}

static void
setup(void)
{
    ck_assert_int_eq(world_start(), OK);
    arena = arena_open(LIMIT_ARENA_BYTES);
}

static void
teardown(void)
{
    arena_close(arena);
}

START_TEST(a_guid_is_version_4)
{
    unsigned char zero = 0;
    unsigned char full = 0xff;
    const struct world zeros = made_of(&zero);
    const struct world ones = made_of(&full);

    ck_assert_str_eq(world_guid(&zeros, arena), "00000000-0000-4000-8000-000000000000");
    ck_assert_str_eq(world_guid(&ones, arena), "ffffffff-ffff-4fff-bfff-ffffffffffff");
}
END_TEST

START_TEST(a_token_is_url_safe)
{
    unsigned char zero = 0;
    unsigned char full = 0xff;
    const struct world zeros = made_of(&zero);
    const struct world ones = made_of(&full);

    ck_assert_str_eq(world_token(&zeros, arena), "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    ck_assert_str_eq(world_token(&ones, arena), "__________________________________________8");
}
END_TEST

START_TEST(the_given_clock_is_asked)
{
    unsigned char zero = 0;
    const struct world world = made_of(&zero);

    ck_assert_int_eq(world_now(&world), INT64_C(1697414400));
}
END_TEST

START_TEST(the_real_world_answers)
{
    const char *token = world_token(&world_real, arena);

    ck_assert_int_eq(world_start(), OK); /* twice is allowed */
    ck_assert_int_gt(world_now(&world_real), INT64_C(1697414400));
    ck_assert_uint_eq(strlen(token), 43);
    ck_assert_str_ne(token, world_token(&world_real, arena));
    ck_assert_str_ne(world_guid(&world_real, arena), world_guid(&world_real, arena));
    world_random(&world_real, NULL, 0);
}
END_TEST

Suite *
world_suite(void)
{
    Suite *suite = suite_create("world");
    TCase *tcase = tcase_create("world");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, a_guid_is_version_4);
    tcase_add_test(tcase, a_token_is_url_safe);
    tcase_add_test(tcase, the_given_clock_is_asked);
    tcase_add_test(tcase, the_real_world_answers);
    suite_add_tcase(suite, tcase);
    return suite;
}
