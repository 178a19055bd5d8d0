/*
 * visibility_test.c: an offer whose every text and figure is unlike any other, taken through its
 * whole life; at each step everybody asks for everything, and nobody finds what LAW 5 keeps from
 * them, in pages, refusals, searches, redirects or the log.
 *
 * The figures are worked out by hand:
 *   Pro, 1,200.00 a year, 13.37 % off: 1,200.00 x 0.8663 = 1,039.56. Adjustment 7.77777777 %:
 *   1,039.56 x 1.0777777777 = 1,120.4146... = 1,120.41. The partner earns 80.85. Fee 3 % of
 * 1,039.56 = 31.1868 = 31.19, payout 1,008.37. The customer saves 79.59 of 1,200.00 = 6.6325 %
 * = 6.63 %; net discount 1 - 0.8663 x 1.0777777777 = 6.632... % = 6.63 %. Ops, 250.00 a month,
 * absolute 211.17, adjustment 33.33333333 %: 211.17 x 1.3333333333 = 281.5599... = 281.56. The
 * partner earns 70.39. Fee 6.3351 = 6.34, payout 204.83. 31.56 of 250.00 above list = 12.624 %
 * = 12.62 %.
 */
#include <check.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "support/page.h"
#include "support/web_posts.h"
#include "support/web_walk.h"

Suite *visibility_suite(void);

/* Who sees a thing, while they see the offer at all. */
enum {
    BY_ISV = 1,
    BY_PARTNER = 2,
    BY_CUSTOMER = 4,
    BY_OPERATOR = 8,
    BY_SELLERS = 11,
    BY_ALL = 15,
    NOT_BY_ISV = 14
};

static const struct {
    const char *text;
    unsigned seen_by;
} marks[] = {
    {"Namemark deal", BY_ALL},
    {DEAL_ACCOUNT, BY_ALL},
    {"Labelmark", BY_SELLERS},
    {"Descriptionmark", BY_SELLERS},
    {"contactmark@isv.example", BY_ISV | BY_OPERATOR},
    {"Isvnotemark", BY_ISV | BY_OPERATOR},
    {"preparedmark@partner.example", NOT_BY_ISV},
    {"partnercontactmark@partner.example", BY_PARTNER | BY_OPERATOR},
    {"Partnernotemark", BY_PARTNER | BY_OPERATOR},
    /* people, who are named inside their own company only */
    {"Person isv", BY_ISV | BY_OPERATOR},
    {"Person partner", BY_PARTNER | BY_OPERATOR},
    {"Person owner", BY_CUSTOMER | BY_OPERATOR},
    {"isv@test.example", BY_ISV | BY_OPERATOR},
    {"partner@test.example", BY_PARTNER | BY_OPERATOR},
    {"owner@test.example", BY_CUSTOMER | BY_OPERATOR},
    /* the customer's registered names: sellers know the ID alone */
    {"Northwind", BY_CUSTOMER | BY_OPERATOR},
    {"Operations", BY_CUSTOMER | BY_OPERATOR},
    /* reasons: a seller's is the other seller's, a customer's the partner's (D-35) */
    {"Sentbackmark", BY_SELLERS},
    {"Askedoutmark", BY_SELLERS},
    {"Declinemark", NOT_BY_ISV},
    {"Changemark", NOT_BY_ISV},
};

