/*
 * outputs_test.c: where texts of people go besides pages: files of cells, JSON, calendars, mails
 * and log lines. Poison in every column, each output by its own rules.
 */
#include <check.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "core/fields.h"
#include "pages/mail_view.h"
#include "poison.h"
#include "support/asking.h"
#include "support/mails.h"
#include "support/page.h"
#include "support/web_posts.h"
#include "support/web_purchases.h"
#include "support/web_walk.h"

#define FILE_BYTES ((size_t)16 * 1024 * 1024)

Suite *outputs_suite(void);

static struct web_market market;

/* How many poisoned texts were found in each kind of output. */
static struct {
    size_t cells;
    size_t json;
    size_t lines;
} found;

/* A cell, its quotes undone; moves *at behind it and its comma. */
static const char *
next_cell(const char **at)
{
    const char *text = *at;
    char *cell = arena_alloc(market.arena, strlen(text) + 1);
    size_t length = 0;

    if (*text == '"') {
        for (text++; *text != '\0'; text++) {
            if (*text == '"' && text[1] != '"')
                break;
            text += *text == '"';
            cell[length++] = *text;
        }
        ck_assert_msg(*text == '"', "a cell does not end: %.60s", *at);
        text++;
    } else {
        for (; *text != '\0' && strchr(",\r\n", *text) == NULL; text++) {
            ck_assert_msg(*text != '"', "a quote in a bare cell: %.60s", *at);
            cell[length++] = *text;
        }
    }
    cell[length] = '\0';
    ck_assert_msg(*text == ',' || text_starts(text, "\r\n"), "no cell ends so: %.60s", *at);
    *at = text + (*text == ',' ? 1 : 2);
    return cell;
}

/* As a spreadsheet would read it: nothing is a formula. A number below 0 stays one. */
static void
look_at_cells(const char *what, const char *body)
{
    if (text_starts(body, "\xef\xbb\xbf"))
        body += 3;
    while (*body != '\0') {
        const char *cell = next_cell(&body);
        bool number =
            *cell == '-' && cell[1] != '\0' && strspn(cell + 1, "0123456789.") == strlen(cell + 1);

        ck_assert_msg(*cell == '\0' || strchr("=+-@\t\r", *cell) == NULL || number,
                      "%s has the formula %.60s", what, cell);
        found.cells += page_count(cell, "<script>alert(1)</script>'&{{X}}");
    }
}

/* The quote of the poison never ends a string. */
static void
look_at_json(const char *what, const char *body)
{
    size_t all = page_count(body, "><script>");

    ck_assert_msg(*body == '{' || *body == '[', "%s is no JSON", what);
    ck_assert_msg(all == page_count(body, "\\\"><script>"), "%s leaves its string", what);
    found.json += all;
}

/* Each line, unfolded, is one property of ours, whatever the texts hold. */
static void
look_at_lines(const char *what, const char *body)
{
    while (*body != '\0') {
        size_t length = strcspn(body, "\r\n");
        size_t name = strspn(body, "ABCDEFGHIJKLMNOPQRSTUVWXYZ-");

        ck_assert_msg(length <= 75 && text_starts(body + length, "\r\n"), "%s: %.80s", what, body);
        ck_assert_msg(*body == ' ' || (name > 0 && (body[name] == ':' || body[name] == ';')),
                      "%s: %.80s", what, body);
        found.lines += *body == ' ' ? 0 : text_starts(body, "SUMMARY:");
        body += length + 2;
    }
}

static void
look(void *context, enum web_person person, const char *what, const struct web_answer *answer)
{
    (void)context;
    (void)person;
    for (const char *at = answer->head; *at != '\0'; at++)
        ck_assert_msg((*at >= ' ' && *at < 127) || *at == '\r' || *at == '\n', "%s: head", what);
    ck_assert_msg(strstr(answer->head, "nosniff") != NULL, "%s may be sniffed", what);
    ck_assert_msg(strstr(answer->head, "<script") == NULL, "%s: %s", what, answer->head);
    if (answer->status != 200 || strstr(answer->head, "text/html") != NULL)
        return;
    if (strstr(answer->head, "text/csv") != NULL)
        look_at_cells(what, answer->body);
    else if (strstr(answer->head, "application/json") != NULL)
        look_at_json(what, answer->body);
    else if (strstr(answer->head, "text/calendar") != NULL)
        look_at_lines(what, answer->body);
    else if (strstr(answer->head, "application/pdf") == NULL)
        ck_assert_msg(text_equal(answer->body, "ok\n"), "%s is of no kind we know", what);
}

