#!/usr/bin/env bash
# Run by built_in_bare_root.sh in the bare root, as root: install the program, and work with it.
set -euo pipefail

built=/srv/built
out=$built/out
patience=120 # seconds for anything; making the first document is what takes longest

say() { echo "== $*"; }
fail() {
    echo "drive_built_program.sh: $*" >&2
    take_picture fault || true
    exit 1
}

# Wait until a command succeeds.
until_() {
    local what=$1 limit=$((SECONDS + patience))
    shift
    until "$@" > /dev/null 2>&1; do
        [[ $SECONDS -lt $limit ]] || fail "waited in vain until $what"
        sleep 0.2
    done
}

take_picture() {
    [[ ! -e "$screen/Xvfb_screen0" ]] || cp "$screen/Xvfb_screen0" "$out/$1.xwd"
}

say "Is the root bare?"
absent() {
    for program in python3 python fc-list fc-match; do
        ! command -v "$program" || { echo "$program is there" >&2; return 1; }
    done
    ! ldconfig -p | grep -E 'libpango|libfontconfig|libharfbuzz-subset|libpython|libQt' || return 1
    [[ ! -e /etc/fonts && ! -e /usr/share/fonts/truetype ]]
}
absent || fail "this root isn't bare"

say "What was built is whole"
(cd $built && sha256sum --check --quiet SHA256SUMS)

say "Installing the .deb, with what it depends on and nothing it recommends"
export DEBIAN_FRONTEND=noninteractive
apt-get --quiet=2 update
apt-get --quiet=2 --yes install --no-install-recommends $built/fitcheck_*.deb > /var/log/fitcheck.log 2>&1 ||
    { tail -n 20 /var/log/fitcheck.log >&2; fail "it can't be installed"; }
absent || fail "something that it depends on brought Pango or fontconfig"
(cd / && md5sum --check --quiet /var/lib/dpkg/info/fitcheck.md5sums)
missing=$(find /usr/lib/fitcheck -name '*.so*' -type f ! -path '*wayland*' ! -path '*/printsupport/*' \
    -exec env LD_LIBRARY_PATH=/usr/lib/fitcheck/_internal ldd {} + 2> /dev/null |
    grep 'not found' | grep -v wayland | sort -u || true)
[[ -z "$missing" ]] || fail "libraries are missing: $missing"

say "The archive holds the same"
rm -rf /opt/unpacked && mkdir -p /opt/unpacked
tar --extract --file $built/FitCheck-*.tar.xz --directory /opt/unpacked
diff --recursive --brief --no-dereference /usr/lib/fitcheck /opt/unpacked/FitCheck-* |
    grep -v '^Only in /opt/unpacked/FitCheck-[^/]*: \(licences\|FitCheck-.*cdx.json\)$' && fail "they differ"

id ada > /dev/null 2>&1 || useradd --create-home ada
rm -rf /home/ada && mkdir -p /home/ada $out && chown ada: /home/ada $out
screen=$(mktemp -d)
chown ada: "$screen"

# Not by runuser, which would stand between a program and the end that it is sent.
become_ada() {
    exec setpriv --reuid ada --regid ada --init-groups \
        env -i HOME=/home/ada PATH=/usr/bin:/bin LANG=C.UTF-8 DISPLAY=":$display" "$@"
}
as_ada() { (become_ada "$@"); }

say "A screen"
display=none
become_ada Xvfb -displayfd 3 -screen 0 1280x720x24 -fbdir "$screen" -nolisten tcp \
    3> "$screen/number" > /dev/null 2>&1 &
server=$!
program=
trap '[[ -z "$program" ]] || kill $program 2> /dev/null; kill $server 2> /dev/null; wait' EXIT
until_ "the screen is there" test -s "$screen/number"
display=$(cat "$screen/number")

windows() { as_ada xdotool search --onlyvisible --class . 2> /dev/null | sort -u; }
count() { windows | wc -l; }
there_are() { [[ $(count) -eq $1 ]]; }
key() { as_ada xdotool key --delay 60 "$@"; }
# What a window manager does: there is none here.
focus() { as_ada xdotool windowfocus --sync "$1"; }
newest() { comm -13 <(echo "$1") <(windows) | tail -n 1; }
differs() { ! cmp --silent "$screen/Xvfb_screen0" "$1"; }
# The picture stands still for a second.
still() {
    local before
    before=$(mktemp)
    cp "$screen/Xvfb_screen0" "$before"
    sleep 1
    cmp --silent "$screen/Xvfb_screen0" "$before"
    local same=$?
    rm -f "$before"
    return $same
}

