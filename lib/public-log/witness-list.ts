import { parseVerifierKey } from '../tlog/keys'
import type { WitnessAddress } from './ask-witness'

/**
 * Reads witnesses, each by its key and where it is asked: "ninh-thuan.vn/witness+1a2b3c4d+… https://ninh-thuan.vn/log/witness",
 * with a comma between them; null where one is malformed.
 */
export function readWitnesses(text: string): WitnessAddress[] | null {
  const read = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const [vkey = '', url = '', ...more] = part.split(/\s+/)
      const key = parseVerifierKey(vkey)
      const isAddress = /^https?:$/.test(URL.parse(url)?.protocol ?? '')
      return key?.type === 'cosignature' && isAddress && more.length === 0 ? { key, url: url.replace(/\/+$/, '') } : null
    })
  const witnesses = read.filter((one) => one !== null)
  return witnesses.length === read.length ? witnesses : null
}
