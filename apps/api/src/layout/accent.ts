import { buttonColour } from '#messages';

/** The stylesheet that gives pages a coalition's colour (`1f5f8b`); where white can't be read on it, the house's. */
export function accentStylesheet(hex: string): string {
  return `:root{--accent:${buttonColour(`#${hex}`)}}`;
}
