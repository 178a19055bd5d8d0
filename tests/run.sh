#!/usr/bin/env bash
# run.sh: `make test`: every suite, as many at a time as there are cores, the browser last and alone;
# ends with "N passed, N failed".
#
# The whole output of a step is build/log/<step>.log; of a failed one the end is shown. A step that
# cannot be run, or that counted nothing, is a failure: nothing is skipped.
set -euo pipefail
cd "$(dirname "$0")/.."

make=${MAKE:-make}
log=build/log
rm -rf "$log"
mkdir -p "$log"

names=()

# What a step says it did: its own "N passed, N failed" line, or libcheck's totals, or node's, or
# "ok" and "not ok" lines.
count() {
    awk '
        /^[0-9]+ passed, [0-9]+ failed$/ { own = 1; own_p = $1; own_f = $3 }
        /^[0-9]+%: Checks: / {
            gsub(/,/, ""); check = 1
            check_f += $5 + $7; check_p += $3 - $5 - $7
        }
        /^# pass [0-9]+$/ { node = 1; node_p += $3 }
        /^# (fail|cancelled|skipped|todo) [0-9]+$/ { node_f += $3 }
        /^ok / { p++ }
        /^not ok / { f++ }
        END {
            if (own) { p = own_p; f = own_f }
            else if (check) { p = check_p; f = check_f }
            else if (node) { p = node_p; f = node_f }
            print p + 0, f + 0
        }' "$1"
}

run() {
    local name=$1 begun=$SECONDS status=0 p f said
    shift
    "$@" > "$log/$name.log" 2>&1 < /dev/null || status=$?
    read -r p f < <(count "$log/$name.log")
    if ((f == 0 && (p == 0 || status != 0))); then
        f=1
        echo "run.sh: $name ended with status $status" >> "$log/$name.log"
    fi
    said=$(printf '%-16s %5d passed, %d failed  (%d s)' "$name" "$p" "$f" $((SECONDS - begun)))
    if ((f > 0)); then
        said+=$'\n'$(grep -vE '^(gcc|g\+\+|ar|clang) |event=' "$log/$name.log" | tail -n 40 |
            sed 's/^/    /')
        said+=$'\n'"    The whole of it: $log/$name.log"
    fi
    echo "$said"
    echo "$p $f" > "$log/$name.count"
}

# A step on its own: waits for all before it, and those after it wait for it.
step() {
    wait
    names+=("$1")
    run "$@"
}

# A step beside others. It builds nothing that another one needs.
beside() {
    while (($(jobs -rp | wc -l) >= $(nproc))); do wait -n || true; done
    names+=("$1")
    run "$@" &
}

# Builds first, so that a suite's log holds its tests. A failed build shows in the suites too.
build() {
    "$make" --no-print-directory -k -j"$(nproc)" "$@" && echo "ok build" || echo "not ok build"
}
suite() {
    "$make" --no-print-directory -j"$(nproc)" "$@"
}
browser() {
    npm --prefix tests/browser ci --no-audit --no-fund && npm --prefix tests/browser test
}

step build build all build/normal/tests/{unit,store,web,fault}.run
step build-san build SAN=1 all build/san/tests/{unit,store,web}.run

beside web-san suite SAN=1 test-web
beside unit-san suite SAN=1 test-unit
beside web suite test-web
beside store-san suite SAN=1 test-store
beside fault suite test-fault
beside store suite test-store
beside unit suite test-unit
beside fuzz-replay suite SAN=1 fuzz-replay
beside supervise tests/supervise.sh
beside mail tests/mail.sh
beside install tests/install.sh
beside attack node tests/soak/attack.mjs
beside tidy tests/tidy.sh

# Alone: they judge how soon an answer comes.
step kill node tests/soak/kill.mjs 8
step faults node tests/soak/faults.mjs
step browser browser

passed=0
failed=0
for name in "${names[@]}"; do
    read -r p f < "$log/$name.count" || { p=0 f=1; echo "run.sh: $name said nothing"; }
    passed=$((passed + p)) failed=$((failed + f))
done
echo "$passed passed, $failed failed"
((failed == 0))
