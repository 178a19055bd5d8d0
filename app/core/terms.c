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
        for (size_t k = 0; k < row->plan->point_count; k++) {
            const struct row_price *price = &row->prices[k];

            digest_text(&digest, price->point->id);
            digest_integer(&digest, amount_integer(price->list));
            digest_integer(&digest, price->has_customer ? amount_integer(price->customer) : -1);
        }
    }
    return digest_end(&digest, arena);
}
