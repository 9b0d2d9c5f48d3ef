import { useQuery } from '@tanstack/react-query';
import { api } from '../api/client.js';
import { Failed } from '../shell/failed.js';
import { useWords } from '../words/language.js';
import { Passage } from './passage.js';

/** What an organizer gives a leader who has no account. */
export function LeaderLink({ campaignId, coalitionId }: { campaignId: string; coalitionId: string }) {
  const { share: words } = useWords();
  const link = useQuery({
    queryKey: ['leader-link', campaignId, coalitionId],
    queryFn: async () =>
      (
        await api.GET('/api/v1/campaigns/{id}/coalitions/{coalitionId}/leader-link', {
          params: { path: { id: campaignId, coalitionId } },
        })
      ).data!,
  });
  if (link.error) return <Failed error={link.error} retry={link.refetch} />;
  return (
    link.data && <Passage label={words.leaderLink} hint={words.leaderLinkHint} value={link.data.url} short />
  );
}
