/*
 * fields_read_test.c: what is typed becomes a value or a problem: each limit of LAW 16, D-25 at the
 * limit and one past it, what D-26 lets through, and that no party writes another's field. Figures
 * of rows are in fields_rows_test.c.
 */
#include "base/text.h"
#include "make_offer.h"

#include <check.h>
#include <string.h>

Suite *fields_read_suite(void);

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

/* The text, count times. */
static const char *
repeated(const char *text, size_t count)
{
    char *result = arena_alloc(arena, strlen(text) * count + 1);

    for (size_t i = 0; i < count; i++)
        memcpy(result + i * strlen(text), text, strlen(text));
    return result;
}

/* Reads one field of a form into the offer. */
static struct problems *
read_one(struct offer *offer, enum party party, const char *name, const char *value)
{
    const char *const pairs[] = {name, value, NULL};
    const struct answers answers = make_answers(pairs);
    struct problems *problems = problems_new(arena);

    fields_read(offer, party, &answers, arena, problems);
    return problems;
}

/* The field's value after reading the text into a deal where it had another; NULL when the text was
 * a problem, which must lie at that field and leave the value alone. */
static const char *
value_of(enum field field, const char *text)
{
    const enum party party =
        fields[field].edited_by == PARTY_BIT(PARTY_ISV) ? PARTY_ISV : PARTY_PARTNER;
    struct offer *offer = make_priced_deal(arena);
    const char *before = field_value(offer, field, arena);
    const struct problems *problems = read_one(offer, party, fields[field].name, text);

    if (problems->count == 0)
        return field_value(offer, field, arena);
    ck_assert_uint_eq(problems->count, 1);
    ck_assert_str_eq(problems->list[0].at, fields[field].name);
    ck_assert(text_is_utf8(problems->list[0].message, strlen(problems->list[0].message)));
    ck_assert_str_eq(field_value(offer, field, arena), before);
    return NULL;
}

/* Says what differs when it fails; value NULL means refused. */
static void
expect(enum field field, const char *text, const char *value)
{
    const char *got = value_of(field, text);

    ck_assert_msg((got == NULL) == (value == NULL) && (got == NULL || text_equal(got, value)),
                  "%s: \"%s\" became \"%s\", not \"%s\"", fields[field].name, text,
                  got == NULL ? "(refused)" : got, value == NULL ? "(refused)" : value);
}

START_TEST(lengths_at_the_limit_and_one_past)
{
    static const struct {
        enum field field;
        size_t limit;
    } rows[] = {
        {FIELD_NAME, 128},      {FIELD_CUSTOMER_LABEL, 128}, {FIELD_DESCRIPTION, 1024},
        {FIELD_SALES_NOTE, 60}, {FIELD_PARTNER_NOTE, 60},
    };
    /* One, two, three and four bytes; below, a letter with a mark of its own: two characters. */
    static const char *const letters[] = {"x", "é", "語", "𠀀"};

    for (size_t i = 0; i < COUNT(rows); i++) {
        for (size_t k = 0; k < COUNT(letters); k++) {
            const char *full = repeated(letters[k], rows[i].limit);

            expect(rows[i].field, full, full);
            expect(rows[i].field, arena_format(arena, "  %s ", full), full);
            expect(rows[i].field, repeated(letters[k], rows[i].limit + 1), NULL);
        }
        expect(rows[i].field, repeated("e\u0301", rows[i].limit / 2),
               repeated("e\u0301", rows[i].limit / 2));
        expect(rows[i].field, repeated("e\u0301", rows[i].limit / 2 + 1), NULL);
        expect(rows[i].field, "", ""); /* missing is no problem (D-26) */
        expect(rows[i].field, "\xe3\x80\x80 \xc2\xa0", "");
    }
}
END_TEST

