#!/bin/bash
# A wrong import is taken back: kept, told everywhere, counted nowhere, and what
# was assessed before comes out again.
. "$(dirname "$0")/lib.sh"

cat >log.csv <<'END'
doe,ip,port,time,zone,act,work,source,party
Doe 1,203.0.113.5,51413,2026-03-01T10:00:00Z,,download,Work A,monitor,
END
cat >other.csv <<'END'
doe,ip,port,time,zone,act,work,source,party
Doe 1,198.51.100.9,51413,2026-03-01T10:00:00Z,,download,Work A,monitor,
END
later() { # waits for the next second by the clock: the ledger has no smaller
	local was
	was=$(date +%s)
	until [ "$(date +%s)" -gt "$was" ]; do sleep 0.1; done
}
cites() { # FILE: which imports its findings point at
	json "$1" "[...new Set(d.findings.flatMap(f => f.for.concat(f.against)).filter(
		x => /^I-/.test(x)).map(x => x.slice(0, 6)))].sort().join(' ')"
}

ok 'a case' new_case c
printf 'label,kind,from,to,note\nDoe 1,doe,2026-01-01,,\n' >c/parties.csv
ends 'a log' 0 gc -C c import activity log.csv
ends 'a log of another case' 0 gc -C c import activity other.csv
gc -C c assess --json >before.json
is '  both are counted' "$(cites before.json)" 'I-0001 I-0002'
then=$(json c/ledger.jsonl 'd[d.length - 1].at')
later
ends 'the wrong one is taken back' 0 gc -C c import --withdraw i-0002 --reason 'the log of <another> case'
like '  which is said' "$out" 'I-0002 \(I-2, other\.csv\) is withdrawn'
gc -C c assess --json >after.json
is '  no finding rests on it' "$(cites after.json)" I-0001
is '  it is told apart' "$(json after.json \
	'd.imports.map(i => i.import) + " " + d.withdrawn.map(i => i.import + i.reason)')" \
	'I-0001 I-0002the log of <another> case'
like '  in words, too' "$(gc -C c assess)" 'counted *$|Withdrawn, and counted for nothing: I-0002'
ends '  the case verifies' 0 gc verify c
gc -C c assess --known-at "$then" --json >then.json
is '  what was known before is what was said before' \
	"$(json before.json 'JSON.stringify(Object.assign(d, {known_at: ""}))' | sha256sum)" \
	"$(json then.json 'JSON.stringify(Object.assign(d, {known_at: ""}))' | sha256sum)"

ends 'not twice' 64 gc -C c import --withdraw 2 --reason again
like '  with when and why' "$err" 'I-0002 was withdrawn already, at .*: the log of <another> case'
ends 'not one that is not there' 64 gc -C c import --withdraw I-0009 --reason x
ends 'not without a reason' 64 gc -C c import --withdraw I-0001
ends 'not with a file' 64 gc -C c import --withdraw I-0001 --reason x log.csv
ends 'the same bytes may be brought again' 0 gc -C c import activity other.csv
gc -C c assess --json >again.json
is '  under another number' "$(cites again.json)" 'I-0001 I-0003'

printf 'run 2026-05-20T10:00:00Z\ntarget a.example\naddress a.example 192.0.2.10 "Some Host" NL\n' >old.facts
ok 'a run' "$top/build/case-seal" c 1 old.facts
ends 'a report' 0 gc -C c report
report=$(echo c/reports/*)
like '  names it in the exhibit of imports' "$(cat "$report/imports.html")" \
	'Withdrawn.*I-0002|I-0002.*the log of &lt;another&gt; case'
like '  and among the steps' "$(cat "$report/worksheet.html")" 'activity withdrawn'

# A line of the ledger that withdraws what is not there.
cp -r c d
sed -i 's/"n":2,/"n":2, /' d/imports/imports.jsonl
ends 'a withdrawal of another line does not verify' 1 gc verify d
like '  in those words' "$out$err" 'it withdraws an import whose line in imports\.jsonl is not there'
finish
