import { words } from './vocabulary.js';
import type { Vocabulary } from './vocabulary.js';

export const english: Vocabulary = {
  language: 'en',
  polite: words(`
    please | pls | plz | thanks | thank you | thx | ty | ok | okay | hi | hello | hey | just | now
    sorry | sir | maam | everyone | already | immediately | right | all | everything | this | it
    that | me | lol | asap | today | i said | so | oh | sure | but | and`),
  not: words(`
    dont | do not | never | cant | cannot | can not | wont | will not | didnt | did not | not
    nothing | nobody | no one | wouldnt | shouldnt | non | doesnt | does not | arent | isnt | no need to`),
  notStop: words(`
    bus stop | truck stop | pit stop | rest stop | one stop | non stop | next stop | last stop
    first stop | full stop | stop by | stop at | stop in | stop over | stop sign | stop stigma
    stop the stigma | stop and think | the stop | a stop | unstop | missed my stop | is my stop
    stop smoking | stop drinking | stop crying | stop thinking | stop worrying | stop using
    take me off speaker | take me off hold`),
  stop: {
    alone: words(`
      stop | stopall | stop all | stopp | stp | unsubscribe | unsub | cancel | end | quit | revoke
      optout | opt out | opt me out | remove | enough | no more | leave me alone | go away
      unsuscribe | unsubcribe | wrong number | no texts | i quit | end texts | cancel texts
      quit texting | cancel subscription | cancel my subscription | end subscription | sotp | stpo
      wrong person | delete me | i want out | not interested | im not interested
      no longer interested | im no longer interested | cease | desist | cease and desist
      discontinue | fuck off | f off | piss off | get lost`),
    within: words(`
      stop texting | stop messaging | stop sending | stop contacting | stop the text
      stop the texts | stop the messages | stop these | stop writing | stop bothering
      stop spamming | stop calling | stop all | stop message | stop messages | stop text
      stop texts | stop reminding | stop your | stop bugging | stop harassing | unsubscribe
      opt out | opt me out | optout | opting out | remove me | remove my number | remove my phone
      remove this number | take me off | take my number off | delete my number | lose my number
      lose this number | leave me alone | no more texts | no more messages | no more text
      no more texting | no more reminders | dont text | do not text | dont message | do not message
      dont contact | do not contact | dont send | do not send | quit texting | quit sending
      quit messaging | dont want texts | dont want messages | dont want these | dont want any more
      dont want anymore | dont want to get | dont want to receive | do not want texts
      do not want messages | do not want these | do not want any more | do not want to receive
      do not want to get | dont want your | revoke my consent | revoke consent | withdraw my consent
      cancel my texts | cancel these | cancel the texts | end these texts | end the texts
      never text me | never message me | never contact me | done with these texts
      sick of these texts | no longer want to receive | no longer wish to receive
      no longer want these | no longer want texts | no longer want messages`),
  },
  start: {
    alone: words(`
      start | unstop | start again | restart | resume | opt in | optin | opt me in | start texts
      resubscribe | subscribe | resume texts | sign me up again`),
    within: words(`start texting | start sending | opt me back in | opt back in | sign me back up`),
  },
  yes: {
    alone: words(`
      yes | y | yes i agree | i agree | agree | agreed | yeah | yep | yup | yes i do
      yes remind | remind | sign me up | im in | count me in | confirm | yess | ye | absolutely
      of course | yes sign me up | absolutely yes | i want reminders | yes i want reminders
      yes i want the reminders | yes i want to`),
    within: [],
  },
  softYes: words(`
    ok | okay | sure | k | kk | fine | sounds good | go ahead | why not | alright | all right
    do it | join`),
  help: {
    alone: words(`
      help | info | information | help me | i need help | need help | more info | who | who are you
      helpme | what is this | whats this | can you help me | can someone help me`),
    within: words(`
      who is this | whos this | who are you | what is this about | who is texting
      what number is this`),
  },
  done: {
    alone: words(`
      done | all done | im done | i am done | its done | it is done | i did | did it | finished
      i finished | completed | complete | submitted | filed | sent | posted | commented | done did
      yes done | yes i did | i did this | been done | done yesterday | done this morning
      mine is done | yes its done | yes all done | dun | donee | got it done | yes i have
      i have done | ive done | i filled out | already did | did | taken care of | done and done | all done here | we did it | i just did | submited
      filed yesterday | filed this morning | filed today | did it this morning | did it yesterday`),
    within: words(`
      i did it | i already did | i have already | ive already | already done | already did it
      already filed | already submitted | already sent | already commented | i filed | i just filed
      ive filed | i have filed | i submitted | i just submitted | ive submitted | i have submitted
      i sent my | i sent it | i sent mine | i just sent | i posted my | i posted it | i commented
      i just commented | i left a comment | i left my comment | i made a comment | i made my comment
      i wrote my comment | i finished it | i finished my | i just finished | i just did it
      ive done it | i have done it | i got it done | i completed | ive completed | my comment is in
      my comment is filed | sent my comment | submitted my comment | filed my comment
      comment submitted | comment filed | comment sent | comment is done | comment posted
      i took care of it | i did my comment | i put in my comment | i turned it in | i submited`),
  },
  softDone: words(`yes | yes i filed | just now | just did | finally`),
  notDone: words(`
    not yet | not done | havent | have not | didnt | did not | will | ill | when | how | where
    what | should | cant | cannot | could not | couldnt | want to | going to | gonna | need to
    trying | tried | wish i | done with | if i | before i | almost | after i | once i | until i
    never | think i | not sure | error | wont | wasnt | is it done | why | wrong | nobody`),
  crisis: words(`
    kill myself | kill my self | killing myself | kms | suicid* | end my life | ending my life
    take my life | take my own life | taking my life | end it all | want to die | wanna die
    wish i was dead | wish i were dead | better off dead | better off without me | hurt myself
    hurting myself | harm myself | harming myself | self harm | cut myself | cutting myself
    no reason to live | dont want to live | do not want to live | dont wanna live
    dont want to be alive | dont want to be here anymore | dont want to wake up | cant go on
    can not go on | cannot go on | nothing to live for | overdose | overdosed | overdosing
    rather be dead | not worth living | isnt worth living | no point in living
    dont want to exist | jump off a bridge | all my pills | too many pills | in crisis | in a crisis | having a crisis | emergency | going to die | gonna die | shoot myself
    hang myself | ready to die | unalive | hurt someone | kill someone | kill him | kill her
    kill them | being abused | not safe at home | relapsing`),
};