/* Figures as shown, and as whole cents or parts of a percent where a page might carry them. */
static const struct {
    const char *text;
    unsigned seen_by;
} figures[] = {
    {"13.37", BY_SELLERS},
    {"1337000000", BY_SELLERS},
    {"1,039.56", BY_SELLERS},
    {"1039.56", BY_SELLERS},
    {"103956", BY_SELLERS},
    {"211.17", BY_SELLERS},
    {"21117", BY_SELLERS},
    {"31.19", BY_ISV | BY_OPERATOR},
    {"3119", BY_ISV | BY_OPERATOR},
    {"1,008.37", BY_ISV | BY_OPERATOR},
    {"100837", BY_ISV | BY_OPERATOR},
    {"6.34", BY_ISV | BY_OPERATOR},
    {"204.83", BY_ISV | BY_OPERATOR},
    {"20483", BY_ISV | BY_OPERATOR},
    {"7.77777777", BY_PARTNER | BY_OPERATOR},
    {"777777777", BY_PARTNER | BY_OPERATOR},
    {"33.33333333", BY_PARTNER | BY_OPERATOR},
    {"3333333333", BY_PARTNER | BY_OPERATOR},
    {"80.85", BY_PARTNER | BY_OPERATOR},
    {"8085", BY_PARTNER | BY_OPERATOR},
    {"70.39", BY_PARTNER | BY_OPERATOR},
    {"7039", BY_PARTNER | BY_OPERATOR},
    {"1,120.41", NOT_BY_ISV},
    {"1120.41", NOT_BY_ISV},
    {"112041", NOT_BY_ISV},
    {"281.56", NOT_BY_ISV},
    {"28156", NOT_BY_ISV},
    {"6.63", NOT_BY_ISV},
    {"12.62", NOT_BY_ISV},
};

static struct web_market market;
static const char *offer;

/* Who sees the offer at this step of its life, and what of it must be found by then. */
struct step {
    const char *name;
    unsigned sees;
    unsigned priced; /* parties that must find the customer's price */
};

static unsigned
party_of(enum web_person person)
{
    switch (person) {
    case WEB_ISV:
    case WEB_ISV_DEVELOPER:
        return BY_ISV;
    case WEB_PARTNER:
        return BY_PARTNER;
    case WEB_OWNER:
    case WEB_CONTRIBUTOR:
    case WEB_READER:
        return BY_CUSTOMER;
    case WEB_OPERATOR:
        return BY_OPERATOR;
    case WEB_OUT:
    case WEB_ISV_MARKETER:
    case WEB_OTHER_ISV:
    case WEB_PARTNER_MARKETER:
    case WEB_OTHER_PARTNER:
    case WEB_STRANGER:
    case WEB_PERSON_COUNT:
        break;
    }
    return 0;
}

/* Does the figure stand there, and not as a piece of a longer one? */
static bool
holds_figure(const char *page, const char *figure)
{
    size_t length = strlen(figure);

    for (const char *at = page_find(page, figure); at != NULL; at = page_find(at + 1, figure)) {
        bool before = at > page && strchr("0123456789.,", at[-1]) != NULL;
        bool hex = at > page && strchr("abcdef-", at[-1]) != NULL;

        if (!before && !hex && strchr("0123456789", at[length]) == NULL &&
            strchr("abcdef-", at[length]) == NULL)
            return true;
    }
    return false;
}

/* Tokens and ids are noise in which a figure may be found by chance. */
static const char *
without_noise(const struct web_answer *answer)
{
    static const char *const noisy[] = {"name=\"csrf\" value=\"", "name=\"once\" value=\"",
                                        "name=\"price-digest\" value=\""};
    char *page = arena_text(market.arena, answer->body);

    for (size_t i = 0; i < COUNT(noisy); i++) {
        size_t from = strlen(noisy[i]);

        for (const char *at = page_find(page, noisy[i]); at != NULL; at = page_find(at, noisy[i])) {
            char *noise = page + (at - page) + from;
            size_t length = strcspn(noise, "\"");

            memset(noise, '~', length);
            at = noise + length;
        }
    }
    return page;
}

/* What belongs to a person's own account stands on pages that are not about the offer. */
static bool
is_own(unsigned party, enum web_person person, const char *mark, const char *what, int status)
{
    bool about_people = strstr(what, "/account") != NULL || strstr(what, "/password") != NULL;

    if (text_equal(mark, "Northwind") || text_equal(mark, "Operations") ||
        text_equal(mark, DEAL_ACCOUNT) || text_starts(mark, "Person owner"))
        return party == BY_CUSTOMER || party == BY_OPERATOR;
    if (text_starts(mark, "preparedmark")) /* whom to ask about an offer that is gone */
        return party == BY_CUSTOMER && status == 410;
    if (strstr(mark, "@test.example") != NULL || text_starts(mark, "Person "))
        return about_people || party == BY_OPERATOR || person == WEB_ISV_MARKETER ||
               person == WEB_PARTNER_MARKETER || strstr(mark, web_person_id(person)) != NULL;
    return false;
}

