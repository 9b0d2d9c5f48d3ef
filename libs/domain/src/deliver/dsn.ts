import { enhancedIn, type MailEvent } from './bounce.js';

/**
 * The message/delivery-status part of a report (RFC 3464): a block about the message, then one for each recipient.
 * Of several the gravest counts; null when it is none, or only says that the message was passed on.
 */
export function readDsn(part: string): Pick<MailEvent, 'kind' | 'enhanced' | 'code'> | null {
  const said = part
    .replaceAll('\r\n', '\n')
    .split(/\n[ \t]*\n/)
    .map(fieldsOf)
    .flatMap((fields) => {
      const kind = kinds.get(
        fields
          .get('action')
          ?.split(/[\s(;]/)[0]
          ?.toLowerCase() ?? '',
      );
      if (!kind) return [];
      const status = enhancedIn(fields.get('status'));
      const diagnostic = fields.get('diagnostic-code');
      const enhanced = status && !status.endsWith('.0.0') ? status : (enhancedIn(diagnostic) ?? status);
      const code = /(?<![\d.])[245]\d\d(?![\d.])/.exec(diagnostic ?? '')?.[0];
      return [{ kind, ...(enhanced && { enhanced }), ...(code && { code }) }];
    });
  return order.flatMap((kind) => said.find((one) => one.kind === kind) ?? [])[0] ?? null;
}

/** The message/feedback-report part of an ARF report (RFC 5965): whether it is a complaint of its reader. */
export function isComplaint(part: string): boolean {
  const type = fieldsOf(part.replaceAll('\r\n', '\n')).get('feedback-type')?.trim().toLowerCase();
  return type !== undefined && ['abuse', 'fraud', 'opt-out', 'opt-out-list'].includes(type);
}

const kinds = new Map<string, MailEvent['kind']>([
  ['failed', 'bounced'],
  ['delayed', 'deferred'],
  ['delivered', 'delivered'],
]);
const order: readonly MailEvent['kind'][] = ['bounced', 'delivered', 'deferred'];

/** `Name: value` lines, a folded one joined; the first of a name counts. */
function fieldsOf(block: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const line of block.replace(/\n[ \t]+/g, ' ').split('\n')) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).trim().toLowerCase();
    if (colon > 0 && !fields.has(name)) fields.set(name, line.slice(colon + 1).trim());
  }
  return fields;
}
