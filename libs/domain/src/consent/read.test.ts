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
    // every way the FCC names (FACTS §5)
    'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'QUIT', 'REVOKE', 'ALTO', 'PARAR', 'deja de enviarme mensajes', 'ya no quiero mensajes', 'SALIR', 'BAJA',
    '🛑', '🛑🛑🛑', 'please 🛑', '⛔', 'S.T.O.P', 's t o p', 'stop stop stop', '"STOP"', 'STPO',
    "I'm not interested", 'no longer interested', 'I no longer want to receive these', 'i want out', 'delete me', 'cease and desist', 'not interested please stop',
    'how do I stop this', 'can you stop texting me', "why won't you stop texting me", "why don't you stop", 'I want you to stop', 'STOP\n\nSent from my phone',
    'quiero dejar de recibir mensajes', 'ya párale', 'no quiero que me escriban', 'bórrame', '¿cómo hago para cancelar?', 'no quiero nada',
    // beside something else: a clear withdrawal wins
    'yes but stop', 'Yes, but please stop', 'DONE. Stop texting', 'stop, done', 'I filed, please take me off the list', 'done, cancel', 'no thanks, stop',
    'sí pero alto', 'no gracias, alto', 'ya lo hice, no me manden más mensajes', 'todavía no lo he hecho pero dejen de escribirme', 'No. Stop.',
  ])('reads "%s" as stop', (body) => expect(meaning(body)).toBe('stop')); // prettier-ignore

  it.each([
    "don't stop", "Don't stop!", 'Please dont stop texting me', 'do not stop sending these', 'never stop', "we won't stop", 'No paren', 'no dejen de escribirme', 'no pares',
    'please don’t unsubscribe me', "don't take me off", 'I was at the bus stop', 'I will stop by the office later to talk about it',
    'when does the comment period end', 'I quit my job to be a peer specialist', 'end stigma', 'el alto costo de vivir', 'para mañana',
    'unstop', 'nonstop', 'can I cancel my appointment with you', 'I work without stopping',
    "I can't stop thinking about this", 'when does it end?', 'nothing can stop us', 'Never stop fighting', 'how do I stop smoking', 'I missed my stop', 'is this the end of it?',
    'The deadline ends when', 'at the end of the day I filed', 'Can you take me off speaker', 'cancel culture', 'They want to remove peer support from the list',
    'no puedo parar de pensar en esto', '¿para cuándo es?', 'es para mi hermana', '¿cuándo es el fin del plazo?', 'no dejen de mandarme mensajes', 'por fin lo hice',
    // somebody in danger is answered, not unsubscribed
    'ya no quiero vivir', "I don't want to live anymore", 'no quiero estar aquí',
  ])('does not read "%s" as stop', (body) => expect(meaning(body)).not.toBe('stop')); // prettier-ignore

  it.each(['I quit', 'my friend wants to opt out', 'yes, right, enough'])(
    'takes "%s" for a stop when in doubt: START undoes it',
    (body) => expect(meaning(body)).toBe('stop'),
  );

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
    'I filed', 'Comment submitted', 'Filed yesterday', 'turned it in today and it is done, I did it', 'DONE DONE DONE', 'Done. Thank you for the reminder', 'I did my comment', 'we did it',
    'done, and my sister too', 'lo hice', 'Sí, ya lo hice', 'acabo de enviarlo', 'Ya presenté mi comentario', 'Listo, gracias', 'enviado',
    'listo', 'Ya lo hice', 'ya lo hice, gracias', 'hecho', 'ya está', 'Ya envié mi comentario', 'terminé', 'acabo de hacerlo',
  ])('reads "%s" as done', (body) => expect(meaning(body, 'reminder')).toBe('done')); // prettier-ignore

  it.each([
    'not done yet', "I haven't done it", 'how do I get it done?', 'I will be done tomorrow', "I'm not done", 'is it done?', 'todavía no lo hice', 'no lo he hecho', 'aún no está listo',
    'I think I did it but got an error', '¿ya está?',
    "I'm not done yet", 'not yet', 'almost done', 'todavía no lo he hecho', 'todavía no', 'no lo hice', 'ya lo haré', 'ya casi', 'no estoy listo', '¿listo?', 'cuando lo haya hecho le aviso',
    'I never filed', 'nobody has done it', 'I did it wrong', 'yes but not done', 'my sister did it but I have not', 'done with work, will file later', 'did it go through?', 'done?', 'undone',
    'if I filed late does it count', 'listo, mañana lo hago',
  ])('does not read "%s" as done', (body) => expect(meaning(body, 'reminder')).not.toBe('done')); // prettier-ignore
});