static void
look(void *context, enum web_person person, const char *what, const struct web_answer *answer)
{
    const struct step *step = context;
    unsigned party = party_of(person) & step->sees;
    const char *page = without_noise(answer);

    for (size_t i = 0; i < COUNT(marks); i++) {
        bool echoed = strstr(what, marks[i].text) != NULL; /* their own address, refused */

        if ((marks[i].seen_by & party) != 0 ||
            (echoed && (answer->status >= 400 || person == WEB_OUT)) ||
            is_own(party_of(person), person, marks[i].text, what, answer->status))
            continue;
        ck_assert_msg(page_find(page, marks[i].text) == NULL &&
                          strstr(answer->location, marks[i].text) == NULL,
                      "%s: %s (%d) shows %s to %s", step->name, what, answer->status, marks[i].text,
                      web_person_name(person));
    }
    for (size_t i = 0; i < COUNT(figures); i++) {
        if ((figures[i].seen_by & party) != 0)
            continue;
        ck_assert_msg(!holds_figure(page, figures[i].text), "%s: %s (%d) shows %s to %s",
                      step->name, what, answer->status, figures[i].text, web_person_name(person));
    }
    if (party == 0 && person != WEB_OUT)
        ck_assert_msg(page_find(page, offer) == NULL || answer->status >= 400,
                      "%s: %s names it to %s", step->name, what, web_person_name(person));
}

/* Searching finds an offer by its name and id alone, and only who sees it. */
static void
search(const struct step *step)
{
    static const struct {
        enum web_person person;
        const char *list;
    } lists[] = {
        {WEB_ISV, "/isv/offers"},           {WEB_OTHER_ISV, "/isv/offers"},
        {WEB_PARTNER, "/partner/offers"},   {WEB_OTHER_PARTNER, "/partner/offers"},
        {WEB_ISV, "/partner/offers"},       {WEB_OWNER, "/customer/offers"},
        {WEB_STRANGER, "/customer/offers"}, {WEB_OPERATOR, "/operator/offers"},
    };

    for (size_t i = 0; i < COUNT(lists); i++) {
        bool own_list = !text_starts(lists[i].list, "/partner") || lists[i].person != WEB_ISV;
        unsigned party = own_list ? party_of(lists[i].person) & step->sees : 0;

        for (size_t k = 0; k < COUNT(marks); k++) {
            struct web_answer answer = web_get(&market, lists[i].person,
                                               web_path(&market, "%s?q=%s", lists[i].list,
                                                        url_encode(market.arena, marks[k].text)));
            bool found =
                strstr(answer.body, web_path(&market, "%s/%s", lists[i].list, offer)) != NULL;

            ck_assert_int_eq(answer.status, 200);
            ck_assert_msg(found == (k == 0 && party != 0), "%s: %s?q=%s as %s", step->name,
                          lists[i].list, marks[k].text, web_person_name(lists[i].person));
        }
    }
}

/* And everybody finds what is theirs. */
static void
find(const struct step *step)
{
    static const struct {
        unsigned party;
        enum web_person person;
        const char *page;
    } views[] = {
        {BY_ISV, WEB_ISV, "/isv/offers/%s"},
        {BY_PARTNER, WEB_PARTNER, "/partner/offers/%s"},
        {BY_CUSTOMER, WEB_READER, "/customer/offers/%s"},
        {BY_OPERATOR, WEB_OPERATOR, "/operator/offers/%s"},
    };

    for (size_t i = 0; i < COUNT(views); i++) {
        const char *slash = strrchr(views[i].page, '/');
        const char *path =
            web_path(&market, "%.*s/%s", (int)(slash - views[i].page), views[i].page, offer);
        struct web_answer answer = web_get(&market, views[i].person, path);
        const char *page = page_decode(market.arena, answer.body, answer.body_length);

        ck_assert_int_eq(answer.status == 200, (views[i].party & step->sees) != 0);
        if (answer.status != 200)
            continue;
        ck_assert_ptr_nonnull(strstr(page, "Namemark deal"));
        for (size_t k = 0; k < COUNT(marks); k++) {
            bool typed_by_isv = k < 6;

            if (typed_by_isv && (marks[k].seen_by & views[i].party) != 0)
                ck_assert_msg(strstr(page, marks[k].text) != NULL, "%s: %s lacks %s", step->name,
                              path, marks[k].text);
        }
        if ((BY_SELLERS & views[i].party) != 0)
            ck_assert(holds_figure(page, "1,039.56") && holds_figure(page, "211.17"));
        if ((step->priced & views[i].party) != 0)
            ck_assert(holds_figure(page, "1,120.41") && holds_figure(page, "281.56"));
        if (views[i].party == BY_ISV)
            ck_assert(holds_figure(page, "31.19") && holds_figure(page, "1,008.37") &&
                      holds_figure(page, "6.34") && holds_figure(page, "204.83"));
        if (views[i].party == BY_PARTNER && (step->priced & BY_PARTNER) != 0)
            ck_assert(holds_figure(page, "80.85") && holds_figure(page, "70.39") &&
                      strstr(page, "7.77777777") != NULL);
    }
}

