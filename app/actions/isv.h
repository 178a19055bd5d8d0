/*
 * isv.h: what an ISV can do with an offer of its own.
 *
 * All run inside the caller's write. Common outcomes: ERR_ABSENT not yours, ERR_DENIED your role
 * may not, ERR_CLOSED the state does not allow it, ERR_STALE somebody saved since rev, ERR_INVALID
 * problems were added and nothing is to be kept.
 */
#ifndef ACTIONS_ISV_H
#define ACTIONS_ISV_H

#include "actions/documents.h"

/* The name of the answer that says which of the three options the offer is of. */
#define ANSWER_PRICING "pricing"

/* Creates a draft from the field "name" and the answer "pricing", an identifier of offer_type_text;
 * the type stays. *id is the new offer's. Keeps. */
MUST_CHECK enum err action_offer_create(const struct act *act, const struct answers *answers,
                                        struct problems *problems, const char **id);

/* What a button of the setup form does besides saving all of it. */
struct draft_edit {
    bool remove_partner;
    int remove_row;                        /* 0 = none */
    const struct document_edit *documents; /* NULL = none */
};

/* Saves the draft's form (D-26: what is malformed refuses everything, what is missing nothing).
 * ERR_INVALID with problems->retry_after_s when the ISV has named too many billing accounts that
 * are not eligible. */
MUST_CHECK enum err action_draft_save(const struct act *act, const char *id, const char *rev,
                                      const struct answers *answers, const struct draft_edit *edit,
                                      struct problems *problems);

/* What somebody ticked. */
struct plan_choice {
    const char *product;
    const char *plan; /* "" = the whole product: all its plans, now and later (option A only) */
};

/* Options A and C: adds a row for each choice; all or none. Problems are at "plan": not one of
 * yours that can be sold, in the offer already, more than LIMIT_ROWS; in option C no reservation
 * pricing, or no duration left. A new row of option C has the first duration that the plan sells
 * and no other row of the plan has, is paid upfront, and on a flat-rate plan has its one line.
 * ERR_ABSENT in option B. */
MUST_CHECK enum err action_rows_add(const struct act *act, const char *id, const char *rev,
                                    const struct plan_choice *choices, size_t count,
                                    struct problems *problems);

/* The answers that a new plan of option B begins with: the names fields[FIELD_PLAN_NAME].name and
 * fields[FIELD_PLAN_DESCRIPTION].name; and where problems with the template and the number of rows
 * are. */
#define ANSWER_TEMPLATE "template"

/* Option B: adds a row for a new plan, with the terms, prices, meters, included quantities and
 * users of its template, a plan of yours that can be sold. Name and description are required. *row
 * is the new row's number. ERR_ABSENT in the other options. */
MUST_CHECK enum err action_new_plan_add(const struct act *act, const char *id, const char *rev,
                                        const struct plan_choice *template,
                                        const struct answers *answers, struct problems *problems,
                                        int *row);

/* What a button of a row's own form does besides saving all of it. */
struct row_edit {
    int remove_line; /* of option C: the line of the form, whatever is typed in it; 0 = none */
};

/* Saves the row's own form (fields_read_row; D-26). What is still missing, check_row tells. Makes a
 * row of option A absolute. ERR_ABSENT when there is no such row, or it takes no price of its own.
 */
MUST_CHECK enum err action_row_save(const struct act *act, const char *id, const char *rev, int row,
                                    const struct answers *answers, const struct row_edit *edit,
                                    struct problems *problems);

/* Everything that keeps the draft from being submitted now (LAW 9.1); for the review page. Reads
 * only. */
MUST_CHECK enum err review_isv(const struct act *act, const struct offer *offer,
                               struct problems *problems);

MUST_CHECK enum err action_offer_submit(const struct act *act, const char *id, const char *rev,
                                        struct problems *problems);
MUST_CHECK enum err action_offer_withdraw(const struct act *act, const char *id, const char *rev);
MUST_CHECK enum err action_offer_delete(const struct act *act, const char *id, const char *rev);

#endif
