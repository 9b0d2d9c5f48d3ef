/** Pages ask again every three seconds, so what somebody sees is at most five seconds old. */
const freshFor = 2_000;

/** One query per campaign and a few seconds, however many watch (RULES §8). */
export class Shared<Answer> {
  private readonly known = new Map<string, { at: number; answer: Promise<Answer> }>();

  constructor(private readonly ask: (campaignId: string) => Promise<Answer>) {}

  of(campaignId: string): Promise<Answer> {
    const known = this.known.get(campaignId);
    if (known && performance.now() - known.at < freshFor) return known.answer;
    const answer = this.ask(campaignId);
    this.known.set(campaignId, { at: performance.now(), answer });
    answer.catch(() => this.known.delete(campaignId));
    return answer;
  }
}
