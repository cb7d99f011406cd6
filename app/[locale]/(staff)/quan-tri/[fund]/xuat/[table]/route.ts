import { isTableKey } from '@/lib/exports/model'
import { startExport } from '@/lib/exports/start'
import { streamed } from '@/lib/http/streamed'
import { consoleForm } from '../../../console-form'

/** Sends a table as a file while it is read: whoever goes away in between has it end at the next batch. */
export const { GET, POST } = consoleForm('/xuat', async ({ context, staff, fund, locale, fields, parts, signal, refused }) => {
  const key = parts['table'] ?? ''
  if (!isTableKey(key)) return refused('not_allowed')
  const started = await startExport(context, staff, { fund, key, fields, locale })
  if (!started.ok) return refused(started.refusal)
  const { fileName, type, stream } = started.value
  return new Response(streamed(stream, signal), {
    headers: {
      'Content-Type': type,
      'Content-Disposition': `attachment; filename="${fileName}"`,
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'private, no-store',
    },
  })
})