/* What is written to the log from now on; ends with log_end. */
static int log_before;

static void
log_begin(const char *path)
{
    int file = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);

    ck_assert_int_ge(file, 0);
    (void)fflush(stderr);
    log_before = dup(STDERR_FILENO);
    ck_assert_int_ge(dup2(file, STDERR_FILENO), 0);
    ck_assert_int_eq(close(file), 0);
}

static const char *
file_text(const char *path)
{
    FILE *file = fopen(path, "r");
    char *text = arena_alloc(market.arena, FILE_BYTES);
    size_t length;

    ck_assert_ptr_nonnull(file);
    length = fread(text, 1, FILE_BYTES - 1, file);
    ck_assert_int_eq(fclose(file), 0);
    ck_assert_uint_lt(length, FILE_BYTES - 1);
    return text;
}

static const char *
log_end(const char *path)
{
    (void)fflush(stderr);
    ck_assert_int_ge(dup2(log_before, STDERR_FILENO), 0);
    ck_assert_int_eq(close(log_before), 0);
    return file_text(path);
}

START_TEST(nothing_is_left_out)
{
    web_market_open(&market, NULL);
    ck_assert_str_eq(poison_forgotten(&market), "");
    web_market_close(&market);
}
END_TEST

/* What somebody types into an offer is a column of its table, which nothing_is_left_out knows. */
START_TEST(every_field_that_holds_a_text_is_poisoned)
{
    size_t count = 0;

    web_market_open(&market, NULL);
    for (size_t i = 0; i < FIELD_COUNT; i++) {
        enum field_kind kind = fields[i].kind;

        if ((kind != KIND_NAME && kind != KIND_LINE && kind != KIND_NOTE && kind != KIND_LINES &&
             kind != KIND_EMAIL && kind != KIND_EMAILS) ||
            fields[i].edited_by == 0 || fields[i].place == 0)
            continue;
        count++;
        web_sql(&market, arena_format(market.arena, "UPDATE offer SET %s = ''", fields[i].name));
    }
    ck_assert_uint_ge(count, 6);
    (void)web_offer(&market, STATE_DRAFT);
    poison_all(&market);
    web_market_close(&market);
}
END_TEST

START_TEST(files_and_the_log_hold_texts_as_texts)
{
    static const enum offer_state states[] = {STATE_DRAFT, STATE_PENDING_ACCEPTANCE,
                                              STATE_ACCEPTED};
    const char *offer;
    const char *path;
    const char *log;

    web_market_open(&market, NULL);
    web_row_ready(&market, "/calendar/:token");
    offer = arena_text(market.arena, web_offer(&market, states[_i]));
    web_row_ready(&market, "/isv/purchases/:purchase");
    if (states[_i] == STATE_ACCEPTED)
        market.request = ask(&market.deal, offer);
    web_mail_failed(&market);
    poison_all(&market);
    path = arena_format(market.arena, "%s/log", market.deal.temp.folder);
    log_begin(path);
    web_walk(&market, offer, look, NULL);
    look(NULL, WEB_OWNER, "eligibility",
         &(struct web_answer[]){
             web_get(&market, WEB_CONTRIBUTOR,
                     web_path(&market, "/customer/eligibility.csv?s1=%s", DEAL_SUBSCRIPTION))}[0]);
    (void)web_get(&market, WEB_ISV,
                  web_path(&market, "/isv/offers?q=%s", url_encode(market.arena, POISON)));
    log = log_end(path);
    ck_assert_uint_gt(page_count(log, "event=request"), 1000);
    ck_assert_ptr_null(strstr(log, "alert(1)"));
    ck_assert_ptr_null(strstr(log, "{{X}}"));
    ck_assert_uint_gt(found.cells, 5);
    ck_assert_uint_gt(found.json, 5);
    if (states[_i] != STATE_DRAFT) /* which has no day that a calendar tells of */
        ck_assert_uint_gt(found.lines, 0);
    web_market_close(&market);
}
END_TEST

