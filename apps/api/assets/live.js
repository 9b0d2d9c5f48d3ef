/* global document, fetch, setInterval */
// Keeps the figures of a page fresh; the page works without it.
const POLL_MS = 5000;
const root = document.querySelector('[data-live-url]');
const spoken = root.querySelector('[data-live-say]');

async function refresh() {
  if (document.hidden) return;
  try {
    const answer = await fetch(root.dataset.liveUrl, { headers: { accept: 'application/json' } });
    if (!answer.ok) return;
    const { figures, asOf, say } = await answer.json();
    for (const place of root.querySelectorAll('[data-figure]')) {
      const fresh = place.dataset.figure === 'asOf' ? asOf : figures[place.dataset.figure];
      if (fresh !== undefined && place.textContent !== fresh) place.textContent = fresh;
    }
    // Unchanged words are not spoken again.
    if (say && spoken.textContent !== say) spoken.textContent = say;
  } catch {
    // Offline for a moment: the figures on the page stay, with the time they were true.
  }
}

setInterval(refresh, POLL_MS);
document.addEventListener('visibilitychange', refresh);
