import { crc16, readFields, writeFields, type Field } from './tlv'

const NAPAS = 'A000000727'
const DONG = '704'

/** NAPAS 24/7 carries less than 500 million đồng in one transfer. */
export const NAPAS_LIMIT_VND = 500_000_000n

/** What a VietQR says. */
export interface VietQr {
  /** '11': may be paid many times; '12': made for one payment. */
  pointOfInitiation: '11' | '12'
  /** NAPAS bank identification number, six digits. */
  bin: string
  /** Account number, or card number. */
  account: string
  service: 'QRIBFTTA' | 'QRIBFTTC'
  amountVnd: bigint | null
  /** Field 62-01. */
  billNumber: string | null
  /** Field 62-08: what becomes the memo. */
  purpose: string | null
}

/**
 * Writes a VietQR (NAPAS "Đặc tả định dạng VietQR" v1.0; EMVCo Merchant-Presented Mode 1.1).
 * Throws where a value does not fit the format.
 */
export function writeVietQr(qr: VietQr): string {
  if (!/^\d{6}$/.test(qr.bin)) throw new RangeError('a BIN has six digits')
  if (!/^[0-9A-Za-z]{1,19}$/.test(qr.account)) throw new RangeError('an account has up to 19 letters and digits')
  if (qr.amountVnd !== null && (qr.amountVnd <= 0n || qr.amountVnd >= 10n ** 13n)) throw new RangeError('the amount does not fit')
  for (const text of [qr.billNumber, qr.purpose]) {
    if (text !== null && !/^[\x20-\x7e]{1,25}$/.test(text)) throw new RangeError('a reference has up to 25 ASCII characters')
  }
  const additional: Field[] = []
  if (qr.billNumber !== null) additional.push(['01', qr.billNumber])
  if (qr.purpose !== null) additional.push(['08', qr.purpose])
  const fields: Field[] = [
    ['00', '01'],
    ['01', qr.pointOfInitiation],
    [
      '38',
      writeFields([
        ['00', NAPAS],
        [
          '01',
          writeFields([
            ['00', qr.bin],
            ['01', qr.account],
          ]),
        ],
        ['02', qr.service],
      ]),
    ],
    ['53', DONG],
  ]
  if (qr.amountVnd !== null) fields.push(['54', String(qr.amountVnd)])
  fields.push(['58', 'VN'])
  if (additional.length > 0) fields.push(['62', writeFields(additional)])
  const body = `${writeFields(fields)}6304`
  return body + crc16(body)
}

/** Why a text is no VietQR that can be paid. */
export type VietQrRefusal = 'not_a_qr' | 'wrong_checksum' | 'not_vietqr'

/** Reads a VietQR. A lower-case checksum is read, though never written. */
export function readVietQr(text: string): { ok: true; value: VietQr } | { ok: false; refusal: VietQrRefusal } {
  const no = (refusal: VietQrRefusal) => ({ ok: false as const, refusal })
  if (!/^[\x20-\x7e]{20,512}$/.test(text) || text.slice(-8, -4) !== '6304') return no('not_a_qr')
  if (crc16(text.slice(0, -4)) !== text.slice(-4).toUpperCase()) return no('wrong_checksum')
  const fields = lookup(text.slice(0, -8))
  const account = lookup(fields?.get('38'))
  const beneficiary = lookup(account?.get('01'))
  const additional = fields?.has('62') ? lookup(fields.get('62')) : new Map<string, string>()
  if (!fields || !account || !beneficiary || !additional) return no('not_a_qr')
  const pointOfInitiation = fields.get('01')
  const service = account.get('02')
  const [bin, number, amount] = [beneficiary.get('00'), beneficiary.get('01'), fields.get('54') ?? null]
  if (fields.get('00') !== '01' || (pointOfInitiation !== '11' && pointOfInitiation !== '12')) return no('not_vietqr')
  if (account.get('00') !== NAPAS || (service !== 'QRIBFTTA' && service !== 'QRIBFTTC')) return no('not_vietqr')
  if (fields.get('53') !== DONG || fields.get('58') !== 'VN') return no('not_vietqr')
  if (!bin || !/^\d{6}$/.test(bin) || !number || !/^[0-9A-Za-z]{1,19}$/.test(number)) return no('not_vietqr')
  if (amount !== null && !/^[1-9]\d{0,12}$/.test(amount)) return no('not_vietqr')
  const amountVnd = amount === null ? null : BigInt(amount)
  const [billNumber, purpose] = [additional.get('01') ?? null, additional.get('08') ?? null]
  return { ok: true, value: { pointOfInitiation, bin, account: number, service, amountVnd, billNumber, purpose } }
}

/** Fields by id; null where they can't be read or one comes twice. */
function lookup(text: string | undefined): Map<string, string> | null {
  const fields = text === undefined ? null : readFields(text)
  const map = new Map(fields ?? [])
  return fields && map.size === fields.length ? map : null
}

/** The QR of a gift: an account, the amount and the payment code, made for one payment. */
export const giftQr = (gift: { bin: string; accountNumber: string; amountVnd: bigint; code: string }): string =>
  writeVietQr({
    pointOfInitiation: '12',
    bin: gift.bin,
    account: gift.accountNumber,
    service: 'QRIBFTTA',
    amountVnd: gift.amountVnd < NAPAS_LIMIT_VND ? gift.amountVnd : null,
    billNumber: null,
    purpose: gift.code,
  })
