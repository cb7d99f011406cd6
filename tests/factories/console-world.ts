import { and, desc, eq } from 'drizzle-orm'
import * as schema from '../../db/schema'
import { keepUnreadableNotice, receiveBankNotice } from '../../lib/bank/commands'
import { makeRule } from '../../lib/bank/rules'
import { startDraft } from '../../lib/campaigns/draft'
import { requestRefund } from '../../lib/cards/refunds'
import type { FileContext } from '../../lib/context'
import { recordConsent } from '../../lib/evidence/consents'
import { addPaper } from '../../lib/evidence/papers'
import { addPhoto } from '../../lib/evidence/photos'
import { proposeReceivingAccount } from '../../lib/funds/commands'
import { addNeedPaper, keepNeedPaper } from '../../lib/needs/papers'
import { setNeedRound } from '../../lib/needs/rounds'
import { carryToBank } from '../../lib/office/deposits'
import { askReversal } from '../../lib/office/reverse'
import { addLogo } from '../../lib/recognition/logos'
import { sequencePending } from '../../lib/sequencer/sequence'
import { requestBudgetChange } from '../../lib/spending/budget'
import { planAdvance } from '../../lib/spending/advances'
import { approveSpend, requestSpend } from '../../lib/spending/commands'
import { giveFile } from '../../lib/statements/commands'
import { storeFile } from '../../lib/statements/store'
import { dayOf } from '../../lib/time/day'
import { decideUnread } from '../../lib/unread/commands'
import { bankLine, say, seen } from './desk'
import { coats } from './goods'
import { bankNotice, makeGoods, makePledge, receiveGoods } from './giving'
import { makeHandedOver } from './handed-over'
import { takeGift } from './office'
import { scan } from './pictures'
import { ACCOUNTS, reported, stepKey, value } from './site'
import { roleIdOf } from './staff'

/** One of everything that the console of Hà Nội acts on, by what an address or a form names it by. */
export type ConsoleWorld = Awaited<ReturnType<typeof makeConsoleWorld>>

