import type { LadderRung } from '#postgres';
import { checkWords } from './words.js';

const words = {
  title: 'The job list',
  deed: 'comment on the job list',
  summary: '',
  why: '',
  steps: [],
  minutes: { from: 5, to: 10 },
  doneLabel: 'I filed it',
  officialLabel: 'Open',
  sources: [{ words: 'A study', url: 'https://study.example.net/1' }],
};
const campaign = {
  texts: { en: words, es: words },
  official: { url: 'https://form.example.com/a' },
  avoidWords: ['peer'],
  wordsIn: () => words,
};
const rung = (sms: string): LadderRung => ({
  id: 'week',
  name: 'A week before',
  daysBefore: 7,
  at: '10:00',
  channels: ['sms'],
  messages: { en: { sms } },
});

describe('a ladder whose words are checked', () => {
  it('may lead to us, the official form and the sources', () => {
    for (const url of [
      'https://us.example.org/x',
      'https://form.example.com/b',
      'https://study.example.net/2',
    ])
      expect(checkWords([rung(`${url} STOP`)], campaign, [], 'https://us.example.org').problems).toEqual([]);
  });

  it('says which rung, language and part, and where in it', () => {
    const { problems, warnings } = checkWords(
      [rung('Fine. STOP'), rung('See\nhttps://evil.example.net STOP')],
      campaign,
      [{ shortName: 'Peer Workers' }],
      'https://us.example.org',
    );
    expect(problems).toMatchObject([
      { path: 'coalitionIds', message: expect.stringMatching(/"peer".*"Peer Workers"/) as string },
      {
        path: 'ladder.1.messages.en.sms',
        message: expect.stringMatching(/"evil\.example\.net".* \(line 2, column 1\)$/) as string,
      },
    ]);
    expect(warnings.map(({ path }) => path)).toEqual([
      'ladder.0.messages.es.sms',
      'ladder.1.messages.es.sms',
    ]);
  });
});
