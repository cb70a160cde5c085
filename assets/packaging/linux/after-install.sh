#!/bin/sh
# Runs as root once the files are installed (deb: postinst, rpm: %post).
set -e

# Chromium's sandbox uses user namespaces, and this helper where users may not create them. It's set
# in any case: an administrator can turn namespaces off later.
chmod 4755 /opt/linkify-tray/chrome-sandbox

# Ubuntu 23.10 and later allow user namespaces only for programs with an AppArmor profile. Older
# versions of AppArmor can't read this one, and need none.
profile=/opt/linkify-tray/resources/apparmor-profile
installed=/etc/apparmor.d/linkify-tray
if apparmor_status --enabled > /dev/null 2>&1 &&
  apparmor_parser --skip-kernel-load --debug "$profile" > /dev/null 2>&1; then
  cp -f "$profile" "$installed"
  # In a chroot, such as the image of a system, there is no kernel to load it into.
  if ! { command -v ischroot && ischroot; } > /dev/null; then
    apparmor_parser --replace --write-cache --skip-read-cache "$installed" || true
  fi
fi