/** Makes one of everything, by the commands that staff use. Funds and somebody called 'nguoi-tam' are there. */
export async function makeConsoleWorld(context: FileContext) {
  const { db } = context
  const made = await makeHandedOver(context, '2026-12-25', {
    budget: [{ itemVi: 'Áo khoác', unitVi: 'áo', unitPriceVnd: 100_000n, quantity: 10 }],
  })
  const [campaign] = await db.select().from(schema.campaigns).where(eq(schema.campaigns.slug, made.campaignSlug))
  const pledge = await makePledge(context, made.campaignSlug, { amountVnd: 500_000n })
  await receiveBankNotice(context, bankNotice({ memo: pledge.code, amountVnd: 500_000n }))
  await sequencePending(db, context.now())
  const [gift] = await db.select({ id: schema.donations.id }).from(schema.donations).where(eq(schema.donations.amountVnd, 500_000n))
  const [programme] = await db
    .select()
    .from(schema.programmes)
    .where(eq(schema.programmes.fundId, campaign?.fundId ?? 0))
  const [account] = await db.select().from(schema.receivingAccounts).where(eq(schema.receivingAccounts.accountNumber, ACCOUNTS['ha-noi']))
  if (!campaign || !gift || !programme || !account) throw new Error('nothing was made')
  const { fundId, unitId } = campaign
  const both = { reasonVi: 'Thử', reasonEn: 'Test' }
  const needId = await reported(context, {
    ...{ programmeSlug: programme.slug, unitId, category: 'sach-vo', schoolYear: 2026, children: 50, quantity: 50, amountVnd: 5_000_000n },
  })
  const proof = value(await keepNeedPaper(context, Buffer.from('%PDF-1.7 giấy')))
  const needPaper = value(await addNeedPaper(context, { needId, ...proof, by: 'an', key: stepKey() })).paperId
  value(await setNeedRound(context, { programmeSlug: programme.slug, schoolYear: 2026, dueOn: '2026-12-31', by: 'an' }))
  const [round] = await db.select({ id: schema.needRounds.id }).from(schema.needRounds)
  const sheet = { programmeId: programme.id, schoolYear: 2026, fileName: 'a.xlsx', rows: [], state: 'staged' as const }
  const [staged] = await db
    .insert(schema.needImports)
    .values({ ...sheet, idempotencyKey: stepKey(), stagedBy: 'an', stagedAt: context.now() })
    .returning({ id: schema.needImports.id })
  const { draftId } = value(await startDraft(context, { needId: campaign.needId, by: 'an', key: stepKey() }))
  const item = { itemVi: 'Áo', itemEn: 'Coat', unitVi: 'áo', unitEn: 'coats', units: 1, amountVnd: 100_000n }
  const wish = { campaignSlug: campaign.slug, titleVi: 'Thêm', titleEn: 'More', supplier: 'Mẫu', items: [item], dueOn: '2026-12-25' }
  const asked = await requestSpend(context, { ...wish, by: 'an', key: stepKey() })
  const advanced = value(await requestSpend(context, { ...wish, by: 'an', key: stepKey() })).spendId
  value(await approveSpend(context, { spendId: advanced, by: 'binh' }))
  const held = { spendId: advanced, amountVnd: 50_000n, heldBy: 'nguoi-tam', dueOn: '2026-12-25' }
  const { advanceId } = value(await planAdvance(context, { ...held, by: 'an', key: stepKey() }))
  const ofSpend = { spendId: made.spendId, deliverySlug: null, kind: 'invoice', datedOn: '2026-11-23' } as const
  const invoice = { original: Buffer.from('%PDF-1.7 hóa đơn'), copy: await scan(120) }
  const spendPaper = value(await addPaper(context, { ...ofSpend, ...invoice, by: 'an', key: stepKey() })).paperId
  const change = value(
    await requestBudgetChange(context, { campaignSlug: campaign.slug, position: 0, quantity: 20, ...both, by: 'an', key: stepKey() }),
  )
  const lineId = await bankLine(context, { memo: 'khong ma', amountVnd: 30_000n })
  const kept = await bankLine(context, { memo: 'de cho', amountVnd: 40_000n })
  const { decisionId } = value(await say(context, kept, { kind: 'keep_unplaced' }))
  await bankLine(context, { memo: 'PHI QLTK', amountVnd: 11_000n, direction: 'out' })
  const pattern = { words: 'phi qltk', direction: 'out' as const, leastVnd: 1n, mostVnd: 50_000n, decision: 'fee' as const }
  const { ruleId } = value(await makeRule(context, { ...pattern, fundId, by: 'an', key: stepKey() }))
  const { ruleId: spareRuleId } = value(await makeRule(context, { ...pattern, words: 'khac', fundId, by: 'an', key: stepKey() }))
  const stored = value(await storeFile(context, [Buffer.from('Ngày,Số tiền\n')]))
  const statementId = value(
    await giveFile(context, { ...stored, fundId, name: 'a.csv', receivingAccountId: null, idempotencyKey: stepKey(), by: 'an' }),
  )
  const notice = (id: string) => keepUnreadableNotice(context, { provider: 'sepay', providerEventId: `unread:${id}`, body: { [id]: id } })
  await notice('a')
  await notice('b')
  const [unread, decided] = await db
    .select({ id: schema.bankNotices.id })
    .from(schema.bankNotices)
    .where(eq(schema.bankNotices.outcome, 'not_understood'))
    .orderBy(schema.bankNotices.id)
  const said = { fundId, subject: { of: 'notice' as const, id: decided?.id ?? 0n }, saying: { kind: 'no_money' as const }, seen: '0' }
  const { decisionId: unreadDecision } = value(await decideUnread(context, { ...said, reason: 'thử', by: 'an', key: stepKey() }))
  const refund = await requestRefund(context, { donationId: gift.id, amountMinor: 1n, reason: 'other', by: 'an', key: stepKey() })
  const consent = value(
    await recordConsent(context, {
      ...{
        deliverySlug: made.deliverySlug,
        givenBy: 'school',
        givenHow: 'paper',
        paperNumber: '1',
        givenOn: '2026-11-23',
        validUntil: null,
      },
      ...{ by: 'an', key: stepKey() },
    }),
  )
  const files = { original: await scan(200), copy: await scan(90) }
  const paper = value(
    await addPaper(context, {
      spendId: made.spendId,
      deliverySlug: made.deliverySlug,
      kind: 'handover',
      datedOn: '2026-11-23',
      ...files,
      by: 'an',
      key: stepKey(),
    }),
  )
  const consented = { draftId, givenBy: 'school', givenHow: 'paper', paperNumber: '2', givenOn: '2026-11-23', validUntil: null } as const
  const draftConsent = value(await recordConsent(context, { ...consented, by: 'an', key: stepKey() })).consentId
  const drawn = { drawnForDraftId: draftId, bytes: await scan(150), altVi: 'Tranh', altEn: 'A drawing' }
  const { photoId } = value(await addPhoto(context, { ...drawn, by: 'an', key: stepKey() }))
  const [form] = await db
    .select({ file: schema.photoFiles.file })
    .from(schema.photoFiles)
    .where(and(eq(schema.photoFiles.photoId, photoId), eq(schema.photoFiles.format, 'jpeg')))
  const logo = { fundId, taxCode: '0101234567', bytes: await scan(60), by: 'an', key: stepKey() }
  const { logoId } = value(await addLogo(context, logo))
  const proposal = {
    bankBin: '999901',
    bankName: 'Ngân hàng Mẫu',
    accountNumber: '777788889999',
    accountName: 'QUY MAU',
    alias: 'Hà Nội 09',
    proposedBy: 'an',
  }
  const { accountId: proposedId } = value(await proposeReceivingAccount(context, { fundSlug: 'ha-noi', ...proposal }))
  const goods = (await makeGoods(context, made.campaignSlug, { items: [{ position: 0, units: 2n }] })).code
  const broughtGoods = (await makeGoods(context, made.campaignSlug, { items: [{ position: 0, units: 2n }] })).code
  const [goodsReceiptId = 0n] = await receiveGoods(context, broughtGoods, { lines: coats(2n) })
  const note = { goodsReceiptId, code: broughtGoods, kind: 'goods_note', datedOn: '2026-11-23' } as const
  const goodsPaper = value(await addPaper(context, { ...note, ...files, by: 'an', key: stepKey() })).paperId
  const receipt = (await takeGift(context, { amount: '200.000' })).receiptId
  const { reversalId } = value(await askReversal(context, { receiptId: receipt, reason: 'wrong_amount', by: 'an' }))
  const carried = { formKey: stepKey(), accountId: account.id, amountVnd: 1_000n, takenOn: dayOf(context.now()), slip: null }
  const { depositId } = value(await carryToBank(context, { fundId, deposit: carried, by: 'an' }))
  const [copy] = await db.select({ name: schema.papers.copy }).from(schema.papers).orderBy(desc(schema.papers.id)).limit(1)
  return {
    ...{ fundId, communeId: unitId, programmeSlug: programme.slug, campaignSlug: campaign.slug, code: pledge.code },
    ...{
      campaign: String(campaign.id),
      need: String(needId),
      needPaper: String(needPaper),
      round: String(round?.id),
      sheet: String(staged?.id),
    },
    ...{ draft: String(draftId), publishedNeed: String(campaign.needId), spend: String(made.spendId), delivery: String(made.deliveryId) },
    ...{
      requestedSpend: String(value(asked).spendId),
      ...{ advancedSpend: String(advanced), advance: String(advanceId), spendPaper: String(spendPaper) },
      change: String(change.changeId),
      line: String(lineId),
      seen: await seen(context, lineId),
    },
    ...{
      decision: String(decisionId),
      unread: String(unread?.id),
      unreadDecision: String(unreadDecision),
      rule: String(ruleId),
      spareRule: String(spareRuleId),
      statement: String(statementId),
      account: String(account.id),
    },
    ...{ goods, broughtGoods, goodsReceipt: String(goodsReceiptId), goodsPaper: String(goodsPaper) },
    ...{ receipt: String(receipt), reversal: String(reversalId), deposit: String(depositId) },
    ...{ refund: String(value(refund).refundId), gift: String(gift.id), consent: String(consent.consentId), paper: String(paper.paperId) },
    ...{
      file: (copy?.name ?? '').replace('shown/', ''),
      ...{ photo: String(photoId), draftConsent: String(draftConsent), picture: (form?.file ?? '').replace('shown/', '') },
      logo: String(logoId),
      proposedAccount: String(proposedId),
      role: String(await roleIdOf(context, 'nguoi-tam', 'editor')),
    },
  }
}
