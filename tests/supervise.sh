#!/usr/bin/env bash
# supervise.sh: the whole server as `make run` starts it, with its working process killed, reloaded
# and stopped under requests. The supervisor alone is tested in tests/web/supervisor_test.c.
set -euo pipefail
cd "$(dirname "$0")/.."

data=$(mktemp -d /tmp/tripact-supervise-XXXXXX)
port=
runner=
alone=
passed=0
failed=0

cleanup() {
    local server
    for server in $runner $alone; do
        kill -TERM "$server" 2> /dev/null || true
        wait "$server" 2> /dev/null || true
    done
    rm -rf "$data"
}
trap cleanup EXIT

check() {
    local sentence=$1
    shift
    if "$@"; then
        passed=$((passed + 1))
        echo "ok $sentence"
    else
        failed=$((failed + 1))
        echo "not ok $sentence"
    fi
}

start() {
    PORT=$port HOST=127.0.0.1 DATA=$data NOW=2023-10-16 \
        OPTIONS="--password_ops=1 --password_memory_kib=8" conf/run.sh > "$data/run.log" 2>&1 &
    runner=$!
    for ((i = 0; i < 600; i++)); do
        if grep -q '^Tripact is ready' "$data/run.log"; then return 0; fi
        kill -0 "$runner" 2> /dev/null || return 1
        sleep 0.1
    done
    return 1
}

status_of() {
    curl -s -o /dev/null -w '%{http_code}' --max-time 20 "http://127.0.0.1:$port$1"
}

answers() {
    [[ $(status_of /login) == 200 ]]
}

# The process that serves now, as its parent's log tells.
worker() {
    sed -n 's/.*event=child_ready pid=\([0-9]*\).*/\1/p' "$data/log/tripact.log" | tail -n 1
}

kill_and_ask() {
    local before
    before=$(worker)
    kill -KILL "$before"
    answers && [[ $(worker) != "$before" ]]
}

# Asks all the while; answers what was refused.
reload_under_requests() {
    local before parent bad=0 asked=0 until
    before=$(worker)
    parent=$(awk '{print $4}' "/proc/$before/stat")
    kill -HUP "$parent"
    until=$((SECONDS + 5))
    while ((SECONDS < until)); do
        asked=$((asked + 1))
        answers || bad=$((bad + 1))
        if [[ $(worker) != "$before" && ! -d /proc/$before ]]; then break; fi
    done
    echo "# $asked requests during the reload, $bad failed"
    ((bad == 0)) && [[ $(worker) != "$before" ]]
}

# Counts what it answered, on a socket of its owner's alone; nginx shows nobody any of it.
metrics() {
    local shown before after
    count_of_200() {
        curl -s --max-time 20 --unix-socket "$data/run/metrics.sock" http://localhost/metrics |
            sed -n 's/^tripact_requests_total{class="2xx"} //p'
    }
    before=$(count_of_200)
    # after a reload nginx may go on with a connection to the old process for a while
    for ((i = 0; i < 100; i++)); do
        answers || return 1
        after=$(count_of_200)
        if ((after > before)); then break; fi
        sleep 0.1
    done
    shown=$(curl -s --unix-socket "$data/run/metrics.sock" http://localhost/metrics)
    ((after > before)) && [[ $(stat -c %a "$data/run/metrics.sock") == 600 ]] &&
        grep -q '^tripact_store_up 1$' <<< "$shown" &&
        grep -q '^tripact_request_seconds_bucket{le="+Inf"} [1-9]' <<< "$shown" &&
        [[ $(status_of /metrics) == 404 ]]
}

# A server without nginx over the same store, with a configuration of its own. Its log lines reach
# standard error.
serve_alone() {
    local binary=$PWD/build/tripact templates=$PWD/templates
    printf 'workers = 5\n' > "$data/own.conf"
    (
        cd "$data"
        exec "$binary" serve --config=own.conf --socket=run/own.sock --templates="$templates" \
            --password_ops=1 --password_memory_kib=8 2> log/own.log
    ) &
    alone=$!
    heard 'event=serving threads=5'
}

heard() {
    for ((i = 0; i < 200; i++)); do
        if grep -q -- "$1" "$data/log/own.log" 2> /dev/null; then return 0; fi
        sleep 0.1
    done
    return 1
}

# What a running server makes of a changed file.
reload_with() {
    printf '%s\n' "$1" > "$data/own.conf"
    kill -HUP "$alone"
    heard "$2"
}

keeps_the_old() {
    local before after
    before=$(sed -n 's/.*event=child_ready pid=\([0-9]*\).*/\1/p' "$data/log/own.log" | tail -n 1)
    reload_with 'workers = many' 'event=reload_failed' &&
        heard 'own.conf:1: workers must be a whole number' || return 1
    after=$(sed -n 's/.*event=child_ready pid=\([0-9]*\).*/\1/p' "$data/log/own.log" | tail -n 1)
    [[ $after == "$before" && -d /proc/$before ]]
}

stop_alone() {
    kill -TERM "$alone"
    wait "$alone" && alone=
}

stop_in_order() {
    local before
    before=$(worker)
    kill -TERM "$runner"
    wait "$runner" || return 1
    runner=
    [[ ! -d /proc/$before && ! -e $data/run/app.sock ]]
}

refused_port() {
    local said
    ! said=$(PORT=$port DATA=$data/other conf/run.sh 2>&1) && [[ $said == *"port $port is taken"* ]]
}

for candidate in $(shuf -i 20000-30000 -n 20); do
    if ! (exec 3<> "/dev/tcp/127.0.0.1/$candidate") 2> /dev/null; then port=$candidate; break; fi
done

check "the server starts and answers" start
if [[ $failed -gt 0 ]]; then
    cat "$data/run.log"
else
    check "the sign-in page is answered" answers
    check "a taken port is a clear message" refused_port
    check "the working process is killed and the next request is answered" kill_and_ask
    check "killed again, answered again" kill_and_ask
    check "what it does is counted, for its owner alone" metrics
    check "a reload loses no request" reload_under_requests
    check "and the new process counts" metrics
    check "a stop leaves nothing behind" stop_in_order
    check "a server with a configuration of its own starts" serve_alone
    check "a hangup takes up the changed configuration" \
        reload_with 'workers = 7' 'event=serving threads=7'
    check "with a mistake in it the old one serves on" keeps_the_old
    check "and takes up the mended one" reload_with 'workers = 6' 'event=serving threads=6'
    check "it stops" stop_alone
    check "what was stopped starts again" start
    check "and answers" answers
fi
if [[ $failed -gt 0 ]]; then tail -n 30 "$data"/log/*.log || true; fi

echo "$passed passed, $failed failed"
((failed == 0))
