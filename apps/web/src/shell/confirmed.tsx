import { Button, type ButtonProps, Group, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { Failed } from '../shell/failed.js';
import { useWords } from '../words/language.js';

type Props = ButtonProps & {
  press: string;
  title: string;
  text: string;
  danger?: boolean;
  act: () => Promise<unknown>;
  /** For whoever does not see what it stands beside. */
  label?: string;
};

/** A button that asks once before it does what it says. */
export function Confirmed({ press, title, text, danger = false, act, label, ...rest }: Props) {
  const { shell } = useWords();
  const [open, { open: ask, close }] = useDisclosure();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  async function go() {
    setBusy(true);
    setError(null);
    try {
      await act();
      close();
    } catch (refused) {
      setError(refused);
    } finally {
      setBusy(false);
    }
  }
  return (
    <>
      <Button
        variant="default"
        {...(danger && { c: 'var(--mantine-color-error)' })}
        {...rest}
        onClick={ask}
        aria-label={label}
      >
        {press}
      </Button>
      <Modal opened={open} onClose={close} title={title} closeButtonProps={{ 'aria-label': shell.close }}>
        <Stack>
          <Text>{text}</Text>
          {error !== null && <Failed error={error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {shell.cancel}
            </Button>
            <Button color={danger ? 'red.9' : undefined} loading={busy} onClick={() => void go()}>
              {press}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
