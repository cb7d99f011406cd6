import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { encodeFile, type EncodedPage } from './pages/encode'

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.go': 'text/plain; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2',
}
/** Files of a build carry a digest in their names, and a face that is cut anew gets a new name. */
const NEVER_CHANGES = /^\/(?:_next\/static|fonts)\//

/** Files that are served as they are. */
export interface Files {
  /**
   * The file of a path, ready to be sent; read and compressed when it is first asked for.
   * @returns undefined where there is none
   */
  find: (path: string) => Promise<EncodedPage> | undefined
}

/**
 * Finds what the build made and what lies in `public`, once: later files are not served.
 * @param root folder of the product
 */
export function listFiles(root: string): Files {
  const places = new Map<string, string>()
  for (const [folder, under] of [
    ['.next/static', '/_next/static'],
    ['public', ''],
  ] as const) {
    for (const file of readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })) {
      const place = path.join(file.parentPath, file.name)
      const address = `${under}/${path.relative(path.join(root, folder), place).split(path.sep).join('/')}`
      if (file.isFile() && path.extname(file.name) in TYPES) places.set(address, place)
    }
  }
  // What whoever doubts the public log reads and runs: the very file that is run here.
  for (const name of ['verify.mjs', 'check-proof.go']) places.set(`/log/${name}`, path.join(root, 'scripts', name))
  const ready = new Map<string, Promise<EncodedPage>>()
  return {
    find(address) {
      const known = ready.get(address)
      if (known) return known
      const place = places.get(address)
      if (place === undefined) return undefined
      const file = readFile(place).then((bytes) =>
        encodeFile(bytes, {
          type: TYPES[path.extname(place)] ?? '',
          cacheControl: NEVER_CHANGES.test(address) ? 'public, max-age=31536000, immutable' : 'no-cache',
        }),
      )
      ready.set(address, file)
      file.catch(() => ready.delete(address))
      return file
    },
  }
}
