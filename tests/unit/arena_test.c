/*
 * arena_test.c: zeroed, aligned, bounded, wiped. Runs in both builds; what only one of them can
 * show is said where it is tested.
 */
#include "base/arena.h"

#include <check.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

Suite *arena_suite(void);

#define CEILING (1024 * 1024)

static struct arena *arena;

static void
setup(void)
{
    arena = arena_open(CEILING);
}

static void
teardown(void)
{
    arena_close(arena);
}

static bool
all_zero(const unsigned char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (bytes[i] != 0)
            return false;
    }
    return true;
}

START_TEST(zeroed_and_aligned_even_after_use)
{
    for (int round = 0; round < 3; round++) {
        for (size_t size = 0; size < 300; size++) {
            unsigned char *bytes = arena_alloc(arena, size);

            ck_assert_ptr_nonnull(bytes);
            ck_assert_uint_eq((uintptr_t)bytes % _Alignof(max_align_t), 0);
            ck_assert(all_zero(bytes, size));
            memset(bytes, 0xa5, size);
        }
        arena_reset(arena);
    }
}
END_TEST

START_TEST(allocations_do_not_overlap)
{
    enum { PIECES = 200 };
    unsigned char *pieces[PIECES];
    size_t size = 0;

    for (size_t i = 0; i < PIECES; i++) {
        size = i * 13 % 997; /* passes the first chunk */
        pieces[i] = arena_alloc(arena, size);
        memset(pieces[i], (int)(i + 1), size);
    }
    for (size_t i = 0; i < PIECES; i++) {
        size = i * 13 % 997;
        for (size_t j = 0; j < size; j++)
            ck_assert_uint_eq(pieces[i][j], i + 1);
    }
}
END_TEST

START_TEST(an_empty_allocation_has_its_own_address)
{
    void *a = arena_alloc(arena, 0);
    void *b = arena_alloc(arena, 0);

    ck_assert_ptr_nonnull(a);
    ck_assert_ptr_ne(a, b);
}
END_TEST

START_TEST(larger_than_a_chunk)
{
    unsigned char *large = arena_alloc(arena, 300 * 1024);
    unsigned char *small = arena_alloc(arena, 16);

    ck_assert(all_zero(large, 300 * 1024));
    memset(large, 0xff, 300 * 1024);
    ck_assert(all_zero(small, 16));
    arena_reset(arena);
    large = arena_alloc(arena, 300 * 1024);
    ck_assert(all_zero(large, 300 * 1024));
}
END_TEST

START_TEST(the_ceiling_can_be_reached)
{
    for (int round = 0; round < 3; round++) {
        for (size_t i = 0; i < CEILING / 1024; i++)
            ck_assert_ptr_nonnull(arena_alloc(arena, 1024));
        arena_reset(arena);
    }
}
END_TEST

START_TEST(beyond_the_ceiling_the_process_ends)
{
    switch (_i) {
    case 0:
        (void)arena_alloc(arena, CEILING + 1);
        break;
    case 1:
        for (size_t i = 0; i <= CEILING / 1024; i++)
            (void)arena_alloc(arena, 1024);
        break;
    case 2:
        (void)arena_alloc(arena, SIZE_MAX);
        break;
    case 3: /* wraps to a small number */
        (void)arena_alloc_array(arena, SIZE_MAX / 8 + 2, 8);
        break;
    case 4: /* what is rounded up counts */
        for (size_t i = 0; i <= CEILING / _Alignof(max_align_t); i++)
            (void)arena_alloc(arena, 1);
        break;
    case 5:
        (void)arena_format(arena, "%*d", CEILING, 1);
        break;
    }
}
END_TEST

START_TEST(typed_helpers)
{
    struct pair {
        int64_t number;
        const char *text;
    };
    struct pair *one = arena_new(arena, struct pair);
    struct pair *many = arena_array(arena, struct pair, 10);

    ck_assert_int_eq(one->number, 0);
    ck_assert_ptr_null(one->text);
    for (size_t i = 0; i < 10; i++)
        ck_assert_ptr_null(many[i].text);
    ck_assert_ptr_nonnull(arena_array(arena, struct pair, 0));
}
END_TEST

