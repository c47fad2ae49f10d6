# The project's Python and the virtual environment with all its packages.
# shellcheck shell=bash

# Sets python: the first that is new enough and runs (a name may be there and yet be a broken link or a shim).
find_python() {
    for python in python3.11 python3.13 python3.12 python3; do
        "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && return
    done
    fail "Python 3.11 or newer is needed, and there is none. On Debian 12: sudo apt-get install python3"
}

# Sets venv: .venv in the clone or, where that cannot be the user's own, a folder in their cache.
choose_venv() {
    cache=${XDG_CACHE_HOME:-${HOME:-$(getent passwd "$(id -u)" | cut -d: -f6)}/.cache}
    venv=$root/.venv
    if [ -e "$venv" ]; then
        [ -O "$venv" ] && return
    else
        [ -w "$root" ] && return
    fi
    venv=$cache/voice-triage/venv-$(cksum <<<"$root" | cut -d' ' -f1)
}

# Who has no home, or one that cannot be written, keeps in the environment what belongs in the cache.
choose_cache() {
    mkdir -p -- "$cache" 2>/dev/null && [ -w "$cache" ] && return
    [ "$venv" = "$root/.venv" ] || fail "There is no place for the Python packages: neither $root nor $cache" \
        "can be written. Name a folder that can: XDG_CACHE_HOME=FOLDER $0"
    export XDG_CACHE_HOME=$venv/cache
}

# Not so when it is broken, or was made for another place or for a Python that is gone.
venv_is_usable() {
    [[ "$("$venv/bin/pip" --version 2>/dev/null)" == *" from $venv/"* ]]
}

# $1: run or test. A stamp in the environment tells what was installed, so that this is done once.
make_venv() {
    local stamp extra
    choose_venv
    choose_cache
    stamp=$(cat "$root/pyproject.toml" - <<<"$root" | cksum)
    if grep -qsxF -e "$1 $stamp" -e "test $stamp" "$venv/installed" &&
        "$venv/bin/python" -Ic 'import voice_triage' 2>/dev/null; then
        return
    fi
    say "Installing Python packages in $venv (the first time takes some minutes)"
    venv_is_usable || "$python" -m venv --clear "$venv" >&2
    extra="[report]"
    [ "$1" = run ] || extra="[dev]"
    "$venv/bin/pip" install -qq --disable-pip-version-check --no-input --editable "$root$extra" >&2 ||
        fail "The Python packages could not be installed (see above). They come over the network the first time."
    echo "$1 $stamp" >"$venv/installed"
}
