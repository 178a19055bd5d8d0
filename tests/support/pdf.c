/*
 * pdf.c: see the header. Objects one after the other, then the table of where each begins.
 */
#include "support/pdf.h"

#include <check.h>
#include <qpdf/qpdf-c.h>
#include <string.h>

#include "base/text.h"

#define OBJECTS 64
#define PDF_BYTES ((size_t)24 * 1024 * 1024)

/* A file in the making. */
struct writing {
    struct buffer out;
    size_t begins[OBJECTS];
    size_t count;
};

static void
begin(struct writing *writing)
{
    *writing = (struct writing){.count = 0};
    buffer_open(&writing->out, PDF_BYTES);
    buffer_text(&writing->out, "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n");
}

static void
put_object(struct writing *writing, const char *body)
{
    ck_assert_uint_lt(writing->count, OBJECTS);
    writing->begins[writing->count++] = writing->out.length;
    buffer_format(&writing->out, "%zu 0 obj\n", writing->count);
    buffer_text(&writing->out, body);
    buffer_text(&writing->out, "\nendobj\n");
}

static void
put_stream(struct writing *writing, const char *content)
{
    ck_assert_uint_lt(writing->count, OBJECTS);
    writing->begins[writing->count++] = writing->out.length;
    buffer_format(&writing->out, "%zu 0 obj\n<< /Length %zu >>\nstream\n", writing->count,
                  strlen(content));
    buffer_text(&writing->out, content);
    buffer_text(&writing->out, "\nendstream\nendobj\n");
}

static struct pdf
end(struct writing *writing, struct arena *arena)
{
    size_t table = writing->out.length;
    struct pdf pdf;

    buffer_format(&writing->out, "xref\n0 %zu\n0000000000 65535 f \n", writing->count + 1);
    for (size_t i = 0; i < writing->count; i++)
        buffer_format(&writing->out, "%010zu 00000 n \n", writing->begins[i]);
    buffer_format(&writing->out, "trailer\n<< /Size %zu /Root 1 0 R >>\nstartxref\n%zu\n%%%%EOF\n",
                  writing->count + 1, table);
    ck_assert(!writing->out.full);
    pdf.size = writing->out.length;
    pdf.bytes = arena_copy(arena, writing->out.data, writing->out.length);
    buffer_close(&writing->out);
    return pdf;
}

static struct pdf
make(struct arena *arena, const char *catalog, const char *page, const char *words,
     const char *const *more)
{
    struct writing writing;

    begin(&writing);
    put_object(&writing, arena_format(arena, "<< /Type /Catalog /Pages 2 0 R %s >>", catalog));
    put_object(&writing, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
    put_object(&writing, arena_format(arena,
                                      "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]"
                                      " /Contents 4 0 R /Resources << >> %s >>",
                                      page));
    put_stream(&writing, words);
    for (; more != NULL && *more != NULL; more++)
        put_object(&writing, *more);
    return end(&writing, arena);
}

struct pdf
pdf_plain(struct arena *arena, const char *words)
{
    return make(arena, "", "", arena_format(arena, "%% %s", words), NULL);
}

struct pdf
pdf_with(struct arena *arena, const char *catalog, const char *page, const char *const *more)
{
    return make(arena, catalog, page, "% more", more);
}

struct pdf
pdf_no_pages(struct arena *arena)
{
    struct writing writing;

    begin(&writing);
    put_object(&writing, "<< /Type /Catalog /Pages 2 0 R >>");
    put_object(&writing, "<< /Type /Pages /Kids [] /Count 0 >>");
    return end(&writing, arena);
}

struct pdf
pdf_of_size(struct arena *arena, size_t size)
{
    char *content = arena_alloc(arena, size + 1);
    size_t length = size;
    struct pdf pdf = {NULL, 0};

    memset(content, 'x', size);
    content[0] = '%';
    /* the numbers in it grow with it: a few tries find the length of the content */
    for (int tries = 0; tries < 4 && pdf.size != size; tries++) {
        length = pdf.bytes == NULL ? size - 1024 : length + size - pdf.size;
        content[length] = '\0';
        pdf = make(arena, "", "", content, NULL);
        content[length] = 'x';
    }
    ck_assert_uint_eq(pdf.size, size);
    return pdf;
}

struct pdf
pdf_encrypted(struct arena *arena, const char *password)
{
    struct pdf plain = pdf_plain(arena, "encrypted");
    qpdf_data pdf = qpdf_init();
    struct pdf encrypted;

    ck_assert_int_eq(qpdf_read_memory(pdf, "plain", plain.bytes, plain.size, NULL), 0);
    ck_assert_int_eq(qpdf_init_write_memory(pdf), 0);
    qpdf_set_static_aes_IV(pdf, QPDF_TRUE);
    qpdf_set_deterministic_ID(pdf, QPDF_FALSE);
    qpdf_set_r6_encryption_parameters2(pdf, password, "owner", QPDF_TRUE, QPDF_TRUE, QPDF_TRUE,
                                       QPDF_TRUE, QPDF_TRUE, QPDF_TRUE, qpdf_r3p_full, QPDF_TRUE);
    ck_assert_int_eq(qpdf_write(pdf), 0);
    encrypted.size = qpdf_get_buffer_length(pdf);
    encrypted.bytes = arena_copy(arena, (const char *)qpdf_get_buffer(pdf), encrypted.size);
    qpdf_cleanup(&pdf);
    return encrypted;
}
