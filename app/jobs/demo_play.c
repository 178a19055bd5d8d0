/*
 * demo_play.c: plays what the tables of jobs/demo_offers tell: each step through the action that
 * its person would use, at a time of its day.
 *
 * Not here: what is played. Invariants: whatever happens lies before the market's day, and never
 * before what happened to the same offer earlier; days pass for all offers together, so an action
 * meets the market as it was.
 */
#include <stdio.h>
#include <string.h>

#include "actions/customer.h"
#include "actions/isv.h"
#include "actions/partner.h"
#include "actions/publish.h"
#include "base/log.h"
#include "base/text.h"
#include "core/terms.h"
#include "jobs/demo_parts.h"

#define FORM_MAX 24
#define SECONDS_PER_HOUR 3600
#define SECONDS_PER_MINUTE 60
#define DAY_BEGINS_HOUR 8
#define BUYING_HOUR 10
#define MINUTES_OF_STEP 25   /* DEMO_STEPS_MAX of them fit between morning and evening */
#define MINUTES_OF_ACTION 3  /* a step takes a few */
#define PUBLISHED_AFTER_S 40 /* how long In Progress lasted in the past */

_Static_assert(DAY_BEGINS_HOUR * 60 + 59 + DEMO_STEPS_MAX * MINUTES_OF_STEP < 24 * 60,
               "all steps of an offer may happen on one day");

/* What one play of all offers works with. */
struct play {
    struct db *db;
    struct arena *arena; /* of one step */
    struct day today;    /* the market's */
    struct settings settings;
    const struct world *dice;
    const struct world *world;
    struct act act; /* of the step at hand */
    struct problems *problems;
    const struct demo_offer *offer;
    const char *id;
    char (*ids)[DEMO_ID_BYTES]; /* of each offer, once created */
    struct demo_bought bought;
};

/* A form as somebody fills it in. */
struct form_filled {
    struct demo_typed typed[FORM_MAX];
    size_t count;
};

static const char *
form_get(void *context, const char *name)
{
    const struct form_filled *form = context;

    for (size_t i = 0; i < form->count; i++) {
        if (text_equal(form->typed[i].name, name))
            return form->typed[i].value;
    }
    return NULL;
}

/* A value NULL is a field left alone. */
static void
form_type(struct form_filled *form, const char *name, const char *value)
{
    if (value == NULL)
        return;
    assert(form->count < FORM_MAX);
    form->typed[form->count++] = (struct demo_typed){name, value};
}

static const char *
month_typed(const struct play *play, int months)
{
    return months == 0 ? NULL : month_iso(play->arena, month_add(play->today, months));
}

static void
a_little_later(struct play *play)
{
    play->act.now += MINUTES_OF_ACTION * SECONDS_PER_MINUTE;
}

/* What the page at hand says it was made from. */
static enum err
rev_shown(const struct play *play, const char **rev)
{
    struct offer *offer = arena_new(play->arena, struct offer);

    TRY(offer_view(play->db, play->arena, &play->act.viewer, play->id, offer));
    *rev = offer_rev(play->arena, offer, play->act.viewer.party);
    return OK;
}

static enum err
play_create(struct play *play)
{
    struct form_filled form = {.count = 0};
    const struct answers answers = {&form, form_get};

    form_type(&form, fields[FIELD_NAME].name, play->offer->name);
    form_type(&form, ANSWER_PRICING, offer_type_text(play->offer->type));
    play->act.world = play->dice; /* the id is the same in every market of that day */
    return action_offer_create(&play->act, &answers, play->problems, &play->id);
}

static size_t
row_count(const struct demo_offer *offer)
{
    size_t count = 0;

    while (count < DEMO_ROWS_MAX && offer->rows[count].product != NULL)
        count++;
    return count;
}

/* Option B: the rows one by one, each made from its template. */
static enum err
add_new_plans(struct play *play, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct demo_row *row = &play->offer->rows[i];
        const struct plan_choice template = {row->product, row->plan};
        struct form_filled form = {.count = 0};
        const struct answers answers = {&form, form_get};
        const char *rev = NULL;
        int number = 0;

        form_type(&form, fields[FIELD_PLAN_NAME].name, row->new_plan);
        form_type(&form, fields[FIELD_PLAN_DESCRIPTION].name, row->new_plan_description);
        TRY(rev_shown(play, &rev));
        TRY(action_new_plan_add(&play->act, play->id, rev, &template, &answers, play->problems,
                                &number));
        a_little_later(play);
    }
    return OK;
}

