import type { PageWords } from '../en/pages.js';
import { workshop } from './workshop.js';

/** Lo que dicen las páginas, en español. Escrito en español, no traducido palabra por palabra. */
const number = (n: number): string => n.toLocaleString('es-US');
const people = (n: number): string => (n === 1 ? '1 persona' : `${number(n)} personas`);

/** "a. m." ends a sentence by itself. */
const sentence = (text: string): string => (text.endsWith('.') ? text : `${text}.`);

export const pages: PageWords = {
  number,
  percent: (n) => `${number(n)}%`,
  channel: { email: 'Correo', sms: 'Mensaje de texto' },
  language: { en: 'English', es: 'Español' },

  rung: {
    daysBefore: (n) => (n === 0 ? 'el mismo día' : n === 1 ? 'el día antes' : `${n} días antes`),
    hoursBefore: (n) => (n === 1 ? '1 hora antes' : `${n} horas antes`),
    daysAfter: (n) => (n <= 1 ? '¿cómo te fue?' : `${n} días después: ¿cómo te fue?`),
    alert: 'noticias',
    lastCall: 'el último aviso',
  },

  frame: {
    skip: 'Ir a la parte principal',
    languages: 'Idioma',
    about: 'Sobre esta página',
    privacy: 'Privacidad y datos de salud',
    madeWith: 'Hecho con Drumbeat, software de código abierto. Sin cookies ni rastreadores.',
    optional: 'opcional',
    problems: 'Revisa esto, por favor',
    recipient: (name) => `Esta página es para ${name}.`,
    notYou: '¿No eres tú?',
    notYouText:
      'Entonces alguien te pasó su enlace. Por favor, no presiones nada aquí: contaría por esa persona. Puedes inscribirte con tu nombre en un minuto.',
    notYouLink: 'Inscribirme con mi nombre',
  },

  deadline: {
    name: 'La fecha',
    label: {
      regulatory_comment: 'Se reciben comentarios hasta el',
      census_occupation: 'Contamos hasta el',
      custom: 'Tienes hasta el',
    },
    past: {
      regulatory_comment: 'Se recibieron comentarios hasta el',
      census_occupation: 'Contamos hasta el',
      custom: 'Terminó el',
    },
    yours: (local) => `donde estás tú: ${local}`,
    elsewhere: (local) => `es decir, ${local}`,
    none: 'Aún no hay fecha. Te avisamos cuando se abra.',
  },

  guide: {
    title: 'Hazlo ahora',
    minutes: (from, to) =>
      from < to
        ? `De ${number(from)} a ${number(to)} minutos`
        : to === 1
          ? 'Más o menos 1 minuto'
          : `Unos ${number(to)} minutos`,
    what: 'De qué se trata',
    why: 'Por qué importa',
    need: 'Qué necesitas',
    files: 'Archivos que puedes adjuntar',
    filesText: 'Guarda lo que quieras adjuntar; el formulario oficial lo pide.',
    file: (name, bytes) =>
      `${name} (${bytes < 100_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`})`,
    steps: 'Paso a paso',
    phrases: 'Palabras que puedes copiar',
    firstLine: 'La primera línea de tu comentario',
    workshop: '¿Te ayudamos con las palabras?',
    workshopText:
      'El taller hace una pregunta a la vez y arma tu comentario. Lo que escribes se queda en tu aparato.',
    workshopLink: 'Escribir tu comentario',
    public: 'Lo que envíes será público, con tu nombre si lo das. También puedes enviarlo sin tu nombre.',
    leaving: (host) =>
      `El botón abre ${host} en otra pestaña. Deja abierta esta página: cuando termines, vuelve y dínoslo.`,
    open: 'Abrir el formulario oficial',
    signUp: '¿Quieres que te avisemos?',
    finished: '¿Ya terminaste?',
    finishedText: 'Dilo aquí. Se acaban tus recordatorios y tu coalición te cuenta.',
    noForm:
      'No hay nada que abrir. La Oficina del Censo elige direcciones al azar y les escribe; nadie puede pedir un formulario.',
  },

  workshop,

  outcome: {
    ask: {
      regulatory_comment: {
        filed: 'Ya envié mi comentario',
        answered: 'Ya respondí',
        pledged: 'Lo voy a enviar',
        not_sampled: 'No puedo participar',
      },
      census_occupation: {
        filed: 'Ya envié el formulario',
        answered: 'Me llegó un formulario y lo escribí',
        pledged: 'Si me llega uno, lo haré',
        not_sampled: 'A mi dirección no llegó ninguno',
      },
      custom: {
        filed: 'Ya lo hice',
        answered: 'Ya respondí',
        pledged: 'Lo voy a hacer',
        not_sampled: 'No era para mí',
      },
    },
    recorded: {
      regulatory_comment: {
        filed: 'Enviaste tu comentario.',
        answered: 'Respondiste.',
        pledged: 'Piensas enviarlo.',
        not_sampled: 'No puedes participar.',
      },
      census_occupation: {
        filed: 'Enviaste el formulario.',
        answered: 'Te llegó un formulario y lo escribiste.',
        pledged: 'Si te llega un formulario, lo vas a escribir.',
        not_sampled: 'A tu dirección no llegó ningún formulario.',
      },
      custom: {
        filed: 'Lo hiciste.',
        answered: 'Respondiste.',
        pledged: 'Piensas hacerlo.',
        not_sampled: 'No era para ti.',
      },
    },
  },

  signup: {
    title: (campaign, coalition) => `${campaign} – ${coalition}`,
    heading: 'Recibe recordatorios',
    intro: 'Te lleva un minuto. Te avisamos a tiempo, lo haces, nos lo dices y se acaban los recordatorios.',
    why: 'Por qué importa',
    guide: 'Lee primero cómo se hace',
    counted: (signups, coalition) => `Con ${coalition} ya se inscribieron al menos ${people(signups)}.`,
    countedDone: {
      regulatory_comment: (n, rate) =>
        `Al menos ${number(n)} ya enviaron su comentario, cerca del ${number(rate)}%.`,
      census_occupation: (n, rate) => `Al menos ${number(n)} ya respondieron, cerca del ${number(rate)}%.`,
      custom: (n, rate) => `Al menos ${number(n)} ya lo hicieron, cerca del ${number(rate)}%.`,
    },
    contact: '¿Cómo te escribimos?',
    contactHint: 'Un correo electrónico, un teléfono, o los dos.',
    email: 'Correo electrónico',
    phone: 'Teléfono celular',
    phoneHint: 'Números de EE. UU., con código de área.',
    name: 'Nombre',
    nameHint: '¿Cómo quieres que te llamemos?',
    zip: 'Código postal (ZIP)',
    zipHint: 'Para escribirte a una hora decente donde vives.',
    zoneSummary: '¿Sin código postal? Elige tu zona horaria',
    zone: 'Zona horaria',
    zoneUnset: 'La de mi coalición',
    language: 'Escríbanme en',
    choices: 'Tú decides',
    choicesHint: 'Cada casilla depende de ti. Puedes inscribirte sin marcar ninguna.',
    sms: 'Quiero recibir mensajes de texto',
    nextStep: 'Quiero saber del próximo paso',
    showName: 'Los líderes de mi coalición pueden ver mi nombre',
    nextTitle: 'Qué pasa después',
    next: [
      'Ves enseguida la guía paso a paso.',
      'Si diste un correo, te llega un mensaje. Presiona su botón para aceptar los recordatorios.',
      'Si marcaste los mensajes de texto, te llega uno. Contesta SÍ.',
      'Puedes detener todo cuando quieras, con un solo botón.',
    ],
    button: 'Inscribirme',
    state: {
      awaiting: {
        title: 'Todavía no abre',
        text: 'Aún no hay fecha. Inscríbete ahora y te avisamos el día en que abra.',
      },
      paused: {
        title: 'Los recordatorios están en pausa',
        text: 'Los organizadores pusieron en pausa los recordatorios. Puedes inscribirte de todos modos, y hacerlo hoy mismo.',
      },
      ended: {
        title: 'Este ya terminó',
        text: 'La fecha pasó y ya no queda nada por hacer. Gracias a quienes participaron.',
      },
      closed: {
        title: 'Esta campaña está cerrada',
        text: 'El trabajo terminó y ya no hay inscripciones. Gracias a quienes participaron.',
      },
    },
    errors: {
      contact_missing: 'Danos un correo o un teléfono para poder escribirte.',
      email_missing: 'Danos un correo para poder preguntarte.',
      email_invalid: 'Hay un error en el correo. Debe parecerse a nombre@ejemplo.org.',
      phone_invalid: 'Hay un error en el teléfono. Debe tener 10 cifras, como 555 010 0123.',
      sms_needs_phone: 'Para recibir mensajes de texto, danos un celular. O quita la marca de esa casilla.',
      phone_no_texts: 'Este número no recibe mensajes de texto. Danos un celular o un correo.',
      phone_country:
        'Solo podemos enviar mensajes a números de Estados Unidos y sus territorios. Un correo sirve desde cualquier lugar.',
      texts_unticked:
        'Para escribirte solo por teléfono, marca la casilla de los mensajes de texto. O danos un correo.',
      name_invalid: 'Escribe el nombre con letras comunes, en una línea y sin direcciones web.',
      name_too_long: 'El nombre es demasiado largo. Caben 80 letras.',
      zip_unknown: 'No conocemos ese código postal. Tiene 5 cifras. También puedes dejarlo en blanco.',
      zone_unknown: 'No conocemos esa zona horaria. Elige una de la lista.',
      language_unknown: 'Elige English o Español.',
      too_many:
        'Muchísimas personas acaban de inscribirse desde esta conexión y por ahora no podemos recibir más. Lo que escribiste sigue aquí. Inténtalo más tarde, o usa los datos de tu teléfono en lugar del wifi.',
    },
  },

  ended: {
    heading: 'Puede haber un próximo paso',
    intro:
      'Deja tu correo. Te llega un mensaje con un botón, para que nadie más lo pida por ti. Presiónalo y te escribimos una vez, cuando haya un próximo paso.',
    button: 'Quiero saber del próximo paso',
    sent: 'Revisa tu correo',
    sentText:
      'Va en camino un mensaje con un botón. Mientras no lo presiones, no aceptas nada. Si no lo ves, busca en el correo no deseado.',
    agree: 'Lo que aceptas',
    next: 'Cuando lo presiones, te escribimos una sola vez, cuando haya un próximo paso. Puedes detenerlo cuando quieras.',
    no: '¿No lo pediste? No hagas nada y no te mandamos nada más.',
    noted: 'Anotado',
    already: 'Ya estaba anotado',
    notedText: 'Te escribimos una vez, cuando haya un próximo paso. Entonces decides si participas.',
    stop: 'Detener los mensajes',
  },

  join: {
    title: 'Súmate al próximo paso',
    why: 'Pediste saber del próximo paso. Es este. No estás en la lista hasta que presiones el botón.',
    what: 'De qué se trata',
    agree: 'Lo que aceptas',
    planned: 'Lo que te mandaríamos',
    plannedNone: 'Aún no hay fecha. Te escribimos el día en que abra, y no antes.',
    next: 'Cuando lo presiones, cuentas, y te avisamos a tiempo. Cada mensaje trae una forma de detenerlos.',
    button: 'Sumarme',
    no: '¿Esta vez no? No hagas nada. Nadie te cuenta y no te escribimos más sobre esto.',
    joined: 'Ya estás dentro',
    already: 'Ya estabas dentro',
  },

  welcome: {
    title: 'Ya estás en la lista',
    lead: 'Falta una cosa para que podamos mandarte recordatorios.',
    checkEmail: {
      title: 'Revisa tu correo',
      text: 'Te mandamos un mensaje con un botón. Presiónalo para aceptar los recordatorios. Si no lo ves, busca en el correo no deseado.',
    },
    checkPhone: {
      title: 'Contesta el mensaje de texto',
      text: 'Te mandamos un mensaje de texto. Contesta SÍ para recibir recordatorios por ese medio. Si es de noche, llega por la mañana.',
    },
    planned: 'Lo que te vamos a mandar',
    plannedText:
      'Estos son todos los mensajes previstos, en tu propia hora. Se acaban cuando nos dices que ya lo hiciste.',
    plannedNone: 'Aún no hay fecha. Te escribimos el día en que abra, y no antes.',
    noted: 'Anotado, gracias. Cuenta en cuanto se confirme que el correo o el teléfono es tuyo.',
    nowTitle: 'O hazlo ahora mismo',
    nowText: 'No hace falta esperar un recordatorio.',
  },

  done: {
    title: '¿Ya lo hiciste?',
    text: 'Presiona lo que sea cierto para ti. Se acaban tus recordatorios de esta campaña.',
    recorded: 'Anotado. Gracias.',
    already: 'Ya estaba anotado',
    alreadyText: (when) => `Nos lo dijiste el ${when}. No tienes que hacer nada más.`,
    alreadyPlain: 'Ya nos lo habías dicho. No tienes que hacer nada más.',
    after: 'Se acabaron tus recordatorios de esta campaña. Tu coalición te cuenta.',
    evidence: {
      said: 'Tu palabra nos basta.',
      tracking_number: 'Tenemos tu número de seguimiento.',
      seen_on_docket: 'Tu comentario ya está publicado en el expediente.',
    },
    moreTitle: 'Si quieres',
    tracking: 'Número de seguimiento',
    trackingHint:
      'El formulario lo muestra después de enviar el comentario (“tracking number”). Se parece a l2z-02tq-bsbu. Lo guardamos cifrado y no se lo mostramos a nadie; sirve para ver cuándo publican tu comentario.',
    trackingError:
      'No parece un número de seguimiento. Se parecen a l2z-02tq-bsbu. También puedes dejarlo en blanco.',
    trackingTaken:
      'Alguien ya dio este número. Cada comentario tiene el suyo: revisa el tuyo o deja el campo vacío.',
    tell: 'Quiero saber el resultado',
    save: 'Guardar',
    saved: 'Guardado.',
    undoTitle: '¿Lo presionaste sin querer?',
    undoText: 'Puedes deshacerlo, y siguen los recordatorios que faltan.',
    undo: 'Deshacer',
    takenBack: 'Deshecho',
    takenBackText: 'Borramos tu respuesta. Siguen los recordatorios que faltan.',
    guide: 'Ver cómo se hace',
  },

  missed: {
    title: '¿Lo hiciste?',
    text: 'La fecha ya pasó. Con oprimir un botón nos cuentas cómo te fue, y no preguntamos más.',
    no: 'No, esta vez no',
    tried: 'Lo intenté y no se pudo',
    thanks: { no: 'Gracias por decirnos', tried: 'Gracias por intentarlo' },
    noted: 'No volvemos a preguntar. Tu respuesta nos ayuda a hacerlo mejor la próxima vez.',
    why: { no: '¿Qué te lo impidió?', tried: '¿Qué falló?' },
    whyText: 'Solo si quieres, con oprimir un botón. Nadie lo ve junto a tu nombre.',
    because: {
      no_time: 'No tuve tiempo',
      unsure: 'No sabía qué escribir',
      public: 'No quería que fuera público',
      forgot: 'Se me olvidó',
      closed: 'El formulario ya estaba cerrado',
      site: 'El sitio web dio un error',
      not_found: 'No encontré el formulario',
      refused: 'El formulario no aceptó lo que escribí',
      other: 'Otra cosa',
    },
    becauseNoted: (reason: string): string => `Anotado: ${reason}.`,
    didAfterAll: '¿Sí lo hiciste?',
    result: 'Cómo resultó',
    resultAll: {
      regulatory_comment: (n: number): string => `Al menos ${people(n)} enviaron su comentario.`,
      census_occupation: (n: number): string => `Al menos ${people(n)} lo escribieron en su formulario.`,
      custom: (n: number): string => `Al menos ${people(n)} lo hicieron.`,
    },
    resultOf: (n: number, coalition: string): string => `Al menos ${number(n)} de ellas con ${coalition}.`,
  },

  optIn: {
    title: 'Acepta los recordatorios',
    forContact: (contact) => `Los recordatorios llegan a ${contact}.`,
    agree: 'Lo que aceptas',
    pending: (what) =>
      `Alguien nos dijo también esto por ti: ${what}. El botón lo guarda. Si no fuiste tú, cierra esta página.`,
    pendingField: {
      name: 'un nombre nuevo',
      zip: 'un código postal nuevo',
      zone: 'una zona horaria nueva',
      language: 'otro idioma',
      phone: 'un teléfono nuevo',
      nextStep: 'que quieres saber del próximo paso',
      visible: 'que los líderes de tu coalición pueden ver tu nombre',
      outcome: 'que ya terminaste, y con eso se acaban los recordatorios',
    },
    and: ' y ',
    next: 'Después de presionar, solo te mandamos recordatorios de esta campaña. Cada mensaje trae la forma de detenerlos.',
    button: 'Sí, recuérdenme',
    no: '¿No te inscribiste? No hagas nada y no te mandamos recordatorios.',
    agreed: 'Aceptaste los recordatorios',
    already: 'Ya los habías aceptado',
    agreedText: 'Eso es todo. Te escribimos a tiempo.',
    coming: 'Qué viene ahora',
    comingNone: 'Aún no hay fecha. Te escribimos el día en que abra.',
    guide: 'Hacerlo ahora mismo',
    stop: 'Detener los mensajes',
  },

  stop: {
    title: 'Detener los mensajes',
    forContact: (contact) => `Los mensajes llegan a ${contact}.`,
    allText: 'Después no mandamos nada más ahí, ni de esta campaña ni de otra.',
    all: 'Detener todo',
    campaignText: (campaign) => `O detén solo “${campaign}” y sigue enterándote de las demás.`,
    campaign: 'Detener solo esta campaña',
    stoppedAll: 'Detenido',
    stoppedAllText: 'No te mandamos nada más. No tienes que hacer otra cosa.',
    stoppedCampaign: 'Detenida esta campaña',
    stoppedCampaignText: (campaign) => `No te mandamos nada más sobre “${campaign}”.`,
    backTitle: '¿Cambiaste de idea?',
    backEmail: (campaign) => `Presiona aquí y los correos sobre “${campaign}” siguen como antes.`,
    backEmailBlocked:
      'El correo no se puede reactivar desde aquí: un mensaje fue devuelto o marcado como no deseado. Escribe a tu coalición, por favor.',
    backSms: (number) =>
      `Los mensajes de texto solo se reactivan desde tu teléfono: manda START al ${number}.`,
    backSmsPlain:
      'Los mensajes de texto solo se reactivan desde tu teléfono: contesta START a nuestro último mensaje.',
    backSmsSettings:
      'Los mensajes de texto se reactivan en tus ajustes: te preguntamos una vez por mensaje y contestas SÍ.',
    settings: 'Ir a tus ajustes',
    undo: 'Mándenme otra vez recordatorios',
    lifted: 'Otra vez recibes recordatorios',
    liftedText: (campaign) =>
      `Te escribimos a tu correo sobre “${campaign}” como estaba previsto. Puedes detenerlo cuando quieras.`,
    textsOff: 'Los mensajes de texto están apagados',
  },

  preferences: {
    title: 'Tus ajustes',
    saved: 'Guardado.',
    channels: 'A dónde te escribimos',
    state: {
      on: 'Activo',
      asked: 'Falta que aceptes',
      off: 'Apagado',
      blocked: 'Apagado. No se puede activar desde aquí.',
      start: 'Apagado, en todas las campañas',
    },
    turnOn: { email: 'Activar el correo', sms: 'Activar los mensajes de texto' },
    turnOff: { email: 'Sin correos de esta campaña', sms: 'Sin mensajes de texto de esta campaña' },
    stopAll: { email: 'Sin correos de ninguna', sms: 'Sin mensajes de texto de ninguna' },
    stopAllText: {
      email: 'Puedes reactivar el correo aquí cuando quieras.',
      sms: 'Después de “sin mensajes de ninguna”, solo START desde tu teléfono los reactiva.',
    },
    typedTitle: '¿Esto es tuyo?',
    typedText: 'Alguien llenó el formulario de inscripción con tu contacto y escribió:',
    typedThen: 'No hace nada hasta que tú decidas.',
    useTyped: 'Fui yo: úsenlo',
    dropTyped: 'Desecharlo',
    typedUsed: 'Listo. Desde ahora lo usamos.',
    typedDropped: 'Desechado. No cambió nada tuyo.',
    turnOnText: {
      email: 'Los correos siguen en cuanto presiones aquí.',
      sms: 'Te mandamos un mensaje de texto. Contesta SÍ.',
    },
    how: 'Idioma y hora',
    language: 'Escríbanme en',
    zone: 'Zona horaria',
    zoneHint: 'Te escribimos a una hora decente en esa zona.',
    save: 'Guardar los ajustes',
    stopTitle: 'Detener todo',
    stop: 'Ir a la página para detener todo',
    dataTitle: 'Tus datos',
    dataText:
      'Para ver o borrar lo que guardamos, primero mandamos un enlace nuevo a tu correo o un código a tu teléfono.',
    data: { email: 'Mándenme un enlace por correo', sms: 'Mándenme un código por mensaje' },
    notFound: 'Elige una zona horaria de la lista.',
  },

  later: {
    title: '¿Ahora no?',
    text: {
      email: 'Te podemos avisar una vez más, por correo:',
      sms: 'Te podemos avisar una vez más, por mensaje de texto:',
    },
    again: 'O en otro momento:',
    today: (time) => `Hoy, ${time}`,
    tonight: (time) => `Esta noche, ${time}`,
    tomorrow: (time) => `Mañana, ${time}`,
    on: (day, time) => `${day[0]!.toUpperCase()}${day.slice(1)}, ${time}`,
    pending: {
      email: (when) => `Te avisamos por correo: ${sentence(when)}`,
      sms: (when) => `Te avisamos por mensaje de texto: ${sentence(when)}`,
    },
    undo: 'No me avisen entonces',
    refused: {
      done: 'Ya lo hiciste: no queda nada que recordarte.',
      over: 'Esta campaña ya terminó: no queda nada que recordarte.',
      awaiting: 'Todavía no hay fecha: no hay nada que recordarte.',
      off: 'Aquí no has dicho que sí al correo ni a los mensajes de texto, así que no podemos avisarte.',
      late: 'Ya es tarde para un aviso a esa hora. No se cambió nada.',
    },
  },

  data: {
    mailed: 'Revisa tu correo',
    mailedText: (contact) =>
      `Mandamos un enlace nuevo a ${contact}. Sirve durante una hora. En tus datos no cambia nada hasta que presiones un botón ahí.`,
    limit: 'Mandamos tres de estos al día, como máximo.',
    texted: 'Escribe el código',
    textedText: (contact) =>
      `Mandamos un código por mensaje de texto al ${contact}. Sirve durante 10 minutos; si lo pediste dos veces, cuenta el último.`,
    code: 'Código',
    codeHint: '6 cifras',
    enter: 'Abrir mis datos',
    wrong: 'Ese no es el código de nuestro último mensaje. Míralo otra vez.',
    over: 'Ese código ya no cuenta: pasó mucho tiempo o se probó demasiadas veces. Pide uno nuevo.',
    again: 'Mándenme otro código',
    cannot: 'Ahí no podemos escribir',
    cannotText: {
      email: (contact) =>
        `Un mensaje a ${contact} fue devuelto o marcado como no deseado, y ya no escribimos ahí. Pide tus datos a tu coalición, por favor.`,
      sms: (contact) =>
        `El ${contact} no recibe mensajes nuestros, así que no podemos mandar un código. Primero manda START desde ese teléfono, o pide tus datos a tu coalición.`,
    },
    back: 'Volver a tus ajustes',
    title: 'Tus datos',
    lead: 'Esto es lo que guardamos de ti. La copia lo trae todo, completo.',
    nothing: 'Nada',
    facts: {
      email: 'Correo',
      phone: 'Teléfono',
      name: 'Nombre',
      language: 'Idioma',
      zone: 'Zona horaria',
      campaigns: 'Campañas',
      consents: 'Lo que aceptaste o terminaste',
      messages: 'Mensajes previstos o enviados',
      confirmations: 'Lo que nos contaste',
      texts: 'Mensajes de texto que nos mandaste',
    },
    entries: (n) => (n === 1 ? '1 entrada' : `${number(n)} entradas`),
    copyTitle: 'Llévate una copia',
    copyText:
      'Un archivo para cualquier editor de texto (JSON), sin nada tapado. Guárdalo donde solo tú lo leas.',
    copy: 'Descargar mis datos',
    deleteTitle: 'Bórralos',
    deleteText:
      'Tus contactos, tu nombre, lo que escribiste y los mensajes que nos mandaste se borran enseguida, en todas las campañas. Se acaban todos los mensajes y los enlaces dejan de servir. No se puede deshacer.',
    deleteKept:
      'Lo que queda no se puede volver a leer: una forma cifrada de cada contacto, para que nadie escriba ahí otra vez, y las fechas de lo que aceptaste. Sigues en la cuenta, sin nombre.',
    sure: 'Sí, borren todo lo que tienen de mí',
    unsure: 'Primero marca la casilla. No se borró nada.',
    delete: 'Borrar mis datos',
    deleted: 'Borrado',
    deletedText: 'Aquí ya no queda nada que diga quién eres. No tienes que hacer otra cosa.',
    deletedShared:
      'Si otra persona se inscribió con el mismo teléfono, sus propios mensajes siguen hasta que ese teléfono mande STOP.',
    deletedAgain: 'Si algún día quieres volver, inscríbete de nuevo; se empieza desde cero.',
  },

  entry: {
    title: 'Qué escribir en el formulario',
    lead: 'Dos recuadros y las palabras para ellos. Para el día en que un formulario pregunte en qué trabajas.',
    onlyIf:
      'Solo si este es tu trabajo principal. Si tu trabajo principal es otro, escribe ese: el formulario pide la verdad, y nosotros también.',
    occupation: 'Ocupación principal',
    duties: 'Actividades o tareas',
    characters: (n) => (n === 1 ? '1 carácter' : `${number(n)} caracteres`),
    copyOccupation: 'Copiar estas palabras',
    copyLine: 'Copiar mi línea',
    copied: 'Copiado',
    build: '¿Qué haces en este trabajo?',
    buildHint: (most) =>
      `Marca lo que haces de verdad. Con eso formamos una sola línea en inglés, de ${number(most)} caracteres como mucho. Lo que marcas no se guarda.`,
    make: 'Formar mi línea',
    line: 'Tu línea para el segundo recuadro',
    ofRoom: (most) => `de ${number(most)} caracteres`,
    noLine: 'Marca al menos una cosa y aquí verás tu línea.',
    left: 'No cabe:',
    looks: 'Cómo se ve',
    paper: 'En papel',
    online: 'En internet',
    phone: 'Por teléfono',
    asked: 'A quién le preguntan',
    card: 'Una tarjeta para tu cartera',
    cardText:
      'Imprímela o guárdala con las palabras adentro, para tenerlas a mano cuando llegue un formulario. Doblada, por fuera no dice nada de tu trabajo.',
    cardButton: 'Bajar la tarjeta (PDF)',
    answers: 'Tres respuestas honestas',
    answersText:
      'Te llegó un formulario y lo anotaste; no llegó ninguno; o lo anotarás si llega. Di la que sea verdad. Una promesa se cuenta aparte, y “no llegó” es una respuesta igual de buena.',
    signUp: 'Inscribirme y contarles',
    onCard: {
      outside: 'Notas para un formulario',
      unfold: 'Ábrela cuando un formulario pregunte',
      blank: 'Con tus palabras, 60 caracteres como mucho:',
      onlyIf: 'Solo si este es tu trabajo principal.',
      phone: 'Por teléfono: léelo y pide que lo anoten tal cual.',
      cut: 'Recorta por la línea de fuera. Dobla la parte de abajo hacia arriba y la de arriba hacia atrás.',
    },
  },

  passOn: {
    title: 'Pásalo',
    text: '¿Conoces a otras personas que hacen este trabajo? Aquí hay tres maneras de traerlas. Quien sigue tu enlace ve la página de tu coalición, y no quién eres.',
    link: 'Tu enlace',
    code: 'Tu código, para la cámara de su teléfono',
    qr: 'Código QR que lleva a tu enlace',
    words: 'Palabras para pegar',
    copyLink: 'Copiar mi enlace',
    copyWords: 'Copiar las palabras',
    copied: 'Copiado',
    came: (joined) => `Al menos ${people(joined)} llegaron por tu enlace y aceptaron los recordatorios.`,
    did: (done) => `Al menos ${number(done)} de ellas ya lo hicieron.`,
    few: 'A partir de 3 personas verás aquí cuántas llegaron por tu enlace. Con menos no mostramos nada, para que nadie pueda saber quién fue.',
    never: 'Nunca mostramos quiénes son, y redondeamos hacia abajo a 3, 5, 10, 15 y así.',
  },

  count: {
    title: (campaign) => `Cuánto llevamos: ${campaign}`,
    heading: 'Cuánto llevamos',
    done: {
      regulatory_comment: 'Enviaron',
      census_occupation: 'Respondieron',
      custom: 'Lo hicieron',
    },
    doneLong: {
      regulatory_comment: 'personas enviaron su comentario',
      census_occupation: 'personas lo escribieron en su formulario',
      custom: 'personas ya lo hicieron',
    },
    atLeast: 'al menos',
    goal: (reached, goal) => `${reached} de ${number(goal)}`,
    goalLabel: 'El camino hasta la meta',
    toGo: (n) => `Faltan como mucho ${number(n)}`,
    goalMet: 'Llegamos a la meta. Cada persona más sigue contando.',
    pledged: 'Lo prometen',
    pledgedHint: 'Lo van a escribir si les llega un formulario. Las contamos aparte.',
    signups: 'Inscritas',
    rate: 'Tasa',
    coalition: 'Coalición',
    table: 'Por coalición',
    tableHint: 'Quien se inscribió con dos coaliciones cuenta en las dos.',
    few: 'menos de 10',
    tooFew: 'Muy pocas para mostrar',
    honest:
      'Para cuidar a las personas, redondeamos hacia abajo de 5 en 5 y no mostramos nada por debajo de 10. Los números reales son iguales o un poco más altos.',
    asOf: (moment) => `Al ${moment}`,
    nobody: 'Todavía no se ha sumado ninguna coalición.',
  },

  leader: {
    title: (coalition) => `${coalition}: cuánto llevamos`,
    signups: 'Inscritas',
    optedIn: 'Aceptaron',
    confirmed: {
      regulatory_comment: 'Enviaron',
      census_occupation: 'Respondieron',
      custom: 'Lo hicieron',
    },
    verified: 'Verificadas',
    verifiedHint: 'vistas en el expediente',
    pledged: 'Se comprometieron',
    rate: 'Tasa',
    rateHint: 'de quienes se inscribieron',
    coalition: 'Coalición',
    table: 'Tu coalición y las que dependen de ella',
    overlap: (n) =>
      n === 1
        ? '1 persona se inscribió con más de una coalición. El total la cuenta una sola vez.'
        : `${number(n)} personas se inscribieron con más de una coalición. El total las cuenta una sola vez.`,
    live: 'Las cifras se renuevan cada 5 segundos.',
    share: 'Tu enlace de inscripción',
    shareHint: 'Quien se inscribe aquí cuenta para tu coalición.',
    private: 'Esta página es solo para ti. Quien tenga su dirección puede verla.',
    asOf: (moment) => `Al ${moment}`,
  },

  accounts: {
    signIn: {
      subject: 'Tu enlace para entrar',
      text: (link) =>
        `Entra en Drumbeat con este enlace. Sirve una sola vez, durante 15 minutos:\n${link}\n\nSi no lo pediste, no hagas nada: sin él nadie puede entrar.`,
    },
    invitation: {
      subject: (inviter) => `${inviter} te invita a Drumbeat`,
      text: (inviter, role, coalition, link) =>
        `${inviter} te invita a ${{ leader: `dirigir ${coalition}`, organizer: 'organizar campañas', administrator: 'administrarlo todo' }[role]} con Drumbeat. Acepta con este enlace, que sirve una sola vez, durante 7 días:\n${link}\n\nSi no lo esperabas, no hagas nada.`,
    },
    factors: {
      subject: 'Cambió tu manera de entrar en Drumbeat',
      codesOn: 'Desde ahora, al entrar se te pide un código de tu aplicación.',
      codesOff: 'Al entrar ya no se te pide un código de tu aplicación.',
      backupCodesRenewed: 'Tienes códigos de reserva nuevos. Los de antes ya no sirven.',
      backupCodeUsed: (left) =>
        `Se usó uno de tus códigos de reserva. Te ${left === 1 ? 'queda 1' : `quedan ${number(left)}`}.`,
      passkeyAdded: (name) => `Se añadió a tu cuenta la llave de acceso “${name}”.`,
      passkeyRemoved: (name) => `Se quitó de tu cuenta la llave de acceso “${name}”.`,
      text: (changed, account) =>
        `${changed}\n\nSi fuiste tú, no tienes que hacer nada.\n\nSi no: abre tu cuenta, cierra la sesión en todas partes, quita lo que no conozcas y avisa enseguida a quien administra.\n${account}`,
      reset: (by, account) =>
        `${by} quitó de tu cuenta tus códigos y llaves de acceso, y tu sesión se cerró en todas partes. Entra con un enlace por correo y activa otros:\n${account}\n\nSi no lo pediste, avisa enseguida a otra persona que administre.`,
    },
  },

  docket: {
    opening: {
      title: 'El documento ya tiene fecha',
      text: (dates: string) =>
        `Los comentarios se cierran el ${dates}. Acepta la fecha, y toda la gente que espera sabrá que ya abrió.`,
    },
    extension: {
      title: 'Se extendió el plazo de comentarios',
      text: (dates: string, kept: string) =>
        `Ahora los comentarios se cierran el ${dates}; tu campaña todavía dice el ${kept}. Mira qué se movería, y aplícalo o déjalo.`,
    },
    correction: {
      title: 'El plazo de comentarios termina antes',
      text: (dates: string, kept: string) =>
        `Ahora los comentarios se cierran el ${dates}; tu campaña todavía dice el ${kept}. Míralo pronto: la gente puede llegar tarde.`,
    },
    conflict: {
      title: 'Dos fuentes oficiales dicen fechas distintas',
      text: (dates: string, kept: string) =>
        `Tu campaña conserva su fecha, el ${kept}. También se dice que los comentarios se cierran el ${dates}. Lee el aviso, y elige.`,
    },
    applied: {
      title: 'La fecha límite se movió por sí sola',
      text: (dates: string, kept: string) =>
        `Las dos fuentes oficiales dicen que los comentarios se cierran el ${dates}, no el ${kept}. Tu campaña la sigue, y también sus recordatorios.`,
    },
    withdrawn: {
      title: 'Se retiró el documento',
      text: () =>
        'La agencia lo retiró, así que la campaña está en pausa y a nadie se le envía al formulario. Mira qué dice la agencia, y déjala seguir o ciérrala.',
    },
    candidates: {
      title: 'Este puede ser el documento que esperas',
      text: (count: string) =>
        `El Registro Federal publicó lo que buscas (${count}). Léelo; si es ese, acéptalo y la campaña se abre.`,
    },
  },

  paused: {
    complaints: {
      title: 'Se pausó por sí sola: hay quienes marcaron nuestro correo como spam',
      text: 'Más de 3 de cada 1000 lo hicieron en un día, y los servicios de correo podrían rechazar pronto todo lo que enviamos. Revisa a quién se escribió y qué se dijo, y luego reanuda.',
    },
    filtered: {
      title: 'Se pausó por sí sola: las compañías telefónicas filtran los mensajes',
      text: 'Más de 1 de cada 20 mensajes de texto quedó retenido en un día por no deseado. Revisa las palabras y los enlaces, y el registro del remitente, y luego reanuda.',
    },
  },

  texts: {
    title: 'Mensajes de la gente',
    urgent: {
      tag: 'Te necesita ya',
      hint: 'Alguien puede estar en peligro. Nuestra respuesta dice que llame o escriba al 988. Si puedes, llama tú.',
      subject: 'Un mensaje te necesita ya',
      text: (campaign, url) =>
        `Alguien mandó un mensaje de texto sobre “${campaign}” que no debe esperar. Léelo ahora, por favor:\n${url}`,
    },
    from: (phone, name) => (name ? `${name}, ${phone}` : phone),
    media: (n) => (n === 1 ? 'y 1 foto o archivo' : `y ${number(n)} fotos o archivos`),
    noWords: 'Sin palabras',
    hidden: 'Un código en un recuadro, como U+202E, está en lugar de un carácter que nadie puede ver.',
    answered: 'Contestado en automático',
    unanswered: 'Sin contestar',
    read: 'Leído',
    leaderHint: 'De personas que aceptaron que veas su nombre.',
  },

  problem: {
    400: {
      title: 'No pudimos leer eso',
      what: 'Algo en la dirección o en el formulario no era como lo esperamos.',
      kept: 'No se cambió nada y no se perdió nada.',
      next: 'Vuelve atrás, revisa lo que escribiste e inténtalo otra vez.',
    },
    401: {
      title: 'Entra primero, por favor',
      what: 'Esta página es para organizadores y no has entrado.',
      kept: 'No se perdió nada.',
      next: 'Entra y abre otra vez la página.',
    },
    403: {
      title: 'Esta página no es para tu cuenta',
      what: 'Has entrado, pero esto es de otro equipo.',
      kept: 'No se cambió nada.',
      next: 'Pregunta a quien te dio el enlace.',
    },
    second_factor: {
      title: 'Aquí hace falta un segundo factor',
      what: 'Entraste solo con un enlace, y tu equipo pide más.',
      kept: 'No se cambió nada.',
      next: 'Abre la consola. Te guía para activar uno, o para entrar con el que ya tienes.',
    },
    404: {
      title: 'Esa página no existe',
      what: 'Puede que a la dirección le falten unas letras.',
      kept: 'Tu inscripción sigue ahí.',
      next: 'Abre otra vez el enlace de tu mensaje, completo.',
    },
    409: {
      title: 'Esto ya terminó',
      what: 'La campaña ya no recibe nada de este tipo.',
      kept: 'Lo que ya nos dijiste sigue contando.',
      next: 'Abre la página de tu coalición para ver lo que sigue.',
    },
    410: {
      title: 'Este enlace ya no sirve',
      what: 'Los enlaces dejan de servir 30 días después de cerrarse la campaña, o cuando otro más nuevo los reemplaza.',
      kept: 'Lo que ya nos dijiste sigue contando.',
      next: 'Usa el enlace del último mensaje de tu coalición.',
    },
    413: {
      title: 'Eso era demasiado largo',
      what: 'Uno de los campos tiene más de lo que podemos recibir a la vez.',
      kept: 'No se cambió nada y no se perdió nada.',
      next: 'Vuelve atrás, acorta lo que escribiste e inténtalo otra vez.',
    },
    429: {
      title: 'Demasiados intentos',
      what: 'Llegaron desde aquí más intentos de los que podemos atender a la vez.',
      kept: 'No se perdió nada. Lo que hiciste antes está guardado.',
      next: 'Espera unos minutos e inténtalo otra vez.',
    },
    500: {
      title: 'Nos equivocamos nosotros',
      what: 'Algo se rompió de nuestro lado. No fue culpa tuya.',
      kept: 'Lo que se guardó antes está a salvo. Puede que lo último que presionaste no haya contado.',
      next: 'Inténtalo de nuevo en un minuto. Presionar dos veces no hace daño.',
    },
    signIn: 'Entrar',
    onward: 'Seguir desde aquí',
    reference: (id) => `Si nos escribes sobre esto, danos este número: ${id}`,
  },

  privacy: {
    title: 'Privacidad y datos de salud del consumidor',
    lead: 'Qué guardamos de ti, para qué, por cuánto tiempo, quién lo ve, y cómo obtenerlo o borrarlo. Es breve porque es poco.',
    sections: [
      {
        title: 'Por qué cuentan como datos de salud',
        text: [
          'Sumarse a una coalición como esta puede decir algo de tu propia salud. Algunas leyes estatales, como la ley My Health My Data de Washington, lo protegen. Aquí tratamos todo con ese cuidado, vivas donde vivas.',
        ],
      },
      {
        title: 'Qué guardamos',
        text: [
          'Tu correo, tu teléfono o los dos. Tu nombre, si lo das. Tu código postal o zona horaria, tu idioma y la coalición con la que te inscribiste.',
          'Lo que aceptaste: las palabras exactas, cuándo y en qué página, con la dirección de internet y el navegador que se usaron. La ley pide esa prueba.',
          'Qué mensajes te mandamos y si nos dijiste que ya lo hiciste. Un número de seguimiento, si lo das. Los mensajes de texto que nos mandas.',
          'Por qué enlace llegaste, si te lo mandó un colega, hasta que se borre aquí uno de los dos. Esa persona ve cuando más un número redondeado, y nunca quién.',
          'Nunca un diagnóstico. Nunca el texto de tu comentario.',
        ],
      },
      {
        title: 'Para qué lo usamos',
        text: [
          'Para recordarte a tiempo y para contar cuántas personas participaron. Para nada más. No vendemos nada ni mostramos publicidad.',
        ],
      },
      {
        title: 'Quién lo ve',
        text: [
          'Quienes organizan tu campaña. Las empresas que llevan nuestros correos y mensajes ven la dirección o el número, y el mensaje.',
          'Los líderes de tu coalición solo ven números. Ven tu nombre, si ya lo hiciste y lo que nos escribes solo si marcaste la casilla para eso. Nunca ven tu número de seguimiento.',
          'El público ve números redondeados, y ninguno por debajo de 10.',
          'Cualquier otra persona, solo si antes lo aceptas por separado.',
        ],
      },
      {
        title: 'Por cuánto tiempo',
        text: [
          '90 días después de cerrarse una campaña borramos tus datos de contacto, salvo que hayas pedido saber del próximo paso.',
          'Los mensajes de texto que nos mandas se borran a los 90 días. Los informes de las empresas de correo y de mensajes, a los 30 días.',
          'La prueba de lo que aceptaste se guarda 5 años. Si borras tus datos, en ella solo queda una forma cifrada de tu dirección: sirve para saber que no debemos escribirte, y no se puede volver a leer.',
        ],
      },
      {
        title: 'Cómo lo guardamos',
        text: [
          'Cifrado. Los enlaces no llevan datos personales. Estas páginas no te ponen cookies ni cargan nada de otras empresas.',
          'El equipo entra con un enlace por correo o una llave de acceso, con un segundo paso donde se le pide. Su consola guarda una cookie mientras la sesión está abierta, y anota quién cambió o exportó qué.',
        ],
      },
      {
        title: 'Verlo, llevártelo, borrarlo',
        text: [
          'Abre “Tus ajustes” desde cualquier mensaje nuestro. Mandamos un enlace nuevo a tu correo o un código a tu teléfono, para que nadie más pueda hacerlo. Ahí puedes ver todo, llevarte una copia o borrarlo.',
          'Puedes detener todos los mensajes con un solo botón, o mandando STOP. No tienes que dar ninguna razón.',
        ],
      },
    ],
    contact: 'Preguntas, o si te dijimos que no',
    contactText: (operator) => `Este servicio lo lleva ${operator}.`,
    writeTo: 'Escribe a',
    appeal:
      'Si rechazamos lo que pides, puedes pedirnos que lo revisemos. Después puedes escribir a la fiscalía general de tu estado.',
    noContact: 'Pregunta a la coalición con la que te inscribiste.',
  },
};
