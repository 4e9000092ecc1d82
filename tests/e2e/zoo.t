#!/bin/bash
# Servers that lie, stall, flood and loop: each ends within its limit, as an
# exchange that says what happened, and the rest of the run goes on.  World: zoo;
# what each behaviour must leave in the record stands in its zoo.tsv.
. "$(dirname "$0")/lib.sh"

table=$top/tests/lab/worlds/zoo/zoo.tsv
ok 'a case is made' new_case c
# Those that keep us waiting come first.
awk -F'\t' '!/^#/ { print ($5 == "timeout" ? 0 : 1) "\t" $2 }' "$table" | sort -u | cut -f2 |
	awk '!seen[$0]++' >c/targets.txt
for limit in http.timeout=5000 tls.timeout=5000 rdap.timeout=5000 whois.timeout=5000 \
	connect.timeout=5000 dns.timeout=1000 http.body=262144 targets.open=32 target.questions=300; do
	setting c collect "limit.${limit%=*}" "${limit#*=}"
done
sed -i '/^max_bytes/d' c/case.ini
ends 'all of them are collected in one run' '[01]' \
	timeout 170 "$top/tests/lab/run" zoo -- "$program" -C c collect
run=c/runs/000001
is 'every target has its line' "$(grep -c ' 000001 ' <<<"$out")" "$(wc -l <c/targets.txt)"
while IFS=$'\t' read -r verdict what why; do
	[ "$verdict" = ok ]
	verdict $? "$what" || note "$why"
done < <(node "$top/tests/e2e/zoo.mjs" $run "$table")
is 'no question was sent to an address that is not public' "$(json $run/data/log.jsonl \
	"d.filter(l => l.sent && l.question && /^(10|127|192\.168|172\.(1[6-9]|2\d|3[01]))\./
	.test(l.question.server)).length")" 0
is 'no byte of theirs reached the terminal' "$(LC_ALL=C tr -d '\n -~' <.out | wc -c)" 0
ends 'the run verifies' '[01]' gc -C c verify
finish
