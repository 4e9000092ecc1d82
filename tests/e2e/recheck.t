#!/bin/bash
# recheck, for cron: silent where nothing changed, 10 and the difference where
# something did, 75 where another one is at work.  diff says the same of runs.
. "$(dirname "$0")/lib.sh"

# The same world twice, the second with another address and another name server.
cp -a "$top/tests/lab/worlds/plain" now
cp -a now later
sed -i 's/192\.0\.34\.80,/192.0.34.81,/' later/servers.tsv
ok 'two states of a world' sh -c '! cmp -s now/servers.tsv later/servers.tsv'

ok 'a case is made' new_case c plain-demo.com
ends 'the first recheck is the first run' 0 lab ./now "$program" -C c recheck
like '  and says so' "$err" 'first'
ends 'nothing changed: 0' 0 lab ./now "$program" -C c recheck
is '  and not a word' "$out$err" ''
is '  but a run, sealed' "$(ls c/runs)" $'000001\n000002'
ends 'again' 0 lab ./now "$program" -C c recheck
is '  not a word' "$out$err" ''
ends 'an address changed: 10' 10 lab ./later "$program" -C c recheck
like '  the new one' "$out" '192\.0\.34\.81'
like '  and the old one' "$out" '192\.0\.34\.80'
is '  nothing on standard error' "$err" ''
is '  the difference is kept' "$(ls c/reports/000004)" $'diff.html\ndiff.json\ndiff.txt'
ends 'and 0 once it is the last run' 0 lab ./later "$program" -C c recheck
ends 'the case verifies' 0 gc -C c verify

ends 'diff of runs that do not differ: 0' 0 gc -C c diff 1 2
ends 'diff of runs that do: 10' 10 gc -C c diff 1 4
like '  the new address' "$out" '192\.0\.34\.81'
ends '  -q says it by status alone' 10 gc -C c diff -q 1 4
is '  not a word' "$out$err" ''
gc -C c diff --json 1 4 >diff.json
is '  as JSON: schema' "$(json diff.json d.schema)" diff/1
is '  as JSON: the address that came' "$(json diff.json \
	"JSON.stringify(d).includes('192.0.34.81')")" true
ends '  as HTML' 10 gc -C c diff --html 1 4
like '  a page' "$out" '</html>'
is '  the same bytes again' "$(gc -C c diff --html 1 4 | cksum)" "$(gc -C c diff --html 1 4 | cksum)"
ends '  the other way round' 10 gc -C c diff 4 1

# ---- what was only not seen is no change
lab_options=(--without plain-demo.com)
ends 'a server down is no change of what it said: 0 or 1, never 10' '[01]' \
	lab ./later "$program" -C c recheck
lab_options=()
gc -C c diff --json 5 6 >unseen.json
unlike '  its pages are not gone' "$(gc -C c diff 5 6)" '^ *(gone|-) .*http\.page'

# ---- a target that was a URL is that URL again
ok 'a case of one page' new_case p https://plain-demo.com/about.html
ends '  collected' 0 lab ./now "$program" -C p collect
ends '  and rechecked' 0 lab ./now "$program" -C p recheck
is '  the page is asked for in both runs' "$(for r in 1 2; do
	json p/runs/00000$r/data/log.jsonl "d.some(l => l.kind === 'http' &&
		l.question.name === 'https://plain-demo.com/about.html')"; done)" $'true\ntrue'

# ---- one at a time
ok 'a second case' new_case d popcorn-time.ch
lab --wire popcorn sh -c "'$program' -q -C d collect & sleep 0.4
	'$program' -C d recheck >d.out 2>d.err; echo \$? >d.status
	'$program' -C d collect >>d.out 2>>d.err; echo \$? >>d.status; wait" >/dev/null 2>&1
is 'another one at work: 75, for recheck and collect' "$(cat d.status)" $'75\n75'
like '  one sentence each' "$(cat d.err)" '^goodcause: .*d'
is '  and the first is not disturbed' "$(ls d/runs)" 000001
ends '  it verifies' 0 gc -C d verify
finish
