/*
 * terms.c: the digest of terms and prices.
 */
#include "core/terms.h"

#include "base/digest.h"

char *
terms_digest(struct arena *arena, const struct offer *offer)
{
    struct digest digest;

    digest_begin(&digest);
    digest_text(&digest, offer->id);
    digest_text(&digest, offer->name);
    digest_text(&digest, offer->isv);
    digest_text(&digest, offer->partner);
    digest_text(&digest, offer->billing_account);
    digest_text(&digest, offer->prepared_by);
    digest_integer(&digest, offer->start_mode);
    digest_integer(&digest, offer->start_on.number);
    digest_integer(&digest, offer->end_on.number);
    digest_integer(&digest, offer->accept_by_on.number);
    for (size_t i = 0; i < offer->row_count; i++) {
        const struct offer_row *row = &offer->rows[i];

        digest_text(&digest, row->plan->product);
        digest_text(&digest, row->plan->id);
        digest_text(&digest, row->plan->product_name);
        digest_text(&digest, row->plan->name);
        digest_text(&digest, row->plan_name);
        digest_text(&digest, row->plan_description);
        digest_integer(&digest, row->min_users);
        digest_integer(&digest, row->max_users);
        digest_integer(&digest, row->duration_months);
        digest_integer(&digest, row->payment_months);
        for (size_t k = 0; k < row->included_count; k++) {
            digest_text(&digest, row->included[k].meter);
            digest_integer(&digest, row->included[k].term_months);
            digest_integer(&digest, row->included[k].unlimited ? -1 : row->included[k].quantity);
        }
        for (size_t k = 0; k < row->price_count; k++) {
            const struct row_price *price = &row->prices[k];

            digest_text(&digest, price->key);
            digest_integer(&digest, price->quantity);
            digest_integer(&digest, price->point->payment_months);
            digest_integer(&digest, price->has_list ? amount_integer(price->list) : -1);
            digest_integer(&digest, price->has_customer ? amount_integer(price->customer) : -1);
        }
    }
    for (size_t i = 0; i < offer->document_count; i++) {
        digest_text(&digest, offer->documents[i].name);
        digest_text(&digest, offer->documents[i].sha256);
    }
    return digest_end(&digest, arena);
}
