import type { Frame } from './frame.js';
import { resume, type SandboxState, stateOf } from './snapshot.js';
import { SnapshotRefused, writeSnapshot } from './snapshot-file.js';
import type { ConnectedWire } from './wire.js';

/** What was written. */
export interface Written {
  readonly file: string;
  readonly bytes: number;
  readonly trades: number;
}

/** This sandbox's file, if it has one. */
export class Snapshots {
  constructor(
    private readonly file: string | undefined,
    private readonly frame: Frame,
    private readonly wires: readonly ConnectedWire[],
  ) {}

  /** undefined: there is no file to write to. */
  write(): Written | undefined {
    const { file } = this;
    if (file === undefined) return undefined;
    const bytes = writeSnapshot(file, stateOf(this.frame, this.wires));
    return { file, bytes, trades: this.frame.trades.list().length };
  }

  /** @throws SnapshotRefused when it belongs to other accounts */
  resume(state: SandboxState): void {
    try {
      resume(state, this.frame, this.wires);
    } catch (cause) {
      this.frame.clock.close();
      throw new SnapshotRefused(this.file ?? '', cause instanceof Error ? cause.message : String(cause));
    }
  }
}
