# What the scripts beside it share. It is sourced, and runs nothing by itself.
#
# No secret is ever an argument of a program, where ps would show it: here-documents carry them, since not every sh has printf
# built in, and curl reads all that it is told from standard input. (The arguments of a function belong to no process.)

# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154 # Each file uses what another sets.

# Bytes are passed on as they are, and whatever is made is its owner's alone.
LC_ALL=C
export LC_ALL
umask 077

script=${0##*/}
work='' locked='' terminal=''

help() {
    cat <<EOF
usage: $usage

From the environment:
  BHIV_URL        where the service is; http://localhost:8000 unless set
  API_KEY         the API key
  DEMO_USERNAME   the account's name; admin unless set
  DEMO_PASSWORD   its password; unless set, it is asked for on the terminal
  BHIV_CACHE      the directory, of mode 700, that keeps a token pair for each address and account;
                  bhiv in XDG_CACHE_HOME or in ~/.cache unless set

The answer is on standard output, everything else on standard error. Exit codes:
  0  done
  1  the service refused; its code, what happened and the fix are said
  2  used wrongly, or something here is missing or cannot be written
  3  there is no session, and no password to log in with
  7  no answer, or not all of it
EOF
}

# No echo: where it is dash's, a backslash in a name would act.
say() {
    cat >&2 <<EOF
$script: $1
EOF
}

# fail CODE SENTENCE
fail() {
    say "$2"
    exit "$1"
}

# Before anything else: begin "$@"
begin() {
    for argument; do
        case $argument in
            -h | --help) help && exit 0 ;;
            --) break ;;
        esac
    done

    url=${BHIV_URL:-http://localhost:8000}
    url=${url%/}
    username=${DEMO_USERNAME:-admin}
    key=${API_KEY:-}
    case $url in
        *[[:cntrl:][:space:]@]*) fail 2 'BHIV_URL must hold no space, nor a name or a password.' ;;
        http://* | https://*) ;;
        *) fail 2 'BHIV_URL must begin with http:// or https://.' ;;
    esac
    case $key in
        '') fail 2 'API_KEY is not set. Set it to the key that the operator of the service gave out.' ;;
        # It would end the header, and begin another.
        *[[:cntrl:]]*) fail 2 'API_KEY must not hold a control character.' ;;
    esac

    cache=${BHIV_CACHE:-${XDG_CACHE_HOME:-${HOME:?is not set. Name a directory in BHIV_CACHE.}/.cache}/bhiv}
    mkdir -p "$cache" || fail 2 "$cache cannot be made. Name another directory in BHIV_CACHE."
    case $(ls -ld "$cache/.") in
        drwx------* | drwx--S---*) ;;
        *) fail 2 "$cache may be opened by others, and would hold tokens. Make it yours alone: chmod 700 '$cache'" ;;
    esac
    # An address holds no @ here, and so no two of them share a file.
    tokens=$cache/$(escape file "$username@$url")

    trap finish EXIT
    heed_signals
    # In the same directory: that it can be written is known before a token is used up, and a file is moved to its place at once.
    work=$cache/work.$$.$(date +%s)
    mkdir "$work" || fail 2 "$cache cannot be written. Name another directory in BHIV_CACHE."
    answer=$work/answer
}

finish() {
    [ -z "$terminal" ] || stty "$terminal" </dev/tty
    unlock
    [ -z "$work" ] || rm -rf "$work"
}

heed_signals() {
    trap 'exit 129' HUP
    trap 'exit 130' INT
    trap 'exit 143' TERM
}

# escape FORM TEXT: the text with all escaped that must not stand in a JSON string (RFC 8259 §7), in quotes in curl's
# configuration, or in the name of a file.
escape() {
    awk -v form="$1" '
        BEGIN {
            if (form == "curl") to["\n"] = "\\n"
            else for (i = 1; i < 32; i++) to[sprintf("%c", i)] = sprintf(form == "json" ? "\\u%04x" : "%%%02x", i)
            if (form == "file") {
                to["/"] = "%2f"
                to["%"] = "%25"
            } else {
                to["\""] = "\\\""
                to["\\"] = "\\\\"
            }
        }
        NR > 1 { printf "%s", to["\n"] }
        {
            for (i = 1; i <= length($0); i++) {
                c = substr($0, i, 1)
                printf "%s", c in to ? to[c] : c
            }
        }
    ' <<EOF
$2
EOF
}

# member NAME: of the answer, the first member of that name. Only \", \\ and \/ are read: what would act on a terminal stays
# escaped.
member() {
    awk -v name="\"$1\":" '
        { text = text $0 }
        END {
            if (!index(text, name)) exit
            text = substr(text, index(text, name) + length(name))
            if (text !~ /^"/) {
                sub(/[,}].*/, "", text)
                print text
                exit
            }
            for (i = 2; i <= length(text) && (c = substr(text, i, 1)) != "\""; i++) {
                if (c == "\\") {
                    c = substr(text, ++i, 1)
                    if (c !~ /["\\\/]/) c = "\\" c
                }
                value = value c
            }
            print value
        }
    ' "$answer"
}

# call PATH CONFIGURATION: the answer is a file, and its status is in $status. Fails when there is none.
call() {
    : >"$answer"
    authorization=''
    [ -z "$bearer" ] || authorization="header = \"Authorization: Bearer $(escape curl "$bearer")\""
    # -q: a .curlrc that says -i or -v would spoil the answer, or show the headers.
    status=$(curl -q --config - <<EOF
silent
show-error
globoff
proto = "=http,https"
connect-timeout = 5
speed-limit = 1
speed-time = 30
max-time = ${locked:-0}
url = "$(escape curl "$url$1")"
header = "X-API-Key: $(escape curl "$key")"
$authorization
output = "$(escape curl "$answer")"
write-out = "%{http_code}"
$2
EOF
    ) || return 1
}

# json_body JSON: the configuration that posts it.
json_body() {
    cat <<EOF
header = "Content-Type: application/json"
data-raw = "$(escape curl "$1")"
EOF
}

no_answer() { fail 7 "$url gave no whole answer."; }

describe() {
    code=$(member code)
    if [ -n "$code" ]; then
        say "Refused ($code): $(member detail) $(member fix)"
    else
        say "Refused with status $status, and not by Bhiv: no problem was told."
    fi
}

refuse() {
    describe
    exit 1
}

# JSON ends without a newline, and the prompt of a terminal would follow it: awk ends every line.
show() { awk 1 "$answer"; }