START_TEST(texts)
{
    char source[] = "Brightwater";
    char *copy = arena_copy(arena, source, 6);
    char *text = arena_text(arena, source);

    memset(source, 'x', sizeof(source) - 1);
    ck_assert_str_eq(copy, "Bright");
    ck_assert_str_eq(text, "Brightwater");
    ck_assert_str_eq(arena_copy(arena, NULL, 0), "");
    ck_assert_str_eq(arena_text(arena, ""), "");
    ck_assert_mem_eq(arena_copy(arena, "a\0b", 3), "a\0b", 4);
    ck_assert_str_eq(arena_format(arena, "%s/%d/%s", "a", 7, ""), "a/7/");
    ck_assert_str_eq(arena_format(arena, "%s", ""), "");
    ck_assert_uint_eq(strlen(arena_format(arena, "%5000d", 1)), 5000);
}
END_TEST

#ifndef SANITIZED
/* Only the normal build keeps its memory, so only there may one look at what was given back. */
START_TEST(a_reset_wipes_and_begins_again)
{
    char *password = arena_text(arena, "demo-password");
    size_t length = strlen(password);

    arena_reset(arena);

    const unsigned char *again = arena_alloc(arena, length + 1);
    ck_assert_ptr_eq(again, password);
    ck_assert(all_zero(again, length + 1));
}
END_TEST
#endif

#ifndef SANITIZED
static size_t
resident_bytes(void)
{
    char line[100];
    char *at = NULL;
    FILE *file = fopen("/proc/self/statm", "re");

    ck_assert_ptr_nonnull(file);
    ck_assert_ptr_nonnull(fgets(line, sizeof line, file));
    ck_assert_int_eq(fclose(file), 0);
    (void)strtoul(line, &at, 10); /* all that is mapped; then what is there */
    return strtoul(at, NULL, 10) * (size_t)sysconf(_SC_PAGESIZE);
}

/* Even when something that was allocated in between outlives it. */
START_TEST(what_a_large_request_took_goes_back_to_the_kernel)
{
    enum { PIECES = 64 * 1024, PIECE = 1000, EVERY = 1024 };
    struct arena *large = arena_open((size_t)128 * 1024 * 1024);
    void *kept[PIECES / EVERY];
    size_t before = resident_bytes();

    for (int i = 0; i < PIECES; i++) {
        memset(arena_alloc(large, PIECE), 'x', PIECE);
        if (i % EVERY == 0)
            kept[i / EVERY] = malloc(200);
    }
    ck_assert_uint_gt(resident_bytes(), before + (size_t)PIECES * PIECE / 2);
    arena_reset(large);
    ck_assert_uint_lt(resident_bytes(), before + (size_t)4 * 1024 * 1024);
    for (size_t i = 0; i < PIECES / EVERY; i++)
        free(kept[i]);
    arena_close(large);
}
END_TEST
#endif

START_TEST(closing_nothing_is_allowed)
{
    arena_close(NULL);
    arena_reset(arena);
    arena_reset(arena);
}
END_TEST

Suite *
arena_suite(void)
{
    Suite *suite = suite_create("arena");
    TCase *tcase = tcase_create("arena");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, zeroed_and_aligned_even_after_use);
    tcase_add_test(tcase, allocations_do_not_overlap);
    tcase_add_test(tcase, an_empty_allocation_has_its_own_address);
    tcase_add_test(tcase, larger_than_a_chunk);
    tcase_add_test(tcase, the_ceiling_can_be_reached);
    tcase_add_loop_test_raise_signal(tcase, beyond_the_ceiling_the_process_ends, SIGABRT, 0, 6);
    tcase_add_test(tcase, typed_helpers);
    tcase_add_test(tcase, texts);
#ifndef SANITIZED
    tcase_add_test(tcase, a_reset_wipes_and_begins_again);
    tcase_add_test(tcase, what_a_large_request_took_goes_back_to_the_kernel);
#endif
    tcase_add_test(tcase, closing_nothing_is_allowed);
    suite_add_tcase(suite, tcase);
    return suite;
}
