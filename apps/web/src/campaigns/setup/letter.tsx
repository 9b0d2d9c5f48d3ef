import { SegmentedControl, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { components } from '../../api/schema.js';
import { useWords } from '../../words/language.js';

const views = ['phone', 'desktop', 'plain'] as const;

/** A letter as people get it: on a phone, on a desk, without pictures or colours. */
export function Letter({ words }: { words: components['schemas']['Words'] }) {
  const { setup } = useWords();
  const [view, setView] = useState<(typeof views)[number]>('phone');
  return (
    <Stack gap="xs">
      <SegmentedControl
        aria-label={setup.previewAs}
        value={view}
        onChange={(value) => setView(value)}
        data={views.map((value) => ({ value, label: setup.view[value] }))}
      />
      <Text size="sm" fw={600}>
        {words.subject}
      </Text>
      {view === 'plain' ? (
        <pre className="plain" tabIndex={0}>
          {words.text}
        </pre>
      ) : (
        <iframe
          className="letter"
          title={setup.preview}
          sandbox=""
          srcDoc={words.html ?? ''}
          style={{ maxWidth: view === 'phone' ? 375 : undefined }}
        />
      )}
    </Stack>
  );
}
