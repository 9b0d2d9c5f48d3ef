import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiResponse, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { Campaigns } from '#postgres';
import { Access } from '../access/access.js';
import { unknown } from '../problems/problem.js';
import { API_SETTINGS, type ApiSettings } from '../settings.js';
import { Id } from './campaign.schema.js';
import { tryWords } from './words.js';
import { WordsAnswer, WordsForm } from './words.schema.js';

@ApiTags('campaigns')
@ApiBearerAuth()
@Access('organizer')
@Controller('api/v1/campaigns/:id/words')
export class WordsController {
  constructor(
    private readonly db: DataSource,
    @Inject(API_SETTINGS) private readonly settings: ApiSettings,
  ) {}

  /** What saving would say of a message, what a person would get, and what a text costs. Nothing is saved. */
  @Post()
  @HttpCode(200)
  @ApiResponse({ status: 200, standardSchema: WordsAnswer })
  async look(
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: WordsForm }) form: WordsForm,
  ): Promise<WordsAnswer> {
    const campaigns = new Campaigns(this.db.manager);
    const campaign = await campaigns.byId(id);
    if (!campaign) throw unknown('campaign');
    return tryWords(form, campaign, await campaigns.coalitionsOf(id), this.settings);
  }
}
