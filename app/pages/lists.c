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
    [SORT_CHANGED] = "changed",    [SORT_NAME] = "name",   [SORT_ACCEPT_BY] = "accept_by",
    [SORT_STATUS] = "status",      [SORT_END] = "end",     [SORT_ID] = "id",
    [SORT_CUSTOMER] = "customer",  [SORT_START] = "start", [SORT_OTHER] = "other",
    [SORT_CREATOR] = "created_by",
};

static const struct {
    const char *text;
    const char *words;
} dues[LIST_DUE_COUNT] = {
    [LIST_DUE_ANY] = {"", "Any accept by date"},
    [LIST_DUE_PAST] = {"past", "Accept by has passed"},
    [LIST_DUE_7] = {"7", "Accept by in 7 days"},
    [LIST_DUE_14] = {"14", "Accept by in 14 days"},
    [LIST_DUE_30] = {"30", "Accept by in 30 days"},
};

/* The order people expect first: what changed last, names from A, the nearest date. */
static bool
sort_descends(enum list_sort sort)
{
    return sort == SORT_CHANGED;
}

/* The other seller's filter, by what it is to the viewer. */
static const char *
other_name(enum party viewer)
{
    return viewer == PARTY_PARTNER ? "isv" : "partner";
}

const char *
search_typed(struct arena *arena, const char *text)
{
    return text_cut(arena, text_trim(arena, text), LIMIT_SEARCH);
}

/* "name" or "-name"; anything else sorts as a list does first. */
static void
sort_read(const char *text, struct list_query *query)
{
    bool down = *text == '-';
    int found = text_find(sort_texts, SORT_COUNT, down ? text + 1 : text);

    query->sort = SORT_CHANGED;
    query->descending = true;
    if (found < 0 || !list_sort_has((enum list_sort)found, query->viewer.party))
        return;
    query->sort = (enum list_sort)found;
    query->descending = down;
}

static void
query_read(const struct exchange *x, struct offer_list *list)
{
    struct list_query *query = &list->query;
    const char *before = queried(x, "before");
    const char *due = queried(x, "due");

    query->viewer = exchange_viewer(x);
    query->today = x->today;
    query->limit = LIMIT_LIST_ROWS;
    list->typed = search_typed(x->arena, queried(x, "q"));
    list->customer = "";
    list->other = "";
    if (query->viewer.party == PARTY_ISV || query->viewer.party == PARTY_PARTNER) {
        list->customer = search_typed(x->arena, queried(x, "customer"));
        list->other = search_typed(x->arena, queried(x, other_name(query->viewer.party)));
    }
    query->search = text_fold(x->arena, list->typed);
    query->customer = text_fold(x->arena, list->customer);
    query->other = text_fold(x->arena, list->other);
    query->status = list_status_named(queried(x, "status"));
    if (!list_status_seen(query->status, query->viewer.party))
        query->status = LIST_ALL;
    for (int i = 0; i < LIST_DUE_COUNT; i++) {
        if (text_equal(dues[i].text, due))
            query->due = (enum list_due)i;
    }
    sort_read(queried(x, "sort"), query);
    query->backward = *before != '\0';
    query->cursor = query->backward ? before : queried(x, "after");
}

void
offer_list_query(const struct exchange *x, struct list_query *query)
{
    struct offer_list list = {.path = ""};

    query_read(x, &list);
    *query = list.query;
    query->cursor = "";
    query->backward = false;
}

