export interface PostgresOptions {
  /** The folder to keep the database in. It is made when missing; other files in it are left alone. */
  dataDir: string;
  /** 0 or undefined: a free one. */
  port?: number;
  /** Where Postgres writes what it has to say; by default `postgres.log` beside the cluster. Turned over at 10 MB. */
  log?: string;
  /** false for tests: fsync and full_page_writes off. A power cut may lose the cluster; a kill or a crash loses nothing. */
  durable?: boolean;
  /** More settings of the server, such as `{ synchronous_commit: 'off' }`. */
  settings?: Record<string, string | number>;
}

export interface Postgres {
  /** `postgres://drumbeat:…@127.0.0.1:PORT/drumbeat`; the user is a superuser and may create databases. */
  readonly url: string;
  readonly port: number;
  /** Where the cluster really is: `dataDir`, or a folder of its own when root's home is closed to Postgres's account. */
  readonly dataDir: string;
  readonly log: string;
  /** The postmaster's process id. */
  readonly pid: number;
  /** Fast shutdown; immediate after 5 seconds. A second call does nothing. */
  stop(): Promise<void>;
  /** Stops and starts again on the same port. `immediate` is a crash: connections break, recovery runs. */
  restart(mode?: 'fast' | 'immediate'): Promise<void>;
  /** Stops, and deletes the folder with all that is in it. */
  remove(): Promise<void>;
}

/**
 * @throws Error with a sentence to show: the folder cannot be written, another process uses it, the port is taken, the
 * cluster is of another major version or not whole, or no packaged Postgres runs on this machine.
 */
export function startPostgres(options: PostgresOptions): Promise<Postgres>;
