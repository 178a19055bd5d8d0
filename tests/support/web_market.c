/*
 * web_market.c: see the header. Answers are copied out at once: a reply lives until the next
 * request.
 */
#include "support/web_market.h"

#include <check.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "actions/partner.h"
#include "auth/csrf.h"
#include "base/text.h"
#include "core/terms.h"
#include "jobs/clock.h"
#include "store/acceptances.h"
#include "store/handovers.h"
#include "support/list_point.h"
#include "support/store_dump.h"
#include "support/web_upload.h"

#define HEAD_BYTES ((size_t)32 * 1024)
#define PAIRS 640
#define KEPT_BYTES ((size_t)1024 * 1024 * 1024) /* every answer of a test */

static const struct {
    const char *name;
    const char *id; /* of a person of deal_market.h, or made here */
    const char *publisher;
    const char *organisation;
    enum publisher_role role;
} people[WEB_PERSON_COUNT] = {
    [WEB_OUT] = {"signed out", "", "", "", ROLE_NONE},
    [WEB_ISV] = {"isv owner", "isv", DEAL_ISV, "", ROLE_ACCOUNT_OWNER},
    [WEB_ISV_DEVELOPER] = {"isv developer", "isv-developer", DEAL_ISV, "", ROLE_DEVELOPER},
    [WEB_ISV_MARKETER] = {"isv marketer", "isv-marketer", DEAL_ISV, "", ROLE_MARKETER},
    [WEB_OTHER_ISV] = {"other isv", "other-isv", DEAL_OTHER_ISV, "", ROLE_ACCOUNT_OWNER},
    [WEB_PARTNER] = {"partner manager", "partner", DEAL_PARTNER, "", ROLE_MANAGER},
    [WEB_PARTNER_MARKETER] = {"partner marketer", "partner-marketer", DEAL_PARTNER, "",
                              ROLE_MARKETER},
    [WEB_OTHER_PARTNER] = {"other partner", "other-partner", DEAL_OTHER_PARTNER, "",
                           ROLE_ACCOUNT_OWNER},
    [WEB_OWNER] = {"customer owner", "owner", "", DEAL_ORGANISATION, ROLE_NONE},
    [WEB_CONTRIBUTOR] = {"customer contributor", "contributor", "", DEAL_ORGANISATION, ROLE_NONE},
    [WEB_READER] = {"customer reader", "reader", "", DEAL_ORGANISATION, ROLE_NONE},
    [WEB_STRANGER] = {"other customer", "stranger", "", "elsewhere", ROLE_NONE},
    [WEB_OPERATOR] = {"operator", "operator", "", "", ROLE_NONE},
};

static bool serving;
static unsigned renders_to_fail;

bool
web_serving(void)
{
    return serving;
}

bool
web_render_fails(void)
{
    if (!serving || renders_to_fail == 0)
        return false;
    renders_to_fail--;
    return true;
}

void
web_render_break(unsigned count)
{
    renders_to_fail = count;
}

const char *
web_person_name(enum web_person person)
{
    return people[person].name;
}

const char *
web_person_id(enum web_person person)
{
    return people[person].id;
}

/* Adds those deal_market.h lacks, and gives everybody the same password. */
static void
people_make(struct web_market *market, struct db *db)
{
    struct arena *arena = market->arena;
    const char *hash = NULL;

    ck_assert_int_eq(password_hash(market->service.hasher, arena, WEB_PASSWORD, &hash), OK);
    for (int i = WEB_OUT + 1; i < WEB_PERSON_COUNT; i++) {
        struct person known;
        const struct person person = {
            .id = people[i].id,
            .email = arena_format(arena, "%s@test.example", people[i].id),
            .name = arena_format(arena, "Person %s", people[i].id),
            .password = hash,
            .publisher = people[i].publisher,
            .organisation = people[i].organisation,
            .operates = i == WEB_OPERATOR,
            .role = people[i].role,
        };

        if (person_by_id(db, arena, people[i].id, &known) == OK)
            ck_assert_int_eq(person_set_password(db, people[i].id, hash), OK);
        else
            ck_assert_int_eq(person_insert(db, arena, &person), OK);
    }
}

