import type { dashboard as en } from '../en/dashboard.js';

/** El tablero de una persona líder. */
export const dashboard: typeof en = {
  table: 'Tu coalición y las que dependen de ella',
  showAll: (n) => `Mostrar las ${n}`,
  overlap: (n) =>
    `${n} personas llegaron por más de una de estas coaliciones. En la de arriba cuentan una vez; por eso es menos que la suma.`,
  referred: (signups, confirmed) =>
    `Por el enlace de un colega: ${signups} se inscribieron, ${confirmed} ya lo hicieron`,
  rank: (place, of) => `Lugar ${place} de ${of} entre tus vecinas, por tasa`,
  people: 'Personas a quienes animar',
  peopleHint: 'Aceptaron que veas su nombre. Escríbeles tú, desde tu propio teléfono.',
  peopleNone: 'Nadie espera un empujón: aquí solo aparece quien aceptó que se le vea y aún no lo ha hecho.',
  notYours: 'Solo quienes lideran esta misma coalición ven nombres: eso es lo que la gente aceptó.',
  stage: {
    signups: 'Se inscribió',
    optedIn: 'Aceptó avisos',
    went: 'Fue al formulario',
    done: 'Lo hizo',
  },
  localTime: (time) => `Allí son: ${time}`,
  notNow: 'Muy temprano o muy tarde para escribir',
  copyFor: (name) => `Copiar un mensaje: ${name}`,
  told: 'Me dijo que ya lo hizo',
  toldOf: (name) => `Me dijo que ya lo hizo: ${name}`,
  recorded: (name) => `Anotado para ${name}. Sus recordatorios paran.`,
  takenBack: (name) => `Deshecho. Los recordatorios para ${name} siguen.`,
  more: 'Ver más personas',
  inbox: 'Lo que la gente respondió',
  inboxNone:
    'Nada por leer. Aquí aparecen mensajes que ninguna máquina pudo contestar, de quien aceptó que se le vea.',
  inboxOfAll: 'Todos los mensajes de su gente',
};
