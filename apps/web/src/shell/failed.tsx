import { Alert, Button, List, Stack, Text } from '@mantine/core';
import { type FaultCode, fillFault } from '#domain';
import { Refusal, type Wrong } from '../api/client.js';
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
          <List>
            {parts.map((part) => (
              <List.Item key={`${part.path} ${part.message}`}>{sayWrong(part, words)}</List.Item>
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

/** What is wrong with one thing, in the console's language. */
export function sayWrong({ message, code, values = {} }: Wrong, { faults, shell }: Words): string {
  const sentence = faults[code as FaultCode] ?? faults.invalid;
  if (sentence === undefined) return message;
  const place = values['line'] ? ` (${shell.place(String(values['line']), String(values['column']))})` : '';
  return fillFault(sentence, values) + place;
}

/** What is wrong with a field, by its path; null where nothing is. */
export function useWrong(error: unknown): (path: string) => string | null {
  const words = useWords();
  return (path) => {
    const part = error instanceof Refusal && error.parts.find((part) => part.path === path);
    return part ? sayWrong(part, words) : null;
  };
}

export function sayError(error: unknown, { shell, problems }: Words): string {
  if (error instanceof Refusal) return problems[error.code] ?? problems['other'] ?? error.detail;
  return error instanceof TypeError ? shell.unreachable : shell.broken;
}
