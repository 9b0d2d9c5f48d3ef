import { lstat, stat } from 'node:fs/promises';
import path from 'node:path';

/** The account called nobody; Postgres refuses to run as root. */
const nobody = { uid: 65534, gid: 65534 };

/**
 * The account a cluster's processes run as: undefined means "as ourselves". As root it is the owner of a cluster that an
 * ordinary user has begun, else nobody.
 * @param {string} cluster
 * @returns {Promise<{ uid: number, gid: number } | undefined>}
 */
export async function accountFor(cluster) {
  if (process.getuid?.() !== 0) return undefined;
  const found = await stat(cluster).catch(() => undefined);
  return found && found.uid !== 0 ? { uid: found.uid, gid: found.gid } : nobody;
}

/**
 * Whether the account may walk into every folder from the root down to this one (which need not exist yet).
 * @param {string} folder
 * @param {{ uid: number, gid: number } | undefined} account
 */
export async function canReach(folder, account) {
  if (!account) return true;
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    const found = await stat(at).catch(() => undefined);
    if (found && !mayEnter(found, account)) return false;
    if (at === path.dirname(at)) return true;
  }
}

function mayEnter(found, { uid, gid }) {
  if (found.uid === uid) return (found.mode & 0o100) !== 0;
  if (found.gid === gid) return (found.mode & 0o010) !== 0;
  return (found.mode & 0o001) !== 0;
}

/**
 * Refuses a folder in a shared place (such as /tmp) that somebody else laid out for us.
 * @param {string} folder
 */
export async function mustBeRoots(folder) {
  const found = await lstat(folder);
  if (!found.isDirectory() || found.uid !== 0 || (found.mode & 0o022) !== 0) {
    throw new Error(`The folder ${folder} can be changed by others than root: remove it, then start again.`);
  }
}
