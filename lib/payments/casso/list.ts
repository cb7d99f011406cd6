import { z } from 'zod'
import type { ApiAccess } from '../../context'
import type { Day } from '../../time/day'
import { getJson, type ListPage } from '../api'

const PAGE_SIZE = 100

const page = z.object({
  error: z.literal(0),
  data: z.object({ totalPages: z.int().nonnegative().max(1_000_000), records: z.array(z.unknown()) }),
})

/**
 * A page of the lines that Casso knows since a day, oldest first (developer.casso.vn, "API lấy giao dịch", V2).
 * Throws where Casso does not answer so.
 * @param number of the page, from 1
 */
export async function listCassoLines(access: ApiAccess, from: Day, number: number, signal: AbortSignal): Promise<ListPage<unknown>> {
  const url = new URL(`${access.url}/transactions`)
  url.search = new URLSearchParams({ fromDate: from, page: String(number), pageSize: String(PAGE_SIZE), sort: 'ASC' }).toString()
  const answer = page.safeParse(await getJson(url, `Apikey ${access.key}`, signal))
  if (!answer.success) throw new Error('Casso did not answer with a list')
  const { records, totalPages } = answer.data.data
  return { lines: records, nextPage: number < totalPages ? number + 1 : null }
}
