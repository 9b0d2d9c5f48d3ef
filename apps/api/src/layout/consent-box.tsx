import { Tick } from './field.js';

/** A consent's exact words as shown, and their key ("sms-box@1"), which is posted along. */
export type Wording = { text: string; key: string };

type ConsentBoxProps = { name: string; label: string; checked: boolean; wording: Wording };

/** Posts `{name}=yes` when ticked, and always `{name}Wording`: which words stood beside the box. */
export function ConsentBox({ name, label, checked, wording }: ConsentBoxProps) {
  return (
    <>
      <Tick name={name} label={label} checked={checked} hint={wording.text} />
      <input type="hidden" name={`${name}Wording`} value={wording.key} />
    </>
  );
}
