/*
 * usage_pages.c: see the header. A line is four cells between commas; none of them can hold a
 * comma, so quotes around a cell are only taken off. Invariant: all lines are stored or none.
 */
#include "pages/usage_pages.h"

#include <inttypes.h>
#include <string.h>

#include "actions/usage.h"
#include "base/text.h"
#include "pages/parts.h"
#include "pages/purchase_lists.h"

#define FIELD "usage"
#define HEADER "purchase,dimension,hour,quantity"
#define CELLS 4
#define HOUR_S 3600

/* The lines below the header; problems of each are put at the number it has in the text. */
struct usage_text {
    struct usage_line lines[LIMIT_USAGE_BATCH];
    size_t count; /* may be more than are kept */
};

static bool
operates(const struct exchange *x)
{
    return x->hat == HAT_OPERATOR;
}

static const char *
usage_path(const struct exchange *x)
{
    return operates(x) ? "/operator/usage" : "/isv/usage";
}

/* A cell without the spaces and quotes around it. */
static const char *
cell_keep(struct arena *arena, const char *from, size_t length)
{
    const char *cell = text_trim(arena, arena_copy(arena, from, length));
    size_t size = strlen(cell);

    if (size >= 2 && cell[0] == '"' && cell[size - 1] == '"')
        return arena_copy(arena, cell + 1, size - 2);
    return cell;
}

/* Answers how many cells the line has; keeps the first four. */
static size_t
cells_read(struct arena *arena, const char *line, const char *cells[CELLS])
{
    size_t count = 0;

    for (;; line++) {
        size_t length = strcspn(line, ",");

        if (count < CELLS)
            cells[count] = cell_keep(arena, line, length);
        count++;
        line += length;
        if (*line == '\0')
            return count;
    }
}

static void
line_read(struct exchange *x, const char *line, int number, struct usage_text *text)
{
    const char *cells[CELLS] = {"", "", "", ""};

    if (cells_read(x->arena, line, cells) != CELLS) {
        problem_add(x->problems, FIELD, "Line %d: give four values between commas: %s", number,
                    HEADER);
        return;
    }
    if (text->count < LIMIT_USAGE_BATCH)
        text->lines[text->count] = (struct usage_line){
            .purchase = cells[0],
            .point = cells[1],
            .hour = cells[2],
            .quantity = cells[3],
            .at = arena_format(x->arena, "%d", number),
        };
    text->count++;
}

static bool
is_header(struct arena *arena, const char *line)
{
    const char *cells[CELLS] = {"", "", "", ""};

    return cells_read(arena, line, cells) == CELLS &&
           text_equal(arena_format(arena, "%s,%s,%s,%s", cells[0], cells[1], cells[2], cells[3]),
                      HEADER);
}

/* What is posted, with its own problems told. Empty lines count, and say nothing. */
static void
text_read(struct exchange *x, struct usage_text *text)
{
    const char *at = posted(x, FIELD);
    bool begun = false;

    for (int number = 1; *at != '\0'; number++) {
        size_t length = strcspn(at, "\n");
        const char *line = text_trim(x->arena, arena_copy(x->arena, at, length));

        at += at[length] == '\n' ? length + 1 : length;
        if (*line == '\0')
            continue;
        if (begun)
            line_read(x, line, number, text);
        else if (!is_header(x->arena, line))
            break;
        begun = true;
    }
    if (!begun)
        problem_add(x->problems, FIELD, "Begin with the line %s", HEADER);
    else if (text->count > LIMIT_USAGE_BATCH)
        problem_add(x->problems, FIELD, "Report at most %d lines at once; these are %zu",
                    LIMIT_USAGE_BATCH, text->count);
    else if (text->count == 0 && x->problems->count == 0)
        problem_add(x->problems, FIELD, "Add a line for each hour to report");
}

/* ---- The page ------------------------------------------------------------------------------- */

static const char *
sample_text(const struct exchange *x)
{
    const char *id = "b0a3c7d2-5c1e-4f5e-9a57-3d1f0c2e8a64";
    const char *hour = instant_iso(x->arena, x->now - x->now % HOUR_S);

    if (operates(x))
        return arena_format(x->arena, HEADER "\n%s,hour,%s,1", id, hour);
    return arena_format(x->arena, HEADER "\n%s,emails,%s,120\n%s,emails,%s,75", id,
                        instant_iso(x->arena, x->now - x->now % HOUR_S - HOUR_S), id, hour);
}

static enum err
machines_view(struct exchange *x, struct view *view)
{
    struct purchase_list machines = {
        .id = "machines",
        .heading = "Deployed virtual machines",
        .none_title = "No virtual machine is deployed",
        .none_text = "One that a customer deploys appears here.",
    };
    struct purchase_query query = {.viewer = exchange_viewer(x), .offer = ""};

    TRY(purchase_list_load(x, &query, &machines));
    purchase_list_notice(view, machines.stale);
    part_purchases(x, view_section(view, NAME_MACHINES), NAME_PURCHASES, &machines);
    return OK;
}

static enum err
usage_view(struct exchange *x)
{
    static const char *const crumbs[][2] = {{"Purchases", "/isv/purchases"}};
    const char *heading = operates(x) ? "Usage" : "Report usage";
    static const struct field_look look = {
        .hint = "Hours in UTC, within the last 24 hours, once for each purchase, dimension and "
                "hour; quantities are whole numbers from 1"};
    struct view *view = show(x, PAGE_USAGE, heading);
    struct view *head = part_head(x, view, heading);

    if (!operates(x))
        head_crumbs(head, crumbs, COUNT(crumbs), heading);
    part_not_saved(x, view);
    part_summary(x, view, "");
    view_text(view, NAME_FORM_ACTION, usage_path(x));
    view_text(view, NAME_CANCEL_HREF, operates(x) ? "/operator" : "/isv/purchases");
    view_format(view, NAME_USAGE_TEXT, "%s At most %d lines at once.",
                operates(x)
                    ? "The hours each deployed virtual machine ran."
                    : "Usage of meters beyond the included quantities: nothing is subtracted "
                      "again. Only what is Subscribed takes usage.",
                LIMIT_USAGE_BATCH);
    part_lines(x, view, NAME_FIELD_USAGE, FIELD, "Lines", HEADER "\n", &look);
    view_text(view, NAME_SAMPLE, sample_text(x));
    return operates(x) ? machines_view(x, view) : OK;
}

enum err
usage_get(struct exchange *x)
{
    return usage_view(x);
}

/* Problems of a line stand in the summary and at the field, with the line's number. */
static void
tell(struct exchange *x, const struct problems *found)
{
    for (size_t i = 0; i < found->count; i++) {
        const struct problem *problem = &found->list[i];

        problem_add(x->problems, FIELD, "Line %s: %s", problem->at, problem->message);
    }
    x->problems->dropped += found->dropped;
}

enum err
usage_post(struct exchange *x)
{
    const struct act act = exchange_act(x);
    struct problems *found = problems_new(x->arena);
    struct usage_text *text = arena_new(x->arena, struct usage_text);
    enum err outcome = ERR_INVALID;

    text_read(x, text);
    if (text->count <= LIMIT_USAGE_BATCH && text->count > 0)
        outcome = action_usage_report(&act, text->lines, text->count, found);
    tell(x, found);
    if (outcome == OK && x->problems->count > 0)
        outcome = ERR_INVALID;
    if (outcome == ERR_INVALID)
        TRY(usage_view(x));
    TRY(outcome);
    return redirect(x, "%s?done=usage", usage_path(x));
}
