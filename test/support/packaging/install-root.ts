import type { DebianRecipe } from '../wayland/debian-root.ts';

/**
 * Where packages are installed: what a session needs, and nothing of what the app needs, so that
 * apt has to find that by the package's own dependencies.
 */
export const INSTALL_ROOT: DebianRecipe = {
  name: 'debian-12-install',
  suite: 'bookworm',
  // fuse3 mounts AppImages for users.
  packages: ['xvfb', 'fuse3'],
  megabytes: 25,
};
