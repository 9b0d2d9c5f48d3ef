import { z } from 'zod';

export const CodeForm = z
  .strictObject({
    /** Six digits of an app, or a backup code. */
    code: z
      .string()
      .max(40)
      .transform((typed) => typed.replaceAll(/\s/g, '')),
  })
  .meta({ id: 'CodeForm' });
export type CodeForm = z.infer<typeof CodeForm>;

export const CodesBegun = z
  .object({
    /** To type, where no camera is at hand. */
    secret: z.string(),
    uri: z.string(),
    /** The same as a picture, in an address of its own. */
    qr: z.string(),
  })
  .meta({ id: 'CodesBegun' });

export const BackupCodes = z.object({ backupCodes: z.array(z.string()) }).meta({ id: 'BackupCodes' });

/** What a browser asks of a passkey (WebAuthn, 5.1.8 and 5.1.9). */
export const PasskeyQuestion = z.looseObject({ challenge: z.string() }).meta({ id: 'PasskeyQuestion' });

const part = z.string().max(20_000);
const credential = {
  id: part,
  rawId: part,
  type: z.literal('public-key'),
  clientExtensionResults: z.looseObject({}),
};
const name = z.string().trim().min(1).max(80);

/** What it answers when it is made: a browser says more than is read here. */
export const PasskeyForm = z
  .strictObject({
    name,
    answer: z.looseObject({
      ...credential,
      response: z.looseObject({
        clientDataJSON: part,
        attestationObject: part,
        transports: z.array(z.string().max(40)).max(10).optional(),
      }),
    }),
  })
  .meta({ id: 'PasskeyForm' });
export type PasskeyForm = z.infer<typeof PasskeyForm>;

/** What it answers when it is used. */
export const PasskeyAnswer = z
  .strictObject({
    answer: z.looseObject({
      ...credential,
      response: z.looseObject({ clientDataJSON: part, authenticatorData: part, signature: part }),
    }),
  })
  .meta({ id: 'PasskeyAnswer' });
export type PasskeyAnswer = z.infer<typeof PasskeyAnswer>;

export const PasskeyPatch = z.strictObject({ name }).meta({ id: 'PasskeyPatch' });
export type PasskeyPatch = z.infer<typeof PasskeyPatch>;

export const PasskeyList = z
  .object({
    items: z.array(z.object({ id: z.uuid(), name: z.string(), addedAt: z.iso.datetime() })),
    nextCursor: z.null(),
  })
  .meta({ id: 'PasskeyList' });

export const SecondFactorRule = z
  .strictObject({
    /** Whether organizers and administrators need one. */
    required: z.boolean(),
  })
  .meta({ id: 'SecondFactorRule' });
export type SecondFactorRule = z.infer<typeof SecondFactorRule>;
