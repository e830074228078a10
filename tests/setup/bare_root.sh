#!/usr/bin/env bash
# Make a bare Debian 12 in a folder, put this checkout into it, and run a command there.
#
#   sudo tests/setup/bare_root.sh [--fresh] [--with PACKAGE,…] FOLDER [COMMAND …]
#
#   --fresh   make FOLDER anew although it exists
#   --with    the Debian packages beyond the minimal system; default: python3,python3-venv,git
#   COMMAND   default: python3 dev.py test; it runs in a copy of the checkout, in /srv/fitcheck
#
# A set-up that works on the machine of whoever wrote it shows nothing: that machine has everything
# already. This needs root, Debian or Ubuntu, and debootstrap. The mirror, the proxy and the way to
# the Python packages are taken from this machine's own apt and pip configuration.
set -euo pipefail

packages=python3,python3-venv,git
fresh=
while [[ "${1:-}" == --* ]]; do
    case "$1" in
        --fresh) fresh=yes ;;
        --with) packages=$2; shift ;;
        *) sed -n '2,13s/^# \{0,1\}//p' "$0"; exit 2 ;;
    esac
    shift
done
if [[ $# -lt 1 ]]; then
    sed -n '2,13s/^# \{0,1\}//p' "$0"
    exit 2
fi
root=$(realpath -m "$1")
shift
[[ $# -gt 0 ]] || set -- python3 dev.py test
checkout=$(realpath "$(dirname "$0")/../..")
suite=bookworm

# Mounts made from here on end with this process, however it ends.
if [[ "${BARE_ROOT_UNSHARED:-}" != yes ]]; then
    exec env BARE_ROOT_UNSHARED=yes unshare --mount --propagation private -- "$0" \
        ${fresh:+--fresh} --with "$packages" "$root" "$@"
fi

if [[ "$root" == / || "$checkout" == "$root"* ]]; then
    echo "bare_root.sh: $root is no folder to put a system into" >&2
    exit 2
fi
if [[ -n "$fresh" || ! -e "$root/etc/debian_version" ]]; then
    rm -rf --one-file-system "$root"
    mirror=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' "Codename: $suite" |
        head -n 1)
    if [[ -z "$mirror" ]]; then
        echo "bare_root.sh: this machine's apt knows no mirror of $suite; run apt-get update" >&2
        exit 1
    fi
    echo "Making $root: minimal $suite with $packages" >&2
    debootstrap --variant=minbase --include="$packages" "$suite" "$root" "$mirror" \
        > "${root}.log" 2>&1 || { tail -n 20 "${root}.log" >&2; exit 1; }
    # As a new machine has it: the lists are known to be stale or empty.
    rm -rf "$root"/var/lib/apt/lists/*
fi

# The way to the registries: names, certificates, apt's and pip's settings.
cp -L /etc/resolv.conf /etc/hosts "$root/etc/"
for path in /etc/apt/sources.list /etc/apt/sources.list.d /etc/apt/apt.conf.d/*proxy* \
    /usr/share/keyrings /etc/pip.conf ~/.config/pip/pip.conf; do
    if [[ -e "$path" ]]; then
        mkdir -p "$root$(dirname "$path")"
        cp -rL "$path" "$root$(dirname "$path")/"
    fi
done
rm -f "$root"/etc/apt/sources.list.d/*.list # other software's archives
if compgen -G "$root/etc/apt/sources.list.d/debian.sources" > /dev/null; then
    rm -f "$root/etc/apt/sources.list"
    find "$root/etc/apt/sources.list.d" -type f ! -name debian.sources -delete
fi
kept=(HOME=/root LANG=C.UTF-8 PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin)
# Debian's own certificates come with a package later, and would replace a bundle at their place.
if [[ -e /etc/ssl/certs/ca-certificates.crt ]]; then
    mkdir -p "$root/etc/ssl"
    cp -L /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/this-machine.crt"
    kept+=(PIP_CERT=/etc/ssl/this-machine.crt)
fi
for name in CI PIP_DEFAULT_TIMEOUT PIP_INDEX_URL PIP_PROXY PIP_TRUSTED_HOST \
    http_proxy https_proxy no_proxy; do
    [[ -z "${!name:-}" ]] || kept+=("$name=${!name}")
done

# What a clone would hold: the files that git knows, or would.
rm -rf "$root/srv/fitcheck"
mkdir -p "$root/srv/fitcheck"
git -C "$checkout" ls-files --cached --others --exclude-standard -z |
    tar -C "$checkout" --null --files-from=- --ignore-failed-read -c |
    tar -C "$root/srv/fitcheck" --no-same-owner -x

mount --bind /proc "$root/proc"
mount --rbind /dev "$root/dev"
cd "$root"
# shellcheck disable=SC2016
exec chroot "$root" /usr/bin/env -i "${kept[@]}" \
    /bin/bash -c 'cd /srv/fitcheck && exec "$@"' bash "$@" < /dev/null
