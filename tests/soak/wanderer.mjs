/*
 * wanderer.mjs: somebody signed in who follows links and sends forms, whichever a page has. The forms
 * are sent as the page filled them in, with a few fields typed anew.
 *
 * Not here: who wanders, and what is made of the answers. Whatever a person can reach is reached in
 * the end; what takes rights away, or the clock, which others depend on, is left alone.
 */
import { password } from '../browser/market.mjs';
import { pdf } from '../browser/pdf.mjs';

const UNTOUCHED = /^\/(password|operator\/(clock|settings|accounts|billing)\b)|\/(people|roles|notices)$|^\/operator\/.*\/(roles|people)$/;
const KNOWN = 400; /* addresses a wanderer keeps in mind */
const HTML = /^text\/html/;

const entities = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", apos: "'" };
const plain = text => text.replace(/&(amp|lt|gt|quot|#39|apos);/g, (_, name) => entities[name]);
const attribute = (tag, name) => {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag);
  return found ? plain(found[1]) : null;
};
export const oneOf = list => list[Math.floor(Math.random() * list.length)];

/* Terms that are a file of their own, as a form sends it. */
export const terms = () => new Blob([pdf(String(Math.random()))], { type: 'application/pdf' });

/* The names and values that a browser would send; files are [name, null]. */
const fieldsOf = html => {
  const fields = [];
  for (const [tag] of html.matchAll(/<input\b[^>]*>/g)) {
    const name = attribute(tag, 'name');
    const type = attribute(tag, 'type') ?? 'text';
    if (name === null || /\sdisabled\b/.test(tag)) continue;
    if ((type === 'checkbox' || type === 'radio') && !/\schecked\b/.test(tag)) continue;
    fields.push({ name, type, value: type === 'file' ? null : attribute(tag, 'value') ?? '' });
  }
  for (const [, head, inside] of html.matchAll(/<select\b([^>]*)>([\s\S]*?)<\/select>/g)) {
    const options = [...inside.matchAll(/<option\b[^>]*>/g)].map(([tag]) => tag);
    const chosen = options.find(tag => /\sselected\b/.test(tag)) ?? options[0];
    if (chosen) fields.push({ name: attribute(head, 'name'), type: 'select', value: attribute(chosen, 'value') ?? '' });
  }
  for (const [, head, inside] of html.matchAll(/<textarea\b([^>]*)>([\s\S]*?)<\/textarea>/g))
    fields.push({ name: attribute(head, 'name'), type: 'textarea', value: plain(inside).replace(/^\n/, '') });
  const buttons = [...html.matchAll(/<button\b[^>]*>/g)].map(([tag]) => tag).filter(tag => attribute(tag, 'name'));
  if (buttons.length > 0) {
    const button = oneOf(buttons);
    fields.push({ name: attribute(button, 'name'), type: 'button', value: attribute(button, 'value') ?? '' });
  }
  return fields;
};

export const formsOf = html => [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)]
  .filter(([, head]) => attribute(head, 'method') === 'post')
  .map(([, head, inside]) => ({ action: attribute(head, 'action'), fields: fieldsOf(inside),
    parts: attribute(head, 'enctype') === 'multipart/form-data' }));

/* What somebody might type over a field, now and then. */
const typed = ({ type, value }) => {
  if (Math.random() > 0.15 || !['text', 'textarea', 'number', 'email', 'date'].includes(type)) return value;
  return oneOf(['', '0', '12.5', '7', 'Größe & <b>Maß</b>', '2023-12-31', 'x'.repeat(200), 'who@orchid.example']);
};

/* The person's answers are told to heard({ kind, method, path, status }). */
export const wanderer = (address, who, heard) => {
  const jar = new Map();
  const known = new Set(['/']);
  let held = null; /* the page last seen, with its forms */

  const ask = async (path, body, kind) => {
    const headers = { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') };
    if (body) headers.origin = address;
    let status = 0;
    let text = '';
    let location = '';
    try {
      const answer = await fetch(address + path, { method: body ? 'POST' : 'GET', body, headers, redirect: 'manual' });
      ({ status } = answer);
      for (const set of answer.headers.getSetCookie()) {
        const [name, value] = set.split(';')[0].split('=');
        jar.set(name, value);
      }
      location = answer.headers.get('location') ?? '';
      const bytes = await answer.arrayBuffer();
      if (HTML.test(answer.headers.get('content-type') ?? '')) text = Buffer.from(bytes).toString();
    } catch (error) {
      text = String(error.cause ?? error);
    }
    heard({ kind: kind ?? (body ? 'write' : 'read'), method: body ? 'POST' : 'GET', path, status, text, who });
    return { status, text, location: location.replace(address, '') };
  };

  const signIn = async () => {
    jar.clear();
    const [form] = formsOf((await ask('/login')).text);
    if (!form) return;
    const values = Object.fromEntries(form.fields.map(({ name, value }) => [name, value]));
    await ask('/login', new URLSearchParams({ ...values, email: `${who}@demo.example`, password }), 'sign-in');
  };

  const learn = html => {
    for (const [, href] of html.matchAll(/href="(\/[^"#]*)/g)) {
      const path = plain(href);
      if (path.startsWith('/static/') || path.startsWith('/logout')) continue;
      if (known.size >= KNOWN) known.delete(oneOf([...known]));
      known.add(path);
    }
  };

  const bodyOf = ({ fields, parts }) => {
    if (!parts) {
      const body = new URLSearchParams();
      for (const field of fields) body.append(field.name, typed(field) ?? '');
      return body;
    }
    const body = new FormData();
    for (const field of fields) {
      if (field.type !== 'file') body.append(field.name, typed(field));
      else if (Math.random() < 0.5) body.append(field.name, terms(), 'terms.pdf');
      else body.append(field.name, new Blob([]), '');
    }
    return body;
  };

  /* One link or one form; a page that asks to sign in is followed by signing in. */
  const step = async () => {
    const forms = (held ?? []).filter(({ action }) => action && !UNTOUCHED.test(action));
    let answer;
    if (forms.length > 0 && Math.random() < 0.4) {
      const form = oneOf(forms);
      if (form.action === '/logout' && Math.random() > 0.05) return;
      answer = await ask(form.action, bodyOf(form), form.parts ? 'upload' : 'write');
    } else {
      answer = await ask(oneOf([...known]));
    }
    for (let i = 0; i < 5 && answer.status === 303; i++) {
      if (/^\/login/.test(answer.location)) await signIn();
      answer = await ask(answer.location);
    }
    if (answer.text !== '') {
      learn(answer.text);
      held = formsOf(answer.text);
    }
  };

  return { ask, signIn, step };
};
