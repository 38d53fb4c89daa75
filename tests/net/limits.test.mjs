// SPDX-License-Identifier: AGPL-3.0-or-later
// Sizes, deadlines and numbers of connections. Deadlines are short; nothing here asserts how long something took.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import net from 'node:net';
import { Server, repliesIn, statusOf } from './kit.mjs';

const using = (name, options, body) => test(name, async () => {
	const server = await Server.start(options);
	try {
		await body(server);
	} finally {
		assert.equal(await server.stop(), 0);
	}
});
const bodyBytes = async (server) =>
	Number(/^heed_body_bytes (\d+)$/m.exec((await server.ask('GET', '/metrics')).body)[1]);
const chunks = (count, size) => `${size.toString(16)}\r\n${'x'.repeat(size)}\r\n`.repeat(count);

using('reads a body that is a little too large, says 413 and goes on', {}, async (server) => {
	const wire = await server.wire();
	wire.ask('POST', '/echo', {}, 'x'.repeat(65537));
	assert.equal((await wire.reply()).status, 413);
	wire.ask('POST', '/echo', { 'Transfer-Encoding': 'chunked' }, `${chunks(70, 1000)}0\r\n\r\n`);
	assert.equal((await wire.reply()).status, 413);
	wire.ask('POST', '/bodiless', {}, 'x');
	assert.equal((await wire.reply()).status, 413);
	wire.ask('POST', '/bodiless');
	assert.equal((await wire.reply()).status, 200);
	wire.ask('POST', '/nowhere', {}, 'x'.repeat(1000));
	assert.equal((await wire.reply()).status, 404);
	wire.ask('GET', '/plain');
	assert.equal((await wire.reply()).status, 200);
	wire.end();
});
using('says 413 to a huge body before reading it', {}, async (server) => {
	const wire = await server.wire();
	wire.ask('POST', '/echo', { 'Content-Length': '100000000' });
	const reply = await wire.reply();
	assert.equal(reply.status, 413);
	assert.equal(reply.headers.connection, 'close');
	await wire.closed;
});
using('lets a client that sends a huge body anyway read why it was refused', {}, async (server) => {
	const wire = await server.wire();
	wire.ask('POST', '/echo', { 'Content-Length': '1000000' }, 'x'.repeat(1000000));
	assert.equal((await wire.reply()).status, 413);
	wire.end();
});
using('ends an endless body in chunks with a 413 that can be read', {}, async (server) => {
	const wire = await server.wire();
	wire.ask('POST', '/echo', { 'Transfer-Encoding': 'chunked' });
	for (let i = 0; i < 20; i++) wire.send(chunks(50, 1000));
	assert.equal((await wire.reply()).status, 413);
	await wire.closed;
});
using('lets pages of other sites read a refusal from before the handler, where they may call it', {}, async (server) => {
	const told = async (path, headers, body = 'x') => {
		const wire = await server.wire();
		wire.ask('POST', path, headers, body);
		const reply = await wire.reply();
		wire.end();
		return [reply.status, reply.headers['access-control-allow-origin']];
	};
	const wrong = [
		[421, { Host: 'elsewhere.example' }],
		[413, {}, 'x'.repeat(66000)],
		[413, { 'Content-Length': '100000000' }, ''],
		[413, { 'Transfer-Encoding': 'chunked' }, chunks(400, 1000)],
		[400, { Host: ['localhost', 'localhost'] }],
		[431, { 'X-Long': 'a'.repeat(17000) }],
	];
	for (const [status, headers, body] of wrong) {
		assert.deepEqual(await told('/shared/a', headers, body), [status, '*']);
		assert.deepEqual(await told('/echo', headers, body), [status, undefined]);
	}
	const seen = [];
	for (let i = 0; i < 8; i++) seen.push(await told('/shared/a', {}));
	assert.deepEqual(seen.at(-1), [429, '*']);
	assert.deepEqual(await told('/shared/%ff', {}), [400, undefined], 'no route is meant');
});
using('lets all bodies in flight share one budget', { bodies: 200000 }, async (server) => {
	const first = await server.wire();
	first.ask('PUT', '/large', { 'Content-Length': '150000' }, 'x'.repeat(140000));
	while ((await bodyBytes(server)) < 140000);
	const second = await server.ask('PUT', '/large', {}, 'x'.repeat(150000));
	assert.equal(second.status, 503);
	assert.equal(second.headers['retry-after'], '1');
	assert.equal((await server.ask('POST', '/echo', {}, 'small')).body, 'small', 'small ones still fit');
	first.send('x'.repeat(10000));
	assert.equal((await first.reply()).body.length, 150000);
	assert.equal((await server.ask('PUT', '/large', {}, 'x'.repeat(150000))).status, 200);
	while ((await bodyBytes(server)) > 0);
	first.end();
});
using('echoes eight megabytes', {}, async (server) => {
	const body = Buffer.alloc(8 << 20, 'abc');
	const reply = await server.ask('PUT', '/large', {}, body);
	assert.equal(reply.status, 200);
	assert.ok(Buffer.from(reply.body).equals(body));
});

