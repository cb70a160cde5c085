import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Bus, connectBus } from '../desktop/bus.ts';
import {
  dunstCount,
  type Notifications,
  pressOnDunst,
  watchNotifications,
} from '../desktop/notifications.ts';
import type { Programs } from '../desktop/programs.ts';
import { waitFor } from '../desktop/wait-for.ts';
import { SCREEN } from './desktop.ts';

const CONFIG = {
  layer: 'top',
  position: 'top',
  height: 32,
  'modules-right': ['tray'],
  tray: { 'icon-size': 22 },
} as const;

const STYLE = `* { font-family: "DejaVu Sans"; font-size: 13px; }
window#waybar { background: #dde3ea; color: #101418; }
#tray { padding: 0 8px; }
`;

/** The middle of the only icon, at the right end of the bar. */
export const TRAY_ICON = { x: SCREEN.width - 8 - 11, y: 16 } as const;

/** A notification is at the lower right, 420 pixels wide, and has its text in this line. */
const NOTIFICATION = { x: SCREEN.width - 16 - 210, y: SCREEN.height - 16 - 25 } as const;

type Env = Readonly<Record<string, string>>;

/**
 * Starts a panel with a tray (waybar) and a notification daemon (dunst) on a compositor with
 * `zwlr_layer_shell_v1`.
 */
export async function startPanel(
  programs: Programs,
  env: Env,
  click: (x: number, y: number) => Promise<void>,
): Promise<{ readonly bus: Bus; readonly notifications: Notifications }> {
  const address = env.DBUS_SESSION_BUS_ADDRESS ?? '';
  const [config, style] = [join(programs.dir, 'waybar.json'), join(programs.dir, 'waybar.css')];
  await writeFile(config, JSON.stringify(CONFIG));
  await writeFile(style, STYLE);
  programs.start('waybar', ['-c', config, '-s', style], env);
  programs.start('dunst', ['-conf', programs.files.dunstConfig], env);
  const bus = connectBus(address);
  await waitFor(
    'the notification daemon',
    () => bus.hasOwner('org.freedesktop.Notifications'),
    30_000,
  );
  const watcher = 'org.kde.StatusNotifierWatcher';
  await waitFor(
    'the tray',
    () =>
      bus.property(
        { destination: watcher, path: '/StatusNotifierWatcher' },
        watcher,
        'IsStatusNotifierHostRegistered',
      ) as Promise<boolean>,
    30_000,
  );
  const notifications = await watchNotifications(address, bus, {
    count: () => dunstCount(bus),
    click: () => click(NOTIFICATION.x, NOTIFICATION.y),
    press: (id, label) => pressOnDunst(bus, programs.dir, id, label),
  });
  return { bus, notifications };
}
