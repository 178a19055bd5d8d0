/*
 * families.h: the families themselves, each defined by the file it is named after.
 *
 * For families.c and those files only; everybody else calls their verbs.
 */
#ifndef STORE_FAMILIES_H
#define STORE_FAMILIES_H

#include "store/store.h"

extern const struct family store_settings_family;
extern const struct family store_accounts_family;
extern const struct family store_subscriptions_family;
extern const struct family store_people_family;
extern const struct family store_sessions_family;
extern const struct family store_catalogue_family;
extern const struct family store_catalogue_edit_family;
extern const struct family store_catalogue_export_family;
extern const struct family store_markets_family;
extern const struct family store_partners_family;
extern const struct family store_offers_family;
extern const struct family store_offer_rows_family;
extern const struct family store_documents_family;
extern const struct family store_offer_lists_family;
extern const struct family store_offer_counts_family;
extern const struct family store_acceptances_family;
extern const struct family store_events_family;
extern const struct family store_versions_family;
extern const struct family store_purchases_family;
extern const struct family store_charges_family;
extern const struct family store_usage_family;
extern const struct family store_commitments_family;
extern const struct family store_account_events_family;
extern const struct family store_chains_family;
extern const struct family store_chain_checks_family;
extern const struct family store_audit_family;
extern const struct family store_handovers_family;
extern const struct family store_checks_family;
extern const struct family store_support_family;
extern const struct family store_outbox_family;
extern const struct family store_notices_family;
extern const struct family store_publications_family;
extern const struct family store_feeds_family;

#endif
