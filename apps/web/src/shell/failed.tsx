import { Alert, Button, List, Stack, Text } from '@mantine/core';
import { Refusal } from '../api/client.js';
import { useWords } from '../words/language.js';

/** Why something could not be shown or done, and what to do. */
export function Failed({ error, retry }: { error: unknown; retry?: () => unknown }) {
  const { shell } = useWords();
  const parts = error instanceof Refusal ? error.parts : [];
  return (
    <Alert color="red" variant="light" title={shell.failedTitle} role="alert">
      <Stack gap="xs" align="flex-start">
        <Text>{sayError(error, shell)}</Text>
        {parts.length > 0 && (
          <List>
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

export function sayError(error: unknown, words: { unreachable: string; broken: string }): string {
  if (error instanceof Refusal) return error.detail;
  return error instanceof TypeError ? words.unreachable : words.broken;
}
