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
of ip.origin 185.220.101.4 'v.asn === 64501' 'two networks announce one prefix'
of origin.compared 185.220.101.4 'v.several && v.asns.length === 2' 'and that is said'
of ip.listed 185.220.101.4 "v.list === 'tor-exits' && v.date === '2024-02-27'" 'an exit, by a dated list'
of ip.reverse 185.220.101.4 "v.confirmed === 'no'" 'a reverse name that leads elsewhere'
of ip.reverse 5.2.64.50 "v.confirmed === 'yes'" 'a reverse name that leads back'
of name.listed ns1.bodis.com "v.what === 'parking'" 'a name server of a parking service'
of zone.address cdn50-demo.com "v.ip === '5.2.64.50' && v.how === 'mail server'" 'another address: the mail server'
of zone.address cdn50-demo.com "v.ip === '5.2.64.51' && v.how === 'SPF'" 'another address: SPF'

ok 'the exhibit is written' gc -C c report
roles() { # TARGET ROLE: how many addresses
	cut -d, -f1-3 c/reports/*/addresses.csv 2>/dev/null | sort -u | grep -c "^$1,.*,$2"
}
ls -R c/reports 2>/dev/null | head -30 >report-files
csv=$(find c/reports -name '*.csv' | xargs grep -l delivery_network | head -1)
count() { cut -d, -f1-3 "$csv" | tr -d '"\r' | sort -u | grep -c "^$1,.*,$2\$"; }
is 'fifty-one edges' "$(count cdn50-demo.com CDN_EDGE)" 51
is 'no host of that name' "$(count cdn50-demo.com HOST)" 0
is 'an exit beside a host' "$(count exit-demo.com EXIT_PROXY) $(count exit-demo.com HOST)" '1 1'
page=$(find c/reports -name 'exhibit*cdn50*.html' | head -1)
text=$(sed 's/<[^>]*>//g' "$page" | tr -s ' \n' ' ')
like 'equal rows are one' "$text" '50 addresses in [23] prefixes'
like 'the origin is not established' "$text" 'origin is not established'
like 'with the hints there are' "$text" 'mail server mx\.cdn50-demo\.com'
gc -C c assess cdn50-demo.com >assess.txt 2>&1
like 'P-17 does not judge an edge' "$(grep -A3 'P-17' assess.txt | tr '\n' ' ')" 'NC|not observed'
like 'P-04 has no address of a Doe' "$(grep -A2 'P-04' assess.txt | tr '\n' ' ')" 'NONE|NC'
ends 'the run verifies' 0 gc -C c verify
finish
