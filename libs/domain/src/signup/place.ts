import { isZone } from '../schedule/zone.js';
import type { SmsWindow } from '../schedule/windows.js';
import { areaZoneOf } from './area.js';
import { parseZip } from './zip.js';

/** Where a person's clock is, and how we know: from the ZIP, from their own choice, or from the coalition they joined through. */
export interface Place {
  zone: string;
  /** Two letters; null when unknown. */
  state: string | null;
  source: 'zip' | 'chosen' | 'coalition';
}

/** Zone and state of a person (RULES §2). A ZIP or zone that isn't one is passed over, not refused. */
export function placeOf(input: { zip?: string | null; zone?: string | null; coalitionZone: string }): Place {
  const found = input.zip ? parseZip(input.zip) : undefined;
  if (found && !('problem' in found)) return { zone: found.zone, state: found.state, source: 'zip' };
  if (input.zone && isZone(input.zone)) return { zone: input.zone, state: null, source: 'chosen' };
  return { zone: input.coalitionZone, state: null, source: 'coalition' };
}

/**
 * Which rows apply to a person's texts. Without a ZIP the state is unknown, so texts keep to where the place's windows and those of the phone's
 * area code meet, under the strictest rows; an area code that tells no zone narrows nothing. With neither ZIP nor choice nor area code: the
 * default hours.
 */
export function smsWindowOf(input: { place: Place; phone?: string | null }): SmsWindow {
  if (input.place.source === 'zip' && input.place.state) return input.place.state;
  if (!input.phone) return '*';
  const { zone, source } = input.place;
  const phoneZone = areaZoneOf(input.phone) ?? (source === 'chosen' ? zone : null);
  return phoneZone ? `strict+${phoneZone}` : '*';
}
