import { createHash } from 'node:crypto'
import { HOUSE_SEED } from '@/components/weave/band'
import type { CampaignItem } from '@/lib/campaigns/model'
import type { CommuneView, FormerCommuneView } from '@/lib/communes/model'
import type { DeliveryView } from '@/lib/delivery/model'
import type { FundView } from '@/lib/funds/model'
import type { HomeView } from '@/lib/home/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { inSentence } from '@/lib/i18n/sentence'
import { translator } from '@/lib/i18n/translator'
import { formatCount, formatShare, formatVnd } from '@/lib/money/vnd'
import type { CategoryView } from '@/lib/needs/model'
import type { Sums } from '@/lib/recognition/model'
import { sumGifts, type GiftView } from '@/lib/pledges/model'
import type { GiftStory } from '@/lib/spending/model'
import { dayOf, formatDay } from '@/lib/time/day'

/** Everything a link's picture says, in words and numbers: two pictures with the same content are the same picture. */
export interface PictureContent {
  locale: Locale
  /** Whose picture it is, as in its address: "chien-dich/ao-am-ba-vi". */
  name: string
  /** Band at the head. */
  seed: string
  isComplete: boolean
  /** Category whose motif stands beside the title. */
  motif: string | null
  kicker: string
  title: string
  /** One sentence where there are no figures. */
  text: string | null
  figures: { name: string; value: string }[]
  /** How far it got; sums in đồng, as text. */
  bar: { goal: string; received: string } | null
}

/** Where a picture is, and what it is of, for whoever can't see it. */
export interface LinkPicture {
  /** Path on this site, in its language, with the version of its content. */
  path: string
  alt: string
}

/** Changes when a picture does, so that whoever keeps pictures by address fetches the new one. */
export const pictureVersion = (content: PictureContent): string =>
  createHash('sha256').update(JSON.stringify(content)).digest('base64url').slice(0, 10)

export function linkPicture(content: PictureContent): LinkPicture {
  const said = content.figures.map(({ name, value }) => `${name}: ${value}`).join('; ')
  return {
    path: `${localePath(content.locale, `/hinh/${content.name}.png`)}?v=${pictureVersion(content)}`,
    alt: [content.title, content.kicker, said].filter(Boolean).join('. ').replaceAll('\u00a0', ' '),
  }
}

const barOf = (goalVnd: bigint, receivedVnd: bigint): PictureContent['bar'] =>
  goalVnd > 0n ? { goal: String(goalVnd), received: String(receivedVnd) } : null

/** The picture of every page that has none of its own. */
export function housePicture(locale: Locale): PictureContent {
  const t = translator(locale, 'links')
  return {
    ...{ locale, name: 'trang/tung-dong', seed: HOUSE_SEED, isComplete: false, motif: null, figures: [], bar: null },
    kicker: t('picture.house'),
    title: t('picture.houseTitle'),
    text: t('picture.houseText'),
  }
}

/** What is needed now, and how far it got. */
export function homePicture(home: HomeView, locale: Locale): PictureContent {
  const t = translator(locale, 'links')
  if (home.schoolYear === null) return { ...housePicture(locale), name: 'trang/trang-chu' }
  const { sums } = home
  return {
    ...{ locale, name: 'trang/trang-chu', seed: HOUSE_SEED, isComplete: false, motif: null, text: null },
    kicker: t('picture.schoolYear', { year: `${home.schoolYear}–${home.schoolYear + 1}` }),
    title: t('picture.houseTitle'),
    figures: [
      { name: t('picture.received'), value: formatVnd(sums.receivedVnd, locale) },
      { name: t('picture.missing'), value: formatVnd(sums.missingVnd, locale) },
      { name: t('picture.communes'), value: formatCount(home.communes.length, locale) },
    ],
    bar: barOf(sums.askedVnd - sums.coveredVnd, sums.receivedVnd),
  }
}

/** How much is owed thanks to whom. */
export function recognitionPicture({ company, person, nameless }: Sums, locale: Locale): PictureContent {
  const t = translator(locale, 'recognition')
  return {
    ...{ locale, name: 'trang/ghi-nhan', seed: HOUSE_SEED, isComplete: false, motif: null, text: null, bar: null },
    kicker: translator(locale, 'links')('picture.house'),
    title: t('title'),
    figures: [
      { name: t('sums.company'), value: formatVnd(company.amountVnd, locale) },
      { name: t('sums.person'), value: formatVnd(person.amountVnd, locale) },
      { name: t('sums.nameless'), value: formatVnd(nameless.amountVnd, locale) },
    ],
  }
}

export function campaignPicture(campaign: CampaignItem, locale: Locale): PictureContent {
  const t = translator(locale, 'links')
  const { goalVnd, receivedVnd, missingVnd, wholeVnd, commune, category, state } = campaign
  return {
    ...{
      locale,
      name: `chien-dich/${campaign.slug}`,
      seed: commune.seed,
      isComplete: state === 'complete',
      motif: category.key,
      text: null,
    },
    kicker: `${category.name} · ${commune.fullName}`,
    title: campaign.title,
    figures: [
      { name: `${t('picture.received')}, ${formatShare(receivedVnd, wholeVnd, locale)}`, value: formatVnd(receivedVnd, locale) },
      ...(campaign.takesGifts && missingVnd > 0n
        ? [
            { name: t('picture.missing'), value: formatVnd(missingVnd, locale) },
            { name: t('picture.neededBy'), value: formatDay(campaign.neededBy) },
          ]
        : [
            { name: t('picture.goal'), value: formatVnd(goalVnd, locale) },
            { name: translator(locale, 'campaigns')('filter.state'), value: translator(locale, 'campaigns')(`states.${state}`) },
          ]),
    ],
    bar: barOf(wholeVnd, receivedVnd),
  }
}

