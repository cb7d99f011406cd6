import { eq } from 'drizzle-orm'
import sharp from 'sharp'
import { funds } from '../../db/schema'
import type { Context, FileContext } from '../context'
import { addLogo, releaseLogo } from '../recognition/logos'
import { setTiers, type TierSetting } from '../recognition/tiers'
import { drawLogo } from './drawings'
import { given } from './given'
import { organisationTaxCode } from './people'
import { ORGANISATIONS } from './texts/donors'

/** Every so many organisations sent no logo. */
const WITHOUT_LOGO = 3

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

/** Logos of most organisations of a sample, each looked at by two people. Told again, they are the same. */
export async function tellLogos(context: FileContext): Promise<void> {
  const [fund] = await context.db.select({ id: funds.id }).from(funds).where(eq(funds.slug, 'ha-noi'))
  if (!fund) throw new Error('a sample has no fund')
  for (const [index, name] of ORGANISATIONS.entries()) {
    if (index % WITHOUT_LOGO === WITHOUT_LOGO - 1) continue
    const bytes = await sharp(Buffer.from(drawLogo(name)))
      .png()
      .toBuffer()
    const wish = { taxCode: organisationTaxCode(name), bytes, fundId: fund.id, by: 'bien-tap-mau', key: `logo/${name}` }
    const { logoId } = given(await addLogo(context, wish), `logo of ${name}`)
    const released = await releaseLogo(context, { logoId, by: 'giam-doc-mau' })
    if (!released.ok && released.refusal !== 'decided_already') given(released, `logo of ${name}`)
  }
}
