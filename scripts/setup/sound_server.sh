# The tests' own PulseAudio on a machine whose sound is PipeWire's, as on most desktops.
#
# The two cannot be installed together, and installing one would remove the other, with the desktop that depends
# on it. The tests need no more than the program: it is unpacked into their environment, and its libraries installed.
# shellcheck shell=bash

# Asks for the libraries in place of the package, where that would be in conflict.
spare_pipewire() {
    [ -n "$(installed pipewire-alsa)" ] || return 0
    mapfile -t packages < <(
        printf '%s\n' "${packages[@]}" | grep -vx pulseaudio
        apt-cache depends pulseaudio | sed -n 's/^  Depends: \([a-z]\)/\1/p'
    )
}

# Leaves a program in $venv, which tests find before any other.
unpack_sound_server() {
    if command -v pulseaudio >/dev/null || [ -e "$venv/bin/pulseaudio" ]; then return; fi
    local folder=$venv/pulseaudio
    mkdir -p "$folder"
    (cd -- "$folder" && apt-get -qq download pulseaudio && dpkg-deb --extract pulseaudio_*.deb .) >&2 ||
        fail "The sound server for the tests could not be fetched (see above)."
    local core modules
    core=$(echo "$folder"/usr/lib/*/pulseaudio)
    modules=$(echo "$folder"/usr/lib/pulse-*/modules)
    cat >"$venv/bin/pulseaudio" <<END
#!/bin/sh
LD_LIBRARY_PATH='$core:$modules' exec '$folder/usr/bin/pulseaudio' --dl-search-path='$modules' "\$@"
END
    chmod +x "$venv/bin/pulseaudio"
}
