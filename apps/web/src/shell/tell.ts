import { notifications } from '@mantine/notifications';
import { useWords } from '../words/language.js';

/** Says in passing that something was done. */
export function useTell(): (message: string) => void {
  const { shell } = useWords();
  return (message) => notifications.show({ message, closeButtonProps: { 'aria-label': shell.close } });
}
