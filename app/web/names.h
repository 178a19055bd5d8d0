/*
 * names.h: the names and files of templates/, as two lists from which enums and tables are made.
 *
 * Made by tests/names.sh, never by hand: a name no template asks for does not exist here, so using
 * it does not compile. A file's id is its name in capitals; a leading "_" becomes "PART_", an
 * ending ".txt" "_TEXT".
 */
#ifndef WEB_NAMES_H
#define WEB_NAMES_H

/* One entry per line, so that a change shows as one line. */
/* clang-format off */

#define VIEW_NAMES(X)                                                                              \
    X(ACCEPT)                                                                                      \
    X(ACCEPT_ASK)                                                                                  \
    X(ACCEPT_ROLES)                                                                                \
    X(ACCOUNT)                                                                                     \
    X(ACCOUNTS_HREF)                                                                               \
    X(ACCOUNT_ANSWER)                                                                              \
    X(ACCOUNT_COPY)                                                                                \
    X(ACCOUNT_FACTS)                                                                               \
    X(ACCOUNT_HREF)                                                                                \
    X(ACCOUNT_ID)                                                                                  \
    X(ACCOUNT_KEY)                                                                                 \
    X(ACCOUNT_NAME)                                                                                \
    X(ACT)                                                                                         \
    X(ACT_LABEL)                                                                                   \
    X(ACT_OF)                                                                                      \
    X(ADDING)                                                                                      \
    X(ADD_COLUMN)                                                                                  \
    X(ADD_LABEL)                                                                                   \
    X(AFTER)                                                                                       \
    X(AGAIN)                                                                                       \
    X(AGAIN_HREF)                                                                                  \
    X(AGREEMENT_TEXT)                                                                              \
    X(AGREE_ID)                                                                                    \
    X(AHEAD)                                                                                       \
    X(AHEAD_STYLE)                                                                                 \
    X(AHEAD_TEXT)                                                                                  \
    X(AHEAD_TITLE)                                                                                 \
    X(ALL_HREF)                                                                                    \
    X(ANSWER)                                                                                      \
    X(ASK)                                                                                         \
    X(ASK_HREF)                                                                                    \
    X(ASK_LABEL)                                                                                   \
    X(ASK_TEXT)                                                                                    \
    X(ATTENTION)                                                                                   \
    X(AUDIT_HREF)                                                                                  \
    X(AUTOCOMPLETE)                                                                                \
    X(BACK)                                                                                        \
    X(BADGE)                                                                                       \
    X(BAR_NOTE)                                                                                    \
    X(BAR_WIDTH)                                                                                   \
    X(BAR_X)                                                                                       \
    X(BILLING_COUNT)                                                                               \
    X(BILLING_HREF)                                                                                \
    X(BODY)                                                                                        \
    X(BOUGHT)                                                                                      \
    X(BOUGHT_TICK)                                                                                 \
    X(BULK)                                                                                        \
    X(BULK_DANGER)                                                                                 \
    X(BULK_ICON)                                                                                   \
    X(BULK_LABEL)                                                                                  \
    X(BULK_VALUE)                                                                                  \
    X(BUTTON)                                                                                      \
    X(BUTTON_KEY)                                                                                  \
    X(BUTTON_LABEL)                                                                                \
    X(BUTTON_LOOK)                                                                                 \
    X(BUY_HREF)                                                                                    \
    X(BY_MARKET)                                                                                   \
    X(CALCULATED)                                                                                  \
    X(CALENDAR_FORM)                                                                               \
    X(CALENDAR_LINK)                                                                               \
    X(CALENDAR_MADE)                                                                               \
    X(CALENDAR_MADE_TEXT)                                                                          \
    X(CALENDAR_REVOKE)                                                                             \
    X(CALENDAR_TEXT)                                                                               \
    X(CANCEL)                                                                                      \
    X(CANCEL_CHANGE_HREF)                                                                          \
    X(CANCEL_HREF)                                                                                 \
    X(CANCEL_LABEL)                                                                                \
    X(CANNOT_ACCEPT)                                                                               \
    X(CANNOT_BUY)                                                                                  \
    X(CANNOT_BUY_TEXT)                                                                             \
    X(CANNOT_FILE)                                                                                 \
    X(CANNOT_SAVE)                                                                                 \
    X(CANNOT_SAY)                                                                                  \
    X(CANNOT_SUBMIT)                                                                               \
    X(CAN_ACCEPT)                                                                                  \
    X(CAN_ADD)                                                                                     \
    X(CAN_ASK)                                                                                     \
    X(CAN_BUY)                                                                                     \
    X(CAN_CANCEL)                                                                                  \
    X(CAN_CHANGE)                                                                                  \
    X(CAN_CHECK)                                                                                   \
    X(CAN_CLEAR)                                                                                   \
    X(CAN_CLONE)                                                                                   \
    X(CAN_CONFIGURE)                                                                               \
    X(CAN_CREATE)                                                                                  \
    X(CAN_DELETE)                                                                                  \
    X(CAN_EDIT)                                                                                    \
    X(CAN_FILE)                                                                                    \
    X(CAN_PICK)                                                                                    \
    X(CAN_PLAN)                                                                                    \
    X(CAN_PRINT)                                                                                   \
    X(CAN_PROCESS)                                                                                 \
    X(CAN_PUBLISH)                                                                                 \
    X(CAN_RECUR)                                                                                   \
    X(CAN_REMOVE)                                                                                  \
    X(CAN_REPORT)                                                                                  \
    X(CAN_REQUEST_CANCEL)                                                                          \
    X(CAN_SAVE)                                                                                    \
    X(CAN_SHARE)                                                                                   \
    X(CAN_STATUS)                                                                                  \
    X(CAN_SUBMIT)                                                                                  \
    X(CAN_UNPUBLISH)                                                                               \
    X(CAN_UPGRADE)                                                                                 \
    X(CAN_USERS)                                                                                   \
    X(CAN_WITHDRAW)                                                                                \
    X(CAPTION)                                                                                     \
    X(CARRIED)                                                                                     \
    X(CARRIED_NAME)                                                                                \
    X(CARRIED_VALUE)                                                                               \
    X(CERTIFICATE)                                                                                 \
    X(CERTIFICATE_BADGE)                                                                           \
    X(CERTIFICATE_EXPIRES)                                                                         \
    X(CERTIFICATE_FILED)                                                                           \
    X(CERTIFICATE_STATES)                                                                          \
    X(CHANGE)                                                                                      \
    X(CHANGED)                                                                                     \
    X(CHANGED_AFTER)                                                                               \
    X(CHANGED_BEFORE)                                                                              \
    X(CHANGED_LABEL)                                                                               \
    X(CHANGES)                                                                                     \
    X(CHANGES_AFTER)                                                                               \
    X(CHANGES_BEFORE)                                                                              \
    X(CHANGES_HEADING)                                                                             \
    X(CHANGES_HREF)                                                                                \
    X(CHANGES_ID)                                                                                  \
    X(CHANGES_LINK)                                                                                \
    X(CHANGES_MORE)                                                                                \
    X(CHANGES_MORE_TEXT)                                                                           \
    X(CHANGE_CANCEL)                                                                               \
    X(CHANGE_HREF)                                                                                 \
    X(CHANGE_POINT)                                                                                \
    X(CHANGE_TEXT)                                                                                 \
    X(CHARGE)                                                                                      \
    X(CHARGES_MORE)                                                                                \
    X(CHARGES_MORE_TEXT)                                                                           \
    X(CHARGES_SUM)                                                                                 \
    X(CHARGE_ALL)                                                                                  \
    X(CHARGE_AMOUNT)                                                                               \
    X(CHARGE_CUSTOMER)                                                                             \
    X(CHARGE_CUSTOMER_AMOUNT)                                                                      \
    X(CHARGE_DAYS)                                                                                 \
    X(CHARGE_EARNINGS)                                                                             \
    X(CHARGE_FEE)                                                                                  \
    X(CHARGE_FEE_RATE)                                                                             \
    X(CHARGE_LINE)                                                                                 \
    X(CHARGE_LIST)                                                                                 \
    X(CHARGE_ON)                                                                                   \
    X(CHARGE_PARTNER)                                                                              \
    X(CHARGE_PARTNER_AMOUNT)                                                                       \
    X(CHARGE_PAYOUT)                                                                               \
    X(CHARGE_PERIOD)                                                                               \
    X(CHARGE_QUANTITY)                                                                             \
    X(CHARGE_SOURCE)                                                                               \
    X(CHARGE_UNIT)                                                                                 \
    X(CHARGE_WHAT)                                                                                 \
    X(CHARGE_WORDS)                                                                                \
    X(CHECK)                                                                                       \
    X(CHECK_BADGE)                                                                                 \
    X(CHECK_NAME)                                                                                  \
    X(CHECK_TEXT)                                                                                  \
    X(CHECK_TO_DO)                                                                                 \
    X(CHECK_TO_DO_TEXT)                                                                            \
    X(CHIP)                                                                                        \
    X(CHIP_COUNT)                                                                                  \
    X(CHIP_CURRENT)                                                                                \
    X(CHIP_HREF)                                                                                   \
    X(CHIP_LABEL)                                                                                  \
    X(CHOICE)                                                                                      \
    X(CHOICE_HINT)                                                                                 \
    X(CHOICE_KEY)                                                                                  \
    X(CHOICE_LABEL)                                                                                \
    X(CHOICE_VALUE)                                                                                \
    X(CHOOSE)                                                                                      \
    X(CHOOSER)                                                                                     \
    X(CHOSEN)                                                                                      \
    X(CLEAR)                                                                                       \
    X(CLOCK_HREF)                                                                                  \
    X(CLONE_HREF)                                                                                  \
    X(CODE)                                                                                        \
    X(COLUMN)                                                                                      \
    X(COLUMN_LABEL)                                                                                \
    X(COLUMN_PLAIN)                                                                                \
    X(COLUMN_SORTED)                                                                               \
    X(COMMITMENT)                                                                                  \
    X(COMMITMENTS)                                                                                 \
    X(COMMITMENT_HREF)                                                                             \
    X(COMMITMENT_KEY)                                                                              \
    X(COMMITMENT_TERM)                                                                             \
    X(CONFIGURE_HREF)                                                                              \
    X(CONFIRM_LABEL)                                                                               \
    X(CONSEQUENCE)                                                                                 \
    X(CONTACT)                                                                                     \
    X(CONTACT_EMAIL)                                                                               \
    X(CONTEXT)                                                                                     \
    X(CONTEXT_TEXT)                                                                                \
    X(COPY_LABEL)                                                                                  \
    X(COPY_NAME)                                                                                   \
    X(COPY_YOURS)                                                                                  \
    X(CRUMB)                                                                                       \
    X(CRUMBS)                                                                                      \
    X(CRUMB_HERE)                                                                                  \
    X(CRUMB_HREF)                                                                                  \
    X(CRUMB_LABEL)                                                                                 \
    X(CSRF)                                                                                        \
    X(CSS_FILE)                                                                                    \
    X(CUSTOMER)                                                                                    \
    X(CUSTOMER_SUM)                                                                                \
    X(CUSTOMER_SUM_TEXT)                                                                           \
    X(CUSTOMER_TYPED)                                                                              \
    X(DANGER)                                                                                      \
    X(DAY)                                                                                         \
    X(DAY_TEXT)                                                                                    \
    X(DELETE_HREF)                                                                                 \
    X(DIFFERENCE)                                                                                  \
    X(DIFFERENCE_ID)                                                                               \
    X(DIFFERENCE_LABEL)                                                                            \
    X(DISABLED)                                                                                    \
    X(DOCUMENT)                                                                                    \
    X(DOCUMENTS)                                                                                   \
    X(DOCUMENTS_USED)                                                                              \
    X(DOCUMENT_FACTS)                                                                              \
    X(DOCUMENT_HASH)                                                                               \
    X(DOCUMENT_HREF)                                                                               \
    X(DOCUMENT_ID)                                                                                 \
    X(DOCUMENT_NAME)                                                                               \
    X(DOCUMENT_OWN)                                                                                \
    X(DOLLARS)                                                                                     \
    X(DONE_HEADING)                                                                                \
    X(DONE_TEXT)                                                                                   \
    X(DOWNLOAD_HREF)                                                                               \
    X(DRAFTS)                                                                                      \
    X(DRAFTS_MORE)                                                                                 \
    X(DRAFTS_MORE_TEXT)                                                                            \
    X(DUE_CHOICE)                                                                                  \
    X(DUE_CHOSEN)                                                                                  \
    X(DUE_LABEL)                                                                                   \
    X(DUE_VALUE)                                                                                   \
    X(EDGE)                                                                                        \
    X(EDIT_HREF)                                                                                   \
    X(ELIGIBILITY)                                                                                 \
    X(EMAIL)                                                                                       \
    X(EMPTY_HEADING)                                                                               \
    X(EMPTY_TEXT)                                                                                  \
    X(ENROLLED)                                                                                    \
    X(ENTRY)                                                                                       \
    X(ENTRY_DECREMENT)                                                                             \
    X(ENTRY_ON)                                                                                    \
    X(ENTRY_REMAINING)                                                                             \
    X(ERROR)                                                                                       \
    X(ERROR_TEXT)                                                                                  \
    X(EVENT)                                                                                       \
    X(EVENT_ISO)                                                                                   \
    X(EVENT_NOTE)                                                                                  \
    X(EVENT_NOTE_TEXT)                                                                             \
    X(EVENT_PARTY)                                                                                 \
    X(EVENT_TEXT)                                                                                  \
    X(EVENT_TIME)                                                                                  \
    X(EVENT_WHO)                                                                                   \
    X(EVIDENCE)                                                                                    \
    X(EXPORT)                                                                                      \
    X(EXPORT_HREF)                                                                                 \
    X(FACT)                                                                                        \
    X(FACTS)                                                                                       \
    X(FACT_CODE)                                                                                   \
    X(FACT_CODE_TEXT)                                                                              \
    X(FACT_LABEL)                                                                                  \
    X(FACT_MAIL)                                                                                   \
    X(FACT_MAIL_TEXT)                                                                              \
    X(FACT_NOTE)                                                                                   \
    X(FACT_NOTE_TEXT)                                                                              \
    X(FACT_TEXT)                                                                                   \
    X(FACT_WIDE)                                                                                   \
    X(FALLS)                                                                                       \
    X(FALLS_HEADING)                                                                               \
    X(FEE_RATE)                                                                                    \
    X(FIELD)                                                                                       \
    X(FIELD_ACCEPT_BY)                                                                             \
    X(FIELD_ACTIVE)                                                                                \
    X(FIELD_AGAIN)                                                                                 \
    X(FIELD_ARRIVALS)                                                                              \
    X(FIELD_BILLING_ACCOUNT)                                                                       \
    X(FIELD_BLOCKING)                                                                              \
    X(FIELD_CODE)                                                                                  \
    X(FIELD_CONTACTS)                                                                              \
    X(FIELD_COSELL)                                                                                \
    X(FIELD_COUNTRY)                                                                               \
    X(FIELD_CURRENCY)                                                                              \
    X(FIELD_CUSTOMER_LABEL)                                                                        \
    X(FIELD_DAY)                                                                                   \
    X(FIELD_DELAY)                                                                                 \
    X(FIELD_DESCRIPTION)                                                                           \
    X(FIELD_DIGITS)                                                                                \
    X(FIELD_DIMENSION)                                                                             \
    X(FIELD_DOCUMENT)                                                                              \
    X(FIELD_DOCUMENT_NAME)                                                                         \
    X(FIELD_DRAFT)                                                                                 \
    X(FIELD_DURATION)                                                                              \
    X(FIELD_EMAIL)                                                                                 \
    X(FIELD_END_MONTH)                                                                             \
    X(FIELD_ENROLLED)                                                                              \
    X(FIELD_EVIDENCE)                                                                              \
    X(FIELD_EXPIRES)                                                                               \
    X(FIELD_FEE)                                                                                   \
    X(FIELD_FILE)                                                                                  \
    X(FIELD_GROUP)                                                                                 \
    X(FIELD_HOUR)                                                                                  \
    X(FIELD_ID)                                                                                    \
    X(FIELD_KIND)                                                                                  \
    X(FIELD_MACC)                                                                                  \
    X(FIELD_MARKETPLACE)                                                                           \
    X(FIELD_MAX_USERS)                                                                             \
    X(FIELD_MEMBER)                                                                                \
    X(FIELD_MEMBER_ROLE)                                                                           \
    X(FIELD_METHOD)                                                                                \
    X(FIELD_MIN_USERS)                                                                             \
    X(FIELD_MODEL)                                                                                 \
    X(FIELD_NAME)                                                                                  \
    X(FIELD_NEW)                                                                                   \
    X(FIELD_NOTE)                                                                                  \
    X(FIELD_OLD)                                                                                   \
    X(FIELD_ORDER)                                                                                 \
    X(FIELD_PARTNER_CONTACTS)                                                                      \
    X(FIELD_PARTNER_NOTE)                                                                          \
    X(FIELD_PERSON)                                                                                \
    X(FIELD_PLAN)                                                                                  \
    X(FIELD_PLAN_DESCRIPTION)                                                                      \
    X(FIELD_PLAN_NAME)                                                                             \
    X(FIELD_POLICY)                                                                                \
    X(FIELD_PREPARED_BY)                                                                           \
    X(FIELD_PRICING_TYPE)                                                                          \
    X(FIELD_PROGRAMME)                                                                             \
    X(FIELD_PURCHASES)                                                                             \
    X(FIELD_QUANTITY)                                                                              \
    X(FIELD_RATE)                                                                                  \
    X(FIELD_REASON)                                                                                \
    X(FIELD_RECURRING)                                                                             \
    X(FIELD_REFUND)                                                                                \
    X(FIELD_REMINDERS)                                                                             \
    X(FIELD_RESOURCE_GROUP)                                                                        \
    X(FIELD_ROLE)                                                                                  \
    X(FIELD_SALES_NOTE)                                                                            \
    X(FIELD_SCHEDULE)                                                                              \
    X(FIELD_SELLER)                                                                                \
    X(FIELD_SELLER_ID)                                                                             \
    X(FIELD_SHOW)                                                                                  \
    X(FIELD_SHOWS)                                                                                 \
    X(FIELD_START_MODE)                                                                            \
    X(FIELD_START_MONTH)                                                                           \
    X(FIELD_STATE)                                                                                 \
    X(FIELD_STATES)                                                                                \
    X(FIELD_STORE)                                                                                 \
    X(FIELD_STOREFRONT)                                                                            \
    X(FIELD_SUBSCRIPTION)                                                                          \
    X(FIELD_SUMMARY)                                                                               \
    X(FIELD_TAGS)                                                                                  \
    X(FIELD_TAX)                                                                                   \
    X(FIELD_TAX_COUNTRY)                                                                           \
    X(FIELD_TEMPLATE)                                                                              \
    X(FIELD_TERM)                                                                                  \
    X(FIELD_TRANSACTABLE)                                                                          \
    X(FIELD_TRIAL)                                                                                 \
    X(FIELD_TYPE)                                                                                  \
    X(FIELD_USAGE)                                                                                 \
    X(FIELD_USERS)                                                                                 \
    X(FIELD_VALID)                                                                                 \
    X(FIELD_VCPU)                                                                                  \
    X(FIELD_VISIBILITY)                                                                            \
    X(FILE_AT)                                                                                     \
    X(FILE_MESSAGE)                                                                                \
    X(FILE_MORE)                                                                                   \
    X(FILE_MORE_TEXT)                                                                              \
    X(FILE_PROBLEM)                                                                                \
    X(FIRST_CUSTOMER)                                                                              \
    X(FIRST_ISV)                                                                                   \
    X(FIRST_PARTNER)                                                                               \
    X(FIRST_PRODUCT)                                                                               \
    X(FLASH)                                                                                       \
    X(FLASH_TEXT)                                                                                  \
    X(FLASH_TITLE)                                                                                 \
    X(FORM)                                                                                        \
    X(FORM_ACTION)                                                                                 \
    X(FORM_END)                                                                                    \
    X(FORM_HEADING)                                                                                \
    X(FORM_TEXT)                                                                                   \
    X(FOR_OPERATOR)                                                                                \
    X(FOUND)                                                                                       \
    X(GROUP)                                                                                       \
    X(GROUP_FACTS)                                                                                 \
    X(GROUP_HEADING)                                                                               \
    X(GROUP_HREF)                                                                                  \
    X(GROUP_ID)                                                                                    \
    X(GROUP_MORE)                                                                                  \
    X(GROUP_NAMED)                                                                                 \
    X(GROUP_NOTE)                                                                                  \
    X(GROUP_NOTE_TEXT)                                                                             \
    X(HANDOVER)                                                                                    \
    X(HANDOVER_DAYS)                                                                               \
    X(HANDOVER_KEY)                                                                                \
    X(HANDOVER_LINK)                                                                               \
    X(HAS_ACCOUNT)                                                                                 \
    X(HAS_ACTIONS)                                                                                 \
    X(HAS_ACTS)                                                                                    \
    X(HAS_ATTENTION)                                                                               \
    X(HAS_CERTIFICATES)                                                                            \
    X(HAS_CHANGES)                                                                                 \
    X(HAS_CHARGES)                                                                                 \
    X(HAS_CHIPS)                                                                                   \
    X(HAS_CLOCK)                                                                                   \
    X(HAS_DIFFERENCES)                                                                             \
    X(HAS_DISCOUNT)                                                                                \
    X(HAS_DOCUMENTS)                                                                               \
    X(HAS_ENTRIES)                                                                                 \
    X(HAS_FALLS)                                                                                   \
    X(HAS_GROUPS)                                                                                  \
    X(HAS_ID)                                                                                      \
    X(HAS_LINKS)                                                                                   \
    X(HAS_LOCKED)                                                                                  \
    X(HAS_LOST)                                                                                    \
    X(HAS_META)                                                                                    \
    X(HAS_METERS)                                                                                  \
    X(HAS_OFFERS)                                                                                  \
    X(HAS_PAGES)                                                                                   \
    X(HAS_PEOPLE)                                                                                  \
    X(HAS_PLANS)                                                                                   \
    X(HAS_PRICES)                                                                                  \
    X(HAS_PROBLEMS)                                                                                \
    X(HAS_PRODUCTS)                                                                                \
    X(HAS_PURCHASES)                                                                               \
    X(HAS_RECENT)                                                                                  \
    X(HAS_REFUSED)                                                                                 \
    X(HAS_RESERVATIONS)                                                                            \
    X(HAS_ROWS)                                                                                    \
    X(HAS_SAVINGS)                                                                                 \
    X(HAS_TERMS)                                                                                   \
    X(HAS_TOKEN)                                                                                   \
    X(HAS_TYPE)                                                                                    \
    X(HAS_TYPES)                                                                                   \
    X(HAS_USAGE)                                                                                   \
    X(HAS_USERS)                                                                                   \
    X(HAT)                                                                                         \
    X(HAT_NAME)                                                                                    \
    X(HEAD)                                                                                        \
    X(HEADING)                                                                                     \
    X(HEAD_ACTIONS)                                                                                \
    X(HELP_HREF)                                                                                   \
    X(HERE)                                                                                        \
    X(HINT)                                                                                        \
    X(HINT_TEXT)                                                                                   \
    X(HISTORY)                                                                                     \
    X(HISTORY_FILE)                                                                                \
    X(HISTORY_HREF)                                                                                \
    X(HOW_TO)                                                                                      \
    X(ICON)                                                                                        \
    X(ICONS_FILE)                                                                                  \
    X(ID)                                                                                          \
    X(IMPORT_HREF)                                                                                 \
    X(INCLUDED)                                                                                    \
    X(INCLUDED_QUANTITY)                                                                           \
    X(INCLUDED_UNLIMITED)                                                                          \
    X(ISV_NAME)                                                                                    \
    X(JS_FILE)                                                                                     \
    X(KEEP)                                                                                        \
    X(KEEP_NAME)                                                                                   \
    X(KEEP_VALUE)                                                                                  \
    X(KEPT)                                                                                        \
    X(KEPT_ACCOUNT)                                                                                \
    X(KEPT_CUSTOMER)                                                                               \
    X(KEPT_NAME)                                                                                   \
    X(KEPT_VALUE)                                                                                  \
    X(LABEL)                                                                                       \
    X(LACK)                                                                                        \
    X(LACK_TEXT)                                                                                   \
    X(LEAD)                                                                                        \
    X(LEAD_TEXT)                                                                                   \
    X(LIMIT)                                                                                       \
    X(LIMIT_COUNT)                                                                                 \
    X(LINE)                                                                                        \
    X(LINE_FORMULA)                                                                                \
    X(LINE_FORMULA_TEXT)                                                                           \
    X(LINE_LIST)                                                                                   \
    X(LINE_LIST_TEXT)                                                                              \
    X(LINE_NUMBER)                                                                                 \
    X(LINE_PRICE)                                                                                  \
    X(LINE_QUANTITY)                                                                               \
    X(LINE_SIZE)                                                                                   \
    X(LINE_SUBTOTAL)                                                                               \
    X(LINK)                                                                                        \
    X(LINK_ACTION)                                                                                 \
    X(LINK_END_ACTION)                                                                             \
    X(LINK_FIRST)                                                                                  \
    X(LINK_HREF)                                                                                   \
    X(LINK_LABEL)                                                                                  \
    X(LINK_URL)                                                                                    \
    X(LIST_SUM)                                                                                    \
    X(LIST_SUM_TEXT)                                                                               \
    X(LOCKED_TEXT)                                                                                 \
    X(LOGO_FILE)                                                                                   \
    X(LOST)                                                                                        \
    X(LOST_ID)                                                                                     \
    X(LOST_LABEL)                                                                                  \
    X(LOST_TEXT)                                                                                   \
    X(MACHINES)                                                                                    \
    X(MAILS)                                                                                       \
    X(MAIL_FACT)                                                                                   \
    X(MAIL_FACT_LABEL)                                                                             \
    X(MAIL_FACT_VALUE)                                                                             \
    X(MAIL_HAS_NEXT)                                                                               \
    X(MAIL_HREF)                                                                                   \
    X(MAIL_LEAD)                                                                                   \
    X(MAIL_LINK)                                                                                   \
    X(MAIL_NEXT)                                                                                   \
    X(MAIL_REASON)                                                                                 \
    X(MAIL_SUBJECT)                                                                                \
    X(MARKET)                                                                                      \
    X(MARKET_ACTION)                                                                               \
    X(MARKET_DATE)                                                                                 \
    X(MARKET_DAY)                                                                                  \
    X(MARKET_TICK)                                                                                 \
    X(MEMBER)                                                                                      \
    X(MEMBER_NAME)                                                                                 \
    X(MEMBER_ROLE)                                                                                 \
    X(META)                                                                                        \
    X(META_TEXT)                                                                                   \
    X(METER)                                                                                       \
    X(METER_COUNT)                                                                                 \
    X(METER_DISABLED)                                                                              \
    X(METER_ID)                                                                                    \
    X(METER_LABEL)                                                                                 \
    X(METER_LIST)                                                                                  \
    X(METER_NAME)                                                                                  \
    X(METER_PRICE)                                                                                 \
    X(METER_UNIT)                                                                                  \
    X(MISSING)                                                                                     \
    X(MISSING_ITEM)                                                                                \
    X(MISSING_WHAT)                                                                                \
    X(MISSING_WHO)                                                                                 \
    X(MODEL)                                                                                       \
    X(MORE)                                                                                        \
    X(MORE_AFTER)                                                                                  \
    X(MORE_CUSTOMERS)                                                                              \
    X(MORE_HREF)                                                                                   \
    X(MORE_PUBLISHERS)                                                                             \
    X(NAMED)                                                                                       \
    X(NAV)                                                                                         \
    X(NAV_COUNT)                                                                                   \
    X(NAV_COUNT_VALUE)                                                                             \
    X(NAV_CURRENT)                                                                                 \
    X(NAV_GROUP)                                                                                   \
    X(NAV_HREF)                                                                                    \
    X(NAV_ICON)                                                                                    \
    X(NAV_ITEM)                                                                                    \
    X(NAV_LABEL)                                                                                   \
    X(NET_DISCOUNT)                                                                                \
    X(NET_DISCOUNT_TEXT)                                                                           \
    X(NEWER)                                                                                       \
    X(NEWER_HREF)                                                                                  \
    X(NEWS)                                                                                        \
    X(NEWS_TEXT)                                                                                   \
    X(NEW_HREF)                                                                                    \
    X(NEXT)                                                                                        \
    X(NEXT_PATH)                                                                                   \
    X(NEXT_STEP)                                                                                   \
    X(NEXT_TEXT)                                                                                   \
    X(NOBODY)                                                                                      \
    X(NONE)                                                                                        \
    X(NONE_TEXT)                                                                                   \
    X(NONE_TITLE)                                                                                  \
    X(NORMAL)                                                                                      \
    X(NOTICE)                                                                                      \
    X(NOTICES)                                                                                     \
    X(NOTICES_HREF)                                                                                \
    X(NOTICES_OWNER)                                                                               \
    X(NOTICES_WHO)                                                                                 \
    X(NOTICE_HREF)                                                                                 \
    X(NOTICE_LABEL)                                                                                \
    X(NOTICE_LINK)                                                                                 \
    X(NOTICE_REASON)                                                                               \
    X(NOTICE_REASON_TEXT)                                                                          \
    X(NOTICE_TEXT)                                                                                 \
    X(NOTICE_TITLE)                                                                                \
    X(NOT_FOUND)                                                                                   \
    X(NOT_FOUND_HINT)                                                                              \
    X(NOT_FOUND_TEXT)                                                                              \
    X(NOT_READY)                                                                                   \
    X(NOT_READY_TEXT)                                                                              \
    X(NOT_SAVED)                                                                                   \
    X(NO_ACCOUNT)                                                                                  \
    X(NO_ATTENTION)                                                                                \
    X(NO_ATTENTION_TEXT)                                                                           \
    X(NO_CERTIFICATES)                                                                             \
    X(NO_CHANGE)                                                                                   \
    X(NO_CHANGES)                                                                                  \
    X(NO_CHANGES_TEXT)                                                                             \
    X(NO_CHARGES)                                                                                  \
    X(NO_CHARGES_TEXT)                                                                             \
    X(NO_COMMITMENT)                                                                               \
    X(NO_DIFFERENCES)                                                                              \
    X(NO_DOCUMENTS)                                                                                \
    X(NO_ENTRIES)                                                                                  \
    X(NO_GROUPS)                                                                                   \
    X(NO_PARTNER)                                                                                  \
    X(NO_PLANS)                                                                                    \
    X(NO_PRICES)                                                                                   \
    X(NO_PRICES_TEXT)                                                                              \
    X(NO_PRICES_TITLE)                                                                             \
    X(NO_PRODUCT)                                                                                  \
    X(NO_PURCHASES)                                                                                \
    X(NO_RECENT)                                                                                   \
    X(NO_ROWS)                                                                                     \
    X(NO_ROWS_TEXT)                                                                                \
    X(NO_SUBSCRIPTION)                                                                             \
    X(OFFERS_HREF)                                                                                 \
    X(OFFER_HREF)                                                                                  \
    X(OFFER_ID)                                                                                    \
    X(OFFER_LABEL)                                                                                 \
    X(OFFER_LINK)                                                                                  \
    X(OFFER_TOTAL)                                                                                 \
    X(OF_PUBLISHER)                                                                                \
    X(OLDER)                                                                                       \
    X(OLDER_HREF)                                                                                  \
    X(OLDER_LABEL)                                                                                 \
    X(ONCE_KEY)                                                                                    \
    X(OPEN_LINK)                                                                                   \
    X(OPEN_LINK_KEY)                                                                               \
    X(OPEN_LINK_UNTIL)                                                                             \
    X(OPEN_LINK_WHO)                                                                               \
    X(OPTIONAL)                                                                                    \
    X(ORG_NAME)                                                                                    \
    X(ORIGIN)                                                                                      \
    X(OTHER_HREF)                                                                                  \
    X(OTHER_LABEL)                                                                                 \
    X(OTHER_NAME)                                                                                  \
    X(OTHER_TYPED)                                                                                 \
    X(OWN_FORM)                                                                                    \
    X(PAGER)                                                                                       \
    X(PAID)                                                                                        \
    X(PARTIES)                                                                                     \
    X(PARTNER)                                                                                     \
    X(PARTNERS)                                                                                    \
    X(PARTNERS_HREF)                                                                               \
    X(PARTNER_ANSWER)                                                                              \
    X(PARTNER_ERROR)                                                                               \
    X(PARTNER_ERROR_TEXT)                                                                          \
    X(PARTNER_ID)                                                                                  \
    X(PARTNER_NAME)                                                                                \
    X(PARTNER_SUM)                                                                                 \
    X(PARTNER_SUM_TEXT)                                                                            \
    X(PASSWORD_HREF)                                                                               \
    X(PAY)                                                                                         \
    X(PAYOUT_LABEL)                                                                                \
    X(PEOPLE_ACTION)                                                                               \
    X(PEOPLE_CARD)                                                                                 \
    X(PERCENT)                                                                                     \
    X(PERSON)                                                                                      \
    X(PICK_NOTE)                                                                                   \
    X(PLAN)                                                                                        \
    X(PLAN_HREF)                                                                                   \
    X(PLAN_LIST)                                                                                   \
    X(PLAN_TICK)                                                                                   \
    X(POINT)                                                                                       \
    X(POINT_CUSTOMER)                                                                              \
    X(POINT_DISCOUNT)                                                                              \
    X(POINT_EARN)                                                                                  \
    X(POINT_FEE)                                                                                   \
    X(POINT_FIELD)                                                                                 \
    X(POINT_KEY)                                                                                   \
    X(POINT_LABEL)                                                                                 \
    X(POINT_LIST)                                                                                  \
    X(POINT_LIST_UNITS)                                                                            \
    X(POINT_MORE)                                                                                  \
    X(POINT_MORE_TEXT)                                                                             \
    X(POINT_NOTE)                                                                                  \
    X(POINT_NOTE_TEXT)                                                                             \
    X(POINT_PARTNER)                                                                               \
    X(POINT_PARTNER_UNITS)                                                                         \
    X(POINT_PAYOUT)                                                                                \
    X(POINT_SAVES)                                                                                 \
    X(POINT_SAVES_NOT)                                                                             \
    X(POINT_SAVES_TEXT)                                                                            \
    X(POINT_SCALE)                                                                                 \
    X(POINT_WARNING)                                                                               \
    X(POINT_WARNING_TEXT)                                                                          \
    X(PREVIEW)                                                                                     \
    X(PREVIEW_CUSTOMER_HREF)                                                                       \
    X(PREVIEW_PARTNER_HREF)                                                                        \
    X(PRICES)                                                                                      \
    X(PRICES_END)                                                                                  \
    X(PRICES_HEADING)                                                                              \
    X(PRICES_NOTE)                                                                                 \
    X(PRICES_NOTE_TEXT)                                                                            \
    X(PRICE_DIGEST)                                                                                \
    X(PRICE_HEADING)                                                                               \
    X(PRICING_NOTE)                                                                                \
    X(PRINT_HREF)                                                                                  \
    X(PROBLEM)                                                                                     \
    X(PROBLEM_HREF)                                                                                \
    X(PROBLEM_TEXT)                                                                                \
    X(PROCESS_HREF)                                                                                \
    X(PRODUCT)                                                                                     \
    X(PRODUCTS_HREF)                                                                               \
    X(PRODUCT_NAME)                                                                                \
    X(PRODUCT_TYPE)                                                                                \
    X(PUBLICATIONS)                                                                                \
    X(PUBLIC_CELL)                                                                                 \
    X(PUBLIC_COLUMN)                                                                               \
    X(PUBLIC_LABEL)                                                                                \
    X(PUBLIC_PRICE)                                                                                \
    X(PUBLIC_ROW)                                                                                  \
    X(PUBLIC_SIZE)                                                                                 \
    X(PUBLISHER)                                                                                   \
    X(PUBLISH_HREF)                                                                                \
    X(PURCHASES)                                                                                   \
    X(PURCHASE_HREF)                                                                               \
    X(QUERY)                                                                                       \
    X(QUEUE_COLUMN)                                                                                \
    X(QUEUE_HEADING)                                                                               \
    X(QUEUE_ID)                                                                                    \
    X(RAIL)                                                                                        \
    X(RAIL_DONE)                                                                                   \
    X(RAIL_HREF)                                                                                   \
    X(RAIL_LABEL)                                                                                  \
    X(RAIL_WRONG)                                                                                  \
    X(RANGE)                                                                                       \
    X(READY)                                                                                       \
    X(RECALCULATE_HINT)                                                                            \
    X(RECENT)                                                                                      \
    X(RECENT_HREF)                                                                                 \
    X(RECENT_NAME)                                                                                 \
    X(RECUR_HREF)                                                                                  \
    X(RECUR_LABEL)                                                                                 \
    X(RECUR_TEXT)                                                                                  \
    X(RECUR_VALUE)                                                                                 \
    X(REFUND)                                                                                      \
    X(REFUND_ID)                                                                                   \
    X(REFUSED)                                                                                     \
    X(REFUSED_NAME)                                                                                \
    X(REFUSED_TEXT)                                                                                \
    X(RELOAD_HREF)                                                                                 \
    X(REMOVE_LABEL)                                                                                \
    X(REPLY)                                                                                       \
    X(REPLY_HEADING)                                                                               \
    X(REPLY_TEXT)                                                                                  \
    X(REPORT)                                                                                      \
    X(REPORT_HREF)                                                                                 \
    X(REPORT_TEXT)                                                                                 \
    X(REQUEST_CANCEL_HREF)                                                                         \
    X(RESERVATION)                                                                                 \
    X(RESERVATIONS_NOTE)                                                                           \
    X(RESERVATION_LABEL)                                                                           \
    X(RESERVATION_MONTHLY)                                                                         \
    X(RESERVATION_UPFRONT)                                                                         \
    X(RESULT)                                                                                      \
    X(RESULT_ACCOUNT)                                                                              \
    X(RESULT_BADGE)                                                                                \
    X(RESULT_HREF)                                                                                 \
    X(RESULT_KEY)                                                                                  \
    X(RESULT_NAME)                                                                                 \
    X(RESUME)                                                                                      \
    X(RETRY)                                                                                       \
    X(RETRY_ACTION)                                                                                \
    X(REV)                                                                                         \
    X(REVIEW_HREF)                                                                                 \
    X(REVISIONS)                                                                                   \
    X(REVISION_SAVED)                                                                              \
    X(REVISION_YOURS)                                                                              \
    X(REV_NAME)                                                                                    \
    X(RIGHTS_TEXT)                                                                                 \
    X(RIGHTS_TITLE)                                                                                \
    X(ROLES_ACTION)                                                                                \
    X(ROW)                                                                                         \
    X(ROWS_USED)                                                                                   \
    X(ROW_ACCEPT_BY)                                                                               \
    X(ROW_ACCOUNT)                                                                                 \
    X(ROW_ACT)                                                                                     \
    X(ROW_ADD)                                                                                     \
    X(ROW_ADJUSTED)                                                                                \
    X(ROW_ADJUSTED_TEXT)                                                                           \
    X(ROW_ADJUSTMENT)                                                                              \
    X(ROW_AGREEMENT)                                                                               \
    X(ROW_ANCHOR)                                                                                  \
    X(ROW_BADGE)                                                                                   \
    X(ROW_BOUGHT)                                                                                  \
    X(ROW_BUY)                                                                                     \
    X(ROW_CHANGE)                                                                                  \
    X(ROW_CHANGE_HREF)                                                                             \
    X(ROW_CLOCK)                                                                                   \
    X(ROW_COUNT)                                                                                   \
    X(ROW_COUNTRY)                                                                                 \
    X(ROW_CREATOR)                                                                                 \
    X(ROW_CREATOR_NAME)                                                                            \
    X(ROW_CURRENT)                                                                                 \
    X(ROW_CUSTOMER)                                                                                \
    X(ROW_DAY)                                                                                     \
    X(ROW_DESIRED)                                                                                 \
    X(ROW_DISCOUNT)                                                                                \
    X(ROW_DUE)                                                                                     \
    X(ROW_DUE_TEXT)                                                                                \
    X(ROW_END)                                                                                     \
    X(ROW_ERROR)                                                                                   \
    X(ROW_ERROR_HREF)                                                                              \
    X(ROW_ERROR_LINK)                                                                              \
    X(ROW_ERROR_TEXT)                                                                              \
    X(ROW_EXPORT)                                                                                  \
    X(ROW_EXPORT_HREF)                                                                             \
    X(ROW_FROM)                                                                                    \
    X(ROW_FROM_TEXT)                                                                               \
    X(ROW_FROM_WHAT)                                                                               \
    X(ROW_HINT)                                                                                    \
    X(ROW_HINT_TEXT)                                                                               \
    X(ROW_HREF)                                                                                    \
    X(ROW_ID)                                                                                      \
    X(ROW_INDEX)                                                                                   \
    X(ROW_LINK)                                                                                    \
    X(ROW_LIST)                                                                                    \
    X(ROW_LOCKED)                                                                                  \
    X(ROW_MODEL)                                                                                   \
    X(ROW_MORE)                                                                                    \
    X(ROW_MORE_TEXT)                                                                               \
    X(ROW_NAME)                                                                                    \
    X(ROW_NEXT)                                                                                    \
    X(ROW_NOTE)                                                                                    \
    X(ROW_NOTE_TEXT)                                                                               \
    X(ROW_OF)                                                                                      \
    X(ROW_OF_TEXT)                                                                                 \
    X(ROW_ORGANISATION)                                                                            \
    X(ROW_OTHER)                                                                                   \
    X(ROW_PICKED)                                                                                  \
    X(ROW_PLAIN)                                                                                   \
    X(ROW_PLAN)                                                                                    \
    X(ROW_PLANS)                                                                                   \
    X(ROW_PRICING)                                                                                 \
    X(ROW_PRODUCT)                                                                                 \
    X(ROW_PRODUCTS)                                                                                \
    X(ROW_PUBLISHER)                                                                               \
    X(ROW_RECIPIENT)                                                                               \
    X(ROW_RESULT)                                                                                  \
    X(ROW_RESULT_TEXT)                                                                             \
    X(ROW_ROLE)                                                                                    \
    X(ROW_SAYS)                                                                                    \
    X(ROW_SELLER)                                                                                  \
    X(ROW_SOURCE)                                                                                  \
    X(ROW_START)                                                                                   \
    X(ROW_STATUS)                                                                                  \
    X(ROW_STORE)                                                                                   \
    X(ROW_TASK)                                                                                    \
    X(ROW_TEXT)                                                                                    \
    X(ROW_TIME)                                                                                    \
    X(ROW_TOTAL)                                                                                   \
    X(ROW_TRIAL)                                                                                   \
    X(ROW_TRIES)                                                                                   \
    X(ROW_TYPE)                                                                                    \
    X(ROW_UNLOCKED)                                                                                \
    X(ROW_USERS)                                                                                   \
    X(ROW_VISIBILITY)                                                                              \
    X(ROW_WANTED_POINT)                                                                            \
    X(ROW_WHAT)                                                                                    \
    X(ROW_WHEN)                                                                                    \
    X(ROW_WHO)                                                                                     \
    X(ROW_WRONG)                                                                                   \
    X(SAMPLE)                                                                                      \
    X(SAVED_THEIRS)                                                                                \
    X(SAVING)                                                                                      \
    X(SAVING_FIELD)                                                                                \
    X(SAVING_LABEL)                                                                                \
    X(SEARCH_ACTION)                                                                               \
    X(SEARCH_HINT)                                                                                 \
    X(SELLER)                                                                                      \
    X(SELLER_ID)                                                                                   \
    X(SEND_BACK_HREF)                                                                              \
    X(SENTENCE)                                                                                    \
    X(SETTINGS_HREF)                                                                               \
    X(SHARE)                                                                                       \
    X(SHARE_HREF)                                                                                  \
    X(SHARE_TEXT)                                                                                  \
    X(SHORT)                                                                                       \
    X(SIGNED_IN)                                                                                   \
    X(SIGNED_OUT)                                                                                  \
    X(SOLVER)                                                                                      \
    X(SORT_CURRENT)                                                                                \
    X(SORT_DOWN)                                                                                   \
    X(SORT_HREF)                                                                                   \
    X(SORT_ICON)                                                                                   \
    X(SORT_UP)                                                                                     \
    X(SOURCE_HREF)                                                                                 \
    X(SOURCE_NAME)                                                                                 \
    X(SOURCE_TEXT)                                                                                 \
    X(STANDING)                                                                                    \
    X(STANDING_TITLE)                                                                              \
    X(STATE_FIGURE)                                                                                \
    X(STATE_HEADING)                                                                               \
    X(STATE_TEXT)                                                                                  \
    X(STATUS)                                                                                      \
    X(STATUS_HREF)                                                                                 \
    X(STEP)                                                                                        \
    X(STEPS)                                                                                       \
    X(STEP_AMOUNT)                                                                                 \
    X(STEP_KEY)                                                                                    \
    X(STEP_LABEL)                                                                                  \
    X(STEP_PARTY)                                                                                  \
    X(STEP_REVIEW)                                                                                 \
    X(STEP_SETUP)                                                                                  \
    X(STEP_TOTAL)                                                                                  \
    X(SUBSCRIPTION)                                                                                \
    X(SUBSCRIPTION_ACTION)                                                                         \
    X(SUBSCRIPTION_BADGE)                                                                          \
    X(SUBSCRIPTION_CHOSEN)                                                                         \
    X(SUBSCRIPTION_FIELD)                                                                          \
    X(SUBSCRIPTION_ID)                                                                             \
    X(SUBSCRIPTION_KEY)                                                                            \
    X(SUBSCRIPTION_NAME)                                                                           \
    X(SUBSCRIPTION_ROLE)                                                                           \
    X(SUMMARY)                                                                                     \
    X(SWITCHES)                                                                                    \
    X(SWITCHES_READ)                                                                               \
    X(SWITCH_HAT)                                                                                  \
    X(SWITCH_HREF)                                                                                 \
    X(SWITCH_LABEL)                                                                                \
    X(TABLE)                                                                                       \
    X(TAGS_BEGIN)                                                                                  \
    X(TAGS_END)                                                                                    \
    X(TAKE_NAME)                                                                                   \
    X(TAKE_THEIRS)                                                                                 \
    X(TAKE_VALUE)                                                                                  \
    X(TAKE_YOURS)                                                                                  \
    X(TAX)                                                                                         \
    X(TAX_ANSWER)                                                                                  \
    X(TAX_FACTS)                                                                                   \
    X(TAX_TEXT)                                                                                    \
    X(TERM)                                                                                        \
    X(TERMS)                                                                                       \
    X(TERMS_NOTE)                                                                                  \
    X(TERM_LABEL)                                                                                  \
    X(TERM_LIST)                                                                                   \
    X(TERM_LIST_PAID)                                                                              \
    X(TERM_LIST_PAID_TEXT)                                                                         \
    X(TERM_MONTHS)                                                                                 \
    X(TERM_PAYMENT)                                                                                \
    X(TERM_PRICE)                                                                                  \
    X(THEIRS)                                                                                      \
    X(THEME)                                                                                       \
    X(TITLE)                                                                                       \
    X(TODAY)                                                                                       \
    X(TOKEN)                                                                                       \
    X(TONE)                                                                                        \
    X(TOTAL_CUSTOMER)                                                                              \
    X(TOTAL_FEE)                                                                                   \
    X(TOTAL_LIST)                                                                                  \
    X(TOTAL_PARTNER)                                                                               \
    X(TOTAL_PAYOUT)                                                                                \
    X(TRACE)                                                                                       \
    X(TRACE_ID)                                                                                    \
    X(TURN)                                                                                        \
    X(TURN_TEXT)                                                                                   \
    X(TYPE)                                                                                        \
    X(TYPE_LABEL)                                                                                  \
    X(TYPE_VALUE)                                                                                  \
    X(UNPUBLISH_HREF)                                                                              \
    X(UPGRADE_HREF)                                                                                \
    X(USAGE)                                                                                       \
    X(USAGE_HREF)                                                                                  \
    X(USAGE_NOTE)                                                                                  \
    X(USAGE_POINT)                                                                                 \
    X(USAGE_QUANTITY)                                                                              \
    X(USAGE_TEXT)                                                                                  \
    X(USED)                                                                                        \
    X(USED_AT)                                                                                     \
    X(USED_HOUR)                                                                                   \
    X(USED_POINT)                                                                                  \
    X(USED_QUANTITY)                                                                               \
    X(USERS_HREF)                                                                                  \
    X(USERS_NOTE)                                                                                  \
    X(USER_EMAIL)                                                                                  \
    X(USER_NAME)                                                                                   \
    X(USER_ROLE)                                                                                   \
    X(VALUE)                                                                                       \
    X(VERSIONS)                                                                                    \
    X(VERSIONS_HREF)                                                                               \
    X(WAITING)                                                                                     \
    X(WATERFALL)                                                                                   \
    X(WHAT_HAPPENED)                                                                               \
    X(WHAT_NEXT)                                                                                   \
    X(WHAT_TO_DO)                                                                                  \
    X(WHEN)                                                                                        \
    X(WHO)                                                                                         \
    X(WHO_NAME)                                                                                    \
    X(WHO_ROLE)                                                                                    \
    X(WITHDRAW_HREF)                                                                               \
    X(WRONG)                                                                                       \
    X(YOURS)                                                                                       \
    X(YOURS_ERROR)                                                                                 \
    X(YOURS_ERROR_TEXT)

