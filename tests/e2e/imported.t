#!/bin/bash
# Imported addresses are asked about in the next run, and nothing is ever sent to
# one, not even where a target's names lead to it: counted on the wire.
. "$(dirname "$0")/lib.sh"

count=$(realpath "$top/build/lab-bin/countd")
host=192.0.34.80 ns=192.0.47.53 other=192.0.32.7

cat >log.csv <<EOF
doe,ip,port,time,zone,act,work,source,party
Doe 1,$host,51413,2026-03-01T10:00:00Z,,download,Work A,monitor,
,$ns,51413,2026-03-01T10:00:00Z,,download,Work A,monitor,
,$ns,51413,2026-03-01T10:05:00Z,,download,Work A,monitor,
,10.1.2.3,51413,2026-03-01T10:05:00Z,,download,Work A,monitor,
EOF
cat >places.csv <<EOF
ip,database,build,looked_up,place,radius_km,declarant,source
$other,MaxMind,2026-02-01,2026-03-01,US-HI,50,J. Doe,Exhibit A
EOF
printf '%s\r\n' 'Received: from mail.provider.example (unknown [192.0.32.9])' \
	' by mx.counsel.example; Mon, 2 Mar 2026 10:00:00 +0000' \
	'DKIM-Signature: v=1; a=rsa-sha256; d=plain-demo.com; s=s1;' \
	' h=from:date; bh=AAAA; b=AAAA' 'From: abuse@plain-demo.com' \
	'Date: Mon, 2 Mar 2026 10:00:00 +0000' '' 'We forwarded it.' >reply.eml
cat >both.sh <<EOF
"$count" $host before "$program" -C c collect
"$program" -C c import activity log.csv
"$program" -C c import geolocation places.csv
"$program" -C c import mail reply.eml --from provider
"$program" -C c collect --plan
"$count" $host host "$count" $ns ns "$count" $other other "$program" -C c collect
EOF
ok 'a case is made' new_case c plain-demo.com
ends 'collected, imported, collected again' '[01]' lab plain sh both.sh
unlike '  without the log, packets go to the host' "$(cat before)" '^packets 0 '
is '  with it none goes to the Doe, whom the name leads to' "$(cat host)" \
	'packets 0 dropped 0'
is '  nor to an address that is a name server' "$(cat ns)" 'packets 0 dropped 0'
is '  nor to one of somebody else'"'"'s look-ups' "$(cat other)" \
	'packets 0 dropped 0'
like '  the plan names them' "$out" "^  $other\$"
unlike '  but not one that is private' "$out" '^  10\.1\.2\.3$'
like '  a line of the run is theirs' "$out" \
	' 000002 imported sealed asked=[0-9]+ .* addresses=4$'
like '  the plan names the key of the mail' "$out" 's1\._domainkey\.plain-demo\.com'

facts=c/runs/000002/data/facts.jsonl log=c/runs/000002/data/log.jsonl
is '  the record says that the handshake was not made, and why' \
	"$(json $log "d.filter(l => l.kind === 'tls' && l.status === 'guard' &&
	l.question.server === '$host' && /imported address/.test(l.detail)).length > 0")" true
is '  and that the name server was not asked' \
	"$(json $log "d.some(l => l.kind === 'dns' && l.status === 'guard' &&
	l.question.server === '$ns')")" true
is '  the name is known all the same, from the other server' \
	"$(json $facts "d.some(f => f.kind === 'dns.a' && f.value.ip === '$host')")" true
for ip in $host $ns $other; do
	is "  registries, the DNS and lists were asked about $ip" "$(json $log "
	['rdap', 'dns', 'local'].every(k => d.some(l => l.kind === k &&
	(l.question.name === '$ip' || l.question.name.startsWith('$ip'
	.split('.').reverse().join('.') + '.in-addr') ||
	l.question.name.endsWith('/ip/$ip'))))")" true
done
is '  the key of the mail was asked for' "$(json $log "d.some(l =>
	l.kind === 'dns' && l.question.name === 's1._domainkey.plain-demo.com.' &&
	l.question.type === 'TXT')")" true
is '  an address on the way of the mail is asked about' "$(json $log "d.some(l =>
	l.question && l.question.name === '192.0.32.9')")" true
is '  nobody became a target' \
	"$(json c/runs/000002/data/settings.json 'd.targets.join()')" plain-demo.com
is '  settings count them' "$(json c/runs/000002/data/settings.json \
	'[d.imported.never_contacted, d.imported.asked_about].join()')" 5,4
is '  the run names the last line of imports' \
	"$(sed -n 's/^imports-tip: //p' c/runs/000002/open.txt)" \
	"$(tail -n 1 c/imports/imports.jsonl | sha256sum | cut -d ' ' -f 1)"
ends '  the case verifies' 0 gc verify c
like '  imports and all' "$out" '^  imports +3 files$'
ends '  and is assessed' 0 gc -C c assess

# The table of roles says of them what the assessment says.
ends '  the run is shown' 0 gc -C c report
like '  an address that a log has, by its role there' \
	"$(cat c/reports/000001/exhibit.html)" \
	'USER_THIRD_PARTY</strong><br>per an imported log'
like '  and in the table of addresses' "$(cat c/reports/000001/addresses.csv)" \
	",$ns,USER_THIRD_PARTY,.*,I-0001:2"

# Without a target, imported addresses are collected alone; a limit is told.
: >c/targets.txt
setting c collect limit.import.addresses 1
ends 'only what was imported' '[01]' lab plain "$program" -C c collect
is '  two are left out, and the log says so' "$(json c/runs/000003/data/log.jsonl \
	"d.filter(l => l.limit === 'import.addresses').map(l => l.text).join()")" \
	'3 further addresses of imported files were not asked about'
is '  the Doe comes first' "$(json c/runs/000003/data/log.jsonl \
	"d.filter(l => l.kind === 'local' && l.question.type === 'listed-ip')
	.map(l => l.question.name).join()")" $host
ends '  and it is reported' 0 gc -C c report
like '  with the imports that it rests on' "$(cat c/reports/000002/inputs.json)" \
	'"import": "I-0002"'
finish
