import type { Bus } from '../desktop/bus.ts';
import { waitFor } from '../desktop/wait-for.ts';

const DBUS = {
  destination: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
} as const;

const PORTAL = {
  destination: 'org.freedesktop.portal.Desktop',
  path: '/org/freedesktop/portal/desktop',
} as const;

/**
 * Has the bus start the portal, and waits until it has global shortcuts.
 * @param env what the bus gives to the services that it starts: the portal and its desktop's part
 */
export async function startPortal(env: Readonly<Record<string, string>>, bus: Bus): Promise<void> {
  await bus.call({
    ...DBUS,
    member: 'UpdateActivationEnvironment',
    signature: 'a{ss}',
    body: [Object.entries(env)],
  });
  await bus.call(
    { ...DBUS, member: 'StartServiceByName', signature: 'su', body: [PORTAL.destination, 0] },
    30_000,
  );
  const shortcuts = 'org.freedesktop.portal.GlobalShortcuts';
  await waitFor(
    'the portal of global shortcuts',
    async () => Number(await bus.property(PORTAL, shortcuts, 'version')) > 0,
    30_000,
  );
}
