#!/usr/bin/env node
// lists.mjs DIR: makes probes/data/lists/*.txt from the raw lists in DIR.
//
// Each of the files is one list, sorted, so that it can be searched where it
// lies (probes/lists.h says how it is laid out).  Prefixes inside others are
// dropped; neighbours are joined only where a row says so.  Where the raw files
// are from stands in the head of each list.

import { readFileSync, writeFileSync } from 'node:fs'

const [dir] = process.argv.slice(2)
if (!dir) {
	console.error('usage: probes/lists.mjs DIR')
	process.exit(64)
}
const out = new URL('data/lists/', import.meta.url).pathname
const read = f => readFileSync(`${dir}/${f}`, 'utf8')
const lines = f => read(f).split('\n').map(l => l.trim()).filter(Boolean)

// ---- prefixes

function parse(text) {
	const [ip, len] = text.trim().split('/')
	const v6 = ip.includes(':')
	const bits = v6 ? 128 : 32
	let n = 0n
	if (v6) {
		const [a, b = ''] = ip.toLowerCase().split('::')
		const head = a ? a.split(':') : []
		const tail = b ? b.split(':') : []
		const all = ip.includes('::') ? [...head,
			...Array(8 - head.length - tail.length).fill('0'), ...tail] : head
		for (const w of all)
			n = n << 16n | BigInt(`0x${w}`)
	} else {
		for (const o of ip.split('.'))
			n = n << 8n | BigInt(o)
	}
	const l = len === undefined ? bits : Number(len)
	const host = BigInt(bits - l)
	return { v6, bits, len: l, start: n >> host << host,
		end: (n >> host << host) + (1n << host) - 1n }
}

function words6(n) {
	const w = []
	for (let i = 7n; i >= 0n; i--)
		w.push(Number(n >> i * 16n & 0xffffn))
	let best = [0, 0]
	for (let i = 0; i < 8; i++) {
		let k = i
		while (k < 8 && w[k] === 0)
			k++
		if (k - i > best[1] && k - i > 1)
			best = [i, k - i]
	}
	const hex = a => a.map(x => x.toString(16)).join(':')
	return best[1] === 0 ? hex(w) :
		`${hex(w.slice(0, best[0]))}::${hex(w.slice(best[0] + best[1]))}`
}

const show = p => p.v6 ? `${words6(p.start)}/${p.len}` :
	`${[24n, 16n, 8n, 0n].map(s => p.start >> s & 255n).join('.')}/${p.len}`

const order = (a, b) => a.v6 - b.v6 || (a.start < b.start ? -1 :
	a.start > b.start ? 1 : a.len - b.len)

// Sorted and disjoint; two halves of one prefix become it, where join is set.
function disjoint(all, join) {
	const kept = []
	for (const p of all.sort(order)) {
		const last = kept.at(-1)
		if (last && last.v6 === p.v6 && p.end <= last.end)
			continue
		kept.push(p)
		while (join && kept.length > 1) {
			const [a, b] = kept.slice(-2)
			const half = 1n << BigInt(a.bits - a.len)
			if (a.v6 !== b.v6 || a.len !== b.len || a.provider !== b.provider ||
			    b.start !== a.start + half || (a.start & half) !== 0n)
				break
			kept.splice(-2, 2, { ...a, len: a.len - 1, end: b.end })
		}
	}
	return kept
}

const ranges = (texts, provider, join) => disjoint(texts.map(t =>
	({ ...parse(t), provider })), join).map(p =>
	show(p) + (p.provider ? ` ${p.provider}` : ''))

// ---- the lists

const misp = 'MISP/misp-warninglists, commit 84f0610aaf3b, lists/'
const check = 'projectdiscovery/cdncheck sources_data.json, commit 6fbcc53c0a4f'
const x4b = 'X4BNet/lists_vpn, commit 167937a76d42, '
const mispList = f => JSON.parse(read(`misp-${f}.json`)).list
const cdncheck = JSON.parse(read('cdncheck-sources_data.json'))

// Of cdncheck's "cdn" and "waf": what is a delivery network's own.  Not google
// (all of Google's addresses), nor networks that carry much else (cafe24, kinx,
// lgtelecom, skbroadband); Cloudflare and Fastly are in lists of their own.
const networks = {
	arvancloud: 'ArvanCloud', cdnetworks: 'CDNetworks',
	cloudfront: 'Amazon CloudFront', gcore: 'Gcore', gocache: 'GoCache',
	qrator: 'Qrator', incapsula: 'Imperva', '云盾': 'Yundun',
	'加速乐': 'Jiasule', '百度云加速': 'Baidu Yunjiasu',
	'腾讯云': 'Tencent Cloud CDN',
}
const clouds = {
	oracle: 'Oracle Cloud', navercloud: 'Naver Cloud', nhncloud: 'NHN Cloud',
	ktcloud: 'KT Cloud', gabia: 'Gabia', hostway: 'Hostway',
}

const many = (part, names, join) => disjoint(Object.entries(names).flatMap(
	([key, provider]) => part.flatMap(p => (cdncheck[p][key] ?? []).map(t =>
		({ ...parse(t), provider })))), join).map(p =>
	`${show(p)} ${p.provider}`)

const numbers = all => [...new Map(all.map(([n, w]) => [Number(n), w]))]
	.sort((a, b) => a[0] - b[0]).map(([n, w]) => `AS${n} ${w}`)

