#!/usr/bin/env bash
# asvs.sh: tests/asvs.md has a row for every number of the standard's levels 1 and 2, each row says
# how it stands, and every test that it names exists. Prints what is wrong, nothing otherwise.
set -uo pipefail
cd "$(dirname "$0")/.." || exit

table=tests/asvs.md
# Of OWASP ASVS 4.0.3: 258 of them.
wanted='1.1.1-7 1.2.1-4 1.4.1,4-5 1.5.1-4 1.6.1-4 1.7.1-2 1.8.1-2 1.9.1-2 1.10.1 1.11.1-2 1.12.2
    1.14.1-6 2.1.1-12 2.2.1-3 2.3.1-3 2.4.1-5 2.5.1-7 2.6.1-3 2.7.1-6 2.8.1-7 2.9.1-3 2.10.1-4
    3.1.1 3.2.1-4 3.3.1-4 3.4.1-5 3.5.1-3 3.7.1 4.1.1-3,5 4.2.1-2 4.3.1-3 5.1.1-5 5.2.1-8 5.3.1-10
    5.4.1-3 5.5.1-4 6.1.1-3 6.2.1-6 6.3.1-2 6.4.1-2 7.1.1-4 7.2.1-2 7.3.1,3-4 7.4.1-3 8.1.1-4
    8.2.1-3 8.3.1-7 9.1.1-3 9.2.1-4 10.2.1-2 10.3.1-3 11.1.1-8 12.1.1-3 12.2.1 12.3.1-6 12.4.1-2
    12.5.1-2 12.6.1 13.1.1,3-5 13.2.1-3,5-6 13.3.1-2 13.4.1-2 14.1.1-4 14.2.1-6 14.3.2-3 14.4.1-7
    14.5.1-4'

numbers() {
    local group range
    for group in $wanted; do
        for range in $(tr ',' ' ' <<< "${group##*.}"); do
            seq -f "${group%.*}.%g" "${range%-*}" "${range#*-}"
        done
    done
}

diff <(numbers) <(sed -n 's/^| \([0-9.]*\) | [12] | .*/\1/p' "$table")
grep -nE '^\| [0-9]' "$table" |
    grep -vE '\| [12] \| [^|]+ \| (test|design|not applicable|missed): [^|]+ \|$'
# a row that says it is tested names a test
grep -nE '\| test: ' "$table" | grep -vE '\btests/[a-z]+[/.]'

grep -oE 'tests/[a-z_/]+\.(c|sh|mjs|txt|md)(:[a-z_0-9]+)?' "$table" | sort -u |
    while IFS=: read -r file name; do
        if [[ ! -f $file ]]; then echo "$table: $file does not exist"
        elif [[ -n $name ]] && ! grep -qE "^START_TEST\($name\)" "$file"; then
            echo "$table: $file has no test $name"
        fi
    done
exit 0
