import type { CardOffer } from '@/lib/cards/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { isBeingPaid, isOfOffice, type GiftView, type ReturnedForm } from '@/lib/pledges/model'
import { dayOf } from '@/lib/time/day'
import { AmountFields, ContactFields, DonorPart, type KeptWords } from './gift-fields'
import { legendsOf } from './legends'
import { MethodFields } from './method-fields'
import { CancelPledge, KeepSafe, NameShown, OneStatement, Pictured, PrivateLink } from './own-link'

/** What a donor did a moment ago, as their part of the page confirms it. */
export type OwnDeed = 'saved' | 'savedNameKept' | 'renewed'

interface Props {
  locale: Locale
  gift: GiftView
  /** The whole private address. */
  privateLink: string
  formKey: string
  form: ReturnedForm
  cards: CardOffer
  /** What was done a moment ago. */
  done: OwnDeed | null
  /** Whether the donor's name shows; null where there is none to show. */
  isNamed: boolean | null
  /** Name and message where they stay, though the rest may be changed. */
  kept: KeptWords | null
  /** Its emergency appeal has ended: it can be cancelled, but no longer changed. */
  isOver: boolean
  /** The form is open. Where it is not, the page may reload itself: what was typed would be lost. */
  isChanging: boolean
}

/** The donor's own part of a gift's page: the link to keep, and while it is open, to change or cancel it. */
export function OwnPart({ locale, gift, privateLink, formKey, form, cards, done, isNamed, kept, isOver, isChanging }: Props) {
  const t = translator(locale, 'giving')
  const isOpen = (gift.state === 'open' || gift.state === 'expired') && !isBeingPaid(gift) && !isOfOffice(gift.method)
  const isAsked = cards !== 'none' || form.errors.method !== undefined
  const legends = legendsOf(locale, isAsked)
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
      {gift.state === 'received' && <Pictured locale={locale} code={gift.code} isPictured={gift.isPictured} />}
      <OneStatement locale={locale} code={gift.code} days={gift.gifts.map(({ receivedAt }) => dayOf(receivedAt))} />
      {isOpen ? (
        <>
          {!isChanging && !isOver && (
            <p className="near2" id="sua">
              <a className="hit" href={`${path}?sua=co#sua`}>
                {t('gift.own.change')}
              </a>
            </p>
          )}
          {isChanging && (
            <form className="steps near" id="sua" aria-label={t('gift.own.change')} action={`${path}/sua`} method="post" noValidate>
              <input type="hidden" name="formKey" value={formKey} />
              <AmountFields locale={locale} form={form} legend={legends.amount} offered={[]} cards={cards} />
              {isAsked && <MethodFields locale={locale} form={form} legend={legends.how} cards={cards} />}
              <DonorPart locale={locale} form={form} legend={legends.who} kept={kept} />
              <ContactFields locale={locale} form={form} legend={legends.contact} />
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
      ) : (
        gift.state !== 'cancelled' && (
          <p className="small quiet near2">
            {gift.state === 'received'
              ? t('gift.own.received')
              : isOfOffice(gift.method)
                ? t('gift.office.own')
                : translator(locale, 'card')('pay.own')}
          </p>
        )
      )}
      <KeepSafe locale={locale} code={gift.code} formKey={formKey} />
    </section>
  )
}
