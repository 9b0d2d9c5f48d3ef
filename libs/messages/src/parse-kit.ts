import { isScalar, LineCounter, parseDocument, type Document, type Node } from 'yaml';
import { checkKit } from './check-kit.js';
import { Kit } from './kit.js';

/** One thing to mend in a kit's file; line and column count from 1. */
export type KitFault = { line: number; column: number; path: string; words: string };

/** Longer than any campaign's words; a file of this size still answers at once. */
const mostCharacters = 500_000;
const newest = 1;

/**
 * Reads a kit's file and says everything that is to be mended, where it stands. Nothing in it is run: tags, aliases and
 * HTML are refused or shown as they are.
 */
export function parseKit(text: string): { kit: Kit } | { faults: KitFault[] } {
  if (text.length > mostCharacters)
    return {
      faults: [{ ...start, path: '', words: `The file is too long: ${mostCharacters} characters at most.` }],
    };
  const lines = new LineCounter();
  const file = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  if (file.errors.length > 0)
    return { faults: file.errors.map(({ pos, message }) => ({ ...at(pos[0]), path: '', words: message })) };
  const fault = (path: readonly PropertyKey[], words: string, inner = 0): KitFault => {
    const node = nodeAt(file, path);
    const place = node?.range ? at(node.range[0]) : start;
    return { line: place.line + inner, column: inner === 0 ? place.column : 1, path: path.join('.'), words };
  };

  const version: unknown = file.get('kit');
  if (typeof version === 'number' && version > newest)
    return {
      faults: [
        fault(
          ['kit'],
          `This kit is of version ${version}, and this Drumbeat reads ${newest}. Update Drumbeat, or ask for an older file.`,
        ),
      ],
    };
  const value = valueOf(file);
  if (value === undefined)
    return {
      faults: [{ ...start, path: '', words: 'The file refers to itself (an alias, "*"). Write it out.' }],
    };
  const read = Kit.safeParse(value);
  if (!read.success)
    return {
      faults: read.error.issues
        .map(({ path, message }) => fault(path, message))
        .sort((a, b) => a.line - b.line),
    };
  const kit = read.data;
  const faults = checkKit(kit).map(({ path, line, words }) => {
    const node = nodeAt(file, path);
    const isBlock = isScalar(node) && (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED');
    return fault(path, words, isBlock ? line : line - 1);
  });
  return faults.length > 0 ? { faults } : { kit };
}

const start = { line: 1, column: 1 };

/** The deepest part of the file that a path leads to: of what is missing, whatever it is missing in. */
function nodeAt(file: Document.Parsed, path: readonly PropertyKey[]): Node | null {
  for (let length = path.length; length >= 0; length--) {
    const node = length === 0 ? file.contents : file.getIn(path.slice(0, length), true);
    if (node) return node as Node;
  }
  return null;
}

function valueOf(file: Document.Parsed): unknown {
  try {
    return file.toJS({ maxAliasCount: 0 });
  } catch {
    return undefined;
  }
}
