// zoo.mjs RUN TABLE: a line "ok|not ok<TAB>what<TAB>why" for each line of zoo.tsv,
// whose columns its README.md explains.
import fs from 'fs';
const [run, table] = process.argv.slice(2);
const lines = f => fs.readFileSync(`${run}/data/${f}`, 'utf8').trim().split('\n').map(x => JSON.parse(x));
const log = lines('log.jsonl'), all = lines('facts.jsonl');
const exchanges = log.filter(l => l.type === 'exchange');
const byRecord = new Map();
for (const f of all)
	for (const n of f.from)
		if (typeof n === 'number') byRecord.set(n, [...(byRecord.get(n) || []), f]);

// "zoo.ch. A @192.0.40.1 tcp": name, type, server, options; for others the
// name, or where a server has a name of its own (whois) that.
const fits = (kind, asked) => {
	const [name, type, server, ...options] = asked.split(' ');
	return ({ kind: k, question: q }) => k === kind && (
		kind === 'dns' ? q.name.toLowerCase() === name && q.type === type && `@${q.server}` === server &&
			(q.options || '') === options.join(' ') :
		kind === 'whois' ? q.host === name :
		kind === 'rdap' ? q.name.endsWith(name) : q.name === name && !q.options);
};
const kinds = f => {
	const n = {};
	for (const x of f) n[x.kind] = (n[x.kind] || 0) + 1;
	return Object.entries(n).map(([k, i]) => i > 1 ? `${k}*${i}` : k).join(' ') || '-';
};
const within = (size, want) => {
	const [least, most] = want.split('..').map(Number);
	return want === '-' ? size === undefined : size >= least && size <= (most ?? least);
};
// What may be asked of the whole run.
const help = t => ({
	t, all,
	asked: what => exchanges.filter(x => x.kind !== 'local' && x.kind !== 'geo' &&
		(what.test(x.question.name) || what.test(x.question.server))),
	mine: exchanges.filter(x => x.target === t),
	met: name => log.some(x => (x.type === 'limit' || x.type === 'skipped') && x.limit === name && x.target === t),
	said: kind => all.filter(x => x.kind === kind && x.target === t),
});

function fault([, t, kind, asked, status, detail, bytes, facts, and]) {
	const ls = exchanges.filter(fits(kind, asked)), h = help(t);
	if (!ls.length) return 'no such question was asked';
	for (const l of ls) {
		const f = byRecord.get(l.n) || [], size = l.received?.size;
		if (l.status !== status || l.detail !== detail) return `it is ${l.status} ${l.detail}`;
		if (!within(size, bytes)) return `${size} bytes are kept`;
		if (kinds(f) !== facts) return `its facts are ${kinds(f)}`;
		h.l = l;
		h.v = k => f.find(x => x.kind === k)?.value;
		h.f = f;
	}
	if (!h.mine.some(x => x.status === 'answered')) return 'nothing else was answered';
	return new Function(...Object.keys(h), `return ${and || true}`)(...Object.values(h)) ? '' : `not: ${and}`;
}

for (const row of fs.readFileSync(table, 'utf8').split('\n')) {
	if (!row || row.startsWith('#')) continue;
	const c = row.split('\t');
	let why;
	try { why = fault(c); } catch (e) { why = String(e); }
	console.log([why ? 'not ok' : 'ok', `${c[1]}: ${c[0]}`, why].join('\t'));
}
