// node chain.mjs RUN WIRE.TABLE RESOLVER: the longest chain of causes of a run,
// in ms, computed from the world's table of round trips and from nothing that
// the run measured.
//
// 1. WIRE.TABLE: "ADDRESS[/BITS] RTT-MS ..." a line, and a default.
// 2. Each exchange costs the round trips of its kind times its server's.
// 3. It starts when its cause and the records it needed besides are there, and
//    when the manners of the run's settings let it: so many connections to one
//    server at once, so long between two of them.
// 4. The opening stamp comes before all, the closing stamp after all; an
//    authority costs a look-up at the resolver and one HTTP request.
import fs from 'node:fs';
import net from 'node:net';

const [run, tableFile, resolver, ...tsaAddresses] = process.argv.slice(2);
if (!resolver) {
	console.error('usage: chain.mjs RUN WIRE.TABLE RESOLVER [NAME=ADDRESS]...');
	process.exit(64);
}

// ---- 1. the world's distances

const rules = [];
let fallback = 0;
for (const line of fs.readFileSync(tableFile, 'utf8').split('\n')) {
	const [where, rtt] = line.trim().split(/\s+/);
	if (!where) continue;
	if (where === 'default') { fallback = +rtt; continue; }
	const [address, bits] = where.split('/');
	const family = net.isIPv6(address) ? 'ipv6' : 'ipv4';
	const list = new net.BlockList();
	const length = +(bits ?? (family === 'ipv6' ? 128 : 32));
	list.addSubnet(address, length, family);
	rules.push({ list, family, length, rtt: +rtt });
}
rules.sort((a, b) => b.length - a.length);

function distance(address) {
	const family = net.isIPv6(address) ? 'ipv6' : 'ipv4';
	const rule = rules.find(r => r.family === family && r.list.check(address, family));
	return rule ? rule.rtt : fallback;
}

// ---- 2. what an exchange costs

const secure = x => String(x.question.name).startsWith('https:');
const trips = {
	local: () => 0,
	geo: () => 0,
	dns: x => x.meta?.['dns.transport'] === 'tcp' ? 2 : 1,
	whois: () => 2,				// connect, answer
	tls: () => 2,				// connect, the server's flight
	reach: () => 1,				// see below: several, with time between
	rdap: x => secure(x) ? 3 : 2,		// connect, TLS 1.3, answer
	http: x => secure(x) ? 3 : 2,
};

function cost(x, again) {
	if (!x.remote) return 0;		// nothing was sent
	// A registration service's connection stays open for the next question.
	const full = again && x.kind === 'rdap' ? 1 : trips[x.kind](x);
	const short = { refused: 1, tls: 2 }[x.status] ?? full;
	const rest = x.kind === 'reach' ? (limit('reach.handshakes', 5) - 1) *
		limit('reach.spacing', 100) : 0;
	return rest + Math.min(full, short) * distance(x.remote.split('#')[0]);
}

// ---- manners: who is asked by how many connections, and how often

const settings = JSON.parse(fs.readFileSync(`${run}/data/settings.json`, 'utf8'));
function limit(name, otherwise) {
	const l = settings.limits?.[name];
	return Number(l?.value ?? l ?? otherwise);
}
const manners = {
	rdap: ['rdap.server', 'pace.rdap'], whois: ['whois.server', 'pace.whois'],
	tls: ['per.server', 'pace.pages'], http: ['per.server', 'pace.pages'],
	reach: ['per.server', 'pace.pages'],
};
const servers = new Map();

// When it may begin that could begin at that time, and its connection.
function turn(x, begin) {
	if (!x.remote || !manners[x.kind]) return { begin };
	const [most, pace] = manners[x.kind];
	const key = x.kind === 'rdap' || x.kind === 'whois' ?
		`${x.kind} ${x.question.host}` : x.remote.split('#')[0];
	if (!servers.has(key))
		servers.set(key, { last: -Infinity,
			free: Array(limit(most, 1)).fill(0) });
	const s = servers.get(key);
	const i = s.free.indexOf(Math.min(...s.free));
	begin = Math.max(begin, s.free[i], s.last + limit(pace, 0));
	const again = s.last > -Infinity;
	s.last = begin;
	return { begin, s, i, again };
}

// ---- 3. the chain

const log = fs.readFileSync(`${run}/data/log.jsonl`, 'utf8').trim().split('\n')
	.map(line => JSON.parse(line)).filter(x => x.type === 'exchange');
const done = new Map();
let last = null;
for (const x of log) {
	let begin = 0, before = null;
	for (const n of [x.cause?.n, ...(x.with ?? [])])
		if (done.has(n) && done.get(n).end >= begin)
			({ end: begin, x: { n: before } } = done.get(n));
	const t = turn(x, begin);
	const end = t.begin + cost(x, t.again);
	if (t.s) t.s.free[t.i] = end;
	done.set(x.n, { x, before, end });
	if (!last || done.get(x.n).end > last.end) last = done.get(x.n);
}

// ---- 4. the stamps: the first to answer opens, all that are there close

const where = new Map(tsaAddresses.map(a => a.split('=')));
const stamps = part => fs.readdirSync(run)
	.map(f => f.match(new RegExp(`^${part}\\.(.+)\\.tsr$`))?.[1]).filter(Boolean)
	.map(name => distance(resolver) + 2 * distance(where.get(name) ?? ''));
const open = Math.min(...stamps('open')), close = Math.max(...stamps('seal'));
const stamp = ms => Number.isFinite(ms) ? ms : 0;

const path = [];
for (let d = last; d; d = done.get(d.before)) path.unshift(d);
for (const { x, end } of path)
	console.error(`${String(end).padStart(7)} ms  ${x.n} ${x.cause?.rule ?? ''} ` +
		`${x.kind} ${x.question.name} ${x.question.type ?? ''} at ${x.remote}`);
console.error(`opening stamp ${stamp(open)} ms, closing stamp ${stamp(close)} ms, ` +
	`${log.length} exchanges, ${path.length} in the longest chain`);
console.log(stamp(open) + (last?.end ?? 0) + stamp(close));
