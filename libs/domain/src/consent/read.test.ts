import { readText } from './read.js';

const meaning = (body: string, outstanding?: 'question' | 'reminder') =>
  readText(body, { outstanding }).meaning;

describe('stop', () => {
  it.each([
    'STOP', 'stop.', ' Stop!! ', 'STOP please', 'please stop', 'Stop texting me', 'please stop texting me', 'stopall', 'STOP ALL', 'unsubscribe', 'Unsubscribe me now',
    'cancel', 'END', 'quit', 'Revoke', 'opt out', 'OPTOUT', 'opt me out', 'Opt-out', 'stop please', 'remove me', 'take me off this list',
    "don't text me anymore", 'Do not contact me again', 'I don’t want any more messages', 'leave me alone', 'no more texts please',
    'yes stop', 'I did it, now stop texting me', 'Would you all please just stop', 'ok stop', 'help me stop these texts',
    'lose my number', 'wrong number', "Don't stop. Actually, STOP", 'stop\nstop', 'Ｓｔｏｐ',
    'no más', 'NO MAS', 'Alto', 'parar', 'PARE', 'basta', 'ya basta por favor', 'no quiero más mensajes', 'No me manden mensajes', 'Dejen de escribirme',
    'dame de baja', 'quítenme de la lista', 'cancelar', 'por favor no me envíen más mensajes', 'ya no quiero recibir mensajes', 'baja',
    'stop por favor', 'Déjenme en paz', 'no más mensajes, gracias',
  ])('reads "%s" as stop', (body) => expect(meaning(body)).toBe('stop')); // prettier-ignore

  it.each([
    "don't stop", "Don't stop!", 'Please dont stop texting me', 'do not stop sending these', 'never stop', "we won't stop", 'No paren', 'no dejen de escribirme', 'no pares',
    'please don’t unsubscribe me', "don't take me off", 'I was at the bus stop', 'I will stop by the office later to talk about it',
    'when does the comment period end', 'I quit my job to be a peer specialist', 'end stigma', 'el alto costo de vivir', 'para mañana',
    'unstop', 'nonstop', 'can I cancel my appointment with you', 'I work without stopping',
  ])('does not read "%s" as stop', (body) => expect(meaning(body)).not.toBe('stop')); // prettier-ignore

  it('goes before everything else, crisis being told besides', () => {
    expect(readText('Stop texting me, I want to die')).toEqual({
      meaning: 'stop',
      crisis: true,
      language: 'en',
    });
    expect(readText('STOP', { outstanding: 'question' }).meaning).toBe('stop');
  });
});

describe('done', () => {
  it.each([
    'done', 'DONE!', 'Done, thanks', 'all done', 'I did it', 'i did it!!!', "I'm done", 'I already did it', 'I filed my comment this morning', 'Just submitted my comment', 'finished',
    'I sent mine yesterday', 'ok done', 'yes I did', 'got it done',
    'listo', 'Ya lo hice', 'ya lo hice, gracias', 'hecho', 'ya está', 'Ya envié mi comentario', 'terminé', 'acabo de hacerlo',
  ])('reads "%s" as done', (body) => expect(meaning(body, 'reminder')).toBe('done')); // prettier-ignore

  it.each([
    'not done yet', "I haven't done it", 'how do I get it done?', 'I will be done tomorrow', "I'm not done", 'is it done?', 'todavía no lo hice', 'no lo he hecho', 'aún no está listo',
    'I think I did it but got an error', '¿ya está?',
  ])('does not read "%s" as done', (body) => expect(meaning(body, 'reminder')).not.toBe('done')); // prettier-ignore
});

describe('yes and start', () => {
  it.each(['YES', 'y', 'Yes please', 'sí', 'Si', 'SÍ, claro', 'acepto', 'I agree'])(
    'reads "%s" as yes',
    (body) => {
      expect(meaning(body, 'question')).toBe('yes');
      expect(meaning(body)).toBe('yes');
    },
  );

  it('takes a bare "ok" or "dale" for a yes only when a question is out', () => {
    for (const body of ['ok', 'sure', 'dale', 'OK 👍']) {
      expect(meaning(body, 'question')).toBe('yes');
      expect(meaning(body)).toBe('other');
      expect(meaning(body, 'reminder')).toBe('other');
    }
  });

  it('takes "ya" and "listo" by what was asked', () => {
    expect(meaning('ya', 'reminder')).toBe('done');
    expect(meaning('listo', 'question')).toBe('yes');
    expect(meaning('listo', 'reminder')).toBe('done');
  });

  it.each(['START', 'unstop', 'start again please', 'comenzar', 'empezar'])('reads "%s" as start', (body) =>
    expect(meaning(body)).toBe('start'),
  );

  it('does not start what "don\'t start" forbids', () =>
    expect(meaning("don't start texting me")).not.toBe('start'));
});

it.each(['HELP', 'help!', 'Info', 'ayuda', 'información', 'who is this?', '¿Quién es?'])(
  'reads "%s" as help',
  (body) => expect(meaning(body)).toBe('help'),
);

it.each([
  'I want to die',
  'thinking about suicide',
  "I can't go on",
  'quiero morir',
  'ya no puedo más',
  'I relapsed and might overdose',
])('flags "%s"', (body) => expect(readText(body).crisis).toBe(true));

it('leaves the rest to people', () => {
  for (const body of [
    '',
    '   ',
    '👍',
    'Tell me about your kids',
    'gracias',
    'thanks',
    'no',
    '🙏🏽 bendiciones',
  ]) {
    expect(readText(body)).toMatchObject({ meaning: 'other', crisis: false });
  }
});

it('tells the language', () => {
  expect(readText('no más mensajes').language).toBe('es');
  expect(readText('please stop texting me').language).toBe('en');
  expect(readText('stop por favor no quiero esto').language).toBe('es');
});

it('is quick with a long text', () => {
  const started = performance.now();
  readText('dont '.repeat(100_000));
  expect(performance.now() - started).toBeLessThan(500);
});
