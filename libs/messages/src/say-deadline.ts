import { messagesIn } from './words/messages.js';
import type { Language } from './words/languages.js';

const locales: Record<Language, string> = { en: 'en-US', es: 'es-US' };
const eastern = 'America/New_York';

/** A deadline as people say it: "Monday, March 15, 8:59 pm Pacific"; "lunes 15 de marzo, 8:59 pm, hora del Pacífico". */
export function sayDeadline(at: Date, zone: string, language: Language): string {
  const { weekday, month, day } = partsOf(at, zone, language, 'long');
  const time = `${clockTime(at, zone, language)}`;
  const place = zoneName(at, zone, language);
  return language === 'es'
    ? `${weekday} ${day} de ${month}, ${time}, ${place}`
    : `${weekday}, ${month} ${day}, ${time} ${place}`;
}

export function sayDeadlineEastern(at: Date, language: Language): string {
  return sayDeadline(at, eastern, language);
}

/** For texts: "Mon Mar 15, 8:59 pm"; "sab 20 mar, 8:59 pm", without the á that would double the price. */
export function sayDeadlineShort(at: Date, zone: string, language: Language): string {
  const { weekday = '', month = '', day } = partsOf(at, zone, language, 'short');
  const [onDay, inMonth] = [weekday, month].map((word) => word.replace('.', '').replace('á', 'a'));
  const date = language === 'es' ? `${onDay} ${day} ${inMonth}` : `${onDay} ${inMonth} ${day}`;
  return `${date}, ${clockTime(at, zone, language)}`;
}

function partsOf(at: Date, zone: string, language: Language, width: 'long' | 'short') {
  const parts = new Intl.DateTimeFormat(locales[language], {
    timeZone: zone,
    weekday: width,
    month: width,
    day: 'numeric',
  }).formatToParts(at);
  return Object.fromEntries(parts.map(({ type, value }) => [type, value]));
}

/** "8:59 pm" in both languages: Intl's own spaces and points differ from one version to the next. */
function clockTime(at: Date, zone: string, language: Language): string {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hour: 'numeric',
    minute: '2-digit',
    hourCycle: 'h12',
  }).formatToParts(at);
  const { hour, minute, dayPeriod } = Object.fromEntries(parts.map(({ type, value }) => [type, value]));
  const noon = messagesIn(language).clock;
  return `${hour}:${minute} ${dayPeriod === 'AM' ? noon.am : noon.pm}`;
}

function zoneName(at: Date, zone: string, language: Language): string {
  const name = (locale: string) =>
    new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: 'longGeneric' })
      .formatToParts(at)
      .find((part) => part.type === 'timeZoneName')?.value ?? zone;
  const known: Record<string, string> = messagesIn(language).zones;
  return known[name('en-US').replace(/( Standard)? Time$/, '')] ?? name(locales[language]);
}
