#!/bin/bash
# goodcause lint and the traps: the motion that the order denied, held against
# the message that it misread; statuses, places, and what is wrong with a draft.
. "$(dirname "$0")/lib.sh"

data=$top/tests/data

ok 'a case is made' new_case c
cp "$data/mail/order.eml" reply.eml
cp "$data/motion/order.md" motion.md
setting c case motion_filed 2019-06-23
cat >>c/parties.csv <<'CSV'
Doe 1,doe,2019-06-07,,
Alex Musante,dismissed,2019-06-12,,
CSV
cat >>c/entities.csv <<'CSV'
LiteServer B.V.,NL,account,,
ISNIC,IS,registrant,,
CSV

ends 'a case without exhibits: what can be said is said' 1 gc -C c lint motion.md
like '  the exhibits cited are not there' "$out" \
	'^motion\.md:[0-9]+:[0-9]+: the motion cites exhibits [0-9] times, and the record has none'
like '  and what could not be checked' "$out" '^  quotations: the record has no exhibits'
unlike '  nothing is said to be misquoted' "$out" 'byte for byte'

ends 'the message is imported' 0 gc -C c import mail --from provider \
	--entity 'LiteServer B.V.' reply.eml
number=$(json c/imports/imports.jsonl 'd[d.length - 1].exhibit')
sed -i "s/I-1/$number/g" motion.md

ends 'the same motion' 1 gc -C c lint motion.md
like '  a quotation that is not in the exhibit, with its place' "$out" \
	"^motion\.md:27:[0-9]+: the quotation is not in Exhibit $number byte for byte \[quote; L-07\]"
like '  with the motion'\''s words' "$out" '^    motion +“ha\[s\] the customer information'
like '  and the exhibit'\''s' "$out" "^    $number +“.*customer"
like '  words stronger than the message' "$out" "stronger than Exhibit $number"
like '  whose condition is shown' "$out" 'unless the customer agrees or there is a legal court order'
like '  Rule 4(k)(2) is named and not argued' "$out" 'argues Rule 4\(k\)\(2\), which is named'
like '  an entity that entities.csv does not have' "$out" 'names IPSERVER LP among those asked'
like '  one that the motion leaves out' "$out" 'entities\.csv:[0-9]+ has ISNIC'
like '  a party dismissed' "$out" 'parties\.csv:[0-9]+ has Alex Musante as dismissed'
like '  and what to do' "$out" '^    to do: '

gc -C c lint --json motion.md >lint.json
is 'as JSON' "$(json lint.json 'd.schema')" lint/1
is '  a place is a number' "$(json lint.json \
	"d.problems.find(p => p.check === 'quote').line")" 27
is '  the offset is that of the words' "$(json lint.json \
	"require('fs').readFileSync('motion.md').subarray(d.problems.find(p => p.check === 'quote').offset).toString().slice(0, 6)")" 'ha[s] '

cat motion.md | gc -C c lint - --json >piped.json
is 'the same from a pipe' "$(json piped.json 'd.problems.map(p => p.check)')" \
	"$(json lint.json 'd.problems.map(p => p.check)')"
ends '  which can be one of the papers only' 64 gc -C c lint - --declaration -

printf '# M\n\nLetters go to LiteServer B.V. and ISNIC.\n' >decl.md
ends 'papers are compared' 1 gc -C c lint motion.md --declaration decl.md
like '  what the declaration lacks' "$out" 'the motion names IPSERVER LP, and the declaration does not'

ends 'no draft' 64 gc -C c lint
ends 'a draft that is not there' 2 gc -C c lint absent.md
printf '%%PDF-1.7\n' >m.pdf
ends 'a draft that is no text' 2 gc -C c lint m.pdf
like '  is told what it wants' "$err" 'Save it as text'
ends 'no case' 64 gc -C . lint motion.md

# ---- the same, as traps of an assessment ----
assess() { gc -C c assess --json >assess.json; }
trap_is() { json assess.json "d.findings.find(f => f.element === '$1').status"; }
assess
is 'without a motion nothing was looked at' "$(trap_is L-07)$(trap_is K-01)$(trap_is T-04)" NCNCNC
ends 'the motion is imported' 0 gc -C c import motion motion.md
assess
for id in L-07 K-01 T-03 T-04 T-05; do
	is "$id fires" "$(trap_is $id)" ADV
done
is 'those that fire are listed' "$(json assess.json \
	"['L-07', 'K-01', 'T-04'].every(id => d.traps.some(t => t.element === id))")" true
is 'a reply is told by its words' "$(json assess.json \
	"JSON.stringify(d).includes('cannot share any customer')")" true
finish
