# shellcheck shell=bash
# SPDX-FileCopyrightText: Glacis contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What run.sh, test.sh and screenshots.sh share: find what is missing, say it, install it, configure, build.
# Messages go to standard error, so that standard output belongs to the program that is run. Works with the bash 3.2
# of macOS, hence the guarded expansion of arrays that may be empty.

set -euo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
without_asking=no # set by --yes
script_name=${0##*/}

say() { printf '%s\n' "$*" >&2; }
give_up() {
    say "$script_name: $*"
    exit 2
}

# What is needed, a line each: group | found by | what it is for | Debian, Ubuntu | Fedora | Homebrew.
# Found by "command NAME" (any program of that name serves) or "package" (as the system's package manager says).
dependencies='
build|command c++|compiles C++|build-essential|gcc-c++|
build|command cmake|configures the build|cmake|cmake|cmake
build|command ninja|runs the build|ninja-build|ninja-build|ninja
build|command ccache|makes the next build fast|ccache|ccache|ccache
build|package|Qt 6: window, threads, tests|qt6-base-dev|qt6-qtbase-devel|qt
build|package|draws charts|qt6-charts-dev|qt6-qtcharts-devel|
build|package|what the charts are drawn on|libqt6opengl6-dev||
build|package|writes pictures as SVG|qt6-svg-dev|qt6-qtsvg-devel|
build|package|reads JSON|libsimdjson-dev|simdjson-devel|simdjson
build|package|reads YAML|libyaml-dev|libyaml-devel|libyaml
build|package|compresses snapshots|libzstd-dev|libzstd-devel|zstd
build|package|finishes PDF files|libqpdf-dev|qpdf-devel|qpdf
build|package|talks HTTP and TLS|libcurl4-openssl-dev|libcurl-devel|curl
build|package|reads certificates and makes digests|libssl-dev|openssl-devel|openssl@3
build|package|errors as values|libexpected-dev|expected-devel|tl-expected
offscreen|package|letters for windows drawn without a display|fonts-dejavu-core|dejavu-sans-fonts|
pdf|command pdftotext|reads PDF files back in tests|poppler-utils|poppler-utils|poppler
pdf|command qpdf|checks PDF files in tests|qpdf|qpdf|qpdf
live|command etcd|keeps what the API server of live tests is told|etcd-server|etcd|etcd
tidy|command clang-tidy|examines the code|clang-tidy|clang-tools-extra|llvm
wayland|package|opens the window on this Wayland desktop|qt6-wayland|qt6-qtwayland|
'
oldest_qt=6.4
oldest_cmake=3.25

package_manager() {
    if [[ $(uname -s) == Darwin ]]; then
        echo brew
    elif command -v apt-get > /dev/null && command -v dpkg-query > /dev/null; then
        echo apt
    elif command -v dnf > /dev/null; then
        echo dnf
    else
        echo none
    fi
}

is_installed() { # MANAGER PACKAGE
    # shellcheck disable=SC2016 # the dollar is dpkg-query's
    case $1 in
        apt) [[ $(dpkg-query --show --showformat='${db:Status-Status}' "$2" 2> /dev/null) == installed ]] ;;
        dnf) rpm --query --quiet "$2" ;;
        brew) [[ -n $(brew list --versions "$2" 2> /dev/null) ]] ;;
        none) true ;; # nobody to ask: CMake will name what is missing
    esac
}

is_older() { # VERSION OLDEST: is the first lower than the second?
    [[ $1 != "$2" && $(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1) == "$1" ]]
}

apt_candidate() { # PACKAGE: version that apt would install; empty while it has no lists
    LC_ALL=C apt-cache policy "$1" 2> /dev/null | awk '$1 == "Candidate:" && $2 != "(none)" { print $2 }'
}

refuse_old_qt() {
    local candidate
    candidate=$(apt_candidate qt6-base-dev)
    if [[ -n $candidate ]] && is_older "$candidate" "$oldest_qt"; then
        give_up "this system offers Qt $candidate, and Glacis needs Qt $oldest_qt or newer (Debian 12, Ubuntu 24.04)"
    fi
}

as_root() {
    if [[ $(id -u) == 0 ]]; then
        "$@"
    else
        sudo "$@"
    fi
}

