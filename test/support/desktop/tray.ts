import { Variant as DBusVariant } from 'dbus-native';
import type { Bus } from './bus.ts';
import { waitFor } from './wait-for.ts';

/** An entry of the tray icon's menu, as the panel sees it. */
export interface TrayMenuItem {
  readonly id: number;
  /** Without the underscore that marks an access key. */
  readonly label: string;
  /** Keys of its shortcut, as they are printed beside the label. */
  readonly keys?: string;
  readonly enabled: boolean;
  readonly separator: boolean;
  readonly checked?: boolean;
  readonly children: readonly TrayMenuItem[];
}

/** The app's icon in the panel, over the protocol that the panel itself speaks. */
export interface Tray {
  /** Whether its whole menu is there: the app may begin with one that says that it is starting. */
  hasMenu(): Promise<boolean>;
  /** How many apps have an icon. */
  iconCount(): Promise<number>;
  tooltip(): Promise<string>;
  /** Width and height of the icon's image, and its bytes; changes with the app's state. */
  icon(): Promise<{ readonly width: number; readonly height: number; readonly bytes: Uint8Array }>;
  layout(): Promise<readonly TrayMenuItem[]>;
  /** Waits for the entry (texts or patterns, from the top menu down) and clicks it. */
  clickItem(path: readonly (string | RegExp)[], limitMs?: number): Promise<void>;
  /** The icon itself is clicked. */
  activate(): Promise<void>;
}

const WATCHER = {
  destination: 'org.kde.StatusNotifierWatcher',
  path: '/StatusNotifierWatcher',
} as const;
const ITEM = 'org.kde.StatusNotifierItem';
const MENU = 'com.canonical.dbusmenu';

type Address = { readonly destination: string; readonly path: string };

export function createTray(bus: Bus): Tray {
  const registered = async (): Promise<readonly Address[]> => {
    const names = await bus.property(WATCHER, WATCHER.destination, 'RegisteredStatusNotifierItems');
    return (names as string[]).map((name) => {
      const slash = name.indexOf('/');
      // GNOME's extension puts an @ between the two.
      return { destination: name.slice(0, slash).replace('@', ''), path: name.slice(slash) };
    });
  };

  /** The newest icon: an app that was killed leaves its own for a moment. */
  const item = async (): Promise<Address> => {
    const newest = (await registered()).at(-1);
    if (newest === undefined) throw new Error('no icon in the panel');
    return newest;
  };

  const menuAddress = async (): Promise<Address> => {
    const address = await item();
    const path = await bus.property(address, ITEM, 'Menu');
    return { destination: address.destination, path: String(path) };
  };

  const layoutAt = async (menu: Address): Promise<readonly TrayMenuItem[]> => {
    const [, root] = await bus.call({
      ...menu,
      interface: MENU,
      member: 'GetLayout',
      signature: 'iias',
      body: [0, -1, []],
    });
    return toItem(root).children;
  };

  const hasMenu = async (): Promise<boolean> => {
    if ((await registered()).length === 0) return false;
    return layoutAt(await menuAddress()).then(
      (items) => items.length > 0 && !items.some(({ label }) => label.startsWith('Starting')),
      () => false,
    );
  };

  return {
    hasMenu,
    iconCount: async () => (await registered()).length,
    async tooltip() {
      // (icon name, icon images, title, text)
      const tip = await bus.property(await item(), ITEM, 'ToolTip');
      const [, , title] = tip as [string, unknown[], string, string];
      return title;
    },
    async icon() {
      const images = await bus.property(await item(), ITEM, 'IconPixmap');
      const [width, height, bytes] = (images as [number, number, Buffer][])[0] ?? [
        0,
        0,
        Buffer.alloc(0),
      ];
      return { width, height, bytes };
    },
    layout: async () => layoutAt(await menuAddress()),
    async clickItem(path, limitMs) {
      // A menu that was replaced since its layout was read refuses the click: then once more.
      await waitFor(
        `the menu entry ${path.join(' > ')}`,
        async () => {
          const menu = await menuAddress();
          const found = findItem(await layoutAt(menu), path);
          if (!found?.enabled) return false;
          await bus.call({
            ...menu,
            interface: MENU,
            member: 'Event',
            signature: 'isvu',
            body: [found.id, 'clicked', new DBusVariant('i', 0), 0],
          });
          return true;
        },
        limitMs,
      );
    },
    async activate() {
      await bus.call({
        ...(await item()),
        interface: ITEM,
        member: 'Activate',
        signature: 'ii',
        body: [0, 0],
      });
    },
  };
}

function findItem(
  items: readonly TrayMenuItem[],
  path: readonly (string | RegExp)[],
): TrayMenuItem | undefined {
  const [first, ...rest] = path;
  const found = items.find(({ label }) =>
    typeof first === 'string' ? label === first : first?.test(label),
  );
  return found === undefined || rest.length === 0 ? found : findItem(found.children, rest);
}

/** A menu entry travels as (id, properties, children), its children wrapped in variants. */
function toItem(raw: unknown): TrayMenuItem {
  const [id, properties, children] = raw as [
    number,
    Record<string, { value: unknown }>,
    { value: unknown }[],
  ];
  const [label = '', keys] = plainLabel(String(properties.label?.value ?? '')).split('\u2003');
  const toggle = properties['toggle-state']?.value;
  return {
    id,
    label,
    ...(keys === undefined ? {} : { keys }),
    enabled: properties.enabled?.value !== false,
    separator: properties.type?.value === 'separator',
    ...(toggle === undefined ? {} : { checked: toggle === 1 }),
    children: children.map((child) => toItem(child.value)),
  };
}

/** One underscore marks the access key; two stand for one. */
function plainLabel(label: string): string {
  return label.replace(/__|_/g, (found) => found.slice(1));
}
