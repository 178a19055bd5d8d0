/*
 * smtp.c: libcurl, told to speak SMTP and nothing else.
 *
 * Invariants: a server's certificate and name are always verified; a password never travels in the
 * clear (base/config refuses it, and so does this); nothing is read from files or the environment
 * but what was configured.
 */
#include "jobs/smtp.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define URL_BYTES 320
#define CONNECT_SECONDS 10L

struct smtp {
    CURL *curl;
    char error[CURL_ERROR_SIZE];
    char reply[LIMIT_MAIL_ERROR + 1]; /* the server's last refusal */
};

/* The mail as it is read off. */
struct outgoing {
    const char *bytes;
    size_t left;
};

enum err
smtp_library_start(void)
{
    return curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK ? OK : ERR_BROKEN;
}

/* What can be shown: one line of ASCII. */
static void
copy_printable(char *to, const char *from, size_t size)
{
    size_t length = 0;

    for (; size > 0 && *from != '\0' && length < LIMIT_MAIL_ERROR; from++, size--) {
        if (*from >= ' ' && *from <= '~')
            to[length++] = *from;
        else if (*from != '\r' && *from != '\n')
            to[length++] = '?';
    }
    to[length] = '\0';
}

static size_t
read_mail(char *to, size_t size, size_t count, void *context)
{
    struct outgoing *outgoing = context;
    size_t taken = size * count < outgoing->left ? size * count : outgoing->left;

    memcpy(to, outgoing->bytes, taken);
    outgoing->bytes += taken;
    outgoing->left -= taken;
    return taken;
}

/* The server's lines come as headers; kept is the last that refused something. */
static size_t
hear(char *line, size_t size, size_t count, void *context)
{
    struct smtp *smtp = context;

    if (size * count > 0 && (*line == '4' || *line == '5'))
        copy_printable(smtp->reply, line, size * count);
    return size * count;
}

/* Everything that is the same for every mail. */
static CURLcode
prepare(struct smtp *smtp, const struct smtp_server *server)
{
    CURL *curl = smtp->curl;
    char url[URL_BYTES];
    CURLcode failed = CURLE_OK;

    snprintf(url, sizeof url, "%s://%s/", server->security == SMTP_TLS ? "smtps" : "smtp",
             server->host);
#define SET(option, value)                                  \
    do {                                                    \
        if (failed == CURLE_OK)                             \
            failed = curl_easy_setopt(curl, option, value); \
    } while (0)
    SET(CURLOPT_URL, url);
    SET(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    SET(CURLOPT_PROXY, "");
    SET(CURLOPT_NOSIGNAL, 1L);
    SET(CURLOPT_CONNECTTIMEOUT, CONNECT_SECONDS);
    SET(CURLOPT_TIMEOUT, (long)SMTP_SECONDS);
    SET(CURLOPT_UPLOAD, 1L);
    SET(CURLOPT_READFUNCTION, read_mail);
    SET(CURLOPT_HEADERFUNCTION, hear);
    SET(CURLOPT_HEADERDATA, smtp);
    SET(CURLOPT_ERRORBUFFER, smtp->error);
    SET(CURLOPT_USE_SSL,
        server->security == SMTP_STARTTLS ? (long)CURLUSESSL_ALL : (long)CURLUSESSL_NONE);
    SET(CURLOPT_SSL_VERIFYPEER, 1L);
    SET(CURLOPT_SSL_VERIFYHOST, 2L);
    SET(CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    if (*server->ca_file != '\0')
        SET(CURLOPT_CAINFO, server->ca_file);
    if (*server->user != '\0' && server->security != SMTP_PLAIN) {
        SET(CURLOPT_USERNAME, server->user);
        SET(CURLOPT_PASSWORD, server->password);
    }
#undef SET
    return failed;
}

enum err
smtp_open(const struct smtp_server *server, struct smtp **result)
{
    struct smtp *smtp = calloc(1, sizeof *smtp);

    if (smtp == NULL)
        return ERR_BROKEN;
    smtp->curl = curl_easy_init();
    if (smtp->curl == NULL || prepare(smtp, server) != CURLE_OK) {
        smtp_close(smtp);
        return ERR_BROKEN;
    }
    *result = smtp;
    return OK;
}

void
smtp_close(struct smtp *smtp)
{
    curl_easy_cleanup(smtp->curl);
    free(smtp);
}

/* Failures of the way there, not of this mail. */
static bool
is_unreachable(CURLcode failed)
{
    return failed == CURLE_COULDNT_RESOLVE_HOST || failed == CURLE_COULDNT_CONNECT ||
           failed == CURLE_OPERATION_TIMEDOUT || failed == CURLE_LOGIN_DENIED ||
           failed == CURLE_USE_SSL_FAILED || failed == CURLE_SSL_CONNECT_ERROR ||
           failed == CURLE_PEER_FAILED_VERIFICATION;
}

enum err
smtp_send(struct smtp *smtp, const char *from, const char *to, const char *bytes, size_t size,
          struct smtp_answer *answer)
{
    struct outgoing outgoing = {bytes, size};
    struct curl_slist *recipients = curl_slist_append(NULL, to);
    char text[CURL_ERROR_SIZE + LIMIT_MAIL_ERROR + 4];
    CURLcode failed = recipients == NULL ? CURLE_OUT_OF_MEMORY : CURLE_OK;

    smtp->error[0] = '\0';
    smtp->reply[0] = '\0';
    if (failed == CURLE_OK)
        failed = curl_easy_setopt(smtp->curl, CURLOPT_MAIL_FROM, from);
    if (failed == CURLE_OK)
        failed = curl_easy_setopt(smtp->curl, CURLOPT_MAIL_RCPT, recipients);
    if (failed == CURLE_OK)
        failed = curl_easy_setopt(smtp->curl, CURLOPT_READDATA, &outgoing);
    if (failed == CURLE_OK)
        failed = curl_easy_perform(smtp->curl);
    (void)curl_easy_setopt(smtp->curl, CURLOPT_MAIL_RCPT, NULL);
    curl_slist_free_all(recipients);
    if (failed == CURLE_OK)
        return OK;
    snprintf(text, sizeof text, "%s%s%s",
             smtp->error[0] != '\0' ? smtp->error : curl_easy_strerror(failed),
             smtp->reply[0] != '\0' ? ": " : "", smtp->reply);
    copy_printable(answer->text, text, sizeof text);
    answer->unreachable = is_unreachable(failed);
    return ERR_BUSY;
}
