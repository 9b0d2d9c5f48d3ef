import { Anchor, Badge, Card, Code, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { showHidden } from '#domain';
import { useLanguage, useWords } from '../words/language.js';
import { sayMoment } from '../words/say.js';

type Props = {
  /** As far as whoever looks may know it. */
  name: string | null;
  /** In full where somebody may have to call. */
  phone?: string;
  text: { at: string; body: string; crisis: boolean; media: number; answered: boolean };
  zone: string;
  /** What else there is to say of it. */
  more?: (string | null | undefined)[];
  children?: ReactNode;
};

/** One text from somebody. A character that nobody sees is shown by its code, and none turns the line around. */
export function TextCard({
  name,
  phone,
  text: { at, body, crisis, media, answered },
  zone,
  more = [],
  children,
}: Props) {
  const { texts: words } = useWords();
  const { language } = useLanguage();
  const pieces = showHidden(body);
  return (
    <Card withBorder component="li" padding="sm">
      <Group justify="space-between" align="flex-start" gap="xs">
        <div style={{ flex: '1 1 16rem', minWidth: 0 }}>
          <Group gap="xs">
            {name && (
              <Text fw={600} component="bdi">
                {name}
              </Text>
            )}
            {phone && (crisis ? <Anchor href={`tel:${phone}`}>{phone}</Anchor> : <Text>{phone}</Text>)}
            {crisis && (
              <Badge color="red.9" variant="filled">
                {words.urgent}
              </Badge>
            )}
          </Group>
          {crisis && <Text size="sm">{words.urgentHint}</Text>}
          <Text my={4} dir="auto" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
            {pieces.length === 0 && words.noWords}
            {pieces.map(({ text, hidden }, index) =>
              hidden ? (
                <Code key={index} dir="ltr">
                  {text}
                </Code>
              ) : (
                text
              ),
            )}
          </Text>
          {pieces.some(({ hidden }) => hidden) && <Text size="sm">{words.hidden}</Text>}
          {media > 0 && <Text size="sm">{words.media(media)}</Text>}
          <Text size="sm" c="dimmed">
            {[sayMoment(new Date(at), zone, language), answered ? words.answered : words.unanswered, ...more]
              .filter(Boolean)
              .join(' · ')}
          </Text>
        </div>
        {children}
      </Group>
    </Card>
  );
}
