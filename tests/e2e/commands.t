#!/bin/bash
# What people type to look at a run; pipes, closed and full outputs.
. "$(dirname "$0")/lib.sh"

ok 'a case is made' new_case c plain-demo.com
ends 'a run' 0 lab plain "$program" -C c collect
log=c/runs/000001/data/log.jsonl

# ---- log
ends 'log: the runs' 0 gc -C c log
like '  one line' "$out" '^000001 .*complete +plain-demo\.com'
ends 'log 1: its events' 0 gc -C c log 1
is '  a line each, and as many as the log has' \
	"$(grep -cE '^ *[0-9]+ ' <<<"$out")" "$(wc -l <$log)"
ends 'log 1 --json' 0 gc -C c log 1 --json
is '  all events' "$(json .out "d.schema + ' ' + d.events.length")" "log/1 $(wc -l <$log)"
ends 'log 1 --failed: nothing' 0 gc -C c log 1 --failed
ends 'log of a folder' 0 gc log c/runs/000001

# ---- show
n=$(json $log "d.find(l => l.kind === 'http' && l.detail === '200').n")
ends 'show: a page' 0 gc -C c show 1 "$n"
like '  what was asked' "$out" 'plain-demo\.com/'
like '  of which address' "$out" '192\.0\.34\.80|2620:0:2d0:80::80'
like '  when, in UTC' "$out" '[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z'
like '  its hash' "$out" "$(json $log "d.find(l => l.n === $n).received.sha256.slice(0, 16)")"
like '  the facts drawn from it' "$out" 'F-[0-9]{6}'
gc -C c show 1 "$n" --raw >raw
is '  --raw: the bytes received, and no others' "$(sha256sum <raw | cut -d' ' -f1)" \
	"$(json $log "d.find(l => l.n === $n).received.sha256")"
gc -C c show 1 "$n" --raw --sent >raw
is '  --raw --sent: those sent' "$(sha256sum <raw | cut -d' ' -f1)" \
	"$(json $log "d.find(l => l.n === $n).sent.sha256")"
missing=''
for i in $(json $log "d.map(l => l.n).join(' ')"); do
	gc -C c show 1 "$i" >shown 2>&1 || missing="$missing $i"
	! grep -q $'[\001-\010\013-\037\177]' shown || missing="$missing $i(control)"
done
is 'show: every event, none with a control character' "$missing" ''
ends 'show --json' 0 gc -C c show 1 "$n" --json
is '  its number' "$(json .out 'JSON.stringify(d).includes(`"n":'"$n"'`)')" true
ends 'a record that is not there' 64 gc -C c show 1 99999

# ---- explain, doctor
ends 'explain: the elements' 0 gc explain
is '  112 of them' "$(grep -oE '\b[PSJKLTG]-[0-9]{2}\b' <<<"$out" | sort -u | wc -l)" 112
every=$(grep -oE '\b[PSJKLTG]-[0-9]{2}\b' <<<"$out" | sort -u)
missing=''
for element in $every; do
	gc explain "$element" >explained 2>&1 && [ -s explained ] || missing="$missing $element"
done
is 'explain: each of them' "$missing" ''
ends 'explain P-04' 0 gc explain P-04
like "  in the order's words" "$out" '“.+”'
ends 'doctor --offline' '[01]' gc -C c doctor --offline
like '  libraries' "$out" 'curl'
like '  ends in a sentence' "$(tail -n 1 <<<"$out")" '^[0-9]+ notes?, [0-9]+ faults?\. '
ends 'doctor --offline --json' '[01]' gc -C c doctor --offline --json
is '  schema' "$(json .out d.schema)" doctor/1
ends 'doctor, in the lab' 0 lab plain "$program" -C c doctor
ok 'no network at all: a case' new_case unreached
ends '  the run is sealed, status 1' 1 \
	lab plain unshare -n "$program" -C unreached collect example.com
like '  no server was reached, says which run' "$err" 'run 000001: no server could be reached'
like '  and where to look' "$err" 'goodcause doctor'
ends 'a machine without root hints: the program has its own, and says so' 0 \
	lab popcorn sh -c "mount -t tmpfs none /usr/share/dns && '$program' -C c doctor --offline"
