import { timingSafeEqual } from 'node:crypto';
import type { ReminderName } from '#domain';
import type { Keyring } from './keyring.js';

/**
 * The return path of one reminder's mail, at which its bounce comes back: `b+{id}.{campaign}.{mac}@{domain}`. The keyed mac
 * lets nobody report on a message that they never got; lower case, since some hosts write all of it so.
 */
export function verpAddress(keys: Keyring, { campaignId, id }: ReminderName, domain: string): string {
  return `b+${id}.${campaignId.replaceAll('-', '')}.${macs(keys, campaignId, id)[0]}@${domain}`;
}

/** The reminder that such an address names; null for any other address, and for one with a wrong mac. */
export function verpOf(keys: Keyring, address: string, domain: string): ReminderName | null {
  const at = address.lastIndexOf('@');
  if (address.slice(at + 1).toLowerCase() !== domain.toLowerCase()) return null;
  const [, id, hex, mac] =
    /^b\+(\d{1,18})\.([0-9a-f]{32})\.([0-9a-f]{16})$/.exec(address.slice(0, at).toLowerCase()) ?? [];
  if (!id || !hex || !mac) return null;
  const campaignId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  const right = macs(keys, campaignId, id).some((one) => timingSafeEqual(Buffer.from(one), Buffer.from(mac)));
  return right ? { campaignId, id } : null;
}

/** One for each look-up key, the current one's first: 64 bits, which nobody can try out over SMTP. */
const macs = (keys: Keyring, campaignId: string, id: string): string[] =>
  keys.fingerprints(`verp|${id}.${campaignId}`).map((hash) => hash.subarray(0, 8).toString('hex'));
