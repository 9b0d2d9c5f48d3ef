import { words } from './vocabulary.js';
import type { Vocabulary } from './vocabulary.js';

export const spanish: Vocabulary = {
  language: 'es',
  polite: words(`
    por favor | porfavor | porfa | gracias | muchas gracias | hola | ok | ya | ahora | buenas
    buenos dias | buenas tardes | disculpe | perdon | favor | todo | esto | eso | de una vez | hoy
    senor | senora | amigos | pero | y`),
  not: words(`no | nunca | jamas | ni | tampoco | sin`),
  notStop: words(`
    el alto | mas alto | muy alto | en alto | lo mas alto | salario alto | alto nivel | no pare
    no paren | no pares | sin parar | al fin | alto costo | pare de sufrir | paren de sufrir | en fin | por fin`),
  stop: {
    alone: words(`
      alto | parar | pare | paren | para | detener | detenga | detengan | detente | basta | baja
      dar de baja | cancelar | cancela | cancele | cancelen | cancelar suscripcion | terminar | fin
      salir | no mas | no mas mensajes | no mas textos | ya no | ya no mas | ya basta | suficiente
      eliminar | borrar | no molestar | no molesten | dejenme en paz | numero equivocado
      no gracias no mas | revocar | desuscribir | desuscribirme | anular | anula | dejar de recibir | parale | no quiero nada
      no me interesa | ya no me interesa | remueveme | remuevame | remuevanme`),
    within: words(`
      no mas mensajes | no mas textos | no mas recordatorios | no quiero mas | no quiero recibir
      no deseo recibir | no deseo mas | ya no quiero | ya no deseo | no quiero mensajes
      no quiero sus mensajes | no quiero estos mensajes | no quiero textos | no me escriban
      no me escriba | no me escribas | no me manden | no me mande | no me mandes | no me envien
      no me envie | no me envies | no me texteen | no me contacten | no me contacte | no me molesten
      no me moleste | dejen de | deje de | deja de | dejame en paz | dejenme en paz | dejeme en paz
      dame de baja | deme de baja | denme de baja | darme de baja | quiero darme de baja | quitame
      quiteme | quitenme | quiten mi numero | quite mi numero | borren mi numero | borra mi numero
      borre mi numero | borrenme | borrame | borreme | eliminen mi numero | elimine mi numero
      elimina mi numero | eliminenme | saquenme | sacame | saqueme | cancelar los mensajes
      cancelen los mensajes | cancelar mi suscripcion | cancelen mi suscripcion | paren de | pare de
      para de | parar los mensajes | paren los mensajes | parar mensajes | detener los mensajes
      detengan los mensajes | detener mensajes | retiro mi consentimiento | revoco mi consentimiento
      no molesten mas | basta de mensajes | basta de
      dejar de recibir | no quiero que me escriban | no quiero que me manden | no quiero que me envien
      no quiero que me contacten | no quiero que me texteen | como cancelo los mensajes
      como hago para cancelar | como me salgo de | como me doy de baja`),
  },
  start: {
    alone: words(`
      empezar | comenzar | iniciar | inicio | reanudar | empieza | empiecen | alta | comienzo
      suscribir | suscribirme | activar`),
    within: words(`
      darme de alta | denme de alta | dame de alta | quiero recibir mensajes otra vez
      vuelvan a escribirme | vuelvan a mandarme | vuelvan a enviarme`),
  },
  yes: {
    alone: words(`
      si | si quiero | si acepto | acepto | si claro | claro | claro que si | de acuerdo
      si de acuerdo | estoy de acuerdo | confirmo | si confirmo | sip | por supuesto
      si senor | si inscribanme | quiero | afirmativo | quiero recordatorios | si quiero recordatorios | si quiero los recordatorios`),
    within: [],
  },
  softYes: words(`dale | bueno | esta bien | va | sale | vale | ok | ok si | perfecto | adelante | listo`),
  help: {
    alone: words(`
      ayuda | informacion | ayudame | ayudeme | ayudenme | necesito ayuda | mas informacion
      auxilio | quien | que es esto | me puedes ayudar | me pueden ayudar`),
    within: words(`quien es | quienes son | de que se trata | quien me escribe | que numero es`),
  },
  done: {
    alone: words(`
      listo | lista | ya listo | hecho | ya hecho | hecha | esta hecho | ya esta | ya quedo
      terminado | termine | ya termine | completado | complete | enviado | ya enviado | enviada
      lo hice | si lo hice | ya lo hice | ya hice | comente | ya comente | presentado
      ya esta listo | todo listo | si ya | ya lo mande | ya lo envie | cumplido | ya cumpli
      si ya lo hice | si esta hecho | mandado`),
    within: words(`
      ya lo hice | ya la hice | ya lo he hecho | ya lo envie | ya la envie | ya lo mande
      ya la mande | ya lo presente | ya lo termine | ya termine | ya comente | ya hice mi comentario
      ya hice el comentario | ya envie | ya mande | ya presente | ya deje mi comentario
      acabo de enviar | acabo de enviarlo | acabo de mandarlo | acabo de hacerlo | acabo de mandar | acabo de comentar | acabo de presentar
      acabo de terminar | lo acabo de hacer | lo acabo de enviar | envie mi comentario
      mande mi comentario | hice mi comentario | presente mi comentario | deje mi comentario
      si lo hice | ya quedo enviado | comentario enviado | comentario presentado | ya cumpli`),
  },
  softDone: words(`ya | si | ahorita lo hice | recien`),
  notDone: words(`
    no lo | no la | no he | aun no | todavia no | no todavia | cuando | como | donde | que hago
    voy a | lo hare | lo voy | quiero | no puedo | no pude | no termine | no esta | si lo hice que
    hare | manana | casi | antes de | por que | no hice | no envie | no mande | no comente | luego`),
  crisis: words(`
    suicid* | matarme | me quiero matar | me voy a matar
    quitarme la vida | acabar con mi vida | terminar con mi vida | acabar con todo | quiero morir
    quiero morirme | me quiero morir | no quiero vivir | ya no quiero vivir
    no quiero seguir viviendo | no quiero estar aqui | sin ganas de vivir | no tengo ganas de vivir
    no vale la pena vivir | hacerme dano | me hago dano | lastimarme | me lastimo | cortarme
    me corto | herirme | no puedo mas | ya no puedo mas | no aguanto mas | ya no aguanto
    sobredosis | en crisis | una crisis | emergencia | mejor muerto | mejor muerta | estar muerto
    estar muerta | ahorcarme | pegarme un tiro | me pega | recaida | lastimar a alguien
    matar a alguien | ganas de morir | ganas de morirme | quisiera morir | quisiera morirme
    quisiera estar muerto | quisiera estar muerta | deseo morir | prefiero morir | prefiero morirme
    ojala me muera | no tiene sentido vivir | todas las pastillas | tirarme de un puente`),
};
