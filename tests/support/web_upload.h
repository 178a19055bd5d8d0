/*
 * web_upload.h: forms with a file, as browsers send them, and documents that are there already.
 */
#ifndef SUPPORT_WEB_UPLOAD_H
#define SUPPORT_WEB_UPLOAD_H

#include "support/pdf.h"
#include "support/web_market.h"

/* A file somebody chose; NULL for the field left alone. */
struct web_file {
    const char *name;
    struct pdf content;
};

/* Posts the form as multipart/form-data with the file in the field "document". */
struct web_answer web_post_file(struct web_market *market, enum web_person person, const char *path,
                                const struct web_form *form, const struct web_file *file);

/* Posts the form with its own file. */
struct web_answer web_post_text(struct web_market *market, enum web_person person, const char *path,
                                const struct web_form *form);

/* Posts the ISV's setup form of the offer with nothing but that button, a document's name and the
 * file: name and file may be NULL. */
struct web_answer web_setup_file(struct web_market *market, const char *offer, const char *button,
                                 const char *name, const struct web_file *file);
/* The same of the selling partner's form. */
struct web_answer web_partner_file(struct web_market *market, const char *offer, const char *button,
                                   const char *name, const struct web_file *file);

/* The id of the offer's first document of that side; one is stored when there is none, whatever the
 * offer's state. */
const char *web_document(struct web_market *market, enum party side, const char *offer);

#endif
