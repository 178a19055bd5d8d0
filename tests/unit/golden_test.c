/*
 * golden_test.c: the steps and the visibility the code really allows, of offers, of purchases and
 * of requests to cancel, printed and compared line by line with tests/golden/, which is written
 * from the law and reviewed as text.
 *
 * Lines that begin with # are for people. The files are found from the root of the repository,
 * which is TRIPACT_SOURCE when that is set.
 */
#include "base/text.h"
#include "core/support.h"
#include "make_offer.h"
#include "make_purchase.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

Suite *golden_suite(void);

#define FILE_BYTES 16384

static struct arena *arena;
static struct buffer printed;

static void
setup(void)
{
    arena = arena_open(LIMIT_ARENA_BYTES);
    buffer_open(&printed, FILE_BYTES);
}

static void
teardown(void)
{
    buffer_close(&printed);
    arena_close(arena);
}

static const char *const state_names[STATE_COUNT] = {
    [STATE_DRAFT] = "draft",
    [STATE_TO_PARTNER] = "to partner",
    [STATE_PENDING_PARTNER] = "pending partner",
    [STATE_TO_CUSTOMER] = "to customer",
    [STATE_PENDING_ACCEPTANCE] = "pending acceptance",
    [STATE_ACCEPTED] = "accepted",
    [STATE_CANCELLED] = "cancelled",
    [STATE_DELETED] = "deleted",
    [STATE_EXPIRED] = "expired",
    [STATE_ENDED] = "ended",
};

static const char *const move_names[MOVE_COUNT] = {
    [MOVE_EDIT] = "edit",           [MOVE_DELETE] = "delete",
    [MOVE_SUBMIT] = "submit",       [MOVE_PUBLISH] = "publish",
    [MOVE_FAIL] = "fail",           [MOVE_WITHDRAW] = "withdraw",
    [MOVE_PRICE] = "price",         [MOVE_EXTEND] = "extend",
    [MOVE_TAKE_BACK] = "take back", [MOVE_ACCEPT] = "accept",
    [MOVE_SEND_BACK] = "send back", [MOVE_ASK_WITHDRAW] = "ask out",
    [MOVE_DECLINE] = "decline",     [MOVE_ASK_CHANGE] = "ask change",
    [MOVE_CANCEL] = "cancel",
};

static const char *const purchase_moves[PURCHASE_MOVE_COUNT] = {
    [PURCHASE_CONFIGURE] = "configure",
    [PURCHASE_ACTIVATE] = "activate",
    [PURCHASE_CANCEL] = "cancel",
    [PURCHASE_FAIL_PAYMENT] = "fail payment",
    [PURCHASE_RECEIVE_PAYMENT] = "receive payment",
    [PURCHASE_CHANGE] = "change",
    [PURCHASE_RECUR] = "recur",
    [PURCHASE_REPORT] = "report",
    [PURCHASE_LAPSE] = "lapse",
    [PURCHASE_RENEW] = "renew",
    [PURCHASE_END] = "end",
    [PURCHASE_REFUND] = "refund",
};

static const enum party viewers[] = {PARTY_ISV, PARTY_PARTNER, PARTY_CUSTOMER, PARTY_OPERATOR};

/* Keeps the file's lines but for those that begin with #. */
static const char *
golden(const char *name)
{
    const char *root = getenv("TRIPACT_SOURCE");
    const char *path = arena_format(arena, "%s/tests/golden/%s", root == NULL ? "." : root, name);
    char *bytes = arena_alloc(arena, FILE_BYTES);
    char *kept = arena_alloc(arena, FILE_BYTES);
    size_t length = 0;
    FILE *file = fopen(path, "r");

    ck_assert_msg(file != NULL, "%s cannot be read", path);
    ck_assert_uint_lt(fread(bytes, 1, FILE_BYTES - 1, file), FILE_BYTES - 1);
    (void)fclose(file);
    while (*bytes != '\0') {
        const size_t line = strcspn(bytes, "\n") + 1;

        ck_assert_msg(bytes[line - 1] == '\n', "%s does not end with a line feed", path);
        if (*bytes != '#') {
            memcpy(kept + length, bytes, line);
            length += line;
        }
        bytes += line;
    }
    return kept;
}

