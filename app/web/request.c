/*
 * request.c: a source's parameters and body -> one bounded, checked, copied request.
 *
 * Not here: who asks, whether the origin is ours, which page it is. Invariant: what is kept passed
 * its check; what did not pass is empty, and the answer says so. Parameters are copied because
 * their memory belongs to the dispatcher.
 */
#include "web/request.h"

#include <string.h>
#include <strings.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/text.h"
#include "web/multipart.h"

/* Longer than any host name, origin, address or request id that nginx lets through. */
#define HEADER_BYTES 512
#define COOKIE_VALUE_BYTES 128

const char *const cookie_session = "tripact_session";
const char *const cookie_visit = "tripact_visit";
const char *const cookie_theme = "tripact_theme";
const char *const cookie_handover = "tripact_handover";

/* Keeps one parameter in text; "" when there is none or it is refused. The status as
 * request_read's. */
static int
read_text(const struct source *source, struct arena *arena, const char *name, size_t limit,
          const char **text)
{
    const char *value = source->param(source->context, name);

    *text = "";
    if (value == NULL)
        return 0;

    size_t length = strnlen(value, limit + 1);

    if (length > limit)
        return 413;
    if (!text_is_utf8(value, length) || text_has_control(value, false))
        return 400;
    *text = arena_copy(arena, value, length);
    return 0;
}

static int
read_method(const struct source *source, struct request *request)
{
    const char *method = source->param(source->context, "REQUEST_METHOD");

    if (method == NULL)
        return 400;
    request->head = strcmp(method, "HEAD") == 0;
    if (request->head || strcmp(method, "GET") == 0)
        request->method = METHOD_GET;
    else if (strcmp(method, "POST") == 0)
        request->method = METHOD_POST;
    return 0;
}

static int
read_path(const struct source *source, struct arena *arena, struct request *request)
{
    const char *path = NULL;
    int refusal = read_text(source, arena, "DOCUMENT_URI", LIMIT_PATH_BYTES, &path);

    if (refusal != 0)
        return refusal;
    if (path[0] != '/')
        return 400;
    request->path = path;
    return 0;
}

static int
read_query(const struct source *source, struct arena *arena, struct request *request)
{
    int refusal = read_text(source, arena, "QUERY_STRING", LIMIT_QUERY_BYTES, &request->query_text);

    if (refusal != 0)
        return refusal;
    if (form_parse(arena, request->query_text, strlen(request->query_text), &request->query) != OK)
        return 400;
    return 0;
}

