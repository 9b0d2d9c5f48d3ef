/**
 * Merge fields: everything that may stand between {{ and }} in a message, and nothing else.
 * The descriptions are shown to organizers beside the editor; the names are what templates are checked against.
 * Every value is plain text (escaped where it goes into HTML), except `daysLeft`, a number to compare with.
 */
export const mergeFields = {
  name: 'First name the person gave; may be empty. Try {{ name | default: "friend" }}.',
  deed: 'What is asked, as a short verb phrase: "comment on the federal job list".',
  campaign: 'The campaign’s title.',
  coalition: 'The coalition the person joined first, by its full name.',
  shortName: 'That coalition’s short, neutral name, safe on a lock screen.',
  deadline:
    'The deadline where the person is: "Monday, March 15, 8:59 pm Pacific". Empty while no date is known.',
  deadlineShort: 'The same for texts: "Mon Mar 15, 8:59 pm". Only letters that every phone alphabet has.',
  deadlineEastern:
    'The deadline in Eastern time, as the agency counts it: "Monday, March 15, 11:59 pm Eastern".',
  daysLeft: 'Whole days until the deadline’s date where the person is: 0 on the day itself.',
  extended:
    'Says something only when the deadline was moved later: {% if extended %}There is more time now.{% endif %}',
  guideUrl: 'Link to our steps for this campaign, which have the button to the official form.',
  doneUrl: 'Link to the page with the "I did it" button.',
  stopUrl: 'Link to the page that stops messages.',
  preferencesUrl: 'Link to the page where the person chooses what they get.',
  optInUrl: 'Link to the page with the "Yes, remind me" button.',
  referUrl:
    'Link for a colleague of the person: who signs up by it counts as brought by them, and nobody is told who that is.',
  postalAddress: 'The coalition’s postal address, on one line.',
  contact: 'Where a person can be reached: an address or a number of the coalition.',
  dataUrl: 'Link to the page where a person sees or deletes what is kept. Only in our own messages.',
  joinUrl:
    'Link to the page where a person joins a new campaign, or asks to hear of it. Only in our own messages.',
  resultTotal: 'How many did it, rounded down. Only in our own messages.',
  resultCoalition: 'How many of them with the person’s coalition, rounded down. Only in our own messages.',
  code: 'Six digits that prove a phone is in its owner’s hand. Only in our own messages.',
} as const;

export type MergeField = keyof typeof mergeFields;
export type UrlField =
  'guideUrl' | 'doneUrl' | 'stopUrl' | 'preferencesUrl' | 'optInUrl' | 'referUrl' | 'dataUrl' | 'joinUrl';

const ours: readonly MergeField[] = ['dataUrl', 'joinUrl', 'resultTotal', 'resultCoalition', 'code'];

/** What organizers may write; the rest has a value only in messages that the product writes itself. */
export const writersFields: readonly MergeField[] = (Object.keys(mergeFields) as MergeField[]).filter(
  (field) => !ours.includes(field),
);

/** What the layout needs of a coalition beyond the fields that writers use. */
export const brandFields = {
  colour: 'The coalition’s colour, "#1f4e79": white text on it must be readable.',
};

/** One person's values. A message needs only the fields it names (`compiled.fields`); the rest may be left out. */
export type MergeValues = Partial<Record<Exclude<MergeField, 'daysLeft'>, string>> & {
  daysLeft?: number;
  colour?: string;
};

/** Fields that people outside the staff can write into: never allowed in a message before the opt-in. */
export const userSuppliedFields: readonly MergeField[] = ['name'];

export function isMergeField(name: string): name is MergeField {
  return Object.hasOwn(mergeFields, name);
}

export function isUrlField(name: string): name is UrlField {
  return isMergeField(name) && name.endsWith('Url');
}
