#!/usr/bin/env bash
# tidy.sh: the rules of the house that a compiler does not know. Each check prints what it found;
# nothing found is a pass.
set -u
shopt -s nullglob
cd "$(dirname "$0")/.." || exit
export LC_ALL=C.UTF-8

passed=0
failed=0
mapfile -t sources < <(find app -name '*.[ch]' -o -name '*.cc' | sort)
mapfile -t tests < <(find tests -name '*.[ch]' | sort)

check() {
    local found
    found=$(cat)
    if [[ -z $found ]]; then passed=$((passed + 1)) && echo "ok $1"
    else failed=$((failed + 1)) && printf 'not ok %s\n%s\n' "$1" "$found"; fi
}

# The sources as FILE:LINE:CODE without comments; "bare" without the contents of strings too.
code() {
    awk -v bare="${1:-}" '
        FNR == 1 { inside = 0 }
        { line = $0; out = ""
          while (line != "") {
              if (inside) {
                  at = index(line, "*/")
                  if (!at) break
                  line = substr(line, at + 2); inside = 0
              } else if (match(line, /"([^"\\]|\\.)*"|\/\*|\/\/.*/)) {
                  token = substr(line, RSTART, RLENGTH)
                  out = out substr(line, 1, RSTART - 1)
                  line = substr(line, RSTART + RLENGTH)
                  if (token == "/*") inside = 1
                  else if (token ~ /^"/) out = out (bare == "" ? token : "\"\"")
              } else { out = out line; line = "" }
          }
          print FILENAME ":" FNR ":" out }' "${sources[@]}"
}

# --- layers: includes point to the left only; each library has one door --------------------------

layers() {
    code | grep -E '^app/[a-z]+/[^:]*:[0-9]+:#include "' | awk -F '[:"]' '
        BEGIN {
            may["base"] = "base"; may["core"] = "base core"; may["store"] = "base core store"
            may["auth"] = may["store"] " auth"; may["actions"] = may["auth"] " actions"
            may["web"] = "base web"; may["jobs"] = may["actions"] " jobs"
            may["pages"] = may["actions"] " web pages"; may["api"] = may["actions"] " web api"
        }
        { split($1, from, "/"); split($4, to, "/")
          if (to[1] == "assets.h" || index(" " may[from[2]] " ", " " to[1] " ")) next
          print $1 ":" $2 ": " from[2] "/ may not include " $4 }'
}
door() {
    code | grep -E "^app/[^:]*:[0-9]+:#include <$1" | grep -vE "^app/($2):"
}
check "includes point only to the left" < <(layers)
check "libsodium: auth/, base/world, base/digest" < <(door sodium 'auth/[a-z_]+\.c|base/(world|digest)\.c')
check "SQLite: its driver" < <(door sqlite3 'store/driver_sqlite(_checkpoint)?\.[ch]')
check "libfcgi: web/fcgi.c" < <(door fcgi 'web/fcgi\.c')
check "qpdf: actions/pdf_judge.c" < <(door qpdf 'actions/pdf_judge\.c')
check "ctemplate: web/render.cc" < <(door ctemplate 'web/render\.cc')
check "libcurl: jobs/smtp.c" < <(door curl 'jobs/smtp\.c')
check "json-c: actions/catalogue_node.c" < <(door json-c 'actions/catalogue_node\.c')

# --- shape ---------------------------------------------------------------------------------------

long_functions() {
    awk '/^{$/ { begun = FNR }
         /^}/ && begun { if (FNR - begun > 71) print FILENAME ":" begun ": " FNR - begun - 1 " lines"
                         begun = 0 }' "${sources[@]}"
}
# names.h is a list that names.sh makes: nobody reads it.
check "files have at most 600 lines" < <(awk 'FNR == 601 { print FILENAME }' \
    "${sources[@]}" "${tests[@]}" | grep -v '^app/web/names\.h$')
check "functions have at most 70 lines" < <(long_functions)
check "lines have at most 100 columns" < <(grep -nP '^.{101}' "${sources[@]}")
check "every file says what it is" < <(awk 'FNR == 1 && !/^\/\*/ { print FILENAME }' "${sources[@]}")
check "nothing is left for later" < <(grep -rnwE 'TODO|FIXME|XXX|HACK' app templates static conf)
check "no floating point" < <(code bare | grep -wE 'float|double')
check "SQL only in store/" < <(code | grep -v '^app/store/' |
    grep -E '"[^"]*\b(SELECT|INSERT INTO|UPDATE [a-z_]+ SET|DELETE FROM)\b')
check "no default in switches over our enums" < <(code bare |
    grep -E '^app/(core|store|auth|actions|pages|jobs)/' | grep -E '\bdefault *:')

# --- templates -----------------------------------------------------------------------------------

markup=(templates/*.html templates/mail/*.html static/errors/*.html)
unescaped() {
    for file in templates/*.html templates/mail/*.html; do
        [[ $(head -n 1 "$file") == '{{%AUTOESCAPE context="HTML"}}'* ]] || echo "$file"
    done
    grep -nE ':none|:raw' templates/*.html templates/mail/*
}
check "every template escapes every value" < <(unescaped)
check "no inline style or handler" < <(
    grep -niE '<[^>]*[[:space:]](style|on[a-z]+)=|<style|javascript:' "${markup[@]}")
check "no inline script" < <(grep -niE '<script' "${markup[@]}" | grep -v 'src=')
check "names.h knows the templates' names" < <(diff <(tests/names.sh) app/web/names.h)

# --- the law -------------------------------------------------------------------------------------

# "LAW 8.2, D-25" cites headings of LAW.md; a decision may also be a row or an item.
uncited() {
    local file line cited section heading
    grep -rnoE 'LAW (D-)?[0-9][0-9.]*(, (D-)?[0-9][0-9.]*)*' app tests \
        --include='*.[ch]' --include='*.cc' --include='*.txt' |
        while IFS=: read -r file line cited; do
            for section in $(tr -d ',' <<< "${cited#LAW }"); do
                section=${section%.} heading='^#+ +'
                [[ $section != D-* ]] || heading='^(#+|[|*-]) *\**'
                grep -qP "$heading${section//./\\.}(?![0-9]|\.[0-9])" app/core/LAW.md ||
                    echo "$file:$line: LAW $section"
            done
        done
}
check "every cited section of the law exists" < <(uncited 2>&1 | sort | uniq)

check "each row of the security standard is there, and so is its test" < <(tests/asvs.sh 2>&1)

echo "$passed passed, $failed failed"
((failed == 0))
