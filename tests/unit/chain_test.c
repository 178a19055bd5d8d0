/*
 * chain_test.c: the hashes of histories, as anybody can compute them again.
 *
 * Expected values were made beforehand with Python:
 *
 *   def H(*fields):  # a text: b't', an integer: b'i'; 8 bytes of length, least significant first
 *       h = hashlib.blake2b(digest_size=32)
 *       for x in fields:
 *           k, b = (b'i', x.to_bytes(8, 'little')) if isinstance(x, int) else (b't', x.encode())
 *           h.update(k + len(b).to_bytes(8, 'little') + b)
 *       return h.hexdigest()
 *   genesis = H("tripact history 1", "offer o", "isv")
 *   column  = H(H("salt", "at"), "at", "1697450000")
 *   field   = H(H("salt", 2), "discount", 1, "", "10", "20")
 *   link    = H(genesis, column, field)
 */
#include <check.h>

#include "base/limits.h"
#include "base/world.h"
#include "core/chain.h"

Suite *chain_suite(void);

static struct arena *arena;

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

START_TEST(known_hashes)
{
    const struct chain_field discount = {"discount", 1, "", "10", "20"};
    const char *genesis = chain_genesis(arena, "offer o", "isv");
    const char *salt = chain_column_salt(arena, "salt", "at");
    const char *column = chain_column_hash(arena, salt, "at", "1697450000");
    const char *field_salt = chain_field_salt(arena, "salt", 2);
    const char *field = chain_field_hash(arena, field_salt, &discount);
    struct digest link;

    ck_assert_str_eq(genesis, "9ac26f0a92c1561fa2bd33eaa8726db5ce296871f48471bf7627e3bf60a29e53");
    ck_assert_str_eq(salt, "bf4635e2b28794791607ac9d3e4621281abb7b9e8d3aac5a48493cd01cead536");
    ck_assert_str_eq(column, "47273385eed9d71ce85d339af773a1c828b6341ef6828159d4d1268ca52f9c15");
    ck_assert_str_eq(field_salt,
                     "a4df3d76073d7185ca86f7c17e0a49e6fe233746104ae1f7abab53681e15047e");
    ck_assert_str_eq(field, "050de2f1c887a407becd9c0417688355490d68a7bc7512a689e69ec15fd524b9");
    chain_link_begin(&link, genesis);
    digest_text(&link, column);
    digest_text(&link, field);
    ck_assert_str_eq(digest_end(&link, arena),
                     "2a907eef2b574c58fcc6f0305e377e67c3733f8fe3b9b7e5eea9bf4d26192dd5");
}
END_TEST

Suite *
chain_suite(void)
{
    Suite *suite = suite_create("chain");
    TCase *cases = tcase_create("chain");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, known_hashes);
    suite_add_tcase(suite, cases);
    return suite;
}
