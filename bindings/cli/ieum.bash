# SPDX-License-Identifier: Apache-2.0
# Completion of the command line for bash: commands, options, their values, and program ids as `ieum program list` gives them.
# Asks the program itself, with the --data and --store that stand on the line; does nothing but fill in words.

# Runs ieum with the global options that are on the line so far; what it says of faults is not for this place.
_ieum_ask() {
    local -a given=()
    local i own=''
    for ((i = 1; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
        train | rows) own=yes ;; # whose --data is what is learned from
        --data | --store)
            [[ $own && ${COMP_WORDS[i]} == --data ]] && continue
            # Where '=' breaks words, the value stands after it.
            if [[ ${COMP_WORDS[i + 1]} == = ]]; then
                given+=("${COMP_WORDS[i]}" "${COMP_WORDS[i + 2]}")
            else
                given+=("${COMP_WORDS[i]}" "${COMP_WORDS[i + 1]}")
            fi
            ;;
        esac
    done
    "${COMP_WORDS[0]}" "${given[@]}" "$@" 2>/dev/null
}

# The command on the line and how many of its operands stand before the cursor: _ieum_command, _ieum_operands.
_ieum_scan() {
    local i word
    _ieum_command='' _ieum_operands=0
    for ((i = 1; i < COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        case $word in
        --store | --lang | --threads | --now | --data | --program | --demand | --need | --supplier | --answers | --ethics | --firm | --criteria | --model | --format | --id | --by | --reason | --revision | --grade | --result | --rule | --waiting-for | --note | --evidence | --amount | --method | --intake | --q | --side | --party | --place | --until | --marks | --awards | --head | --after | --round | --before | --applied-from | --applied-to | --supplier | --baseline | --seed | --kind | --out | --qrels | --split | --folds | --inner-folds | --costs | --widths | --knots | --monotone | --time-limit | --memory-limit | --name | --about-ko | --about-en | --features | --means | --stage | --among | --suppliers | --demands | --decisions | --year | --access | --role | --days | --token-id | --month | --account | --limit | --table | --listen | --new-token | --web | --mapping | --merge | --choices | --sheet | -k | -b | -m)
            [[ ${COMP_WORDS[i + 1]} == = ]] && ((i++))
            ((i++))
            ;;
        -?*) ;;
        *)
            if [[ -z $_ieum_command ]]; then
                _ieum_command=$word
            else
                ((_ieum_operands++))
            fi
            ;;
        esac
    done
}

_ieum_words() { mapfile -t COMPREPLY < <(compgen -W "$1" -- "$current"); }

# Files with one of the endings, and folders.
_ieum_files() {
    local ending
    mapfile -t COMPREPLY < <(compgen -d -- "$current")
    for ending in "$@"; do
        mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -f -X "!*$ending" -- "$current")
    done
    compopt -o filenames
}

_ieum_formats() {
    case $_ieum_command in
    suggest) echo json table trec ids csv xlsx html ;;
    evaluate) echo json table trec csv xlsx html ;;
    shadow) echo json table svg csv xlsx html ;;
    model) echo json table ids ;;
    import) echo json table csv xlsx html ;;
    template) echo csv xlsx ;;
    check | cases | find | program) echo json table ids csv xlsx html ;;
    round) echo json table ids svg csv xlsx html ;;
    select | audit | report | explain-text | account | access) echo json table csv xlsx html ;;
    *) echo json table ;;
    esac
}

# The value of an option, and no other words; false where the word before is no option with a value.
_ieum_value() {
    case $1 in
    --program) _ieum_words "$(_ieum_ask program list --format ids)" ;;
    --lang) _ieum_words 'ko en' ;;
    --criteria) _ieum_words 'all fit' ;;
    --kind)
        if [[ $_ieum_command == round ]]; then _ieum_words 'exclusion challenge abstention'; else _ieum_words 'linear additive pairwise mixed'; fi
        ;;
    --method) _ieum_words 'max_sum leximin stable random' ;;
    --intake) _ieum_words 'batch rolling' ;;
    --head | --marks | --awards | --mapping | --merge | --choices | --ethics | --firm) _ieum_files .json ;;
    --answers) [[ $_ieum_command == diagnose ]] && _ieum_files .json || COMPREPLY=() ;;
    --split) _ieum_words 'demand supplier both date' ;;
    --qrels | --out | --model-out) _ieum_files '' ;;
    --suppliers | --demands | --decisions) _ieum_files .json .jsonl .ndjson .csv .xlsx ;;
    --model) _ieum_words "rubric $(_ieum_ask model list --format ids)" ;;
    --format) _ieum_words "$(_ieum_formats)" ;;
    --id) _ieum_words "$(_ieum_ask round list --format ids)" ;;
    --round) [[ $_ieum_command == report ]] && _ieum_words "$(_ieum_ask round list --format ids)" || COMPREPLY=() ;;
    -b) _ieum_words '0 1' ;;
    --data)
        mapfile -t COMPREPLY < <(compgen -d -- "$current")
        [[ $_ieum_command == train ]] && _ieum_files ''
        compopt -o filenames
        ;;
    --store) _ieum_files .db ;;
    --role) _ieum_words 'viewer desk manager researcher admin' ;;
    --access)
        mapfile -t COMPREPLY < <(compgen -d -- "$current")
        compopt -o filenames
        ;;
    --baseline) _ieum_files '' ;;
    -m) _ieum_words 'nDCG@10 AP RR P@5 R@10 Bpref Success@1 Judged@10' ;;
    --demand | --need | --supplier | --threads | --now | --by | --reason | --seed | --revision | --q | --side | --party | --place | --until | --applied-from | --applied-to | --after | --year | --before | --folds | --inner-folds | --costs | --widths | --knots | --monotone | --time-limit | --memory-limit | --name | --about-ko | --about-en | --features | --means | --days | --token-id | --month | --account | --limit | --table | --listen | --new-token | --web | --sheet | -k) COMPREPLY=() ;;
    *) return 1 ;;
    esac
}

