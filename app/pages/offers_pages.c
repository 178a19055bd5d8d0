/*
 * offers_pages.c: the dashboards, as a page and as a file. GET /isv/offers, /partner/offers and the
 * same with .csv.
 *
 * Invariant: the file holds what the list lists, all of it, and no column that its party's exports
 * may not have (LAW 5): no label of the customer, no description, no note, no price.
 */
#include "pages/offers_pages.h"

#include "pages/lists.h"
#include "web/csv.h"

#define CHUNK_BYTES ((size_t)16 * 1024 * 1024)

enum err
offers_get(struct exchange *x)
{
    struct offer_list list;

    TRY(offer_list_load(x, &list));
    offers_view(x, &list);
    return OK;
}

/* The other seller, as the viewer has one. */
static void
put_line(struct exchange *x, struct csv *csv, struct arena *arena, const struct offer_line *line)
{
    bool isv = x->hat == HAT_ISV;
    const char *const cells[] = {
        line->name,
        line->id,
        line->billing_account,
        isv ? line->partner_name : line->isv_name,
        isv ? line->partner : line->isv,
        offer_status_words(&line->offer, exchange_viewer(x).party, x->today),
        day_iso(arena, offer_starts_on(&line->offer)),
        day_iso(arena, line->offer.end_on),
        day_iso(arena, line->offer.accept_by_on),
        arena_format(arena, "%d", line->row_count),
        instant_iso(arena, line->changed_at),
    };

    for (size_t i = 0; i < COUNT(cells); i++)
        csv_text(csv, cells[i]);
    if (isv)
        csv_text(csv, line->creator);
    csv_end(csv);
}

static void
put_heading(const struct exchange *x, struct csv *csv)
{
    bool isv = x->hat == HAT_ISV;
    const char *const names[] = {
        "Private offer name",
        "Private offer ID",
        "Customer billing account ID",
        isv ? "Selling partner" : "ISV",
        isv ? "Selling partner seller ID" : "ISV seller ID",
        "Status",
        "Start",
        "End",
        "Accept by",
        "Products",
        "Last modified",
    };

    for (size_t i = 0; i < COUNT(names); i++)
        csv_text(csv, names[i]);
    if (isv)
        csv_text(csv, "Created by");
    csv_end(csv);
}

/* What the address selects, from its first row to its last, in its order. The chunk holds no more
 * than what is read at a time: all the rows of a file would be fifteen times as large as it. */
static enum err
put_lines(struct exchange *x, struct csv *csv, struct arena *chunk, bool *more)
{
    struct list_query query;
    struct list_page page;
    size_t count = 0;

    offer_list_query(x, &query);
    query.limit = LIMIT_LIST_CHUNK;
    do {
        arena_reset(chunk);
        TRY(offers_page(x->db, chunk, &query, &page));
        for (size_t i = 0; i < page.count; i++)
            put_line(x, csv, chunk, &page.rows[i]);
        count += page.count;
        if (page.count > 0)
            query.cursor = arena_text(x->arena, page.rows[page.count - 1].cursor);
    } while (page.after && count < LIMIT_LIST_FILE);
    *more = page.after;
    return OK;
}

enum err
offers_csv_get(struct exchange *x)
{
    struct csv csv = {.out = &x->reply->body};
    struct arena *chunk = arena_open(CHUNK_BYTES);
    bool more = false;
    enum err outcome;

    put_heading(x, &csv);
    outcome = put_lines(x, &csv, chunk, &more);
    arena_close(chunk);
    TRY(outcome);
    if (more || csv.out->full) {
        x->closed_reason = "The file would be too large. Filter the list first.";
        return ERR_CLOSED;
    }
    x->reply->type = "text/csv; charset=utf-8";
    x->reply->download = "private offers.csv";
    return OK;
}
