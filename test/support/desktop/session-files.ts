import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One bar at the top with the notification area (tray icons) and a list of windows. */
const PANEL = `<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-panel" version="1.0">
  <property name="configver" type="int" value="2"/>
  <property name="panels" type="array">
    <value type="int" value="1"/>
    <property name="dark-mode" type="bool" value="false"/>
    <property name="panel-1" type="empty">
      <property name="position" type="string" value="p=6;x=0;y=0"/>
      <property name="length" type="uint" value="100"/>
      <property name="position-locked" type="bool" value="true"/>
      <property name="icon-size" type="uint" value="16"/>
      <property name="size" type="uint" value="28"/>
      <property name="plugin-ids" type="array">
        <value type="int" value="1"/>
        <value type="int" value="2"/>
        <value type="int" value="3"/>
      </property>
    </property>
  </property>
  <property name="plugins" type="empty">
    <property name="plugin-1" type="string" value="tasklist"/>
    <property name="plugin-2" type="string" value="separator">
      <property name="expand" type="bool" value="true"/>
      <property name="style" type="uint" value="0"/>
    </property>
    <property name="plugin-3" type="string" value="systray">
      <property name="square-icons" type="bool" value="true"/>
    </property>
  </property>
</channel>
`;

/** Notifications stay until they are clicked or closed, so that a test never races them. */
const DUNST = (dmenu: string): string => `[global]
    dmenu = ${dmenu}
    monitor = 0
    follow = none
    width = 420
    height = 240
    origin = bottom-right
    offset = 16x16
    font = DejaVu Sans 10
    markup = full
    show_indicators = no
    corner_radius = 8
    padding = 12
    horizontal_padding = 14
    frame_width = 1
    frame_color = "#9aa7b2"
    min_icon_size = 0
    max_icon_size = 64
    notification_limit = 8
    idle_threshold = 0
    mouse_left_click = do_action, close_current
    mouse_middle_click = none
    mouse_right_click = close_current
[urgency_low]
    timeout = 0
    background = "#f7f8fa"
    foreground = "#1d2731"
[urgency_normal]
    timeout = 0
    background = "#f7f8fa"
    foreground = "#1d2731"
[urgency_critical]
    timeout = 0
    background = "#f7f8fa"
    foreground = "#1d2731"
    frame_color = "#b3402f"
`;

/** In place of dunst's menu of buttons: picks the line that fits the pattern in `dmenu-choice`. */
const DMENU = `#!/bin/sh
grep -m 1 -f "\${0%/*}/dmenu-choice"
`;

/**
 * A session bus of our own, that starts what the desktop's programs ask for. Programs in a user
 * namespace of their own, such as what sway starts as root, give an id that isn't theirs outside:
 * only as anonymous they get in. The socket is in a folder that nobody else can enter.
 */
const BUS = (socketDir: string): string => `<!DOCTYPE busconfig PUBLIC
 "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <keep_umask/>
  <listen>unix:dir=${socketDir}</listen>
  <auth>EXTERNAL</auth>
  <auth>ANONYMOUS</auth>
  <allow_anonymous/>
  <standard_session_servicedirs/>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`;

export interface SessionFiles {
  readonly home: string;
  readonly runtimeDir: string;
  readonly busConfig: string;
  readonly dunstConfig: string;
}

/** Writes a home folder for one desktop, away from the person's own. */
export async function writeSessionFiles(dir: string): Promise<SessionFiles> {
  const home = join(dir, 'home');
  const runtimeDir = join(dir, 'run');
  const panelDir = join(home, '.config/xfce4/xfconf/xfce-perchannel-xml');
  await mkdir(panelDir, { recursive: true });
  await mkdir(runtimeDir, { mode: 0o700 });
  const busConfig = join(dir, 'bus.conf');
  const dunstConfig = join(dir, 'dunstrc');
  const dmenu = join(dir, 'dmenu');
  await Promise.all([
    writeFile(join(panelDir, 'xfce4-panel.xml'), PANEL),
    writeFile(busConfig, BUS(runtimeDir)),
    writeFile(dunstConfig, DUNST(dmenu)),
    writeFile(dmenu, DMENU, { mode: 0o755 }),
  ]);
  return { home, runtimeDir, busConfig, dunstConfig };
}
