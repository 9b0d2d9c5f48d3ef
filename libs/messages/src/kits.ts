import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { Kit } from './kit.js';

/** The kits that a new campaign can begin with. */
export const kitNames = ['docket-comment', 'soc-docket', 'occupation-entry', 'board-call', 'custom'] as const;
export type KitName = (typeof kitNames)[number];

export const readKit = (name: KitName): Kit =>
  Kit.parse(parse(readFileSync(new URL(`../kits/${name}.yaml`, import.meta.url), 'utf8')));