const struct price_change web_shelf_change = {
    "term-12", {.money = {900}}, {TEST_DAY_NUMBER + 229}}; /* 1 June 2024 */

/* A product of the ISV's catalogue that no offer can carry, so that forms about it disturb none. */
static void
shelf_make(struct web_market *market, struct db *db)
{
    const struct product product = {.id = WEB_SHELF,
                                    .publisher = DEAL_ISV,
                                    .name = "Shelf",
                                    .type = PRODUCT_SAAS,
                                    .in_azure_marketplace = true,
                                    .published = true};
    struct price_point points[] = {
        LIST_POINT("term-12", POINT_TERM, 12, 0, "", 0, amount_of(POINT_TERM, 1000)),
        LIST_POINT("meter-gb", POINT_METER, 0, 0, "GB", 0, amount_of(POINT_METER, 100))};
    const struct plan plan = {.product = WEB_SHELF,
                              .id = WEB_SHELF_PLAN,
                              .name = "Basic",
                              .description = "",
                              .summary = "",
                              .markets = MARKET_US,
                              .is_public = true,
                              .published = true,
                              .was_published = true,
                              .model = MODEL_FLAT_RATE,
                              .min_users = 1,
                              .points = points,
                              .point_count = COUNT(points)};

    ck_assert_int_eq(product_insert(db, market->arena, &product), OK);
    ck_assert_int_eq(plan_insert(db, market->arena, &plan), OK);
    ck_assert_int_eq(
        price_change_set(db, market->arena, WEB_SHELF, WEB_SHELF_PLAN, TEST_DAY, &web_shelf_change),
        OK);
}

static void
handover_make(struct web_market *market, struct db *db)
{
    int64_t now = market->deal.fake.now;
    const struct handover handover = {WEB_HANDOVER_KEY, DEAL_ACCOUNT, "owner", now,
                                      now + 14 * SECONDS_PER_DAY};

    ck_assert_int_eq(handover_insert(db, DEAL_ORGANISATION, &handover), OK);
}

void
web_sign_in(struct web_market *market, enum web_person person)
{
    struct db *db = temp_write(&market->deal.temp);

    ck_assert_int_eq(session_start(db, market->arena, &market->deal.fake.world, people[person].id,
                                   "", &market->sessions[person]),
                     OK);
    temp_keep(&market->deal.temp, db);
}

void
web_market_open(struct web_market *market, const struct driver *driver)
{
    const char *complaint = NULL;
    struct db *db;

    *market = (struct web_market){.arena = arena_open(KEPT_BYTES), .sessions = {""}};
    deal_market_open(&market->deal, driver);
    market->service = (struct service){
        .store = market->deal.temp.store,
        .hasher = temp_hasher(),
        .world = &market->deal.fake.world,
        .public_address = WEB_ADDRESS,
    };
    ck_assert_int_eq(config_load(market->arena, NULL, 0, NULL, &market->service.config, &complaint),
                     OK);
    db = temp_write(&market->deal.temp);
    people_make(market, db);
    shelf_make(market, db);
    handover_make(market, db);
    ck_assert_int_eq(settings_set(db, SETTING_DEMO, "1"), OK);
    temp_keep(&market->deal.temp, db);
    for (int i = WEB_OUT + 1; i < WEB_PERSON_COUNT; i++)
        web_sign_in(market, (enum web_person)i);
    market->sessions[WEB_OUT] = world_token(&market->deal.fake.world, market->arena);
    market->worker = worker_open(&market->service);
    ck_assert_ptr_nonnull(market->worker);
    buffer_open(&market->reply.body, LIMIT_DOWNLOAD_BYTES);
}

void
web_market_close(struct web_market *market)
{
    worker_close(market->worker);
    buffer_close(&market->reply.body);
    hasher_close(market->service.hasher);
    deal_market_close(&market->deal);
    arena_close(market->arena);
}

