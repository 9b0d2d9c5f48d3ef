import { Inject, Injectable } from '@nestjs/common';
import QRCode from 'qrcode';
import sharp from 'sharp';
import { DataSource } from 'typeorm';
import { shownBrought } from '#domain';
import { type Language, markdownText, pageWords, type Shared, shareWords } from '#messages';
import {
  type Campaign,
  CampaignClock,
  Campaigns,
  type Coalition,
  Coalitions,
  Keyring,
  Referrals,
} from '#postgres';
import type { Visit } from '../access/visits.service.js';
import { deadlineView, logoView } from '../layout/view.js';
import { Problem, unknown } from '../problems/problem.js';
import { API_SETTINGS, type ApiSettings } from '../settings.js';
import { calendarOf } from './calendar.js';
import { drawFlyer } from './flyer.js';
import type { PassedOn } from './pass-on.js';
import type { ShareAnswer } from './share.schema.js';

type Kit = { campaign: Campaign; coalition: Coalition; link: string; now: Date };

/** What a leader passes on to bring people in: a link, words, a code, a page to print, a date for the calendar. */
@Injectable()
export class ShareService {
  constructor(
    private readonly db: DataSource,
    private readonly keys: Keyring,
    @Inject(API_SETTINGS) private readonly settings: ApiSettings,
  ) {}

  async read(campaignId: string, coalitionId: string): Promise<ShareAnswer> {
    const kit = await this.kit(campaignId, coalitionId);
    const { campaign, link, now } = kit;
    const { deadlineAt } = campaign;
    const at = `/api/v1/campaigns/${campaignId}/coalitions/${coalitionId}/share`;
    const inBoth = (file: string) => ({ en: `${at}/${file}?language=en`, es: `${at}/${file}?language=es` });
    return {
      link,
      deadlineAt: deadlineAt?.toISOString() ?? null,
      past: deadlineAt !== null && deadlineAt <= now,
      words: { en: wordsOf(kit, 'en'), es: wordsOf(kit, 'es') },
      files: {
        qrSvg: `${at}/qr.svg`,
        qrPng: `${at}/qr.png`,
        flyer: inBoth('flyer.pdf'),
        calendar: deadlineAt ? inBoth('deadline.ics') : null,
      },
    };
  }

  async qrSvg(campaignId: string, coalitionId: string): Promise<File> {
    const kit = await this.kit(campaignId, coalitionId);
    return fileOf(kit, 'qr.svg', Buffer.from(await QRCode.toString(kit.link, { type: 'svg', margin: 4 })));
  }

  /** Large enough to print on a poster. */
  async qrPng(campaignId: string, coalitionId: string): Promise<File> {
    const kit = await this.kit(campaignId, coalitionId);
    const small = sharp(await QRCode.toBuffer(kit.link, { scale: 1, margin: 4 }));
    const { width } = await small.metadata();
    const large = small.resize({ width: width * 30, kernel: 'nearest' }).png({ palette: true });
    return fileOf(kit, 'qr.png', await large.toBuffer());
  }

  async flyer(campaignId: string, coalitionId: string, language: Language): Promise<File> {
    const kit = await this.kit(campaignId, coalitionId);
    const { campaign, coalition, now } = kit;
    const png = coalition.logo ? await new Coalitions(this.db.manager).logo(coalition.logo) : null;
    const pdf = await drawFlyer({
      language,
      title: campaign.wordsIn(language).title,
      deadline: deadlineView(campaign, coalition.zone, false, now, language),
      colour: coalition.colour,
      logo: png && { ...logoView(coalition.logo!), png },
      shared: sharedOf(kit, language),
    });
    return fileOf(kit, `flyer-${language}.pdf`, pdf);
  }

  /** Words to one person who signed up, from a leader's own phone. */
  async nudges(
    campaignId: string,
    coalitionId: string,
  ): Promise<(name: string, language: Language) => string> {
    const kit = await this.kit(campaignId, coalitionId);
    const shared = { en: sharedOf(kit, 'en'), es: sharedOf(kit, 'es') };
    return (name, language) => shareWords(language).nudge(shared[language], name);
  }