like '  of which day' "$out" "^root hints +the program's, of [A-Z][a-z]+ [0-9]+, 20"

# ---- help
ends '--version' 0 gc --version
like '  a number' "$out" '^goodcause [0-9]+\.[0-9]+'
ends '--help' 0 gc --help
commands=$(sed -nE 's/^  ([a-z]+) +[a-z].*/\1/p' <<<"$out")
for c in $commands; do
	ends "$c --help" 0 gc "$c" --help
	like '  says how it is called' "$out" '[Uu]sage'
	is '  nothing on standard error' "$err" ''
	ends "$c with an option that is not" 64 gc "$c" --no-such-option
done
ends 'no command: 64' 64 gc
is '  and nothing on standard output' "$out" ''

# ---- outputs
for line in 'assess' 'assess --json' 'log 1' 'log 1 --json' 'explain' 'verify' 'show 1 2'; do
	# shellcheck disable=SC2086 # words
	is "$line | head -1 ends like any other" "$(bash -c '"$@" 2>&1 | head -1 >/dev/null;
		echo ${PIPESTATUS[0]}' sh "$program" -C c $line)" 0
	# shellcheck disable=SC2086
	is "$line >&-: no crash" "$(bash -c '"$@" >&- 2>/dev/null; s=$?; [ $s -lt 128 ] &&
		echo fine' sh "$program" -C c $line)" fine
	# shellcheck disable=SC2086
	ends "$line >/dev/full: 2" 2 bash -c '"$@" >/dev/full' sh "$program" -C c $line
	like '  and says so' "$err" 'goodcause: standard output'
done
ends 'collect with all of them closed' '[012]' \
	lab plain sh -c "'$program' -C c collect <&- >&- 2>&-"
ends '  is a run like any other' 0 gc -C c verify
ends 'no colour in a pipe' 0 gc -C c assess
unlike '  no escape' "$out" $'\033'
ends 'report' 0 gc -C c report --run 1
report=$(ls -d c/reports/*/ | tail -n 1)
like '  names what it wrote' "$out" 'worksheet\.html'
ends 'report once more' 0 gc -C c report --run 1
again=$(ls -d c/reports/*/ | tail -n 1)
unlike '  another folder' "$again" "^$report\$"
is '  the same bytes' "$(diff -r "$report" "$again")" ''
ends 'report --pdf where weasyprint is not installed: the rest is made' 1 \
	env PATH=/nowhere "$program" -C c report --pdf
like '  said so' "$err" 'no PDF: weasyprint is not installed'
if command -v weasyprint >/dev/null; then
	ends 'report --pdf' 0 gc -C c report --pdf --no-worksheet
	is '  of each document' "$(sed -nE 's,.*/([a-z]+)\.pdf$,\1,p' <<<"$out" | tr '\n' ' ')" \
		'exhibit declaration certifications '
	for pdf in $(grep '\.pdf$' <<<"$out"); do
		name=$(basename "$pdf")
		is "  $name is a PDF" "$(head -c 5 "$pdf")" '%PDF-'
		is '  with its hash in inputs.json' "$(json "$(dirname "$pdf")/inputs.json" \
			"d.outputs.find(o => o.file === '$name').sha256")" \
			"$(sha256sum <"$pdf" | cut -d' ' -f1)"
	done
fi
is '  every record that the pages cite is in the run' "$(node -e '
	const fs = require("fs"), dir = process.argv[1];
	const log = new Set(fs.readFileSync(process.argv[2], "utf8").split("\n")
		.filter(Boolean).map(l => String(JSON.parse(l).n)));
	let cited = 0, bad = [];
	for (const f of fs.readdirSync(dir).filter(f => f.endsWith(".html")))
		for (const m of fs.readFileSync(dir + f, "utf8")
		    .matchAll(/data-record="([^"]*)"/g))
			for (const r of m[1].split(/[ ,]+/)) {
				cited++;
				if (!log.has(r.replace(/^.*[:\/]/, ""))) bad.push(f + ": " + r);
			}
	console.log(cited > 20, bad.slice(0, 5).join("; "));' "$report" $log)" 'true '
finish
