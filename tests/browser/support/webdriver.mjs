// The same few commands in two engines that Playwright does not drive as Debian ships them. Both speak W3C WebDriver:
// WebKitGTK over HTTP through WebKitWebDriver, Firefox over Marionette, a socket whose packets are `length:[…]`
// (Firefox Source Docs, Marionette protocol).

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { words } from './words.mjs';

const elementKey = 'element-6066-11e4-a52e-4f735466cecf';
const miniBrowser = '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser';

/**
 * A script that ends with what `look`, the body of a function of `args`, returns once that is true; it looks again at every
 * change. Its text is part of the script: the page itself lets no text become a program.
 */
const untilTrue = (look, names) => `
  const [args, done] = arguments;
  const look = ({ ${names} }) => { ${look} };
  const found = () => { const value = look(args); if (value) { watcher.disconnect(); done(value); } };
  const watcher = new MutationObserver(found);
  watcher.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
  found();`;

class Driver {
  /** `says` is what the page says in the language it chose for this browser. */
  async open(address) {
    await this.command('navigate', { url: address });
    this.says = words[await this.until('return document.documentElement.lang')];
  }

  async until(look, args = {}) {
    try {
      return await this.command('executeAsync', { script: untilTrue(look, Object.keys(args)), args: [args] });
    } catch (cause) {
      throw new Error(`never so: ${look} with ${JSON.stringify(args)}; the page shows:\n${await this.shown()}`, { cause });
    }
  }

  shown() {
    const script = 'const [done] = arguments; done(document.body.innerText)';
    return this.command('executeAsync', { script, args: [] });
  }

  async type(selector, text) {
    const element = await this.find(selector);
    await this.command('type', { element, text });
  }

  async press(selector) {
    await this.command('click', { element: await this.find(selector) });
  }

  /** As with F5: through the service worker. */
  async reload() {
    await this.command('reload', {});
  }

  /** Resolves when the page can be opened again without a network. */
  async keptForOffline() {
    const script = 'const [done] = arguments; navigator.serviceWorker.ready.then(() => done())';
    await this.command('executeAsync', { script, args: [] });
  }

  /** The first one that is seen: what is only for phones stands in the page of a laptop too. */
  async find(selector) {
    const seen = 'return [...document.querySelectorAll(selector)].find((one) => one.getClientRects().length > 0)';
    const found = await this.until(seen, { selector });
    return found[elementKey];
  }
}

const marionetteNames = {
  navigate: 'WebDriver:Navigate',
  executeAsync: 'WebDriver:ExecuteAsyncScript',
  type: 'WebDriver:ElementSendKeys',
  click: 'WebDriver:ElementClick',
};

/** Runs in the browser itself. */
const reloadAsByKey = `
  const [done] = arguments;
  const { STATE_STOP, STATE_IS_NETWORK } = Ci.nsIWebProgressListener;
  const watcher = {
    onStateChange(progress, request, flags) {
      if (!progress.isTopLevel || !(flags & STATE_STOP) || !(flags & STATE_IS_NETWORK)) return;
      gBrowser.removeProgressListener(watcher);
      done();
    },
  };
  gBrowser.addProgressListener(watcher);
  gBrowser.selectedBrowser.reload();`;

export class Firefox extends Driver {
  #socket;
  #read = Buffer.alloc(0);
  #waiting = new Map();
  #next = 1;

