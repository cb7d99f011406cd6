import { CancelPledge, KeepSafe, NameShown, OneStatement, PrivateLink } from '@/components/giving/own-link'
import type { KeptWords } from '@/components/giving/gift-fields'
import type { OwnDeed } from '@/components/giving/own-part'
import type { GoodsGift, OfferedLine, ReturnedGoods } from '@/lib/goods/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { GoodsFields } from './goods-form'

interface Props {
  locale: Locale
  gift: GoodsGift
  /** The whole private address. */
  privateLink: string
  formKey: string
  lines: OfferedLine[]
  form: ReturnedGoods
  done: OwnDeed | null
  /** Whether the giver's name shows; null where there is none to show. */
  isNamed: boolean | null
  /** Name and message where they stay, though the rest may be changed. */
  kept: KeptWords | null
  /** Its emergency appeal has ended: it can be cancelled, but no longer changed. */
  isOver: boolean
  /** The form is open. */
  isChanging: boolean
}

/** The giver's own part of the page: the link to keep, and while nothing came, to change or cancel the promise. */
export function GoodsOwnPart({ locale, gift, privateLink, formKey, lines, form, done, isNamed, kept, isOver, isChanging }: Props) {
  const t = translator(locale, 'giving')
  const isOpen = gift.state === 'open' || gift.state === 'expired'
  const path = localePath(locale, `/theo-doi/${gift.code}`)
  return (
    <section className="own sec" id="rieng" aria-labelledby="rieng-h">
      <h2 className="head2" id="rieng-h">
        {t('gift.own.title')}
      </h2>
      {done && (
        <p className="saved" role="status">
          {t(`gift.own.${done}`)}
        </p>
      )}
      <p>{t('gift.own.lead')}</p>
      <PrivateLink locale={locale} href={privateLink} />
      {isOpen && <p className="small quiet">{t('gift.own.linkNote')}</p>}
      {gift.isNameWaiting && <p className="small near3">{t('gift.facts.nameWaiting')}</p>}
      {gift.isMessageWaiting && <p className="small near3">{t('gift.facts.messageWaiting')}</p>}
      {isNamed !== null && (!isOpen || kept) && <NameShown locale={locale} code={gift.code} isShown={isNamed} />}
      {kept && !isChanging && <p className="small quiet near2">{t('gift.own.nameKept')}</p>}
      <OneStatement locale={locale} code={gift.code} days={gift.visits.map(({ receivedOn }) => receivedOn)} />
      {isOpen && (
        <>
          {!isChanging && !isOver && (
            <p className="near2" id="sua">
              <a className="hit" href={`${path}?sua=co#sua`}>
                {t('gift.own.change')}
              </a>
            </p>
          )}
          {isChanging && (
            <form
              className="steps near"
              id="sua"
              aria-label={t('gift.own.change')}
              action={`${path}/sua-hien-vat`}
              method="post"
              noValidate
            >
              <GoodsFields locale={locale} formKey={formKey} lines={lines} form={form} kept={kept} />
              <p>
                <button className="act act-3 full" type="submit">
                  {t('gift.own.save')}
                </button>
              </p>
              <p className="small quiet">{t('gift.own.changeNote')}</p>
            </form>
          )}
          <CancelPledge locale={locale} code={gift.code} />
        </>
      )}
      {gift.state === 'received' && <p className="small quiet near2">{translator(locale, 'goods')('gift.own.received')}</p>}
      <KeepSafe locale={locale} code={gift.code} formKey={formKey} />
    </section>
  )
}
