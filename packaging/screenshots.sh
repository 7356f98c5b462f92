#!/usr/bin/env bash
# SPDX-FileCopyrightText: Glacis contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Makes the pictures of the README in resources/screenshots: the real program, drawn offscreen, on the example shop.

# shellcheck source=packaging/common.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"

usage() {
    cat << 'TEXT'
packaging/screenshots.sh [--yes] [--output FOLDER] [SOURCE...]

Builds Glacis and draws its pages, dark and light, into resources/screenshots (or FOLDER). SOURCE is what to open
(default: the practice cluster).
TEXT
}

output="$root/resources/screenshots"
while (($# > 0)); do
    case $1 in
        --yes) without_asking=yes ;;
        --output)
            (($# > 1)) || give_up "$1 needs a value"
            output=$2
            shift
            ;;
        --help)
            usage
            exit 0
            ;;
        *) break ;;
    esac
    shift
done
source_arguments=("$@")
((${#source_arguments[@]} > 0)) || source_arguments=(--practice votelab)

ensure_dependencies build offscreen
build release glacis

mkdir -p -- "$output"
export QT_QPA_PLATFORM=offscreen
for page in overview findings; do
    for theme in dark light; do
        picture="$output/$page-$theme.png"
        "$root/build/release/app/glacis" --screenshot "$picture" --theme "$theme" --page "$page" \
            --size 1440x900 "${source_arguments[@]}"
        say "$picture"
    done
done
