import type { Wordings } from '../en/wordings.js';
import { es } from './messages.js';

/** Los consentimientos, palabra por palabra. */
export const wordings: Wordings = {
  'email-optin@1':
    'Sí, quiero recordatorios por correo sobre «{{ campaign }}» hasta su fecha. Puedo dejarlos cuando quiera.',
  'sms-box@1':
    'Quiero recordatorios por mensaje de texto de {{ coalition }} sobre «{{ campaign }}»: 8 mensajes como máximo. Puede haber cargos por mensajes y datos. Con STOP se acaban; con HELP recibo ayuda. Primero llega una pregunta por mensaje; los recordatorios empiezan solo si contesto SÍ. Puedo inscribirme sin marcar esto.',
  'sms-yes@1': es.system.smsOptIn.sms,
  'next-step@1':
    'Escríbanme una vez por correo cuando haya un próximo paso después de «{{ campaign }}». Entonces decido si participo.',
  'updates@1': 'Escríbanme una vez por correo para contarme cómo terminó «{{ campaign }}».',
  'visible@1':
    'Quienes dirigen {{ coalition }} pueden ver mi nombre, si ya lo hice y lo que contesto por mensaje. Nadie más.',
};
