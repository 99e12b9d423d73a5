import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

/** The README's picture: the page that `npm run demo` writes, as a browser shows it. */
const root = fileURLToPath(new URL('..', import.meta.url));
const page = join(root, '.demo/conversation.html');
if (!existsSync(page)) throw new Error('There is no page yet: run `npm run demo` first.');
const profile = mkdtempSync(join(tmpdir(), 'review-vitals-picture-'));
// Flags that keep the browser from looking for anything outside.
const offline = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const context = await chromium.launchPersistentContext(profile, {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: offline,
  viewport: { width: 1000, height: Number(process.argv[3] ?? 960) },
  deviceScaleFactor: 1.5,
  colorScheme: process.argv[2] === 'dark' ? 'dark' : 'light',
});
try {
  const tab = await context.newPage();
  await tab.goto(`file://${page}`);
  // From our own review on: what stands above it, everybody knows.
  await tab
    .getByRole('heading', { name: /reviewed$/ })
    .evaluate((heading) => (heading as unknown as { scrollIntoView(): void }).scrollIntoView());
  await tab.screenshot({
    path: join(root, process.argv[2] === 'dark' ? '.demo/dark.png' : 'docs/conversation.png'),
  });
} finally {
  await context.close();
  rmSync(profile, { recursive: true, force: true });
}
