# market.sh: a throw-away demo market for the scanners, sourced by them: conf/run.sh on loopback, in
# a folder that goes with it, and people signed in.
#
#   market_start            starts it; sets address and data
#   market_sign_in WHO      sets cookie to the session of WHO@demo.example
#   market_stop             stops it, by its process id
#
# Scanners send a form many times and sign out on the way (Debian's wapiti cannot leave an address
# out): what remembers the answers of forms and slows down guesses is emptied all the time, and a
# session does not end.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
soak=$root/tests/soak
market=
forgetful=

market_start() {
    local tries
    data=$(mktemp -d "${TMPDIR:-/tmp}/tripact-soak-XXXXXX")
    for tries in 1 2 3; do
        port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0))
print(s.getsockname()[1])')
        address=http://127.0.0.1:$port
        : > "$data.out"
        PORT=$port HOST=127.0.0.1 DATA=$data NOW=2023-10-16 ADDRESS=$address \
            OPTIONS='--password_ops=1 --password_memory_kib=8' \
            "$root/conf/run.sh" > "$data.out" 2>&1 &
        market=$!
        for ((i = 0; i < 600; i++)); do
            if grep -q 'Tripact is ready' "$data.out"; then break 2; fi
            kill -0 "$market" 2> /dev/null || break
            sleep 0.1
        done
    done
    if ! grep -q 'Tripact is ready' "$data.out"; then
        cat "$data.out" >&2
        return 1
    fi
    sqlite3 -cmd '.timeout 5000' "$data/tripact.db" 'CREATE TRIGGER session_stays BEFORE DELETE ON session
        BEGIN SELECT RAISE(IGNORE); END'
    while sleep 0.2; do
        sqlite3 -cmd '.timeout 2000' "$data/tripact.db" \
            'DELETE FROM answered; DELETE FROM throttle' 2> /dev/null || true
    done &
    forgetful=$!
}

market_sign_in() {
    local jar=$data/jar csrf
    rm -f "$jar"
    csrf=$(curl -s -D "$jar" "$address/login" |
        sed -n 's/.*name="csrf" value="\([^"]*\)".*/\1/p' | head -n 1)
    cookie=$(curl -s -o /dev/null -D - \
        -H "Cookie: $(grep -io 'tripact_visit=[^;]*' "$jar")" \
        --data-urlencode "csrf=$csrf" -d "email=$1@demo.example" -d 'password=demo-tripact-2026' \
        -d 'next=/' "$address/login" | grep -io 'tripact_session=[^;]*')
    market_signed_in
}

market_signed_in() {
    [[ $(curl -s -o /dev/null -w '%{http_code}' -H "Cookie: $cookie" "$address/password") == 200 ]]
}

market_stop() {
    if [[ -n $forgetful ]]; then kill "$forgetful" 2> /dev/null || true; fi
    if [[ -n $market ]]; then kill -TERM "$market" 2> /dev/null || true; fi
    wait
    [[ -z ${data:-} ]] || rm -rf "$data" "$data.out"
    market='' forgetful=''
}
