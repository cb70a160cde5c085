import type { Platform } from '../view/platform.ts';

/** Where the panel and its icons are: at the top on macOS and on most desktops of Linux. */
const PANEL_Y = { mac: 3, windows: 27, linux: 3 } as const satisfies Record<Platform, number>;

/** Where to find the icon on a screen, drawn small; the words beside it say the same. */
export function TrayPicture({ platform }: { readonly platform: Platform }) {
  const y = PANEL_Y[platform];
  return (
    <svg class="tray-picture" viewBox="0 0 64 40" aria-hidden="true" focusable="false">
      <rect class="screen" x="1" y="1" width="62" height="38" rx="4" />
      <rect class="panel" x="3" y={y} width="58" height="10" rx="2" />
      {[50, 56].map((x) => (
        <circle key={x} class="other" cx={x} cy={y + 5} r="1.6" />
      ))}
      <circle class="halo" cx="42" cy={y + 5} r="4.4" />
      <circle class="own" cx="42" cy={y + 5} r="2.4" />
    </svg>
  );
}
