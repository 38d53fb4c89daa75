// SPDX-License-Identifier: AGPL-3.0-or-later
// Bodies that go to a file while they arrive. Deadlines are short; nothing here asserts how long something took.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Server } from './kit.mjs';

const KEY = { Authorization: 'Bearer good' };
const MB = 1 << 20;

const using = (name, options, body) => test(name, async () => {
	const dir = mkdtempSync(path.join(os.tmpdir(), 'heed-spool-'));
	const spool = path.join(dir, 'uploads');
	const server = await Server.start({ spool, ...options });
	try {
		await body(server, spool);
	} finally {
		assert.equal(await server.stop(), 0);
		rmSync(dir, { recursive: true, force: true });
	}
});
const files = (spool) => {
	try {
		return readdirSync(spool);
	} catch {
		return [];
	}
};
const gone = async (spool) => {
	while (files(spool).length) await new Promise((wake) => setTimeout(wake, 5));
};
const filled = (size) => Buffer.alloc(size, 'abcdefg');
const sum = (bytes) => bytes.reduce((all, one) => all + one, 0);

using('a body of many pieces arrives whole, and its file goes with the request', {}, async (server, spool) => {
	for (const size of [0, 1, 256 * 1024, 256 * 1024 + 1, 20 * MB]) {
		const body = filled(size);
		const reply = await server.ask('POST', '/spool', { ...KEY, 'Content-Length': String(size) }, body);
		assert.equal(reply.status, 200, reply.body);
		assert.equal(JSON.parse(reply.body).spooled, `${size} ${size} ${sum(body)}`);
	}
	await gone(spool);
});
using('a body in chunks arrives whole, after 100 Continue where it is asked for', {}, async (server) => {
	const wire = await server.wire();
	wire.ask('POST', '/spool', { ...KEY, 'Transfer-Encoding': 'chunked', Expect: '100-continue' });
	assert.equal((await wire.reply()).status, 100);
	/* Chunks of any size, small ones too: several are met in one read while a piece is written. */
	let size = 0;
	for (let i = 0; i < 3000; i++) {
		const part = 1 + ((i * 7919) % (i % 10 ? 900 : 40000));
		wire.send(`${part.toString(16)}\r\n${'x'.repeat(part)}\r\n`);
		size += part;
	}
	wire.send('0\r\n\r\n');
	assert.equal(JSON.parse((await wire.reply()).body).spooled, `${size} ${size} ${size * 120}`);
	wire.ask('GET', '/plain');
	assert.equal((await wire.reply()).status, 200, 'the connection goes on');
	wire.end();
});
using('the file is private while it grows', {}, async (server, spool) => {
	const wire = await server.wire();
	wire.ask('POST', '/spool', { ...KEY, 'Content-Length': String(2 * MB) }, filled(MB));
	while (!files(spool).some((name) => statSync(path.join(spool, name)).size > 0)) await new Promise(setImmediate);
	assert.equal(statSync(path.join(spool, files(spool)[0])).mode & 0o777, 0o600);
	assert.equal(statSync(spool).mode & 0o777, 0o700);
	wire.end();
	await gone(spool);
});
using('who may not is told before the body comes, and no file is made', {}, async (server, spool) => {
	for (const [headers, status] of [[{}, 401], [{ Authorization: 'Bearer read' }, 403], [{ Authorization: 'Bearer wrong' }, 401]]) {
		const wire = await server.wire();
		wire.ask('POST', '/spool', { ...headers, 'Content-Length': '100000000' });
		const reply = await wire.reply();
		assert.equal(reply.status, status);
		assert.equal(reply.headers.connection, 'close');
		await wire.closed;
	}
	assert.deepEqual(files(spool), []);
});
using('413 comes before the body when its length says so, in words', { spool_max: MB }, async (server) => {
	const wire = await server.wire();
	wire.ask('POST', '/spool', { ...KEY, 'Content-Length': String(4 * 2 ** 30) });
	const reply = await wire.reply();
	assert.equal(reply.status, 413);
	assert.match(JSON.parse(reply.body).detail, /larger than the 1 MiB that this server takes/);
	await wire.closed;
});
using('413 ends a body in chunks that grows too large, in words', { spool_max: MB }, async (server, spool) => {
	const wire = await server.wire();
	wire.ask('POST', '/spool', { ...KEY, 'Transfer-Encoding': 'chunked' });
	for (let i = 0; i < 30; i++) wire.send(`${(50000).toString(16)}\r\n${'x'.repeat(50000)}\r\n`);
	const reply = await wire.reply();
	assert.equal(reply.status, 413);
	assert.match(JSON.parse(reply.body).detail, /larger than the 1 MiB/);
	await wire.closed;
	await gone(spool);
});
using('a body that stands still is ended with 408, one that goes on is not', { stall_ms: 3000 }, async (server, spool) => {
	const wire = await server.wire();
	wire.ask('POST', '/spool', { ...KEY, 'Content-Length': '1000000' }, 'x'.repeat(1000));
	for (let i = 0; i < 8; i++) {
		await new Promise((wake) => setTimeout(wake, 500));
		wire.send('x');
	}
	assert.equal(wire.isClosed, false);
	assert.match(await wire.closed, /^HTTP\/1.1 408 /);
	await gone(spool);
});
using('a sender that goes away leaves nothing', {}, async (server, spool) => {
	const wire = await server.wire();
	wire.ask('POST', '/spool', { ...KEY, 'Content-Length': String(50 * MB) }, filled(3 * MB));
	while (!files(spool).length) await new Promise(setImmediate);
	wire.end();
	await gone(spool);
});
using('sixteen send at a time, the seventeenth is asked to wait', {}, async (server, spool) => {
	const wires = [];
	for (let i = 0; i < 16; i++) {
		const wire = await server.wire();
		wire.ask('POST', '/spool', { ...KEY, 'Content-Length': '300000' }, 'x'.repeat(1000));
		wires.push(wire);
	}
	while (files(spool).length < 16) await new Promise(setImmediate);
	const late = await server.ask('POST', '/spool', KEY, 'x');
	assert.equal(late.status, 503);
	assert.match(JSON.parse(late.body).detail, /Other files are being uploaded/);
	for (const wire of wires) wire.send('x'.repeat(299000));
	for (const wire of wires) assert.equal((await wire.reply()).status, 200);
	assert.equal((await server.ask('POST', '/spool', KEY, 'x')).status, 200);
	for (const wire of wires) wire.end();
});
/* Of the free space all but so much is the reserve. In memory where there is such a place, as fewer others write there. */
const withRoom = (name, room, body) => test(name, async () => {
	const dir = mkdtempSync(path.join(existsSync('/dev/shm') ? '/dev/shm' : os.tmpdir(), 'heed-spool-'));
	const { bavail, bsize } = statfsSync(dir);
	const server = await Server.start({ spool: path.join(dir, 'uploads'), spool_reserve: bavail * bsize - room });
	try {
		await body(server, path.join(dir, 'uploads'));
	} finally {
		assert.equal(await server.stop(), 0);
		rmSync(dir, { recursive: true, force: true });
	}
});
withRoom('what the database needs of the disk stays free of a body in chunks', 32 * MB, async (server, spool) => {
	const wire = await server.wire();
	wire.ask('POST', '/spool', { ...KEY, 'Transfer-Encoding': 'chunked' });
	const chunk = 'x'.repeat(MB);
	const size = () => files(spool).reduce((all, name) => all + (statSync(path.join(spool, name), { throwIfNoEntry: false })?.size ?? 0), 0);
	/* One after the other, so that little of the body is on its way when the server says no. It says so when more comes, so
	   the last piece, which it may have refused, is not waited for: it is larger than 256 KiB by what one reading brings. */
	for (let i = 1; i < 100 && !wire.freshBytes; i++) {
		wire.send(`${MB.toString(16)}\r\n${chunk}\r\n`);
		while (!wire.freshBytes && !wire.isClosed && size() < i * MB - 512 * 1024) await new Promise((wake) => setTimeout(wake, 1));
	}
	const reply = await wire.reply();
	assert.equal(reply.status, 507);
	assert.match(JSON.parse(reply.body).detail, /no room for this file/);
	await wire.closed;
	await gone(spool);
});
withRoom('the room that one was promised is no other\'s, until it goes away', 64 * MB, async (server, spool) => {
	const first = await server.wire();
	first.ask('POST', '/spool', { ...KEY, 'Content-Length': String(40 * MB) }, filled(MB));
	while (!files(spool).some((name) => statSync(path.join(spool, name)).size > 0)) await new Promise(setImmediate);
	const second = await server.wire();
	second.ask('POST', '/spool', { ...KEY, 'Content-Length': String(40 * MB) });
	assert.equal((await second.reply()).status, 507);
	first.end();
	await gone(spool);
	const third = await server.ask('POST', '/spool', { ...KEY, 'Content-Length': String(40 * MB) }, filled(40 * MB));
	assert.equal(third.status, 200, third.body);
	const fourth = await server.ask('POST', '/spool', { ...KEY, 'Content-Length': String(40 * MB) }, filled(40 * MB));
	assert.equal(fourth.status, 200, 'what is written is promised no more');
	await gone(spool);
});
using('it stops while a body arrives, and leaves nothing', {}, async (server, spool) => {
	const wire = await server.wire();
	wire.ask('POST', '/spool', { ...KEY, 'Content-Length': String(50 * MB) }, filled(3 * MB));
	while (!files(spool).length) await new Promise(setImmediate);
	server.child.kill('SIGTERM');
	await server.exited;
	assert.deepEqual(files(spool), []);
	await wire.closed;
});
test('what a killed server was taking is removed at the next start, and nothing else', async () => {
	const spool = mkdtempSync(path.join(os.tmpdir(), 'heed-spool-'));
	const first = await Server.start({ spool });
	const wire = await first.wire();
	wire.ask('POST', '/spool', { ...KEY, 'Content-Length': String(50 * MB) }, filled(MB));
	while (!files(spool).length) await new Promise(setImmediate);
	first.child.kill('SIGKILL');
	await first.exited;
	await wire.closed;
	assert.equal(files(spool).length, 1);
	writeFileSync(path.join(spool, 'kept'), 'x');
	const second = await Server.start({ spool });
	assert.deepEqual(files(spool), ['kept']);
	assert.equal(await second.stop(), 0);
	rmSync(spool, { recursive: true, force: true });
});