  static async open(language) {
    const firefox = new Firefox();
    firefox.folder = mkdtempSync(join(tmpdir(), 'plenary-firefox-'));
    const preferences = {
      'marionette.port': 0,
      'intl.accept_languages': `${language}-CA,${language}`,
      'browser.shell.checkDefaultBrowser': false,
      'datareporting.policy.dataSubmissionEnabled': false,
      'app.update.disabledForTesting': true,
      'network.captive-portal-service.enabled': false,
      'network.connectivity-service.enabled': false,
    };
    const lines = Object.entries(preferences).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`);
    writeFileSync(join(firefox.folder, 'user.js'), lines.join('\n'));
    const port = await firefox.#start();
    firefox.#socket = connect(port, '127.0.0.1');
    firefox.#socket.on('data', (data) => firefox.#receive(data));
    await once(firefox.#socket, 'connect');
    await firefox.#send('WebDriver:NewSession', { capabilities: { alwaysMatch: { timeouts: { script: 60_000 } } } });
    return firefox;
  }

  command(name, { element, ...parameters }) {
    return this.#send(marionetteNames[name], { ...parameters, ...(element === undefined ? {} : { id: element }) });
  }

  /** WebDriver's own Refresh is the forced one here (Shift+F5), which goes around the service worker. */
  async reload() {
    await this.#send('Marionette:SetContext', { value: 'chrome' });
    await this.#send('WebDriver:ExecuteAsyncScript', { script: reloadAsByKey, args: [] });
    await this.#send('Marionette:SetContext', { value: 'content' });
  }

  async close() {
    const gone = once(this.process, 'exit');
    this.process.kill('SIGKILL');
    this.#socket?.destroy();
    await gone;
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  /** The port it chose: written into the profile once it listens. */
  async #start() {
    const told = new Promise((resolve) => {
      const watcher = watch(this.folder, (_, file) => {
        if (file !== 'MarionetteActivePort') return;
        const port = Number(readFileSync(join(this.folder, file), 'utf8'));
        if (port === 0) return;
        watcher.close();
        resolve(port);
      });
    });
    const settings = ['--headless', '--marionette', '--remote-allow-system-access', '--no-remote', '--profile', this.folder];
    this.process = spawn('/usr/bin/firefox-esr', settings, { stdio: 'ignore' });
    return told;
  }

  #send(name, parameters) {
    const id = this.#next;
    this.#next += 1;
    const packet = JSON.stringify([0, id, name, parameters]);
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#socket.write(`${Buffer.byteLength(packet)}:${packet}`);
    });
  }

  #receive(data) {
    this.#read = Buffer.concat([this.#read, data]);
    for (;;) {
      const colon = this.#read.indexOf(':');
      const length = Number(this.#read.subarray(0, Math.max(colon, 0)).toString());
      if (colon < 0 || this.#read.length < colon + 1 + length) return;
      const packet = JSON.parse(this.#read.subarray(colon + 1, colon + 1 + length).toString());
      this.#read = this.#read.subarray(colon + 1 + length);
      if (Array.isArray(packet)) this.#answer(packet);
    }
  }

  #answer([, id, error, value]) {
    const { resolve, reject } = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error) reject(new Error(`${error.error}: ${error.message}`));
    else resolve(value !== null && typeof value === 'object' && 'value' in value ? value.value : value);
  }
}

const httpPaths = {
  navigate: () => '/url',
  reload: () => '/refresh',
  executeAsync: () => '/execute/async',
  type: (element) => `/element/${element}/value`,
  click: (element) => `/element/${element}/click`,
};

async function freePort() {
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address();
  listener.close();
  await once(listener, 'close');
  return port;
}

export class WebKit extends Driver {
  static async open(language) {
    const webkit = new WebKit();
    const port = await freePort();
    const folder = mkdtempSync(join(tmpdir(), 'plenary-webkit-'));
    const command = ['-a', '/usr/bin/WebKitWebDriver', '--host=127.0.0.1', `--port=${port}`];
    const surroundings = {
      ...process.env,
      HOME: folder,
      LANGUAGE: language,
      LANG: `${language}_CA.UTF-8`,
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
    };
    webkit.folder = folder;
    webkit.process = spawn('xvfb-run', command, { stdio: 'ignore', env: surroundings, detached: true });
    webkit.base = `http://127.0.0.1:${port}`;
    await webkit.#listens(port);
    const options = { binary: miniBrowser, args: ['--automation'] };
    const capabilities = { alwaysMatch: { browserName: 'MiniBrowser', 'webkitgtk:browserOptions': options, timeouts: { script: 60_000 } } };
    const { sessionId } = await webkit.#send('POST', '/session', { capabilities });
    webkit.base = `${webkit.base}/session/${sessionId}`;
    return webkit;
  }

  command(name, { element, ...parameters }) {
    return this.#send('POST', httpPaths[name](element), parameters);
  }

  async close() {
    const gone = once(this.process, 'exit');
    await this.#send('DELETE', '', undefined).catch(() => undefined);
    process.kill(-this.process.pid, 'SIGTERM');
    await gone;
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  /** It says nothing when it listens: each refused connection is the event to try again at. */
  async #listens(port) {
    for (;;) {
      const socket = connect(port, '127.0.0.1');
      const heard = await Promise.race([once(socket, 'connect').then(() => true), once(socket, 'close').then(() => false)]).catch(() => false);
      socket.destroy();
      if (heard) return;
    }
  }

  async #send(method, path, body) {
    const answer = await fetch(this.base + path, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    const { value } = await answer.json();
    if (!answer.ok) throw new Error(`${value.error}: ${value.message}`);
    return value;
  }
}
