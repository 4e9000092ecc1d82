#!/bin/bash
# Handshakes of every kind, as servers in the lab make them.
. "$(dirname "$0")/lib.sh"

sites='old new expired self staple named wrong'
# shellcheck disable=SC2086
new_case c $(printf '%s-demo.com ' $sites)
ends 'handshakes of every kind are collected' '[01]' lab tls "$program" -C c collect
facts=c/runs/000001/data/facts.jsonl log=c/runs/000001/data/log.jsonl

fact() { # NAME KIND SUBJECT EXPRESSION-OVER-v WANT
	is "$1" "$(json $facts "d.filter(f => f.kind === '$2' &&
		f.subject === '$3').map(f => f.value).map(v => $4).sort()")" "$5"
}
offers="v.version + ' ' + v.offered"
fact 'old versions only: TLS 1.1 is agreed on' tls.handshake \
	old-demo.com@192.0.34.101 v.version '["TLSv1.1"]'
fact '  and 1.0 is spoken too' tls.offer old-demo.com@192.0.34.101 "$offers" \
	'["TLSv1.0 true"]'
fact 'TLS 1.3 only: all below is refused' tls.offer new-demo.com@192.0.34.102 \
	"$offers" '["TLSv1.0 false","TLSv1.1 false","TLSv1.2 false"]'
fact 'the usual: 1.2 is spoken, 1.1 and 1.0 are not' tls.offer \
	staple-demo.com@192.0.34.105 "$offers" \
	'["TLSv1.0 false","TLSv1.1 false","TLSv1.2 true"]'
is '  and a refusal is an answer, with the alert in its words' "$(json $log \
	"[...new Set(d.filter(l => l.type === 'exchange' && l.kind === 'tls' &&
	/max=1.0/.test(l.question.options) && /new-demo/.test(l.question.name))
	.map(l => l.status + ' ' + l.detail))]")" \
	'["answered alert 70 protocol version"]'
faults='v.faults.join()'
fact 'an expired certificate is that' tls.trust expired-demo.com@192.0.34.103 \
	"$faults" '["expired"]'
fact 'one signed by itself' tls.trust self-demo.com@192.0.34.104 "$faults" \
	'["self-signed"]'
fact 'one of another name' tls.trust wrong-demo.com@192.0.34.107 "$faults" \
	'["name"]'
fact 'one that is in order has no fault' tls.trust \
	staple-demo.com@192.0.34.105 "v.ok + v.faults.join()" '["true"]'
fact 'the staple is read' tls.staple staple-demo.com@192.0.34.105 \
	"v.status + ' ' + v.of_leaf + ' ' + v.checked" \
	'["good true good signature"]'
fact 'no staple, no fact' tls.staple named-demo.com@192.0.34.106 v '[]'
fact 'names of many others make a shared certificate' tls.cert \
	staple-demo.com@192.0.34.105 \
	"v.depth + ' ' + v.shared + ' ' + v.endings" '["0 true 5","1 false 0"]'
fact 'without a name another certificate is shown' tls.cert \
	192.0.34.106@192.0.34.106 "v.depth + ' ' + v.names[0]" \
	'["0 shown-demo.com","1 undefined"]'
fact '  than with it' tls.cert named-demo.com@192.0.34.106 \
	"v.depth + ' ' + v.names[0]" '["0 named-demo.com","1 undefined"]'
ends 'facts come out of the bytes again' 0 gc verify c/runs/000001
finish
