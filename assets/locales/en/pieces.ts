/** About Pieces OS: how it is, and what it asks for. */
export const pieces = {
  doUseName: 'Use “{name}”',
  doGetPieces: 'Get Pieces OS',
  piecesIs: 'Pieces OS: {detail}',
  piecesLooking: 'Looking for it',
  piecesNotRunning: 'Not running',
  piecesUnproven: 'Run by another user',
  piecesNotAnswering: 'Gives no usable answer',
  piecesSignedOut: 'Nobody is signed in',
  piecesCloudOff: 'Cloud not connected',
  piecesCloudStarting: 'Cloud is starting',
  piecesOutOfDate: 'Too old for links',
  unprovenTitle: 'Pieces OS of another user',
  unproven:
    'Another user of this computer answers as Pieces OS. Nothing is sent there until you decide.',
  unprovenAsk:
    'User {uid} of this computer answers as Pieces OS on port {port}. Nothing was sent there. Use it only if you started it under another account.',
  unprovenAskUnknown:
    'Something answers as Pieces OS on port {port}, and the system does not say whose it is. Nothing was sent there. Use it if you run Pieces OS.',
  foreignTitle: 'Server of another user',
  foreign: 'Another user’s app answers at your server’s address. Nothing was sent to it.',
  foreignAsk:
    'An app of user {uid} answers at your server’s port {port}. Nothing was sent to it. Use it only if you started it under another account.',
  foreignAskUnknown:
    'Something answers at your server’s port {port}, and the system doesn’t say whose it is. Nothing was sent to it. Use it only if you know it.',
  unprovenYes: 'Use it',
  unprovenNo: 'Don’t use it',
  doStopWaiting: 'Cancel',
  waitSince: '{what} ({time})',
  waitPercent: '{what} ({percent})',
  waitSignIn: 'Sign in, in your browser',
  waitCloud: 'Connecting the cloud',
  waitGitHub: 'Connect GitHub, in your browser',
  waitStart: 'Starting Pieces OS',
  waitUpdate: 'Updating Pieces OS',
  updateFoundTitle: 'Update of Pieces OS',
  updateUnknown:
    'Pieces OS does not say whether there is an update. Look in Pieces itself, or use the built-in service.',
  updateNone: 'There is no newer Pieces OS yet. Use the built-in service meanwhile.',
  updateGoesOn: 'Pieces OS is still downloading its update. Check again in a moment.',
  updateReady: 'The update is downloaded. Restart Pieces OS, then try again.',
  updateReinstall: 'This Pieces OS cannot update itself. Install it anew from pieces.app.',
  updateSupport:
    'Pieces OS cannot update itself and asks you to contact its support. Use the built-in service meanwhile.',
  menuTest: 'Test link',
  stillOpensTitle: 'A revoked link still opens',
  stillOpens:
    '{title} was revoked, but its link still opens. Revoke it again, or ask whoever runs the service.',
  testedOpensTitle: 'The link opens',
  testedOpens: '{title} can be opened by whoever has the link.',
  testedDeadTitle: 'The link does not open',
  testedDead: 'The service says that {title} is gone. Share it again.',
  testedUnknownTitle: 'The link could not be tested',
  testedUnknown: '{title} gave no clear answer from here. Open it to see for yourself.',
  itemsDeleted: {
    one: '{count} item was deleted there.',
    other: '{count} items were deleted there.',
  },
} as const;
