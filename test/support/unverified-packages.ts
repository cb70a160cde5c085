interface Lock {
  readonly packages: Readonly<
    Record<
      string,
      { readonly integrity?: string; readonly link?: boolean; readonly os?: readonly string[] }
    >
  >;
}

/** The packages of a lock file that npm would install without comparing them with a SHA-512. */
export function unverifiedPackages(
  lock: Lock,
): readonly { readonly path: string; readonly os?: readonly string[] }[] {
  return Object.entries(lock.packages)
    .filter(([path, { integrity = '', link }]) => {
      const isFetched = path !== '' && link !== true;
      return isFetched && !/^sha512-[A-Za-z\d+/]{86}==$/.test(integrity);
    })
    .map(([path, { os }]) => ({ path, ...(os === undefined ? {} : { os }) }));
}
