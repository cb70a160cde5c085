#!/bin/sh
# Runs as root once the files are removed (deb: postrm, rpm: %postun), and during an update.
set -e

# dpkg: what happens; rpm: how many versions are left. An update has installed the new files already.
case "$1" in
  remove | 0) ;;
  *) exit 0 ;;
esac

installed=/etc/apparmor.d/linkify-tray
if [ -f "$installed" ]; then
  if apparmor_status --enabled > /dev/null 2>&1 &&
    ! { command -v ischroot && ischroot; } > /dev/null; then
    apparmor_parser --remove "$installed" || true
  fi
  rm -f "$installed"
fi

echo "Linkify Tray was removed. Each user's settings and links are still in \"~/.config/Linkify Tray\"."
echo "To delete them, delete that folder."
