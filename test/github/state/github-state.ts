import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Limits } from '../scenario.ts';
import {
  type App,
  type Delivery,
  type Installation,
  Refusal,
  type Repository,
  type Token,
  type User,
} from './model.ts';

/** A change that GitHub would tell webhooks about. */
export interface StateEvent {
  readonly name: string;
  readonly action?: string;
  readonly repository: Repository;
  readonly sender: string;
  /** Number of the issue or pull request it is about. */
  readonly number?: number;
  /** The other object it is about: a review, a comment, a check run, a push … */
  readonly id?: number;
  readonly extra?: Readonly<Record<string, unknown>>;
}

export interface LoggedRequest {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** Login, or null for nobody. */
  readonly by: string | null;
  readonly body?: unknown;
}

const defaultLimits: Limits = {
  contentPerMinute: 80,
  graphqlNodes: 500_000,
  pullRequestFiles: 3000,
  retryAfter: 60,
};
const actionsApp: Omit<App, 'createdAt'> = {
  id: 15368,
  slug: 'github-actions',
  name: 'GitHub Actions',
  owner: 'github',
  permissions: {},
  events: [],
};

/** Everything the server knows, apart from git's own objects. */
export class GitHubState {
  readonly directory = mkdtempSync(join(tmpdir(), 'fake-github-'));
  readonly users = new Map<string, User>();
  readonly apps = new Map<number, App>();
  readonly installations = new Map<number, Installation>();
  readonly tokens = new Map<string, Token>();
  readonly repositories = new Map<string, Repository>();
  readonly violations: string[] = [];
  readonly requests: LoggedRequest[] = [];
  readonly deliveries: Delivery[] = [];
  /** Sends a delivery again; set by whoever sends them. */
  redeliver: (delivery: Delivery) => Delivery = (delivery) => delivery;
  readonly listeners: ((event: StateEvent) => void)[] = [];
  limits: Limits = defaultLimits;
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  origin = 'http://127.0.0.1';
  private lastId = 1000;
  private clock: number | undefined;

  constructor() {
    this.app({ ...actionsApp, createdAt: '2018-07-30T09:30:17Z' });
  }

  setClock(now: string): void {
    this.clock = Date.parse(now);
  }

  /** The time, ISO 8601 in whole seconds. A set clock moves on by one second per question. */
  now(): string {
    if (this.clock === undefined) return iso(Date.now());
    const time = iso(this.clock);
    this.clock += 1000;
    return time;
  }

  nextId(): number {
    this.lastId += 1;
    return this.lastId;
  }

  setLimits(limits: Partial<Limits>): void {
    this.limits = { ...this.limits, ...limits };
  }

  app(app: App): void {
    this.apps.set(app.id, app);
    this.user(`${app.slug}[bot]`);
  }

  /** The user of that login; one that nobody mentioned before comes into being. */
  user(login: string, details: { type?: User['type']; name?: string; email?: string } = {}): User {
    const known = this.users.get(login.toLowerCase());
    if (known !== undefined) return known;
    const id = login === 'github-actions[bot]' ? 41898282 : this.nextId();
    const user: User = {
      id,
      login,
      type: details.type ?? (login.endsWith('[bot]') ? 'Bot' : 'User'),
      name: details.name ?? null,
      email: details.email ?? `${id}+${login}@users.noreply.github.com`,
      createdAt: '2015-03-01T08:00:00Z',
    };
    this.users.set(login.toLowerCase(), user);
    return user;
  }

  repository(fullName: string): Repository {
    const found = this.repositories.get(fullName.toLowerCase());
    if (found === undefined) throw new Refusal(404, 'Not Found');
    return found;
  }

  violation(text: string): void {
    this.violations.push(text);
  }

  emit(event: StateEvent): void {
    for (const listener of this.listeners) listener(event);
  }

  /** The app a token acts for: GitHub Actions unless it belongs to an installation. */
  appOf(token: Token | undefined): App {
    const app = this.apps.get(token?.appId ?? actionsApp.id);
    if (app === undefined) throw new Error(`No app ${token?.appId}.`);
    return app;
  }

  close(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}

function iso(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}
