/** Ways in, one's own account, and who else has one. */
export const accounts = {
  signIn: {
    title: 'Sign in',
    lede: 'We mail you a link. No password to remember.',
    email: 'Your email address',
    button: 'Mail me the link',
    sentTitle: 'Look into your mail',
    sent: (email: string) =>
      `If ${email} has an account, a link is on its way. It works once, within 15 minutes. Nothing there? Look in spam, or check the address.`,
    again: 'Use another address',
  },
  link: {
    title: 'Sign in with this link',
    lede: 'One press and you are in. You stay signed in on this device for seven days, or until you sign out.',
    button: 'Sign in',
    endedTitle: 'This link has ended',
    ended: 'It was used already, or it is older than 15 minutes.',
    new: 'Ask for a new link',
  },
  invitation: {
    title: 'Welcome to Drumbeat',
    lede: (inviter: string, coalition: string | null, role: 'administrator' | 'organizer' | 'leader') =>
      role === 'leader'
        ? `${inviter} invites you to lead ${coalition ?? ''}.`
        : role === 'organizer'
          ? `${inviter} invites you to organize campaigns.`
          : `${inviter} invites you as an administrator.`,
    address: (email: string) => `Links to sign in will go to ${email}.`,
    name: 'Your name',
    nameHint: 'Others on the team see it.',
    language: 'Your language',
    button: 'Accept',
    endedTitle: 'This invitation has ended',
    ended:
      'It was accepted already, taken back, or is older than seven days. Ask whoever invited you for another.',
    toSignIn: 'Sign in',
  },
  account: {
    title: 'My account',
    save: 'Save',
    sessions: 'Where you are signed in',
    current: 'This device',
    unknownDevice: 'A device',
    since: (moment: string) => `since ${moment}`,
    end: 'Sign out there',
    everywhere: 'Sign out everywhere',
    everywhereAsk: 'You are signed out on every device, this one too.',
  },
  people: {
    title: 'People',
    invite: 'Invite somebody',
    inviteTitle: 'Invite somebody',
    email: 'Their email address',
    role: 'What they will be',
    coalition: 'Their coalition',
    language: 'The invitation’s language',
    send: 'Mail the invitation',
    sent: (email: string) => `The invitation to ${email} is on its way.`,
    open: 'Invited, not here yet',
    invitedBy: (who: string, until: string) => `Invited by ${who}, open until ${until}`,
    takeBack: 'Take back',
    takenBack: 'The invitation was taken back.',
    remove: 'Remove',
    removeTitle: (name: string) => `Remove ${name}?`,
    removeText: 'They are signed out everywhere at once and cannot come back without a new invitation.',
    removed: (name: string) => `${name} was removed.`,
    you: 'you',
    search: 'Find a person',
    none: 'Nobody of that name or address.',
  },
};
