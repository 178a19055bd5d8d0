/*
 * conflict_lines.c: the lines of a reservation's form, which two people may have added, changed and
 * taken out.
 *
 * Lines are the same when their vCPU size is, wherever they stand. A line that only one of both has
 * is taken or left whole: ANSWER_NO_LINE leaves it.
 */
#include "pages/conflict_work.h"

#include "base/text.h"

/* A line of the form as it was sent. */
struct line {
    const char *size; /* "" on a flat rate */
    const char *quantity;
    const char *unit;
};

static const char *
line_part(const struct conflict *conflict, enum line_part part, int number)
{
    const char *name = field_line_name(conflict->x->arena, conflict->row, part, number);
    const char *raw = conflict_sent(conflict, name);

    return raw == NULL ? "" : text_trim(conflict->x->arena, raw);
}

static struct line
line_sent(const struct conflict *conflict, int number)
{
    return (struct line){line_part(conflict, LINE_VCPU, number),
                         line_part(conflict, LINE_QUANTITY, number),
                         line_part(conflict, LINE_UNIT, number)};
}

static bool
line_is_blank(const struct line *line)
{
    return *line->size == '\0' && *line->quantity == '\0' && *line->unit == '\0';
}

/* An amount as it is kept, so that 450 is no other than 450.00; anything else as it was typed. */
static const char *
same_amount(struct arena *arena, const char *typed)
{
    struct money money;

    return money_parse(typed, &money) == OK ? money_plain(arena, money) : typed;
}

/* Both have the line: its figures are compared. */
static void
line_compare(struct conflict *conflict, const struct line *line, const struct cells *theirs)
{
    struct arena *arena = conflict->x->arena;

    for (size_t i = 0; i < theirs->count; i++) {
        const struct cell *cell = &theirs->rows[i];
        const char *yours =
            cell->field == FIELD_PARTNER_PRICE ? same_amount(arena, line->unit) : line->quantity;

        if (text_starts(cell->name, "vcpu-") || text_equal(yours, cell->value))
            conflict_keep(conflict, cell->name, cell->value);
        else
            conflict_differ(conflict, cell, (struct side){yours, yours},
                            (struct side){cell->value, cell->words},
                            conflict_is_mine(conflict, cell));
    }
}

/* Only one of both has the line: it is taken or left whole. */
static void
line_choose(struct conflict *conflict, const struct line *line, int number, bool yours_has_it,
            const struct cells *theirs)
{
    struct arena *arena = conflict->x->arena;
    const char *words =
        arena_format(arena, "Quantity %s, unit price %s", line->quantity, line->unit);
    const struct side none = {ANSWER_NO_LINE, "No such line"};
    struct cell cell = theirs->rows[0];

    if (yours_has_it)
        cell.label = arena_format(arena, "Line of %s vCPU", line->size);
    cell.name = field_line_name(arena, conflict->row, LINE_VCPU, number);
    conflict_keep(conflict, field_line_name(arena, conflict->row, LINE_QUANTITY, number),
                  yours_has_it ? line->quantity : theirs->rows[1].value);
    conflict_keep(conflict, field_line_name(arena, conflict->row, LINE_UNIT, number),
                  yours_has_it ? line->unit : theirs->rows[2].value);
    conflict_differ(conflict, &cell, yours_has_it ? (struct side){line->size, words} : none,
                    yours_has_it ? none : (struct side){cell.value, cell.words},
                    conflict_is_mine(conflict, &cell));
}

static struct cells
line_cells(const struct conflict *conflict, const struct offer_row *row, int size, int number)
{
    struct cells cells = cells_new(conflict->x->arena);

    cells_of_line(&cells, row, size, number);
    return cells;
}

/* The size that the line names, -1 when it names none. */
static int
line_size(const struct line *line)
{
    int64_t size;

    return text_to_integer(line->size, 1, INT32_MAX, &size) == OK ? (int)size : -1;
}

/* The lines that stand in the form only in what is stored now, under numbers the form leaves free.
 */
static void
compare_other_lines(struct conflict *conflict, const struct offer_row *stored)
{
    const struct line none = {"", "", ""};
    int number = 1;

    for (size_t k = 0; k < stored->price_count; k++) {
        int size = stored->prices[k].point->vcpu;
        bool in_form = false;
        struct cells cells;

        for (int i = 1; i <= LIMIT_VCPU_SIZES; i++) {
            struct line line = line_sent(conflict, i);

            in_form = in_form || line_size(&line) == size;
        }
        if (in_form)
            continue;
        for (; number <= LIMIT_VCPU_SIZES; number++) {
            struct line line = line_sent(conflict, number);

            if (line_is_blank(&line))
                break;
        }
        if (number > LIMIT_VCPU_SIZES)
            return; /* the form names sizes that nobody sells: they take the place */
        cells = line_cells(conflict, stored, size, number);
        line_choose(conflict, &none, number++, false, &cells);
    }
}

void
conflict_lines(struct conflict *conflict, const struct offer_row *stored)
{
    const char *button = posted(conflict->x, "do");
    bool sizes = plan_has_sizes(stored->plan);

    for (int number = 1; number <= (sizes ? LIMIT_VCPU_SIZES : 1); number++) {
        struct line line = line_sent(conflict, number);
        int size = sizes ? line_size(&line) : 0;
        struct cells theirs;

        if (line_is_blank(&line))
            continue;
        theirs = line_cells(conflict, stored, size < 0 ? INT32_MAX : size, number);
        if (sizes && text_equal(button, arena_format(conflict->x->arena, "remove-%d", number))) {
            if (!text_equal(theirs.rows[0].value, ANSWER_NO_LINE))
                line_choose(conflict, &line, number, false, &theirs);
        } else if (sizes && text_equal(theirs.rows[0].value, ANSWER_NO_LINE)) {
            line_choose(conflict, &line, number, true, &theirs);
        } else {
            line_compare(conflict, &line, &theirs);
        }
    }
    if (sizes)
        compare_other_lines(conflict, stored);
}
