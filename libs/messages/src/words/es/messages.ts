import type { Messages } from '../en/messages.js';

/**
 * Español, escrito y no traducido palabra por palabra. Los mensajes de texto evitan á, í, ó y ú: con una sola de ellas
 * un mensaje cuesta el doble.
 */
export const es: Messages = {
  frame: {
    ask: '{{ deed | capitalize }}',
    by: 'Hasta el {{ deadline }}',
    extended: 'El plazo se extendió hasta el {{ deadline }}',
    extendedSms: '{% if extended %}Plazo extendido hasta {{ deadlineShort }}. {% endif %}',
    eastern: '(es decir, {{ deadlineEastern }})',
    reason: {
      asked: 'Recibes esto porque pediste a {{ coalition }} recordatorios sobre «{{ campaign }}».',
      typed:
        'Recibes esto porque alguien dio esta dirección a {{ coalition }} para recibir recordatorios. Si no fuiste tú, no hagas nada: escribimos tres veces como máximo.',
      acted:
        'Recibes esto porque esta dirección se inscribió en «{{ campaign }}» con {{ coalition }}. Si no fuiste tú, no hagas nada.',
      invited: 'Recibes esto porque pediste a {{ coalition }} que te avisara del próximo paso.',
      result:
        'Recibes esto porque pediste a {{ coalition }} que te contara cómo resultó «{{ campaign }}». Es el único mensaje.',
      owner:
        'Recibes esto porque se pidió desde tu página con {{ coalition }}. Si no fuiste tú, no hagas nada: nada cambia.',
    },
    stop: 'No recibir más mensajes',
    preferences: 'Elegir lo que recibo',
    address: '{{ coalition }}, {{ postalAddress }}',
    steps: 'Ver los pasos',
    done: 'Ya lo hice',
    alreadyDone: '¿Ya lo hiciste? Cuéntanos',
  },
  system: {
    welcome: {
      subject: '¿Quieres recordatorios?',
      body: `Oprime el botón y te avisamos a tiempo. Si no lo oprimes, no habrá recordatorios.

¿Prefieres hacerlo ahora? [Aquí están los pasos]({{ guideUrl }}).

¿Ya está hecho? [Ya lo hice]({{ doneUrl }}). Así no volverás a saber del asunto.`,
      button: 'Sí, recuérdenme',
    },
    nudge: {
      subject: '¿Te avisamos?',
      body: `Todavía no nos has dicho si quieres recordatorios. Basta con oprimir el botón. Si no los quieres, no hagas nada.

¿Prefieres hacerlo ahora? [Aquí están los pasos]({{ guideUrl }}).

¿Ya está hecho? [Ya lo hice]({{ doneUrl }}).`,
      button: 'Sí, recuérdenme',
    },
    smsOptIn: {
      sms: '{{ shortName }}: alguien dio este celular para recibir recordatorios de {{ deed }}. 8 mensajes como mucho. Puede haber cargos por mensajes y datos. Responde SI para recibirlos, STOP para dejarlos, HELP para ayuda.',
    },
    lastCall: {
      subject: 'Vence el {{ deadline }}',
      body: `Todavía hay tiempo. Los pasos caben en una página: ábrela y empieza.`,
      sms: '{{ shortName }}: ya casi vence ({{ deadlineShort }}): {{ deed }}. Pasos: {{ guideUrl }} Responde DONE si ya lo hiciste, STOP para salir',
    },
    snooze: {
      subject: 'El recordatorio que pediste',
      body: `Nos pediste volver a avisarte. Los pasos te esperan.`,
      sms: '{{ shortName }}: el recordatorio que pediste: {{ deed }}. Vence: {{ deadlineShort }}. {{ guideUrl }} Responde DONE si ya lo hiciste, STOP para salir',
    },
    ended: {
      subject: 'Esto ya terminó',
      body: `La fecha ya pasó y por ahora no queda nada por hacer. Gracias por venir.

¿Lo hiciste a tiempo? [Cuéntanos]({{ doneUrl }}) y te sumamos.

Puede haber un próximo paso. El botón abre una página donde puedes pedir que te avisemos.`,
      button: 'Avísenme del próximo paso',
      sms: '{{ shortName }}: la fecha ya ha pasado, gracias por venir. Si quieres saber lo que sigue: {{ preferencesUrl }} STOP para salir',
    },
    result: {
      subject: 'Cómo resultó',
      body: `La fecha ya pasó, y pediste saber cómo resultó.

{% if resultTotal %}**Al menos {{ resultTotal }} personas lo hicieron{% if resultCoalition %}, {{ resultCoalition }} de ellas con {{ coalition }}{% endif %}.** {% endif %}Gracias por tu parte en esto.

Puede haber un próximo paso. El botón abre una página donde puedes pedir que te avisemos.`,
      button: 'Avísenme del próximo paso',
    },
    opened: {
      subject: 'Ya está abierto, hasta el {{ deadline }}',
      body: `Pediste saber cuándo se abría. Ya está abierto, y los pasos están listos.`,
      sms: '{{ shortName }}: ya se puede: {{ deed }}. Vence: {{ deadlineShort }}. {{ guideUrl }} Responde DONE si ya lo hiciste, STOP para salir',
    },
    moved: {
      subject: 'La nueva fecha: {{ deadline }}',
      body: `La fecha cambió. Lo que se pide es lo mismo, y los pasos también.`,
      sms: '{{ shortName }}: la fecha se ha movido. Ahora vence: {{ deadlineShort }}. {{ deed | capitalize }}: {{ guideUrl }} Responde DONE si ya lo hiciste, STOP para salir',
    },
    invitation: {
      subject: 'El próximo paso del que querías saber',
      body: `Pediste que te avisáramos cuando hubiera un próximo paso. Es este.

Oprime el botón y participas: te lo recordamos a tiempo. Si no lo oprimes, no pasa nada y no volvemos a escribirte por esto.`,
      button: 'Quiero participar',
    },
    data: {
      subject: 'El enlace que pediste',
      body: `Pediste ver o borrar lo que guardamos sobre ti. El botón abre esa página; funciona por poco tiempo.

Nada se borra hasta que tú oprimas un botón allí.`,
      button: 'Ver o borrar mis datos',
      sms: '{{ shortName }}: tu clave es {{ code }}. Sirve para ver o borrar tus datos. Si no la pediste, no hagas nada.',
    },
  },
  reply: {
    optedIn:
      '{{ shortName }}: listo, te avisaremos: {{ deed }}{% if deadlineShort %}, vence {{ deadlineShort }}{% endif %}. Pasos: {{ guideUrl }} DONE si ya lo hiciste, STOP para salir',
    stopped:
      '{{ shortName }}: este es el fin de nuestros mensajes. Si los quieres de vuelta, responde START.',
    started: '{{ shortName }}: vuelves a recibir mensajes. Responde STOP para salir, HELP para ayuda.',
    help: '{{ shortName }}: recordatorios de {{ deed }}. Ayuda: {{ contact }}. Puede haber cargos por mensajes y datos. STOP para salir.',
    done: '{{ shortName }}: gracias, ya te contamos. No se manda otro recordatorio de esto. Si fue un error: {{ doneUrl }}',
    alreadyDone: '{{ shortName }}: ya te contamos. No queda nada por hacer, gracias.',
    whichOne: '{{ shortName }}: gracias. ¿Qué hiciste? Si fue {{ deed }}: {{ doneUrl }}',
    other:
      'Nadie lee esto de inmediato. {% if contact %}Ayuda: {{ contact }}. {% endif %}En una crisis llama al 988; para español, oprime 2.',
  },
  avoidWords: [
    'entre pares',
    'mental',
    'recuperación',
    'psiqui',
    'psico',
    'adicci',
    'adicto',
    'sustancia',
    'sobri',
    'enferm',
    'trastorno',
    'diagn',
    'terapia',
    'paciente',
  ],
};
