/** WCAG 2 contrast of a "#rrggbb" colour against white: 4.5 and more reads well (AA), both as text and as a button. */
export function contrastWithWhite(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05);
}

export function isReadableColour(colour: string): boolean {
  return /^#[0-9a-f]{6}$/i.test(colour) && contrastWithWhite(colour) >= 4.5;
}

/** The colour itself where white can be read on it, else the lightest of the same hue on which it can. */
export function readableColour(colour: string): string {
  const darker = (share: number) =>
    `#${[1, 3, 5]
      .map((at) =>
        Math.floor(Number.parseInt(colour.slice(at, at + 2), 16) * share)
          .toString(16)
          .padStart(2, '0'),
      )
      .join('')}`;
  for (let percent = 100; percent > 0; percent--)
    if (isReadableColour(darker(percent / 100))) return darker(percent / 100);
  return '#000000';
}
