import { sayZone } from '#domain';
import type { Language } from '#messages';

/** The zones of the United States and its territories, west to east as people look for them. */
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
  'Pacific/Guam',
  'Pacific/Pago_Pago',
];

export const zoneChoices = (language: Language) =>
  zones.map((value) => ({ value, label: sayZone(value, language) }));
