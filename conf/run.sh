#!/usr/bin/env bash
# run.sh: `make run`: a demo market behind an nginx of its own, in the foreground.
#
#   PORT     where it listens; 8080
#   HOST     the address it listens on; 127.0.0.1 means this machine only, 0.0.0.0 everybody
#   DATA     the data folder; made when absent, holds everything that is written; var
#   ADDRESS  what people type to get there; http://localhost:PORT, or the machine's name
#   NOW      the market's date, YYYY-MM-DD; today
#   OPTIONS  settings for tripact, such as "--workers=8"
#   BINARY   another build of tripact
#   TEMPLATES  another folder of templates
#
# Several run beside each other with a PORT and a DATA each. Ctrl-C stops nginx and tripact; when
# one of them ends by itself the other is stopped and the exit status is 1.
set -euo pipefail

repository=$(cd "$(dirname "$0")/.." && pwd)
port=${PORT:-8080}
host=${HOST:-127.0.0.1}
data=${DATA:-var}
binary=${BINARY:-$repository/build/tripact}
PATH=$PATH:/usr/sbin:/sbin

die() {
    echo "make run: $*" >&2
    exit 1
}

[[ $port =~ ^[0-9]{1,5}$ ]] && ((10#$port >= 1 && 10#$port <= 65535)) ||
    die "PORT must be a number from 1 to 65535, not \"$port\"."
[[ $host =~ ^[0-9a-fA-F.:]+$ ]] || die "HOST must be an IP address, not \"$host\"."

# --- the data folder -----------------------------------------------------------------------------

umask 077
# Others may pass through to a file they may read, but not look around; the socket is for us and
# nginx only.
for folder in "$data" "$data/log" "$data/tmp" "$data/www"; do
    [[ -d $folder ]] || mkdir -p -m 0711 "$folder"
done
[[ -d $data/run ]] || mkdir -m 0750 "$data/run"
cd "$data"
data=$PWD

exec {lock}> run/lock
flock -n "$lock" || die "$data is already being served. Give another DATA, or stop that one."

rm -rf www/static
cp -R "$repository/build/static" www/static

# --- the address ---------------------------------------------------------------------------------

taken() {
    (exec {probe}<> "/dev/tcp/$1/$port") 2> /dev/null
}

addresses=("$host")
# Browsers take localhost for ::1 first; without IPv6 nginx would not start with it.
if [[ $host == 127.0.0.1 ]] && grep -qs '^0\{31\}1 ' /proc/net/if_inet6; then addresses+=(::1); fi

listen=
for address in "${addresses[@]}"; do
    taken "$address" && die "port $port is taken. Choose another: make run PORT=$((10#$port + 1))"
    if [[ $address == *:* ]]; then listen+="listen [$address]:$port; "
    else listen+="listen $address:$port; "; fi
done

case $host in
    127.* | ::1) name=localhost probe=$host ;;
    0.0.0.0 | ::) name=$(hostname) probe=localhost ;;
    *:*) name="[$host]" probe=$host ;;
    *) name=$host probe=$host ;;
esac
address=${ADDRESS:-http://$name:$port}

sed "s|^ *listen .*;|        $listen|" "$repository/conf/nginx.conf" > run/nginx.conf

# --- the store -----------------------------------------------------------------------------------

read -r -a more <<< "${OPTIONS:-}"
options=(--config="$repository/conf/tripact.conf" --templates="${TEMPLATES:-$repository/templates}"
    --public_address="$address" "${more[@]}")

"$binary" migrate "${options[@]}"
"$binary" demo ${NOW:+"--now=$NOW"} "${options[@]}"

# --- both servers --------------------------------------------------------------------------------

server=
nginx=
stopping=no

# nginx first: with it go the connections tripact would wait for. What is in flight gets 5 s.
stop() {
    trap '' INT TERM HUP
    if [[ -n $nginx ]]; then
        kill -QUIT "$nginx" 2> /dev/null || true
        for ((tries = 0; tries < 50; tries++)); do
            kill -0 "$nginx" 2> /dev/null || break
            sleep 0.1
        done
        kill -TERM "$nginx" 2> /dev/null || true
    fi
    if [[ -n $server ]]; then kill -TERM "$server" 2> /dev/null || true; fi
    wait
}

failed() {
    echo "make run: $1. The last lines of its log, $data/log/$2:" >&2
    tail -n 15 "log/$2" >&2 || true
    stop
    exit 1
}

who_died() {
    if ! kill -0 "$server" 2> /dev/null; then failed "tripact has stopped" tripact.log; fi
    if ! kill -0 "$nginx" 2> /dev/null; then failed "nginx has stopped" nginx-error.log; fi
}

answers() {
    (
        exec {link}<> "/dev/tcp/$probe/$port"
        printf 'GET /login HTTP/1.0\r\nHost: %s:%s\r\n\r\n' "$name" "$port" >&"$link"
        read -r -t 5 status <&"$link"
        [[ $status == *" 200 "* ]]
    ) 2> /dev/null
}

trap 'stopping=yes' INT TERM HUP

"$binary" serve "${options[@]}" 2>> log/tripact.log &
server=$!

# As root nginx would hand its workers to a user who may not enter the data folder.
if [[ $(id -u) -eq 0 ]]; then directives="user root;"; else directives=; fi
nginx -p "$data/" -e log/nginx-error.log -c run/nginx.conf ${directives:+-g "$directives"} \
    2>> log/nginx-error.log &
nginx=$!

for ((tries = 0; tries < 300; tries++)); do
    [[ $stopping == no ]] || break
    who_died
    if answers; then break; fi
    sleep 0.1 || true
done
if [[ $stopping == no ]] && ! answers; then failed "no answer on $address" tripact.log; fi

if [[ $stopping == no ]]; then
    cat << TABLE

Tripact is ready:  $address/

Sign in as (the password of everybody is demo-tripact-2026):

  isv@demo.example              Brightwater Software, ISV: account owner
  isv-manager@demo.example      manager there
  isv-developer@demo.example    developer there
  isv-marketer@demo.example     marketer there: no right to private offers
  isv-finance@demo.example      financial contributor there: no right to private offers
  isv2@demo.example             Tern Analytics, another ISV: account owner
  partner@demo.example          Halden Cloud Partners, selling partner 90417726: account owner
  partner-manager@demo.example  manager there
  partner2@demo.example         Kestrel Advisory, selling partner 90417727: account owner
  customer@demo.example         Orchid Freight, customer: billing account owner
  owner2@demo.example           a second owner there
  contributor@demo.example      contributor there
  signatory@demo.example        signatory there: may accept too
  reader@demo.example           reader there: may look only
  buyer@demo.example            contributor of its subscription Production
  reservations@demo.example     reservation purchaser of Production
  ea-admin@demo.example         Larkspur Retail, customer: enterprise administrator
  mosp@demo.example             a web direct customer: account administrator
  operator@demo.example         the marketplace operator; moves the market's clock

Data and logs are in $data. Ctrl-C stops everything.
TABLE
fi

while [[ $stopping == no ]]; do
    wait -n "$server" "$nginx" || true
    [[ $stopping == yes ]] || who_died
done
echo "Stopping."
stop
