/*
 * mail_view.h: a mail of the outbox as its two bodies, by the templates of templates/mail.
 */
#ifndef PAGES_MAIL_VIEW_H
#define PAGES_MAIL_VIEW_H

#include "store/outbox.h"

/* Keeps both. public_address is what links begin with (LAW D-34). ERR_BROKEN as render. */
MUST_CHECK enum err mail_bodies(struct arena *arena, const char *public_address,
                                const struct mail *mail, const char **text, const char **html);

#endif