/* --- mails --------------------------------------------------------------------------------------
 */

static enum err
compose(void *context, struct arena *arena, const struct mail *mail, const char **text,
        const char **html)
{
    size_t *count = context;

    TRY(mail_bodies(arena, WEB_ADDRESS, mail, text, html));
    ck_assert_ptr_null(strstr(*html, "<script"));
    ck_assert_ptr_null(strstr(*html, "'&{{X}}"));
    ck_assert_msg(page_count(*html, "alert(1)") ==
                      page_count(*html, "&lt;script&gt;alert(1)&lt;/script&gt;"),
                  "%s", *html);
    /* plain words have no marks to escape: they come as they were typed */
    ck_assert_msg(page_count(*text, "alert(1)") == page_count(*text, POISON), "%s", *text);
    *count += page_count(*html, "&lt;script&gt;alert(1)") > 0;
    return OK;
}

/* A header is one line of ours, or the rest of one; nothing typed begins one. */
static void
assert_headers(const char *mail)
{
    static const char *const names[] = {"From",           "To",          "Subject",
                                        "Date",           "Message-ID",  "MIME-Version",
                                        "Auto-Submitted", "Content-Type"};

    for (; *mail != '\r' && *mail != '\n'; mail += strcspn(mail, "\n") + 1) {
        bool known = *mail == ' ' || *mail == '\t';

        for (size_t i = 0; i < COUNT(names); i++)
            known = known || (text_starts(mail, names[i]) && mail[strlen(names[i])] == ':');
        ck_assert_msg(known, "a mail has the header %.80s", mail);
    }
}

static size_t
files_judged(const char *folder)
{
    DIR *mails = opendir(folder);
    size_t count = 0;

    ck_assert_ptr_nonnull(mails);
    for (struct dirent *entry; (entry = readdir(mails)) != NULL;) {
        if (entry->d_name[0] == '.')
            continue;
        assert_headers(file_text(arena_format(market.arena, "%s/%s", folder, entry->d_name)));
        count++;
    }
    ck_assert_int_eq(closedir(mails), 0);
    return count;
}

/* Mails made from poisoned offers, and poisoned mails. */
START_TEST(mails_hold_texts_as_texts)
{
    struct postman postman;
    struct form answers;
    size_t poisoned = 0;
    int sent = 0;
    const char *offer;

    web_market_open(&market, NULL);
    offer = arena_text(market.arena, web_offer(&market, STATE_PENDING_ACCEPTANCE));
    poison_all(&market);
    web_sql(&market, "UPDATE offer SET contacts = 'i@contoso.example', partner_contacts = "
                     "'f@fabrikam.example'");
    answers = web_post_form_of(&market, web_post_rule("/customer/offers/:offer/decline"), WEB_OWNER,
                               offer)
                  .form;
    ck_assert_int_eq(web_post_form(&market, WEB_OWNER,
                                   web_path(&market, "/customer/offers/%s/decline", offer),
                                   &(struct web_form){.market = &market, .form = answers})
                         .status,
                     303);
    postman = mails_postman(&market.deal, NULL);
    postman.compose = compose;
    postman.context = &poisoned;
    do {
        ck_assert_int_eq(post_deliver(market.deal.temp.store, market.deal.temp.reader, market.arena,
                                      &market.deal.fake.world, &postman, NULL, &sent),
                         OK);
    } while (sent > 0);
    ck_assert_uint_ge(poisoned, 3);
    ck_assert_uint_gt(
        files_judged(arena_format(market.arena, "%s/mail/new", market.deal.temp.folder)), 2);
    web_market_close(&market);
}
END_TEST

Suite *
outputs_suite(void)
{
    Suite *suite = suite_create("web/outputs");
    TCase *tests = tcase_create("outputs");

    tcase_set_timeout(tests, 600);
    tcase_add_test(tests, nothing_is_left_out);
    tcase_add_test(tests, every_field_that_holds_a_text_is_poisoned);
    tcase_add_loop_test(tests, files_and_the_log_hold_texts_as_texts, 0, 3);
    tcase_add_test(tests, mails_hold_texts_as_texts);
    suite_add_tcase(suite, tests);
    return suite;
}
