import {
  Button,
  Code,
  Group,
  Image,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
  TextInput,
  Title,
} from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { api, Refusal } from '../api/client.js';
import { meQuery, useMe } from '../api/me.js';
import { queries } from '../api/queries.js';
import { Confirmed } from '../shell/confirmed.js';
import { Copy } from '../shell/copy.js';
import { Failed } from '../shell/failed.js';
import { useTell } from '../shell/tell.js';
import { useWords, type Words } from '../words/language.js';

/** Codes from an app: set up, turned off, and the backup codes for whoever lost it. */
export function Codes({ order = 3, done }: { order?: 2 | 3; done?: () => void }) {
  const { accounts } = useWords();
  const words = accounts.codes;
  const factors = useMe().secondFactor!;
  const [backupCodes, setBackupCodes] = useState<string[] | null>(null);
  const begin = useMutation({ mutationFn: async () => (await api.POST('/api/v1/me/codes')).data! });
  const heading = useRef<HTMLHeadingElement>(null);
  const step = backupCodes ? 'kept' : factors.codes ? 'on' : begin.data ? 'begun' : 'off';
  const seen = useRef(step);
  useEffect(() => {
    if (seen.current !== step) heading.current?.focus();
    seen.current = step;
  }, [step]);
  async function kept() {
    begin.reset();
    setBackupCodes(null);
    await queries.invalidateQueries({ queryKey: meQuery.queryKey });
    done?.();
  }
  return (
    <Stack gap="sm" component="section" align="flex-start" aria-labelledby="codes">
      <Title order={order} size="h5" id="codes" ref={heading} tabIndex={-1} style={{ outline: 'none' }}>
        {words.title}
      </Title>
      {backupCodes ? (
        <BackupCodes codes={backupCodes} kept={() => void kept()} />
      ) : factors.codes ? (
        <On shown={setBackupCodes} />
      ) : begin.data ? (
        <Begun {...begin.data} confirmed={setBackupCodes} />
      ) : (
        <>
          <Text>{words.off}</Text>
          {begin.error && <Failed error={begin.error} />}
          <Button variant="default" loading={begin.isPending} onClick={() => begin.mutate()}>
            {words.begin}
          </Button>
        </>
      )}
    </Stack>
  );
}

type BegunProps = { secret: string; qr: string; confirmed: (backupCodes: string[]) => void };

function Begun({ secret, qr, confirmed }: BegunProps) {
  const { accounts } = useWords();
  const words = accounts.codes;
  const [code, setCode] = useState('');
  const confirm = useMutation({
    mutationFn: async () => (await api.POST('/api/v1/me/codes/confirm', { body: { code } })).data!,
    onSuccess: ({ backupCodes }) => confirmed(backupCodes),
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    confirm.mutate();
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack maw={420} align="flex-start">
        <Text>{words.scan}</Text>
        <Image src={qr} alt={words.picture} w={200} h={200} radius="sm" bg="white" />
        <Textarea
          readOnly
          autosize
          w="100%"
          label={words.secret}
          value={secret.replaceAll(/(.{4})(?=.)/g, '$1 ')}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          onFocus={({ target }) => target.select()}
        />
        <Copy compact value={secret} />
        <CodeInput label={words.code} code={code} setCode={setCode} error={confirm.error} />
        <Text size="sm" c="dimmed">
          {words.signsOut}
        </Text>
        <Button type="submit" loading={confirm.isPending}>
          {words.confirm}
        </Button>
      </Stack>
    </form>
  );
}

type CodeInputProps = {
  label: string;
  description?: string;
  code: string;
  setCode: (code: string) => void;
  error: unknown;
};

/** Where a code is typed, and what was wrong with the last one. */
export function CodeInput({ label, description, code, setCode, error }: CodeInputProps) {
  const { accounts } = useWords();
  const wrong = wrongCode(error, accounts.code);
  return (
    <>
      {Boolean(error) && !wrong && <Failed error={error} />}
      <TextInput
        w="100%"
        autoComplete="one-time-code"
        label={label}
        description={description}
        value={code}
        error={wrong}
        onChange={({ currentTarget: { value } }) => setCode(value)}
      />
    </>
  );
}

function wrongCode(error: unknown, words: Words['accounts']['code']): string | null {
  if (!(error instanceof Refusal)) return null;
  if (error.code === 'code_used') return words.used;
  if (error.code === 'too_many') return words.locked;
  return error.code === 'code_wrong' ? words.wrong : null;
}

/** Shown this once. */
function BackupCodes({ codes, kept }: { codes: string[]; kept: () => void }) {
  const { accounts } = useWords();
  const words = accounts.codes;
  const text = codes.join('\n');
  const file = `data:text/plain;charset=utf-8,${encodeURIComponent(`Drumbeat\n${words.backupTitle}\n\n${text}\n`)}`;
  return (
    <Stack maw={420} align="flex-start" role="status">
      <Text fw={600}>{words.backupTitle}</Text>
      <Text>{words.backup}</Text>
      <SimpleGrid cols={2} spacing="xs">
        {codes.map((code) => (
          <Code key={code} fz="md">
            {code}
          </Code>
        ))}
      </SimpleGrid>
      <Group gap="xs">
        <Copy value={text} label={words.copyAll} />
        <Button variant="default" component="a" href={file} download="drumbeat-backup-codes.txt">
          {words.download}
        </Button>
      </Group>
      <Button onClick={kept}>{words.kept}</Button>
    </Stack>
  );
}

function On({ shown }: { shown: (backupCodes: string[]) => void }) {
  const { accounts } = useWords();
  const words = accounts.codes;
  const tell = useTell();
  const [code, setCode] = useState('');
  const renew = async () =>
    shown((await api.POST('/api/v1/me/codes/backup', { body: { code } })).data!.backupCodes);
  const turnOff = async () => {
    await api.POST('/api/v1/me/codes/off', { body: { code } });
    tell(words.turnedOff);
    await queries.invalidateQueries({ queryKey: meQuery.queryKey });
  };
  const asked = () => setCode('');
  const askForCode = (error: unknown) => <CodeInput label={words.ask} {...{ code, setCode, error }} />;
  return (
    <>
      <Text>{words.on}</Text>
      <Group gap="xs">
        <Confirmed press={words.renew} title={words.renew} text={words.renewText} act={renew} asked={asked}>
          {askForCode}
        </Confirmed>
        <Confirmed
          danger
          press={words.turnOff}
          title={words.turnOff}
          text={words.turnOffText}
          act={turnOff}
          asked={asked}
        >
          {askForCode}
        </Confirmed>
      </Group>
    </>
  );
}
