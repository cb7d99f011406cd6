import { band, HOUSE_SEED } from '@/components/weave/band'
import { BandStrip } from '@/components/weave/strip'

/** A rule before a heading: the more was given, the more of the cloth it shows. */
export function WovenRule({ id, threads }: { id: string; threads: number }) {
  if (threads < 2) return null
  return (
    <div className={`woven-rule woven-rule-${Math.min(threads, 4)}`} aria-hidden="true">
      <BandStrip band={band(`${HOUSE_SEED}/${threads}`, { size: 'narrow' })} id={`dai-${id}`} cell={2} />
    </div>
  )
}
