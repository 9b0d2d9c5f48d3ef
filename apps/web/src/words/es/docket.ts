import type { docket as en } from '../en/docket.js';

export const docket: typeof en = {
  title: 'Fechas oficiales',
  source: { regulations_gov: 'regulations.gov', federal_register: 'Registro Federal' },
  health: {
    fine: 'responde',
    trouble: 'no respondió',
    resting: 'con problemas, por ahora no se le pregunta',
  },
  or: ' o ',
  closes: (dates) => `Los comentarios se cierran el ${dates}.`,
  noDate: 'No dice un último día.',
  withdrawn: 'Se retiró el documento.',
  notHeard: 'Todavía no se le preguntó.',
  notice: (number) => `Aviso ${number}`,
  askedAt: (when) => `se le preguntó ${when}`,
  nextAt: (when) => `Se pregunta otra vez ${when}`,
  askedNoMore: 'Ya no se pregunta: cerró hace más de una semana.',
  askNow: 'Preguntar ahora',
  asking: 'Se pregunta ahora a las dos fuentes.',
  finding: {
    unknown: 'Nadie dice ahora un último día. Tu fecha se queda.',
    agree: 'Tu fecha es la oficial.',
    closed: 'Los comentarios se cerraron.',
    withdrawn: 'La agencia retiró este documento.',
    opening: 'Ya hay fecha.',
    extension: 'La fecha oficial es posterior a la tuya.',
    correction: 'La fecha oficial es anterior a la tuya.',
    conflict: 'Las fuentes no coinciden. Tu fecha se queda hasta que elijas.',
  },
  byItself: 'Seguir una extensión por sí sola',
  byItselfHint: 'Solo cuando las dos fuentes dicen el mismo día posterior. Todo lo demás te espera.',
  sharedKey:
    'Sin una clave propia se le pregunta a regulations.gov una vez por hora como mucho. Quien opera este servicio puede poner una.',
  proposal: {
    opening: {
      title: 'Ya hay fecha',
      text: (dates, _kept) =>
        `Los comentarios se cierran el ${dates}. Tómala, y toda la gente que espera sabrá que «ya abrió».`,
    },
    extension: {
      title: 'Se extendió el plazo de comentarios',
      text: (dates, kept) => `Se cierra el ${dates}; tu fecha es el ${kept}.`,
    },
    correction: {
      title: 'El plazo de comentarios termina antes',
      text: (dates, kept) => `Se cierra el ${dates}; tu fecha es el ${kept}.`,
    },
    conflict: {
      title: 'Las fuentes no coinciden',
      text: (_dates, kept) => `Tu fecha, el ${kept}, se queda hasta que elijas otra.`,
    },
    withdrawn: {
      title: 'Se retiró el documento',
      text: (_dates, _kept) => 'La campaña quedó en pausa.',
    },
  },
  says: (source, dates) => `${source}: ${dates}`,
  oneSource: 'Por ahora solo lo dice una fuente.',
  look: 'Ver qué cambiaría',
  lookAt: (date) => `Ver qué cambiaría: ${date}`,
  applyTitle: (date) => `¿Mover la fecha límite al ${date}?`,
  apply: 'Aplicar',
  dismiss: 'Dejar mi fecha',
  decided: 'Decidido',
  state: {
    open: (_by) => 'te espera',
    applied: (by) => `aplicado: ${by}`,
    dismissed: (by) => `se dejó: ${by}`,
    superseded: (_by) => 'ya no se dice',
  },
  searchLede:
    'Todavía no hay documento. Di qué buscar, y miramos cada hora en el Registro Federal y te avisamos.',
  agency: 'Agencia',
  terms: 'Palabras que lleva',
  search: 'Buscarlo',
  searching: 'Lo buscamos ahora, y cada hora.',
  noCandidates: 'Todavía no se publicó nada parecido.',
  published: (date) => `publicado el ${date}`,
  accept: 'Es este',
  acceptTitle: '¿Es este el documento?',
  acceptText:
    'Su fecha será la fecha límite, a toda la gente que espera le llega «ya abrió», y empiezan los recordatorios.',
  acceptUndated: 'Dice varios días, así que después escribe el tuyo a mano; entonces sale «ya abrió».',
  opened: 'Este es ahora el documento.',
  notThis: 'No es este',
  read: 'Leer el aviso',
};
