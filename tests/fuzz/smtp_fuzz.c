/*
 * smtp_fuzz.c: any bytes as what a mail server says (jobs/smtp, and libcurl below it): a piece
 * after each line it hears, up to a NUL. A mail counts as taken only after a 2xx answer; any other
 * answer is kept as one bounded line of printable ASCII.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "jobs/smtp.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char mail[] = "Subject: a deadline\r\n\r\nIt is tomorrow.\r\n.\r\nIt is.\r\n";

static struct {
    int listener;
    char host[64];
    const uint8_t *script;
    size_t left;
} server;

enum said { SAID_ALL, SAID_PART, SAID_REPLY };

/* Says the next piece; only after the last line of a reply there is something to be heard. */
static enum said
say(int connection)
{
    const uint8_t *end = memchr(server.script, 0, server.left);
    size_t length = end == NULL ? server.left : (size_t)(end - server.script);
    const uint8_t *last = server.script + length;
    bool whole;

    if (server.left == 0 || send(connection, server.script, length, MSG_NOSIGNAL) < 0)
        return SAID_ALL;
    while (last > server.script && (last[-1] != '\n' || last == server.script + length))
        last--;
    whole = length > 0 && server.script[length - 1] == '\n' &&
            (server.script + length - last < 4 || last[3] != '-');
    if (end != NULL)
        length++;
    server.script += length;
    server.left -= length;
    return whole ? SAID_REPLY : SAID_PART;
}

/* One conversation: speaks first, then whenever something was heard, or was not for a while: the
 * other one may be waiting for the rest of a reply. */
static void *
serve(void *nothing)
{
    const struct timeval patience = {.tv_usec = 2000};
    char heard[4096];
    int connection = accept4(server.listener, NULL, NULL, SOCK_CLOEXEC);
    enum said said;

    if (connection < 0)
        return nothing;
    (void)setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
    (void)setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    do {
        said = say(connection);
        if (said == SAID_REPLY && recv(connection, heard, sizeof heard, 0) == 0)
            said = SAID_ALL;
    } while (said != SAID_ALL);
    close(connection);
    return nothing;
}

static void
start(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;

    (void)signal(SIGPIPE, SIG_IGN);
    assert(smtp_library_start() == OK);
    server.listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert(bind(server.listener, (struct sockaddr *)&address, length) == 0);
    assert(listen(server.listener, 4) == 0);
    assert(getsockname(server.listener, (struct sockaddr *)&address, &length) == 0);
    snprintf(server.host, sizeof server.host, "127.0.0.1:%d", ntohs(address.sin_port));
}

static bool
says_yes(const uint8_t *data, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (data[i] == '2' && (i == 0 || data[i - 1] == '\n' || data[i - 1] == 0))
            return true;
    }
    return false;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct smtp_answer answer = {.text = ""};
    struct smtp *smtp = NULL;
    pthread_t thread;

    if (server.host[0] == '\0')
        start();
    if (size == 0)
        return 0;
    const struct smtp_server where = {.host = server.host,
                                      .security = data[0] % 2 == 0 ? SMTP_PLAIN : SMTP_STARTTLS,
                                      .ca_file = "",
                                      .user = "",
                                      .password = ""};
    server.script = data + 1;
    server.left = size - 1;
    assert(smtp_open(&where, &smtp) == OK);
    assert(pthread_create(&thread, NULL, serve, NULL) == 0);
    enum err outcome = smtp_send(smtp, "offers@market.example", "who@customer.example", mail,
                                 sizeof mail - 1, &answer);
    smtp_close(smtp);
    assert(pthread_join(thread, NULL) == 0);
    if (outcome == OK) {
        assert(where.security == SMTP_PLAIN && says_yes(data + 1, size - 1));
    } else {
        assert(outcome == ERR_BUSY && answer.text[0] != '\0');
        assert(strlen(answer.text) <= LIMIT_MAIL_ERROR);
        for (const char *at = answer.text; *at != '\0'; at++)
            assert(*at >= ' ' && *at <= '~');
    }
    return 0;
}
