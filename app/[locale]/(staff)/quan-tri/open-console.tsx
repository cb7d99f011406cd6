import { headers } from 'next/headers'
import { notFound, redirect } from 'next/navigation'
import type { ReactNode } from 'react'
import { ConsoleClosed } from '@/components/console/closed'
import { staffAsking } from '@/lib/console/asked'
import { consolePath, ROOMS, type RoomKey } from '@/lib/console/model'
import { readTyped, type TypedForm } from '@/lib/console/typed'
import { serverContext, type ServerContext } from '@/lib/context'
import { answerWith } from '@/lib/http/status'
import { isLocale, localePath, type Locale } from '@/lib/i18n/locale'
import type { Staff, StaffFund } from '@/lib/staff/model'
import { isAllowedSomewhere, type Permission } from '@/lib/staff/permissions'
import { signInPath } from './sign-in-path'

/** As Next gives a page of a fund's console. */
export interface ConsoleProps {
  params: Promise<{ locale: string; fund: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

/** A page of the console that is open to who asks. */
export interface OpenConsole {
  isOpen: true
  locale: Locale
  context: ServerContext
  staff: Staff
  fund: StaffFund
  /** What `ConsoleShell` needs of it. */
  shell: { locale: Locale; staff: Staff; fund: StaffFund; path: string; rooms: RoomKey[] }
  /** What was typed before, where a form of this page came back. */
  typed: TypedForm | null
}

type Opened = OpenConsole | { isOpen: false; page: ReactNode }

/**
 * Who asks for a page, in their language. Whoever is not signed in is sent to sign in and then back here; whoever still
 * has to show a second factor, to that.
 * @param path Vietnamese path of the page
 */
export async function openForStaff(language: string, path: string): Promise<{ locale: Locale; context: ServerContext; staff: Staff }> {
  if (!isLocale(language)) notFound()
  const context = serverContext()
  const staff = await staffAsking(context, await headers(), language)
  if (!staff) redirect(signInPath(language, path))
  if (!staff.isComplete)
    redirect(localePath(language, `/quan-tri/xac-thuc${staff.hasFactor ? '' : '/moi'}?tiep=${encodeURIComponent(path)}`))
  return { locale: language, context, staff }
}

/**
 * Opens a page of a fund's console to who may see it; the first line of each. Of a fund in which somebody has no role
 * they do not learn that it has such a page.
 * @param path within the fund's console, such as '/nguoi'
 * @param permission what the page needs, in some commune at least; what it shows is for the page to narrow (`communesOf`)
 */
export async function openConsole({ params }: ConsoleProps, path: string, permission: Permission | null): Promise<Opened> {
  const { locale: language, fund: slug } = await params
  const { locale, context, staff } = await openForStaff(language, consolePath(slug, path))
  const fund = staff.funds.find((one) => one.slug === slug)
  const hasRole = fund !== undefined && staff.roles.some(({ fundId }) => fundId === fund.id)
  if (!fund || !hasRole) {
    answerWith(404)
    return { isOpen: false, page: <ConsoleClosed locale={locale} /> }
  }
  if (permission !== null && !isAllowedSomewhere(staff.roles, permission, fund.id)) {
    answerWith(403)
    return { isOpen: false, page: <ConsoleClosed locale={locale} /> }
  }
  const rooms = ROOMS.filter((room) => isAllowedSomewhere(staff.roles, room.permission, fund.id)).map(({ key }) => key)
  const shell = { locale, staff, fund, path: consolePath(slug, path), rooms }
  return { isOpen: true, locale, context, staff, fund, shell, typed: readTyped(await headers()) }
}

/** One value of a parameter of the address, the first of many. */
export const oneOf = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value)
