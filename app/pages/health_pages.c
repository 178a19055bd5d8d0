/*
 * health_pages.c: that a handler runs at all says that the process answers, and that a snapshot of
 * the store could be opened and the settings read; otherwise it is refused before. It tells nothing
 * else, since anybody may ask.
 */
#include "pages/health_pages.h"

#include "pages/exchange.h"

/* GET /health */
enum err
health_get(struct exchange *x)
{
    x->reply->type = "text/plain; charset=utf-8";
    buffer_text(&x->reply->body, "ok\n");
    return OK;
}

bool
health_refused(struct exchange *x)
{
    if (x->route == NULL || x->route->handle != health_get)
        return false;
    buffer_clear(&x->reply->body);
    x->reply->type = "text/plain; charset=utf-8";
    x->reply->status = 503;
    buffer_text(&x->reply->body, "not ok\n");
    return true;
}
