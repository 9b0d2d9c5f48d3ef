import './message.css';
import { SegmentedControl, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { nonce } from '../../shell/nonce.js';
import { useWords } from '../../words/language.js';

const views = ['phone', 'desktop', 'dark', 'plain'] as const;

/** A letter as people get it: on a phone, on a desk, in the dark, without pictures or colours. */
export function Letter({
  letter: { subject, text, html },
}: {
  letter: { subject: string | null; text: string | null; html: string | null };
}) {
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
        {subject}
      </Text>
      {view === 'plain' ? (
        <pre className="plain" tabIndex={0}>
          {text}
        </pre>
      ) : (
        <iframe
          key={view}
          className="letter"
          title={setup.preview}
          sandbox=""
          srcDoc={shownIn(view === 'dark', html ?? '')}
          style={{ maxWidth: view === 'desktop' ? undefined : 375 }}
        />
      )}
    </Stack>
  );
}

/** Its own styles are let in, and it is in the dark when that is asked for, whatever this device prefers. */
const shownIn = (dark: boolean, html: string) =>
  html
    .replace('<style>', `<style nonce="${nonce}">`)
    .replace('(prefers-color-scheme: dark)', dark ? 'all' : 'not all');
