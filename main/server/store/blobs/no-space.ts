/**
 * No space, over the user's quota of the file system, or over a limit of the size of files; 53100 is
 * PostgreSQL's `disk_full`.
 */
const CODE = /^(ENOSPC|EDQUOT|EFBIG|53100)$/;

/** SQLITE_FULL, https://sqlite.org/rescode.html */
const SQLITE_FULL = 13;

/** Whether an error, or a cause of it, says that something could not be stored for lack of space. */
export function isNoSpace(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && CODE.test(String(cause.code))) return true;
    if ('errcode' in cause && cause.errcode === SQLITE_FULL) return true;
  }
  return false;
}
