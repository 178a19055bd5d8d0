#!/usr/bin/env bash
# packages.sh GROUP...: installs what is missing of Debian's packages for the groups named:
# run (build and serve), test, fuzz, lint, soak. A complete machine needs neither network nor root.
#
# nginx comes as a program only: when we are the ones who install it, its system service is neither
# started nor enabled. `make run` starts its own.
set -euo pipefail

# Each word is PACKAGE or PACKAGE:COMMAND; with a command, having the command is enough, wherever it
# came from.
run="gcc g++ libc6-dev make:make libfcgi-dev libctemplate-dev libsqlite3-dev libsodium-dev
     libjson-c-dev libqpdf-dev libcurl4-openssl-dev nginx:nginx"
test="check libsubunit-dev sqlite3:sqlite3 curl:curl openssl:openssl ca-certificates
      systemd:systemd-analyze python3-aiosmtpd
      chromium-headless-shell:chromium-headless-shell fonts-liberation nodejs:node npm:npm"
fuzz="clang:clang libclang-rt-14-dev"
lint="clang-format:clang-format clang-tidy:clang-tidy cppcheck:cppcheck"
soak="sqlmap:sqlmap wapiti:wapiti"

PATH=$PATH:/usr/sbin:/sbin

missing=()
for group in "$@"; do
    case $group in
        run | test | fuzz | lint | soak) ;;
        *) echo "packages.sh: no such group: $group" >&2; exit 2 ;;
    esac
    for word in ${!group}; do
        package=${word%%:*}
        if [[ $word == *:* ]] && command -v "${word#*:}" > /dev/null; then continue; fi
        if [[ $(dpkg-query -W -f '${Status}' "$package" 2> /dev/null) != "install ok installed" ]]
        then missing+=("$package"); fi
    done
done
if [[ ${#missing[@]} -eq 0 ]]; then exit 0; fi

echo "Installing: ${missing[*]}"
if [[ $(id -u) -eq 0 ]]; then as_root=()
elif command -v sudo > /dev/null; then as_root=(sudo)
else
    echo "As root, first run: apt-get install --no-install-recommends ${missing[*]}" >&2
    exit 1
fi

# What apt runs when a package wants to start a service asks this file first (man invoke-rc.d).
policy=/usr/sbin/policy-rc.d
with_nginx=no
if [[ " ${missing[*]} " == *" nginx "* ]]; then
    with_nginx=yes
    if [[ ! -e $policy ]]; then
        trap '"${as_root[@]}" rm -f "$policy"' EXIT
        printf '#!/bin/sh\ncase "$1" in nginx*) exit 101 ;; esac\nexit 0\n' |
            "${as_root[@]}" sh -c "cat > $policy && chmod 755 $policy"
    fi
fi

apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y)
"${apt[@]}" update
"${apt[@]}" install --no-install-recommends "${missing[@]}"

# Nor at the next boot: port 80 is not ours to take.
if [[ $with_nginx == yes && -d /run/systemd/system ]]; then
    "${as_root[@]}" systemctl disable --quiet nginx || true
fi
