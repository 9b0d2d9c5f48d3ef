import { dutiesPhrase, lengthOf } from '#domain';
import '../layout/copy.script.js';

// The line of duties follows what is ticked, by the rule of the server and without asking it.

const form = document.querySelector<HTMLFormElement>('#duties')!;
const made = document.querySelector<HTMLElement>('#made')!;
const left = document.querySelector<HTMLElement>('#left')!;

function show(): void {
  const ticked = [...form.querySelectorAll<HTMLInputElement>('[name=duty]:checked')];
  const line = dutiesPhrase(ticked.map(({ dataset }) => dataset['write']!));
  const letters = [...line.phrase];
  for (const place of document.querySelectorAll('[data-line]')) place.textContent = line.phrase;
  document.querySelectorAll('[data-letters] > span').forEach((box, index) => {
    box.textContent = letters[index] ?? '';
  });
  document.querySelector('#count')!.textContent = String(lengthOf(line.phrase));
  document.querySelector<HTMLElement>('#no-line')!.hidden = line.phrase !== '';
  made.hidden = line.phrase === '';
  left.hidden = line.left.length === 0;
  left.querySelector('span')!.textContent = line.left.join(', ');
}

const button = form.querySelector('button')!;
button.hidden = button.disabled = true;
form.addEventListener('change', show);
// A browser that comes back to the page ticks again what was ticked.
show();