START_TEST(forbidden_characters_of_a_name)
{
    static const char bad[] = "!<>^[]@#%/";

    for (size_t i = 0; i < sizeof bad - 1; i++) {
        expect(FIELD_NAME, arena_format(arena, "a%cb", bad[i]), NULL);
        expect(FIELD_NAME, arena_format(arena, "%c", bad[i]), NULL);
    }
    expect(FIELD_NAME, "a\nb", NULL);
    expect(FIELD_NAME, "a\tb", NULL);
    expect(FIELD_NAME, "a\001b", NULL);
    expect(FIELD_NAME, "a\177b", NULL);
    expect(FIELD_NAME,
           "a\xc2\x85"
           "b",
           NULL);
    expect(FIELD_NAME, "Tom & Jerry's \"deal\" (2024), 50 $ {x} ~ \\ | = + ; : ? * ` _ -",
           "Tom & Jerry's \"deal\" (2024), 50 $ {x} ~ \\ | = + ; : ? * ` _ -");
    expect(FIELD_NAME, "語の契約 🚢", "語の契約 🚢");
}
END_TEST

START_TEST(lines_and_controls)
{
    expect(FIELD_DESCRIPTION, "one\r\ntwo\tthree", "one\r\ntwo\tthree");
    expect(FIELD_DESCRIPTION, "one\001", NULL);
    expect(FIELD_DESCRIPTION, "<b>&</b>", "<b>&</b>"); /* text, not markup */
    expect(FIELD_CUSTOMER_LABEL, "one\ntwo", NULL);
    expect(FIELD_CUSTOMER_LABEL, "Orchid <Freight>!", "Orchid <Freight>!");
    expect(FIELD_SALES_NOTE, "one\ntwo", NULL);
    expect(FIELD_PARTNER_NOTE, "one\ntwo", NULL);
}
END_TEST

START_TEST(notes_hold_no_email)
{
    static const enum field notes[] = {FIELD_SALES_NOTE, FIELD_PARTNER_NOTE};

    for (size_t i = 0; i < COUNT(notes); i++) {
        expect(notes[i], "ask jo@contoso.example", NULL);
        expect(notes[i], "jo@contoso.example", NULL);
        expect(notes[i], "deal 42 @ 20 %", "deal 42 @ 20 %");
    }
}
END_TEST

START_TEST(billing_accounts_and_sellers)
{
    expect(FIELD_BILLING_ACCOUNT, ACCOUNT_ID, ACCOUNT_ID);
    expect(FIELD_BILLING_ACCOUNT, " 7123456 ", "7123456");
    expect(FIELD_BILLING_ACCOUNT, "", "");
    expect(FIELD_BILLING_ACCOUNT, "1234", NULL);
    expect(FIELD_BILLING_ACCOUNT, "Orchid Freight", NULL);
    expect(FIELD_BILLING_ACCOUNT, repeated("1", 5000), NULL);

    expect(FIELD_PARTNER, "90417726", "90417726");
    expect(FIELD_PARTNER, " 90417726\t", "90417726");
    expect(FIELD_PARTNER, "123456789012", "123456789012");
    expect(FIELD_PARTNER, "1234567890123", NULL);
    expect(FIELD_PARTNER, "Halden", NULL);
    expect(FIELD_PARTNER, "-1", NULL);
    expect(FIELD_PARTNER, "904 177", NULL);
    expect(FIELD_PARTNER, "", "");
}
END_TEST

START_TEST(dates_as_typed)
{
    expect(FIELD_ACCEPT_BY, "2023-11-30", "2023-11-30");
    expect(FIELD_ACCEPT_BY, "2024-02-29", "2024-02-29");
    expect(FIELD_ACCEPT_BY, "2023-02-29", NULL);
    expect(FIELD_ACCEPT_BY, "30.11.2023", NULL);
    expect(FIELD_ACCEPT_BY, "2023-11", NULL);
    expect(FIELD_ACCEPT_BY, "", "");
    expect(FIELD_END_MONTH, "2024-02", "2024-02");
    expect(FIELD_END_MONTH, "2024-13", NULL);
    expect(FIELD_END_MONTH, "2024-02-01", NULL);
    expect(FIELD_END_MONTH, "", "");
}
END_TEST