const aws = 'all of the provider, hosting and all'
const lists = {
	'cdn-akamai': { what: 'cdn', of: 'ip', provider: 'Akamai',
		date: '2024-04-22', source: `${misp}akamai`, licence: 'CC0-1.0',
		caution: 'Akamai publishes no list; edges also stand in networks of access providers',
		rows: () => ranges(mispList('akamai')) },
	'cdn-cloudflare': { what: 'cdn', of: 'ip', provider: 'Cloudflare',
		date: '2026-08-11', source: `${misp}cloudflare, as the provider publishes them`,
		licence: 'CC0-1.0', rows: () => ranges(mispList('cloudflare')) },
	'cdn-fastly': { what: 'cdn', of: 'ip', provider: 'Fastly',
		date: '2026-08-19', source: `${misp}fastly, as the provider publishes them`,
		licence: 'CC0-1.0', rows: () => ranges(mispList('fastly')) },
	'cdn-others': { what: 'cdn', of: 'ip', date: '2026-08-16', source: check,
		licence: 'MIT', rows: () => many(['cdn', 'waf'], networks, false) },
	'cloud-amazon': { what: 'cloud', of: 'ip', provider: 'Amazon Web Services',
		date: '2026-08-11', source: `${misp}amazon-aws`, licence: 'CC0-1.0',
		caution: aws, rows: () => ranges(mispList('amazon-aws'), '', true) },
	'cloud-azure': { what: 'cloud', of: 'ip', provider: 'Microsoft Azure',
		date: '2024-12-03', source: `${misp}microsoft-azure`, licence: 'CC0-1.0',
		caution: aws, rows: () => ranges(mispList('microsoft-azure'), '', true) },
	'cloud-google': { what: 'cloud', of: 'ip', provider: 'Google Cloud',
		date: '2026-08-11', source: `${misp}google-gcp`, licence: 'CC0-1.0',
		caution: aws, rows: () => ranges(mispList('google-gcp'), '', true) },
	'cloud-others': { what: 'cloud', of: 'ip', date: '2026-08-16', source: check,
		licence: 'MIT', rows: () => many(['cloud'], clouds, true) },
	'hosting-as-bad': { what: 'hosting', of: 'as', date: '2026-03-18',
		source: 'brianhama/bad-asn-list, commit cac788be6fa1', licence: 'MIT',
		caution: 'chosen by one author: networks of hosting companies',
		rows: () => numbers(lines('brianhama-bad-asn-list.csv').slice(1)
			.map(l => l.match(/^"?(\d+)"?,\s*"?(.*?)"?$/)?.slice(1)).filter(Boolean)) },
	'hosting-as-x4b': { what: 'hosting', of: 'as', date: '2026-08-22',
		source: `${x4b}input/datacenter`, licence: 'MIT',
		rows: () => numbers(lines('x4bnet-datacenter-ASN.txt')
			.map(l => l.match(/^AS(\d+)\s*#?\s*(.*)$/)?.slice(1)).filter(Boolean)) },
	'hosting-ovh': { what: 'hosting', of: 'ip', provider: 'OVH shared hosting',
		date: '2026-08-19', source: `${misp}ovh-cluster`, licence: 'CC0-1.0',
		rows: () => ranges(mispList('ovh-cluster')) },
	'hosting-x4b': { what: 'hosting', of: 'ip', date: '2026-08-22',
		source: `${x4b}output/datacenter`, licence: 'MIT',
		caution: 'made from numbers of networks; it holds customers of other kinds',
		rows: () => ranges([...lines('x4bnet-datacenter-ipv4.txt'),
			...lines('x4bnet-datacenter-ipv6.txt')], '', true) },
	'parking': { what: 'parking', of: 'ip', date: '2024-04-22',
		source: `${misp}parking-domain`, licence: 'CC0-1.0',
		rows: () => ranges(mispList('parking-domain')) },
	'parking-ns': { what: 'parking', of: 'ns', date: '2022-10-24',
		source: `${misp}parking-domain-ns`, licence: 'CC0-1.0',
		caution: 'default name servers also serve sites that are in use',
		rows: () => [...new Set(mispList('parking-domain-ns').map(n =>
			n.toLowerCase().replace(/^\.+|\.+$/g, '')))].sort() },
	'sinkhole': { what: 'sinkhole', of: 'ip', date: '2026-08-20',
		source: `${misp}sinkholes, version 2, the day is that of the commit`, licence: 'CC0-1.0',
		caution: 'some of its addresses are shared by many sites of a delivery network',
		rows: () => ranges(mispList('sinkholes')) },
	'tor-exits': { what: 'tor', of: 'ip', provider: 'Tor', date: '2024-02-27',
		source: 'SecOps-Institute/Tor-IP-Addresses tor-exit-nodes.lst, commit 8a1ac761a523',
		licence: 'MIT',
		caution: 'old: exits come and go by the hour; it says only that an address was listed then',
		rows: () => ranges(lines('tor-exit-nodes-2024.lst')) },
	'vpn-as-x4b': { what: 'vpn', of: 'as', date: '2026-08-22',
		source: `${x4b}input/vpn`, licence: 'MIT',
		rows: () => numbers(lines('x4bnet-vpn-ASN.txt')
			.map(l => l.match(/^AS(\d+)\s*#?\s*(.*)$/)?.slice(1)).filter(Boolean)) },
	'vpn-x4b': { what: 'vpn', of: 'ip', date: '2026-08-22',
		source: `${x4b}output/vpn`, licence: 'MIT',
		caution: 'it holds whole networks in which VPN services rent; hosting lies in them too',
		rows: () => ranges([...lines('x4bnet-vpn-ipv4.txt'),
			...lines('x4bnet-vpn-ipv6.txt')], '', true) },
}

for (const [name, l] of Object.entries(lists)) {
	const { rows, ...head } = l
	const all = rows()
	writeFileSync(`${out}${name}.txt`, '# goodcause list 1\n' +
		Object.entries(head).map(([k, v]) => `# ${k}: ${v}\n`).join('') +
		all.join('\n') + '\n')
	console.log(`${name}\t${all.length}`)
}
