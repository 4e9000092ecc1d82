// zoo.mjs RUN TABLE: a line "ok|not ok<TAB>what<TAB>why" for each line of zoo.tsv.
import fs from 'fs';
const [run, table] = process.argv.slice(2);
const lines = f => fs.readFileSync(`${run}/data/${f}`, 'utf8').trim().split('\n').map(x => JSON.parse(x));
const d = lines('log.jsonl'), all = lines('facts.jsonl');
const byRecord = new Map();
for (const f of all)
	for (const n of f.from)
		if (typeof n === 'number') byRecord.set(n, [...(byRecord.get(n) || []), f]);
const text = x => (typeof x === 'string' ? x : '').toLowerCase();
for (const row of fs.readFileSync(table, 'utf8').split('\n')) {
	if (!row || row.startsWith('#')) continue;
	const [what, t, kind, q, status, detail, and] = row.split('\t');
	const ls = d.filter(l => l.type === 'exchange' && l.kind === kind &&
		(kind === 'tls' ? l.question.name === q : text(l.question.name).includes(q) ||
		text(l.question.host) === q));
	const fits = l => new RegExp(`^(${status})$`).test(l.status) && new RegExp(detail).test(l.detail);
	const l = ls.find(fits);
	let why = '';
	if (!l) why = `${ls.length} such questions: ${ls.slice(0, 3).map(x => x.status + ' ' + x.detail).join(', ')}`;
	else {
		const f = ls.flatMap(x => byRecord.get(x.n) || []);
		try {
			if (!new Function('l', 'f', 'd', 'all', 't', `return ${and}`)(l, f, d, all, t))
				why = `${l.status} ${l.detail}, but not: ${and}`;
		} catch (e) { why = String(e); }
	}
	console.log([why ? 'not ok' : 'ok', `${t}: ${what}`, why].join('\t'));
}
