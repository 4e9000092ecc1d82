#!/bin/bash
# The order's own record: its sites and companies, ten Does, four entities
# sought, nothing imported.  What the order found missing is missing, what it
# found adverse is printed first, and no factor is decided.
. "$(dirname "$0")/lib.sh"

ok 'a case is made' new_case c popcorn-time.ch popcorn-time-demo.com \
	popcorn-time-demo.is
{
	echo label,kind,from,to,note
	for i in {1..10}; do echo "Doe $i,doe,,,"; done
	echo Alex Musante,dismissed,2019-06-12,,
} >c/parties.csv
cat >c/entities.csv <<END
name,country,sought_for,letter,note
LiteServer B.V.,NL,popcorn-time.ch,,
ISNIC,IS,popcorn-time-demo.is,,
Instra Corporation,AU,popcorn-time.ch,,
IPSERVER LP,GB,popcorn-time-demo.is,,
END
ends 'it is collected' 0 lab popcorn "$program" -C c collect
ends 'assess, as JSON' 0 gc -C c assess --json
printf '%s\n' "$out" >a.json

row() { # NAME ELEMENT SCOPE STATUS NOTE MISSING
	is "$1" "$(json a.json "d.findings.filter(f => f.element === '$2' &&
		f.scope === '$3').map(f => f.status)")" "[\"$4\"]"
	is '  and why' "$(json a.json "(f => f.notes.some(n => /$5/.test(n)) &&
		f.missing.some(m => /$6/.test(m)) && f.against.length > 0)(
		d.findings.find(f => f.element === '$2' &&
		f.scope === '$3'))")" true
}
log='nothing in the record: no activity log imported'
row 'P-04: no address of a Doe' P-04 'Doe 1' NONE \
	'^0 of [0-9]+ addresses have the role DOE_ACTIVITY$' 'tied to this Doe'
row 'P-04: the same of the last Doe' P-04 'Doe 10' NONE "$log" 'this Doe'
row 'P-06: no place' P-06 'Doe 1' NONE "$log" 'place of an address'
row 'P-07: none in the forum' P-07 'Doe 1' NONE "$log" 'in the forum'
row 'P-13: nothing joins Does to an address' P-13 'Doe 1' NONE "$log" 'this Doe'
row "P-15: the host's address is the host's" P-15 popcorn-time.ch INSUF \
	'5\.2\.64\.1 .*role: HOST.*LiteServer B\.V\.' 'never serves P-04'
row 'P-17: the host is abroad' P-17 popcorn-time.ch ADV \
	'NL; the host is no party' 'a Doe in the forum'
is 'P-17 and K-16 are flagged adverse' \
	"$(json a.json "['P-17', 'K-16'].every(e => d.findings.some(f =>
		f.element === e && f.adverse))")" true
is 'an entity has a row, and the four sought stand first' \
	"$(json a.json "d.entities.slice(0, 4).map(e => e.name)")" \
	'["LiteServer B.V.","ISNIC","Instra Corporation","IPSERVER LP"]'
is '  each with its own L-01, L-04, L-06, L-09' \
	"$(json a.json "d.entities.every(e =>
		Object.keys(e.rows).join() === 'L-01,L-04,L-06,L-09')")" true
is '  and none of them whole' "$(json a.json "d.entities.every(e =>
	Object.values(e.rows).every(s => s !== 'SUP'))")" true
is 'all 112 elements are there' \
	"$(json a.json "new Set(d.findings.map(f => f.element)).size")" 112
is 'in full only what its pages do with visitors and say of them' \
	"$(json a.json "[...new Set(d.findings.filter(f => f.status === 'SUP')
		.map(f => f.element))].sort()")" '["J-12","J-13","J-14","J-22","K-14"]'
is 'each record it points at is in the run' "$(node -e '
	const fs = require("fs"), d = JSON.parse(fs.readFileSync("a.json"));
	const lines = f => fs.readFileSync("c/runs/000001/data/" + f, "utf8")
		.split("\n").filter(Boolean).map(l => JSON.parse(l));
	const ids = new Set(lines("facts.jsonl").map(f => "000001/" + f.id));
	for (const l of lines("log.jsonl")) ids.add("000001:" + l.n);
	fs.readFileSync("c/entities.csv", "utf8").split("\n").forEach((l, i) =>
		ids.add("entities.csv:" + (i + 1)));
	console.log(d.findings.flatMap(f => [...f.for, ...f.against])
		.every(p => ids.has(p)));')" true
ends 'assessed twice, the same' 0 gc -C c assess --json
is '  byte for byte' "$(sha256sum <<<"$out")" "$(sha256sum <a.json)"

ends 'assess, as text' 0 gc -C c assess
is 'a factor ends in one of two sentences' \
	"$(grep -cE '^  (Gaps listed above remain|No gap detected)' <<<"$out")" 4
is 'adverse first' "$(grep -nm1 -E 'ADV .*P-17' <<<"$out" | cut -d: -f1)" 6
like 'the host is nobody' "$out" 'did not observe the network address of any defendant'
unlike 'no verdict, no score' "$out" '[Ss]atisf|[Pp]rove|[Ee]stablish|score|%|PASS'
ends 'explain says how it stands here' 0 gc -C c explain P-17
like '  in the order'"'"'s words' "$out" 'ties the website to a non-defendant host'
like '  and in ours' "$out" '^Here +ADV +popcorn-time\.ch'
ends 'an element that is not' 64 gc -C c explain P-99

# ---- L-07: words of a page, which no table of the case has ----
page=$(node -e '
	const lines = f => require("fs").readFileSync("c/runs/000001/data/" + f,
		"utf8").split("\n").filter(Boolean).map(l => JSON.parse(l));
	const f = lines("facts.jsonl").find(f => f.kind === "http.page" &&
		f.subject === "https://popcorn-time.ch/");
	console.log(lines("exhibits.jsonl").find(x =>
		x.records.includes(f.from[0])).id);')
draft() { # WORDS
	printf '# Motion\n\nThe site says “%s” (Exhibit %s).\n' "$1" "$page" >motion.md
	gc -C c import motion motion.md
}
words_trap() {
	gc -C c assess --json >a.json
	json a.json "d.findings.find(f => f.element === 'L-07').status"
}
ok 'a motion quotes a page, word for word' draft \
	'90 minutes. Drama. 200 people are sharing it now, 12 of them near you.'
is '  the bytes that came are looked into' "$(words_trap)" NONE
ok 'a motion quotes a page otherwise' draft \
	'90 minutes. Drama. 200 people in Hawaii are sharing it now.'
is '  and it is told' "$(words_trap)" ADV

finish
