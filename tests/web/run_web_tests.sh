#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The page's tests in Debian's Chromium.  usage: run_web_tests.sh PROGRAM SOURCE [SPEC…]; exit status 77: skipped, and one line says why
set -eu
program=$1 source=$2
shift 2
cd "$source/tests/web"
skip() { echo "page tests skipped: $1"; exit 77; }

chromium=${IEUM_CHROMIUM:-$(command -v chromium || true)}
[ -n "$chromium" ] || skip "no chromium (apt-get install chromium)"
command -v node >/dev/null && command -v npm >/dev/null || skip "no node or npm (apt-get install nodejs npm)"
[ "$(node -p 'parseInt(process.versions.node)')" -ge 18 ] || skip "node $(node --version) is older than 18"

# The test tools of package.json, in exactly those versions; two runs at once install them once.
tools_stand() {
    wanted=$(sed -n 's/^    "\(.*\)": "\([0-9].*\)".*/\1 \2/p' package.json)
    have=$(for name in @playwright/test axe-core; do
        sed -n 's/^  "version": "\(.*\)".*/\1/p' "node_modules/$name/package.json" 2>/dev/null | sed "s|^|$name |"
    done)
    [ "$have" = "$wanted" ]
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
exec 9>"${TMPDIR:-/tmp}/ieum-web-tools.$(id -u).lock"
flock 9
tools_stand || PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm install --no-save --no-package-lock --no-audit --no-fund --ignore-scripts \
    --fetch-retries=1 --fetch-timeout=20000 >"$work/npm.log" 2>&1 || skip "npm could not install the test tools: $(sed -n 's/^npm [A-Za-z!]* code /code /p' "$work/npm.log" | head -1)"
exec 9>&-
IEUM=$program IEUM_SOURCE=$source IEUM_CHROMIUM=$chromium IEUM_WEB_OUT=$work/out node_modules/.bin/playwright test "$@"
