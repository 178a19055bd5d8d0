#!/usr/bin/env bash
# fuzz.sh [keep]: every parser of tests/fuzz under libFuzzer, one after another, FUZZ_SECONDS each (60)
# or FUZZ_TOTAL over all of them.
#
# What it tries and finds interesting stays in build/fuzz/corpus, and the next run begins with it; what
# ends a parser is build/fuzz/found/<parser>-crash-*: a failure. With "keep" nothing is fuzzed: of the
# interesting inputs those that reach code the corpora in tests/fuzz do not, and that are short, are
# copied there for fuzz-replay, which `make test` runs. Prints "ok" and "not ok" lines.
set -euo pipefail
cd "$(dirname "$0")/../.."

short=1024 # bytes of an input that is kept
out=build/fuzz
mapfile -t names < <(basename -s _fuzz.c tests/fuzz/*_fuzz.c)
seconds=${FUZZ_SECONDS:-60}
if [[ -n ${FUZZ_TOTAL:-} ]]; then seconds=$((FUZZ_TOTAL / ${#names[@]})); fi

"${MAKE:-make}" --no-print-directory -j"$(nproc)" VARIANT=fuzz "${names[@]/#/$out/fuzz/}"
mkdir -p $out/found

keep() {
    local name=$1 candidates
    candidates=$(mktemp -d)
    find "$out/corpus/$name" -type f -size "-$((short + 1))c" -exec cp -t "$candidates" {} +
    # Code reached, and not how often: else there would be thousands.
    nice -n 19 "$out/fuzz/$name" -merge=1 -use_counters=0 "tests/fuzz/corpus/$name" "$candidates" \
        2>&1 | tail -n 1
    rm -rf "$candidates"
}

fuzz() {
    local name=$1 status=0
    mkdir -p "$out/corpus/$name"
    nice -n 19 "$out/fuzz/$name" -max_total_time="$seconds" -max_len=65536 -print_final_stats=1 \
        -artifact_prefix="$out/found/$name-" "$out/corpus/$name" "tests/fuzz/corpus/$name" \
        > "$out/found/$name.log" 2>&1 < /dev/null || status=$?
    if ((status == 0)) && grep -q '^stat::number_of_executed_units: [1-9]' "$out/found/$name.log"; then
        echo "ok fuzz $name: $(summary "$out/found/$name.log")"
        return
    fi
    failed=yes
    echo "not ok fuzz $name: status $status"
    tail -n 40 "$out/found/$name.log"
}

# "12345 inputs in 60 s, 345 edges reached, 67 interesting"
summary() {
    sed -n -e 's/^Done \([0-9]*\) runs in \([0-9]*\) second.*/\1 inputs in \2 s/p' "$1" | tr '\n' ','
    sed -n 's/^#[0-9]*[[:space:]]*\(DONE\|NEW\|REDUCE\|pulse\).* cov: \([0-9]*\).* corp: \([0-9]*\).*/ \2 edges reached, \3 interesting/p' \
        "$1" | tail -n 1
}

failed=no
if [[ ${1:-} == keep ]]; then
    for name in "${names[@]}"; do
        echo "$name: $(keep "$name")"
    done
else
    echo "${#names[@]} parsers, $seconds s each: ${names[*]}"
    for name in "${names[@]}"; do fuzz "$name"; done
fi
[[ $failed == no ]]
