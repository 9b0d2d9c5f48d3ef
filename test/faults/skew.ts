/** Imported before a program: its clock is `SKEW_MS` ahead, as JavaScript sees it. */
const ahead = Number(process.env['SKEW_MS']);
const RealDate = Date;

globalThis.Date = class extends RealDate {
  constructor(...given: unknown[]) {
    if (given.length === 0) super(RealDate.now() + ahead);
    else super(...(given as [number]));
  }
  static override now(): number {
    return RealDate.now() + ahead;
  }
} as DateConstructor;
