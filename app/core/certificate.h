/*
 * certificate.h: the form that files a resale certificate (LAW 2.1).
 *
 * Pure. Not here: what a certificate is good for (core/party).
 */
#ifndef CORE_CERTIFICATE_H
#define CORE_CERTIFICATE_H

#include "core/fields.h"

/* Where a submit tells that there is none that counts, when that blocks it (LAW D-11). */
#define AT_CERTIFICATE "certificate"

/* The form's names. */
#define ANSWER_STATES "states"
#define ANSWER_EXPIRES "expires_on"

/* Reads a certificate filed today, but for its id: states are two-letter codes of the United States
 * in any case, between commas or white space, each kept once; it expires after today. What is not
 * so is a problem at its name. Keeps. */
void certificate_read(const struct answers *answers, struct day today, struct problems *problems,
                      struct certificate *certificate);

/* Is it the code of a state, in capital letters? */
bool certificate_state_known(const char *code);

#endif
