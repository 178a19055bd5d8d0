/*
 * multipart.c: parts between boundaries -> form pairs and one temporary file.
 *
 * As strict as browsers are exact: no preamble, no nested parts, no parameter they do not send. The
 * body passes through a window of fixed size. Invariant: whatever refuses the body, no pair of it
 * is acted on, and the file is given back by request_close.
 */
#include "web/multipart.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <strings.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/log.h"
#include "base/text.h"

#define WINDOW_BYTES ((size_t)64 * 1024)
#define BOUNDARY_CHARS 70 /* RFC 2046 */
#define HEADER_BYTES 4096 /* of one part, all its lines */

/* The body on its way through the window: bytes from at to end wait to be looked at. */
struct reader {
    const struct source *source;
    struct arena *arena;
    char *window;
    size_t at;
    size_t end;
    size_t left;           /* not read from the source yet */
    const char *delimiter; /* "\r\n--" and the boundary */
    size_t delimiter_length;
};

struct part {
    const char *name; /* of the field */
    const char *file; /* name of the file as sent; NULL for a text field */
};

/* What becomes of the parts. */
struct taken {
    struct request *request;
    struct form form;
    struct buffer value; /* of the text field at hand */
    size_t weight;       /* of all names and texts */
    size_t parts;
    bool keep;
    bool has_file;
};

/* ---- The content type --------------------------------------------------------------------- */

