/*
 * web_upload.c: see the header.
 */
#include "support/web_upload.h"

#include <check.h>
#include <string.h>

#include "base/digest.h"
#include "core/documents.h"
#include "store/documents.h"

#define BOUNDARY "----TripactFormBoundary7MA4YWxkTrZu0gW"
#define BODY_BYTES ((size_t)32 * 1024 * 1024)

static struct web_answer
post_parts(struct web_market *market, enum web_person person, const char *path,
           const struct web_form *form, const char *field, const struct web_file *file)
{
    struct buffer body;
    struct web_answer answer;

    buffer_open(&body, BODY_BYTES);
    for (size_t i = 0; i < form->form.count; i++)
        buffer_format(&body,
                      "--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n",
                      form->form.pairs[i].name, form->form.pairs[i].value);
    buffer_format(&body,
                  "--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"%s\"; "
                  "filename=\"%s\"\r\nContent-Type: application/octet-stream\r\n\r\n",
                  field, file == NULL ? "" : file->name);
    if (file != NULL)
        buffer_put(&body, file->content.bytes, file->content.size);
    buffer_text(&body, "\r\n--" BOUNDARY "--\r\n");
    ck_assert(!body.full);
    answer =
        web_send(market, &(struct web_request){.method = "POST",
                                               .target = path,
                                               .cookies = web_cookie(market, person),
                                               .origin = WEB_ADDRESS,
                                               .fetch_site = "same-origin",
                                               .type = "multipart/form-data; boundary=" BOUNDARY,
                                               .body = body.data,
                                               .body_size = body.length});
    buffer_close(&body);
    return answer;
}

struct web_answer
web_post_file(struct web_market *market, enum web_person person, const char *path,
              const struct web_form *form, const struct web_file *file)
{
    return post_parts(market, person, path, form, ANSWER_DOCUMENT, file);
}

struct web_answer
web_post_text(struct web_market *market, enum web_person person, const char *path,
              const struct web_form *form)
{
    const struct web_file file = {"a file.txt", {.bytes = form->file, .size = strlen(form->file)}};

    return post_parts(market, person, path, form, "file", &file);
}

static struct web_answer
setup_file(struct web_market *market, enum web_person person, const char *path, const char *offer,
           const char *button, const char *name, const struct web_file *file)
{
    struct web_form form = web_form_new(market);

    web_form_add(&form, "csrf", web_csrf(market, person));
    web_form_add(&form, "once", arena_format(market->arena, "once-%u", ++market->once));
    web_form_add(&form, "rev", web_rev(market, person, offer));
    web_form_add(&form, "do", button);
    if (name != NULL)
        web_form_add(&form, ANSWER_DOCUMENT_NAME, name);
    return web_post_file(market, person, path, &form, file);
}

struct web_answer
web_setup_file(struct web_market *market, const char *offer, const char *button, const char *name,
               const struct web_file *file)
{
    return setup_file(market, WEB_ISV, web_path(market, "/isv/offers/%s/setup", offer), offer,
                      button, name, file);
}

struct web_answer
web_partner_file(struct web_market *market, const char *offer, const char *button, const char *name,
                 const struct web_file *file)
{
    return setup_file(market, WEB_PARTNER, web_path(market, "/partner/offers/%s/setup", offer),
                      offer, button, name, file);
}

const char *
web_document(struct web_market *market, enum party side, const char *offer)
{
    struct arena *arena = market->arena;
    struct pdf pdf = pdf_plain(arena, side == PARTY_ISV ? "the ISV's" : "the partner's");
    struct document document = {
        .id = world_guid(&market->deal.fake.world, arena),
        .side = side,
        .name = side == PARTY_ISV ? "Master “terms” & \"conditions\" 条款 \U0001F4C4"
                                  : "Reseller's terms & conditions",
        .size = (int64_t)pdf.size,
        .sha256 = digest_of_file(arena, pdf.bytes, pdf.size),
        .added_at = 1697446800,
    };
    struct offer seen;
    struct db *db;

    ck_assert_int_eq(deal_look(&market->deal, PARTY_OPERATOR, "", offer, &seen), OK);
    for (size_t i = 0; i < seen.document_count; i++) {
        if (seen.documents[i].side == side)
            return arena_text(arena, seen.documents[i].id);
    }
    db = temp_write(&market->deal.temp);
    ck_assert_int_eq(document_insert(db, offer, &document, pdf.bytes), OK);
    temp_keep(&market->deal.temp, db);
    return document.id;
}