static enum err
add_products(struct play *play)
{
    struct plan_choice choices[DEMO_ROWS_MAX];
    size_t count = row_count(play->offer);
    const char *rev = NULL;

    if (count == 0)
        return OK;
    if (play->offer->type == OFFER_NEW_PLANS)
        return add_new_plans(play, count);
    for (size_t i = 0; i < count; i++)
        choices[i] = (struct plan_choice){play->offer->rows[i].product, play->offer->rows[i].plan};
    TRY(rev_shown(play, &rev));
    return action_rows_add(&play->act, play->id, rev, choices, count, play->problems);
}

/* The page of own prices of one row; number counts from 1, as rows of a new offer do. */
static enum err
configure_prices(struct play *play, const struct demo_row *row, int number)
{
    static const struct row_edit nothing = {.remove_line = 0};
    struct form_filled form = {.count = 0};
    const struct answers answers = {&form, form_get};
    const char *rev = NULL;

    for (size_t k = 0; k < DEMO_PRICES_MAX && row->prices[k].name != NULL; k++)
        form_type(&form, field_point_name(play->arena, number, row->prices[k].name),
                  row->prices[k].value);
    for (size_t k = 0; k < DEMO_CELLS_MAX && row->cells[k].field != NULL; k++) {
        const struct demo_cell *cell = &row->cells[k];
        const char *name = arena_format(play->arena, "%s-%d", cell->field, number);

        if (cell->rest != NULL)
            name = arena_format(play->arena, "%s-%s", name, cell->rest);
        form_type(&form, name, cell->value);
    }
    if (form.count == 0)
        return OK;
    a_little_later(play);
    TRY(rev_shown(play, &rev));
    return action_row_save(&play->act, play->id, rev, number, &answers, &nothing, play->problems);
}

static enum err
play_fill(struct play *play)
{
    static const struct draft_edit nothing = {.remove_row = 0};
    const struct demo_offer *offer = play->offer;
    struct form_filled form = {.count = 0};
    const struct answers answers = {&form, form_get};
    bool later = offer->start_month != 0;
    const char *rev = NULL;

    TRY(add_products(play));
    for (size_t i = 0; i < row_count(offer); i++)
        TRY(configure_prices(play, &offer->rows[i], (int)i + 1));
    a_little_later(play);

    form_type(&form, fields[FIELD_BILLING_ACCOUNT].name, offer->account);
    form_type(&form, fields[FIELD_CUSTOMER_LABEL].name, offer->label);
    form_type(&form, fields[FIELD_DESCRIPTION].name, offer->description);
    form_type(&form, fields[FIELD_PARTNER].name, offer->partner);
    form_type(&form, fields[FIELD_START_MODE].name,
              start_mode_text(later ? START_IN_MONTH : START_ON_ACCEPT));
    form_type(&form, fields[FIELD_START_MONTH].name, month_typed(play, offer->start_month));
    form_type(&form, fields[FIELD_END_MONTH].name, month_typed(play, offer->end_month));
    if (offer->accept_by_day != 0)
        form_type(&form, fields[FIELD_ACCEPT_BY].name,
                  day_iso(play->arena, day_add(play->today, offer->accept_by_day)));
    form_type(&form, fields[FIELD_CONTACTS].name, offer->contacts);
    form_type(&form, fields[FIELD_SALES_NOTE].name, offer->note);
    for (size_t i = 0; i < row_count(offer); i++)
        form_type(&form, field_row_name(play->arena, FIELD_DISCOUNT, (int)i + 1),
                  offer->rows[i].discount);
    TRY(rev_shown(play, &rev));
    return action_draft_save(&play->act, play->id, rev, &answers, &nothing, play->problems);
}

static enum err
play_change(struct play *play)
{
    static const struct draft_edit nothing = {.remove_row = 0};
    struct form_filled form = {.count = 0};
    const struct answers answers = {&form, form_get};
    const char *rev = NULL;

    assert(play->offer->change.name != NULL);
    form_type(&form, play->offer->change.name, play->offer->change.value);
    TRY(rev_shown(play, &rev));
    return action_draft_save(&play->act, play->id, rev, &answers, &nothing, play->problems);
}

