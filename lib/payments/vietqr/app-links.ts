/** Banking apps that VietQR's link service opens (vietqr.io, "Deeplink mở app ngân hàng"). */
const APPS = [
  { app: 'vcb', name: 'Vietcombank' },
  { app: 'bidv', name: 'BIDV' },
  { app: 'icb', name: 'VietinBank' },
  { app: 'vba', name: 'Agribank' },
  { app: 'mb', name: 'MB Bank' },
  { app: 'tcb', name: 'Techcombank' },
  { app: 'acb', name: 'ACB' },
  { app: 'tpb', name: 'TPBank' },
  { app: 'vpb', name: 'VPBank' },
] as const

/** Codes by which that service knows the receiving bank, by BIN. */
const BANK_CODES: Record<string, string> = {
  '970436': 'vcb',
  '970418': 'bidv',
  '970415': 'icb',
  '970405': 'vba',
  '970422': 'mb',
  '970407': 'tcb',
  '970416': 'acb',
  '970423': 'tpb',
  '970432': 'vpb',
}

export interface AppLink {
  name: string
  href: string
}

/**
 * Links that open a banking app with the transfer filled in; none where the receiving bank is not known there.
 * They go through an outside service, which then sees account, amount and code.
 */
export function appLinks(transfer: { bin: string; accountNumber: string; amountVnd: bigint; code: string }): AppLink[] {
  const bank = BANK_CODES[transfer.bin]
  if (!bank) return []
  return APPS.map(({ app, name }) => {
    const query = new URLSearchParams({ app, ba: `${transfer.accountNumber}@${bank}`, am: String(transfer.amountVnd), tn: transfer.code })
    return { name, href: `https://dl.vietqr.io/pay?${query.toString()}` }
  })
}
