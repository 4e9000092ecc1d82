#!/bin/bash
# goodcause import: what is kept, in what words it is refused, and that nothing
# is half when the disk is full, the program killed or a byte changed.
. "$(dirname "$0")/lib.sh"

cat >log.csv <<'EOF'
doe,ip,port,time,zone,act,work,source,party,remark
Doe 1,203.0.113.5,51413,2019-07-01 12:34:56,Pacific/Honolulu,download,Work A,monitor,,kept
Doe 1,203.0.113.5,51413,03/04/2026,,download,Work A,monitor,,
Doe 2,"203.0.113.6,51413,2019-07-01T12:34:56Z,,download,Work A,monitor,,
Doe 3,203.0.113.7,51413,2019-07-01T12:34:56Z,,download,Work A,monitor,,
EOF
hash() { sha256sum "$1" | cut -d ' ' -f 1; }
lines() { [ ! -e "$1" ] && echo 0 || wc -l <"$1" | tr -d ' '; }

# ---- one file
ok 'a case' new_case c
mkdir -p elsewhere
cp log.csv elsewhere/
ends 'a log, named as the shell sees it' 0 sh -c "cd elsewhere &&
	'$program' -C ../c import activity log.csv --label 'Exhibit A' \
	--describe 'the monitor'\"'\"'s log' --elements P-04,P-06"
like '  how many rows, and how many count' "$out" '4 rows, 3 of them counted'
like '  a fault has line and column' "$out" 'log\.csv:4:74: text after|log\.csv:4:7: the quote is never closed'
like '  a date that can be read in two ways is not read' "$out" \
	'log\.csv:3:25: the time can be read in two ways'
like '  an unknown column is told' "$out" 'column "remark" is kept'
like '  and what to do' "$out" 'to do: write it as 2026-04-03'
is '  the bytes are kept under their hash' "$(cmp log.csv "c/imports/$(hash log.csv)" && echo same)" same
is '  the line says what was typed' "$(json c/imports/imports.jsonl \
	'[d[0].kind, d[0].exhibit, d[0].file, d[0].label, d[0].elements.join("+"), d[0].size].join()')" \
	"activity,I-1,log.csv,Exhibit A,P-04+P-06,$(wc -c <log.csv | tr -d ' ')"
zone=$(json c/imports/imports.jsonl 'd[0].zones["Pacific/Honolulu"]')
is '  with the rules of the zone that it names' "$(hash "c/imports/$zone")" "$zone"
is '  the ledger tells of it' "$(json c/ledger.jsonl \
	"d.filter(l => l.event === 'file imported').map(l => l.imports_tip).join()")" \
	"$(hash c/imports/imports.jsonl)"
ends 'the same bytes again' 1 gc -C c import activity log.csv
like '  are refused by the number that has them' "$err" 'log\.csv: .*I-0001'
is '  and not doubled' "$(lines c/imports/imports.jsonl)" 1
ends 'as a document they are another exhibit' 0 gc -C c import document log.csv

# ---- many at once
printf 'measure,place,period_start,period_end,value\nvisits,US-HI,2026-01,,"50,000+"\n' >n.csv
printf 'time,about_place\n2026-01-01,US-HI\n' >a.csv
ends 'one of three cannot be read' 1 gc -C c import numbers n.csv missing.csv
like '  it is named' "$err" '^goodcause: missing\.csv: cannot open'
like '  the other is taken' "$out" 'I-[0-9]+ +n\.csv: numbers'
mkfifo pipe
ends 'a fifo' 2 timeout 20 "$program" -C c import document pipe
like '  is not waited for' "$err" 'pipe: not a plain file'
ends 'a folder' 2 gc -C c import document elsewhere
like '  is none' "$err" 'elsewhere: a folder'
: >nothing
ends 'an empty file' 2 gc -C c import document nothing
ends 'an unknown kind' 64 gc -C c import logs log.csv
like '  lists the kinds' "$err" 'activity, numbers, ads'
ends 'an unknown element' 64 gc -C c import document n.csv --elements P-99
ends 'no file' 64 gc -C c import activity
ends 'no case' 64 gc -C elsewhere import activity log.csv
ends 'JSON' 0 gc -C c import ads a.csv --json
is '  is one document' "$(printf %s "$out" >j.json; json j.json \
	'[d.schema, d.files[0].status, d.files[0].rows, d.files[0].faults[0].fault].join()')" \
	import/1,imported,1,date-only

