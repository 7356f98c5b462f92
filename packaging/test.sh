#!/usr/bin/env bash
# SPDX-FileCopyrightText: Glacis contributors
# SPDX-License-Identifier: GPL-3.0-or-later

# shellcheck source=packaging/common.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"

usage() {
    cat << 'TEXT'
packaging/test.sh [--yes] [--preset NAME] [-L LABEL] [--live] [-- CTEST-ARGUMENT...]

Installs what building and testing Glacis still needs (says what first, and asks), builds everything and runs the
tests. No display is needed and no cluster of yours is touched.

  --yes           install without asking
  --preset NAME   release (default), dev, asan, tsan, tidy, coverage: see CMakePresets.json
  -L LABEL        only tests with this label: unit, gui or corpus (default: all three)
  --live          also the tests against a real API server, which they start themselves on 127.0.0.1. It is built
                  once (Go 1.24 or newer and the network, some minutes), or taken from KUBEBUILDER_ASSETS. Where
                  that is not to be had these tests are reported as skipped. Installs etcd, which Debian also
                  starts as a service
  --help          this text
TEXT
}

preset=release
label='unit|gui|corpus'
live=no
while (($# > 0)); do
    case $1 in
        --yes) without_asking=yes ;;
        --help)
            usage
            exit 0
            ;;
        --preset | -L)
            (($# > 1)) || give_up "$1 needs a value"
            if [[ $1 == -L ]]; then label=$2; else preset=$2; fi
            shift
            ;;
        --live) live=yes ;;
        --)
            shift
            break
            ;;
        *)
            usage >&2
            give_up "unknown argument: $1"
            ;;
    esac
    shift
done

groups=(build offscreen pdf)
if [[ $preset == tidy ]]; then
    groups+=(tidy)
fi
if [[ $live == yes ]]; then
    label+='|live'
    # Go itself is nothing that we install; without it etcd would be of no use.
    if "$root/packaging/controlplane.sh" --check; then
        [[ -n ${KUBEBUILDER_ASSETS:-} ]] || groups+=(live)
    else
        live=impossible
    fi
fi
ensure_dependencies "${groups[@]}"
build "$preset"
if [[ $live == impossible ]] || { [[ $live == yes ]] && ! "$root/packaging/controlplane.sh"; }; then
    say "The live tests will be reported as skipped."
fi

# Offscreen: windows are drawn into memory, so that the tests need no display and disturb none.
export QT_QPA_PLATFORM=offscreen
jobs=$(getconf _NPROCESSORS_ONLN)
exec ctest --test-dir "$root/build/$preset" -L "^($label)\$" --no-tests=error --output-on-failure \
    --parallel "$jobs" "$@"
