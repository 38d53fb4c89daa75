// SPDX-License-Identifier: AGPL-3.0-or-later
// Clients that end what they send: seen when it happens, not at a deadline. A deadline that was needed says
// 408, or lets a connection go that came later; nothing here asserts how long something took.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Server, repliesIn } from './kit.mjs';

const KEY = 'Authorization: Bearer good\r\n';
const dir = mkdtempSync(path.join(os.tmpdir(), 'heed-ends-'));
let server;
before(async () => (server = await Server.start({ spool: dir, keep_alive_ms: 3600_000 })));
after(async () => {
	assert.equal(await server.stop(), 0);
	assert.deepEqual(readdirSync(dir), []);
	rmSync(dir, { recursive: true });
});

/* Sends the bytes and the end while the server stands still: it meets both at once, in one read. */
async function endWith(wire, bytes) {
	server.child.kill('SIGSTOP');
	await new Promise((sent) => wire.socket.end(Buffer.from(bytes, 'latin1'), sent));
	server.child.kill('SIGCONT');
}
const head = (start, more = '') => `${start} HTTP/1.1\r\nHost: localhost\r\n${more}\r\n`;
const spooling = async () => {
	while (!readdirSync(dir).length) await new Promise(setImmediate);
};
const gone = async () => {
	while (readdirSync(dir).length) await new Promise((wake) => setTimeout(wake, 5));
};

const midway = {
	'nothing': ['', ''],
	'half a head': ['', 'GET /plain HTTP/1.1\r\nHo'],
	'the rest of half a head': ['GET /plain HTTP/1.1\r\nHo', 'st: loc'],
	'half a body': ['', head('POST /echo', 'Content-Length: 1000\r\n') + 'x'.repeat(10)],
	'more of half a body': [head('POST /echo', 'Content-Length: 1000\r\n') + 'x', 'x'.repeat(10)],
	'half a chunk': [head('POST /echo', 'Transfer-Encoding: chunked\r\n'), 'ff\r\nxxx'],
	'half the size of a chunk': [head('POST /echo', 'Transfer-Encoding: chunked\r\n') + '1\r\nx\r\n', 'f'],
	'more than a read of half a body': [head('PUT /large', 'Content-Length: 8000000\r\n'), 'x'.repeat(300_001)],
};
for (const [name, [before, last]] of Object.entries(midway))
	test(`who ends with ${name} is let go at once`, async () => {
		const wire = await server.wire();
		if (before) wire.send(before);
		await endWith(wire, last);
		assert.equal(await wire.closed, '');
	});
for (const [name, size, more] of [['before a piece was full', 1000, 10], ['with a piece on its way to the disk', 3 << 20, 300_001]])
	test(`who ends an upload ${name} is let go at once, and its file goes`, async () => {
		const wire = await server.wire();
		wire.send(head('POST /spool', `${KEY}Content-Length: 50000000\r\n`) + 'x'.repeat(size));
		await spooling();
		await endWith(wire, 'x'.repeat(more));
		assert.equal(await wire.closed, '');
		await gone();
	});
test('who ends a chunked upload is let go at once, and its file goes', async () => {
	const wire = await server.wire();
	wire.send(head('POST /spool', `${KEY}Transfer-Encoding: chunked\r\n`));
	await spooling();
	await endWith(wire, '80000\r\n' + 'x'.repeat(0x80000) + '\r\nff');
	assert.equal(await wire.closed, '');
	await gone();
});
test('who resets an upload leaves nothing', async () => {
	for (const size of [1000, 3 << 20]) {
		const wire = await server.wire();
		wire.send(head('POST /spool', `${KEY}Content-Length: 50000000\r\n`) + 'x'.repeat(size));
		await spooling();
		wire.socket.resetAndDestroy();
		await gone();
	}
});

/* Behind a whole request the end is right: it is answered, and then the connection goes. The clock is a connection
 * that came later and says nothing, as one that is kept alive may stay for an hour here. */
const whole = {
	'one request': [head('GET /direct'), 1],
	'three at a time': [head('GET /direct').repeat(3), 3],
	'one and half of the next': [head('GET /direct') + 'GET /dir', 1],
};
for (const [name, [bytes, replies]] of Object.entries(whole))
	test(`who ends behind ${name} is answered and let go`, async () => {
		const wire = await server.wire();
		await endWith(wire, bytes);
		const later = await server.wire();
		const first = await Promise.race([wire.closed, later.closed.then(() => 'the later one went first')]);
		assert.equal(repliesIn(first), replies, first);
		later.end();
	});
/* Wherever the reset meets it: unread, with the only worker, in the midst of a reply. */
test('who resets a request leaves nothing, and the server goes on', async () => {
	const dropped = await Server.start({ workers: 1 });
	for (const bytes of [head('GET /slow?ms=100'), head('GET /stream?pages=1000&size=40000'), head('GET /slow?ms=100') + head('GET /plain')]) {
		const wire = await dropped.wire();
		wire.send(bytes);
		const behind = dropped.ask('GET', '/plain');
		wire.socket.resetAndDestroy();
		assert.equal((await behind).status, 200);
	}
	assert.equal(await dropped.stop(), 0, 'it waits for nobody who is gone');
});
