import { CATEGORIES } from '../plans/categories'
import { chance, type Chance } from './chance'
import type { SampleCategory } from './model'
import { ABROAD, CALLS, DOUBTFUL, DOUBTFUL_WISHES, FAMILY, GIFT_WISHES, MEN, ORGANISATIONS, WISHES, WISHES_EN, WOMEN } from './texts/donors'

/** Who gives, as the gift form asks. `name` is empty for those who want no name. */
export interface Donor {
  kind: 'person' | 'company'
  name: string
  isNamed: boolean
  taxCode: string | null
  email: string | null
  locale: 'vi' | 'en'
  /** As banks write it. */
  bankName: string
}

const bankLetters = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[đĐ]/g, 'D')
    .toUpperCase()
    .replace(/[^A-Z0-9 ]/g, '')

function personName(luck: Chance): string {
  const { middle, given } = luck.is(0.58) ? WOMEN : MEN
  return `${luck.weighted(FAMILY)} ${luck.pick(middle)} ${luck.pick(given)}`
}

function shownName(own: string, luck: Chance): string {
  const given = own.split(' ').at(-1) ?? own
  return luck.weighted<() => string>([
    [() => own, 62],
    [() => `Gia đình ${luck.pick(CALLS)} ${given}`, 14],
    [() => `Lớp ${luck.int(6, 12)}${luck.pick(['A', 'B', 'C'])} cũ`, 4],
    [() => `Nhóm bạn của ${given}`, 4],
    [() => `Cô giáo ${given}`, 3],
    [() => `Ông bà và các cháu nhà ${given}`, 3],
    [() => `Tổ dân phố ${luck.int(1, 24)}`, 2],
    [() => luck.pick(DOUBTFUL), 3],
    [() => luck.pick(ABROAD), 5],
  ])()
}

/** Tax codes begin with the code of a tax authority; 99 belongs to none, so these are nobody's. */
function taxCode(luck: Chance): string {
  for (;;) {
    const body = `99${luck.digits(7)}`
    const sum = [31, 29, 23, 19, 17, 13, 7, 5, 3].reduce((total, weight, index) => total + weight * Number(body[index]), 0)
    if (sum % 11 !== 0) return `${body}${10 - (sum % 11)}`
  }
}

/** How many people want to be named: rather more than half do not. */
export const NAMED_SHARE = 0.46

/** A person. @param namedShare how likely they want to be named */
export function person(luck: Chance, namedShare = NAMED_SHARE): Donor {
  const own = personName(luck)
  const isNamed = luck.is(namedShare)
  const name = isNamed ? shownName(own, luck) : luck.is(0.2) ? own : ''
  const isAbroad = ABROAD.includes(name)
  return {
    kind: 'person',
    name,
    isNamed,
    taxCode: null,
    email: luck.is(0.3) ? `nguoi.ung.ho.${luck.int(1, 9999)}@example.com` : null,
    locale: isAbroad || luck.is(0.03) ? 'en' : 'vi',
    bankName: bankLetters(own),
  }
}

/** The tax code of an organisation of the sample, always the same. */
export const organisationTaxCode = (name: string): string => taxCode(chance('tax codes', name))

/** A company or another organisation. */
export function organisation(luck: Chance): Donor {
  const name = luck.pick(ORGANISATIONS)
  return {
    kind: 'company',
    name,
    isNamed: luck.is(0.8),
    taxCode: organisationTaxCode(name),
    email: luck.is(0.7) ? `ke.toan.${luck.int(1, 99)}@example.com` : null,
    locale: 'vi',
    bankName: bankLetters(name),
  }
}

/** A message, or none: about one gift in six has one. */
export function message(category: SampleCategory, locale: 'vi' | 'en', luck: Chance): string {
  if (!luck.is(0.17)) return ''
  if (locale === 'en') return luck.pick(WISHES_EN)
  if (luck.is(0.05)) return luck.pick(DOUBTFUL_WISHES)
  return luck.pick([...WISHES, ...(GIFT_WISHES.get(category) ?? [])])
}

/** What people type who know no code. */
export function looseMemo(luck: Chance): string {
  const category = luck.pick(CATEGORIES)
  return luck.pick([
    'ung ho tre em',
    'ung ho cac chau vung cao',
    `ung ho ${bankLetters(category.name.vi).toLowerCase()}`,
    'chuyen tien',
    'gia dinh ung ho',
    'tu thien',
    '351',
  ])
}
