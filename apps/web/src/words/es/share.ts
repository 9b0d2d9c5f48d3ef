import type { share as en } from '../en/share.js';

/** Lo que una persona líder comparte. */
export const share: typeof en = {
  title: 'Para compartir',
  lede: 'Todo para sumar gente. Cópialo, imprímelo, pásalo.',
  past: 'La fecha ya pasó: no queda nada que compartir.',
  link: 'Tu enlace',
  copyOf: (what) => `Copiar: ${what}`,
  language: 'Idioma de los textos',
  emailSubject: 'Asunto del correo',
  email: 'Correo',
  text: 'Mensaje de texto',
  social: 'Redes sociales',
  files: 'Para imprimir y guardar',
  code: 'Código QR',
  codeAlt: 'Código QR que lleva a tu enlace',
  svg: 'Código QR para imprimir (SVG)',
  png: 'Código QR como imagen (PNG)',
  flyer: 'Volante de una página (PDF)',
  calendar: 'La fecha para el calendario (.ics)',
  leaderLink: 'Enlace para liderar sin cuenta',
  leaderLinkHint: 'Quien lo tiene ve las cifras de esta coalición y de las que están debajo.',
};
