// SPDX-License-Identifier: AGPL-3.0-or-later
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { Server } from './kit.mjs';

const using = (name, options, body) => test(name, async () => {
	const server = await Server.start(options);
	try {
		await body(server);
	} finally {
		assert.equal(await server.stop(), 0);
	}
});
const made = async (server) => Number(JSON.parse((await server.ask('GET', '/stream-count')).body).pages);
/* Asks until two answers agree: whoever makes pages has stopped. */
const madeInTheEnd = async (server) => {
	for (let before = -1; ; ) {
		const now = await made(server);
		if (now === before) return now;
		before = now;
		await new Promise((resolve) => setTimeout(resolve, 200));
	}
};

using('streams all parts in order', {}, async (server) => {
	const { status, body } = await server.ask('GET', '/stream?pages=100&size=30000');
	assert.equal(status, 200);
	const wanted = Array.from({ length: 100 }, (_, i) => 'abcdefghijklmnopqrstuvwxyz'[i % 26].repeat(30000)).join('');
	assert.ok(body === wanted);
	assert.equal((await server.ask('GET', '/stream?pages=1&size=0')).body, '');
	assert.equal((await server.ask('GET', '/stream?pages=5&size=0')).body, '');
});
using('goes on with the same connection after a stream', {}, async (server) => {
	const wire = await server.wire();
	for (let i = 0; i < 3; i++) {
		wire.ask('GET', '/stream?pages=3&size=10');
		assert.equal((await wire.reply()).body, 'aaaaaaaaaabbbbbbbbbbcccccccccc');
	}
	wire.end();
});
using('says nothing behind the head of a stream that was asked for by HEAD', {}, async (server) => {
	const text = await server.say('HEAD /stream?pages=3&size=10 HTTP/1.1\r\nHost: localhost\r\n\r\n');
	assert.match(text, /^HTTP\/1.1 200 OK\r\n/);
	assert.ok(text.endsWith('\r\n\r\n') && text.indexOf('\r\n\r\n') === text.length - 4, text);
});
using('streams to HTTP/1.0 until the connection ends', {}, async (server) => {
	const text = await server.say('GET /stream?pages=3&size=10 HTTP/1.0\r\nHost: localhost\r\n\r\n');
	assert.equal(text.split('\r\n\r\n')[1], 'aaaaaaaaaabbbbbbbbbbcccccccccc');
});
using('answers a stream whose first part fails with a problem', {}, async (server) => {
	assert.equal((await server.ask('GET', '/stream?pages=3&fail_at=0')).status, 503);
});
using('cuts a stream off whose later part fails, so that the client can tell', {}, async (server) => {
	const wire = await server.wire();
	wire.ask('GET', '/stream?pages=3&size=10&fail_at=2');
	const text = await wire.closed;
	assert.match(text, /200 OK/);
	assert.ok(text.includes('bbbbbbbbbb'));
	assert.ok(!text.includes('\r\n0\r\n'), 'no end of chunks');
	await server.logged('the disk went away');
});
using('stores each part of a stream that writes before it goes on', { data: true }, async (server) => {
	assert.equal((await server.ask('GET', '/stream?pages=5&size=3&writes=1')).body, 'aaabbbcccdddeee');
});
using('answers with a problem when the first part of a stream is not stored', { data: true }, async (server) => {
	assert.equal((await server.ask('GET', '/stream?pages=3&size=3&writes=1&refuse_at=0')).status, 409);
});
using('cuts a stream off whose later part is not stored', { data: true }, async (server) => {
	const wire = await server.wire();
	wire.ask('GET', '/stream?pages=4&size=10&writes=1&refuse_at=2');
	const text = await wire.closed;
	assert.match(text, /200 OK/);
	assert.ok(text.includes('bbbbbbbbbb'));
	assert.ok(!text.includes('dddddddddd'));
	assert.ok(!text.includes('\r\n0\r\n'), 'no end of chunks');
});
using('makes nothing for a client that does not read, and holds no worker', { workers: 1, stall_ms: 60000 }, async (server) => {
	const wires = [];
	for (let i = 0; i < 3; i++) {
		const wire = await server.wire();
		wire.socket.pause();
		wire.ask('GET', '/stream?pages=400&size=100000');
		wires.push(wire);
	}
	while ((await made(server)) < 3);
	const pages = await madeInTheEnd(server);
	assert.ok(pages >= 3 && pages < 600, `${pages} of 1,200 parts were made for nobody`);
	assert.equal((await server.ask('GET', '/plain')).status, 200, 'the only worker is free');
	for (const wire of wires) wire.socket.resume();
	for (const wire of wires) assert.equal((await wire.reply()).body.length, 40000000);
	for (const wire of wires) wire.end();
});
using('drops a client that reads nothing any more', { stall_ms: 300 }, async (server) => {
	const wire = await server.wire();
	wire.socket.pause();
	wire.ask('GET', '/stream?pages=400&size=100000');
	let connections = 2;
	while (connections !== 1)
		connections = Number(/^heed_connections (\d+)$/m.exec((await server.ask('GET', '/metrics')).body)[1]);
	wire.end();
});
using('forgets a client that went away', { workers: 1 }, async (server) => {
	const wire = await server.wire();
	wire.ask('GET', '/stream?pages=400&size=100000');
	await wire.bytes(100000);
	wire.end();
	assert.ok((await madeInTheEnd(server)) < 300);
	assert.equal((await server.ask('GET', '/plain')).status, 200);
});
