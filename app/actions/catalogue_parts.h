/*
 * catalogue_parts.h: what the reading, the writing and the import of a catalogue's file share.
 *
 * For actions/catalogue_*.c alone; the others use actions/catalogue_file.h.
 */
#ifndef ACTIONS_CATALOGUE_PARTS_H
#define ACTIONS_CATALOGUE_PARTS_H

#include "actions/catalogue_file.h"
#include "core/catalogue.h"

/* A plan of the file, and where in its lists the prices stood: points and what they include are in
 * the order of plan_sort. */
struct file_plan {
    struct plan plan;
    size_t prices_at[LIMIT_TERMS]; /* of billing_terms: place in recurrentPrice.prices */
    const size_t *included_at;     /* of plan.included: place in the meter's includedQuantities */
};

struct file_product {
    struct product product;
    struct file_plan *plans;
    size_t plan_count;
};

/* Prices of one plan: of each market and size, or fee, terms and meters. */
#define PLAN_POINTS_MAX (LIMIT_MARKETS * LIMIT_VCPU_SIZES + LIMIT_POINTS)

struct catalogue_file {
    struct file_product *products;
    size_t product_count;
};

/* The keys of the file that both directions and the paths of problems know. */
#define KEY_PRODUCTS "products"
#define KEY_PLANS "plans"
#define KEY_AVAILABILITY "priceAndAvailability"
#define KEY_PRICING "pricing"
#define KEY_RECURRENT "recurrentPrice"
#define KEY_PRICES "prices"
#define KEY_PRICE "pricePerPaymentInUsd"
#define KEY_CUSTOM_METERS "customMeters"
#define KEY_METERS "meters"
#define KEY_INCLUDED "includedQuantities"
#define KEY_USER_LIMITS "userLimits"
#define KEY_VM_HOURLY "vmHourly"
#define KEY_RESERVATIONS "softwareReservation"
#define KEY_MONTHLY_FEE "monthlyFee"
#define KEY_MODEL "pricingModel"

/* What a VM plan's pricingModel says, by enum pricing_model; NULL for the other types. The last
 * four are keys of vmHourly as well. */
extern const char *const file_models[MODEL_COUNT];

/* Brings prices and what they include into the order of the file: terms, fee, meters as they stand,
 * hours by market, sizes ascending. */
void plan_sort(struct plan *plan);

/* The place of the term among billing_terms; it is one of them. */
size_t term_place(int term_months);

/* Keeps the path of what an action calls at, of the plan in the product, or of the product itself
 * (plan NULL). */
const char *import_path(struct arena *arena, size_t number, const struct file_product *product,
                        const struct file_plan *plan, const char *at);

#endif
