#!/bin/bash
# A server and the client in shell that the documents show; prints TAP. ATENDE_PROGRAM,
# ATENDED_PROGRAM and EXAMPLE_CLIENT name what is tested.
set -euo pipefail

place=$(mktemp -d)
server=
# shellcheck disable=SC2317 # called by the trap
cleanup() {
	if [ -n "$server" ]; then
		kill "$server" 2>/dev/null || true
		wait "$server" 2>/dev/null || true
	fi
	rm -rf "$place"
}
trap cleanup EXIT

export HOME=$place
unset http_proxy https_proxy ATENDE_DESK ATENDE_AS
desk=$place/desk.db
count=0
failed=0

# is WHAT WANTED GOT
is() {
	count=$((count + 1))
	if [ "$2" = "$3" ]; then
		echo "ok $count - $1"
	else
		failed=1
		echo "not ok $count - $1"
		printf '# wanted %s\n# got %s\n' "$2" "$3"
	fi
}

start_server() {
	: >"$place/log"
	"$ATENDED_PROGRAM" --desk "$desk" --listen "unix:$place/socket" --listen 127.0.0.1:0 \
		2>"$place/log" &
	server=$!
	port=
	for _ in {1..300}; do
		port=$(sed -n 's/.* 127.0.0.1:0 port=//p' "$place/log")
		[ -z "$port" ] || ! curl --silent --output /dev/null \
			--unix-socket "$place/socket" http://localhost/healthz || break
		sleep 0.1
	done
}

stop_server() {
	kill "$server"
	wait "$server"
	server=
}

client() {
	"$EXAMPLE_CLIENT" "$@"
}

"$ATENDE_PROGRAM" sample "$desk" >/dev/null
printf 'uma senha bem longa\n' |
	"$ATENDE_PROGRAM" --desk "$desk" --as elisa operator password bruno >/dev/null
"$ATENDE_PROGRAM" --desk "$desk" --as ana token add painel --rights read,feed,write \
	>"$place/painel"
start_server

# On the socket: the server's own user, as an operator.
export ATENDE_SERVER=unix:$place/socket ATENDE_AS=ana
is "the socket knows who asks" ana "$(client me | jq -r .operator.login)"
is "the queue has as many rows as were asked for" 5 "$(client queue 5 | wc -l)"
number=$(client queue 50 | awk -F'\t' '$3 == "-" { print $1; exit }')
generation=$(client claim "$number")
is "a claim has a generation" "$generation" \
	"$(client show "$number" | jq .claim_generation)"
is "the claim is ana's" ana "$(client show "$number" | jq -r .claimed_by)"
is "another is told who holds it" 1 "$(ATENDE_AS=bruno client claim "$number" \
	>/dev/null 2>"$place/told" || echo $?)"
is "by name" 1 "$(grep -c 'Ana Ribeiro\|ana' "$place/told")"
is "a reply goes out" true "$(echo 'Já resolvi, "tudo" certo.' | client reply "$number" | jq .ok)"
is "with the text as it was" 'Já resolvi, "tudo" certo.' \
	"$(client show "$number" | jq -r '.messages[-1].text')"
is "a ticket that is none is refused" 1 "$(client show 999999 2>/dev/null || echo $?)"

# The feed, from a revision on.
revision=$(client show "$number" | jq .desk_revision)
echo 'Uma nota.' | client note "$number" >"$place/note"
"$EXAMPLE_CLIENT" feed "$revision" >"$place/feed" 2>/dev/null &
feed=$!
for _ in {1..100}; do
	[ -s "$place/feed" ] && break
	sleep 0.1
done
kill "$feed" 2>/dev/null || true
wait "$feed" 2>/dev/null || true
is "the feed tells of the note" "note $(jq .revision "$place/note")" \
	"$(head -1 "$place/feed" | jq -r '"\(.kind) \(.revision)"')"

# On a port: by token alone.
export ATENDE_SERVER=http://127.0.0.1:$port ATENDE_TOKEN_FILE=$place/token
unset ATENDE_AS
is "nobody is refused" 1 "$(client me 2>"$place/refused" || echo $?)"
cp "$place/painel" "$place/token"
is "a token is an operator" ana "$(client me | jq -r .operator.login)"
is "and may write" true "$(echo 'Por token.' | client note "$number" | jq .ok)"
rm "$place/token"
printf 'uma senha bem longa\n' | client sign-in bruno >/dev/null
is "a password gives a token" bruno "$(client me | jq -r .operator.login)"
is "nobody else can read it" 600 "$(stat -c %a "$place/token")"
kept=$(<"$place/token")
is "a token is in no log" 0 "$(grep -c -F "$kept" "$place/log" || true)"
client sign-out
is "signing out removes it" gone "$([ -e "$place/token" ] || echo gone)"
printf '%s\n' "$kept" >"$place/token"
is "and ends it" 1 "$(client me 2>/dev/null || echo $?)"
is "a wrong password is refused" 1 \
	"$(printf 'errada\n' | client sign-in bruno 2>/dev/null || echo $?)"

# The same change again, and a server that is not there.
export ATENDE_SERVER=unix:$place/socket ATENDE_AS=ana
id=$(</proc/sys/kernel/random/uuid)
twice=$(for _ in 1 2; do
	curl --silent --unix-socket "$place/socket" --header 'Atende-As: ana' \
		--header 'Content-Type: application/json' --data-binary @- \
		http://localhost/v1/changes \
		<<<"[{\"id\":\"$id\",\"kind\":\"note\",\"ticket\":$number,\"text\":\"Uma vez.\"}]"
done)
is "the same change twice is one" 'true false, true true' \
	"$(jq -r '.results[0] | "\(.ok) \(.repeat)"' <<<"$twice" | paste -sd, | sed 's/,/, /')"
is "with one note" 1 "$(client show "$number" | jq '[.notes[] | select(.text == "Uma vez.")] | length')"
stop_server
is "no server is told by the exit status" 6 "$(client me 2>/dev/null || echo $?)"
is "the desk is whole" 0 "$("$ATENDE_PROGRAM" --desk "$desk" --as elisa doctor >/dev/null && echo 0)"

echo "1..$count"
exit $failed
