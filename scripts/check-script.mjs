// npm run check-script: makes public/js/check.js, which checks receipts, proofs and papers in a browser, of the very code that
// checks them on the server. The file is kept, unshortened, so that whoever doubts it can read it and hold it against its hash;
// a test makes it again and compares.
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { build } from 'esbuild'
import { format, resolveConfig } from 'prettier'

const ROOT = path.join(import.meta.dirname, '..')
const TARGET = path.join(ROOT, 'public/js/check.js')

const HEAD = `// Checks receipts, proofs and public papers of Từng Đồng in the browser; offline, too. Nothing that is checked leaves this
// device; of a public paper its hash does, to ask which entry of the log names it. Made of scripts/check-page.ts and what it
// uses (lib/receipts, lib/tlog) by "npm run check-script". SHA-256 and Ed25519 are @noble/hashes and @noble/ed25519 (MIT).
`

/** The script's text. */
export async function checkScript() {
  const made = await build({
    ...{ entryPoints: ['scripts/check-page.ts'], absWorkingDir: ROOT, bundle: true, write: false },
    ...{ format: 'iife', platform: 'browser', target: 'es2022', charset: 'utf8', treeShaking: true, legalComments: 'none' },
    plugins: [
      {
        name: 'browser',
        setup({ onResolve }) {
          onResolve({ filter: /^\.\.?\/(?:tlog\/)?platform$/ }, () => ({ path: path.join(ROOT, 'scripts/browser-platform.mjs') }))
          // Only what signs needs Node, and nothing here signs.
          onResolve({ filter: /^node:/ }, ({ path: name }) => ({ path: name, external: true, sideEffects: false }))
        },
      },
    ],
  })
  const [file] = made.outputFiles
  if (!file || file.text.includes('node:')) throw new Error('the script for browsers is made of something that only Node has')
  return format(HEAD + file.text, { ...(await resolveConfig(TARGET)), filepath: TARGET })
}

if (process.argv[1] === import.meta.filename) writeFileSync(TARGET, await checkScript())