#define VIEW_PAGES(X)                                                                              \
    X(ACCEPTED, "accepted.html")                                                                   \
    X(ACCOUNT, "account.html")                                                                     \
    X(ASK, "ask.html")                                                                             \
    X(BULK, "bulk.html")                                                                           \
    X(CATALOGUE_IMPORT, "catalogue_import.html")                                                   \
    X(CONFIRM, "confirm.html")                                                                     \
    X(CONFLICT, "conflict.html")                                                                   \
    X(CUSTOMER_BILLING, "customer_billing.html")                                                   \
    X(CUSTOMER_BUY, "customer_buy.html")                                                           \
    X(CUSTOMER_COMMITMENT, "customer_commitment.html")                                             \
    X(CUSTOMER_ELIGIBILITY, "customer_eligibility.html")                                           \
    X(CUSTOMER_OFFER, "customer_offer.html")                                                       \
    X(CUSTOMER_OFFERS, "customer_offers.html")                                                     \
    X(CUSTOMER_PRODUCTS, "customer_products.html")                                                 \
    X(CUSTOMER_PRODUCTS_ALL, "customer_products_all.html")                                         \
    X(CUSTOMER_PURCHASE, "customer_purchase.html")                                                 \
    X(CUSTOMER_PURCHASED, "customer_purchased.html")                                               \
    X(CUSTOMER_PURCHASES, "customer_purchases.html")                                               \
    X(CUSTOMER_SUBSCRIPTION, "customer_subscription.html")                                         \
    X(CUSTOMER_SUBSCRIPTIONS, "customer_subscriptions.html")                                       \
    X(ERROR, "error.html")                                                                         \
    X(HANDOVER, "handover.html")                                                                   \
    X(HELP, "help.html")                                                                           \
    X(HELP_CUSTOMER, "help_customer.html")                                                         \
    X(HELP_ISV, "help_isv.html")                                                                   \
    X(HELP_OPERATOR, "help_operator.html")                                                         \
    X(HELP_PARTNER, "help_partner.html")                                                           \
    X(ISV_HOME, "isv_home.html")                                                                   \
    X(ISV_OFFER, "isv_offer.html")                                                                 \
    X(ISV_REVIEW, "isv_review.html")                                                               \
    X(ISV_SETUP, "isv_setup.html")                                                                 \
    X(LAYOUT, "layout.html")                                                                       \
    X(LOGIN, "login.html")                                                                         \
    X(MAIL_MESSAGE, "mail/message.html")                                                           \
    X(MAIL_MESSAGE_TEXT, "mail/message.txt")                                                       \
    X(NOTICES, "notices.html")                                                                     \
    X(NO_RIGHTS, "no_rights.html")                                                                 \
    X(OFFERS, "offers.html")                                                                       \
    X(OFFER_NEW, "offer_new.html")                                                                 \
    X(OPERATOR_ACCOUNT, "operator_account.html")                                                   \
    X(OPERATOR_ACCOUNTS, "operator_accounts.html")                                                 \
    X(OPERATOR_ACCOUNT_NEW, "operator_account_new.html")                                           \
    X(OPERATOR_AUDIT, "operator_audit.html")                                                       \
    X(OPERATOR_BILLING, "operator_billing.html")                                                   \
    X(OPERATOR_BILLING_ACCOUNT, "operator_billing_account.html")                                   \
    X(OPERATOR_CLOCK, "operator_clock.html")                                                       \
    X(OPERATOR_HOME, "operator_home.html")                                                         \
    X(OPERATOR_OFFER, "operator_offer.html")                                                       \
    X(OPERATOR_OFFERS, "operator_offers.html")                                                     \
    X(OPERATOR_QUEUES, "operator_queues.html")                                                     \
    X(OPERATOR_SETTINGS, "operator_settings.html")                                                 \
    X(PARTNERS, "partners.html")                                                                   \
    X(PARTNER_HOME, "partner_home.html")                                                           \
    X(PARTNER_OFFER, "partner_offer.html")                                                         \
    X(PARTNER_REVIEW, "partner_review.html")                                                       \
    X(PARTNER_SETUP, "partner_setup.html")                                                         \
    X(PART_AREA, "_area.html")                                                                     \
    X(PART_ATTENTION, "_attention.html")                                                           \
    X(PART_CELL, "_cell.html")                                                                     \
    X(PART_CHANGES, "_changes.html")                                                               \
    X(PART_CHECK, "_check.html")                                                                   \
    X(PART_CHOICE, "_choice.html")                                                                 \
    X(PART_COPY, "_copy.html")                                                                     \
    X(PART_CUSTOMER_PRICES, "_customer_prices.html")                                               \
    X(PART_CUSTOMER_PURCHASES, "_customer_purchases.html")                                         \
    X(PART_DATE, "_date.html")                                                                     \
    X(PART_DOCUMENTS, "_documents.html")                                                           \
    X(PART_DOCUMENTS_FORM, "_documents_form.html")                                                 \
    X(PART_FACTS, "_facts.html")                                                                   \
    X(PART_FALLS, "_falls.html")                                                                   \
    X(PART_FILE, "_file.html")                                                                     \
    X(PART_FLASH, "_flash.html")                                                                   \
    X(PART_HEAD, "_head.html")                                                                     \
    X(PART_HISTORY, "_history.html")                                                               \
    X(PART_ISV_PRICES, "_isv_prices.html")                                                         \
    X(PART_MONTH, "_month.html")                                                                   \
    X(PART_NAV, "_nav.html")                                                                       \
    X(PART_NOTICE, "_notice.html")                                                                 \
    X(PART_PAGER, "_pager.html")                                                                   \
    X(PART_PARTNER_PRICES, "_partner_prices.html")                                                 \
    X(PART_PASSWORD, "_password.html")                                                             \
    X(PART_PEOPLE, "_people.html")                                                                 \
    X(PART_PICK, "_pick.html")                                                                     \
    X(PART_PURCHASES, "_purchases.html")                                                           \
    X(PART_SAVED, "_saved.html")                                                                   \
    X(PART_SELECT, "_select.html")                                                                 \
    X(PART_STANDING, "_standing.html")                                                             \
    X(PART_STATUS, "_status.html")                                                                 \
    X(PART_STEPS, "_steps.html")                                                                   \
    X(PART_SUMMARY, "_summary.html")                                                               \
    X(PART_SUPPORT_FORM, "_support_form.html")                                                     \
    X(PART_TEXT, "_text.html")                                                                     \
    X(PART_WATERFALL, "_waterfall.html")                                                           \
    X(PART_WHAT_NEXT, "_what_next.html")                                                           \
    X(PASSWORD, "password.html")                                                                   \
    X(PLAN, "plan.html")                                                                           \
    X(PLAN_FORM, "plan_form.html")                                                                 \
    X(PLAN_MODEL, "plan_model.html")                                                               \
    X(PLAN_NEW, "plan_new.html")                                                                   \
    X(PLAN_PRICE, "plan_price.html")                                                               \
    X(PREVIEW, "preview.html")                                                                     \
    X(PRICE, "price.html")                                                                         \
    X(PRODUCT, "product.html")                                                                     \
    X(PRODUCTS, "products.html")                                                                   \
    X(PRODUCTS_ADD, "products_add.html")                                                           \
    X(PRODUCT_FORM, "product_form.html")                                                           \
    X(PURCHASE, "purchase.html")                                                                   \
    X(PURCHASES, "purchases.html")                                                                 \
    X(PURCHASE_FORM, "purchase_form.html")                                                         \
    X(RECORD, "record.html")                                                                       \
    X(RESERVATION_PRICE, "reservation_price.html")                                                 \
    X(SHARE, "share.html")                                                                         \
    X(SUPPORT_CANCEL, "support_cancel.html")                                                       \
    X(SUPPORT_PROCESS, "support_process.html")                                                     \
    X(SUPPORT_REQUEST, "support_request.html")                                                     \
    X(SUPPORT_REQUESTS, "support_requests.html")                                                   \
    X(TAX, "tax.html")                                                                             \
    X(USAGE, "usage.html")                                                                         \
    X(VERSIONS, "versions.html")

/* clang-format on */

#endif