say "Starting the program"
begun=$(date +%s%N)
become_ada fitcheck > $out/said.txt 2>&1 &
program=$!
until_ "its first window is there" there_are 1
echo "   first window after $((($(date +%s%N) - begun) / 1000000)) ms"
until_ "it stands still" still
take_picture 1-welcome

say "Not protected, for now"
before=$(windows)
focus "$(windows)"
key alt+n
# In the order in which they were made.
new_ones() { comm -13 <(echo "$before") <(windows) | sort -n; }
main_and_tour() { there_are 2 && [[ $(new_ones | wc -l) -eq 2 ]]; }
until_ "the main window is there, and the tour in place of the welcome" main_and_tour
focus "$(new_ones | tail -n 1)"
key alt+s
until_ "the tour is skipped" there_are 1
main=$(windows)
focus "$main"

say "A new prospect"
asked() { # KEY: press it until a dialog comes
    local before
    before=$(windows)
    local limit=$((SECONDS + patience))
    dialog=
    while [[ -z "$dialog" ]]; do
        [[ $SECONDS -lt $limit ]] || fail "$1 opens no dialog"
        key "$1"
        for _ in 1 2 3 4 5 6 7 8 9 10; do
            dialog=$(newest "$before")
            [[ -z "$dialog" ]] || break
            sleep 0.3
        done
    done
    focus "$dialog"
}
answered() {
    until_ "the dialog is gone" there_are 1
    focus "$main"
}
asked ctrl+n
as_ada xdotool type --delay 40 "Ada Bell"
key Tab
as_ada xdotool type --delay 40 "Bell Foundry"
take_picture 2-new-prospect
key Return
answered

say "36 questions"
key Return # what to agree on beforehand has been said
for number in $(seq 36); do
    [[ $number -ne 18 ]] || take_picture 3-interview
    key $((number % 3 ? 4 : 5)) Return
done
until_ "it stands still" still
take_picture 4-answered
key ctrl+Return # finish
sleep 1
key Return # the gut says nothing in particular
until_ "it stands still" still
take_picture 5-verdict

say "The four documents, made by the worker and saved from the window"
key ctrl+5
number=0
for edition in private prospect decline form; do
    number=$((number + 1))
    key $number
    asked ctrl+s
    key ctrl+a
    as_ada xdotool type --delay 20 "$out/$edition.pdf"
    key Return
    until_ "$edition.pdf is there" test -s "$out/$edition.pdf"
    answered
    take_picture "6-report-$edition"
done

class=$(sed -n 's/^StartupWMClass=//p' /usr/share/applications/fitcheck.desktop)
as_ada xdotool search --onlyvisible --class "^$class\$" > /dev/null ||
    fail "the desktop entry knows its window by another class: $class"

end_it() {
    key ctrl+q
    ended() { ! kill -0 $program 2> /dev/null; }
    until_ "it has ended" ended
    local status=0
    wait $program || status=$?
    program=
    [[ $status -eq 0 ]] || fail "it ended with status $status"
    [[ ! -s $out/said.txt ]] || { echo "   it said:"; sed 's/^/   /' $out/said.txt; }
}

say "The end"
end_it

say "Once more, with a file, as a desktop does it"
become_ada fitcheck open $out/private.pdf > $out/said.txt 2>&1 &
program=$!
until_ "its window is there, and what it says of the file" there_are 2
until_ "it stands still" still
take_picture 7-opened-with-a-file
for main in $(windows); do
    # The dialog goes by Escape; the window stays.
    focus "$main"
    key Escape
done
until_ "the dialog is gone" there_are 1
focus "$(windows)"
end_it

say "The same by the command line, and from the archive"
as_ada fitcheck list
as_ada fitcheck check
for edition in private prospect decline form; do
    as_ada /opt/unpacked/FitCheck-*/FitCheck report --assessment 1 --edition $edition \
        -o $out/by-command-$edition.pdf
done
as_ada fitcheck report --help > /dev/null

say "Taking it out again"
apt-get --quiet=2 --yes purge fitcheck > /dev/null
[[ ! -e /usr/lib/fitcheck && ! -e /usr/bin/fitcheck ]] || fail "something of it is left"
