import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { contrastWithWhite } from '#domain';
import { checkLockScreen, messagesIn } from '#messages';

interface Coalition {
  slug: string;
  parent?: string;
  name: string;
  shortName: string;
  replyTo: string;
  colour: string;
}
const { coalitions } = parse(readFileSync(new URL('coalitions.yaml', import.meta.url), 'utf8')) as {
  coalitions: Coalition[];
};

describe('the sample coalitions', () => {
  it('form a tree with neutral short names, readable colours and addresses that reach nobody', () => {
    expect(coalitions.map((c) => c.parent)).toEqual([undefined, 'many-hands', 'many-hands-oregon']);
    for (const { shortName, colour, replyTo } of coalitions) {
      expect(
        checkLockScreen(shortName, [...messagesIn('en').avoidWords, ...messagesIn('es').avoidWords]),
      ).toEqual([]);
      expect(contrastWithWhite(colour)).toBeGreaterThanOrEqual(4.5);
      expect(replyTo).toMatch(/@([\w-]+\.)*example\.org$/);
    }
  });
});
