import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { certificatePdf } from '../../components/certificate/certificate-pdf'
import { receiveBankNotice } from '../../lib/bank/commands'
import type { Certificate } from '../../lib/certificates/model'
import { getCertificate } from '../../lib/certificates/queries'
import { reviewText } from '../../lib/donors/commands'
import { sequencePending } from '../../lib/sequencer/sequence'
import { bankNotice, makeGoods, makePledge, receiveGoods, type GiftWish } from '../factories/giving'
import { makeCampaign, makeFunds, value } from '../factories/site'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'

let database: TestDatabase
let context: TestContext
let slug: string

beforeAll(async () => {
  database = await testDatabase()
  context = testContext(database.handle)
  await makeFunds(context)
  slug = (await makeCampaign(context)).slug
})
afterAll(() => database.close())

async function given(wish: GiftWish): Promise<string> {
  const { code } = await makePledge(context, slug, wish)
  await receiveBankNotice(context, bankNotice({ memo: code, amountVnd: wish.amountVnd ?? 185_000n }))
  await sequencePending(context.db, context.now())
  return code
}
const certificate = (code: string, isOwn = false) => getCertificate(context, code, isOwn, 'vi')

test('there is none of a code nobody has, nor before something came', async () => {
  expect(await certificate('TD2222222')).toEqual({ ok: false, refusal: 'not_found' })
  const { code } = await makePledge(context, slug)
  expect(await certificate(code, true)).toEqual({ ok: false, refusal: 'not_received' })
  const goods = await makeGoods(context, slug)
  expect(await certificate(goods.code, true)).toEqual({ ok: false, refusal: 'not_received' })
})

test('a name that is not public is on it for its donor alone', async () => {
  const code = await given({ name: 'Nguyễn Thị Mai', isNamed: false, amountVnd: 1_250_000n })
  expect(value(await certificate(code, true))).toMatchObject({ name: 'Nguyễn Thị Mai', amountVnd: 1_250_000n, day: '2026-11-23' })
  expect(value(await certificate(code))).toMatchObject({ name: 'Một nhà hảo tâm' })
})

test('a name that waits for a person is on it for nobody, since it speaks for the fund', async () => {
  const code = await given({ name: 'Công ty Mẫu', isNamed: true, donorKind: 'company' })
  expect(value(await certificate(code, true))).toMatchObject({ name: 'Một nhà hảo tâm' })
  await reviewText(context, { code, field: 'name', verdict: 'shown', actor: 'an' })
  expect(value(await certificate(code))).toMatchObject({ name: 'Công ty Mẫu' })
})

test('of goods it tells what came, and no sum', async () => {
  const { code } = await makeGoods(context, slug, { name: 'Nguyễn Thị Mai', isNamed: true })
  await receiveGoods(context, code)
  await sequencePending(context.db, context.now())
  expect(value(await certificate(code))).toMatchObject({ amountVnd: null, items: [{ units: 30n }], name: 'Nguyễn Thị Mai' })
})

const SAID: Certificate = {
  ...{ locale: 'vi', code: 'TDDGYXX76', name: 'Nguyễn Thị Hường', amountVnd: 1_250_000n, items: [], campaign: 'Áo ấm' },
  ...{ commune: { fullName: 'Xã Ba Vì', seed: '09661@2025-07-01' }, fund: 'Quỹ Bảo trợ trẻ em Hà Nội', day: '2026-11-23' },
}
const FACES = 'node_modules/@fontsource/be-vietnam-pro/files'
const drawn = (said: Partial<Certificate> = {}) =>
  certificatePdf(
    { ...SAID, ...said },
    {
      ...{ link: 'https://example.org/theo-doi/TDDGYXX76', isSample: false },
      read: (part, weight) => readFileSync(`${FACES}/be-vietnam-pro-${part}-${weight}-normal.woff`),
    },
  )

test('the same gift is the same paper to the byte, another is another, and each is one page', async () => {
  const [paper, again, other] = [await drawn(), await drawn(), await drawn({ amountVnd: 1_250_001n })]
  expect(paper.equals(again)).toBe(true)
  expect(paper.equals(other)).toBe(false)
  const items = Array.from({ length: 20 }, (_, index) => ({ units: 9_999n, unit: 'bộ', item: `Bộ sách giáo khoa và vở lớp ${index}` }))
  const many = await drawn({ amountVnd: null, items, name: 'Công ty Cổ phần Xuất nhập khẩu và Vận tải Đèo Gió Mẫu' })
  for (const bytes of [paper, many]) expect(bytes.toString('latin1').match(/\/Type \/Page\b/g)).toHaveLength(1)
})
