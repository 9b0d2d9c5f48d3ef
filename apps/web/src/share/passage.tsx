import { Group, Textarea, TextInput } from '@mantine/core';
import { Copy } from '../shell/copy.js';
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
  const { share: words } = useWords();
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
        <Copy compact value={value} name={words.copyOf(label)} />
      </Group>
    </div>
  );
}
