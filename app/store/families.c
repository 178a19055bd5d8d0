/*
 * families.c: every family of statements the product has, in the order of enum family_slot.
 */
#include "store/families.h"

const struct family *const families[FAMILY_COUNT] = {
    [FAMILY_SETTINGS] = &store_settings_family,
    [FAMILY_ACCOUNTS] = &store_accounts_family,
    [FAMILY_SUBSCRIPTIONS] = &store_subscriptions_family,
    [FAMILY_PEOPLE] = &store_people_family,
    [FAMILY_SESSIONS] = &store_sessions_family,
    [FAMILY_CATALOGUE] = &store_catalogue_family,
    [FAMILY_CATALOGUE_EDIT] = &store_catalogue_edit_family,
    [FAMILY_CATALOGUE_EXPORT] = &store_catalogue_export_family,
    [FAMILY_MARKETS] = &store_markets_family,
    [FAMILY_PARTNERS] = &store_partners_family,
    [FAMILY_OFFERS] = &store_offers_family,
    [FAMILY_OFFER_ROWS] = &store_offer_rows_family,
    [FAMILY_DOCUMENTS] = &store_documents_family,
    [FAMILY_OFFER_LISTS] = &store_offer_lists_family,
    [FAMILY_ACCEPTANCES] = &store_acceptances_family,
    [FAMILY_EVENTS] = &store_events_family,
    [FAMILY_VERSIONS] = &store_versions_family,
    [FAMILY_PURCHASES] = &store_purchases_family,
    [FAMILY_CHARGES] = &store_charges_family,
    [FAMILY_USAGE] = &store_usage_family,
    [FAMILY_COMMITMENTS] = &store_commitments_family,
    [FAMILY_ACCOUNT_EVENTS] = &store_account_events_family,
    [FAMILY_CHAINS] = &store_chains_family,
    [FAMILY_CHAIN_CHECKS] = &store_chain_checks_family,
    [FAMILY_AUDIT] = &store_audit_family,
    [FAMILY_HANDOVERS] = &store_handovers_family,
    [FAMILY_CHECKS] = &store_checks_family,
    [FAMILY_SUPPORT] = &store_support_family,
    [FAMILY_OUTBOX] = &store_outbox_family,
    [FAMILY_NOTICES] = &store_notices_family,
    [FAMILY_PUBLICATIONS] = &store_publications_family,
    [FAMILY_FEEDS] = &store_feeds_family,
};