# ---- odd bytes: each is taken, said in a sentence, and stops nothing
for f in "$top"/tests/data/import/*.activity; do
	n=$(basename "$f" .activity)
	cp "$f" "$n.csv"
done
{ printf 'doe,ip\nDoe 1,203.0.113.5\nDoe 2,'; head -c 10485760 /dev/zero | tr '\0' x
	printf '\nDoe 3,203.0.113.7\n'; } >ten-megabytes.csv
head -c 300000 /dev/urandom >noise.csv
ends 'wrong encodings, NULs, open quotes, a line of 10 MB, noise' 1 \
	gc -C c import activity ./*.csv
like '  the line of 10 MB' "$out" 'ten-megabytes\.csv:3:1: the line is longer than 1 MiB'
like '  semicolons' "$out" 'semicolons-bom\.csv:1:1: cells are divided by semicolons'
like '  windows-1252' "$out" 'windows-1252\.csv:2:44: .*read as windows-1252'
like '  a spreadsheet itself' "$out" 'xlsx\.csv:1:1: an archive'
ends '  and the case is assessed' 0 gc -C c assess
ends '  and verifies' 0 gc verify c

# ---- killed: nothing half
node -e 'const r = ["doe,ip,time"]; for (let i = 0; i < 400000; i++)
	r.push(`Doe ${i % 9},203.0.113.${i % 250},2026-01-01T00:00:00Z`);
	require("fs").writeFileSync("long.csv", r.join("\n") + "\n")'
for after in 0.02 0.1 0.3 0.6; do
	ok "killed after $after s: a case" new_case "k$after"
	("$program" -C "k$after" import activity long.csv >/dev/null 2>&1 &
		sleep $after; kill -9 $!; wait) 2>/dev/null
	ends '  it verifies' 0 gc verify "k$after"
	ends '  and the file is there, or can be imported' '[01]' \
		gc -C "k$after" import activity long.csv
	is '  once' "$(lines "k$after/imports/imports.jsonl")" 1
	is '  and told once by the ledger' "$(json "k$after/ledger.jsonl" \
		"d.filter(l => l.event === 'file imported').length")" 1
	ends '  whole' 0 gc verify "k$after"
done

# ---- a line of the ledger that was lost to a kill is written by the next import
ok 'a case' new_case lost
gc -q -C lost import activity log.csv
sed -i '$d' lost/ledger.jsonl
ends 'killed between the two lines' 0 gc verify lost
gc -q -C lost import numbers n.csv
is '  the next import writes what is missing' "$(json lost/ledger.jsonl \
	"d.filter(l => l.event === 'file imported').map(l => l.import).join()")" 1,2

# ---- a full disk, a disk that is read-only
ok 'a case on a small disk' new_case full
ends 'long.csv does not fit' 2 lab plain sh -c "cp -a full full.was &&
	mount -t tmpfs -o size=2m tmpfs full && cp -a full.was/. full/ &&
	{ '$program' -C full import activity long.csv; s=\$?
	cp -a full full.after; exit \$s; }"
like '  one sentence says so' "$err" '^goodcause: .*imports/[0-9a-f]{64}: cannot write: No space left'
is '  nothing of it is there' "$(ls full.after/imports)" ''
ends '  the case is sound' 0 gc verify full.after
ends 'a case on a read-only file system' 2 lab plain sh -c "mount --bind full full &&
	mount -o remount,ro,bind full && '$program' -C full import activity log.csv"
like '  names what cannot be written' "$err" '^goodcause: .*full.*(ead-only|annot)'

# ---- a changed byte
ok 'a case' new_case odd
gc -q -C odd import activity log.csv
f=odd/imports/$(hash log.csv)
chmod u+w "$f"
sed -i 's/Doe 3/Doe 4/' "$f"
ends 'one byte changed: assess stops' 2 gc -C odd assess
like '  and names the file and the import' "$err" "$(hash log.csv): its bytes are not those .*I-0001"
ends '  verify says so' 1 gc verify odd
like '  by its name' "$out" "imports/$(hash log.csv): its bytes are not"
cp log.csv "$f"
ends '  put back, all is well' 0 gc -C odd assess
sed -i 's/"label":""/"label":"B"/' odd/imports/imports.jsonl
ends 'a changed line' 1 gc verify odd
like '  breaks what the ledger says' "$out" 'ledger\.jsonl: it tells of an import'

# ---- another one at work
ends 'a case that is locked' 75 flock -n c/.lock "$program" -C c import activity log.csv
finish
