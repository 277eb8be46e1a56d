// Shows a drawing: its paths over its back, cut to whatever shape the box has.
import type { Drawing } from "./shapes.ts";

interface DrawnProps {
  readonly drawing: Drawing;
  readonly width: number;
  readonly height: number;
  readonly turn?: number;
}

export function Drawn({ drawing, width, height, turn = 0 }: DrawnProps) {
  const { back, shapes } = drawing;
  return (
    <svg
      aria-hidden="true"
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="xMidYMid slice"
      focusable="false"
    >
      <rect width={width} height={height} fill={back} />
      <g transform={turn === 0 ? undefined : `rotate(${turn} ${width / 2} ${height / 2})`}>
        {shapes.map(({ d, colour, line }) => (
          <path
            key={d}
            d={d}
            {...(line ? { fill: "none", stroke: colour, strokeWidth: line } : { fill: colour })}
          />
        ))}
      </g>
    </svg>
  );
}
