/** English: the shape that every other language must fill. Values hold Liquid; bodies of mails hold Markdown too. */
export const en = {
  frame: {
    ask: '{{ deed | capitalize }}',
    by: 'By {{ deadline }}',
    /** In a later round, in place of `by`. */
    extended: 'The deadline was extended to {{ deadline }}',
    extendedSms: '{% if extended %}Extended to {{ deadlineShort }}. {% endif %}',
    eastern: "(that's {{ deadlineEastern }})",
    reason: {
      asked: 'You get this because you asked {{ coalition }} for reminders about "{{ campaign }}".',
      typed:
        "You get this because somebody gave this address to {{ coalition }} for reminders. If that wasn't you, do nothing: we write three times at most.",
      acted:
        'You get this because this address was signed up for "{{ campaign }}" with {{ coalition }}. If that was not you, do nothing.',
      invited: 'You get this because you asked {{ coalition }} to tell you about the next step.',
      result:
        'You get this because you asked {{ coalition }} to tell you how "{{ campaign }}" turned out. It is the only one.',
      owner:
        "You get this because it was asked for on your page with {{ coalition }}. If that wasn't you, do nothing: nothing changes.",
    },
    stop: 'Stop these messages',
    preferences: 'Choose what you get',
    address: '{{ coalition }}, {{ postalAddress }}',
    steps: 'Show me the steps',
    done: 'I did it',
    alreadyDone: 'Already did it? Tell us',
  },
  system: {
    welcome: {
      subject: 'Do you want reminders?',
      body: `Press the button and we'll remind you in time. Without it, no reminders.

Want to do it now? [Here are the steps]({{ guideUrl }}).

Done already? [I did it]({{ doneUrl }}). Then you won't hear about it again.`,
      button: 'Yes, remind me',
    },
    nudge: {
      subject: 'Shall we remind you?',
      body: `You haven't told us yet whether you want reminders. One press is enough. If you'd rather not, do nothing.

Want to do it now? [Here are the steps]({{ guideUrl }}).

Done already? [I did it]({{ doneUrl }}).`,
      button: 'Yes, remind me',
    },
    smsOptIn: {
      sms: '{{ shortName }}: this number was entered for text reminders to {{ deed }}. Up to 8 texts. Msg & data rates may apply. Reply YES to get reminders, STOP to stop, HELP for help.',
    },
    lastCall: {
      subject: 'Due {{ deadline }}',
      body: `There's still time. The steps are on one page; open them and start.`,
      sms: '{{ shortName }}: last call to {{ deed }}, due {{ deadlineShort }}. Steps: {{ guideUrl }} Reply DONE when you did it, STOP to end',
    },
    snooze: {
      subject: 'The reminder you asked for',
      body: `You asked us to come back to you about this. The steps are ready when you are.`,
      sms: '{{ shortName }}: the reminder you asked for: {{ deed }} by {{ deadlineShort }}. {{ guideUrl }} Reply DONE when you did it, STOP to end',
    },
    ended: {
      subject: 'This one is over',
      body: `The date for this has passed, so there is nothing left to do now. Thank you for coming.

Did it in time? [Tell us]({{ doneUrl }}) and you're counted.

There may be a next step. The button opens a page where you can ask to hear of it.`,
      button: 'Tell me about the next step',
      sms: '{{ shortName }}: the date for this has passed, thank you for coming. To hear of a next step: {{ preferencesUrl }} STOP to end',
    },
    result: {
      subject: 'How it turned out',
      body: `The date has passed, and you asked to hear how it turned out.

{% if resultTotal %}**At least {{ resultTotal }} people did it{% if resultCoalition %}, {{ resultCoalition }} of them with {{ coalition }}{% endif %}.** {% endif %}Thank you for your part in it.

There may be a next step. The button opens a page where you can ask to hear of it.`,
      button: 'Tell me about the next step',
    },
    opened: {
      subject: 'It is open now, until {{ deadline }}',
      body: `You asked to know when this opens. It's open, and the steps are ready.`,
      sms: '{{ shortName }}: it is open. {{ deed | capitalize }} by {{ deadlineShort }}: {{ guideUrl }} Reply DONE when you did it, STOP to end',
    },
    moved: {
      subject: 'The date is now {{ deadline }}',
      body: `The date was moved. What's asked is the same, and so are the steps.`,
      sms: '{{ shortName }}: the date moved. {{ deed | capitalize }} by {{ deadlineShort }}: {{ guideUrl }} Reply DONE when you did it, STOP to end',
    },
    invitation: {
      subject: 'The next step you asked to hear of',
      body: `You asked us to tell you when there is a next step. This is it.

Press the button and you're in: we'll remind you in time. If you don't, nothing happens, and we won't write about it again.`,
      button: 'Join',
    },
    data: {
      subject: 'The link you asked for',
      body: `You asked to see or delete what we keep about you. The button opens that page; it works for a short time.

Nothing is deleted until you press a button there.`,
      button: 'See or delete my data',
      sms: "{{ shortName }}: your code is {{ code }}. It lets you see or delete your data. If you didn't ask for it, do nothing.",
    },
  },
  reply: {
    optedIn:
      "{{ shortName }}: you're in. We'll remind you to {{ deed }}{% if deadlineShort %} by {{ deadlineShort }}{% endif %}. Steps: {{ guideUrl }} DONE when you did it, STOP to end",
    stopped: "{{ shortName }}: that's the last text from us. If you want them again, reply START.",
    started: '{{ shortName }}: texts are on again. Reply STOP to end, HELP for help.',
    help: '{{ shortName }}: reminders to {{ deed }}. Help: {{ contact }}. Msg & data rates may apply. Reply STOP to end.',
    done: "{{ shortName }}: thank you, you're counted. No more reminders about this. Not right? {{ doneUrl }}",
    alreadyDone: "{{ shortName }}: you're already counted. Nothing more to do, thank you.",
    whichOne: '{{ shortName }}: thank you. Which one did you do? If it was to {{ deed }}: {{ doneUrl }}',
    other:
      'Nobody reads this right away. {% if contact %}Help: {{ contact }}. {% endif %}In a crisis call or text 988.',
  },
  /** What every campaign avoids on a lock screen; a campaign adds its own. */
  avoidWords: [
    'peer',
    'mental',
    'recovery',
    'recovering',
    'psych',
    'addict',
    'substance',
    'sober',
    'illness',
    'disorder',
    'diagnos',
    'therapy',
    'patient',
  ],
};

export type Messages = typeof en;
