#!/usr/bin/env bash
# mail.sh: mails on their way to a real mail server (aiosmtpd) that is away, refuses, breaks off in
# the middle of a mail, dies and comes back: each mail arrives, and arrives once.
#
# The mails are those of a demo market. What must hold in single steps is tested in
# tests/store/post_test.c.
set -euo pipefail
cd "$(dirname "$0")/.."
repository=$PWD
binary=$repository/build/tripact

data=$(mktemp -d /tmp/tripact-mail-XXXXXX)
port=
product=
server=
passed=0
failed=0

cleanup() {
    local one
    for one in $product $server; do
        kill -TERM "$one" 2> /dev/null || true
        wait "$one" 2> /dev/null || true
    done
    rm -rf "$data"
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
        tail -n 5 "$data/tripact.log" | sed 's/^/# /'
    fi
}

# sqlite3 waits for a writer of the product.
ask() {
    sqlite3 -cmd '.timeout 5000' "$data/tripact.db" "$1"
}

# Until the answer is what is wanted; 10 s at most.
becomes() {
    local wanted=$1 question=$2 i
    for ((i = 0; i < 200; i++)); do
        if [[ $(ask "$question") == "$wanted" ]]; then return 0; fi
        sleep 0.05
    done
    echo "# $question: $(ask "$question"), not $wanted"
    ask "SELECT error, COUNT(*) FROM outbox GROUP BY error" | sed 's/^/# /'
    return 1
}

waiting="SELECT COUNT(*) FROM outbox WHERE state = 'waiting'"

# Somebody else's turn is over: what was taken, or failed, is tried at once.
no_waiting_time() {
    ask "UPDATE outbox SET next_at = 0 WHERE state = 'waiting'"
}

serve() {
    (cd "$data" && exec "$binary" serve --smtp_server="localhost:$port" --mail_retry_s=1 \
        --templates="$repository/templates" --public_address=https://market.example \
        --drain_s=1 "$@" 2>> "$data/tripact.log") &
    product=$!
}
stop() {
    kill -TERM "$1" 2> /dev/null || true
    wait "$1" 2> /dev/null || true
}

# A mail server with that fault, which has answered that it listens.
listen() {
    tests/mail_server.py "$port" "$data/inbox" "$@" > "$data/server.log" 2>&1 &
    server=$!
    for ((i = 0; i < 100; i++)); do
        if grep -q listening "$data/server.log"; then return 0; fi
        kill -0 "$server" 2> /dev/null || return 1
        sleep 0.05
    done
    return 1
}
listen_on_free_port() {
    local tries
    for ((tries = 0; tries < 20; tries++)); do
        port=$((20000 + RANDOM % 20000))
        if listen "$@"; then return 0; fi
    done
    return 1
}

arrived() {
    find "$data/inbox" -type f ! -name '.*' | wc -l
}
arrived_are() {
    [[ $(arrived) == "$1" ]] || { echo "# $(arrived) mails have arrived, not $1"; return 1; }
}
exactly_once() {
    tests/mail_check.py "$data/inbox" "$data/expected" https://market.example
}

mkdir "$data/inbox" "$data/run"
(cd "$data" && "$binary" migrate && "$binary" demo --now=2023-10-16 \
    --password_memory_kib=8192 --password_ops=1) > "$data/make.log" 2>&1
total=$(ask "$waiting")
ask "SELECT recipient FROM outbox" | sort > "$data/expected"
# What time has to tell is not the matter here.
ask "UPDATE notice_due SET due_on = NULL"

listen_on_free_port --fault=refuse
serve --smtp_security=none
check "a server that refuses for now leaves every mail waiting, with what it said" \
    becomes "$total" "$waiting AND error LIKE '%451 4.7.1 Come back later%'"
stop "$server"
check "so does a server that is away" \
    becomes 1 "SELECT COUNT(*) > 0 FROM outbox WHERE state = 'waiting' AND error LIKE '%connect%'"
check "no mail was lost and none arrived" arrived_are 0

