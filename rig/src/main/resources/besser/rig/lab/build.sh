#!/bin/sh
# Builds the practice device into the folder $1: disk.img, vmlinuz, initrd.img. All of it comes from
# Debian, by the mirrors, keys and proxies that this machine's own apt uses. $2 holds init and the
# files of the guest's network; $3 is the public key that may log in. Nothing is left elsewhere.
set -eu
out=$1 files=$2 key=$3
work=$out/build
rm -rf "$work"
mkdir -p "$work"
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

# What apt-config says quotes itself; mmdebstrap wants it as a file.
apt-config dump | grep -E '^Acquire::(https?::|ftp::|Check-|Retries|ForceIP)' >"$work/apt.conf" || true
apt-get indextargets --format '$(SITE) $(RELEASE) $(COMPONENT)' \
  'Created-By: Packages' 'Origin: Debian' | sort -u |
  while read -r site release component; do
    echo "deb $site $release $component"
  done >"$work/sources.list"
[ -s "$work/sources.list" ] || {
  echo "apt knows no mirror of Debian here; run apt-get update, or add one to sources.list" >&2
  exit 3
}
suite=$(sed -n 's/^deb [^ ]* \([a-z]*\) main$/\1/p' "$work/sources.list" | head -1)
packages=linux-image-amd64,initramfs-tools,zstd,kmod,iproute2,iw,hostapd,wpasupplicant
packages=$packages,openssh-server,iptables,netcat-openbsd,linux-perf,ethtool,procps

echo "fetching and unpacking Debian $suite" >&2
mmdebstrap --quiet --variant=minbase --format=directory --include="$packages" \
  --aptopt="$work/apt.conf" --aptopt='Apt::Install-Recommends "false"' \
  --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' \
  --dpkgopt='path-exclude=/usr/share/locale/*' \
  --setup-hook='mkdir -p "$1"/etc/initramfs-tools/conf.d "$1"/usr/share/initramfs-tools/modules.d' \
  --setup-hook='printf "MODULES=list\nCOMPRESS=zstd\n" >"$1"/etc/initramfs-tools/conf.d/lab' \
  --setup-hook='printf "virtio_pci\nvirtio_blk\next4\n" >"$1"/usr/share/initramfs-tools/modules.d/lab' \
  "$suite" "$work/root" - <"$work/sources.list" >&2

echo "writing the disk" >&2
mkdir -p "$work/root/lab" "$work/root/root/.ssh"
cp "$files"/init "$files"/hostapd.conf "$files"/wpa_supplicant.conf "$files"/sshd_config \
  "$work/root/lab/"
chmod 755 "$work/root/lab/init"
cp "$key" "$work/root/root/.ssh/authorized_keys"
chmod 700 "$work/root/root/.ssh"
rm -f "$work"/root/etc/ssh/ssh_host_*
cp "$files"/ssh_host_ed25519_key "$files"/ssh_host_ed25519_key.pub "$work/root/etc/ssh/"
chmod 600 "$work/root/etc/ssh/ssh_host_ed25519_key"
echo besser-lab >"$work/root/etc/hostname"
cp "$work"/root/boot/vmlinuz-* "$out/vmlinuz"
cp "$work"/root/boot/initrd.img-* "$out/initrd.img"
rm -rf "$work"/root/boot/* "$work"/root/var/cache/apt/* "$work"/root/var/lib/apt/lists/*
truncate -s 1500M "$work/disk.img"
mkfs.ext4 -q -F -O ^has_journal -m 0 -d "$work/root" "$work/disk.img"
mv "$work/disk.img" "$out/disk.img"
