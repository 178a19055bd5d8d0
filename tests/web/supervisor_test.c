/*
 * supervisor_test.c: the parent of `tripact serve` with a stub in the child's place: deaths,
 * reloads, refused starts, stops. Real processes and a real socket in a folder of their own.
 */
#include "web/supervisor.h"

#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define PATIENCE_MS 8000

/* What the stubs are told and what they tell, shared by all processes of a test. */
struct orders {
    atomic_int starts;
    atomic_int ends;      /* stubs that ended in order */
    atomic_bool unready;  /* die before being ready */
    atomic_bool brittle;  /* die right after being ready */
    atomic_bool deaf;     /* do not end on SIGTERM */
    atomic_int answer_ms; /* how long one answer takes */
};

static struct orders *orders;
static char folder[64];
static pid_t parent;

static void
pause_ms(long ms)
{
    nanosleep(&(struct timespec){ms / 1000, (ms % 1000) * 1000000}, NULL);
}

/* Answers each connection with its process id, one at a time. */
static int
stub(void *context, int listener, int ready)
{
    struct orders *told = context;
    sigset_t pending;

    atomic_fetch_add(&told->starts, 1);
    if (atomic_load(&told->unready))
        _exit(3);
    supervisor_ready(ready);
    if (atomic_load(&told->brittle))
        _exit(4);
    for (;;) {
        struct pollfd wait = {.fd = listener, .events = POLLIN};
        char text[16];

        sigpending(&pending);
        if (sigismember(&pending, SIGTERM) && !atomic_load(&told->deaf))
            break;
        if (poll(&wait, 1, 10) < 1)
            continue;
        int client = accept(listener, NULL, NULL);
        if (client < 0)
            continue;
        pause_ms(atomic_load(&told->answer_ms));
        int length = snprintf(text, sizeof(text), "%d", (int)getpid());
        /* A second server's probe has hung up by now. */
        if (write(client, text, (size_t)length) != length && errno != EPIPE)
            _exit(5);
        close(client);
    }
    supervisor_wait();
    atomic_fetch_add(&told->ends, 1);
    _exit(0);
}

static void
set_up(void)
{
    orders = mmap(NULL, sizeof(*orders), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    ck_assert_ptr_ne(orders, MAP_FAILED);
    snprintf(folder, sizeof(folder), "/tmp/tripact-supervisor-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(chdir(folder), 0);
    parent = 0;
}

static void
tear_down(void)
{
    if (parent > 0) {
        kill(parent, SIGKILL);
        waitpid(parent, NULL, 0);
    }
    unlink("app.sock");
    ck_assert_int_eq(chdir("/"), 0);
    rmdir(folder);
    munmap(orders, sizeof(*orders));
}

static void
start(void)
{
    parent = fork();
    ck_assert_int_ge(parent, 0);
    if (parent == 0) {
        const struct supervisor plan = {.socket = "app.sock",
                                        .socket_group = "",
                                        .backlog = 1024,
                                        .start_s = 5,
                                        .stop_s = 2,
                                        .context = orders,
                                        .child = stub};
        _exit(supervise(&plan));
    }
}

static int
connect_to_it(void)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = "app.sock"};
    int client = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    ck_assert_int_ge(client, 0);
    if (connect(client, (const struct sockaddr *)&address, sizeof(address)) == 0)
        return client;
    close(client);
    return -1;
}

/* The process id that answers on an open connection; 0 when none does. */
static pid_t
answer_of(int client)
{
    struct pollfd wait = {.fd = client, .events = POLLIN};
    char text[16] = "";

    if (poll(&wait, 1, PATIENCE_MS) == 1 && read(client, text, sizeof(text) - 1) < 1)
        text[0] = '\0';
    close(client);
    return (pid_t)strtol(text, NULL, 10);
}

/* Asks once, but waits for the socket to appear. */
static pid_t
ask(void)
{
    for (int waited = 0; waited < PATIENCE_MS; waited += 10) {
        int client = connect_to_it();
        if (client >= 0)
            return answer_of(client);
        pause_ms(10);
    }
    return 0;
}

/* Waits until asking gives another process than old. */
static pid_t
ask_until_not(pid_t old)
{
    for (int waited = 0; waited < PATIENCE_MS; waited += 20) {
        pid_t now = ask();
        if (now != old)
            return now;
        pause_ms(20);
    }
    return old;
}

