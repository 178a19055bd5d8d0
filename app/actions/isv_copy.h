/*
 * isv_copy.h: a new draft from an offer of the ISV's, as a clone or an upgrade (LAW 6.4).
 */
#ifndef ACTIONS_ISV_COPY_H
#define ACTIONS_ISV_COPY_H

#include "actions/act.h"
#include "core/copy.h"

/* Makes the draft under the name that was typed at `at`; *copy_id is its id. Keeps. The offer stays
 * as it is. ERR_ABSENT, ERR_DENIED, ERR_CLOSED, ERR_STALE when it is no longer what rev says, or
 * ERR_INVALID with a problem at `at`. */
MUST_CHECK enum err action_offer_copy(const struct act *act, const char *id, const char *rev,
                                      enum offer_copy copy, const char *at, const char *typed,
                                      struct problems *problems, const char **copy_id);

/* The typed name of a new draft under its field's rules, required; "" and a problem at `at` when it
 * is none. Keeps. */
const char *copy_name_read(const char *at, const char *typed, struct problems *problems);

#endif
