import './message.css';
import { Text } from '@mantine/core';

/** A text as the phone shows it. @param about how long it is and what it costs */
export function Bubble({ text, about }: { text: string | null; about: string }) {
  return (
    <>
      <Text className="bubble">{text}</Text>
      <Text size="sm" c="dimmed" mt="xs">
        {about}
      </Text>
    </>
  );
}
