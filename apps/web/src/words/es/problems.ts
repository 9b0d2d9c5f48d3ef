import type { problems as en } from '../en/problems.js';

export const problems: typeof en = {
  account_there: 'Este correo ya tiene una cuenta.',
  address_blocked: 'Este correo no recibe mensajes nuestros: rebotó o se quejó.',
  alert_past: 'Este momento ya pasó; elige uno que esté por venir.',
  already_decided: 'Alguien ya lo decidió, o las fuentes ya dicen otra cosa. Mira qué hay ahora.',
  already_launched: 'Esta campaña ya se lanzó, y lo que la gente usa de ella se queda como está.',
  another_site:
    'Esta dirección es de otro sitio. Buscamos documentos en regulations.gov y federalregister.gov; un formulario que está en otro lugar va en «Dirección del formulario».',
  bad_request: 'No se entendió lo que se envió. Revísalo e inténtalo otra vez.',
  busy: 'Mucha gente se está inscribiendo por estas coaliciones. No se cambió nada; inténtalo en unos minutos.',
  campaign_unknown: 'Aquí no hay tal campaña. Revisa la dirección.',
  changed_meanwhile:
    'Alguien cambió esto mientras trabajabas. Aún no se guardó nada tuyo: mira qué cambió y guarda otra vez.',
  coalition_unknown: 'Aquí no hay tal coalición, o no invita para esta campaña.',
  code_used: 'Este código ya se usó. Espera el siguiente.',
  code_wrong: 'Este código no es correcto. Escribe el que muestra ahora tu aplicación, o uno de reserva.',
  codes_off: 'A tu cuenta no se le piden códigos. Primero conecta una aplicación.',
  codes_on: 'A tu cuenta ya se le piden códigos. Primero desactívalo.',
  conflict: 'Esto choca con lo que ya hay. Carga la página otra vez.',
  contrast: 'Las letras blancas sobre este color no se leen bien: necesitan un contraste de 4.5 a 1.',
  kit_faulty: 'Este archivo todavía no se puede usar: hay que corregir lo que sigue. No se guardó nada.',
  deadline_ahead: 'La fecha límite aún no llega. Cierra la campaña para pararla ahora.',
  deadline_missing: 'Una campaña lanzada conserva una fecha límite. Dale otra fecha.',
  deadline_near: 'Falta menos de una hora para la fecha límite: nadie lo leería a tiempo.',
  deadline_past: 'La fecha límite ya pasó. Cámbiala antes a una que esté por venir.',
  candidate_unknown: 'Este aviso ya no está para decidir. Carga la página otra vez.',
  docket_file_binary:
    'Esto no es un archivo CSV en UTF-8. Descárgalo otra vez de regulations.gov y envíalo tal como viene.',
  docket_file_columns:
    'A la primera línea le falta la columna «Tracking Number» o «Comment on Document ID», así que no es la descarga masiva de regulations.gov. Descárgala otra vez y envíala tal como viene.',
  docket_file_cut:
    'El archivo se corta en medio de una línea. Descárgalo otra vez de regulations.gov y envíalo tal como viene.',
  docket_file_elsewhere:
    'Ahí no hay ningún comentario sobre el documento de esta campaña. Tal vez aún no se publica nada; si no, descarga los comentarios del expediente en que está.',
  docket_file_empty:
    'El archivo está vacío. Descárgalo otra vez de regulations.gov y envíalo tal como viene.',
  docket_file_large:
    'Un archivo puede tener 500 MB. Divídelo, con la primera línea encima de cada parte, y envía una parte tras otra.',
  docket_file_packed:
    'Esto es un archivo zip o una hoja de cálculo. Descomprímelo, o guárdalo como CSV, y envía el CSV.',
  docket_file_page:
    'Esto es una página web y no el archivo: tal vez el enlace caducó. Pide otra vez la descarga en regulations.gov.',
  docket_asked_enough:
    'Ya se preguntó una docena de veces en una hora. También se pregunta por sí solo: mira cuándo.',
  document_unknown:
    'No hay ningún documento que reciba comentarios con este número. Revísalo, o escribe la fecha a mano.',
  federal_register_busy:
    'Le preguntamos demasiado al Registro Federal en una hora. Prueba más tarde, o escribe la fecha a mano.',
  federal_register_key_refused: 'El Registro Federal no nos deja preguntar. Escribe la fecha a mano.',
  federal_register_silent:
    'El Registro Federal no responde ahora. Prueba más tarde, o escribe la fecha a mano.',
  file_broken: 'No se pudo leer esta imagen. Expórtala otra vez y envíala.',
  file_gone: 'Solo se puede devolver el último archivo que se quitó, mientras haya lugar. Envíalo otra vez.',
  file_type:
    'Esto no es PDF, documento de Word (.docx) sin macros, texto, JPEG ni PNG, diga lo que diga su nombre. Guárdalo así y envíalo.',
  file_unknown: 'Este archivo ya no está. Carga la página otra vez.',
  files_full: 'Una guía tiene tres archivos como máximo. Quita uno primero.',
  foreign_page: 'Esto no vino de una página nuestra. Abre la página aquí y presiona tú el botón.',
  image_broken:
    'No se pudo leer esta imagen: está cortada o tiene más de 50 millones de píxeles. Expórtala otra vez, como PNG.',
  image_busy: 'Esta imagen tiene demasiados detalles para un logo. Envía una más sencilla.',
  image_type: 'Esto no es PNG, JPEG ni WebP. Exporta tu logo así, con 640 píxeles de ancho, y envíalo.',
  into: 'La coalición que debería quedarse no está, o ya se unió a otra.',
  invalid: 'Algo de lo que escribiste no tiene la forma que hace falta:',
  invitation_unknown: 'Esta invitación ya no está: se aceptó o se retiró.',
  ladder: 'Los recordatorios no se pueden planear así:',
  last_administrator: 'Es la última persona que administra. Antes haz que otra también administre.',
  link_ended: 'Este enlace no se conoce, ya se usó o caducó. Pide otro.',
  link_unknown: 'Este enlace no se conoce, o caducó.',
  logo: 'Este logo ya no se guarda. Envía la imagen otra vez.',
  look_ups_full:
    'Ya son bastantes búsquedas en una hora. Escribe a mano cuándo termina el plazo, o prueba más tarde.',
  merged: 'Esta coalición se unió a otra. Sigue con esa.',
  no_document:
    'Esta campaña no nombra ningún documento de regulations.gov, así que no hay comentarios que mirar. Nombra uno antes.',
  no_comment_period:
    'Ningún documento de este expediente ha tenido un plazo de comentarios. Escribe la fecha a mano cuando la agencia diga una.',
  no_date: 'Esta campaña aún no tiene fecha, así que no hay nada para un calendario.',
  not_a_document:
    'Esto no es una dirección de regulations.gov ni un número. Copia la dirección de la página donde se comenta, o un número como BLS-2024-0001-0001.',
  not_launched: 'Esta campaña nunca se lanzó. Borra mejor el borrador.',
  not_paused: 'Solo puede seguir una campaña en pausa.',
  not_proposed: 'Di cuál de las fechas propuestas debe ser.',
  not_ready: 'La campaña todavía no se puede lanzar:',
  not_running: 'Esta campaña no está en marcha.',
  not_yours: 'Lo anotó otra persona, o ella misma. Puede quitarlo desde su propia página.',
  nothing_to_rehearse: 'Esta persona no recibiría nada por ahí. Elige otros canales u otro momento.',
  nul: 'Lo que escribiste tiene un carácter que ningún texto tiene. Quítalo y envíalo otra vez.',
  other: 'Esto no se pudo hacer. Revisa lo que escribiste, carga la página otra vez e inténtalo de nuevo.',
  outcome: 'Esta campaña no tiene ese resultado. Elige otro.',
  over: 'Esta campaña se cerró para siempre. Empieza una nueva.',
  own_second_factor: 'Primero activa un segundo factor propio y entra con él; después pídeselo a los demás.',
  parent: 'Una coalición no puede pertenecer a sí misma ni a una que está debajo de ella.',
  passkey_unknown: 'Esta llave de acceso ya no está en tu cuenta.',
  person_unknown: 'Esta persona ya no está aquí.',
  phone_stopped:
    'Este teléfono no recibe mensajes nuestros: dijo ALTO, o no responde. Envía START desde él primero.',
  proposal_unknown: 'Esta propuesta ya no está. Carga la página otra vez.',
  regulations_gov_busy:
    'Le preguntamos demasiado a regulations.gov en una hora. Prueba más tarde, o escribe la fecha a mano.',
  regulations_gov_key_refused: 'regulations.gov no acepta nuestra clave. Escribe la fecha a mano.',
  regulations_gov_silent: 'regulations.gov no responde ahora. Prueba más tarde, o escribe la fecha a mano.',
  rehearsals_full: 'Ya son bastantes ensayos por ahora. Lee los que llegaron y prueba más tarde.',
  role: 'Tu cuenta no puede hacer esto. Pídeselo a alguien que organiza o administra.',
  rung_unknown: 'Este recordatorio ya no está. Carga la página otra vez.',
  same: 'Una coalición no puede unirse a sí misma. Elige otra.',
  second_factor: 'Aquí hace falta un segundo factor. Actívalo, o entra con el que ya tienes.',
  session_ended: 'Tu sesión terminó. Entra otra vez.',
  session_unknown: 'Esta sesión ya terminó.',
  short_name: 'Este nombre corto dice demasiado para una pantalla bloqueada. Elige uno neutral.',
  sign_in: 'Entra primero.',
  sign_in_anew: 'Pasaron más de 10 minutos, o hubo demasiados códigos incorrectos. Pide otro enlace.',
  slug_taken: 'Esta dirección ya está ocupada. Elige otra.',
  sms_hours: 'A estas horas no se pueden enviar mensajes de texto:',
  text_unknown: 'Este mensaje ya no está: se borran a los 90 días.',
  too_large: 'Esto es más de lo que aceptamos de una vez. Hazlo más pequeño y envíalo otra vez.',
  too_many: 'Hubo demasiados intentos. Espera unos minutos y prueba otra vez.',
  unexpected: 'Algo salió mal de nuestro lado. No se guardó nada; inténtalo otra vez.',
  unknown: 'Aquí no hay nada. Revisa la dirección.',
  words: 'Algunos mensajes no se pueden enviar así:',
  yourself: 'Nadie se quita a sí mismo. Pídeselo a otra persona que administre.',
  zone: 'Esto no es una zona horaria.',
};
