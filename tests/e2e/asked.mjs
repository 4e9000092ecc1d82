// node asked.mjs ADDRESS PORT FILE COMMAND...: a name server that refuses, while
// the command runs.  FILE gets a line a question: where it came from, as
// "address#port".
import { createSocket } from 'node:dgram';
import { spawn } from 'node:child_process';
import { appendFileSync, writeFileSync } from 'node:fs';

const [address, port, file, ...command] = process.argv.slice(2);
const server = createSocket('udp4');
writeFileSync(file, '');
server.on('message', (m, from) => {
	appendFileSync(file, `${from.address}#${from.port}\n`);
	let end = 12;
	while (m[end])
		end += m[end] + 1;
	const answer = Buffer.from(m.subarray(0, end + 5));
	answer.writeUInt16BE(0x8005 | answer.readUInt16BE(2) & 0x0100, 2);
	answer.writeUInt16BE(0, 10);
	server.send(answer, from.port, from.address);
});
server.bind(Number(port), address, () => spawn(command[0], command.slice(1),
	{ stdio: 'inherit' }).on('exit', status => process.exit(status ?? 2)));
