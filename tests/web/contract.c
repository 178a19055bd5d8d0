/*
 * contract.c: a view and its template, walked side by side.
 *
 * Not here: ctemplate. Marks are found in the template's text, so this is a second opinion; what it
 * assumes of the library (a section or part is looked up in the enclosing views, a part sees only
 * its own names and the globals) is held in render_test.c.
 */
#include "contract.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define MARKS 1024
#define DEPTH 16
#define FOLDERS 32
#define NOWHERE MARKS

struct mark {
    char kind; /* '#' section, '>' include, 'v' text */
    enum name name;
    size_t inside; /* the enclosing section's mark, or NOWHERE */
    size_t end;    /* of a section: the first mark after it */
};

struct sheet {
    struct mark marks[MARKS];
    size_t count;
    bool read;
};

/* One view on the way from the page's (or part's) own one to a row deep inside. */
struct scope {
    const struct view *view;
    enum name name; /* of the section; nothing for the outermost */
    const struct scope *outer;
};

/* What was shown of one folder's templates. Shared between the forks of a runner, so that the last
 * word counts every test. */
static struct seen {
    char folder[64]; /* "" = a free record */
    bool pages[PAGE_COUNT];
    bool sections[PAGE_COUNT][NAME_COUNT];
} * seen_all;

static struct sheet sheets[PAGE_COUNT];

static const enum name globals[] = {NAME_CSRF,    NAME_ONCE_KEY,   NAME_THEME,    NAME_CSS_FILE,
                                    NAME_JS_FILE, NAME_ICONS_FILE, NAME_LOGO_FILE};

