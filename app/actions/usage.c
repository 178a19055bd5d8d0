/*
 * usage.c: usage reports, judged line by line, kept all or none.
 *
 * Not here: what usage costs (actions/purchase_time). Invariant: what is reported is above what the
 * term includes (LAW 8.5): nothing is subtracted.
 */
#include "actions/usage.h"

#include "actions/purchase_price.h"
#include "actions/purchase_time.h"
#include "base/text.h"
#include "store/catalogue.h"
#include "store/purchases.h"

#define SECONDS_PER_HOUR INT64_C(3600)

/* ---- What can be reported ------------------------------------------------------------------- */

/* Nothing of an unlimited meter is ever charged. */
static bool
is_unlimited(const struct purchase *purchase, const struct price_answer *answer, const char *meter)
{
    int term = purchase->kind == PURCHASE_APP ? APP_TERM : purchase->term_months;
    const struct included *included =
        included_find(answer->included, answer->included_count, meter, term);

    return included != NULL && included->unlimited;
}

static void
points_add(struct usage_points *points, const struct price_point *point, const char *words)
{
    assert(points->count < LIMIT_POINTS);
    points->rows[points->count++] = (struct usage_point){point->id, words, point->unit};
}

enum err
usage_points_of(const struct act *act, const struct purchase *purchase, struct usage_points *points)
{
    const struct price_question question = {
        .billing_account = purchase->billing_account,
        .offer = purchase->offer,
        .row = purchase->row,
        .product = purchase->product,
        .plan = purchase->plan,
        .on = act->today,
        .from = act->today,
        .through = act->today,
        .at = act->now,
    };
    const struct price_point *hour;
    struct price_answer answer;

    points->rows = arena_array(act->arena, struct usage_point, LIMIT_POINTS);
    points->count = 0;
    if (!purchase_metered(purchase))
        return OK;
    TRY(price_answer(act, &question, &answer));
    hour = purchase->kind == PURCHASE_VM ? plan_hour_point(answer.plan, purchase->vcpu) : NULL;
    if (hour != NULL)
        points_add(points, hour, point_words(act->arena, answer.plan, hour));
    for (size_t k = 0; k < answer.prices.count; k++) {
        const struct price_point *point = answer.points[k];

        if (point->kind == POINT_METER && !is_unlimited(purchase, &answer, point->id))
            points_add(points, point, point_words(act->arena, answer.plan, point));
    }
    return OK;
}

/* ---- One line ------------------------------------------------------------------------------- */

/* The meter's point, named by its id or by the meter's own. */
static const struct usage_point *
point_named(struct arena *arena, const struct usage_points *points, const char *typed)
{
    const char *meter = arena_format(arena, "%s%s", POINT_METER_PREFIX, typed);

    for (size_t i = 0; i < points->count; i++) {
        if (text_equal(points->rows[i].id, typed) || text_equal(points->rows[i].id, meter))
            return &points->rows[i];
    }
    return NULL;
}

/* Meters are the ISV's to report, hours of machines the operator's (LAW D-33). */
static bool
reports(const struct act *act, const struct purchase *purchase)
{
    if (purchase->kind == PURCHASE_VM)
        return act->viewer.party == PARTY_OPERATOR;
    return act->viewer.party == PARTY_ISV;
}

static void
hour_problem(const struct act *act, const char *at, int64_t hour_at, struct problems *problems)
{
    if (hour_at > act->now)
        problem_add(problems, at, "The hour is in the future. Report it once it has begun");
    else if (act->now - hour_at > LIMIT_USAGE_S)
        problem_add(problems, at, "The hour is more than 24 hours ago, so it can’t be reported");
}

/* Where a problem with that field of the line is put. */
static const char *
place(const struct usage_line *line, const char *field)
{
    return line->at == NULL ? field : line->at;
}

