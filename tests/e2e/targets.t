#!/bin/bash
# Several targets, an address as a target, a run without a case, a plan.
. "$(dirname "$0")/lib.sh"

# ---- --plan, outside the lab: nothing is asked, so nothing can fail
ends '--plan asks nothing' 0 gc collect --plan popcorn-time.ch 5.2.64.1
like '  says what would be asked' "$out" 'dns .*popcorn-time\.ch'
like '  of an address' "$out" 'rdap .*5\.2\.64\.1'
is '  each rule once' "$(sed 1,/then/d <<<"$out" | sort | uniq -d)" ''
ends '  as JSON' 0 gc collect --plan --json popcorn-time.ch 5.2.64.1
is '  the same questions' "$(json .out 'd.schema + " " + d.targets.map(t => t.target +
	":" + t.asks.filter(a => a.kind === "rdap").length).join(" ") + " " + (d.rules.length > 20)')" \
	'plan/1 popcorn-time.ch:1 5.2.64.1:1 true'
is '  and makes nothing' "$(ls | grep -v home)" ''
if command -v strace >/dev/null; then
	ok '  opens no socket' sh -c "! strace -f -e trace=socket,connect '$program' \
		collect --plan popcorn-time.ch 2>&1 | grep -E 'AF_INET'"
fi

# ---- no case: a folder of its own where one stands
mkdir alone
ends 'outside a case' 0 sh -c "cd alone && '$top/tests/lab/run' plain -- '$program' \
	collect plain-demo.com"
folder=$(ls alone)
like '  a folder named after target and time' "$folder" '^plain-demo\.com-[0-9]{8}T[0-9]{6}Z$'
ends '  that verifies' 0 gc verify "alone/$folder"
ends '  and can be looked at' 0 gc log "alone/$folder"

# ---- an address, a URL, a name in other letters, twice the same
ok 'a case' new_case c
ends 'an address' 0 lab popcorn "$program" -C c collect 5.2.64.1
facts=c/runs/000001/data/facts.jsonl
is '  its holder' "$(json $facts "d.some(f => f.kind === 'ip.holder' &&
	JSON.stringify(f.value).includes('LiteServer'))")" true
is '  its reverse name' "$(json $facts "d.some(f => f.kind === 'dns.ptr' &&
	f.value.name === 'host-5-2-64-1.liteserver.nl')")" true
ends 'an address of IPv6' 0 lab popcorn "$program" -C c collect 2a04:52c0:101::1
ends 'a URL: that page' 0 lab popcorn "$program" -C c collect https://popcorn-time.ch/download
is '  of that name' "$(json c/runs/000003/data/facts.jsonl "d.some(f =>
	f.kind === 'http.page' && f.subject === 'https://popcorn-time.ch/download')")" true
ends 'a URL that is the front page' 0 lab popcorn "$program" -C c collect https://popcorn-time.ch/
is '  is asked for once of each address' "$(json c/runs/000004/data/log.jsonl "(() => {
	const to = d.filter(l => l.kind === 'http' && l.type === 'exchange' &&
		l.question.name === 'https://popcorn-time.ch/').map(l => l.question.server);
	return to.length === 2 && new Set(to).size === 2; })()")" true
ends 'the same name in three ways is one target' 0 lab popcorn "$program" -C c \
	collect popcorn-time.ch POPCORN-TIME.CH. popcorn-time.ch
is '  one line' "$(wc -l <<<"$out")" 1

# ---- several
ends 'three targets' 0 lab popcorn "$program" -C c collect popcorn-time.ch \
	popcorn-time-demo.com popcorn-time-demo.is
is '  a line each, in the order given' "$(cut -d' ' -f3 <<<"$out" | paste -sd,)" \
	popcorn-time.ch,popcorn-time-demo.com,popcorn-time-demo.is
log=c/runs/000006/data/log.jsonl
is 'what two targets share is asked once, and said' "$(json $log "(() => {
	const also = d.filter(l => l.type === 'also'); return also.length > 3 &&
	also.some(l => l.target && l.target !== 'popcorn-time.ch'); })()")" true
is '  the chain of each line leads to the operator' "$(json $log "d.filter(l =>
	l.cause).every(l => { let n = 0; while (l && l.cause.n && n++ < 99)
	l = d[l.cause.n - 1]; return l && l.cause && l.cause.n === 0; })")" true
is '  no question twice' "$(json $log "(() => { const seen = {};
	return d.filter(l => l.type === 'exchange' && l.kind !== 'local' ).map(l => [l.kind,
	JSON.stringify(l.question)].join())
	.filter(k => (seen[k] = (seen[k] || 0) + 1) === 2); })()")" '[]'
ends 'exhibits are numbered' 0 test -s c/runs/000006/data/exhibits.jsonl
is '  each once' "$(json c/runs/000006/data/exhibits.jsonl "(x =>
	new Set(x).size === x.length)(d.map(e => e.exhibit || e.id || JSON.stringify(e)))")" true
ends 'all of it verifies' 0 gc -C c verify
ends 'collect --json' 0 lab popcorn "$program" -C c --json collect popcorn-time.ch
is '  is JSON, with a schema' "$(json .out "/^[a-z]+\/[0-9]$/.test(d.schema)")" true
ends 'collect -q' 0 lab popcorn "$program" -C c -q collect popcorn-time.ch
is '  not a word' "$out$err" ''

# ---- a proxy of the environment never becomes part of the evidence
ends 'http_proxy is not used' 0 env http_proxy=http://127.0.0.1:9 https_proxy=http://127.0.0.1:9 \
	ALL_PROXY=socks5://127.0.0.1:9 \
	"$top/tests/lab/run" popcorn -- "$program" -C c collect popcorn-time.ch
is '  pages came' "$(json c/runs/000009/data/facts.jsonl \
	"d.some(f => f.kind === 'http.page' && f.value.status == 200)")" true

# ---- links and pages: other hosts are asked about, and for parts of pages, never their pages
is 'no page of a host that is no target' "$(json $log "JSON.stringify([...new Set(
	d.filter(l => l.type === 'exchange' && l.kind === 'http' && l.question.type === 'page').map(l => l.question.host)
	.filter(h => !/popcorn-time/.test(h)))])")" '[]'
is 'IP addresses of a guard are in no question that was sent' "$(json $log "d.filter(l =>
	l.sent && /^(127\.|10\.|192\.168\.)/.test(l.question.server || '')).length")" 0
finish