__attribute__((constructor)) static void
seen_share(void)
{
    seen_all = mmap(NULL, FOLDERS * sizeof *seen_all, PROT_READ | PROT_WRITE,
                    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert(seen_all != MAP_FAILED);
}

static struct seen *
seen_in(const char *folder)
{
    for (size_t i = 0; i < FOLDERS; i++) {
        if (seen_all[i].folder[0] == '\0')
            snprintf(seen_all[i].folder, sizeof seen_all[i].folder, "%s", folder);
        if (strcmp(seen_all[i].folder, folder) == 0)
            return &seen_all[i];
    }
    fprintf(stderr, "contract: %s is one folder too many\n", folder);
    abort();
}

static enum name
name_find(const char *text, size_t length)
{
    for (int name = 0; name < NAME_COUNT; name++) {
        const char *known = name_text((enum name)name);

        if (strlen(known) == length && memcmp(known, text, length) == 0)
            return (enum name)name;
    }
    fprintf(stderr, "contract: %.*s is not in names.h\n", (int)length, text);
    abort();
}

static void
sheet_parse(struct sheet *sheet, const char *text)
{
    size_t open = NOWHERE;

    while ((text = strstr(text, "{{")) != NULL) {
        text += 2;
        if (*text == '!' || *text == '%')
            continue;

        char kind = strchr("#/>", *text) != NULL ? *text++ : 'v';
        enum name name = name_find(text, strcspn(text, ":}"));

        if (kind == '/') {
            assert(open != NOWHERE && sheet->marks[open].name == name);
            sheet->marks[open].end = sheet->count;
            open = sheet->marks[open].inside;
            continue;
        }
        assert(sheet->count < MARKS);
        sheet->marks[sheet->count] = (struct mark){.kind = kind, .name = name, .inside = open};
        if (kind == '#')
            open = sheet->count;
        sheet->count++;
    }
    assert(open == NOWHERE);
}

static const struct sheet *
sheet_of(enum page page, const char *folder)
{
    static char text[256 * 1024];
    static char read_from[256];
    char path[512];

    if (strcmp(read_from, folder) != 0) {
        memset(sheets, 0, sizeof sheets);
        snprintf(read_from, sizeof read_from, "%s", folder);
    }
    if (!sheets[page].read) {
        snprintf(path, sizeof path, "%s/%s", folder, page_file(page));
        FILE *file = fopen(path, "r");
        assert(file != NULL);
        size_t length = fread(text, 1, sizeof text - 1, file);
        fclose(file);
        text[length] = '\0';
        sheet_parse(&sheets[page], text);
        sheets[page].read = true;
    }
    return &sheets[page];
}

static bool
view_has(const struct view *view, enum view_kind kind, enum name name)
{
    for (const struct view_item *item = view->first; item != NULL; item = item->next) {
        if (item->kind == kind && item->name == name)
            return true;
    }
    return false;
}

/* The nearest enclosing scope that has it, as the library looks it up; NULL when none. */
static const struct scope *
scope_find(const struct scope *scope, enum view_kind kind, enum name name)
{
    while (scope != NULL && !view_has(scope->view, kind, name))
        scope = scope->outer;
    return scope;
}

static bool
is_global(enum name name)
{
    for (size_t i = 0; i < COUNT(globals); i++) {
        if (globals[i] == name)
            return true;
    }
    return false;
}

/* Is every text that is shown set? Walks the marks from first to end once per shown section. */
static size_t
check_shown(enum page page, const struct sheet *sheet, size_t first, size_t end,
            const struct scope *scope, bool *shown, struct buffer *faults)
{
    size_t count = 0;

    for (size_t i = first; i < end; i++) {
        const struct mark *mark = &sheet->marks[i];

        if (mark->kind == 'v' && !is_global(mark->name) &&
            scope_find(scope, VIEW_TEXT, mark->name) == NULL) {
            buffer_format(faults, "%s asks for %s, which is not set\n", page_file(page),
                          name_text(mark->name));
            count++;
        }
        if (mark->kind != '#')
            continue;

        const struct scope *found = scope_find(scope, VIEW_SECTION, mark->name);

        for (const struct view_item *item = found == NULL ? NULL : found->view->first; item != NULL;
             item = item->next) {
            const struct scope inner = {item->child, mark->name, found};

            if (item->kind != VIEW_SECTION || item->name != mark->name)
                continue;
            shown[mark->name] = true;
            count += check_shown(page, sheet, i + 1, mark->end, &inner, shown, faults);
        }
        i = mark->end - 1;
    }
    return count;
}

/* Does the template have such a mark inside all the sections this scope is in? */
static bool
is_asked(const struct sheet *sheet, char kind, enum name name, const struct scope *scope)
{
    for (size_t i = 0; i < sheet->count; i++) {
        const struct scope *wanted = scope;

        if (sheet->marks[i].kind != kind || sheet->marks[i].name != name)
            continue;
        for (size_t up = sheet->marks[i].inside; up != NOWHERE && wanted->outer != NULL;
             up = sheet->marks[up].inside) {
            if (sheet->marks[up].name == wanted->name)
                wanted = wanted->outer;
        }
        if (wanted->outer == NULL)
            return true;
    }
    return false;
}

/* Is everything that is set asked for? Goes into sections, and checks parts as pages of their own.
 */
static size_t
check_set(enum page page, const struct sheet *sheet, const struct scope *scope, int depth,
          const char *folder, struct buffer *faults)
{
    static const char kinds[] = {[VIEW_TEXT] = 'v', [VIEW_SECTION] = '#', [VIEW_PART] = '>'};
    size_t count = 0;

    assert(depth < DEPTH);
    for (const struct view_item *item = scope->view->first; item != NULL; item = item->next) {
        const struct scope inner = {item->child, item->name, scope};
        const struct view rest = {.first = item->next};

        if (!is_asked(sheet, kinds[item->kind], item->name, scope)) {
            buffer_format(faults, "%s does not ask for %c%s%s%s\n", page_file(page),
                          kinds[item->kind], name_text(item->name),
                          scope->outer == NULL ? "" : " in ",
                          scope->outer == NULL ? "" : name_text(scope->name));
            count++;
        }
        if (item->kind == VIEW_TEXT && view_has(&rest, VIEW_TEXT, item->name)) {
            buffer_format(faults, "%s is given %s twice\n", page_file(page), name_text(item->name));
            count++;
        }
        if (item->kind == VIEW_SECTION)
            count += check_set(page, sheet, &inner, depth + 1, folder, faults);
        if (item->kind == VIEW_PART)
            count += contract_check(item->part, item->child, folder, faults);
    }
    return count;
}

size_t
contract_check(enum page page, const struct view *view, const char *folder, struct buffer *faults)
{
    const struct sheet *sheet = sheet_of(page, folder);
    const struct scope scope = {.view = view};
    struct seen *seen = seen_in(folder);

    seen->pages[page] = true;
    return check_shown(page, sheet, 0, sheet->count, &scope, seen->sections[page], faults) +
           check_set(page, sheet, &scope, 0, folder, faults);
}

size_t
contract_unseen(const char *folder, struct buffer *faults)
{
    struct seen *seen = seen_in(folder);
    size_t count = 0;

    for (int page = 0; page < PAGE_COUNT; page++) {
        const struct sheet *sheet = sheet_of((enum page)page, folder);

        if (!seen->pages[page]) {
            buffer_format(faults, "%s was never shown\n", page_file((enum page)page));
            count++;
            continue;
        }
        for (size_t i = 0; i < sheet->count; i++) {
            const struct mark *mark = &sheet->marks[i];

            if (mark->kind != '#' || seen->sections[page][mark->name])
                continue;
            seen->sections[page][mark->name] = true; /* said once */
            buffer_format(faults, "%s never showed its section %s\n", page_file((enum page)page),
                          name_text(mark->name));
            count++;
        }
    }
    return count;
}
