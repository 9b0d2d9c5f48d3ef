import type { ReportWords } from '../en/report.js';

const number = (n: number): string => n.toLocaleString('es-US');

/** Lo que dice el informe de una campaña, en español. */
export const report: ReportWords = {
  title: 'Informe de la campaña',
  asOf: (moment) => `Cifras del ${moment}`,
  none: '–',
  few: 'menos de 10',
  summary: {
    regulatory_comment: (signups, done) =>
      `${number(signups)} personas se inscribieron y ${number(done)} enviaron su comentario.`,
    census_occupation: (signups, done) =>
      `${number(signups)} personas se inscribieron y ${number(done)} lo escribieron en su formulario.`,
    custom: (signups, done) => `${number(signups)} personas se inscribieron y ${number(done)} lo hicieron.`,
  },
  goal: (done, goal) =>
    done >= goal
      ? `Se alcanzó la meta de ${number(goal)}.`
      : `La meta era ${number(goal)}; faltaron ${number(goal - done)}.`,
  launched: 'Lanzada',
  deadline: 'Fecha límite',
  figures: {
    signups: 'Inscritas',
    optedIn: 'Dijeron que sí',
    went: 'Abrieron el formulario',
    confirmed: { regulatory_comment: 'Enviaron', census_occupation: 'Respondieron', custom: 'Lo hicieron' },
    verified: 'Vistos en el expediente',
    pledged: 'Se comprometieron',
    rate: 'Proporción',
  },
  byCoalition: 'Por coalición',
  everybody: 'Todas, cada una una vez',
  coalition: 'Coalición',
  coalitionNote:
    'Quien se unió por dos coaliciones cuenta en ambas. Para proteger a las personas, las cifras de cada coalición se redondean hacia abajo de 5 en 5, y las menores de 10 no se muestran.',
  byDay: 'Por día',
  day: 'Día',
  dayNote: 'No aparecen los días en que no pasó nada.',
  reminders: 'Mensajes',
  message: 'Mensaje',
  channel: 'Canal',
  channels: { email: 'Correo', sms: 'Texto' },
  sent: 'Enviados',
  skipped: 'Omitidos',
  failed: 'Fallidos',
  unknown: 'Sin saber',
  after: 'Lo hicieron después',
  afterNote:
    'La última columna cuenta a quienes recibieron este mensaje como último antes de decir «listo». No tiene que ser la causa.',
  nothing: 'antes de cualquier mensaje',
  kinds: {
    rung: 'recordatorio',
    alert: 'noticia',
    follow_up: 'seguimiento',
    welcome: 'bienvenida',
    nudge: 'segunda pregunta',
    sms_optin: 'pregunta por texto',
    last_call: 'último aviso',
    snooze: 'recordatorio que pidieron',
    reply: 'respuesta a un texto',
    ended: '«ya terminó»',
    result: 'resultado',
    invitation: 'invitación',
    data: 'sus datos',
  },
  evidence: 'Cómo lo sabemos',
  evidenceOf: {
    said: 'Lo dijeron',
    tracking_number: 'Dieron un número de seguimiento',
    seen_on_docket: 'Su comentario está publicado en el expediente',
  },
  sources: {
    page: 'en su propia página',
    text: 'por texto',
    leader: 'lo anotó una persona líder',
    api: 'desde otro sistema',
    sweep: 'hallado en el expediente',
  },
  people: 'Personas',
  source: 'Cómo nos llegó',
  missed: 'Qué se lo impidió a las demás',
  missedNote: 'De quienes respondieron después de la fecha límite.',
  answer: 'Respuesta',
  reason: 'Razón',
  unsaid: 'sin decir la razón',
  page: (n, of) => `Página ${n} de ${of}`,
  madeWith: 'Hecho con Drumbeat',
};
