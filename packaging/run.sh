#!/usr/bin/env bash
# SPDX-FileCopyrightText: Glacis contributors
# SPDX-License-Identifier: GPL-3.0-or-later

# shellcheck source=packaging/common.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"

usage() {
    cat << 'TEXT'
packaging/run.sh [--yes] [ARGUMENT...]

Installs what a build of Glacis still needs (says what first, and asks), builds it into build/release and starts
it. Arguments go to the program: a file or folder to open in the window, or a command such as
"scan --path manifests/".

  --yes    install without asking
  --help   this text
TEXT
}

while (($# > 0)); do
    case $1 in
        --yes) without_asking=yes ;;
        --help)
            usage
            exit 0
            ;;
        --)
            shift
            break
            ;;
        *) break ;;
    esac
    shift
done

groups=(build)
if [[ -n ${WAYLAND_DISPLAY-} && -z ${DISPLAY-} ]]; then
    groups+=(wayland)
fi
ensure_dependencies "${groups[@]}"
build release glacis

program="$root/build/release/app/glacis"
wants_window=no
if (($# == 0)) || [[ -e $1 ]]; then
    wants_window=yes
fi
if [[ $wants_window == yes && $(uname -s) == Linux && -z ${DISPLAY-} && -z ${WAYLAND_DISPLAY-} ]]; then
    say "Glacis is built. There is no display here, so no window can open. On the command line:"
    say "  build/release/app/glacis scan --path FILE-OR-FOLDER"
    say "  kubectl get all,ingress,networkpolicy -A -o yaml | build/release/app/glacis scan --path -"
    say "  build/release/app/glacis --help"
    exit 0
fi
exec "$program" "$@"
