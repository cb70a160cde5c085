/** No space, over the user's quota of the file system, or over a limit of the size of files. */
const CODE = /^(ENOSPC|EDQUOT|EFBIG)$/;

/** What LevelDB says for the same: it passes on the system's text (strerror(3)) and no code. */
const TEXT = /No space left on device|Disk quota exceeded|File too large/;

/** Whether an error, or a cause of it, says that something could not be stored for lack of space. */
export function isNoSpace(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (CODE.test('code' in cause ? String(cause.code) : '') || TEXT.test(cause.message))
      return true;
  }
  return false;
}
