const minutesOf = (seconds: number): string => {
  const minutes = Math.ceil(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
};

/** What one person gets, and when. */
export const rehearsal = {
  title: 'Rehearsal',
  press: 'Rehearse',
  lede: 'Every message that one person gets: when, how, and in which words. Nothing is sent to anybody.',
  see: 'See every message as one person gets it',
  person: 'Who gets it',
  zip: 'ZIP code',
  zipHint: 'Where this person is: their time zone and state.',
  badZip: 'This is no ZIP code. Type five digits, such as 97201.',
  zone: 'Time zone',
  zoneOfPlace: 'Of the ZIP code or coalition',
  state: 'State',
  stateHint: 'These narrow the hours for texts by law.',
  stateOfZip: 'Of the ZIP code',
  coalition: 'Joined through',
  language: 'Language',
  channels: 'Reached by',
  channel: { both: 'Email and text', email: 'Email only', sms: 'Text only' },
  joined: 'Signed up',
  joinedAt: {
    launch: 'At the launch',
    now: 'Now',
    '72': 'Three days before the deadline',
    '24': 'One day before the deadline',
    '5': 'Five hours before the deadline',
  },
  coming: (n: number, zone: string): string =>
    `${n === 1 ? 'One message' : `${n} messages`}, in ${zone.endsWith(' time') ? zone : `${zone} time`}`,
  hours: (state: string): string =>
    state === '*' ? 'Texts keep to the usual hours.' : `Texts keep to the hours of ${state}.`,
  none: 'The ladder has no reminder on these channels.',
  noDate: 'There is no deadline yet. Set one, and every message shows up here.',
  setDate: 'Set the deadline',
  lastCall: 'Last call',
  moved: (planned: string): string => `Planned for ${planned}; moved to a decent hour.`,
  read: 'Read the email',
  readOf: (name: string): string => `Read the email: ${name}`,
  segments: (n: number, cents: string): string =>
    `${n === 1 ? '1 segment' : `${n} segments`}, ${cents} ¢ for each person`,
  crowd: (n: number, people: string, seconds: number): string =>
    `${n === 1 ? 'For one person' : `For ${people} people`} it takes ${seconds < 60 ? 'under a minute' : minutesOf(seconds)}`,
  inTime: (crowd: string, ends: string, expires: string): string =>
    `${crowd}; it ends ${ends}, before it expires ${expires}.`,
  early: (crowd: string, starts: string, expires: string): string =>
    `${crowd}; to end before it expires ${expires}, it starts ${starts}.`,
  tooSlow: (crowd: string, expires: string): string =>
    `${crowd}; it cannot end before it expires ${expires}.`,
  why: {
    no_window: 'Not sent: no decent hour is left before the deadline.',
    before_signup: 'Not sent: it lies before this person signed up, or too soon after.',
    superseded: 'Not sent: the next message follows too closely.',
    too_late: 'Not sent: this person signed up too late for it.',
    moved_past: 'Not sent: the deadline moved, and a later message takes its place.',
  } as Record<string, string>,
  send: 'Send it to yourself',
  sendHint: 'All of them come at once, each marked as a rehearsal, to you alone. They count nowhere.',
  email: 'My email',
  badEmail: 'This is no email address. Check it for typing mistakes.',
  phone: 'My phone',
  badPhone: 'This number takes no texts. Type a mobile number, such as 503 555 0100.',
  sendToMe: 'Send it to me',
  sent: (n: number): string =>
    n === 1 ? 'One message is on its way to you.' : `${n} messages are on their way to you.`,
};
