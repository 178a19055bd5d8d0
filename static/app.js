/* Previews, focus, counters, guards, copying. All works without it too, by a round trip; the server
 * alone decides. Amounts are BigInt, as exact as there. */
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const one = (selector, root = document) => root.querySelector(selector);
document.documentElement.classList.add('js');

/* The error summary takes the focus; its links go to the field, with the label in view. */
const summary = one('[data-summary]');
if (summary) {
  summary.focus();
  summary.addEventListener('click', event => {
    const link = event.target.closest('a[href^="#"]');
    const target = link && document.getElementById(link.hash.slice(1));
    if (!target) return;
    event.preventDefault();
    const control = target.matches('fieldset') && one('input', target) || target;
    (target.labels?.[0] ?? target).scrollIntoView({ block: 'center' });
    control.focus({ preventScroll: true });
  });
}

/* Text to a whole number of 10^-places, or null. */
const parse = (text, places) => {
  const found = /^\s*(\d{1,9})(?:\.(\d*?)0*)?\s*$/.exec(text);
  if (!found || (found[2] ?? '').length > places) return null;
  return BigInt(found[1] + (found[2] ?? '').padEnd(places, '0'));
};
const show = (units, scale) => {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, -scale).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${units < 0n ? '−' : ''}$${whole}.${digits.slice(-scale)}`;
};
const HUNDRED = 10000000000n; /* 100 percent in units of 1e-8 percent */
const adjusted = (units, rate) => (2n * units * (HUNDRED + rate) + HUNDRED) / (2n * HUNDRED);
const share = (part, top) => top > 0n ? `${Number(part * 100000n / top) / 1000}%` : '0%';

/* Customer price and earnings while the adjustment is typed, and the waterfall of one point. */
const prices = one('[data-prices]');
if (prices) {
  const falls = one('[data-falls]'), chosen = document.getElementById('show'), live = one('[data-live]');
  let timer;
  const step = (key, amount, from, to, top) => {
    const row = falls && one(`[data-step="${key}"]`, falls);
    if (!row) return;
    const bar = one('rect:last-child', row);
    one('.num', row).textContent = amount;
    bar.setAttribute('x', share(from, top));
    bar.setAttribute('width', share(to - from, top));
  };
  const least = (a, b) => a < b ? a : b;
  const most = (a, b) => a > b ? a : b;
  const fall = (list, partner, customer, scale) => {
    const top = most(list, customer), off = partner - list, earned = customer - partner;
    step('list', show(list, scale), 0n, list, top);
    step('discount', (off > 0n ? '+' : '') + show(off, scale), least(list, partner), most(list, partner), top);
    step('partner', show(partner, scale), 0n, partner, top);
    step('adjustment', '+' + show(earned, scale), partner, customer, top);
    step('customer', show(customer, scale), 0n, customer, top);
    step('isv', show(partner, scale), 0n, partner, top);
    step('you', show(earned, scale), partner, customer, top);
    const word = falls && one('[data-step="discount"] th', falls);
    if (word) word.lastChild.textContent = off > 0n ? 'Increase' : 'ISV discount';
    clearTimeout(timer);
    timer = setTimeout(() => { live.textContent = `Customer price ${show(customer, scale)}, you earn ${show(earned, scale)}`; }, 700);
  };
  const draw = () => {
    for (const row of all('[data-row]', prices)) {
      const rate = parse(one('input', row).value.replace(/,/g, ''), 8);
      for (const point of all('[data-point]', row)) {
        const scale = Number(point.dataset.scale), partner = BigInt(point.dataset.partner);
        const customer = rate === null ? null : adjusted(partner, rate);
        one('[data-customer]', point).textContent = customer === null ? '–' : show(customer, scale);
        one('[data-earn]', point).textContent = customer === null ? '–' : show(customer - partner, scale);
        if (chosen && chosen.value === point.dataset.point) fall(BigInt(point.dataset.list), partner, customer ?? partner, scale);
      }
    }
  };
  prices.addEventListener('input', event => {
    for (const stale of [...all('[data-warning]', event.target.closest('[data-row]')), ...all('[data-total]', prices)]) stale.hidden = true;
    draw();
  });
  chosen?.addEventListener('change', draw);
}

/* Months: their day, and a list where the browser has no month field. */
const monthDay = (text, edge) => {
  const found = /^(\d{4})-(\d\d)$/.exec(text);
  if (!found || found[2] < '01' || found[2] > '12') return '';
  const day = new Date(Date.UTC(Number(found[1]), Number(found[2]) - (edge === 'last' ? 0 : 1), edge === 'last' ? 0 : 1));
  const words = day.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
  return `${edge === 'last' ? 'Last day' : 'First day'}: ${words} UTC`;
};
for (let field of all('[data-month]')) {
  if (field.type !== 'month') {
    const list = document.createElement('select');
    for (const { name, value } of field.attributes) if (!['type', 'value'].includes(name)) list.setAttribute(name, value);
    list.add(new Option('Choose a month', ''));
    if (field.value) list.add(new Option(field.value, field.value, true, true));
    const from = new Date();
    for (let ahead = 0; ahead <= 60; ahead++) {
      const month = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + ahead, 1));
      list.add(new Option(month.toLocaleDateString('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' }), month.toISOString().slice(0, 7)));
    }
    field.replaceWith(list);
    field = list;
  }
  field.addEventListener('input', () => { document.getElementById(`${field.id}-day`).textContent = monthDay(field.value, field.dataset.month); });
}

/* Characters left, in code points. */
for (const field of all('[data-limit]')) {
  const note = one(`[data-left="${field.id}"]`);
  const count = () => {
    const left = Number(field.dataset.limit) - [...field.value].length;
    note.textContent = left < 0 ? `${-left} too many` : `${left} of ${field.dataset.limit} characters left`;
  };
  field.addEventListener('input', count);
  count();
}

/* Leaving with changes asks; a form is sent once. */
for (const form of all('form[data-guard]')) {
  let changed = false;
  form.addEventListener('input', () => { changed = true; });
  form.addEventListener('submit', () => { changed = false; });
  addEventListener('beforeunload', event => { if (changed) event.preventDefault(); });
}
for (const form of all('form[method="post"]')) {
  let sent = 0;
  form.addEventListener('submit', event => {
    if (Date.now() - sent < 4000) event.preventDefault();
    else sent = Date.now();
  });
}

/* A whole list. */
one('[data-all]')?.addEventListener('change', ({ target }) => { for (const box of all('[name^="id-"]')) box.checked = target.checked; });

/* Copying, told in the button itself. */
for (const button of all('[data-copy]')) {
  const word = button.lastChild, before = word.textContent;
  button.setAttribute('aria-live', 'polite');
  button.addEventListener('click', async () => {
    const source = document.getElementById(button.dataset.copy), text = source.value ?? source.textContent.trim();
    try {
      await navigator.clipboard.writeText(text);
      word.textContent = before.replace('Copy', '').trim() === 'link' ? 'Link copied' : 'Copied';
    } catch {
      if (source.select) { source.focus(); source.select(); } else getSelection().selectAllChildren(source);
      word.textContent = 'Press Ctrl+C to copy';
    }
    setTimeout(() => { word.textContent = before; }, 4000);
  });
}

/* Menus close. */
addEventListener('keydown', event => {
  if (event.key !== 'Escape') return;
  for (const menu of all('details.menu[open]')) { menu.open = false; one('summary', menu).focus(); }
});
addEventListener('click', event => {
  for (const menu of all('details.menu[open]')) if (!menu.contains(event.target)) menu.open = false;
});
