#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs one bench by name: `./run bench NAME [--quick]`, which builds the release program first.
# Prints a Markdown table and writes build/bench/NAME.json. A bench is bench/NAME_bench.py or an executable bench/NAME/run.sh.
# Exit status: 0 every target reached or not judged, 1 a target missed or the bench failed, 2 usage.
set -eu
cd "$(dirname "$0")/.."

# These steer OpenBLAS to other kernels than the processor's own: a peer under them is not the peer a reader would get.
unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE
# The benches name their own stores and data folders.
unset IEUM_STORE IEUM_DATA

usage() {
    echo "usage: ./run bench NAME [--quick]; NAME is one of:" >&2
    for file in bench/*_bench.py bench/*/run.sh; do
        [ -e "$file" ] || continue
        case "$file" in
        *_bench.py) name=$(basename "$file" _bench.py) ;;
        *) name=$(basename "$(dirname "$file")") ;;
        esac
        echo "  $name" >&2
    done
    exit 2
}

[ $# -ge 1 ] || usage
name=$1
shift
case "$name" in
*[!a-z0-9-]* | "") usage ;;
esac
for argument in "$@"; do
    [ "$argument" = --quick ] || usage
done
if [ ! -x build/release/bindings/cli/ieum ]; then
    echo "bench: the release program is not built; use ./run bench $name" >&2
    exit 1
fi
mkdir -p build/bench
# A result of an earlier run must not pass for this one's.
rm -f "build/bench/$name.json"
status=0
if [ -f "bench/$name/run.sh" ]; then
    sh "bench/$name/run.sh" "$@" || status=$?
elif [ -f "bench/${name}_bench.py" ]; then
    python3 "bench/${name}_bench.py" "$@" || status=$?
else
    usage
fi
if [ ! -s "build/bench/$name.json" ]; then
    echo "bench: $name wrote no result (build/bench/$name.json)" >&2
    exit 1
fi
exit "$status"
