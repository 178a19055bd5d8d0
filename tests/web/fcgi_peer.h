/*
 * fcgi_peer.h: what nginx is to a dispatcher: a unix socket, and requests in hand-made FastCGI
 * records. What goes wrong fails the test at hand.
 */
#ifndef WEB_FCGI_PEER_H
#define WEB_FCGI_PEER_H

#include "base/text.h"

enum record { BEGIN_REQUEST = 1, ABORT_REQUEST, END_REQUEST, PARAMS, STDIN, STDOUT, STDERR };

/* A listener in a folder of its own, one at a time. */
int peer_listen(void);
void peer_unlisten(void);

/* A connection to it; the caller closes it. Reading gives up after five seconds. */
int peer_dial(void);

/* One record: a header of eight bytes, then the content. */
void peer_put_record(struct buffer *out, enum record type, const char *content, size_t length);
/* Everything of a POST up to the body. */
void peer_put_head(struct buffer *out, const char *path, bool keep);
/* Sends it and closes out. */
void peer_say(int line, struct buffer *out);
/* A whole POST with so long a body. */
void peer_ask(int line, const char *path, size_t body_bytes, bool keep);

/* Collects one answer's output until its end record; false when the connection ended before. */
bool peer_hear(int line, struct buffer *answer);
/* The next answer's text must hold all of wanted. */
void peer_expect(int line, const char *wanted);
bool peer_hung_up(int line);

#endif
