import { Alert, Button, List, Stack, Text } from '@mantine/core';
import { Refusal } from '../api/client.js';
import { useWords, type Words } from '../words/language.js';

/** Why something could not be shown or done, and what to do. */
export function Failed({ error, retry }: { error: unknown; retry?: () => unknown }) {
  const words = useWords();
  const { shell } = words;
  const parts = error instanceof Refusal ? error.parts : [];
  return (
    <Alert color="red" variant="light" title={shell.failedTitle} role="alert">
      <Stack gap="xs" align="flex-start">
        <Text>{sayError(error, words)}</Text>
        {parts.length > 0 && (
          <List lang="en">
            {parts.map(({ path, message }) => (
              <List.Item key={`${path} ${message}`}>{message}</List.Item>
            ))}
          </List>
        )}
        {retry && (
          <Button variant="default" onClick={() => void retry()}>
            {shell.tryAgain}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}

export function sayError(error: unknown, { shell, problems }: Words): string {
  if (error instanceof Refusal) return problems[error.code] ?? error.detail;
  return error instanceof TypeError ? shell.unreachable : shell.broken;
}
