#!/bin/bash
# Zones whose servers disagree, fail and lie: each server's state, each rung, what
# differs; nothing of a forged answer is used.  World: dns.
. "$(dirname "$0")/lib.sh"

ok 'a case is made' new_case c
cp "$top/tests/lab/worlds/dns/case/targets.txt" c/targets.txt
# The silent server is silent for ever; the others share a slow machine.
setting c collect limit.dns.timeout 700
ends 'it is collected' 0 lab dns "$program" -C c collect
run=c/runs/000001
log=$run/data/log.jsonl facts=$run/data/facts.jsonl

# Expressions over the facts are collected and looked at by one node.
names=() checks=()
fact() { # NAME KIND SUBJECT JAVASCRIPT-OVER-v
	names+=("$1")
	checks+=("d.some(f => f.kind === '$2' && f.subject === '$3' &&
		(v => $4)(f.value))")
}
facts_looked_at() {
	local i=0 word all
	all=$(IFS=,; json $facts "[${checks[*]}].join(' ')")
	for word in $all; do
		is "${names[i++]}" "$word" true
	done
	is 'every fact was looked at' "$i" "${#names[@]}"
}
server() { # IP STATE PUT
	fact "  $1: $2, $3" dns.server "$1" "v.zone === 'twisted-demo.com' &&
		v.state === '$2' && v.put === '$3'"
}

note 'each server of the zone, at every address'
full='EDNS 1232, DO'
server 192.0.35.1 answers "$full"
server 2620:0:2d0:35::1 answers "$full"
server 192.0.35.2 refused "$full"
server 192.0.35.3 'not authoritative' "$full"
server 192.0.35.4 'upward referral' "$full"
server 192.0.35.5 silent 'no EDNS, TCP'
server 192.0.35.6 answers 'no EDNS'
server 192.0.35.7 answers "$full, TCP"
server 192.0.35.11 'server failure' "$full"
server 192.0.35.12 answers "$full"
fact 'each rung is said' dns.server 192.0.35.6 "v.rungs.join('; ') ===
	'$full: FORMERR; EDNS 512: FORMERR; no EDNS: answer'"
is 'each rung is an exchange, raised by the one before' "$(json $log "d.filter(
	l => l.kind === 'dns' && l.question.server === '192.0.35.6' &&
	l.question.type === 'SOA').map(l => (l.question.options || 'full') + ' ' +
	l.detail + ' ' + l.cause.rule).join('; ')")" 'full FORMERR dns.server; '\
'edns=512 FORMERR dns.rung; edns=none NOERROR dns.rung'
is 'what was truncated is kept, and the rest asked over TCP' "$(json $log \
	"d.filter(l => l.kind === 'dns' && l.question.server === '192.0.35.7' &&
	l.question.type === 'SOA').map(l => (l.question.options || 'udp') + ' ' +
	l.detail + ' ' + (l.received.size > 12)).join('; ')")" \
	'udp truncated true; tcp NOERROR true'
is 'a silent server is asked four times, and for nothing else' "$(json $log \
	"d.filter(l => l.kind === 'dns' && l.question.server === '192.0.35.5')
	.map(l => l.question.type + ' ' + l.status).join('; ')")" \
	'SOA timeout; SOA timeout; SOA timeout; SOA timeout'

note 'what differs'
fact 'two copies of the zone' dns.serial twisted-demo.com "!v.agree &&
	v.serials.map(s => s.serial).join() === '2026110101,2026103101'"
fact 'two answers for the target' dns.differ twisted-demo.com "v.type === 'A' &&
	!v.agree && v.answers.some(a => a.values.join() === '192.0.35.88' &&
	a.servers.includes('192.0.35.8'))"
fact 'the same MX everywhere' dns.differ twisted-demo.com "v.type === 'MX' &&
	v.agree && v.answers[0].servers.length > 6"
is 'the other address is looked into as well' "$(json $log "d.some(l =>
	l.kind === 'tls' && l.question.server === '192.0.35.88')")" true
fact 'one server stands only above' ns.compared twisted-demo.com \
	"v.only_parent.join() === 'ns11.twisted-demo.com'"
fact '  and one only in the zone' ns.compared twisted-demo.com \
	"v.only_child.join() === 'ns12.twisted-demo.com'"
