import { staffAsking } from '@/lib/console/asked'
import { consolePath } from '@/lib/console/model'
import { forgetTyped, typedCookie } from '@/lib/console/typed'
import { serverContext, type ServerContext } from '@/lib/context'
import { readPosted, seeOther, type PostedForm } from '@/lib/http/form'
import { isLocale, localePath, type Locale } from '@/lib/i18n/locale'
import type { ActRefusal } from '@/lib/staff/act'
import type { Staff, StaffFund } from '@/lib/staff/model'
import { signInPath } from './sign-in-path'

/** As Next gives a handler of a fund's console. */
interface Props {
  params: Promise<{ locale: string; fund: string } & Record<string, string>>
}

/** A form of the console that came from somebody who is signed in, and how to answer it. */
export interface SentForm {
  locale: Locale
  context: ServerContext
  staff: Staff
  fund: StaffFund
  /** What was typed, the last of a name. */
  fields: Record<string, string>
  /** What was chosen from the sender's machine, by the name of its field. */
  files: PostedForm['files']
  /** Parts of the address. */
  parts: Record<string, string>
  /** Of the request: tells of who left. */
  signal: AbortSignal
  /** It is done: on to a page of the fund's console. @param path within it, such as '/nguoi?xong=appointed' */
  done: (path: string) => Response
  /** Back to the form with what was typed. @param errors codes by field */
  back: (errors: Record<string, string>) => Response
  /** Back to the form's page with a refusal that is about no field: `?loi=<refusal>`. */
  refused: (refusal: string) => Response
}

/**
 * A handler of a form: who is not signed in any more signs in and comes back to the form with what was typed; a fund in
 * which somebody has no role is none. What it does, it does through `act`.
 * @param page of the form, within the fund's console: '/nguoi'
 * @param options `mostBytes` of the whole form, where it has files
 */
export function consoleForm(
  page: string | ((parts: Record<string, string>) => string),
  take: (form: SentForm) => Promise<Response>,
  { mostBytes }: { mostBytes?: number } = {},
) {
  const pathOf = (parts: Record<string, string>) => (typeof page === 'string' ? page : page(parts))
  return {
    POST: async (request: Request, { params }: Props): Promise<Response> => {
      const { locale: language, fund: slug, ...parts } = await params
      const locale: Locale = isLocale(language) ? language : 'vi'
      const context = serverContext()
      const isSecure = context.origin.startsWith('https:')
      const own = consolePath(slug, pathOf(parts))
      const ownPath = localePath(locale, own)
      const staff = await staffAsking(context, request.headers, locale)
      // Files are read of those who are signed in, and of nobody else.
      const form = await readPosted(request, staff?.isComplete ? mostBytes : undefined)
      if (!form.ok) return seeOther(staff?.isComplete ? `${ownPath}?loi=${form.refusal}` : signInPath(locale, own))
      const { fields, files } = form.value
      if (!staff?.isComplete) return seeOther(signInPath(locale, own), [typedCookie({ fields, errors: {} }, ownPath, isSecure)])
      const fund = staff.funds.find((one) => one.slug === slug)
      if (!fund || !staff.roles.some(({ fundId }) => fundId === fund.id)) return seeOther(localePath(locale, '/quan-tri'))
      return take({
        ...{ locale, context, staff, fund, fields, files, parts, signal: request.signal },
        done: (path) => seeOther(localePath(locale, consolePath(slug, path)), [forgetTyped(ownPath, isSecure)]),
        back: (errors) => seeOther(`${ownPath}?loi=o`, [typedCookie({ fields, errors }, ownPath, isSecure)]),
        refused: (refusal) =>
          refusal === ('signed_out' satisfies ActRefusal)
            ? seeOther(signInPath(locale, own), [typedCookie({ fields, errors: {} }, ownPath, isSecure)])
            : seeOther(`${ownPath}?loi=${encodeURIComponent(refusal)}`, [
                typedCookie({ fields: refusal === 'form_used' ? withoutKey(fields) : fields, errors: {} }, ownPath, isSecure),
              ]),
      })
    },
    /** Somebody opened the address of the handler: the form is next door. */
    GET: async (_request: Request, { params }: Props): Promise<Response> => {
      const { locale, fund, ...parts } = await params
      return seeOther(localePath(isLocale(locale) ? locale : 'vi', consolePath(fund, pathOf(parts))))
    },
  }
}

/** What was typed, for a form that gets a key of its own: with the one that was used it would be refused for ever. */
const withoutKey = ({ formKey: _, ...fields }: Record<string, string>): Record<string, string> => fields

/**
 * Of a deed about a whole fund by somebody who works for some communes: one of theirs. What it does to others is for the
 * command to refuse.
 */
export function actingIn(communes: 'all' | ReadonlySet<number>): { communeId?: number } {
  const [communeId] = communes === 'all' ? [] : communes
  return communeId === undefined ? {} : { communeId }
}
