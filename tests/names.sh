#!/usr/bin/env bash
# names.sh: prints app/web/names.h: every name and every file the templates use, as two lists.
#
# Usage: tests/names.sh [templates] > app/web/names.h, whenever a template gains or loses a name.
# The result is checked in; tests/tidy.sh compares it with a fresh one. A marker this script does not
# understand fails it, so that no name can reach a page past the enum.
set -euo pipefail
export LC_ALL=C

templates=${1:-$(dirname "$0")/../templates}
# Set by render.cc in every page, whether or not a template asks for them today; TITLE and BODY are
# what the layout is for.
always=(BODY CSRF CSS_FILE ICONS_FILE JS_FILE LOGO_FILE ONCE_KEY THEME TITLE)

shopt -s nullglob
files=("$templates"/*.html "$templates"/mail/*)
markers=$(cat "${files[@]}" 2>/dev/null | grep -oE '\{\{[^}]*\}\}' || true)
strange=$(printf '%s\n' "$markers" |
    grep -vE '^(\{\{[#/>]?[A-Z][A-Z0-9_]*(:[a-z_:=]+)?\}\}|\{\{%AUTOESCAPE context="HTML"\}\}|\{\{!.*\}\}|)$' || true)
if [ -n "$strange" ]; then
    printf 'names.sh: not understood: %s\n' "$strange" >&2
    exit 1
fi

# One "    X(entry)" line per entry, continued with a backslash in column 100 but for the last.
list() {
    awk '{ entry[NR] = "    X(" $0 ")" }
         END { for (i = 1; i <= NR; i++)
                   if (i < NR) printf "%-98s \\\n", entry[i]; else print entry[i] }'
}

cat <<'HEAD'
/*
 * names.h: the names and files of templates/, as two lists from which enums and tables are made.
 *
 * Made by tests/names.sh, never by hand: a name no template asks for does not exist here, so using
 * it does not compile. A file's id is its name in capitals; a leading "_" becomes "PART_", an
 * ending ".txt" "_TEXT".
 */
#ifndef WEB_NAMES_H
#define WEB_NAMES_H

/* One entry per line, so that a change shows as one line. */
/* clang-format off */

HEAD
printf '%-98s \\\n' '#define VIEW_NAMES(X)'
{
    printf '%s\n' "${always[@]}"
    printf '%s\n' "$markers" | sed -nE 's/^\{\{[#\/>]?([A-Z][A-Z0-9_]*).*/\1/p'
} | sort -u | list
printf '\n%-98s \\\n' '#define VIEW_PAGES(X)'
for file in "${files[@]}"; do
    name=${file#"$templates"/}
    id=$(printf '%s' "${name%.html}" | sed 's/^_/part_/; s/\.txt$/_text/' | tr 'a-z/-' 'A-Z__')
    printf '%s, "%s"\n' "$id" "$name"
done | sort | list
printf '\n/* clang-format on */\n\n#endif\n'