/* Line by line, so that a failure names the line. */
static void
compare(const char *expected, const char *found)
{
    for (int line = 1; *expected != '\0' || *found != '\0'; line++) {
        const size_t a = strcspn(expected, "\n");
        const size_t b = strcspn(found, "\n");

        ck_assert_msg(a == b && memcmp(expected, found, a) == 0,
                      "line %d: the file says \"%.*s\", the code \"%.*s\"", line, (int)a, expected,
                      (int)b, found);
        expected += expected[a] == '\n' ? a + 1 : a;
        found += found[b] == '\n' ? b + 1 : b;
    }
}

/* Tries every move as every party in every state, rather than reading the table of steps. */
START_TEST(steps)
{
    for (int s = 0; s < STATE_COUNT; s++) {
        for (int m = 0; m < MOVE_COUNT; m++) {
            for (int p = 0; p < PARTY_COUNT; p++) {
                struct day today;
                struct offer *offer = make_deal_in(arena, (enum offer_state)s, &today);

                if (offer_advance(offer, (enum offer_move)m, (enum party)p, today) == OK)
                    buffer_format(&printed, "%-22s%-11s%-10s%s\n", state_names[s], move_names[m],
                                  party_text((enum party)p), state_names[offer->state]);
            }
        }
        arena_reset(arena);
    }
    ck_assert(!printed.full);
    compare(golden("steps.txt"), printed.data);
}
END_TEST

/* Which kinds make the move, and to where. A refused move leaves every byte of the purchase. */
static unsigned
try_purchases(enum purchase_state state, enum purchase_move move, enum party by,
              enum purchase_state *to)
{
    const struct day today = make_day(state == PURCHASE_PENDING ? "2023-10-22" : "2024-02-12");
    unsigned kinds = 0;

    for (int k = 0; k < PURCHASE_KIND_COUNT; k++) {
        struct purchase purchase;
        struct purchase before;

        make_purchase_in((enum purchase_kind)k, state, &purchase);
        if (move == PURCHASE_CONFIGURE)
            purchase.configured_at = 0;
        memcpy(&before, &purchase, sizeof before);
        if (purchase_advance(&purchase, move, by, day_start_at(today)) != OK) {
            ck_assert_mem_eq(&purchase, &before, sizeof purchase);
            ck_assert(!purchase_may(&before, move, by, today));
            continue;
        }
        ck_assert(purchase_may(&before, move, by, today));
        ck_assert(kinds == 0 || *to == purchase.state);
        *to = purchase.state;
        kinds |= PURCHASE_BIT(k);
    }
    return kinds;
}

static const char *
yes_or_no(unsigned kinds, enum purchase_kind kind)
{
    return (kinds & PURCHASE_BIT(kind)) != 0 ? "yes" : "no";
}

START_TEST(purchases)
{
    for (int s = 0; s < PURCHASE_STATE_COUNT; s++) {
        for (int m = 0; m < PURCHASE_MOVE_COUNT; m++) {
            for (int p = 0; p < PARTY_COUNT; p++) {
                enum purchase_state to = PURCHASE_STATE_COUNT;
                const unsigned kinds = try_purchases((enum purchase_state)s, (enum purchase_move)m,
                                                     (enum party)p, &to);

                if (kinds == 0)
                    continue;
                buffer_format(&printed, "%-26s%-17s%-10s%-26s%-6s%-5s%-5s%s\n",
                              purchase_state_words((enum purchase_state)s), purchase_moves[m],
                              party_text((enum party)p), purchase_state_words(to),
                              yes_or_no(kinds, PURCHASE_SAAS), yes_or_no(kinds, PURCHASE_VM),
                              yes_or_no(kinds, PURCHASE_APP),
                              yes_or_no(kinds, PURCHASE_RESERVATION));
            }
        }
    }
    ck_assert(!printed.full);
    compare(golden("purchases.txt"), printed.data);
}
END_TEST

