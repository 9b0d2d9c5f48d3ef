import type { ShareWords } from '../en/share.js';
import type { Shared } from '../shared.js';

const minutesOf = (n: number): string => (n === 1 ? '1 minuto' : `${n} minutos`);
const byWhen = ({ deadline, local }: Shared): string =>
  deadline
    ? `Hazlo a más tardar el ${deadline}${local ? ` (es decir, ${local})` : ''}.`
    : 'Todavía no hay fecha: inscríbete y te avisamos el día en que se abra.';

/** Lo que una persona líder comparte, en español. */
export const share: ShareWords = {
  subject: (deed: string): string => `¿Te animas a ${deed}?`,
  email: (it: Shared): string => `Hola:

${it.summary}

Toma unos ${minutesOf(it.minutes)}. ${byWhen(it)}

Aquí están los pasos, y puedes pedir un recordatorio:
${it.link}

Gracias,
${it.coalition}`,
  text: (it: Shared): string =>
    `${it.shortName}: ¿te animas a ${it.deed}? Toma unos ${minutesOf(it.minutes)}${it.deadline ? `, a más tardar el ${it.deadline}` : ''}. ${it.link}`,
  colleague: (it: Shared): string =>
    `¿Te animas a ${it.deed}? Toma unos ${minutesOf(it.minutes)}${it.deadline ? `, a más tardar el ${it.deadline}` : ''}. Aquí están los pasos, y un recordatorio si quieres: ${it.link}`,
  nudge: (it: Shared, name: string): string =>
    `Hola, ${name}: te inscribiste para ${it.deed}. Toma unos ${minutesOf(it.minutes)}${it.deadline ? `, a más tardar el ${it.deadline}` : ''}. Los pasos están aquí: ${it.link} ¿Te ayudo?`,
  social: (it: Shared): string => `${it.summary}

${byWhen(it)} Toma unos ${minutesOf(it.minutes)}, y los pasos están aquí: ${it.link}`,
  flyer: {
    scan: 'Apunta aquí con la cámara de tu teléfono',
    or: 'o escribe esta dirección',
    minutes: (n: number): string => `Unos ${minutesOf(n)}`,
    noDate: 'Todavía no hay fecha: inscríbete y te avisamos.',
    reminders: 'Recibes recordatorios solo si los pides, y los detienes con un toque.',
    qr: (link: string): string => `Código QR que lleva a ${link}`,
  },
  calendar: {
    steps: (link: string): string => `Los pasos: ${link}`,
    tomorrow: 'Mañana es el último día.',
  },
};
