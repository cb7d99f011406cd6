import { decodeReturned } from '../pledges/draft'
import { ok, refuse, type Result } from '../result'
import type { AskedLine, OwnGoods, ReturnedGoods } from './model'
import { goodsDraft, goodsFieldErrors, goodsFormSchema, returnedGoodsSchema, unitsField, type GoodsDraft, type GoodsInput } from './schema'

/** Reads the fields of a posted goods form for a campaign that asks for these lines. */
export function parseGoodsForm(fields: Record<string, string>, asked: readonly AskedLine[]): Result<GoodsInput, ReturnedGoods> {
  const units = asked.map(({ position }) => fields[unitsField(position)] ?? '')
  const parsed = goodsFormSchema(asked).safeParse({ ...fields, units })
  return parsed.success ? ok(parsed.data) : refuse({ draft: goodsDraft(fields), errors: goodsFieldErrors(parsed.error) })
}

/** Reads a returned goods form from its cookie; null for anything else. */
export const decodeReturnedGoods = (value: string | undefined): ReturnedGoods | null => decodeReturned(value, returnedGoodsSchema)

/** A pledge as its form: what its donor typed last. */
export function goodsDraftOf(own: Omit<OwnGoods, 'isNameKept'>): GoodsDraft {
  const draft: GoodsDraft = {
    nature: own.nature,
    donorKind: own.donorKind,
    name: own.name,
    showName: own.isNamed ? 'yes' : 'no',
    taxCode: own.taxCode ?? '',
    message: own.message,
    email: own.email ?? '',
    phone: own.phone ?? '',
    note: own.note ?? '',
  }
  for (const { position, units } of own.items) draft[unitsField(position)] = String(units)
  return draft
}