enum err
offer_list_load(struct exchange *x, struct offer_list *list)
{
    int64_t *counts = arena_array(x->arena, int64_t, LIST_STATUS_COUNT);
    enum err outcome;

    *list = (struct offer_list){.path = hat_offers(x->hat)};
    query_read(x, list);
    list->counts = counts;
    if (list->query.viewer.party != PARTY_OPERATOR) {
        TRY(offers_count(x->db, x->arena, &list->query.viewer, x->today, counts));
        x->counts = counts;
    }
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

/* Keeps: "" for the order a list has first. */
static const char *
sort_value(struct arena *arena, enum list_sort sort, bool descending)
{
    if (sort == SORT_CHANGED && descending)
        return "";
    return arena_format(arena, "%s%s", descending ? "-" : "", sort_texts[sort]);
}

static const char *
place_query(const struct exchange *x, const struct offer_list *list, const struct place *place,
            const char *address)
{
    const struct {
        const char *name;
        const char *value;
    } values[] = {
        {"status", list_status_text(place->status)},
        {"q", list->typed},
        {"customer", list->customer},
        {other_name(list->query.viewer.party), list->other},
        {"due", dues[list->query.due].text},
        {"sort", sort_value(x->arena, place->sort, place->descending)},
        {place->side, place->cursor},
    };

    for (size_t i = 0; i < COUNT(values); i++)
        address = parameter_add(x->arena, address, values[i].name, values[i].value);
    return address;
}

static const char *
place_href(const struct exchange *x, const struct offer_list *list, const struct place *place)
{
    return place_query(x, list, place, list->path);
}

/* The first page of the list as it is now. */
static struct place
place_here(const struct offer_list *list)
{
    return (struct place){list->query.status, list->query.sort, list->query.descending, "after",
                          ""};
}

const char *
list_href(struct exchange *x, const struct offer_list *list, const char *rest, bool here)
{
    struct place place = place_here(list);

    if (here) {
        place.side = list->query.backward ? "before" : "after";
        place.cursor = list->query.cursor;
    }
    return place_query(x, list, &place, arena_format(x->arena, "%s%s", list->path, rest));
}

bool
list_filtered(const struct offer_list *list)
{
    return *list->typed != '\0' || *list->customer != '\0' || *list->other != '\0' ||
           list->query.due != LIST_DUE_ANY;
}

#define THOUSAND 1000

const char *
list_count_words(struct arena *arena, int64_t count)
{
    int64_t thousands = count / THOUSAND;

    assert(count >= 0);
    return thousands == 0 ? arena_format(arena, "%" PRId64, count)
                          : arena_format(arena, "%s,%03" PRId64, list_count_words(arena, thousands),
                                         count % THOUSAND);
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
        view_text(chip, NAME_CHIP_COUNT, list_count_words(x->arena, list->counts[i]));
        if (status == list->query.status)
            view_show(chip, NAME_CHIP_CURRENT);
    }
}

void
list_keep(struct exchange *x, struct view *view, const struct offer_list *list)
{
    const struct list_query *query = &list->query;
    const char *const kept[][2] = {
        {"status", list_status_text(query->status)},
        {"sort", sort_value(x->arena, query->sort, query->descending)},
    };

    for (size_t i = 0; i < COUNT(kept); i++) {
        struct view *row;

        if (*kept[i][1] == '\0')
            continue;
        row = view_section(view, NAME_KEEP);
        view_text(row, NAME_KEEP_NAME, kept[i][0]);
        view_text(row, NAME_KEEP_VALUE, kept[i][1]);
    }
    for (int i = 0; i < LIST_DUE_COUNT; i++) {
        struct view *choice = view_section(view, NAME_DUE_CHOICE);

        view_text(choice, NAME_DUE_VALUE, dues[i].text);
        view_text(choice, NAME_DUE_LABEL, dues[i].words);
        if ((int)query->due == i)
            view_show(choice, NAME_DUE_CHOSEN);
    }
    view_text(view, NAME_QUERY, list->typed);
    if (list_filtered(list))
        view_show(view, NAME_CAN_CLEAR);
}

static void
list_column(struct exchange *x, struct view *view, const struct offer_list *list,
            const struct list_column *column)
{
    struct view *cell = view_section(view, NAME_COLUMN);

    for (size_t i = 0; i < COUNT(column->keys) && column->keys[i].label != NULL; i++) {
        enum list_sort sort = column->keys[i].sort;
        bool active = sort == list->query.sort;
        struct place place = place_here(list);
        struct view *key;

        if (sort == SORT_COUNT) {
            view_text(view_section(cell, NAME_COLUMN_PLAIN), NAME_COLUMN_LABEL,
                      column->keys[i].label);
            continue;
        }
        if (active)
            view_show(cell, list->query.descending ? NAME_SORT_DOWN : NAME_SORT_UP);
        place.sort = sort;
        place.descending = active ? !list->query.descending : sort_descends(sort);
        key = view_section(cell, NAME_COLUMN_SORTED);
        if (active)
            view_show(key, NAME_SORT_CURRENT);
        view_text(key, NAME_COLUMN_LABEL, column->keys[i].label);
        view_text(key, NAME_SORT_HREF, place_href(x, list, &place));
        view_text(key, NAME_SORT_ICON, !active ? "both" : list->query.descending ? "desc" : "asc");
    }
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
    if (list_filtered(list) || list->query.viewer.party == PARTY_OPERATOR)
        return arena_format(x->arena, "%" PRId64 "–%" PRId64, page->start, last);
    return arena_format(x->arena, "%" PRId64 "–%" PRId64 " of %s", page->start, last,
                        list_count_words(x->arena, total));
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

    if (!list_filtered(list))
        return arena_format(x->arena, "No offer is %s", status);
    if (*list->typed == '\0' || *list->customer != '\0' || *list->other != '\0' ||
        list->query.due != LIST_DUE_ANY)
        return list->query.status == LIST_ALL
                   ? "No offers match these filters"
                   : arena_format(x->arena, "No offers in %s match these filters", status);
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
