// SPDX-License-Identifier: AGPL-3.0-or-later
// Starts tests/net/serve_fixture and talks to it in bytes, so that no client library tidies them.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

const fixtures = process.env.HEED_FIXTURES ?? 'build/gcc-release/tests';

export class Server {
	static async start(options = {}) {
		const server = new Server();
		if (options.data === true) {
			server.dir = mkdtempSync(path.join(os.tmpdir(), 'heed-net-'));
			options = { ...options, data: server.dir };
		}
		const args = Object.entries(options).map(([name, value]) => `${name}=${value}`);
		server.child = spawn(path.join(fixtures, 'net/serve_fixture'), args, { stdio: ['ignore', 'pipe', 'pipe'] });
		server.errors = '';
		server.child.stderr.on('data', (text) => (server.errors += text));
		server.exited = new Promise((resolve) =>
			server.child.on('close', (code, signal) => resolve(signal ?? code)));
		server.port = await new Promise((resolve, reject) => {
			let out = '';
			server.child.stdout.on('data', (text) => {
				out += text;
				const found = /^PORT (\d+)\n/.exec(out);
				if (found) resolve(Number(found[1]));
			});
			server.child.on('error', reject);
			server.child.on('close', () => reject(new Error(`serve_fixture ended: ${server.errors}`)));
		});
		return server;
	}
	/* Until the text stands in its log; a log without it ends with the test's time. */
	async logged(text) {
		while (!this.errors.includes(text))
			await new Promise((resolve) => this.child.stderr.once('data', resolve));
	}
	/* Asks it to end; gives its exit code. */
	async stop() {
		this.child.kill('SIGTERM');
		const code = await this.exited;
		if (this.dir) rmSync(this.dir, { recursive: true, force: true });
		return code;
	}
	async wire(host = '127.0.0.1') {
		const wire = new Wire(this.port, host);
		await wire.connected;
		return wire;
	}
	/* One request on a connection of its own. */
	async ask(method, target, headers = {}, body = '') {
		const wire = await this.wire();
		wire.ask(method, target, headers, body);
		const reply = await wire.reply(method);
		wire.end();
		return reply;
	}
	/* Bytes in; all that comes back until the server closes. */
	async say(bytes) {
		const wire = await this.wire();
		wire.send(bytes);
		return await wire.closed;
	}
}

export class Wire {
	constructor(port, host) {
		this.port = port;
		this.got = Buffer.alloc(0);
		this.fresh = []; /* what came since `got` was put together */
		this.freshBytes = 0;
		this.waiting = [];
		this.isClosed = false;
		this.socket = net.connect({ port, host, noDelay: true });
		this.connected = new Promise((resolve, reject) => {
			this.socket.once('connect', resolve);
			this.socket.once('error', reject);
		});
		this.socket.on('data', (bytes) => {
			this.fresh.push(bytes);
			this.freshBytes += bytes.length;
			this.wake();
		});
		this.socket.on('error', (error) => (this.error = error));
		this.closed = new Promise((resolve) =>
			this.socket.on('close', () => {
				this.isClosed = true;
				this.gather();
				this.wake();
				resolve(this.got.toString('latin1'));
			}));
	}
	gather() {
		this.got = Buffer.concat([this.got, ...this.fresh]);
		this.fresh = [];
		this.freshBytes = 0;
	}
	wake() {
		for (const resolve of this.waiting.splice(0)) resolve();
	}
	send(bytes) {
		this.socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
	}
	ask(method, target, headers = {}, body = '') {
		const fields = { Host: `127.0.0.1:${this.port}`, ...headers };
		if (body.length && !('Content-Length' in fields) && !('Transfer-Encoding' in fields))
			fields['Content-Length'] = Buffer.byteLength(body);
		const lines = Object.entries(fields).filter(([, value]) => value !== undefined)
			.flatMap(([name, value]) => [].concat(value).map((one) => `${name}: ${one}\r\n`));
		this.socket.write(`${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n`);
		if (body.length) this.socket.write(body);
	}
	async more() {
		if (this.isClosed) throw new Error(`connection closed after ${JSON.stringify(this.got.toString('latin1'))}`);
		await new Promise((resolve) => this.waiting.push(resolve));
	}
	async until(test) {
		while (!test()) await this.more();
	}
	async bytes(count) {
		await this.until(() => this.got.length + this.freshBytes >= count);
		if (this.got.length < count) this.gather();
		const part = this.got.subarray(0, count);
		this.got = this.got.subarray(count);
		return part;
	}
	async line() {
		await this.until(() => this.got.includes('\r\n') || (this.gather(), this.got.includes('\r\n')));
		return (await this.bytes(this.got.indexOf('\r\n') + 2)).toString('latin1').slice(0, -2);
	}
	/* One reply, by its own framing. */
	async reply(method = 'GET') {
		const status = Number((await this.line()).split(' ')[1]);
		const headers = {};
		for (let line; (line = await this.line()) !== ''; ) {
			const colon = line.indexOf(':');
			const name = line.slice(0, colon).toLowerCase();
			if (name in headers) headers[name] = [].concat(headers[name], line.slice(colon + 1).trim());
			else headers[name] = line.slice(colon + 1).trim();
		}
		let body = Buffer.alloc(0);
		if (method !== 'HEAD' && status !== 100 && status !== 204 && status !== 304) {
			if (headers['transfer-encoding'] === 'chunked') body = await this.chunks();
			else body = await this.bytes(Number(headers['content-length'] ?? 0));
		}
		return { status, headers, body: body.toString('utf8') };
	}
	async chunks() {
		const parts = [];
		for (;;) {
			const size = parseInt(await this.line(), 16);
			if (size > 0) parts.push(await this.bytes(size));
			await this.line();
			if (size === 0) return Buffer.concat(parts);
		}
	}
	end() {
		this.socket.destroy();
	}
}

export const statusOf = (text) => Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 0);
/* How many replies are in what came back: more than one answer to one request is a smuggled second. */
export const repliesIn = (text) => text.split('HTTP/1.1 ').length - 1;
