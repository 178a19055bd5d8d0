/*
 * routes.c: every page and action of the HTML face, and nothing else.
 *
 * A row says all that is checked before its handler runs: hat and role, csrf, transaction. Literal
 * segments come before parameters that could also match.
 */
#include "pages/routes.h"

#include "base/text.h"
#include "pages/account_pages.h"
#include "pages/ask_pages.h"
#include "pages/billing_pages.h"
#include "pages/bulk_pages.h"
#include "pages/catalogue_file_pages.h"
#include "pages/catalogue_pages.h"
#include "pages/customer_buy_pages.h"
#include "pages/customer_commitment_pages.h"
#include "pages/customer_pages.h"
#include "pages/documents_form.h"
#include "pages/customer_products_pages.h"
#include "pages/customer_purchase_pages.h"
#include "pages/files_pages.h"
#include "pages/handover_pages.h"
#include "pages/health_pages.h"
#include "pages/help_pages.h"
#include "pages/history_pages.h"
#include "pages/home_pages.h"
#include "pages/isv_copy_pages.h"
#include "pages/isv_export.h"
#include "pages/isv_pages.h"
#include "pages/isv_partner_pages.h"
#include "pages/isv_row_pages.h"
#include "pages/notice_pages.h"
#include "pages/offers_pages.h"
#include "pages/operator_account_pages.h"
#include "pages/operator_billing_pages.h"
#include "pages/operator_market_pages.h"
#include "pages/operator_pages.h"
#include "pages/partner_pages.h"
#include "pages/preview.h"
#include "pages/purchase_pages.h"
#include "pages/queue_pages.h"
#include "pages/sign_in_pages.h"
#include "pages/subscription_pages.h"
#include "pages/support_pages.h"
#include "pages/tax_pages.h"
#include "pages/usage_pages.h"
#include "pages/version_pages.h"
#include "web/route.h"

#define GET METHOD_GET
#define POST METHOD_POST

