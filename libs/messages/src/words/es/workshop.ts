import type { WorkshopWords } from '../en/workshop.js';

const number = (n: number): string => n.toLocaleString('es-US');

export const workshop: WorkshopWords = {
  title: 'Escribe tu comentario',
  worksheet:
    'Esta página es una hoja de trabajo: contesta las preguntas en papel o donde escribas, y luego pega tu comentario en el formulario oficial.',
  before: 'Antes de escribir',
  rules: [
    {
      title: 'Nunca describas a una persona a la que apoyas de modo que se sepa quién es.',
      text: 'Sin nombres, fechas, lugares ni detalles poco comunes. La protege la ley HIPAA, y donde se trata el consumo de sustancias también 42 CFR Parte 2. Tu comentario es público.',
    },
    {
      title: 'No hace falta que cuentes tu diagnóstico.',
      text: 'Basta con decir que tienes experiencia vivida.',
    },
    {
      title: 'Si trabajas para una agencia del gobierno, comenta como particular:',
      text: 'en tu tiempo libre, desde tu propio aparato y no en nombre de la agencia.',
    },
  ],
  stays:
    'Lo que escribes se queda en este navegador. No le llega a nadie hasta que tú lo pongas en el formulario oficial. Quien use este aparato puede leerlo: bórralo cuando termines.',
  opening: 'La primera línea ya está escrita, en inglés, como la pide la agencia:',
  start: 'Empezar',
  goOn: 'Seguir con tu borrador',
  position: (n, of) => `Pregunta ${n} de ${of}`,
  answer: 'Con tus palabras',
  answerHint: 'Si no tienes nada que decir aquí, déjalo vacío.',
  back: 'Atrás',
  next: 'Siguiente',
  seeWhole: 'Ver el comentario completo',
  facts: (n) => `Datos que puedes usar (${number(n)})`,
  factsText: 'Toma uno donde apoye lo que dices y cuenta qué significa en tu trabajo.',
  insert: 'Ponerlo',
  inserted: 'El dato ya está en tu texto.',
  sample: 'Una muestra, para ver la forma',
  sampleText: 'El tuyo no debería parecerse: las agencias leen juntos los comentarios iguales.',
  whole: 'Tu comentario completo',
  parts: 'Sus partes',
  words: (n) => (n === 1 ? '1 palabra' : `${number(n)} palabras`),
  noWords: 'todavía vacía',
  nothing: 'Todavía no hay nada escrito. Empieza por la primera pregunta.',
  size: (characters, bytes, most) =>
    `${characters === 1 ? '1 carácter' : `${number(characters)} caracteres`}, ${number(bytes)} de ${number(most)} bytes`,
  fits: 'Cabe en el formulario.',
  over: (n) =>
    `Le ${n === 1 ? 'sobra 1 byte' : `sobran ${number(n)} bytes`} para caber en el formulario. Acórtalo o adjúntalo como .docx.`,
  limits: (most) =>
    `En el formulario caben ${number(most)} caracteres y otros tantos bytes: una letra con acento ocupa dos y una comilla curva tres. No admite emojis; sí hasta 20 archivos de 10 MB cada uno.`,
  look: 'Mira esto otra vez',
  lookText: '¿Se podría saber por esto quién es alguien? Si no es nadie a quien apoyas, déjalo.',
  kinds: {
    name: '¿un nombre?',
    date: '¿una fecha?',
    place: '¿un lugar?',
    contact: '¿una dirección o un número?',
  },
  more: (n) => `y ${number(n)} más`,
  looks: (n) => (n === 1 ? '1 cosa que mirar otra vez.' : `${number(n)} cosas que mirar otra vez.`),
  refused: (n) =>
    n === 1
      ? 'El formulario no admite 1 signo de tu texto:'
      : `El formulario no admite ${number(n)} signos de tu texto:`,
  unseen: 'un signo que nadie ve',
  remove: 'Quitarlos',
  removed: 'Quitados.',
  alike: (percent) =>
    `El ${percent}% son palabras de la muestra. Las agencias leen juntos los comentarios parecidos: dilo a tu manera.`,
  copy: 'Copiar el comentario',
  copied: 'Copiado. Pégalo en el formulario oficial.',
  copyByHand: 'Ya está marcado: cópialo con Ctrl+C o desde el menú de tu teléfono.',
  asText: 'Descargar como .txt',
  asWord: 'Descargar como .docx',
  failed: 'No funcionó. Inténtalo otra vez o copia el comentario.',
  file: 'Envíalo',
  after:
    'Al final, el formulario muestra un número de seguimiento ("tracking number"). Guárdalo, vuelve a la guía y di ahí que lo enviaste.',
  guide: 'Volver a la guía',
  kept: 'Guardado en este navegador y en ningún otro lugar.',
  notKept: 'Este navegador no guarda nada. Copia tu comentario antes de salir de esta página.',
  erase: 'Borrar mi borrador',
  erased: 'Tu borrador se borró de este aparato.',
  undo: 'Deshacer',
  broughtBack: 'Tu borrador está de vuelta.',
};
