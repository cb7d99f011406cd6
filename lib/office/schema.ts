import { z } from 'zod'
import { isPhone, MAX_NOTE_LENGTH, plainPhone } from '../goods/schema'
import { parseVnd } from '../money/vnd'
import { donorFields, isFormKey, plain, readDonor, typed } from '../pledges/schema'
import { addDays, isDay, type Day } from '../time/day'
import { OFFICE_KINDS } from './model'

const LEAST_VND = 1_000n
const MOST_VND = 100_000_000_000n
const LONGEST_BANK = 80
/** What was given earlier and is only written down now. Older gifts need the accountant's own papers. */
const OLDEST_DAYS = 31

const chequeNumber = (text: string): string => text.toUpperCase().replaceAll(/[\s.-]/g, '')
/** A number of a paper: capitals, digits, and what stands between them. */
const paperNumber = (text: string): string => text.toUpperCase().replaceAll(/\s/g, '')

/**
 * The form by which cash or a cheque is taken. Every field is looked at, so that all errors are told at once; issues carry
 * a code of what is wrong.
 * @param today in Việt Nam
 */
export const officeGiftSchema = (today: Day) =>
  z
    .object({
      formKey: typed,
      kind: typed,
      amount: typed,
      receivedOn: typed,
      /** Slug of a campaign; empty for the general pot. */
      campaign: typed,
      chequeNumber: typed.transform(chequeNumber),
      chequeBank: typed.transform(plain),
      ...donorFields,
      phone: typed.transform(plainPhone),
      note: typed.transform(plain),
    })
    .transform((form, context) => {
      const check = (isRight: boolean, field: string, error: string) => {
        if (!isRight) context.addIssue({ code: 'custom', path: [field], message: error })
      }
      const kind = OFFICE_KINDS.find((known) => known === form.kind)
      const amountVnd = parseVnd(form.amount)
      const isCheque = kind === 'cheque'
      check(isFormKey(form.formKey), 'formKey', 'unknown')
      check(kind !== undefined, 'kind', 'required')
      check(amountVnd !== null && amountVnd >= LEAST_VND && amountVnd <= MOST_VND, 'amount', 'not_an_amount')
      const isPossibleDay = isDay(form.receivedOn) && form.receivedOn <= today && form.receivedOn >= addDays(today, -OLDEST_DAYS)
      check(isPossibleDay, 'receivedOn', 'not_a_day')
      check(!isCheque || /^[0-9A-Z]{1,20}$/.test(form.chequeNumber), 'chequeNumber', 'not_a_cheque')
      check(!isCheque || (form.chequeBank !== '' && [...form.chequeBank].length <= LONGEST_BANK), 'chequeBank', 'required')
      check(form.phone === '' || isPhone(form.phone), 'phone', 'not_a_phone')
      check([...form.note].length <= MAX_NOTE_LENGTH, 'note', 'too_long')
      const donor = readDonor(form, check)
      return {
        ...donor,
        ...{ formKey: form.formKey, kind: kind ?? ('cash' as const), amountVnd: amountVnd ?? 0n, receivedOn: form.receivedOn },
        campaignSlug: form.campaign === '' ? null : form.campaign,
        cheque: isCheque ? { number: form.chequeNumber, bank: form.chequeBank } : null,
        ...{ phone: form.phone === '' ? null : form.phone, note: form.note === '' ? null : form.note },
      }
    })
export type OfficeGift = z.output<ReturnType<typeof officeGiftSchema>>

/** The form by which cash is written down that was carried to the bank. */
export const depositSchema = (today: Day) =>
  z
    .object({ formKey: typed, account: typed, amount: typed, takenOn: typed, slip: typed.transform(paperNumber) })
    .transform((form, context) => {
      const check = (isRight: boolean, field: string, error: string) => {
        if (!isRight) context.addIssue({ code: 'custom', path: [field], message: error })
      }
      const amountVnd = parseVnd(form.amount)
      check(isFormKey(form.formKey), 'formKey', 'unknown')
      check(/^\d{1,9}$/.test(form.account), 'account', 'required')
      check(amountVnd !== null && amountVnd > 0n, 'amount', 'not_an_amount')
      check(isDay(form.takenOn) && form.takenOn <= today, 'takenOn', 'not_a_day')
      check(/^[0-9A-ZĐ./-]{0,40}$/.test(form.slip), 'slip', 'not_a_paper')
      const slip = form.slip === '' ? null : form.slip
      return { formKey: form.formKey, accountId: Number(form.account), amountVnd: amountVnd ?? 0n, takenOn: form.takenOn, slip }
    })
export type Deposit = z.output<ReturnType<typeof depositSchema>>

/** The first error of each field, as the console's forms take them back. */
export function fieldErrors(error: z.ZodError): Record<string, string> {
  const errors: Record<string, string> = {}
  for (const { path, message } of error.issues) errors[String(path[0])] ??= message
  return errors
}
