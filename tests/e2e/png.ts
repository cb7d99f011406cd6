/** Width and height that a PNG says of itself in its first chunk (PNG, 11.2.2); null where it is no PNG. */
export function pngSize(file: Buffer): { width: number; height: number } | null {
  if (file.subarray(1, 4).toString('latin1') !== 'PNG' || file.subarray(12, 16).toString('latin1') !== 'IHDR') return null
  return { width: file.readUInt32BE(16), height: file.readUInt32BE(20) }
}