static void
at(const char *name, unsigned sees, unsigned priced)
{
    struct step step = {name, sees, priced};

    web_walk(&market, offer, look, &step);
    search(&step);
    find(&step);
}

/* --- the life of the offer ----------------------------------------------------------------------
 */

static void
done(enum web_person person, const char *below, const struct web_answer *answer)
{
    ck_assert_msg(answer->status == 303, "%s as %s: %d %s", below, web_person_name(person),
                  answer->status, page_text(market.arena, answer->body));
}

#define POST(person, below, ...)                                              \
    do {                                                                      \
        struct web_answer posted_answer =                                     \
            web_post(&market, person, web_path(&market, below, offer), "rev", \
                     web_rev(&market, person, offer), __VA_ARGS__);           \
        done(person, below, &posted_answer);                                  \
    } while (0)

static void
draft(void)
{
    struct web_answer answer =
        web_post(&market, WEB_ISV, "/isv/offers/new", "name", "Namemark deal", WEB_OPTION_A, NULL);
    const char *id = answer.location + strlen("/isv/offers/");

    done(WEB_ISV, "/isv/offers/new", &answer);
    offer = arena_copy(market.arena, id, strcspn(id, "/"));
    POST(WEB_ISV, "/isv/offers/%s/products/add", "plan-1", "suite/pro", "plan-2", "runner/ops",
         NULL);
    POST(WEB_ISV, "/isv/offers/%s/setup", "do", "save", "billing_account", DEAL_ACCOUNT,
         "customer_label", "Labelmark", "description", "Descriptionmark\nsecond line", "seller_id",
         DEAL_PARTNER, "start_mode", "accepted", "end_month", "2023-12", "accept_by", "2023-11-15",
         "contacts", "contactmark@isv.example", "sales_note", "Isvnotemark", "type-1", "discount",
         "discount-1", "13.37", "type-2", "absolute", NULL);
    POST(WEB_ISV, "/isv/offers/%s/products/2/price", "price-2-month", "211.17", NULL);
}

static void
price(void)
{
    POST(WEB_PARTNER, "/partner/offers/%s/setup", "do", "save", "adjustment-1", "7.77777777",
         "adjustment-2", "33.33333333", "prepared_by", "preparedmark@partner.example",
         "partner_contacts", "partnercontactmark@partner.example", "partner_note",
         "Partnernotemark", NULL);
}

static void
hold(bool held)
{
    web_setting(&market, SETTING_PUBLISH_DELAY, held ? "3600" : "0");
}

/* Real time passes too, so everybody signs in again. */
static void
publish(void)
{
    market.deal.fake.now += 3600;
    web_publish(&market);
    for (int person = WEB_OUT + 1; person < WEB_PERSON_COUNT; person++)
        web_sign_in(&market, (enum web_person)person);
}

static void
extend(void)
{
    POST(WEB_PARTNER, "/partner/offers/%s/review", "do", "submit", NULL);
}

static void
accept(void)
{
    struct web_form form = web_post_form_of(
        &market, web_post_rule("/customer/offers/:offer/accept"), WEB_OWNER, offer);
    struct web_answer answer = web_post_form(
        &market, WEB_OWNER, web_path(&market, "/customer/offers/%s/accept", offer), &form);

    done(WEB_OWNER, "accept", &answer);
}

