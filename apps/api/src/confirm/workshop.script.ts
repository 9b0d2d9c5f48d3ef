import {
  commentLimit,
  findRefused,
  findTelling,
  type Found,
  likenessTo,
  type Remark,
  sizeOfComment,
  tooLike,
  withoutRefused,
} from '#domain';
import { workshopWords } from '#messages';

// The workshop's page in the browser. What is typed stays in it: kept in this browser, sent nowhere; the page's policy
// lets it connect to nobody.

const w = workshopWords(document.documentElement.lang === 'es' ? 'es' : 'en');
const byId = <Kind extends HTMLElement = HTMLElement>(id: string) => document.getElementById(id) as Kind;
const root = byId('workshop');
/** The campaign's own words are nobody's name. */
const known = root.textContent;
const opening = document.getElementById('opening')?.textContent ?? null;
const sample = document.getElementById('sample')?.textContent ?? null;
const parts = [...root.querySelectorAll<HTMLElement>('[data-part]')];
const answers = [...root.querySelectorAll('textarea')];

// The draft, in this browser

const place = `drumbeat.comment.${root.dataset['draft']}`;

function read(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(place) ?? '[]');
    return Array.isArray(kept) ? kept.map(String) : [];
  } catch {
    return [];
  }
}

/** Says whether the draft is kept: in a private window, or when the browser is full, it may not be. */
function keep(): void {
  const typed = answers.map(({ value }) => value);
  try {
    if (typed.some(Boolean)) localStorage.setItem(place, JSON.stringify(typed));
    else localStorage.removeItem(place);
    byId('kept').textContent = w.kept;
  } catch {
    byId('kept').textContent = w.notKept;
  }
}

/** Questions may have become fewer since: nothing that was written is lost. */
function fill(typed: string[]): void {
  answers.forEach((answer, index) => {
    const rest = index + 1 === answers.length ? typed.slice(index) : typed.slice(index, index + 1);
    answer.value = rest.filter(Boolean).join('\n\n');
  });
}

const written = () => answers.map(({ value }) => value.trim()).filter(Boolean);
const comment = () => [opening, ...written()].filter(Boolean).join('\n\n');

// What is said of it

function element(tag: string, text: string, className = ''): HTMLElement {
  const made = document.createElement(tag);
  made.textContent = text;
  made.className = className;
  return made;
}

function button(text: string, className: string, press: () => void): HTMLElement {
  const made = element('button', text, className) as HTMLButtonElement;
  made.type = 'button';
  made.addEventListener('click', press);
  return made;
}

/** What was just done: shown in passing, and read out. */
function say(words: string): void {
  byId('said').textContent = words;
}

function sayOfSize(): void {
  const { characters, bytes, over } = sizeOfComment(comment());
  for (const line of root.querySelectorAll('[data-size]')) {
    line.textContent = `${w.size(characters, bytes, commentLimit)}. ${over > 0 ? w.over(over) : w.fits}`;
    line.classList.toggle('mistake', over > 0);
  }
}

const most = 12;

/** What the form refuses in these answers and what to look at again; each leads to where it stands. */
function remarksOn(answers: HTMLTextAreaElement[]): HTMLElement[] {
  const refused = answers.flatMap((answer) => findRefused(answer.value).map((found) => ({ answer, found })));
  const telling = answers.flatMap((answer) => tellingIn(answer).map((found) => ({ answer, found })));
  const isEmoji = ({ text }: Found) => /\p{Extended_Pictographic}/u.test(text);
  return [
    ...(refused.length > 0
      ? [
          element('p', w.refused(refused.length), 'mistake'),
          chips(refused, (found) => (isEmoji(found) ? found.text : w.unseen)),
          button(w.remove, 'plain', () => remove(answers)),
        ]
      : []),
    ...(telling.length > 0
      ? [
          element('h3', w.look),
          element('p', w.lookText, 'quiet-text'),
          chips(telling, ({ text, kind }) => `${text} (${w.kinds[kind]})`),
        ]
      : []),
  ];
}

/** Each once, however often it stands there. */
function tellingIn({ value }: HTMLTextAreaElement): Remark[] {
  const remarks = findTelling(value, known);
  return remarks.filter(({ text }, index) => remarks.findIndex((other) => other.text === text) === index);
}

function chips<Kind extends Found>(
  found: { answer: HTMLTextAreaElement; found: Kind }[],
  label: (found: Kind) => string,
): HTMLElement {
  const list = element('ul', '', 'chips');
  for (const { answer, found: each } of found.slice(0, most)) {
    const item = element('li', '');
    item.append(button(label(each), 'chip', () => lead(answer, each)));
    list.append(item);
  }
  if (found.length > most) list.append(element('li', w.more(found.length - most)));
  return list;
}

function lead(answer: HTMLTextAreaElement, { index, text }: Found): void {
  location.hash = answer.closest('[data-part]')!.id;
  open();
  answer.focus();
  answer.setSelectionRange(index, index + text.length);
}

function remove(from: HTMLTextAreaElement[]): void {
  for (const answer of from) answer.value = withoutRefused(answer.value);
  changed();
  look();
  (current.querySelector('textarea') ?? current.querySelector('h2'))!.focus();
  say(w.removed);
}

/** The comment with what it is about marked where it stands. */
function marked(text: string): (string | HTMLElement)[] {
  const found = [...findRefused(text), ...findTelling(text, known)].sort(
    (one, other) => one.index - other.index,
  );
  const pieces: (string | HTMLElement)[] = [];
  let end = 0;
  for (const { index, text: words } of found) {
    if (index < end) continue;
    pieces.push(text.slice(end, index), element('mark', words));
    end = index + words.length;
  }
  return [...pieces, text.slice(end)];
}

