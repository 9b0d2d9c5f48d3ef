import { Button, Card, Group, Stack, Text } from '@mantine/core';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useWords } from '../../words/language.js';

type RowsProps<Value> = {
  values: Value[];
  change: (values: Value[]) => void;
  /** What a new one begins as. */
  blank: Value;
  most: number;
  words: { add: string; none: string; name: (n: number) => string };
  children: (value: Value, set: (value: Value) => void, index: number) => ReactNode;
};

/** A list that is written one by one: added to, put in another order, taken from; what was taken last can be brought back. */
export function Rows<Value>({ values, change, blank, most, words, children }: RowsProps<Value>) {
  const { setup, shell } = useWords();
  const [keys, setKeys] = useState(() => values.map((_, n) => n));
  const [taken, setTaken] = useState<{ value: Value; key: number; at: number } | null>(null);
  const [moved, setMoved] = useState<{ key: number; by: 1 | -1 } | null>(null);
  const list = useRef<HTMLOListElement>(null);
  // Whoever moves one on by the keyboard stays on its button; at an end, on the other.
  useEffect(() => {
    const row = list.current?.querySelector(`[data-row="${moved?.key}"]`);
    const button = (which: string) => row?.querySelector<HTMLElement>(`[data-by${which}]:not(:disabled)`);
    (button(`="${moved?.by}"`) ?? button(''))?.focus();
  }, [moved]);
  function put(values: Value[], keys: number[]) {
    change(values);
    setKeys(keys);
  }
  function move(at: number, by: 1 | -1) {
    put(swapped(values, at, at + by), swapped(keys, at, at + by));
    setMoved({ key: keys[at]!, by });
  }
  function take(at: number) {
    setTaken({ value: values[at]!, key: keys[at]!, at });
    put(values.toSpliced(at, 1), keys.toSpliced(at, 1));
  }
  function bringBack({ value, key, at }: NonNullable<typeof taken>) {
    put(values.toSpliced(at, 0, value), keys.toSpliced(at, 0, key));
    setTaken(null);
  }
  return (
    <Stack gap="xs">
      {values.length === 0 && <Text c="dimmed">{words.none}</Text>}
      <ol className="cards" ref={list}>
        {values.map((value, at) => (
          <Card key={keys[at]} component="li" withBorder padding="sm" data-row={keys[at]}>
            {children(value, (next) => change(values.with(at, next)), at)}
            <Group gap="xs" mt="xs">
              {([-1, 1] as const).map((by) => (
                <Button
                  key={by}
                  variant="default"
                  size="compact-sm"
                  data-by={by}
                  disabled={values[at + by] === undefined}
                  aria-label={`${by < 0 ? setup.moveUp : setup.moveDown}: ${words.name(at + 1)}`}
                  onClick={() => move(at, by)}
                >
                  {by < 0 ? setup.moveUp : setup.moveDown}
                </Button>
              ))}
              <Button
                variant="subtle"
                color="red"
                size="compact-sm"
                aria-label={`${setup.removeShort}: ${words.name(at + 1)}`}
                onClick={() => take(at)}
              >
                {setup.removeShort}
              </Button>
            </Group>
          </Card>
        ))}
      </ol>
      <Group mih={36}>
        <Button
          variant="default"
          disabled={values.length >= most}
          onClick={() => put([...values, blank], [...keys, Math.max(-1, taken?.key ?? -1, ...keys) + 1])}
        >
          {words.add}
        </Button>
        {taken && (
          <Button variant="subtle" onClick={() => bringBack(taken)}>
            {`${shell.undo}: ${setup.removed(words.name(taken.at + 1))}`}
          </Button>
        )}
      </Group>
    </Stack>
  );
}

const swapped = <Value,>(list: Value[], one: number, other: number): Value[] =>
  list.with(one, list[other]!).with(other, list[one]!);
