/*
 * commands_serve.c: `tripact serve`: the working process, put together and taken apart.
 *
 * Not here: the parent (web/supervisor), the threads (web/fcgi), a request (pages/serve).
 * Invariants: the parent opens nothing that can break; the child loads the configuration itself,
 * says it is ready only when everything is there, and closes things in the opposite order.
 */
#include "commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/log.h"
#include "base/text.h"
#include "base/world.h"
#include "jobs/clock.h"
#include "jobs/post.h"
#include "main.h"
#include "pages/mail_view.h"
#include "pages/serve.h"
#include "store/outbox.h"
#include "web/fcgi.h"
#include "web/metrics.h"
#include "web/render.h"
#include "web/supervisor.h"

#define START_S 30
#define WRITABLE_LOOK_S 1
#define STOP_MARGIN_S 15 /* for what comes after draining */
#define PASSWORD_LINE 512
#define THREADS_MIN 4
#define THREADS_PER_CORE 2
#define CORES_PER_HASH 2

/* What the supervisor hands to each child: the configuration of the day the parent was started. The
 * listener and the parent's patience with a stopping child stay as it says. */
struct serving {
    const struct config *first;
};

/* What the working process owns; what is NULL has not been opened. */
struct working {
    struct service service;
    struct fcgi_threads threads;
    struct postman postman;
    struct post *post;
    struct jobs *jobs;
    struct metrics_more more;
    struct metrics *metrics;
    struct fcgi *fcgi;
    bool writable; /* the store's file could be written when it was opened */
};

static void *
thread_open(void *context, unsigned number)
{
    (void)number;
    return worker_open(context);
}

static void
thread_close(void *worker)
{
    worker_close(worker);
}

static void
thread_answer(void *worker, const struct source *source, struct reply *reply, bool at_leisure)
{
    serve(worker, source, reply, at_leisure);
}

static bool
thread_leaves(void *context, const struct source *source)
{
    struct worker *worker = context;

    return request_is_slow(source, worker->arena);
}

/* As many as were asked for, else by the cores, but at least so many. */
static unsigned
thread_count(int64_t asked, long by_cores, unsigned least)
{
    if (asked > 0)
        return (unsigned)asked;
    return by_cores < (long)least ? least : (unsigned)by_cores;
}

static struct fcgi_threads
threads_of(const struct config *config)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);

    return (struct fcgi_threads){
        .quick = thread_count(config_integer(config, CONFIG_WORKERS), cores * THREADS_PER_CORE,
                              THREADS_MIN),
        .slow = thread_count(config_integer(config, CONFIG_HASH_SLOTS), cores / CORES_PER_HASH, 1),
        .patience_s = LIMIT_SLOW_WAIT_S,
    };
}

/* As the file is today. */
static enum err
load_config(const struct serving *serving, struct arena *arena, const struct config **config)
{
    const char *complaint = NULL;
    enum err outcome = config_load_again(arena, serving->first, config, &complaint);

    if (outcome != OK)
        (void)command_fail("%s", complaint);
    return outcome;
}

static enum err
compose(void *context, struct arena *arena, const struct mail *mail, const char **text,
        const char **html)
{
    const struct service *service = context;

    return mail_bodies(arena, service->public_address, mail, text, html);
}

static enum smtp_security
security_of(const struct config *config)
{
    const char *choice = config_text(config, CONFIG_SMTP_SECURITY);

    if (text_equal(choice, "none"))
        return SMTP_PLAIN;
    return text_equal(choice, "tls") ? SMTP_TLS : SMTP_STARTTLS;
}

/* The first line of the file. Keeps. */
static enum err
read_password(struct arena *arena, const char *file, const char **password)
{
    char line[PASSWORD_LINE + 1];
    FILE *stream = fopen(file, "re");
    bool read = stream != NULL && fgets(line, sizeof line, stream) != NULL;

    if (stream != NULL)
        fclose(stream);
    if (!read) {
        (void)command_fail("smtp_password_file can't be read: %s", file);
        return ERR_BROKEN;
    }
    *password = arena_copy(arena, line, strcspn(line, "\r\n"));
    explicit_bzero(line, sizeof line);
    return OK;
}

/* How mails leave, as it was configured. */
static enum err
postman_of(struct working *working, struct arena *arena)
{
    const struct config *config = working->service.config;
    struct postman *postman = &working->postman;

    *postman = (struct postman){
        .server = {.host = config_text(config, CONFIG_SMTP_SERVER),
                   .security = security_of(config),
                   .ca_file = config_text(config, CONFIG_SMTP_CA_FILE),
                   .user = config_text(config, CONFIG_SMTP_USER),
                   .password = ""},
        .folder = config_text(config, CONFIG_MAIL_FOLDER),
        .from = config_text(config, CONFIG_MAIL_FROM),
        .from_name = "Tripact",
        .retry_s = config_integer(config, CONFIG_MAIL_RETRY_S),
        .compose = compose,
        .context = &working->service,
    };
    if (*postman->server.user == '\0')
        return OK;
    if (postman->server.security == SMTP_PLAIN) {
        (void)command_fail("smtp_user needs smtp_security = starttls or tls: a password is not "
                           "sent in the clear");
        return ERR_INVALID;
    }
    return read_password(arena, config_text(config, CONFIG_SMTP_PASSWORD_FILE),
                         &postman->server.password);
}

