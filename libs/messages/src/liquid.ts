import { Liquid, LiquidError, Tokenizer } from 'liquidjs';
import type { Template } from 'liquidjs';
import { BadMergeValue } from './message-problem.js';
import { isUrlField } from './fields.js';
import type { MergeValues } from './fields.js';
import { buttonColour } from './colour.js';
import { plainValue } from './plain-value.js';

/** The short list. Templates hold merge fields and simple conditions; anything more belongs in code. */
export const allowedTags = ['if', 'unless'];
export const allowedFilters = ['default', 'capitalize', 'escape'];

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (char) => escapes[char] ?? char);
/** Only the first letter is touched: "comment on the SOC docket" keeps its capitals. */
const capitalized = (text: string) => text.replace(/^\p{L}/u, (letter) => letter.toUpperCase());

/** A value left open is a noncharacter, which no text may hold; this one before it asks for a capital. */
const firstMark = 0xfdd0;
const capital = '\ufdef';
const noncharacters = /[\ufdd0-\ufdef]/g;
const isMark = (value: unknown) => typeof value === 'string' && /^[\ufdd0-\ufdee]$/.test(value);

function engine(outputEscape: (value: unknown) => string): Liquid {
  const liquid = new Liquid({
    strictFilters: true,
    strictVariables: true,
    ownPropertyOnly: true,
    jsTruthy: true, // so that {% if name %} is false for an empty name
    dynamicPartials: false,
    templates: {},
    parseLimit: 200_000,
    renderLimit: 1_000,
    memoryLimit: 1_000_000,
    outputEscape,
  });
  for (const tag of Object.keys(liquid.tags)) if (!allowedTags.includes(tag)) delete liquid.tags[tag];
  for (const filter of Object.keys(liquid.filters)) delete liquid.filters[filter];
  liquid.registerFilter('default', (value: unknown, otherwise: unknown) =>
    value === '' || value === null || value === undefined ? otherwise : value,
  );
  liquid.registerFilter('capitalize', (value: unknown) =>
    isMark(value) ? `${capital}${value}` : capitalized(String(value)),
  );
  liquid.registerFilter('escape', (value: unknown) => value); // everything is escaped already, once
  return liquid;
}

const htmlEngine = engine((value) => escapeHtml(String(value)));
const plainEngine = engine(String);

/** Values that were looked at: one line of honest text, or a number. */
export type CleanValues = Record<string, string | number>;

/** Words with places for values, in their order. */
export type OpenText = (string | OpenPlace)[];
type OpenPlace = { field: string; capital: boolean };

/** A Liquid text, parsed once; `fill` puts one person's values in. */
export class FilledBy {
  private readonly parsed: Template[];
  readonly fields: readonly string[];
  /** What a condition compares with something: such a value decides which words there are. */
  private readonly compared: ReadonlySet<string>;

  constructor(
    readonly source: string,
    private readonly into: 'html' | 'plain',
  ) {
    const clean = source.replace(noncharacters, '');
    this.parsed = this.engine.parse(clean);
    this.fields = Object.keys(this.engine.analyzeSync(this.parsed).globals);
    const conditions = liquidTokens(clean)
      .filter(({ kind, text }) => kind === 'tag' && /[=<>]|\bcontains\b/.test(text))
      .map(({ text }) => text)
      .join(' ');
    this.compared = new Set(this.fields.filter((field) => new RegExp(`\\b${field}\\b`).test(conditions)));
  }

  private get engine(): Liquid {
    return this.into === 'html' ? htmlEngine : plainEngine;
  }

  fill(values: MergeValues): string {
    return this.render(this.clean(values));
  }

  /** The values of its fields as they may stand in words. @throws BadMergeValue */
  clean(values: MergeValues, known: CleanValues = {}): CleanValues {
    for (const field of this.fields) known[field] ??= valueOf(field, values);
    return known;
  }

  /** Whoever's values are of the same kind gets the same words but for the values themselves. */
  kindOf(values: CleanValues): string {
    let kind = '';
    for (const field of this.fields) {
      const value = values[field]!;
      kind += this.compared.has(field) ? `=${value}\n` : value ? '1' : '0';
    }
    return kind;
  }

  /** The words for everybody whose values are of the same kind. */
  open(values: CleanValues): OpenText {
    const scope: CleanValues = {};
    this.fields.forEach((field, at) => {
      const value = values[field]!;
      scope[field] = value && !this.compared.has(field) ? String.fromCharCode(firstMark + at) : value;
    });
    return this.render(scope)
      .split(/(\ufdef?[\ufdd0-\ufdee])/)
      .map((piece) => {
        const mark = /^\ufdef?([\ufdd0-\ufdee])$/.exec(piece)?.[1];
        if (mark === undefined) return piece;
        return { field: this.fields[mark.charCodeAt(0) - firstMark]!, capital: piece.startsWith(capital) };
      });
  }

  /** One person's value for a place that was left open. */
  valueFor({ field, capital }: OpenPlace, values: CleanValues): string {
    const value = String(values[field]);
    const written = capital ? capitalized(value) : value;
    return this.into === 'html' ? escapeHtml(written) : written;
  }

  private render(scope: CleanValues): string {
    const own: CleanValues = {};
    for (const field of this.fields) own[field] = scope[field]!;
    return this.engine.renderSync(this.parsed, own) as string;
  }
}

function valueOf(field: string, values: MergeValues): string | number {
  if (field === 'colour') return buttonColour(values.colour);
  const value = (values as Record<string, unknown>)[field];
  if (field === 'daysLeft') {
    if (typeof value !== 'number') throw new BadMergeValue(field, 'must be a number');
    return value;
  }
  if (typeof value !== 'string') throw new BadMergeValue(field, 'has no value');
  if (isUrlField(field) && !/^https?:\/\/[^\s"'<>\\]+$/.test(value))
    throw new BadMergeValue(field, 'must be an http(s) address');
  return plainValue(value);
}

/** Splits a source into literals, outputs and tags, with positions. Throws LiquidError for a brace left open. */
export function liquidTokens(source: string) {
  return new Tokenizer(source).readTopLevelTokens().map((token) => {
    const text = token.getText();
    const [line = 1, column = 1] = token.getPosition();
    const kind = text.startsWith('{{') ? 'output' : text.startsWith('{%') ? 'tag' : 'literal';
    return { kind, text, line, column } as const;
  });
}
export type LiquidPiece = ReturnType<typeof liquidTokens>[number];

/** Every variable that a source reads, with its place; parts of a value ("name.size") are told apart. */
export function liquidVariables(source: string) {
  const globals = plainEngine.analyzeSync(plainEngine.parse(source)).globals;
  return Object.values(globals)
    .flat()
    .map((variable) => ({
      name: String(variable.segments[0]),
      hasParts: variable.segments.length > 1,
      line: variable.location.row,
      column: variable.location.col,
    }));
}

/** The place and the cause in liquidjs's own error, without its "line:1, col:2" tail. */
export function placeOf(error: unknown): { line: number; column: number; words: string } {
  if (!LiquidError.is(error)) throw error;
  const [line = 1, column = 1] = error.token.getPosition();
  return { line, column, words: error.message.replace(/, line:\d+, col:\d+$/, '') };
}
