/*
 * supervisor.c: the listening socket and the life of the working processes, as one poll() loop.
 *
 * Signals arrive through a signalfd, readiness through a pipe per child, so nothing happens inside
 * a signal handler. What a child does is not known here.
 *
 * Invariant: at most one child is starting and at most one is serving; any number up to
 * CHILDREN_MAX may be leaving.
 * Invariant: the listener stays open from the first fork to the end: requests that arrive while no
 * child lives wait in its queue.
 */
#include "web/supervisor.h"

#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define CHILDREN_MAX 8
#define PAUSE_FIRST_MS 50
#define PAUSE_LAST_MS 2000
#define PAUSE_SERVED_MS 200 /* at most after one that had served: people wait */
#define STEADY_MS 5000 /* a child that served so long resets the pauses */
#define NEVER INT64_MAX

enum child_state { CHILD_NONE, CHILD_STARTING, CHILD_SERVING, CHILD_LEAVING };

struct child {
    enum child_state state;
    pid_t pid;
    int ready;           /* the pipe's reading end while starting, else -1 */
    int64_t since_ms;    /* when it entered this state */
    int64_t deadline_ms; /* when it is killed; NEVER while serving */
};

struct parent {
    const struct supervisor *plan;
    int listener;
    int signals;
    struct child children[CHILDREN_MAX];
    bool served;        /* some child was ready once */
    bool stopping;      /* asked to stop, or the first start failed */
    bool reload_wanted; /* SIGHUP arrived while a child was starting */
    int status;         /* what supervise() will answer */
    unsigned failures;  /* deaths in a row */
    int64_t restart_ms; /* when to start the next child; NEVER when none is due */
};

static int64_t
now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* --- the socket ------------------------------------------------------------------------------ */

static int
complain(const char *what, const char *path, const char *why)
{
    fprintf(stderr, "tripact: %s %s: %s\n", what, path, why);
    return -1;
}

/* A socket file whose server is gone is in the way; one that is answered belongs to somebody. */
static int
clear_stale(const char *path, const struct sockaddr_un *address)
{
    struct stat found;

    if (lstat(path, &found) != 0)
        return errno == ENOENT ? 0 : complain("cannot look at", path, strerror(errno));
    if (!S_ISSOCK(found.st_mode))
        return complain("cannot listen on", path, "a file of that name is there, not a socket");

    int probe = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (probe < 0)
        return complain("cannot make a socket for", path, strerror(errno));
    int refused = connect(probe, (const struct sockaddr *)address, sizeof(*address)) != 0 &&
                  errno == ECONNREFUSED;
    close(probe);
    if (!refused)
        return complain("cannot listen on", path, "another server answers there");
    if (unlink(path) != 0)
        return complain("cannot remove the stale", path, strerror(errno));
    return 0;
}

static int
give_to_group(const char *path, const char *name)
{
    if (name[0] == '\0')
        return 0;

    const struct group *group = getgrnam(name);
    if (group == NULL)
        return complain("no such group for the socket:", name, "see socket_group");
    if (chown(path, (uid_t)-1, group->gr_gid) != 0)
        return complain("cannot give the socket to group", name, strerror(errno));
    return 0;
}

/* The listener, or -1 after a line on standard error. */
static int
listener_open(const struct supervisor *plan)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    size_t length = strlen(plan->socket);

    if (length == 0 || length >= sizeof(address.sun_path))
        return complain("cannot listen on", plan->socket, "the path must have 1 to 107 bytes");
    memcpy(address.sun_path, plan->socket, length + 1);
    if (clear_stale(plan->socket, &address) != 0)
        return -1;

    int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (listener < 0)
        return complain("cannot make a socket for", plan->socket, strerror(errno));

    /* Never open to others, not even between bind and chmod: nginx is the only way in. */
    mode_t before = umask(0117);
    int bound = bind(listener, (const struct sockaddr *)&address, sizeof(address));
    umask(before);
    if (bound != 0) {
        complain("cannot listen on", plan->socket, strerror(errno));
        close(listener);
        return -1;
    }
    if (give_to_group(plan->socket, plan->socket_group) == 0) {
        if (listen(listener, plan->backlog) == 0)
            return listener;
        complain("cannot listen on", plan->socket, strerror(errno));
    }
    unlink(plan->socket);
    close(listener);
    return -1;
}

