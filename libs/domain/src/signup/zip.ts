import table from 'zipcode-to-timezone';
import { prefixStates, zipStates, zipZones } from './zipTables.js';

/** A ZIP with the state (two letters, territories too) and the IANA zone it lies in. */
export interface ZipPlace {
  zip: string;
  state: string;
  zone: string;
}

const military = ['AA', 'AE', 'AP'];

/** Every state and territory that has ZIPs, two letters each, in order. */
export const states: readonly string[] = [...new Set([...prefixStates.values(), ...zipStates.values()])]
  .filter((state) => !military.includes(state))
  .sort();

/** `invalid`: no ZIP of this kind exists. `military`: a forces' address, which lies in no zone; ask for the zone instead. */
export type ZipProblem = 'invalid' | 'military';

/**
 * Reads a ZIP or ZIP+4 (`10001`, `10001-1234`). A ZIP missing from the table takes the zone most of its neighbours by three digits have, so a
 * new one works too.
 */
export function parseZip(text: string): ZipPlace | { problem: ZipProblem } {
  const zip = /^\s*(\d{5})(?:[-\s]?\d{4})?\s*$/.exec(text)?.[1];
  if (!zip) return { problem: 'invalid' };
  const state = zipStates.get(zip) ?? prefixStates.get(zip.slice(0, 3));
  if (!state) return { problem: 'invalid' };
  if (military.includes(state)) return { problem: 'military' };
  const zone = zipZones.get(zip) ?? zipZones.get(zip.slice(0, 3)) ?? tableZone(zip) ?? neighbourZone(zip);
  return zone ? { zip, state, zone } : { problem: 'invalid' };
}

/** Old names of the table → the names zones go by now. */
const renamed: Readonly<Record<string, string>> = { 'America/Shiprock': 'America/Denver' };

function tableZone(zip: string): string | undefined {
  const zone = table.lookup(zip);
  return zone === null ? undefined : (renamed[zone] ?? zone);
}

const byPrefix = new Map<string, string | undefined>();

/** The zone of most ZIPs that share the first three digits, else of the numerically nearest prefixes in the state. */
function neighbourZone(zip: string): string | undefined {
  const prefix = zip.slice(0, 3);
  if (!byPrefix.has(prefix)) {
    const state = prefixStates.get(prefix);
    for (const distance of [0, 1, -1, 2, -2, 3, -3]) {
      const near = String(Number(prefix) + distance).padStart(3, '0');
      const zone = prefixStates.get(near) === state ? mostCommonZone(near) : undefined;
      if (zone) {
        byPrefix.set(prefix, zone);
        break;
      }
    }
  }
  return byPrefix.get(prefix);
}

function mostCommonZone(prefix: string): string | undefined {
  const counts = new Map<string, number>();
  for (let last = 0; last < 100; last++) {
    const zone = tableZone(prefix + String(last).padStart(2, '0'));
    if (zone) counts.set(zone, (counts.get(zone) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}