using('closes a connection that says nothing', { header_ms: 200 }, async (server) => {
	assert.equal(await (await server.wire()).closed, '');
});
using('closes a connection whose head never ends', { header_ms: 200 }, async (server) => {
	const wire = await server.wire();
	wire.send('GET /plain HTTP/1.1\r\nHost: localhost\r\n');
	const drip = setInterval(() => wire.send('X-One: 1\r\n'), 50);
	assert.equal(statusOf(await wire.closed), 408);
	clearInterval(drip);
});
using('closes a connection whose body never ends', { body_ms: 200 }, async (server) => {
	const wire = await server.wire();
	wire.ask('POST', '/echo', { 'Content-Length': '20' });
	const drip = setInterval(() => wire.send('x'), 100);
	assert.equal(statusOf(await wire.closed), 408);
	clearInterval(drip);
});
using('closes an idle connection after its last reply', { keep_alive_ms: 200 }, async (server) => {
	const wire = await server.wire();
	wire.ask('GET', '/plain');
	const text = await wire.closed;
	assert.equal(repliesIn(text), 1);
	assert.equal(statusOf(text), 200);
});
using('gives a handler all the time it takes', { header_ms: 200, body_ms: 200, keep_alive_ms: 200 }, async (server) => {
	assert.equal((await server.ask('GET', '/slow?ms=1500')).status, 200);
});
using('serves a thousand idle and busy connections at once', {}, async (server) => {
	const wires = [];
	for (let i = 0; i < 1000; i++) wires.push(await server.wire());
	for (let round = 0; round < 3; round++) {
		for (const wire of wires) wire.ask('GET', '/plain');
		for (const wire of wires) assert.equal((await wire.reply()).status, 200);
	}
	const metrics = (await server.ask('GET', '/metrics')).body;
	assert.equal(/^heed_connections (\d+)$/m.exec(metrics)[1], '1001');
	for (const wire of wires) wire.end();
});
using('refuses more connections than an address may have', { per_address: 10, header_ms: 600000 }, async (server) => {
	const wires = [];
	for (let i = 0; i < 10; i++) {
		wires.push(await server.wire());
		wires[i].ask('GET', '/plain');
		await wires[i].reply();
	}
	const socket = net.connect(server.port, '127.0.0.1');
	socket.on('error', () => {});
	await new Promise((resolve) => socket.on('close', resolve));
	wires[0].end();
	let status = 0;
	while (status !== 200) status = await server.ask('GET', '/plain').then((reply) => reply.status, () => 0);
	for (const wire of wires) wire.end();
});
using('makes new connections wait when it has all it may have', { connections: 20 }, async (server) => {
	const wires = [];
	for (let i = 0; i < 20; i++) {
		wires.push(await server.wire());
		wires[i].ask('GET', '/plain');
		await wires[i].reply();
	}
	const waiting = server.ask('GET', '/plain');
	wires[3].end();
	assert.equal((await waiting).status, 200);
	for (const wire of wires) wire.end();
});
