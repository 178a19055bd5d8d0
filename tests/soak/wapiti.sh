#!/usr/bin/env bash
# wapiti.sh [SECONDS]: Debian's wapiti crawls a demo market as each hat and signed out, SECONDS long
# (60), then attacks what it met, a third of that with each module, and must find nothing. First it
# must find the holes of a site that has some: a scanner that sees nothing proves nothing.
#
# Ends with "N passed, N failed"; not 0 when anything was found, or when it did not look.
#
# Not its modules brute_login_form, buster, nikto, wapp (they guess, or need lists from the network),
# ssrf, xxe (they need a site of wapiti's own), http_headers (it asks for X-Frame-Options and
# X-XSS-Protection, which Content-Security-Policy has replaced; attack.mjs judges our heads),
# cookieflags (without TLS there is no Secure; tests/install.sh sees it over TLS).
set -euo pipefail
. "$(dirname "$0")/market.sh"

seconds=${1:-60}
modules=backup,blindsql,crlf,csp,csrf,exec,file,htaccess,methods,permanentxss,redirect
modules+=,shellshock,sql,xss
passed=0 failed=0 faulty=
work=$(mktemp -d "${TMPDIR:-/tmp}/tripact-wapiti-XXXXXX")
# first what market_stop would wait for
trap '[[ -z $faulty ]] || kill "$faulty"; market_stop; rm -rf "$work"' EXIT
trap 'exit 1' INT TERM
export HOME=$work # its settings and databases

judge() {
    if [[ $2 == ok ]]; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
    echo "$2 wapiti: $1"
}

# scan NAME URL OPTION...: sets report, and found to how many addresses and forms it attacked.
scan() {
    local name=$1 url=$2 status=0
    shift 2
    report=$work/$name.json found=0
    timeout $((seconds * 10)) wapiti -u "$url" -m "$modules" -f json -o "$report" --scope folder \
        --flush-session --store-session "$work/$name" --store-config "$work/config" --no-bugreport \
        --max-scan-time "$seconds" --max-attack-time $((seconds / 3)) -t 30 -v 1 "$@" \
        > "$work/$name.log" 2>&1 < /dev/null || status=$?
    [[ $status -eq 0 && -s $report ]] || { tail -n 20 "$work/$name.log"; return 1; }
    found=$(sed -n 's/.*Wapiti found \([0-9]*\) URLs and forms.*/\1/p' "$work/$name.log")
    found=${found:-0}
}

# Each finding of the report on a line.
findings() {
    python3 - "$report" << 'PYTHON'
import json
import sys

report = json.load(open(sys.argv[1]))
for group in ("vulnerabilities", "anomalies"):
    for kind, rows in report[group].items():
        for row in rows:
            print(kind, row["method"], row["path"], row["parameter"], row["info"], sep=" | ")
PYTHON
}

echo "# $(wapiti --version | tail -n 1), $seconds s"

# --- a site with holes ---------------------------------------------------------------------------

port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0))
print(s.getsockname()[1])')
python3 "$soak/faulty.py" "$port" &
faulty=$!
until curl -s -o /dev/null "http://127.0.0.1:$port/"; do kill -0 "$faulty"; sleep 0.1; done
scan faulty "http://127.0.0.1:$port/" || true
seen=$([[ ! -s $report ]] || findings)
for kind in 'SQL Injection' 'Cross Site Scripting'; do
    if grep -q "^$kind" <<< "$seen"; then judge "it sees $kind where there is one" ok
    else judge "it sees $kind where there is one" 'not ok'; fi
done
kill "$faulty"
faulty=

# --- ours ----------------------------------------------------------------------------------------

# It follows no redirect: each begins at a page of their own.
declare -A homes=([nobody]=/login [isv]=/isv [partner]=/partner [contributor]=/customer/offers
    [operator]=/operator)
for who in nobody isv partner contributor operator; do
    market_start
    options=() at=$address${homes[$who]} least=3
    if [[ $who != nobody ]]; then
        market_sign_in "$who"
        # not in its cookie jar, which forgets it when it signs out
        options=(-H "Cookie: $cookie") least=30
    fi
    if ! scan "$who" "$address/" -s "$at" "${options[@]}"; then
        judge "it ran as $who" 'not ok'
    elif ((found < least)); then
        judge "it looked around as $who: $found addresses and forms" 'not ok'
    elif [[ $who != nobody ]] && ! market_signed_in; then
        judge "$who was signed in to the end" 'not ok'
    else
        asked=$(grep -c 'event=request' "$data/log/tripact.log")
        seen=$(findings)
        if [[ -z $seen ]]; then
            judge "nothing found as $who in $found addresses and forms, $asked requests" ok
        else
            judge "something found as $who" 'not ok'
            echo "$seen"
        fi
    fi
    market_stop
done

echo "$passed passed, $failed failed"
((failed == 0))
