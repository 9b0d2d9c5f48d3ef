import { until, useDrumbeat } from '../support/use-drumbeat.js';

const drumbeat = useDrumbeat();
beforeEach(() => drumbeat.backToMonday());

let people = 0;
/** Somebody with an address and a number that nobody else has. */
function somebody(name: string) {
  const line = String(++people * 20).padStart(3, '0');
  return { email: `${name}-${people}@example.org`, phone: `+15035557${line}` };
}
const on = (day: '02' | '03' | '04', time: string) => drumbeat.clock(`2027-03-${day}T${time}:00-08:00`);
const wordsTo = async (phone: string) => (await drumbeat.textsTo(phone)).map(({ text }) => text);

it('a sentence in Spanish stops every campaign, is confirmed once, and HELP is still answered', async () => {
  const [one, other] = [await drumbeat.launch(), await drumbeat.launch()];
  const ana = somebody('ana');
  await drumbeat.join({ campaign: one.slug, language: 'es', ...ana });
  await drumbeat.join({ campaign: other.slug, language: 'es', ...ana });
  await drumbeat.settle();
  const before = (await wordsTo(ana.phone)).length;
  await drumbeat.text(ana.phone, 'ya no me manden mensajes por favor');
  await drumbeat.text(ana.phone, 'no más');
  await drumbeat.text(ana.phone, 'AYUDA');
  await on('04', '13:00');

  expect((await wordsTo(ana.phone)).slice(before)).toEqual([
    expect.stringContaining('START'),
    expect.stringMatching(/Ayuda: hello@portland/),
  ]);
});

it('DONE from a shared phone ends the campaign’s texts to it, for whoever uses it', async () => {
  const campaign = await drumbeat.launch();
  const ben = somebody('ben');
  const mia = { ...somebody('mia'), phone: ben.phone };
  await drumbeat.join({ campaign: campaign.slug, ...ben });
  await drumbeat.join({ campaign: campaign.slug, ...mia });
  await on('02', '13:00');
  const before = (await wordsTo(ben.phone)).length;
  await drumbeat.text(ben.phone, 'ya lo hice');
  await on('04', '13:00');

  expect((await wordsTo(ben.phone)).slice(before)).toEqual([expect.stringContaining("you're counted")]);
  expect(await drumbeat.figures(campaign)).toMatchObject({ confirmed: 1 });
});

it('words of crisis are answered with 988 and told to organizers, who read them; nobody else does', async () => {
  const campaign = await drumbeat.launch();
  const cal = somebody('cal');
  await drumbeat.join({ campaign: campaign.slug, ...cal });
  await drumbeat.text(cal.phone, 'the garden is full of tomatoes');
  await drumbeat.text(cal.phone, 'I want to die');
  await drumbeat.settle();
  expect((await wordsTo(cal.phone)).slice(2)).toEqual(
    Array(2).fill(expect.stringContaining('call or text 988')),
  );

  const [root] = await drumbeat.db.query<{ address: string }[]>(
    `select c.reply_to as address from campaign_coalitions m join coalitions c on c.id = m.coalition_id
     where m.campaign_id = $1 and c.parent_id is null`,
    [campaign.id],
  );
  const [notice] = await drumbeat.mailTo(root!.address, 1);
  expect(notice!.subject).toBe('A text needs you now');
  expect(notice!.text).not.toMatch(/die|tomato/);
  expect(notice!.text).toContain(`${drumbeat.url}/console/campaigns/${campaign.id}/texts`);
  const inbox = `/api/v1/campaigns/${campaign.id}/texts`;
  expect((await drumbeat.visit(drumbeat.url + inbox)).status).toBe(401);
  const { items } = (await drumbeat.api<{ items: { body: string; phone: string }[] }>('GET', inbox)).json;
  expect(items).toMatchObject([
    { body: 'I want to die', phone: cal.phone },
    { body: 'the garden is full of tomatoes', phone: expect.stringMatching(/^•••-•••-/) as string },
  ]);
});

it('words of crisis from a phone that nobody gave are answered with 988, once', async () => {
  const { phone } = somebody('dov');
  for (const words of ['hola', 'me quiero morir', 'no quiero vivir']) await drumbeat.text(phone, words);
  await drumbeat.settle();
  expect(await wordsTo(phone)).toEqual([expect.stringContaining('llama al 988')]);
});

it.each([
  ['HELP', 'asks for help each time'],
  ['echo', 'sends our words back'],
  ['I am driving and will answer later', 'says that it is away'],
])('two machines that answer each other come to an end: %s', async (answer) => {
  const campaign = await drumbeat.launch();
  const bot = somebody('bot');
  await drumbeat.join({ campaign: campaign.slug, ...bot });
  await drumbeat.settle();
  let read = 0;
  for (let round = 0; round < 30; round++) {
    const texts = await until(
      () => wordsTo(bot.phone),
      ({ length }) => length > read,
      1_500,
    );
    if (texts.length === read) break;
    for (const text of texts.slice(read)) await drumbeat.text(bot.phone, answer === 'echo' ? text : answer);
    read = texts.length;
    await drumbeat.settle();
  }
  expect(read).toBeLessThanOrEqual(6);
  expect(await wordsTo(bot.phone)).toHaveLength(read);
});
