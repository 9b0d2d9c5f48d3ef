/** What every page of ours holds to, checked on its HTML as `renderPage` writes it. Answers the broken rules. */
export function brokenRules(html: string): string[] {
  const broken: string[] = [];
  const rule = (holds: boolean, says: string) => {
    if (!holds) broken.push(says);
  };
  const all = (pattern: RegExp) => [...html.matchAll(pattern)].map((match) => match[1] ?? '');
  const tags = (name: string) => all(new RegExp(`(<${name}\\b[^>]*>)`, 'g'));
  const attribute = (tag: string, name: string) => new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1];

  rule(/^<!doctype html><html lang="(en|es)">/.test(html), 'the document says its language');
  rule(/<title>[^<]+<\/title>/.test(html), 'it has a title');
  rule(html.includes('name="viewport"'), 'it fits a phone');
  rule(html.includes('name="referrer" content="no-referrer"'), 'it tells other sites nothing');
  rule(
    tags('main').length === 1 && html.includes('href="#main"'),
    'it has one main part and a link to skip to it',
  );

  rule(!/ style=|<style| on[a-z]+=/.test(html), 'no inline style or handler');
  rule(!/<script(?![^>]* src="\/)/.test(html), 'no inline or foreign script');
  rule(!/<link[^>]*href="(?!\/)|<img|<iframe/.test(html), 'nothing is loaded from elsewhere');
  rule(
    tags('form').every((tag) => attribute(tag, 'method') === 'post'),
    'every form POSTs',
  );

  const ids = all(/ id="([^"]*)"/g);
  rule(new Set(ids).size === ids.length, 'every id is there once');
  const pointed = [
    ...all(/ href="#([^"]*)"/g),
    ...all(/ aria-(?:describedby|labelledby)="([^"]*)"/g).flatMap((list) => list.split(' ')),
  ];
  for (const id of pointed) rule(ids.includes(id), `#${id} is there`);

  const labelled = all(/<label for="([^"]*)"/g);
  const fields = [...tags('input'), ...tags('select')].filter((tag) => attribute(tag, 'type') !== 'hidden');
  for (const tag of fields) rule(labelled.includes(attribute(tag, 'id') ?? ''), `${tag} has a label`);

  const levels = all(/<h([1-6])\b/g).map(Number);
  rule(levels[0] === 1 && levels.filter((level) => level === 1).length === 1, 'one h1, before all others');
  rule(
    levels.every((level, index) => index === 0 || level <= (levels[index - 1] ?? 0) + 1),
    `no heading level is left out: ${levels.join(' ')}`,
  );

  const text = html.replace(/<[^>]*>/g, ' ');
  rule(!/[!¡]/.test(text), 'no exclamation marks');
  rule(!/\bundefined\b|\bnull\b|NaN|\[object/.test(text), 'no value is missing');
  return broken;
}
