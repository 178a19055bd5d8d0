/*
 * history_pages.c: the download of an offer's history, which can be checked without us (LAW 5.1).
 *
 * Not here: what is in it (actions/history_file).
 */
#include "pages/history_pages.h"

#include "actions/history_file.h"

enum err
history_get(struct exchange *x)
{
    const struct viewer viewer = exchange_viewer(x);
    struct offer offer;

    TRY(path_offer(x, &offer));
    TRY(history_file_write(x->db, x->arena, &viewer, offer.id, &x->reply->body));
    if (x->reply->body.full) {
        x->closed_reason = "The file would be too large.";
        return ERR_CLOSED;
    }
    x->reply->type = "application/json";
    x->reply->download = "history.json";
    return OK;
}
