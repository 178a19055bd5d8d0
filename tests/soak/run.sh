#!/usr/bin/env bash
# run.sh: `make soak`: what takes too long for `make test`, one step after another, each at the lowest
# priority; ends with a table and "N passed, N failed".
#
#   SOAK        the steps wanted, of those named below: SOAK="kill tsan"; all of them
#   KILLS       how often the working process is killed; 100
#   FUZZ_TOTAL  seconds of fuzzing, over all parsers; 3600
#   LOAD_S      seconds of load on each build with sanitizers; 300
#
# A step's report is build/soak/<step>.txt: the command, its tool and version, when it began and ended,
# its exit code, and all it said. A step whose tool is missing, or which says nothing, has failed.
set -euo pipefail
cd "$(dirname "$0")/../.."

export FUZZ_TOTAL=${FUZZ_TOTAL:-3600} LOAD_S=${LOAD_S:-300}
make=${MAKE:-make}
reports=build/soak
mkdir -p "$reports"
steps=(kill faults attack sqlmap wapiti fuzz tsan san lint)
read -r -a wanted <<< "${SOAK:-${steps[*]}}"

names=() codes=() took=()

# Name, what says its version, and the command.
step() {
    local name=$1 version=$2 report=$reports/$1.txt begun=$SECONDS code=0 told
    [[ " ${wanted[*]} " == *" $name "* ]] || return 0
    shift 2
    {
        echo "command: $*"
        if told=$($version 2>&1 < /dev/null); then echo "tool: $version: $(head -n 1 <<< "$told")"
        else echo "tool: $version: MISSING" code=127; fi
        echo "commit: $(git rev-parse --short HEAD 2> /dev/null || echo none)"
        echo "begin: $(date -u +%Y-%m-%dT%H:%M:%SZ)"
        echo "---"
    } > "$report"
    if grep -q '^tool: .* MISSING$' "$report"; then code=127
    else nice -n 19 "$@" > "$report.out" 2>&1 < /dev/null || code=$?; fi
    if ((code == 0)) && [[ ! -s $report.out ]]; then code=126; fi
    if [[ -e $report.out ]]; then cat "$report.out" >> "$report"; fi
    rm -f "$report.out"
    {
        echo "---"
        echo "end: $(date -u +%Y-%m-%dT%H:%M:%SZ)"
        echo "exit code: $code"
    } >> "$report"
    names+=("$name") codes+=("$code") took+=($((SECONDS - begun)))
    printf '%-8s exit code %3d, %5d s, %s\n' "$name" "$code" $((SECONDS - begun)) "$report"
}

for name in "${wanted[@]}"; do
    if [[ " ${steps[*]} " != *" $name "* ]]; then
        echo "run.sh: no such step: $name. There are: ${steps[*]}" >&2
        exit 2
    fi
done
"$make" --no-print-directory -j"$(nproc)" all
if [[ " ${wanted[*]} " == *" tsan "* ]]; then
    "$make" --no-print-directory -j"$(nproc)" VARIANT=tsan all build/tsan/soak/culprit
fi
if [[ " ${wanted[*]} " == *" san "* ]]; then "$make" --no-print-directory -j"$(nproc)" SAN=1 all build/san/soak/culprit; fi

step kill "node --version" node tests/soak/kill.mjs "${KILLS:-100}"
step faults "node --version" node tests/soak/faults.mjs
step attack "node --version" node tests/soak/attack.mjs
step sqlmap "sqlmap --version" tests/soak/sqlmap.sh
step wapiti "wapiti --version" tests/soak/wapiti.sh
step fuzz "clang --version" tests/soak/fuzz.sh
step tsan "gcc --version" node tests/soak/load.mjs tsan
step san "gcc --version" node tests/soak/load.mjs san
step lint "clang-tidy --version" "$make" --no-print-directory lint

echo
echo "step      exit code  seconds  report"
passed=0
for i in "${!names[@]}"; do
    printf '%-8s  %9d  %7d  %s\n' "${names[i]}" "${codes[i]}" "${took[i]}" "$reports/${names[i]}.txt"
    if ((codes[i] == 0)); then passed=$((passed + 1)); fi
done
echo "$passed passed, $((${#names[@]} - passed)) failed"
((${#names[@]} > 0 && passed == ${#names[@]}))