export function communePicture(commune: CommuneView | FormerCommuneView, locale: Locale): PictureContent {
  const t = translator(locale, 'links')
  const shared = { locale, name: `xa/${commune.slug}`, seed: commune.seed, isComplete: false, motif: null, title: commune.fullName }
  if (commune.kind === 'former' || commune.schoolYear === null) {
    const names = commune.kind === 'former' ? commune.successors.map(({ fullName }) => inSentence(fullName, locale)).join(', ') : ''
    const kicker = commune.kind === 'former' ? t('picture.former') : commune.province
    return { ...shared, kicker, text: names ? t('picture.today', { names }) : t('picture.houseText'), figures: [], bar: null }
  }
  const { sums, schoolYear } = commune
  return {
    ...{ ...shared, text: null },
    kicker: `${commune.province} · ${t('picture.schoolYear', { year: `${schoolYear}–${schoolYear + 1}` })}`,
    figures: [
      { name: t('picture.received'), value: formatVnd(sums.receivedVnd, locale) },
      { name: t('picture.missing'), value: formatVnd(sums.missingVnd, locale) },
      { name: t('picture.open'), value: formatCount(commune.campaigns.filter(({ state }) => state === 'open').length, locale) },
    ],
    bar: barOf(sums.askedVnd - sums.coveredVnd, sums.receivedVnd),
  }
}

export function categoryPicture(category: CategoryView, locale: Locale): PictureContent {
  const t = translator(locale, 'links')
  const { total } = category
  const shared = { locale, name: `nhu-cau/${category.key}`, seed: HOUSE_SEED, isComplete: false, motif: category.key, title: category.name }
  if (!total) return { ...shared, kicker: t('picture.needs'), text: category.about, figures: [], bar: null }
  const { sums } = total
  return {
    ...{ ...shared, kicker: t('picture.needs'), text: null },
    figures: [
      { name: t('picture.received'), value: formatVnd(sums.receivedVnd, locale) },
      { name: t('picture.missing'), value: formatVnd(sums.missingVnd, locale) },
      { name: t('picture.open'), value: formatCount(category.openCampaigns, locale) },
    ],
    bar: barOf(sums.askedVnd - sums.coveredVnd, sums.receivedVnd),
  }
}

/** A gift whose donor chose to show it: what it came to. Never a name, for a picture that others keep can't be taken back. */
export function giftPicture(gift: GiftView, story: GiftStory, locale: Locale): PictureContent {
  const t = translator(locale, 'links')
  const { totalVnd, returnedVnd } = sumGifts(gift.gifts)
  const [first] = gift.gifts
  return {
    ...{
      locale,
      name: `theo-doi/${gift.code.toLowerCase()}`,
      seed: gift.seed,
      motif: gift.campaign?.category ?? null,
      text: null,
      bar: null,
    },
    isComplete: totalVnd > 0n && story.deliveredVnd === totalVnd,
    kicker: `${t('picture.gift')} · ${gift.commune?.fullName ?? gift.fund.name}`,
    title: gift.campaign?.title ?? translator(locale, 'giving')('gift.office.generalPot'),
    figures: [
      { name: t('picture.received'), value: formatVnd(totalVnd - returnedVnd, locale) },
      ...(story.deliveredVnd > 0n ? [{ name: t('picture.delivered'), value: formatVnd(story.deliveredVnd, locale) }] : []),
      ...(first ? [{ name: t('picture.receivedOn'), value: formatDay(dayOf(first.receivedAt)) }] : []),
    ],
  }
}

/** What was handed over, where, and for how many. */
export function deliveryPicture(delivery: DeliveryView, locale: Locale): PictureContent {
  const t = translator(locale, 'links')
  const spending = translator(locale, 'spending')
  const { slug, seed, commune, category, children, items, amountVnd, deliveredOn, title } = delivery
  const [first, ...others] = items
  const things = first ? spending('units', { count: formatCount(first.units, locale), item: first.item }) : title
  return {
    ...{ locale, name: `dot-trao/${slug}`, seed, isComplete: true, motif: category.key, text: null, bar: null },
    kicker: `${spending('delivery.kicker')} · ${commune.name}`,
    title: others.length === 0 ? things : t('picture.andMore', { things, count: others.length }),
    figures: [
      { name: spending('deliveredOn'), value: formatDay(deliveredOn) },
      ...(amountVnd === null ? [] : [{ name: spending('worth'), value: formatVnd(amountVnd, locale) }]),
      { name: t('picture.children'), value: children === null ? t('picture.childrenFew') : formatCount(children, locale) },
    ],
  }
}

export function fundPicture(fund: FundView, locale: Locale): PictureContent {
  const t = translator(locale, 'links')
  return {
    ...{ locale, name: `quy/${fund.slug}`, seed: HOUSE_SEED, isComplete: false, motif: null, text: null },
    kicker: t('picture.fund'),
    title: fund.name,
    figures: [
      { name: t('picture.received'), value: formatVnd(fund.sums.receivedVnd, locale) },
      { name: t('picture.gifts'), value: formatCount(fund.sums.gifts, locale) },
      { name: t('picture.open'), value: formatCount(fund.sums.openCampaigns, locale) },
    ],
    bar: null,
  }
}
