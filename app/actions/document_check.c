/*
 * document_check.c: the process that judges a file, and the words of its verdict.
 *
 * Not here: the judging (actions/pdf_judge). The process is a copy of ours that does nothing else:
 * it is bounded by the system, and a file that ends it ends nothing more. Invariant: it is gone
 * when document_check answers.
 */
#include "actions/document_check.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/log.h"

#define MEMORY_BYTES ((rlim_t)512 * 1024 * 1024) /* beside what we have ourselves */
#define PROCESSOR_S 5
#define PATIENCE_MS 15000
#define PAGE_FACTS_BYTES 64

const char *
document_refusal(enum pdf_verdict verdict)
{
    static const char *const words[PDF_VERDICT_COUNT] = {
        [PDF_HARMLESS] = NULL,
        [PDF_NONE] = "This file isn’t a PDF. Save or export it as a PDF, then choose that",
        [PDF_DAMAGED] = "This PDF is damaged or incomplete. Export it again, then choose it again",
        [PDF_ENCRYPTED] = "This PDF is protected. Save it without a password or restrictions",
        [PDF_EMPTY] = "This PDF has no pages. Export it again, then choose it again",
        [PDF_SCRIPT] = "This PDF runs a script. Export it again without scripts",
        [PDF_LAUNCH] = "This PDF starts another program. Export it again without such actions",
        [PDF_FILES] = "This PDF carries other files. Save it without attachments",
        [PDF_OUTSIDE] = "This PDF opens another file. Export it again without links to other files",
        [PDF_SENDING] = "This PDF has a form that sends data. Export it again as plain pages",
        [PDF_MEDIA] = "This PDF plays media. Export it again without films, sounds or 3D models",
        [PDF_XFA] = "This PDF is an XFA form. Print it to a PDF of plain pages, then choose that",
        [PDF_COMPLEX] = "This PDF is too complex to be checked. Print it to a simpler PDF",
    };

    assert(verdict < PDF_VERDICT_COUNT);
    return words[verdict];
}

/* How much address space the process has, which its limit is counted from. */
static rlim_t
memory_now(void)
{
    char facts[PAGE_FACTS_BYTES] = "";
    int file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    ssize_t length = file < 0 ? 0 : read(file, facts, sizeof facts - 1);
    rlim_t pages = 0;

    for (ssize_t i = 0; i < length && facts[i] >= '0' && facts[i] <= '9'; i++)
        pages = pages * 10 + (rlim_t)(facts[i] - '0');
    if (file >= 0)
        (void)close(file);
    return pages * (rlim_t)sysconf(_SC_PAGESIZE);
}

static bool
limit(__rlimit_resource_t resource, rlim_t most)
{
    const struct rlimit bound = {most, most};

    return setrlimit(resource, &bound) == 0;
}

/* The judging process: nothing of ours is open in it but the way to answer. */
_Noreturn static void
judge(int answer, const void *bytes, size_t size)
{
    unsigned char verdict;
    bool bounded = prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && dup2(answer, STDERR_FILENO + 1) >= 0;

    bounded = bounded && close_range(STDERR_FILENO + 2, ~0U, 0) == 0;
    bounded = bounded && limit(RLIMIT_CPU, PROCESSOR_S) && limit(RLIMIT_CORE, 0);
#ifndef SANITIZED /* a sanitizer's shadow is larger than any bound */
    bounded = bounded && limit(RLIMIT_AS, memory_now() + MEMORY_BYTES);
#else
    (void)memory_now;
#endif
    verdict = bounded ? (unsigned char)pdf_judge(bytes, size) : PDF_VERDICT_COUNT;
    _exit(write(STDERR_FILENO + 1, &verdict, 1) == 1 ? 0 : 1);
}

/* Waits for the verdict; PDF_COMPLEX when the process ended, or was ended, without one. */
static enum pdf_verdict
await(int answer)
{
    struct pollfd ready = {.fd = answer, .events = POLLIN};
    unsigned char verdict = PDF_COMPLEX;
    int events;

    do {
        events = poll(&ready, 1, PATIENCE_MS);
    } while (events < 0 && errno == EINTR);
    /* a process that a file has taken over may say anything */
    if (events == 1 && (read(answer, &verdict, 1) != 1 || verdict > PDF_VERDICT_COUNT))
        verdict = PDF_COMPLEX;
    return (enum pdf_verdict)verdict;
}

static enum err
verdict_of(const void *bytes, size_t size, enum pdf_verdict *verdict)
{
    int ways[2];
    pid_t process;

    if (pipe2(ways, O_CLOEXEC) != 0)
        return ERR_BUSY;
    process = fork();
    if (process == 0)
        judge(ways[1], bytes, size);
    (void)close(ways[1]);
    if (process > 0) {
        *verdict = await(ways[0]);
        (void)kill(process, SIGKILL);
        while (waitpid(process, NULL, 0) < 0 && errno == EINTR)
            continue;
    }
    (void)close(ways[0]);
    return process > 0 && *verdict != PDF_VERDICT_COUNT ? OK : ERR_BUSY;
}

enum err
document_check(const void *bytes, size_t size, const char **refusal)
{
    enum pdf_verdict verdict = PDF_NONE;
    enum err outcome = OK;

    assert(size <= LIMIT_DOCUMENT_BYTES);
    if (size > 0)
        outcome = verdict_of(bytes, size, &verdict);
    if (outcome != OK) {
        log_line("document_not_judged", "errno=%d", errno);
        return outcome;
    }
    *refusal = document_refusal(verdict);
    return OK;
}
