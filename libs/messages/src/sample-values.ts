import type { MergeValues } from './fields.js';
import { docketZone, sayMoment, sayMomentShort } from '#domain';
import type { Language } from './words/languages.js';

const deadline = new Date('2027-03-16T03:59:59Z'); // Monday March 15, 11:59 pm Eastern
const zone = 'America/Los_Angeles';
const link = (letter: string) => `https://drumbeat.example/g/${letter.repeat(18)}`; // 45 characters

/** A made-up person's values, for previews while writing and for checks: links as long as real ones. */
export function sampleValues(language: Language): Required<MergeValues> {
  return {
    name: 'Sam',
    deed: language === 'es' ? 'comentar la lista federal de empleos' : 'comment on the federal job list',
    campaign: language === 'es' ? 'Comenta la lista de empleos' : 'Comment on the job list',
    coalition: 'Many Hands Portland Coalition',
    shortName: 'Many Hands PDX',
    deadline: sayMoment(deadline, zone, language),
    deadlineShort: sayMomentShort(deadline, zone, language),
    deadlineEastern: sayMoment(deadline, docketZone, language),
    daysLeft: 7,
    extended: '',
    guideUrl: link('g'),
    doneUrl: link('d'),
    stopUrl: link('s'),
    preferencesUrl: link('m'),
    optInUrl: link('y'),
    referUrl: `https://drumbeat.example/c/job-list/many-hands?by=${'r'.repeat(22)}`,
    dataUrl: link('k'),
    joinUrl: link('j'),
    resultTotal: '1,205',
    resultCoalition: '140',
    code: '204816',
    postalAddress: '100 Example Street, Portland, OR 97200',
    contact: 'hello@many-hands.example.org',
    colour: '#1f4e79',
  };
}
