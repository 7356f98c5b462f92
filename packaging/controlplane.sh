#!/usr/bin/env bash
# SPDX-FileCopyrightText: Glacis contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Builds the kube-apiserver that the live tests start (tests/live/controlplane), once: into the user's cache folder, never
# into the source tree. Takes some minutes, and the network to fetch Go modules; later calls return at once.
# With KUBEBUILDER_ASSETS set (the convention of envtest) nothing is built: the tests take kube-apiserver and etcd from
# there. Exit codes: 0 it is there, 3 it cannot be had here (the reason was said; live tests are then skipped).
# --check builds nothing: 0 says that it is there or that Go is there to build it.

set -euo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
module=$root/tests/live/controlplane
oldest_go=1.24

say() { printf '%s\n' "$*" >&2; }
cannot() {
    say "controlplane.sh: $*"
    exit 3
}

if [[ -n ${KUBEBUILDER_ASSETS:-} ]]; then
    for program in kube-apiserver etcd; do
        [[ -x $KUBEBUILDER_ASSETS/$program ]] || cannot "KUBEBUILDER_ASSETS holds no $program"
    done
    exit 0
fi

version=$(awk '$1 == "k8s.io/kubernetes" { print $2 }' "$module/go.mod")
folder=${XDG_CACHE_HOME:-$HOME/.cache}/glacis/controlplane/$version
[[ ! -x $folder/kube-apiserver ]] || exit 0

go=$(command -v go || true)
[[ -n $go || ! -x /usr/local/go/bin/go ]] || go=/usr/local/go/bin/go # where Go's own archive is unpacked
[[ -n $go ]] || cannot "there is no Go here, and building the API server needs Go $oldest_go or newer"
export GOTOOLCHAIN=local # no other Go is fetched behind our back
# Asked outside the module, which an older Go would refuse to read.
go_version=$(cd / && "$go" env GOVERSION)
go_version=${go_version#go}
if [[ $(printf '%s\n%s\n' "$oldest_go" "$go_version" | sort -V | head -n 1) != "$oldest_go" ]]; then
    cannot "Go is $go_version here, and building the API server needs Go $oldest_go or newer"
fi

[[ ${1:-} != --check ]] || exit 0

say "Building kube-apiserver $version for the live tests into $folder (some minutes, once) ..."
mkdir -p -- "$folder"
fresh=$folder/kube-apiserver.$$
trap 'rm -f -- "$fresh"' EXIT
stamp=k8s.io/component-base/version
flags="-s -w -X $stamp.gitVersion=$version -X $stamp.gitMajor=${version:1:1}"
minor=${version#v*.}
flags+=" -X $stamp.gitMinor=${minor%%.*}"
if ! (cd -- "$module" && CGO_ENABLED=0 "$go" build -mod=readonly -trimpath -buildvcs=false -ldflags "$flags" \
    -o "$fresh" ./kube-apiserver) >&2; then
    cannot "kube-apiserver could not be built (see above; is there a way to the Go modules?)"
fi
mv -f -- "$fresh" "$folder/kube-apiserver" # at once: whoever looks meanwhile sees nothing or all of it
say "Built $folder/kube-apiserver"