  /** What somebody brings colleagues with, under their own code. Only those who said yes themselves are counted (decision 32). */
  async passOn({ signup, campaign, coalition, now }: Visit, language: Language): Promise<PassedOn | null> {
    const brought = await new Referrals(this.db.manager).broughtBy(signup.id);
    if (!brought) return null;
    const code = this.keys.token(signup.tokenKey, signup.id, 'refer');
    const link = `${this.linkOf(campaign, coalition)}?by=${code}`;
    const shared = sharedOf({ campaign, coalition, link, now }, language);
    return {
      link: shared.link,
      qr: squaresOf(shared.link),
      words: shareWords(language).colleague(shared),
      ...shownBrought(brought),
    };
  }

  /** The same event whenever it is asked for; one that moved replaces the one that a calendar has. */
  async calendar(campaignId: string, coalitionId: string, language: Language): Promise<File> {
    const kit = await this.kit(campaignId, coalitionId);
    const { deadlineAt, kind, id } = kit.campaign;
    if (!deadlineAt)
      throw new Problem(409, 'no_date', 'This campaign has no date yet, so there is nothing for a calendar.');
    const shared = sharedOf(kit, language);
    const words = shareWords(language).calendar;
    const calendar = calendarOf({
      uid: `${id}@${new URL(this.settings.PUBLIC_URL).hostname}`,
      sequence: await new Campaigns(this.db.manager).movesOf(id),
      deadlineAt,
      title: `${pageWords(language).deadline.label[kind]}: ${kit.campaign.wordsIn(language).title}`,
      description: `${shared.summary}\n\n${words.steps(shared.link)}`,
      url: shared.link,
      alarm: words.tomorrow,
    });
    return fileOf(kit, `${language}.ics`, Buffer.from(calendar));
  }

  private linkOf(campaign: Campaign, coalition: Coalition): string {
    return `${this.settings.PUBLIC_URL}/c/${campaign.slug}/${coalition.slug}`;
  }

  private async kit(campaignId: string, coalitionId: string): Promise<Kit> {
    const campaigns = new Campaigns(this.db.manager);
    const campaign = await campaigns.byId(campaignId);
    if (!campaign) throw unknown('campaign');
    const coalition = (await campaigns.coalitionsOf(campaignId)).find(({ id }) => id === coalitionId);
    if (!coalition) throw unknown('coalition');
    return {
      campaign,
      coalition,
      link: this.linkOf(campaign, coalition),
      now: await new CampaignClock(this.db.manager).now(),
    };
  }
}

export type File = { name: string; content: Buffer };

const fileOf = ({ campaign, coalition }: Kit, what: string, content: Buffer): File => ({
  name: `${campaign.slug}-${coalition.slug}-${what}`,
  content,
});

function sharedOf({ campaign, coalition, link, now }: Kit, language: Language): Shared {
  const { deed, summary, minutes } = campaign.wordsIn(language);
  const deadline = deadlineView(campaign, coalition.zone, false, now, language);
  return {
    coalition: coalition.name,
    shortName: coalition.shortName,
    deed,
    summary: markdownText(summary),
    minutes: minutes.to,
    deadline: deadline?.moment ?? null,
    local: deadline?.local ?? null,
    link: language === 'en' ? link : `${link}${link.includes('?') ? '&' : '?'}lang=${language}`,
  };
}

/** A QR code as one path, with the quiet zone of four squares that a camera needs. */
function squaresOf(text: string): PassedOn['qr'] {
  const quiet = 4;
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' });
  const squares = Array.from({ length: modules.size ** 2 }, (_, at) => {
    const [row, column] = [Math.floor(at / modules.size), at % modules.size];
    return modules.get(row, column) ? `M${column + quiet} ${row + quiet}h1v1h-1z` : '';
  });
  return { side: modules.size + 2 * quiet, path: squares.join('') };
}

function wordsOf(kit: Kit, language: Language) {
  const shared = sharedOf(kit, language);
  const words = shareWords(language);
  return {
    link: shared.link,
    email: { subject: words.subject(shared.deed), body: words.email(shared) },
    text: words.text(shared),
    social: words.social(shared),
  };
}
