/*
 * replay.c: gives every file of a folder to the fuzz target it is linked with, so that corpora and
 * crashes once found are tried in every build, without libFuzzer.
 *
 * Use: replay FOLDER. Prints how many files it gave. A folder that is missing or empty fails.
 */
#include <dirent.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define FILE_BYTES (1024 * 1024)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int
complain(const char *what)
{
    fprintf(stderr, "replay: %s: %s\n", what, strerror(errno));
    return -1;
}

/* 1 when the file was given to the target, 0 when it is no file, -1 when it cannot be read. */
static int
replay_file(const char *path)
{
    struct stat about;

    if (stat(path, &about) != 0)
        return complain(path);
    if (!S_ISREG(about.st_mode))
        return 0;
    if (about.st_size > FILE_BYTES) {
        errno = EFBIG;
        return complain(path);
    }

    FILE *stream = fopen(path, "rb");
    if (stream == NULL)
        return complain(path);

    /* Exactly as long as the file, so that a sanitizer sees one byte too far. */
    size_t size = (size_t)about.st_size;
    uint8_t *data = malloc(size > 0 ? size : 1);
    if (data == NULL || fread(data, 1, size, stream) != size) {
        free(data);
        fclose(stream);
        return complain(path);
    }
    fclose(stream);

    /* Should the target stop the process, the last name on standard error is the culprit. */
    fprintf(stderr, "replay: %s\n", path);
    LLVMFuzzerTestOneInput(data, size);
    free(data);
    return 1;
}

int
main(int argc, char **argv)
{
    char path[4096];
    int count = 0;

    if (argc != 2) {
        fprintf(stderr, "use: replay FOLDER\n");
        return 2;
    }

    DIR *folder = opendir(argv[1]);
    if (folder == NULL) {
        complain(argv[1]);
        return 1;
    }

    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        int length = snprintf(path, sizeof(path), "%s/%s", argv[1], entry->d_name);
        int outcome = length > 0 && (size_t)length < sizeof(path) ? replay_file(path) : -1;

        if (outcome < 0) {
            closedir(folder);
            return 1;
        }
        count += outcome;
    }
    closedir(folder);

    printf("%d files replayed from %s\n", count, argv[1]);
    return count > 0 ? 0 : 1;
}