/* clang-format off: a row is a line, or two where its form has a page to come back to */
const struct route routes[] = {
    /* method, path, who, handler, csrf, transaction, the form's page, what prepares its file */

    /* everybody */
    {GET, "/", MEMBER, home_get, CSRF_NONE, TX_READ, NULL, NULL},
    {GET, "/health", ANYONE, health_get, CSRF_NONE, TX_READ, NULL, NULL},
    {GET, "/login", ANYONE, login_get, CSRF_NONE, TX_READ, NULL, NULL},
    {POST, "/login", ANYONE, login_post, CSRF_CHECKED, TX_HASH, NULL, NULL},
    {POST, "/logout", MEMBER, logout_post, CSRF_CHECKED, TX_WRITE, NULL, NULL},
    {GET, "/calendar/:token", ANYONE, calendar_get, CSRF_NONE, TX_READ, NULL, NULL},
    {POST, "/preferences/theme", ANYONE, theme_post, CSRF_CHECKED, TX_READ, NULL, NULL},
    {GET, "/help", ANYONE, help_get, CSRF_NONE, TX_READ, NULL, NULL},
    {GET, "/help/isv", ANYONE, help_get, CSRF_NONE, TX_READ, NULL, NULL},
    {GET, "/help/partner", ANYONE, help_get, CSRF_NONE, TX_READ, NULL, NULL},
    {GET, "/help/customer", ANYONE, help_get, CSRF_NONE, TX_READ, NULL, NULL},
    {GET, "/help/operator", ANYONE, help_get, CSRF_NONE, TX_READ, NULL, NULL},
    {GET, "/files/:document", MEMBER, files_get, CSRF_NONE, TX_READ, NULL, NULL},
    {GET, "/password", MEMBER, password_get, CSRF_NONE, TX_READ, NULL, NULL},
    {POST, "/password", MEMBER, password_post, CSRF_CHECKED, TX_HASH, "/password", NULL},

    /* the ISV */
    {GET, "/isv", ISV, isv_home_get, CSRF_NONE, TX_READ, NULL, NULL},
    {GET, "/isv/account", ISV, account_get, CSRF_NONE, TX_READ, NULL, NULL},
    {GET, "/isv/notices", ISV, notices_get, CSRF_NONE, TX_READ, NULL, NULL},
    {POST, "/isv/notices", ISV, notices_post, CSRF_CHECKED, TX_WRITE, "/isv/notices", NULL},
    {POST, "/isv/account/roles", ISV_MANAGER, account_access_post, CSRF_CHECKED, TX_WRITE,
     "/isv/account", NULL},
    {POST, "/isv/account/people", ISV_MANAGER, account_person_post, CSRF_CHECKED, TX_HASH,
     "/isv/account", NULL},
    {GET, "/isv/partners", ISV_VIEWER, isv_partners_get, CSRF_NONE, TX_READ, NULL, NULL},
    {GET, "/isv/offers", ISV_VIEWER, offers_get, CSRF_NONE, TX_READ, NULL, NULL},
    {GET, "/isv/offers.csv", ISV_VIEWER, offers_csv_get, CSRF_NONE, TX_READ, NULL, NULL},
    {POST, "/isv/offers/bulk", ISV_EDITOR, bulk_post, CSRF_CHECKED, TX_READ, "/isv/offers", NULL},
    {GET, "/isv/offers/bulk/confirm", ISV_EDITOR, bulk_confirm_get, CSRF_NONE, TX_READ, NULL,
     NULL},
    {POST, "/isv/offers/bulk/confirm", ISV_EDITOR, bulk_confirm_post, CSRF_CHECKED, TX_WRITE,
     "/isv/offers/bulk/confirm", NULL},
    {GET, "/isv/offers/new", ISV_EDITOR, isv_new_get, CSRF_NONE, TX_READ, NULL, NULL},
    {POST, "/isv/offers/new", ISV_EDITOR, isv_new_post, CSRF_CHECKED, TX_WRITE, "/isv/offers/new",
     NULL},
    {GET, "/isv/offers/:offer", ISV_VIEWER, isv_offer_get, CSRF_NONE, TX_READ, NULL, NULL},
    {GET, "/isv/offers/:offer/versions", ISV_VIEWER, versions_get, CSRF_NONE, TX_READ, NULL, NULL},
    {GET, "/isv/offers/:offer/setup", ISV_EDITOR, isv_setup_get, CSRF_NONE, TX_READ, NULL, NULL},
    {POST, "/isv/offers/:offer/setup", ISV_EDITOR, isv_setup_post, CSRF_CHECKED, TX_WRITE,
     "/isv/offers/:offer/setup", documents_prepare},
    {GET, "/isv/offers/:offer/partner", ISV_EDITOR, isv_partner_get, CSRF_NONE, TX_READ, NULL,
     NULL},
    {POST, "/isv/offers/:offer/partner", ISV_EDITOR, isv_partner_post, CSRF_CHECKED, TX_WRITE,
     "/isv/offers/:offer/partner", NULL},
    {GET, "/isv/offers/:offer/products/add", ISV_EDITOR, isv_products_get, CSRF_NONE, TX_READ, NULL,
     NULL},
    {POST, "/isv/offers/:offer/products/add", ISV_EDITOR, isv_products_post, CSRF_CHECKED, TX_WRITE,
     "/isv/offers/:offer/products/add", NULL},
    {GET, "/isv/offers/:offer/products/:row/price", ISV_EDITOR, isv_price_get, CSRF_NONE, TX_READ,
     NULL, NULL},
    {POST, "/isv/offers/:offer/products/:row/price", ISV_EDITOR, isv_price_post, CSRF_CHECKED,
     TX_WRITE, "/isv/offers/:offer/products/:row/price", NULL},
    {GET, "/isv/offers/:offer/products/:row/price.csv", ISV_VIEWER, isv_row_prices_get, CSRF_NONE,
     TX_READ, NULL, NULL},
    {GET, "/isv/offers/:offer/prices.csv", ISV_VIEWER, isv_prices_get, CSRF_NONE, TX_READ, NULL,
     NULL},
    {GET, "/isv/offers/:offer/history.json", ISV_VIEWER, history_get, CSRF_NONE, TX_READ, NULL,
     NULL},
    {GET, "/isv/offers/:offer/review", ISV_EDITOR, isv_review_get, CSRF_NONE, TX_READ, NULL, NULL},
    {GET, "/isv/offers/:offer/preview/partner", ISV_VIEWER, isv_preview_partner_get, CSRF_NONE,
     TX_READ, NULL, NULL},
    {GET, "/isv/offers/:offer/preview/customer", ISV_VIEWER, isv_preview_customer_get, CSRF_NONE,
     TX_READ, NULL, NULL},
    {POST, "/isv/offers/:offer/submit", ISV_EDITOR, isv_submit_post, CSRF_CHECKED, TX_WRITE,
     "/isv/offers/:offer/review", NULL},
    {GET, "/isv/offers/:offer/withdraw", ISV_EDITOR, isv_withdraw_get, CSRF_NONE, TX_READ, NULL,
     NULL},
    {POST, "/isv/offers/:offer/withdraw", ISV_EDITOR, isv_withdraw_post, CSRF_CHECKED, TX_WRITE,
     "/isv/offers/:offer/withdraw", NULL},
    {GET, "/isv/offers/:offer/ask-withdraw", ISV_EDITOR, isv_ask_withdraw_get, CSRF_NONE, TX_READ,
     NULL, NULL},
    {POST, "/isv/offers/:offer/ask-withdraw", ISV_EDITOR, isv_ask_withdraw_post, CSRF_CHECKED,
     TX_WRITE, "/isv/offers/:offer/ask-withdraw", NULL},
    {GET, "/isv/offers/:offer/clone", ISV_EDITOR, isv_clone_get, CSRF_NONE, TX_READ, NULL, NULL},
    {POST, "/isv/offers/:offer/clone", ISV_EDITOR, isv_clone_post, CSRF_CHECKED, TX_WRITE,
     "/isv/offers/:offer/clone", NULL},
    {GET, "/isv/offers/:offer/upgrade", ISV_EDITOR, isv_upgrade_get, CSRF_NONE, TX_READ, NULL,
     NULL},
    {POST, "/isv/offers/:offer/upgrade", ISV_EDITOR, isv_upgrade_post, CSRF_CHECKED, TX_WRITE,
     "/isv/offers/:offer/upgrade", NULL},
    {GET, "/isv/offers/:offer/delete", ISV_EDITOR, isv_delete_get, CSRF_NONE, TX_READ, NULL, NULL},
    {POST, "/isv/offers/:offer/delete", ISV_EDITOR, isv_delete_post, CSRF_CHECKED, TX_WRITE,
     "/isv/offers/:offer/delete", NULL},
    {GET, "/isv/offers/:offer/purchases", ISV_VIEWER, offer_status_get, CSRF_NONE, TX_READ, NULL,
     NULL},

    {GET, "/isv/offers/:offer/cancel", ISV_EDITOR, support_cancel_get, CSRF_NONE, TX_READ, NULL,
     NULL},
    {POST, "/isv/offers/:offer/cancel", ISV_EDITOR, support_cancel_post, CSRF_CHECKED, TX_WRITE,
     "/isv/offers/:offer/cancel", support_prepare},
    {GET, "/isv/support", ISV_EDITOR, support_list_get, CSRF_NONE, TX_READ, NULL, NULL},
    {GET, "/isv/support/:request", ISV_EDITOR, support_get, CSRF_NONE, TX_READ, NULL, NULL},
    {POST, "/isv/support/:request", ISV_EDITOR, support_post, CSRF_CHECKED, TX_WRITE,
     "/isv/support/:request", support_prepare},
    {GET, "/isv/support/:request/offer", ISV_EDITOR, support_offer_get, CSRF_NONE, TX_READ, NULL,
     NULL},

    /* what was bought of its products */
    {GET, "/isv/purchases", CATALOGUE_EDITOR, isv_purchases_get, CSRF_NONE, TX_READ, NULL, NULL},
    {GET, "/isv/purchases/:purchase", CATALOGUE_EDITOR, purchase_get, CSRF_NONE, TX_READ, NULL,
     NULL},
    {POST, "/isv/purchases/:purchase/activate", CATALOGUE_EDITOR, isv_activate_post, CSRF_CHECKED,
     TX_WRITE, "/isv/purchases/:purchase", NULL},
    {GET, "/isv/purchases/:purchase/cancel", CATALOGUE_EDITOR, isv_cancel_get, CSRF_NONE, TX_READ,
     NULL, NULL},
    {POST, "/isv/purchases/:purchase/cancel", CATALOGUE_EDITOR, isv_cancel_post, CSRF_CHECKED,
     TX_WRITE, "/isv/purchases/:purchase/cancel", NULL},
    {POST, "/isv/purchases/:purchase/usage", CATALOGUE_EDITOR, purchase_usage_post, CSRF_CHECKED,
     TX_WRITE, "/isv/purchases/:purchase", NULL},
    {GET, "/isv/usage", CATALOGUE_EDITOR, usage_get, CSRF_NONE, TX_READ, NULL, NULL},
    {POST, "/isv/usage", CATALOGUE_EDITOR, usage_post, CSRF_CHECKED, TX_WRITE, "/isv/usage", NULL},

    {GET, "/handover/:token", ISV_EDITOR, handover_get, CSRF_NONE, TX_READ, NULL, NULL},
    {POST, "/handover/:token", ISV_EDITOR, handover_post, CSRF_CHECKED, TX_WRITE,
     "/handover/:token", NULL},

    /* its catalogue */
    {GET, "/isv/products", CATALOGUE_VIEWER, products_get, CSRF_NONE, TX_READ, NULL, NULL},
    {GET, "/isv/products.json", CATALOGUE_VIEWER, catalogue_export_get, CSRF_NONE, TX_READ, NULL,
     NULL},
    {GET, "/isv/products/import", CATALOGUE_EDITOR, catalogue_import_get, CSRF_NONE, TX_READ, NULL,
     NULL},
    {POST, "/isv/products/import", CATALOGUE_EDITOR, catalogue_import_post, CSRF_CHECKED, TX_WRITE,
     "/isv/products/import", catalogue_import_prepare},
    {GET, "/isv/products/new", CATALOGUE_EDITOR, product_new_get, CSRF_NONE, TX_READ, NULL, NULL},
    {POST, "/isv/products/new", CATALOGUE_EDITOR, product_new_post, CSRF_CHECKED, TX_WRITE,
     "/isv/products/new", NULL},
    {GET, "/isv/products/:product", CATALOGUE_VIEWER, product_get, CSRF_NONE, TX_READ, NULL, NULL},
    {GET, "/isv/products/:product/edit", CATALOGUE_EDITOR, product_edit_get, CSRF_NONE, TX_READ,
     NULL, NULL},
    {POST, "/isv/products/:product/edit", CATALOGUE_EDITOR, product_edit_post, CSRF_CHECKED,
     TX_WRITE, "/isv/products/:product/edit", NULL},
    {POST, "/isv/products/:product/publish", CATALOGUE_EDITOR, product_publish_post, CSRF_CHECKED,
     TX_WRITE, "/isv/products/:product", NULL},
    {GET, "/isv/products/:product/unpublish", CATALOGUE_EDITOR, product_unpublish_get, CSRF_NONE,
     TX_READ, NULL, NULL},
    {POST, "/isv/products/:product/unpublish", CATALOGUE_EDITOR, product_unpublish_post,
     CSRF_CHECKED, TX_WRITE, "/isv/products/:product/unpublish", NULL},
    {GET, "/isv/products/:product/plans/new", CATALOGUE_EDITOR, plan_new_get, CSRF_NONE, TX_READ,
     NULL, NULL},
    {POST, "/isv/products/:product/plans/new", CATALOGUE_EDITOR, plan_new_post, CSRF_CHECKED,
     TX_WRITE, "/isv/products/:product/plans/new", NULL},
    {GET, "/isv/products/:product/plans/:plan", CATALOGUE_VIEWER, plan_get, CSRF_NONE, TX_READ,
     NULL, NULL},
    {GET, "/isv/products/:product/plans/:plan/edit", CATALOGUE_EDITOR, plan_edit_get, CSRF_NONE,
     TX_READ, NULL, NULL},
    {POST, "/isv/products/:product/plans/:plan/edit", CATALOGUE_EDITOR, plan_edit_post,
     CSRF_CHECKED, TX_WRITE, "/isv/products/:product/plans/:plan/edit", NULL},
    {POST, "/isv/products/:product/plans/:plan/publish", CATALOGUE_EDITOR, plan_publish_post,
     CSRF_CHECKED, TX_WRITE, "/isv/products/:product/plans/:plan", NULL},
    {GET, "/isv/products/:product/plans/:plan/unpublish", CATALOGUE_EDITOR, plan_unpublish_get,
     CSRF_NONE, TX_READ, NULL, NULL},
    {POST, "/isv/products/:product/plans/:plan/unpublish", CATALOGUE_EDITOR, plan_unpublish_post,
     CSRF_CHECKED, TX_WRITE, "/isv/products/:product/plans/:plan/unpublish", NULL},
    {POST, "/isv/products/:product/plans/:plan/cancel-change", CATALOGUE_EDITOR,
     plan_change_cancel_post, CSRF_CHECKED, TX_WRITE, "/isv/products/:product/plans/:plan", NULL},

    /* the selling partner */
    {GET, "/partner", PARTNER, partner_home_get, CSRF_NONE, TX_READ, NULL, NULL},
    {GET, "/partner/account", PARTNER, account_get, CSRF_NONE, TX_READ, NULL, NULL},
    {GET, "/partner/notices", PARTNER, notices_get, CSRF_NONE, TX_READ, NULL, NULL},
    {POST, "/partner/notices", PARTNER, notices_post, CSRF_CHECKED, TX_WRITE, "/partner/notices",
     NULL},
    {POST, "/partner/account/roles", PARTNER_MANAGER, account_access_post, CSRF_CHECKED, TX_WRITE,
     "/partner/account", NULL},
    {POST, "/partner/account/people", PARTNER_MANAGER, account_person_post, CSRF_CHECKED, TX_HASH,
     "/partner/account", NULL},
    {GET, "/partner/tax", PARTNER, partner_tax_get, CSRF_NONE, TX_READ, NULL, NULL},
    {POST, "/partner/tax", PARTNER_TAX, partner_tax_post, CSRF_CHECKED, TX_WRITE, "/partner/tax",
     NULL},
    {GET, "/partner/offers", PARTNER_VIEWER, offers_get, CSRF_NONE, TX_READ, NULL, NULL},
    {GET, "/partner/offers.csv", PARTNER_VIEWER, offers_csv_get, CSRF_NONE, TX_READ, NULL, NULL},
    {POST, "/partner/offers/bulk", PARTNER_EDITOR, bulk_post, CSRF_CHECKED, TX_READ,
     "/partner/offers", NULL},
    {GET, "/partner/offers/bulk/confirm", PARTNER_EDITOR, bulk_confirm_get, CSRF_NONE, TX_READ,
     NULL, NULL},
    {POST, "/partner/offers/bulk/confirm", PARTNER_EDITOR, bulk_confirm_post, CSRF_CHECKED,
     TX_WRITE, "/partner/offers/bulk/confirm", NULL},
    {GET, "/partner/offers/:offer", PARTNER_VIEWER, partner_offer_get, CSRF_NONE, TX_READ, NULL,
     NULL},
    {GET, "/partner/offers/:offer/versions", PARTNER_VIEWER, versions_get, CSRF_NONE, TX_READ, NULL,
     NULL},
    {GET, "/partner/offers/:offer/setup", PARTNER_EDITOR, partner_setup_get, CSRF_NONE, TX_READ,
     NULL, NULL},
    {POST, "/partner/offers/:offer/setup", PARTNER_EDITOR, partner_setup_post, CSRF_CHECKED,
     TX_WRITE, "/partner/offers/:offer/setup", documents_prepare},
    {GET, "/partner/offers/:offer/review", PARTNER_EDITOR, partner_review_get, CSRF_NONE, TX_READ,
     NULL, NULL},
    {POST, "/partner/offers/:offer/review", PARTNER_EDITOR, partner_review_post, CSRF_CHECKED,
     TX_WRITE, "/partner/offers/:offer/review", NULL},
    {GET, "/partner/offers/:offer/history.json", PARTNER_VIEWER, history_get, CSRF_NONE, TX_READ,
     NULL, NULL},
    {GET, "/partner/offers/:offer/share", PARTNER_VIEWER, partner_share_get, CSRF_NONE, TX_READ,
     NULL, NULL},
    {GET, "/partner/offers/:offer/withdraw", PARTNER_EDITOR, partner_withdraw_get, CSRF_NONE,
     TX_READ, NULL, NULL},
    {POST, "/partner/offers/:offer/withdraw", PARTNER_EDITOR, partner_withdraw_post, CSRF_CHECKED,
     TX_WRITE, "/partner/offers/:offer/withdraw", NULL},
    {GET, "/partner/offers/:offer/send-back", PARTNER_EDITOR, partner_send_back_get, CSRF_NONE,
     TX_READ, NULL, NULL},
    {POST, "/partner/offers/:offer/send-back", PARTNER_EDITOR, partner_send_back_post, CSRF_CHECKED,
     TX_WRITE, "/partner/offers/:offer/send-back", NULL},
    {GET, "/partner/offers/:offer/purchases", PARTNER_VIEWER, offer_status_get, CSRF_NONE, TX_READ,
     NULL, NULL},

    {GET, "/partner/offers/:offer/cancel", PARTNER_EDITOR, support_cancel_get, CSRF_NONE, TX_READ,
     NULL, NULL},
    {POST, "/partner/offers/:offer/cancel", PARTNER_EDITOR, support_cancel_post, CSRF_CHECKED,
     TX_WRITE, "/partner/offers/:offer/cancel", support_prepare},
    {GET, "/partner/support", PARTNER_EDITOR, support_list_get, CSRF_NONE, TX_READ, NULL, NULL},
    {GET, "/partner/support/:request", PARTNER_EDITOR, support_get, CSRF_NONE, TX_READ, NULL, NULL},
    {POST, "/partner/support/:request", PARTNER_EDITOR, support_post, CSRF_CHECKED, TX_WRITE,
     "/partner/support/:request", support_prepare},
    {GET, "/partner/support/:request/offer", PARTNER_EDITOR, support_offer_get, CSRF_NONE, TX_READ,
     NULL, NULL},

    /* the customer */
    {GET, "/accept/:token", MEMBER, accept_link_get, CSRF_NONE, TX_READ, NULL, NULL},
    {GET, "/customer/account", CUSTOMER, account_get, CSRF_NONE, TX_READ, NULL, NULL},
    {GET, "/customer/offers", CUSTOMER, customer_offers_get, CSRF_NONE, TX_READ, NULL, NULL},
    {GET, "/customer/offers/:offer", CUSTOMER, customer_offer_get, CSRF_NONE, TX_READ, NULL, NULL},
    {POST, "/customer/offers/:offer/accept", CUSTOMER, customer_accept_post, CSRF_CHECKED, TX_WRITE,
     "/customer/offers/:offer", NULL},
    {GET, "/customer/offers/:offer/decline", CUSTOMER, customer_decline_get, CSRF_NONE, TX_READ,
     NULL, NULL},
    {POST, "/customer/offers/:offer/decline", CUSTOMER, customer_decline_post, CSRF_CHECKED,
     TX_WRITE, "/customer/offers/:offer/decline", NULL},
    {GET, "/customer/offers/:offer/ask-change", CUSTOMER, customer_ask_change_get, CSRF_NONE,
     TX_READ, NULL, NULL},
    {POST, "/customer/offers/:offer/ask-change", CUSTOMER, customer_ask_change_post, CSRF_CHECKED,
     TX_WRITE, "/customer/offers/:offer/ask-change", NULL},
    {GET, "/customer/offers/:offer/accepted", CUSTOMER, customer_accepted_get, CSRF_NONE, TX_READ,
     NULL, NULL},
    {GET, "/customer/offers/:offer/history.json", CUSTOMER, history_get, CSRF_NONE, TX_READ, NULL,
     NULL},
    {GET, "/customer/offers/:offer/print", CUSTOMER, customer_print_get, CSRF_NONE, TX_READ, NULL,
     NULL},
    {GET, "/customer/offers/:offer/purchase/:row", CUSTOMER, customer_buy_row_get, CSRF_NONE,
     TX_READ, NULL, NULL},
    {POST, "/customer/offers/:offer/purchase/:row", CUSTOMER, customer_buy_row_post, CSRF_CHECKED,
     TX_WRITE, "/customer/offers/:offer/purchase/:row", NULL},
    {GET, "/customer/billing", CUSTOMER, customer_billing_get, CSRF_NONE, TX_READ, NULL, NULL},
    {POST, "/customer/billing/handover/make", CUSTOMER, customer_handover_post, CSRF_CHECKED,
     TX_WRITE, "/customer/billing", NULL},
    {POST, "/customer/billing/handover/withdraw", CUSTOMER, customer_handover_end_post,
     CSRF_CHECKED, TX_WRITE, "/customer/billing", NULL},
    {GET, "/customer/billing/:billing/notices", CUSTOMER, notices_get, CSRF_NONE, TX_READ, NULL,
     NULL},
    {POST, "/customer/billing/:billing/notices", CUSTOMER, notices_post, CSRF_CHECKED, TX_WRITE,
     "/customer/billing/:billing/notices", NULL},
    {GET, "/customer/subscriptions", CUSTOMER, customer_subscriptions_get, CSRF_NONE, TX_READ, NULL,
     NULL},
    {GET, "/customer/subscriptions/:subscription", CUSTOMER, customer_subscription_get, CSRF_NONE,
     TX_READ, NULL, NULL},
    {GET, "/customer/eligibility", CUSTOMER, customer_eligibility_get, CSRF_NONE, TX_READ, NULL,
     NULL},
    {GET, "/customer/eligibility.csv", CUSTOMER, customer_eligibility_csv_get, CSRF_NONE, TX_READ,
     NULL, NULL},
    {GET, "/customer/commitment", CUSTOMER, customer_commitment_get, CSRF_NONE, TX_READ, NULL,
     NULL},

    {GET, "/customer/support", CUSTOMER, support_list_get, CSRF_NONE, TX_READ, NULL, NULL},
    {GET, "/customer/support/:request", CUSTOMER, support_get, CSRF_NONE, TX_READ, NULL, NULL},
    {POST, "/customer/support/:request", CUSTOMER, support_post, CSRF_CHECKED, TX_WRITE,
     "/customer/support/:request", NULL},
    {GET, "/customer/support/:request/offer", CUSTOMER, support_offer_get, CSRF_NONE, TX_READ, NULL,
     NULL},

    /* its purchases */
    {GET, "/customer/products", CUSTOMER, customer_products_get, CSRF_NONE, TX_READ, NULL, NULL},
    {GET, "/customer/products/:product/:plan/purchase", CUSTOMER, customer_buy_plan_get, CSRF_NONE,
     TX_READ, NULL, NULL},
    {POST, "/customer/products/:product/:plan/purchase", CUSTOMER, customer_buy_plan_post,
     CSRF_CHECKED, TX_WRITE, "/customer/products/:product/:plan/purchase", NULL},
    {GET, "/customer/purchases", CUSTOMER, customer_purchases_get, CSRF_NONE, TX_READ, NULL, NULL},
    {GET, "/customer/purchases/:purchase", CUSTOMER, customer_purchase_get, CSRF_NONE, TX_READ,
     NULL, NULL},
    {GET, "/customer/purchases/:purchase/purchased", CUSTOMER, customer_purchased_get, CSRF_NONE,
     TX_READ, NULL, NULL},
    {GET, "/customer/purchases/:purchase/configure", CUSTOMER, customer_configure_get, CSRF_NONE,
     TX_READ, NULL, NULL},
    {POST, "/customer/purchases/:purchase/configure", CUSTOMER, customer_configure_post,
     CSRF_CHECKED, TX_WRITE, "/customer/purchases/:purchase/configure", NULL},
    {GET, "/customer/purchases/:purchase/users", CUSTOMER, customer_users_get, CSRF_NONE, TX_READ,
     NULL, NULL},
    {POST, "/customer/purchases/:purchase/users", CUSTOMER, customer_users_post, CSRF_CHECKED,
     TX_WRITE, "/customer/purchases/:purchase/users", NULL},
    {GET, "/customer/purchases/:purchase/plan", CUSTOMER, customer_plan_get, CSRF_NONE, TX_READ,
     NULL, NULL},
    {POST, "/customer/purchases/:purchase/plan", CUSTOMER, customer_plan_post, CSRF_CHECKED,
     TX_WRITE, "/customer/purchases/:purchase/plan", NULL},
    {POST, "/customer/purchases/:purchase/recurring", CUSTOMER, customer_recurring_post,
     CSRF_CHECKED, TX_WRITE, "/customer/purchases/:purchase", NULL},
    {GET, "/customer/purchases/:purchase/cancel", CUSTOMER, customer_cancel_get, CSRF_NONE, TX_READ,
     NULL, NULL},
    {POST, "/customer/purchases/:purchase/cancel", CUSTOMER, customer_cancel_post, CSRF_CHECKED,
     TX_WRITE, "/customer/purchases/:purchase/cancel", NULL},

    /* the operator */
    {GET, "/operator", OPERATOR, operator_home_get, CSRF_NONE, TX_READ, NULL, NULL},
    {GET, "/operator/account", OPERATOR, account_get, CSRF_NONE, TX_READ, NULL, NULL},
    {GET, "/operator/accounts", OPERATOR, operator_accounts_get, CSRF_NONE, TX_READ, NULL, NULL},
    {GET, "/operator/accounts/new", OPERATOR, operator_account_new_get, CSRF_NONE, TX_READ, NULL,
     NULL},
    {POST, "/operator/accounts/new", OPERATOR, operator_account_new_post, CSRF_CHECKED, TX_WRITE,
     "/operator/accounts/new", NULL},
    {GET, "/operator/accounts/:account", OPERATOR, operator_account_get, CSRF_NONE, TX_READ, NULL,
     NULL},
    {POST, "/operator/accounts/:account", OPERATOR, operator_account_post, CSRF_CHECKED, TX_WRITE,
     "/operator/accounts/:account", NULL},
    {POST, "/operator/accounts/:account/roles", OPERATOR, operator_access_post, CSRF_CHECKED,
     TX_WRITE, "/operator/accounts/:account", NULL},
    {POST, "/operator/accounts/:account/people", OPERATOR, operator_person_post, CSRF_CHECKED,
     TX_HASH, "/operator/accounts/:account", NULL},
    {GET, "/operator/audit", OPERATOR, operator_audit_get, CSRF_NONE, TX_READ, NULL, NULL},
    {GET, "/operator/billing", OPERATOR, operator_billing_list_get, CSRF_NONE, TX_READ, NULL, NULL},
    {GET, "/operator/billing/:billing", OPERATOR, operator_billing_get, CSRF_NONE, TX_READ, NULL,
     NULL},
    {POST, "/operator/billing/:billing", OPERATOR, operator_billing_post, CSRF_CHECKED, TX_WRITE,
     "/operator/billing/:billing", NULL},
    {POST, "/operator/billing/:billing/roles", OPERATOR, operator_roles_post, CSRF_CHECKED,
     TX_WRITE, "/operator/billing/:billing", NULL},
    {POST, "/operator/billing/:billing/subscriptions/:subscription", OPERATOR,
     operator_subscription_post, CSRF_CHECKED, TX_WRITE, "/operator/billing/:billing", NULL},
    {GET, "/operator/offers", OPERATOR, operator_offers_get, CSRF_NONE, TX_READ, NULL, NULL},
    {GET, "/operator/offers/:offer", OPERATOR, operator_offer_get, CSRF_NONE, TX_READ, NULL, NULL},
    {GET, "/operator/queues", OPERATOR, operator_queues_get, CSRF_NONE, TX_READ, NULL, NULL},
    {POST, "/operator/queues/publications/:publication/retry", OPERATOR, operator_publication_post,
     CSRF_CHECKED, TX_WRITE, "/operator/queues", NULL},
    {POST, "/operator/queues/mails/:mail/retry", OPERATOR, operator_mail_post, CSRF_CHECKED,
     TX_WRITE, "/operator/queues", NULL},
    {GET, "/operator/offers/:offer/history.json", OPERATOR, history_get, CSRF_NONE, TX_READ, NULL,
     NULL},
    {GET, "/operator/support", OPERATOR, support_list_get, CSRF_NONE, TX_READ, NULL, NULL},
    {GET, "/operator/support/:request", OPERATOR, support_get, CSRF_NONE, TX_READ, NULL, NULL},
    {POST, "/operator/support/:request", OPERATOR, support_post, CSRF_CHECKED, TX_WRITE,
     "/operator/support/:request", NULL},
    {GET, "/operator/support/:request/process", OPERATOR, support_process_get, CSRF_NONE, TX_READ,
     NULL, NULL},
    {POST, "/operator/support/:request/process", OPERATOR, support_process_post, CSRF_CHECKED,
     TX_WRITE, "/operator/support/:request/process", NULL},
    {GET, "/operator/payments", OPERATOR, operator_payments_get, CSRF_NONE, TX_READ, NULL, NULL},
    {GET, "/operator/purchases/:purchase", OPERATOR, purchase_get, CSRF_NONE, TX_READ, NULL, NULL},
    {POST, "/operator/purchases/:purchase/payment-failed", OPERATOR, operator_payment_failed_post,
     CSRF_CHECKED, TX_WRITE, "/operator/purchases/:purchase", NULL},
    {POST, "/operator/purchases/:purchase/payment-received", OPERATOR,
     operator_payment_received_post, CSRF_CHECKED, TX_WRITE, "/operator/purchases/:purchase", NULL},
    {POST, "/operator/purchases/:purchase/usage", OPERATOR, purchase_usage_post, CSRF_CHECKED,
     TX_WRITE, "/operator/purchases/:purchase", NULL},
    {GET, "/operator/settings", OPERATOR, operator_settings_get, CSRF_NONE, TX_READ, NULL, NULL},
    {POST, "/operator/settings", OPERATOR, operator_settings_post, CSRF_CHECKED, TX_WRITE,
     "/operator/settings", NULL},
    {POST, "/operator/settings/markets", OPERATOR, operator_market_post, CSRF_CHECKED, TX_WRITE,
     "/operator/settings", NULL},
    {GET, "/operator/usage", OPERATOR, usage_get, CSRF_NONE, TX_READ, NULL, NULL},
    {POST, "/operator/usage", OPERATOR, usage_post, CSRF_CHECKED, TX_WRITE, "/operator/usage",
     NULL},
    {GET, "/operator/clock", DEMO_OPERATOR, operator_clock_get, CSRF_NONE, TX_READ, NULL, NULL},
    {POST, "/operator/clock", DEMO_OPERATOR, operator_clock_post, CSRF_CHECKED, TX_WRITE,
     "/operator/clock", NULL},
};
/* clang-format on */
const size_t route_count = COUNT(routes);

