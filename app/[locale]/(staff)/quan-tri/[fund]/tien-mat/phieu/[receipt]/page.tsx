import type { Metadata } from 'next'
import { ConsoleClosed } from '@/components/console/closed'
import { ConsoleShell } from '@/components/console/shell'
import { ReceiptActs } from '@/components/office/receipt-acts'
import { ReceiptPaper } from '@/components/office/receipt-paper'
import { officeNotice, officeProblem } from '@/components/office/text'
import type { ServerContext } from '@/lib/context'
import { answerWith } from '@/lib/http/status'
import { isLocale, localePath } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { linkSecretOf } from '@/lib/office/link'
import { getReceipt, receiptKey } from '@/lib/office/queries'
import { isSecretOf } from '@/lib/pledges/commands'
import { giftPath } from '@/lib/pledges/cookies'
import { isAllowed } from '@/lib/staff/permissions'
import { staffNames } from '@/lib/staff/queries'
import { oneOf, openConsole, type ConsoleProps } from '../../../../open-console'

interface Props extends ConsoleProps {
  params: Promise<{ locale: string; fund: string; receipt: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params
  return isLocale(locale) ? { title: translator(locale, 'office')('receipt.became') } : {}
}

/** A receipt to print, and what became of it. */
export default async function ReceiptRoute(props: Props) {
  const { receipt: word } = await props.params
  const opened = await openConsole(props, `/tien-mat/phieu/${word}`, 'gifts.read')
  if (!opened.isOpen) return opened.page
  const { locale, context, staff, fund, shell } = opened
  const id = /^\d{1,15}$/.test(word) ? BigInt(word) : null
  const receipt = id === null ? null : await getReceipt(context, fund.id, id, locale)
  if (id === null || !receipt) {
    answerWith(404)
    return <ConsoleClosed locale={locale} />
  }
  const mayAct = isAllowed(staff.roles, 'cash.record', { fundId: fund.id })
  // The link is the giver's: only who hands out receipts prints it, and no longer once the giver has another.
  const secret = mayAct ? await printedSecret(context, fund.id, id) : null
  const asked = await props.searchParams
  const notice = officeNotice(locale, oneOf(asked['xong']))
  const problem = officeProblem(locale, oneOf(asked['loi']))
  const { reversal, returned, recall, issuedBy } = receipt
  const said = [reversal?.askedBy, reversal?.decidedBy, returned?.by, recall?.askedBy, recall?.decidedBy]
  const who = [issuedBy, ...said].filter((one) => typeof one === 'string')
  return (
    <ConsoleShell {...shell} room="cash" title={receipt.number} notice={notice} problem={problem}>
      <div className="bench">
        <ReceiptPaper
          locale={locale}
          receipt={receipt}
          link={`${context.origin}${localePath(locale, giftPath(receipt.code))}${secret === null ? '' : `/khoa/${secret}`}`}
          isPrivate={secret !== null}
          isSample={context.installation.kind === 'sample'}
        />
        <ReceiptActs locale={locale} fundSlug={fund.slug} receipt={receipt} names={await staffNames(context, who)} mayAct={mayAct} />
      </div>
    </ConsoleShell>
  )
}

async function printedSecret(context: ServerContext, fundId: number, id: bigint): Promise<string | null> {
  const key = await receiptKey(context, fundId, id)
  if (!key) return null
  const secret = linkSecretOf(context.staff.secret, key.formKey)
  return (await isSecretOf(context, key.code, secret)) ? secret : null
}
