import { Badge, Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { docketZone, sameWall } from '#domain';
import type { components } from '../../api/schema.js';
import { useLanguage, useWords } from '../../words/language.js';
import { sayMoment, sayNumber } from '../../words/say.js';
import { Bubble } from '../message/bubble.js';
import { Letter } from '../message/letter.js';

type Rehearsal = components['schemas']['Rehearsal'];
type Item = Rehearsal['items'][number];
type Fit = Rehearsal['fits'][number];

/** One message of the rehearsal: its moment and its words, or why it is not sent. */
export function Touch({
  item,
  name,
  zone,
  fit,
}: {
  item: Item;
  name: string;
  zone: string;
  fit: Fit | undefined;
}) {
  const { rehearsal: words, campaign } = useWords();
  const { language } = useLanguage();
  const at = item.at === null ? null : new Date(item.at);
  const planned = new Date(item.plannedAt);
  return (
    <Card withBorder component="li" padding="sm" className={at ? undefined : 'left-out'}>
      <Stack gap="xs">
        <Group gap="xs">
          <Title order={3} size="h5">
            {name}
          </Title>
          <Badge variant="default">{campaign.channel[item.channel]}</Badge>
        </Group>
        {at ? (
          <div>
            <Text fw={600} component="time" dateTime={item.at!} display="block">
              {sayMoment(at, zone, language)}
            </Text>
            {!sameWall(at, zone, docketZone) && (
              <Text size="sm" c="dimmed">
                {sayMoment(at, docketZone, language)}
              </Text>
            )}
            {at.getTime() !== planned.getTime() && (
              <Text size="sm">{words.moved(sayMoment(planned, zone, language))}</Text>
            )}
          </div>
        ) : (
          <Text>{words.why[item.skipped!] ?? item.skipped}</Text>
        )}
        {at && (item.channel === 'email' ? <Email item={item} name={name} /> : <Sms item={item} />)}
        {at && fit && <InTime fit={fit} zone={zone} />}
      </Stack>
    </Card>
  );
}

function Email({ item, name }: { item: Item; name: string }) {
  const { rehearsal: words } = useWords();
  const [open, { toggle }] = useDisclosure();
  return (
    <div>
      {!open && <Text mb="xs">{item.subject}</Text>}
      <Button
        size="compact-sm"
        variant="default"
        aria-expanded={open}
        aria-label={words.readOf(name)}
        onClick={toggle}
      >
        {words.read}
      </Button>
      {open && (
        <Stack mt="sm">
          <Letter letter={item} />
        </Stack>
      )}
    </div>
  );
}

function Sms({ item: { text, segments, costCents } }: { item: Item }) {
  const { rehearsal: words } = useWords();
  const { language } = useLanguage();
  return (
    <div>
      <Bubble text={text} about={words.segments(segments!, sayNumber(costCents!, language))} />
    </div>
  );
}

/** How many it goes to as things are, and whether it ends before it expires. */
function InTime({
  fit: { people, seconds, fits, at, startsAt, endsAt, expiresAt },
  zone,
}: {
  fit: Fit;
  zone: string;
}) {
  const { rehearsal: words } = useWords();
  const { language } = useLanguage();
  const say = (moment: string) => sayMoment(new Date(moment), zone, language);
  const crowd = words.crowd(people, sayNumber(people, language), seconds);
  if (!fits || endsAt === null)
    return (
      <Text size="sm" c="red">
        {words.tooSlow(crowd, say(expiresAt))}
      </Text>
    );
  return (
    <Text size="sm" c="dimmed">
      {startsAt < at
        ? words.early(crowd, say(startsAt), say(expiresAt))
        : words.inTime(crowd, say(endsAt), say(expiresAt))}
    </Text>
  );
}
