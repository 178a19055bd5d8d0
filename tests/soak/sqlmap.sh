#!/usr/bin/env bash
# sqlmap.sh [PAGES]: Debian's sqlmap tries every query, form, path with an id and cookie that is met
# on PAGES pages (120) of a demo market, as each hat and signed out, and must find nothing. First it
# must find the hole of a site that has one: a scanner that sees nothing proves nothing.
#
# Ends with "N passed, N failed"; not 0 when anything was found, or when a request was not tried.
set -euo pipefail
. "$(dirname "$0")/market.sh"

pages=${1:-120}
passed=0 failed=0 faulty=
work=$(mktemp -d "${TMPDIR:-/tmp}/tripact-sqlmap-XXXXXX")
# first what market_stop would wait for
trap '[[ -z $faulty ]] || kill "$faulty"; market_stop; rm -rf "$work"' EXIT
trap 'exit 1' INT TERM
export HOME=$work

judge() {
    if [[ $2 == ok ]]; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
    echo "$2 sqlmap: $1"
}

# try NAME OPTION...: sets found to the rows of what can be injected, tried to how many requests it
# says that it tried all parameters of, in vain or not.
try() {
    local name=$1
    shift
    timeout 3600 sqlmap "$@" --batch --ignore-stdin --dbms=sqlite --skip=csrf --flush-session \
        --ignore-redirects --disable-coloring --output-dir="$work/$name" \
        --results-file="$work/$name.csv" > "$work/$name.log" 2>&1 < /dev/null || true
    found=$(grep -vE '^(Target URL,Place|$)' "$work/$name.csv" 2> /dev/null || true)
    if [[ -z $found ]]; then found=$(grep -A5 'identified the following' "$work/$name.log" || true); fi
    tried=$(grep -cE 'all tested parameters do not appear to be injectable|identified the following' \
        "$work/$name.log" || true)
}

echo "# sqlmap $(sqlmap --version 2> /dev/null | head -n 1), $pages pages for each hat"

# --- a site with a hole --------------------------------------------------------------------------

port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0))
print(s.getsockname()[1])')
python3 "$soak/faulty.py" "$port" &
faulty=$!
until curl -s -o /dev/null "http://127.0.0.1:$port/"; do kill -0 "$faulty"; sleep 0.1; done
node "$soak/requests.mjs" "http://127.0.0.1:$port" '' 10 > "$work/faulty.txt"
try faulty -l "$work/faulty.txt"
if grep -q '/item?id=' <<< "$found"; then judge 'it sees a hole where there is one' ok
else judge 'it sees a hole where there is one' 'not ok'; fi
kill "$faulty"
faulty=

# --- ours ----------------------------------------------------------------------------------------

declare -A homes=([nobody]=/login [isv]=/isv [partner]=/partner [contributor]=/customer/offers
    [operator]=/operator)
for who in nobody isv partner contributor operator; do
    market_start
    cookie=
    [[ $who == nobody ]] || market_sign_in "$who"
    node "$soak/requests.mjs" "$address${homes[$who]}" "$cookie" "$pages" > "$work/$who.txt"
    wanted=$(grep -c ' HTTP/1.1$' "$work/$who.txt" || true)
    try "$who" -l "$work/$who.txt"
    # each cookie, and what else a header may say, on one page
    all_found=$found
    try "$who-head" -u "$address${homes[$who]}" -p 'tripact_session,tripact_visit,tripact_theme' \
        --cookie="${cookie:-tripact_session=a}; tripact_visit=a; tripact_theme=dark" --level=2
    found=$all_found$found
    asked=$(grep -c 'event=request' "$data/log/tripact.log")
    all_tried=$(grep -cE 'all tested parameters do not appear|identified the following' \
        "$work/$who.log" || true)
    if [[ -n $found ]]; then
        judge "something found as $who" 'not ok'
        echo "$found"
    elif ((wanted == 0 || all_tried < wanted || tried == 0)); then
        judge "it tried $all_tried of $wanted requests as $who" 'not ok'
        tail -n 20 "$work/$who.log"
    elif [[ $who != nobody ]] && ! market_signed_in; then
        judge "$who was signed in to the end" 'not ok'
    else
        judge "nothing found as $who in $wanted forms, queries and paths, $asked requests" ok
    fi
    market_stop
done

echo "$passed passed, $failed failed"
((failed == 0))