void
web_setting(struct web_market *market, const char *name, const char *value)
{
    struct db *db = temp_write(&market->deal.temp);

    ck_assert_int_eq(settings_set(db, name, value), OK);
    ck_assert_int_eq(settings_load(db, &market->deal.settings), OK);
    temp_keep(&market->deal.temp, db);
}

void
web_today(struct web_market *market, int year, int month, int dom)
{
    int64_t wanted = day_start_at(day_make(year, month, dom)) + INT64_C(9) * 3600;

    web_setting(market, SETTING_CLOCK_OFFSET,
                arena_format(market->arena, "%" PRId64, wanted - market->deal.fake.now));
}

/* --- one request --------------------------------------------------------------------------------
 */

/* What the source of one request works with. */
struct asked {
    struct arena *arena;
    const struct web_request *request;
    const char *path;
    const char *query;
    const char *length;
    size_t size; /* of the body */
    size_t at;
};

static const char *
asked_param(void *context, const char *name)
{
    const struct asked *asked = context;
    const struct web_request *request = asked->request;
    const struct {
        const char *name;
        const char *value;
    } params[] = {
        {"REQUEST_METHOD", request->method},
        {"DOCUMENT_URI", asked->path},
        {"QUERY_STRING", asked->query},
        {"HTTP_COOKIE", request->cookies},
        {"HTTP_HOST", WEB_HOST},
        {"HTTP_ORIGIN", request->origin},
        {"HTTP_SEC_FETCH_SITE", request->fetch_site},
        {"REMOTE_ADDR", request->address == NULL ? "192.0.2.7" : request->address},
        {"REQUEST_ID", "0123456789abcdef0123456789abcdef"},
        {"CONTENT_TYPE", request->type},
        {"CONTENT_LENGTH", asked->length},
    };

    for (size_t i = 0; i < COUNT(params); i++) {
        if (text_equal(params[i].name, name))
            return params[i].value;
    }
    return NULL;
}

static long
asked_read(void *context, char *bytes, size_t size)
{
    struct asked *asked = context;
    size_t left = asked->size - asked->at;

    if (size > left)
        size = left;
    if (size > 0)
        memcpy(bytes, asked->request->body + asked->at, size);
    asked->at += size;
    return (long)size;
}

static struct web_answer
answer_keep(struct web_market *market)
{
    struct arena *arena = market->arena;
    const struct reply *reply = &market->reply;
    struct web_answer answer = {
        .status = reply->status,
        .body =
            arena_copy(arena, reply->body.length == 0 ? "" : reply->body.data, reply->body.length),
        .body_length = reply->body.length,
        .location = reply->location == NULL ? "" : arena_text(arena, reply->location),
        .allow = reply->allow == NULL ? "" : reply->allow,
        .cookie_count = reply->cookie_count,
        .retry_after_s = reply->retry_after_s,
    };
    struct buffer head;

    for (size_t i = 0; i < reply->cookie_count; i++)
        answer.cookies[i] = arena_text(arena, reply->cookies[i]);
    buffer_open(&head, HEAD_BYTES);
    reply_headers(reply, &head);
    ck_assert(!head.full);
    answer.head = arena_text(arena, head.data);
    buffer_close(&head);
    return answer;
}

struct web_answer
web_send(struct web_market *market, const struct web_request *request)
{
    struct arena *arena = market->arena;
    size_t path_length = strcspn(request->target, "?");
    struct asked asked = {
        .arena = arena,
        .request = request,
        .path = arena_copy(arena, request->target, path_length),
        .query = request->target[path_length] == '?' ? request->target + path_length + 1 : "",
        .length = request->length,
        .size = request->body_size,
    };
    const struct source source = {&asked, asked_param, asked_read};
    bool slow;

    if (request->body != NULL && asked.size == 0)
        asked.size = strlen(request->body);
    if (asked.length == NULL && request->body != NULL)
        asked.length = arena_format(arena, "%zu", asked.size);
    serving = true;
    slow = !market->crowded && request_is_slow(&source, market->worker->arena);
    serve(market->worker, &source, &market->reply, slow);
    serving = false;
    return answer_keep(market);
}

