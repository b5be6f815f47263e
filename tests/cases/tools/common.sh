# SPDX-License-Identifier: Apache-2.0
# Read by the script of a case (`. "$IEUM_SOURCE/tests/cases/tools/common.sh"`): the words that cases are written in.
# Works in the case's empty folder; leaves its own notes there under *.tmp. Says nothing about what is right: expect.out does.

tools=$IEUM_SOURCE/tests/cases/tools
demo=$IEUM_DATA/demo

# ask [OPTION…] <requests: one line per reply (id, operation, result or the problem's code and place), then the exit status.
ask() {
    asked=0
    "$IEUM" "$@" call >replies.tmp || asked=$?
    python3 "$tools/brief.py" <replies.tmp
    echo "exit $asked"
}

# try ARGUMENT…: what the program writes; of a problem its code, place and values but not its sentence, of further errors the places; then the exit status.
try() {
    tried=0
    "$IEUM" --lang en "$@" 2>problem.tmp || tried=$?
    sed -e 's/^ieum: .*\[\([a-z_]*\)\]$/problem \1/' -e 's/^\(  error [^:]*\):.*/\1/' -e '/^Also$/d' -e '/^  warning /d' -e '/^      [^ ]/d' problem.tmp
    echo "exit $tried"
}

# seal FILE…, then sealed: whether the files are to the byte what they were, and whether anything was left beside them.
list_files() { find . -name '*.tmp' -o -print | sort; }
seal() { sha256sum "$@" >seal.tmp; list_files >list.tmp; }
sealed() {
    list_files >list-now.tmp
    if ! sha256sum --status --check seal.tmp; then echo "THE STORE HAS CHANGED"
    elif ! cmp -s list.tmp list-now.tmp; then echo "FILES CAME OR WENT:"; diff list.tmp list-now.tmp
    else echo "as it was"
    fi
}

# A small store with one supplier and one demand.
small_store() {
    cat >small-suppliers.jsonl <<'END'
{"id":"S1","name":"결함보기(가상)","summary":"표면 결함을 찾는 비전 검사 장비와 소프트웨어를 공급합니다.","deployment":["on-premise"]}
END
    cat >small-demands.jsonl <<'END'
{"id":"D1","program":"ai-manufacturing","applied":"2025-03-14","firm":{"name":"누름쇠(가상)","region":"서울특별시","ksic":["C25"],"size":"중소기업"},"need":"프레스 부품의 표면 결함을 찾고 싶습니다.","diagnosis":{"by":"expert","date":"2025-03-20"}}
END
    "$IEUM" --store "${1:-ieum.db}" import suppliers small-suppliers.jsonl --format json >import.tmp
    "$IEUM" --store "${1:-ieum.db}" import demands small-demands.jsonl --format json >import.tmp
}

# The development collection.
demo_store() {
    "$IEUM" import suppliers "$demo/suppliers.jsonl" --format json >import.tmp
    "$IEUM" import demands "$demo/demands.jsonl" --format json >import.tmp
}

# The number of lines with Hangul in them (whatever the locale: by the first byte of a syllable in UTF-8).
korean_lines() { LC_ALL=C grep -a -c "$(printf '[\352-\355]')" || true; }

# damage FOLDER FILE 'PYTHON on d': a copy of the data folder with one JSON file changed.
damage() {
    rm -rf "$1"
    mkdir "$1"
    cp -R "$IEUM_DATA/lexicon" "$IEUM_DATA/programs" "$IEUM_DATA/features" "$IEUM_DATA/taxonomy" "$IEUM_DATA/desk" "$IEUM_DATA/learn" "$IEUM_DATA/diagnosis" "$IEUM_DATA/jurisdictions" "$1"
    chmod -R u+w "$1"
    python3 "$tools/edit.py" "$IEUM_DATA/$2" "$1/$2" "$3"
}

# needs_xlsx2csv: without that program the case cannot be tried here and counts as skipped.
needs_xlsx2csv() {
    command -v xlsx2csv >/dev/null 2>&1 && return
    echo "skipped: no xlsx2csv (apt-get install xlsx2csv)"
    exit 77
}

# preview ARGUMENT…: of an import's preview what a person decides by, a line each.
preview() {
    previewed=0
    "$IEUM" --lang en import "$@" --preview --format json >preview.tmp 2>problem.tmp || previewed=$?
    sed -e 's/^ieum: .*\[\([a-z_]*\)\]$/problem \1/' problem.tmp
    if [ $previewed = 0 ]; then python3 "$tools/previewed.py" <preview.tmp; else echo "exit $previewed"; fi
}
