import { blockOf, neighboursOf } from './neighbours.js';
import { networkOf } from './network.js';
import { type OptInMail, roomForOptIn } from './opt-in-mail.js';
import { parsePhone } from './phone.js';

describe('where a request comes from', () => {
  it.each([
    ['203.0.113.9', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['2001:db8:1:2:aaaa:bbbb:cccc:dddd', '2001:db8:1:2'],
    ['2001:db8:1:2::1', '2001:db8:1:2'],
    ['2001:0DB8::1', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['1:2:3:4:5:6:7::', '1:2:3:4'],
  ])('%s is counted as %s', (ip, network) => expect(networkOf(ip)).toBe(network));
});

describe('numbers beside each other', () => {
  it('are ten up and ten down', () => {
    const near = neighboursOf('+12125550142');
    expect(near).toHaveLength(20);
    expect([near[0], near.at(-1)]).toEqual(['+12125550132', '+12125550152']);
    expect(near).not.toContain('+12125550142');
  });

  it('share the first six digits with 10,000', () => expect(blockOf('+12125550142')).toBe('+1212555'));
});

describe('a number that no text is sent to', () => {
  it.each([
    ['premium', '900 555 1212', 'no_texts'],
    ['toll-free', '888 555 1212', 'no_texts'],
    ['a personal number, charged to its caller', '500 555 0006', 'no_texts'],
    ['of the internet alone', '600 555 1212', 'country'],
    ['Canadian', '416 736 5000', 'country'],
    ['Jamaican, and dialled like ours', '876 926 1234', 'country'],
    ['Dominican', '809 555 1234', 'country'],
  ])('is %s: %s', (_, text, problem) => expect(parsePhone(text)).toEqual({ problem }));
});

describe('room for an opt-in mail', () => {
  const now = new Date('2027-03-01T12:00Z');
  const inHours = (hours: number) => new Date(now.getTime() + hours * 3_600_000);
  const mail = (campaignId: string, kind: OptInMail['kind'], hours: number): OptInMail => ({
    campaignId,
    kind,
    at: inHours(hours),
  });

  it.each<[string, OptInMail[], number, number]>([
    ['nothing before: now, and all three', [], 0, 3],
    ['a welcome an hour ago: a day after it', [mail('a', 'welcome', -1)], 23, 3],
    ['a welcome two days ago', [mail('a', 'welcome', -48)], 0, 3],
    ['one waits already: behind it', [mail('a', 'welcome', -1), mail('b', 'welcome', 23)], 47, 3],
    ['a gap between two that is too small', [mail('a', 'welcome', -1), mail('b', 'welcome', 30)], 54, 3],
    ['a nudge that went', [mail('a', 'nudge', -2)], 22, 3],
    ['a nudge ahead gives way', [mail('a', 'nudge', 2)], 0, 3],
    ['the same campaign before', [mail('c', 'welcome', -80), mail('c', 'nudge', -56)], 0, 1],
    ['four in the year', [1, 2, 3, 4].map((n) => mail(`${n}`, 'welcome', -500 * n)), 0, 2],
    ['six in the year', [1, 2, 3, 4, 5, 6].map((n) => mail(`${n}`, 'welcome', -500 * n)), 0, 0],
  ])('after %s', (_, earlier, hours, most) =>
    expect(roomForOptIn({ now, campaignId: 'c', earlier })).toEqual({ welcomeAt: inHours(hours), most }),
  );
});