bool
request_is_slow(const struct source *source, struct arena *scratch)
{
    const char *method = source->param(source->context, "REQUEST_METHOD");
    const char *path = source->param(source->context, "DOCUMENT_URI");
    bool slow = false;

    if (method == NULL || !text_equal(method, "POST") || path == NULL)
        return false;
    for (size_t i = 0; i < route_count && !slow; i++) {
        struct route_params params = {0};

        slow = routes[i].transaction == TX_HASH && routes[i].method == METHOD_POST &&
               route_match(routes[i].path, path, scratch, &params);
    }
    arena_reset(scratch);
    return slow;
}

enum hat
admit_hat(enum admit admit)
{
    switch (admit) {
    case ISV:
    case ISV_VIEWER:
    case ISV_EDITOR:
    case CATALOGUE_VIEWER:
    case CATALOGUE_EDITOR:
    case ISV_MANAGER:
        return HAT_ISV;
    case PARTNER:
    case PARTNER_VIEWER:
    case PARTNER_EDITOR:
    case PARTNER_TAX:
    case PARTNER_MANAGER:
        return HAT_PARTNER;
    case CUSTOMER:
        return HAT_CUSTOMER;
    case OPERATOR:
    case DEMO_OPERATOR:
        return HAT_OPERATOR;
    case ANYONE:
    case MEMBER:
    case ADMIT_COUNT:
        break;
    }
    return HAT_NONE;
}
