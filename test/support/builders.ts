import {
  type Campaign,
  CampaignClock,
  Campaigns,
  type Coalition,
  Coalitions,
  Consents,
  type PersonalReminder,
  Reminders,
  Signups,
  type SignupView,
} from '#postgres';
import type { TestDatabase } from './use-database.js';

let made = 0;

/** Every test builds its own world: nothing here is shared, and every name is new. */
export const buildersFor = (world: Pick<TestDatabase, 'db' | 'keys'>) => {
  /** By the campaign's clock, which the test drives. */
  const minutesFromNow = async (minutes: number) =>
    new Date((await new CampaignClock(world.db.manager).now()).getTime() + minutes * 60_000);

  const aCoalition = (parent?: Coalition): Promise<Coalition> =>
    new Coalitions(world.db.manager).save({
      parentId: parent?.id ?? null,
      slug: `coalition-${++made}`,
      name: 'Peers of Ohio',
      shortName: 'Ohio Peers',
      zone: 'America/New_York',
      replyTo: 'hello@ohio.example',
      postalAddress: '1 Main St, Columbus, OH 43004',
      colour: '#225588',
    });

  /** A draft; with `running` one whose deadline is a week ahead. */
  async function aCampaign(coalitions: Coalition[], { running = false } = {}): Promise<Campaign> {
    const campaigns = new Campaigns(world.db.manager);
    const { id } = await campaigns.save({
      slug: `campaign-${++made}`,
      kind: 'custom',
      texts: {
        en: {
          title: 'Write to the board',
          deed: 'write to the board',
          summary: 'The board decides in spring.',
          why: '',
          steps: [],
          minutes: { from: 5, to: 10 },
          doneLabel: 'I wrote',
          officialLabel: 'Open the form',
          sources: [],
        },
      },
      ...(running && {
        status: 'running' as const,
        launchedAt: await minutesFromNow(-60),
        deadlineAt: await minutesFromNow(7 * 24 * 60),
        deadlineZone: 'America/New_York',
      }),
    });
    await campaigns.addCoalitions(
      id,
      coalitions.map((coalition) => coalition.id),
      world.keys.tokenKey,
    );
    return (await campaigns.byId(id))!;
  }

  async function aSignup(
    campaign: Pick<Campaign, 'id'>,
    coalition: Pick<Coalition, 'id'>,
    {
      email = `p${++made}@x.example`,
      phone,
      code,
    }: { email?: string; phone?: string; /** A colleague's. */ code?: string } = {},
  ): Promise<SignupView> {
    const signups = new Signups(world.db.manager, world.keys);
    const typed = {
      email: { address: email, lookup: email },
      phone,
      language: 'en',
      zone: 'America/New_York',
      zoneSource: 'coalition' as const,
      state: null,
      smsWindow: '*',
      wantsTexts: phone !== undefined,
      nextStep: false,
      visible: false,
    };
    const { id } = await signups.accept(campaign.id, coalition.id, typed, code);
    return (await signups.byId(id))!;
  }

  /** Somebody in a running campaign who agreed to be written to, on both channels when there is a phone. */
  async function somebodyAgreed(contacts: { email?: string; phone?: string } = {}): Promise<SignupView> {
    const coalition = await aCoalition();
    const signup = await aSignup(await aCampaign([coalition], { running: true }), coalition, contacts);
    await agree(signup);
    return signup;
  }

  async function agree(signup: SignupView): Promise<void> {
    const consents = new Consents(world.db.manager, world.keys);
    await consents.grant(signup, 'email', { wording: 'email-optin@1', source: 'page' });
    if (signup.phone) await consents.grant(signup, 'sms', { wording: 'YES', source: 'text' });
  }

  /** A last call that is due now. */
  async function aReminder(signup: SignupView, given: Partial<PersonalReminder> = {}): Promise<void> {
    await new Reminders(world.db.manager).add(signup, [
      {
        kind: 'last_call',
        key: `last_call#${++made}`,
        channel: 'email',
        dueAt: await minutesFromNow(-1),
        expiresAt: await minutesFromNow(60),
        ...given,
      },
    ]);
  }

  return { aCoalition, aCampaign, aSignup, somebodyAgreed, agree, aReminder, minutesFromNow };
};