bool
multipart_type(struct arena *arena, const char *type, const char **boundary)
{
    static const char form[] = "multipart/form-data";
    static const char name[] = "boundary=";
    static const char plain[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'()+_,-./:=?";
    size_t length;
    bool quoted;

    *boundary = NULL;
    if (type == NULL || strncasecmp(type, form, sizeof form - 1) != 0)
        return false;
    type += sizeof form - 1;
    type += strspn(type, " \t");
    if (*type != ';')
        return false;
    type++;
    type += strspn(type, " \t");
    if (strncasecmp(type, name, sizeof name - 1) != 0)
        return false;
    type += sizeof name - 1;
    quoted = *type == '"';
    type += quoted ? 1 : 0;
    length = strspn(type, plain);
    if (length == 0 || length > BOUNDARY_CHARS || !text_equal(type + length, quoted ? "\"" : ""))
        return false;
    *boundary = arena_copy(arena, type, length);
    return true;
}

/* ---- The window --------------------------------------------------------------------------- */

/* At least one byte more in the window; false when there is none, or no room for it. */
static bool
reader_fill(struct reader *reader)
{
    size_t room;
    long count;

    memmove(reader->window, reader->window + reader->at, reader->end - reader->at);
    reader->end -= reader->at;
    reader->at = 0;
    room = WINDOW_BYTES - reader->end;
    if (room > reader->left)
        room = reader->left;
    if (room == 0)
        return false;
    count = reader->source->read(reader->source->context, reader->window + reader->end, room);
    if (count <= 0 || (size_t)count > room)
        return false;
    reader->end += (size_t)count;
    reader->left -= (size_t)count;
    return true;
}

/* Takes the expected bytes, if they are next. */
static bool
reader_take(struct reader *reader, const char *expected, size_t length)
{
    while (reader->end - reader->at < length) {
        if (!reader_fill(reader))
            return false;
    }
    if (memcmp(reader->window + reader->at, expected, length) != 0)
        return false;
    reader->at += length;
    return true;
}

/* Keeps the next line without its end: clean text of at most *limit bytes, which it takes off. */
static bool
reader_line(struct reader *reader, size_t *limit, const char **line)
{
    for (;;) {
        const char *from = reader->window + reader->at;
        const char *end = memmem(from, reader->end - reader->at, "\r\n", 2);
        size_t length;

        if (end == NULL) {
            if (reader->end - reader->at > *limit + 1 || !reader_fill(reader))
                return false;
            continue;
        }
        length = (size_t)(end - from);
        if (length > *limit || !text_is_utf8(from, length) || memchr(from, '\0', length) != NULL)
            return false;
        *limit -= length;
        *line = arena_copy(reader->arena, from, length);
        reader->at += length + 2;
        return !text_has_control(*line, false);
    }
}

/* ---- The head of a part ------------------------------------------------------------------- */

/* Keeps the quoted value of a parameter such as name="..."; answers what follows it. NULL when it
 * is none: browsers always quote, and know no other escape than percent signs. */
static const char *
quoted_value(struct arena *arena, const char *at, const char *name, const char **value)
{
    size_t length = strlen(name);
    const char *end;

    if (strncasecmp(at, name, length) != 0 || at[length] != '=' || at[length + 1] != '"')
        return NULL;
    at += length + 2;
    end = strchr(at, '"');
    if (end == NULL || *value != NULL)
        return NULL;
    *value = arena_copy(arena, at, (size_t)(end - at));
    return end + 1;
}

/* form-data; name="..."; filename="..." */
static bool
read_disposition(struct arena *arena, const char *at, struct part *part)
{
    static const char kind[] = "form-data";

    if (part->name != NULL || strncasecmp(at, kind, sizeof kind - 1) != 0)
        return false;
    at += sizeof kind - 1;
    while (*at == ';') {
        const char *next;

        at += 1 + strspn(at + 1, " ");
        next = quoted_value(arena, at, "name", &part->name);
        if (next == NULL)
            next = quoted_value(arena, at, "filename", &part->file);
        if (next == NULL)
            return false;
        at = next + strspn(next, " ");
    }
    return *at == '\0' && part->name != NULL;
}

static bool
read_head(struct reader *reader, struct part *part)
{
    static const char disposition[] = "Content-Disposition:";
    static const char type[] = "Content-Type:";
    size_t limit = HEADER_BYTES;

    *part = (struct part){.name = NULL};
    for (;;) {
        const char *line = NULL;
        const char *value;

        if (!reader_line(reader, &limit, &line))
            return false;
        if (*line == '\0')
            return part->name != NULL;
        value = strchr(line, ':');
        if (value == NULL || value == line || strcspn(line, " ") < (size_t)(value - line))
            return false;
        value += 1 + strspn(value + 1, " ");
        if (strncasecmp(line, disposition, sizeof disposition - 1) == 0) {
            if (!read_disposition(reader->arena, value, part))
                return false;
        } else if (strncasecmp(line, type, sizeof type - 1) == 0 &&
                   strncasecmp(value, "multipart/", strlen("multipart/")) == 0) {
            return false;
        }
    }
}

/* Keeps the name without the folders that some browsers put before it, and with its quotes. */
static const char *
file_name_shown(struct arena *arena, const char *sent)
{
    static const char quote[] = "%22";
    char *name;
    size_t count = 0;

    for (const char *at = sent; *at != '\0'; at++) {
        if (*at == '/' || *at == '\\')
            sent = at + 1;
    }
    name = arena_text(arena, sent);
    for (const char *at = sent; *at != '\0'; at++) {
        bool escaped = text_starts(at, quote);

        name[count++] = escaped ? '"' : *at;
        at += escaped ? sizeof quote - 2 : 0;
    }
    name[count] = '\0';
    return name;
}

/* ---- What the parts hold ------------------------------------------------------------------ */

/* A file that nobody else can open and that is gone with its descriptor, in the working folder,
 * which is where the data are. */
static int
open_nameless(void)
{
    char name[] = "upload-XXXXXX";
    int file = open(".", O_TMPFILE | O_EXCL | O_RDWR | O_CLOEXEC, 0600);

    if (file >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != ENOENT))
        return file;
    file = mkostemp(name, O_CLOEXEC); /* some file systems have no nameless ones */
    if (file >= 0)
        (void)unlink(name);
    return file;
}

/* Appends to the upload as far as it is kept; its size counts on. */
static int
file_put(struct upload *upload, const char *bytes, size_t length)
{
    size_t kept = upload_kept(upload);
    size_t room = LIMIT_UPLOAD_FILE_BYTES - kept;

    upload->size += (int64_t)length;
    if (length > room)
        length = room;
    while (length > 0) {
        ssize_t count = write(upload->fd, bytes, length);

        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0) {
            log_line("upload_not_written", "errno=%d", errno);
            return 503;
        }
        bytes += count;
        length -= (size_t)count;
    }
    return 0;
}

static int
file_begin(struct reader *reader, struct taken *taken, const struct part *part)
{
    struct upload *upload = &taken->request->upload;

    if (taken->has_file)
        return 400; /* no form of ours has two */
    taken->has_file = true;
    if (!taken->keep)
        return 0;
    *upload = (struct upload){.fd = open_nameless(),
                              .field = part->name,
                              .file_name = file_name_shown(reader->arena, part->file)};
    if (upload->fd < 0)
        log_line("upload_not_opened", "errno=%d", errno);
    return upload->fd < 0 ? 503 : 0;
}

