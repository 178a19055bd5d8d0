/*
 * maildir.h: a folder of mails as many programs read it: tmp/, new/ and cur/.
 */
#ifndef JOBS_MAILDIR_H
#define JOBS_MAILDIR_H

#include "base/base.h"

/* Writes the mail into new/ of the folder, which is made when it is not there. It is there whole or
 * not at all, and stays through a power failure once this answers OK. The same name again replaces
 * it. ERR_BUSY when it cannot be written; errno says why. */
MUST_CHECK enum err maildir_put(const char *folder, const char *name, const char *bytes,
                                size_t size);

#endif
