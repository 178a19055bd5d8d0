/*
 * lists.c: the URL of a list is its whole state; every link here is made from it.
 *
 * Invariant: chips, columns and the pager change one thing each and keep the rest; a cursor is kept
 * by none but the pager, because it belongs to one order of one selection.
 */
#include "pages/lists.h"

#include <inttypes.h>

#include "base/text.h"
#include "pages/frame.h"
#include "pages/parts.h"

static const char *const sort_texts[SORT_COUNT] = {
    [SORT_CHANGED] = "changed",
    [SORT_NAME] = "name",
    [SORT_ACCEPT_BY] = "accept_by",
};

/* The order people expect first: what changed last, names from A, the nearest date. */
static bool
sort_descends(enum list_sort sort)
{
    return sort == SORT_CHANGED;
}

static enum list_sort
sort_named(const char *text)
{
    int found = text_find(sort_texts, SORT_COUNT, text);

    return found < 0 ? SORT_CHANGED : (enum list_sort)found;
}

const char *
search_typed(struct arena *arena, const char *text)
{
    const char *trimmed = text_trim(arena, text);
    size_t length = 0;
    size_t characters = 0;

    while (trimmed[length] != '\0') {
        bool begins = ((unsigned char)trimmed[length] & 0xC0U) != 0x80U;

        if (begins && characters++ == LIMIT_SEARCH)
            break;
        length++;
    }
    return arena_copy(arena, trimmed, length);
}

static void
query_read(const struct exchange *x, struct offer_list *list)
{
    struct list_query *query = &list->query;
    const char *direction = queried(x, "dir");
    const char *before = queried(x, "before");

    list->typed = search_typed(x->arena, queried(x, "q"));
    query->viewer = exchange_viewer(x);
    query->today = x->today;
    query->limit = LIMIT_LIST_ROWS;
    query->search = text_fold(x->arena, list->typed);
    query->status = list_status_named(queried(x, "status"));
    if (!list_status_seen(query->status, query->viewer.party))
        query->status = LIST_ALL;
    query->sort = SORT_CHANGED;
    if (query->viewer.party == PARTY_ISV || query->viewer.party == PARTY_PARTNER)
        query->sort = sort_named(queried(x, "sort"));
    query->descending = sort_descends(query->sort);
    if (text_equal(direction, "asc") || text_equal(direction, "desc"))
        query->descending = text_equal(direction, "desc");
    query->backward = *before != '\0';
    query->cursor = query->backward ? before : queried(x, "after");
}

static enum err
counts_load(struct exchange *x, struct offer_list *list)
{
    const struct viewer *viewer = &list->query.viewer;
    int64_t sum = 0;

    for (int i = LIST_ALL + 1; i < LIST_STATUS_COUNT; i++) {
        enum list_status status = (enum list_status)i;

        list->counts[i] = 0;
        if (!list_status_seen(status, viewer->party))
            continue;
        TRY(offers_count(x->db, x->arena, viewer, status, x->today, &list->counts[i]));
        sum += list->counts[i];
    }
    list->counts[LIST_ALL] = sum > LIMIT_COUNTED ? LIMIT_COUNTED + 1 : sum;
    return OK;
}

enum err
offer_list_load(struct exchange *x, struct offer_list *list)
{
    enum err outcome;

    *list = (struct offer_list){.path = hat_offers(x->hat)};
    query_read(x, list);
    TRY(counts_load(x, list));
    outcome = offers_page(x->db, x->arena, &list->query, &list->page);
    list->stale = outcome == ERR_INVALID ||
                  (outcome == OK && *list->query.cursor != '\0' && list->page.count == 0);
    if (!list->stale)
        return outcome;
    list->query.cursor = "";
    list->query.backward = false;
    return offers_page(x->db, x->arena, &list->query, &list->page);
}

/* Where a link leads; cursor "" for a first page. */
struct place {
    enum list_status status;
    enum list_sort sort;
    bool descending;
    const char *side; /* "after" or "before" */
    const char *cursor;
};

static const char *
parameter_add(struct arena *arena, const char *address, const char *name, const char *value)
{
    bool first = true;

    if (*value == '\0')
        return address;
    for (const char *at = address; *at != '\0'; at++) {
        if (*at == '?')
            first = false;
    }
    return arena_format(arena, "%s%c%s=%s", address, first ? '?' : '&', name,
                        url_encode(arena, value));
}

static const char *
sort_value(enum list_sort sort, bool descending)
{
    return sort == SORT_CHANGED && descending ? "" : sort_texts[sort];
}

static const char *
direction_value(enum list_sort sort, bool descending)
{
    if (descending == sort_descends(sort))
        return "";
    return descending ? "desc" : "asc";
}

static const char *
place_href(const struct exchange *x, const struct offer_list *list, const struct place *place)
{
    const char *address = list->path;

    address = parameter_add(x->arena, address, "status", list_status_text(place->status));
    address = parameter_add(x->arena, address, "q", list->typed);
    address = parameter_add(x->arena, address, "sort", sort_value(place->sort, place->descending));
    address =
        parameter_add(x->arena, address, "dir", direction_value(place->sort, place->descending));
    if (*place->cursor != '\0')
        address = parameter_add(x->arena, address, place->side, place->cursor);
    return address;
}

