// The real program on a data folder of its own. It can be killed in the middle and started again where it was.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

import { Api } from './api.mjs';

const program = resolve(process.env.PLENARY_PROGRAM ?? 'build/release/plenary');
const configuration = resolve('config/plenary.toml');

/** What a test does in a second, an office does in a minute: the limits on it are another suite's matter. */
const unlimited = ['limits.operations_per_second=0', 'limits.messages_per_second=0', 'limits.joins_per_minute=0'];

/** Who redeemed the setup link and hosts every webinar of the tests. */
export const hostName = 'Salma Desrochers';

export class Server {
  #child;
  #folder = mkdtempSync(join(tmpdir(), 'plenary-browser-'));
  #settings;
  #dies = () => this.#child?.kill('SIGKILL');

  static async start(...settings) {
    const server = new Server([...unlimited, ...settings]);
    process.on('exit', server.#dies);
    const setup = await server.#run('127.0.0.1:0');
    const { token } = await new Api(server.address).op('session.redeem', { token: setup, name: hostName });
    server.host = new Api(server.address, token);
    return server;
  }

  /** With invented people of every role, whom `signInAs` lets in. */
  static async demo() {
    const server = new Server(unlimited);
    server.isDemo = true;
    process.on('exit', server.#dies);
    await server.#run('127.0.0.1:0');
    return server;
  }

  constructor(settings) {
    this.#settings = settings;
  }

  /** The other door for somebody of the demo. */
  async api(role) {
    const answer = await fetch(`${this.address}/demo/${role}`, { redirect: 'manual' });
    const [, token] = /^plenary=([^;]+)/.exec(answer.headers.get('set-cookie') ?? '') ?? [];
    if (token === undefined) throw new Error(`the demo lets no ${role} in`);
    return new Api(this.address, token);
  }

  /** `role`: host, member, moderator or admin. */
  async signInAs(page, role) {
    await page.goto(`${this.address}/demo/${role}`);
  }

  /** Signs a person's browser in as the host, as the setup link would. */
  async signIn(context) {
    await context.addCookies([{ name: 'plenary', value: this.host.token, url: this.address }]);
  }

  /** Somebody without an account who joined, for what a second pair of hands does in a test. */
  async guest(webinar, name) {
    const { token } = await new Api(this.address).op('session.guest', { webinar, name });
    return new Api(this.address, token);
  }

  /** A live webinar everybody may read; `host` made it. */
  async webinar(settings = {}, host = this.host) {
    const title = { en: 'Welcoming newcomers', fr: 'Accueillir les nouveaux arrivants' };
    const { webinar } = await host.op('webinar.create', { title, visibility: 'public', ...settings });
    await host.op('webinar.open', { webinar });
    return webinar;
  }

  /** As a power cut: no farewell to anybody. */
  async kill() {
    const gone = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await gone;
  }

  async startAgain() {
    await this.#run(new URL(this.address).host);
  }

  async stop() {
    process.off('exit', this.#dies);
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const gone = once(this.#child, 'exit');
      this.#child.kill('SIGTERM');
      await gone;
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #run(listen) {
    const set = this.#settings.flatMap((setting) => ['--set', setting]);
    const start = ['serve', '--data', this.#folder, '--listen', listen, '--config', configuration, ...set, ...(this.isDemo ? ['--demo'] : [])];
    this.#child = spawn(program, start, { stdio: ['ignore', 'pipe', 'pipe'] });
    const said = [];
    const [address, setup] = await new Promise((settle, refuse) => {
      const read = (line) => {
        said.push(line);
        const all = said.join('\n');
        const [, listens] = /listens at (http:\S+)/.exec(all) ?? [];
        const [, token] = /\/enter#(\S+)/.exec(all) ?? [];
        if (listens !== undefined && (this.isDemo || token !== undefined || this.host !== undefined)) settle([listens, token]);
      };
      createInterface({ input: this.#child.stdout }).on('line', read);
      createInterface({ input: this.#child.stderr }).on('line', read);
      this.#child.once('error', refuse);
      this.#child.once('exit', (code) => refuse(new Error(`the server ended with ${code}:\n${said.join('\n')}`)));
    });
    this.address = address;
    return setup;
  }
}
