import type { ConsoleWorld } from './console-world'

/**
 * Who gets through each address of a fund's console, by letters: E editor, A accountant, D director, F field officer of
 * the commune, f field officer of another commune, S auditor. An address that is in neither table fails
 * tests/integration/console-permissions.test.ts: say here who may, before it is served.
 */
export const PAGES: Record<string, { may: string; parts?: (world: ConsoleWorld) => Record<string, string> }> = {
  '': { may: 'EADFfS' },
  '/tim': { may: 'EADFfS' },
  '/ngan-hang': { may: 'ADS' },
  '/ngan-hang/quy-tac': { may: 'ADS' },
  '/ngan-hang/chua-ro': { may: 'ADS' },
  '/ngan-hang/[line]': { may: 'ADS', parts: ({ line }) => ({ line }) },
  '/ngay': { may: 'ADS' },
  '/nhu-cau': { may: 'EADFfS' },
  '/nhu-cau/bao': { may: 'EFf' },
  '/nhu-cau/nhap': { may: 'EFf' },
  '/nhu-cau/[need]': { may: 'EADFS', parts: ({ need }) => ({ need }) },
  '/nhu-cau/nhap/mau.xlsx': { may: 'EFf' },
  '/nhu-cau/nhap/[sheet]': { may: 'E', parts: ({ sheet }) => ({ sheet }) },
  '/nhu-cau/[need]/giay/[paper]': { may: 'EADFS', parts: ({ need, needPaper }) => ({ need, paper: needPaper }) },
  '/chien-dich': { may: 'EADFfS' },
  '/chien-dich/[id]': { may: 'EADFS', parts: ({ campaign }) => ({ id: campaign }) },
  '/chien-dich/soan/[draft]': { may: 'EADFS', parts: ({ draft }) => ({ draft }) },
  '/chien-dich/soan/[draft]/xem': { may: 'EADFS', parts: ({ draft }) => ({ draft }) },
  '/chien-dich/soan/[draft]/tep/[name]': { may: 'EADFS', parts: ({ draft, picture }) => ({ draft, name: `${picture}.jpg` }) },
  '/hoan-tien': { may: 'ADS' },
  '/chi': { may: 'EADFfS' },
  '/chi/moi': { may: 'A' },
  '/chi/du-toan': { may: 'EADFfS' },
  '/chi/[number]': { may: 'EADFS', parts: ({ spend }) => ({ number: spend }) },
  '/hien-vat': { may: 'EADS' },
  '/hien-vat/moi': { may: 'EA' },
  '/hien-vat/[code]': { may: 'EADS', parts: ({ broughtGoods }) => ({ code: broughtGoods }) },
  '/hien-vat/[code]/tep/[name]': { may: 'EADS', parts: ({ broughtGoods, file }) => ({ code: broughtGoods, name: `${file}.jpg` }) },
  '/cam-ket': { may: 'EADS' },
  '/cam-ket/[code]': { may: 'EADS', parts: ({ code }) => ({ code }) },
  '/tien-mat': { may: 'ADS' },
  '/tien-mat/moi': { may: 'A' },
  '/tien-mat/phieu/[receipt]': { may: 'ADS', parts: ({ receipt }) => ({ receipt }) },
  '/chi/[number]/goc/[paper]': { may: 'ADS', parts: ({ spend, spendPaper }) => ({ number: spend, paper: spendPaper }) },
  '/chi/[number]/tep/[name]': { may: 'EADFS', parts: ({ spend, file }) => ({ number: spend, name: `${file}.jpg` }) },
  '/bieu-trung': { may: 'EADS' },
  '/bieu-trung/[logo]': { may: 'EADS', parts: ({ logo }) => ({ logo }) },
  '/nguoi': { may: 'ADS' },
  '/nhat-ky': { may: 'DS' },
  '/tai-khoan': { may: 'ADS' },
  '/xuat': { may: 'ADS' },
  '/cai-dat': { may: 'D' },
  '/trao': { may: 'EADFfS' },
  '/trao/moi/[spend]': { may: 'EF', parts: ({ spend }) => ({ spend }) },
  '/trao/dot/[delivery]': { may: 'EADFS', parts: ({ delivery }) => ({ delivery }) },
  '/trao/dot/[delivery]/tep/[name]': { may: 'EADFS', parts: ({ delivery, file }) => ({ delivery, name: `${file}.jpg` }) },
  '/sao-ke': { may: 'ADS' },
  '/sao-ke/[file]': { may: 'ADS', parts: ({ statement }) => ({ file: statement }) },
}

