# For scripts, with ". setup/setup.sh run|test ARGUMENTS": leaves a Python with all that is needed in $venv.
#
# run is what the interview needs, test is that and what the tests need. The first time this installs Debian
# packages and Python packages; when they are there it takes a moment and no network.
# shellcheck shell=bash

# Standard output belongs to the program.
say() {
    printf '%s\n' "$*" >&2
}

fail() {
    say "$@"
    exit 1
}

# Under sudo only apt-get is root's. All else goes on as the user who called, with their settings and their own
# sound server: sudo takes those away, but they can still be read from its process.
become_caller() {
    [ "$(id -u)" = 0 ] && [ "${SUDO_USER:-root}" != root ] || return 0
    if ! runuser -u "$SUDO_USER" -- test -r "$root/scripts/setup/setup.sh"; then
        say "$SUDO_USER may not read $root, so everything runs as root."
        return
    fi
    local settings=("LANG=${LANG:-C.UTF-8}" "TERM=${TERM:-dumb}" "PATH=$PATH") folder=/run/user/$SUDO_UID
    [ ! -d "$folder" ] || settings+=("XDG_RUNTIME_DIR=$folder")
    if [ "$(cat "/proc/$PPID/comm")" = sudo ]; then
        mapfile -d '' -t -O ${#settings[@]} settings 2>/dev/null <"/proc/$PPID/environ" || true
    fi
    settings+=("HOME=$(getent passwd "$SUDO_USER" | cut -d: -f6)" "USER=$SUDO_USER" "LOGNAME=$SUDO_USER")
    exec runuser -u "$SUDO_USER" -- env -i "${settings[@]}" "$root/scripts/$(basename -- "$0")" "$@"
}

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)
. "$root/scripts/setup/packages.sh"
. "$root/scripts/setup/python.sh"
. "$root/scripts/setup/sound_server.sh"
find_python
install_packages "$1"
become_caller "${@:2}"
make_venv "$1"
[ "$1" = run ] || unpack_sound_server
