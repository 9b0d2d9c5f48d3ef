import { Button, CopyButton, Group, Textarea, TextInput } from '@mantine/core';
import { useWords } from '../words/language.js';

/** Words to pass on, and a button that copies them. */
export function Passage({
  label,
  value,
  hint,
  short,
}: {
  label: string;
  value: string;
  hint?: string;
  short?: boolean;
}) {
  const { share: words, shell } = useWords();
  return (
    <div>
      {short ? (
        <TextInput
          readOnly
          label={label}
          description={hint}
          value={value}
          onFocus={({ target }) => target.select()}
        />
      ) : (
        <Textarea readOnly autosize minRows={2} maxRows={14} label={label} description={hint} value={value} />
      )}
      <Group mt={4}>
        <CopyButton value={value}>
          {({ copied, copy }) => (
            <Button
              size="compact-sm"
              variant="default"
              aria-label={copied ? shell.copied : words.copyOf(label)}
              onClick={copy}
            >
              {copied ? shell.copied : shell.copy}
            </Button>
          )}
        </CopyButton>
      </Group>
    </div>
  );
}
