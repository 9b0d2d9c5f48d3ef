import { z } from 'zod';
import { cleanName, faults, parseEmail } from '#domain';

const roles = ['administrator', 'organizer', 'leader'] as const;
const language = z.enum(['en', 'es']);
const email = z
  .string()
  .trim()
  .max(254)
  .refine((text) => !('problem' in parseEmail(text)), { error: faults.email });
const name = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .refine((text) => cleanName(text) !== null, { error: faults.readable_name });

/** 128 random bits, or what somebody typed in their place. */
export const Token = z.string().max(200);

export const SignInForm = z.strictObject({ email }).meta({ id: 'SignInForm' });

const place = { role: z.enum(roles), coalitionId: z.uuid().nullish() };
const fits = ({ role, coalitionId }: { role: string; coalitionId?: string | null | undefined }) =>
  (role === 'leader') === Boolean(coalitionId);
const misfit = { path: ['coalitionId'], error: faults.leaders_coalition };

export const InviteForm = z
  .strictObject({ email, ...place, language: language.default('en') })
  .refine(fits, misfit)
  .meta({ id: 'InviteForm' });
export type InviteForm = z.infer<typeof InviteForm>;

export const RoleForm = z.strictObject(place).refine(fits, misfit).meta({ id: 'RoleForm' });
export type RoleForm = z.infer<typeof RoleForm>;

export const AcceptForm = z.strictObject({ name, language }).meta({ id: 'AcceptForm' });
export type AcceptForm = z.infer<typeof AcceptForm>;

export const MePatch = z
  .strictObject({ name: name.optional(), language: language.optional() })
  .meta({ id: 'MePatch' });
export type MePatch = z.infer<typeof MePatch>;

export const Me = z
  .object({
    kind: z.enum(['person', 'key']),
    id: z.uuid(),
    name: z.string(),
    role: z.enum(roles),
    coalitionId: z.uuid().nullable(),
    /** A key has none. */
    email: z.string().nullable(),
    language: language.nullable(),
    /** What one signs in with besides the link; a key has none. */
    secondFactor: z
      .object({
        codes: z.boolean(),
        passkeys: z.number().int(),
        /** Whether this session was opened with one. */
        shown: z.boolean(),
        /** Whether it has to be, before anything else. */
        due: z.boolean(),
      })
      .nullable(),
  })
  .meta({ id: 'Me' });

const instant = z.iso.datetime();

export const SessionList = z
  .object({
    items: z.array(
      z.object({
        id: z.uuid(),
        device: z.string(),
        startedAt: instant,
        endsAt: instant,
        current: z.boolean(),
      }),
    ),
    nextCursor: z.null(),
  })
  .meta({ id: 'SessionList' });

export const InvitationAnswer = z
  .object({
    id: z.uuid(),
    email: z.string(),
    role: z.enum(roles),
    coalitionId: z.uuid().nullable(),
    language,
    invitedBy: z.string(),
    createdAt: instant,
    endsAt: instant,
  })
  .meta({ id: 'Invitation' });
export type InvitationAnswer = z.infer<typeof InvitationAnswer>;
export const InvitationList = z
  .object({ items: z.array(InvitationAnswer), nextCursor: z.null() })
  .meta({ id: 'InvitationList' });

/** What whoever holds the link is asked. */
export const OpenInvitation = z
  .object({
    email: z.string(),
    role: z.enum(roles),
    coalition: z.string().nullable(),
    language,
    invitedBy: z.string(),
    endsAt: instant,
  })
  .meta({ id: 'OpenInvitation' });

export const StaffList = z
  .object({
    items: z.array(
      z.object({
        id: z.uuid(),
        name: z.string(),
        email: z.string(),
        role: z.enum(roles),
        coalitionId: z.uuid().nullable(),
        joinedAt: instant,
        /** Whether they have codes or a passkey. */
        secondFactor: z.boolean(),
      }),
    ),
    nextCursor: z.null(),
  })
  .meta({ id: 'StaffList' });
