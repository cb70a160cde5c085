/** What is said about shares that wait, and about links made by this computer instead. */
export const outbox = {
  stillWorkingTitle: 'Still sharing',
  stillWorking: '{what} · Waiting for the service. Sharing continues in the background.',
  stillUploading: '{what} · The service is still storing it. Sharing continues in the background.',
  pendingSending: 'Sending…',
  pendingUnencrypted: '{reason} · stored unencrypted',
  pendingAutomatic: 'Your share is saved and will be sent automatically.',
  pendingNeedsDecision: 'Your share is saved until you decide.',
  revokePending: 'The link will be revoked automatically as soon as possible.',
  pendingReadyTitle: 'Link ready',
  pendingReadyCopied: '{title} · {what}. The link is on your clipboard.',
  pendingReady: '{title} · {what}. Click to copy the link.',
  pendingReadyMany: {
    one: '{count} pending link is ready.',
    other: '{count} pending links are ready.',
  },
  menuPending: { one: '{count} pending share', other: '{count} pending shares' },
  tipPending: {
    one: 'Linkify Tray – {count} pending share',
    other: 'Linkify Tray – {count} pending shares',
  },

  fallbackSharedTitle: 'Link copied (from this computer)',
  serviceUnavailable: '{service} wasn’t available',
  fallbackTitle: 'Share from this computer instead?',
  fallbackAsk:
    '{service} can’t create the link right now. Share from this computer, or wait to send it later.',
  fallbackNow: 'Share from this computer',
  fallbackWait: 'Wait',
  fallbackRemember: 'Always use this computer then (changes Settings)',

  fileChangedTitle: 'File changed',
  fileChanged: '“{name}” changed after you shared it. Send the current version, or discard it.',
  pendingExpiredTitle: 'Still pending',
  pendingExpired: '{what} couldn’t be sent for a week. Send it now, or discard it.',
  interruptedTitle: 'Share didn’t finish',
  interrupted: '{what} wasn’t shared because Linkify Tray quit. Share it again.',
  interruptedAsked:
    '{what} wasn’t shared because Linkify Tray quit before you answered. Share it again.',
  notPendingTitle: 'No longer pending',
  notPending: 'This share was already sent or discarded.',
  outboxUnreadableTitle: 'Couldn’t read pending shares',
  outboxUnreadable: {
    one: '{count} pending share can’t be read. Its files were left in place.',
    other: '{count} pending shares can’t be read. Their files were left in place.',
  },
  outboxNotSavedTitle: 'Couldn’t save a pending share',
} as const;
