/*
 * pdf_judge.h: is it a PDF that shows pages and does nothing else? The only file pair that knows
 * qpdf.
 *
 * Not here: bounds of time and memory (actions/document_check), which are the caller's: what is
 * judged may be made to exhaust whoever opens it.
 */
#ifndef ACTIONS_PDF_JUDGE_H
#define ACTIONS_PDF_JUDGE_H

#include "base/base.h"

enum pdf_verdict {
    PDF_HARMLESS,
    PDF_NONE,      /* something else, whatever its name says */
    PDF_DAMAGED,   /* cut short, or not as its own table says */
    PDF_ENCRYPTED, /* with any password, also an empty one */
    PDF_EMPTY,     /* without a page */
    PDF_SCRIPT,
    PDF_LAUNCH,
    PDF_FILES,   /* other files inside */
    PDF_OUTSIDE, /* opens or takes in a file from elsewhere, which tells who reads it */
    PDF_SENDING, /* a form that sends or fetches what was typed */
    PDF_MEDIA,   /* films, sounds and models, which players run */
    PDF_XFA,     /* a form that is a program */
    PDF_COMPLEX, /* more than is worth looking at */
    PDF_VERDICT_COUNT
};

enum pdf_verdict pdf_judge(const void *bytes, size_t size);

#endif
