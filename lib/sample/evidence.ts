import { and, eq } from 'drizzle-orm'
import sharp from 'sharp'
import { consents, deliveries, papers, photos, spends } from '../../db/schema'
import type { FileContext } from '../context'
import { recordConsent, withdrawConsent } from '../evidence/consents'
import type { PaperKind } from '../evidence/model'
import { addPaper, releasePaper } from '../evidence/papers'
import { addPhoto, releasePhoto } from '../evidence/photos'
import type { Words } from '../plans/model'
import type { Result } from '../result'
import { dayOf } from '../time/day'
import type { Chance } from './chance'
import { drawPaper, drawScene, type Scene } from './drawings'

/** One act with what proves a delivery: each is one command, so that a load that is cut off goes on the same. */
export type EvidenceAct =
  | { act: 'consent' | 'release_photo' | 'withdraw_consent' }
  | { act: 'photo'; scene: Scene }
  | { act: 'paper' | 'release_paper'; paper: PaperKind }

/** What comes after a delivery, by days from it. */
type Later = [days: number, act: EvidenceAct][]

const ALT: Record<Scene, Words> = {
  coats: { vi: 'Tranh vẽ mẫu: sáu chiếc áo ấm treo trên giá, sau là núi', en: 'Sample drawing: six warm coats on a rack, hills behind' },
  parcels: { vi: 'Tranh vẽ mẫu: các thùng quà xếp chồng trên sân', en: 'Sample drawing: parcels stacked in a yard' },
  playground: { vi: 'Tranh vẽ mẫu: khung xích đu và thang leo trên sân', en: 'Sample drawing: swings and a climbing ladder' },
  gate: { vi: 'Tranh vẽ mẫu: cổng trường và lớp học dưới chân núi', en: 'Sample drawing: a school gate and a classroom below hills' },
}

/**
 * What proves a delivery of a sample, in every stage: of a first purchase most is shown; of the rest some consents were
 * withdrawn; of a second purchase the papers still wait for another person, or are missing.
 */
export function planEvidence(spend: string, isRest: boolean, category: string, luck: Chance): Later {
  // A picture shows what was handed over, where it can be drawn.
  const drawn = luck.pick(['parcels', 'gate'] as const)
  const scene = category === 'ao-am' ? 'coats' : category === 'san-choi' ? 'playground' : drawn
  const photo: Later = [
    [1, { act: 'consent' }],
    [2, { act: 'photo', scene }],
  ]
  const handover: Later = [[1, { act: 'paper', paper: 'handover' }]]
  const released: Later = [...handover, [2, { act: 'release_paper', paper: 'handover' }]]
  if (spend !== '1') return luck.is(0.5) ? [...handover, ...photo] : []
  if (isRest) {
    const withdrawn: Later = [...photo, [3, { act: 'release_photo' }], [4, { act: 'withdraw_consent' }]]
    return [...released, ...(luck.is(0.6) ? withdrawn : [])]
  }
  const invoice: Later = [
    [2, { act: 'paper', paper: 'invoice' }],
    [4, { act: 'release_paper', paper: 'invoice' }],
  ]
  return [...released, ...(luck.is(0.7) ? invoice : []), ...photo, [3, { act: 'release_photo' }]]
}

/** Tells one of them through the product's own commands; told again it changes nothing. What was not handed over has none. */
export async function tellEvidence(context: FileContext, spendKey: string, deliveryKey: string, act: EvidenceAct): Promise<void> {
  const { db } = context
  const [of] = await db
    .select({ slug: deliveries.slug, spendId: spends.id, deliveredOn: deliveries.deliveredOn })
    .from(deliveries)
    .innerJoin(spends, eq(spends.id, deliveries.spendId))
    .where(and(eq(deliveries.idempotencyKey, deliveryKey), eq(spends.idempotencyKey, spendKey)))
  if (!of) return
  const key = act.act === 'paper' || act.act === 'release_paper' ? `${deliveryKey}/${act.paper}` : deliveryKey
  switch (act.act) {
    case 'consent':
      return made(
        await recordConsent(context, {
          ...{ deliverySlug: of.slug, givenBy: 'school', givenHow: 'paper', paperNumber: 'MẪU', givenOn: of.deliveredOn, validUntil: null },
          ...{ by: 'can-bo-xa-mau', key },
        }),
      )
    case 'photo': {
      const [consent] = await db.select({ id: consents.id }).from(consents).where(eq(consents.idempotencyKey, key))
      if (!consent) throw new Error(`${key} has no consent`)
      const { vi, en } = ALT[act.scene]
      const bytes = await png(drawScene(act.scene, key))
      return made(await addPhoto(context, { consentId: consent.id, bytes, altVi: vi, altEn: en, by: 'can-bo-xa-mau', key }))
    }
    case 'release_photo': {
      const [photo] = await db.select({ id: photos.id }).from(photos).where(eq(photos.idempotencyKey, key))
      if (photo) await releasePhoto(context, { photoId: photo.id, by: 'giam-doc-mau' })
      return
    }
    case 'withdraw_consent': {
      const [consent] = await db.select({ id: consents.id }).from(consents).where(eq(consents.idempotencyKey, key))
      if (consent) await withdrawConsent(context, { consentId: consent.id, by: 'can-bo-xa-mau' })
      return
    }
    case 'paper':
      return made(
        await addPaper(context, {
          ...{ spendId: of.spendId, deliverySlug: of.slug, kind: act.paper, datedOn: dayOf(context.now()), by: 'can-bo-xa-mau', key },
          ...{ original: await png(drawPaper(key, false)), copy: await png(drawPaper(key, true)) },
        }),
      )
    case 'release_paper': {
      const [paper] = await db.select({ id: papers.id }).from(papers).where(eq(papers.idempotencyKey, key))
      if (paper) await releasePaper(context, { paperId: paper.id, by: 'ke-toan-mau', as: 'accountant' })
    }
  }
}

const png = (drawing: string): Promise<Buffer> => sharp(Buffer.from(drawing)).png({ compressionLevel: 2 }).toBuffer()

function made(result: Result<unknown, string>): void {
  if (!result.ok) throw new Error(`the sample's evidence was refused: ${result.refusal}`)
}