static enum err
play_delete(struct play *play)
{
    const char *rev = NULL;

    TRY(rev_shown(play, &rev));
    return action_offer_delete(&play->act, play->id, rev);
}

static enum err
play_submit(struct play *play)
{
    const char *rev = NULL;

    TRY(rev_shown(play, &rev));
    return action_offer_submit(&play->act, play->id, rev, play->problems);
}

static enum err
play_withdraw(struct play *play)
{
    const char *rev = NULL;

    TRY(rev_shown(play, &rev));
    return action_offer_withdraw(&play->act, play->id, rev);
}

static enum err
play_price(struct play *play)
{
    const struct demo_offer *offer = play->offer;
    struct form_filled form = {.count = 0};
    const struct answers answers = {&form, form_get};
    const char *rev = NULL;

    form_type(&form, fields[FIELD_PREPARED_BY].name, offer->prepared_by);
    form_type(&form, fields[FIELD_PARTNER_CONTACTS].name, offer->partner_contacts);
    form_type(&form, fields[FIELD_PARTNER_NOTE].name, offer->partner_note);
    for (size_t i = 0; i < row_count(offer); i++)
        form_type(&form, field_row_name(play->arena, FIELD_ADJUSTMENT, (int)i + 1),
                  offer->rows[i].adjustment);
    TRY(rev_shown(play, &rev));
    return action_partner_save(&play->act, play->id, rev, &answers, NULL, play->problems);
}

static enum err
play_extend(struct play *play)
{
    const char *rev = NULL;

    TRY(rev_shown(play, &rev));
    return action_offer_extend(&play->act, play->id, rev, play->problems);
}

static enum err
play_take_back(struct play *play)
{
    const char *rev = NULL;

    TRY(rev_shown(play, &rev));
    return action_offer_take_back(&play->act, play->id, rev);
}

static enum err
play_accept(struct play *play)
{
    struct offer *offer = arena_new(play->arena, struct offer);
    struct acceptance acceptance;

    TRY(offer_view(play->db, play->arena, &play->act.viewer, play->id, offer));
    play->act.world = play->dice; /* so is the reference */
    return action_offer_accept(&play->act, play->id, terms_digest(play->arena, offer),
                               &answers_none, play->problems, &acceptance);
}

/* Who may do what, and whether the marketplace has to publish afterwards. */
static const struct {
    enum party party;
    enum err (*play)(struct play *play);
    bool publishes;
} verbs[DEMO_VERB_COUNT] = {
    [DEMO_CREATE] = {PARTY_ISV, play_create, false},
    [DEMO_FILL] = {PARTY_ISV, play_fill, false},
    [DEMO_CHANGE] = {PARTY_ISV, play_change, false},
    [DEMO_DELETE] = {PARTY_ISV, play_delete, false},
    [DEMO_SUBMIT] = {PARTY_ISV, play_submit, true},
    [DEMO_WITHDRAW] = {PARTY_ISV, play_withdraw, false},
    [DEMO_PRICE] = {PARTY_PARTNER, play_price, false},
    [DEMO_EXTEND] = {PARTY_PARTNER, play_extend, true},
    [DEMO_TAKE_BACK] = {PARTY_PARTNER, play_take_back, false},
    [DEMO_ACCEPT] = {PARTY_CUSTOMER, play_accept, false},
};

/* The person of the step, at its time, as if signed in. */
static struct act
act_of_step(const struct play *play, const struct demo_step *step, int64_t at)
{
    const struct person *person = demo_person(step->who);
    enum party party = verbs[step->verb].party;

    return (struct act){
        .db = play->db,
        .arena = play->arena,
        .world = play->world,
        .settings = &play->settings,
        .now = at,
        .today = day_of(at),
        .viewer = {party, party == PARTY_CUSTOMER ? person->organisation : person->publisher,
                   day_of(at)},
        .account_name = person->account_name,
        .person = person->id,
        .person_name = person->name,
        .role = person->role,
    };
}

