/*
 * documents.h: a file that somebody sent, as a terms document of an offer (LAW 4.3).
 *
 * Receiving it takes time and no transaction; adding, replacing and removing is part of saving the
 * form it came with (actions/isv, actions/partner).
 */
#ifndef ACTIONS_DOCUMENTS_H
#define ACTIONS_DOCUMENTS_H

#include "actions/act.h"

/* A file that was looked at. */
struct document_file {
    const void *bytes;
    int64_t size;
    const char *file_name; /* as its sender calls it */
    const char *sha256;
    const char *refusal; /* why it can be no terms document; NULL when it can */
};

/* Looks at it; borrows the bytes until it is stored. ERR_BUSY when it cannot be judged now. */
MUST_CHECK enum err document_receive(struct arena *arena, const void *bytes, int64_t size,
                                     const char *file_name, struct document_file *file);

/* What a form asks for beside its fields. */
struct document_edit {
    bool add;                         /* the button was Add: without a file there is a problem */
    const char *replace;              /* the id of the document to replace; NULL = none */
    const char *remove;               /* the id of the document to remove; NULL = none */
    const char *name;                 /* as typed for a document to add */
    const struct document_file *file; /* NULL = none was sent */
};

/* Makes the change in the offer in memory, or says what is wrong at ANSWER_DOCUMENT and
 * ANSWER_DOCUMENT_NAME. A file that came with any button is added. ERR_ABSENT when the side has no
 * document of that id. */
MUST_CHECK enum err documents_edit(const struct act *act, enum party side,
                                   const struct document_edit *edit, struct offer *offer,
                                   struct problems *problems);

/* Stores what differs between both; file holds the bytes of what is new. */
MUST_CHECK enum err documents_keep(const struct act *act, const struct offer *before,
                                   const struct offer *after, const struct document_file *file);

#endif
