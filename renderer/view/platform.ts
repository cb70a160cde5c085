export type Platform = 'mac' | 'windows' | 'linux';

/** Which keyboard the user has in front of them, as the user agent tells. */
export function platformOf(userAgent: string): Platform {
  if (userAgent.includes('Macintosh')) return 'mac';
  if (userAgent.includes('Windows')) return 'windows';
  return 'linux';
}
