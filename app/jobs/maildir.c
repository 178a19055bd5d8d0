/*
 * maildir.c: a mail is written in tmp/, and moved into new/ once it is on the disk.
 */
#include "jobs/maildir.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATH_BYTES 2048

/* Is there such a folder now? */
static bool
folder_made(int at, const char *name)
{
    return mkdirat(at, name, 0700) == 0 || errno == EEXIST;
}

static bool
write_whole(int file, const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t written = write(file, bytes, size);

        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        bytes += written;
        size -= (size_t)written;
    }
    return fsync(file) == 0;
}

/* The folder open, with its three folders in it; -1 when it cannot be. */
static int
folder_open(const char *folder)
{
    int at;

    if (!folder_made(AT_FDCWD, folder))
        return -1;
    at = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (at >= 0 &&
        (!folder_made(at, "tmp") || !folder_made(at, "new") || !folder_made(at, "cur"))) {
        close(at);
        return -1;
    }
    return at;
}

static bool
folder_synced(int at, const char *name)
{
    int folder = openat(at, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool synced = folder >= 0 && fsync(folder) == 0;

    if (folder >= 0)
        close(folder);
    return synced;
}

enum err
maildir_put(const char *folder, const char *name, const char *bytes, size_t size)
{
    char fresh[PATH_BYTES];
    char kept[PATH_BYTES];
    int at = folder_open(folder);
    bool done = false;
    int file;

    if (at < 0)
        return ERR_BUSY;
    snprintf(fresh, sizeof fresh, "tmp/%s", name);
    snprintf(kept, sizeof kept, "new/%s", name);
    file = openat(at, fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file >= 0) {
        done = write_whole(file, bytes, size);
        done = close(file) == 0 && done;
        done = done && renameat(at, fresh, at, kept) == 0 && folder_synced(at, "new");
        if (!done) {
            int why = errno;

            (void)unlinkat(at, fresh, 0);
            errno = why;
        }
    }
    close(at);
    return done ? OK : ERR_BUSY;
}