/* What the background thread does once an offer is no longer In Progress. */
static enum err
publish(const struct play *play)
{
    struct act act = play->act;

    act.viewer = (struct viewer){PARTY_SYSTEM, "", act.today};
    act.account_name = "Marketplace";
    act.person = "";
    act.person_name = "";
    act.role = ROLE_NONE;
    act.now += play->settings.publish_delay_s;
    act.today = day_of(act.now);
    return action_offer_publish(&act, play->id);
}

static enum err
play_step(struct play *play, const struct demo_step *step, size_t offer, size_t number)
{
    int64_t minutes = (int64_t)(offer * 11 % 60 + number * MINUTES_OF_STEP);
    int64_t at = day_start_at(day_add(play->today, step->day)) +
                 DAY_BEGINS_HOUR * SECONDS_PER_HOUR + minutes * SECONDS_PER_MINUTE;
    enum err outcome;

    assert(step->day < 0);
    play->offer = &demo_offers[offer];
    play->id = play->ids[offer];
    play->problems = problems_new(play->arena);
    play->settings.publish_delay_s =
        step->held_days == 0 ? PUBLISHED_AFTER_S : step->held_days * SECONDS_PER_DAY;
    play->act = act_of_step(play, step, at);
    outcome = verbs[step->verb].play(play);
    if (outcome == OK && verbs[step->verb].publishes && step->held_days == 0)
        outcome = publish(play);
    if (outcome == OK && step->verb == DEMO_CREATE)
        (void)snprintf(play->ids[offer], DEMO_ID_BYTES, "%s", play->id);
    if (outcome != OK)
        log_line("demo_refused", "offer=%zu step=%zu outcome=%d problem=%s", offer, number, outcome,
                 play->problems->count == 0 ? "none" : play->problems->list[0].at);
    return outcome;
}

static const char *
offer_id_named(const void *context, const char *name)
{
    const struct play *play = context;

    for (size_t i = 0; i < demo_offer_count; i++) {
        if (text_equal(demo_offers[i].name, name))
            return play->ids[i];
    }
    assert(false); /* a table names an offer that is not there */
    return "";
}

/* What becomes of purchases on one day. */
static enum err
play_purchases(struct play *play, int day)
{
    int64_t at = day_start_at(day_add(play->today, day)) + BUYING_HOUR * SECONDS_PER_HOUR;
    const struct act act = {
        .db = play->db,
        .arena = play->arena,
        .world = play->world,
        .settings = &play->settings,
        .now = at,
        .today = day_of(at),
    };
    enum err outcome = demo_purchases_play(&act, day, offer_id_named, play, &play->bought);

    arena_reset(play->arena);
    return outcome;
}

/* Everything that happens to offers on one day. */
static enum err
play_day(struct play *play, int day)
{
    for (size_t i = 0; i < demo_offer_count; i++) {
        const struct demo_step *steps = demo_offers[i].steps;

        for (size_t k = 0; k < DEMO_STEPS_MAX && steps[k].verb != DEMO_NOTHING; k++) {
            if (steps[k].day != day)
                continue;
            TRY(play_step(play, &steps[k], i, k));
            arena_reset(play->arena);
        }
    }
    return OK;
}

static int
first_day(void)
{
    int first = 0;

    for (size_t i = 0; i < demo_offer_count; i++) {
        if (demo_offers[i].steps[0].day < first)
            first = demo_offers[i].steps[0].day;
    }
    return first;
}

static enum err
play_days(struct play *play)
{
    for (int day = first_day(); day < 0; day++) {
        TRY(play_day(play, day));
        TRY(play_purchases(play, day));
    }
    return OK;
}

enum err
demo_offers_play(struct db *db, int64_t now, const struct settings *settings,
                 const struct world *dice, const struct world *world)
{
    struct arena *kept = arena_open(LIMIT_ARENA_BYTES);
    struct play play = {
        .db = db,
        .arena = arena_open(LIMIT_ARENA_BYTES),
        .today = day_of(now),
        .settings = *settings,
        .dice = dice,
        .world = world,
        .ids = arena_alloc_array(kept, demo_offer_count, DEMO_ID_BYTES),
    };
    enum err outcome;

    /* The past of the market does not depend on how strict its operator is today. */
    play.settings.certificate_blocking = false;
    outcome = play_days(&play);
    arena_close(play.arena);
    arena_close(kept);
    return outcome;
}
