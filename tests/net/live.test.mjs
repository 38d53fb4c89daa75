// SPDX-License-Identifier: AGPL-3.0-or-later
// Streams without an end: who rests is woken, and nobody is forgotten.
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
let ticks = 0;
const tick = async (wire) => {
	wire.ask('POST', '/ticks', {}, `tick ${++ticks}`);
	assert.equal((await wire.reply()).status, 201);
};
const figure = async (server, name) =>
	Number(new RegExp(`^heed_${name} (\\d+)$`, 'm').exec((await server.ask('GET', '/metrics')).body)[1]);

/* What is there of a chunked body, which goes on. */
function unchunked(raw) {
	let at = raw.indexOf('\r\n\r\n') + 4, body = '';
	if (at < 4) return '';
	for (let size; ; at += size + 2) {
		const line = raw.indexOf('\r\n', at);
		size = parseInt(raw.slice(at, line), 16);
		if (line < 0 || !size || raw.length < line + 2 + size) return body;
		at = line + 2;
		body += raw.slice(at, at + size);
	}
}

/* A stream of revs, from its first line on. */
async function watch(server, key = 1) {
	const wire = await server.wire();
	let raw = '', woken = () => {};
	const w = {
		get revs() {
			return [...unchunked(raw).matchAll(/^(\d+)$/gm)].map(([rev]) => Number(rev));
		},
		async until(good) {
			while (!good(w)) await new Promise((wake) => (woken = wake));
		},
		ended: new Promise((resolve) => wire.socket.on('close', resolve)),
		end: () => wire.socket.destroy(),
		socket: wire.socket,
	};
	wire.socket.on('data', (bytes) => {
		raw += bytes.toString();
		woken();
	});
	wire.ask('GET', '/ticks', { Authorization: `Bearer watch ${key}` });
	await w.until(() => /from \d+\n/.test(unchunked(raw)));
	w.from = Number(/from (\d+)\n/.exec(unchunked(raw))[1]);
	return w;
}
const inOrder = (w, last) => assert.deepEqual(w.revs, Array.from({ length: last - w.from }, (_, i) => w.from + 1 + i));

using('wakes every stream for each commit, while others come and go', { workers: 2 }, async (server) => {
	const posters = await Promise.all(Array.from({ length: 4 }, () => server.wire()));
	const watchers = [];
	for (let i = 0; i < 12; i++) watchers.push(await watch(server, 1 + i));
	let passed = false;
	const posting = Promise.all(posters.map(async (wire) => {
		while (!passed) await tick(wire);
	}));
	for (let i = 0; i < 20; i++) {
		const passing = await watch(server, 100 + i);
		if (i % 2) await passing.until(() => passing.revs.length > 0);
		passing.end();
	}
	passed = true;
	await posting;
	await tick(posters[0]);
	const last = Math.max(...(await Promise.all(watchers.map(async (w) => {
		await w.until(() => w.revs.length > 0);
		return w.revs.at(-1);
	}))));
	await Promise.all(watchers.map((w) => w.until(() => w.revs.at(-1) >= last)));
	for (const w of watchers) inOrder(w, w.revs.at(-1));
	while ((await figure(server, 'live_streams')) > 12);
});
using('holds no worker for streams that rest', { workers: 1 }, async (server) => {
	const watchers = [];
	for (let i = 0; i < 40; i++) watchers.push(await watch(server, 1 + i));
	assert.equal((await server.ask('GET', '/plain')).status, 200);
	assert.equal(await figure(server, 'live_streams'), 40);
});
using('keeps half of all connections for those who do not stay', { connections: 20 }, async (server) => {
	const watchers = [];
	for (let i = 0; i < 10; i++) watchers.push(await watch(server, 1 + i));
	const reply = await server.ask('GET', '/ticks', { Authorization: 'Bearer watch 99' });
	assert.equal(reply.status, 429);
	watchers[0].end();
	while ((await figure(server, 'live_streams')) > 9);
	await watch(server, 99);
});
test('ends while streams rest, are woken, and are not read', async () => {
	const server = await Server.start({ data: true, drain_ms: 1000, stall_ms: 600000 });
	const watchers = [];
	for (let i = 0; i < 30; i++) watchers.push(await watch(server, 1 + i));
	watchers[0].socket.pause();
	const wire = await server.wire();
	for (let i = 0; i < 20; i++) await tick(wire);
	assert.equal(await server.stop(), 0);
	await Promise.all(watchers.slice(1).map((w) => w.ended));
	watchers[0].end();
});
