#!/bin/bash
# What WHOIS servers do, and that each is a record of its own.  World: whois.
. "$(dirname "$0")/lib.sh"

ok 'a case is made' new_case c
cp "$top/tests/lab/worlds/whois/case/targets.txt" c/targets.txt
ends 'all targets are collected' '[01]' lab whois "$program" -C c collect
run=c/runs/000001
log=$run/data/log.jsonl facts=$run/data/facts.jsonl

fact() { # NAME KIND SUBJECT JAVASCRIPT-OVER-v
	is "$1" "$(json $facts "d.some(f => f.kind === '$2' &&
		f.subject === '$3' && (v => $4)(f.value))")" true
}
asked() { # TARGET: the servers asked by WHOIS
	json $log "d.filter(l => l.type === 'exchange' && l.kind === 'whois' &&
		l.question.name.includes('$1')).map(l => l.question.host).join(' ')"
}

fact 'a limit is no record' whois.none limit-name.ch "v.what === 'limit'"
is 'a hundred thousand lines end at our limit' "$(json $log "d.filter(l =>
	l.kind === 'whois' && l.question.name === 'flood-name.ch')
	.map(l => l.status).join(' ')")" limit
fact 'and give so many fields' whois.record flood-name.ch 'v.fields === 256'
fact 'what stood before them is read' whois.field flood-name.ch \
	"v.field === 'registrar' && v.value === 'Flood Registrar AG'"
fact 'bytes that are no UTF-8: the character set' whois.record koi-name.ch \
	"v.charset === 'ISO-8859-1'"
fact 'and the name' whois.field koi-name.ch \
	"v.field === 'holder' && v.value === 'B\u00fcro Kino GmbH'"
is 'two registrars in a circle are asked once each' \
	"$(asked loop-name.com)" \
	'whois.verisign-grs.com whois.loop-a.com whois.loop-b.com'
is 'a reset after data is an error' "$(json $log "d.filter(l => l.kind ===
	'whois' && l.question.host === 'whois.reset-registrar.com')
	.map(l => l.status).join(' ')")" reset
fact 'and data' whois.field reset-name.com \
	"v.field === 'holder' && v.value === 'Reset Cinema LLC' && v.part === 'org'"
fact 'an address that RDAP does not have: the smaller network' ip.network \
	192.0.33.61 "v.name === 'LAB-CUSTOMER' && v.rir === 'ARIN'"
fact 'and to whom it is registered' ip.holder 192.0.33.61 \
	"v.org === 'Lab Customer LLC' && v.server === 'whois.arin.net'"
ends 'the run verifies' 0 gc -C c verify
finish
