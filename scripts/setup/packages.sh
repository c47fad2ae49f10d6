# The Debian packages that the project needs: the one part of set-up that is done as root.
# shellcheck shell=bash

packages=(libportaudio2 espeak-ng libespeak-ng1 alsa-utils libasound2-plugins pulseaudio-utils)
test_packages=(pulseaudio flite festival festvox-kallpc16k festvox-kdlpc16k festvox-us-slt-hts
    sox iproute2 strace)

# Adds the package that Debian keeps apart from its own Python, where it is missing.
add_venv_package() {
    "$python" -c 'import ensurepip' 2>/dev/null ||
        packages+=("$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')")
}

# PocketSphinx comes ready-made for some Pythons and machines; for the others pip builds it.
add_build_packages() {
    local version
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    case "$version $(uname -m)" in
    "3.11 x86_64" | "3.11 aarch64" | "3.13 x86_64" | "3.13 aarch64") return ;;
    esac
    command -v cc >/dev/null || packages+=(gcc libc6-dev)
    "$python" -c 'import os, sysconfig; os.stat(sysconfig.get_path("include") + "/Python.h")' 2>/dev/null ||
        packages+=("libpython$version-dev")
}

# Prints those of the given packages that are installed.
installed() {
    dpkg-query --show --showformat '${Package} ${db:Status-Status}\n' "$@" 2>/dev/null |
        sed -n 's/ installed$//p' || true
}

# Sets missing: those of $packages that are not installed.
find_missing() {
    local there
    there=$(installed "${packages[@]}")
    mapfile -t missing < <(printf '%s\n' "${packages[@]}" | grep -vxF -- "$there")
}

install_missing() {
    local as_root=()
    if [ "$(id -u)" != 0 ]; then
        command -v sudo >/dev/null || fail "Some Debian packages are missing, and only an administrator can install" \
            "them. Please ask one to run: apt-get install ${missing[*]}"
        as_root=(sudo)
    fi
    say "Installing Debian packages${as_root[0]:+ with sudo, which may ask for your password} (this takes a minute" \
        "or two): ${missing[*]}"
    local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=120)
    "${apt[@]}" update >/dev/null || say "The lists of packages could not be renewed; going on with the old ones."
    # --no-remove: never take away what the machine has, such as a sound server of another kind.
    "${apt[@]}" install -y --no-install-recommends --no-remove "${missing[@]}" >/dev/null ||
        fail "That did not work (see above). Is there a network? To try by hand: sudo apt-get install ${missing[*]}"
}

# $1: run or test.
install_packages() {
    [ "$1" = run ] || packages+=("${test_packages[@]}")
    add_venv_package
    add_build_packages
    if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
        say "This is not Debian or Ubuntu; please see that you have what is in their packages: ${packages[*]}"
        return
    fi
    [ "$1" = run ] || spare_pipewire
    find_missing
    [ ${#missing[@]} -eq 0 ] || install_missing
}
