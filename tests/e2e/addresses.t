#!/bin/bash
# What stands before a host, who announces an address, which lists hold it.
. "$(dirname "$0")/lib.sh"

facts=c/runs/000001/data/facts.jsonl
# of KIND SUBJECT EXPRESSION: whether one such fact says so
of() {
	is "$4" "$(json $facts "d.some(f => f.kind === '$1' && f.subject === '$2' &&
		(v => $3)(f.value))")" true
}

ok 'a case is made' new_case c cdn50-demo.com exit-demo.com parked-demo.com
ends 'it is collected' 0 lab cdn "$program" -C c collect

of ip.listed 104.16.50.11 "v.what === 'cdn' && v.provider === 'Cloudflare' &&
	/^[0-9a-f]{64}$/.test(v.sha256) && v.date !== ''" 'an edge is in its network'"'"'s own list'
of list.none 104.16.50.11 "v.lists.includes('tor-exits')" 'and was looked for in the others'
of ip.origin 104.16.50.11 "v.asn === 13335 && v.prefix === '104.16.0.0/13'" 'routing data says who announces it'
of as.name AS13335 "v.name.startsWith('CLOUDFLARENET')" 'and what that network is called'
is '  which is asked of one server' "$(json c/runs/000001/data/log.jsonl "d.filter(l =>
	l.kind === 'dns' && l.cause.rule === 'dns.next_server' &&
	/asn\.cymru\.com\.$/.test(l.question.name)).length")" 0
of ip.origin 185.220.101.4 'v.asn === 64501' 'two networks announce one prefix'
of origin.compared 185.220.101.4 'v.several && v.asns.length === 2' 'and that is said'
of ip.listed 185.220.101.4 "v.list === 'tor-exits' && v.date === '2024-02-27'" 'an exit, by a dated list'
of ip.reverse 185.220.101.4 "v.confirmed === 'no'" 'a reverse name that leads elsewhere'
of ip.reverse 5.2.64.50 "v.confirmed === 'yes'" 'a reverse name that leads back'
of name.listed ns1.bodis.com "v.what === 'parking'" 'a name server of a parking service'
of zone.address cdn50-demo.com "v.ip === '5.2.64.50' && v.how === 'mail server'" 'another address: the mail server'
of zone.address cdn50-demo.com "v.ip === '5.2.64.51' && v.how === 'SPF'" 'another address: SPF'

ok 'the exhibit is written' gc -C c report
out=c/reports/000001
count() { cut -d, -f1-3 $out/addresses.csv | tr -d '"\r' | sort -u | grep -c "^$1,.*,$2\$"; }
is 'fifty-one edges, and no host' "$(count cdn50-demo.com CDN_EDGE) $(count cdn50-demo.com HOST)" '51 0'
is 'an exit beside a host' "$(count exit-demo.com EXIT_PROXY) $(count exit-demo.com HOST)" '1 1'
page=$(sed 's/<[^>]*>//g' $out/exhibit-cdn50-demo.com.html | tr -s ' \n' ' ')
says() {
	is "$1" "$(grep -Eo "$2" <<<"$page" | head -1 | grep -c .)" 1
}
says 'equal rows are one' '50 addresses in [23] prefixes'
says 'the origin is not known' 'origin is not known'
says 'with the hints there are' '5\.2\.64\.50 \(mail server mx\.cdn50-demo\.com\)'
says 'a table of place for addresses of which the same is said' 'Where it is said to be: [0-9]+ addresses'
says '  which says what a place is worth there' 'no place named here is the place of a server'
says 'the networks of each address, with holder and abuse contact' 'as provider *abuse: '
says 'fifty servers with one certificate are one column' '50 servers Name asked for'
unlike 'no list of records stands in a cell that does not break' \
	"$(cat $out/exhibit-cdn50-demo.com.html)" 'class="n"><a class="rec"[^>]*>[0-9]+</a>, '
gc -C c assess >/dev/null
status() {
	json $out/findings.json "d.findings.filter(f => f.element === '$1' &&
		f.scope === '$2').map(f => f.status).join()"
}
is 'P-17 does not judge edges' "$(status P-17 cdn50-demo.com)" NC
is 'edges and hosts serve P-15 as what does not suffice' "$(status P-15 cdn50-demo.com)" INSUF
is 'no address serves P-04' "$(json $out/findings.json "[...new Set(d.findings.filter(f =>
	f.element === 'P-04').map(f => f.status))].filter(s => s !== 'NONE' && s !== 'NC').length")" 0
ends 'the run verifies' 0 gc -C c verify
finish
