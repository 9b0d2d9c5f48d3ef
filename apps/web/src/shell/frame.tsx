import {
  ActionIcon,
  AppShell,
  Box,
  Burger,
  Container,
  Divider,
  Group,
  type MantineColorScheme,
  NavLink,
  Popover,
  SegmentedControl,
  Text,
  useMantineColorScheme,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type ReactNode, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { useMe, useSignOut } from '../api/me.js';
import { type Language, useLanguage, useWords } from '../words/language.js';

/** The console around its pages: where one can go, who one is, and the way out. */
export function Frame({ children }: { children: ReactNode }) {
  const { shell } = useWords();
  const me = useMe();
  const [open, { toggle, close }] = useDisclosure();
  const places = [
    { href: '/', label: shell.campaigns },
    { href: '/coalitions', label: shell.coalitions },
    { href: '/people', label: shell.people },
  ];
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 200, breakpoint: 'sm', collapsed: { mobile: !open, desktop: true } }}
      padding="md"
    >
      <a className="skip" href="#main">
        {shell.skip}
      </a>
      <AppShell.Header>
        <Container size="lg" h="100%">
          <Group h="100%" justify="space-between" wrap="nowrap">
            <Group gap="sm" wrap="nowrap">
              <Burger opened={open} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={shell.menu} />
              <Link href="/" className="brand">
                <img src="/assets/drumbeat.svg" alt="" width={28} height={28} />
                <Text fw={700} span>
                  Drumbeat
                </Text>
              </Link>
              <Group component="nav" aria-label={shell.menu} gap={4} visibleFrom="sm" ml="md">
                {places.map((place) => (
                  <Place key={place.href} {...place} />
                ))}
              </Group>
            </Group>
            <AccountMenu name={me.name} role={shell.role[me.role]} />
          </Group>
        </Container>
      </AppShell.Header>
      <AppShell.Navbar p="sm" hiddenFrom="sm" aria-label={shell.menu}>
        {places.map(({ href, label }) => (
          <NavLink key={href} component={Link} href={href} label={label} onClick={close} />
        ))}
      </AppShell.Navbar>
      <AppShell.Main id="main">
        <Container size="lg" px={0}>
          {children}
        </Container>
      </AppShell.Main>
    </AppShell>
  );
}

function Place({ href, label }: { href: string; label: string }) {
  const [location] = useLocation();
  const here =
    href === '/' ? location === '/' || location.startsWith('/campaigns') : location.startsWith(href);
  return (
    <Link href={href} className="place" aria-current={here ? 'page' : undefined}>
      {label}
    </Link>
  );
}

function AccountMenu({ name, role }: { name: string; role: string }) {
  const { shell } = useWords();
  const chosen = useLanguage();
  const scheme = useMantineColorScheme();
  const [opened, setOpened] = useState(false);
  const signOut = useSignOut();
  return (
    <Popover position="bottom-end" width={240} opened={opened} onChange={setOpened} trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon
          variant="default"
          size="lg"
          radius="xl"
          aria-label={`${shell.account}: ${name}`}
          onClick={() => setOpened(!opened)}
        >
          <Text span fw={600} aria-hidden>
            {name.slice(0, 1).toUpperCase()}
          </Text>
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown p={4} aria-label={shell.account}>
        <Box px="sm" py="xs">
          <Text fw={600}>{name}</Text>
          <Text size="sm" c="dimmed">
            {role}
          </Text>
        </Box>
        <Divider my={4} />
        <NavLink component={Link} href="/account" label={shell.account} onClick={() => setOpened(false)} />
        <Box px="sm" py="xs">
          <Text size="sm" mb={4} id="language">
            {shell.language}
          </Text>
          <SegmentedControl
            fullWidth
            size="xs"
            aria-labelledby="language"
            value={chosen.language}
            onChange={(next) => chosen.choose(next as Language)}
            data={Object.entries(shell.languages).map(([value, label]) => ({ value, label }))}
          />
        </Box>
        <Box px="sm" py="xs">
          <Text size="sm" mb={4} id="scheme">
            {shell.scheme}
          </Text>
          <SegmentedControl
            fullWidth
            size="xs"
            orientation="vertical"
            aria-labelledby="scheme"
            value={scheme.colorScheme}
            onChange={(next) => scheme.setColorScheme(next as MantineColorScheme)}
            data={Object.entries(shell.schemes).map(([value, label]) => ({ value, label }))}
          />
        </Box>
        <Divider my={4} />
        <NavLink component="button" label={shell.signOut} onClick={() => signOut.mutate()} />
      </Popover.Dropdown>
    </Popover>
  );
}