listen --fault=drop
becomes 1 "SELECT COUNT(*) > 3 FROM outbox WHERE state = 'sent'" || true
stop "$server"
listen --fault=die
dies() {
    local i
    for ((i = 0; i < 200; i++)); do
        kill -0 "$server" 2> /dev/null || return 0
        no_waiting_time
        sleep 0.1
    done
    return 1
}
check "a server dies in the middle of a mail" dies
wait "$server" || true
listen --fault=unknown
no_waiting_time
unknown=$(ask "SELECT COUNT(*) FROM outbox WHERE state = 'waiting' AND recipient LIKE 'deals@%'")
check "one recipient that is refused holds up no other" \
    becomes 0 "$waiting AND recipient NOT LIKE 'deals@%'"
check "those refused wait, with what the server said" becomes "$unknown" \
    "$waiting AND error LIKE '%550 5.1.1 Nobody of that name%'"
check "of which no more is kept than a page can show" becomes 200 \
    "SELECT MAX(LENGTH(error)) FROM outbox"
stop "$server"
listen
no_waiting_time
check "after all of that each mail has left" becomes 0 "$waiting"
check "and has arrived whole, exactly once" exactly_once
check "what they said is not kept" becomes 0 \
    "SELECT COUNT(*) FROM outbox WHERE subject <> '' OR lead <> '' OR facts <> ''"

# The one window: the server has taken the mail, and we die before we know.
stop "$server"
listen --fault=mute
ask "UPDATE outbox SET state = 'waiting', next_at = 0, subject = 'Once more', lead = 'x', facts = ''
     WHERE id = (SELECT MIN(id) FROM outbox)"
for ((i = 0; i < 100 && $(arrived) == total; i++)); do sleep 0.05; done
child=$(sed -n 's/.*event=child_ready pid=\([0-9]*\).*/\1/p' "$data/tripact.log" | tail -n 1)
kill -KILL "$child"
stop "$server"
listen
no_waiting_time
check "a process that dies before it knows sends the mail again" becomes 0 "$waiting"
two_alike() {
    local files
    arrived_are $((total + 2)) || return 1
    mapfile -t files < <(find "$data/inbox" -type f | sort | tail -n 2)
    cmp "${files[0]}" "${files[1]}"
}
check "byte for byte the same, by which it is recognised" two_alike
stop "$server"
stop "$product"

# Encrypted, with a password, and only to who proves to be the server.
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 \
    -subj /CN=localhost -addext subjectAltName=DNS:localhost \
    -keyout "$data/key.pem" -out "$data/certificate.pem" 2> /dev/null
printf 's3cret word\n' > "$data/password"
once_more() {
    ask "UPDATE outbox SET state = 'waiting', next_at = 0, error = '', tries = 0
         WHERE id = (SELECT MAX(id) FROM outbox)"
}
listen --tls="$data/certificate.pem,$data/key.pem"
secret=(--smtp_user=poster --smtp_password_file=password)
serve "${secret[@]}"
once_more
check "a server whose certificate nobody vouches for gets nothing" \
    becomes 1 "$waiting AND error LIKE '%certificate%'"
stop "$product"
serve "${secret[@]}" --smtp_ca_file=certificate.pem
once_more
check "one that proves who it is gets the mail, encrypted and signed in" becomes 0 "$waiting"
check "once" arrived_are $((total + 3))
stop "$product"
printf 'wrong\n' > "$data/password"
serve "${secret[@]}" --smtp_ca_file=certificate.pem
once_more
check "a wrong password sends nothing" becomes 1 "$waiting AND error LIKE '%535%'"
stop "$product"
check "a password never travels in the clear" \
    grep -q "a password is not sent in the clear" <(cd "$data" && timeout 20 "$binary" serve \
        --smtp_server="localhost:$port" --smtp_security=none "${secret[@]}" \
        --templates="$repository/templates" 2>&1)
check "nothing secret is in the log" bash -c "! grep -qE 's3cret|@.*example' '$data/tripact.log'"

echo "$passed passed, $failed failed"
((failed == 0))