/* yes or no for each viewer; the last column without spaces after it when it ends the line. */
static void
print_seen(const char *name, unsigned seen_by, const char *end)
{
    static const int widths[] = {5, 9, 10, 10};

    buffer_format(&printed, "%-22s", name);
    for (size_t i = 0; i < COUNT(viewers); i++)
        buffer_format(&printed, "%-*s", *end == '\0' && i + 1 == COUNT(viewers) ? 0 : widths[i],
                      (seen_by & PARTY_BIT(viewers[i])) != 0 ? "yes" : "no");
    buffer_format(&printed, "%s\n", end);
}

static const char *const support_moves[SUPPORT_MOVE_COUNT] = {
    [SUPPORT_AMEND] = "amend",   [SUPPORT_AGREE] = "agree",       [SUPPORT_OBJECT] = "object",
    [SUPPORT_ASK] = "ask",       [SUPPORT_ANSWER] = "answer",     [SUPPORT_PROCESS] = "process",
    [SUPPORT_REFUSE] = "refuse", [SUPPORT_WITHDRAW] = "withdraw",
};

static const char *const support_roles[SUPPORT_ROLE_COUNT] = {
    [SUPPORT_REQUESTER] = "requester",
    [SUPPORT_OTHER] = "other",
    [SUPPORT_CUSTOMER] = "customer",
    [SUPPORT_OPERATOR] = "operator",
};

/* Where the request goes, "-" when it goes nowhere and is as it was. */
static const char *
try_support(enum support_state state, enum support_move move, enum support_role by,
            const char *reason)
{
    struct support_request request = {.state = state,
                                      .reason = reason,
                                      .purchases = "",
                                      .refund = REFUND_NOT_NEEDED,
                                      .other = WORD_AGREES,
                                      .customer = WORD_AGREES};
    const struct support_request before = request;
    const bool may = support_may(&request, move, by);

    if (support_advance(&request, move, by) == OK) {
        ck_assert(may);
        return support_state_text(request.state);
    }
    ck_assert(!may);
    ck_assert_mem_eq(&request, &before, sizeof request);
    return "-";
}

START_TEST(support)
{
    for (int s = 0; s < SUPPORT_STATE_COUNT; s++) {
        for (int m = 0; m < SUPPORT_MOVE_COUNT; m++) {
            for (int r = 0; r < SUPPORT_ROLE_COUNT; r++) {
                const enum support_state state = (enum support_state)s;
                const char *missing =
                    try_support(state, (enum support_move)m, (enum support_role)r, "");
                const char *complete =
                    try_support(state, (enum support_move)m, (enum support_role)r, "a reason");

                if (*missing != '-' || *complete != '-')
                    buffer_format(&printed, "%-14s%-10s%-11s%-12s%s\n", support_state_text(state),
                                  support_moves[m], support_roles[r], missing, complete);
            }
        }
    }
    ck_assert(!printed.full);
    compare(golden("support.txt"), printed.data);
}
END_TEST

START_TEST(visibility)
{
    for (int f = 0; f < FIELD_COUNT; f++) {
        const char *editor = "nobody";
        unsigned seen_by = 0;

        for (int p = 0; p < PARTY_COUNT; p++) {
            if (field_seen((enum field)f, (enum party)p))
                seen_by |= PARTY_BIT(p);
            if ((fields[f].edited_by & PARTY_BIT(p)) != 0)
                editor = party_text((enum party)p);
        }
        ck_assert_uint_eq(seen_by & PARTY_BIT(PARTY_SYSTEM), 0);
        print_seen(fields[f].name, seen_by, editor);
    }
    for (int s = 0; s < STATE_COUNT; s++)
        print_seen(state_names[s], state_seen_by((enum offer_state)s), "");
    ck_assert(!printed.full);
    compare(golden("visibility.txt"), printed.data);
}
END_TEST

Suite *
golden_suite(void)
{
    Suite *suite = suite_create("golden");
    TCase *tables = tcase_create("tables");

    tcase_add_checked_fixture(tables, setup, teardown);
    tcase_add_test(tables, steps);
    tcase_add_test(tables, purchases);
    tcase_add_test(tables, support);
    tcase_add_test(tables, visibility);
    suite_add_tcase(suite, tables);
    return suite;
}
