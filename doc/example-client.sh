#!/bin/bash
# A client of atended in shell, made of curl and jq: a base for scripts of your own.
#
#   ATENDE_SERVER  unix:PATH (you are who your user is; default unix:/run/atende/desk.sock),
#                  https://HOST:PORT or, on this machine, http://127.0.0.1:PORT
#   ATENDE_TOKEN_FILE  mode 600, with the token for https and http ("atende token add")
#   ATENDE_AS      on a socket, for who may act as anyone: as whom
#   ATENDE_CA      a file with the company's own authority
#
#   example-client.sh me
#   example-client.sh sign-in LOGIN      the password is read from standard input
#   example-client.sh sign-out
#   example-client.sh queue [LIMIT]
#   example-client.sh show NUMBER
#   example-client.sh claim NUMBER       prints the generation of the claim
#   example-client.sh reply NUMBER       the text is read from standard input
#   example-client.sh note NUMBER        so here
#   example-client.sh feed [REVISION]    a line of JSON for each change, until it is stopped
#
# Exits with 0 when it is done, 1 when the server refuses, 6 when it cannot be asked.
set -euo pipefail

server=${ATENDE_SERVER:-unix:/run/atende/desk.sock}
token=${ATENDE_TOKEN_FILE:-$HOME/.config/atende/token}

# What all requests have in common. Secrets go through files, as arguments are seen by everybody.
options=(--silent --show-error --connect-timeout 10)
case $server in
unix:*)
	options+=(--unix-socket "${server#unix:}")
	base=http://localhost
	;;
*)
	base=${server%/}
	;;
esac
if [ -n "${ATENDE_AS:-}" ]; then
	options+=(--header "Atende-As: $ATENDE_AS")
fi
if [ -n "${ATENDE_CA:-}" ]; then
	options+=(--cacert "$ATENDE_CA")
fi

# The header with the token, for --header @FILE.
authorization() {
	if [[ $server != unix:* && -r $token ]]; then
		printf 'Authorization: Bearer %s\n' "$(<"$token")"
	fi
}

# ask METHOD PATH [BODY]: prints the answer; a refusal goes to standard error in one sentence.
ask() {
	local answer status
	local body=()
	if [ $# -eq 3 ]; then
		body=(--header 'Content-Type: application/json' --data-binary @-)
	fi
	answer=$(printf '%s' "${3:-}" | curl "${options[@]}" --max-time 60 \
		--header @<(authorization) --write-out '\n%{http_code}' "${body[@]}" \
		--request "$1" "$base$2") || return 6
	status=${answer##*$'\n'}
	answer=${answer%$'\n'*}
	if [ "$status" -ge 300 ]; then
		jq --raw-output '.detail // .title' <<<"$answer" >&2
		return 1
	fi
	printf '%s\n' "$answer"
}

# change JSON: sends one change until there is an answer. Its id makes that safe: the same id again
# gets the first answer and alters nothing.
change() {
	local body answer result
	body=$(jq --compact-output --arg id "$(</proc/sys/kernel/random/uuid)" \
		'[. + {id: $id}]' <<<"$1")
	for wait in 0 1 2 4 8; do
		sleep "$wait"
		result=0
		answer=$(ask POST /v1/changes "$body") || result=$?
		if [ $result -ne 6 ]; then
			break
		fi
	done
	[ $result -eq 0 ] || return $result
	if [ "$(jq '.results[0].ok' <<<"$answer")" != true ]; then
		jq --raw-output '.results[0].error.message' <<<"$answer" >&2
		return 1
	fi
	jq --compact-output '.results[0]' <<<"$answer"
}

sign_in() {
	local answer
	answer=$(ask POST /v1/sign-in "$(jq --compact-output --null-input --arg login "$1" \
		--rawfile password /dev/stdin \
		'{login: $login, password: ($password | rtrimstr("\n")), name: "shell"}')")
	mkdir -p "$(dirname "$token")"
	(
		umask 077
		jq --raw-output .token <<<"$answer" >"$token"
	)
	jq --raw-output '"signed in until \(.expires_at)"' <<<"$answer"
}

sign_out() {
	ask POST /v1/sign-out >/dev/null
	rm -f "$token"
}

queue() {
	ask GET "/v1/tickets?state=open&limit=${1:-20}" | jq --raw-output \
		'.tickets[] | [.number, .due_at, .claimed_by // "-", .customer.name, .subject] | @tsv'
}

claim() {
	change "$(jq --null-input --argjson ticket "$1" '{kind: "claim", ticket: $ticket}')" |
		jq .generation
}

# A reply names the claim it was written under and the newest message its author has seen: what
# came since is told before anything is sent.
reply() {
	local seen generation text
	seen=$(ask GET "/v1/tickets/$1" | jq .newest_message)
	generation=$(claim "$1")
	text=$(cat)
	change "$(jq --null-input --argjson ticket "$1" --argjson seen "$seen" \
		--argjson generation "$generation" --arg text "$text" \
		'{kind: "reply", $ticket, $seen, $generation, $text, outcome: "wait"}')"
}

note() {
	local text
	text=$(cat)
	change "$(jq --null-input --argjson ticket "$1" --arg text "$text" \
		'{kind: "note", $ticket, $text}')"
}

# Server-sent events: "id:" is the revision to go on from after the line was broken.
feed() {
	local revision=${1:-} line event=
	trap 'kill $! 2>/dev/null || true' EXIT
	while true; do
		while IFS= read -r line; do
			case $line in
			'id: '*) revision=${line#id: } ;;
			'event: '*) event=${line#event: } ;;
			'data: '*) [ "$event" != change ] || printf '%s\n' "${line#data: }" ;;
			esac
		done < <(exec curl "${options[@]}" --no-buffer --header @<(authorization) \
			--header 'Accept: text/event-stream' \
			--header "Last-Event-ID: $revision" "$base/v1/feed")
		sleep 2
	done
}

case ${1:-} in
me) ask GET /v1/me ;;
sign-in) sign_in "$2" ;;
sign-out) sign_out ;;
queue) queue "${2:-}" ;;
show) ask GET "/v1/tickets/$2" ;;
claim) claim "$2" ;;
reply) reply "$2" ;;
note) note "$2" ;;
feed) feed "${2:-}" ;;
*)
	sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//;p}' "$0" >&2
	exit 2
	;;
esac