_ieum_options() {
    local own=''
    case $_ieum_command in
    check) own='--program --demand --format --out --table' ;;
    suggest) own='--program --demand --need --all --supplier --place -k --criteria --answers --questions --model --no-rules --log --format --out --table' ;;
    select) own='--program --marks --awards --stage --among --format --out --table' ;;
    cases) own='--demand --need --program -k --format --out --table' ;;
    find) own='-k --format --out --table' ;;
    diagnose) own='--questionnaire --answers --ethics --demand --firm --need --program --format --out --table' ;;
    round) own='--program --id --criteria --by --reason --revision --method --model --q --seed --grade --result --rule --note --evidence --amount --intake --side --kind --party --until --demand --supplier --upheld --rejected --marks --awards --applied-from --applied-to --format --out --table' ;;
    report) own='--program --year --retrain --model-out --round --demand --firm --waiting-for --format --out --table' ;;
    audit) own='--after --round --head --before --by --reason --format --out --table' ;;
    account) own='--role --days --revoke --token-id --by --reason --format --out --table' ;;
    access) own='--month --account --limit --by --reason --access --format --out --table' ;;
    shadow) own='--program --suppliers --demands --decisions --choices --model --criteria --q --seed --format --out --table' ;;
    import) own='--format --preview --mapping --merge --sheet --by --out --table' ;;
    template) own='--format --out' ;;
    doctor) own='--format' ;;
    program) own='--from --format --out --table' ;;
    explain-text) own='--format --out --table' ;;
    train) own='--kind --out --program --data --qrels --criteria --split --folds --inner-folds --costs --widths --knots --monotone --seed --time-limit --memory-limit --name --about-ko --about-en --format' ;;
    model) own='--program --data --qrels --criteria --plain --features --means --out --name --about-ko --about-en --format' ;;
    evaluate) own='-m --per-topic --complete --baseline --seed --format --out --table' ;;
    score) own='-b -q' ;;
    export) own='--program --out --format' ;;
    generate) own='--profile --seed --demands --suppliers --program --out --format' ;;
    backup) own='--replace --format' ;;
    restore) own='--by --format' ;;
    serve) own='--listen --behind-tls --new-token --web --access' ;;
    '') own='--version' ;;
    esac
    echo "$own --store --lang --threads --now --data --help"
}

_ieum_operand() {
    case $_ieum_command:$_ieum_operands in
    :*) _ieum_words 'check suggest select cases find diagnose round shadow report audit account access import template program explain-text evaluate train model score call serve generate export backup restore doctor help' ;;
    help:0) _ieum_words 'check suggest select cases find diagnose round shadow report audit account access import template program explain-text evaluate train model score call serve generate export backup restore doctor' ;;
    round:0) _ieum_words 'new open select propose lock veto recuse waive lift third consent extend withdraw rematch confirm publish object answer agree done settle fulfil attach admit what-if why compare replay verify show list audit' ;;
    report:0) _ieum_words 'council suppliers year result modules statistics' ;;
    audit:0) _ieum_words 'list head verify erase' ;;
    account:0) _ieum_words 'list create token role revoke' ;;
    access:0) _ieum_words 'review prune operations' ;;
    import:0 | template:0) _ieum_words 'suppliers demands outcomes decisions' ;;
    evaluate:*) _ieum_files '' ;;
    import:*) _ieum_files .json .jsonl .ndjson .csv .xlsx ;;
    model:0) _ieum_words 'list show import export rows' ;;
    model:1)
        _ieum_files ''
        mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -W "$(_ieum_ask model list --format ids)" -- "$current")
        ;;
    model:2) _ieum_files '' ;;
    program:0) _ieum_words 'list show check new' ;;
    program:1)
        _ieum_files .json
        mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -W "$(_ieum_ask program list --format ids)" -- "$current")
        ;;
    score:[012]) mapfile -t COMPREPLY < <(compgen -f -- "$current") && compopt -o filenames ;;
    backup:0 | restore:0) _ieum_files .db .bak ;;
    esac
}

_ieum() {
    local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} _ieum_command _ieum_operands
    COMPREPLY=()
    # `--name=value` comes as three words where '=' breaks words.
    if [[ $current == = ]]; then
        current=''
    elif [[ $before == = ]]; then
        before=${COMP_WORDS[COMP_CWORD - 2]}
    fi
    _ieum_scan
    if ((COMP_CWORD > 1)) && _ieum_value "$before"; then
        return
    elif [[ $current == -* ]]; then
        _ieum_words "$(_ieum_options)"
    else
        _ieum_operand
    fi
}

complete -F _ieum ieum
