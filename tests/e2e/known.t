#!/bin/bash
# An earlier assessment comes out again byte for byte when tables, imports and
# runs have changed since; and the day decides which rows of the tables are valid.
. "$(dirname "$0")/lib.sh"

cat >log.csv <<'EOF'
doe,ip,port,time,zone,act,work,source,party
Doe 1,203.0.113.5,51413,2026-03-01T10:00:00Z,,download,Work A,monitor,
EOF
cat >more.csv <<'EOF'
doe,ip,port,time,zone,act,work,source,party
Doe 2,203.0.113.6,51413,2026-03-02T10:00:00Z,,download,Work A,monitor,
EOF
last() { json c/ledger.jsonl 'd[d.length - 1].at'; }
later() { # waits for the next second by the clock: the ledger has no smaller
	local was
	was=$(date +%s)
	until [ "$(date +%s)" -gt "$was" ]; do sleep 0.1; done
}

ok 'a case' new_case c
printf 'label,kind,from,to,note\nDoe 1,doe,2026-01-01,,\n' >c/parties.csv
ends 'a log' 0 gc -C c import activity log.csv
ends 'assessed' 0 gc -C c assess --json
printf %s "$out" >first.json
then=$(last)
later
gc -C c assess --known-at "$then" --json >then-1.json
gc -C c assess --known-at "$then" -v >then-1.txt

printf 'label,kind,from,to,note\nDoe 1,doe,2026-01-01,,\nDoe 2,doe,2026-01-01,,\n' >c/parties.csv
rm c/statements.csv
sed -i 's/^forum = .*/forum = US-CA/' c/case.ini
ends 'more of it' 0 gc -C c import activity more.csv
ends 'assessed again' 0 gc -C c assess --json
printf %s "$out" >second.json
unlike '  is another' "$(cmp first.json second.json 2>&1)" '^$'
like '  a table that is gone is told' "$(cat c/ledger.jsonl)" '"table gone".*statements\.csv'
printf 'label,kind,from,to,note\nDoe 1,doe,2026-01-01,,\n' >c/parties.csv
gc -C c assess --json >third.json
is '  an old version that comes back is told too' "$(json c/ledger.jsonl \
	"d.filter(l => l.event === 'table kept' && l.file === 'parties.csv').length")" 3

gc -C c assess --known-at "$then" --json >then-2.json
gc -C c assess --known-at "$then" -v >then-2.txt
is 'what was known then, byte for byte' "$(cmp then-1.json then-2.json && echo same)" same
is '  in words, too' "$(cmp then-1.txt then-2.txt && echo same)" same
is '  by the forum of then' "$(json then-2.json \
	"d.findings.some(f => f.forum === 'US-HI')")" true
is '  and it is what was said then, but for the time that was named' \
	"$(json first.json 'JSON.stringify(Object.assign(d, {known_at: ""}))' | sha256sum)" \
	"$(json then-2.json 'JSON.stringify(Object.assign(d, {known_at: ""}))' | sha256sum)"
ends 'before there was anything' 64 gc -C c assess --known-at 2020-01-01T00:00:00Z
like '  is said' "$err" 'no version of case.ini was recorded by then'

is 'the day is that of the newest import' "$(json third.json d.as_of)" \
	"$(json c/imports/imports.jsonl 'd[1].at.slice(0, 10)')"
ends 'another day' 0 gc -C c assess --as-of 2025-06-01 --json
is '  is that day' "$(printf %s "$out" >d.json; json d.json d.as_of)" 2025-06-01
is '  before the Doe was one' "$(json d.json \
	"d.findings.some(f => f.scope === 'Doe 1')")" false

# What verify holds against it.
ends 'the case verifies' 0 gc verify c

# The same for what else reads the record. Two runs by hand: one of then, one of later.
printf 'run 2025-06-20T10:00:00Z\ntarget a.example\naddress a.example 192.0.2.10 "Some Host" NL\n' >old.facts
printf 'run 2099-01-01T10:00:00Z\ntarget a.example\naddress a.example 192.0.2.99 "Some Host" NL\n' >new.facts
ok 'a run' "$top/build/case-seal" c 1 old.facts
report() { # the newest folder of reports/, without what names the folder
	gc -q -C c report "$@" && ls -d c/reports/* | tail -n 1
}
first=$(report --known-at "$then")
gc -C c explain P-17 --known-at "$then" >explain-1.txt
ok 'and a later one' "$top/build/case-seal" c 2 new.facts
second=$(report --known-at "$then")
ok 'a report of then is made again, byte for byte' diff -r "$first" "$second"
like '  its inputs say of when' "$(cat "$second/inputs.json")" "\"known_at\": \"$then\""
third=$(report)
like '  today it is another' "$(cat "$third/worksheet.html")" '192\.0\.2\.99'
gc -C c explain P-17 --known-at "$then" >explain-2.txt
ok 'an element of then, too' cmp explain-1.txt explain-2.txt
gc -C c explain P-17 >explain-3.txt
unlike '  today it is another' "$(cmp explain-1.txt explain-3.txt 2>&1)" '^$'
ends 'of another day' 0 gc -C c report --as-of 2025-07-01
printf 'Exhibit D-1 of run 000002/F-000001 shows it.\n' >motion.txt
ends 'a draft that cites what was not known' 1 gc -C c lint --known-at "$then" motion.txt
for command in report 'explain P-17' 'lint motion.txt'; do
	# shellcheck disable=SC2086 # words
	ends "$command: no time" 64 gc -C c $command --known-at yesterday
	like '  is said' "$err" "${command%% *}: yesterday: not a time"
done

# A version that was changed.
hash=$(json c/ledger.jsonl "d.find(l => l.file === 'parties.csv').sha256")
chmod u+w "c/tables/$hash"
echo 'Doe 9,doe,,,' >>"c/tables/$hash"
ends 'a changed version is an error that names it' 2 gc -C c assess --known-at "$then"
like '  by its hash and the table' "$err" "$hash: its bytes are not .* parties\.csv"
finish