/* Runs a life with the log in a file, which holds none of it either. */
static void
live(void (*life)(void))
{
    static char text[8 * 1024 * 1024];
    int kept = dup(STDERR_FILENO);
    const char *path;
    ssize_t length;
    int file;

    web_market_open(&market, NULL);
    path = arena_format(market.arena, "%s/log", market.deal.temp.folder);
    file = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
    ck_assert_int_ge(file, 0);
    ck_assert_int_eq(dup2(file, STDERR_FILENO), STDERR_FILENO);
    hold(true);
    life();
    ck_assert_int_eq(dup2(kept, STDERR_FILENO), STDERR_FILENO);
    length = pread(file, text, sizeof text - 1, 0);
    ck_assert_int_gt(length, 1000);
    text[length] = '\0';
    for (size_t i = 0; i < COUNT(marks); i++)
        ck_assert_msg(strstr(text, marks[i].text) == NULL, "the log holds %s", marks[i].text);
    for (size_t i = 0; i < COUNT(figures); i++)
        ck_assert_msg(strchr(figures[i].text, '.') == NULL || !holds_figure(text, figures[i].text),
                      "the log holds %s", figures[i].text);
    ck_assert_int_eq(close(file), 0);
    ck_assert_int_eq(close(kept), 0);
    ck_assert_int_eq(unlink(path), 0);
    web_market_close(&market);
}

static void
to_the_end(void)
{
    draft();
    at("draft", BY_ISV | BY_OPERATOR, 0);
    POST(WEB_ISV, "/isv/offers/%s/submit", NULL, NULL);
    at("in progress to the partner", BY_ISV | BY_OPERATOR, 0);
    publish();
    at("pending partner action", BY_SELLERS, 0);
    price();
    at("priced", BY_SELLERS, BY_PARTNER | BY_OPERATOR);
    extend();
    at("in progress to the customer", BY_SELLERS, BY_PARTNER | BY_OPERATOR);
    publish();
    at("pending acceptance", BY_ALL, NOT_BY_ISV);
    accept();
    at("accepted", BY_ALL, NOT_BY_ISV);
    web_today(&market, 2024, 1, 1);
    at("ended", BY_ALL, NOT_BY_ISV);
}

static void
back_and_forth(void)
{
    draft();
    POST(WEB_ISV, "/isv/offers/%s/submit", NULL, NULL);
    publish();
    price();
    extend();
    publish();
    POST(WEB_PARTNER, "/partner/offers/%s/withdraw", NULL, NULL);
    POST(WEB_PARTNER, "/partner/offers/%s/send-back", "reason", "Sentbackmark", NULL);
    at("taken back and sent back", BY_SELLERS, BY_PARTNER | BY_OPERATOR);
    POST(WEB_ISV, "/isv/offers/%s/withdraw", NULL, NULL);
    at("withdrawn", BY_ISV | BY_OPERATOR, BY_OPERATOR);
    POST(WEB_ISV, "/isv/offers/%s/submit", NULL, NULL);
    publish();
    at("submitted again", BY_SELLERS, BY_PARTNER | BY_OPERATOR);
    extend();
    publish();
    POST(WEB_OWNER, "/customer/offers/%s/decline", "reason", "Declinemark", NULL);
    POST(WEB_OWNER, "/customer/offers/%s/ask-change", "reason", "Changemark", NULL);
    POST(WEB_ISV, "/isv/offers/%s/ask-withdraw", "reason", "Askedoutmark", NULL);
    at("asked to be changed", BY_ALL, NOT_BY_ISV);
    web_today(&market, 2023, 11, 16);
    at("expired", BY_ALL, NOT_BY_ISV);
}

START_TEST(nobody_sees_more_than_the_law_says)
{
    live(to_the_end);
}
END_TEST

START_TEST(nor_when_it_goes_back)
{
    live(back_and_forth);
}
END_TEST

