#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Checks the house: includes point downward only, each third-party header is included by one file, file names are unique, every source
# carries its licence line, nothing is marked as unfinished.  usage: house.sh ROOT
set -eu
cd "$1"
faults=$(mktemp)
trap 'rm -f "$faults"' EXIT

# folder → floor; a file may include its own folder and floors below. ieum.h may be included by all.
find engine -name '*.c' -o -name '*.h' | sort | while read -r file; do
    grep -n '^#include "' "$file" | sed 's/^\([0-9]*\):#include "\(.*\)".*/\1 \2/' | while read -r line name; do
        echo "$file $line $name"
    done
done | awk '
function floor_of(path,   parts, n) {
    n = split(path, parts, "/")
    if (n == 2) return parts[2] ~ /^engine/ ? 12 : parts[2] ~ /^pipeline/ ? 9 : parts[2] ~ /^cohort/ ? 8.7 : parts[2] ~ /^workspace/ ? 8.5 : parts[2] == "ieum.h" ? -1 : 99
    return floors[parts[2]]
}
BEGIN {
    split("base 0 adapt 1 record 2 text 2 program 3 generate 4 feature 4 score 5 learn 6 match 6 explain 6 measure 6 round 6 diagnosis 6 store 7 request 10 render 11", f, " ")
    for (i = 1; i in f; i += 2) floors[f[i]] = f[i + 1]
}
{
    path = $1; sub(/[^\/]*$/, "", path); path = path $3
    while (sub(/[^\/]+\/\.\.\//, "", path)) ;
    from = $1; folder = from; sub(/\/[^\/]*$/, "", folder); target = path; sub(/\/[^\/]*$/, "", target)
    if (path == "engine/ieum.h" || (folder == target && folder != "engine")) next
    if (floor_of(from) == "" || floor_of(path) == "") print $1 ":" $2 ": folder without a floor: " $3
    else if (folder != "engine" || target != "engine" ? floor_of(path) >= floor_of(from) : floor_of(path) > floor_of(from))
        print $1 ":" $2 ": includes upward or sideways: " $3
}' >>"$faults"

# third-party headers: one file each, and only in adapt/
standard='^(assert|ctype|dirent|errno|fcntl|float|inttypes|limits|locale|malloc|math|pthread|signal|stdalign|stdarg|stdatomic|stdbool|stddef|stdint|stdio|stdlib|string|strings|time|unistd|sys/[a-z]+|arpa/inet|netinet/(in|tcp)|poll)\.h$'
grep -rHn '^#include <' engine bindings | sed 's/^\([^:]*\):\([0-9]*\):#include <\(.*\)>.*/\1 \3/' | grep -Ev " $(echo "$standard" | sed 's/^^//')" | sort -u |
    grep -v '^bindings/http/mhd\.c microhttpd\.h$' | # the adapter of the HTTP binding
    grep -Ev '_avx(2|512|512vnni)\.[ch] immintrin\.h$' | # the processor's own instructions: only where they are compiled for
    awk '{ count[$2]++; where[$2] = where[$2] " " $1; if ($1 !~ /^engine\/adapt\/[a-z_]+\.c$/) print $1 ": third-party header <" $2 "> outside an adapter" }
         END { for (h in count) if (count[h] > 1) print "<" h "> is included by more than one file:" where[h] }' >>"$faults"

# bindings see the public header alone
grep -rn '^#include "' bindings --include='*.c' --include='*.h' | sed 's/^\([^:]*\):[0-9]*:#include "\(.*\)".*/\1 \2/' | while read -r file name; do
    [ "$name" = ieum.h ] || [ -e "$(dirname "$file")/$name" ] || echo "$file: a binding includes $name"
done >>"$faults"

find engine bindings -name '*.c' -o -name '*.h' | sed 's|.*/||' | sort | uniq -d | sed 's/^/file name is not unique: /' >>"$faults"
find engine bindings tests bench -name node_modules -prune -o '(' -name '*.[ch]' -o -name '*.sh' -o -name '*.py' -o -name '*.js' -o -name '*.css' -o -name '*.html' ')' -print | sort | while read -r file; do
    head -3 "$file" | grep -q 'SPDX-License-Identifier: Apache-2.0' || echo "$file: no licence line"
done >>"$faults"
grep -rnwE 'TODO|FIXME|XXX' engine bindings tests --include='*.[ch]' >>"$faults" || true

# the page: data never becomes markup or code, and nothing comes from elsewhere
grep -nE 'innerHTML|outerHTML|insertAdjacentHTML|document\.write|[^.a-zA-Z]eval\(|new Function|setAttribute\(.style' bindings/web/*.js >>"$faults" || true
grep -noE '(https?:)?//[a-z0-9-]+[.][a-z0-9./]+' bindings/web/*.js bindings/web/*.css bindings/web/*.html | grep -v 'www\.w3\.org' >>"$faults" || true
# what a page is made of: the shell, the page's module and all they import, the styles; each page stays under 150,000 bytes
for page in bindings/web/page_*.js; do
    grep -q '^export async function show' "$page" || continue
    parts="bindings/web/app.js $page" before=""
    while [ "$parts" != "$before" ]; do
        before=$parts
        parts=$( { printf '%s\n' $parts; grep -ohE "(from|import) '\./[a-z_]+\.js'" $parts | sed "s|.*'\./\(.*\)'|bindings/web/\1|"; } | sort -u | tr '\n' ' ')
    done
    bytes=$(cat $parts bindings/web/index.html bindings/web/*.svg bindings/web/style.css bindings/web/print.css $(ls "${page%.js}.css" 2>/dev/null) | wc -c)
    [ "$bytes" -lt 150000 ] || echo "$page: $bytes bytes with all that it loads; a page stays under 150000" >>"$faults"
done

cat "$faults"
[ ! -s "$faults" ] && echo "the house is in order"
