#!/bin/bash
# How far away: what is measured, what it excludes, and what is not known.
. "$(dirname "$0")/lib.sh"

bound() { # CASE EXPRESSION-OVER-v
	json "$1/runs/000001/data/facts.jsonl" "d.filter(f => f.kind ===
		'place.bound' && f.subject === '192.0.34.105').map(f => f.value)
		.map(v => $2)[0]"
}
new_case far staple-demo.com
setting far collect vantage 'Port Louis, MU -20.16,57.50'
ends 'a site 20 ms away is collected' '[01]' lab --wire tls "$program" -C far collect
is 'five handshakes were timed' "$(bound far v.handshakes)" 5
is 'none took less than the wire' "$(bound far 'v.least >= 20000000')" true
is "the bound is light's" "$(bound far \
	'v.km === Math.ceil(v.least * 149896229 / 1e12)')" true
is 'Los Angeles, in its reverse name, is excluded' "$(bound far \
	"v.places.filter(p => p.place === 'Los Angeles' &&
	p.kind === 'place.hint').map(p => p.verdict)")" '["excluded"]'
is 'each verdict follows from the figures' "$(bound far "v.places.every(p =>
	p.verdict === (p.nearest_km > v.km ? 'excluded' :
	p.nearest_km > v.fibre_km ? 'unlikely' : 'possible'))")" true
ends 'the run verifies' 0 gc verify far/runs/000001
ends 'a report is made' 0 gc -C far report
exhibit=$(cat far/reports/*/exhibit*.html)
like 'the exhibit says what the bound rests on' "$exhibit" \
	'whatever completed the handshake'
like '  and where from, as declared' "$exhibit" 'Port Louis'

# A second run from another place: what either excludes is excluded.
setting far collect vantage 'Honolulu, US-HI 21.31,-157.86'
ends 'collected from a second place' '[01]' lab --wire tls "$program" -C far collect
ends '  and reported' 0 gc -C far report --run 000002
exhibit=$(cat far/reports/000002/exhibit*.html)
like '  the other place has its row' "$exhibit" 'From another place: run 000001 .*from Port Louis'
like '  and both are drawn together, by whom' "$exhibit" \
	'Bounds of 2 places together.*excluded: US \(from Port Louis, [^)]*, run 000001\)'

new_case near staple-demo.com
ends 'without a vantage it is collected too' '[01]' lab tls "$program" -C near collect
is 'the bound is stated, and holds nothing against any place' "$(bound near \
	"v.known_by + ' ' + v.places.every(p => p.verdict === 'not tested')")" \
	'not declared true'
like 'the exhibit says so' "$(gc -C near report >/dev/null; cat near/reports/*/exhibit*.html)" \
	'radius around an unknown point'

# ---- the command
out=$(gc geoip 2>&1)
like 'geoip lists databases with their hash, or says there is none' "$out" \
	'^  sha256    [0-9a-f]{64}$|no database was found'
is 'geoip --json is JSON' "$(gc --json geoip 2>/dev/null >j.json; json j.json \
	'Array.isArray(d.databases) && Array.isArray(d.problems)')" true
ends 'geoip compare takes addresses only' 64 gc geoip compare plain-demo.com
ends 'and a run' 64 gc -C near geoip compare --run 7
ends 'geoip compare looks an address up' 0 gc geoip compare 192.0.34.105
like '  and says whether they agree' "$out" 'agree|differ|no database'
finish