/* --- one child ------------------------------------------------------------------------------- */

static struct child *
child_in(struct parent *parent, enum child_state state)
{
    for (size_t i = 0; i < CHILDREN_MAX; i++)
        if (parent->children[i].state == state)
            return &parent->children[i];
    return NULL;
}

static struct child *
child_of(struct parent *parent, pid_t pid)
{
    for (size_t i = 0; i < CHILDREN_MAX; i++)
        if (parent->children[i].state != CHILD_NONE && parent->children[i].pid == pid)
            return &parent->children[i];
    return NULL;
}

/* The other side of fork(): never returns. */
static void
child_run(const struct parent *parent, pid_t parent_pid, int ready)
{
    sigset_t open;

    /* If the parent is killed, its child must not serve on as an orphan. */
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent_pid)
        _exit(EXIT_FAILURE);

    close(parent->signals);
    for (size_t i = 0; i < CHILDREN_MAX; i++)
        if (parent->children[i].ready >= 0)
            close(parent->children[i].ready);

    /* Ctrl-C reaches the whole group, but stopping is the parent's to say. */
    signal(SIGINT, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
    sigemptyset(&open);
    sigaddset(&open, SIGINT);
    sigaddset(&open, SIGHUP);
    sigaddset(&open, SIGCHLD);
    sigprocmask(SIG_UNBLOCK, &open, NULL);

    exit(parent->plan->child(parent->plan->context, parent->listener, ready));
}

static void restart_later(struct parent *parent, int64_t pause_most);

static void
child_start(struct parent *parent)
{
    struct child *child = child_in(parent, CHILD_NONE);
    pid_t self = getpid();
    int ready[2] = {-1, -1};
    pid_t pid = -1;

    parent->restart_ms = NEVER;
    if (child == NULL) {
        log_line("reload_refused", "why=too_many_children");
        return;
    }
    if (pipe2(ready, O_CLOEXEC) == 0)
        pid = fork();
    if (pid == 0) {
        close(ready[0]);
        child_run(parent, self, ready[1]);
    }
    if (ready[1] >= 0)
        close(ready[1]);
    if (pid < 0) {
        log_line("fork_failed", "errno=%d", errno);
        if (ready[0] >= 0)
            close(ready[0]);
        restart_later(parent, PAUSE_LAST_MS);
        return;
    }

    int64_t now = now_ms();
    *child = (struct child){CHILD_STARTING, pid, ready[0], now,
                            now + (int64_t)parent->plan->start_s * 1000};
    log_line("child_started", "pid=%d", (int)pid);
}

static void
child_leave(struct parent *parent, struct child *child)
{
    kill(child->pid, SIGTERM);
    child->state = CHILD_LEAVING;
    child->since_ms = now_ms();
    child->deadline_ms = child->since_ms + (int64_t)parent->plan->stop_s * 1000;
}

/* The ready pipe of a starting child became readable: a byte, or its end. */
static void
child_heard(struct parent *parent, struct child *child)
{
    char byte;
    ssize_t got = read(child->ready, &byte, 1);

    close(child->ready);
    child->ready = -1;
    /* The end without a byte: it is dying, SIGCHLD tells the rest. One that closes the pipe and
     * lives is killed at its deadline. */
    if (got != 1 || child->state != CHILD_STARTING)
        return;

    struct child *old = child_in(parent, CHILD_SERVING);
    child->state = CHILD_SERVING;
    child->since_ms = now_ms();
    child->deadline_ms = NEVER;
    parent->served = true;
    log_line("child_ready", "pid=%d", (int)child->pid);
    if (old != NULL)
        child_leave(parent, old);
    if (parent->reload_wanted) {
        parent->reload_wanted = false;
        child_start(parent);
    }
}

