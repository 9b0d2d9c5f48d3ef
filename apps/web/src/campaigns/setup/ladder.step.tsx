import {
  Badge,
  Button,
  Card,
  Checkbox,
  Group,
  Menu,
  NumberInput,
  Radio,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { useState } from 'react';
import { api } from '../../api/client.js';
import { useWrong } from '../../shell/failed.js';
import { useWords } from '../../words/language.js';
import type { Campaign, Channel, Rung } from '../../campaign/queries.js';
import { useChange } from './change.js';
import type { StepProps } from './step.js';
import { Timeline } from './timeline.js';

const channels: Channel[] = ['email', 'sms'];
const kinds = ['daysBefore', 'hoursBefore', 'daysAfter'] as const;
type Kind = (typeof kinds)[number];

/** Which reminders go out, when and on what; what they say is the next step's. */
export function LadderStep({ campaign, next }: StepProps) {
  const { setup, shell } = useWords();
  const [rungs, setRungs] = useState(campaign.ladder);
  const [taken, setTaken] = useState<{ rung: Rung; at: number } | null>(null);
  const [smsHours, setSmsHours] = useState(campaign.smsHours);
  const change = useChange<{ rungs: Rung[]; smsHours?: SmsHours }>(
    campaign,
    async (changed, version) =>
      (
        await api.PUT('/api/v1/campaigns/{id}/ladder', {
          params: { path: { id: campaign.id } },
          body: { version, ...changed },
        })
      ).data!,
    next,
  );
  const edit = (id: string, more: Partial<Rung>) =>
    setRungs((before) => before.map((rung) => (rung.id === id ? { ...rung, ...more } : rung)));
  function add(kind: Kind) {
    const id = freeId(rungs);
    const moment =
      kind === 'hoursBefore'
        ? { hoursBefore: 3 }
        : kind === 'daysAfter'
          ? { daysAfter: 1, at: '10:00' }
          : { daysBefore: 3, at: '10:00' };
    const rung = { id, name: setup.newRung, channels: ['email'], messages: {}, ...moment } as Rung;
    setRungs((before) => [...before, rung]);
  }
  function remove(rung: Rung) {
    setTaken({ rung, at: rungs.indexOf(rung) });
    setRungs((before) => before.filter((each) => each !== rung));
  }
  const marks = rungs.flatMap((rung) =>
    'daysBefore' in rung ? [{ id: rung.id, name: rung.name, daysBefore: rung.daysBefore }] : [],
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        change.save({ rungs, ...(smsHours !== campaign.smsHours && { smsHours }) });
      }}
    >
      <Stack>
        {marks.length > 0 && <Timeline marks={marks} move={(id, daysBefore) => edit(id, { daysBefore })} />}
        {rungs.length === 0 && <Text>{setup.noRungs}</Text>}
        {rungs.map((rung) => (
          <RungCard
            key={rung.id}
            rung={rung}
            edit={(more) => edit(rung.id, more)}
            remove={() => remove(rung)}
          />
        ))}
        <Group mih={36}>
          <Menu>
            <Menu.Target>
              <Button variant="default">{setup.addRung}</Button>
            </Menu.Target>
            <Menu.Dropdown>
              {kinds.map((kind) => (
                <Menu.Item key={kind} onClick={() => add(kind)}>
                  {setup.rungKind[kind]}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
          {taken && (
            <Button
              variant="subtle"
              onClick={() => {
                setRungs((before) => before.toSpliced(taken.at, 0, taken.rung));
                setTaken(null);
              }}
            >
              {`${shell.undo}: ${setup.removed(taken.rung.name)}`}
            </Button>
          )}
        </Group>
        {rungs.some(({ channels }) => channels.includes('sms')) && (
          <Hours hours={smsHours} set={setSmsHours} error={change.error} />
        )}
        {change.notice}
        <Group>
          <Button type="submit" loading={change.saving}>
            {setup.saveAndGoOn}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

type SmsHours = Campaign['smsHours'];

/** When texts may go: as usual, or in the wider hours that the organizers answer for. */
function Hours({ hours, set, error }: { hours: SmsHours; set: (hours: SmsHours) => void; error: unknown }) {
  const { setup } = useWords();
  const wrong = useWrong(error);
  return (
    <Card withBorder>
      <Radio.Group
        label={setup.smsHours}
        description={setup.smsNever}
        value={hours ? 'wider' : 'usual'}
        onChange={(value) => set(value === 'wider' ? { open: '09:00', close: '20:00' } : null)}
      >
        <Stack mt="xs" gap="xs">
          <Radio value="usual" label={setup.smsUsual} description={setup.smsUsualHint} />
          <Radio value="wider" label={setup.smsWider} description={setup.smsWiderHint} />
        </Stack>
      </Radio.Group>
      {hours && (
        <Group mt="xs" align="flex-start">
          {(['open', 'close'] as const).map((side) => (
            <TextInput
              key={side}
              type="time"
              label={side === 'open' ? setup.smsOpen : setup.smsClose}
              required
              value={hours[side]}
              error={wrong(`smsHours.${side}`)}
              onChange={({ currentTarget }) => set({ ...hours, [side]: currentTarget.value })}
            />
          ))}
        </Group>
      )}
    </Card>
  );
}

function RungCard({
  rung,
  edit,
  remove,
}: {
  rung: Rung;
  edit: (more: Partial<Rung>) => void;
  remove: () => void;
}) {
  const { setup } = useWords();
  return (
    <Card withBorder>
      <Stack gap="xs">
        <Group justify="space-between" align="flex-end">
          <TextInput
            label={setup.rungName}
            flex={1}
            miw={200}
            required
            maxLength={60}
            value={rung.name}
            onChange={({ currentTarget }) => edit({ name: currentTarget.value })}
          />
          <Button variant="subtle" color="red" onClick={remove} aria-label={setup.remove(rung.name)}>
            {setup.removeShort}
          </Button>
        </Group>
        <Group align="flex-end">
          {'daysBefore' in rung && (
            <Days
              label={setup.daysBeforeField}
              value={rung.daysBefore}
              set={(daysBefore) => edit({ daysBefore })}
            />
          )}
          {'daysAfter' in rung && (
            <Days
              label={setup.daysAfterField}
              value={rung.daysAfter}
              set={(daysAfter) => edit({ daysAfter })}
            />
          )}
          {'hoursBefore' in rung && (
            <Days
              label={setup.hoursBeforeField}
              value={rung.hoursBefore}
              set={(hoursBefore) => edit({ hoursBefore })}
            />
          )}
          {'at' in rung && (
            <TextInput
              type="time"
              label={setup.theirTime}
              required
              value={rung.at}
              onChange={({ currentTarget }) => edit({ at: currentTarget.value })}
            />
          )}
          {'sendAt' in rung && <Badge variant="light">{setup.alert}</Badge>}
          <Checkbox.Group
            label={setup.channels}
            value={rung.channels}
            onChange={(chosen) => edit({ channels: channels.filter((channel) => chosen.includes(channel)) })}
          >
            <Group mih={36}>
              {channels.map((channel) => (
                <Checkbox
                  key={channel}
                  value={channel}
                  label={setup.channel[channel]}
                  disabled={'daysAfter' in rung && channel === 'sms'}
                />
              ))}
            </Group>
          </Checkbox.Group>
        </Group>
      </Stack>
    </Card>
  );
}

function Days({ label, value, set }: { label: string; value: number; set: (value: number) => void }) {
  return (
    <NumberInput
      label={label}
      w={130}
      required
      min={0}
      max={365}
      allowDecimal={false}
      value={value}
      onChange={(next) => typeof next === 'number' && set(next)}
    />
  );
}

function freeId(rungs: Rung[]): string {
  for (let n = rungs.length + 1; ; n++) {
    const id = `rung-${n}`;
    if (rungs.every((rung) => rung.id !== id)) return id;
  }
}
