#!/bin/sh
# apt-repository.sh FILES OUT: makes an apt repository of the deb packages in FILES, signed by the
# only secret key in the keyring of gpg. Needs apt-utils and gnupg.
set -eu

files=$(realpath "$1")
mkdir -p "$2/pool/main"
cd "$2"
# apt-ftparchive finds the packages of an architecture by their names.
for deb in "$files"/*.deb; do
  name=$(dpkg-deb --show --showformat='${Package}_${Version}_${Architecture}' "$deb")
  cp "$deb" "pool/main/$name.deb"
done

for arch in $(for deb in pool/main/*.deb; do dpkg-deb --field "$deb" Architecture; done | sort -u); do
  folder=dists/stable/main/binary-$arch
  mkdir -p "$folder"
  apt-ftparchive --arch "$arch" packages pool > "$folder/Packages"
  gzip --keep --force -n "$folder/Packages"
done

apt-ftparchive \
  -o APT::FTPArchive::Release::Origin='Linkify Tray' \
  -o APT::FTPArchive::Release::Label='Linkify Tray' \
  -o APT::FTPArchive::Release::Suite=stable \
  -o APT::FTPArchive::Release::Codename=stable \
  -o APT::FTPArchive::Release::Components=main \
  -o APT::FTPArchive::Release::Architectures="$(ls dists/stable/main | sed 's/^binary-//' | tr '\n' ' ')" \
  release dists/stable > Release.new
mv Release.new dists/stable/Release

gpg --batch --yes --armor --detach-sign --output dists/stable/Release.gpg dists/stable/Release
gpg --batch --yes --clearsign --output dists/stable/InRelease dists/stable/Release
gpg --batch --yes --export --output linkify-tray.gpg