/* The end is the last day of its month, the start the first (LAW 7). */
START_TEST(months_become_days)
{
    static const struct {
        const char *month;
        const char *last;
    } rows[] = {
        {"2023-12", "2023-12-31"}, {"2024-02", "2024-02-29"}, {"2023-02", "2023-02-28"},
        {"2024-04", "2024-04-30"}, {"2100-02", "2100-02-28"}, {"2000-02", "2000-02-29"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *const pairs[] = {"start_mode", "month",       "start_month", rows[i].month,
                                     "end_month",  rows[i].month, NULL};
        const struct answers answers = make_answers(pairs);
        struct problems *problems = problems_new(arena);
        struct offer *offer = make_draft(arena);

        fields_read(offer, PARTY_ISV, &answers, arena, problems);
        ck_assert_uint_eq(problems->count, 0);
        ck_assert_str_eq(day_iso(arena, offer->end_on), rows[i].last);
        ck_assert_str_eq(day_iso(arena, offer->start_on),
                         arena_format(arena, "%s-01", rows[i].month));
    }
}
END_TEST

START_TEST(the_start_month_belongs_to_its_choice)
{
    const char *const month[] = {"start_mode", "month", "start_month", "2023-12", NULL};
    const char *const accepted[] = {"start_mode", "accepted", "start_month", "2023-12", NULL};
    const char *const nonsense[] = {"start_mode", "tomorrow", NULL};
    const char *const bad_month[] = {"start_mode", "month", "start_month", "December", NULL};
    struct offer *offer = make_draft(arena);
    struct problems *problems = problems_new(arena);
    struct answers answers = make_answers(month);

    fields_read(offer, PARTY_ISV, &answers, arena, problems);
    ck_assert_int_eq(offer->start_mode, START_IN_MONTH);
    ck_assert_str_eq(day_iso(arena, offer->start_on), "2023-12-01");
    answers = make_answers(nonsense);
    fields_read(offer, PARTY_ISV, &answers, arena, problems);
    ck_assert_uint_eq(problems->count, 1);
    ck_assert_ptr_nonnull(problem_at(problems, "start_mode"));
    ck_assert_int_eq(offer->start_mode, START_IN_MONTH);
    answers = make_answers(bad_month);
    fields_read(offer, PARTY_ISV, &answers, arena, problems);
    ck_assert_uint_eq(problems->count, 2);
    ck_assert_ptr_nonnull(problem_at(problems, "start_month"));
    ck_assert_str_eq(day_iso(arena, offer->start_on), "2023-12-01");
    answers = make_answers(accepted);
    fields_read(offer, PARTY_ISV, &answers, arena, problems);
    ck_assert_uint_eq(problems->count, 2);
    ck_assert_int_eq(offer->start_mode, START_ON_ACCEPT);
    ck_assert(day_is_none(offer->start_on));
}
END_TEST

START_TEST(emails)
{
    /* 59 + 1 + 63 + 1 + 63 + 1 + 63 + 1 + 2 = 254 characters. */
    const char *full = arena_format(arena, "%s@%s.%s.%s.ab", repeated("x", 59), repeated("d", 63),
                                    repeated("e", 63), repeated("f", 63));

    expect(FIELD_PREPARED_BY, "p@fabrikam.example", "p@fabrikam.example");
    expect(FIELD_PREPARED_BY, "  p@fabrikam.example ", "p@fabrikam.example");
    expect(FIELD_PREPARED_BY, "", "");
    expect(FIELD_PREPARED_BY, "p", NULL);
    expect(FIELD_PREPARED_BY, "p@fabrikam", NULL);
    expect(FIELD_PREPARED_BY, "p@a.example,q@b.example", NULL);
    expect(FIELD_PREPARED_BY, "p@a.example\nq@b.example", NULL);
    ck_assert_uint_eq(strlen(full), 254);
    expect(FIELD_PREPARED_BY, full, full);
    expect(FIELD_PREPARED_BY, arena_format(arena, "x%s", full), NULL);
}
END_TEST

START_TEST(contacts_of_both_sides)
{
    static const enum field sides[] = {FIELD_CONTACTS, FIELD_PARTNER_CONTACTS};
    const char *five = "a@x.example\nb@x.example\nc@x.example\nd@x.example\ne@x.example";

    for (size_t i = 0; i < COUNT(sides); i++) {
        expect(sides[i], "", "");
        expect(sides[i], "\r\n \n", "");
        expect(sides[i], "a@x.example", "a@x.example");
        expect(sides[i], five, five);
        expect(sides[i], arena_format(arena, "%s\nf@x.example", five), NULL);
        /* Twice is once, in any capitals: six lines, five addresses. */
        expect(sides[i], arena_format(arena, "%s\na@x.example", five), five);
        expect(sides[i], arena_format(arena, "A@X.example\n%s", five),
               "A@X.example\nb@x.example\nc@x.example\nd@x.example\ne@x.example");
        expect(sides[i], " a@x.example \r\n\r\nb@x.example\r\n", "a@x.example\nb@x.example");
        expect(sides[i], "a@x.example\nnobody", NULL);
        expect(sides[i], "a@x.example, b@x.example", NULL);
        expect(sides[i], repeated("語", 200), NULL); /* repeated in the message, in part */
        expect(sides[i], arena_format(arena, "x%s", repeated("語", 200)), NULL);
    }
}
END_TEST

START_TEST(every_wrong_line_is_named)
{
    struct offer *offer = make_deal(arena);
    const struct problems *problems =
        read_one(offer, PARTY_ISV, "contacts", "a@x.example\none\n\ntwo\r\nb@x.example\nthree");

    ck_assert_uint_eq(problems->count, 3);
    ck_assert_ptr_nonnull(strstr(problems->list[0].message, "Line 2"));
    ck_assert_ptr_nonnull(strstr(problems->list[0].message, "“one”"));
    ck_assert_ptr_nonnull(strstr(problems->list[1].message, "Line 4"));
    ck_assert_ptr_nonnull(strstr(problems->list[1].message, "“two”"));
    ck_assert_ptr_nonnull(strstr(problems->list[2].message, "Line 6"));
    ck_assert_str_eq(offer->contacts, "i@contoso.example");
    problems = read_one(offer, PARTY_ISV, "contacts", repeated("wrong\n", 1000));
    ck_assert_uint_le(problems->count, LIMIT_CONTACTS); /* bounded, whatever is sent */
}
END_TEST

/* A posted field of another party is not read: not its good values, not its bad ones. */
static const char *const whole_form[] = {"name",
                                         "Changed",
                                         "billing_account",
                                         "7123456",
                                         "customer_label",
                                         "Changed",
                                         "description",
                                         "Changed",
                                         "seller_id",
                                         "90417726",
                                         "start_mode",
                                         "month",
                                         "start_month",
                                         "2024-01",
                                         "end_month",
                                         "2024-12",
                                         "accept_by",
                                         "2023-12-01",
                                         "contacts",
                                         "new@x.example",
                                         "sales_note",
                                         "Changed",
                                         "prepared_by",
                                         "new@y.example",
                                         "partner_contacts",
                                         "new@z.example",
                                         "partner_note",
                                         "Changed",
                                         "taxable",
                                         "yes",
                                         "type-1",
                                         "absolute",
                                         "discount-1",
                                         "50",
                                         "adjustment-1",
                                         "5",
                                         "adjustment-2",
                                         "6",
                                         "price-2-month",
                                         "1.00",
                                         "product-1",
                                         "other",
                                         "list-1",
                                         "1.00",
                                         "customer_price-1",
                                         "1.00",
                                         "version",
                                         "9",
                                         "state",
                                         "accepted",
                                         "isv",
                                         "90417999",
                                         NULL};

/* What differs afterwards, by the names of fields. */
static const char *
changed_by(enum party party, const char *const *form)
{
    struct offer *before = make_priced_deal(arena);
    struct offer *offer = make_priced_deal(arena);
    const struct answers answers = make_answers(form);
    struct problems *problems = problems_new(arena);
    const char *changed = "";

    fields_read(offer, party, &answers, arena, problems);
    ck_assert_uint_eq(problems->count, 0);
    for (int i = 0; i < FIELD_PRODUCT; i++) {
        if (!text_equal(field_value(before, (enum field)i, arena),
                        field_value(offer, (enum field)i, arena)))
            changed = arena_format(arena, "%s %s", changed, fields[i].name);
    }
    for (size_t i = 0; i < offer->row_count; i++) {
        const struct offer_row *old = &before->rows[i];
        const struct offer_row *new = &offer->rows[i];

        if (old->price_type != new->price_type)
            changed = arena_format(arena, "%s type-%d", changed, new->number);
        if (old->discount.e8 != new->discount.e8 || old->has_discount != new->has_discount)
            changed = arena_format(arena, "%s discount-%d", changed, new->number);
        if (old->adjustment.e8 != new->adjustment.e8 || old->has_adjustment != new->has_adjustment)
            changed = arena_format(arena, "%s adjustment-%d", changed, new->number);
        if (!amount_equal(old->prices[0].own, new->prices[0].own))
            changed = arena_format(arena, "%s price-%d", changed, new->number);
    }
    ck_assert_int_eq(offer->state, before->state);
    ck_assert_int_eq(offer->version, before->version);
    ck_assert_str_eq(offer->isv, before->isv);
    return changed;
}

START_TEST(nobody_writes_what_is_not_theirs)
{
    static const char *const bad_isv[] = {"name", "a/b", "accept_by", "x", "discount-1", "x", NULL};

    ck_assert_str_eq(changed_by(PARTY_ISV, whole_form),
                     " name billing_account customer_label description seller_id start_mode"
                     " start_month end_month accept_by contacts sales_note type-1 discount-1");
    ck_assert_str_eq(changed_by(PARTY_PARTNER, whole_form),
                     " prepared_by partner_contacts partner_note adjustment-1 adjustment-2");
    ck_assert_str_eq(changed_by(PARTY_CUSTOMER, whole_form), "");
    ck_assert_str_eq(changed_by(PARTY_OPERATOR, whole_form), "");
    ck_assert_str_eq(changed_by(PARTY_SYSTEM, whole_form), "");
    ck_assert_str_eq(changed_by(PARTY_PARTNER, bad_isv), ""); /* and says nothing about it */
}
END_TEST

START_TEST(what_is_not_sent_is_not_changed)
{
    static const char *const nothing[] = {NULL};

    ck_assert_str_eq(changed_by(PARTY_ISV, nothing), "");
    ck_assert_str_eq(changed_by(PARTY_PARTNER, nothing), "");
}
END_TEST

/* D-26: several malformed values, each at its field, at once; the good ones are read all the same.
 */
START_TEST(all_problems_at_once)
{
    const char *const form[] = {"name",
                                "a#b",
                                "billing_account",
                                "x",
                                "customer_label",
                                repeated("x", 129),
                                "description",
                                repeated("x", 1025),
                                "seller_id",
                                "x",
                                "start_mode",
                                "x",
                                "start_month",
                                "x",
                                "end_month",
                                "x",
                                "accept_by",
                                "x",
                                "contacts",
                                "x",
                                "sales_note",
                                repeated("語", 61),
                                "type-1",
                                "x",
                                "discount-1",
                                "x",
                                "type-2",
                                "x",
                                "discount-2",
                                "x",
                                NULL};
    const struct answers answers = make_answers(form);
    struct problems *problems = problems_new(arena);
    struct offer *offer = make_deal(arena);

    fields_read(offer, PARTY_ISV, &answers, arena, problems);
    for (size_t i = 0; form[i] != NULL; i += 2)
        ck_assert_msg(problem_at(problems, form[i]) != NULL, "%s", form[i]);
    ck_assert_uint_eq(problems->count, COUNT(form) / 2);
    ck_assert_str_eq(offer->name, "Northwind FY24");
    ck_assert_str_eq(offer->sales_note, "deal 42");
}
END_TEST

Suite *
fields_read_suite(void)
{
    Suite *suite = suite_create("fields_read");
    TCase *texts = tcase_create("texts");
    TCase *whole = tcase_create("whole");

    tcase_add_checked_fixture(texts, setup, teardown);
    tcase_add_test(texts, lengths_at_the_limit_and_one_past);
    tcase_add_test(texts, forbidden_characters_of_a_name);
    tcase_add_test(texts, lines_and_controls);
    tcase_add_test(texts, notes_hold_no_email);
    tcase_add_test(texts, billing_accounts_and_sellers);
    tcase_add_test(texts, dates_as_typed);
    tcase_add_test(texts, months_become_days);
    tcase_add_test(texts, the_start_month_belongs_to_its_choice);
    tcase_add_test(texts, emails);
    tcase_add_test(texts, contacts_of_both_sides);
    tcase_add_test(texts, every_wrong_line_is_named);
    suite_add_tcase(suite, texts);

    tcase_add_checked_fixture(whole, setup, teardown);
    tcase_add_test(whole, nobody_writes_what_is_not_theirs);
    tcase_add_test(whole, what_is_not_sent_is_not_changed);
    tcase_add_test(whole, all_problems_at_once);
    suite_add_tcase(suite, whole);
    return suite;
}
