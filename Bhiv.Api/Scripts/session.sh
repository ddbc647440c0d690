# The session that is kept for an address and an account: a file with its token pair. Sourced after common.sh.

# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154 # Each file uses what another sets.

# A token is for the other scripts, or for what reads this one's output; a terminal would keep it in its scrollback.
show_pair() {
    if [ -t 1 ]; then
        say "The token pair of $username is kept in $tokens."
    else
        show
    fi
}

# Whoever changes the token file holds this. A call takes five seconds then and not more, and so one that is older than
# fifteen was left behind. Two that hold it all the same do no harm: the service gives both the same pair, and keep writes
# over nothing but what it replaces.
lock() {
    waited=0
    until mkdir "$tokens.lock" 2>/dev/null || [ "$waited" -ge 15 ]; do
        sleep 1
        waited=$((waited + 1))
    done
    locked=5
}

unlock() {
    [ -z "$locked" ] || rmdir "$tokens.lock" 2>/dev/null || :
    locked=''
}

# The pair that is kept, or nothing: a file that says anything else is none.
load() {
    access='' refresh='' expires=0
    [ -f "$tokens" ] || return 0
    while read -r name value; do
        case $name in
            access_token) access=$value ;;
            refresh_token) refresh=$value ;;
            expires_at) expires=$value ;;
        esac
    done <"$tokens"
    case $expires in
        '' | *[!0-9]*) expires=0 ;;
    esac
}

is_fresh() { [ -n "$access" ] && [ "$(date +%s)" -lt "$expires" ]; }

# keep REPLACED: puts the answer's pair in the place of the refresh token that it was given for. Where there is another by
# now, that one is newer and stays.
keep() {
    new_access=$(member access_token)
    new_refresh=$(member refresh_token)
    lifetime=$(member expires_in)
    case $new_access,$new_refresh,$lifetime in
        ?*,?*,*[!0-9]* | ,* | *,,* | *,) fail 1 "$url answered with no token pair." ;;
    esac
    cat >"$work/tokens" <<EOF || fail 2 "$tokens cannot be written. The next try within ten seconds gets the same pair."
expires_at $((asked + lifetime))
access_token $new_access
refresh_token $new_refresh
EOF
    load
    [ "$refresh" != "$1" ] || mv -f "$work/tokens" "$tokens" ||
        fail 2 "$tokens cannot be written. The next try within ten seconds gets the same pair."
    load
}

# Exchanges the refresh token. It is good once: whatever stops this script between the exchange and the file would lose the
# session, and so nothing may. A lost answer is given again within ten seconds, of which a try takes five at the most.
rotate() {
    bearer=''
    configuration=$(json_body "{\"refresh_token\":\"$(escape json "$refresh")\"}")
    trap '' HUP INT TERM
    asked=$(date +%s)
    call /api/v1/auth/refresh "$configuration" || status=500
    case $status in
        5*) call /api/v1/auth/refresh "$configuration" || no_answer ;;
    esac
    [ "$status" != 200 ] || keep "$refresh"
    heed_signals
    [ "$status" = 200 ]
}

log_in() {
    load
    replaced=$refresh
    bearer=''
    asked=$(date +%s)
    configuration=$(json_body "{\"username\":\"$(escape json "$username")\",\"password\":\"$(escape json "$password")\"}")
    call /api/v1/auth/login "$configuration" || no_answer
    [ "$status" = 200 ] || refuse
    keep "$replaced"
}

# Fails where nobody can be asked.
find_password() {
    password=${DEMO_PASSWORD:-}
    [ -z "$password" ] || return 0
    (: </dev/tty) 2>/dev/null || return 1
    cat >/dev/tty <<EOF
Password of $username at $url:
EOF
    terminal=$(stty -g </dev/tty)
    stty -echo </dev/tty
    IFS= read -r password </dev/tty || :
    stty "$terminal" </dev/tty
    terminal=''
}

# renew CODE: another access token than $access, which is none or was refused with the code.
renew() {
    unusable=$access
    lock
    load
    if another_run_was_quicker; then
        unlock
        return
    fi
    if [ -n "$refresh" ] && [ "$1" != revoked_token ]; then
        if rotate; then
            unlock
            return
        fi
        case $(member code) in
            *refresh_token*) describe ;;
            *) refuse ;;
        esac
    elif [ -n "$1" ]; then
        describe
    fi
    unlock

    find_password || fail 3 "There is no session of $username at $url. Run login, or set DEMO_PASSWORD."
    say "Logging in as $username."
    lock
    load
    another_run_was_quicker || log_in
    unlock
}

another_run_was_quicker() { [ "$access" != "$unusable" ] && is_fresh; }

# call_with_token PATH CONFIGURATION: logs in or refreshes where that is due, or where the service says that it is.
call_with_token() {
    load
    is_fresh || renew ''
    bearer=$access
    call "$1" "$2" || no_answer
    if [ "$status" = 401 ]; then
        code=$(member code)
        case $code in
            expired_token | invalid_token | revoked_token)
                renew "$code"
                bearer=$access
                call "$1" "$2" || no_answer
                ;;
        esac
    fi
    [ "$status" = 200 ] || refuse
}
