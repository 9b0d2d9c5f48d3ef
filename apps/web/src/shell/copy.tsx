import { Button, Stack, Text, Textarea } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useEffect } from 'react';
import { useWords } from '../words/language.js';

/** A button that copies. Where the browser does not let it, the words are shown, to be copied by hand. */
export function Copy({
  value,
  label,
  name,
  compact,
}: {
  value: string;
  /** What stands on the button, if not just "Copy". */
  label?: string;
  /** What it copies, for whoever does not see where it stands. */
  name?: string;
  compact?: boolean;
}) {
  const { shell } = useWords();
  const { copied, copy, error } = useClipboard();
  useEffect(() => {
    if (!error) return;
    notifications.show({
      autoClose: false,
      closeButtonProps: { 'aria-label': shell.close },
      message: (
        <Stack gap="xs">
          <Text size="sm">{shell.notCopied}</Text>
          <Textarea
            readOnly
            autosize
            maxRows={4}
            aria-label={name ?? label ?? shell.copy}
            value={value}
            onFocus={({ target }) => target.select()}
          />
        </Stack>
      ),
    });
  }, [error]);
  return (
    <Button
      variant="default"
      {...(compact && { size: 'compact-sm' })}
      {...(name && { 'aria-label': copied ? shell.copied : name })}
      onClick={() => copy(value)}
    >
      {copied ? shell.copied : (label ?? shell.copy)}
    </Button>
  );
}