function look(): void {
  const text = comment();
  const own = written();
  answers.forEach((answer, index) => {
    parts[index + 1]!.querySelector('[data-remarks]')!.replaceChildren(...remarksOn([answer]));
    const words = answer.value.match(/[\p{L}\p{N}][^\s]*/gu)?.length ?? 0;
    root.querySelectorAll('[data-words]')[index]!.textContent = words > 0 ? w.words(words) : w.noWords;
  });
  byId('comment').replaceChildren(...(own.length > 0 ? marked(text) : [w.nothing]));
  byId('whole-remarks').replaceChildren(...remarksOn(answers));
  sayOfSize();
  const percent = sample ? likenessTo(sample, own.join('\n')) : 0;
  byId('alike').replaceChildren(
    ...(percent >= tooLike ? [element('p', w.alike(Math.round(percent * 100)), 'heed')] : []),
  );
  for (const id of ['copy', 'as-text', 'as-word']) byId<HTMLButtonElement>(id).disabled = own.length === 0;
  byId('erase').hidden = own.length === 0;
  byId('start').textContent = own.length > 0 ? w.goOn : w.start;
}

function show(): void {
  fill(read());
  keep();
  look();
}

let pause: ReturnType<typeof setTimeout>;

/** The count follows each key; what else there is to say waits for a pause, and is read out once. */
function changed(): void {
  keep();
  say('');
  sayOfSize();
  byId('undo').hidden = true;
  clearTimeout(pause);
  pause = setTimeout(() => {
    look();
    const { over } = sizeOfComment(comment());
    const things = answers.flatMap((answer) => [...findRefused(answer.value), ...tellingIn(answer)]);
    const news = [over > 0 && w.over(over), things.length > 0 && w.looks(things.length)]
      .filter(Boolean)
      .join(' ');
    if (byId('heard').textContent !== news) byId('heard').textContent = news;
  }, 700);
}

// Where one is: a question has an address, so that the browser's own ways lead back and forth

let current = parts[0]!;

function open(): void {
  const asked = parts.find(({ id }) => `#${id}` === location.hash) ?? current;
  for (const part of parts) part.hidden = part !== asked;
  byId('writing').hidden = !asked.querySelector('textarea');
  if (asked === current) return;
  current = asked;
  say('');
  asked.querySelector('h2')!.focus({ preventScroll: true });
  window.scrollTo(0, 0);
}

// What one can do with it

async function copy(): Promise<void> {
  try {
    await navigator.clipboard.writeText(comment());
    say(w.copied);
  } catch {
    getSelection()!.selectAllChildren(byId('comment'));
    say(w.copyByHand);
  }
}

function save(content: BlobPart, type: string, ending: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = `comment-${root.dataset['draft']}.${ending}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

async function saveAsWord(): Promise<void> {
  try {
    const { docxOf } = await import('./comment-docx.js');
    const type = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
    save(docxOf(comment()), type, 'docx');
  } catch {
    say(w.failed);
  }
}

function insert(fact: HTMLElement): void {
  const answer = current.querySelector('textarea')!;
  const { value, selectionStart, selectionEnd } = answer;
  const before = /\S$/.test(value.slice(0, selectionStart)) ? ' ' : '';
  answer.setRangeText(before + fact.dataset['fact']!, selectionStart, selectionEnd, 'end');
  answer.focus();
  changed();
  say(w.inserted);
}

let erased: string[] = [];

function erase(): void {
  erased = answers.map(({ value }) => value);
  fill([]);
  keep();
  look();
  byId('undo').hidden = false;
  byId('undo').focus();
  say(w.erased);
}

function undo(): void {
  fill(erased);
  changed();
  say(w.broughtBack);
  current.querySelector('h2')!.focus();
}

/** Whoever came from their own guide goes back to it, and is counted when they open the form, as from there. */
function wayBack(): string | null {
  const { origin, pathname } = new URL(document.referrer || 'about:blank');
  const came =
    origin === location.origin && /^\/(guide|welcome)\/[\w-]{22}$/.test(pathname) ? pathname : null;
  try {
    if (came) sessionStorage.setItem('drumbeat.guide', came);
    return sessionStorage.getItem('drumbeat.guide');
  } catch {
    return came;
  }
}

const guide = wayBack();
if (guide && document.getElementById('guide')) {
  byId<HTMLAnchorElement>('guide').href = guide;
  byId<HTMLFormElement>('form-button').action = `${guide}/form`;
  byId('form-button').hidden = false;
  byId('form-link').hidden = true;
}
for (const asleep of root.querySelectorAll<HTMLElement>('[data-live]')) asleep.hidden = false;
for (const answer of answers) answer.addEventListener('input', changed);
for (const press of root.querySelectorAll('[data-insert]'))
  press.addEventListener('click', () => insert(press.closest('li')!.querySelector('[data-fact]')!));
byId('copy').addEventListener('click', () => void copy());
byId('as-text').addEventListener('click', () => save(comment(), 'text/plain;charset=utf-8', 'txt'));
byId('as-word').addEventListener('click', () => void saveAsWord());
byId('erase').addEventListener('click', erase);
byId('undo').addEventListener('click', undo);
window.addEventListener('hashchange', () => {
  look();
  open();
});
// Written or erased in another tab: so it is here.
window.addEventListener('storage', ({ key }) => {
  if (key === place || key === null) show();
});
show();
open();
