#!/bin/bash
# What sites of a case share: a linked pair, copies that are not one, a shop.
. "$(dirname "$0")/lib.sh"

new_case c stream-alpha.com stream-beta.com gold-films.com copy-films.com \
	copy-movies.com shop-demo.com
setting c case own_domains gold-films.com
setting c collect follow_hosts true
ends 'six sites are collected' '[01]' lab links "$program" -C c collect
facts=c/runs/000001/data/facts.jsonl
ends 'and assessed' 0 gc -C c assess --json
printf '%s' "$out" >assess.json

pair() { # A B EXPRESSION-OVER-p
	json assess.json "(() => { const p = d.links.pairs.find(p =>
		p.sites.includes('$1') && p.sites.includes('$2'));
		return $3; })()"
}
is 'two signs of two families: linked' \
	"$(pair stream-alpha.com stream-beta.com 'p && p.linked')" true
is 'they are the token in DNS and the account on pages' \
	"$(pair stream-alpha.com stream-beta.com "p.shares.filter(s =>
		['A', 'A-', 'B+'].includes(s.weight)).map(s => s.sign)
		.filter(s => s === 'dns-token' || s === 'ga4').sort()")" \
	'["dns-token","ga4"]'
is 'each with its other explanation, its rarity and its records' \
	"$(pair stream-alpha.com stream-beta.com "p.shares.every(s => s.also &&
		s.records.length && /not known|^$|sites have it/.test(s.rarity))")" true
is 'one DKIM key, sender, application certificate and seller, each weighed' \
	"$(pair stream-alpha.com stream-beta.com "p.shares.map(s => s.sign + ' ' +
		s.weight).filter(s => /dkim|spf|apk|^seller/.test(s)).sort()")" \
	'["apk-cert A-","dkim-key A-","seller A-","spf-address B"]'
is 'copies that share address and servers are not linked' \
	"$(pair copy-films.com copy-movies.com 'p && p.linked')" false
is 'they have those in common' "$(pair copy-films.com copy-movies.com \
	"p.shares.map(s => s.sign + ' ' + s.weight).sort()")" \
	'["address C","dkim-key C","ns-set B","spf-include C"]'
is "how rare Cloudflare's pair is" "$(pair copy-films.com copy-movies.com \
	"/Cloudflare gives an account one of/.test(p.shares.find(s =>
		s.sign === 'ns-set').rarity)")" true
is "the plaintiff's identifiers in them are left out, and listed" \
	"$(json assess.json "['UA-39187264', '482019375610284'].every(v =>
		d.links.left_out.some(x => x.value === v &&
		x.site === 'copy-films.com'))")" true
is "the plaintiff's own site is in no pair" \
	"$(json assess.json "d.links.pairs.some(p =>
		p.sites.includes('gold-films.com'))")" false
is 'L-03 has what its row asks for, and says by whom is not said' \
	"$(json assess.json "(f => [f.status, f.notes.some(n =>
		n.includes('by whom they are run is not said'))])(d.findings
		.find(f => f.element === 'L-03'))")" '["SUP",true]'

# ---- the shop
shop() { # NAME KIND EXPRESSION-OVER-v WANT
	is "$1" "$(json $facts "[...new Set(d.filter(f => f.kind === '$2' &&
		f.target === 'shop-demo.com').map(f => f.value).map(v => $3)
		.filter(x => x))].sort()")" "$4"
}
shop 'prices as written' page.price "v.amount + ' ' + v.currency" \
	'["0.002 BTC","1.299,00 EUR","4.99 $","500 ¥"]'
shop 'and as numbers' page.price v.number '["0.002","1299.00","4.99","500"]'
shop 'what its forms are for' page.form v.purpose '["comment","sign-up","upload"]'
shop 'the wallet, and not the one with a wrong checksum' page.id \
	"v.class === 'wallet' && v.value" '["1KnrgLjixm8Yz1PGC2aGbkJuqyLQzRDDob"]'
shop 'who sends visitors to the VPN' page.id \
	"v.class === 'affiliate' && v.value" '["aff_id=48213","offer_id=15"]'
shop 'a torrent, as metadata' page.torrent "v.hash + v.name + v.trackers[0]" \
	'["c12fe1c06bba254a9dc9f519b335aa7c1367a88aSome Filmudp://tracker.example:1337"]'
shop 'the application in its store' page.id "v.class === 'app' && v.value" \
	'["com.shopdemo.player"]'
shop 'a register number' page.id "v.class === 'register' && v.value" '["HRB215304"]'
is 'each at its place in the page' "$(node -e '
	const fs = require("fs"), page = fs.readFileSync(process.argv[1]);
	const facts = fs.readFileSync(process.argv[2], "utf8").trim().split("\n")
		.map(JSON.parse).filter(f => f.target === "shop-demo.com" &&
		f.subject === "https://shop-demo.com/" && f.kind === "page.id" &&
		["wallet", "app", "affiliate"].includes(f.value.class));
	const first = facts[0].value, shift = first.offset - page.indexOf(first.value);
	console.log(facts.length > 2 && facts.every(({ value: v }) => {
		const at = v.offset - shift;
		return page.subarray(at, at + v.value.length).toString() === v.value;
	}));' "$top/tests/lab/worlds/links/sites/shop-demo.com/index.html" $facts)" true

# ---- hosts that the site names, because case.ini says so
shop "the store's page: its band, and who offers it" store.app \
	"v.app + ' ' + v.downloads + ' ' + v.by" \
	'["com.shopdemo.player 50,000+ Shop Demo Ltd"]'
is 'each is asked for one page or list, and nothing on it is followed' \
	"$(json c/runs/000001/data/log.jsonl "[...new Set(d.filter(l => l.kind ===
		'http' && /play.google|ads-demo/.test(l.question.host)).map(l =>
		l.question.name + ' ' + l.question.type))].sort()")" \
	'["https://ads-demo.com/sellers.json sellers","https://play.google.com/store/apps/details?id=com.shopdemo.player&hl=en&gl=US store"]'
is 'the band is a number for K-10' "$(json assess.json "(f =>
	f.notes.some(n => n.includes('50,000+')))(d.findings.find(f =>
	f.element === 'K-10'))")" true

# ---- documents
ends 'reports are written' 0 gc -C c report
worksheet=$(find c/reports -name worksheet.html | head -n 1)
like 'the worksheet says which are linked' "$(<"$worksheet")" '<br>linked<'
like 'and which only share something' "$(<"$worksheet")" 'not linked: they share this'
exhibit=$(find c/reports -name 'exhibit-stream-alpha.com.html' | head -n 1)
like 'the exhibit shows what both have' "$(<"$exhibit")" 'the same token in DNS'
unlike 'it does not say that no store was asked' "$(<"$exhibit")" 'app stores,'
unlike 'and weighs nothing' "$(<"$exhibit")" '<br>linked<'
finish