/* The exit status of the parent; -1 when it does not end. */
static int
parent_status(void)
{
    int how = 0;

    for (int waited = 0; waited < PATIENCE_MS; waited += 10) {
        if (waitpid(parent, &how, WNOHANG) == parent) {
            parent = 0;
            return WIFEXITED(how) ? WEXITSTATUS(how) : 128 + WTERMSIG(how);
        }
        pause_ms(10);
    }
    return -1;
}

START_TEST(a_dead_child_is_replaced_and_the_next_request_is_answered)
{
    start();
    pid_t first = ask();
    ck_assert_int_gt(first, 0);
    ck_assert_int_eq(kill(first, SIGKILL), 0);

    /* The listener never closes: this connection waits in its queue for the next child. */
    pid_t second = ask();
    ck_assert_int_gt(second, 0);
    ck_assert_int_ne(second, first);
}
END_TEST

static int64_t
elapsed_ms(void)
{
    struct timespec at;

    ck_assert_int_eq(clock_gettime(CLOCK_MONOTONIC, &at), 0);
    return at.tv_sec * 1000 + at.tv_nsec / 1000000;
}

START_TEST(several_deaths_in_a_row_are_survived)
{
    start();
    pid_t last = ask();
    for (int i = 0; i < 4; i++) {
        kill(last, SIGKILL);
        pid_t next = ask();
        ck_assert_int_gt(next, 0);
        ck_assert_int_ne(next, last);
        last = next;
    }
}
END_TEST

START_TEST(a_child_that_keeps_dying_is_started_ever_more_slowly)
{
    start();
    ck_assert_int_gt(ask(), 0);
    atomic_store(&orders->brittle, true);
    kill(ask(), SIGKILL);
    int64_t begun = elapsed_ms();
    pause_ms(1200);
    int starts = atomic_load(&orders->starts);
    int64_t waited = elapsed_ms() - begun;
    /* Pauses of 0, 50, 100 and, after children that had served, 200 ms: beside the first, starts
     * after 0, 50, 150, 350 ms, and every 200 ms from then on. */
    ck_assert_int_ge(starts, 3);
    ck_assert_int_le(starts, 1 + 4 + (waited - 350) / 200 + 1);

    atomic_store(&orders->brittle, false);
    ck_assert_int_gt(ask(), 0);
}
END_TEST

START_TEST(hangup_brings_a_new_child_and_the_old_one_finishes_its_answer)
{
    start();
    pid_t first = ask();
    atomic_store(&orders->answer_ms, 300);
    int slow = connect_to_it();
    ck_assert_int_ge(slow, 0);
    pause_ms(100);
    atomic_store(&orders->answer_ms, 0);

    kill(parent, SIGHUP);
    ck_assert_int_ne(ask_until_not(first), first);
    ck_assert_int_eq(answer_of(slow), first);
    for (int waited = 0; waited < PATIENCE_MS && kill(first, 0) == 0; waited += 10)
        pause_ms(10);
    ck_assert_int_eq(atomic_load(&orders->ends), 1);
}
END_TEST

START_TEST(hangup_with_a_child_that_cannot_start_keeps_the_old_one)
{
    start();
    pid_t first = ask();
    atomic_store(&orders->unready, true);
    kill(parent, SIGHUP);
    for (int waited = 0; waited < PATIENCE_MS && atomic_load(&orders->starts) < 2; waited += 10)
        pause_ms(10);
    pause_ms(100);
    ck_assert_int_eq(atomic_load(&orders->starts), 2);
    ck_assert_int_eq(ask(), first);
}
END_TEST

START_TEST(a_first_child_that_is_never_ready_fails_the_start)
{
    atomic_store(&orders->unready, true);
    start();
    ck_assert_int_eq(parent_status(), 1);
    ck_assert_int_eq(atomic_load(&orders->starts), 1);
    ck_assert_int_ne(access("app.sock", F_OK), 0);
}
END_TEST

