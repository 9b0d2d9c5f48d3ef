/**
 * What can be wrong with what somebody typed: a word for programs, and what a person reads in English, with `$names` of values.
 * The console says the same in its own languages, by the word.
 */
export const faults = {
  // of any field
  missing: 'must be given',
  empty: 'must not be empty',
  too_short: 'must be at least $least characters long',
  too_long: 'must be at most $most characters long',
  too_small: 'must be at least $least',
  too_big: 'must be at most $most',
  too_few: 'must be at least $least of them',
  too_many: 'must be at most $most of them',
  whole: 'must be a whole number',
  none_of: 'must be one of $choices',
  unknown_part: 'has a part that is not known here: $keys',
  invalid: 'does not have the form that it needs',
  hidden: 'has characters that nobody can see; type it anew without them',
  readable_name: 'must be a name that people can read',
  email: 'must be an email address',
  phone: 'must be a phone number that takes texts',
  zip: 'must be a US ZIP code like 97201',
  url: 'must be an address like https://example.org/page',
  https: 'must be an https address',
  url_user: 'must not name a user before the host',
  slug: 'must be small letters and digits, with single hyphens between',
  taken: 'is taken; "$free" is free',
  colour: 'must be a colour like #1f5f8b',
  zone: 'must be a time zone of the IANA list, such as America/New_York',
  language: 'must be a language like en or es',
  wall_time: 'must be a time like 09:30',
  moment: 'must be a moment like 2027-03-15T23:59:59-04:00',
  ahead: 'must be ahead',
  minutes: 'must not be less than the minutes before it',
  // of one field alone
  id: 'must be an id like 0b6fbb5e-3a1c-4c38-9c4e-6f7d2f6a1f10',
  address_stays: 'Leave it as "$slug".',
  coalition_unknown: 'There is no coalition with this id; create it first.',
  leaders_coalition: 'belongs to a leader, and only to a leader',
  account_there: 'has an account already',
  code_wrong: 'is not the one that the app shows now, and no backup code',
  code_used: 'was used already',
  docket: 'must be an address of regulations.gov or the id of a document',
  for_organizers: 'is for organizers',
  same_coalition: 'is the same coalition',
  of_the_tree: 'must be a coalition of the tree',
  below_itself: 'must not be the coalition itself or one below it',
  short_name: 'has "$word" in it',
  logo: 'is not a logo that the coalition had',
  email_or_phone: 'must be given, or a phone',
  needs_words: 'needs words',
  subject_and_email: 'has a subject and an email together',
  email_or_text: 'needs an email, a text or both',
  // of a ladder and its hours
  ladder_empty: 'The ladder is empty; add at least one rung.',
  ladder_long: '$rungs rungs are too many; keep at most $most.',
  rung_form:
    'must have an id, channels and one moment: daysBefore or daysAfter with at, hoursBefore, or sendAt',
  rung_id_form: '"$id" is no id; use letters, digits, "-" and "_", at most 64.',
  rung_id_own: '"last_call" is the planner\'s own word; choose another id.',
  rung_id_twin: 'Rung $rung has the id "$id" too.',
  rung_no_channel: 'Choose email, text or both.',
  rung_channel: '"$channel" is no channel; use email or sms.',
  rung_channel_twice: 'Name each channel once.',
  rung_moments: 'Say when in exactly one way, not $ways: daysBefore, hoursBefore, daysAfter or sendAt.',
  rung_count: '$count is out of range; use a whole number from 0 to $most.',
  rung_no_moment: 'This is not a moment; give a date and a time.',
  rung_far: 'The year $year is too far; check the date.',
  rung_time: '"$at" is not a time; write it as 09:30.',
  follow_up_text: 'Follow-ups go by email only; take the text out.',
  rung_audience: 'Only an alert (sendAt) has an audience; everything else goes to those not done.',
  rung_twin_email: 'Rung $rung goes out by email at the same moment; move one.',
  rung_twin_sms: 'Rung $rung goes out by sms at the same moment; move one.',
  rung_late: '$at on the day of the deadline is too late; choose an earlier time.',
  rung_early: '$at on that day is before the deadline; follow up later.',
  alert_past: 'The moment of "$id" has passed; choose one that is ahead, or take the alert out.',
  rung_went_out: '"$id" went out as $was already; $now is another message: give it a new id.',
  zone_unknown: '"$zone" is not a time zone; use a name like America/Chicago.',
  sms_hours: '"$at" cannot be used; choose a time from $from to $to, written like that.',
  // of the words of a message
  no_words: 'The message has no words.',
  no_text: 'The text has no words.',
  no_subject: 'The subject is missing.',
  subject_lines: 'The subject is one line.',
  subject_signs: 'The subject is plain words, without < and >.',
  subject_long: 'The subject is at most 120 characters.',
  label: 'A button has a label of at most 60 characters, on one line and without fields.',
  language_none: 'There are no words of ours in "$language": $known.',
  words_long: 'This is longer than $most characters.',
  words_hidden: 'A character that nobody sees ($code) stands here. Delete it.',
  text_long: 'With its fields filled in this is $characters characters; a text has at most $most.',
  segments_most: 'This takes $segments segments; a text has at most $most.',
  segments_many: 'This takes $segments segments: each is paid for by itself, and one is best.',
  no_stop: 'Nothing says how to stop. End it with "STOP to end" or with {{ stopUrl }}.',
  dear_cheaper: '"$char" makes a segment 70 characters, not 160. Cheaper: $cheaper',
  dear: '"$char" makes a segment 70 characters, not 160. Write around it.',
  dear_field: 'A field brings $chars along, which makes a segment 70 characters, not 160.',
  lock_screen: '"$word" would show on a lock screen. Say it in other words.',
  lock_screen_field: '"$word" would show on a lock screen, brought along by a field. Say it in other words.',
  lock_screen_sender:
    '"$word" would show on a lock screen: it is in the short name "$name", which messages come from.',
  untranslated: 'There are no words in "$language": people get those in "$instead".',
  link_unread: '"$link" is not an address that we can read.',
  link_short:
    '"$host" hides where a link leads, and carriers filter it. Write the address itself, or {{ guideUrl }}.',
  link_elsewhere:
    'Links may not go to "$host". Add it to the campaign\'s sources first, or use {{ guideUrl }}.',
  link_form: 'A link starts with https://, mailto: or tel: "$href".',
  link_field: 'A link goes to a field that is an address, like {{ guideUrl }}: "$href".',
  link_first_text: 'The first text to a phone carries no link.',
  field_unknown: 'There is no field "$field". Fields: $fields.',
  field_parts: 'The field "$field" has no parts.',
  field_not_here: 'The field "$field" may not be used in this message.',
  unreadable: 'This cannot be read: $cause.',
  braces: 'Braces are only for fields: {{ field }} or {% if field %}.',
  braces_field: 'Braces are only for fields: {{ field }}.',
  braces_dash: 'Write braces without a dash: {{ field }}.',
  tag_unknown: 'The tag "$tag" is not available. Available: if, elsif, else, unless.',
  filter_unknown: 'The filter "$filter" is not available. Available: $filters.',
  output_form: 'Between {{ and }} goes one field, perhaps with a filter.',
  apart:
    '$tag and its partner must stand in one paragraph, or each on a line of its own between empty lines.',
} as const satisfies Record<string, string>;

export type FaultCode = keyof typeof faults;
export type FaultValues = Record<string, string | number>;

/** One thing that is wrong, for programs and for people. */
export type Fault = { code: FaultCode; values: FaultValues; message: string };

export const fault = (code: FaultCode, values: FaultValues = {}): Fault => ({
  code,
  values,
  message: fillFault(faults[code], values),
});

/** Puts values in the places of their `$names`. */
export const fillFault = (sentence: string, values: FaultValues): string =>
  sentence.replaceAll(/\$([a-z]+)/g, (name, key: string) => String(values[key] ?? name));
