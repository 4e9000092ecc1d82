// node dnswire.mjs RUN: what the kept bytes of DNS questions say of chance:
// "questions ids ports mixed other", counts; other: questions whose case is not
// that of another question for the same name.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

const run = process.argv[2];
const archive = readFileSync(`${run}/data/evidence.warc.gz`);
const lines = readFileSync(`${run}/data/log.jsonl`, 'utf8').split('\n')
	.filter(Boolean).map(l => JSON.parse(l))
	.filter(l => l.kind === 'dns' && l.sent);
const block = part => {
	const r = gunzipSync(archive.subarray(part.warc, part.warc + part.len));
	const from = r.indexOf('\r\n\r\n') + 4;
	return r.subarray(from, from + part.size);
};
const ids = new Set(), ports = new Set(), cases = new Set();
let mixed = 0, udp = 0;
for (const l of lines) {
	const wire = block(l.sent);
	let end = 12;
	while (wire[end])
		end += wire[end] + 1;
	const name = wire.toString('latin1', 12, end);
	ids.add(wire.readUInt16BE(0));
	if (l.local && !/tcp/.test(l.question.options || '')) {
		udp++;
		ports.add(l.local.split('#')[1]);
	}
	cases.add(name);
	if (/[a-z]/.test(name) && /[A-Z]/.test(name))
		mixed++;
}
const share = (n, of) => Math.round(100 * n / of);
console.log(lines.length, share(ids.size, lines.length),
	share(ports.size, udp), share(mixed, lines.length),
	share(cases.size, lines.length));