const char *
web_cookie(struct web_market *market, enum web_person person)
{
    return arena_format(market->arena, "%s=%s", person == WEB_OUT ? cookie_visit : cookie_session,
                        market->sessions[person]);
}

const char *
web_session_of(struct web_market *market, const struct web_answer *answer)
{
    static const char name[] = "tripact_session=";

    for (size_t i = 0; i < answer->cookie_count; i++) {
        const char *cookie = answer->cookies[i];

        if (text_starts(cookie, name))
            return arena_copy(market->arena, cookie + sizeof name - 1,
                              strcspn(cookie, ";") - (sizeof name - 1));
    }
    return "";
}

const char *
web_csrf(struct web_market *market, enum web_person person)
{
    return csrf_token(market->arena, &market->deal.fake.world, market->sessions[person]);
}

struct web_answer
web_get(struct web_market *market, enum web_person person, const char *target)
{
    return web_send(market, &(struct web_request){.method = "GET",
                                                  .target = target,
                                                  .cookies = web_cookie(market, person)});
}

/* --- forms --------------------------------------------------------------------------------------
 */

struct web_form
web_form_new(struct web_market *market)
{
    return (struct web_form){.market = market,
                             .form = {arena_array(market->arena, struct form_pair, PAIRS), 0}};
}

void
web_form_add(struct web_form *form, const char *name, const char *value)
{
    ck_assert_uint_lt(form->form.count, PAIRS);
    form->form.pairs[form->form.count++] = (struct form_pair){name, value};
}

void
web_form_set(struct web_form *form, const char *name, const char *value)
{
    struct form *pairs = &form->form;

    for (size_t i = 0; i < pairs->count; i++) {
        if (!text_equal(pairs->pairs[i].name, name))
            continue;
        if (value != NULL) {
            pairs->pairs[i].value = value;
            return;
        }
        memmove(&pairs->pairs[i], &pairs->pairs[i + 1],
                (pairs->count - i - 1) * sizeof(pairs->pairs[0]));
        pairs->count--;
        return;
    }
    if (value != NULL)
        web_form_add(form, name, value);
}

const char *
web_form_encode(const struct web_form *form)
{
    struct arena *arena = form->market->arena;
    struct buffer out;
    const char *text;

    buffer_open(&out, (size_t)4 * 1024 * 1024);
    for (size_t i = 0; i < form->form.count; i++)
        buffer_format(&out, "%s%s=%s", i == 0 ? "" : "&",
                      url_encode(arena, form->form.pairs[i].name),
                      url_encode(arena, form->form.pairs[i].value));
    ck_assert(!out.full);
    text = arena_text(arena, out.length == 0 ? "" : out.data);
    buffer_close(&out);
    return text;
}

struct web_answer
web_post_form(struct web_market *market, enum web_person person, const char *path,
              const struct web_form *form)
{
    if (form->file != NULL)
        return web_post_text(market, person, path, form);
    return web_send(market, &(struct web_request){.method = "POST",
                                                  .target = path,
                                                  .cookies = web_cookie(market, person),
                                                  .origin = WEB_ADDRESS,
                                                  .fetch_site = "same-origin",
                                                  .type = "application/x-www-form-urlencoded",
                                                  .body = web_form_encode(form)});
}

struct web_answer
web_post(struct web_market *market, enum web_person person, const char *path, ...)
{
    struct web_form form = web_form_new(market);
    const char *name;
    va_list arguments;

    web_form_add(&form, "csrf", web_csrf(market, person));
    web_form_add(&form, "once", arena_format(market->arena, "once-%u", ++market->once));
    va_start(arguments, path);
    while ((name = va_arg(arguments, const char *)) != NULL) {
        const char *value = va_arg(arguments, const char *);

        if (text_equal(name, "csrf") || text_equal(name, "once"))
            web_form_set(&form, name, value);
        else
            web_form_add(&form, name, value);
    }
    va_end(arguments);
    return web_post_form(market, person, path, &form);
}

/* --- offers -------------------------------------------------------------------------------------
 */

