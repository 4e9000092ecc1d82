// node warc.mjs RUN: reads a run's archive without goodcause. Prints "good", or
// what is wrong: each gzip member is one record, its block digest matches, each
// log line names a member and the SHA-256 of its block.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

const run = process.argv[2];
const archive = readFileSync(`${run}/data/evidence.warc.gz`);
const lines = readFileSync(`${run}/data/log.jsonl`, 'utf8').split('\n')
	.filter(Boolean).map(l => JSON.parse(l));
const hex = b => createHash('sha256').update(b).digest('hex');
const wrong = [];

// record at `at` of plain bytes: its block, and where it ends
function record(bytes, at) {
	const end = bytes.indexOf('\r\n\r\n', at);
	const head = bytes.toString('latin1', at, end);
	if (!head.startsWith('WARC/1.1\r\n'))
		throw new Error(`no WARC/1.1 at ${at}`);
	const field = name => (head.match(new RegExp(`^${name}: (.*)$`, 'mi')) || [])[1];
	const from = end + 4, size = Number(field('Content-Length'));
	const block = bytes.subarray(from, from + size);
	if (block.length !== size)
		throw new Error(`block of ${size} is cut at ${at}`);
	if (bytes.toString('latin1', from + size, from + size + 4) !== '\r\n\r\n')
		throw new Error(`no end of record at ${from + size}`);
	if (field('WARC-Block-Digest').trim() !== `sha256:${hex(block)}`)
		wrong.push(`digest of the record at ${at}`);
	return { block, next: from + size + 4 };
}

try {
	const plain = gunzipSync(archive);
	let count = 0, parts = 0;
	for (let at = 0; at < plain.length; count++)
		at = record(plain, at).next;
	for (const l of lines)
		for (const part of [l.sent, l.received]) {
			if (!part)
				continue;
			parts++;
			const one = gunzipSync(archive.subarray(part.warc,
				part.warc + part.len));
			const r = record(one, 0);
			if (r.next !== one.length)
				wrong.push(`line ${l.n}: more than one record`);
			if (hex(r.block) !== part.sha256)
				wrong.push(`line ${l.n}: SHA-256`);
			if (r.block.length !== part.size)
				wrong.push(`line ${l.n}: size`);
		}
	if (count < parts)
		wrong.push(`only ${count} records`);
} catch (e) {
	wrong.push(e.message);
}
console.log(wrong.length ? wrong.join('\n') : 'good');
