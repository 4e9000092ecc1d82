#!/bin/bash
# One domain for each trouble: what a server does wrong is a record, with its own
# word, and never an error of ours.  World: faults.
. "$(dirname "$0")/lib.sh"

ok 'a case is made' new_case c
cp "$top/tests/lab/worlds/faults/case/targets.txt" c/targets.txt
ends 'all targets are collected; status 1, since some gave no usable answer' 1 \
	lab faults "$program" -C c collect
targets=$(grep -c '^[a-z]' c/targets.txt)
is 'one line a target' "$(grep -cE ' 000001 [^ ]+ sealed[ ,]' <<<"$out")" "$targets"
like '  which says where nothing usable came' "$out" ' does-not-exist\.ch sealed,nothing-usable '
run=c/runs/000001
log=$run/data/log.jsonl facts=$run/data/facts.jsonl
is 'the run is complete all the same' "$(sed -n 's/^state: //p' $run/head.txt)" complete

went() { # NAME TARGET KIND STATUS DETAIL-PATTERN
	like "$1" "$(json $log "d.filter(l => l.type === 'exchange' &&
		l.target === '$2' && l.kind === '$3').map(l => l.status + ' ' +
		l.detail).join('\n')")" "^$4 $5"
}
fact() { # NAME KIND SUBJECT-PREFIX JAVASCRIPT-OVER-v
	is "$1" "$(json $facts "d.some(f => f.kind === '$2' &&
		f.subject.startsWith('$3') && (v => $4)(f.value))")" true
}

went 'a host that refuses: the page' host-refuses.ch http refused 'connection refused'
went 'a host that refuses: the handshake' host-refuses.ch tls refused ''
fact 'its registration is there all the same' whois.record host-refuses.ch true
went 'WHOIS of a registry that is silent' whois-silent.ch whois timeout ''
went 'WHOIS of a registrar that is silent' whois-silent.com whois timeout ''
fact 'what RDAP knows of that name is there' rdap.domain whois-silent.com true
went 'RDAP 404' rdap-404.ch rdap answered 404
fact 'is a fact: it has no such object' rdap.none rdap-404.ch true
fact 'and WHOIS knows the name' whois.record rdap-404.ch true
went 'a private address: refused by us' private-address.ch http guard private
went 'and one of IPv6' private-address.ch tls guard unique-local
fact 'it is a fact that DNS gave it' dns.a private-address.ch "v.ip === '10.1.2.3'"
fact 'and that it is not public' ip.special 10.1.2.3 true
is 'nothing was sent to it' "$(json $log "d.filter(l => l.sent && l.question
	&& /^(10\.1\.2\.3|fd00::7|127\.)/.test(l.question.server + '')).length")" 0
is 'nor to any private address' "$(json $log "d.filter(l => l.remote &&
	/^(10\.|127\.|192\.168\.|fd|::1)/.test(l.remote) && l.sent).length")" 0
went 'an oversized page: our limit' big-page.ch http limit ''
is 'of which what fits is kept' "$(json $log "d.filter(l => l.target ===
	'big-page.ch' && l.status === 'limit').every(l => l.received.size > 8000000
	&& l.received.size < 8600000)")" true
like 'and said in the archive' "$(zcat $run/data/evidence.warc.gz | tr -d '\0' |
	grep -a '^WARC-Truncated')" 'WARC-Truncated: length'
went 'no TLS' no-tls.ch tls refused ''
went 'a page with status 500' broken-page.ch http answered 500
like 'redirects that go in a circle end' "$(json $log "d.filter(l => l.target ===
	'loop.ch' && l.kind === 'http').length < 15 ? 'end' : 'go on'")" end
fact 'a certificate of another name is recorded' tls.trust wrong-cert.ch 'v.ok === false'
fact 'a server that does not have the zone' dns.lame lame.ch true
fact 'a name that does not exist' dns.nxdomain does-not-exist.ch true

ends 'what was not answered can be listed' 0 gc -C c log 1 --failed
for word in refused timeout guard limit; do
	like "  $word" "$out" "$word"
done
ends 'the run verifies' 0 gc -C c verify
is 'the archive can be read by itself' "$(node "$top/tests/e2e/warc.mjs" $run)" good

# ---- limits of ours
ok 'a case with little time' new_case l fine.ch whois-silent.com
setting l collect limit.run.deadline 400
setting l collect limit.whois.timeout 3000
ends 'the run is cut short by its own limit: sealed, status 1' 1 \
	lab faults "$program" -C l collect
is '  as incomplete' "$(sed -n 's/^state: //p' l/runs/000001/head.txt)" incomplete
like '  and why' "$(sed -n 's/^why: //p' l/runs/000001/head.txt)" 'run\.deadline'
is '  the limit is a line of the log' "$(json l/runs/000001/data/log.jsonl \
	"d.some(x => x.type === 'limit' && x.limit === 'run.deadline')")" true
like '  the person who ran it is told' "$out$err" '[Ii]ncomplete|deadline'
ends '  it verifies' 0 gc -C l verify
ok 'a case of few questions' new_case q fine.ch
setting q collect limit.target.questions 12
ends 'a target is cut short by its limit: sealed' '[01]' lab faults "$program" -C q collect
is '  the limit is a line of the log' "$(json q/runs/000001/data/log.jsonl \
	"d.some(x => x.type === 'limit' && x.limit === 'target.questions')")" true
is '  and is kept to' "$(json q/runs/000001/data/log.jsonl \
	"d.filter(x => x.type === 'exchange' && x.target === 'fine.ch').length <= 12")" true
ends '  it verifies' 0 gc -C q verify

# ---- servers taken away
ok 'another case' new_case d fine.ch
lab_options=(--without timestamp.digicert.com)
ends 'one time-stamping authority down loses nothing' 0 \
	lab faults "$program" -C d collect
is 'the other closed the run' "$(ls d/runs/000001/seal.*.tsr)" \
	d/runs/000001/seal.timestamp.sectigo.com.tsr
lab_options=(--without timestamp.digicert.com --without timestamp.sectigo.com)
ends 'both down: sealed untimed, status 1' 1 lab faults "$program" -C d collect
is 'it is sealed' "$(sed -n 's/^opened: //p' d/runs/000002/head.txt)" untimed
is 'and complete' "$(sed -n 's/^state: //p' d/runs/000002/head.txt)" complete
like 'and says so' "$out$err" '[Uu]ntimed'
ends 'it verifies, and the word is there too' 0 gc -C d verify runs/000002
like '  untimed' "$out" 'untimed|no (opening|closing)? ?token'
lab_options=(--without rdap.nic.ch --without whois.nic.ch)
ends 'a registry that is gone: the rest is there' 0 lab faults "$program" -C d collect
log=d/runs/000003/data/log.jsonl
went 'its RDAP' fine.ch rdap refused ''
went 'its WHOIS' fine.ch whois refused ''
went 'the page' fine.ch http answered 200
finish