/* --- deaths and restarts --------------------------------------------------------------------- */

/* The next child comes at once after one death, later after several in a row. */
static void
restart_later(struct parent *parent, int64_t pause_most)
{
    int64_t pause = 0;

    if (parent->stopping || child_in(parent, CHILD_SERVING) != NULL ||
        child_in(parent, CHILD_STARTING) != NULL)
        return;
    if (!parent->served) {
        fprintf(stderr, "tripact: the server did not start; its reasons are above.\n");
        parent->stopping = true;
        parent->status = EXIT_FAILURE;
        return;
    }
    for (unsigned i = 0; i < parent->failures && pause < pause_most; i++)
        pause = pause == 0 ? PAUSE_FIRST_MS : pause * 2;
    if (pause > pause_most)
        pause = pause_most;
    parent->failures++;
    parent->restart_ms = now_ms() + pause;
}

static void
child_ended(struct parent *parent, struct child *child, int how)
{
    enum child_state state = child->state;
    int64_t lived_ms = now_ms() - child->since_ms;

    log_line("child_ended", "pid=%d exit=%d signal=%d", (int)child->pid,
             WIFEXITED(how) ? WEXITSTATUS(how) : -1, WIFSIGNALED(how) ? WTERMSIG(how) : 0);
    if (child->ready >= 0)
        close(child->ready);
    *child = (struct child){.state = CHILD_NONE, .ready = -1};

    if (state == CHILD_LEAVING)
        return;
    if (state == CHILD_STARTING && child_in(parent, CHILD_SERVING) != NULL)
        log_line("reload_failed", "why=child_not_ready");
    if (state == CHILD_SERVING && lived_ms >= STEADY_MS)
        parent->failures = 0;
    restart_later(parent, state == CHILD_SERVING ? PAUSE_SERVED_MS : PAUSE_LAST_MS);
}

static void
reap(struct parent *parent)
{
    int how = 0;
    pid_t pid;

    while ((pid = waitpid(-1, &how, WNOHANG)) > 0) {
        struct child *child = child_of(parent, pid);

        if (child != NULL)
            child_ended(parent, child, how);
    }
}

/* --- the loop -------------------------------------------------------------------------------- */

static void
stop_all(struct parent *parent)
{
    parent->stopping = true;
    parent->restart_ms = NEVER;
    for (size_t i = 0; i < CHILDREN_MAX; i++) {
        struct child *child = &parent->children[i];

        if (child->state == CHILD_STARTING || child->state == CHILD_SERVING)
            child_leave(parent, child);
    }
}

static void
reload(struct parent *parent)
{
    if (parent->stopping)
        return;
    if (child_in(parent, CHILD_STARTING) != NULL)
        parent->reload_wanted = true;
    else
        child_start(parent);
}

static void
signals_heard(struct parent *parent)
{
    struct signalfd_siginfo told;

    while (read(parent->signals, &told, sizeof(told)) == (ssize_t)sizeof(told)) {
        if (told.ssi_signo == SIGCHLD)
            reap(parent);
        else if (told.ssi_signo == SIGHUP)
            reload(parent);
        else
            stop_all(parent);
    }
}

/* Kills what has passed its deadline, starts what is due; answers how long poll() may sleep. */
static int
timers(struct parent *parent)
{
    int64_t now = now_ms();
    int64_t next = NEVER;

    if (parent->restart_ms <= now && !parent->stopping)
        child_start(parent);
    for (size_t i = 0; i < CHILDREN_MAX; i++) {
        struct child *child = &parent->children[i];

        if (child->state == CHILD_NONE)
            continue;
        if (child->deadline_ms <= now) {
            log_line("child_killed", "pid=%d why=too_slow", (int)child->pid);
            kill(child->pid, SIGKILL);
            child->deadline_ms = NEVER;
        }
        if (child->deadline_ms < next)
            next = child->deadline_ms;
    }
    if (parent->restart_ms < next)
        next = parent->restart_ms;
    if (next == NEVER)
        return -1;
    next -= now;
    return next < 0 ? 0 : (int)(next > 60000 ? 60000 : next);
}

