import { workshop } from './workshop.js';

/** What the pages say, in English. Every key has its twin in ../es/pages.ts. */
const number = (n: number): string => n.toLocaleString('en-US');
const people = (n: number): string => (n === 1 ? '1 person' : `${number(n)} people`);

export const pages = {
  number,
  percent: (n: number): string => `${number(n)}%`,
  channel: { email: 'Email', sms: 'Text' },
  language: { en: 'English', es: 'Español' },

  rung: {
    daysBefore: (n: number): string =>
      n === 0 ? 'on the day' : n === 1 ? 'the day before' : `${n} days before`,
    hoursBefore: (n: number): string => (n === 1 ? '1 hour before' : `${n} hours before`),
    daysAfter: (n: number): string => (n <= 1 ? 'how did it go?' : `${n} days later: how did it go?`),
    alert: 'news',
    lastCall: 'the last call',
  },

  frame: {
    skip: 'Skip to the main part',
    languages: 'Language',
    about: 'About this page',
    privacy: 'Privacy and health data',
    madeWith: 'Made with Drumbeat, open-source software. No cookies, no trackers.',
    optional: 'optional',
    problems: 'Please look at this again',
    recipient: (name: string): string => `This page is for ${name}.`,
    notYou: 'Not you?',
    notYouText:
      'Then somebody passed their link on to you. Please press nothing here: it would count for them. You can sign up yourself in a minute.',
    notYouLink: 'Sign up with your own name',
  },

  deadline: {
    name: 'The date',
    label: {
      regulatory_comment: 'Comments close',
      census_occupation: 'We count until',
      custom: 'Do it by',
    },
    past: {
      regulatory_comment: 'Comments closed',
      census_occupation: 'We counted until',
      custom: 'It ended',
    },
    yours: (local: string): string => `that is ${local} where you are`,
    elsewhere: (local: string): string => `that is ${local}`,
    none: 'No date yet. We tell you when it opens.',
  },

  guide: {
    title: 'Do it now',
    minutes: (from: number, to: number): string =>
      from < to
        ? `${number(from)} to ${number(to)} minutes`
        : to === 1
          ? 'About 1 minute'
          : `About ${number(to)} minutes`,
    what: 'What this is',
    why: 'Why it matters',
    need: 'What you need',
    files: 'Files you can file with it',
    filesText: 'Save what you want to attach; the official form asks for it.',
    file: (name: string, bytes: number): string =>
      `${name} (${bytes < 100_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`})`,
    steps: 'Step by step',
    phrases: 'Words you can copy',
    firstLine: 'The first line of your comment',
    workshop: 'Need help with the words?',
    workshopText:
      'The workshop asks one question at a time and puts your comment together. What you write stays on your device.',
    workshopLink: 'Write your comment',
    public:
      'What you send becomes public, with your name if you give it. You may also file without your name.',
    leaving: (host: string): string =>
      `The button opens ${host} in a new tab. Keep this page: when you are finished, come back and say so.`,
    open: 'Open the official form',
    signUp: 'Want to be reminded?',
    finished: 'Finished?',
    finishedText: 'Say so here. Your reminders end, and your coalition counts you.',
    noForm:
      'There is nothing to open. The census bureau picks addresses by chance and writes to them; nobody can ask for a form.',
  },

  workshop,

  outcome: {
    ask: {
      regulatory_comment: {
        filed: 'I filed my comment',
        answered: 'I answered',
        pledged: 'I will file it',
        not_sampled: 'I can’t take part',
      },
      census_occupation: {
        filed: 'I sent the form',
        answered: 'I got a form and wrote it in',
        pledged: 'If a form comes, I will',
        not_sampled: 'No form came to my address',
      },
      custom: {
        filed: 'I did it',
        answered: 'I answered',
        pledged: 'I will do it',
        not_sampled: 'It was not for me',
      },
    },
    recorded: {
      regulatory_comment: {
        filed: 'You filed your comment.',
        answered: 'You answered.',
        pledged: 'You plan to file.',
        not_sampled: 'You can’t take part.',
      },
      census_occupation: {
        filed: 'You sent the form.',
        answered: 'You got a form and wrote it in.',
        pledged: 'If a form comes, you will write it in.',
        not_sampled: 'No form came to your address.',
      },
      custom: {
        filed: 'You did it.',
        answered: 'You answered.',
        pledged: 'You plan to do it.',
        not_sampled: 'It was not for you.',
      },
    },
  },

  signup: {
    title: (campaign: string, coalition: string): string => `${campaign} – ${coalition}`,
    heading: 'Sign up for reminders',
    intro: 'It takes a minute. We remind you in time, you do it, you tell us, and the reminders end.',
    why: 'Why this matters',
    guide: 'Read how it is done first',
    counted: (signups: number, coalition: string): string =>
      `At least ${people(signups)} signed up through ${coalition}.`,
    countedDone: {
      regulatory_comment: (n: number, rate: number): string =>
        `At least ${number(n)} have filed, about ${number(rate)}%.`,
      census_occupation: (n: number, rate: number): string =>
        `At least ${number(n)} have answered, about ${number(rate)}%.`,
      custom: (n: number, rate: number): string =>
        `At least ${number(n)} have done it, about ${number(rate)}%.`,
    },
    contact: 'How can we reach you?',
    contactHint: 'An email address, a phone number, or both.',
    email: 'Email address',
    phone: 'Mobile number',
    phoneHint: 'US numbers, with area code.',
    name: 'Name',
    nameHint: 'What should we call you?',
    zip: 'ZIP code',
    zipHint: 'So that we write at a decent hour where you live.',
    zoneSummary: 'No ZIP code? Choose your time zone',
    zone: 'Time zone',
    zoneUnset: 'My coalition’s time zone',
    language: 'Write to me in',
    choices: 'Your choices',
    choicesHint: 'Each box is up to you. You can sign up without any of them.',
    sms: 'Send me texts',
    nextStep: 'Tell me about the next step',
    showName: 'Let my coalition’s leaders see my name',
    nextTitle: 'What happens next',
    next: [
      'You see the step-by-step guide at once.',
      'If you gave an email address, you get one email. Press its button to say yes to reminders.',
      'If you ticked texts, you get one text. Answer YES to it.',
      'You can stop everything with one press, at any time.',
    ],
    button: 'Sign me up',
    state: {
      awaiting: {
        title: 'Not open yet',
        text: 'There is no date yet. Sign up now, and we tell you the day it opens.',
      },
      paused: {
        title: 'Reminders are paused',
        text: 'The organizers have paused the reminders. You can still sign up, and you can still do it today.',
      },
      ended: {
        title: 'This one is over',
        text: 'The date has passed, and there is nothing left to do. Thank you to everybody who took part.',
      },
      closed: {
        title: 'This campaign is closed',
        text: 'The work is finished and signups have ended. Thank you to everybody who took part.',
      },
    },
    errors: {
      contact_missing: 'Give an email address or a phone number, so that we can reach you.',
      email_missing: 'Give an email address, so that we can ask you.',
      email_invalid: 'This email address has a mistake in it. It should look like name@example.org.',
      phone_invalid: 'This phone number has a mistake in it. It should have 10 digits, like 555 010 0123.',
      sms_needs_phone: 'To get texts, give a mobile number. Or untick the box for texts.',
      phone_no_texts: 'This number cannot get texts. Give a mobile number, or an email address.',
      phone_country:
        'We can only text numbers of the United States and its territories. An email address works everywhere.',
      texts_unticked:
        'To reach you by phone alone, we need the box for texts ticked. Or give an email address.',
      name_invalid: 'Write the name in ordinary letters, on one line, without a web address.',
      name_too_long: 'This name is too long for us. 80 letters at most.',
      zip_unknown: 'We don’t know this ZIP code. It has 5 digits. You can also leave it empty.',
      zone_unknown: 'We don’t know this time zone. Choose one from the list.',
      language_unknown: 'Choose English or Español.',
      too_many:
        'Very many people have just signed up from this connection, so we can’t take more for now. What you typed is still here. Try again later, or use your phone’s own connection instead of the Wi-Fi.',
    },
  },

  ended: {
    heading: 'There may be a next step',
    intro:
      'Leave your email address. You get one message with a button, so that nobody else can ask for you. Press it, and we write to you once when there is a next step.',
    button: 'Tell me about the next step',
    sent: 'Check your email',
    sentText:
      'A message with one button is on its way. Until you press it, nothing is agreed. If you can’t find it, look in the spam folder.',
    agree: 'What you agree to',
    next: 'After you press, we write to you once, when there is a next step. You can stop at any time.',
    no: 'Didn’t ask for this? Do nothing, and we send nothing more.',
    noted: 'Noted',
    already: 'Already noted',
    notedText: 'We write to you once, when there is a next step. You decide then whether to join.',
    stop: 'Stop the messages',
  },

  join: {
    title: 'Join the next step',
    why: 'You asked to hear of the next step. This is it. You are not on the list until you press the button.',
    what: 'What it is',
    agree: 'What you agree to',
    planned: 'What we would send you',
    plannedNone: 'There is no date yet. We write to you on the day it opens, and not before.',
    next: 'After you press, you are counted, and we remind you in time. Each message has a way to stop.',
    button: 'Join',
    no: 'Not this time? Do nothing. Nobody counts you, and we don’t write about it again.',
    joined: 'You are in',
    already: 'You are in already',
  },

  welcome: {
    title: 'You are on the list',
    lead: 'One thing is left to do before we may remind you.',
    checkEmail: {
      title: 'Check your email',
      text: 'We sent you a message with one button. Press it to say yes to reminders. If you can’t find it, look in the spam folder.',
    },
    checkPhone: {
      title: 'Answer the text',
      text: 'We send you one text. Answer YES to get reminders by text. At night it waits until morning.',
    },
    planned: 'What we will send you',
    plannedText:
      'These are all the messages we have planned, in your own time. They end when you say that you are done.',
    plannedNone: 'There is no date yet. We write to you on the day it opens, and not before.',
    noted: 'Noted, thank you. It counts as soon as the address or number is confirmed as yours.',
    nowTitle: 'Or do it right now',
    nowText: 'You don’t have to wait for a reminder.',
  },

  done: {
    title: 'Did you do it?',
    text: 'Press what is true for you. Your reminders for this campaign end.',
    recorded: 'Recorded. Thank you.',
    already: 'Already recorded',
    alreadyText: (when: string): string => `You told us on ${when}. Nothing more to do.`,
    alreadyPlain: 'You told us before. Nothing more to do.',
    after: 'Your reminders for this campaign have ended. Your coalition counts you.',
    evidence: {
      said: 'We take your word for it.',
      tracking_number: 'We have your tracking number.',
      seen_on_docket: 'Your comment is posted on the docket.',
    },
    moreTitle: 'If you like',
    tracking: 'Tracking number',
    trackingHint:
      'The form showed it after you sent your comment. It looks like l2z-02tq-bsbu. We keep it encrypted and show it to nobody; it lets us see when your comment is posted.',
    trackingError:
      'This is not a tracking number as we know them. It looks like l2z-02tq-bsbu. You can also leave it empty.',
    trackingTaken:
      'Somebody has given this number already. Each comment has its own: check yours, or leave it empty.',
    tell: 'Tell me the result',
    save: 'Save',
    saved: 'Saved.',
    undoTitle: 'Pressed by mistake?',
    undoText: 'Take it back, and the reminders that are still ahead go on.',
    undo: 'Take it back',
    takenBack: 'Taken back',
    takenBackText: 'We deleted your answer. The reminders that are still ahead go on.',
    guide: 'Show me how to do it',
  },

  missed: {
    title: 'Did you do it?',
    text: 'The date has passed. One press tells us how it went, and we stop asking.',
    no: 'No, not this time',
    tried: 'I tried, and it failed',
    thanks: { no: 'Thank you for telling us', tried: 'Thank you for trying' },
    noted: 'We don’t ask again. Your answer helps us do better next time.',
    why: { no: 'What kept you?', tried: 'What went wrong?' },
    whyText: 'One press, if you like. Nobody sees it beside your name.',
    because: {
      no_time: 'I had no time',
      unsure: 'I didn’t know what to write',
      public: 'I didn’t want it to be public',
      forgot: 'I forgot',
      closed: 'The form was already closed',
      site: 'The website gave an error',
      not_found: 'I couldn’t find the form',
      refused: 'The form didn’t take what I wrote',
      other: 'Something else',
    },
    becauseNoted: (reason: string): string => `Noted: ${reason}.`,
    didAfterAll: 'You did do it?',
    result: 'How it turned out',
    resultAll: {
      regulatory_comment: (n: number): string => `At least ${people(n)} filed a comment.`,
      census_occupation: (n: number): string => `At least ${people(n)} wrote it on their form.`,
      custom: (n: number): string => `At least ${people(n)} did it.`,
    },
    resultOf: (n: number, coalition: string): string => `At least ${number(n)} of them with ${coalition}.`,
  },

  optIn: {
    title: 'Say yes to reminders',
    forContact: (contact: string): string => `Reminders go to ${contact}.`,
    agree: 'What you agree to',
    pending: (what: string): string =>
      `Somebody also told us this for you: ${what}. The button saves it. If that was not you, close this page.`,
    pendingField: {
      name: 'a new name',
      zip: 'a new ZIP code',
      zone: 'a new time zone',
      language: 'another language',
      phone: 'a new phone number',
      nextStep: 'that you want to hear about the next step',
      visible: 'that your coalition’s leaders may see your name',
      outcome: 'that you are done, which ends reminders',
    },
    and: ' and ',
    next: 'After you press, we send only reminders for this campaign. Each message has a way to stop.',
    button: 'Yes, remind me',
    no: 'Didn’t sign up? Do nothing, and we send no reminders.',
    agreed: 'You said yes',
    already: 'You had already said yes',
    agreedText: 'That is all. We write to you in time.',
    coming: 'What comes next',
    comingNone: 'There is no date yet. We write to you on the day it opens.',
    guide: 'Do it right now',
    stop: 'Stop the messages',
  },

  stop: {
    title: 'Stop the messages',
    forContact: (contact: string): string => `Messages go to ${contact}.`,
    allText: 'After this we send nothing more there, for this campaign or any other.',
    all: 'Stop everything',
    campaignText: (campaign: string): string => `Or stop only “${campaign}”, and keep hearing about others.`,
    campaign: 'Stop only this campaign',
    stoppedAll: 'Stopped',
    stoppedAllText: 'We send you nothing more. No further step is needed.',
    stoppedCampaign: 'Stopped for this campaign',
    stoppedCampaignText: (campaign: string): string => `We send you nothing more about “${campaign}”.`,
    backTitle: 'Changed your mind?',
    backEmail: (campaign: string): string => `Press this, and emails about “${campaign}” go on as before.`,
    backEmailBlocked:
      'Email can’t be turned on again from here: a message came back, or was reported as unwanted. Please write to your coalition.',
    backSms: (number: string): string =>
      `Texts can only be started again from your phone: text START to ${number}.`,
    backSmsPlain: 'Texts can only be started again from your phone: reply START to our last text.',
    backSmsSettings: 'Texts come back from your settings: we ask once by text, and you answer YES.',
    settings: 'Go to your settings',
    undo: 'Send me reminders again',
    lifted: 'Reminders are on again',
    liftedText: (campaign: string): string =>
      `We write to your email address about “${campaign}” as planned. You can stop at any time.`,
    textsOff: 'Texts are off',
  },

  preferences: {
    title: 'Your settings',
    saved: 'Saved.',
    channels: 'Where we write to you',
    state: {
      on: 'On',
      asked: 'Waiting for your yes',
      off: 'Off',
      blocked: 'Off. It can’t be turned on from here.',
      start: 'Off, for every campaign',
    },
    turnOn: { email: 'Turn email on', sms: 'Turn texts on' },
    turnOff: { email: 'No email about this campaign', sms: 'No texts about this campaign' },
    stopAll: { email: 'No email about anything', sms: 'No texts about anything' },
    stopAllText: {
      email: 'You can turn email on again here at any time.',
      sms: 'After “no texts about anything”, only START from your phone brings texts back.',
    },
    typedTitle: 'Is this from you?',
    typedText: 'Somebody filled in the signup form with your contact, and typed:',
    typedThen: 'It does nothing until you decide.',
    useTyped: 'It was me: use it',
    dropTyped: 'Throw it away',
    typedUsed: 'Done. We use it from now on.',
    typedDropped: 'Thrown away. Nothing of yours was changed.',
    turnOnText: {
      email: 'Emails go on as soon as you press this.',
      sms: 'We send one text. Answer YES to it.',
    },
    how: 'Language and time',
    language: 'Write to me in',
    zone: 'Time zone',
    zoneHint: 'We write at a decent hour in this zone.',
    save: 'Save settings',
    stopTitle: 'Stop everything',
    stop: 'Go to the stop page',
    dataTitle: 'Your data',
    dataText:
      'To see or delete what we keep, we send a fresh link to your own email or a code to your phone first.',
    data: { email: 'Send me a link by email', sms: 'Send me a code by text' },
    notFound: 'Choose a time zone from the list.',
  },

  later: {
    title: 'Not now?',
    text: { email: 'We can come back to you once, by email:', sms: 'We can come back to you once, by text:' },
    again: 'Or at another time:',
    today: (time: string): string => `Today, ${time}`,
    tonight: (time: string): string => `Tonight, ${time}`,
    tomorrow: (time: string): string => `Tomorrow, ${time}`,
    on: (day: string, time: string): string => `${day}, ${time}`,
    pending: {
      email: (when: string): string => `We remind you by email: ${when}.`,
      sms: (when: string): string => `We remind you by text: ${when}.`,
    },
    undo: 'Don’t remind me then',
    refused: {
      done: 'You are done, so there is nothing to be reminded of.',
      over: 'This campaign is over, so there is nothing to be reminded of.',
      awaiting: 'There is no date yet, so there is nothing to be reminded of.',
      off: 'You have not said yes to email or texts here, so we can’t remind you.',
      late: 'It is too late for a reminder at that time. Nothing was changed.',
    },
  },

  data: {
    mailed: 'Check your email',
    mailedText: (contact: string): string =>
      `We send a fresh link to ${contact}. It works for one hour. Nothing in your data changes until you press a button there.`,
    limit: 'We send at most three of these a day.',
    texted: 'Enter the code',
    textedText: (contact: string): string =>
      `We text a code to ${contact}. It works for 10 minutes; if you asked twice, the latest one counts.`,
    code: 'Code',
    codeHint: '6 digits',
    enter: 'Open my data',
    wrong: 'This is not the code in our latest text. Look again.',
    over: 'This code counts no more: it is too old, or was tried too often. Ask for a new one.',
    again: 'Send me a new code',
    cannot: 'We can’t write there',
    cannotText: {
      email: (contact: string): string =>
        `A message to ${contact} came back, or was reported as unwanted, so we write there no more. Please ask your coalition for your data.`,
      sms: (contact: string): string =>
        `${contact} gets no texts from us, so we can’t send a code. Text START from that phone first, or ask your coalition for your data.`,
    },
    back: 'Back to your settings',
    title: 'Your data',
    lead: 'This is what we keep about you. The copy has all of it, in full.',
    nothing: 'Nothing',
    facts: {
      email: 'Email',
      phone: 'Phone',
      name: 'Name',
      language: 'Language',
      zone: 'Time zone',
      campaigns: 'Campaigns',
      consents: 'What you agreed to, or ended',
      messages: 'Messages planned or sent',
      confirmations: 'What you told us about it',
      texts: 'Texts you sent us',
    },
    entries: (n: number): string => (n === 1 ? '1 entry' : `${number(n)} entries`),
    copyTitle: 'Take a copy',
    copyText: 'A file for any text editor (JSON), with nothing masked. Keep it where only you can read it.',
    copy: 'Download my data',
    deleteTitle: 'Delete it',
    deleteText:
      'Your contacts, your name, what you typed and the texts you sent us are gone at once, in every campaign. All messages end, and all links stop working. This can’t be undone.',
    deleteKept:
      'What stays can’t be read back: a scrambled form of each contact, so that nobody writes there again, and the dates of what you agreed to. You stay counted, without a name.',
    sure: 'Yes, delete everything about me',
    unsure: 'Tick the box first. Nothing was deleted.',
    delete: 'Delete my data',
    deleted: 'Deleted',
    deletedText: 'Nothing here says who you are any more. No further step is needed.',
    deletedShared:
      'If somebody else signed up with the same phone, their own texts go on until that phone sends STOP.',
    deletedAgain: 'If you ever want to come back, just sign up again; it starts anew.',
  },

  /** What to write on a form that asks for an occupation. */
  entry: {
    title: 'What to write on the form',
    lead: 'Two boxes, and the words for them. For the day a form asks what you do.',
    onlyIf:
      'Only if this is your main job. If your main job is another one, write that one: the form asks what is true, and so do we.',
    occupation: 'Main occupation',
    duties: 'Activities or duties',
    characters: (n: number): string => (n === 1 ? '1 character' : `${number(n)} characters`),
    copyOccupation: 'Copy these words',
    copyLine: 'Copy my line',
    copied: 'Copied',
    build: 'What do you do in this job?',
    buildHint: (most: number): string =>
      `Tick what is true for you. We make one line of it, ${number(most)} characters at most. What you tick is not kept.`,
    make: 'Make my line',
    line: 'Your line for the second box',
    ofRoom: (most: number): string => `of ${number(most)} characters`,
    noLine: 'Tick at least one thing to see your line here.',
    left: 'No room for:',
    looks: 'How it looks',
    paper: 'On paper',
    online: 'Online',
    phone: 'By phone',
    asked: 'Who gets asked',
    card: 'A card for your wallet',
    cardText:
      'Print or save it with the words inside, so that they are at hand when a form comes. Folded, its outside says nothing about your job.',
    cardButton: 'Get the card (PDF)',
    answers: 'Three honest answers',
    answersText:
      'You got a form and wrote it in; no form came; or you will if one comes. Say the one that is true. A pledge is counted apart, and “no form came” is as good an answer.',
    signUp: 'Sign up, and tell us',
    onCard: {
      outside: 'Notes for a form',
      unfold: 'Unfold when a form asks',
      blank: 'Your own words, 60 characters at most:',
      onlyIf: 'Only if this is your main job.',
      phone: 'By phone: read it out, and ask to have it written just so.',
      cut: 'Cut along the outer line. Fold the bottom part up, and the top part back.',
    },
  },

  /** How somebody who did it brings colleagues. */
  passOn: {
    title: 'Pass it on',
    text: 'Do you know others who do this work? Here are three ways to bring them. Whoever follows your link sees your coalition’s page, and not who you are.',
    link: 'Your link',
    code: 'Your code, for their phone’s camera',
    qr: 'QR code that leads to your link',
    words: 'Words to paste',
    copyLink: 'Copy my link',
    copyWords: 'Copy the words',
    copied: 'Copied',
    came: (joined: number): string =>
      `At least ${people(joined)} came by your link and said yes to reminders.`,
    did: (done: number): string => `At least ${number(done)} of them are done.`,
    few: 'From 3 people on, you see here how many came by your link. Below that we show nothing, so that nobody can tell who it was.',
    never: 'We never show who they are, and round down to 3, 5, 10, 15 and so on.',
  },

  count: {
    title: (campaign: string): string => `How far we are: ${campaign}`,
    heading: 'How far we are',
    done: {
      regulatory_comment: 'Filed',
      census_occupation: 'Answered',
      custom: 'Done',
    },
    doneLong: {
      regulatory_comment: 'people have filed their comment',
      census_occupation: 'people have written it on their form',
      custom: 'people have done it',
    },
    atLeast: 'at least',
    goal: (reached: string, goal: number): string => `${reached} of ${number(goal)}`,
    goalLabel: 'The road to the goal',
    toGo: (n: number): string => `At most ${number(n)} to go`,
    goalMet: 'The goal is reached. Every further one still counts.',
    pledged: 'Pledged',
    pledgedHint: 'They will write it in if a form comes. We count them apart.',
    signups: 'Signed up',
    rate: 'Rate',
    coalition: 'Coalition',
    table: 'By coalition',
    tableHint: 'Somebody who joined through two coalitions counts in both.',
    few: 'under 10',
    tooFew: 'Too few to show',
    honest:
      'To protect people, we round down to the nearest 5 and show nothing under 10. The real numbers are the same or a little higher.',
    asOf: (moment: string): string => `As of ${moment}`,
    nobody: 'No coalition has joined yet.',
  },

  leader: {
    title: (coalition: string): string => `${coalition}: where we are`,
    signups: 'Signed up',
    optedIn: 'Opted in',
    confirmed: {
      regulatory_comment: 'Filed',
      census_occupation: 'Answered',
      custom: 'Done',
    },
    verified: 'Verified',
    verifiedHint: 'seen on the docket',
    pledged: 'Pledged',
    rate: 'Rate',
    rateHint: 'of those who signed up',
    coalition: 'Coalition',
    table: 'Your coalition and those below it',
    overlap: (n: number): string =>
      n === 1
        ? '1 person joined through more than one coalition. The total counts that person once.'
        : `${number(n)} people joined through more than one coalition. The total counts each of them once.`,
    live: 'The figures renew themselves every 5 seconds.',
    share: 'Your signup link',
    shareHint: 'Everybody who signs up here counts for your coalition.',
    private: 'This page is for you alone. Whoever has its address can see it.',
    asOf: (moment: string): string => `As of ${moment}`,
  },

  accounts: {
    signIn: {
      subject: 'Your link to sign in',
      text: (link: string): string =>
        `Sign in to Drumbeat with this link. It works once, within 15 minutes:\n${link}\n\nIf you did not ask for it, do nothing: nobody can sign in without it.`,
    },
    invitation: {
      subject: (inviter: string): string => `${inviter} invites you to Drumbeat`,
      text: (
        inviter: string,
        role: 'administrator' | 'organizer' | 'leader',
        coalition: string | null,
        link: string,
      ): string =>
        `${inviter} invites you to ${{ leader: `lead ${coalition}`, organizer: 'organize campaigns', administrator: 'administer everything' }[role]} with Drumbeat. Accept with this link, which works once, within 7 days:\n${link}\n\nIf you did not expect this, do nothing.`,
    },
    factors: {
      subject: 'How you sign in to Drumbeat was changed',
      codesOn: 'From now on you are asked for a code of your app when you sign in.',
      codesOff: 'You are no longer asked for a code of your app when you sign in.',
      backupCodesRenewed: 'You have new backup codes. The older ones no longer work.',
      backupCodeUsed: (left: number): string =>
        `One of your backup codes was used. You have ${left === 1 ? '1 left' : `${number(left)} left`}.`,
      passkeyAdded: (name: string): string => `The passkey “${name}” was added to your account.`,
      passkeyRemoved: (name: string): string => `The passkey “${name}” was taken off your account.`,
      text: (changed: string, account: string): string =>
        `${changed}\n\nIf that was you, there is nothing to do.\n\nIf it was not: open your account, sign out everywhere, take away what you do not know, and tell an administrator at once.\n${account}`,
      reset: (by: string, account: string): string =>
        `${by} took your codes and passkeys off your account, and you are signed out everywhere. Sign in with a mailed link, then set up new ones:\n${account}\n\nIf you did not ask for this, tell another administrator at once.`,
    },
  },

  /** What organizers are mailed about a docket that is watched. */
  docket: {
    opening: {
      title: 'The document has a date now',
      text: (dates: string) =>
        `Comments close on ${dates}. Accept the date, and everybody who waits hears that it is open.`,
    },
    extension: {
      title: 'The comment period was extended',
      text: (dates: string, kept: string) =>
        `Comments now close on ${dates}; your campaign still says ${kept}. Look at what would move, then apply it or leave it.`,
    },
    correction: {
      title: 'The comment period ends earlier',
      text: (dates: string, kept: string) =>
        `Comments now close on ${dates}; your campaign still says ${kept}. Look at it soon: people may come too late.`,
    },
    conflict: {
      title: 'Two official sources name different dates',
      text: (dates: string, kept: string) =>
        `Your campaign keeps its date, ${kept}. It is also said that comments close on ${dates}. Read the notice, then choose.`,
    },
    applied: {
      title: 'The deadline moved by itself',
      text: (dates: string, kept: string) =>
        `Both official sources say that comments close on ${dates}, not on ${kept}. Your campaign follows, and so do its reminders.`,
    },
    withdrawn: {
      title: 'The document was withdrawn',
      text: () =>
        'The agency took it back, so the campaign is paused and nobody is sent to the form. Look at what the agency says, then let it go on or close it.',
    },
    candidates: {
      title: 'This may be the document you wait for',
      text: (count: string) =>
        `The Federal Register has published what you look for (${count}). Read it; if it is the one, accept it and the campaign opens.`,
    },
  },

  /** What organizers are mailed about a campaign that paused by itself. */
  paused: {
    complaints: {
      title: 'It paused by itself: people marked our mail as spam',
      text: 'More than 3 in 1,000 did so within a day, and mail hosts may soon refuse everything we send. Look at who was written to and at the words, then resume.',
    },
    filtered: {
      title: 'It paused by itself: carriers filter the texts',
      text: 'More than 1 text in 20 was held back as unwanted within a day. Look at the words and links, and at the sender’s registration, then resume.',
    },
  },

  /** Texts from people that somebody reads. */
  texts: {
    title: 'Texts from people',
    urgent: {
      tag: 'Needs you now',
      hint: 'Somebody may be in danger. Our answer says to call or text 988. Call them yourself if you can.',
      subject: 'A text needs you now',
      text: (campaign: string, url: string): string =>
        `Somebody sent a text about “${campaign}” that should not wait. Please read it now:\n${url}`,
    },
    from: (phone: string, name: string | null): string => (name ? `${name}, ${phone}` : phone),
    media: (n: number): string => (n === 1 ? 'and 1 picture or file' : `and ${number(n)} pictures or files`),
    noWords: 'No words',
    hidden: 'A code in a box, such as U+202E, stands for a character that nobody can see.',
    answered: 'Answered automatically',
    unanswered: 'Not answered',
    read: 'Read',
    leaderHint: 'From people who agreed that you see their name.',
  },

  problem: {
    400: {
      title: 'We could not read that',
      what: 'Something in the address or the form was not as we expect it.',
      kept: 'Nothing was changed, and nothing was lost.',
      next: 'Go back, check what you typed, and try again.',
    },
    401: {
      title: 'Please sign in',
      what: 'This page is for organizers, and you are not signed in.',
      kept: 'Nothing was lost.',
      next: 'Sign in, then open the page again.',
    },
    403: {
      title: 'This page is not open to you',
      what: 'You are signed in, but this belongs to another team.',
      kept: 'Nothing was changed.',
      next: 'Ask whoever gave you the link.',
    },
    second_factor: {
      title: 'A second factor is needed here',
      what: 'You are signed in by a link alone, and your team asks for more.',
      kept: 'Nothing was changed.',
      next: 'Open the console. It leads you to set one up, or to sign in with the one that you have.',
    },
    404: {
      title: 'There is no such page',
      what: 'The address may have lost a few letters on its way to you.',
      kept: 'Whatever you signed up for is still there.',
      next: 'Open the link from your message again, all of it.',
    },
    409: {
      title: 'This is over',
      what: 'The campaign takes nothing more of this kind now.',
      kept: 'What you told us before is still counted.',
      next: 'Open your coalition’s page to see what comes next.',
    },
    410: {
      title: 'This link has ended',
      what: 'Links stop working 30 days after a campaign closes, or when a newer one takes their place.',
      kept: 'What you told us before is still counted.',
      next: 'Use the link in the latest message from your coalition.',
    },
    413: {
      title: 'That was too long',
      what: 'One of the fields holds more than we take at once.',
      kept: 'Nothing was changed, and nothing was lost.',
      next: 'Go back, shorten what you typed, and try again.',
    },
    429: {
      title: 'Too many tries',
      what: 'There were more tries from here than we can take at once.',
      kept: 'Nothing was lost. What you did before is saved.',
      next: 'Wait a few minutes, then try again.',
    },
    500: {
      title: 'We made a mistake',
      what: 'Something broke on our side. It was not you.',
      kept: 'What was saved before is safe. Your last press may not have counted.',
      next: 'Try again in a minute. Pressing twice does no harm.',
    },
    signIn: 'Sign in',
    onward: 'Go on from here',
    reference: (id: string): string => `If you write to us about it, give this number: ${id}`,
  },

  privacy: {
    title: 'Privacy and consumer health data',
    lead: 'What we keep about you, why, for how long, who sees it, and how to get it back or gone. Short, because it is little.',
    sections: [
      {
        title: 'Why this counts as health data',
        text: [
          'Joining a coalition of this kind may say something about your own health. Some state laws, such as Washington’s My Health My Data Act, protect that. We treat everything here with that care, wherever you live.',
        ],
      },
      {
        title: 'What we keep',
        text: [
          'Your email address, your phone number or both. Your name, if you give it. Your ZIP code or time zone, your language, and the coalition through which you joined.',
          'What you agreed to: the exact words, when and on which page, with the internet address and browser that were used. The law asks for this proof.',
          'Which messages we sent, and whether you told us that you are done. A tracking number, if you give it. Texts that you send us.',
          'Whose link you came by, if a colleague sent it, until one of you is deleted here. They see at most a rounded number, and never who.',
          'Never a diagnosis. Never the text of your comment.',
        ],
      },
      {
        title: 'What we use it for',
        text: [
          'To remind you in time, and to count how many people took part. For nothing else. We sell nothing, and we show no advertising.',
        ],
      },
      {
        title: 'Who sees it',
        text: [
          'The organizers of your campaign. The companies that carry our mail and texts see the address or number and the message.',
          'Your coalition’s leaders see numbers only. They see your name, whether you did it and what you text back only if you ticked the box for it. They never see your tracking number.',
          'The public sees rounded numbers, and none under 10.',
          'Anybody else only with a separate yes from you first.',
        ],
      },
      {
        title: 'For how long',
        text: [
          '90 days after a campaign closes we delete how to reach you, unless you asked to hear about the next step.',
          'Texts that you send us go after 90 days. Reports from mail and text carriers go after 30 days.',
          'The proof of what you agreed to stays for 5 years. After a deletion, only a scrambled form of your address stays in it: it shows that we must not write to you, and it can’t be read back.',
        ],
      },
      {
        title: 'How it is kept',
        text: [
          'Encrypted. Links hold no personal data. These pages set no cookies for you, and load nothing from other companies.',
          'Staff sign in by a mailed link or a passkey, with a second step where their team asks for one. Their console keeps a cookie while they are signed in, and writes down who changed or exported what.',
        ],
      },
      {
        title: 'See it, get it, delete it',
        text: [
          'Open “Your settings” from any message we sent you. We send a fresh link to your email, or a code to your phone, so that nobody else can do it. Then you can see everything, take a copy, or delete it.',
          'You can stop all messages with one press, or by texting STOP. You don’t need to give a reason.',
        ],
      },
    ],
    contact: 'Questions, or a request refused',
    contactText: (operator: string): string => `This service is run by ${operator}.`,
    writeTo: 'Write to',
    appeal:
      'If we refuse a request, you can ask us to look again. After that you can write to the attorney general of your state.',
    noContact: 'Ask the coalition through which you joined.',
  },
};

/** The words of every page, in one language. */
export type PageWords = typeof pages;
