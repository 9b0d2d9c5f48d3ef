// A button under each text to take along. Without it, one press selects the text, and it is copied by hand.

for (const block of document.querySelectorAll<HTMLElement>('[data-copy]')) {
  // Only a page that came safely may write to the clipboard.
  if (!isSecureContext) break;
  const { copy, copied } = block.dataset as { copy: string; copied: string };
  const text = block.querySelector('.copy')!;
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'plain';
  button.textContent = copy;
  button.ariaLive = 'polite';
  button.addEventListener('click', () => {
    navigator.clipboard.writeText(text.textContent).then(
      () => (button.textContent = copied),
      () => getSelection()!.selectAllChildren(text),
    );
  });
  // What was copied is not what stands there now.
  new MutationObserver(() => (button.textContent = copy)).observe(text, { childList: true });
  block.append(button);
}
