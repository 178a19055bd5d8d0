/*
 * documents_form.h: what a setup form says of its terms documents, whosever they are (LAW 4.3).
 *
 * Not here: changing them (actions/documents), how they look (pages/documents_view).
 */
#ifndef PAGES_DOCUMENTS_FORM_H
#define PAGES_DOCUMENTS_FORM_H

#include "actions/documents.h"
#include "pages/exchange.h"

/* Of the routes: looks at the file that a setup form brings. */
enum err documents_prepare(struct exchange *x);

/* What the form asks for: its button, its file, the name typed for it. */
struct document_edit documents_asked(const struct exchange *x);

/* The word for the flash when the button was about a document, else NULL. */
const char *documents_done(const struct exchange *x);

/* It was saved: what the form shows next is not about the file. */
void documents_forget(struct exchange *x);

/* The form comes back, which its file cannot: says so, unless the file was refused. */
void documents_say_lost(struct exchange *x);

#endif
