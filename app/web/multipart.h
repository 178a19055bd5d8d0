/*
 * multipart.h: a multipart/form-data body: the fields of a form, and at most one file.
 *
 * The file's bytes go into a temporary file without a name, never into the arena; its own name is a
 * text to show and nothing else. Not here: what the file must be (actions/).
 */
#ifndef WEB_MULTIPART_H
#define WEB_MULTIPART_H

#include "web/request.h"

/* Is that content type multipart/form-data, with a boundary that can be one? Keeps. */
bool multipart_type(struct arena *arena, const char *type, const char **boundary);

/* Reads the body that request_read left, as request->boundary and request->body_length say. The
 * fields become request->body under the rules of form_parse; a chosen file is the pair of its field
 * and its name, and request->upload. keep false: the file is read past, for somebody who may not
 * make us write. 0, or the status that refuses it: 400 malformed or cut short, 413 more fields than
 * a form has, 503 when the file cannot be written. On refusal the body is empty. */
MUST_CHECK int multipart_read(const struct source *source, struct arena *arena, bool keep,
                              struct request *request);

#endif
