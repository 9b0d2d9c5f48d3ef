import { Box, Container, Group, Paper, SegmentedControl, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { type Language, useLanguage, useWords } from '../words/language.js';

/** Around the pages for whoever is not signed in. */
export function Door({ children }: { children: ReactNode }) {
  const { shell } = useWords();
  const chosen = useLanguage();
  return (
    <Container size={480} py="xl" component="main" id="main">
      <Group justify="space-between" mb="lg">
        <Group gap="sm">
          <img src="/assets/drumbeat.svg" alt="" width={28} height={28} />
          <Text fw={700}>Drumbeat</Text>
        </Group>
        <Box>
          <SegmentedControl
            size="xs"
            aria-label={shell.language}
            value={chosen.language}
            onChange={(next) => chosen.choose(next as Language)}
            data={Object.entries(shell.languages).map(([value, label]) => ({ value, label }))}
          />
        </Box>
      </Group>
      <Paper withBorder p="lg" radius="md">
        {children}
      </Paper>
    </Container>
  );
}
