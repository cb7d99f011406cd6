import type { Context } from '../context'
import { setTiers, type TierSetting } from '../recognition/tiers'

const names = (from: [cloth: bigint, band: bigint, thread: bigint]): TierSetting[] => [
  { nameVi: 'Tấm thổ cẩm', nameEn: 'A whole cloth', fromVnd: from[0] },
  { nameVi: 'Dải hoa văn', nameEn: 'A woven band', fromVnd: from[1] },
  { nameVi: 'Sợi chỉ màu', nameEn: 'A coloured thread', fromVnd: from[2] },
  { nameVi: 'Từng đồng', nameEn: 'Every đồng', fromVnd: 0n },
]

/** The headings under which a sample thanks its givers; one fund has its own. Told again, they are the same. */
export async function tellTiers(context: Context): Promise<void> {
  const settings = [
    { fundSlug: null, kind: 'company', tiers: names([100_000_000n, 30_000_000n, 5_000_000n]) },
    { fundSlug: null, kind: 'person', tiers: names([20_000_000n, 5_000_000n, 1_000_000n]) },
    { fundSlug: 'ninh-thuan', kind: 'company', tiers: names([50_000_000n, 20_000_000n, 5_000_000n]) },
  ] as const
  for (const setting of settings) {
    const set = await setTiers(context, setting)
    if (!set.ok) throw new Error(`the sample's headings of thanks were refused: ${set.refusal}`)
  }
}
