/* global document, fetch, location, setInterval, setTimeout, clearTimeout, FormData */
const byId = (id) => document.getElementById(id);
const token = document.querySelector('meta[name="sandbox-page"]').content;
const emptyMail = byId('mail-list').firstElementChild;
const emptyPhones = byId('phone-list').firstElementChild;
const words = new Intl.DateTimeFormat('en-US', {
  weekday: 'long',
  month: 'long',
  day: 'numeric',
  year: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
});
const short = new Intl.DateTimeFormat('en-US', {
  month: 'short',
  day: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
});
const say = (iso, format = words) => format.format(new Date(iso));

let open;
let now;
let seen = { mail: '', texts: '' };

async function ask(path, body) {
  const answer = await fetch(`/sandbox/${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { 'x-sandbox-page': token, ...(body ? { 'content-type': 'application/json' } : {}) },
    body: body && JSON.stringify(body),
  });
  if (answer.status === 401) location.reload(); // the sandbox was started anew
  const json = await answer.json().catch(() => ({}));
  if (!answer.ok)
    throw new Error(
      [json.detail ?? json.message ?? `The sandbox answered ${answer.status}.`].flat().join(' '),
    );
  return json;
}

function element(name, text, className) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
}

/** Newest first, in groups, the group with the newest first. */
function grouped(items, keysOf) {
  const groups = new Map();
  for (const item of items.toReversed ? items.toReversed() : [...items].reverse()) {
    for (const key of keysOf(item)) groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return groups;
}

/** Redraws a list only when it changed, and gives the focus back to what had it. */
function redraw(part, items, draw) {
  const fresh = JSON.stringify(items);
  if (fresh === seen[part]) return;
  seen[part] = fresh;
  const focused = document.activeElement?.dataset?.focus;
  draw(items);
  if (focused) document.querySelector(`[data-focus="${focused}"]`)?.focus();
}

/** Nobody wrote yet, or nobody who is looked for. */
function nothing(empty) {
  const looked = byId('find').value.trim();
  return looked ? element('p', `Nothing here for "${looked}".`, 'quiet') : empty;
}

function drawMail(items) {
  if (items.length === 0) return byId('mail-list').replaceChildren(nothing(emptyMail));
  const groups = [...grouped(items, ({ to }) => to)].map(([to, mails]) => {
    const person = element('section', undefined, 'person');
    person.append(element('h3', `${to} (${mails.length})`));
    const list = person.appendChild(element('ul'));
    for (const { id, subject, at } of mails) {
      const button = list.appendChild(element('li')).appendChild(element('button'));
      button.type = 'button';
      button.dataset.focus = `mail-${id}-${to.replace(/[^\w@.-]/g, '')}`;
      button.append(element('span', subject || '(no subject)'), element('span', say(at, short), 'quiet'));
      button.addEventListener('click', () => openLetter(id));
    }
    return person;
  });
  byId('mail-list').replaceChildren(...groups);
}

async function openLetter(id) {
  const letter = await attempt(() => ask(`mail/${id}`));
  if (!letter) return;
  open = id;
  byId('letter-subject').textContent = letter.subject || '(no subject)';
  byId('letter-about').textContent = `${letter.from} to ${letter.to}, ${say(letter.at)}`;
  byId('letter-html').src = `/sandbox/mail/${id}/html`;
  byId('letter-text').textContent = letter.text;
  byId('letter-headers').replaceChildren(
    ...letter.headers.flatMap(({ name, value }) => [element('dt', name), element('dd', value)]),
  );
  showPart(letter.hasHtml ? 'html' : 'text');
  byId('letter').hidden = false;
  byId('mail-list').hidden = true;
  byId('letter-subject').focus();
}

function closeLetter() {
  byId('letter').hidden = true;
  byId('mail-list').hidden = false;
  document.querySelector(`[data-focus^="mail-${open}"]`)?.focus();
  open = undefined;
}

function showPart(part) {
  for (const button of document.querySelectorAll('[data-part]')) {
    button.setAttribute('aria-pressed', String(button.dataset.part === part));
    byId(`letter-${button.dataset.part}`).hidden = button.dataset.part !== part;
  }
}

/** A phone stays the same element while its texts change, so that a half-written reply isn't lost. */
const phones = new Map();
function drawTexts(items) {
  const groups = grouped(items, ({ phone }) => [phone]);
  for (const [number, phone] of phones) {
    if (groups.has(number)) continue;
    phone.remove();
    phones.delete(number);
  }
  if (groups.size === 0) return byId('phone-list').replaceChildren(nothing(emptyPhones));
  for (const other of byId('phone-list').querySelectorAll(':scope > :not(.phone)')) other.remove();
  for (const [number, texts] of groups) {
    const isNew = !phones.has(number);
    if (isNew) phones.set(number, byId('phone-list').appendChild(aPhone(number)));
    const bubbles = phones.get(number).querySelector('.bubbles');
    const count = bubbles.children.length;
    bubbles.replaceChildren(...texts.reverse().map(aBubble));
    if (isNew || bubbles.children.length !== count) bubbles.scrollTop = bubbles.scrollHeight;
  }
}

function aPhone(number) {
  const phone = byId('phone').content.firstElementChild.cloneNode(true);
  phone.querySelector('h3').textContent = number;
  phone.querySelector('.bubbles').setAttribute('aria-label', `Texts with ${number}`);
  phone.querySelector('.quick').setAttribute('aria-label', `Quick replies from ${number}`);
  phone.querySelector('label span').textContent = `Reply from ${number}`;
  const send = (body) =>
    attempt(() => ask('texts', { from: number, body })).then((sent) => (refresh(), sent));
  for (const button of phone.querySelectorAll('[data-word]')) {
    button.addEventListener('click', () => send(button.dataset.word));
  }
  const form = phone.querySelector('form');
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (await send(new FormData(form).get('body'))) form.reset();
  });
  return phone;
}

function aBubble({ body, at, inbound, status }) {
  const bubble = element('li', body || '(redacted)', inbound ? 'inbound' : '');
  bubble.append(element('small', inbound ? say(at, short) : `${say(at, short)} · ${status}`));
  return bubble;
}

function drawClock(desk) {
  now = desk.now;
  byId('clock-now').textContent = say(now);
  const ahead = Math.round((new Date(now) - new Date(desk.realNow)) / 60_000);
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  byId('clock-zone').textContent =
    `${zone} time${ahead > 1 ? `, ${lasting(ahead)} ahead of the real clock` : ''}.`;
  byId('clock-next').textContent = desk.next ? `Next due: ${say(desk.next)}.` : 'Nothing is due.';
  document.querySelector('[data-move="next"]').hidden = !desk.next;
}

const sayDate = (date) =>
  new Intl.DateTimeFormat('en-US', { dateStyle: 'full', timeZone: 'UTC' }).format(new Date(date));
let docket;
function drawDocket(state) {
  docket = state;
  byId('docket-date').textContent = state.withdrawn ? 'Withdrawn' : sayDate(state.closesOn);
  byId('docket-about').textContent = `${state.documentId}: ${state.title}`;
  byId('docket-withdraw').textContent = state.withdrawn ? 'Bring it back' : 'Withdraw it';
  byId('docket-notices').replaceChildren(
    ...state.notices.map(({ number, action, publishedOn, closesOn }) => {
      const item = element('li', action);
      item.append(element('small', `${number}, ${publishedOn}: comments close on ${closesOn}`));
      return item;
    }),
  );
}

async function changeDocket(change) {
  const state = await attempt(() => ask('docket', change));
  if (!state) return;
  drawDocket(state);
  byId('docket-said').textContent = state.withdrawn ? 'It is withdrawn.' : 'Published.';
}
const publish = (closesOn) => changeDocket({ closesOn, everywhere: !byId('docket-only').checked });

function lasting(minutes) {
  const [count, unit] =
    minutes < 120 ? [minutes, 'minute'] : minutes < 2880 ? [minutes / 60, 'hour'] : [minutes / 1440, 'day'];
  return new Intl.NumberFormat('en-US', {
    style: 'unit',
    unit,
    unitDisplay: 'long',
    maximumFractionDigits: 0,
  }).format(count);
}

async function move(to) {
  const controls = document.querySelectorAll('#clock button');
  for (const button of controls) button.disabled = true;
  byId('clock-said').textContent = 'Moving forward, and handing over what is due on the way …';
  const moved = await attempt(() => ask('clock', { to }));
  byId('clock-said').textContent = moved ? `It is now ${say(moved.now)}.` : '';
  for (const button of controls) button.disabled = false;
  await refresh();
}

let trouble;
async function attempt(work) {
  try {
    const done = await work();
    if (trouble !== 'refresh') byId('trouble').textContent = '';
    return done;
  } catch (error) {
    trouble = 'deed';
    byId('trouble').textContent = error.message;
  }
}

let refreshing = false;
async function refresh() {
  if (refreshing) return;
  refreshing = true;
  try {
    const desk = await ask(`desk?find=${encodeURIComponent(byId('find').value)}`);
    drawClock(desk);
    drawDocket(desk.docket);
    redraw('mail', desk.mail, drawMail);
    redraw('texts', desk.texts, drawTexts);
    if (trouble === 'refresh') byId('trouble').textContent = trouble = '';
  } catch {
    trouble = 'refresh';
    byId('trouble').textContent = 'The sandbox does not answer. Is it still running?';
  }
  refreshing = false;
}

for (const button of document.querySelectorAll('[data-show]')) {
  button.addEventListener('click', () => {
    document.body.dataset.shown = button.dataset.show;
    for (const each of document.querySelectorAll('[data-show]')) {
      each.setAttribute('aria-pressed', String(each === button));
    }
  });
}
for (const button of document.querySelectorAll('[data-part]')) {
  button.addEventListener('click', () => showPart(button.dataset.part));
}
for (const button of document.querySelectorAll('[data-move]')) {
  const by = button.dataset.move;
  button.addEventListener('click', () =>
    move(by === 'next' ? 'next' : new Date(new Date(now).getTime() + Number(by)).toISOString()),
  );
}
byId('clock-form').addEventListener('submit', (event) => {
  event.preventDefault();
  move(new Date(byId('clock-to').value).toISOString());
});
for (const button of document.querySelectorAll('[data-days]')) {
  button.addEventListener('click', () => {
    const moved = new Date(new Date(docket.closesOn).getTime() + Number(button.dataset.days) * 86_400_000);
    publish(moved.toISOString().slice(0, 10));
  });
}
byId('docket-form').addEventListener('submit', (event) => {
  event.preventDefault();
  publish(byId('docket-to').value);
});
byId('docket-withdraw').addEventListener('click', () => changeDocket({ withdrawn: !docket.withdrawn }));
byId('letter-close').addEventListener('click', closeLetter);
let typing;
byId('find').addEventListener('input', () => {
  clearTimeout(typing);
  typing = setTimeout(refresh, 200);
});
setInterval(() => document.hidden || refresh(), 2_000);
refresh();
