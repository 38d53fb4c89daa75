// SPDX-License-Identifier: AGPL-3.0-or-later
import { after, test } from 'node:test';
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Server } from './kit.mjs';

const dirs = [];
const dataDir = () => {
	dirs.push(mkdtempSync(path.join(os.tmpdir(), 'heed-net-')));
	return dirs.at(-1);
};
after(() => dirs.forEach((dir) => rmSync(dir, { recursive: true, force: true })));

/* Replies of a wire until it closes. */
const replyOrEnd = (wire) => wire.reply().then((reply) => reply.status, () => 'closed');

test('ends at once when nobody is there, or only idle connections', async () => {
	assert.equal(await (await Server.start()).stop(), 0);
	const server = await Server.start({ keep_alive_ms: 600000, drain_ms: 600000 });
	const wires = [];
	for (let i = 0; i < 50; i++) {
		wires.push(await server.wire());
		wires[i].ask('GET', '/plain');
		await wires[i].reply();
	}
	assert.equal(await server.stop(), 0);
	for (const wire of wires) assert.equal(await wire.closed, '');
});
test('answers what it has begun, takes nothing new, and says so to those who look', async () => {
	const server = await Server.start();
	const busy = await server.wire(), watcher = await server.wire();
	busy.ask('GET', '/slow?ms=3000');
	watcher.ask('GET', '/healthz');
	await watcher.reply();
	let inWork = 0;
	while (inWork < 2) inWork = Number(/^heed_requests_in_work (\d+)$/m.exec((await server.ask('GET', '/metrics')).body)[1]);
	const ended = server.stop();
	const reply = await busy.reply();
	assert.equal(reply.status, 200);
	assert.equal(reply.headers.connection, 'close');
	await assert.rejects(server.wire());
	assert.equal(await ended, 0);
});
test('ends in good order with 64 posts in flight, a half-sent upload and a stalled export', async () => {
	const data = dataDir();
	const server = await Server.start({ data, drain_ms: 4000, stall_ms: 600000 });
	const posters = await Promise.all(Array.from({ length: 64 }, () => server.wire()));
	const acknowledged = [];
	let posts = 0, enough;
	const warm = new Promise((resolve) => (enough = resolve));
	const done = Promise.all(posters.map(async (wire, w) => {
		for (let i = 0; ; i++) {
			wire.ask('POST', '/notes', {}, `${w}-${i}`);
			const status = await replyOrEnd(wire);
			if (status === 201) acknowledged.push(`${w}-${i}`);
			else return assert.ok(status === 'closed' || status === 503, `${status}`);
			if (++posts > 500) enough();
		}
	}));
	const upload = await server.wire();
	upload.ask('PUT', '/large', { 'Content-Length': '100000' }, 'x'.repeat(50000));
	const stalled = await server.wire();
	stalled.socket.pause();
	stalled.ask('GET', '/stream?pages=400&size=100000');
	await warm;
	assert.equal(await server.stop(), 0);
	await done;
	stalled.end();
	assert.ok(acknowledged.length > 500);

	const again = await Server.start({ data });
	const notes = new Set((await again.ask('GET', '/notes')).body.split('\n'));
	assert.deepEqual(acknowledged.filter((note) => !notes.has(note)), []);
	assert.equal(await again.stop(), 0);
});
test('refuses writes that wait for a lane too long, and stores none of those', async () => {
	const data = dataDir();
	const server = await Server.start({ data, drain_ms: 1000 });
	const wires = [];
	for (let i = 0; i < 12; i++) {
		wires.push(await server.wire());
		wires[i].ask('POST', '/notes?ms=400', {}, `note ${i}`);
	}
	let queued = 0;
	while (queued < 12) queued = Number(/^heed_requests_in_work (\d+)$/m.exec((await server.ask('GET', '/metrics')).body)[1]) - 1;
	const ended = server.stop();
	const statuses = await Promise.all(wires.map(replyOrEnd));
	assert.equal(await ended, 0);
	assert.ok(statuses.includes(503), `${statuses}`);
	assert.ok(statuses.every((status) => status === 201 || status === 503 || status === 'closed'), `${statuses}`);

	const again = await Server.start({ data });
	const notes = (await again.ask('GET', '/notes')).body.split('\n').slice(0, -1);
	for (let i = 0; i < 12; i++) {
		if (statuses[i] === 201) assert.ok(notes.includes(`note ${i}`), `note ${i} was acknowledged`);
		if (statuses[i] === 503) assert.ok(!notes.includes(`note ${i}`), `note ${i} was refused`);
	}
	assert.equal(await again.stop(), 0);
});
