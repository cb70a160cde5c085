/** What is said about shares that wait, and about links made by this computer instead. */
export const outbox = {
  stillWorkingTitle: 'Still sharing',
  stillWorking: '{what}: waiting for the service. Sharing continues in the background.',
  stillUploading: '{what}: the service is still storing it. Sharing continues in the background.',
  waitsSending: 'Sending…',
  waitsPlain: '{reason} · stored unencrypted',
  waitsKept: 'It’s saved and will be sent automatically.',
  waitsHeld: 'It’s saved until you decide.',
  revokeKept: 'It will be revoked automatically as soon as possible.',
  lateTitle: 'Link ready',
  lateCopied: '{what}: {title}. The link is on your clipboard now.',
  late: '{what}: {title}. Click to copy the link.',
  lateMany: {
    one: '{count} pending link is ready.',
    other: '{count} pending links are ready.',
  },
  lateRevoked: '{what} can no longer be opened.',
  menuWaiting: { one: '{count} pending share', other: '{count} pending shares' },
  tipWaiting: {
    one: 'Linkify Tray – {count} pending share',
    other: 'Linkify Tray – {count} pending shares',
  },

  insteadTitle: 'Link copied (from this computer)',
  instead: '{what}: {title}. {service} wasn’t available, so it was shared from this computer.',
  fallbackTitle: 'Share from this computer instead?',
  fallbackAsk:
    '{service} can’t create the link right now. Share from this computer, or wait and it will be sent later.',
  fallbackNow: 'Share from this computer',
  fallbackAlways: 'Always when {service} isn’t available',
  fallbackNever: 'Always wait',
  fallbackNotYet: 'Wait',

  fileChangedTitle: 'File changed',
  fileChanged: '“{name}” changed after you shared it. Send the current version, or discard it.',
  waitedLongTitle: 'Still pending',
  waitedLong: '{what} couldn’t be sent for a week. Send it now, or discard it.',
  interruptedTitle: 'Share didn’t finish',
  interrupted: '{what} wasn’t shared because Linkify Tray quit. Share it again.',
  interruptedAsked:
    '{what} wasn’t shared because Linkify Tray quit before you answered. Share it again.',
  notWaitingTitle: 'No longer pending',
  notWaiting: 'It was already sent or discarded.',
  outboxUnreadableTitle: 'Couldn’t read pending shares',
  outboxUnreadable: {
    one: '{count} pending share can’t be read. Its files were left in place.',
    other: '{count} pending shares can’t be read. Their files were left in place.',
  },
  outboxNotSavedTitle: 'Couldn’t save a pending share',
} as const;