START_TEST(termination_finishes_what_is_in_flight)
{
    start();
    pid_t first = ask();
    atomic_store(&orders->answer_ms, 300);
    int slow = connect_to_it();
    ck_assert_int_ge(slow, 0);
    pause_ms(100);
    kill(parent, SIGTERM);
    ck_assert_int_eq(answer_of(slow), first);
    ck_assert_int_eq(parent_status(), 0);
    ck_assert_int_eq(atomic_load(&orders->ends), 1);
    ck_assert_int_ne(access("app.sock", F_OK), 0);
}
END_TEST

START_TEST(a_deaf_child_is_killed_in_the_end)
{
    start();
    pid_t first = ask();
    atomic_store(&orders->deaf, true);
    kill(parent, SIGINT);
    ck_assert_int_eq(parent_status(), 0);
    ck_assert_int_ne(kill(first, 0), 0);
    ck_assert_int_eq(atomic_load(&orders->ends), 0);
}
END_TEST

START_TEST(a_killed_parent_takes_its_child_along)
{
    start();
    pid_t first = ask();
    kill(parent, SIGKILL);
    ck_assert_int_eq(parent_status(), 128 + SIGKILL);
    int left = 0;
    for (; left < PATIENCE_MS && atomic_load(&orders->ends) == 0; left += 10)
        pause_ms(10);
    ck_assert_int_eq(atomic_load(&orders->ends), 1);

    /* It has said that it ends, and holds the listener until it has: a server that started now
     * would rightly be refused. */
    int client = connect_to_it();
    for (left = 0; left < PATIENCE_MS && client >= 0; left += 10) {
        close(client);
        pause_ms(10);
        client = connect_to_it();
    }
    ck_assert_int_eq(client, -1);

    /* Its socket file is stale now, and no obstacle. */
    ck_assert_int_eq(access("app.sock", F_OK), 0);
    start();
    pid_t second = ask_until_not(0);
    ck_assert_int_gt(second, 0);
    ck_assert_int_ne(second, first);
}
END_TEST

START_TEST(the_socket_is_closed_to_others)
{
    struct stat found;

    start();
    ck_assert_int_gt(ask(), 0);
    ck_assert_int_eq(stat("app.sock", &found), 0);
    ck_assert_uint_eq(found.st_mode & 07777, 0660);
}
END_TEST

START_TEST(a_second_server_on_the_same_socket_is_refused)
{
    start();
    pid_t first = ask();
    pid_t kept = parent;
    start();
    ck_assert_int_eq(parent_status(), 1);
    parent = kept;
    ck_assert_int_eq(ask(), first);
}
END_TEST

START_TEST(a_file_that_is_no_socket_is_never_removed)
{
    int file = open("app.sock", O_CREAT | O_WRONLY, 0600);
    ck_assert_int_ge(file, 0);
    close(file);
    start();
    ck_assert_int_eq(parent_status(), 1);
    ck_assert_int_eq(access("app.sock", F_OK), 0);
}
END_TEST

Suite *
supervisor_suite(void)
{
    Suite *suite = suite_create("supervisor");
    TCase *life = tcase_create("life");
    TCase *socket_case = tcase_create("socket");

    tcase_add_checked_fixture(life, set_up, tear_down);
    tcase_add_test(life, a_dead_child_is_replaced_and_the_next_request_is_answered);
    tcase_add_test(life, several_deaths_in_a_row_are_survived);
    tcase_add_test(life, a_child_that_keeps_dying_is_started_ever_more_slowly);
    tcase_add_test(life, hangup_brings_a_new_child_and_the_old_one_finishes_its_answer);
    tcase_add_test(life, hangup_with_a_child_that_cannot_start_keeps_the_old_one);
    tcase_add_test(life, a_first_child_that_is_never_ready_fails_the_start);
    tcase_add_test(life, termination_finishes_what_is_in_flight);
    tcase_add_test(life, a_deaf_child_is_killed_in_the_end);
    tcase_add_test(life, a_killed_parent_takes_its_child_along);
    suite_add_tcase(suite, life);

    tcase_add_checked_fixture(socket_case, set_up, tear_down);
    tcase_add_test(socket_case, the_socket_is_closed_to_others);
    tcase_add_test(socket_case, a_second_server_on_the_same_socket_is_refused);
    tcase_add_test(socket_case, a_file_that_is_no_socket_is_never_removed);
    suite_add_tcase(suite, socket_case);
    return suite;
}
