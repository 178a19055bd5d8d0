#!/usr/bin/env bash
# install.sh: what `make install` puts down, served with its own configuration through nginx with
# TLS and HTTP/2: conf/nginx-production.conf as it is, but for names, ports and a certificate made
# here. Nothing outside a folder of its own is touched.
set -euo pipefail
cd "$(dirname "$0")/.."
PATH=$PATH:/usr/sbin:/sbin

base=$(mktemp -d /tmp/tripact-install-XXXXXX)
root=$base/root
installed=$root/usr/local/share/tripact
make=${MAKE:-make}
server=
nginx=
passed=0
failed=0

# nginx first, as conf/run.sh does and for its reason.
cleanup() {
    if [[ -n $nginx ]]; then kill -QUIT "$nginx" && wait "$nginx" || true; fi
    if [[ -n $server ]]; then kill -TERM "$server" && wait "$server" || true; fi
    rm -rf "$base"
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

free_port() {
    local candidate
    for candidate in $(shuf -i 20000-30000 -n 20); do
        if ! (exec 3<> "/dev/tcp/127.0.0.1/$candidate") 2> /dev/null; then
            echo "$candidate"
            return
        fi
    done
}

install_twice() {
    "$make" --no-print-directory install DESTDIR="$root" > "$base/log/make" 2>&1 &&
        echo '# kept' >> "$root/etc/tripact/tripact.conf" &&
        "$make" --no-print-directory install DESTDIR="$root" >> "$base/log/make" 2>&1 &&
        grep -q '^# kept' "$root/etc/tripact/tripact.conf" &&
        [[ -e $root/etc/tripact/tripact.conf.new ]]
}

# DESTDIR is not part of the installed paths; a port below 1024, a host's name and a real
# certificate are not ours to have here.
adapt() {
    sed -i -e "s|/usr/local/share|$root/usr/local/share|" \
        -e "s|^public_address.*|public_address = $url|" "$root/etc/tripact/tripact.conf"
    sed -i -e "s|/usr/local/share|$root/usr/local/share|" -e "s|/var/lib/tripact|$base/data|" \
        -e "s|/etc/ssl/certs/tripact.pem|$base/certificate.pem|" \
        -e "s|/etc/ssl/private/tripact.key|$base/key.pem|" -e "s|/var/log/nginx|$base/log|" \
        -e '/listen \[::\]/d' -e "s|listen 80;|listen 127.0.0.1:$plain_port;|" \
        -e "s|listen 443|listen 127.0.0.1:$port|" -e 's|tripact.example|localhost|' \
        "$root/etc/tripact/nginx-production.conf"
    openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost \
        -keyout "$base/key.pem" -out "$base/certificate.pem" 2> /dev/null
    {
        if [[ $(id -u) -eq 0 ]]; then echo 'user root;'; fi
        echo "daemon off; pid $base/nginx.pid; error_log $base/log/error.log;"
        echo 'events { worker_connections 256; }'
        echo "http { include /etc/nginx/mime.types; access_log off;"
        for kind in client_body fastcgi proxy uwsgi scgi; do
            echo "${kind}_temp_path $base/tmp-$kind;"
        done
        echo "include $root/etc/tripact/nginx-production.conf; }"
    } > "$base/nginx.conf"
}

start() {
    local tripact=$root/usr/local/bin/tripact config=--config=$root/etc/tripact/tripact.conf
    (cd "$base/data" && "$tripact" migrate "$config") || return 1
    (cd "$base/data" && exec "$tripact" serve "$config" 2> "$base/log/tripact.log") &
    server=$!
    nginx -c "$base/nginx.conf" -e "$base/log/error.log" &
    nginx=$!
    for ((i = 0; i < 100; i++)); do
        if ask /login && [[ $status == 200 ]]; then return 0; fi
        sleep 0.1
    done
    return 1
}

# ask PATH [curl's options]: leaves $status (with the protocol in $protocol), $headers in lower
# case, and $base/body.
ask() {
    local path=$1
    shift
    read -r status protocol < <(curl -sk -o "$base/body" -D "$base/headers" --max-time 20 \
        -w '%{http_code} %{http_version}\n' "$@" "$url$path") || return 1
    headers=$(tr -d '\r' < "$base/headers" | sed 's/^[^:]*:/\L&/')
}

has() {
    if grep -qF -- "$1" <<< "$headers"; then return 0; fi
    echo "# no \"$1\" in:"
    sed 's/^/#   /' <<< "$headers"
    return 1
}

secured() {
    local policy="default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    policy+="font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    has "content-security-policy: $policy" &&
        has 'x-content-type-options: nosniff' && has 'referrer-policy: same-origin' &&
        has 'cross-origin-opener-policy: same-origin' &&
        has 'strict-transport-security: max-age=' &&
        [[ $(grep -c '^content-security-policy:' <<< "$headers") == 1 ]] &&
        [[ $(grep -c '^cache-control:' <<< "$headers") == 1 ]]
}

a_page() {
    ask /login -H 'Accept-Encoding: gzip' && [[ $status == 200 && $protocol == 2 ]] && secured &&
        has 'cache-control: no-store' && has 'content-encoding: gzip' && has '; Secure'
}

a_static_file() {
    local file
    ask /login && file=$(grep -o '/static/app\.[0-9a-f]*\.css' "$base/body" | head -n 1) &&
        ask "$file" -H 'Accept-Encoding: gzip' && [[ $status == 200 ]] && secured &&
        has 'cache-control: public, max-age=31536000, immutable' && has 'content-encoding: gzip'
}

an_absent_file() {
    ask /static/none.css && [[ $status == 404 ]] && secured && has 'cache-control: no-store' &&
        grep -q 'Tripact</title>' "$base/body"
}

too_large() {
    head -c 300000 /dev/zero | tr '\0' a > "$base/large"
    ask /login "$1" --data-binary "@$base/large" && [[ $status == 413 ]] && secured &&
        has 'cache-control: no-store' && grep -q 'Tripact</title>' "$base/body"
}

# Ten a minute, five at once.
too_often() {
    local i
    for ((i = 0; i < 12; i++)); do
        ask /login -d email=somebody@demo.example -d password=none || return 1
        if [[ $status == 429 ]]; then
            ((i >= 3)) && secured && has 'cache-control: no-store' &&
                grep -q 'Tripact</title>' "$base/body" || return 1
            ask /login && [[ $status == 200 ]]
            return
        fi
    done
    return 1
}

# By the id that the answer names; the address itself, which may be a secret, stands in neither log.
logged_once_with_one_id() {
    local token=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef id log
    ask "/accept/$token?q=typed" || return 1
    id=$(sed -n 's/^x-request-id: //p' <<< "$headers")
    [[ $id =~ ^[0-9a-f]{32}$ ]] || return 1
    for log in tripact-access.log tripact.log; do
        for ((i = 0; i < 20; i++)); do
            if grep -q "id=$id" "$base/log/$log"; then break; fi
            sleep 0.1
        done
        [[ $(grep -c "id=$id .*status=$status" "$base/log/$log") == 1 ]] || return 1
    done
    ! grep -qE "$token|typed" "$base"/log/*
}

# What our own openssl would not even offer is let through by its security level 0.
tls() {
    openssl s_client -connect "${url#https://}" -cipher ALL:@SECLEVEL=0 "$@" \
        < /dev/null 2> /dev/null | grep -qE 'Cipher is (TLS_|ECDHE-)'
}
strong_tls_only() {
    local cipher
    tls -tls1_2 && tls -tls1_3 && ! tls -tls1 && ! tls -tls1_1 || return 1
    for cipher in AES256-GCM-SHA384 DHE-RSA-AES256-GCM-SHA384 ECDHE-RSA-AES256-SHA aNULL; do
        ! tls -tls1_2 -cipher "$cipher:@SECLEVEL=0" || return 1
    done
}

broken_is_told() {
    ask / -H "X-Long: $(printf '%20000s' | tr ' ' x)" --http1.1 && [[ $status == 400 ]] &&
        secured && grep -q 'Tripact</title>' "$base/body"
}

plain_is_sent_on() {
    local answer
    answer=$(curl -s -o /dev/null -w '%{http_code} %{redirect_url}' \
        -H 'Host: elsewhere.example' "http://localhost:$plain_port/isv")
    [[ $answer == '301 https://localhost/isv' ]]
}

healthy() {
    ask /health && [[ $status == 200 && $(cat "$base/body") == ok ]] && secured &&
        has 'cache-control: no-store'
}

# As tripact-backup.service does it.
backed_up() {
    local tripact=$root/usr/local/bin/tripact config=--config=$root/etc/tripact/tripact.conf
    (cd "$base/data" && "$tripact" backup "$config" copy.db && "$tripact" check "$config" copy.db &&
        ! "$tripact" restore "$config" copy.db 2> /dev/null) > /dev/null
}

# Paths of the units are the installed ones; systemd itself reads them.
units() {
    local unit said
    for unit in tripact.service tripact-backup.service tripact-backup.timer; do
        [[ -s $installed/$unit ]] || return 1
    done
    said=$(systemd-analyze verify "$installed"/tripact*.{service,timer} 2>&1 |
        grep -v 'is not executable' || true)
    [[ -z $said ]] || { echo "# $said"; return 1; }
}

# systemd's own measure, from 0 (nothing is open) to 10, times ten.
confined() {
    systemd-analyze security --offline=true --threshold=20 "$installed"/tripact.service \
        "$installed"/tripact-backup.service > "$base/log/confined" 2>&1
}

port=$(free_port)
plain_port=$port
while [[ $plain_port == "$port" ]]; do plain_port=$(free_port); done
url=https://localhost:$port
mkdir -p "$base/log" "$base/data/run"

check "it installs, and a second time over a changed configuration" install_twice
if [[ $failed -gt 0 ]]; then
    tail -n 20 "$base/log/make"
    exit 1
fi
adapt
check "nginx takes the production configuration" nginx -t -q -c "$base/nginx.conf" \
    -e "$base/log/error.log"
check "the installed program serves" start
check "a page over HTTP/2: headers, compressed, not kept, cookies for TLS only" a_page
check "a static file: headers, compressed, kept for a year" a_static_file
check "a file that is not there is told in our page" an_absent_file
check "TLS 1.2 and 1.3 only, with forward secrecy and AEAD ciphers only" strong_tls_only
check "a request that nginx cannot read is told in our page" broken_is_told
check "too large a body is told in our page" too_large --http1.1
check "too large a body over HTTP/2 too" too_large --http2
check "too many sign-ins are stopped in our page, and reading goes on" too_often
check "a request is one line in each log, with one id and no address" logged_once_with_one_id
check "plain HTTP is sent on to TLS" plain_is_sent_on
check "a load balancer is told that it serves" healthy
check "a backup is made while it serves, is sound, and is not restored under it" backed_up
check "the units are there, and systemd understands them" units
check "and finds little that they could do elsewhere" confined
if [[ $failed -gt 0 ]]; then tail -n 20 "$base"/log/*; fi

echo "$passed passed, $failed failed"
((failed == 0))
