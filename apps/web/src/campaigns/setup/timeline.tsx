import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { useWords } from '../../words/language.js';

export type Mark = { id: string; name: string; daysBefore: number };

/** The days up to the deadline as a line; a rung is dragged along it, or moved by the arrow keys. */
export function Timeline({ marks, move }: { marks: Mark[]; move: (id: string, daysBefore: number) => void }) {
  const { setup } = useWords();
  const line = useRef<HTMLDivElement>(null);
  const span = Math.max(14, ...marks.map(({ daysBefore }) => daysBefore + 2));
  const dayAt = (x: number) => {
    const { left, width } = line.current!.getBoundingClientRect();
    return Math.max(0, Math.min(365, Math.round(span * (1 - (x - left) / width))));
  };
  const drag = (id: string) => (event: PointerEvent<HTMLButtonElement>) => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) move(id, dayAt(event.clientX));
  };
  const press =
    ({ id, daysBefore }: Mark) =>
    (event: KeyboardEvent) => {
      const by = { ArrowLeft: 1, ArrowDown: 1, ArrowRight: -1, ArrowUp: -1, PageDown: 7, PageUp: -7 }[
        event.key
      ];
      if (by === undefined) return;
      event.preventDefault();
      move(id, Math.max(0, Math.min(365, daysBefore + by)));
    };
  return (
    <div className="timeline">
      <div className="timeline-line" ref={line}>
        {marks.map((mark, n) => (
          <button
            key={mark.id}
            type="button"
            role="slider"
            className="timeline-mark"
            style={{ left: `${100 * (1 - mark.daysBefore / span)}%`, top: n % 2 ? '100%' : '0%' }}
            aria-label={mark.name}
            aria-valuemin={0}
            aria-valuemax={365}
            aria-valuenow={mark.daysBefore}
            aria-valuetext={setup.daysBefore(mark.daysBefore)}
            title={`${mark.name}: ${setup.daysBefore(mark.daysBefore)}`}
            onPointerDown={({ currentTarget, pointerId }) => currentTarget.setPointerCapture(pointerId)}
            onPointerMove={drag(mark.id)}
            onKeyDown={press(mark)}
          >
            {mark.daysBefore}
          </button>
        ))}
      </div>
      <div className="timeline-ends" aria-hidden>
        <span>{setup.daysBefore(span)}</span>
        <span>{setup.deadline}</span>
      </div>
    </div>
  );
}
