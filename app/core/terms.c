/*
 * terms.c: the digest of terms and prices.
 */
#include "core/terms.h"

#include "base/digest.h"

/* Every list in the digest says first how long it is, so that nothing of one can pass for another.
 */
static void
digest_count(struct digest *digest, size_t count)
{
    digest_integer(digest, (int64_t)count);
}

static void
digest_price(struct digest *digest, const struct row_price *price)
{
    const struct price_point *point = price->point;

    digest_text(digest, price->key);
    digest_text(digest, price->plan->name);
    digest_integer(digest, point->kind);
    digest_integer(digest, point->term_months);
    digest_integer(digest, point->payment_months);
    digest_text(digest, point->name);
    digest_integer(digest, point->vcpu);
    digest_integer(digest, price->quantity);
    digest_integer(digest, price->has_list ? amount_integer(price->list) : -1);
    digest_integer(digest, price->has_customer ? amount_integer(price->customer) : -1);
}

static void
digest_row(struct digest *digest, const struct offer_row *row)
{
    digest_text(digest, row->plan->product);
    digest_text(digest, row->plan->id);
    digest_text(digest, row->plan->product_name);
    digest_text(digest, row->plan->name);
    digest_integer(digest, row->plan->type);
    digest_text(digest, row->plan_name);
    digest_text(digest, row->plan_description);
    digest_integer(digest, row->min_users);
    digest_integer(digest, row->max_users);
    digest_integer(digest, row->duration_months);
    digest_integer(digest, row->payment_months);
    digest_count(digest, row->included_count);
    for (size_t k = 0; k < row->included_count; k++) {
        digest_text(digest, row->included[k].meter);
        digest_integer(digest, row->included[k].term_months);
        digest_integer(digest, row->included[k].unlimited ? -1 : row->included[k].quantity);
    }
    digest_count(digest, row->price_count);
    for (size_t k = 0; k < row->price_count; k++)
        digest_price(digest, &row->prices[k]);
}

char *
terms_digest(struct arena *arena, const struct offer *offer)
{
    struct digest digest;

    digest_begin(&digest);
    digest_text(&digest, offer->id);
    digest_text(&digest, offer->name);
    digest_text(&digest, offer->isv);
    digest_text(&digest, offer->isv_name);
    digest_text(&digest, offer->partner);
    digest_text(&digest, offer->partner_name);
    digest_text(&digest, offer->billing_account);
    digest_text(&digest, offer->prepared_by);
    digest_integer(&digest, offer->start_mode);
    digest_integer(&digest, offer->start_on.number);
    digest_integer(&digest, offer->end_on.number);
    digest_integer(&digest, offer->accept_by_on.number);
    digest_count(&digest, offer->row_count);
    for (size_t i = 0; i < offer->row_count; i++)
        digest_row(&digest, &offer->rows[i]);
    digest_count(&digest, offer->document_count);
    for (size_t i = 0; i < offer->document_count; i++) {
        digest_integer(&digest, offer->documents[i].side);
        digest_text(&digest, offer->documents[i].name);
        digest_text(&digest, offer->documents[i].sha256);
    }
    return digest_end(&digest, arena);
}