# ensure_dependencies GROUP...: installs what of these groups is missing, after saying so.
ensure_dependencies() {
    local manager group found what deb rpm brew package
    local -a missing=() reasons=()
    manager=$(package_manager)
    while IFS='|' read -r group found what deb rpm brew; do
        [[ -n $group && " $* " == *" $group "* ]] || continue
        case $manager in
            apt | none) package=$deb ;;
            dnf) package=$rpm ;;
            brew) package=$brew ;;
        esac
        case $found in
            command*) command -v "${found#command }" > /dev/null && continue ;;
            package) [[ -z $package ]] || is_installed "$manager" "$package" && continue ;;
        esac
        [[ -n $package ]] || give_up "there is no ${found#command } ($what); on macOS: xcode-select --install"
        missing+=("$package")
        reasons+=("$(printf '  %-20s %s' "$package" "$what")")
    done <<< "$dependencies"

    ((${#missing[@]} > 0)) || return 0
    say "Glacis needs what this machine lacks:"
    printf '%s\n' "${reasons[@]}" >&2
    [[ $manager != none ]] || give_up "there is no apt, dnf or Homebrew here: please install these by hand (Debian's names)"

    local -a install
    case $manager in
        apt) install=(apt-get install --yes --no-install-recommends) ;;
        dnf) install=(dnf install --assumeyes --setopt=install_weak_deps=False) ;;
        brew) install=(brew install) ;;
    esac
    local prefix=
    [[ $manager == brew || $(id -u) == 0 ]] || prefix='sudo '
    say "To install it:"
    say "  $prefix${install[*]} ${missing[*]}"
    [[ $manager == apt ]] || say "(The package names for $manager are not yet tried. If one is wrong, please tell us.)"
    [[ $manager != apt ]] || refuse_old_qt

    if [[ $without_asking != yes ]]; then
        if [[ ! -t 0 ]]; then
            say "Nobody can be asked here. Run that line, or again: packaging/$script_name --yes"
            exit 2
        fi
        local answer
        read -r -p "Go on? [y/N] " answer
        [[ $answer == [yY]* ]] || exit 2
    fi
    if [[ -n $prefix ]] && ! command -v sudo > /dev/null; then
        give_up "installing needs root and there is no sudo here; run that line as root"
    fi
    case $manager in
        apt)
            as_root env DEBIAN_FRONTEND=noninteractive apt-get update >&2
            refuse_old_qt
            as_root env DEBIAN_FRONTEND=noninteractive "${install[@]}" "${missing[@]}" >&2
            ;;
        dnf) as_root "${install[@]}" "${missing[@]}" >&2 ;;
        brew) "${install[@]}" "${missing[@]}" >&2 ;;
    esac
}

# configure PRESET: only when there is no build folder yet, or the presets changed, or the repository was moved.
# Everything else Ninja notices by itself.
configure() {
    local folder="$root/build/$1" version
    local -a fresh=()
    version=$(cmake --version | awk 'NR == 1 { print $3 }')
    ! is_older "$version" "$oldest_cmake" || give_up "CMake is $version, and Glacis needs $oldest_cmake or newer"
    if [[ -f $folder/CMakeCache.txt ]] && ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$folder/CMakeCache.txt"; then
        fresh=(--fresh)
    elif [[ -f $folder/build.ninja && ! $root/CMakePresets.json -nt $folder/build.ninja ]]; then
        return
    fi
    if [[ $1 == tidy ]]; then
        # Generated sources (moc, embedded data) are not ours to examine; one harmless check, since none is an error.
        mkdir -p -- "$folder"
        printf "Checks: '-*,llvm-twine-local'\n" > "$folder/.clang-tidy"
    fi
    # Warnings are errors where we build ourselves; a newer compiler's new warnings stop nobody else.
    local strict=OFF
    [[ ${CI:-} != true && $1 == release ]] || strict=ON
    (cd -- "$root" && cmake --preset "$1" -DGLACIS_WERROR=$strict ${fresh[@]+"${fresh[@]}"}) >&2
}

# build PRESET [TARGET...]
build() {
    local preset=$1
    shift
    configure "$preset"
    local -a targets=()
    (($# == 0)) || targets=(--target "$@")
    cmake --build "$root/build/$preset" ${targets[@]+"${targets[@]}"} >&2
}
