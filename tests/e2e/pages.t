#!/bin/bash
# The pages of a site: which are asked for, which never, and what is no page.
. "$(dirname "$0")/lib.sh"

cp "$top/tests/lab/worlds/pages/case/targets.txt" .
ok 'a case is made' new_case c $(cat targets.txt)
ends 'it is collected' 0 lab pages bash -c '"$1" -C c collect; status=$?
	cp "$LAB_LOGS/access.log" access.log; exit $status' - "$program"
run=c/runs/000001 log=c/runs/000001/data/log.jsonl
facts=c/runs/000001/data/facts.jsonl

asked() { # PATH: how often the site's servers saw a request for it
	grep -c "\"GET $1 HTTP" access.log
}
fact() { # NAME EXPRESSION-OVER-d WANT
	is "$1" "$(json $facts "$2")" "$3"
}

# ---- what is asked for
for path in '/terms' /datenschutz /mentions /contact /dmca /about /join \
    /koukoku /tarifs /more-terms /gone-abuse /maps/one.xml /imprint-mapped /moved /frame /css/more.css /img/deep.png \
    /font.woff2 /img/poster.png /secret/privacy; do
	is "asked for once: $path" "$(asked $path)" 1
done
is 'the front page is asked of each address by each scheme, and of www' \
	"$(asked /)" 14
fact 'two addresses gave the same bytes' "d.some(f => f.kind === 'page.same' &&
	f.subject === 'https://pages-demo.ch/' && f.value.answers === 2)" true

is 'and no limit was met for it' "$(json $log "d.some(l => l.type === 'limit' &&
	l.limit.startsWith('page'))")" false

# ---- a page can be shown again: each part is in the archive, under its address
cat >parts.mjs <<'END'
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
const run = process.argv[2], bytes = readFileSync(`${run}/data/evidence.warc.gz`);
const lines = f => readFileSync(`${run}/data/${f}.jsonl`, 'utf8').split('\n')
	.filter(Boolean).map(l => JSON.parse(l));
const log = lines('log'), facts = lines('facts');
const kept = facts.filter(f => f.kind === 'http.file' && f.value.what === 'requisite');
const lost = kept.filter(f => {
	const at = log.find(l => l.n === f.from[0])?.received;
	if (!at)
		return true;
	const text = gunzipSync(bytes.subarray(at.warc, at.warc + at.len)).toString('latin1');
	return !text.includes(`WARC-Target-URI: ${f.subject}\r\n`) ||
		!text.includes('WARC-Type: response\r\n');
}).map(f => f.subject);
console.log(kept.length >= 5 && !lost.length ? 'all' : JSON.stringify([kept.length, lost]));
END
is 'each part of a page is found again in the archive' "$(node parts.mjs $run)" all

# ---- what never is
for path in /files/app.apk /files/app.zip /files/film.torrent /films/film.mp4 \
    /logout '/terms?action=delete' '/cart?add=1' /secret/pricing; do
	is "never asked for: $path" "$(asked "$path")" 0
done
is 'each is a line of the log, with the reason' "$(json $log "d.filter(l =>
	l.type === 'skipped' && /program|archive|torrent|video|action|robots/
	.test(l.text)).length >= 7")" true
is 'a program behind a page is broken off at its head' "$(
	zcat $run/data/evidence.warc.gz | grep -ac 'nobody may fetch')" 0
fact 'and said' "d.some(f => f.kind === 'http.page' &&
	f.subject.endsWith('/get') && f.value.stopped === 'a program')" true

# ---- what the pages and files say
fact 'a page kept for the public is asked though robots.txt objects' \
	"d.filter(f => f.kind === 'robots.rule').map(f => f.value.path)[0]" \
	/secret/
fact 'security.txt' "d.some(f => f.kind === 'security.field' &&
	f.value.value === 'mailto:security@pages-demo.ch')" true
fact 'the manifest names an app' "d.some(f => f.kind === 'manifest.field' &&
	f.value.value === 'ch.pagesdemo.app' && f.value.platform === 'play')" true
fact 'a soft 404 is no page' "d.filter(f => f.kind === 'page.class' &&
	f.value.class === 'soft-404').map(f => f.subject)[0]" \
	https://pages-demo.ch/gone-abuse
fact 'the kinds found' "d.filter(f => f.kind === 'page.sought' &&
	f.subject === 'pages-demo.ch' && f.value.found.length > 0)
	.map(f => f.value.purpose).sort().join(' ')" \
	'about abuse advertising contact imprint pricing privacy sign-up terms'

# ---- what is no page
for row in challenge-demo.ch:challenge parked-demo.ch:parking \
    parked-demo.ch:for-sale blocked-demo.ch:geo-block; do
	fact "${row%:*} is a ${row#*:}" "d.some(f => f.kind === 'page.class' &&
		f.target === '${row%:*}' && f.value.class === '${row#*:}')" true
done
fact 'and its words, prices and forms are nobody'"'"'s' "d.filter(f =>
	/^page\.(words|price|form|link)/.test(f.kind) &&
	/challenge|parked|blocked/.test(f.target)).length" 0
ok 'it verifies' gc -C c verify
finish
