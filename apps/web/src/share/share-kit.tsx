import { Anchor, Image, SegmentedControl, SimpleGrid, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api/client.js';
import { Failed } from '../shell/failed.js';
import { type Language, useLanguage, useWords } from '../words/language.js';
import { Passage } from './passage.js';

/** What a leader passes on for one campaign: link, words, codes, a flyer, a date. */
export function ShareKit({ campaignId, coalitionId }: { campaignId: string; coalitionId: string }) {
  const { share: words, shell } = useWords();
  const [language, setLanguage] = useState<Language>(useLanguage().language);
  const kit = useQuery({
    queryKey: ['share', campaignId, coalitionId],
    queryFn: async () =>
      (
        await api.GET('/api/v1/campaigns/{id}/coalitions/{coalitionId}/share', {
          params: { path: { id: campaignId, coalitionId } },
        })
      ).data!,
  });
  if (kit.error) return <Failed error={kit.error} retry={kit.refetch} />;
  if (!kit.data) return <Skeleton h={320} radius="md" />;
  const { files, past } = kit.data;
  const said = kit.data.words[language];
  return (
    <Stack component="section" gap="md" aria-labelledby="share-kit">
      <div>
        <Title order={2} size="h3" id="share-kit">
          {words.title}
        </Title>
        <Text c="dimmed">{past ? words.past : words.lede}</Text>
      </div>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
        <Stack gap="sm">
          <SegmentedControl
            aria-label={words.language}
            value={language}
            onChange={(next) => setLanguage(next as Language)}
            data={Object.entries(shell.languages).map(([value, label]) => ({ value, label }))}
          />
          <Passage label={words.link} value={said.link} short />
          <Passage label={words.emailSubject} value={said.email.subject} short />
          <Passage label={words.email} value={said.email.body} />
          <Passage label={words.text} value={said.text} />
          <Passage label={words.social} value={said.social} />
        </Stack>
        <Stack gap="sm" align="flex-start">
          <Text fw={600}>{words.code}</Text>
          <Image src={files.qrSvg} alt={words.codeAlt} w={200} h={200} radius="sm" bg="white" />
          <Text fw={600} mt="sm">
            {words.files}
          </Text>
          <Download href={files.qrSvg} label={words.svg} />
          <Download href={files.qrPng} label={words.png} />
          <Download href={files.flyer[language]} label={words.flyer} />
          {files.calendar && <Download href={files.calendar[language]} label={words.calendar} />}
        </Stack>
      </SimpleGrid>
    </Stack>
  );
}

const Download = ({ href, label }: { href: string; label: string }) => (
  <Anchor href={href} download>
    {label}
  </Anchor>
);
