/*
 * smtp.h: hands one mail to a mail server. The only door to libcurl.
 *
 * Not here: which mail, when again (jobs/post).
 */
#ifndef JOBS_SMTP_H
#define JOBS_SMTP_H

#include "base/limits.h"

enum smtp_security {
    SMTP_STARTTLS, /* the server must offer it */
    SMTP_TLS,      /* from the first byte on */
    SMTP_PLAIN,
};

/* Borrowed by smtp_open's result until smtp_close. Texts that are not used are "". */
struct smtp_server {
    const char *host; /* host[:port] */
    enum smtp_security security;
    const char *ca_file; /* certificates to trust instead of the system's */
    const char *user;
    const char *password;
};

/* What the server said last, as one line of printable ASCII; or what was wrong before that. */
struct smtp_answer {
    char text[LIMIT_MAIL_ERROR + 1];
    bool unreachable; /* nothing was said to anybody: others will fare the same */
};

struct smtp;

/* Starts and ends the library: before any thread, and after all. ERR_BROKEN when it cannot. */
MUST_CHECK enum err smtp_library_start(void);

/* Owns; for one thread, which keeps its connection from one mail to the next. */
MUST_CHECK enum err smtp_open(const struct smtp_server *server, struct smtp **smtp);
void smtp_close(struct smtp *smtp);

/* OK only once the server has taken the mail: its answer to the end of the data was 2xx. ERR_BUSY
 * with the answer otherwise; then the server may have taken it all the same if the connection ended
 * between its answer and us. Waits at most SMTP_SECONDS. */
#define SMTP_SECONDS 60
MUST_CHECK enum err smtp_send(struct smtp *smtp, const char *from, const char *to,
                              const char *bytes, size_t size, struct smtp_answer *answer);

#endif
