/*
 * pdf_judge.c: reads the PDF without repairing anything, and walks every object that a viewer can
 * reach from its trailer, looking for what acts by itself.
 *
 * Not here: what streams hold; nothing in them acts. Invariant: each object is visited once, and
 * the walk holds its own stack, so that no file decides how deep we go.
 */
#include "actions/pdf_judge.h"

#include <qpdf/qpdf-c.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define OBJECTS 400000  /* indirect objects of one file, */
#define VALUES 4000000  /* and everything in them */
#define WAITING 1000000 /* found and not visited yet */
#define SEEN_SLOTS 1048576

_Static_assert((SEEN_SLOTS & (SEEN_SLOTS - 1)) == 0, "a slot is found with a mask");
_Static_assert(SEEN_SLOTS > 2 * OBJECTS, "there is always a free slot");

struct walk {
    qpdf_data pdf;
    qpdf_oh *waiting;
    size_t waiting_count;
    uint64_t *seen; /* object and generation numbers, hashed; 0 is free */
    size_t objects;
    size_t values;
    enum pdf_verdict verdict;
};

/* The first thing found is told; one is reason enough. */
static void
convict(struct walk *walk, enum pdf_verdict verdict)
{
    if (walk->verdict == PDF_HARMLESS)
        walk->verdict = verdict;
}

/* Is it new? Only indirect objects can come twice. */
static bool
first_visit(struct walk *walk, qpdf_oh object)
{
    uint64_t key = (uint64_t)(unsigned)qpdf_oh_get_object_id(walk->pdf, object) << 32 |
                   (unsigned)qpdf_oh_get_generation(walk->pdf, object);
    size_t slot = (size_t)((key * UINT64_C(0x9E3779B97F4A7C15)) >> 44) & (SEEN_SLOTS - 1);

    while (walk->seen[slot] != 0) {
        if (walk->seen[slot] == key)
            return false;
        slot = (slot + 1) & (SEEN_SLOTS - 1);
    }
    if (++walk->objects > OBJECTS) {
        convict(walk, PDF_COMPLEX);
        return false;
    }
    walk->seen[slot] = key;
    return true;
}

static void
visit_later(struct walk *walk, qpdf_oh object)
{
    if (++walk->values > VALUES || walk->waiting_count == WAITING) {
        convict(walk, PDF_COMPLEX);
        qpdf_oh_release(walk->pdf, object);
        return;
    }
    walk->waiting[walk->waiting_count++] = object;
}

/* Keys that are enough by themselves, and what they are for. */
static enum pdf_verdict
judge_key(const char *key)
{
    static const struct {
        const char *key;
        enum pdf_verdict verdict;
    } keys[] = {
        {"/JS", PDF_SCRIPT},          {"/JavaScript", PDF_SCRIPT},      {"/Launch", PDF_LAUNCH},
        {"/EmbeddedFile", PDF_FILES}, {"/EmbeddedFiles", PDF_FILES},    {"/EF", PDF_FILES},
        {"/RichMedia", PDF_MEDIA},    {"/RichMediaContent", PDF_MEDIA}, {"/XFA", PDF_XFA},
    };

    for (size_t i = 0; i < COUNT(keys); i++) {
        if (strcmp(keys[i].key, key) == 0)
            return keys[i].verdict;
    }
    return PDF_HARMLESS;
}

/* What kind of action, annotation or stream a dictionary says it is. */
static enum pdf_verdict
judge_kind(const char *kind)
{
    static const struct {
        const char *kind;
        enum pdf_verdict verdict;
    } kinds[] = {
        {"/JavaScript", PDF_SCRIPT},  {"/Launch", PDF_LAUNCH},          {"/GoToE", PDF_FILES},
        {"/EmbeddedFile", PDF_FILES}, {"/FileAttachment", PDF_FILES},   {"/GoToR", PDF_OUTSIDE},
        {"/SubmitForm", PDF_SENDING}, {"/ImportData", PDF_SENDING},     {"/Rendition", PDF_MEDIA},
        {"/RichMedia", PDF_MEDIA},    {"/RichMediaExecute", PDF_MEDIA}, {"/Movie", PDF_MEDIA},
        {"/Sound", PDF_MEDIA},        {"/Screen", PDF_MEDIA},           {"/3D", PDF_MEDIA},
    };

    for (size_t i = 0; i < COUNT(kinds); i++) {
        if (strcmp(kinds[i].kind, kind) == 0)
            return kinds[i].verdict;
    }
    return PDF_HARMLESS;
}

/* An address may be a script too. */
static bool
is_script_address(struct walk *walk, const char *key, qpdf_oh value)
{
    static const char scheme[] = "javascript:";
    const char *address;

    if (strcmp(key, "/URI") != 0 || !qpdf_oh_is_string(walk->pdf, value))
        return false;
    address = qpdf_oh_get_utf8_value(walk->pdf, value);
    address += strspn(address, " \t\r\n\f\v");
    return strncasecmp(address, scheme, sizeof scheme - 1) == 0;
}