fact 'glue that is wrong' dns.glue ns9.twisted-demo.com "v.what === 'differs'"
fact '  that is missing' dns.glue ns10.twisted-demo.com "v.what === 'missing'"
fact '  that is right' dns.glue ns8.twisted-demo.com "v.what === 'same'"

note 'forged and mangled answers'
fact 'another id: counted' dns.mismatch 192.0.35.32 'v.id >= 1'
fact 'another question: counted' dns.mismatch 192.0.35.32 'v.question >= 1'
is 'another case: kept, not used, asked again over TCP' "$(json $log "d.filter(
	l => l.kind === 'dns' && l.question.server === '192.0.35.32' &&
	l.question.type === 'A' && l.question.name === 'wild-demo.com.').map(l =>
	l.status + ' ' + l.detail + ' ' + (l.question.options || 'udp')).join('; ')")" \
	'malformed letters in another case udp; answered NOERROR tcp'
n=$(json $log "d.filter(l => l.detail === 'letters in another case').map(l =>
	l.n).join()")
is 'no fact rests on it but how it was taken' "$(json $facts "[...new Set(d
	.filter(f => f.type === 'OBSERVED' && [$n].includes(f.from[0]))
	.map(f => f.kind))].join()")" dns.rung
read -r questions ids ports mixed other < <(node "$top/tests/e2e/dnswire.mjs" $run)
note "$questions questions: $ids % ids, $ports % ports, $mixed % of mixed case"
ok 'many questions were put' [ "$questions" -gt 200 ]
ok '  ids are random' [ "$ids" -gt 95 ]
ok '  ports are random' [ "$ports" -gt 95 ]
ok '  case is random' [ "$mixed" -gt 90 ]
ok '  and another for the same name' [ "$other" -gt 90 ]

note 'kinds of names'
fact 'a wildcard, by a random name' dns.wildcard wild-demo.com \
	'v.there && v.signed && v.ips.join() === "192.0.35.81"'
fact '  and none elsewhere' dns.wildcard twisted-demo.com '!v.there'
fact '  www is made from it' dns.name www.wild-demo.com 'v.how === "wildcard"'
fact '  and is a name of its own here' dns.name www.twisted-demo.com \
	'v.how === "own"'
fact 'an unsigned wildcard, by two random names' dns.random open-demo.com \
	'v.how === "wildcard" && v.names === 2 && !v.signed'
fact '  from which www is made, as it seems' dns.name www.open-demo.com \
	'v.how === "as-wildcard"'
is '  two are asked, and its server for one that cannot be' "$(json $log \
	"d.filter(l => l.kind === 'dns' && /label=/.test(l.question.options || '') &&
	/open-demo|invalid/.test(l.question.name)).map(l => l.question.name.replace(
	/^[a-z]{16}/, 'x') + ' ' + l.detail).sort().join('; ')")" \
	'x.invalid. REFUSED; x.open-demo.com. NOERROR; x.open-demo.com. NOERROR'
fact 'no name beside the others: two were asked' dns.random twisted-demo.com \
	'v.how === "none" && v.names === 2'
fact 'a DNAME, and the alias that follows from it' dns.dname old.alias-demo.com \
	'v.makes === "www.new.alias-demo.com" && v.said && v.agree'
fact 'CAA: found above' caa.found twisted-demo.com \
	'v.at === "twisted-demo.com" && v.accounts[0].endsWith("/4711")'
fact '  found nowhere' caa.found wild-demo.com 'v.at === ""'

note 'records'
fact 'HTTPS: a hint is no address' dns.https twisted-demo.com \
	'v.hints.join() === "192.0.35.80" && v.alpn.join() === "h2"'
fact 'a key' dns.dnskey twisted-demo.com 'v.entry && v.algorithm === 13'
fact 'SPF' dns.spf twisted-demo.com 'v.all === "-all" &&
	v.includes.join() === "_spf.twisted-demo.com"'
fact '  what it includes is read too' dns.spf _spf2.twisted-demo.com 'true'
fact 'DMARC' dns.dmarc _dmarc.twisted-demo.com 'v.p === "quarantine"'
fact 'MTA-STS' dns.mta_sts _mta-sts.twisted-demo.com 'v.id.startsWith("2026")'
fact 'a verification token' dns.token twisted-demo.com 'v.service === "Google"'

facts_looked_at
ends 'it verifies, joined facts too' 0 gc -C c verify
finish
