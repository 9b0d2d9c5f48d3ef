import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useWords } from '../words/language.js';
import { sayError } from './failed.js';

/** Says in passing that something was done, with a way back where there is one. */
export function useTell(): (message: string, undo?: () => Promise<unknown>) => void {
  const { shell } = useWords();
  const failed = useTellFailed();
  return (message, undo) => {
    const shown = notifications.show({
      autoClose: undo ? 30_000 : 5_000,
      closeButtonProps: { 'aria-label': shell.close },
      message: undo ? (
        <Group justify="space-between">
          {message}
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => {
              notifications.hide(shown);
              undo().catch(failed);
            }}
          >
            {shell.undo}
          </Button>
        </Group>
      ) : (
        message
      ),
    });
  };
}

/** Says in passing why something could not be done. */
export function useTellFailed(): (error: unknown) => void {
  const words = useWords();
  return (error) =>
    notifications.show({
      color: 'red',
      message: sayError(error, words),
      closeButtonProps: { 'aria-label': words.shell.close },
    });
}
