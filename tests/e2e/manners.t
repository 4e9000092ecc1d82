#!/bin/bash
# Servers that have had enough: they are left alone for as long as they say, and
# asked once more, or not at all; and what was given up on is in the record.
# World: manners.
. "$(dirname "$0")/lib.sh"

ok 'a case is made' new_case c busy.ch
setting c collect limit.retry.default 700
ends 'it is collected' '[01]' lab manners "$program" -C c collect
log=c/runs/000001/data/log.jsonl

# NAME KIND HOST: milliseconds between the end of the first answer and the
# beginning of the second, or how many answers there were
waited() {
	json $log "(() => { const a = d.filter(l => l.type === 'exchange' &&
		l.kind === '$1' && l.question.host === '$2' && ($3)(l.question));
		return a.length === 2 ? Date.parse(a[1].start) - Date.parse(a[0].end) >=
		$4 - 1 : a.length; })()"
}
is 'RDAP: 429, asked again after the second that it asked for' \
	"$(waited rdap rdap.nic.ch "q => q.type === 'domain'" 1000)" true
is '  the same question, with its option' "$(json $log "d.filter(l =>
	l.type === 'exchange' && l.kind === 'rdap' && l.question.host ===
	'rdap.nic.ch' && l.question.type === 'domain').map(l =>
	l.question.options + ' ' + l.detail + ' ' + l.cause.rule).join()")" \
	'undefined 429 rdap.service,again=1 429 retry'
is '  its cause is the refusal' "$(json $log "(() => { const a = d.filter(l =>
	l.type === 'exchange' && l.question.host === 'rdap.nic.ch' &&
	l.question.type === 'domain');
	return a[1].cause.n === a[0].n; })()")" true
is 'WHOIS: a limit text, asked again after the default' \
	"$(waited whois whois.nic.ch "q => true" 700)" true
is 'a page: 503, asked again after the second that it asked for' \
	"$(waited http busy.ch "q => q.name === 'https://busy.ch/'" 1000)" true
is 'a wait that is longer than our limit is not waited for' "$(json $log \
	"d.filter(l => l.type === 'exchange' && l.kind === 'rdap' &&
	l.question.host === 'rdap.arin.net').map(l => l.status + ' ' +
	(l.sent ? 'sent' : 'not sent')).sort().filter((x, i, a) =>
	x !== a[i - 1] || x === 'answered sent').join()")" \
	'answered sent,spared not sent'
like '  and that is in the log, with its length' "$(json $log "d.filter(l =>
	l.type === 'skipped' && l.limit === 'retry.after').map(l => l.question.host +
	' ' + l.value).join('\n')")" '^rdap.arin.net 86400000$'
like 'so is what was refused again' "$(json $log "d.filter(l => l.type ===
	'skipped' && l.limit === 'retry.times').map(l => l.question.host).join('\n')")" \
	'^whois.nic.ch$'
ends 'it verifies' 0 gc -C c verify

# ---- one connection a registry, some time apart
ok 'a case of several' new_case many plain-demo.com popcorn-time-demo.com
setting many collect limit.pace.whois 150
ends 'it is collected' '[01]' lab plain "$program" -C many collect
is 'WHOIS of one registry: one at a time, so far apart' \
	"$(json many/runs/000001/data/log.jsonl "(() => { const a = d.filter(l =>
	l.type === 'exchange' && l.kind === 'whois' && l.question.host ===
	'whois.verisign-grs.com').map(l => [Date.parse(l.start), Date.parse(l.end)])
	.sort((x, y) => x[0] - y[0]);
	return a.length > 1 && a.every((x, i) => i === 0 || (x[0] >= a[i - 1][1] - 1 &&
	x[0] - a[i - 1][0] >= 149)); })()")" true
finish
