import { minute, wallClockOf } from './zone.js';

export type Language = 'en' | 'es';

/** Weekdays, months and zones are ours, not ICU's: a message must read the same on every machine. */
const words = {
  en: {
    weekdays: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
    months: 'January February March April May June July August September October November December'.split(
      ' ',
    ),
  },
  es: {
    weekdays: ['domingo', 'lunes', 'martes', 'miércoles', 'jueves', 'viernes', 'sábado'],
    months: 'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre'.split(
      ' ',
    ),
  },
};

const zoneNames: readonly [zones: string, en: string, es: string][] = [
  [
    'America/New_York America/Detroit America/Kentucky/Louisville America/Louisville America/Kentucky/Monticello ' +
      'America/Indiana/Indianapolis America/Indianapolis America/Fort_Wayne America/Indiana/Vevay ' +
      'America/Indiana/Marengo America/Indiana/Vincennes America/Indiana/Petersburg America/Indiana/Winamac ' +
      'US/Eastern US/Michigan America/Toronto',
    'Eastern',
    'hora del Este',
  ],
  [
    'America/Chicago America/Indiana/Knox America/Knox_IN America/Indiana/Tell_City America/Menominee ' +
      'America/North_Dakota/Center America/North_Dakota/New_Salem America/North_Dakota/Beulah US/Central ' +
      'America/Winnipeg',
    'Central',
    'hora del Centro',
  ],
  [
    'America/Denver America/Boise America/Shiprock US/Mountain America/Edmonton',
    'Mountain',
    'hora de la Montaña',
  ],
  ['America/Phoenix US/Arizona', 'Arizona', 'hora de Arizona'],
  ['America/Los_Angeles US/Pacific America/Vancouver', 'Pacific', 'hora del Pacífico'],
  [
    'America/Anchorage America/Juneau America/Sitka America/Metlakatla America/Yakutat America/Nome US/Alaska',
    'Alaska',
    'hora de Alaska',
  ],
  ['America/Adak America/Atka', 'Hawaii-Aleutian', 'hora de Hawái y las Aleutianas'],
  ['Pacific/Honolulu US/Hawaii', 'Hawaii', 'hora de Hawái'],
  ['America/Puerto_Rico', 'Atlantic (Puerto Rico)', 'hora del Atlántico (Puerto Rico)'],
  [
    'America/St_Thomas America/Virgin America/St_Croix',
    'Atlantic (Virgin Islands)',
    'hora del Atlántico (Islas Vírgenes)',
  ],
  ['Pacific/Guam', 'Chamorro (Guam)', 'hora de Chamorro (Guam)'],
  ['Pacific/Saipan', 'Chamorro (Saipan)', 'hora de Chamorro (Saipán)'],
  ['Pacific/Pago_Pago US/Samoa', 'Samoa', 'hora de Samoa'],
  ['UTC Etc/UTC', 'UTC', 'UTC'],
];

const sayings = new Map(
  zoneNames.flatMap(([zones, en, es]) => zones.split(' ').map((zone) => [zone, { en, es }] as const)),
);

/** A zone's name as people say it: "Eastern", "hora del Este"; elsewhere its city: "Berlin time", "hora de Berlin". */
export function sayZone(zone: string, language: Language): string {
  const saying = sayings.get(zone);
  if (saying) return saying[language];
  const city = zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ');
  return language === 'es' ? `hora de ${city}` : `${city} time`;
}

/** The zones of the states and territories, from the east on. */
const zones = [
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Phoenix',
  'America/Los_Angeles',
  'America/Anchorage',
  'America/Adak',
  'Pacific/Honolulu',
  'America/Puerto_Rico',
  'America/St_Thomas',
  'Pacific/Guam',
  'Pacific/Saipan',
  'Pacific/Pago_Pago',
];

/** What somebody in the United States chooses from. @param others offered too, so that none that is chosen gets lost */
export const zoneChoices = (language: Language, ...others: (string | null)[]) =>
  [...new Set([...zones, ...others])].flatMap((value) =>
    value ? [{ value, label: sayZone(value, language) }] : [],
  );

/** The day at an instant: "Monday, March 15", "lunes 15 de marzo". */
export function sayDay(instant: Date, zone: string, language: Language): string {
  const wall = new Date(wallClockOf(zone).wallAt(instant.getTime()));
  const weekday = words[language].weekdays[wall.getUTCDay()];
  const month = words[language].months[wall.getUTCMonth()];
  return language === 'es'
    ? `${weekday} ${wall.getUTCDate()} de ${month}`
    : `${weekday}, ${month} ${wall.getUTCDate()}`;
}

/** The time at an instant, without its zone: "11:59 pm", "noon", "11:59 p. m.", "mediodía". */
export function sayTime(instant: Date, zone: string, language: Language): string {
  const wall = new Date(wallClockOf(zone).wallAt(instant.getTime()));
  const [hours, minutes] = [wall.getUTCHours(), wall.getUTCMinutes()];
  if (hours === 12 && minutes === 0) return language === 'es' ? 'mediodía' : 'noon';
  const half = hours < 12 ? { en: 'am', es: 'a.\u00a0m.' } : { en: 'pm', es: 'p.\u00a0m.' };
  const clock = `${hours % 12 || 12}${minutes === 0 && language === 'en' ? '' : `:${String(minutes).padStart(2, '0')}`}`;
  return `${clock} ${half[language]}`;
}

/** A moment as people say it: "Monday, March 15, 11:59 pm Eastern", "lunes 15 de marzo, 11:59 p. m., hora del Este". */
export function sayMoment(instant: Date, zone: string, language: Language): string {
  const time = sayTime(instant, zone, language);
  return `${sayDay(instant, zone, language)}, ${time}${language === 'es' ? ',' : ''} ${sayZone(zone, language)}`;
}

/** Do two zones' walls show the same at this instant? Then "that's … where you are" needs no saying. */
export function sameWall(instant: Date, zone: string, other: string): boolean {
  const at = instant.getTime();
  return Math.abs(wallClockOf(zone).wallAt(at) - wallClockOf(other).wallAt(at)) < minute;
}

/**
 * For texts: "Mon Mar 15, 11:59 pm", "sab 20 mar, 8:59 pm". Only letters of GSM-7's alphabet: an á would make a text cost
 * twice as much.
 */
export function sayMomentShort(instant: Date, zone: string, language: Language): string {
  const wall = new Date(wallClockOf(zone).wallAt(instant.getTime()));
  const weekday = plain(words[language].weekdays[wall.getUTCDay()]!);
  const month = plain(words[language].months[wall.getUTCMonth()]!);
  const [hours, minutes] = [wall.getUTCHours(), String(wall.getUTCMinutes()).padStart(2, '0')];
  const clock = `${hours % 12 || 12}:${minutes} ${hours < 12 ? 'am' : 'pm'}`;
  return language === 'es'
    ? `${weekday} ${wall.getUTCDate()} ${month}, ${clock}`
    : `${weekday} ${month} ${wall.getUTCDate()}, ${clock}`;
}

const plain = (word: string) => word.slice(0, 3).normalize('NFD').replace(/\p{M}/gu, '');