/* The next partner learns nothing of the one before (LAW D-7), who learns nothing more at all. */
START_TEST(another_partner_begins_anew)
{
    static const char *const gone[] = {"preparedmark", "partnercontactmark", "Partnernotemark",
                                       "7.77777777",   "33.33333333",        "80.85",
                                       "Fabrikam",     "Person partner"};
    struct web_answer answer;

    web_market_open(&market, NULL);
    hold(false);
    draft();
    POST(WEB_ISV, "/isv/offers/%s/submit", NULL, NULL);
    publish();
    price();
    POST(WEB_ISV, "/isv/offers/%s/withdraw", NULL, NULL);
    POST(WEB_ISV, "/isv/offers/%s/setup", "do", "save", "seller_id", DEAL_OTHER_PARTNER, NULL);
    POST(WEB_ISV, "/isv/offers/%s/submit", NULL, NULL);
    publish();
    for (int i = 0; i < 3; i++) {
        static const char *const below[] = {"", "/setup", "/review"};

        answer = web_get(&market, WEB_OTHER_PARTNER,
                         web_path(&market, "/partner/offers/%s%s", offer, below[i]));
        ck_assert_int_eq(answer.status, 200);
        for (size_t k = 0; k < COUNT(gone); k++)
            ck_assert_msg(strstr(answer.body, gone[k]) == NULL, "%s%s shows %s", offer, below[i],
                          gone[k]);
    }
    ck_assert_int_eq(
        web_get(&market, WEB_PARTNER, web_path(&market, "/partner/offers/%s", offer)).status, 404);
    ck_assert_ptr_null(strstr(web_get(&market, WEB_PARTNER, "/partner/offers").body, offer));
    ck_assert_ptr_null(strstr(web_get(&market, WEB_PARTNER, "/partner").body, offer));
    web_market_close(&market);
}
END_TEST

/* The ISV's pages before and after the partner works are the same, byte for byte. */
START_TEST(the_isv_cannot_tell_that_the_partner_works)
{
    static const char *const targets[] = {"/isv", "/isv/offers", "/isv/offers?sort=name",
                                          "/isv/offers/%s", "/isv/offers/%s/withdraw"};
    const char *before[COUNT(targets)];

    web_market_open(&market, NULL);
    hold(false);
    draft();
    POST(WEB_ISV, "/isv/offers/%s/submit", NULL, NULL);
    publish();
    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < COUNT(targets); i++) {
            const char *hole = strstr(targets[i], "%s");
            const char *target = hole == NULL
                                     ? targets[i]
                                     : web_path(&market, "%.*s%s%s", (int)(hole - targets[i]),
                                                targets[i], offer, hole + 2);
            struct web_answer answer = web_get(&market, WEB_ISV, target);

            ck_assert_int_eq(answer.status, 200);
            if (round == 0)
                before[i] = without_noise(&answer);
            else
                ck_assert_msg(text_equal(before[i], without_noise(&answer)), "%s differs", target);
        }
        price();
        market.deal.fake.now += 60;
    }
    web_market_close(&market);
}
END_TEST

/* LAW 2.2: a marketer may not look at private offers, under no page's address. */
START_TEST(a_flash_shows_no_offer_to_roles_without_them)
{
    struct web_answer answer;

    web_market_open(&market, NULL);
    hold(false);
    draft();
    answer = web_get(&market, WEB_ISV, web_path(&market, "/isv?done=submitted&offer=%s", offer));
    ck_assert_ptr_nonnull(strstr(answer.body, "Offer ID: "));
    answer = web_get(&market, WEB_ISV_MARKETER,
                     web_path(&market, "/isv?done=submitted&offer=%s", offer));
    ck_assert_int_eq(answer.status, 200);
    ck_assert_ptr_null(strstr(answer.body, "Offer ID: "));
    web_market_close(&market);
}
END_TEST

Suite *
visibility_suite(void)
{
    Suite *suite = suite_create("web/visibility");
    TCase *tests = tcase_create("visibility");

    tcase_set_timeout(tests, 900);
    tcase_add_test(tests, nobody_sees_more_than_the_law_says);
    tcase_add_test(tests, nor_when_it_goes_back);
    tcase_add_test(tests, another_partner_begins_anew);
    tcase_add_test(tests, the_isv_cannot_tell_that_the_partner_works);
    tcase_add_test(tests, a_flash_shows_no_offer_to_roles_without_them);
    suite_add_tcase(suite, tests);
    return suite;
}