static void
visit_dictionary(struct walk *walk, qpdf_oh dictionary)
{
    qpdf_oh_begin_dict_key_iter(walk->pdf, dictionary);
    while (qpdf_oh_dict_more_keys(walk->pdf) && walk->verdict == PDF_HARMLESS) {
        const char *key = qpdf_oh_dict_next_key(walk->pdf);
        qpdf_oh value = qpdf_oh_get_key(walk->pdf, dictionary, key);

        if (!qpdf_oh_is_null(walk->pdf, value))
            convict(walk, judge_key(key));
        if (qpdf_oh_is_name(walk->pdf, value) &&
            (strcmp(key, "/S") == 0 || strcmp(key, "/Type") == 0 || strcmp(key, "/Subtype") == 0))
            convict(walk, judge_kind(qpdf_oh_get_name(walk->pdf, value)));
        if (is_script_address(walk, key, value))
            convict(walk, PDF_SCRIPT);
        visit_later(walk, value);
    }
}

static void
visit_array(struct walk *walk, qpdf_oh array)
{
    int count = qpdf_oh_get_array_n_items(walk->pdf, array);

    for (int i = 0; i < count && walk->verdict == PDF_HARMLESS; i++)
        visit_later(walk, qpdf_oh_get_array_item(walk->pdf, array, i));
}

static void
visit(struct walk *walk, qpdf_oh object)
{
    bool known = qpdf_oh_is_indirect(walk->pdf, object) && !first_visit(walk, object);

    if (!known && qpdf_oh_is_stream(walk->pdf, object)) {
        qpdf_oh dictionary = qpdf_oh_get_dict(walk->pdf, object);

        if (qpdf_oh_has_key(walk->pdf, dictionary, "/F"))
            convict(walk, PDF_OUTSIDE); /* its bytes are in a file of that name */
        visit_dictionary(walk, dictionary);
        qpdf_oh_release(walk->pdf, dictionary);
    } else if (!known && qpdf_oh_is_dictionary(walk->pdf, object)) {
        visit_dictionary(walk, object);
    } else if (!known && qpdf_oh_is_array(walk->pdf, object)) {
        visit_array(walk, object);
    }
    qpdf_oh_release(walk->pdf, object);
}

/* From the trailer to the last object that can be reached. What qpdf finds wrong on the way counts
 * as it does at the opening. */
static enum pdf_verdict
judge_objects(qpdf_data pdf)
{
    struct walk walk = {
        .pdf = pdf,
        .waiting = calloc(WAITING, sizeof *walk.waiting),
        .seen = calloc(SEEN_SLOTS, sizeof *walk.seen),
    };

    if (walk.waiting == NULL || walk.seen == NULL)
        convict(&walk, PDF_COMPLEX);
    else
        visit_later(&walk, qpdf_get_trailer(pdf));
    while (walk.waiting_count > 0 && walk.verdict == PDF_HARMLESS)
        visit(&walk, walk.waiting[--walk.waiting_count]);
    if (walk.verdict == PDF_HARMLESS && (qpdf_more_warnings(pdf) || qpdf_has_error(pdf)))
        convict(&walk, PDF_DAMAGED);
    free(walk.waiting);
    free(walk.seen);
    return walk.verdict;
}

/* Opened as it is. */
static enum pdf_verdict
judge_open(qpdf_data pdf, const void *bytes, size_t size)
{
    qpdf_silence_errors(pdf);
    qpdf_set_suppress_warnings(pdf, QPDF_TRUE);
    qpdf_set_attempt_recovery(pdf, QPDF_FALSE);
    if (qpdf_read_memory(pdf, "document", bytes, size, NULL) != QPDF_SUCCESS) {
        bool locked =
            qpdf_has_error(pdf) && qpdf_get_error_code(pdf, qpdf_get_error(pdf)) == qpdf_e_password;

        return locked ? PDF_ENCRYPTED : PDF_DAMAGED;
    }
    if (qpdf_is_encrypted(pdf))
        return PDF_ENCRYPTED;
    switch (qpdf_get_num_pages(pdf)) {
    case -1:
        return PDF_DAMAGED;
    case 0:
        return PDF_EMPTY;
    }
    return judge_objects(pdf);
}

enum pdf_verdict
pdf_judge(const void *bytes, size_t size)
{
    static const char signature[] = "%PDF-";
    qpdf_data pdf;
    enum pdf_verdict verdict;

    if (size < sizeof signature - 1 || memcmp(bytes, signature, sizeof signature - 1) != 0)
        return PDF_NONE;
    pdf = qpdf_init();
    verdict = judge_open(pdf, bytes, size);
    qpdf_cleanup(&pdf);
    return verdict;
}
