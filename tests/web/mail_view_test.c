/*
 * mail_view_test.c: both bodies of a mail as they are rendered: links from the configured address,
 * and texts that stay texts.
 */
#include <check.h>
#include <string.h>

#include "base/text.h"
#include "pages/mail_view.h"

#define ADDRESS "https://market.example"

static struct arena *arena;

static void
setup(void)
{
    arena = arena_open(4 * 1024 * 1024);
}

static void
teardown(void)
{
    arena_close(arena);
}

static struct mail
mail_of(enum notice notice)
{
    return (struct mail){
        .id = "id",
        .notice = notice,
        .party = PARTY_ISV,
        .recipient = "i@contoso.example",
        .subject = "Accepted: Northwind FY24",
        .lead = "The customer has accepted Northwind FY24.",
        .next = "Nothing is bought yet.",
        .facts = "Selling partner\tFabrikam\nAccept by\t15 Nov 2023\n",
        .path = "/isv/offers/1",
    };
}

START_TEST(both_bodies_say_the_same)
{
    const struct mail mail = mail_of(NOTICE_ACCEPTED);
    const char *text;
    const char *html;

    ck_assert_int_eq(mail_bodies(arena, ADDRESS, &mail, &text, &html), OK);
    ck_assert_str_eq(text, "Accepted: Northwind FY24\n\nThe customer has accepted Northwind FY24.\n"
                           "Nothing is bought yet.\n\nSelling partner: Fabrikam\n"
                           "Accept by: 15 Nov 2023\n\nOpen the offer:\n" ADDRESS
                           "/isv/offers/1\n\nYou get this mail because your address is a "
                           "notification contact of this offer.\n");
    ck_assert_ptr_nonnull(strstr(html, "<title>Accepted: Northwind FY24</title>"));
    ck_assert_ptr_nonnull(strstr(html, "<td>Selling partner</td><td><b>Fabrikam</b></td>"));
    ck_assert_ptr_nonnull(strstr(html, "<a href=\"" ADDRESS "/isv/offers/1\">Open the offer</a>"));
    ck_assert_ptr_nonnull(strstr(html, "Nothing is bought yet."));
}
END_TEST

START_TEST(a_subscription_is_called_one)
{
    struct mail mail = mail_of(NOTICE_REINSTATED);
    const char *text;
    const char *html;

    mail.next = "";
    mail.facts = "";
    ck_assert_int_eq(mail_bodies(arena, ADDRESS, &mail, &text, &html), OK);
    ck_assert_ptr_nonnull(strstr(text, "Open the subscription:\n"));
    ck_assert_ptr_null(strstr(html, "Nothing is bought yet."));
}
END_TEST

/* What a name holds is shown, never obeyed. */
START_TEST(texts_stay_texts)
{
    struct mail mail = mail_of(NOTICE_ACCEPTED);
    const char *text;
    const char *html;

    mail.lead = "<script>alert(1)</script> & \"more\" {{MAIL_HREF}}";
    mail.facts = "Customer\t<img src=x onerror=y>\n";
    ck_assert_int_eq(mail_bodies(arena, ADDRESS, &mail, &text, &html), OK);
    ck_assert_ptr_null(strstr(html, "<script"));
    ck_assert_ptr_null(strstr(html, "<img"));
    ck_assert_ptr_nonnull(strstr(html, "&lt;script&gt;"));
    ck_assert_ptr_nonnull(strstr(text, "<script>alert(1)</script> & \"more\" {{MAIL_HREF}}"));
}
END_TEST

Suite *
mail_view_suite(void)
{
    Suite *suite = suite_create("mail_view");
    TCase *tcase = tcase_create("all");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, both_bodies_say_the_same);
    tcase_add_test(tcase, a_subscription_is_called_one);
    tcase_add_test(tcase, texts_stay_texts);
    suite_add_tcase(suite, tcase);
    return suite;
}
