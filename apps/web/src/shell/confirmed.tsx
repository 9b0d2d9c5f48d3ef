import { Button, type ButtonProps, Group, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type FormEvent, type ReactNode, useState } from 'react';
import { Failed } from './failed.js';
import { useWords } from '../words/language.js';

type Props = Omit<ButtonProps, 'children'> & {
  press: string;
  title: string;
  text: string;
  danger?: boolean;
  act: () => Promise<unknown>;
  /** For whoever does not see what it stands beside. */
  label?: string;
  /** When it is pressed, before the question stands there. */
  asked?: () => void;
  /** What is asked for besides; says itself what was refused. */
  children?: (refused: unknown) => ReactNode;
};

/** A button that asks once before it does what it says. */
export function Confirmed({ press, title, text, danger = false, act, label, ...props }: Props) {
  const { asked, children, ...rest } = props;
  const { shell } = useWords();
  const [open, { open: show, close }] = useDisclosure();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  function ask() {
    setError(null);
    asked?.();
    show();
  }
  async function go(event: FormEvent) {
    event.preventDefault();
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
        <form onSubmit={(event) => void go(event)} noValidate>
          <Stack>
            <Text>{text}</Text>
            {children ? children(error) : error !== null && <Failed error={error} />}
            <Group justify="flex-end">
              <Button variant="default" onClick={close}>
                {shell.cancel}
              </Button>
              <Button type="submit" color={danger ? 'red.9' : undefined} loading={busy}>
                {press}
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  );
}