/* One piece of a part's content. A file field without a file is an empty one without a name. */
static int
content_put(struct reader *reader, struct taken *taken, const struct part *part, bool *begun,
            size_t length)
{
    const char *bytes = reader->window + reader->at;
    int refusal = 0;

    reader->at += length;
    if (part->file == NULL) {
        buffer_put(&taken->value, bytes, length);
        return taken->value.full ? 400 : 0;
    }
    if (!*begun && (length > 0 || *part->file != '\0')) {
        *begun = true;
        refusal = file_begin(reader, taken, part);
    }
    if (refusal == 0 && taken->request->upload.fd >= 0 && length > 0)
        refusal = file_put(&taken->request->upload, bytes, length);
    return refusal;
}

/* The content up to the next boundary, which is taken too. */
static int
read_content(struct reader *reader, struct taken *taken, const struct part *part, bool *begun)
{
    size_t tail = reader->delimiter_length - 1;

    for (;;) {
        const char *from = reader->window + reader->at;
        size_t have = reader->end - reader->at;
        const char *end = memmem(from, have, reader->delimiter, reader->delimiter_length);
        size_t length = end != NULL ? (size_t)(end - from) : have > tail ? have - tail : 0;
        int refusal = 0;

        if (length > 0 || end != NULL)
            refusal = content_put(reader, taken, part, begun, length);
        if (refusal != 0)
            return refusal;
        if (end != NULL) {
            reader->at += reader->delimiter_length;
            return 0;
        }
        if (!reader_fill(reader))
            return 400; /* the end is missing: half a form must not be acted on */
    }
}

/* The pair of the part just read: a file's is its name. */
static int
keep_pair(struct reader *reader, struct taken *taken, const struct part *part, bool begun)
{
    const char *value = taken->value.data;
    size_t length = taken->value.length;

    if (part->file != NULL) {
        if (!begun)
            return 0;
        value = file_name_shown(reader->arena, part->file);
        length = strlen(value);
    }
    taken->weight += strlen(part->name) + length;
    if (taken->weight > LIMIT_BODY_BYTES)
        return 413;
    if (form_keep(reader->arena, part->name, strlen(part->name), value, length,
                  &taken->form.pairs[taken->form.count]) != OK)
        return 400;
    taken->form.count++;
    return 0;
}

static int
read_part(struct reader *reader, struct taken *taken)
{
    struct part part;
    bool begun = false;
    int refusal;

    if (taken->parts++ == LIMIT_FORM_FIELDS || !read_head(reader, &part))
        return 400;
    buffer_clear(&taken->value);
    refusal = read_content(reader, taken, &part, &begun);
    return refusal != 0 ? refusal : keep_pair(reader, taken, &part, begun);
}

/* All parts, from the first boundary to the last. */
static int
read_parts(struct reader *reader, struct taken *taken)
{
    /* the first boundary has no line before it */
    if (!reader_take(reader, reader->delimiter + 2, reader->delimiter_length - 2))
        return 400;
    while (reader_take(reader, "\r\n", 2)) {
        int refusal = read_part(reader, taken);

        if (refusal != 0)
            return refusal;
    }
    if (!reader_take(reader, "--", 2))
        return 400;
    (void)reader_take(reader, "\r\n", 2);
    return reader->at == reader->end && reader->left == 0 ? 0 : 400;
}

/* What was written becomes readable. */
static int
show_file(struct upload *upload)
{
    void *bytes;

    if (upload->fd < 0 || upload->size == 0)
        return 0;
    bytes = mmap(NULL, upload_kept(upload), PROT_READ, MAP_PRIVATE, upload->fd, 0);
    if (bytes == MAP_FAILED) {
        log_line("upload_not_mapped", "errno=%d", errno);
        return 503;
    }
    upload->bytes = bytes;
    return 0;
}

int
multipart_read(const struct source *source, struct arena *arena, bool keep, struct request *request)
{
    const char *delimiter = arena_format(arena, "\r\n--%s", request->boundary);
    struct reader reader = {
        .source = source,
        .arena = arena,
        .window = arena_alloc(arena, WINDOW_BYTES),
        .left = request->body_length,
        .delimiter = delimiter,
        .delimiter_length = strlen(delimiter),
    };
    struct taken taken = {
        .request = request,
        .form = {arena_array(arena, struct form_pair, LIMIT_FORM_FIELDS), 0},
        .keep = keep,
    };
    int refusal;

    buffer_open(&taken.value, LIMIT_FIELD_BYTES);
    refusal = read_parts(&reader, &taken);
    buffer_close(&taken.value);
    if (refusal == 0)
        refusal = show_file(&request->upload);
    request->boundary = NULL;
    if (refusal == 0)
        request->body = taken.form;
    return refusal;
}