/** What a form is filled in with. */
export type Fields = Record<string, string | Blob>
interface Form {
  parts?: (world: ConsoleWorld) => Record<string, string>
  /** What is posted: for each deed of the form, who may, and fields that are whole enough for the rules to be asked. */
  deeds: { may: string; fields: (world: ConsoleWorld) => Fields }[]
}

/** The key of a form, as long as one is. */
export const key = 'khoa-cua-bieu-mau-thu-mot-hai-ba'
const formKey = key
const both = { reasonVi: 'Thử', reasonEn: 'Test', reason: 'Thử', reasonEn2: 'Test' }
const figures = { children: '9', quantity: '9', amount: '900.000', priority: '', note: '' }
const file = new File(['a,b\n'], 'a.csv')
const steps = (may: string, words: readonly string[], more: Fields = {}) =>
  words.map((viec) => ({ may, fields: () => ({ viec, key, version: '1', ...both, ...figures, ...more }) }))
const one = (may: string, fields: (world: ConsoleWorld) => Fields = () => ({})) => [{ may, fields }]

/** Who gets through each form of a fund's console, by the same letters. */
export const FORMS: Record<string, Form> = {
  '/ngan-hang/ghi': {
    deeds: [
      ...one('A', ({ line, seen }) => ({ dong: line, la: 'general', thay: seen, 'vi-sao': 'thử', key })),
      ...one('A', ({ line, seen }) => ({ dong: line, la: 'interest', thay: seen, 'vi-sao': 'thử', key })),
    ],
  },
  '/ngan-hang/hoan-tac': { deeds: one('A', ({ decision }) => ({ viec: decision })) },
  '/ngan-hang/chua-ro/ghi': {
    deeds: one('A', ({ unread }) => ({ muc: `tin-${unread}`, la: 'no_money', thay: '0', 'vi-sao': 'thử', key })),
  },
  '/ngan-hang/chua-ro/hoan-tac': { deeds: one('A', ({ unreadDecision }) => ({ viec: unreadDecision })) },
  '/ngan-hang/quy-tac/them': { deeds: one('A', () => ({ chu: 'phi', la: 'fee', chieu: 'out', tu: '1', den: '10', key })) },
  '/ngan-hang/quy-tac/ghi': { deeds: one('A', ({ rule }) => ({ 'quy-tac': rule, key })) },
  '/ngan-hang/quy-tac/bo': { deeds: one('A', ({ spareRule }) => ({ 'quy-tac': spareRule })) },
  '/ngay/chot': { deeds: one('A', ({ account }) => ({ tk: account, ngay: '2026-11-23', dau: '0', cuoi: '0' })) },
  '/nhu-cau/bao/gui': {
    deeds: one('EF', ({ programmeSlug, communeId }) => ({
      key,
      ct: programmeSlug,
      nam: '2026',
      xa: String(communeId),
      nhom: 'sach-vo',
      ...figures,
    })),
  },
  '/nhu-cau/dot/luu': {
    deeds: [
      ...one('ED', ({ programmeSlug }) => ({ ct: programmeSlug, nam: '2026', dueOn: '2026-12-30' })),
      ...one('EF', ({ round, communeId }) => ({ round, nothing: String(communeId) })),
    ],
  },
  '/nhu-cau/nhap/tep/gui': { deeds: one('EFf', ({ programmeSlug }) => ({ key, ct: programmeSlug, nam: '2026', tep: file })) },
  '/nhu-cau/nhap/[sheet]/doi': {
    parts: ({ sheet }) => ({ sheet }),
    // Of an officer their own sheets alone, whoever else brought it being unknown.
    deeds: [...one('EFf', () => ({ shown: '' })), ...one('EFf', () => ({ viec: 'bo' }))],
  },
  '/nhu-cau/[need]/doi/gui': {
    parts: ({ need }) => ({ need }),
    deeds: [...steps('E', ['kiem', 'sua', 'gop', 'nguon', 'bo-nguon', 'tu-choi']), ...steps('ED', ['cong-bo'])],
  },
  '/nhu-cau/[need]/giay/them/gui': {
    parts: ({ need }) => ({ need }),
    deeds: one('EF', () => ({ key, tep: new File(['%PDF-1.7 giấy'], 'a.pdf') })),
  },
  '/chien-dich/tao/gui': { deeds: one('E', ({ publishedNeed }) => ({ need: publishedNeed, key })) },
  '/chien-dich/[id]/soan': { parts: ({ campaign }) => ({ id: campaign }), deeds: one('E') },
  '/chien-dich/[id]/doi': {
    parts: ({ campaign }) => ({ id: campaign }),
    deeds: steps('D', ['duyet', 'tra', 'dung', 'nhan-lai', 'lui', 'ten', 'dong', 'trao', 'xong']),
  },
  '/chien-dich/soan/[draft]/luu': {
    parts: ({ draft }) => ({ draft }),
    deeds: [
      ...steps('E', ['luu', 'gui', 'tu-luu', 'cat']),
      ...steps('D', ['cho'], { beyondVnd: '1', beyondReason: 'thử' }),
      ...steps('E', ['bo']),
    ],
  },
  '/chien-dich/soan/[draft]/dong-y': {
    parts: ({ draft }) => ({ draft }),
    deeds: one('EAF', () => ({ key, givenBy: 'school', givenHow: 'paper', paperNumber: '3', givenOn: '2026-11-23' })),
  },
  '/chien-dich/soan/[draft]/anh': {
    parts: ({ draft }) => ({ draft }),
    deeds: one('EAF', () => ({ key, consentId: 'drawn', alt: 'Tranh', altEn: 'A drawing' })),
  },
  '/chien-dich/soan/[draft]/doi': {
    parts: ({ draft }) => ({ draft }),
    deeds: [
      ...one('AD', ({ photo }) => ({ releasePhoto: photo })),
      ...one('EADF', ({ photo }) => ({ withdrawPhoto: photo })),
      ...one('EADF', ({ draftConsent }) => ({ endConsent: draftConsent })),
    ],
  },
  '/hoan-tien/xin': { deeds: one('A', ({ code, gift }) => ({ ma: code, khoan: gift, 'ly-do': 'other', tien: '1', key })) },
  '/hoan-tien/quyet': {
    deeds: ['approve', 'reject', 'withdraw'].flatMap((verb) => one('D', ({ refund }) => ({ viec: `${verb} ${refund}` }))),
  },
  '/chi/moi/gui': {
    deeds: one('A', ({ campaignSlug }) => ({
      ...{ campaign: campaignSlug, formKey, titleVi: 'Thử', titleEn: 'Test', supplier: 'Mẫu', dueOn: '2026-12-25', 'units-0': '1' },
    })),
  },
  '/chi/du-toan/de-nghi': {
    deeds: one('A', ({ campaignSlug }) => ({ campaign: campaignSlug, formKey, position: '0', quantity: '30', ...both })),
  },
  '/chi/du-toan/quyet': {
    deeds: [...one('D', ({ change }) => ({ rejected: change })), ...one('D', ({ change }) => ({ approved: change }))],
  },
  '/chi/[number]/quyet': {
    parts: ({ requestedSpend }) => ({ number: requestedSpend }),
    deeds: [
      ...['approve', 'reject'].flatMap((decision) => one('D', () => ({ decision, ...both }))),
      ...one('A', () => ({ decision: 'settle' })),
      ...one('AD', () => ({ decision: 'cancel', ...both })),
    ],
  },
  '/hien-vat/moi/gui': {
    deeds: one('EA', ({ campaignSlug }) => ({
      ...{ formKey, campaign: campaignSlug, nature: 'goods', 'units-0': '1', 'condition-0': 'new', receivedOn: '2026-11-24' },
      ...{ standard: 'yes', name: '', showName: 'no' },
    })),
  },
  '/hien-vat/[code]/viec': {
    parts: ({ goods }) => ({ code: goods }),
    deeds: [
      ...one('EA', () => ({ viec: 'receive', formKey, 'units-0': '1', 'condition-0': 'new', receivedOn: '2026-11-24', standard: 'yes' })),
      ...one('EA', () => ({ viec: 'refuse', 'ly-do': 'not_needed' })),
      ...one('EA', ({ goodsReceipt }) => ({ viec: 'take_back', 'ly-do': 'wrong_count', receipt: goodsReceipt, key: formKey })),
    ],
  },
  '/hien-vat/[code]/giay': {
    parts: ({ broughtGoods }) => ({ code: broughtGoods }),
    deeds: one('EA', ({ goodsReceipt }) => ({ form: 'paper', key, kind: 'goods_note', datedOn: '2026-11-23', receipt: goodsReceipt })),
  },
  '/hien-vat/[code]/doi': {
    parts: ({ broughtGoods }) => ({ code: broughtGoods }),
    deeds: [
      ...one('AD', ({ goodsPaper }) => ({ releasePaper: goodsPaper })),
      ...one('EADF', ({ goodsPaper }) => ({ withdrawPaper: goodsPaper, ...both })),
    ],
  },
  '/hien-vat/[code]/tai-len': { parts: ({ broughtGoods }) => ({ code: broughtGoods }), deeds: one('EA') },
  '/cam-ket/xem-chu': { deeds: one('ED', ({ code }) => ({ viec: `shown ${code} name ${'0'.repeat(64)}` })) },
  '/cam-ket/[code]/viec': {
    parts: ({ code }) => ({ code }),
    deeds: [
      ...one('EA', () => ({ viec: 'name', seen: '', name: 'Hoa', showName: 'no' })),
      ...one('EA', () => ({ viec: 'extend', seen: '', until: '2026-12-24' })),
      ...one('EA', () => ({ viec: 'cancel', seen: '' })),
      ...one('EA', () => ({ viec: 'letter', formKey, kind: 'reminder', words: '' })),
    ],
  },
  '/tien-mat/moi/gui': {
    deeds: one('A', () => ({ formKey, kind: 'cash', amount: '10.000', receivedOn: '2026-11-24', campaign: '', name: '', showName: 'no' })),
  },
  '/tien-mat/nop': { deeds: one('A', ({ account }) => ({ formKey, account, amount: '1.000', takenOn: '2026-11-24', slip: '' })) },
  '/tien-mat/viec': {
    deeds: [
      ...one('D', ({ reversal }) => ({ viec: `reject ${reversal}` })),
      ...one('D', ({ reversal }) => ({ viec: `approve ${reversal}` })),
      ...one('A', ({ deposit }) => ({ viec: `withdraw ${deposit}` })),
    ],
  },
  '/tien-mat/phieu/[receipt]/viec': {
    parts: ({ receipt }) => ({ receipt }),
    deeds: [...one('A', () => ({ viec: 'ask', 'ly-do': 'wrong_amount' })), ...one('A', () => ({ viec: 'return', 'ly-do': 'stopped' }))],
  },
  '/chi/[number]/giay': {
    parts: ({ spend }) => ({ number: spend }),
    deeds: [
      ...one('EAF', () => ({ form: 'paper', key, kind: 'quotation', datedOn: '2026-11-23' })),
      ...one('EAF', ({ spendPaper }) => ({ form: `copy-${spendPaper}` })),
    ],
  },
  '/chi/[number]/doi': {
    parts: ({ spend }) => ({ number: spend }),
    deeds: [
      ...one('AD', ({ spendPaper }) => ({ releasePaper: spendPaper })),
      ...one('EADF', ({ spendPaper }) => ({ withdrawPaper: spendPaper, ...both })),
    ],
  },
  '/chi/[number]/tam-ung': {
    parts: ({ advancedSpend }) => ({ number: advancedSpend }),
    deeds: [
      ...one('A', () => ({ form: 'advance', formKey, amount: '1', heldBy: 'nguoi-tam', dueOn: '2026-12-25' })),
      ...one('A', ({ advance }) => ({ form: `settle-${advance}`, formKey, amount: '1', on: '2026-11-23' })),
      ...one('A', ({ advance }) => ({ drop: advance })),
    ],
  },
  '/bieu-trung/them': { deeds: one('E', () => ({ form: 'logo', key, organisation: '1' })) },
  '/bieu-trung/doi': { deeds: [...one('D', ({ logo }) => ({ release: logo })), ...one('ED', ({ logo }) => ({ withdraw: logo }))] },
  '/nguoi/chi-dinh': { deeds: one('D', () => ({ email: 'moi@example.com', name: 'Mới', role: 'editor', locale: 'vi' })) },
  '/nguoi/doi': {
    deeds: [
      ...one('D', ({ role }) => ({ confirm: role })),
      ...one('AD', ({ role }) => ({ withdraw: role })),
      ...one('D', ({ role }) => ({ end: role })),
    ],
  },
  '/tai-khoan/de-nghi': {
    deeds: one('AD', () => ({
      ...{ alias: 'Mới', bankName: 'Mẫu', bankBin: '999901', accountNumber: '123456789', again: '123456789', accountName: 'QUY' },
    })),
  },
  '/tai-khoan/thoi-dung': { deeds: one('AD', ({ account }) => ({ retire: account })) },
  '/tai-khoan/rut-lai': { deeds: one('AD', ({ account }) => ({ withdraw: `account ${account}` })) },
  '/tai-khoan/duyet': {
    deeds: [
      ...one('D', ({ proposedAccount }) => ({ approve: proposedAccount })),
      ...one('D', ({ account }) => ({ 'approve-retirement': account })),
    ],
  },
  '/cai-dat/thong-tin': { deeds: one('D', () => ({ address: 'số 1 đường Mẫu' })) },
  '/cai-dat/luu': { deeds: one('D', () => ({ appointment: '8', account: '8' })) },
  '/xuat/[table]': {
    parts: () => ({ table: 'gifts' }),
    deeds: one('ADS', () => ({ dang: 'csv' })),
  },
  '/trao/moi/[spend]/gui': {
    parts: ({ spend }) => ({ spend }),
    deeds: one('EF', () => ({ form: 'delivery', key, deliveredOn: '2026-11-23', place: 'Trường', children: '9', 'units-0': '1' })),
  },
  '/trao/dot/[delivery]/dong-y': {
    parts: ({ delivery }) => ({ delivery }),
    deeds: one('EAF', () => ({ key, givenBy: 'school', givenHow: 'paper', paperNumber: '2', givenOn: '2026-11-23' })),
  },
  '/trao/dot/[delivery]/anh': {
    parts: ({ delivery }) => ({ delivery }),
    deeds: one('EAF', ({ consent }) => ({ key, consentId: consent, alt: 'Áo mới' })),
  },
  '/trao/dot/[delivery]/giay': {
    parts: ({ delivery }) => ({ delivery }),
    deeds: one('EAF', () => ({ key, kind: 'handover', datedOn: '2026-11-23' })),
  },
  '/trao/dot/[delivery]/doi': {
    parts: ({ delivery }) => ({ delivery }),
    deeds: [
      ...one('AD', ({ paper }) => ({ releasePaper: paper })),
      ...one('EADF', ({ paper }) => ({ withdrawPaper: paper, ...both })),
      ...one('EADF', ({ consent }) => ({ endConsent: consent })),
    ],
  },
  '/trao/dot/[delivery]/tai-len': { parts: ({ delivery }) => ({ delivery }), deeds: one('EAF') },
  '/sao-ke/moi/gui': { deeds: one('A', ({ account }) => ({ account, key: 'a'.repeat(32), tep: file })) },
  '/sao-ke/[file]/cot': { parts: ({ statement }) => ({ file: statement }), deeds: one('A', ({ account }) => ({ account })) },
  '/sao-ke/[file]/nhan': { parts: ({ statement }) => ({ file: statement }), deeds: one('A') },
  '/sao-ke/[file]/bo': { parts: ({ statement }) => ({ file: statement }), deeds: one('A') },
}
