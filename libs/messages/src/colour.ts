import { isReadableColour } from '#domain';

const houseColour = '#1f4e79';

/** The coalition's colour where a button stays readable in it, else the house's: a bad colour must not stop a message. */
export function buttonColour(colour: string | undefined): string {
  return colour !== undefined && isReadableColour(colour) ? colour : houseColour;
}
