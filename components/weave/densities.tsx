/** Which crossings of a 4 × 4 repeat are covered: nothing, seeds, twill 1/3, 2/2, 3/1, full. */
export const DENSITIES: readonly ((x: number, y: number) => boolean)[] = [
  () => false,
  (x, y) => y % 2 === 0 && (x + y) % 4 === 0,
  (x, y) => (x + y) % 4 === 0,
  (x, y) => (x + y) % 4 < 2,
  (x, y) => (x + y) % 4 < 3,
  () => true,
]

/**
 * Weaves from open to closed, as patterns `prefix-0` to `prefix-5` inside an svg: what a map is shaded
 * with, readable without colour. Covered shares: 0, 1/8, 1/4, 1/2, 3/4, 1.
 */
export function DensityPatterns({ prefix }: { prefix: string }) {
  return (
    <defs>
      {DENSITIES.map((covered, level) => {
        let path = ''
        for (let y = 0; y < 4; y++) for (let x = 0; x < 4; x++) if (covered(x, y)) path += `M${x} ${y}h1v1h-1z`
        return (
          <pattern key={level} id={`${prefix}-${level}`} width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="scale(2)">
            <path className="w-open" d="M0 0h4v4H0z" />
            <path className="w-need" d={path} />
          </pattern>
        )
      })}
    </defs>
  )
}
