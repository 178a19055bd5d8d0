#!/usr/bin/env bash
# run.sh: `make test`: every suite, one after the other; ends with "N passed, N failed".
#
# The whole output of a step is build/log/<step>.log; of a failed one the end is shown. A step that
# cannot be run, or that counted nothing, is a failure: nothing is skipped.
set -euo pipefail
cd "$(dirname "$0")/.."

make=${MAKE:-make}
log=build/log
rm -rf "$log"
mkdir -p "$log"

passed=0
failed=0

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

step() {
    local name=$1 begun=$SECONDS status=0 p f
    shift
    "$@" > "$log/$name.log" 2>&1 < /dev/null || status=$?
    read -r p f < <(count "$log/$name.log")
    if ((f == 0 && (p == 0 || status != 0))); then
        f=1
        echo "run.sh: $name ended with status $status" >> "$log/$name.log"
    fi
    printf '%-16s %5d passed, %d failed  (%d s)\n' "$name" "$p" "$f" $((SECONDS - begun))
    passed=$((passed + p)) failed=$((failed + f))
    if ((f > 0)); then
        grep -vE '^(gcc|g\+\+|ar|clang) |event=' "$log/$name.log" | tail -n 40 | sed 's/^/    /'
        echo "    The whole of it: $log/$name.log"
    fi
}

# Builds first, so that a suite's log holds its tests. A failed build shows in the suites too.
build() {
    "$make" --no-print-directory -k -j"$(nproc)" all && echo "ok build" || echo "not ok build"
}
build_sanitized() {
    "$make" --no-print-directory -k -j"$(nproc)" SAN=1 all && echo "ok build" ||
        echo "not ok build"
}
suite() {
    "$make" --no-print-directory -j"$(nproc)" "$@"
}
browser() {
    npm --prefix tests/browser ci --no-audit --no-fund && npm --prefix tests/browser test
}

step build build
step unit suite test-unit
step store suite test-store
step web suite test-web
step fault suite test-fault

step build-san build_sanitized
step unit-san suite SAN=1 test-unit
step store-san suite SAN=1 test-store
step web-san suite SAN=1 test-web
step fuzz-replay suite SAN=1 fuzz-replay

step tidy tests/tidy.sh
step supervise tests/supervise.sh
step install tests/install.sh
step browser browser

echo "$passed passed, $failed failed"
((failed == 0))
