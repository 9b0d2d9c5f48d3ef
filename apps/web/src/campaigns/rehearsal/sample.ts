import type { components } from '../../api/schema.js';
import type { Campaign } from '../../campaign/queries.js';
import type { Language } from '../../words/language.js';

export type Sample = components['schemas']['SamplePerson'];

/** When the made-up person signed up: at the launch, now, or so many hours before the deadline. */
export const joinedChoices = ['launch', 'now', '72', '24', '5'] as const;

/** The person whom the page's address describes, as the api takes them. @param now by the campaign's clock */
export function sampleOf(
  filters: URLSearchParams,
  { coalitionIds, deadlineAt }: Campaign,
  mine: Language,
  now: string,
): Sample {
  const zip = filters.get('zip') ?? '';
  const [zone, state, spoken] = ['zone', 'state', 'language'].map((name) => filters.get(name));
  const channel = filters.get('channels');
  const signedUpAt = signedUp(filters.get('joined') ?? 'launch', deadlineAt, now);
  const coalitionId = filters.get('coalition') ?? coalitionIds[0];
  return {
    language: spoken === 'en' || spoken === 'es' ? spoken : mine,
    ...(/^\d{5}$/.test(zip) && { zip }),
    ...(zone && { zone }),
    ...(state && { state: state as NonNullable<Sample['state']> }),
    ...(channel && { channels: channel }),
    ...(signedUpAt && { signedUpAt }),
    ...(coalitionId && { coalitionId }),
  };
}

function signedUp(joined: string, deadlineAt: string | null, now: string): string | null {
  if (joined === 'launch') return null;
  if (joined === 'now' || !deadlineAt) return now;
  return new Date(Date.parse(deadlineAt) - Number(joined) * 3_600_000).toISOString();
}
