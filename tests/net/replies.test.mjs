// SPDX-License-Identifier: AGPL-3.0-or-later
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { Server } from './kit.mjs';

let server;
before(async () => (server = await Server.start({ workers: 2 })));
after(async () => assert.equal(await server.stop(), 0));

test('routes by literal part before name, and rest of path', async () => {
	assert.equal(JSON.parse((await server.ask('GET', '/echo/b%C3%BC?q=a+b%26&q=2')).body).echo, 'GET|/echo/bü|bü|q=a b&|a=|127.0.0.1');
	assert.equal(JSON.parse((await server.ask('GET', '/echo/fixed')).body).echo, 'GET|/echo/fixed||q=|a=|127.0.0.1');
	assert.equal(JSON.parse((await server.ask('GET', '/files/a/b%20c/d')).body).echo, 'GET|/files/a/b c/d|a/b c/d|q=|a=|127.0.0.1');
	for (const path of ['/', '/echo', '/echo/', '/echo/a/', '/echo/a/b', '/plain/', '/Plain', '/filesx'])
		assert.notEqual((await server.ask('GET', path)).status, 200, path);
});
test('answers unknown places with a problem that names the request', async () => {
	const reply = await server.ask('GET', '/nowhere');
	const problem = JSON.parse(reply.body);
	assert.equal(reply.status, 404);
	assert.equal(reply.headers['content-type'], 'application/problem+json');
	assert.deepEqual([problem.type, problem.title, problem.status], ['urn:heed:problem:not-found', 'Not Found', 404]);
	assert.equal(problem.request_id, reply.headers['x-request-id']);
});
test('says which field is at fault', async () => {
	const reply = await server.ask('GET', '/broken?path=1');
	assert.equal(reply.status, 422);
	assert.deepEqual(JSON.parse(reply.body).errors, [{ path: '/person/email', message: 'must be a text' }]);
});
test('keeps its inside to itself and its log', async () => {
	const reply = await server.ask('GET', '/broken');
	assert.equal(reply.status, 500);
	assert.ok(!reply.body.includes('/var/lib'));
	await server.logged('the secret place is /var/lib');
	await server.logged(reply.headers['x-request-id']);
});
test('says which methods an address knows', async () => {
	const refused = await server.ask('POST', '/plain');
	assert.equal(refused.status, 405);
	assert.equal(refused.headers.allow, 'GET, HEAD, OPTIONS');
	const options = await server.ask('OPTIONS', '/echo/a');
	assert.equal(options.status, 204);
	assert.equal(options.headers.allow, 'GET, HEAD, DELETE, OPTIONS');
});
test('answers HEAD like GET without the body', async () => {
	const wire = await server.wire();
	wire.ask('HEAD', '/plain');
	const head = await wire.reply('HEAD');
	wire.ask('GET', '/plain');
	const get = await wire.reply();
	assert.deepEqual([head.status, head.headers['content-length'], head.body], [200, '14', '']);
	assert.equal(get.body, '{"plain":true}');
	wire.ask('HEAD', '/stream');
	assert.equal((await wire.reply('HEAD')).status, 200);
	wire.end();
});
test('sends its safety headers once on every reply', async () => {
	for (const path of ['/plain', '/nowhere', '/healthz', '/page?fail=1']) {
		const { headers } = await server.ask('GET', path);
		assert.equal(headers['x-content-type-options'], 'nosniff');
		assert.equal(headers['referrer-policy'], 'same-origin');
		assert.equal(headers['content-security-policy'], "default-src 'none'; frame-ancestors 'none'");
		assert.equal(headers['x-frame-options'], 'DENY');
		assert.equal(headers['cache-control'], 'no-store');
		assert.match(headers['x-request-id'], /^[0-9a-f]{8}-[0-9a-f]{8}$/);
	}
});
test("leaves a page its own policy, and a frame where it says so", async () => {
	assert.equal((await server.ask('GET', '/page')).headers['content-security-policy'], "default-src 'self'");
	const { headers } = await server.ask('GET', '/frame');
	assert.equal(headers['x-frame-options'], undefined);
	assert.equal(headers['content-security-policy'], "default-src 'self'");
});
test('lets a page tell its failure itself', async () => {
	const reply = await server.ask('GET', '/page?fail=1');
	assert.deepEqual([reply.status, reply.body], [422, '<p>failed: invalid']);
	assert.equal(reply.headers['content-type'], 'text/html; charset=utf-8');
});
test('redirects to paths of its own only', async () => {
	const to = async (path) => (await server.ask('GET', `/redirect?to=${path}`)).headers.location;
	assert.equal(await to('/a/b?c=d'), '/a/b?c=d');
	assert.equal(await to('//evil.example'), '/');
	assert.equal(await to('/%5Cevil.example'), '/');
	assert.equal(await to('https://evil.example'), '/');
	assert.equal(await to('/%0d%0aSet-Cookie:x'), '/%0D%0ASet-Cookie:x');
	assert.equal(await to('/%C3%BC'), '/%C3%BC');
});
test('finds cookies among others', async () => {
	const echo = async (cookie) => JSON.parse((await server.ask('GET', '/echo/a', { Cookie: cookie })).body).echo.split('|')[4];
	assert.equal(await echo('b=2; a=1; c=3'), 'a=1');
	assert.equal(await echo('aa=2;a=x=y'), 'a=x=y');
	assert.equal(await echo('b=a=1'), 'a=');
	assert.equal(await echo(['b=2', 'a=3']), 'a=3');
});
test('reads bodies by length and in chunks, and refuses none that fits', async () => {
	const large = 'x'.repeat(65536);
	assert.equal((await server.ask('POST', '/echo', {}, large)).body, large);
	assert.equal((await server.ask('POST', '/echo', { 'Content-Length': '0' })).body, '');
	const chunked = await server.ask('POST', '/echo', { 'Transfer-Encoding': 'chunked' }, '3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n');
	assert.equal(chunked.body, 'abcde');
});
test('asks for a body that waits to be asked for', async () => {
	const wire = await server.wire();
	wire.ask('POST', '/echo', { Expect: '100-continue', 'Content-Length': '5' });
	assert.equal((await wire.reply()).status, 100);
	wire.send('hello');
	assert.equal((await wire.reply()).body, 'hello');
	wire.end();
});
test('reads the small body of a GET or DELETE and goes on', async () => {
	const wire = await server.wire();
	wire.ask('GET', '/plain', {}, 'x'.repeat(1000));
	assert.equal((await wire.reply()).status, 200);
	wire.ask('DELETE', '/echo/1', {}, '{}');
	assert.equal((await wire.reply()).status, 200);
	wire.ask('GET', '/plain', {}, 'x'.repeat(20000));
	assert.equal((await wire.reply()).status, 413);
	wire.ask('GET', '/plain');
	assert.equal((await wire.reply()).status, 200);
	wire.end();
});
test('tells health in the open and its reasons only here', async () => {
	assert.equal((await server.ask('GET', '/healthz')).body, '{"status":"ok"}');
	assert.equal((await server.ask('GET', '/readyz')).body, '{"status":"ready"}');
	assert.equal((await server.ask('GET', '/healthz', { Host: 'any.example' })).status, 200);
	const metrics = await server.ask('GET', '/metrics');
	assert.equal(metrics.status, 200);
	assert.match(metrics.body, /^heed_requests_total\{operation="health",status="2xx"\} \d+$/m);
	assert.match(metrics.body, /^heed_request_seconds_bucket\{operation="health",le="\+Inf"\} \d+$/m);
	assert.equal((await server.ask('GET', '/metrics', { 'X-Forwarded-For': '1.2.3.4' })).status, 401);
	assert.equal((await server.ask('GET', '/metrics', { 'X-Forwarded-For': '1.2.3.4', Authorization: 'Bearer read' })).status, 403);
	assert.equal((await server.ask('GET', '/metrics', { 'X-Forwarded-For': '1.2.3.4', Authorization: 'Bearer good' })).status, 200);
});
test('sends files compressed to those who take it, again only when they changed', async () => {
	const ask = (headers, query = '') => server.ask('GET', `/asset${query}`, headers);
	const plain = await ask({});
	assert.deepEqual([plain.body, plain.headers.etag, plain.headers.vary], ['as it is', '"abc"', 'Accept-Encoding']);
	assert.equal(plain.headers['cache-control'], 'no-cache');
	assert.equal(plain.headers['content-encoding'], undefined);
	const gzip = await ask({ 'Accept-Encoding': 'br, GZIP ;q=0.5' });
	assert.deepEqual([gzip.body, gzip.headers.etag, gzip.headers['content-encoding']], ['smaller', '"abc-gzip"', 'gzip']);
	assert.equal((await ask({ 'Accept-Encoding': 'gzip;q=0, br' })).body, 'as it is');
	assert.equal((await ask({ 'If-None-Match': '"x", W/"abc"' })).status, 304);
	assert.equal((await ask({ 'If-None-Match': '"abc"', 'Accept-Encoding': 'gzip' })).status, 200);
	assert.equal((await ask({ 'If-None-Match': '"abd"' })).status, 200);
	assert.match((await ask({}, '?v=abc')).headers['cache-control'], /immutable/);
	assert.equal((await ask({}, '?v=abd')).headers['cache-control'], 'no-cache');
});