/* Our own values are letters, digits and -._~ only; anything else is not ours. */
static bool
cookie_value_fits(const char *value, size_t length)
{
    static const char plain[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    return length <= COOKIE_VALUE_BYTES && strspn(value, plain) >= length;
}

/* The value of the cookie of that name in a Cookie header, "" when none. A name given twice with
 * different values is none at all: somebody who can plant a second cookie, from a neighbouring host
 * or path, must not be able to choose whose session this is. */
static const char *
cookie_find(struct arena *arena, const char *header, const char *name)
{
    const char *found = NULL;
    size_t found_length = 0;
    size_t name_length = strlen(name);

    while (*header != '\0') {
        header += strspn(header, "; ");

        size_t length = strcspn(header, ";");

        if (length > name_length && header[name_length] == '=' &&
            memcmp(header, name, name_length) == 0) {
            const char *value = header + name_length + 1;
            size_t value_length = length - name_length - 1;

            while (value_length > 0 && value[value_length - 1] == ' ')
                value_length--;
            if (!cookie_value_fits(value, value_length))
                return "";
            if (found != NULL &&
                (found_length != value_length || memcmp(found, value, value_length) != 0))
                return "";
            found = value;
            found_length = value_length;
        }
        header += length;
    }
    return found == NULL ? "" : arena_copy(arena, found, found_length);
}

static int
read_cookies(const struct source *source, struct arena *arena, struct request *request)
{
    const char *header = NULL;
    int refusal = read_text(source, arena, "HTTP_COOKIE", LIMIT_COOKIE_BYTES, &header);

    request->session_cookie = cookie_find(arena, header, cookie_session);
    request->visit_cookie = cookie_find(arena, header, cookie_visit);
    request->theme_cookie = cookie_find(arena, header, cookie_theme);
    request->handover_cookie = cookie_find(arena, header, cookie_handover);
    return refusal;
}

static int
read_headers(const struct source *source, struct arena *arena, struct request *request)
{
    const struct {
        const char *name;
        const char **text;
    } wanted[] = {
        {"REMOTE_ADDR", &request->address},
        {"HTTP_HOST", &request->host},
        {"HTTP_ORIGIN", &request->origin},
        {"REQUEST_ID", &request->id},
        {"HTTP_SEC_FETCH_SITE", &request->fetch_site},
    };
    int status = 0;

    for (size_t i = 0; i < COUNT(wanted); i++) {
        int refusal = read_text(source, arena, wanted[i].name, HEADER_BYTES, wanted[i].text);

        if (status == 0)
            status = refusal;
    }
    return status;
}

/* "application/x-www-form-urlencoded", in any case, perhaps with parameters. */
static bool
type_is_form(const char *type)
{
    static const char form[] = "application/x-www-form-urlencoded";
    size_t length = sizeof form - 1;

    if (type == NULL || strncasecmp(type, form, length) != 0)
        return false;
    type += length;
    type += strspn(type, " \t");
    return *type == '\0' || *type == ';';
}

/* The announced length; an absent one is an empty body, because nginx sends "" for it. */
static int
read_length(const struct source *source, size_t limit, size_t *length)
{
    const char *text = source->param(source->context, "CONTENT_LENGTH");
    size_t sum = 0;

    *length = 0;
    if (text == NULL)
        return 0;
    for (; *text != '\0'; text++) {
        if (*text < '0' || *text > '9')
            return 400;
        sum = sum * 10 + (size_t)(*text - '0');
        if (sum > limit)
            return 413;
    }
    *length = sum;
    return 0;
}

static int
read_body(const struct source *source, struct arena *arena, struct request *request)
{
    const char *type = source->param(source->context, "CONTENT_TYPE");
    bool parts = multipart_type(arena, type, &request->boundary);
    size_t length = 0;
    size_t got = 0;
    int refusal = read_length(source, parts ? LIMIT_UPLOAD_BYTES : LIMIT_BODY_BYTES, &length);

    request->body_length = length;
    if (refusal != 0 || parts)
        return refusal;
    if (!type_is_form(type))
        return 415;

    char *bytes = arena_alloc(arena, length + 1);

    /* A body that ends early is a client that went away: half a form must not be acted on. */
    while (got < length) {
        long count = source->read(source->context, bytes + got, length - got);

        if (count <= 0 || (size_t)count > length - got)
            return 400;
        got += (size_t)count;
    }
    return form_parse(arena, bytes, length, &request->body) == OK ? 0 : 400;
}

int
request_read(const struct source *source, struct arena *arena, struct request *request)
{
    int (*const steps[])(const struct source *, struct arena *,
                         struct request *) = {read_path, read_query, read_cookies, read_headers};

    *request = (struct request){.method = METHOD_OTHER,
                                .path = "/",
                                .query_text = "",
                                .session_cookie = "",
                                .visit_cookie = "",
                                .theme_cookie = "",
                                .address = "",
                                .host = "",
                                .origin = "",
                                .fetch_site = "",
                                .id = "",
                                .upload = {.fd = -1, .file_name = "", .field = ""}};

    /* The rest is read after a refusal too, so that its page can be shown and logged; only the
     * body is not. */
    int status = read_method(source, request);

    for (size_t i = 0; i < COUNT(steps); i++) {
        int refusal = steps[i](source, arena, request);

        if (status == 0)
            status = refusal;
    }
    if (status == 0 && request->method == METHOD_POST)
        status = read_body(source, arena, request);
    return status;
}

size_t
upload_kept(const struct upload *upload)
{
    return upload->size > LIMIT_UPLOAD_FILE_BYTES ? LIMIT_UPLOAD_FILE_BYTES : (size_t)upload->size;
}

void
request_close(struct request *request)
{
    struct upload *upload = &request->upload;

    if (upload->bytes != NULL)
        (void)munmap((void *)(uintptr_t)upload->bytes, upload_kept(upload));
    if (upload->fd >= 0)
        (void)close(upload->fd);
    *upload = (struct upload){.fd = -1, .file_name = "", .field = ""};
}
