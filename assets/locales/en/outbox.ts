/** What is said about shares that wait, and about links made by this computer instead. */
export const outbox = {
  stillWorkingTitle: 'Still sharing',
  stillWorking: '{what}: the service has not answered yet. It goes on by itself.',
  stillUploading: '{what}: the service has not stored everything yet. It goes on by itself.',
  waitsSending: 'Being sent',
  waitsPlain: '{reason} (stored unencrypted)',
  waitsKept: 'It is kept, and goes out by itself.',
  waitsHeld: 'It is kept until you decide.',
  revokeKept: 'It will be revoked by itself as soon as that works.',
  lateTitle: 'Link ready',
  lateCopied: '{what}: {title}. It waited, and is on the clipboard now.',
  late: '{what}: {title}. It waited, and is made now. Click to copy the link.',
  lateMany: {
    one: '{count} link that waited is ready.',
    other: '{count} links that waited are ready.',
  },
  lateRevoked: '{what} can no longer be opened.',
  menuWaiting: { one: '{count} share waits', other: '{count} shares wait' },
  tipWaiting: {
    one: 'Linkify Tray: {count} share waits',
    other: 'Linkify Tray: {count} shares wait',
  },

  insteadTitle: 'Link copied, made by this computer',
  instead: '{what}: {title}. {service} could not make it, so this computer did.',
  fallbackTitle: 'Use this computer instead?',
  fallbackAsk:
    '{service} can’t make the link now. It is kept and goes out later; this computer can make one at once.',
  fallbackNow: 'Use this computer just now',
  fallbackAlways: 'Always, when {service} can’t',
  fallbackNever: 'Never, always wait',
  fallbackNotYet: 'Wait this time',

  fileChangedTitle: 'A file has changed',
  fileChanged:
    '“{name}” is no longer what it was when you shared it. Send it as it is now, or discard it.',
  waitedLongTitle: 'Still waiting',
  waitedLong: '{what} could not be sent for a week. Send it now to keep it, or discard it.',
  interruptedTitle: 'Share didn’t finish',
  interrupted: '{what} wasn’t shared because Linkify Tray quit. Share it again.',
  interruptedAsked:
    '{what} wasn’t shared because Linkify Tray quit before you answered. Share it again.',
  notWaitingTitle: 'No longer waiting',
  notWaiting: 'That share is no longer kept: it was sent or discarded.',
  outboxUnreadableTitle: 'Some waiting shares could not be read',
  outboxUnreadable: {
    one: '{count} share that waited cannot be decrypted or is damaged. Its files were left where they are.',
    other:
      '{count} shares that waited cannot be decrypted or are damaged. Their files were left where they are.',
  },
  outboxNotSavedTitle: 'A share could not be kept',
} as const;
