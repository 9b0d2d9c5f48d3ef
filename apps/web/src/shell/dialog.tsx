import { Group, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWords } from '../words/language.js';

type DialogProps = { opened: boolean; close: () => void; title: string; children: ReactNode };

/** Something that is asked over the page. The library's own header would count as a second one of the page. */
export function Dialog({ opened, close, title, children }: DialogProps) {
  const { shell } = useWords();
  return (
    <Modal.Root opened={opened} onClose={close}>
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Body pt="md">
          <Group justify="space-between" mb="sm" wrap="nowrap">
            <Modal.Title fw={600}>{title}</Modal.Title>
            <Modal.CloseButton aria-label={shell.close} />
          </Group>
          {children}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
