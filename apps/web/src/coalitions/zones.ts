import { sayZone } from '../words/say.js';
import type { Language } from '../words/language.js';

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

/** The zones of the states and territories, and the one that is chosen. */
export const zoneChoices = (chosen: string, language: Language) =>
  [...new Set([...zones, chosen])].map((value) => ({ value, label: sayZone(value, language) }));
