import { DeskConsents } from '@/components/evidence/desk-consents'
import { DeskPapers } from '@/components/evidence/desk-papers'
import { DeskPhotos } from '@/components/evidence/desk-photos'
import { UploadTold } from '@/components/evidence/upload-told'
import { Facts } from '@/components/ui/facts'
import { consolePath } from '@/lib/console/model'
import type { DeskDelivery } from '@/lib/delivery/model'
import { DELIVERY_PAPERS, type DeskEvidence } from '@/lib/evidence/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatCount } from '@/lib/money/vnd'
import { formatDay, type Day } from '@/lib/time/day'
import type { Typed } from './handover-text'
import { Due } from './to-hand-over'

interface Props {
  locale: Locale
  fundSlug: string
  delivery: DeskDelivery
  evidence: DeskEvidence
  /** Names of people by their ids. */
  names: ReadonlyMap<string, string>
  /** Id of who looks at it. */
  me: string
  may: { add: boolean; release: boolean; withdraw: boolean }
  today: Day
  newKeys: { consent: string; photo: string; paper: string }
  typed: Typed | null
}

/** A delivery with its consents, photos and papers. */
export function DeskDeliveryPage(props: Props) {
  const { locale, fundSlug, delivery, evidence, me, may, typed, today, newKeys } = props
  const { id } = delivery
  const path = (part: string) => localePath(locale, consolePath(fundSlug, `/trao/dot/${id}/${part}`))
  const t = translator(locale, 'handover')
  return (
    <>
      <Facts
        facts={[
          { key: 'what', term: t('what'), value: delivery.title },
          { key: 'commune', term: t('commune'), value: delivery.commune },
          { key: 'day', term: t('day'), value: formatDay(delivery.deliveredOn) },
          { key: 'children', term: t('delivery.children'), value: formatCount(delivery.children, locale) },
          {
            key: 'papers',
            term: t('papers'),
            value: delivery.isProved ? <span className="tag sure">{t('handedOver.proved')}</span> : <Due locale={locale} {...delivery} />,
          },
          ...(delivery.note === '' ? [] : [{ key: 'note', term: t('record.note'), value: delivery.note }]),
          {
            key: 'public',
            term: t('delivery.public'),
            value: <a href={localePath(locale, `/dot-trao/${delivery.slug}`)}>{t('delivery.open')}</a>,
          },
        ]}
      />
      <UploadTold locale={locale} me={me} action={path('tai-len')} />
      <div className="evidence-parts">
        <DeskPhotos
          {...{ locale, path, me, may, typed }}
          {...{ photos: evidence.photos, consents: evidence.consents, names: props.names, newKey: newKeys.photo, kept: `${me}:anh:${id}` }}
        />
        <DeskPapers
          {...{ locale, path, me, may, typed, today }}
          {...{ papers: evidence.papers, names: props.names, newKey: newKeys.paper, kept: `${me}:giay:${id}` }}
          {...{ kinds: DELIVERY_PAPERS, datedOn: delivery.deliveredOn }}
        />
        <DeskConsents
          {...{ locale, path, may, typed, today, usualDay: delivery.deliveredOn }}
          {...{ consents: evidence.consents, newKey: newKeys.consent, kept: `${me}:dong-y:${id}` }}
          isOpen={evidence.consents.length === 0}
        />
      </div>
      <p>
        <a href={localePath(locale, consolePath(fundSlug, '/trao'))}>{t('delivery.back')}</a>
      </p>
      <script type="module" src="/js/kept-form.js" />
      <script type="module" src="/js/uploads.js" />
    </>
  )
}
