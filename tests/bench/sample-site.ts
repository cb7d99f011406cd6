import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sepaySignature } from '../../lib/payments/sepay/verify'
import { formatBankMoment } from '../../lib/time/day'
import { startSite, type SiteProcess } from '../setup/site-process'

const SECRET = 'test_secret_of_the_bench'

/** The product on sample data, with a bank that can be told what to say. */
export interface SampleSite extends SiteProcess {
  /** Slug of an open campaign. */
  campaign: string
  /** Gives to the campaign and lets the bank report the money. */
  give: (amountVnd: number) => Promise<void>
  end: () => Promise<void>
}

export async function startSampleSite(): Promise<SampleSite> {
  const directory = mkdtempSync(path.join(tmpdir(), 'tung-dong-bench-'))
  const site = await startSite({ DATA_DIR: directory, SAMPLE_PERCENT: '10', SEPAY_WEBHOOK_SECRET: SECRET, RATE_LIMITS: 'off' }, 120_000)
  const text = async (address: string) => (await fetch(site.url + address)).text()
  const campaign = /href="\/ung-ho\/([a-z0-9-]+)"/.exec(await text('/ung-ho'))?.[1] ?? ''
  const account = /\b0000\d{8}\b/
  let notices = 0
  return {
    ...site,
    campaign,
    async give(amountVnd) {
      const formKey = /name="formKey" value="([^"]+)"/.exec(await text(`/ung-ho/${campaign}`))?.[1] ?? ''
      const body = new URLSearchParams({ formKey, amount: 'other', otherAmount: String(amountVnd), donorKind: 'person', showName: 'no' })
      const sent = await fetch(`${site.url}/ung-ho/${campaign}/gui`, { method: 'POST', body, redirect: 'manual' })
      const code = /TD[2-9A-Z]{7}/.exec(sent.headers.get('location') ?? '')?.[0]
      if (code === undefined) throw new Error(`giving answered ${sent.status}`)
      const accountNumber = account.exec(await text(`/theo-doi/${code}`))?.[0]
      notices += 1
      const notice = JSON.stringify({
        ...{ id: notices, transactionDate: formatBankMoment(new Date()), accountNumber, content: code, transferType: 'in' },
        ...{ transferAmount: amountVnd, accumulated: 0, referenceCode: `BENCH${notices}` },
      })
      const timestamp = String(Math.floor(Date.now() / 1000))
      const headers = { 'X-SePay-Timestamp': timestamp, 'X-SePay-Signature': sepaySignature(SECRET, timestamp, notice) }
      const told = await fetch(`${site.url}/api/webhooks/sepay`, { method: 'POST', body: notice, headers })
      if (!told.ok) throw new Error(`the webhook answered ${told.status}`)
    },
    async end() {
      await site.stop()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}