static bool
any_child(const struct parent *parent)
{
    for (size_t i = 0; i < CHILDREN_MAX; i++)
        if (parent->children[i].state != CHILD_NONE)
            return true;
    return false;
}

static void
loop(struct parent *parent)
{
    while (!parent->stopping || any_child(parent)) {
        struct pollfd waits[1 + CHILDREN_MAX];
        struct child *owners[1 + CHILDREN_MAX];
        nfds_t count = 0;
        int sleep_ms = timers(parent);

        waits[count++] = (struct pollfd){.fd = parent->signals, .events = POLLIN};
        for (size_t i = 0; i < CHILDREN_MAX; i++)
            if (parent->children[i].ready >= 0) {
                owners[count] = &parent->children[i];
                waits[count++] = (struct pollfd){.fd = parent->children[i].ready, .events = POLLIN};
            }
        if (poll(waits, count, sleep_ms) < 0 && errno != EINTR)
            abort();
        for (nfds_t i = 1; i < count; i++)
            if (waits[i].revents != 0)
                child_heard(parent, owners[i]);
        if (waits[0].revents != 0)
            signals_heard(parent);
    }
}

int
supervise(const struct supervisor *plan)
{
    static const int watched[] = {SIGTERM, SIGINT, SIGHUP, SIGCHLD};
    struct parent parent = {.plan = plan, .signals = -1, .restart_ms = NEVER};
    sigset_t mask;
    sigset_t before;

    assert(plan->child != NULL && plan->backlog > 0 && plan->start_s > 0 && plan->stop_s > 0);
    parent.listener = listener_open(plan);
    if (parent.listener < 0)
        return EXIT_FAILURE;
    for (size_t i = 0; i < CHILDREN_MAX; i++)
        parent.children[i].ready = -1;

    /* A client that hangs up is an outcome of write(), in the children too. */
    signal(SIGPIPE, SIG_IGN);
    /* So is a file that may not grow: SQLite hears of it and answers, instead of our death. */
    signal(SIGXFSZ, SIG_IGN);
    /* Shells and launchers hand down ignored signals, which a signalfd would never see. */
    sigemptyset(&mask);
    for (size_t i = 0; i < COUNT(watched); i++)
        sigaddset(&mask, watched[i]);
    sigprocmask(SIG_BLOCK, &mask, &before);
    for (size_t i = 0; i < COUNT(watched); i++)
        signal(watched[i], SIG_DFL);
    parent.signals = signalfd(-1, &mask, SFD_NONBLOCK | SFD_CLOEXEC);
    if (parent.signals < 0) {
        complain("cannot watch signals for", plan->socket, strerror(errno));
        parent.status = EXIT_FAILURE;
    } else {
        child_start(&parent);
        loop(&parent);
        close(parent.signals);
    }

    unlink(plan->socket);
    close(parent.listener);
    sigprocmask(SIG_SETMASK, &before, NULL);
    return parent.status;
}

/* --- said by the child ----------------------------------------------------------------------- */

void
supervisor_ready(int ready)
{
    /* A parent that no longer listens is no reason to stop. */
    if (write(ready, "r", 1) != 1)
        log_line("ready_unheard", "errno=%d", errno);
    close(ready);
}

void
supervisor_wait(void)
{
    sigset_t stop;
    int told = 0;

    sigemptyset(&stop);
    sigaddset(&stop, SIGTERM);
    while (sigwait(&stop, &told) != 0 || told != SIGTERM)
        continue;
}

bool
supervisor_told(int seconds)
{
    const struct timespec most = {.tv_sec = seconds};
    sigset_t stop;

    sigemptyset(&stop);
    sigaddset(&stop, SIGTERM);
    return sigtimedwait(&stop, NULL, &most) == SIGTERM;
}

void
supervisor_replace(void)
{
    if (kill(getppid(), SIGHUP) != 0)
        log_line("replace_unheard", "errno=%d", errno);
}
