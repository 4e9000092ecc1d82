// tests/bench/days.mjs CASE FROM TO same|differ: further runs of a case, made of
// its first: the same text with other days and other hashes of answers.
//   same    an address of one site moves in every fiftieth
//   differ  in every run that address is another, so are the serial numbers of the
//           site's zone and of its certificate, the hash of each of its pages, and
//           title and offers of its front page
// Nothing is sealed, which assess and report do not ask.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";

const [dir, from, to, how] = process.argv.slice(2);
const files = ["head.txt", "open.txt", "data/settings.json", "data/log.jsonl",
	"data/facts.jsonl", "data/exhibits.jsonl"];
const first = Object.fromEntries(files.map(f =>
	[f, readFileSync(`${dir}/runs/000001/${f}`, "utf8")]));
const day = /^started: (.*)T/m.exec(first["head.txt"])[1];
const after = n => new Date(Date.parse(day) + n * 86400e3).toISOString()
	.slice(0, 10);
const days = new RegExp(`${day}|${after(1)}`, "g");
const site = "popcorn-time-demo\\.is";

function differ(line, n) {
	const hex = n.toString(16).padStart(4, "0");
	if (new RegExp(`"kind":"http.page","subject":"https?://${site}`).test(line))
		line = line.replace(/"sha256":"..../, `"sha256":"${hex}`)
			.replace(/"title":"/, `$&${n} `);
	if (new RegExp(`"subject":"${site}["@]`).test(line))
		line = line.replace(/"serial":20\d{8}/, `"serial":${2026110101 + n}`)
			.replace(/"serial":"..../, `"serial":"${hex}`);
	if (new RegExp(`"subject":"https?://${site}/"`).test(line))
		line = line.replace(/("rule":"[a-z]+-offer","text":")/, `$1${n} `);
	return line;
}

for (let n = +from; n <= +to; n++) {
	const name = String(n).padStart(6, "0"), run = `${dir}/runs/${name}`;
	const moved = how === "differ" ? n : n % 50 === 0 ? n / 50 % 100 + 1 : 0;
	const ip = `84.205.${64 + (moved >> 8)}.${(moved & 255) + 1}`;
	mkdirSync(`${run}/data`, { recursive: true });
	for (const file of files) {
		let text = first[file].replace(days, after(n - 1))
			.replaceAll('"84.205.64.1"', `"${ip}"`);
		if (file === "data/log.jsonl")
			text = text.replace(/"sha256":"..../g,
				`"sha256":"${n.toString(16).padStart(4, "0")}`);
		if (file === "data/facts.jsonl" && how === "differ")
			text = text.split("\n").map(l => differ(l, n)).join("\n");
		writeFileSync(`${run}/${file}`, text);
	}
}
