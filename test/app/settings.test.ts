import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readCredentials, saveCredentials } from '../../src/app/credentials.ts';
import { readSettings } from '../../src/app/settings.ts';
import { appId, credentials, privateKey, webhookSecret } from './support/webhook.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'review-vitals-settings-test-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('settings', () => {
  it('need nothing: the embedded database, this machine only, and the page that sets it up', () => {
    expect(readSettings({}, '/srv')).toEqual({
      host: 'localhost',
      port: 3000,
      dataFolder: '/srv/.review-vitals',
      gitHub: { webUrl: 'https://github.com', apiUrl: 'https://api.github.com' },
      logLevel: 'info',
      concurrency: 4,
      cacheFolder: join(tmpdir(), `review-vitals-app-${process.getuid?.()}`),
      cacheMegabytes: 2048,
    });
  });

  it.each([
    ['as it is', privateKey],
    ['with written line breaks', privateKey.replaceAll('\n', '\\n')],
    ['in base64', Buffer.from(privateKey).toString('base64')],
  ])('take the key %s', (_case, PRIVATE_KEY) => {
    expect(readSettings({ ...credentials, PRIVATE_KEY }, folder).credentials).toEqual({
      appId,
      privateKey: privateKey.trim(),
      webhookSecret,
    });
  });

  it('take the key from a file', () => {
    const file = join(folder, 'key.pem');
    writeFileSync(file, privateKey);
    const settings = readSettings({ ...credentials, PRIVATE_KEY: '', PRIVATE_KEY_PATH: file }, folder);
    expect(settings.credentials?.privateKey).toBe(privateKey.trim());
  });

  it('take what the set-up page saved, and the environment before it', () => {
    saveCredentials(folder, { appId: 1, privateKey, webhookSecret: 'saved' });
    expect(readSettings({ REVIEW_VITALS_DATA: folder }, '/').credentials?.appId).toBe(1);
    expect(readSettings({ ...credentials, REVIEW_VITALS_DATA: folder }, '/').credentials?.appId).toBe(appId);
  });

  it('know a GitHub Enterprise Server', () => {
    expect(readSettings({ GHE_HOST: 'git.example.org:8443' }, folder).gitHub).toEqual({
      webUrl: 'https://git.example.org:8443',
      apiUrl: 'https://git.example.org:8443/api/v3',
    });
  });

  it.each([
    [{ PORT: '65536' }, 'PORT is "65536"; it takes a whole number from 0 to 65535.'],
    [{ PORT: '-1' }, 'PORT is "-1"; it takes a whole number from 0 to 65535.'],
    [
      { REVIEW_VITALS_CONCURRENCY: '0' },
      'REVIEW_VITALS_CONCURRENCY is "0"; it takes a whole number from 1 to 64.',
    ],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL is "loud"; it can be debug, info, warn, error.'],
    [
      { DATABASE_URL: 'mysql://localhost/vitals' },
      'DATABASE_URL does not start with postgres:// or postgresql://; other databases are not supported.',
    ],
    [
      { GHE_HOST: 'https://git.example.org/' },
      'GHE_HOST is "https://git.example.org/"; it takes the host name of a GitHub Enterprise Server alone.',
    ],
    [
      { ...credentials, WEBHOOK_SECRET: '' },
      'WEBHOOK_SECRET is missing: without it anybody could send events. It is set on the page of the App.',
    ],
    [{ ...credentials, APP_ID: 'mine' }, 'APP_ID is "mine"; it is the number on the page of the App.'],
    [
      { ...credentials, PRIVATE_KEY: '' },
      'PRIVATE_KEY and PRIVATE_KEY_PATH are missing; one of them has to hold the key of the App.',
    ],
    [
      { ...credentials, PRIVATE_KEY: '', PRIVATE_KEY_PATH: '/no/such/file' },
      'PRIVATE_KEY_PATH holds no private key (ENOENT); it takes the .pem file GitHub gave.',
    ],
  ])('that cannot be used are refused with a sentence: %j', (environment, sentence) => {
    expect(() => readSettings(environment, folder)).toThrow(sentence);
  });

  it('do not quote a key that is none', () => {
    expect(() => readSettings({ ...credentials, PRIVATE_KEY: 'half-a-secret' }, folder)).toThrow(
      /^PRIVATE_KEY holds no private key \((?!.*half-a-secret)/,
    );
  });
});

describe('saved credentials', () => {
  const saved = { appId: 1, privateKey, webhookSecret: 'saved' };

  it('can be read by this user alone', () => {
    saveCredentials(folder, saved);
    expect(statSync(join(folder, 'app.json')).mode & 0o777).toBe(0o600);
    expect(readCredentials(folder)).toEqual(saved);
  });

  it('are closed to others even when the file was open before', () => {
    writeFileSync(join(folder, 'app.json'), '{}');
    chmodSync(join(folder, 'app.json'), 0o666);
    saveCredentials(folder, saved);
    expect(statSync(join(folder, 'app.json')).mode & 0o777).toBe(0o600);
  });

  it.each(['', '{', '[]', '{"appId":"1"}', '{"appId":1,"privateKey":"none","webhookSecret":"x"}'])(
    'that are damaged are said to be, and are no reason to be set up anew: %j',
    (text) => {
      writeFileSync(join(folder, 'app.json'), text);
      expect(() => readCredentials(folder)).toThrow(
        `${folder}/app.json holds no credentials of an App. Put the saved file back, or remove it to make a new App on the set-up page.`,
      );
    },
  );

  it('that cannot be read are said to be there', () => {
    mkdirSync(join(folder, 'app.json'));
    expect(() => readCredentials(folder)).toThrow(
      `${folder}/app.json, which holds the credentials of the App, cannot be read (EISDIR).`,
    );
  });

  it('that are not there are none', () => {
    expect(readCredentials(folder)).toBeUndefined();
    expect(readCredentials(join(folder, 'no', 'such'))).toBeUndefined();
  });
});
