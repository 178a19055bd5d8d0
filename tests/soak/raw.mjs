/*
 * raw.mjs: requests written byte by byte to a socket, and what came back, read as strictly as a
 * browser never does.
 */
import { connect } from 'node:net';

/* Everything the server sends until it closes, or says nothing for as long as quietMs. */
export const exchange = (port, bytes, quietMs = 1500) => new Promise(resolve => {
  const parts = [];
  const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
  const done = () => { socket.destroy(); resolve(Buffer.concat(parts).toString('latin1')); };
  socket.setTimeout(quietMs, done);
  socket.on('data', part => parts.push(part));
  socket.on('end', done);
  socket.on('error', done); /* a reset is an end too */
});

/* Answers as { status, headers: [[name, value]], body } from the beginning of text; the body by its
 * length, or whole when the answer ends with the connection. */
export const answersIn = text => {
  const answers = [];
  while (text !== '') {
    const head = /^HTTP\/1\.1 (\d{3}) [^\r\n]*\r\n([\s\S]*?)\r\n\r\n/.exec(text);
    if (!head) return [...answers, { status: 0, headers: [], body: text }];
    const headers = head[2].split('\r\n').map(line => [line.slice(0, line.indexOf(':')).toLowerCase(),
      line.slice(line.indexOf(':') + 1).trim()]);
    const answer = { status: Number(head[1]), headers, body: '' };
    text = text.slice(head[0].length);
    const length = header(answer, 'content-length');
    if (header(answer, 'transfer-encoding') === 'chunked') {
      for (let size = -1; size !== 0;) {
        const line = text.slice(0, text.indexOf('\r\n'));
        size = parseInt(line, 16);
        answer.body += text.slice(line.length + 2, line.length + 2 + size);
        text = text.slice(line.length + 4 + size);
      }
    } else {
      answer.body = text.slice(0, length === '' ? undefined : Number(length));
      text = text.slice(answer.body.length);
    }
    answers.push(answer);
  }
  return answers;
};

/* The header's value; "" when it has none. Two of one name are read as one that nobody expects. */
export const header = (answer, name) => answer.headers.filter(([one]) => one === name)
  .map(([, value]) => value).join(' | ');

/* A connection that says so much and then nothing more, until it is left. */
export const hang = (port, bytes) => new Promise((resolve, reject) => {
  const socket = connect(port, '127.0.0.1', () => socket.write(bytes, () => resolve(socket)));
  socket.on('error', reject);
});
