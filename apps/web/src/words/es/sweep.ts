import type { sweep as en } from '../en/sweep.js';

export const sweep: typeof en = {
  title: 'Comentarios en el expediente',
  lede: 'La gente puede dar el número de seguimiento de su comentario. Aquí se mira una vez cada comentario publicado para hallar esos números. El que no se ve aún no está publicado; nadie pierde nada por eso.',
  theirs: 'Publicados por la agencia',
  theirsUnknown: 'Aún no se preguntó',
  theirsHint: 'comentarios sobre este documento',
  seen: 'Nuestros, vistos ahí',
  seenOf: (given) => `de ${given} que dieron un número`,
  given: 'Nuestros, sin publicar',
  givenHint: 'dieron un número',
  said: 'Nuestros, según dicen',
  saidHint: 'no dieron número',
  state: {
    never: 'Nadie ha mirado todavía.',
    running: 'Buscando.',
    stopped: 'Se detuvo. Lo que ya se miró no se mira otra vez.',
    done: (when) => `Se miraron todos los comentarios publicados, ${when}.`,
  },
  listing: (n) => `Se hace la lista de comentarios: ${n} hasta ahora.`,
  looked: (looked, listed) => `${looked} de ${listed} vistos`,
  bar: 'Comentarios que ya se miraron',
  left: (time) => `cerca de ${time} más`,
  pace: (n) => `A lo sumo ${n} por hora, para dejar lugar a todo lo demás que se pregunta ahí.`,
  waits: {
    busy: 'Espera: regulations.gov solo responde a cierto número de preguntas por hora.',
    silent: 'Espera: regulations.gov no responde.',
    resting: 'Espera: regulations.gov tiene problemas y por ahora no se le pregunta.',
    refused:
      'Espera: regulations.gov no acepta nuestra clave (REGULATIONS_GOV_API_KEY). Quien opera este servicio puede renovarla.',
    too_many_at_once:
      'Se detuvo: más de 5000 comentarios cambiaron en un segundo, y regulations.gov no los lista todos. Usa el archivo de abajo.',
  },
  goesOn: (when) => `Sigue por sí solo ${when}.`,
  start: 'Buscarlos',
  goOn: 'Seguir buscando',
  again: 'Buscar los nuevos',
  stop: 'Dejar de buscar',
  started: 'Ya los buscamos. Puedes dejar esta página.',
  stopped: 'Se detuvo. Lo que ya se miró no se mira otra vez.',
  file: {
    title: 'O todos de una vez, con un archivo',
    text: 'Pide en regulations.gov la descarga masiva de los comentarios del expediente: te llega por correo un archivo CSV. Elígelo aquí tal como viene, de 500 MB como máximo. Se comparan sus números de seguimiento, y no se guarda nada de él.',
    link: 'Descarga masiva en regulations.gov',
    choose: 'Elegir el archivo CSV',
    sending: (percent) => `${percent} enviado`,
    comparing: 'Ya está todo. Se comparan los últimos números.',
    bar: 'El archivo en camino',
    tooLarge:
      'Un archivo puede tener 500 MB. Divídelo, con la primera línea encima de cada parte, y envía una parte tras otra.',
    done: 'Se leyó el archivo',
    found: (n, words) =>
      n === 0
        ? 'No se halló a nadie más.'
        : n === 1
          ? 'Se halló el comentario de 1 persona.'
          : `Se hallaron los comentarios de ${words} personas.`,
    before: (n, words) =>
      n === 0 ? '' : n === 1 ? '1 más ya se había visto.' : `${words} más ya se habían visto.`,
    read: (comments, rows) =>
      `La agencia había publicado ${comments} comentarios sobre este documento; el archivo tiene ${rows} líneas.`,
  },
};
