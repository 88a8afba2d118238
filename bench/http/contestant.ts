import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';

export interface Answer {
  readonly status: number;
  readonly text: string;
}

/** A server in a process of its own, asked over connections that stay open. */
export class Contestant {
  readonly #child: ChildProcess;
  readonly #url: URL;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 64 });
  readonly headers: { [name: string]: string };

  private constructor(child: ChildProcess, url: string) {
    this.#child = child;
    this.#url = new URL(url);
    this.headers = { 'content-type': 'application/json', origin: url };
  }

  /** @param node arguments of Node; the first address that is printed is its own */
  static async start(node: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Contestant> {
    const stdio = ['ignore', 'pipe', 'inherit'] as const;
    const child = spawn(process.execPath, [...node], { env: { ...process.env, ...env }, stdio: [...stdio] });
    const url = await new Promise<string>((resolve, reject) => {
      let text = '';
      child.stdout?.on('data', (chunk: Buffer) => {
        text += String(chunk);
        const [found] = /http:\/\/[\w.]+:\d+/.exec(text) ?? [];
        if (found) resolve(found.replace('localhost', '127.0.0.1'));
      });
      child.once('exit', (code) => reject(new Error(`a contestant ended with ${code}`)));
    });
    return new Contestant(child, url);
  }

  ask(method: string, path: string, body?: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
      const asked = request(
        { ...this.#where(), method, path, agent: this.#agent, headers: { ...this.headers, ...length } },
        (answer) => {
          const [cookie] = answer.headers['set-cookie'] ?? [];
          if (cookie !== undefined) this.headers.cookie = cookie.split(';')[0] ?? '';
          const chunks: Buffer[] = [];
          answer.on('data', (chunk: Buffer) => chunks.push(chunk));
          answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
          answer.on('error', reject);
        },
      );
      asked.on('error', reject);
      asked.end(body);
    });
  }

  /** Milliseconds of CPU of all its threads so far. */
  cpu(): number {
    const folder = `/proc/${this.#child.pid}/task`;
    const used = readdirSync(folder).map((task) => readFileSync(`${folder}/${task}/schedstat`, 'utf8').split(' ')[0]);
    return used.reduce((sum, ns) => sum + Number(ns) / 1e6, 0);
  }

  async stop(): Promise<void> {
    this.#agent.destroy();
    const gone = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    await gone;
  }

  #where() {
    return { host: this.#url.hostname, port: this.#url.port };
  }
}
