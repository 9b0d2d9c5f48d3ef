import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Audit, Campaigns, type GuideFile, GuideFiles, type StaffKey } from '#postgres';
import { actorOf } from '../access/access.js';
import { fileHref } from '../layout/view.js';
import { Problem, unknown } from '../problems/problem.js';
import { mostFiles, readGuideFile } from './guide-file.js';
import type { GuideFileAnswer } from './guide-files.schema.js';

/** What organizers attach for people to file with their comment. */
@Injectable()
export class GuideFilesService {
  constructor(private readonly db: DataSource) {}

  async list(campaignId: string): Promise<GuideFileAnswer[]> {
    const campaign = await new Campaigns(this.db.manager).byId(campaignId);
    if (!campaign) throw unknown('campaign');
    const files = await new GuideFiles(this.db.manager).of(campaignId);
    return files.map((file) => answer(campaign.slug, file));
  }

  async add(campaignId: string, name: string, content: Buffer, staff: StaffKey): Promise<GuideFileAnswer> {
    const read = await readGuideFile(name, content);
    return this.change(campaignId, staff, 'file.added', async (files) => {
      const added = await files.add(campaignId, read);
      if (!added)
        throw new Problem(409, 'files_full', `A guide has ${mostFiles} files at most. Take one off first.`);
      return added;
    });
  }

  async takeOff(campaignId: string, id: string, staff: StaffKey): Promise<GuideFileAnswer> {
    return this.change(campaignId, staff, 'file.removed', async (files) => {
      const file = (await files.of(campaignId)).find((file) => file.id === id);
      if (!file || !(await files.takeOff(campaignId, id))) throw unknown('file');
      return file;
    });
  }

  async putBack(campaignId: string, id: string, staff: StaffKey): Promise<GuideFileAnswer> {
    return this.change(campaignId, staff, 'file.restored', async (files) => {
      const file = await files.putBack(campaignId, id);
      if (!file)
        throw new Problem(
          409,
          'file_gone',
          'Only the file that was taken off last can be put back, while a place is free. Upload it again.',
        );
      return file;
    });
  }

  private async change(
    campaignId: string,
    staff: StaffKey,
    action: string,
    make: (files: GuideFiles) => Promise<GuideFile>,
  ): Promise<GuideFileAnswer> {
    return this.db.transaction(async (db) => {
      const campaign = await new Campaigns(db).hold(campaignId);
      if (!campaign) throw unknown('campaign');
      const file = await make(new GuideFiles(db));
      await new Audit(db).write(actorOf(staff), action, campaignId, { fileId: file.id });
      return answer(campaign.slug, file);
    });
  }
}

const answer = (slug: string, file: GuideFile): GuideFileAnswer => ({
  ...file,
  url: fileHref(slug, file.id),
});
