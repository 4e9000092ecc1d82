#!/bin/bash
# A site where everything is in order: its facts, and the form of its record.
. "$(dirname "$0")/lib.sh"

ok 'a case is made' new_case c plain-demo.com
ends 'it is collected' 0 lab plain "$program" -C c collect
like 'one line a target, off a terminal' "$out" \
	'^[0-9TZ:-]{20} 000001 plain-demo\.com sealed '
is 'and no other' "$(wc -l <<<"$out")" 1
is 'nothing on standard error' "$err" ''
run=c/runs/000001
log=$run/data/log.jsonl facts=$run/data/facts.jsonl

# ---- facts
fact() { # NAME KIND SUBJECT EXPRESSION-OVER-v WANT
	# Each server of the zone said it: the same is listed once.
	is "$1" "$(json $facts "[...new Set(d.filter(f => f.kind === '$2' &&
		f.subject === '$3').map(f => f.value).map(v => $4))].sort()")" "$5"
}
fact 'both addresses' dns.a plain-demo.com v.ip '["192.0.34.80"]'
fact 'and of IPv6' dns.aaaa plain-demo.com v.ip '["2620:0:2d0:80::80"]'
fact 'www, which is no zone, was asked for all that the name was' dns.nodata \
	www.plain-demo.com v.type \
	'["CAA","DNSKEY","DS","HTTPS","MX","NS","SOA","TXT"]'
is "the parent's DS, and that the zone is signed" \
	"$(json $facts "d.filter(f => f.kind === 'dns.ds' &&
		f.subject === 'plain-demo.com').length > 0 && !d.some(f =>
		f.kind === 'dns.unsigned' && f.subject === 'plain-demo.com')")" true
is 'registration: the registrar' \
	"$(json $facts "d.some(f => f.kind === 'rdap.entity' &&
		/Lab Registrar/.test(JSON.stringify(f.value)))")" true
is 'each address has a network' \
	"$(json $facts "['192.0.34.80', '2620:0:2d0:80::80'].every(a =>
		d.some(f => f.kind === 'ip.network' && f.subject === a))")" true
is 'a chain that leads to a root' \
	"$(json $facts "d.some(f => f.kind === 'tls.trust' &&
		JSON.stringify(f.value).includes('true'))")" true
is "pages come over HTTP/1.1 also where the server offers HTTP/2" \
	"$(zcat $run/data/evidence.warc.gz | grep -aoE "^HTTP/[0-9.]+" | sort -u)" HTTP/1.1
is "the handshake by itself shows that it does" "$(json $facts "[...new Set(
	d.filter(f => f.kind === 'tls.handshake' &&
	f.subject.startsWith('plain-demo.com@')).map(f => f.value.alpn))]")" "[\"h2\"]"

# ---- form
is 'the log is a chain' "$(node -e '
	const { createHash } = require("crypto");
	let prev = "0".repeat(64), n = 0;
	for (const l of require("fs").readFileSync(process.argv[1], "latin1")
	    .split(/(?<=\n)/)) {
		const e = JSON.parse(Buffer.from(l, "latin1").toString());
		if (e.prev !== prev || e.n !== ++n) { console.log("line " + n); break; }
		prev = createHash("sha256").update(l, "latin1").digest("hex");
	}
	console.log(prev);' $log)" "$(sed -n 's/^log-tip: //p' $run/head.txt)"
is "every fact's exchanges and facts exist" "$(node -e '
	const fs = require("fs"), read = f => fs.readFileSync(f, "utf8")
		.split("\n").filter(Boolean).map(l => JSON.parse(l));
	const log = new Set(read(process.argv[1]).filter(l =>
		l.type === "exchange").map(l => l.n));
	const facts = read(process.argv[2]), ids = new Set();
	const bad = facts.filter(f => { const good = f.from.length > 0 &&
		f.from.every(x => typeof x === "number" ? log.has(x) : ids.has(x));
		ids.add(f.id); return !good; });
	console.log(facts.length > 30, bad.map(f => f.id).join(" "));
	' $log $facts)" 'true '
is 'every fact id is given once' "$(json $facts \
	'new Set(d.map(f => f.id)).size === d.length')" true
is 'every cause is an earlier line' "$(json $log \
	"d.filter(l => l.cause && !(l.cause.n < l.n)).map(l => l.n)")" '[]'
is 'no question is put twice' "$(json $log "(() => { const seen = {};
	return d.filter(l => l.type === 'exchange').map(l => [l.kind,
	JSON.stringify(l.question), l.remote, l.kind === 'geo' ? l.question.name : '']
	.join()).filter(k => (seen[k] = (seen[k] || 0) + 1) === 2); })()")" '[]'
is 'salts differ' "$(json $log "(() => { const s = d.filter(l =>
	l.type === 'exchange').map(l => l.salt); return s.every(x =>
	/^[0-9a-f]{32}$/.test(x)) && new Set(s).size === s.length; })()")" true
is 'the archive can be read by itself' \
	"$(node "$top/tests/e2e/warc.mjs" $run)" 'good'
ok 'gzip reads it' gzip -t $run/data/evidence.warc.gz
ok 'sha256sum reads the manifest' sh -c "cd $run && sha256sum -c --quiet manifest-sha256.txt"
ok 'sha512sum too' sh -c "cd $run && sha512sum -c --quiet manifest-sha512.txt"
ok 'and the tag manifest' sh -c "cd $run && sha256sum -c --quiet tagmanifest-sha256.txt"
ok 'and seal.txt' sh -c "cd $run && sha256sum -c --quiet seal.txt"
ok 'openssl checks the signature' openssl dgst -sha256 -verify \
	$run/collector.pub -signature $run/head.sig $run/head.txt
if command -v warcio >/dev/null; then
	ok 'warcio reads the archive' warcio check $run/data/evidence.warc.gz
fi
finish