/* The purchase, if usage of it may be reported now; NULL after a problem was added. */
static enum err
purchase_of_line(const struct act *act, const struct usage_line *line, struct problems *problems,
                 struct purchase **purchase)
{
    struct purchase *found = arena_new(act->arena, struct purchase);
    enum err outcome = purchase_load(act->db, act->arena, &act->viewer,
                                     text_trim(act->arena, line->purchase), found);

    *purchase = NULL;
    if (outcome == ERR_ABSENT || (outcome == OK && !reports(act, found))) {
        problem_add(problems, place(line, ANSWER_USAGE_POINT),
                    "There is no such purchase to report usage for");
        return OK;
    }
    TRY(outcome);
    TRY(purchase_settle(act, found));
    if (!purchase_may(found, PURCHASE_REPORT, act->viewer.party, act->today)) {
        problem_add(problems, place(line, ANSWER_USAGE_POINT),
                    "It is %s. Usage is reported while it is Subscribed",
                    purchase_state_words(purchase_state_on(found, act->today)));
        return OK;
    }
    *purchase = found;
    return OK;
}

/* Reads the line, or adds what is wrong with it. */
static enum err
line_read(const struct act *act, const struct usage_line *line, const struct purchase *purchase,
          struct problems *problems, struct usage_event *event)
{
    const char *dimension = text_trim(act->arena, line->point);
    const char *at = place(line, ANSWER_USAGE_HOUR);
    struct usage_points points;
    const struct usage_point *point;

    TRY(usage_points_of(act, purchase, &points));
    point = point_named(act->arena, &points, dimension);
    if (point == NULL)
        problem_add(problems, place(line, ANSWER_USAGE_POINT),
                    "“%.60s” is no dimension of this plan that is charged by use", dimension);
    else
        event->point = point->id;
    if (hour_parse(text_trim(act->arena, line->hour), &event->hour_at) != OK)
        problem_add(problems, at, "Enter the hour like 2023-10-16T09:00Z, in UTC");
    else
        hour_problem(act, at, event->hour_at, problems);
    if (text_to_integer(text_trim(act->arena, line->quantity), 1, LIMIT_USAGE, &event->quantity) !=
        OK)
        problem_add(problems, place(line, ANSWER_USAGE_QUANTITY),
                    "Enter a quantity from 1 to 1,000,000, a whole number");
    return OK;
}

static enum err
report_line(const struct act *act, const struct usage_line *line, struct problems *problems)
{
    struct usage_event event = {.point = "", .reported_at = act->now, .reported_by = act->person};
    size_t before = problems->count;
    struct purchase *purchase;
    bool added = false;

    TRY(purchase_of_line(act, line, problems, &purchase));
    if (purchase == NULL)
        return OK;
    TRY(line_read(act, line, purchase, problems, &event));
    if (problems->count > before)
        return OK;
    if (event.hour_at < purchase->activated_at - purchase->activated_at % SECONDS_PER_HOUR) {
        problem_add(problems, place(line, ANSWER_USAGE_HOUR),
                    "The hour is before it was Subscribed");
        return OK;
    }
    TRY(usage_insert(act->db, purchase->id, &event, &added));
    if (!added)
        problem_add(problems, place(line, ANSWER_USAGE_HOUR),
                    "Duplicate: this dimension and hour have been reported already");
    return OK;
}

enum err
action_usage_report(const struct act *act, const struct usage_line *lines, size_t count,
                    struct problems *problems)
{
    if (act->viewer.party == PARTY_ISV && !role_can(act->role, CAN_WORK_CATALOGUE))
        return ERR_DENIED;
    if (count == 0 || count > LIMIT_USAGE_BATCH) {
        problem_add(problems, "usage", "Report 1 to %d lines at once", LIMIT_USAGE_BATCH);
        return ERR_INVALID;
    }
    for (size_t i = 0; i < count; i++)
        TRY(report_line(act, &lines[i], problems));
    return problems->count > 0 ? ERR_INVALID : OK;
}
