import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';

/**
 * Lines of JSON, appended to numbered files of so many lines each; the oldest files go. A line is in the kernel's hands
 * when `append` returns, so it outlives a kill of this process (not a power cut). A torn last line is left out.
 */
export class Journal<Line> {
  private file: number | undefined;
  private part = 0;
  private lines = 0;

  constructor(
    private readonly dir: string,
    private readonly name: string,
    private readonly linesPerFile = 1_000,
    private readonly filesKept = 7,
  ) {}

  /**
   * Opens the journal and hands back what is in it, oldest first. The folder is made when missing.
   * @throws Error when the folder cannot be written.
   */
  open(): Line[] {
    try {
      mkdirSync(this.dir, { recursive: true });
      const parts = this.parts();
      const lines = parts.flatMap((part) => this.read(part));
      this.part = (parts.at(-1) ?? 0) + 1;
      this.file = openSync(this.path(this.part), 'a');
      this.lines = 0;
      this.prune();
      return lines;
    } catch (error) {
      throw new Error(
        `Cannot keep ${this.name} in ${this.dir}: make it yours, or set DATA_DIR to another folder.`,
        {
          cause: error,
        },
      );
    }
  }

  append(line: Line): void {
    if (this.file === undefined) throw new Error(`The journal ${this.name} isn't open: call open() first.`);
    if (this.lines >= this.linesPerFile) {
      closeSync(this.file);
      this.file = openSync(this.path(++this.part), 'a');
      this.lines = 0;
      this.prune();
    }
    writeSync(this.file, `${JSON.stringify(line)}\n`);
    this.lines++;
  }

  close(): void {
    if (this.file !== undefined) closeSync(this.file);
    this.file = undefined;
    if (this.lines === 0) rmSync(this.path(this.part), { force: true });
  }

  private parts(): number[] {
    return readdirSync(this.dir)
      .map((file) => new RegExp(`^${this.name}-(\\d+)\\.ndjson$`).exec(file)?.[1])
      .filter((part) => part !== undefined)
      .map(Number)
      .sort((a, b) => a - b);
  }

  private read(part: number): Line[] {
    const lines: Line[] = [];
    for (const text of readFileSync(this.path(part), 'utf8').split('\n')) {
      try {
        if (text) lines.push(JSON.parse(text) as Line);
      } catch {
        // torn by a kill
      }
    }
    return lines;
  }

  private prune(): void {
    const parts = this.parts();
    // A process that is started often leaves short files: count lines, not files, before anything goes.
    let kept = 0;
    for (const part of parts.reverse()) {
      if (kept > this.linesPerFile * this.filesKept) rmSync(this.path(part), { force: true });
      else if (existsSync(this.path(part)) && part !== this.part) kept += this.read(part).length;
    }
  }

  private path(part: number): string {
    return path.join(this.dir, `${this.name}-${String(part).padStart(6, '0')}.ndjson`);
  }
}