const char *
web_path(struct web_market *market, const char *format, ...)
{
    char path[LIMIT_PATH_BYTES + LIMIT_QUERY_BYTES];
    va_list arguments;

    va_start(arguments, format);
    ck_assert_int_lt(vsnprintf(path, sizeof path, format, arguments), (int)sizeof path);
    va_end(arguments);
    return arena_text(market->arena, path);
}

const char *
web_rev(struct web_market *market, enum web_person person, const char *offer)
{
    bool is_partner = person == WEB_PARTNER || person == WEB_PARTNER_MARKETER;
    enum party party = person == WEB_OWNER ? PARTY_CUSTOMER
                       : is_partner        ? PARTY_PARTNER
                                           : PARTY_ISV;
    const char *account = person == WEB_OWNER ? DEAL_ORGANISATION
                          : is_partner        ? DEAL_PARTNER
                                              : DEAL_ISV;
    struct offer seen;

    if (deal_look(&market->deal, party, account, offer, &seen) != OK)
        return is_partner ? "1.1" : "1";
    return offer_rev(market->arena, &seen, party);
}

void
web_publish(struct web_market *market)
{
    deal_publish(&market->deal);
}

const char *
web_link(struct web_market *market, const char *offer)
{
    struct link link;
    enum err outcome = link_of_offer(market->deal.temp.reader, market->arena, offer, &link);

    if (outcome == ERR_ABSENT)
        return "";
    ck_assert_int_eq(outcome, OK);
    return link.token;
}

/* Sends the partner's draft on, with publication held. */
static void
hold_extended(struct web_market *market, const char *id)
{
    struct deal_market *deal = &market->deal;
    struct problems *problems = problems_new(deal->temp.arena);
    struct answers typed =
        deal_form(deal, "adjustment-1", "12.5", "adjustment-2", "30", "prepared_by",
                  "p@fabrikam.example", "partner_contacts", "f@fabrikam.example", NULL);
    struct act act = deal_begin(deal, PARTY_PARTNER, DEAL_PARTNER, "partner");

    ck_assert_int_eq(
        action_partner_save(&act, id, web_rev(market, WEB_PARTNER, id), &typed, NULL, problems),
        OK);
    deal_end(deal, &act, OK);
    act = deal_begin(deal, PARTY_PARTNER, DEAL_PARTNER, "partner");
    ck_assert_int_eq(action_offer_extend(&act, id, web_rev(market, WEB_PARTNER, id), problems), OK);
    deal_end(deal, &act, OK);
}

const char *
web_offer(struct web_market *market, enum offer_state state)
{
    const char *id = NULL;

    switch (state) {
    case STATE_DRAFT:
        return deal_make(&market->deal, DEAL_DRAFTED);
    case STATE_TO_PARTNER:
        web_setting(market, SETTING_PUBLISH_DELAY, "3600");
        return deal_make(&market->deal, DEAL_SUBMITTED);
    case STATE_PENDING_PARTNER:
        return deal_make(&market->deal, DEAL_SUBMITTED);
    case STATE_TO_CUSTOMER:
        id = deal_make(&market->deal, DEAL_SUBMITTED);
        web_setting(market, SETTING_PUBLISH_DELAY, "3600");
        hold_extended(market, id);
        return id;
    case STATE_PENDING_ACCEPTANCE:
        return deal_make(&market->deal, DEAL_EXTENDED);
    case STATE_ACCEPTED:
        return deal_make(&market->deal, DEAL_ACCEPTED);
    case STATE_EXPIRED:
        id = deal_make(&market->deal, DEAL_EXTENDED);
        web_today(market, 2023, 11, 16);
        return id;
    case STATE_ENDED:
        id = deal_make(&market->deal, DEAL_ACCEPTED);
        web_today(market, 2024, 1, 1);
        return id;
    case STATE_DELETED:
    case STATE_CANCELLED:
    case STATE_COUNT:
        break;
    }
    ck_abort_msg("no way to that state");
    return id;
}

const char *
web_dump(struct web_market *market)
{
    static const char *const without[] = {"throttle", "answered", NULL};

    return store_dump(&market->deal.temp, without);
}
