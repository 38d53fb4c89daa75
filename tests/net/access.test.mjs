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
const publicly = { public_url: 'https://nps.example.com' };
const cookie = { Cookie: 'heed=good' };
const ours = { ...cookie, 'X-Heed': '1', Origin: 'https://nps.example.com' };

using('says 401 to nobody, 401 to a wrong key and 403 to a right one that may not', {}, async (server) => {
	const nobody = await server.ask('GET', '/who');
	assert.equal(nobody.status, 401);
	assert.match(nobody.headers['www-authenticate'], /^Bearer/);
	assert.equal((await server.ask('GET', '/who', { Authorization: 'Bearer bad' })).status, 401);
	assert.equal((await server.ask('GET', '/who', { Authorization: 'Bearer read' })).status, 200);
	assert.equal((await server.ask('POST', '/who', { Authorization: 'Bearer read' }, 'x')).status, 403);
	assert.equal((await server.ask('POST', '/who', { Authorization: 'Bearer good' }, 'x')).body, '{"who":"key"}');
	assert.equal((await server.ask('GET', '/who', cookie)).body, '{"who":"user"}');
});
using('takes a change by cookie only from its own pages and with its own header', publicly, async (server) => {
	const change = async (headers) => (await server.ask('POST', '/who', headers, 'x')).status;
	assert.equal(await change(ours), 200);
	assert.equal(await change({ ...cookie, 'X-Heed': '1', 'Sec-Fetch-Site': 'same-origin' }), 200);
	assert.equal(await change(cookie), 403);
	assert.equal(await change({ ...cookie, 'X-Heed': '1' }), 403);
	assert.equal(await change({ ...ours, 'X-Heed': undefined }), 403);
	assert.equal(await change({ ...ours, Origin: 'https://evil.example' }), 403);
	assert.equal(await change({ ...ours, Origin: 'null' }), 403);
	assert.equal(await change({ ...ours, Origin: 'http://nps.example.com' }), 403);
	assert.equal(await change({ ...ours, 'Sec-Fetch-Site': 'cross-site' }), 403);
	assert.equal(await change({ ...ours, 'Sec-Fetch-Site': 'same-site' }), 403);
	assert.equal(await change({ Authorization: 'Bearer good' }), 200);
});
using('takes a change by cookie on this machine from the very port it serves', {}, async (server) => {
	const change = async (host, origin) => (await server.ask('POST', '/who',
		{ ...cookie, 'X-Heed': '1', Host: host, Origin: origin }, 'x')).status;
	assert.equal(await change(`localhost:${server.port}`, `http://localhost:${server.port}`), 200);
	assert.equal(await change(`localhost:${server.port}`, 'http://localhost:3000'), 403);
	assert.equal(await change(`localhost:${server.port}`, 'http://localhost'), 403);
});
using('is only the hosts it was told to be', { ...publicly, listen: '0.0.0.0:0' }, async (server) => {
	const host = async (name) => (await server.ask('GET', '/plain', { Host: name })).status;
	assert.equal(await host('nps.example.com'), 200);
	assert.equal(await host('NPS.example.com:443'), 200);
	assert.equal(await host('nps.example.com:80'), 421);
	assert.equal(await host('example.com'), 421);
	assert.equal(await host('localhost'), 421);
	assert.equal(await host('nps.example.com.evil.example'), 421);
	assert.equal(await host(''), 421);
});
using('is the names of this machine when it serves only this machine', {}, async (server) => {
	const host = async (name) => (await server.ask('GET', '/plain', { Host: name })).status;
	for (const name of ['localhost', 'localhost:1', 'heed.localhost', '127.0.0.1', '127.1.2.3:99', '[::1]', '[::1]:8080'])
		assert.equal(await host(name), 200, name);
	for (const name of ['evil.example', 'localhost.evil.example', '192.168.1.1', '127.0.0.1.evil.example', '[::2]'])
		assert.equal(await host(name), 421, name);
});
using('believes nobody about the address of a client, unless told to', {}, async (server) => {
	const reply = await server.ask('GET', '/echo/a', { 'X-Forwarded-For': '1.2.3.4' });
	assert.ok(reply.body.includes('|127.0.0.1"'));
	assert.equal((await server.ask('GET', '/plain', { Host: 'evil.example', 'X-Forwarded-Host': 'localhost' })).status, 421);
});
using('believes its proxies about the address and the host', { ...publicly, proxies: '127.0.0.1, 10.0.0.0/8', listen: '0.0.0.0:0' }, async (server) => {
	const address = async (list) => JSON.parse((await server.ask('GET', '/echo/a',
		{ Host: 'nps.example.com', 'X-Forwarded-For': list })).body).echo.split('|').at(-1);
	assert.equal(await address('1.2.3.4'), '1.2.3.4');
	assert.equal(await address('6.6.6.6, 1.2.3.4'), '1.2.3.4');
	assert.equal(await address('6.6.6.6, 1.2.3.4, 10.1.2.3'), '1.2.3.4');
	assert.equal(await address(['6.6.6.6', '1.2.3.4']), '1.2.3.4');
	assert.equal(await address('6.6.6.6, [2001:db8::1]:443'), '2001:db8::1');
	assert.equal(await address('6.6.6.6, nonsense'), '127.0.0.1');
	const host = await server.ask('GET', '/plain', { Host: 'backend', 'X-Forwarded-Host': 'nps.example.com' });
	assert.equal(host.status, 200);
});
using('limits an address to the rate of the route, and says when to go on', { proxies: '127.0.0.1' }, async (server) => {
	const ask = (address) => server.ask('GET', '/limited', { 'X-Forwarded-For': address });
	for (let i = 0; i < 3; i++) assert.equal((await ask('1.2.3.4')).status, 200);
	const refused = await ask('1.2.3.4');
	assert.equal(refused.status, 429);
	const seconds = Number(refused.headers['retry-after']);
	assert.ok(seconds > 0 && seconds <= 20, `${seconds}`);
	assert.equal((await ask('1.2.3.5')).status, 200, 'another address has its own');
	for (let i = 0; i < 3; i++) await ask(`2001:db8:0:1::${i}`);
	assert.equal((await ask('2001:db8:0:1::99')).status, 429, 'one /64 is one subscriber');
	assert.equal((await ask('2001:db8:0:2::1')).status, 200);
	assert.equal((await server.ask('GET', '/plain', { 'X-Forwarded-For': '1.2.3.4' })).status, 200, 'another route');
});
using('stops who guesses keys before the guess is looked at', { proxies: '127.0.0.1' }, async (server) => {
	const guess = async (key) => (await server.ask('GET', '/who',
		{ 'X-Forwarded-For': '1.2.3.4', Authorization: `Bearer ${key}` })).status;
	/* Guesses come back with time, one in two seconds: a slow machine has more than thirty, and asks again. */
	let right = 200;
	for (let n = 0; right !== 429 && n < 1000; ) {
		while ((await guess(n++)) === 401 && n < 1000);
		assert.ok(n > 30, `${n} guesses`);
		right = await guess('good');
	}
	assert.equal(right, 429);
});
using('lets a session in from where somebody guesses keys', { proxies: '127.0.0.1' }, async (server) => {
	const ask = async (headers) => (await server.ask('GET', '/who', { 'X-Forwarded-For': '1.2.3.4', ...headers })).status;
	for (let n = 0; n < 1000 && (await ask({ Authorization: `Bearer ${n}` })) !== 429; n++);
	assert.equal(await ask({ Authorization: 'Bearer good' }), 429);
	assert.equal(await ask(cookie), 200);
	for (let n = 0; n < 40; n++) assert.equal(await ask({ Cookie: `heed=old${n}` }), 401);
	assert.equal(await ask(cookie), 200);
});
