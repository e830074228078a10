#!/usr/bin/env bash
# Install the built program in a bare Debian 12, and do a whole job with it there, by keys.
#
#   python3 dev.py build
#   sudo tests/setup/built_in_bare_root.sh [--fresh] FOLDER
#
# FOLDER becomes the root, or is one that this made before (--fresh makes it anew). In it are neither
# Python nor Pango nor fontconfig, nor a font: what `apt-get install ./fitcheck….deb` brings along has
# to be enough. In the window, on a virtual screen: a new prospect, the 36 questions, the verdict, and
# all four documents saved from the report's page; then the same by the command line. The documents
# are looked at outside, and lie in FOLDER/srv/built/out afterwards, with pictures of the screen.
set -euo pipefail

fresh=
if [[ "${1:-}" == --fresh ]]; then
    fresh=--fresh
    shift
fi
if [[ $# -ne 1 || "$1" == -* ]]; then
    sed -n '2,12s/^# \{0,1\}//p' "$0"
    exit 2
fi
root=$(realpath -m "$1")
checkout=$(realpath "$(dirname "$0")/../..")
shopt -s nullglob
built=("$checkout"/dist/*.tar.xz "$checkout"/dist/*.deb "$checkout"/dist/*.cdx.json
    "$checkout"/dist/SHA256SUMS)
if [[ ${#built[@]} -ne 4 ]]; then
    echo "built_in_bare_root.sh: python3 dev.py build comes first; found: ${built[*]:-nothing}" >&2
    exit 1
fi

bare=("$checkout/tests/setup/bare_root.sh" --with xdotool,xvfb,xz-utils)
"${bare[@]}" ${fresh:+"$fresh"} "$root" true
rm -rf "$root/srv/built"
mkdir -p "$root/srv/built"
cp "${built[@]}" "$root/srv/built/"
"${bare[@]}" "$root" bash tests/setup/drive_built_program.sh
"$checkout/.venv/bin/python" "$checkout/tests/setup/look_at_documents.py" "$root/srv/built/out"
echo "built_in_bare_root.sh: all good"