/* Asked for so seldom that a connection of its own for each time is cheaper than one that waits. */
static enum err
count_mails(struct store *store, int64_t *waiting, int64_t *given_up)
{
    struct db *db = NULL;
    enum err outcome;

    TRY(store_reader(store, &db));
    outcome = read_begin(db);
    if (outcome == OK) {
        outcome = outbox_count(db, MAIL_WAITING, waiting);
        if (outcome == OK)
            outcome = outbox_count(db, MAIL_FAILED, given_up);
        read_end(db);
    }
    db_close(db);
    return outcome;
}

static void
put_store_figures(void *context, struct buffer *out)
{
    struct store *store = context;
    int64_t waiting = 0;
    int64_t given_up = 0;
    enum err outcome = count_mails(store, &waiting, &given_up);

    metrics_gauge(out, "tripact_store_up", "1 when the store could be read.", outcome == OK);
    metrics_gauge(out, "tripact_writes_waiting", "Threads that wait for their turn to write.",
                  store_waiting(store));
    if (outcome != OK)
        return;
    metrics_gauge(out, "tripact_mails_waiting", "Mails not yet sent, exact up to 1000.", waiting);
    metrics_gauge(out, "tripact_mails_failed", "Mails given up, exact up to 1000.", given_up);
}

/* Templates and libraries before any thread; the store before whoever reads it. */
static enum err
working_open(struct working *working, const struct serving *serving, struct arena *arena,
             int listener)
{
    struct service *service = &working->service;
    const struct fcgi_hooks hooks = {service, thread_open, thread_close, thread_answer,
                                     thread_leaves};
    const struct config *config;

    TRY(load_config(serving, arena, &config));
    service->config = config;
    service->world = &world_real;
    service->public_address = config_text(config, CONFIG_PUBLIC_ADDRESS);
    service->secure_cookies = text_starts(service->public_address, "https://");
    working->writable = access(config_text(config, CONFIG_DATABASE), W_OK) == 0;
    TRY(command_store(config, &service->store));
    TRY(command_hasher(config, &service->hasher));
    TRY(render_start(config_text(config, CONFIG_TEMPLATES)));
    TRY(postman_of(working, arena));
    TRY(smtp_library_start());
    TRY(jobs_start(service->store, service->world, &working->jobs));
    TRY(post_start(service->store, service->world, &working->postman, &working->post));
    working->more = (struct metrics_more){service->store, put_store_figures};
    TRY(metrics_start(config_text(config, CONFIG_METRICS_SOCKET), &working->more,
                      &working->metrics));
    working->threads = threads_of(config);
    return fcgi_start(listener, working->threads, &hooks, &working->fcgi);
}

static void
working_close(struct working *working, int drain_s)
{
    metrics_stop(working->metrics);
    if (working->post != NULL) /* a mail at hand ends while requests do */
        post_ask_to_stop(working->post);
    if (working->fcgi != NULL)
        fcgi_stop(working->fcgi, drain_s);
    if (working->post != NULL)
        post_stop(working->post);
    if (working->jobs != NULL)
        jobs_stop(working->jobs);
    if (working->service.hasher != NULL)
        hasher_close(working->service.hasher);
    if (working->service.store != NULL)
        store_close(working->service.store);
}

/* A store that was read-only when it was opened stays so for the engine. It is served all the same,
 * for reading; when it can be written again, another process opens it anew. */
static void
wait_to_stop(const struct working *working)
{
    const char *database = config_text(working->service.config, CONFIG_DATABASE);
    bool writable = working->writable;
    bool told = false;

    while (!told && !writable) {
        told = supervisor_told(WRITABLE_LOOK_S);
        writable = access(database, W_OK) == 0;
        if (!told && writable) {
            log_line("store_writable", "file=\"%s\"", database);
            supervisor_replace();
        }
    }
    if (!told)
        supervisor_wait();
}

static int
work(void *context, int listener, int ready)
{
    const struct serving *serving = context;
    struct arena *arena = arena_open(CONFIG_ARENA_BYTES);
    struct working working = {0};
    enum err outcome = working_open(&working, serving, arena, listener);

    if (outcome == OK) {
        log_line("serving", "threads=%u hashing=%u", working.threads.quick, working.threads.slow);
        supervisor_ready(ready);
        wait_to_stop(&working);
    } else {
        log_line("start_failed", "outcome=%d", outcome);
    }
    working_close(&working, (int)config_integer(serving->first, CONFIG_DRAIN_S));
    arena_close(arena);
    return outcome == OK ? EXIT_SUCCESS : EXIT_FAILURE;
}

int
command_serve(const struct config *config, int argc, char **argv)
{
    struct serving serving = {config};
    const struct supervisor plan = {
        .socket = config_text(config, CONFIG_SOCKET),
        .socket_group = config_text(config, CONFIG_SOCKET_GROUP),
        .backlog = (int)config_integer(config, CONFIG_BACKLOG),
        .start_s = START_S,
        .stop_s = (int)config_integer(config, CONFIG_DRAIN_S) + STOP_MARGIN_S,
        .context = &serving,
        .child = work,
    };

    (void)argv;
    assert(argc == 0); /* main.c takes no words for this command */
    return supervise(&plan);
}