/* The first page of the list as it is now. */
static struct place
place_here(const struct offer_list *list)
{
    return (struct place){list->query.status, list->query.sort, list->query.descending, "after",
                          ""};
}

/* "48", or "1,000+". */
static const char *
count_words(struct arena *arena, int64_t count)
{
    _Static_assert(LIMIT_COUNTED == 1000, "the words below");
    return count > LIMIT_COUNTED ? "1,000+" : arena_format(arena, "%" PRId64, count);
}

void
list_chips(struct exchange *x, struct view *view, const struct offer_list *list)
{
    for (int i = LIST_ALL; i < LIST_STATUS_COUNT; i++) {
        enum list_status status = (enum list_status)i;
        struct place place = place_here(list);
        struct view *chip;

        if (!list_status_seen(status, list->query.viewer.party))
            continue;
        place.status = status;
        chip = view_section(view, NAME_CHIP);
        view_text(chip, NAME_CHIP_HREF, place_href(x, list, &place));
        view_text(chip, NAME_CHIP_LABEL, list_status_words(status));
        view_text(chip, NAME_CHIP_COUNT, count_words(x->arena, list->counts[i]));
        if (status == list->query.status)
            view_show(chip, NAME_CHIP_CURRENT);
    }
}

void
list_keep(struct view *view, const struct offer_list *list)
{
    const struct list_query *query = &list->query;
    const char *const kept[][2] = {
        {"status", list_status_text(query->status)},
        {"sort", sort_value(query->sort, query->descending)},
        {"dir", direction_value(query->sort, query->descending)},
    };

    for (size_t i = 0; i < COUNT(kept); i++) {
        struct view *row;

        if (*kept[i][1] == '\0')
            continue;
        row = view_section(view, NAME_KEEP);
        view_text(row, NAME_KEEP_NAME, kept[i][0]);
        view_text(row, NAME_KEEP_VALUE, kept[i][1]);
    }
}

static void
list_column(struct exchange *x, struct view *view, const struct offer_list *list,
            const struct list_column *column)
{
    struct view *cell = view_section(view, NAME_COLUMN);
    bool active = column->sort == list->query.sort;
    struct place place = place_here(list);
    struct view *sortable;

    view_text(cell, NAME_COLUMN_LABEL, column->label);
    if (column->sort == SORT_COUNT) {
        view_show(cell, NAME_COLUMN_PLAIN);
        return;
    }
    if (active)
        view_show(cell, list->query.descending ? NAME_SORT_DOWN : NAME_SORT_UP);
    place.sort = column->sort;
    place.descending = active ? !list->query.descending : sort_descends(column->sort);
    sortable = view_section(cell, NAME_COLUMN_SORTED);
    view_text(sortable, NAME_SORT_HREF, place_href(x, list, &place));
    view_text(sortable, NAME_SORT_ICON, !active ? "both" : list->query.descending ? "desc" : "asc");
}

void
list_columns(struct exchange *x, struct view *view, const struct offer_list *list,
             const struct list_column *columns, size_t count)
{
    for (size_t i = 0; i < count; i++)
        list_column(x, view, list, &columns[i]);
}

const char *
list_range(struct exchange *x, const struct offer_list *list)
{
    const struct list_page *page = &list->page;
    int64_t total = list->counts[list->query.status];
    int64_t last = page->start + (int64_t)page->count - 1;

    if (page->count == 0)
        return "None";
    if (*list->query.search != '\0' || list->query.viewer.party == PARTY_OPERATOR)
        return arena_format(x->arena, "%" PRId64 "–%" PRId64, page->start, last);
    return arena_format(x->arena, "%" PRId64 "–%" PRId64 " of %s", page->start, last,
                        count_words(x->arena, total));
}

void
list_pager(struct exchange *x, struct view *view, const struct offer_list *list)
{
    const struct list_page *page = &list->page;
    struct view *pager = view_part(view, NAME_PAGER, PAGE_PART_PAGER);
    struct place place = place_here(list);
    struct view *pages;

    view_text(pager, NAME_RANGE, list_range(x, list));
    if (page->count == 0 || (!page->before && !page->after))
        return;
    pages = view_section(pager, NAME_HAS_PAGES);
    if (page->before) {
        place.side = "before";
        place.cursor = page->rows[0].cursor;
        view_text(view_section(pages, NAME_NEWER), NAME_NEWER_HREF, place_href(x, list, &place));
    }
    if (page->after) {
        place.side = "after";
        place.cursor = page->rows[page->count - 1].cursor;
        view_text(view_section(pages, NAME_OLDER), NAME_OLDER_HREF, place_href(x, list, &place));
    }
}

const char *
list_nothing(struct exchange *x, const struct offer_list *list)
{
    const char *status = list_status_words(list->query.status);

    if (*list->typed == '\0')
        return arena_format(x->arena, "No offer is %s", status);
    if (list->query.status == LIST_ALL)
        return arena_format(x->arena, "No offers match “%s”", list->typed);
    return arena_format(x->arena, "No offers in %s match “%s”", status, list->typed);
}

const char *
products_words(struct arena *arena, size_t count)
{
    if (count == 0)
        return "No products";
    return count == 1 ? "1 product" : arena_format(arena, "%zu products", count);
}
