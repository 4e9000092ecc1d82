// mmdb.mjs FILE TYPE CODE CITY: a MaxMind DB of one node, which says the same of
// every IPv4 address (format 2.0).
import fs from 'fs';
const [file, type, code, city] = process.argv.slice(2);
const number = (kind, bytes, n) => {
	const b = [];
	for (let i = bytes - 1; i >= 0; i--) b.push(Math.floor(n / 256 ** i) % 256);
	return kind > 7 ? [bytes, kind - 7, ...b] : [kind << 5 | bytes, ...b];
};
const text = s => { const b = [...Buffer.from(s)]; return [b.length < 29 ? 2 << 5 | b.length : 0, ...b]; };
const map = rows => [7 << 5 | rows.length, ...rows.flatMap(([k, v]) => [...text(k), ...v])];
const both = [0, 0, 17];	// nodes + 16 + offset 0
fs.writeFileSync(file, Buffer.from([...both, ...both, ...new Array(16).fill(0),
	...map([['country_code', text(code)], ['city', text(city)]]),
	0xab, 0xcd, 0xef, ...Buffer.from('MaxMind.com'),
	...map([['binary_format_major_version', number(5, 2, 2)], ['binary_format_minor_version', number(5, 2, 0)],
		['build_epoch', number(9, 8, 1780617600)], ['database_type', text(type)],
		['ip_version', number(5, 2, 4)], ['languages', [0, 4]], ['description', map([])], ['node_count', number(6, 4, 1)], ['record_size', number(5, 2, 24)]])]));
