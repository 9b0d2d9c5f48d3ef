import type { rehearsal as en } from '../en/rehearsal.js';

const minutesOf = (seconds: number): string => {
  const minutes = Math.ceil(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
};

export const rehearsal: typeof en = {
  title: 'Ensayo',
  press: 'Ensayar',
  lede: 'Cada mensaje que recibe una persona: cuándo, cómo y con qué palabras. No se envía nada a nadie.',
  see: 'Ver cada mensaje como lo recibe una persona',
  person: 'Quién lo recibe',
  zip: 'Código postal',
  zipHint: 'Dónde está esta persona: su zona horaria y su estado.',
  badZip: 'Este no es un código postal. Escribe cinco cifras, como 97201.',
  zone: 'Zona horaria',
  zoneOfPlace: 'Del código postal o la coalición',
  state: 'Estado',
  stateHint: 'La ley de estos limita las horas para mensajes de texto.',
  stateOfZip: 'Del código postal',
  coalition: 'Se inscribió por',
  language: 'Idioma',
  channels: 'Por dónde',
  channel: { both: 'Correo y mensaje de texto', email: 'Solo correo', sms: 'Solo mensaje de texto' },
  joined: 'Se inscribió',
  joinedAt: {
    launch: 'Al lanzarse',
    now: 'Ahora',
    '72': 'Tres días antes de la fecha límite',
    '24': 'Un día antes de la fecha límite',
    '5': 'Cinco horas antes de la fecha límite',
  },
  coming: (n, zone) => `${n === 1 ? 'Un mensaje' : `${n} mensajes`}, en ${zone}`,
  hours: (state) =>
    state === '*'
      ? 'Los mensajes de texto salen a las horas de siempre.'
      : `Los mensajes de texto salen a las horas de ${state}.`,
  none: 'No hay ningún recordatorio por estos canales.',
  noDate: 'Todavía no hay fecha límite. Ponla y aquí aparecerá cada mensaje.',
  setDate: 'Poner la fecha límite',
  lastCall: 'Último aviso',
  moved: (planned) => `Se pasó a una hora decente; estaba previsto para el ${planned}.`,
  read: 'Leer el correo',
  readOf: (name) => `Leer el correo: ${name}`,
  segments: (n, cents) => `${n === 1 ? '1 segmento' : `${n} segmentos`}, ${cents} ¢ por persona`,
  crowd: (n, people, seconds) =>
    `${n === 1 ? 'Para una persona' : `Para ${people} personas`} tarda ${seconds < 60 ? 'menos de un minuto' : minutesOf(seconds)}`,
  inTime: (crowd, ends, expires) => `${crowd}; termina el ${ends}, antes de que venza el ${expires}.`,
  early: (crowd, starts, expires) =>
    `${crowd}; para terminar antes de que venza el ${expires}, empieza el ${starts}.`,
  tooSlow: (crowd, expires) => `${crowd}; no puede terminar antes de que venza el ${expires}.`,
  why: {
    no_window: 'No se envía: no queda una hora decente antes de la fecha límite.',
    before_signup: 'No se envía: cae antes de que esta persona se inscribiera, o muy poco después.',
    superseded: 'No se envía: el siguiente mensaje llega muy pronto.',
    too_late: 'No se envía: esta persona se inscribió demasiado tarde.',
    moved_past: 'No se envía: la fecha límite cambió y otro mensaje ocupa su lugar.',
  },
  send: 'Envíatelo',
  sendHint: 'Llegan todos a la vez, cada uno marcado como ensayo, solo a ti. No cuentan en ninguna cifra.',
  email: 'Mi correo',
  badEmail: 'Este no es un correo. Revisa si hay errores.',
  phone: 'Mi teléfono',
  badPhone: 'Este número no recibe mensajes de texto. Escribe un móvil, como 503 555 0100.',
  sendToMe: 'Enviármelos',
  sent: (n) => (n === 1 ? 'Un mensaje va en camino.' : `${n} mensajes van en camino.`),
};
