import type { accounts as en } from '../en/accounts.js';

/** Las entradas, la cuenta propia y quién más tiene una. */
export const accounts: typeof en = {
  signIn: {
    title: 'Entrar',
    lede: 'Te mandamos un enlace por correo. No hay contraseña que recordar.',
    email: 'Tu correo electrónico',
    button: 'Mandarme el enlace',
    sentTitle: 'Mira tu correo',
    sent: (email) =>
      `Si ${email} tiene una cuenta, el enlace va en camino. Sirve una sola vez, durante 15 minutos. ¿No llega? Mira en el correo no deseado o revisa la dirección.`,
    again: 'Usar otra dirección',
  },
  link: {
    title: 'Entrar con este enlace',
    lede: 'Presiona una vez y ya entraste. La sesión sigue abierta en este aparato siete días, o hasta que salgas.',
    button: 'Entrar',
    endedTitle: 'Este enlace ya venció',
    ended: 'Ya se usó, o tiene más de 15 minutos.',
    new: 'Pedir otro enlace',
  },
  invitation: {
    title: 'Te damos la bienvenida a Drumbeat',
    lede: (inviter, coalition, role) =>
      role === 'leader'
        ? `${inviter} te invita a dirigir ${coalition ?? ''}.`
        : role === 'organizer'
          ? `${inviter} te invita a organizar campañas.`
          : `${inviter} te invita como administrador o administradora.`,
    address: (email) => `Los enlaces para entrar llegarán a ${email}.`,
    name: 'Tu nombre',
    nameHint: 'Lo ven las demás personas del equipo.',
    language: 'Tu idioma',
    button: 'Aceptar',
    endedTitle: 'Esta invitación ya venció',
    ended: 'Ya se aceptó, se retiró, o tiene más de siete días. Pide otra a quien te invitó.',
    toSignIn: 'Entrar',
  },
  account: {
    title: 'Mi cuenta',
    save: 'Guardar',
    sessions: 'Dónde tienes la sesión abierta',
    current: 'Este aparato',
    unknownDevice: 'Un aparato',
    since: (moment) => `desde ${moment}`,
    end: 'Salir ahí',
    everywhere: 'Salir en todas partes',
    everywhereAsk: 'Sales en todos los aparatos, también en este.',
  },
  people: {
    title: 'Personas',
    invite: 'Invitar a alguien',
    inviteTitle: 'Invitar a alguien',
    email: 'Su correo electrónico',
    role: 'Qué será',
    coalition: 'Su coalición',
    language: 'El idioma de la invitación',
    send: 'Mandar la invitación',
    sent: (email) => `La invitación a ${email} va en camino.`,
    open: 'Con invitación, todavía sin entrar',
    invitedBy: (who, until) => `Invitación de ${who}, abierta hasta ${until}`,
    takeBack: 'Retirar',
    takenBack: 'La invitación se retiró.',
    remove: 'Quitar',
    removeTitle: (name) => `¿Quitar a ${name}?`,
    removeText: 'Sale de inmediato en todas partes y no puede volver sin otra invitación.',
    removed: (name) => `${name} ya no está.`,
    you: 'tú',
    search: 'Buscar a alguien',
    none: 'Nadie con ese nombre o esa dirección.',
  },
};
