#!/bin/bash
# What RDAP services say beside an object, and what each of it means.  World: rdap.
. "$(dirname "$0")/lib.sh"

ok 'a case is made' new_case c
cp "$top/tests/lab/worlds/rdap/case/targets.txt" c/targets.txt
setting c collect limit.retry.times 2
ends 'all targets are collected' '[01]' lab rdap "$program" -C c collect
run=c/runs/000001
log=$run/data/log.jsonl facts=$run/data/facts.jsonl

fact() { # NAME KIND SUBJECT JAVASCRIPT-OVER-v
	is "$1" "$(json $facts "d.some(f => f.kind === '$2' &&
		f.subject === '$3' && (v => $4)(f.value))")" true
}
asked() { # JAVASCRIPT-OVER-l: the URLs asked by RDAP, in order
	json $log "d.filter(l => l.type === 'exchange' && l.kind === 'rdap' && $1)
		.map(l => l.question.name).join(' ')"
}

# ---- statuses
refused() { fact "$1 is: $2" rdap.refused "s$1-name.com" "v.code === $1 && v.meaning === '$2'"; }
refused 400 'the server does not take this question'
refused 403 'the server refuses'
refused 406 'the server has no such form of answer'
refused 422 'the server cannot make sense of the question'
refused 501 'not offered by the server'
is 'none of them says that there is no such name' "$(json $facts "d.some(f =>
	/^s4|^s5|^limit/.test(f.subject) && /^(rdap.none|reg.none)$/.test(f.kind))")" false
fact '429 with Retry-After' rdap.refused limit-name.com 'v.code === 429 && v.wait_s === 1'
is '  is obeyed, and asked again no more than the limit says' "$(json $log "(t =>
	t.length > 1 && t.length < 4 && t.slice(1).every((x, i) => x - t[i] >= 1000))
	(d.filter(l => l.kind === 'rdap' && l.type === 'exchange' &&
	/limit-name/.test(l.question.name)).map(l => Date.parse(l.start)))")" true
fact 'a 404 that is no RDAP counts once /help is' reg.none gone-name.ch \
	"v.server === 'rdap.nic.ch'"
fact '  which was asked' rdap.help gone-name.ch "v.server === 'rdap.nic.ch'"

# ---- whose answer
fact 'an answer about another name says so' rdap.domain other-name.com 'v.other === true'
is '  and gives nothing about this one' "$(json $facts "d.some(f =>
	f.subject === 'other-name.com' && /^rdap.(ns|event|entity)$/.test(f.kind))")" false
is "the registrar is asked by the link as given" "$(asked "/instra/.test(l.question.name)")" \
	'https://rdap.instra.net/odd/object?name=THIN-NAME.COM'
fact 'withheld as stated is no absence' rdap.contact thin-name.com \
	"v.role === 'registrant' && (v.redacted || []).includes('name') && (v.absent || []).includes('phone')"

# ---- networks
chain() { json $facts "d.filter(f => f.kind === 'ip.chain' && f.subject === '$1')
	.map(f => f.value.name).filter((n, i, all) => all.indexOf(n) === i).join(' ')"; }
is 'five networks of six: four above are followed' "$(chain 192.0.33.71)" \
	'LAB-CUSTOMER LAB-RESELLER LAB-PROVIDER LAB-LARGE LAB-LARGER'
fact '  each with its holder and relation' ip.chain 192.0.33.71 \
	"v.position === 0 && v.holder === 'Customer Cinema LLC' && v.relation === 'assignee'"
fact 'a redirect leads to the registry that has it' ip.network 192.0.34.71 \
	"v.name === 'EU-MOVED' && v.server === 'rdap.db.ripe.net'"
is '  and is a record of its own' "$(json $log "d.filter(l => l.kind === 'rdap' &&
	l.question.host === 'rdap.arin.net' && /192.0.34.71/.test(l.question.name))
	.map(l => l.detail).join()")" 302
fact 'a registry that says nothing: WHOIS is asked' ip.network 192.0.36.71 \
	"v.name === 'LAB-SILENT'"
fact 'a geofeed within its network' geofeed.place 192.0.33.71 \
	"v.country === 'NL' && v.city === 'Amsterdam'"
is '  is not believed about others' "$(json $facts "d.filter(f =>
	f.kind === 'geofeed.line').map(f => f.subject).sort().join(' ')")" 192.0.33.64/26
fact 'the number that announces it' as.holder AS60404 "v.org === 'Lab Transit B.V.'"
ends 'the run verifies' 0 gc verify $run

# ---- a case may set how far up it goes
new_case low thin-name.com
setting low collect limit.rdap.up 1
ends 'with rdap.up = 1' '[01]' lab rdap "$program" -C low collect
facts=low/runs/000001/data/facts.jsonl
is '  one network above is asked for' "$(chain 192.0.33.71)" 'LAB-CUSTOMER LAB-RESELLER'
gc -C low report >/dev/null
like '  and the exhibit shows the chain' "$(sed 's/<[^>]*>/ /g' low/reports/*/exhibit*.html | tr -s ' \n' ' ' | grep -o 'Customer Cinema LLC.\{13\}')" \
	'Customer Cinema LLC as assignee'
finish
