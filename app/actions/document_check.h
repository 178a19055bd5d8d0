/*
 * document_check.h: may these bytes be a terms document (LAW 4.3)? Judged in a process of its own
 * that may use little time and memory: files come from strangers, and made by them.
 *
 * Takes up to seconds: never inside a transaction.
 */
#ifndef ACTIONS_DOCUMENT_CHECK_H
#define ACTIONS_DOCUMENT_CHECK_H

#include "actions/pdf_judge.h"

/* Why the file is not taken, as people are told; NULL when it is fine. ERR_BUSY when it could not
 * be judged now. */
MUST_CHECK enum err document_check(const void *bytes, size_t size, const char **refusal);

/* The words of a verdict; NULL of PDF_HARMLESS. */
const char *document_refusal(enum pdf_verdict verdict);

#endif
