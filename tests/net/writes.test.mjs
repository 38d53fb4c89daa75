// SPDX-License-Identifier: AGPL-3.0-or-later
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { Server } from './kit.mjs';

const using = (name, options, body) => test(name, async () => {
	const server = await Server.start({ data: true, ...options });
	try {
		await body(server);
	} finally {
		assert.equal(await server.stop(), 0);
	}
});
const stored = async (server) => (await server.ask('GET', '/notes')).body.split('\n').slice(0, -1);

using('answers a write after its commit, refusals by their kind', {}, async (server) => {
	const made = await server.ask('POST', '/notes', {}, 'one');
	assert.deepEqual([made.status, made.body], [201, '{"note":"one"}']);
	assert.deepEqual(await stored(server), ['one']);
	assert.equal((await server.ask('POST', '/notes', {}, 'one')).status, 409);
	assert.equal((await server.ask('POST', '/notes')).status, 422);
	assert.deepEqual(await stored(server), ['one']);
});
using('lets no worker wait for a commit', { workers: 1 }, async (server) => {
	/* Each unit holds the only lane for a second and a half; the only worker reads meanwhile. */
	const writers = [];
	for (let i = 0; i < 3; i++) {
		const wire = await server.wire();
		wire.ask('POST', '/notes?ms=1500', {}, `note ${i}`);
		writers.push(wire);
	}
	let answered = 0;
	const replies = writers.map((wire) => wire.reply().then((reply) => {
		answered++;
		return reply.status;
	}));
	/* A worker that waited would answer one before the first write came to it, and the next behind the commit. */
	let reads = 0;
	while (answered === 0) {
		assert.equal((await server.ask('GET', '/plain')).status, 200);
		if (answered === 0) reads++;
	}
	assert.ok(reads >= 3, `${reads} reads were answered while the writes waited`);
	assert.deepEqual(await Promise.all(replies), [201, 201, 201]);
	assert.equal((await stored(server)).length, 3);
	for (const wire of writers) wire.end();
});
using('keeps each of many writes that it acknowledged, once', {}, async (server) => {
	const wires = await Promise.all(Array.from({ length: 64 }, () => server.wire()));
	await Promise.all(wires.map(async (wire, w) => {
		for (let i = 0; i < 20; i++) {
			wire.ask('POST', '/notes', {}, `${w}-${i}`);
			assert.equal((await wire.reply()).status, 201);
		}
		wire.end();
	}));
	const notes = await stored(server);
	assert.equal(notes.length, 64 * 20);
	assert.equal(new Set(notes).size, 64 * 20);
});
