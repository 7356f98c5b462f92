#!/usr/bin/env bash
# SPDX-FileCopyrightText: Glacis contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Draws the named set of pictures that a change of the window is judged by: the real program, offscreen, on the
# practice clusters and on sources made here (empty, long names, 5,000 pods). The README's pictures are among them.

# shellcheck source=packaging/common.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"

usage() {
    cat << 'TEXT'
packaging/screenshots.sh [--yes] [--readme] [--output FOLDER]

Builds Glacis and draws its pages and states into FOLDER (default: build/screenshots).
  --readme   only the pictures of the README, into resources/screenshots
  --yes      installs what is missing without asking
TEXT
}

output="$root/build/screenshots"
readme=no
while (($# > 0)); do
    case $1 in
        --yes) without_asking=yes ;;
        --readme)
            readme=yes
            output="$root/resources/screenshots"
            ;;
        --output)
            (($# > 1)) || give_up "$1 needs a value"
            output=$2
            shift
            ;;
        --help)
            usage
            exit 0
            ;;
        *) give_up "unknown argument '$1'" ;;
    esac
    shift
done

ensure_dependencies build offscreen
if [[ $readme == yes ]]; then
    build release glacis
else
    build release glacis bench
fi

mkdir -p -- "$output"
export QT_QPA_PLATFORM=offscreen
program="$root/build/release/app/glacis"
failed=0

# shot NAME ARGUMENT...: one picture; --size 1440x900 and dark unless said otherwise.
shot() {
    local name=$1
    shift
    local -a usual=()
    [[ " $* " == *" --size "* || " $* " == *" --gallery "* ]] || usual+=(--size 1440x900)
    [[ " $* " == *" --theme "* ]] || usual+=(--theme dark)
    if "$program" --screenshot "$output/$name.png" ${usual[@]+"${usual[@]}"} "$@"; then
        say "$output/$name.png"
    else
        say "$output/$name.png failed"
        failed=1
    fi
}

if [[ $readme == yes ]]; then
    shot attack-dark --practice votelab --page attack
    shot overview-dark --practice votelab --page overview
    exit "$failed"
fi

made=$(mktemp -d)
trap 'rm -rf -- "$made"' EXIT
mkdir -- "$made/empty" "$made/manifests"
cat > "$made/manifests/web.yaml" << 'YAML'
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec: {selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: web}]}}}
YAML
# Names as long as Kubernetes allows, and a way through them.
long=$(printf 'n%.0s' $(seq 1 240))
label=$(printf 'l%.0s' $(seq 1 60))
for i in 1 2 3; do
    cat << YAML
---
apiVersion: v1
kind: Pod
metadata: {name: $long-pod-$i, namespace: $label$i, labels: {app: a$i}}
spec: {nodeName: $long-node, containers: [{name: a, image: a, ports: [{containerPort: 80}], securityContext: {privileged: true}, env: [{name: DATABASE_URL, value: "postgres://u:p4ssw0rd-x9@db/x"}]}]}
status: {phase: Running, podIP: 10.1.0.$i}
---
apiVersion: v1
kind: Service
metadata: {name: $long-svc-$i, namespace: $label$i}
spec: {type: NodePort, selector: {app: a$i}, ports: [{port: 80, nodePort: 3000$i}]}
YAML
done > "$made/long.yaml"
cat >> "$made/long.yaml" << YAML
---
apiVersion: v1
kind: Node
metadata: {name: $long-node, labels: {node-role.kubernetes.io/control-plane: ""}}
status: {addresses: [{type: ExternalIP, address: 104.21.63.1}, {type: InternalIP, address: 10.0.0.1}]}
YAML
"$root/build/release/tests/bench/bench" --write "$made/large" --pods 5000 --ways 40 > /dev/null

for theme in dark light; do
    for page in overview attack findings reports settings; do
        shot "$page-$theme" --practice votelab --page "$page" --theme "$theme"
    done
    shot "gallery-$theme" --gallery --theme "$theme"
    shot "palette-$theme" --practice votelab --palette docker --theme "$theme"
done
shot step-dark --practice votelab --page attack --at "edge:DOCKER_TCP|endpoint/docker/worker-1|node/worker-1"
shot node-light --practice votelab --page attack --at "node:node/worker-1" --theme light
shot option-dark --practice votelab --page attack --at "option:M3@edge"
shot findings-filtered-dark --practice votelab --page findings --at "stage:3 severity:high+"
for page in overview attack findings reports; do
    shot "$page-small" --practice votelab --page "$page" --size 1024x700
    shot "$page-scale-2" --practice votelab --page "$page" --scale 2
    shot "$page-hardened" --practice votelab-hardened --page "$page" --theme light
    shot "$page-large-cluster" --path "$made/large" --facts "$made/large.facts.yaml" --as-cluster --page "$page"
    shot "$page-long-names" --path "$made/long.yaml" --as-cluster --page "$page"
    shot "$page-right-to-left" --practice votelab --page "$page" --rtl --theme light
done
shot overview-empty-folder --path "$made/empty"
shot overview-manifests --path "$made/manifests" --page overview
shot attack-manifests --path "$made/manifests" --page attack
shot overview-wide --practice votelab --page overview --size 1920x1200
shot no-source --empty
shot tour --practice votelab --tour 2 --theme light
exit "$failed"
