/** One field of an EMVCo merchant QR: a two-digit id, a two-digit length, the value. */
export type Field = readonly [id: string, value: string]

/** Writes fields one after the other. Values are ASCII, so characters count as bytes. */
export function writeFields(fields: readonly Field[]): string {
  return fields
    .map(([id, value]) => {
      if (value.length === 0 || value.length > 99) throw new RangeError(`field ${id} has ${value.length} characters`)
      return `${id}${String(value.length).padStart(2, '0')}${value}`
    })
    .join('')
}

/** Reads fields to the last character. @returns null where lengths do not come out even */
export function readFields(text: string): Field[] | null {
  const fields: Field[] = []
  for (let at = 0; at < text.length;) {
    const head = /^(\d{2})(\d{2})/.exec(text.slice(at, at + 4))
    if (!head) return null
    const [, id = '', length = ''] = head
    const value = text.slice(at + 4, at + 4 + Number(length))
    if (value.length !== Number(length) || value.length === 0) return null
    fields.push([id, value])
    at += 4 + value.length
  }
  return fields
}

/** CRC-16/CCITT-FALSE in four capital hex digits (ISO/IEC 13239: polynomial 1021, start FFFF). */
export function crc16(text: string): string {
  let crc = 0xffff
  for (const byte of Buffer.from(text, 'utf8')) {
    crc ^= byte << 8
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : (crc << 1) & 0xffff
  }
  return crc.toString(16).toUpperCase().padStart(4, '0')
}
