#!/bin/bash
# Signatures from the anchor down, second opinions, client subnets, our own address.
. "$(dirname "$0")/lib.sh"

facts=c/runs/000001/data/facts.jsonl
# status NAME TYPE: its status and why
status() {
	json $facts "d.filter(f => f.kind === 'dnssec.status' && f.subject === '$1' && f.value.type === '$2')
	    .map(f => f.value.status + ': ' + f.value.why).join()"
}

ok 'a case is made' new_case c signed-demo.com bogus-demo.com open-demo.com expired-demo.com badsig-demo.com geo-demo.com
sed -i 's/^#* *client_subnets *=.*/client_subnets = US-HI:203.0.113.0\/24 DE:84.0.0.0\/24/' c/case.ini
ends 'it is collected' 0 lab signed "$program" -C c collect

is 'a signed name' "$(status signed-demo.com A)" 'secure: '
is '  a type that it lacks' "$(status signed-demo.com MX)" 'secure: '
is '  a wildcard, with proof' "$(status www.signed-demo.com A)" 'secure: '
is '  which is said' "$(json $facts "d.some(f => f.kind === 'dnssec.status' && f.subject === 'www.signed-demo.com' && f.value.wildcard)")" true
is 'a DS that does not match' "$(status bogus-demo.com A)" 'bogus: no key of the zone matches its DS'
is 'signatures that had expired' "$(status expired-demo.com A)" 'bogus: the signature had expired'
is 'a signature with a wrong bit' "$(status badsig-demo.com A)" 'bogus: bad signature'
is 'an unsigned zone, with the proof of it' "$(status open-demo.com A)" 'insecure: no DS: its absence is signed'
is 'a resolver that blocks says so' "$(json $facts "d.filter(f => f.kind === 'resolver.answer' && f.subject === 'open-demo.com' &&
	f.value.resolver === 'Cloudflare' && f.value.type === 'A').map(f => f.value.rcode + ' ' + f.value.ede[0].code + ' ' + f.value.ede[0].name).join()")" \
	'NXDOMAIN 16 Censored'
is '  and differs by its policy' "$(json $facts "d.filter(f => f.kind === 'resolver.compared' && f.subject === 'open-demo.com' &&
	f.value.type === 'A').map(f => f.value.resolver + ' ' + f.value.agree + ' ' + !!f.value.policy).join()")" \
	'Quad9 true false,Cloudflare false true'
is 'a visitor in Hawaii is sent elsewhere' "$(json $facts "d.filter(f => f.kind === 'ecs.answer' && f.subject === 'geo-demo.com' &&
	f.value.by === 'authoritative' && f.value.type === 'A').map(f => f.value.label + ' ' + f.value.answers + ' /' + f.value.scope).sort().join()")" \
	'DE 192.0.36.86 /0,US-HI 192.0.36.91 /24'
is '  which is compared' "$(json $facts "d.filter(f => f.kind === 'ecs.compared' && f.subject === 'geo-demo.com' &&
	f.value.by === 'authoritative' && f.value.type === 'A').map(f => f.value.same + ' ' + f.value.scoped).join()")" 'false true'
is 'our own address, as two operators see it' "$(json $facts "[...new Set(d.filter(f => f.kind === 'vantage.address')
	.map(f => f.value.by + ' ' + f.subject))].sort().join()")" \
	'Google 130.59.31.99,OpenDNS 130.59.31.99,OpenDNS 2001:620:0:ff::63'
ends 'joined facts come out again the same' 0 "$program" verify c/runs/000001
like '  all of them' "$out" 'joined from them come out the same'

sed -i 's/^#* *second_opinion *=.*/second_opinion =/; s/^#* *own_address *=.*/own_address = false/' c/case.ini
ends 'nobody else is asked' 0 lab signed "$program" -C c collect open-demo.com
is '  where the case says so' "$(json c/runs/000002/data/facts.jsonl "d.some(f => /^(resolver|vantage)/.test(f.kind))")" false

# Recursive servers of the case's, in place of the zones' own: 127.0.0.9 refuses.
setting c collect dns_servers '127.0.0.9#5354 9.9.9.9'
ends 'names are asked of recursive servers' 0 lab signed node "$top/tests/e2e/asked.mjs" \
	127.0.0.9 5354 asked "$program" -C c collect open-demo.com
log=c/runs/000003/data/log.jsonl facts=c/runs/000003/data/facts.jsonl
is '  in their order, and nobody else is' "$(json $log "[...new Set(d.filter(l => l.kind === 'dns' &&
	!/^resolver /.test(l.question.note)).map(l => l.question.server + ' ' + l.question.port + ' ' + l.question.note))].sort().join()")" \
	'127.0.0.9 5354 recursive,9.9.9.9 53 recursive'
is '  what is written down as our end is where the server saw it come from' "$(json $log "d.filter(l => l.kind === 'dns' &&
	l.question.port === 5354).map(l => l.local).sort().join()")" "$(sort asked | paste -sd ,)"
ok '  many of them' [ "$(wc -l <asked)" -ge 10 ]
is '  the name is known, as their answer' "$(json $facts "[...new Set(d.filter(f => f.kind === 'dns.a' &&
	f.subject === 'open-demo.com').map(f => f.value.server + ' ' + f.value.by))].join()")" '9.9.9.9 recursive'
is '  every record is marked so' "$(json $facts "d.filter(f => /^dns\\.(a|aaaa|ns|soa|mx|txt|nodata|nxdomain|cname)$/.test(f.kind)
	&& f.value.by !== 'recursive').length")" 0
is '  they are no servers of the zone' "$(json $facts "d.some(f => /^dns\\.(server|serial|differ)$/.test(f.kind))")" false
is '  settings name them' "$(json c/runs/000003/data/settings.json "d.dns_servers.join()")" '127.0.0.9#5354,9.9.9.9'
ends '  the run verifies' 0 "$program" verify c/runs/000003
ends '  and is shown' 0 gc -C c report
page=$(cat c/reports/000001/exhibit*.html)
like '  as what it is' "$page" 'every name was asked of the recursive servers'
like '  each answer' "$page" 'as the recursive server <[^>]*>?9\.9\.9\.9'
unlike '  and nothing says that no resolver stood between' "$page" 'no resolver stood between'
ends '  a plan says so' 0 gc -C c collect --plan open-demo.com
like '  too' "$out" 'A     open-demo.com, of the recursive servers of case.ini'
finish
