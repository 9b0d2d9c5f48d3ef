import type { campaigns as en } from '../en/campaigns.js';

export const campaigns: typeof en = {
  title: 'Campañas',
  new: 'Nueva campaña',
  none: 'Aún no hay campañas. Una campaña es una petición con una fecha: un comentario que enviar, una ocupación que escribir.',
  noneForLeader: 'Tu coalición aún no participa en ninguna campaña. La verás aquí cuando te añadan.',
  noMatch: 'Ninguna campaña coincide con esta búsqueda.',
  search: 'Buscar campañas',
  show: 'Mostrar',
  all: 'Todas',
  status: {
    draft: 'Borrador',
    awaiting: 'Espera su fecha',
    running: 'En marcha',
    paused: 'En pausa',
    ended: 'Terminada',
    closed: 'Cerrada',
  },
  kind: {
    regulatory_comment: 'Comentario en un expediente',
    census_occupation: 'Ocupación en el censo',
    custom: 'Otra cosa',
  },
  noDate: 'aún sin fecha',
};
