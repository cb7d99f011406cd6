import { staffAsking } from '@/lib/console/asked'
import { serverContext, type ServerContext } from '@/lib/context'
import { problem } from '@/lib/http/problem'
import { fileHeaders } from '@/lib/http/security'
import type { Staff, StaffFund } from '@/lib/staff/model'

/**
 * Hands a file to the people of a fund, and to nobody else: nobody in between keeps it, and neither does the browser.
 * @param find looks for it, and says whether who asks may have it: null where not. `name` hands it over as a file and
 *   never shows it as a page.
 */
export async function ownFile(
  request: Request,
  slug: string,
  find: (context: ServerContext, staff: Staff, fund: StaffFund) => Promise<{ type: string; bytes: Uint8Array; name?: string } | null>,
): Promise<Response> {
  const context = serverContext()
  const staff = await staffAsking(context, request.headers, 'vi')
  const fund = staff?.isComplete ? staff.funds.find((one) => one.slug === slug) : undefined
  const found = staff && fund ? await find(context, staff, fund) : null
  if (!found) return problem(404, 'No such file', 'There is no file at this address.')
  return new Response(Buffer.from(found.bytes), {
    headers: {
      ...fileHeaders(context.origin),
      ...{ 'Content-Type': found.type, 'Content-Length': String(found.bytes.length), 'Cache-Control': 'private, no-store' },
      'Content-Disposition': found.name === undefined ? 'inline' : `attachment; filename="${found.name}"`,
    },
  })
}
