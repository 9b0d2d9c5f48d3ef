import { Group, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';

type PageProps = {
  title: string;
  /** Above the title: where this page stands. */
  above?: ReactNode;
  /** What can be done here, right of the title. */
  actions?: ReactNode;
  /** A line under the title. */
  lede?: ReactNode;
  children: ReactNode;
};

/** One page of the console; its title takes the focus, so that a screen reader says where one is. */
export function Page({ title, above, actions, lede, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Drumbeat`;
  }, [title]);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, []);
  return (
    <Stack gap="lg">
      <div>
        {above}
        <Group justify="space-between" align="center" gap="sm">
          <Title order={1} size="h2" ref={heading} tabIndex={-1} style={{ outline: 'none' }}>
            {title}
          </Title>
          {actions && <Group gap="xs">{actions}</Group>}
        </Group>
        {lede && (
          <Text c="dimmed" component="div">
            {lede}
          </Text>
        )}
      </div>
      {children}
    </Stack>
  );
}