describe('yes and start', () => {
  it.each([
    'YES',
    'y',
    'Yes please',
    'sí',
    'Si',
    'SÍ, claro',
    'acepto',
    'I agree',
    'yes yes yes',
    'Sure, yes',
    'oh yes',
    'YES 👍',
    'yes, remind me',
    'Yes I want reminders',
    'Sí, quiero recordatorios',
    'sí por favor',
    'claro que sí',
    'de acuerdo',
  ])(
    // prettier-ignore
    'reads "%s" as yes',
    (body) => {
      expect(meaning(body, 'question')).toBe('yes');
      expect(meaning(body)).toBe('yes');
    },
  );

  it.each([
    'yes?', '¿sí?', 'yes or no?', 'not yes', 'yes but not now', 'yesterday', 'no', 'nope', 'I do not agree', 'no acepto', 'no estoy de acuerdo', 'si no puedo, ¿qué hago?',
  ])('does not take "%s" for a yes', (body) => expect(meaning(body, 'question')).not.toBe('yes')); // prettier-ignore

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

  it.each([
    'START',
    'unstop',
    'start again please',
    'comenzar',
    'empezar',
    'RESUME',
    'opt in',
    'subscribe',
    'alta',
    'please start texting me again',
    'vuelvan a mandarme mensajes',
  ])('reads "%s" as start', (body) => expect(meaning(body)).toBe('start'));

  it.each(["don't start texting me", 'when does it start?', 'how do I start', "it won't start", 'no quiero empezar', 'start and then stop'])(
    'does not read "%s" as start', (body) => expect(meaning(body)).not.toBe('start')); // prettier-ignore
});

it.each([
  'HELP',
  'help!',
  'Info',
  'ayuda',
  'información',
  'who is this?',
  '¿Quién es?',
  'I need help',
  'can you help me',
  'what is this?',
  '¿qué es esto?',
  'ayúdame',
  '?',
])('reads "%s" as help', (body) => expect(meaning(body)).toBe('help'));

describe('words of somebody in danger', () => {
  it.each([
    'I want to die', 'thinking about suicide', "I can't go on", 'quiero morir', 'ya no puedo más', 'I relapsed and might overdose',
    'kill myself', "I'm going to kill my self", 'feeling suicidal', 'KMS', 'I wish I was dead', 'better off without me', "life isn't worth living", "I'd rather be dead",
    'I took all my pills', 'I want to hurt myself', 'me quiero morir', 'quitarme la vida', 'quiero hacerme daño', 'pensamientos suicidas', 'ya no quiero vivir', 'ganas de morirme',
    'no tiene sentido vivir', 'quisiera estar muerta', 'quiero matarme', 'Sí, ya lo hice. Me quiero morir', 'STOP. I want to die', 'done, I want to end my life',
  ])('are flagged in "%s"', (body) => expect(readText(body).crisis).toBe(true)); // prettier-ignore

  it.each([
    // Likely somebody's work, or a figure of speech. When unsure it is flagged: a person looks, nobody is missed.
    'I teach suicide prevention', 'I work in an emergency department', 'I support people in crisis', 'no puedo más con este formulario', 'trabajo en prevención del suicidio',
  ])('are flagged in "%s" too, to be sure', (body) => expect(readText(body).crisis).toBe(true)); // prettier-ignore

  it.each([
    'this deadline is killing me', "I'm dying to file this", 'you killed it', 'dead tired, will file tomorrow', 'I could kill for a coffee', 'over my dead body', 'die-hard peer here',
    'me muero de risa', 'me muero de ganas', 'para matar el tiempo', 'estoy muerta de cansancio', 'done', 'STOP', 'sí',
  ])('are none in "%s"', (body) => expect(readText(body).crisis).toBe(false)); // prettier-ignore

  it('change nothing of what the text means', () => {
    expect(readText('I did it. I feel suicidal')).toMatchObject({ meaning: 'done', crisis: true });
    expect(readText('STOP. Me quiero morir')).toMatchObject({ meaning: 'stop', crisis: true });
    expect(readText('me quiero morir')).toMatchObject({ meaning: 'other', crisis: true, language: 'es' });
  });
});

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
