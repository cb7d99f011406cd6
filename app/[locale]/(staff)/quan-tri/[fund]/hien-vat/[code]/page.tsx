import { randomUUID } from 'node:crypto'
import type { Metadata } from 'next'
import { ConsoleClosed } from '@/components/console/closed'
import { ConsoleShell } from '@/components/console/shell'
import { handoverNotice, handoverProblem } from '@/components/delivery/handover-text'
import { DeskPapers } from '@/components/evidence/desk-papers'
import { UploadTold } from '@/components/evidence/upload-told'
import { GoodsReceived } from '@/components/office/goods-received'
import { GoodsReceiptForm, GoodsRefusalForm } from '@/components/office/goods-receipt-form'
import { officeNotice, officeProblem } from '@/components/office/text'
import { consolePath } from '@/lib/console/model'
import { listGoodsDeskPapers } from '@/lib/evidence/desk'
import { GOODS_PAPERS } from '@/lib/evidence/model'
import { getGoodsOffer } from '@/lib/goods/coverage'
import { getGoodsGift } from '@/lib/goods/queries'
import { answerWith } from '@/lib/http/status'
import { isLocale, localePath } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { normalizeCode } from '@/lib/pledges/codes'
import { createFormKey } from '@/lib/pledges/secret'
import { isAllowed, type Permission } from '@/lib/staff/permissions'
import { staffNames } from '@/lib/staff/queries'
import { dayOf } from '@/lib/time/day'
import { oneOf, openConsole, type ConsoleProps } from '../../../open-console'

interface Props extends ConsoleProps {
  params: Promise<{ locale: string; fund: string; code: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params
  return isLocale(locale) ? { title: translator(locale, 'office')('goods.title') } : {}
}

/** Whether what came back is about papers, whose words are those of every paper. */
const isOfPapers = (fields: Readonly<Record<string, string>>): boolean =>
  /^(paper|copy)/.test(fields['form'] ?? '') || 'releasePaper' in fields || 'withdrawPaper' in fields

/** One promise of goods: what came of it, and what is brought now. */
export default async function GoodsDeskRoute(props: Props) {
  const code = normalizeCode((await props.params).code).slice(0, 20)
  const opened = await openConsole(props, `/hien-vat/${code}`, 'pledges.read')
  if (!opened.isOpen) return opened.page
  const { locale, context, staff, fund, shell, typed } = opened
  const gift = await getGoodsGift(context, code, locale)
  if (gift?.fund.slug !== fund.slug) {
    answerWith(404)
    return <ConsoleClosed locale={locale} />
  }
  const asked = await props.searchParams
  const [done, wrong] = [oneOf(asked['xong']), oneOf(asked['loi'])]
  const notice = handoverNotice(locale, done) ?? officeNotice(locale, done)
  const problem = isOfPapers(typed?.fields ?? {}) ? handoverProblem(locale, wrong, typed) : officeProblem(locale, wrong)
  const mayDo = (permission: Permission) => isAllowed(staff.roles, permission, { fundId: fund.id })
  const mayReceive = mayDo('goods.receive') && gift.state !== 'refused'
  const offer = mayReceive ? await getGoodsOffer(context, gift.campaign.slug, locale) : null
  const path = (part: string) => localePath(locale, consolePath(fund.slug, `/hien-vat/${code}/${part}`))
  const action = path('viec')
  const papers = await listGoodsDeskPapers(context, code)
  const names = await staffNames(
    context,
    papers.map(({ addedBy }) => addedBy),
  )
  const today = dayOf(context.now())
  const kept = `${staff.id}:giay-hien-vat:${code}`
  const visits = gift.visits.toReversed().map(({ receivedOn, goods }) => ({ receipt: goods[0]?.key ?? '', day: receivedOn }))
  const t = translator(locale, 'office')
  return (
    <ConsoleShell
      {...shell}
      room="goods"
      title={t('goods.one', { code })}
      notice={notice && <span data-draft-done={done === 'paper' ? kept : undefined}>{notice}</span>}
      problem={problem}
    >
      <p className="lead-line">
        {gift.campaign.title}, {gift.commune.fullName}. <a href={localePath(locale, `/theo-doi/${code}`)}>{t('receipt.page')}</a>
      </p>
      <GoodsReceived {...{ locale, gift, action }} mayTakeBack={mayDo('goods.receive')} newKey={() => createFormKey(context.random)} />
      {(visits.length > 0 || papers.length > 0) && (
        <>
          <UploadTold locale={locale} me={staff.id} action={path('tai-len')} />
          <DeskPapers
            {...{ locale, path, names, today, kept, typed, papers, visits, me: staff.id, kinds: GOODS_PAPERS }}
            {...{ datedOn: visits[0]?.day ?? today, newKey: randomUUID() }}
            may={{
              add: mayDo('goods.receive') && visits.length > 0,
              ...{ release: mayDo('evidence.release'), withdraw: mayDo('evidence.withdraw') },
            }}
          />
        </>
      )}
      {offer && (
        <>
          <GoodsReceiptForm
            locale={locale}
            action={action}
            gift={gift}
            lines={offer.lines}
            formKey={createFormKey(context.random)}
            today={today}
            typed={typed}
          />
          <GoodsRefusalForm locale={locale} action={action} />
        </>
      )}
      <script type="module" src="/js/kept-form.js" />
      <script type="module" src="/js/uploads.js" />
    </ConsoleShell>
  )
}
